"""The foot of the import page: what the import would do, in numbers, and the choices that are left to the person."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ecoscore.importing.plan import ImportPlan
from ui.theme import Theme
from ui.widgets.scope_button import ScopeButton


class PlanBar(QFrame):
    """新增 n · 修改 n · 不变 n · 拒绝 n, a button that unfolds the changes, and two choices stated in words."""

    changes_toggled = Signal(bool)
    skip_toggled = Signal(bool)
    add_districts_toggled = Signal(bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("planBar")
        self._theme = theme
        self._plan: ImportPlan | None = None
        self.counts = QLabel()
        self.extra = QLabel(objectName="muted")
        self.changes_button = QPushButton("看改动")
        self.changes_button.setCheckable(True)
        self.scope = ScopeButton()
        self.skip = QCheckBox("跳过有问题的格")
        self.add_districts = QCheckBox("同时新增区县")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 8)
        layout.setSpacing(6)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.counts)
        row.addWidget(self.extra, 1)
        row.addWidget(self.scope)
        row.addWidget(self.changes_button)
        layout.addLayout(row)
        choices = QHBoxLayout()
        choices.setSpacing(24)
        choices.addWidget(self.skip)
        choices.addWidget(self.add_districts)
        choices.addStretch(1)
        layout.addLayout(choices)
        self.changes_button.toggled.connect(self.changes_toggled)
        self.skip.toggled.connect(self.skip_toggled)
        self.add_districts.clicked.connect(self.add_districts_toggled)
        theme.changed.connect(self._tell)

    def show_plan(self, plan: ImportPlan, *, unknown_districts: int, adds_districts: bool) -> None:
        self._plan = plan
        errors = len(plan.errors)
        self.skip.setVisible(errors > 0)
        self.skip.setText(f"跳过有问题的格：这 {errors} 处不导入，其余照写")
        if not errors:
            self.skip.setChecked(False)
        self.add_districts.setVisible(bool(unknown_districts) or adds_districts)
        names = [d.name for d in plan.new_districts]
        shown = "、".join(names[:4]) + (f" 等 {len(names)} 个" if len(names) > 4 else "")
        self.add_districts.setText(f"同时新增区县：{shown}" if names else "同时新增区县：表中有文件里没有的区县")
        self.add_districts.setChecked(adds_districts)
        changes = plan.counts.new + plan.counts.changed + plan.counts.targets
        self.changes_button.setEnabled(changes > 0)
        self._tell()

    def _tell(self) -> None:
        if self._plan is None:
            return
        counts, mist = self._plan.counts, self._theme.colours.mist
        parts = []
        for word, number, role in (
            ("新增", counts.new, "pine"), ("修改", counts.changed, "ochre"),
            ("不变", counts.unchanged, "ink"), ("拒绝", counts.refused, "cinnabar"),
        ):  # fmt: skip
            colour = getattr(self._theme.colours, role) if number else mist
            parts.append(f'{word} <span style="color:{colour};font-size:12pt">{number}</span>')
        self.counts.setText(f' <span style="color:{mist}">·</span> '.join(parts))
        extra = [f"目标值 {counts.targets} 个"] if counts.targets else []
        extra += [f"其中不适用 {counts.not_applicable} 个"] if counts.not_applicable else []
        extra += ["考核期 " + "、".join(p.title for p in self._plan.periods)] if self._plan.periods else []
        self.extra.setText("　".join(extra))
