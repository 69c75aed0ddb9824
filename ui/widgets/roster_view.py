"""The districts, typed over in place, and below the terms of those who lead the one that is marked."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSplitter, QTableView, QVBoxLayout, QWidget

from ecoscore.model.district import LEVEL_TITLES, District
from ecoscore.model.period import Period
from ecoscore.model.term import Term
from ui.commands.roster import AddDistrict, ChangeDistrict, RemoveDistrict, SetTerms
from ui.models.roles import ObjectRole
from ui.models.typed_table import TypedColumn, TypedTable
from ui.session import Session
from ui.widgets.empty_place import EmptyPlace, ListOrEmpty
from ui.widgets.scheme_tables import plain_table

_MESSAGE = "roster"
_LEVELS = {title: level for level, title in LEVEL_TITLES.items()}
_SPLIT = re.compile(r"[、,，;；\s]+")

_DISTRICTS = (
    TypedColumn("name", "区县", lambda d: d.name, 150, "更名后，已有的数据、目标、任期都跟着改"),
    TypedColumn("code", "区划代码", lambda d: d.code or "", 110),
    TypedColumn("level", "层级", lambda d: LEVEL_TITLES[d.level], 80, "、".join(LEVEL_TITLES.values())),
    TypedColumn(
        "parent", "上级", lambda d: d.parent or "", 120, "它隶属的市或县；上级也在名单里的，乡镇的数据汇总到它"
    ),
    TypedColumn("peer_group", "分类组", lambda d: d.peer_group or "", 110, "只在同层级、同一组里排名"),
    TypedColumn("aliases", "别名", lambda d: "、".join(d.aliases), 260, "表格里的其他写法，用顿号分开"),
)
_TERMS = (
    TypedColumn("post", "职务", lambda t: t.post, 170, "如 区委书记"),
    TypedColumn("name", "姓名（可不填）", lambda t: t.name, 130, "只存在这个文件里，不进日志"),
    TypedColumn("start", "任职", lambda t: str(t.start), 100, "写到月，如 2021-07"),
    TypedColumn("end", "离任", lambda t: str(t.end or ""), 100, "写到月；空：在任"),
    TypedColumn("baseline", "基期", lambda t: str(t.baseline or ""), 100, "年份；空：任职前一年"),
)

_NO_DISTRICT = (
    "这里是参评的区县、乡镇和它们的层级、分组。还没有：按“增加区县”逐个写，或在“导入”页导入名单或报来的表格。"
)
_NO_TERM = "这里登记领导干部的任期。登记后可用任职前一年作基期，并能出任期对比表：先选中上面的区县，再按“增加任期”。"


class RosterView(QWidget):
    """Everything typed here is in the file at once, and undone like any value."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.districts, self.terms = TypedTable(_DISTRICTS, self), TypedTable(_TERMS, self)
        self.district_view = self._table(self.districts, "区县名单")
        self.term_view = self._table(self.terms, "任期")
        self.district_place = ListOrEmpty(self.district_view, EmptyPlace(_NO_DISTRICT))
        self.term_place = ListOrEmpty(self.term_view, EmptyPlace(_NO_TERM))
        self.add_button = QPushButton("增加区县…")
        self.remove_button = QPushButton("删除")
        self.add_term_button = QPushButton("增加任期…")
        self.remove_term_button = QPushButton("删除任期")
        self.said = QLabel(objectName="muted")
        self.said.setWordWrap(True)
        self.term_title = QLabel(objectName="sectionTitle")
        self._build()
        self.districts.typed.connect(self._on_district)
        self.terms.typed.connect(self._on_term)
        self.district_view.selectionModel().currentChanged.connect(lambda *_: self._show_terms())
        self.add_button.clicked.connect(self.add_district)
        self.remove_button.clicked.connect(self.remove_district)
        self.add_term_button.clicked.connect(self.add_term)
        self.remove_term_button.clicked.connect(self.remove_term)

    def _table(self, model: TypedTable, name: str) -> QTableView:
        view = plain_table(self.session.theme, name, edits=True)
        view.setModel(model)
        for n, column in enumerate(model.columns):
            view.setColumnWidth(n, column.width)
        return view

    def _build(self) -> None:
        upper, lower = QWidget(), QWidget()
        for box, above, place in (
            (upper, (self.said, None, self.add_button, self.remove_button), self.district_place),
            (lower, (self.term_title, None, self.add_term_button, self.remove_term_button), self.term_place),
        ):
            column = QVBoxLayout(box)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(0)
            row = QHBoxLayout()
            row.setContentsMargins(16, 8, 16, 8)
            row.setSpacing(8)
            for widget in above:
                if widget is not None:
                    row.addWidget(widget, 1 if isinstance(widget, QLabel) else 0)
            column.addLayout(row)
            column.addWidget(place, 1)
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(1)
        split.addWidget(upper)
        split.addWidget(lower)
        split.setSizes([380, 220])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(split)

    # Showing. -------------------------------------------------------------------------------------------------------

    @property
    def district(self) -> District | None:
        found: District | None = self.district_view.currentIndex().data(ObjectRole)
        return found

    def refresh(self) -> None:
        file = self.session.assessment
        if file is None:
            return
        here = self.district_view.currentIndex().row()
        self.districts.editable = self.terms.editable = not file.read_only
        for button in (self.add_button, self.remove_button, self.add_term_button, self.remove_term_button):
            button.setEnabled(not file.read_only)
        self.districts.show(file.districts)
        count = len(file.districts)
        groups = {d.peer_group for d in file.districts if d.peer_group}
        told = f"{count} 个区县" + (f"，分 {len(groups)} 组排名" if groups else "")
        self.said.setText(f"{told}。直接在格里修改；已封存年度里的名称、层级、分组不能再改。" if count else "")
        self.district_place.show_rows(count)
        if count and here < 0:
            here = 0
        if count:
            self.district_view.setCurrentIndex(self.districts.index(min(here, count - 1), 0))
        self._show_terms()

    def _show_terms(self) -> None:
        file, district = self.session.assessment, self.district
        self.terms.show(file.terms(district.name) if file is not None and district is not None else ())
        self.term_place.show_rows(len(self.terms.rows))
        self.term_title.setText(f"{district.name}的领导干部任期" if district is not None else "领导干部任期")
        for button in (self.add_term_button, self.remove_button):
            button.setEnabled(district is not None and file is not None and not file.read_only)
        self.remove_term_button.setEnabled(bool(self.terms.rows) and self.terms.editable)

    # Districts. -----------------------------------------------------------------------------------------------------

    def _on_district(self, held: District, key: str, text: str) -> None:
        if key == "level":
            level = _LEVELS.get(text) or _LEVELS.get(f"{text}级")
            if level is None:
                self._refuse(f"没有“{text}”这个层级", f"请写 {'、'.join(LEVEL_TITLES.values())}。")
                return
            changed = replace(held, level=level)
        elif key == "aliases":
            changed = replace(held, aliases=tuple(dict.fromkeys(a for a in _SPLIT.split(text) if a)))
        elif key == "name":
            changed = replace(held, name=text)
        else:
            changed = replace(held, **{key: text or None})
        self._push(ChangeDistrict(self.session, held, changed))

    def add_district(self) -> None:
        name = self.session.messages.ask_text("增加区县", "名称：")
        if not name:
            return
        like = self.district
        same = {} if like is None else {"level": like.level, "parent": like.parent, "peer_group": like.peer_group}
        self._push(AddDistrict(self.session, District(name, **same)))
        added = next((d for d in self.districts.rows if d.name == name), None)
        if added is not None:
            self.district_view.setCurrentIndex(self.districts.place_of(added, "name"))

    def remove_district(self) -> None:
        if self.district is not None:
            self._push(RemoveDistrict(self.session, self.district))

    # Terms. ---------------------------------------------------------------------------------------------------------

    def _on_term(self, held: Term, key: str, text: str) -> None:
        try:
            changed = replace(held, **{key: _term_value(key, text)})
        except ValueError as error:
            self._refuse(str(error), "请写到月，如 2021-07；基期写年份。")
            return
        self._set_terms(f"修改{held.district}{held.post}的任期", held, changed)

    def add_term(self) -> None:
        district = self.district
        if district is None:
            return
        post = self.session.messages.ask_text("增加任期", "职务，如“区委书记”：")
        start = self.session.messages.ask_text("增加任期", "任职年月，如 2021-07：") if post else None
        if not post or not start:
            return
        try:
            term = Term(district.name, post, Period.parse(start))
        except ValueError as error:
            self._refuse(str(error), "请写到月，如 2021-07。")
            return
        self._set_terms(f"登记{district.name}{post}的任期", None, term)

    def remove_term(self) -> None:
        held = self.term_view.currentIndex().data(ObjectRole) or next(iter(self.terms.rows), None)
        if held is not None:
            self._set_terms(f"删除{held.district}{held.post}的任期", held, None)

    def _set_terms(self, text: str, old: Term | None, new: Term | None) -> None:
        file = self.session.assessment
        assert file is not None
        kept = [t for t in file.terms() if t != old]
        self._push(SetTerms(self.session, text, [*kept, new] if new is not None else kept))

    def _push(self, command: Any) -> None:
        self.session.messages.clear(_MESSAGE)
        self.session.undo_stack.push(command)
        self.refresh()

    def _refuse(self, text: str, advice: str) -> None:
        self.session.messages.error(f"{text.rstrip('。')}。", advice, key=_MESSAGE)


def _term_value(key: str, text: str) -> Any:
    if key in {"post", "name"}:
        return text
    if not text and key != "start":
        return None
    return Period.parse(text)
