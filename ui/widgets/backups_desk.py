"""The backups of a file: when each was made and what is in it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ecoscore.errors import EcoScoreError
from ui.models.rows_table import Column, RowsTable
from ui.session import Session
from ui.tasks import Cancelled, Progress
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.facts_card import FactsCard
from ui.widgets.row_view import RowView

if TYPE_CHECKING:
    from ecoscore.assessment.backups import Backup, BackupContent


def _size(count: int) -> str:
    return f"{count / 1024:.0f} KB" if count < 1024 * 1024 else f"{count / 1024 / 1024:.1f} MB"


_COLUMNS = (
    Column("time", "备份时间", lambda b: b.time, width=200),
    Column("size", "大小", lambda b: _size(b.size), lambda b: b.size, width=110, numeric=True),
    Column("name", "文件", lambda b: b.path.name, width=360, tip=lambda b: str(b.path)),
)


class BackupsDesk(QWidget):
    """`changed` when another backup is chosen."""

    changed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._looked: dict[Path, BackupContent] = {}
        self.path: Path | None = None
        self.table = RowsTable(_COLUMNS, session.theme, parent=self)
        self.view = RowView(self.table, session.theme, "备份")
        self.view.nothing = "还没有备份：下次打开改动过的文件时会自动备份。"
        self.card = FactsCard()
        self.place = ElidedLabel()
        foot = QFrame(objectName="stripBelow")
        row = QHBoxLayout(foot)
        row.setContentsMargins(16, 8, 16, 8)
        row.addWidget(self.place, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.view, 1)
        layout.addWidget(foot)
        self.setFocusProxy(self.view)
        self.view.current_changed.connect(self._explain)

    @property
    def current(self) -> Backup | None:
        found: Backup | None = self.view.current
        return found

    def refresh(self, path: Path) -> None:
        """List the backups of a file."""
        from ecoscore.assessment.backups import backups_of, folder_of  # noqa: PLC0415

        self.path = path
        found = backups_of(path)
        self.table.show(found)
        told = (
            "每次打开改动过的文件时自动备份，保留最近 20 份"
            if found
            else "还没有备份：下次打开改动过的文件时会自动备份"
        )
        self.place.setText(f"{told}。备份在 {folder_of(path)}")
        self.view.choose(found[0] if found else None)
        self._explain(self.current)

    def _explain(self, backup: Backup | None) -> None:
        self.changed.emit()
        if backup is None:
            self.card.show_facts("备份", "", "选中一份备份，这里说明里面有什么。", [])
            return
        if backup.path in self._looked:
            self._tell(backup, self._looked[backup.path])
            return
        self.card.show_facts(backup.time, "", "正在查看……", [])

        def work(_progress: Progress, _cancelled: Cancelled) -> BackupContent:
            from ecoscore.assessment.backups import look_into  # noqa: PLC0415

            return look_into(backup.path)

        def done(content: BackupContent) -> None:
            self._looked[backup.path] = content
            if backup is self.current:
                self._tell(backup, content)

        def failed(error: EcoScoreError) -> None:
            if backup is self.current:
                self.card.show_facts(backup.time, "", f"这份备份打不开：{error}", [])

        self._session.tasks.run("", work, done, failed, quiet=True, owner=self)

    def _tell(self, backup: Backup, content: BackupContent) -> None:
        self.card.show_facts(
            backup.time,
            "",
            "",
            [
                ("里面有", [
                    ("考核期", "、".join(content.periods) or "还没有数据"), ("区县", f"{content.districts} 个"),
                    ("日志", f"{content.lines} 条"), ("最后一步", content.last),
                ]),
                ("文件", [("", str(backup.path))]),
            ],
        )  # fmt: skip
