"""How the command line speaks: UTF-8 streams, tables aligned by width on the screen, one JSON document, findings."""

from __future__ import annotations

import json
import math
import sys
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from io import TextIOWrapper
from typing import Any

from ecoscore.errors import EcoScoreError, InputRefused
from ecoscore.model.finding import Finding


def use_utf8() -> None:
    """Both streams in UTF-8 whatever the locale: scripts read JSON there, and 甲区 must not break under C or cp936."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def say(text: str = "") -> None:
    """A line for people on stdout."""
    print(text)


def tell(text: str) -> None:
    """A line for people on stderr: progress, notices, refusals."""
    if sys.stderr is not None:
        print(text, file=sys.stderr)


def emit(document: object) -> None:
    """The one JSON document on stdout; what is not a number there is null, never NaN."""
    print(json.dumps(_clean(document), ensure_ascii=False, indent=2, allow_nan=False))


def refusal(error: EcoScoreError) -> dict[str, object]:
    """The JSON document of a refused or failed command."""
    findings = error.findings if isinstance(error, InputRefused) else ()
    return {"error": error.message, "advice": error.advice, "findings": [f.as_json() for f in findings]}


def tell_error(error: EcoScoreError) -> None:
    """A refusal for people: the sentence, what to do, and each finding with its place."""
    tell(f"错误：{error.message}")
    if error.advice:
        tell(f"　　　{error.advice}")
    if isinstance(error, InputRefused):
        tell_findings([f for f in error.findings if f.message != error.message], said=error.advice)


def tell_findings(findings: Iterable[Finding], said: str = "") -> None:
    """Each finding with its place; advice that was given just before is not repeated."""
    for finding in findings:
        where = finding.where
        if finding.line is not None and finding.message.startswith(f"第 {finding.line} 行"):
            where = finding.file or ""
        tell(f"［{'错误' if finding.is_error else '提醒'}］{where and f'{where}：'}{finding.message}")
        if finding.advice and finding.advice != said:
            tell(f"　　　{finding.advice}")
        said = finding.advice


def table(header: Sequence[str], rows: Iterable[Sequence[str]], right: Iterable[int] = ()) -> str:
    """Columns aligned on the screen, where a Chinese character is two columns wide; those in `right` to the right."""
    lines = [list(header), *([str(cell) for cell in row] for row in rows)]
    widths = [max(width(line[column]) for line in lines) for column in range(len(header))]
    flush = set(right)

    def padded(cell: str, column: int) -> str:
        space = " " * (widths[column] - width(cell))
        return space + cell if column in flush else cell + space

    drawn = ["  ".join(padded(cell, n) for n, cell in enumerate(line)).rstrip() for line in lines]
    drawn.insert(1, "  ".join("-" * w for w in widths))
    return "\n".join(drawn)


def width(text: str) -> int:
    """Columns a text takes on the screen."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text
    )  # fmt: skip


def signed(value: float) -> str:
    """A change: with its sign, and a real minus."""
    text = f"{value:+.6g}".replace("-", "−")
    return "0" if text in {"+0", "−0"} else text


def shortened(text: str, longest: int = 40) -> str:
    """A text cut to what a column of a table bears; `--json` has the whole."""
    if width(text) <= longest:
        return text
    while width(text) > longest - 1:
        text = text[:-1]
    return text + "…"


def _clean(value: Any) -> Any:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {str(key): _clean(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(item) for item in value]
    return value
