"""What the inspector says about one indicator of a scheme: its rule in words, the curve, target, clause."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from ecoscore.assessment.rules import rule_words
from ecoscore.model.curve import RuleCurve
from ecoscore.model.result import plain
from ecoscore.model.scheme import AGGREGATE_TITLES, DIRECTION_TITLES, Group, Indicator, Scheme, weight_of
from ui.theme import Theme
from ui.widgets.curve_view import CurveView

REVIEW = "请对照原文：此方案中有的规则是凭记忆写的，采用前请与文件原文核对。"


class RuleCard(QScrollArea):
    """A narrow column of facts, wrapped; nothing here can be edited."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._inner = QWidget(objectName="page")
        self._layout = QVBoxLayout(self._inner)
        self._layout.setContentsMargins(16, 4, 16, 16)
        self._layout.setSpacing(6)
        self.place = _label("muted")
        self.title = _label("sectionTitle")
        self.weight = _label("big")
        self.review = _label()
        self.review.setProperty("tone", "warning")
        self.curve = CurveView(theme)
        self.curve_note = _label("muted")
        for widget in (self.place, self.title, self.weight):
            self._layout.addWidget(widget)
        self._facts = self._grid("")
        self._layout.addWidget(self.curve)
        self._layout.addWidget(self.curve_note)
        self._formulas = self._grid("计分法")
        self._clause = self._grid("依据")
        self._layout.addWidget(self.review)
        self._layout.addStretch(1)
        self.setWidget(self._inner)

    def show_indicator(
        self, scheme: Scheme, indicator: Indicator, share: float, curve: RuleCurve | None, target: float | None
    ) -> None:
        """`share` is the indicator's part of the whole scheme, `target` the common one of the period."""
        words = rule_words(indicator, {i.id: i.title for i in scheme.indicators})
        unit = "" if indicator.unit in {"", "—"} else indicator.unit
        self.place.setText(" › ".join(g.title for g in _path(scheme, indicator)))
        self.title.setText(indicator.title)
        self.weight.setText(f"{plain(round(share * scheme.full, 2))} 分")
        facts = [("方向", DIRECTION_TITLES[indicator.direction]), ("性质", "★ 约束性指标" if indicator.binding else "")]
        facts += [("单位", unit), ("目标值", "" if target is None else f"{plain(target)} {unit}".strip())]
        facts += [
            ("有效范围", _range(indicator)),
            ("口径", indicator.basis or ""),
            ("责任部门", indicator.department or ""),
        ]
        _fill(self._facts, facts)
        self.curve.show_curve(curve, unit)
        self.curve_note.setText(_curve_note(curve))
        self.curve_note.show()
        _fill(self._formulas, [("", words.title), *words.formulas, *words.facts], stacked=True)
        _fill(self._clause, [("", indicator.clause), ("说明", indicator.note)], stacked=True)
        self._show_review(scheme)

    def show_group(self, scheme: Scheme, group: Group, share: float) -> None:
        self.place.setText(" › ".join(g.title for g in _path(scheme, group)))
        self.title.setText(group.title)
        self.weight.setText(f"{plain(round(share * scheme.full, 2))} 分")
        held = sum(isinstance(child, Indicator) for child in group.children)
        facts = [
            ("下含", f"{len(group.children)} 项" + ("指标" if held == len(group.children) else "")),
            ("合成", AGGREGATE_TITLES[group.aggregate or scheme.aggregate]),
            ("权重之和", plain(round(sum(weight_of(child) for child in group.children), 4))),
        ]
        _fill(self._facts, facts)
        self.curve.show_curve(None)
        self.curve_note.hide()
        _fill(self._formulas, [])
        _fill(self._clause, [("", group.note)], stacked=True)
        self._show_review(scheme)

    def _show_review(self, scheme: Scheme) -> None:
        self.review.setText(REVIEW)
        self.review.setVisible(scheme.review)

    def _grid(self, title: str) -> QGridLayout:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(4)
        if title:
            column.addWidget(QLabel(title, objectName="sectionTitle"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(3)
        grid.setColumnStretch(1, 1)
        column.addLayout(grid)
        self._layout.addWidget(box)
        return grid


def _fill(grid: QGridLayout, rows: list[tuple[str, str]], *, stacked: bool = False) -> None:
    """Facts beside their names, or below them where they are long; empty ones are left out."""
    while grid.count():
        old = grid.takeAt(0).widget()
        old.hide()  # it lives on until the event loop turns
        old.deleteLater()
    kept = [(name, text) for name, text in rows if text]
    for row, (name, text) in enumerate(kept):
        value = _label()
        value.setText(_breakable(text))
        if stacked:
            if name:
                head = QLabel(name, objectName="muted")
                grid.addWidget(head, 2 * row, 0, 1, 2)
            grid.addWidget(value, 2 * row + 1, 0, 1, 2)
        else:
            head = QLabel(name, objectName="muted")
            grid.addWidget(head, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, row, 1)
    grid.parentWidget().setVisible(bool(kept))


def _breakable(text: str) -> str:
    """Formulas have no spaces to break at: allow it after each sign."""
    for sign in "＋×÷（）［］，；＝":
        text = text.replace(sign, f"{sign}\u200b")
    return text


def _label(name: str = "") -> QLabel:
    label = QLabel(objectName=name)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def _path(scheme: Scheme, node: Group | Indicator) -> tuple[Group, ...]:
    return next(path for path, found in scheme.walk() if found is node or found == node)


def _range(indicator: Indicator) -> str:
    low, high = indicator.valid or (None, None)
    if low is None and high is None:
        return ""
    if low is None or high is None:
        return f"不大于 {plain(high)}" if high is not None else f"不小于 {plain(low or 0.0)}"
    return f"{plain(low)} 至 {plain(high)}"


def _curve_note(curve: RuleCurve | None) -> str:
    if curve is None:
        return "得分不只取决于本项数值，没有曲线可画。"
    return f"圆点是本考核期的 {len(curve.dots)} 个区县。" if curve.dots else "本考核期还没有数值。"
