"""The PDF files: each written whole, with its metadata, bookmarks and embedded faces."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from ecoscore.atomic import write_whole
from ecoscore.reporting.document import DocumentView
from ecoscore.reporting.marks import keywords
from ecoscore.reporting.pdf.document import DOCUMENT, draw_document
from ecoscore.reporting.pdf.fonts import Faces, Role, bundled
from ecoscore.reporting.pdf.page import LANDSCAPE, PORTRAIT, Format, Paper
from ecoscore.reporting.pdf.ranking import draw_ranking
from ecoscore.reporting.pdf.scorecard import draw_scorecard
from ecoscore.reporting.pdf.working import draw_working_paper
from ecoscore.reporting.view_parts import PaperMeta, RankingView, ScorecardView, WorkingPaperView

_CREATOR = "EcoScore 绿色政绩考核"


def write_scorecard_pdf(path: Path, view: ScorecardView, *, faces: Faces | None = None) -> None:
    """One district's scorecard."""
    write_scorecards_pdf(path, [view], faces=faces)


def write_scorecards_pdf(
    path: Path,
    views: Sequence[ScorecardView],
    *,
    faces: Faces | None = None,
    progress: Callable[[int, int, str], None] | None = None,
) -> None:
    """Scorecards bound in one file, a bookmark each; every card begins on a new page and counts its own pages."""
    if not views:
        raise ValueError("no scorecards to write")
    first = views[0]
    title = first.title if len(views) > 1 else f"{first.title}（{first.district}）"
    with _document(path, title, first.scheme, first.meta, PORTRAIT, faces) as (canvas, chosen):
        for n, view in enumerate(views):
            if progress:
                progress(n, len(views), view.district)
            paper = Paper(canvas, chosen, PORTRAIT, watermark=view.meta.watermark, foot=_foot(view.district, view.meta))
            draw_scorecard(paper, view)
            paper.end()


def write_ranking_pdf(path: Path, view: RankingView, *, faces: Faces | None = None) -> None:
    """The ranking sheet, landscape."""
    with _document(path, view.title, view.scheme, view.meta, LANDSCAPE, faces) as (canvas, chosen):
        paper = Paper(canvas, chosen, LANDSCAPE, watermark=view.meta.watermark, foot=_foot("", view.meta))
        draw_ranking(paper, view)
        paper.end()


def write_working_paper_pdf(path: Path, view: WorkingPaperView, *, faces: Faces | None = None) -> None:
    """One district's working paper."""
    with _document(path, f"{view.title}（{view.district}）", view.scheme, view.meta, PORTRAIT, faces) as (
        canvas,
        chosen,
    ):
        paper = Paper(canvas, chosen, PORTRAIT, watermark=view.meta.watermark, foot=_foot(view.district, view.meta))
        draw_working_paper(paper, view)
        paper.end()


def write_document_pdf(path: Path, view: DocumentView, *, faces: Faces | None = None) -> None:
    """A bulletin or notice on the page of an official document."""
    with _document(path, view.title, view.scheme, view.meta, DOCUMENT, faces) as (canvas, chosen):
        paper = Paper(canvas, chosen, DOCUMENT, watermark=view.meta.watermark, foot=_foot("", view.meta))
        draw_document(paper, view)
        paper.end()


def _foot(district: str, meta: PaperMeta) -> str:
    return "　".join(part for part in (district, meta.issuer, meta.code) if part)


@contextmanager
def _document(
    path: Path, title: str, subject: str, meta: PaperMeta, form: Format, faces: Faces | None
) -> Iterator[tuple[Canvas, Faces]]:
    """A canvas on a temporary file that takes the place of `path` once all is drawn."""
    chosen = faces or bundled()
    with write_whole(path) as temporary:
        canvas = Canvas(
            str(temporary), pagesize=(form.width, form.height), pageCompression=1, invariant=1, lang="zh-CN",
            initialFontName=chosen.name(Role.SONG), initialFontSize=9,
        )  # fmt: skip
        canvas.setTitle(title)
        canvas.setSubject(subject)
        canvas.setAuthor(meta.issuer or meta.organisation)
        canvas.setCreator(_CREATOR)
        canvas.setProducer(_CREATOR)
        canvas.setKeywords(keywords(meta))
        canvas.showOutline()
        yield canvas, chosen
        canvas.save()
