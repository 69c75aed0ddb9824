"""The form for a new assessment: which scheme, what the file is called, and which districts."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui.delegates.two_line_delegate import FactsRole, TwoLineDelegate
from ui.messages import SHEET_FILTER, YAML_FILTER
from ui.session import Session
from ui.tasks import Cancelled, Progress

if TYPE_CHECKING:
    from ecoscore.model.scheme import Scheme

_SOURCE = Qt.ItemDataRole.UserRole


def bundled_schemes(_progress: Progress, _cancelled: Cancelled) -> tuple[Scheme, ...]:
    """The schemes that ship with the program; a task, because reading them takes a moment."""
    from ecoscore.schemes import bundled  # noqa: PLC0415

    return bundled()


class NewFileForm(QWidget):
    """Asks in the page, not in a dialog. `wanted` carries path, scheme (id or file), and districts' table or None."""

    wanted = Signal(object, object, object)
    given_up = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._asked = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(QLabel("新建考核文件", objectName="sectionTitle"))
        column.addSpacing(6)
        column.addWidget(QLabel("考核方案"))
        self.schemes = QListWidget()
        self.schemes.setObjectName("choices")
        self.schemes.setItemDelegate(TwoLineDelegate(session.theme, self.schemes))
        self.schemes.setAccessibleName("考核方案")
        self.schemes.setWordWrap(True)
        column.addWidget(self.schemes, 1)
        self.other = QPushButton("用自己的方案文件（YAML）…")
        self.other.clicked.connect(self._choose_scheme_file)
        column.addWidget(self.other, alignment=Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(6)
        column.addWidget(QLabel("文件"))
        self.path = QLineEdit()
        self.path.setAccessibleName("文件")
        column.addLayout(_with_button(self.path, "更改…", self._choose_path))
        column.addSpacing(6)
        column.addWidget(QLabel("区县名单（可以不选，导入报表时也能建立）"))
        self.districts = QLineEdit(placeholderText="Excel 或 CSV 表格，一行一个区县")
        self.districts.setAccessibleName("区县名单")
        column.addLayout(_with_button(self.districts, "选择…", self._choose_districts))
        column.addSpacing(12)
        row = QHBoxLayout()
        self.create_button = QPushButton("新建")
        self.create_button.setProperty("main", True)
        self.create_button.setEnabled(False)
        self.create_button.clicked.connect(self._finish)
        back = QPushButton("返回")
        back.clicked.connect(self.given_up)
        row.addWidget(self.create_button)
        row.addWidget(back)
        row.addStretch(1)
        column.addLayout(row)
        self.schemes.currentItemChanged.connect(lambda *_: self._check())
        self.path.textChanged.connect(lambda _: self._check())

    def start(self) -> None:
        """Show the form afresh; the bundled schemes are read on the first time."""
        if not self.path.text() or Path(self.path.text()).exists():
            year = dt.datetime.now().astimezone().year - 1
            self.path.setText(str(_free(self._session.settings.folder, f"{year}年度绿色政绩考核")))
        self.districts.clear()
        if not self._asked:
            self._asked = True
            self._session.tasks.run("正在读取方案", bundled_schemes, self._on_schemes)
        self.schemes.setFocus()

    def _on_schemes(self, schemes: tuple[Scheme, ...]) -> None:
        for number, scheme in enumerate(schemes):
            facts = f"{scheme.edition} · {len(scheme.indicators)} 项指标 · 满分 {scheme.full:g}"
            facts += " · 请对照原文" if scheme.review else ""
            facts += " · 不排名" if scheme.unranked else ""
            self._add(number, scheme.title, facts, scheme.id, scheme.source or scheme.note)
        self.schemes.setCurrentRow(0)

    def _add(self, row: int, title: str, facts: str, source: Any, tip: str) -> None:
        item = QListWidgetItem(title)
        item.setData(FactsRole, facts)
        item.setData(_SOURCE, source)
        item.setToolTip(tip)
        self.schemes.insertItem(row, item)

    def _check(self) -> None:
        self.create_button.setEnabled(self.schemes.currentItem() is not None and bool(self.path.text().strip()))

    def _choose_scheme_file(self) -> None:
        path = self._session.messages.open_file("选择考核方案文件", self._session.settings.folder, YAML_FILTER)
        if path is not None:
            self._add(0, path.name, str(path.parent), path, str(path))
            self.schemes.setCurrentRow(0)

    def _choose_path(self) -> None:
        path = self._session.messages.save_file("新建考核文件", Path(self.path.text()))
        if path is not None:
            self.path.setText(str(path))

    def _choose_districts(self) -> None:
        path = self._session.messages.open_file("选择区县名单", self._session.settings.folder, SHEET_FILTER)
        if path is not None:
            self.districts.setText(str(path))

    def _finish(self) -> None:
        path = Path(self.path.text().strip())
        if path.suffix.lower() != ".ecos":
            path = path.with_name(path.name + ".ecos")
        table = self.districts.text().strip()
        source = self.schemes.currentItem().data(_SOURCE)
        self.wanted.emit(path, source, Path(table) if table else None)


def _with_button(field: QLineEdit, text: str, slot: Any) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(field, 1)
    button = QPushButton(text)
    button.clicked.connect(slot)
    row.addWidget(button)
    return row


def _free(folder: Path, stem: str) -> Path:
    """A name that is not taken yet: 2024年度….ecos, then …（2）.ecos."""
    path = folder / f"{stem}.ecos"
    number = 2
    while path.exists():
        path = folder / f"{stem}（{number}）.ecos"
        number += 1
    return path
