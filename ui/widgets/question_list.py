"""What an import asks its user: conversions, names, places that disagree; each with the answers as buttons."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ecoscore.importing.choices import Choices
from ecoscore.importing.plan import ImportPlan
from ecoscore.importing.questions import (
    BlankNamesQuestion,
    ConflictQuestion,
    ConversionQuestion,
    NameQuestion,
    Question,
)
from ui.models.layout_setting import LayoutSetting

_TALLEST = 176
_MOST = 200

Answer = tuple[str, Choices]


class QuestionList(QScrollArea):
    """One line a question. `answered` brings the choices as they would then be; the page plans anew with them."""

    answered = Signal(object)  # Choices
    place_wanted = Signal(str, str, str)  # file, sheet, cell

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._setting = LayoutSetting()
        self.setObjectName("strip")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("待您决定")
        self.hide()

    def show_plan(self, plan: ImportPlan | None, setting: LayoutSetting | None = None) -> None:
        """Show what is open, then what has been decided and may be taken back; `setting` knows every district."""
        self._setting = setting or LayoutSetting()
        held = QWidget(objectName="questions")
        column = QVBoxLayout(held)
        column.setContentsMargins(16, 8, 8, 8)
        column.setSpacing(4)
        lines = self._lines(plan) if plan is not None else []
        for line in lines[:_MOST]:
            column.addWidget(line)
        if len(lines) > _MOST:
            column.addWidget(QLabel(f"另有 {len(lines) - _MOST} 项，先决定上面的。", objectName="muted"))
        column.addStretch(1)
        self.setWidget(held)
        self.setVisible(bool(lines))
        edge = self.height() - self.maximumViewportSize().height()  # without it a scroll bar for a single pixel
        self.setFixedHeight(min(held.sizeHint().height() + edge, _TALLEST))

    def _lines(self, plan: ImportPlan) -> list[QWidget]:
        choices = plan.choices
        conversions = [q for q in plan.questions if isinstance(q, ConversionQuestion)]
        others = [q for q in plan.questions if not isinstance(q, ConversionQuestion)]
        lines: list[QWidget] = []
        waiting = [q for q in conversions if not q.accepted and not q.by_suspicion]
        if len(waiting) > 1:
            lines.append(
                self._line(f"有 {len(waiting)} 处单位不同，可以换算：", [("全部换算", _with_all(choices, waiting))])
            )
        lines += [self._line(*_of_conversion(q, choices), at=(q.file, q.sheet, q.cell)) for q in conversions]
        blanks = [q for q in others if isinstance(q, BlankNamesQuestion) and not q.accepted]
        if len(blanks) > 1:
            lines.append(
                self._line(f"有 {len(blanks)} 处空着的名称，可以沿用上面的：", [("全部沿用", _filled(choices, blanks))])
            )
        lines += [self._asked_line(q, choices) for q in others]
        lines += [
            self._line(f"“{written}”按“{name}”读取，写入后记住", [("撤回", choices.with_name(written, None))])
            for written, name in choices.names
        ]
        return lines

    def _asked_line(self, question: Question, choices: Choices) -> QWidget:
        line = self._line(*_asked(question, choices), at=_place(question))
        if isinstance(question, NameQuestion):
            button = QPushButton("选择…")
            button.setMenu(self._names_menu(question, choices, button))
            line.layout().addWidget(button)
        return line

    def _names_menu(self, question: NameQuestion, choices: Choices, parent: QWidget) -> QMenu:
        """Every district, or every indicator by its group, for a name unlike any of them."""
        menu = QMenu(parent)
        if question.is_district:
            for name in self._setting.districts:
                menu.addAction(name, _later(self.answered.emit, choices.with_name(question.written, name)))
            return menu
        for group, members in self._setting.groups:
            inner = menu.addMenu(group)
            for id_, title in members:
                inner.addAction(title, _later(self.answered.emit, choices.with_name(question.written, id_)))
        return menu

    def _line(self, text: str, answers: list[Answer], at: tuple[str, str | None, str | None] | None = None) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        label = QLabel(text)
        label.setToolTip(text)
        label.setMinimumWidth(80)
        row.addWidget(label, 1)
        if at is not None and at[2] is not None:
            button = QPushButton("看原表")
            button.clicked.connect(_later(self.place_wanted.emit, at[0], at[1] or "", at[2]))
            row.addWidget(button)
        for word, choices in answers:
            button = QPushButton(word)
            button.setToolTip(f"{text}　{word}")
            button.clicked.connect(_later(self.answered.emit, choices))
            row.addWidget(button)
        return line


def _later(call: Callable[..., None], *arguments: object) -> Callable[[], None]:
    """A slot that calls with these arguments, not with the button's own."""
    return lambda *_: call(*arguments)


def _with_all(choices: Choices, waiting: list[ConversionQuestion]) -> Choices:
    for question in waiting:
        choices = choices.with_conversion(question.indicator, question.given)
    return choices


def _filled(choices: Choices, blanks: list[BlankNamesQuestion], *, accept: bool = True) -> Choices:
    for question in blanks:
        choices = choices.with_blanks(question.file, question.sheet or "", question.what, accept=accept)
    return choices


def _examples(question: ConversionQuestion | BlankNamesQuestion, most: int) -> str:
    shown = "，".join(f"{said} → {result}" for said, result in question.examples[:most])
    return f"{shown} 等" if question.count > most else shown


def _of_blanks(question: BlankNamesQuestion, choices: Choices) -> tuple[str, list[Answer]]:
    shown = _examples(question, 3)
    where = f"“{question.sheet}”" if question.sheet else f"“{question.file}”"
    if question.accepted:
        said = f"{where}有 {question.count} 行空着的{question.title}沿用上面的（{shown}）"
        return said, [("撤回", _filled(choices, [question], accept=False))]
    said = f"{where}有 {question.count} 行没有写{question.title}，沿用上面的？（{shown}）"
    return said, [("沿用", _filled(choices, [question]))]


def _of_conversion(question: ConversionQuestion, choices: Choices) -> tuple[str, list[Answer]]:
    shown = _examples(question, 2)
    what = f"{question.title}：{question.count} 个数值"
    takes_back = choices.with_conversion(question.indicator, question.given, accept=False)
    accepts = choices.with_conversion(question.indicator, question.given)
    if question.accepted:
        return f"{what}已换算（{shown}）", [("撤回", takes_back)]
    if question.by_suspicion:
        return f"{what}疑似比例，可按百分数读取（{shown}）", [("换算", accepts)]
    return f"{what}的单位是 {question.given}，换算成 {question.wanted}？（{shown}）", [("换算", accepts)]


def _asked(question: Question, choices: Choices) -> tuple[str, list[Answer]]:
    if isinstance(question, ConflictQuestion):
        shown = "；".join(f"{option.place} 为 {option.words}" for option in question.options)
        if question.chosen is not None:
            return f"{question.title}取 {question.chosen}（{shown}）", [("撤回", choices.with_pick(question.key, None))]
        answers = [(f"取 {option.words}", choices.with_pick(question.key, option.place)) for option in question.options]
        return f"{question.title}有 {len(question.options)} 个不同的数：{shown}", answers
    if isinstance(question, BlankNamesQuestion):
        return _of_blanks(question, choices)
    assert isinstance(question, NameQuestion)
    kind = "区县" if question.is_district else "指标"
    answers = [(name, choices.with_name(question.written, name)) for name, _ in question.proposals]
    return f"没有{kind}“{question.written}”，它是：", answers


def _place(question: Question) -> tuple[str, str | None, str | None] | None:
    if isinstance(question, ConflictQuestion):
        first = question.options[-1]
        return first.file, first.sheet, first.cell
    return question.file, question.sheet, question.cell
