"""A scheme as the rows of its workbook: what is written, and what two editions are compared by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ecoscore.model.scheme import Scheme
from ecoscore.schemes import sheet_words as w
from ecoscore.schemes.dump import scheme_mapping
from ecoscore.schemes.sheet_rule import CellValue, figure, rule_cells

Row = dict[str, CellValue]


@dataclass(frozen=True, slots=True)
class SchemeRows:
    """`settings`: name → value; `tables`: sheet → rows of column title → value, in the scheme's order."""

    settings: Row
    tables: Mapping[str, list[Row]]


def scheme_rows(scheme: Scheme, *, by_id: bool = False) -> SchemeRows:
    """Every value of a scheme in the cell where its workbook holds it.

    With `by_id` cells speak of groups and quantities by their ids alone, so that a renamed one is still the same.
    """
    mapping = scheme_mapping(scheme)
    names = _Names(scheme, by_id=by_id)
    groups, indicators = _tree(mapping, names)
    tables = {
        w.GROUPS: groups,
        w.INDICATORS: indicators,
        w.ADJUSTMENTS: [_adjustment(a, names) for a in mapping.get("adjustments", [])],
        w.GRADES: [_row(w.GRADE_COLUMNS, g, names) for g in mapping.get("grades", [])],
        w.INPUTS: [_row(w.INPUT_COLUMNS, q, names) for q in mapping.get("inputs", [])],
        w.COMPENSATION: [
            _row(w.COMPENSATION_COLUMNS, c, names) for c in mapping.get("compensation", {}).get("items", [])
        ],
    }
    return SchemeRows(_settings(mapping), tables)


class _Names:
    """How a cell speaks of a group or a quantity: by its title where that can mean nothing else, else by its id."""

    def __init__(self, scheme: Scheme, *, by_id: bool) -> None:
        if by_id:
            self.groups = {g.id: g.id for g in scheme.all_groups}
            self.quantities: dict[str, str] = {}
            return
        self.groups = _spoken((g.id, g.title, (g.title,)) for g in scheme.all_groups)
        self.quantities = _spoken((q.id, q.title, (q.title, *q.aliases)) for q in scheme.reported)

    def quantity(self, quantity_id: str, *, in_list: bool = False) -> str:
        name = self.quantities.get(quantity_id, quantity_id)
        return quantity_id if in_list and any(mark in name for mark in ";；\n") else name


def _spoken(nodes: Iterable[tuple[str, str, tuple[str, ...]]]) -> dict[str, str]:
    nodes = list(nodes)
    ids = {node_id for node_id, _, _ in nodes}
    counted = Counter(name for _, _, names in nodes for name in set(names))
    return {i: title if counted[title] == 1 and title not in ids - {i} else i for i, title, _ in nodes}


def _settings(mapping: Mapping[str, Any]) -> Row:
    row: Row = {}
    for setting in w.SETTING_ROWS:
        if not setting.key:
            continue
        if setting.key == w.BINDING_SWITCH:
            row[setting.title] = w.YES if "binding" in mapping else w.NO
        else:
            row[setting.title] = _cell(setting.kind, setting.choices, _dig(mapping, setting.key))
    return row


def _tree(mapping: Mapping[str, Any], names: _Names) -> tuple[list[Row], list[Row]]:
    groups: list[Row] = []
    indicators: list[Row] = []

    def visit(node: Mapping[str, Any], parent: str | None) -> None:
        row = _row(w.GROUP_COLUMNS, node, names)
        row["上级组"] = parent
        groups.append(row)
        own = names.groups[node["id"]]
        for child in node.get("groups", []):
            visit(child, own)
        indicators.extend(_indicator(child, own, names) for child in node.get("indicators", []))

    for node in mapping["groups"]:
        visit(node, None)
    return groups, indicators


def _indicator(node: Mapping[str, Any], group: str, names: _Names) -> Row:
    cells = rule_cells(node["rule"])
    row = _row(w.INDICATOR_COLUMNS, {k: v for k, v in node.items() if k != "rule"}, names)
    row["所属组"] = group
    row["取对数"] = w.YES if node.get("transform") == "log" else None
    for column in w.INDICATOR_COLUMNS:
        if column.key == "rule.together":
            row[column.title] = (
                _joined([names.quantity(v, in_list=True) for v in node["rule"].get("together", ())]) or None
            )
        elif column.key.split(".")[0] == "rule":
            row[column.title] = cells.get(column.key)
    return row


def _adjustment(node: Mapping[str, Any], names: _Names) -> Row:
    row = _row(w.ADJUSTMENT_COLUMNS, node, names)
    if node["kind"] in {"ceiling", "veto"} and node["points"] == 0:
        row["每次分值"] = None
    return row


def _row(columns: tuple[w.Column, ...], node: Mapping[str, Any], names: _Names) -> Row:
    row: Row = {}
    for column in columns:
        value = _dig(node, column.key)
        if value is None:
            row[column.title] = None
        elif column.kind == "quantity":
            row[column.title] = names.quantity(value)
        elif column.kind == "quantities":
            row[column.title] = _joined([names.quantity(v, in_list=True) for v in value])
        else:
            row[column.title] = _cell(column.kind, column.choices, value)
    if node.get("valid") == [None, None]:
        row["有效下限"] = row["有效上限"] = w.NO_LIMIT
    return row


def _cell(kind: w.Kind, choices: Mapping[str, str], value: Any) -> CellValue:
    if value is None:
        return None
    if kind == "choice":
        return next((title for key, title in choices.items() if key == value), str(value))
    if kind == "flag":
        return w.YES if value else w.NO
    if kind == "texts":
        return _joined([str(v) for v in value])
    if kind == "shares":
        return "；".join(f"{year}={figure(share)}" for year, share in value.items())
    if kind in {"number", "ratio"}:
        return float(value)
    return str(value)


def _joined(texts: list[str]) -> str:
    """Texts in one cell, by semicolons; where one holds a semicolon itself, each on a line of its own."""
    if any(mark in text for text in texts for mark in ";；"):
        return "\n".join(texts) + ("\n" if len(texts) == 1 else "")
    return "；".join(texts)


def _dig(mapping: Any, path: str) -> Any:
    """The value at a dotted path of keys, a number being a place in a list; None where there is none."""
    for key in path.split("."):
        if isinstance(mapping, Mapping):
            mapping = mapping.get(key)
        elif isinstance(mapping, list) and key.isdigit():
            mapping = mapping[int(key)]
        else:
            return None
    return mapping
