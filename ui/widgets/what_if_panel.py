"""试算: change weights or values and see totals and ranks move; nothing of it reaches the file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ecoscore.assessment.preview import EffectRow, effect, preview
from ecoscore.errors import EcoScoreError
from ecoscore.model.observation import Observation, Status
from ecoscore.model.result import plain
from ecoscore.schemes.draft import draft_of
from ecoscore.schemes.draft_check import check_draft
from ui.models.scheme_tree import number_of
from ui.session import Session
from ui.tasks import Cancelled, Progress
from ui.widgets.effect_view import EffectView
from ui.widgets.result_panels import Panel, Shown


@dataclass(frozen=True, slots=True)
class Supposed:
    """One thing supposed: a value of a district, or (without one) the weight of an indicator."""

    district: str | None
    indicator: str
    number: float
    text: str


class WhatIfPanel(Panel):
    """What is supposed is listed and can be taken back one by one; it goes when another file is opened."""

    follows_indicator = True

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.supposed: list[Supposed] = []
        self.what = QComboBox()
        self.indicator = QComboBox()
        self.number = QLineEdit(placeholderText="改成")
        self.held = QLabel(objectName="muted")
        self.problem = QLabel(objectName="problem")
        self.problem.setWordWrap(True)
        self.add_button = QPushButton("试一试")
        self.list = QListWidget()
        self.list.setAccessibleName("假设")
        self.remove_button = QPushButton("撤去选中")
        self.clear_button = QPushButton("全部撤去")
        self.effect = EffectView(session.theme, "试算结果")
        self._build()
        self.what.currentIndexChanged.connect(self._tell_held)
        self.indicator.currentIndexChanged.connect(self._tell_held)
        self.number.returnPressed.connect(self.suppose)
        self.add_button.clicked.connect(self.suppose)
        self.remove_button.clicked.connect(self.take_back)
        self.clear_button.clicked.connect(self.clear)
        session.assessment_opened.connect(self._forget)
        self._tell()

    def _build(self) -> None:
        left = QWidget(objectName="page")
        column = QVBoxLayout(left)
        column.setContentsMargins(16, 8, 8, 8)
        column.setSpacing(6)
        for combo, name in ((self.what, "改谁的"), (self.indicator, "改哪一项")):
            combo.setAccessibleName(name)
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.setMinimumContentsLength(8)
            column.addWidget(combo)
        row = QHBoxLayout()
        row.setSpacing(6)
        self.number.setAccessibleName("改成")
        self.number.setAlignment(Qt.AlignmentFlag.AlignRight)
        row.addWidget(self.number, 1)
        row.addWidget(self.add_button)
        column.addLayout(row)
        column.addWidget(self.held)
        column.addWidget(self.problem)
        column.addWidget(self.list, 1)
        row = QHBoxLayout()
        row.addWidget(self.remove_button)
        row.addWidget(self.clear_button)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(0)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(left)
        scroll.setFixedWidth(272)
        self.list.setMinimumHeight(56)
        whole.addWidget(scroll)
        whole.addWidget(self.effect, 1)
        self.problem.hide()

    def fill(self, shown: Shown) -> None:
        own, indicator = shown.card.district, shown.indicator or self.indicator.currentData()
        for combo in (self.what, self.indicator):
            combo.blockSignals(True)
        weights = self.what.currentIndex() == 1
        self.what.clear()
        self.what.addItem(f"{own}的数值", own)
        self.what.addItem("指标的权重", None)
        for name in (d.name for d in shown.result.districts if d.name != own):
            self.what.addItem(f"{name}的数值", name)
        self.what.setCurrentIndex(1 if weights else 0)
        self.indicator.clear()
        for one in shown.result.scheme.reported:
            is_input = one.id not in shown.result.scheme.by_id
            self.indicator.addItem(f"{one.title}（基础数据）" if is_input else one.title, one.id)
        self.indicator.setCurrentIndex(max(0, self.indicator.findData(indicator)))
        for combo in (self.what, self.indicator):
            combo.blockSignals(False)
        self._tell_held()
        self._score()

    # Supposing. ------------------------------------------------------------------------------------------------------

    def suppose(self) -> None:
        shown, indicator = self.shown, self.indicator.currentData()
        number = number_of(self.number.text())
        if shown is None or indicator is None:
            return
        if not isinstance(number, float):
            self._refuse("请填写一个数。" if number is None else f"“{number}”不是数，请填写一个数，不带单位。")
            return
        district = self.what.currentData()
        if district is None and number < 0:
            self._refuse("权重不能小于 0。")
            return
        held = shown.result.scheme.reported_by_id[indicator]
        if district is None and indicator not in shown.result.scheme.by_id:
            self._refuse("基础数据没有权重，只能改数值。")
            return
        unit = "" if district is None or held.unit in {"", "—"} else f" {held.unit}"
        who = "权重" if district is None else district
        before = self._held()
        text = f"{who} · {held.title}：{before or '—'} → {plain(number)}{unit}"
        self.supposed = [s for s in self.supposed if (s.district, s.indicator) != (district, indicator)]
        self.supposed.append(Supposed(district, indicator, number, text))
        self._refuse("")
        self.number.clear()
        self._tell()
        self._score()

    def take_back(self) -> None:
        row = self.list.currentRow()
        if 0 <= row < len(self.supposed):
            del self.supposed[row]
            self._tell()
            self._score()

    def clear(self) -> None:
        self.supposed.clear()
        self._tell()
        self._score()

    def _forget(self, *_: Any) -> None:
        self.supposed.clear()
        self._tell()

    def _refuse(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.setVisible(bool(text))

    # Showing. --------------------------------------------------------------------------------------------------------

    def _held(self) -> str:
        shown, indicator, district = self.shown, self.indicator.currentData(), self.what.currentData()
        if shown is None or indicator is None:
            return ""
        if district is None:
            weighed = shown.result.scheme.by_id.get(indicator)
            return "" if weighed is None else plain(weighed.weight)
        observation = shown.file.observation(district, indicator, shown.period)
        if observation is None or observation.value is None:
            return "" if observation is None else observation.status.title
        return plain(observation.value)

    def _tell_held(self, *_: Any) -> None:
        held = self._held()
        self.held.setText(f"现为 {held}" if held else "现在没有数值")

    def _tell(self) -> None:
        self.list.clear()
        for one in self.supposed:
            self.list.addItem(one.text)
            self.list.item(self.list.count() - 1).setToolTip(one.text)
        self.remove_button.setEnabled(bool(self.supposed))
        self.clear_button.setEnabled(bool(self.supposed))
        for widget in (self.list, self.remove_button, self.clear_button):
            widget.setVisible(bool(self.supposed))

    def _score(self) -> None:
        shown = self.shown
        if shown is None or not self.supposed:
            self.effect.show_effect((), "改一个数值或权重，看总分与名次怎样变化。只是试算，不改动文件。")
            return
        supposed = tuple(self.supposed)

        def work(_progress: Progress, _cancelled: Cancelled) -> tuple[EffectRow, ...]:
            draft = draft_of(shown.result.scheme)
            values = []
            for one in supposed:
                if one.district is None:
                    node = draft.indicator(one.indicator)
                    draft = draft.put(node.key, "weight", one.number) if node is not None else draft
                    continue
                held = shown.file.observation(one.district, one.indicator, shown.period)
                blank = Observation(one.district, one.indicator, shown.period, one.number)
                values.append(replace(held, value=one.number, status=Status.REPORTED) if held is not None else blank)
            result = preview(shown.file, shown.period, check_draft(draft).scheme, values, shown.level)
            return effect(shown.result, result)

        def done(rows: tuple[EffectRow, ...]) -> None:
            if self.shown is not None and self.shown.key() == shown.key() and supposed == tuple(self.supposed):
                self.effect.show_effect(rows)

        def failed(error: EcoScoreError) -> None:
            self.effect.show_effect((), error.message)

        self.session.tasks.run("正在试算", work, done, failed, quiet=True, owner=self)
