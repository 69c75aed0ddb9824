"""The bar at the foot of the page: what happened, where, what to do; only there when there is something to say."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QWidget

from ui.messages import Message, Tone
from ui.theme import Theme

_LOOK = {
    Tone.INFO: ("info", "water"),
    Tone.SUCCESS: ("done", "pine"),
    Tone.WARNING: ("warning", "ochre"),
    Tone.ERROR: ("error", "cinnabar"),
}
_WORDS = {Tone.INFO: "提示", Tone.SUCCESS: "完成", Tone.WARNING: "注意", Tone.ERROR: "未完成"}


class MessageBar(QFrame):
    """Shows the latest message until it is closed, replaced, or cured."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("messageBar")
        self._theme = theme
        self.message: Message | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 8, 8)
        row.setSpacing(8)
        self._icon = QLabel()
        self._icon.setFixedSize(20, 20)
        self.text = QLabel(objectName="messageText")
        self.text.setWordWrap(True)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.button = QPushButton("处理")
        self._close = QToolButton()
        self._close.setAutoRaise(True)
        self._close.setIconSize(QSize(16, 16))
        self._close.setToolTip("关闭")
        self._close.setAccessibleName("关闭消息")
        self._close.clicked.connect(self.dismiss)
        self.button.clicked.connect(self._act)
        row.addWidget(self._icon, alignment=Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.text, 1)
        row.addWidget(self.button)
        row.addWidget(self._close, alignment=Qt.AlignmentFlag.AlignTop)
        theme.changed.connect(self._dress)
        self.hide()  # dressed when there is something to say

    def show_message(self, message: Message) -> None:
        self.message = message
        text = message.text + (f"　{message.advice}" if message.advice else "")
        self.text.setText(text)
        self.text.setAccessibleName(f"{_WORDS[message.tone]}：{text}")
        self.button.setVisible(message.action is not None)
        if message.action is not None:
            self.button.setText(message.action[0])
        self._dress()
        self.show()

    def clear(self, key: str = "") -> None:
        """Take the message away if it is this one; an empty key means any."""
        if self.message is not None and key in {"", self.message.key}:
            self.dismiss()

    def dismiss(self) -> None:
        self.message = None
        self.hide()

    def _act(self) -> None:
        if self.message is not None and self.message.action is not None:
            self.message.action[1]()

    def _dress(self) -> None:
        self._close.setIcon(self._theme.icon("close", "mist", 16))
        if self.message is None:
            return
        name, role = _LOOK[self.message.tone]
        self._icon.setPixmap(self._theme.icon(name, role, 20).pixmap(QSize(20, 20), self.devicePixelRatio()))
        self.setProperty("tone", str(self.message.tone))
        self.style().unpolish(self)
        self.style().polish(self)
