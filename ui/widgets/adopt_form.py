"""Asks in the page what a new edition is called, from which period it holds, and why."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ecoscore.model.period import Period
from ecoscore.schemes import SchemeChange
from ui.models import change_table
from ui.models.change_table import ChangeTable
from ui.theme import Theme
from ui.widgets.scheme_tables import plain_table


class AdoptForm(QWidget):
    """`wanted` carries the edition's name, the period's text and the reason."""

    wanted = Signal(str, str, str)
    given_up = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._taken = ""
        self.edition = QLineEdit()
        self.since = QComboBox(editable=True)
        self.why = QLineEdit(placeholderText="如 按某办〔2025〕3号调整权重")
        self.problem = QLabel(objectName="problem")
        self.problem.setWordWrap(True)
        self.table = ChangeTable(theme, self)
        self.view = plain_table(theme, "将要采用的改动")
        self.view.setModel(self.table)
        for column, width in ((change_table.PART, 72), (change_table.TITLE, 200), (change_table.WHAT, 110)):
            self.view.setColumnWidth(column, width)
        self.button = QPushButton("采用")
        self.button.setProperty("main", True)
        self.button.clicked.connect(self._finish)
        back = QPushButton("返回编辑")
        back.clicked.connect(self.given_up)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(6)
        column.addWidget(QLabel("采用为新版本", objectName="sectionTitle"))
        fields = QHBoxLayout()
        fields.setSpacing(12)
        for title, field, width in (
            ("版本名称", self.edition, 180),
            ("从哪一考核期起", self.since, 160),
            ("理由（记入修改记录）", self.why, 0),
        ):
            box = QVBoxLayout()
            box.setSpacing(2)
            label = QLabel(title)
            label.setBuddy(field)
            field.setAccessibleName(title)
            box.addWidget(label)
            box.addWidget(field)
            if width:
                field.setFixedWidth(width)
            fields.addLayout(box, 0 if width else 1)
        column.addLayout(fields)
        column.addWidget(self.problem)
        self.said = QLabel(objectName="muted")
        self.said.setWordWrap(True)
        column.addWidget(self.said)
        column.addWidget(self.view, 1)
        row = QHBoxLayout()
        row.addWidget(self.button)
        row.addWidget(back)
        row.addStretch(1)
        column.addLayout(row)

    def ask(self, edition: str, period: Period, periods: Sequence[Period], changes: tuple[SchemeChange, ...]) -> None:
        """Begin: the edition's present name, the period looked at, those there are, and what will be different."""
        self._taken = edition
        self.edition.setText(_next(edition, period))
        self.since.clear()
        for one in [*periods, Period(max([*periods, period]).year + 1)]:
            self.since.addItem(one.title, str(one))
        self.since.setCurrentText(period.title)
        self.problem.hide()
        self.said.setText(f"与现行版本有 {len(changes)} 处不同。此前各期仍按原来的版本计分，本文件里的数据不变。")
        self.table.show(changes, "现行", "新版本")
        self.edition.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edition.selectAll()

    def refuse(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.show()

    def _finish(self) -> None:
        name = self.edition.text().strip()
        if not name:
            self.refuse("请写版本名称，如 2025。")
            self.edition.setFocus()
            return
        since = self.since.currentText().strip()
        at = self.since.findText(since)
        text = str(self.since.itemData(at)) if at >= 0 else since
        try:
            Period.parse(text)
        except ValueError as error:
            self.refuse(f"{error}")
            self.since.setFocus()
            return
        self.wanted.emit(name, text, self.why.text().strip())


def _next(edition: str, period: Period) -> str:
    """A name for the edition that follows: the period's year, numbered where that is what it is called already."""
    year = str(period.year)
    if not edition.startswith(year):
        return year
    number = edition.removeprefix(year).strip("修第版（）()· ")
    return f"{year}修{int(number) + 1 if number.isdigit() else 1}"
