"""What a card says below its table: layers above points, charts, strong and weak items, remarks, notes, hands."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from ecoscore.model.adjustment import LAYER_TITLES, Layer
from ecoscore.reporting.view_parts import ScorecardView
from ecoscore.reporting.workbook import paper
from ecoscore.reporting.workbook.book import Book
from ecoscore.reporting.workbook.card_places import CardPlaces
from ecoscore.reporting.workbook.card_source import Entry, Source, put
from ecoscore.reporting.workbook.charts import add_charts
from ecoscore.reporting.workbook.formats import CAPTION, CENTER, FIGURE, HEAD, HELPER, NOTE, TEXT, decimals, in_formula
from ecoscore.reporting.workbook.layout import Layout
from ecoscore.reporting.workbook.names import area, cell
from ecoscore.reporting.workbook.sheet import Sheet
from ecoscore.rules.rounding import excel_round, round_decimal

_CHART_ROWS, _CHART_ROW = 12, 16.0
_HIGHLIGHTS = 5
_SEQUENCE, _KIND, _TITLE, _TIMES, _POINTS, _GROUND = range(6)


def write_below(
    book: Book,
    sheet: Sheet,
    places: CardPlaces,
    source: Source,
    view: ScorecardView,
    notes: Sequence[str],
    widths: Sequence[float],
) -> int:
    """Everything below the chain of totals; gives the row after the last."""
    return _Below(book, sheet, places, source, view, tuple(notes), tuple(widths)).write()


@dataclass(frozen=True)
class _Below:
    book: Book
    sheet: Sheet
    places: CardPlaces
    source: Source
    view: ScorecardView
    notes: tuple[str, ...]
    widths: tuple[float, ...]

    @property
    def layout(self) -> Layout:
        return self.places.layout

    @property
    def last(self) -> int:
        return self.places.last

    @cached_property
    def width(self) -> float:
        return sum(paper.pixels(w) for w in self.widths)

    def write(self) -> int:
        captions = [self.places.tree_end + 2]
        row = self._adjustments(captions[0])
        captions.append(row)
        row = self._charts(row)
        row = self._highlights(row)
        row = self._remarks(row)
        row = paper.notes(self.sheet, row, self.last, self.notes, self.width)
        self.sheet.height(row, 8)
        row = paper.signatures(
            self.sheet, row + 1, paper.spans(self.widths, 6), self.view.meta.signatures, self.view.meta.date
        )
        if not self.places.fits(self.sheet, row):
            # The page ends with a part, with the layers above points if they still go on it.
            last = [caption for caption in captions if self.places.fits(self.sheet, caption)][-1:]
            self.sheet.raw.set_h_pagebreaks(last)
        return row

    def _caption(self, row: int, text: str) -> None:
        self.sheet.text(row, 0, text, CAPTION)
        self.sheet.height(row, 20)

    # Bonus and deduction ---------------------------------------------------------------------------------------

    @cached_property
    def scored(self) -> list[int]:
        return [k for k, a in enumerate(self.layout.items) if a.layer in (Layer.BONUS, Layer.DEDUCTION)]

    @property
    def binds(self) -> bool:
        """Whether missed binding targets may cost points beyond the items."""
        binding = self.layout.scheme.binding
        return self.layout.counts_binding and binding is not None and binding.deduct_from is not None

    @cached_property
    def most(self) -> int:
        """As many lines as the district with most entries needs, and one more for what may be added."""
        result = self.layout.result
        counts = [
            sum(1 for a in result.grounds(d.name) if a.layer in (Layer.BONUS, Layer.DEDUCTION))
            for d in result.districts
        ]
        mine = counts[self.source.d]
        need = mine if not self.source.name().unlocked else max(counts)
        return max(1, min(need + 1, len(self.scored) + self.binds))

    def _adjustments(self, row: int) -> int:
        sheet = self.sheet
        self._caption(row, "加分、扣分与等次限制")
        top = row + 1
        for col in range(self.last + 1):
            sheet.text(top, col, "", HEAD)
        sheet.heads(top, 0, ["类型", "事项", "次数", "分值", "依据"])
        sheet.merge(top, 4, top, self.last)
        helper = self._item_rows(row)
        for k in range(1, self.most + 1):
            self._line(top + k, k, helper)
        limits = self.source.limits()
        at = cell(top + self.most + 1, self.last + 2)
        sheet.height(top, 17)
        put(sheet, top + self.most + 1, self.last + 2, limits, HELPER.but(align="left"))
        text = "无" if not limits.value else f"有。{limits.value}"
        row = top + self.most + 1
        sheet.formula(
            row,
            0,
            f'"一票否决、等次封顶："&IF({at}="","无","有。"&{at})',
            f"一票否决、等次封顶：{text}",
            TEXT.but(size=9),
        )
        sheet.merge(row, 0, row, self.last)
        sheet.height(row, paper.height_of(self._longest_limits(), self.width, 9, 18))
        sheet.frame(top, 0, row, self.last)
        return row + 1

    def _longest_limits(self) -> str:
        if not self.source.name().unlocked:
            return self.view.limits_text + "　" * 10
        grounds = self.layout.result.adjustments
        lines: dict[str, str] = {}
        for a in grounds:
            if a.layer in (Layer.CEILING, Layer.VETO):
                lines[a.district] = (
                    lines.get(a.district, "") + f"一票否决：{a.title}，等次定为{a.grade}（依据：{a.ground}）。"
                )
        return max(lines.values(), key=len, default="") + "　" * 10

    def _item_rows(self, row: int) -> int:
        """Each item with a running number where it applies, in the computing columns; gives their first row."""
        sheet, first = self.sheet, row + 1
        col = self.last + 6
        sheet.heads(row, col, ["序", "类型", "事项", "次数", "分值", "依据"], HELPER)
        entries = [
            (
                LAYER_TITLES[self.layout.items[k].layer],
                self.source.item_title(k),
                self.source.times(k),
                self.source.effect(k),
                self.source.ground(k),
            )
            for k in self.scored
        ]
        if self.binds:
            entries.append(self._binding())
        running = 0
        for n, (kind, title, times, effect, ground) in enumerate(entries):
            at = first + n
            bonus = kind == LAYER_TITLES[Layer.BONUS]
            running += int(times.value or 0) > 0
            before = f"MAX({area(row, col, at - 1, col)})" if n else "0"
            number = running if int(times.value or 0) > 0 else ""
            times_at = cell(at, col + _TIMES)
            sheet.formula(at, col, f'IF({times_at}>0,{before}+1,"")', number, HELPER)
            sheet.text(at, col + _KIND, kind, HELPER)
            put(sheet, at, col + _TITLE, title, HELPER.but(align="left"))
            put(sheet, at, col + _TIMES, times, HELPER)
            signed = Entry(
                float(effect.value) * (1 if bonus else -1),
                f"{'' if bonus else '-'}({effect.formula})" if effect.formula else "",
            )
            put(sheet, at, col + _POINTS, signed, HELPER)
            put(sheet, at, col + _GROUND, ground, HELPER.but(align="left"))
        return first

    def _binding(self) -> tuple[str, Entry, Entry, Entry, Entry]:
        """What missed binding targets cost beyond the items: their number, their marks, which they are."""
        places = self.places
        first, last = places.tree_top, places.tree_end - 1
        missed = f"SUM({area(first, places.helper('missed'), last, places.helper('missed'), 'both')})"
        rule = self.layout.scheme.binding
        assert rule is not None
        count = int(self.layout.result.layers.binding_missed[self.source.d])
        applies = count if rule.deduct_from is not None and count >= rule.deduct_from else 0
        facts = [places.raw("fact", i.id) for i in self.layout.scheme.indicators if self.layout.is_binding(i)]
        text = "".join(str(self.sheet.value(places.row(n), places.helper("fact")))
                       for n, i in enumerate(self.layout.scheme.indicators) if self.layout.is_binding(i))  # fmt: skip
        return (
            LAYER_TITLES[Layer.DEDUCTION],
            Entry(f"约束性目标 {count} 项未完成，再扣其分值", f'"约束性目标 "&{missed}&" 项未完成，再扣其分值"'),
            Entry(applies, f"IF({missed}>={rule.deduct_from},{missed},0)"),
            self.source.missed_points(),
            Entry(text[1:], f"MID({'&'.join(facts)},2,9999)"),
        )

    def _line(self, row: int, k: int, first: int) -> None:
        """The k-th item that applies, or a dash."""
        sheet, col = self.sheet, self.last + 6
        count = len(self.scored) + self.binds
        for c in range(self.last + 1):
            sheet.text(row, c, "—", CENTER.but(size=9))
        if not count:
            sheet.text(row, 1, "无", TEXT.but(size=9))
            sheet.merge(row, 4, row, self.last)
            return
        numbers = [sheet.value(first + n, col) for n in range(count)]
        found = numbers.index(k) if k in numbers else None
        sequence = area(first, col, first + count - 1, col, "both")
        absent = f"{k}>MAX({sequence})"
        for target, source, style in (
            (0, _KIND, CENTER.but(size=9)), (1, _TITLE, TEXT.but(size=9)), (2, _TIMES, CENTER.but(size=9, num="0")),
            (3, _POINTS, FIGURE.but(size=9, num=decimals(self.layout.scheme.decimals, signed=True), shrink=True)),
            (4, _GROUND, TEXT.but(size=9)),
        ):  # fmt: skip
            column = area(first, col + source, first + count - 1, col + source, "both")
            picked = f"INDEX({column},MATCH({k},{sequence},0))"
            value = sheet.value(first + found, col + source) if found is not None else "—"
            if source == _POINTS:
                scheme = self.layout.scheme
                picked = excel_round(picked, scheme.decimals, scheme.rounding)
                value = round_decimal(float(value), scheme.decimals, scheme.rounding) if found is not None else "—"
            none = "无" if target == 1 and k == 1 else "—"
            sheet.formula(row, target, f'IF({absent},"{none}",{picked})', none if found is None else value, style)
        ground = str(sheet.value(row, 4))
        sheet.merge(row, 4, row, self.last)
        title = str(sheet.value(row, 1))
        mine = [(title, ground)] if not self.source.name().unlocked else self._all_lines
        grounds = sum(paper.pixels(w) for w in self.widths[4:])
        titles = paper.pixels(self.widths[1])
        sheet.height(row, max(
            (max(paper.height_of(t, titles, 9, 17), paper.height_of(g, grounds, 9, 17)) for t, g in mine), default=17
        ))  # fmt: skip

    @cached_property
    def _all_lines(self) -> list[tuple[str, str]]:
        """Titles and grounds that the card may be asked to show."""
        return [
            (a.title, a.ground) for a in self.layout.result.adjustments if a.layer in (Layer.BONUS, Layer.DEDUCTION)
        ]

    # Charts ----------------------------------------------------------------------------------------------------

    def _charts(self, row: int) -> int:
        groups = self.layout.scheme.groups
        if len(groups) < 2:
            return row
        sheet, col = self.sheet, self.last + 2
        self._caption(row, "各类指数与平均水平")
        sheet.heads(row, col, ["类别", "本单位", "平均"], HELPER)
        for n, group in enumerate(groups, start=1):
            title = self.places.rows[group.id]
            sheet.formula(
                row + n, col, f"TRIM({cell(title, self.places.columns['title'], 'both')})", group.title.strip(), HELPER
            )
            index = self.places.raw("individual", group.id)
            sheet.formula(row + n, col + 1, index, self.source.group_index(group.id).value, HELPER.but(num="0.00"))
            put(sheet, row + n, col + 2, self.source.peer_mean(group.id), HELPER.but(num="0.00"))
        rows = max(_CHART_ROWS, len(groups) + 2)
        sheet.heights(row + 1, row + rows, _CHART_ROW)
        size = self.width, rows * _CHART_ROW * 96 / 72
        add_charts(self.book, sheet, row + 1, col, len(groups), size)
        return row + rows + 1

    # Strong and weak -------------------------------------------------------------------------------------------

    def _highlights(self, row: int) -> int:
        sheet = self.sheet
        self._caption(row, "优势指标与主要失分指标")
        (_, left), (right, last) = paper.spans(self.widths, 2)
        for col in range(self.last + 1):
            sheet.text(row + 1, col, "", HEAD.but(size=9))
        sheet.text(row + 1, 1, "优势指标（个体指数）", HEAD.but(size=9))
        sheet.merge(row + 1, 1, row + 1, left)
        sheet.text(row + 1, right + 1, "主要失分指标（失分）", HEAD.but(size=9))
        sheet.merge(row + 1, right + 1, row + 1, last)
        sheet.height(row + 1, 17)
        for k in range(1, _HIGHLIGHTS + 1):
            at = row + 1 + k
            self._highlight(at, 0, left, k, "strong", "individual")
            self._highlight(at, right, last, k, "weak", "lost")
            sheet.height(at, 17)
        sheet.frame(row + 1, 0, row + 1 + _HIGHLIGHTS, self.last)
        sheet.height(row + 2 + _HIGHLIGHTS, 8)
        return row + 3 + _HIGHLIGHTS

    def _highlight(self, row: int, first: int, last: int, k: int, order: str, figure: str) -> None:
        sheet, places, scheme = self.sheet, self.places, self.layout.scheme
        top, end = places.tree_top, places.tree_end - 1

        def column(col: int) -> str:
            return area(top, col, end, col, "both")

        orders = column(places.helper(order))
        at = f"MATCH({k},{orders},0)"
        number = excel_round(f"INDEX({column(places.helper(figure))},{at})", scheme.decimals, scheme.rounding)
        text = f'INDEX({column(places.columns["title"])},{at})&"（"&TEXT({number},"{in_formula(decimals(scheme.decimals))}")&"）"'
        none = "无" if k == 1 else "—"
        found = next(
            (i for i in range(len(scheme.indicators)) if sheet.value(places.row(i), places.helper(order)) == k), None
        )
        value = none
        if found is not None:
            raw = float(sheet.value(places.row(found), places.helper(figure)))
            shown = f"{round_decimal(raw, scheme.decimals, scheme.rounding):.{scheme.decimals}f}"
            value = f"{sheet.value(places.row(found), places.columns['title'])}（{shown}）"
        absent = f"{k}>MAX({orders})"
        sheet.formula(row, first, f'IF({absent},"—",{k})', "—" if found is None else k, CENTER.but(size=9, num="0"))
        sheet.formula(row, first + 1, f'IF({absent},"{none}",{text})', value, TEXT.but(size=9, wrap=False, shrink=True))
        sheet.merge(row, first + 1, row, last)

    # Words -----------------------------------------------------------------------------------------------------

    def _remarks(self, row: int) -> int:
        """What happened to single items; "无" where nothing did."""
        sheet, places = self.sheet, self.places
        cells = [places.raw("remark", i.id) for i in self.layout.scheme.indicators]
        text = "".join(str(sheet.value(places.row(n), places.helper("remark"))) for n in range(len(cells)))
        joined = "&".join(cells)
        at = cell(row, self.last + 2)
        sheet.formula(row, self.last + 2, joined, text, HELPER.but(align="left"))
        sheet.formula(row, 0, f'"逐项说明："&IF({at}="","无。",{at})', f"逐项说明：{text or '无。'}", NOTE)
        sheet.merge(row, 0, row, self.last)
        least = 26 if self.source.name().unlocked else 14
        longest = text + "　" * 10 if not self.source.name().unlocked else "　" * self._longest_remark
        sheet.height(row, min(paper.height_of(longest, self.width, 9, least), 160))
        return row + 1

    @cached_property
    def _longest_remark(self) -> int:
        """About how many characters the district with most remarks needs."""
        result, most = self.layout.result, 0
        for d in range(len(result.districts)):
            marked = [
                i
                for i in range(len(result.indicators))
                if result.cells.override[d, i] or math.isnan(result.cells.individual[d, i])
            ]
            most = max(most, sum(len(result.indicators[i].title) + 26 for i in marked))
        return most
