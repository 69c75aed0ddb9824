"""The commands `fill` and `fields`: a bureau's own form filled, and the list of what may stand in it."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict
from typing import TYPE_CHECKING

from ecoscore.assessment.templates import fill_template, template_fields
from ecoscore.cli.files import DONE, open_file, show_progress
from ecoscore.cli.output import emit, say, shortened, table, tell, tell_findings
from ecoscore.cli.papers import wishes

if TYPE_CHECKING:
    from ecoscore.reporting.templates import TemplateField

_LONGEST_EXAMPLE, _LONGEST_MEANING = 30, 46


def fill(options: Namespace) -> int:
    """Fill a form for one period; each file written is named."""
    with open_file(options.file) as assessment:
        filled = fill_template(
            assessment, options.template, options.period, options.output, options.district, meta=wishes(options),
            progress=show_progress,
        )  # fmt: skip
    if options.json:
        emit({"written": [str(p) for p in filled.paths], "findings": [f.as_json() for f in filled.findings]})
        return DONE
    tell_findings(filled.findings)
    say(f"已填好 {len(filled.paths)} 个文件，在：{options.output}")
    for path in filled.paths:
        say(f"　{path.name}")
    return DONE


def fields(options: Namespace) -> int:
    """List every field; with a file its own indicators, with values of its last period as examples."""
    found = template_fields()
    if options.file is not None:
        with open_file(options.file) as assessment:
            years = [p for p in assessment.periods if p.kind == "year"] or list(assessment.periods)
            period = options.period or (years[-1] if years else None)
            if period is None:
                tell("考核文件里还没有数据，下面的例子是假设的。")
            else:
                found = template_fields(assessment, period)
    if options.json:
        emit([asdict(field) for field in found])
        return DONE
    say(_listed(found))
    return DONE


def _listed(found: tuple[TemplateField, ...]) -> str:
    parts = []
    for scope in dict.fromkeys(f.scope for f in found):
        rows = [
            (f.field, shortened(f.meaning, _LONGEST_MEANING), shortened(f.example.partition("\n")[0], _LONGEST_EXAMPLE))
            for f in found
            if f.scope == scope
        ]
        parts.append(f"【{scope}】\n" + table(("字段", "填什么", "例"), rows))
    return "\n\n".join(parts)
