"""The Excel files: the living workbook of all districts."""

from __future__ import annotations

from pathlib import Path

from ecoscore.model.result import Result
from ecoscore.reporting.view_parts import PaperMeta
from ecoscore.reporting.workbook.adjustment_sheet import Adjustments, write_adjustments
from ecoscore.reporting.workbook.book import workbook
from ecoscore.reporting.workbook.data_sheet import write_data
from ecoscore.reporting.workbook.layers import Layers
from ecoscore.reporting.workbook.layout import Layout
from ecoscore.reporting.workbook.ranking_sheet import write_ranking
from ecoscore.reporting.workbook.scheme_sheet import write_scheme
from ecoscore.reporting.workbook.score_sheet import write_scores
from ecoscore.reporting.workbook.summary_sheet import write_summary


def write_workbook(path: Path, result: Result, meta: PaperMeta | None = None, previous: Result | None = None) -> None:
    layout = Layout(result)
    adjustments = Adjustments(layout)
    layers = Layers(layout, adjustments)
    with workbook(path, "x", meta or PaperMeta()) as book:
        write_ranking(book, layout, layers, previous)
        write_scores(book, layout)
        write_data(book, layout)
        write_scheme(book, layout)
        write_adjustments(book, layout, adjustments)
        write_summary(book, layout, adjustments, previous)
