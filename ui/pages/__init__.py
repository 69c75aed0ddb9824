"""The pages in the order of the rail; their classes are imported on the first visit."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module

from ui.pages.page import Page


@dataclass(frozen=True, slots=True)
class PageEntry:
    """A page in the rail. `needs_file`: it has nothing to show before an assessment is open."""

    key: str
    title: str
    icon: str
    module: str
    name: str
    needs_file: bool = True
    shortcut: str = ""

    def load(self) -> type[Page]:
        found: type[Page] = getattr(import_module(self.module), self.name)
        return found


PAGES: tuple[PageEntry, ...] = (
    PageEntry("start", "开始", "home", "ui.pages.start_page", "StartPage", needs_file=False, shortcut="Ctrl+1"),
    PageEntry("scheme", "方案", "scheme", "ui.pages.scheme_page", "SchemePage", shortcut="Ctrl+2"),
    PageEntry("forms", "下发", "send", "ui.pages.forms_page", "FormsPage", shortcut="Ctrl+3"),
    PageEntry("import", "导入", "import", "ui.pages.import_page", "ImportPage", shortcut="Ctrl+4"),
    PageEntry("data", "数据", "table", "ui.pages.data_page", "DataPage", shortcut="Ctrl+5"),
    PageEntry("review", "核对", "check", "ui.pages.review_page", "ReviewPage", shortcut="Ctrl+6"),
    PageEntry("results", "评分", "results", "ui.pages.results_page", "ResultsPage", shortcut="Ctrl+7"),
    PageEntry("scorecard", "成绩单", "paper", "ui.pages.scorecard_page", "ScorecardPage", shortcut="Ctrl+8"),
    PageEntry("archive", "归档", "archive", "ui.pages.archive_page", "ArchivePage", shortcut="Ctrl+9"),
)
