"""Where everything stands on a scorecard sheet: columns that print, columns beside them that compute, rows of the tree."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from ecoscore.model.scheme import Group, Indicator
from ecoscore.reporting.workbook.book import PAGE_HEIGHT, PAGE_WIDTH
from ecoscore.reporting.workbook.layout import Layout
from ecoscore.reporting.workbook.names import cell
from ecoscore.reporting.workbook.sheet import Sheet

# Columns of the computing part, in order.
HELPERS = (
    "level", "progress", "individual", "points", "lost", "rounded", "share", "strong", "weak", "missed", "remark", "fact",
    "ground",
)  # fmt: skip
HELPER_TITLES = {
    "level": "水平分", "progress": "改善分", "individual": "指数", "points": "得分", "lost": "失分", "rounded": "指数排序", "share": "分值排序", "strong": "优势序",
    "weak": "失分序", "missed": "约束未完成", "remark": "逐项说明", "fact": "未完成事实", "ground": "不计分依据",
}  # fmt: skip
# Rows when no mark of an annex stands above the title.
TITLE_ROW, LINE_ROW, SUMMARY_ROW, HEAD_ROW, TREE_TOP = 0, 1, 2, 5, 6


@dataclass(frozen=True)
class CardPlaces:
    """Columns and rows of one card. `offset` is 1 where the mark of an annex takes the first row."""

    layout: Layout
    offset: int = 0

    @cached_property
    def columns(self) -> dict[str, int]:
        """The printing columns this scheme has use for."""
        layout = self.layout
        baseline = layout.scheme.needs_baseline
        kinds = [
            ("number", True), ("title", True), ("unit", True), ("weight", True), ("target", layout.has_targets),
            ("baseline", baseline), ("value", True), ("change", baseline), ("level", True), ("progress", baseline),
            ("individual", True), ("points", True),
        ]  # fmt: skip
        return {kind: n for n, kind in enumerate(kind for kind, wanted in kinds if wanted)}

    @property
    def line(self) -> int:
        """The row that names the district."""
        return LINE_ROW + self.offset

    @property
    def last(self) -> int:
        return len(self.columns) - 1

    @cached_property
    def _helpers(self) -> dict[str, int]:
        return {kind: self.last + 2 + n for n, kind in enumerate(HELPERS)}

    def helper(self, kind: str) -> int:
        return self._helpers[kind]

    @cached_property
    def tree(self) -> tuple[tuple[int, Group | Indicator], ...]:
        """Each node in reading order with its depth: a row each."""
        return tuple((len(path), node) for path, node in self.layout.scheme.walk())

    @property
    def tree_top(self) -> int:
        return TREE_TOP + self.offset

    @property
    def tree_end(self) -> int:
        """The row after the last node: the chain of totals."""
        return self.tree_top + len(self.tree)

    @cached_property
    def rows(self) -> dict[str, int]:
        """The row of each node, by id."""
        return {node.id: self.tree_top + n for n, (_, node) in enumerate(self.tree)}

    def row(self, i: int) -> int:
        return self.rows[self.layout.scheme.indicators[i].id]

    def at(self, kind: str, node_id: str) -> str:
        """A printing cell of a node."""
        return cell(self.rows[node_id], self.columns[kind], "col") if kind in self.columns else '""'

    def raw(self, kind: str, node_id: str) -> str:
        """An unrounded figure of a node, in the computing columns."""
        return cell(self.rows[node_id], self.helper(kind), "col")

    def fits(self, sheet: Sheet, row: int) -> bool:
        """Whether everything above a row goes on one page when the sheet is printed one page wide."""
        scale = min(1.0, PAGE_WIDTH / sheet.width_to(self.last + 1))
        return sheet.height_to(row) * scale <= PAGE_HEIGHT

    # Figures of the whole district, in the computing columns on the row of the chain.
    def whole(self, kind: str) -> str:
        return cell(self.tree_end, self.last + 2 + WHOLE.index(kind), "both")


WHOLE = ("base", "bonus", "deduction", "exact", "total", "rank", "ties", "of", "before_total", "before_rank")
WHOLE_TITLES = ("小计", "加分", "扣分", "总分未修约", "总分", "名次", "同名次数", "参排数", "上期总分", "上期名次")
