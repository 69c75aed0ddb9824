"""The menu by which a person points at a sheet and says: this row is the header, this column is that indicator."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QMenu, QWidget

from ecoscore.importing.hints import COLUMN_TITLES, LayoutHint, of_district, of_indicator, parted
from ecoscore.importing.plan import SheetPreview
from ui.models.import_preview import column_name
from ui.models.layout_setting import LayoutSetting

Told = Callable[[LayoutHint], None]
_MOST_IN_A_MENU = 24


class LayoutMenu(QMenu):
    """For one place of a sheet, rows and columns counted from 0; `row` or `column` is None on a header."""

    def __init__(
        self, sheet: SheetPreview, setting: LayoutSetting, row: int | None, column: int | None, told: Told,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._hint = sheet.hint or LayoutHint()
        self._sheet, self._setting, self._told = sheet, setting, told
        if row is not None:
            self._add_row(row + 1)
        if column is not None:
            self.addSeparator()
            self._add_column(self, column + 1)
        self.addSeparator()
        self._add_sheet()

    def _say(self, menu: QMenu, text: str, hint: LayoutHint, *, checked: bool = False) -> None:
        action = menu.addAction(text, lambda: self._told(hint))
        action.setCheckable(checked)
        action.setChecked(checked)

    def _add_row(self, number: int) -> None:
        header = self._hint.header or self._sheet.header
        self._say(self, f"第 {number} 行是表头", replace(self._hint, header=(number,)), checked=header == (number,))
        if header and number not in header:
            rows = tuple(range(min(*header, number), max(*header, number) + 1))
            if len(rows) <= 5:
                text = f"第 {rows[0]} 至 {rows[-1]} 行都是表头"
                self._say(self, text, replace(self._hint, header=rows))

    def _add_column(self, menu: QMenu, number: int) -> None:
        """The meanings a column may have; the one it has is ticked."""
        held = dict(self._hint.columns).get(number)
        taken = self._sheet.columns.get(number - 1, "")
        title = menu.addAction(f"{column_name(number - 1)} 列" + (f"：{taken}" if taken else "：未读取"))
        title.setEnabled(False)
        indicators = menu.addMenu("这一列是指标")
        for group, members in self._setting.groups:
            inner = indicators.addMenu(group) if len(self._setting.groups) > 1 else indicators
            for id_, name in members:
                meaning = of_indicator(id_)
                self._say(inner, name, self._hint.with_column(number, meaning), checked=held == meaning)
        if 0 < len(self._setting.districts) <= _MOST_IN_A_MENU:
            districts = menu.addMenu("这一列是一个区县")
            for name in self._setting.districts:
                meaning = of_district(name)
                self._say(districts, name, self._hint.with_column(number, meaning), checked=held == meaning)
        for meaning, word in COLUMN_TITLES.items():
            text = "这一列不读取" if meaning == "ignored" else f"这一列是{word}"
            self._say(menu, text, self._hint.with_column(number, meaning), checked=held == meaning)
        if held is not None:
            self._say(menu, f"{column_name(number - 1)} 列改回软件认出的", self._hint.with_column(number, None))

    def _add_sheet(self) -> None:
        periods = self.addMenu("整张表的考核期")
        for period in self._setting.periods:
            hint = replace(self._hint, period=period)
            self._say(periods, period.title, hint, checked=self._hint.period == period)
        if 0 < len(self._setting.districts) <= _MOST_IN_A_MENU:
            districts = self.addMenu("整张表的区县")
            for name in self._setting.districts:
                hint = replace(self._hint, district=name)
                self._say(districts, name, hint, checked=self._hint.district == name)
        if not self._hint.is_empty:
            self._say(self, "整张表改回软件认出的", LayoutHint())


def said(hint: LayoutHint | None, titles: dict[str, str]) -> str:
    """What has been said of a sheet, in words; "" where nothing has. `titles` are of indicators by id."""
    if hint is None or hint.is_empty:
        return ""
    parts = [f"表头为第 {'、'.join(map(str, hint.header))} 行"] if hint.header else []
    for column, meaning in hint.columns:
        kind, name = parted(meaning)
        word = titles.get(name, name) if kind in {"indicator", "district"} else COLUMN_TITLES.get(kind, kind)
        parts.append(
            f"{column_name(column - 1)} 列为{word}" if kind != "ignored" else f"{column_name(column - 1)} 列不读取"
        )
    parts += [f"考核期为 {hint.period.title}"] if hint.period else []
    parts += [f"区县为{hint.district}"] if hint.district else []
    return "您指定：" + "，".join(parts)
