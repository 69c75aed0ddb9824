"""The form of one part of a scheme, generated from its fields; for an indicator with its rule and the live curve."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from ecoscore.assessment.rules import rule_start
from ecoscore.model.curve import RuleCurve
from ecoscore.schemes.draft import Draft, Node
from ecoscore.schemes.draft_check import DraftProblem
from ecoscore.schemes.fields import fields_of
from ui.theme import Theme
from ui.widgets.curve_view import CurveView
from ui.widgets.scheme_field import LONG, FieldEditor
from ui.widgets.scheme_rule_fields import Asked, bounds_mode, rule_fields, signature, with_mode

_CURVE, _WIDEST = 150, 720
_HALF = frozenset({"number", "choice", "grade"})
_WHOLE = frozenset(
    {"share_out", "missing", "rounding", "baseline", "no_baseline", "rule.kind", "rule.alone", "aggregate"}
)
_HEADINGS = {"valid.0": "数据", "id": "名称与来源", "clause": "依据"}


class SchemeForm(QWidget):
    """Fields come in one column, short ones in pairs; heading and curve stay in view above them. `edited` carries the node's key, a path and a value."""

    edited = Signal(int, str, object)
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft: Draft | None = None
        self.node: Node | None = None
        self._built: object = None
        self._enabled = True
        self.editors: dict[str, FieldEditor] = {}
        self.place = QLabel(objectName="muted")
        self.heading = QLabel(objectName="sectionTitle")
        self.curve = CurveView(theme)
        self.curve.setFixedHeight(_CURVE)
        self.curve_note = QLabel(objectName="muted")
        for label in (self.place, self.heading, self.curve_note):
            label.setWordWrap(True)
        head = QVBoxLayout()
        head.setContentsMargins(16, 8, 16, 6)
        head.setSpacing(2)
        for widget in (self.place, self.heading, self.curve, self.curve_note):
            head.addWidget(widget)
        self._inner = QWidget(objectName="page")
        self._outer = QVBoxLayout(self._inner)
        self._outer.setContentsMargins(16, 6, 16, 16)
        self._fields = QWidget()
        self._outer.addWidget(self._fields)
        self._outer.addStretch(1)
        self.scroll = QScrollArea()
        self.scroll.setWidgetResizable(True)
        self.scroll.setFrameShape(QFrame.Shape.NoFrame)
        self.scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scroll.setWidget(self._inner)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.scroll, 1)
        self.show_curve(None, None)

    def show_node(self, draft: Draft, node: Node, place: str, *, enabled: bool = True) -> None:
        """Show a node; its fields are built anew only where others are asked."""
        self._draft, self.node, self._enabled = draft, node, enabled
        self.place.setText(place)
        self.place.setVisible(bool(place))
        self.heading.setText(node.label if node.kind != "settings" else "方案的规定")
        shape = node.key, node.kind, signature(node.get("rule")), node.get("direction") == "range"
        if shape != self._built:
            self._built = shape
            self._build(list(self._asked(node)))
        self._offer(draft)
        for path, editor in self.editors.items():
            editor.show_value(self._held(path))
            editor.setEnabled(enabled)
        self._switch()

    def show_problems(self, problems: Sequence[DraftProblem]) -> None:
        """What is wrong, each at its field."""
        texts: dict[str, list[str]] = {}
        for problem in problems:
            if self.node is not None and problem.node == self.node.key and problem.is_error:
                editor = self.editor_of(problem.path)
                if editor is not None:
                    texts.setdefault(editor.path, []).append(problem.message)
        for path, editor in self.editors.items():
            editor.show_problem("\n".join(texts.get(path, ())))

    def show_curve(self, curve: RuleCurve | None, node: Node | None, unit: str = "") -> None:
        wanted = node is not None and node.kind == "indicator"
        self.curve.show_curve(curve if wanted else None, unit)
        self.curve_note.setVisible(wanted)
        if curve is not None:
            dots = f"圆点是本考核期的 {len(curve.dots)} 个区县。" if curve.dots else "本考核期还没有数值。"
            self.curve_note.setText(dots)
        else:
            self.curve_note.setText("得分不只取决于本项数值，或方案还有错误，没有曲线可画。")

    def editor_of(self, path: str) -> FieldEditor | None:
        """The editor of a path, or the nearest there is: of its beginning, else of what begins with it."""
        begun = path
        while begun:
            if begun in self.editors:
                return self.editors[begun]
            begun = begun.rpartition(".")[0]
        inner = next((e for p, e in self.editors.items() if p.startswith(f"{path}.")), None)
        return inner or self.editors.get("rule.kind" if path.startswith("rule") else "")

    def focus_field(self, path: str) -> None:
        editor = self.editor_of(path) or next(iter(self.editors.values()), None)
        if editor is not None:
            editor.take_focus()
            # Fields that were only just built have no place yet: scrolled to when they have.
            QTimer.singleShot(0, editor, lambda: self.scroll.ensureWidgetVisible(editor, 16, 48))

    # Building. -------------------------------------------------------------------------------------------------------

    def _asked(self, node: Node) -> Iterator[Asked]:
        section = ""
        direction = str(node.get("direction") or "higher")
        for f in fields_of(node.kind):
            heading = (
                f.section if node.kind == "settings" else _HEADINGS.get(f.path, "") if node.kind == "indicator" else ""
            )
            if heading and heading != section:
                section = heading
                yield Asked("", heading, "heading")
            if f.path.startswith("ideal") and direction != "range":
                continue
            kind = "choice" if f.path == "baseline" else f.kind
            yield Asked(f.path, "名称" if f.path == "title" else f.title, kind, f.note, f.choices, f.default)
            if f.path == "department" and node.kind == "indicator":
                yield Asked("", "计分", "heading")
                spec = node.get("rule")
                yield from rule_fields(spec if isinstance(spec, Mapping) else {}, "rule", direction)

    def _build(self, asked: list[Asked]) -> None:
        self._fields.deleteLater()
        self._fields.hide()
        self._fields = QWidget()
        self._fields.setMaximumWidth(_WIDEST)
        self._outer.insertWidget(self._outer.count() - 1, self._fields)
        self.editors = {}
        grid = QGridLayout(self._fields)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        row, column = 0, 0
        for one in asked:
            if one.kind == "heading":
                row, column = row + (column > 0), 0
                title = QLabel(one.title, objectName="sectionTitle")
                title.setContentsMargins(0, 8, 0, 0)
                title.setToolTip(one.note)
                grid.addWidget(title, row, 0, 1, 2)
                row += 1
                continue
            if one.kind == "note":
                told = QLabel(one.title, objectName="muted")
                told.setWordWrap(True)
                grid.addWidget(told, row, 0, 1, 2)
                row += 1
                continue
            editor = self._editor(one)
            half = (one.kind in _HALF or one.path == "unit") and one.path not in _WHOLE and one.path not in LONG
            if not half:
                row, column = row + (column > 0), 0
            grid.addWidget(editor, row, column, 1, 1 if half else 2, Qt.AlignmentFlag.AlignTop)
            column = (column + 1) % 2 if half else 0
            row += column == 0
        self._fields.show()
        for before, after in zip(list(self.editors.values()), list(self.editors.values())[1:], strict=False):
            QWidget.setTabOrder(before.editor, after.editor)

    def _editor(self, one: Asked) -> FieldEditor:
        kind = "choice" if one.kind in {"rule_kind", "mode"} else one.kind
        editor = FieldEditor(one.path, one.title, kind, note=one.note, choices=one.choices, default=one.default)
        slot = {"rule_kind": self._on_kind, "mode": self._on_mode}.get(one.kind, self._on_edited)
        editor.edited.connect(slot)
        editor.left.connect(self.left)
        self.editors[one.path] = editor
        return editor

    def _held(self, path: str) -> Any:
        assert self.node is not None
        if path.endswith(".bounds"):
            rule = self.node.get(path.rpartition(".")[0])
            return bounds_mode(rule) if isinstance(rule, Mapping) else None
        return self.node.get(path)

    def _offer(self, draft: Draft) -> None:
        quantities = {str(n.values.get("id")): n.label for n in draft.walk() if n.kind in {"indicator", "input"}}
        others = {
            str(n.values.get("id")): n.label
            for n in draft.walk()
            if n.kind == "indicator"
            and n.values.get("direction") != "range"
            and (self.node is None or n.key != self.node.key)
        }
        grades = {n.label: n.label for n in draft.of("grade")}
        for editor in self.editors.values():
            if editor.kind in {"quantity", "quantities"}:
                editor.offer(quantities)
            elif editor.kind == "indicators":
                editor.offer(others)
            elif editor.kind == "grade":
                editor.offer(grades)

    def _switch(self) -> None:
        """What has no meaning without another field is greyed."""
        node = self.node
        assert node is not None
        for path, editor in self.editors.items():
            if path.startswith("binding."):
                editor.setEnabled(self._enabled and node.get("binding") is not None)
            elif path.endswith(".alone"):
                together = node.get(f"{path.removesuffix('.alone')}.together")
                editor.setEnabled(self._enabled and bool(together or node.get(path) is not None))

    # Typing. ---------------------------------------------------------------------------------------------------------

    def _on_edited(self, path: str, value: Any) -> None:
        assert self.node is not None
        at = path.removesuffix(".together")
        rule = self.node.get(at) if at != path and value is None else None
        if isinstance(rule, Mapping) and "alone" in rule:  # means nothing without the others: goes with them
            self.edited.emit(self.node.key, at, {k: v for k, v in rule.items() if k not in {"together", "alone"}})
            return
        self.edited.emit(self.node.key, path, value)

    def _on_kind(self, path: str, kind: Any) -> None:
        """Another kind of rule: what both know is kept."""
        assert self.node is not None
        at = path.rpartition(".")[0]
        old = self.node.get(at)
        started = rule_start(
            str(kind), old if isinstance(old, Mapping) else {}, str(self.node.get("direction") or "higher")
        )
        self.edited.emit(self.node.key, at, started)

    def _on_mode(self, path: str, mode: Any) -> None:
        assert self.node is not None
        at = path.rpartition(".")[0]
        old = self.node.get(at)
        self.edited.emit(self.node.key, at, with_mode(old if isinstance(old, Mapping) else {}, str(mode)))
