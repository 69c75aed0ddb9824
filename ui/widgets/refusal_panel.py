"""Why there is no score yet: the sentence, each finding, and the way to where it is mended."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ecoscore.errors import InputRefused
from ui.finding_titles import FINDING_TITLES
from ui.theme import Theme
from ui.widgets.findings_list import FindingsList

_NO_TARGET = "no_target"


class RefusalPanel(QFrame):
    """Shows an InputRefused in the page, where others would show a box."""

    finding_chosen = Signal(object)  # Finding
    data_wanted = Signal()
    targets_wanted = Signal()
    import_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.error: InputRefused | None = None
        self._icon = QLabel()
        self.message = QLabel(objectName="sectionTitle")
        self.advice = QLabel(objectName="muted")
        for label in (self.message, self.advice):
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.data_button = QPushButton("到数据页补齐")
        self.data_button.setProperty("main", True)
        self.targets_button = QPushButton("填写目标值")
        self.targets_button.setProperty("main", True)
        self.import_button = QPushButton("导入表格…")
        self.findings = FindingsList(theme, FINDING_TITLES)
        head = QHBoxLayout()
        head.setContentsMargins(24, 20, 24, 16)
        head.setSpacing(12)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self.message)
        words.addWidget(self.advice)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.data_button)
        buttons.addWidget(self.targets_button)
        buttons.addWidget(self.import_button)
        buttons.addStretch(1)
        words.addSpacing(8)
        words.addLayout(buttons)
        head.addWidget(self._icon, alignment=Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self.findings, 100)
        layout.addStretch(1)
        self.findings.chosen.connect(self.finding_chosen)
        self.data_button.clicked.connect(self.data_wanted)
        self.targets_button.clicked.connect(self.targets_wanted)
        self.import_button.clicked.connect(self.import_wanted)
        theme.changed.connect(self._dress)
        self._dress()

    def show_refusal(self, error: InputRefused) -> None:
        self.error = error
        self.message.setText(error.message)
        self.advice.setText(error.advice)
        self.advice.setVisible(bool(error.advice))
        only_targets = {f.code for f in error.findings} == {_NO_TARGET}
        self.targets_button.setVisible(only_targets)
        self.data_button.setVisible(not only_targets)
        telling = [f for f in error.findings if f.message != error.message]
        self.findings.show_findings(telling)
        self.findings.setVisible(bool(telling))

    def _dress(self) -> None:
        icon = self._theme.icon("warning", "ochre", 24)
        self._icon.setPixmap(icon.pixmap(QSize(24, 24), self.devicePixelRatio()))
