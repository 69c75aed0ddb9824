"""The form of the start page for a new year: last year's file, the new period, and the file to be made."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ecoscore.errors import EcoScoreError
from ecoscore.model.period import Period
from ui.session import Session
from ui.tasks import Cancelled, Progress


@dataclass(frozen=True, slots=True)
class LastYear:
    """What last year's file offers."""

    path: Path
    scheme: str
    districts: int
    periods: tuple[Period, ...]
    targets: int


def look_at(path: Path) -> LastYear:
    """Open last year's file for reading only."""
    from ecoscore.assessment import Assessment  # noqa: PLC0415

    with Assessment.open(path, read_only=True) as file:
        edition = f"{file.scheme.title}（{file.scheme.edition}）"
        last = file.periods[-1] if file.periods else None
        return LastYear(path, edition, len(file.districts), file.periods, len(file.targets(last)) if last else 0)


class NewYearForm(QWidget):
    """`wanted(last, path, period)` when the form is complete and its button is pressed."""

    wanted = Signal(object, object, object)
    given_up = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.last: LastYear | None = None
        self.source = QLineEdit(placeholderText="去年的考核文件（.ecos）")
        self.source.setAccessibleName("去年的考核文件")
        self.period = QLineEdit()
        self.period.setAccessibleName("新的考核期")
        self.period.setMaximumWidth(160)
        self.path = QLineEdit()
        self.path.setAccessibleName("新文件")
        self.facts = QFrame()
        self.problem = QLabel(objectName="problem")
        self.problem.setWordWrap(True)
        self.create_button = QPushButton("新建本年")
        self.create_button.setProperty("main", True)
        self._named = ""
        self._build()
        self.source.editingFinished.connect(self._look)
        self.period.textChanged.connect(lambda _: self._on_period())
        self.path.textChanged.connect(lambda _: self._check())
        self.create_button.clicked.connect(self._finish)
        self._check()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(QLabel("用去年文件新建本年", objectName="sectionTitle"))
        told = QLabel(
            "沿用去年的方案、区县和目标；去年及以前的数据带过来作基期。去年的文件不会改动。", objectName="muted"
        )
        told.setWordWrap(True)
        column.addWidget(told)
        column.addSpacing(8)
        column.addWidget(QLabel("去年的文件"))
        column.addLayout(_with_button(self.source, "选择…", self.choose_source))
        grid = QGridLayout(self.facts)
        grid.setContentsMargins(0, 6, 0, 6)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        self._told: list[QLabel] = []
        for row, name in enumerate(("方案", "区县", "带来的数据", "目标值")):
            key, value = QLabel(name), QLabel()
            key.setProperty("muted", True)
            value.setWordWrap(True)
            grid.addWidget(key, row, 0)
            grid.addWidget(value, row, 1)
            self._told.append(value)
        self.facts.hide()
        column.addWidget(self.facts)
        column.addSpacing(6)
        column.addWidget(QLabel("新的考核期"))
        column.addWidget(self.period)
        column.addSpacing(6)
        column.addWidget(QLabel("新文件"))
        column.addLayout(_with_button(self.path, "更改…", self._choose_path))
        column.addWidget(self.problem)
        column.addSpacing(12)
        row = QHBoxLayout()
        back = QPushButton("返回")
        back.clicked.connect(self.given_up)
        row.addWidget(self.create_button)
        row.addWidget(back)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)

    def start(self, suggestion: Path | None = None) -> None:
        """Show the form afresh, with the file opened last."""
        self.last = None
        self.facts.hide()
        self.problem.clear()
        self.period.clear()
        self.path.clear()
        self.source.setText(str(suggestion) if suggestion is not None else "")
        if suggestion is not None:
            self._look()
        self.source.setFocus()
        self._check()

    def choose_source(self) -> None:
        path = self._session.messages.open_file("选择去年的考核文件", self._session.settings.folder)
        if path is not None:
            self._session.settings.folder = path.parent
            self.source.setText(str(path))
            self._look()

    def _look(self) -> None:
        text = self.source.text().strip()
        if not text or (self.last is not None and self.last.path == Path(text)):
            return
        path = Path(text)

        def work(_progress: Progress, _cancelled: Cancelled) -> LastYear:
            return look_at(path)

        self._session.tasks.run(f"正在查看 {path.name}", work, self._on_looked, self._on_unread, owner=self)

    def _on_unread(self, error: EcoScoreError) -> None:
        self.last = None
        self.facts.hide()
        self.problem.setText(f"{error.message}。{error.advice}")
        self._check()

    def _on_looked(self, last: LastYear) -> None:
        from ecoscore.assessment.year import suggested_period  # noqa: PLC0415

        self.last = last
        for label, text in zip(
            self._told,
            (
                last.scheme, f"{last.districts} 个", "、".join(p.title for p in last.periods) or "没有",
                f"{last.targets} 个，照搬到新年度，请再核对" if last.targets else "没有",
            ),
            strict=True,
        ):  # fmt: skip
            label.setText(text)
        self.facts.show()
        period = suggested_period(last.periods)
        self.problem.setText("" if period is not None else "这个文件里没有数据，没有可以沿用的基期。")
        self.period.setText(str(period) if period is not None else "")
        self._check()

    def _period(self) -> Period | None:
        try:
            return Period.parse(self.period.text())
        except ValueError:
            return None

    def _on_period(self) -> None:
        """A name for the new file, as long as nobody has chosen another."""
        period = self._period()
        if self.last is not None and period is not None and self.path.text() in {"", self._named}:
            year = self.last.periods[-1].year if self.last.periods else 0
            stem = self.last.path.stem
            stem = stem.replace(str(year), str(period.year)) if str(year) in stem else f"{period.title}绿色政绩考核"
            self._named = str(_free(self.last.path.parent, stem))
            self.path.setText(self._named)
        self._check()

    def _check(self) -> None:
        ready = self.last is not None and self._period() is not None and bool(self.path.text().strip())
        self.create_button.setEnabled(ready)

    def _choose_path(self) -> None:
        path = self._session.messages.save_file("新文件", Path(self.path.text() or str(Path.home())))
        if path is not None:
            self.path.setText(str(path))

    def _finish(self) -> None:
        path, period = Path(self.path.text().strip()), self._period()
        if path.suffix.lower() != ".ecos":
            path = path.with_name(path.name + ".ecos")
        if self.last is not None and period is not None:
            self.wanted.emit(self.last.path, path, period)


def _with_button(field: QLineEdit, text: str, slot: Any) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(field, 1)
    button = QPushButton(text)
    button.clicked.connect(slot)
    row.addWidget(button)
    return row


def _free(folder: Path, stem: str) -> Path:
    """A name that is not taken yet."""
    path, number = folder / f"{stem}.ecos", 2
    while path.exists():
        path, number = folder / f"{stem}（{number}）.ecos", number + 1
    return path
