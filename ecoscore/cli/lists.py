"""What importing a list of events or terms did, or would do."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from typing import Any

from ecoscore.cli.files import DONE, REFUSED
from ecoscore.cli.output import emit, say, tell, tell_findings
from ecoscore.model.finding import Finding


def tell_list(
    options: Namespace, findings: Sequence[Finding], known: int, documents: list[dict[str, Any]], lines: list[str]
) -> int:
    """`documents` and `lines`: what is recorded now, for scripts and for people; the code to end with."""
    code = REFUSED if findings else DONE
    if options.json:
        emit({
            "recorded": [] if findings else documents, "known": known, "dry_run": options.dry_run,
            "findings": [f.as_json() for f in findings],
        })  # fmt: skip
        return code
    tell_findings(findings)
    if findings:
        tell(f"有 {len(findings)} 处错误，什么也没有写入。请改正后重新导入。")
        return code
    for line in lines:
        say(f"　{line}")
    say(f"{'将登记' if options.dry_run else '已登记'} {len(lines)} 条，已在文件中的 {known} 条不变")
    return code
