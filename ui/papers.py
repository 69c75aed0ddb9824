"""Papers as the window needs them: one drawn for the preview, many drawn for the printer, kept in a folder of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ecoscore.model.period import Period
from ecoscore.scratch import ScratchFolder
from ui.pdf_pages import join

if TYPE_CHECKING:
    from ecoscore.assessment import Assessment, Cancelled, Progress
    from ecoscore.model.district import Level
    from ecoscore.reporting.view import PaperMeta


BY_DISTRICT = ("scorecard", "working_paper", "term")  # kinds with papers of a district's own


@dataclass(frozen=True, slots=True)
class PaperLook:
    """What an office has set for all its papers: who issues them, and the fonts they are drawn in ("" or "system")."""

    organisation: str = ""
    issuer: str = ""
    fonts: str = ""

    def meta(self, watermark: str) -> PaperMeta | None:
        """What papers say about themselves; None for the usual."""
        told = {"organisation": self.organisation, "issuer": self.issuer, "watermark": watermark}
        told = {name: text for name, text in told.items() if text}
        if not told:
            return None
        from ecoscore.reporting.view import PaperMeta  # noqa: PLC0415

        return replace(PaperMeta(), **told)


@dataclass(frozen=True, slots=True)
class PaperKey:
    """Which paper, of which state of the file; `district` is "" for kinds that are of no one district."""

    version: int
    period: Period
    paper: str
    district: str
    watermark: str
    look: PaperLook = PaperLook()
    level: Level | None = None


@dataclass(frozen=True, slots=True)
class Export:
    """What is to be written into a folder. `bound`: the PDFs as one book; `draft`: with its mark until sealed."""

    papers: tuple[str, ...]
    districts: tuple[str, ...]
    formats: tuple[str, ...]
    bound: bool
    draft: bool
    look: PaperLook
    level: Level | None = None

    def write(
        self, file: Assessment, period: Period, folder: Path, progress: Progress, cancelled: Cancelled
    ) -> list[Path]:
        """Write them; may take long and runs in a task."""
        from ecoscore.assessment.papers import KINDS  # noqa: PLC0415

        def of(papers: Sequence[str], formats: Sequence[str], *, bound: bool) -> list[Path]:
            return file.report(
                period, folder, formats=formats, districts=self.districts, papers=papers, meta=self.look.meta(""),
                fonts=self.look.fonts, bound=bound, draft_until_sealed=self.draft, progress=progress,
                cancelled=cancelled, level=self.level,
            )  # fmt: skip

        if not self.bound:
            return of(self.papers, self.formats, bound=False)
        written = of(self.papers, ("pdf",), bound=True)
        others = [name for name in self.formats if name != "pdf"]
        papers = [p for p in self.papers if set(others) & set(KINDS[p].formats)]
        return [*written, *(of(papers, others, bound=False) if papers and written else ())]

    @property
    def left_out(self) -> str:
        """Which of the kinds do not come in which of the formats, as a sentence; "" where all do."""
        from ecoscore.assessment.papers import FORMATS, KINDS  # noqa: PLC0415

        lacking = {name: [KINDS[p].title for p in self.papers if name not in KINDS[p].formats] for name in self.formats}
        told = [f"{'、'.join(titles)}没有 {FORMATS[name]}" for name, titles in lacking.items() if titles]
        return f"{'；'.join(told)}，未写。" if told else ""


class PaperFolder:
    """PDFs drawn for the screen and the printer. `pdf` and `pdfs` may take long and run in a task."""

    def __init__(self) -> None:
        self._folder = ScratchFolder()
        self._drawn: dict[PaperKey, Path] = {}
        self._count = 0

    def pdf(self, file: Assessment, key: PaperKey) -> Path:
        """The PDF of one paper, or of all of a kind one after the other, drawn now unless it is there."""
        if key not in self._drawn:
            districts, folder = [key.district] if key.district else None, self._fresh()
            written = file.report(
                key.period, folder, formats=("pdf",), districts=districts, papers=(key.paper,),
                meta=key.look.meta(key.watermark), fonts=key.look.fonts, level=key.level,
            )  # fmt: skip
            self._drawn[key] = written[0] if len(written) == 1 else join(written, folder / "all.pdf")
        return self._drawn[key]

    def pdfs(
        self,
        file: Assessment,
        period: Period,
        papers: Sequence[str],
        districts: Sequence[str],
        watermark: str,
        look: PaperLook,
        progress: Progress,
        cancelled: Cancelled,
        level: Level | None = None,
    ) -> list[Path]:
        """The PDFs of many papers in print order."""
        return file.report(
            period, self._fresh(), formats=("pdf",), districts=districts, papers=papers, meta=look.meta(watermark), fonts=look.fonts,
            progress=progress, cancelled=cancelled, level=level,
        )  # fmt: skip

    def close(self) -> None:
        self._drawn.clear()
        self._folder.cleanup()

    def _fresh(self) -> Path:
        self._count += 1
        return self._folder.path / str(self._count)
