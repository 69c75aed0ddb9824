"""Where files are dropped, or chosen by a button, when a page has none yet."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui.theme import Theme

SHEET_SUFFIXES = frozenset({".xlsx", ".xlsm", ".xls", ".et", ".ods", ".csv", ".tsv", ".txt", ".zip"})


def sheets_in(data: QMimeData) -> list[Path]:
    """The tables and folders among what is dragged."""
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    return [path for path in paths if path.suffix.lower() in SHEET_SUFFIXES or path.is_dir()]


class DropArea(QFrame):
    """A dashed field with one sentence and two buttons."""

    files_wanted = Signal()
    folder_wanted = Signal()
    paste_wanted = Signal()
    dropped = Signal(list)  # list[Path]

    def __init__(self, theme: Theme, title: str, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._over = False
        self.setAcceptDrops(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(48, 32, 48, 32)
        layout.setSpacing(8)
        self._icon = QLabel()
        self.title = QLabel(title, objectName="sectionTitle")
        self.hint = QLabel(hint, objectName="muted")
        self.hint.setWordWrap(True)
        for label in (self._icon, self.title, self.hint):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.files_button = QPushButton("选择文件…")
        self.files_button.setProperty("main", True)
        self.folder_button = QPushButton("选择文件夹…")
        self.paste_button = QPushButton("粘贴表格")
        self.paste_button.setToolTip("在 Excel 或 WPS 里选中表格并复制，再到这里粘贴（Ctrl+V）")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(self.files_button)
        row.addWidget(self.folder_button)
        row.addWidget(self.paste_button)
        row.addStretch(1)
        layout.addStretch(2)
        layout.addWidget(self._icon)
        layout.addWidget(self.title)
        narrow = QHBoxLayout()
        narrow.addStretch(1)
        narrow.addWidget(self.hint, 3)
        narrow.addStretch(1)
        layout.addLayout(narrow)
        layout.addSpacing(16)
        layout.addLayout(row)
        layout.addStretch(3)
        self.files_button.clicked.connect(self.files_wanted)
        self.folder_button.clicked.connect(self.folder_wanted)
        self.paste_button.clicked.connect(self.paste_wanted)
        theme.changed.connect(self._dress)
        self._dress()

    def say(self, title: str, hint: str) -> None:
        self.title.setText(title)
        self.hint.setText(hint)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if sheets_in(event.mimeData()):
            event.acceptProposedAction()
            self._set_over(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._set_over(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._set_over(False)
        paths: Sequence[Path] = sheets_in(event.mimeData())
        event.acceptProposedAction()
        if paths:
            self.dropped.emit(list(paths))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(self._theme.color("pine" if self._over else "line"), 1.5, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(self._theme.color("pine_wash" if self._over else "surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(24.5, 24.5, -24.5, -24.5), 8, 8)

    def _set_over(self, over: bool) -> None:
        self._over = over
        self.update()

    def _dress(self) -> None:
        icon = self._theme.icon("import", "pine", 40)
        self._icon.setPixmap(icon.pixmap(QSize(40, 40), self.devicePixelRatio()))
        self.update()
