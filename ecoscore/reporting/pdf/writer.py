"""The PDF files: each written whole, with its metadata, bookmarks and embedded faces."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from ecoscore.atomic import write_whole
from ecoscore.reporting.document import DocumentView
from ecoscore.reporting.marks import keywords
from ecoscore.reporting.pdf.compensation import draw_compensation
from ecoscore.reporting.pdf.department import draw_department
from ecoscore.reporting.pdf.document import draw_document
from ecoscore.reporting.pdf.fonts import Faces, Role, bundled
from ecoscore.reporting.pdf.ink import Ink
from ecoscore.reporting.pdf.page import LANDSCAPE, PORTRAIT, Format, Paper
from ecoscore.reporting.pdf.ranking import draw_ranking
from ecoscore.reporting.pdf.scorecard import draw_scorecard
from ecoscore.reporting.pdf.term import draw_term
from ecoscore.reporting.pdf.working import draw_working_paper
from ecoscore.reporting.view_compensation import CompensationView
from ecoscore.reporting.view_department import DepartmentView
from ecoscore.reporting.view_parts import PaperMeta, RankingView, ScorecardView, WorkingPaperView
from ecoscore.reporting.view_term import TermView

_CREATOR = "EcoScore 绿色政绩考核"

PdfView = ScorecardView | RankingView | WorkingPaperView | DocumentView | DepartmentView | CompensationView | TermView


@dataclass(frozen=True, slots=True)
class _Part:
    """A paper as a run of pages: what it is called, on what it is drawn, by what."""

    title: str
    form: Format
    whose: str
    draw: Callable[[Paper], None]


def _part_of(view: PdfView) -> _Part:
    match view:
        case ScorecardView():
            return _Part(f"{view.title}（{view.district}）", PORTRAIT, view.district, lambda p: draw_scorecard(p, view))
        case RankingView():
            return _Part(view.title, LANDSCAPE, "", lambda p: draw_ranking(p, view))
        case WorkingPaperView():
            title = f"{view.title}（{view.district}）"
            return _Part(title, PORTRAIT, view.district, lambda p: draw_working_paper(p, view))
        case DocumentView():
            return _Part(view.title, PORTRAIT, "", lambda p: draw_document(p, view))
        case DepartmentView():
            title = f"{view.title}（{view.department}）"
            return _Part(title, LANDSCAPE, view.department, lambda p: draw_department(p, view))
        case CompensationView():
            return _Part(view.title, LANDSCAPE, "", lambda p: draw_compensation(p, view))
        case TermView():
            return _Part(f"{view.title}（{view.span}）", PORTRAIT, view.district, lambda p: draw_term(p, view))


def write_pdf(path: Path, view: PdfView, *, faces: Faces | None = None) -> None:
    """One paper, of whatever kind."""
    part = _part_of(view)
    with _document(path, part.title, view.scheme, view.meta, part.form, faces) as (canvas, chosen):
        paper = Paper(canvas, chosen, part.form, watermark=view.meta.watermark, foot=_foot(part.whose, view.meta))
        part.draw(paper)
        paper.end()


@dataclass(frozen=True, slots=True)
class Chapter:
    """The papers of one kind in a bound volume; `views` are made one at a time, so that memory stays flat."""

    title: str
    views: Iterable[PdfView]


def write_bound_pdf(
    path: Path,
    title: str,
    chapters: Sequence[Chapter],
    meta: PaperMeta,
    scheme: str,
    *,
    faces: Faces | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> bool:
    """Everything in one file: an outline by kind and district, pages numbered through, sheets lying down kept so.

    False where it was cancelled, and then there is no file.
    """
    pages = 0
    try:
        with _document(path, title, scheme, meta, PORTRAIT, faces) as (canvas, chosen):
            for chapter in chapters:
                opened = False
                for view in chapter.views:
                    _stop_if(cancelled)
                    part = _part_of(view)
                    foot = _foot(part.whose, replace(view.meta, issuer=""))
                    paper = Paper(
                        canvas, chosen, part.form, watermark=view.meta.watermark, foot=foot, before=pages,
                        chapter="" if opened else chapter.title,
                    )  # fmt: skip
                    part.draw(paper)
                    paper.end()
                    pages, opened = paper.page, True
    except _CancelledError:
        return False
    return True


class _CancelledError(Exception):
    """Leaves the file unwritten."""


def _stop_if(cancelled: Callable[[], bool] | None) -> None:
    if cancelled and cancelled():
        raise _CancelledError


def write_scorecard_pdf(path: Path, view: ScorecardView, *, faces: Faces | None = None) -> None:
    """One district's scorecard."""
    write_pdf(path, view, faces=faces)


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
    write_pdf(path, view, faces=faces)


def write_working_paper_pdf(path: Path, view: WorkingPaperView, *, faces: Faces | None = None) -> None:
    """One district's working paper."""
    write_pdf(path, view, faces=faces)


def write_document_pdf(path: Path, view: DocumentView, *, faces: Faces | None = None) -> None:
    """A bulletin or notice on the page of an official document."""
    write_pdf(path, view, faces=faces)


def _foot(whose: str, meta: PaperMeta) -> str:
    return "　".join(part for part in (whose, meta.issuer, meta.code) if part)


@contextmanager
def _document(
    path: Path, title: str, subject: str, meta: PaperMeta, form: Format, faces: Faces | None
) -> Iterator[tuple[Ink, Faces]]:
    """A canvas on a temporary file that takes the place of `path` once all is drawn."""
    chosen = faces or bundled()
    with write_whole(path) as temporary, temporary.open("wb") as out:
        canvas = Ink(out, (form.width, form.height), chosen.name(Role.SONG), lang="zh-CN")
        canvas.setTitle(title)
        canvas.setSubject(subject)
        canvas.setAuthor(meta.issuer or meta.organisation)
        canvas.setCreator(_CREATOR)
        canvas.setProducer(_CREATOR)
        canvas.setKeywords(keywords(meta))
        canvas.showOutline()
        canvas.setViewerPreference("DisplayDocTitle", "true")
        yield canvas, chosen
        canvas.save()
