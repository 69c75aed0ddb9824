"""Two editions of a scheme side by side: every difference in the words of the workbook."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ecoscore.model.scheme import Scheme
from ecoscore.schemes import sheet_words as w
from ecoscore.schemes.sheet_rows import Row, scheme_rows
from ecoscore.schemes.sheet_rule import CellValue, figure

ChangeKind = Literal["added", "removed", "changed", "reordered"]
_BLANK = "（空）"
_LONG = 60


@dataclass(frozen=True, slots=True)
class SchemeChange:
    """`part` is the sheet, `id` and `title` the row (as it is called now, or was), `what` the column.

    For added and removed rows `what` is empty and `new`, or `old`, says what they weigh and how they score.
    """

    kind: ChangeKind
    part: str
    id: str
    title: str
    what: str = ""
    old: str = ""
    new: str = ""

    @property
    def sentence(self) -> str:
        subject = f"{self.part}“{self.title}”" if self.title else self.part
        if self.kind == "added":
            return f"增加{subject}" + (f"（{self.new}）" if self.new else "")
        if self.kind == "removed":
            return f"删去{subject}" + (f"（{self.old}）" if self.old else "")
        if self.kind == "reordered":
            return f"{self.part}的次序有变"
        return f"{subject}：{self.what} {_short(self.old)} → {_short(self.new)}"


def compare_schemes(old: Scheme, new: Scheme) -> tuple[SchemeChange, ...]:
    """Every difference, in the order of the workbook's sheets; nothing where the two are equal.

    Rows are the same where their ids are (grades: their names), whatever they are called; where only a group or an
    indicator is renamed, the rows that speak of it have not changed.
    """
    return tuple(_changes(old, new))


def _changes(old: Scheme, new: Scheme) -> Iterator[SchemeChange]:
    shown = scheme_rows(old), scheme_rows(new)
    exact = scheme_rows(old, by_id=True), scheme_rows(new, by_id=True)
    for setting in w.SETTING_ROWS:
        if setting.key:
            before, after = (r.settings.get(setting.title) for r in shown)
            if before != after:
                yield SchemeChange("changed", w.SETTINGS, "", "", setting.title, _said(before), _said(after))
    for sheet, columns in w.COLUMNS.items():
        key, title = ("名称", "名称") if sheet == w.GRADES else ("标识", "指标" if sheet == w.INDICATORS else "名称")
        tables = [{str(row[key]): row for row in rows.tables[sheet]} for rows in (*shown, *exact)]
        yield from _rows(sheet, columns, title, tables)


def _rows(
    sheet: str, columns: tuple[w.Column, ...], title: str, tables: list[dict[str, Row]]
) -> Iterator[SchemeChange]:
    old, new, old_exact, new_exact = tables
    for node_id, row in old.items():
        if node_id not in new:
            yield SchemeChange("removed", sheet, node_id, str(row[title]), old=_gist(sheet, row))
    for node_id, row in new.items():
        if node_id not in old:
            yield SchemeChange("added", sheet, node_id, str(row[title]), new=_gist(sheet, row))
            continue
        for column in columns:
            if old_exact[node_id][column.title] != new_exact[node_id][column.title]:
                before, after = (_said(r[node_id][column.title]) for r in (old, new))
                yield SchemeChange("changed", sheet, node_id, str(row[title]), column.title, before, after)
    if [i for i in old if i in new] != [i for i in new if i in old]:
        yield SchemeChange("reordered", sheet, "", "")


def _gist(sheet: str, row: Row) -> str:
    """What one must know of a row that came or went."""
    wanted = {
        w.INDICATORS: ("所属组", "权重", "计分法"),
        w.GROUPS: ("上级组", "权重"),
        w.ADJUSTMENTS: ("类别", "每次分值", "等次"),
        w.GRADES: ("最低分",),
        w.COMPENSATION: ("指标", "每档金额"),
    }.get(sheet, ())
    return "，".join(f"{name} {_said(row[name])}" for name in wanted if row[name] is not None)


def _said(value: CellValue) -> str:
    if value is None:
        return _BLANK
    return figure(value) if isinstance(value, float) else str(value)


def _short(text: str) -> str:
    return text if len(text) <= _LONG else text[: _LONG - 1] + "…"
