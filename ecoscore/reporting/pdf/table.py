"""Tables as officials print them: thick outside, thin inside, no fills, the header on every page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from ecoscore.reporting.pdf.fonts import Role
from ecoscore.reporting.pdf.page import Paper
from ecoscore.reporting.pdf.text import Cell

CellAlign = Literal["left", "center", "figures"]
_OUTER, _INNER = 1.2, 0.4
PAD = 2.4
_LEADING = 1.26


@dataclass(frozen=True, slots=True)
class Column:
    """A column. `figures` are set right against each other with their decimals in line, the block centred.

    `keep` texts are shrunk to one line rather than wrapped; the `merged` column shows each group's text once.
    """

    title: str
    width: float
    align: CellAlign = "center"
    keep: bool = False
    merged: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row of texts, or (`span`) one text across the table. `group` is what its merged cell says."""

    cells: tuple[str, ...] = ()
    group: str = ""
    span: str = ""
    role: Role = Role.SONG
    span_align: Literal["left", "center"] = "center"
    span_size: float = 0.0
    bold: frozenset[int] = frozenset()


@dataclass(slots=True)
class _Laid:
    """A row with its lines of text and its height."""

    row: Row
    lines: Sequence[Cell]
    height: float


@dataclass(frozen=True)
class Table:
    """Columns and rows, and the least height of a row. `widths` should add up to the width of the text block."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    size: float = 8.5
    row_height: float = 15.6
    header_size: float = 8.5
    padding: float = 1.9
    headed: bool = True
    _widest: dict[int, float] = field(default_factory=dict, repr=False, compare=False)
    _set_rows: list[tuple[Sequence[Cell], float]] = field(default_factory=list, repr=False, compare=False)

    @property
    def width(self) -> float:
        return sum(c.width for c in self.columns)

    def height(self, paper: Paper) -> float:
        """The height on an endless page."""
        return sum(laid.height for laid in self._lay(paper)) + self._lay_header(paper).height

    def with_rows(self, height: float) -> Table:
        """The same with another least height of a row; what was set is not set again."""
        return replace(self, row_height=height)

    def draw(self, paper: Paper) -> None:
        """Draw from the pen down, over as many pages as it takes."""
        header = self._lay_header(paper)
        waiting = self._lay(paper)
        self._measure_figures(paper)
        while waiting:
            least = waiting[0].height
            paper.need(header.height + least)
            part, waiting = self._take(paper, waiting, paper.room - header.height)
            self._draw_part(paper, header, part)
            if waiting:
                paper.start()

    # Laying out ---------------------------------------------------------------------------------------------

    def _lay_header(self, paper: Paper) -> _Laid:
        if not self.headed:
            return _Laid(Row(span=" "), [((), self.size)], 0.0)
        row = Row(tuple(c.title for c in self.columns), role=Role.HEI)
        lines = [
            paper.type.cell(c.title, Role.HEI, self.header_size, c.width - 2 * PAD, keep=False) for c in self.columns
        ]
        return _Laid(row, lines, max(_height(lines) + 2 * self.padding + 2, self.row_height))

    def _lay(self, paper: Paper) -> list[_Laid]:
        if not self._set_rows:
            self._set_rows.extend(self._set(paper, row) for row in self.rows)
        laid = [
            _Laid(row, lines, max(self.row_height, height))
            for row, (lines, height) in zip(self.rows, self._set_rows, strict=True)
        ]
        for run in _runs(laid):
            _stretch(run, self._group_height(paper, run[0].row.group))
        return laid

    def _set(self, paper: Paper, row: Row) -> tuple[Sequence[Cell], float]:
        """The lines of a row's cells, and the height they take."""
        cell = paper.type.cell
        if row.span:
            size = row.span_size or self.size
            lines = [cell(row.span, row.role, size, self.width - 6 - 2 * PAD, keep=False)]
            return lines, _height(lines) + 2 * self.padding + 1
        lines = [
            ((), self.size) if c.merged else
            cell(text, Role.HEI if n in row.bold else row.role, self.size, c.width - 2 * PAD, keep=c.keep)
            for n, (c, text) in enumerate(zip(self.columns, row.cells, strict=True))
        ]  # fmt: skip
        return lines, _height(lines) + 2 * self.padding

    def _group_height(self, paper: Paper, group: str) -> float:
        if not group:
            return 0.0
        column = next((c for c in self.columns if c.merged), None)
        if column is None:
            return 0.0
        lines = paper.type.wrap(group, Role.SONG, self.size, column.width - 2 * PAD)
        return len(lines) * self.size * _LEADING + 2 * self.padding

    def _take(self, paper: Paper, waiting: list[_Laid], room: float) -> tuple[list[_Laid], list[_Laid]]:
        """As many rows as fit; a group that is begun has room for its merged text on both sides of a break."""
        used, taken = 0.0, 0
        for n, laid in enumerate(waiting):
            if used + laid.height > room + 0.01:
                break
            used += laid.height
            taken = n + 1
        taken = max(taken, 1)
        if taken < len(waiting) and waiting[taken - 1].row.group == waiting[taken].row.group != "":
            taken = self._split_group(paper, waiting, taken)
        elif taken < len(waiting) and waiting[taken - 1].row.span and taken > 1:
            taken -= 1  # a heading stays with the rows it heads
        part, rest = waiting[:taken], waiting[taken:]
        for run in (*_runs(part), *_runs(rest)):
            _stretch(run, self._group_height(paper, run[0].row.group))
        return part, rest

    def _split_group(self, paper: Paper, waiting: list[_Laid], taken: int) -> int:
        """Break a group only where what stays can hold its text; else move the whole group on."""
        group = waiting[taken].row.group
        first = taken
        while first > 0 and waiting[first - 1].row.group == group:
            first -= 1
        stays = sum(laid.height for laid in waiting[first:taken])
        if first > 0 and (stays < self._group_height(paper, group) or taken - first < 2):
            return first - 1 if waiting[first - 1].row.span and first > 1 else first
        return taken

    def _measure_figures(self, paper: Paper) -> None:
        for n, column in enumerate(self.columns):
            if column.align == "figures":
                widths = [
                    paper.type.width(row.cells[n], Role.HEI if n in row.bold else row.role, self.size)
                    for row in self.rows if row.cells and _is_figure(row.cells[n])
                ]  # fmt: skip
                self._widest[n] = min(max(widths, default=0.0), column.width - 2 * PAD)

    # Drawing ------------------------------------------------------------------------------------------------

    def _draw_part(self, paper: Paper, header: _Laid, part: Sequence[_Laid]) -> None:
        top = paper.y
        edges = [paper.left]
        for column in self.columns:
            edges.append(edges[-1] + column.width)
        y = top
        for laid in (header, *part):
            self._draw_row(paper, laid, edges, y, is_header=laid is header)
            y -= laid.height
        self._draw_groups(paper, part, edges, top - header.height)
        self._draw_lines(paper, header, part, edges, top)
        paper.canvas.outline(edges[0], y, edges[-1] - edges[0], top - y, _OUTER)
        paper.y = y

    def _draw_row(self, paper: Paper, laid: _Laid, edges: list[float], y: float, *, is_header: bool) -> None:
        row = laid.row
        if row.span:
            self._draw_cell(paper, laid.lines[0], row.role, (edges[0], edges[-1]), (y, laid.height), row.span_align)
            return
        for n, (column, cell) in enumerate(zip(self.columns, laid.lines, strict=True)):
            if column.merged and not is_header:
                continue
            role = Role.HEI if n in row.bold else row.role
            align: str = "center" if is_header else column.align
            if align == "figures" and not (len(cell[0]) == 1 and _is_figure(cell[0][0])):
                align = "center"
            widest = self._widest.get(n, 0.0)
            self._draw_cell(paper, cell, role, (edges[n], edges[n + 1]), (y, laid.height), align, widest)

    def _draw_cell(
        self, paper: Paper, cell: Cell, role: Role, across: tuple[float, float],
        down: tuple[float, float], align: str, widest: float = 0.0,
    ) -> None:  # fmt: skip
        lines, size = cell
        pitch = size * _LEADING
        y = down[0] - (down[1] - pitch * len(lines)) / 2
        middle = (across[0] + across[1]) / 2
        for line in lines:
            baseline = y - (pitch + size * 0.76) / 2
            if align == "left":
                paper.type.draw(across[0] + PAD, baseline, line, role, size)
            elif align == "figures":
                paper.type.draw(middle + widest / 2, baseline, line, role, size, "right")
            else:
                paper.type.draw(middle, baseline, line, role, size, "center")
            y -= pitch

    def _draw_groups(self, paper: Paper, part: Sequence[_Laid], edges: list[float], top: float) -> None:
        at = next((n for n, c in enumerate(self.columns) if c.merged), None)
        if at is None:
            return
        y = top
        for run in _runs(part):
            height = sum(laid.height for laid in run)
            if run[0].row.group:
                room = self.columns[at].width - 2 * PAD
                lines = tuple(paper.type.wrap(run[0].row.group, Role.SONG, self.size, room))
                cell = (lines, self.size)
                self._draw_cell(paper, cell, Role.SONG, (edges[at], edges[at + 1]), (y, height), "center")
            y -= height

    def _draw_lines(self, paper: Paper, header: _Laid, part: Sequence[_Laid], edges: list[float], top: float) -> None:
        """Between rows, but not through a merged cell; between columns, but not through a row of one text."""
        merged = next((n for n, c in enumerate(self.columns) if c.merged), None)
        across: list[tuple[float, float, float, float]] = []
        down: list[tuple[float, float]] = []
        y, begun = top, top
        before = header
        for laid in (header, *part):
            if laid is not header:
                same = bool(laid.row.group) and laid.row.group == before.row.group and before is not header
                if same and merged is not None:
                    across += [(edges[0], y, edges[merged], y), (edges[merged + 1], y, edges[-1], y)]
                else:
                    across.append((edges[0], y, edges[-1], y))
            if laid.row.span:
                down.append((begun, y))
                begun = y - laid.height
            y -= laid.height
            before = laid
        down.append((begun, y))
        columns = [(x, start, x, end) for start, end in down if start > end for x in edges[1:-1]]
        paper.canvas.rules([*across, *columns], _INNER)


def _height(lines: Sequence[Cell]) -> float:
    return max(len(text) * size * _LEADING for text, size in lines)


def _runs(laid: Sequence[_Laid]) -> list[list[_Laid]]:
    """Neighbours that share a merged cell; a row without a group stands alone."""
    runs: list[list[_Laid]] = []
    for one in laid:
        if runs and one.row.group and runs[-1][0].row.group == one.row.group:
            runs[-1].append(one)
        else:
            runs.append([one])
    return runs


def _stretch(run: list[_Laid], height: float) -> None:
    """Give the rows of a group so much height that its merged text fits."""
    missing = height - sum(laid.height for laid in run)
    if missing > 0:
        for laid in run:
            laid.height += missing / len(run)


_DIGITS = frozenset("0123456789")
_FIGURE = _DIGITS | frozenset(".+−-%,↑↓")


def _is_figure(text: str) -> bool:
    return _FIGURE.issuperset(text) and not _DIGITS.isdisjoint(text)
