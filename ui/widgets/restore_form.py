"""The form of the start page for bringing a backup back: of which file, which backup, as a new file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui.session import Session
from ui.tasks import Cancelled, Progress
from ui.widgets.backups_desk import BackupsDesk

_OTHER = "其他文件…"


class RestoreForm(QWidget):
    """Never writes over the file itself: that is done from 归档, where it is open and backed up first."""

    given_up = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.file = QComboBox()
        self.file.setAccessibleName("哪个文件的备份")
        self.desk = BackupsDesk(session)
        self.restore_button = QPushButton("恢复成新文件…")
        self.restore_button.setProperty("main", True)
        back = QPushButton("返回")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(QLabel("恢复备份", objectName="sectionTitle"))
        column.addSpacing(6)
        column.addWidget(QLabel("哪个文件的备份"))
        column.addWidget(self.file)
        column.addSpacing(6)
        column.addWidget(self.desk, 1)
        column.addSpacing(8)
        row = QHBoxLayout()
        row.addWidget(self.restore_button)
        row.addWidget(back)
        row.addStretch(1)
        column.addLayout(row)
        back.clicked.connect(self.given_up)
        self.file.activated.connect(self._on_file)
        self.desk.changed.connect(self._settle)
        self.restore_button.clicked.connect(self.restore)

    def start(self) -> None:
        """List the files opened lately, whether they are still there or not: a lost file is what backups are for."""
        self.file.clear()
        for entry in self._session.settings.recent:
            self.file.addItem(Path(entry.path).name, Path(entry.path))
            self.file.setItemData(self.file.count() - 1, entry.path, Qt.ItemDataRole.ToolTipRole)
        self.file.addItem(_OTHER, None)
        self.file.setCurrentIndex(0 if self.file.count() > 1 else -1)
        if self.file.count() > 1:
            self._on_file(0)
        self._settle()
        self.file.setFocus()

    def _on_file(self, at: int) -> None:
        path = self.file.itemData(at)
        if path is None:
            path = self._session.messages.open_file("选择考核文件", self._session.settings.folder)
            if path is None:
                return
            self.file.insertItem(0, path.name, path)
            self.file.setCurrentIndex(0)
        self.desk.refresh(path)
        self._settle()

    def _settle(self) -> None:
        self.restore_button.setEnabled(self.desk.current is not None)

    def restore(self) -> None:
        """Copy the chosen backup to a new file and open it."""
        backup, source = self.desk.current, self.desk.path
        if backup is None or source is None:
            return
        stamp = backup.time.replace(":", "").replace(" ", "-")
        suggestion = source.with_name(f"{source.stem} 恢复自{stamp}.ecos")
        path = self._session.messages.save_file("恢复成新文件", suggestion)
        if path is None:
            return
        path = path if path.suffix.lower() == ".ecos" else path.with_name(path.name + ".ecos")

        def work(_progress: Progress, _cancelled: Cancelled) -> Path:
            from ecoscore.assessment.backups import restore_as  # noqa: PLC0415

            return restore_as(backup.path, path)

        self._session.tasks.run("正在恢复备份", work, lambda made: self._session.open(made) and None)
