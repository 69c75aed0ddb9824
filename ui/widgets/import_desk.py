"""The three columns of an import: files, the sheet as it is, findings; they point at one another."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QListView, QSplitter, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from ecoscore.importing.plan import ImportPlan, SheetPreview, SourceFile
from ecoscore.model.finding import Finding
from ui.delegates.file_delegate import FileDelegate
from ui.finding_titles import FINDING_TITLES
from ui.models.import_files import ImportFiles
from ui.models.roles import ObjectRole
from ui.theme import Theme
from ui.widgets.findings_list import FindingsList
from ui.widgets.sheet_view import SheetView


class ImportDesk(QSplitter):
    """Shows an ImportPlan. Choosing a finding brings up its file, sheet and cell."""

    layout_told = Signal(str, str, object)  # file, sheet, LayoutHint

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(1)
        self.files = ImportFiles(theme, self)
        self.file_list = QListView()
        self.file_list.setModel(self.files)
        self.file_list.setItemDelegate(FileDelegate(theme, self.file_list))
        self.file_list.setFrameShape(QFrame.Shape.NoFrame)
        self.file_list.setMouseTracking(True)
        self.file_list.setAccessibleName("文件")
        self.tabs = QTabBar()
        self.tabs.setAccessibleName("表")
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setUsesScrollButtons(True)
        self.sheet = SheetView(theme)
        self.refusal = QLabel(objectName="muted")
        self.refusal.setWordWrap(True)
        self.refusal.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.refusal.setContentsMargins(48, 24, 48, 24)
        self.findings = FindingsList(theme, FINDING_TITLES)
        self.no_findings = QLabel("没有问题。", objectName="muted")
        self.no_findings.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        self.no_findings.setContentsMargins(16, 24, 16, 16)
        self._plan: ImportPlan | None = None
        self._build()
        theme.changed.connect(self.file_list.viewport().update)

    def _build(self) -> None:
        self._middle = QStackedWidget()
        self._middle.addWidget(self.sheet)
        self._middle.addWidget(self.refusal)
        centre = QWidget()
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tabs)
        column.addWidget(self._middle, 1)
        self._right = QStackedWidget()
        self._right.addWidget(self.findings)
        self._right.addWidget(self.no_findings)
        for widget, least in ((self.file_list, 150), (centre, 320), (self._right, 200)):
            widget.setMinimumWidth(least)
            self.addWidget(widget)
        self.setStretchFactor(0, 0)
        self.setStretchFactor(1, 1)
        self.setStretchFactor(2, 0)
        self.setSizes([196, 700, 300])
        self.file_list.selectionModel().currentChanged.connect(self._on_file)
        self.tabs.currentChanged.connect(self._on_tab)
        self.findings.chosen.connect(self.reveal)
        self.sheet.problem_chosen.connect(self.findings.reveal)
        self.sheet.layout_told.connect(self._on_layout_told)

    def show_plan(self, plan: ImportPlan | None) -> None:
        self._plan = plan
        self.files.show(plan)
        self.findings.show_findings(plan.findings if plan is not None else ())
        self._right.setCurrentIndex(0 if plan is not None and plan.findings else 1)
        if plan is not None and plan.files:
            first = next((f.file for f in plan.findings if f.is_error and f.file), None)
            row = self.files.row_of(first) if first is not None else None
            self.file_list.setCurrentIndex(self.files.index(row or 0))

    def reveal(self, finding: Finding) -> None:
        """Show where a finding is: its file, its sheet, its cell."""
        if finding.file is not None:
            self.reveal_place(finding.file, finding.sheet or "", finding.cell or "")

    def reveal_place(self, name: str, sheet: str, cell: str) -> None:
        row = self.files.row_of(name)
        if row is None:
            return
        self.file_list.setCurrentIndex(self.files.index(row))
        file: SourceFile = self.files.index(row).data(ObjectRole)
        names = [one.name for one in file.sheets]
        if sheet in names:
            self.tabs.setCurrentIndex(names.index(sheet))
        if cell:
            self.sheet.reveal(cell)

    def show_again(self, name: str, sheet: str) -> None:
        """After a new plan of the same files: stay with the sheet one was looking at."""
        self.reveal_place(name, sheet, "")

    def _on_layout_told(self, hint: object) -> None:
        sheet = self.sheet.model.sheet
        if self.file is not None and sheet is not None:
            self.layout_told.emit(self.file.name, sheet.name, hint)

    @property
    def file(self) -> SourceFile | None:
        found: SourceFile | None = self.file_list.currentIndex().data(ObjectRole)
        return found

    def _on_file(self, _current: QModelIndex) -> None:
        file = self.file
        self.tabs.blockSignals(True)
        while self.tabs.count():
            self.tabs.removeTab(0)
        for sheet in file.sheets if file is not None else ():
            self.tabs.addTab(_tab_title(sheet))
        self.tabs.blockSignals(False)
        self.tabs.setVisible(self.tabs.count() > 1)
        self.tabs.updateGeometry()  # tabs added while hidden are not laid out of themselves
        if file is None or not file.sheets:
            self.refusal.setText(self._why_nothing(file))
            self._middle.setCurrentWidget(self.refusal)
            return
        self._middle.setCurrentWidget(self.sheet)
        wanted = next((n for n, sheet in enumerate(file.sheets) if sheet.problems), None)
        if wanted is None:
            wanted = next((n for n, sheet in enumerate(file.sheets) if sheet.layout), 0)
        self.tabs.setCurrentIndex(wanted)
        self._on_tab(wanted)

    def _on_tab(self, number: int) -> None:
        file = self.file
        if file is not None and 0 <= number < len(file.sheets):
            self.sheet.show_sheet(file.sheets[number])

    def _why_nothing(self, file: SourceFile | None) -> str:
        if file is None or self._plan is None:
            return ""
        said = [f.message + (f"\n{f.advice}" if f.advice else "") for f in self._plan.findings if f.file == file.name]
        return "\n\n".join(said) or "这个文件里没有表。"


def _tab_title(sheet: SheetPreview) -> str:
    errors = sum(f.is_error for f in sheet.problems.values())
    return f"{sheet.name}（{errors}）" if errors else sheet.name
