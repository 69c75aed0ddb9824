"""The Excel files, each written whole."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ecoscore.model.observation import Status
from ecoscore.model.result import Result
from ecoscore.reporting.view_common import finding_notes, state_notes
from ecoscore.reporting.view_parts import PaperMeta, RankingView, ScorecardView, WorkingPaperView
from ecoscore.reporting.view_ranking import ranking_view
from ecoscore.reporting.view_scorecard import scorecard_view
from ecoscore.reporting.workbook import names
from ecoscore.reporting.workbook.adjustment_sheet import Adjustments, write_adjustments
from ecoscore.reporting.workbook.book import Book, workbook
from ecoscore.reporting.workbook.card import write_card
from ecoscore.reporting.workbook.card_linked import LinkedCard
from ecoscore.reporting.workbook.card_own import OwnCard
from ecoscore.reporting.workbook.card_places import CardPlaces
from ecoscore.reporting.workbook.data_sheet import write_data
from ecoscore.reporting.workbook.earlier import Earlier, earlier_in, earlier_in_ranking, earlier_on_card
from ecoscore.reporting.workbook.formats import HELPER
from ecoscore.reporting.workbook.layers import Layers
from ecoscore.reporting.workbook.layout import Layout
from ecoscore.reporting.workbook.own_quantities import write_quantities
from ecoscore.reporting.workbook.own_sheet import write_own
from ecoscore.reporting.workbook.ranking_sheet import write_ranking
from ecoscore.reporting.workbook.scheme_sheet import write_scheme
from ecoscore.reporting.workbook.score_sheet import write_scores
from ecoscore.reporting.workbook.summary_sheet import write_summary
from ecoscore.reporting.workbook.working_sheet import write_working


def write_workbook(
    path: Path, result: Result, meta: PaperMeta | None = None, *, previous: Result | None = None
) -> None:
    """Everything in one living workbook, the card first: change an input on 数据 or 加减分 and all follows."""
    layout = Layout(result)
    ranking = ranking_view(result, meta, previous=previous)
    first = scorecard_view(result, result.districts[layout.rows[0]].name, meta, previous=previous)
    _write(path, layout, ranking, first, earlier_in(result, previous), card_first=True)


def write_ranking_workbook(path: Path, result: Result, view: RankingView) -> None:
    """The same workbook with the ranking sheet in front."""
    layout = Layout(result)
    first = scorecard_view(result, result.districts[layout.rows[0]].name, view.meta)
    _write(path, layout, view, first, earlier_in_ranking(view), card_first=False)


def write_scorecard_workbook(path: Path, result: Result, view: ScorecardView) -> None:
    """One district's card as a workbook of its own: its figures live, the others' only as constants of the sample."""
    layout = Layout(result)
    layers = Layers(layout, Adjustments(layout))
    with workbook(path, f"{view.title}（{view.district}）", view.meta) as book:
        places = CardPlaces(layout, 1 if view.meta.attachment else 0)
        source = OwnCard(places, layers, result.district_at[view.district], earlier_on_card(view))
        write_card(book, book.sheet(names.CARD), places, source, view, [*view.notes, _FROM_OTHERS])
        write_quantities(book, source.quantities, view.value_label, view.baseline_label or "基期值")
        write_own(book, source)


_FROM_OTHERS = "样本的上下限、平均值、位次和同组其他单位的总分取自评分结果，为常量，见“方案”表。"


def write_working_paper_workbook(
    path: Path, result: Result, views: WorkingPaperView | Sequence[WorkingPaperView]
) -> None:
    """The working paper, a sheet a district, each complete in itself."""
    views = [views] if isinstance(views, WorkingPaperView) else list(views)
    layout, taken = Layout(result), set[str]()
    title = views[0].title + (f"（{views[0].district}）" if len(views) == 1 else "")
    with workbook(path, title, views[0].meta) as book:
        for view in views:
            name = names.WORKING if len(views) == 1 else names.sheet_name(view.district, taken)
            write_working(book, layout, view, name)
        book.define_number(names.FULL, result.scheme.full)


def _write(
    path: Path, layout: Layout, ranking: RankingView, first: ScorecardView, earlier: Earlier, *, card_first: bool
) -> None:
    layers = Layers(layout, Adjustments(layout))
    with workbook(path, ranking.title, ranking.meta) as book:
        if card_first:
            _linked_card(book, layers, first, earlier)
        write_ranking(book, layers, ranking)
        if not card_first:
            _linked_card(book, layers, first, earlier)
        write_summary(book, layout, layers, earlier)
        write_scores(book, layout)
        write_data(book, layout)
        write_adjustments(book, layout, layers.adjustments)
        write_scheme(book, layout)


def _linked_card(book: Book, layers: Layers, view: ScorecardView, earlier: Earlier) -> None:
    layout = layers.layout
    places = CardPlaces(layout, 1 if view.meta.attachment else 0)
    source = LinkedCard(places, layers, layout.rows[0], earlier)
    sheet = book.sheet(names.CARD)
    write_card(book, sheet, places, source, view, _general_notes(layout.result, view))
    at = source.at_entry()
    sheet.text(places.line, places.last + 3, "← 所选区县的序号，由左边名称得出", HELPER)
    sheet.formula(places.line, places.last + 2, at.formula, at.value, HELPER)
    title = places.columns["title"]
    sheet.raw.data_validation(places.line, title, places.line, title, {
        "validate": "list", "source": f"={names.DISTRICTS}", "input_title": "选择区县",
        "input_message": "从列表中选一个区县，整张成绩单随之变化", "error_title": "区县", "error_message": "请从列表中选择",
    })  # fmt: skip


def _general_notes(result: Result, view: ScorecardView) -> list[str]:
    """The view's notes without what is said of its district alone, and with the marks of every state there is."""
    told = {row.indicator for row in view.rows if row.note}
    own = set(finding_notes(result, view.district, told))
    mine = state_notes(result, {row.status for row in view.rows})[0]
    every = state_notes(result, {Status(int(s)) for s in set(result.cells.status.ravel().tolist())})[0]
    return [note.replace(mine.rstrip("。"), every.rstrip("。")) for note in view.notes if note not in own]
