"""The sheet 成绩单: one district's card, A4, ready to print; beside it, unprinted, the columns that compute it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from ecoscore.model.scheme import Group, Indicator
from ecoscore.reporting.view_parts import ScorecardView
from ecoscore.reporting.workbook import paper
from ecoscore.reporting.workbook.book import Book
from ecoscore.reporting.workbook.card_below import write_below
from ecoscore.reporting.workbook.card_computed import write_computed
from ecoscore.reporting.workbook.card_places import (
    HEAD_ROW,
    HELPER_TITLES,
    HELPERS,
    SUMMARY_ROW,
    TITLE_ROW,
    WHOLE,
    WHOLE_TITLES,
    CardPlaces,
)
from ecoscore.reporting.workbook.card_source import Entry, Source, put
from ecoscore.reporting.workbook.data_sheet import value_format
from ecoscore.reporting.workbook.formats import (
    CENTER,
    FIGURE,
    GROUP,
    HEAD,
    HELPER,
    LINE,
    MARK,
    STRONG,
    TEXT,
    TITLE,
    Style,
    decimals,
    in_formula,
)
from ecoscore.reporting.workbook.layout import Layout
from ecoscore.reporting.workbook.sheet import Sheet
from ecoscore.rules.rounding import excel_round, round_decimal

WIDTHS = {
    "number": 5.0, "title": 30.0, "unit": 9.5, "weight": 6.0, "target": 7.0, "baseline": 8.0, "value": 8.0, "change": 8.0,
    "level": 7.0, "progress": 7.0, "individual": 7.5, "points": 8.0,
}  # fmt: skip
_WIDEST_TITLE = 48.0
_ALL = sum(WIDTHS.values())
_CHANGE_FORMATS = {"relative": decimals(1, signed=True, suffix="%"), "gap": decimals(1, signed=True, suffix="%")}
_NUMERALS = "一二三四五六七八九十"


def write_card(
    book: Book, sheet: Sheet, places: CardPlaces, source: Source, view: ScorecardView, notes: Sequence[str]
) -> None:
    """`notes` are printed below; those of a card that shows any district must not speak of one alone."""
    _Card(book, sheet, places, source, view, tuple(notes)).write()


@dataclass(frozen=True)
class _Card:
    book: Book
    sheet: Sheet
    places: CardPlaces
    source: Source
    view: ScorecardView
    notes: tuple[str, ...]

    @property
    def layout(self) -> Layout:
        return self.places.layout

    @cached_property
    def score(self) -> Style:
        return FIGURE.but(num=decimals(self.layout.scheme.decimals))

    @cached_property
    def widths(self) -> list[float]:
        """Columns a scheme has no use for give their room to the titles."""
        found = [WIDTHS[kind] for kind in self.places.columns]
        title = self.places.columns["title"]
        found[title] = min(found[title] + _ALL - sum(found), _WIDEST_TITLE)
        return found

    def put(self, row: int, col: int, entry: Entry, style: Style) -> None:
        put(self.sheet, row, col, entry, style)

    def write(self) -> None:
        sheet = self.sheet
        sheet.widths(self.widths)
        self._head()
        self._summary()
        self._tree()
        self._chain()
        row = write_below(self.book, sheet, self.places, self.source, self.view, self.notes, self.widths)
        sheet.raw.print_area(0, 0, row - 1, self.places.last)
        if not self.places.fits(sheet, self.places.tree_end + 1):
            sheet.raw.repeat_rows(HEAD_ROW + self.places.offset)
        sheet.raw.hide_gridlines(2)
        self.book.page(sheet)

    # Above the table -------------------------------------------------------------------------------------------

    def _head(self) -> None:
        sheet, places, last = self.sheet, self.places, self.places.last
        if places.offset:
            sheet.text(0, 0, self.view.meta.attachment, MARK)
            sheet.height(0, 24)
        top, line = TITLE_ROW + places.offset, places.line
        sheet.text(top, 0, self.view.title, TITLE)
        sheet.merge(top, 0, top, last)
        width = sum(paper.pixels(w) for w in self.widths)
        sheet.height(top, 34 if paper.lines_of(self.view.title, width, TITLE.size) == 1 else 56)
        title = places.columns["title"]
        sheet.text(line, 0, "单位：", LINE.but(shrink=False))
        name = self.source.name()
        self.put(line, title, name, LINE.but(font="黑体", bottom=1 if name.unlocked else 0))
        self.put(line, title + 1, self.source.peer_group(), LINE)
        sheet.merge(line, title + 1, line, title + 3)
        right = f"考核期：{self.view.period}　　单位：分"
        sheet.text(line, title + 4, right, LINE.but(align="right"))
        sheet.merge(line, title + 4, line, last)
        sheet.height(line, 22)

    def _summary(self) -> None:
        """The answer first."""
        sheet, places, top = self.sheet, self.places, SUMMARY_ROW + self.places.offset
        then = self.view.comparison
        cells: list[tuple[str, Entry, Style]] = [
            ("总分", self._total(), STRONG.but(size=14, align="center", num=decimals(self.layout.scheme.decimals))),
            ("名次", self._rank(), CENTER.but(font="黑体", size=12, shrink=True, wrap=False)),
            ("等次", self.source.grade(), CENTER.but(font="黑体", size=14)),
        ]
        if then:
            before = places.whole("before_total")
            cells += [
                (f"{then.label}总分", Entry(self.source.whole("before_total").value, before),
                 CENTER.but(num=decimals(self.layout.scheme.decimals), size=11)),
                (f"比{then.label}", self._moved(), CENTER),
            ]  # fmt: skip
        cells.append(("考核方案", Entry(self.view.scheme), CENTER.but(size=9)))
        # The number's column alone is too narrow for a figure: it goes with the titles'.
        joined = paper.spans([sum(self.widths[:2]), *self.widths[2:]], len(cells))
        where = [(first + 1 if first else 0, last + 1) for first, last in joined]
        for (label, entry, style), (first, last) in zip(cells, where, strict=True):
            sheet.text(top, first, label, HEAD)
            sheet.merge(top, first, top, last)
            self.put(top + 1, first, entry, style)
            sheet.merge(top + 1, first, top + 1, last)
        sheet.height(top + 1, 34)
        sheet.height(top + 2, 8)
        sheet.frame(top, 0, top + 1, places.last)

    def _total(self) -> Entry:
        exact = float(self.layout.result.layers.total_exact[self.source.d])
        scheme = self.layout.scheme
        at = self.places.whole("total")
        value = "—" if math.isnan(exact) else round_decimal(exact, scheme.decimals, scheme.rounding)
        return Entry(value, f'IF(ISNUMBER({at}),{at},"—")')

    def _rank(self) -> Entry:
        place = self.view.standing
        if place.rank is None and self.layout.scheme.unranked:
            return Entry(place.rank_text)
        rank, ties, of = (self.places.whole(kind) for kind in ("rank", "ties", "of"))
        words = f'IF({ties}>1,"并列","")&"第"&{rank}&"名（共"&{of}&"个）"'
        value = f"{place.rank_text}（共{place.of}个）" if place.rank else "未参加排名"
        return Entry(value, f'IF(ISNUMBER({rank}),{words},"未参加排名")')

    def _moved(self) -> Entry:
        """By how much the total moved since, and by how many places."""
        places, scheme, then = self.places, self.layout.scheme, self.view.comparison
        assert then is not None
        total, rank, total_before, rank_before = (
            places.whole(kind) for kind in ("total", "rank", "before_total", "before_rank")
        )
        number = in_formula(decimals(scheme.decimals, signed=True))
        moved = f'TEXT({total}-{total_before},"{number}")'
        ranks = f'IF({rank_before}>{rank},"，升"&({rank_before}-{rank})&"位",IF({rank_before}<{rank},"，降"&({rank}-{rank_before})&"位","，名次不变"))'
        formula = f'IF(AND(ISNUMBER({total}),ISNUMBER({total_before})),{moved}&IF(AND(ISNUMBER({rank}),ISNUMBER({rank_before})),{ranks},""),"—")'
        change = then.rank_change
        words = (
            "" if change is None else "，名次不变" if not change else f"，{'升' if change > 0 else '降'}{abs(change)}位"
        )
        return Entry(then.total_change.text + words, formula)

    # The table -------------------------------------------------------------------------------------------------

    def _tree(self) -> None:
        sheet, places, head = self.sheet, self.places, HEAD_ROW + self.places.offset
        titles = {
            "number": "序号", "title": "指标", "unit": "计量\n单位", "weight": "分值", "target": "目标值",
            "baseline": self.view.baseline_label, "value": self.view.value_label, "change": "变化", "level": "水平分",
            "progress": "改善分", "individual": "个体\n指数", "points": "得分",
        }  # fmt: skip
        for kind, col in places.columns.items():
            sheet.text(head, col, titles[kind], HEAD)
        sheet.height(head, 30)
        note = "计算列（不打印，未修约）："
        for kind in HELPERS:
            sheet.text(head, places.helper(kind), (note if kind == "level" else "") + HELPER_TITLES[kind], HELPER)
        tops = 0
        for depth, node in places.tree:
            if isinstance(node, Group):
                mark = _NUMERALS[tops] if depth == 0 and tops < len(_NUMERALS) else ""
                tops += depth == 0
                self._group(node, depth, mark)
            else:
                self._indicator(self.layout.result.indicator_at[node.id], node)
        write_computed(sheet, places, self.source)
        sheet.frame(head, 0, places.tree_end, places.last)

    def _group(self, group: Group, depth: int, mark: str) -> None:
        sheet, places, row = self.sheet, self.places, self.places.rows[group.id]
        for col in range(places.last + 1):
            sheet.text(row, col, "", GROUP)
        sheet.text(row, places.columns["number"], mark, GROUP.but(align="center"))
        sheet.text(row, places.columns["title"], "　" * max(0, depth) + group.title, GROUP.but(shrink=True))
        index = self.source.group_index(group.id)
        self.put(row, places.helper("individual"), index, HELPER.but(num="0.000000"))
        self._weight(row, self.source.group_weight(group.id), STRONG)
        weight, at = places.at("weight", group.id), places.raw("individual", group.id)
        scheme, value = self.layout.scheme, float(index.value)
        self.put(
            row, places.columns["individual"], Entry(paper.shown_value(value, scheme), paper.shown(at, scheme)),
            STRONG.but(num=self.score.num),
        )  # fmt: skip
        raw = float(self.source.group_weight(group.id).value) * (0.0 if math.isnan(value) else value) / 100
        self.put(row, places.helper("points"), Entry(raw, f"IF(ISNUMBER({at}),N({weight})*{at}/100,0)"), HELPER)
        self._points(row, group.id, raw, counted=not math.isnan(value), style=STRONG)
        sheet.height(row, 18)

    def _weight(self, row: int, entry: Entry, style: Style) -> None:
        """Full marks with no more decimals than they need; 0 is a weight given away."""
        self.put(row, self.places.columns["weight"], entry, style.but(num=self._weight_format))

    @cached_property
    def _weight_format(self) -> str:
        result, d = self.layout.result, self.source.d
        weights = [*result.cells.weight[d].tolist(), *result.group_cells.weight[d].tolist()]
        return value_format([round(w, max(self.layout.scheme.decimals, 2)) for w in weights]) + ';"—"'

    def _points(self, row: int, node_id: str, value: float, *, counted: bool, style: Style) -> None:
        scheme, places = self.layout.scheme, self.places
        at, points, weight = (
            places.raw("individual", node_id),
            places.raw("points", node_id),
            places.at("weight", node_id),
        )
        rounded = excel_round(points, scheme.decimals, scheme.rounding)
        shown = round_decimal(value, scheme.decimals, scheme.rounding)
        weighs = float(self.sheet.value(row, places.columns["weight"]) or 0) > 0
        entry = Entry(shown if counted and weighs else "—", f'IF(AND(ISNUMBER({at}),{weight}>0),{rounded},"—")')
        self.put(row, places.columns["points"], entry, style.but(num=self.score.num))

    def _indicator(self, i: int, indicator: Indicator) -> None:
        sheet, places, source, row = self.sheet, self.places, self.source, self.places.row(i)
        columns, c, d = places.columns, self.layout.result.cells, self.source.d
        sheet.number(row, columns["number"], i + 1, CENTER.but(num="0"))
        title = ("★" if indicator.binding else "") + indicator.title
        sheet.text(row, columns["title"], title, TEXT)
        sheet.text(row, columns["unit"], indicator.unit or "—", CENTER.but(size=9))
        self._weight(row, source.weight(i), FIGURE)
        figure = FIGURE.but(num=source.number_format(i))
        self.put(row, columns["value"], source.value(i), figure)
        if "target" in columns:
            self.put(row, columns["target"], source.target(i), FIGURE.but(num="General"))
        if "baseline" in columns:
            self.put(row, columns["baseline"], source.baseline(i), figure)
            part = indicator.rule.progress
            plain = decimals(len(figure.num.partition(";")[0].partition(".")[2]), signed=True)
            change = plain if part is None else _CHANGE_FORMATS.get(part.measure, plain)
            self.put(row, columns["change"], source.change(i), FIGURE.but(num=change))
        for kind, value in (
            ("level", c.level[d, i]),
            ("progress", c.progress[d, i]),
            ("individual", c.individual[d, i]),
        ):
            if kind in columns:
                at = places.raw(kind, indicator.id)
                scheme = self.layout.scheme
                self.put(
                    row,
                    columns[kind],
                    Entry(paper.shown_value(float(value), scheme), paper.shown(at, scheme)),
                    self.score,
                )
        individual = float(c.individual[d, i])
        self._points(row, indicator.id, float(c.points[d, i]), counted=not math.isnan(individual), style=STRONG)
        width = paper.pixels(self.widths[columns["title"]])
        unit = paper.height_of(indicator.unit, paper.pixels(WIDTHS["unit"]), 9)
        sheet.height(row, max(16.5, paper.height_of(title, width, 10), unit))

    def _chain(self) -> None:
        """小计 + 加分 - 扣分 = 总分, written out; the figures themselves stand beside it."""
        sheet, places, scheme = self.sheet, self.places, self.layout.scheme
        row, places_n = places.tree_end, scheme.decimals
        for kind, title in zip(WHOLE, WHOLE_TITLES, strict=True):
            col = places.last + 2 + WHOLE.index(kind)
            sheet.text(row + 1, col, title, HELPER)
            if kind != "total":
                self.put(
                    row, col, self.source.whole(kind), HELPER.but(num="0.000000" if kind in _SCORES else "General")
                )
        exact = places.whole("exact")
        total = f'IF(ISNUMBER({exact}),{excel_round(exact, places_n, scheme.rounding)},"")'
        value = float(self.layout.result.layers.total_exact[self.source.d])
        self.put(
            row,
            places.last + 2 + WHOLE.index("total"),
            Entry(round_decimal(value, places_n, scheme.rounding), total),
            HELPER,
        )
        number = in_formula(decimals(places_n))

        def printed(kind: str) -> str:
            at = places.whole(kind)
            rounded = at if kind == "total" else excel_round(at, places_n, scheme.rounding)
            return f'IF(ISNUMBER({at}),TEXT({rounded},"{number}"),"—")'

        words = (("指标得分小计 ", "base"), (" ＋ 加分 ", "bonus"), (" － 扣分 ", "deduction"), (" ＝ 总分 ", "total"))
        formula = "&".join(f'"{word}"&{printed(kind)}' for word, kind in words)
        sheet.formula(row, 0, formula, self.view.chain.text, CENTER.but(font="黑体", size=10.5))
        sheet.merge(row, 0, row, places.last)
        sheet.height(row, 22)
        sheet.height(row + 1, 8)


_SCORES = {"base", "bonus", "deduction", "exact"}
