"""The commands about papers: writing them, and comparing one with the file."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from ecoscore.cli.files import DONE, REFUSED, open_file, show_progress
from ecoscore.cli.output import emit, say, tell

if TYPE_CHECKING:
    from ecoscore.reporting.view import PaperMeta

ALL = "all"


def report(options: Namespace) -> int:
    """Write papers; drafts are marked as such until the period is sealed."""
    from ecoscore.assessment.papers import KINDS

    papers = list(KINDS) if options.paper == [ALL] else options.paper
    if options.fonts == "system":
        from ecoscore.reporting.pdf.system_fonts import machine_fonts

        for line in machine_fonts().told:
            tell(f"　{line}")
    with open_file(options.file) as assessment:
        paths = assessment.report(
            options.period, options.output, formats=options.format, papers=papers, districts=options.district,
            meta=wishes(options), bound=options.bound, fonts=options.fonts, draft_until_sealed=not options.final,
            level=options.level,
            progress=show_progress,
        )  # fmt: skip
        draft = not options.final and assessment.seal_of(options.period) is None
    say(f"已写出 {len(paths)} 个文件，在：{options.output}")
    for path in paths:
        say(f"　{path.relative_to(options.output)}")
    if draft:
        tell(f"{options.period.title}尚未封存，报表带“征求意见稿”水印；不要水印请加 --final")
    return DONE


_WISHES = ("organisation", "subject", "issuer", "date", "sources", "addressee", "attachment", "contact")


def wishes(options: Namespace) -> PaperMeta:
    """What the command line says about the papers, as far as the command has such options."""
    from ecoscore.reporting.view import PaperMeta

    told: dict[str, Any] = {name: text for name in _WISHES if (text := getattr(options, name, ""))}
    return PaperMeta(**told)


def verify(options: Namespace) -> int:
    """Whether a paper shows what the file gives today."""
    with open_file(options.file) as assessment:
        verdict = assessment.verify_paper(options.paper)
    if options.json:
        differences = [
            {
                "period": d.period, "districts": list(d.districts), "reason": d.reason,
                "since": asdict(d.since) if d.since else None,
            }
            for d in verdict.differences
        ]  # fmt: skip
        emit({
            "agrees": verdict.agrees, "code": verdict.code, "message": verdict.message, "differences": differences,
            "altered": [asdict(one) for one in verdict.altered],
        })  # fmt: skip
    else:
        say(verdict.message)
        for one in verdict.altered:
            say(f"　{one.text}")
    return DONE if verdict.agrees else REFUSED
