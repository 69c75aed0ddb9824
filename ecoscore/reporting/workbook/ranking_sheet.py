"""The sheet 排名汇总表, landscape, ready to print: districts in live rank order, by peer group."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from ecoscore.reporting.view_common import NO_GRADES
from ecoscore.reporting.view_parts import RankingView
from ecoscore.reporting.workbook import names, paper
from ecoscore.reporting.workbook.book import Book
from ecoscore.reporting.workbook.formats import CAPTION, CENTER, FIGURE, HEAD, HELPER, STRONG, TEXT, Style, decimals
from ecoscore.reporting.workbook.layers import Layers
from ecoscore.reporting.workbook.layout import Layout, PeerSection
from ecoscore.reporting.workbook.names import cell
from ecoscore.reporting.workbook.sheet import Sheet, Value
from ecoscore.reporting.workbook.summary_columns import SummaryColumns

_REASON_WIDTH = 34.0


@dataclass(frozen=True)
class _Column:
    """A column of the sheet: its formula for a district found at `at` in a section, and the value it has now."""

    title: str
    width: float
    style: Style
    formula: Callable[[PeerSection, str], str]
    value: Callable[[int], Value]


def write_ranking(book: Book, layers: Layers, view: RankingView) -> Sheet:
    return _Ranking(book, layers.layout, layers, view).write()


@dataclass(frozen=True)
class _Ranking:
    book: Book
    layout: Layout
    layers: Layers
    view: RankingView

    @cached_property
    def columns(self) -> SummaryColumns:
        return SummaryColumns(self.layout)

    @cached_property
    def sheet(self) -> Sheet:
        return self.book.sheet(names.ranking_sheet(self.layout.scheme))

    def _from(self, kind: str, section: PeerSection, at: str, offset: int = 0) -> str:
        column = self.columns.column(kind, offset, first=section.first, count=section.count)
        return f"INDEX({column},{at})"

    # Columns ---------------------------------------------------------------------------------------------------

    @cached_property
    def table(self) -> tuple[_Column, ...]:
        layout, scheme, layers = self.layout, self.layout.scheme, self.layout.result.layers
        score = FIGURE.but(num=decimals(scheme.decimals))
        found = [
            _Column("名次", 9, CENTER, self._rank_formula, self._rank),
            _Column("被考核单位", self._name_width, TEXT.but(wrap=False), self._name_formula, self._name),
        ]
        for column in self.view.columns:
            k = layout.group_column_of[column.group]
            found.append(
                self._score(f"{column.title}\n（{column.weight.text}）", "index", score, self._group(column.group), k)
            )
        found += [
            self._score("指标得分\n小计", "base", score, lambda d: float(layers.base[d])),
            self._score("加分", "bonus", score, lambda d: float(layers.bonus[d])),
            self._score("扣分", "deduction", score, lambda d: float(layers.deduction[d])),
            self._score("总分", "total", STRONG.but(num=decimals(scheme.decimals)), lambda d: float(layers.total[d])),
            _Column("等次", 9, CENTER, lambda s, at: self._texted("grade", s, at), self._grade),
        ]
        if self.view.compared:
            found.append(
                _Column("上年\n名次", 7, CENTER, lambda s, at: self._from("previous_rank", s, at), self._before)
            )
            found.append(_Column("名次\n变化", 7.5, CENTER, self._moved_formula, self._moved))
        if self.layers.limits_at or self.layers.fails:
            reason = TEXT.but(size=9)
            found.append(_Column(
                "等次说明", _REASON_WIDTH, reason, lambda s, at: self._texted("reason", s, at),
                lambda d: self.layers.reason(d) or "—",
            ))  # fmt: skip
        return tuple(found)

    @cached_property
    def _name_width(self) -> float:
        longest = max((paper.text_width(d.name, 10) for d in self.layout.result.districts), default=0)
        return min(max(13.0, longest / 7 + 1.5), 30.0)

    def _score(self, title: str, kind: str, style: Style, value: Callable[[int], float], offset: int = 0) -> _Column:
        scheme = self.layout.scheme
        return _Column(
            title, 12 if kind == "index" else 9.5, style,
            lambda s, at: paper.shown(self._from(kind, s, at, offset), scheme),
            lambda d: paper.shown_value(value(d), scheme),
        )  # fmt: skip

    def _group(self, group_id: str) -> Callable[[int], float]:
        g = self.layout.group_at[group_id]
        return lambda d: float(self.layout.result.group_cells.index[d, g])

    def _texted(self, kind: str, section: PeerSection, at: str) -> str:
        text = self._from(kind, section, at)
        return f'IF({text}="","—",{text})'

    def _grade(self, d: int) -> str:
        return (self.layout.result.layers.grade[d] or "—") if self.layout.scheme.grades else NO_GRADES

    def _rank_formula(self, section: PeerSection, at: str) -> str:
        if self.layout.scheme.unranked:
            return '"不排名"'
        rank = self._from("rank", section, at)
        ranks = self.columns.column("rank", first=section.first, count=section.count)
        return f'IF(ISNUMBER({rank}),IF(COUNTIF({ranks},{rank})>1,"并列"&{rank},{rank}),"未参加排名")'

    def _rank(self, d: int) -> Value:
        if self.layout.scheme.unranked:
            return "不排名"
        rank = int(self.layout.result.layers.rank[d])
        if not rank:
            return "未参加排名"
        section = self.layout.section_of(self.layout.rows.index(d))
        peers = self.layout.rows[section.first : section.first + section.count]
        tied = sum(1 for other in peers if self.layout.result.layers.rank[other] == rank) > 1
        return f"并列{rank}" if tied else rank

    def _name_formula(self, section: PeerSection, at: str) -> str:
        top = self.columns.row(section.first)
        column = names.area(top, 1, top + section.count - 1, 1, "both", names.SUMMARY)
        return f"INDEX({column},{at})"

    def _name(self, d: int) -> str:
        return self.layout.result.districts[d].name

    def _before(self, d: int) -> Value:
        rank = self._ranks_before.get(self._name(d))
        return "—" if rank is None else rank

    @cached_property
    def _ranks_before(self) -> dict[str, int | None]:
        return {row.district: row.previous_rank for section in self.view.sections for row in section.rows}

    def _moved_formula(self, section: PeerSection, at: str) -> str:
        now, then = self._from("rank", section, at), self._from("previous_rank", section, at)
        moved = f'IF({then}>{now},"↑"&({then}-{now}),IF({then}<{now},"↓"&({now}-{then}),"持平"))'
        return f'IF(AND(ISNUMBER({now}),ISNUMBER({then})),{moved},"—")'

    def _moved(self, d: int) -> str:
        then, now = self._before(d), int(self.layout.result.layers.rank[d])
        if isinstance(then, str) or not now:
            return "—"
        gained = int(then) - now
        return f"↑{gained}" if gained > 0 else f"↓{-gained}" if gained < 0 else "持平"

    # The sheet -------------------------------------------------------------------------------------------------

    def write(self) -> Sheet:
        sheet, view, table = self.sheet, self.view, self.table
        last = len(table) - 1
        widths = [c.width for c in table]
        sheet.widths(widths)
        width = sum(paper.pixels(w) for w in widths)
        row = paper.heading(
            sheet, 0, last, view.title, view.meta, f"考核方案：{view.scheme}", f"考核期：{view.period}　　单位：分"
        )
        top = row
        sheet.heads(row, 0, [c.title for c in table], HEAD)
        sheet.height(row, 45)
        sheet.raw.repeat_rows(row)
        sheet.raw.freeze_panes(row + 1, 2)
        helper = last + 2
        sheet.text(row, helper, "取数行", HELPER)
        sheet.raw.set_column(helper, helper, 8, None, {"hidden": True})
        row = self._rows(row + 1, helper)
        sheet.frame(top, 0, row - 1, last)
        row = paper.notes(sheet, row + 1, last, view.notes, width)
        hands = tuple(f for f in view.meta.signatures if not f.opinion and not f.sealed)
        row = paper.signatures(sheet, row + 1, paper.spans(widths, 6), hands, view.meta.date)
        sheet.raw.print_area(0, 0, row - 1, last)
        sheet.raw.hide_gridlines(2)
        self.book.page(sheet, landscape=True)
        return sheet

    def _rows(self, row: int, helper: int) -> int:
        sheet, layout = self.sheet, self.layout
        places = self._order()
        bars = next(n for n, c in enumerate(self.table) if c.title == "总分")
        for section in layout.sections:
            if len(layout.sections) > 1:
                sheet.text(
                    row, 0, f"{section.label}（{section.count}个）", CAPTION.but(left=1, right=1, top=1, bottom=1)
                )
                sheet.merge(row, 0, row, len(self.table) - 1)
                sheet.height(row, 20)
                row += 1
            first = row
            for p in range(section.count):
                self._row(row, helper, section, p + 1, places[section.first + p])
                row += 1
            sheet.raw.conditional_format(first, bars, row - 1, bars, {
                "type": "data_bar", "data_bar_2010": True, "bar_solid": True, "bar_color": "#BDBDBD",
                "bar_border_color": "#7F7F7F", "min_type": "num", "min_value": 0, "max_type": "num",
                "max_value": max(layout.scheme.full, 1e-9),
            })  # fmt: skip
        return row

    def _order(self) -> list[int]:
        """Districts of the result as the sheet lists them now."""
        totals, rows = self.layout.result.layers.total, self.layout.rows
        found: list[int] = []
        for s in self.layout.sections:
            members = range(s.first, s.first + s.count)
            found += sorted(
                (rows[n] for n in members),
                key=lambda d: (math.isnan(totals[d]), 0.0 if math.isnan(totals[d]) else -float(totals[d])),
            )
        return found

    def _row(self, row: int, helper: int, section: PeerSection, place: int, d: int) -> None:
        sheet = self.sheet
        order = self.columns.column("order", first=section.first, count=section.count)
        sheet.formula(
            row, helper, f"MATCH({place},{order},0)", self.layout.rows.index(d) - section.first + 1, HELPER.but(num="0")
        )
        at = cell(row, helper, "col")
        for col, column in enumerate(self.table):
            sheet.formula(row, col, column.formula(section, at), column.value(d), column.style)
        reason = self.layers.reason(d)
        sheet.height(row, paper.height_of(reason, paper.pixels(_REASON_WIDTH), 9, 22.0))
