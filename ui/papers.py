"""Papers as the window needs them: one drawn for the preview, many drawn for the printer, kept in a folder of its own."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ecoscore.model.period import Period

if TYPE_CHECKING:
    from ecoscore.assessment import Assessment, Cancelled, Progress
    from ecoscore.reporting.view import PaperMeta


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
    """Which paper, of which state of the file; `district` is "" for the ranking sheet."""

    version: int
    period: Period
    paper: str
    district: str
    watermark: str
    look: PaperLook = PaperLook()


class PaperFolder:
    """PDFs drawn for the screen and the printer. `pdf` and `pdfs` may take long and run in a task."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="ecoscore-", ignore_cleanup_errors=True)
        self._drawn: dict[PaperKey, Path] = {}
        self._count = 0

    def pdf(self, file: Assessment, key: PaperKey) -> Path:
        """The PDF of one paper, drawn now unless it is there."""
        if key not in self._drawn:
            districts = [key.district] if key.district else None
            written = file.report(
                key.period, self._fresh(), formats=("pdf",), districts=districts, papers=(key.paper,),
                meta=key.look.meta(key.watermark), fonts=key.look.fonts,
            )  # fmt: skip
            self._drawn[key] = written[0]
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
    ) -> list[Path]:
        """The PDFs of many papers in print order."""
        return file.report(
            period, self._fresh(), formats=("pdf",), districts=districts, papers=papers, meta=look.meta(watermark), fonts=look.fonts,
            progress=progress, cancelled=cancelled,
        )  # fmt: skip

    def close(self) -> None:
        self._drawn.clear()
        self._folder.cleanup()

    def _fresh(self) -> Path:
        self._count += 1
        return Path(self._folder.name) / str(self._count)
