"""The sheet 方案 of a single card: parameters, and what is taken from the others as constants, with where it comes from."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from ecoscore.model.adjustment import LAYER_TITLES, Layer
from ecoscore.model.rule import Array
from ecoscore.model.scheme import AGGREGATE_TITLES, Group, Indicator, weight_of
from ecoscore.reporting.view_common import peer_mean, scheme_text
from ecoscore.reporting.workbook import names
from ecoscore.reporting.workbook.book import Book
from ecoscore.reporting.workbook.card_source import put
from ecoscore.reporting.workbook.formats import CAPTION, CENTER, FIGURE, GROUP, NOTE, TEXT, TITLE
from ecoscore.reporting.workbook.layout import Layout
from ecoscore.reporting.workbook.names import area, cell
from ecoscore.reporting.workbook.scheme_sheet import formula_in_words, words_height
from ecoscore.reporting.workbook.sheet import Sheet

if TYPE_CHECKING:
    from ecoscore.reporting.workbook.card_own import OwnCard

(NUMBER, CATEGORY, TITLED, UNIT, WEIGHT, FULL, WORST, BEST, MEAN, COUNT, RANK, CHANGE_WORST, CHANGE_BEST, CHANGE_RANK,
 RULE, FORMULA, CLAUSE) = range(17)  # fmt: skip
_HEADS = [
    "序号", "类别", "指标", "计量单位", "权重", "分值", "最差值\n（过低限）", "最优值\n（过高限）", "平均值", "参评数", "位次",
    "改善\n最差值", "改善\n最优值", "改善\n位次", "计分方法", "计分公式", "条款",
]  # fmt: skip
_WIDTHS = [5, 16, 28, 12, 8, 8, 10, 10, 10, 8, 7, 9, 9, 7, 12, 44, 44]
GROUP_WEIGHT, GROUP_MEAN = 4, 5
ITEM_TIMES, ITEM_COUNTED, ITEM_POINTS, ITEM_GROUND = 4, 5, 6, 7
_TOP = 4
_PLAIN = FIGURE.but(num="General")


@dataclass(frozen=True)
class OwnRows:
    """Where things stand on it."""

    layout: Layout

    @cached_property
    def groups_top(self) -> int:
        return _TOP + 2 + 3

    @cached_property
    def indicators_top(self) -> int:
        return self.groups_top + len(self.layout.group_order) + 3

    @cached_property
    def items_top(self) -> int:
        return self.indicators_top + len(self.layout.scheme.indicators) + 3

    @cached_property
    def grades_top(self) -> int:
        return self.items_top + len(self.layout.items) + 3

    @cached_property
    def peers_top(self) -> int:
        return self.grades_top + len(self.layout.scheme.grades) + 1 + 3

    def group(self, group_id: str, col: int) -> str:
        return cell(self.groups_top + self.layout.group_at[group_id], col, "both", names.SCHEME)

    def indicator(self, i: int, col: int) -> str:
        return cell(self.indicators_top + i, col, "both", names.SCHEME)

    def weight_place(self, node: Group | Indicator) -> tuple[int, int]:
        if isinstance(node, Group):
            return self.groups_top + self.layout.group_at[node.id], GROUP_WEIGHT
        return self.indicators_top + self.layout.result.indicator_at[node.id], WEIGHT

    def item(self, k: int, col: int) -> str:
        return cell(self.items_top + k, col, "both", names.SCHEME)

    def item_effect(self, k: int) -> str:
        return self.item(k, ITEM_POINTS)

    def grade_titles(self) -> str:
        """The grades, and after them what is said where none is reached."""
        last = self.grades_top + len(self.layout.scheme.grades)
        return area(self.grades_top, TITLED, last, TITLED, "both", names.SCHEME)

    def peer_totals(self, count: int) -> str:
        if not count:
            return ""
        return area(self.peers_top, TITLED, self.peers_top + count - 1, TITLED, "both", names.SCHEME)


def write_own(book: Book, source: OwnCard) -> None:
    layout, rows = source.layout, source.rows
    sheet = book.sheet(names.SCHEME)
    sheet.text(0, 0, f"考核方案：{scheme_text(layout.scheme)}", TITLE.but(align="left", wrap=False))
    note = (
        f"本表是成绩单各公式的参数。样本的最差值、最优值、平均值、参评数、位次，同组平均指数，同组其他单位的总分，均取自"
        f"{layout.result.period.title}全部参评单位的评分结果，是常量，不随本单位的数变化；全部单位联动的计算见"
        f"“{names.ranking_sheet(layout.scheme)}”工作簿。"
    )
    sheet.text(1, 0, note, NOTE)
    sheet.merge(1, 0, 1, CLAUSE)
    sheet.height(0, 30)
    sheet.height(1, 28)
    for n, (label, value) in enumerate(
        ((names.FULL, layout.scheme.full), (names.NO_DATA_SCORE, layout.scheme.no_data_score))
    ):
        sheet.text(_TOP + n, 2, label, TEXT)
        sheet.number(_TOP + n, 3, value, _PLAIN)
        book.define(label, cell(_TOP + n, 3, "both", names.SCHEME))
    sheet.text(_TOP - 1, 0, "一、参数", CAPTION)
    _groups(sheet, source, rows)
    _indicators(sheet, source, rows)
    _items(sheet, source, rows)
    _grades(sheet, layout, rows)
    _peers(sheet, source, rows)
    sheet.widths([float(w) for w in _WIDTHS])
    sheet.raw.hide_gridlines(2)
    book.page(sheet, landscape=True)


def _weighs(weight: float, sisters: bool) -> float:
    """In a group of weightless nodes each counts alike."""
    return weight if sisters else 1.0


def _groups(sheet: Sheet, source: OwnCard, rows: OwnRows) -> None:
    layout, top = rows.layout, rows.groups_top
    sheet.text(top - 2, 0, "二、指标类别", CAPTION)
    sheet.heads(top - 1, 1, ["上级类别", "类别", "合成", "权重", "同组平均"])
    for n, group in enumerate(layout.result.groups_in_order):
        parent = layout.parent_of[group.id]
        sheet.text(top + n, 1, parent.title if parent else "—", TEXT)
        sheet.text(top + n, 2, group.title, TEXT)
        sheet.text(
            top + n,
            3,
            AGGREGATE_TITLES[group.aggregate or layout.scheme.aggregate],
            CENTER.but(shrink=True, wrap=False),
        )
        weighs = any(weight_of(s) > 0 for s in layout.siblings(group.id))
        sheet.number(top + n, GROUP_WEIGHT, _weighs(group.own_weight, weighs), _PLAIN)
        mean = peer_mean(layout.result, source.group, n)
        sheet.number(top + n, GROUP_MEAN, mean, FIGURE.but(num="0.00"), "")


def _indicators(sheet: Sheet, source: OwnCard, rows: OwnRows) -> None:
    layout, top, d = rows.layout, rows.indicators_top, source.d
    sheet.text(top - 2, 0, "三、指标与计分参数", CAPTION)
    sheet.heads(top - 1, 0, _HEADS)
    sheet.height(top - 1, 30)
    c = layout.result.cells
    paths = ["·".join(g.title for g in path) for path, node in layout.scheme.walk() if isinstance(node, Indicator)]

    def at(array: Array, i: int) -> float:
        return float(array[d if array.shape[0] > 1 else 0, i])

    for i, indicator in enumerate(layout.scheme.indicators):
        row = top + i
        words = formula_in_words(layout, i)
        sheet.number(row, NUMBER, i + 1, CENTER.but(num="0"))
        for col, text in (
            (CATEGORY, paths[i]), (TITLED, indicator.title), (UNIT, indicator.unit or "—"), (RULE, indicator.rule.title),
            (FORMULA, words), (CLAUSE, indicator.clause or "—"),
        ):  # fmt: skip
            sheet.text(row, col, text, TEXT)
        weighs = any(weight_of(s) > 0 for s in layout.siblings(indicator.id))
        sheet.number(row, WEIGHT, _weighs(indicator.weight, weighs), _PLAIN)
        for col, array in (
            (FULL, c.full), (WORST, c.worst), (BEST, c.best), (MEAN, c.mean), (COUNT, c.count), (RANK, c.rank),
            (CHANGE_WORST, c.progress_worst), (CHANGE_BEST, c.progress_best), (CHANGE_RANK, c.progress_rank),
        ):  # fmt: skip
            sheet.number(row, col, at(array, i), _PLAIN)
        sheet.height(row, words_height(words, indicator.clause))


def _items(sheet: Sheet, source: OwnCard, rows: OwnRows) -> None:
    layout, top = rows.layout, rows.items_top
    sheet.text(
        top - 2,
        0,
        "四、加分、扣分、等次封顶、一票否决（次数可以修改）" if layout.items else "四、加分、扣分：无",
        CAPTION,
    )
    if not layout.items:
        return
    sheet.heads(top - 1, 2, ["事项", "类型", "次数", "计次", "计分\n（等次）", "依据"])
    name = layout.result.districts[source.d].name
    for k, item in enumerate(layout.items):
        row = top + k
        recorded = [a for a in source.layers.adjustments.entries if (a.district, a.adjustment) == (name, item.id)]
        sheet.text(row, 2, layout.item_label(item.id), TEXT)
        sheet.text(row, 3, LAYER_TITLES[item.layer], CENTER)
        sheet.number(row, ITEM_TIMES, sum(a.count for a in recorded), CENTER.but(num="0", unlocked=True))
        put(sheet, row, ITEM_COUNTED, source.counted(k), CENTER.but(num="0"))
        if item.layer in (Layer.BONUS, Layer.DEDUCTION):
            put(sheet, row, ITEM_POINTS, source.effect(k), FIGURE.but(num="0.00"))
        else:
            sheet.text(row, ITEM_POINTS, item.grade or "—", CENTER)
        sheet.text(
            row, ITEM_GROUND, source.layers.adjustments.ground(name, item.id), TEXT.but(unlocked=True, wrap=False)
        )
        sheet.merge(row, ITEM_GROUND, row, CLAUSE)
    sheet.merge(top - 1, ITEM_GROUND, top - 1, CLAUSE)


def _grades(sheet: Sheet, layout: Layout, rows: OwnRows) -> None:
    top = rows.grades_top
    sheet.text(top - 2, 0, "五、等次" if layout.scheme.grades else "五、等次：未设", CAPTION)
    if not layout.scheme.grades:
        return
    sheet.heads(top - 1, TITLED, ["等次", "分数线"])
    for n, grade in enumerate(layout.scheme.grades):
        sheet.text(top + n, TITLED, grade.title, GROUP)
        sheet.number(top + n, TITLED + 1, grade.min, _PLAIN)
    sheet.text(top + len(layout.scheme.grades), TITLED, "未设等次", GROUP)
    sheet.text(top + len(layout.scheme.grades), TITLED + 1, "其余", CENTER)


def _peers(sheet: Sheet, source: OwnCard, rows: OwnRows) -> None:
    """The totals of the others, largest first and without their names: enough to rank by, no more."""
    top, totals = rows.peers_top, source.layout.result.layers.total
    sheet.text(top - 2, 0, "六、同组其他单位的总分（供排名）", CAPTION)
    others = sorted((float(totals[n]) for n in source.group if n != source.d), key=lambda t: (math.isnan(t), -t))
    sheet.heads(top - 1, TITLED, ["总分"])
    for n, total in enumerate(others):
        sheet.number(top + n, TITLED, total, FIGURE.but(num="General"), "—")
    if not others:
        sheet.number(top, TITLED, np.nan, CENTER, "无")
