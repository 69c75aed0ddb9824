"""A scheme read from its workbook, as people edited it: the same tree as a scheme file's, so the same checks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ecoscore.errors import InputRefused
from ecoscore.model.scheme import Scheme
from ecoscore.schemes import sheet_words as w
from ecoscore.schemes.dump import dump_scheme
from ecoscore.schemes.parse import build_scheme
from ecoscore.schemes.sheet_cells import CellReader, SheetCells, Unreadable, word
from ecoscore.schemes.sheet_names import NameBook
from ecoscore.schemes.sheet_problems import Place, SheetProblems
from ecoscore.schemes.sheet_rule_read import RuleCells
from ecoscore.schemes.sheet_settings import read_settings
from ecoscore.schemes.sheet_table import SheetTable
from ecoscore.schemes.yaml_lines import Located


def read_scheme_workbook(sheets: Mapping[str, SheetCells], name: str) -> Scheme:
    """The scheme a workbook holds; `sheets` are its cells as a guarded reader left them, `name` what to call the file.

    Rows may be reordered (their order is the scheme's), columns moved, blank rows left in between, sheets added.
    Raises InputRefused whose findings are all the problems found, each with sheet and cell.
    """
    problems = SheetProblems(name)
    found = _sheets(sheets, problems)
    if lacking := [s for s in w.NEEDED if s not in found]:
        raise InputRefused(
            f"{name} 不是考核方案工作簿：缺少“{'”“'.join(lacking)}”表",
            "请用本软件导出的方案工作簿来改，不要删去或改名其中的表",
        )
    work = _Workbook(found, problems)
    scheme = build_scheme(work.root(), problems, "")
    return replace(scheme, source_text=dump_scheme(scheme))


def _sheets(sheets: Mapping[str, SheetCells], problems: SheetProblems) -> dict[str, SheetCells]:
    known = {word(s): s for s in w.SHEETS}
    found: dict[str, SheetCells] = {}
    for title, cells in sheets.items():
        sheet = known.get(word(title))
        if sheet is None and any(kind != "empty" for kind, _, _ in cells.values()):
            problems.report(Place(title, 1, 1), "不是方案工作簿里的表，没有读它", code="unknown_sheet", warning=True)
        elif sheet is not None:
            found[sheet] = cells
    return found


class _Workbook:
    """The tree in the making: every table read row by row into what a scheme file would hold."""

    def __init__(self, sheets: Mapping[str, SheetCells], problems: SheetProblems) -> None:
        self.problems = problems
        self.readers = {name: CellReader(name, cells, problems) for name, cells in sheets.items()}
        self.tables = {
            name: SheetTable(self.readers[name], columns) for name, columns in w.COLUMNS.items() if name in sheets
        }
        self.groups = NameBook("组")
        self.quantities = NameBook("指标或基础数据")
        for sheet, book in ((w.GROUPS, self.groups), (w.INDICATORS, self.quantities), (w.INPUTS, self.quantities)):
            self._learn(sheet, book)

    def _learn(self, sheet: str, book: NameBook) -> None:
        """The ids and names by which other cells may speak of a row."""
        if sheet not in self.tables:
            return
        table, columns = self.tables[sheet], {c.key: c for c in w.COLUMNS[sheet]}
        for row in table:
            cells = [self._quiet(table, row, columns[key]) for key in ("id", "title", "aliases") if key in columns]
            node_id, titles = cells[0], [t for cell in cells[1:] for t in cell]
            if node_id:
                book.add(node_id[0], titles)

    def _quiet(self, table: SheetTable, row: int, column: w.Column) -> list[str]:
        """The texts of a cell, its problems left to the reading proper."""
        place = table.place(row, column)
        if place is None:
            return []
        silent = CellReader(table.reader.sheet, table.reader.cells, SheetProblems(""))
        if column.kind == "texts":
            texts = silent.texts(place)
            return texts if isinstance(texts, list) else []
        text = silent.text(place)
        return [text] if isinstance(text, str) else []

    def root(self) -> Located:
        settings = read_settings(self.readers[w.SETTINGS], self.problems)
        tree = self._tree()
        settings.value["groups"] = tree
        settings.key_lines["groups"] = tree.line
        for key, sheet in (("adjustments", w.ADJUSTMENTS), ("grades", w.GRADES), ("inputs", w.INPUTS)):
            settings.value[key], settings.key_lines[key] = self._list(sheet)
        self._compensation(settings)
        return settings

    def _compensation(self, root: Located) -> None:
        items, line = self._list(w.COMPENSATION)
        plan = root.value.get("compensation")
        if items.value and plan is None:
            root.value["compensation"] = plan = Located({}, line, {})
            root.key_lines["compensation"] = line
        if plan is not None:
            plan.value["items"], plan.key_lines["items"] = items, line

    def _list(self, sheet: str) -> tuple[Located, int]:
        """The rows of a table of its own, and where it stands."""
        table = self.tables.get(sheet)
        line = self.problems.mark(Place(sheet, table.header or 1 if table else 1, 1))
        nodes = [self._node(table, row) for row in table] if table else []
        return Located(nodes, line), line

    def _tree(self) -> Located:
        """Groups within groups, indicators in them, in the order of the rows."""
        groups, indicators = self.tables[w.GROUPS], self.tables[w.INDICATORS]
        line = self.problems.mark(Place(w.GROUPS, groups.header or 1, 1))
        nodes = {row: self._node(groups, row) for row in groups}
        by_id: dict[str, int] = {}
        for row, node in nodes.items():
            by_id.setdefault(self._id(node), row)
        top: list[Located] = []
        parents = {row: self._parent(groups, row, "parent", by_id) for row in nodes}
        for row, node in nodes.items():
            parent = parents[row]
            if parent is None:
                top.append(node)
            elif self._in_circle(row, parents):
                place = groups.first(row)
                self.problems.report(place, "上级组绕成了圈", "请改正“上级组”", code="circular")
                top.append(node)
            else:
                self._put(nodes[parent], "groups", node)
        for row in indicators:
            node = self._node(indicators, row)
            parent = self._parent(indicators, row, "group", by_id)
            if parent is None:
                place = self._cell(indicators, row, "group") or indicators.first(row)
                if indicators.reader.is_blank(place.row, place.column):
                    self.problems.report(place, "没有写属于哪个组", "请写“组”表里的名称", code="missing_key")
                parent = next(iter(nodes), None)  # Only so that the rest of the row is checked: it is refused anyway.
            if parent is not None:
                self._put(nodes[parent], "indicators", node)
        return Located(top, line)

    def _id(self, node: Located) -> str:
        return str(node.value["id"].value) if "id" in node.value else ""

    def _cell(self, table: SheetTable, row: int, key: str) -> Place | None:
        return table.place(row, next(c for c in table.columns if c.key == key))

    def _parent(self, table: SheetTable, row: int, key: str, by_id: Mapping[str, int]) -> int | None:
        """The row of the group a cell names; None for none, or for one that has been complained of."""
        place = self._cell(table, row, key)
        said = table.reader.text(place) if place is not None else None
        if place is None or said is None or isinstance(said, Unreadable):
            return None
        found = self.groups.find(said)
        if found is None or found not in by_id:
            message, advice = self.groups.complaint(said)
            self.problems.report(place, message, advice, code="unknown_reference")
            return None
        return by_id[found]

    @staticmethod
    def _in_circle(row: int, parents: Mapping[int, int | None]) -> bool:
        at, seen = parents[row], {row}
        while at is not None and at not in seen:
            seen.add(at)
            at = parents[at]
        return at == row

    @staticmethod
    def _put(parent: Located, key: str, child: Located) -> None:
        if key not in parent.value:
            parent.value[key] = Located([], parent.key_lines["id"])
            parent.key_lines[key] = parent.key_lines["id"]
        parent.value[key].value.append(child)

    def _node(self, table: SheetTable, row: int) -> Located:
        """A row as the mapping a scheme file would hold, each key knowing its cell even where it is blank."""
        line = self.problems.mark(table.first(row))
        node = Located({}, line, {"id": line, "indicators": line, "groups": line})
        rule = RuleCells(table, row, self.problems, lambda name: self.quantities.find(name) or name)
        for column in table.columns:
            place = table.place(row, column)
            if place is None or column.kind == "group":
                continue
            if column.key.split(".")[0] == "rule":
                rule.take(column, place)
            else:
                self._take(node, table.reader, column, place)
        if table.reader.sheet == w.INDICATORS:
            rule.put_into(node)
            _log_word(node)
        return node

    def _take(self, node: Located, reader: CellReader, column: w.Column, place: Place) -> None:
        line = self.problems.mark(place)
        head, _, rest = column.key.partition(".")
        value = self._value(reader, column, place)
        if rest.isdigit():
            _take_end(node, head, int(rest), value, line)
            return
        if rest:
            node.key_lines.setdefault(head, line)
        else:
            node.key_lines[head] = line
        if value is None:
            return
        given = Located(None if isinstance(value, Unreadable) else value, line)
        if rest:
            given = Located({rest: given}, line, {rest: line})
        node.value[head] = _deep(given)

    def _value(self, reader: CellReader, column: w.Column, place: Place) -> Any:
        if column.kind in {"number", "ratio"}:
            pair = column.key.startswith("valid.")
            return reader.limit(place) if pair else reader.number(place, ratio=column.kind == "ratio")
        if column.kind == "flag":
            return reader.flag(place)
        if column.kind == "choice":
            return reader.choice(place, column.choices)
        if column.kind == "texts":
            return reader.texts(place)
        if column.kind == "shares":
            return reader.shares(place)
        if column.kind == "quantity":
            said = reader.text(place)
            return self.quantities.find(said) or said if isinstance(said, str) else said
        if column.kind == "quantities":
            names = reader.texts(place)
            return [self.quantities.find(n) or n for n in names] if isinstance(names, list) else names
        return reader.text(place)


def _take_end(node: Located, key: str, end: int, value: Any, line: int) -> None:
    """One end of a pair such as 有效下限, 有效上限: blank is open, 不限 at both ends says so expressly."""
    node.key_lines.setdefault(key, line)
    if value is None:
        return
    if isinstance(value, Unreadable):
        node.value[key] = Located(None, line)
        return
    if key in node.value and node.value[key].value is None:
        return
    pair = node.value.setdefault(key, Located([Located(None, line), Located(None, line)], line))
    pair.value[end] = Located(None if value == w.NO_LIMIT else value, line)


def _log_word(node: Located) -> None:
    """取对数 is yes or no in the workbook, `log` or `none` in a scheme file."""
    given = node.value.get("transform")
    if given is not None and isinstance(given.value, bool):
        node.value["transform"] = Located("log" if given.value else "none", given.line)


def _deep(node: Located) -> Located:
    """Plain lists and mappings inside a cell's value made Located like the rest."""
    if isinstance(node.value, list):
        return Located([v if isinstance(v, Located) else Located(v, node.line) for v in node.value], node.line)
    if isinstance(node.value, dict):
        value = {k: v if isinstance(v, Located) else Located(v, node.line) for k, v in node.value.items()}
        return Located(
            {k: _deep(v) for k, v in value.items()}, node.line, node.key_lines or dict.fromkeys(value, node.line)
        )
    return node
