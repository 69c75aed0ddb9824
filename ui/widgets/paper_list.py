"""What is to be printed or written: papers and districts as checklists, formats, and the watermark."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ui.delegates.row_delegate import RowDelegate
from ui.models.check_list import CheckList, Choice
from ui.models.roles import ObjectRole
from ui.papers import BY_DISTRICT
from ui.theme import Theme

DRAFT = "征求意见稿"


class PaperList(QFrame):
    """`current_changed` when another paper or district is to be looked at; `chosen_changed` when a tick changes."""

    current_changed = Signal()
    chosen_changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("paperList")
        self.papers = CheckList(self)
        self.districts = CheckList(self)
        self.paper_view = _list(self.papers, "报表")
        self.district_view = _list(self.districts, "区县")
        self.all_button = _link("全选")
        self.none_button = _link("全不选")
        self.count = QLabel(objectName="muted")
        self.pdf = QCheckBox("PDF")
        self.pdf.setChecked(True)
        self.excel = QCheckBox("Excel")
        self.excel.setChecked(True)
        self.word = QCheckBox("Word")
        self.bound = QCheckBox("PDF 合订成一册")
        self.draft = QCheckBox(f"封存前加水印“{DRAFT}”")
        self.draft.setChecked(True)
        self._sealed = False
        self._build()
        self._connect()
        theme.changed.connect(self.paper_view.viewport().update)
        theme.changed.connect(self.district_view.viewport().update)

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 10, 0, 10)
        layout.setSpacing(4)
        layout.addWidget(_head("报表"))
        layout.addLayout(_inset(self.paper_view), 3)
        layout.addSpacing(8)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 8, 0)
        row.setSpacing(0)
        row.addWidget(_head("区县"))
        row.addWidget(self.count, 1)
        row.addWidget(self.all_button)
        row.addWidget(self.none_button)
        layout.addLayout(row)
        layout.addLayout(_inset(self.district_view), 2)
        formats = QHBoxLayout()
        formats.setContentsMargins(16, 8, 8, 0)
        formats.setSpacing(16)
        formats.addWidget(self.pdf)
        formats.addWidget(self.excel)
        formats.addWidget(self.word)
        formats.addStretch(1)
        layout.addSpacing(4)
        layout.addWidget(_head("导出格式"))
        layout.addLayout(formats)
        mark = QVBoxLayout()
        mark.setContentsMargins(16, 6, 8, 4)
        mark.setSpacing(6)
        mark.addWidget(self.bound)
        mark.addWidget(self.draft)
        layout.addLayout(mark)

    def _connect(self) -> None:
        self.all_button.clicked.connect(lambda: self.districts.tick_all(True))
        self.none_button.clicked.connect(lambda: self.districts.tick_all(False))
        for model in (self.papers, self.districts):
            model.ticked.connect(self._on_ticked)
        for box in (self.pdf, self.excel, self.word):
            box.toggled.connect(self.chosen_changed)
        self.pdf.toggled.connect(self.bound.setEnabled)
        self.draft.toggled.connect(self.current_changed)
        self.paper_view.selectionModel().currentChanged.connect(self._on_paper)
        self.district_view.selectionModel().currentChanged.connect(self._on_district)

    # What is chosen. ------------------------------------------------------------------------------------------------

    @property
    def paper(self) -> str | None:
        return _key(self.paper_view)

    @property
    def paper_title(self) -> str:
        choice = self.paper_view.currentIndex().data(ObjectRole)
        return choice.title if isinstance(choice, Choice) else ""

    @property
    def district(self) -> str | None:
        return _key(self.district_view)

    @property
    def formats(self) -> tuple[str, ...]:
        return tuple(
            name for name, box in (("pdf", self.pdf), ("xlsx", self.excel), ("docx", self.word)) if box.isChecked()
        )

    @property
    def watermark(self) -> str:
        return DRAFT if self.draft.isChecked() and not self._sealed else ""

    @property
    def is_bound(self) -> bool:
        return self.bound.isChecked() and self.pdf.isChecked()

    def show_seal(self, *, sealed: bool) -> None:
        """A sealed year's papers are final: they take no mark of a draft."""
        self._sealed = sealed
        self.draft.setEnabled(not sealed)
        self.draft.setToolTip("这一期已经封存，报表是定稿，不加水印" if sealed else "封存以后自动不加")

    def show_choices(self, papers: Sequence[Choice], districts: Sequence[Choice], district: str | None) -> None:
        """Show what there is; the paper looked at stays, and `district` is looked at if it is there."""
        paper = self.paper
        for view in (self.paper_view, self.district_view):
            view.selectionModel().blockSignals(True)
        self.papers.show(papers)
        self.districts.show(districts)
        row = self.paper_view.sizeHintForRow(0) if papers else 0
        self.paper_view.setMinimumHeight(row * min(len(papers), 3) + 4)
        self.paper_view.setMaximumHeight(row * len(papers) + 4)
        self.paper_view.setCurrentIndex(self.papers.index(self.papers.row_of(paper or "") or 0))
        self.look_at(district)
        for view in (self.paper_view, self.district_view):
            view.selectionModel().blockSignals(False)

    def look_at(self, district: str | None) -> None:
        index = self.districts.index(self.districts.row_of(district or "") or 0)
        self.district_view.setCurrentIndex(index)
        self.district_view.scrollTo(index)

    def _on_paper(self, _current: QModelIndex) -> None:
        self.current_changed.emit()

    def _on_district(self, _current: QModelIndex) -> None:
        if self.paper not in BY_DISTRICT and self.papers.choices:  # a district has no ranking sheet of its own
            self.paper_view.selectionModel().blockSignals(True)
            self.paper_view.setCurrentIndex(self.papers.index(0))
            self.paper_view.selectionModel().blockSignals(False)
            self.paper_view.viewport().update()
        self.current_changed.emit()

    def _on_ticked(self) -> None:
        chosen, of = len(self.districts.chosen), len(self.districts.choices)
        self.count.setText(f" {chosen}/{of}" if of else "")
        self.chosen_changed.emit()


def _list(model: CheckList, name: str) -> QListView:
    view = QListView()
    view.setModel(model)
    view.setFrameShape(QFrame.Shape.NoFrame)
    view.setUniformItemSizes(True)
    view.setTextElideMode(Qt.TextElideMode.ElideMiddle)  # long names differ at their ends
    view.setItemDelegate(RowDelegate(parent=view))
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setAccessibleName(name)
    return view


def _key(view: QListView) -> str | None:
    choice = view.currentIndex().data(ObjectRole)
    return choice.key if isinstance(choice, Choice) else None


def _head(text: str) -> QLabel:
    label = QLabel(text, objectName="muted")
    label.setContentsMargins(16, 0, 0, 0)
    return label


def _inset(view: QListView) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(12, 0, 4, 0)
    row.addWidget(view)
    return row


def _link(text: str) -> QToolButton:
    button = QToolButton()
    button.setText(text)
    return button
