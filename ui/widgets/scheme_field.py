"""One entry of the scheme's form: a label, a fitting editor, and below it what is wrong with what it holds."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ecoscore.model.result import plain
from ui.models.scheme_tree import number_of

LONG = frozenset({"note", "clause", "source", "unranked", "compensation.note"})
_SEVERAL = frozenset({"quantities", "indicators"})
_SPLIT = re.compile(r"[;；]")


class FieldEditor(QWidget):
    """`edited` carries path and value while one types; `left` when Enter is pressed or the editor loses the focus.

    What cannot be understood goes out as it was typed: the draft keeps it, and its check says why it will not do.
    """

    edited = Signal(str, object)
    left = Signal()

    def __init__(
        self,
        path: str,
        title: str,
        kind: str,
        *,
        note: str = "",
        choices: Mapping[str, str] | None = None,
        default: Any = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.path, self.title, self.kind, self.default = path, title, kind, default
        self._choices = dict(choices or {})
        self._names: Mapping[str, str] = {}
        self._quiet = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        self.label = QLabel(title, objectName="muted")
        self.label.setWordWrap(True)
        self.problem = QLabel(objectName="problem")
        self.problem.setWordWrap(True)
        self.problem.hide()
        self.editor = self._build()
        self.editor.setAccessibleName(title)
        self.editor.installEventFilter(self)
        if note:
            self.setToolTip(note)
        if not isinstance(self.editor, QCheckBox):
            column.addWidget(self.label)
            self.label.setBuddy(self.editor)
        self.picker = self._build_picker()
        if self.picker is None:
            column.addWidget(self.editor)
        else:
            row = QHBoxLayout()
            row.setSpacing(6)
            row.addWidget(self.editor, 1)
            row.addWidget(self.picker)
            column.addLayout(row)
        column.addWidget(self.problem)

    def _build(self) -> QWidget:
        if self.kind in {"flag", "switch"}:
            box = QCheckBox(self.title)
            box.toggled.connect(self._on_edited)
            return box
        if self.kind in {"choice", "quantity", "grade"}:
            combo = QComboBox()
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.setMinimumContentsLength(6)
            combo.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            for word, text in self._choices.items():
                combo.addItem(text, word)
            combo.currentIndexChanged.connect(self._on_edited)
            return combo
        if self.path in LONG:
            area = QPlainTextEdit(tabChangesFocus=True)
            area.setFixedHeight(64)
            area.textChanged.connect(self._on_edited)
            return area
        line = QLineEdit()
        if self.kind == "number" and isinstance(self.default, (int, float)) and not isinstance(self.default, bool):
            line.setPlaceholderText(f"留空为 {plain(float(self.default))}")
        line.textEdited.connect(self._on_edited)
        line.returnPressed.connect(self.left)
        return line

    def _build_picker(self) -> QPushButton | None:
        """Several of the scheme's quantities are ticked in a menu, or written one after the other."""
        if self.kind not in _SEVERAL:
            return None
        button = QPushButton("选择…")
        button.setAccessibleName(f"选择{self.title}")
        menu = QMenu(button)
        menu.aboutToShow.connect(lambda: self._fill_menu(menu))
        button.setMenu(menu)
        return button

    def _fill_menu(self, menu: QMenu) -> None:
        menu.clear()
        held = self.value() or []
        for word, title in self._names.items():
            action = menu.addAction(title)
            action.setCheckable(True)
            action.setChecked(word in held)
            action.toggled.connect(lambda on, word=word: self._pick(word, on=on))

    def _pick(self, word: str, *, on: bool) -> None:
        held = [w for w in self.value() or [] if w != word]
        self.show_value(([*held, word] if on else held) or None)
        self._on_edited()
        self.left.emit()

    def offer(self, names: Mapping[str, str]) -> None:
        """What there is to choose from, id → title, where that depends on the rest of the scheme."""
        if self.kind in _SEVERAL:
            self._names = names
        if self.kind not in {"quantity", "grade"} or names == self._names:
            return
        self._names = names
        combo = self.editor
        assert isinstance(combo, QComboBox)
        self._quiet = True
        combo.clear()
        combo.addItem("（不设）", None)
        for word, text in names.items():
            combo.addItem(text, word)
        self._quiet = False

    def show_value(self, value: Any) -> None:
        """Show what the draft holds; what is being typed and means the same is left alone."""
        if self.value() == value and not isinstance(self.editor, (QComboBox, QCheckBox)):
            return
        shown = self.default if value is None else value
        self._quiet = True
        if isinstance(self.editor, QCheckBox):
            self.editor.setChecked(value is not None if self.kind == "switch" else shown is True)
        elif isinstance(self.editor, QComboBox):
            at = self.editor.findData(shown)
            if at < 0:
                self.editor.addItem(str(shown), shown)
                at = self.editor.count() - 1
            self.editor.setCurrentIndex(at)
            self.editor.setToolTip(self.editor.currentText())
        elif isinstance(self.editor, QPlainTextEdit):
            self.editor.setPlainText("" if value is None else str(value))
        elif isinstance(self.editor, QLineEdit):
            self.editor.setText(self._text(value))
            self.editor.setCursorPosition(0)
        self._quiet = False

    def value(self) -> Any:
        """What the editor says, as a scheme file would hold it; None for nothing, or for what holds anyway."""
        if isinstance(self.editor, QCheckBox):
            if self.kind == "switch":
                return {"zero_item": True, "deduct_from": 2, "fail_from": 3} if self.editor.isChecked() else None
            return self.editor.isChecked()
        if isinstance(self.editor, QComboBox):
            word = self.editor.currentData()
            return None if word in {None, ""} else word
        if isinstance(self.editor, QPlainTextEdit):
            return self.editor.toPlainText().strip() or None
        assert isinstance(self.editor, QLineEdit)
        return _READ.get(self.kind, _as_text)(self.editor.text(), self._names)

    def show_problem(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.setVisible(bool(text))

    def take_focus(self) -> None:
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(self.editor, QLineEdit):
            self.editor.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self.left.emit()
        # A wheel over the form scrolls it; it must not turn a choice that nobody has clicked on.
        if event.type() == QEvent.Type.Wheel and isinstance(watched, QComboBox) and not watched.hasFocus():
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def _on_edited(self, *_: Any) -> None:
        if not self._quiet:
            self.edited.emit(self.path, self.value())

    def _text(self, value: Any) -> str:
        if value is None:
            return ""
        if self.kind == "number" and isinstance(value, (int, float)) and not isinstance(value, bool):
            return plain(float(value))
        if isinstance(value, Mapping):
            return "；".join(f"{year}={plain(v) if isinstance(v, (int, float)) else v}" for year, v in value.items())
        if isinstance(value, (list, tuple)):
            if self.kind == "numbers":
                return "、".join(plain(v) if isinstance(v, (int, float)) else str(v) for v in value)
            return "；".join(self._names.get(str(v), str(v)) for v in value)
        return str(value)


def _as_text(text: str, _names: Mapping[str, str]) -> Any:
    return text.strip() or None


def _as_number(text: str, _names: Mapping[str, str]) -> Any:
    return number_of(text)


def _as_numbers(text: str, _names: Mapping[str, str]) -> Any:
    found = [number_of(part) for part in re.split(r"[、,，;；\s]+", text) if part.strip()]
    return found or None


def _as_texts(text: str, _names: Mapping[str, str]) -> Any:
    return [part.strip() for part in _SPLIT.split(text) if part.strip()] or None


def _as_quantities(text: str, names: Mapping[str, str]) -> Any:
    ids = {title: word for word, title in names.items()}
    return [ids.get(part.strip(), part.strip()) for part in _SPLIT.split(text) if part.strip()] or None


def _as_shares(text: str, _names: Mapping[str, str]) -> Any:
    found: dict[str, Any] = {}
    for part in _SPLIT.split(text):
        if part.strip():
            year, _, share = unicodedata.normalize("NFKC", part).partition("=")
            found[year.strip()] = number_of(share)
    return found or None


_READ: Mapping[str, Callable[[str, Mapping[str, str]], Any]] = {
    "number": _as_number, "numbers": _as_numbers, "texts": _as_texts, "quantities": _as_quantities,
    "indicators": _as_quantities, "shares": _as_shares,
}  # fmt: skip
