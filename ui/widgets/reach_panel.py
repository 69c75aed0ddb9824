"""升等次: what the selected district would need to reach the grade above its own, found in the background."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QTableView, QVBoxLayout

from ui.session import Session
from ui.tasks import Cancelled, Progress
from ui.widgets.result_panels import Panel, Shown, TableBox


class ReachPanel(Panel):
    """A row for each indicator that could add points; a click leads to its working paper."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._latest: list[object] = []  # read in the background too: nobody waits for what another district needs
        self.box = TableBox(session.theme, "升等次")
        self.box.chosen.connect(self.indicator_chosen)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.box)

    def fill(self, shown: Shown) -> None:
        asked, latest = self._key(), self._latest
        latest[:] = [asked]
        self.box.show_table(None, "正在算各项要达到多少……")

        def work(_progress: Progress, cancelled: Cancelled) -> Any:
            from ecoscore.assessment.reach import reach  # noqa: PLC0415

            def gone() -> bool:
                return cancelled() or latest != [asked]

            return reach(shown.file, shown.period, shown.card.district, shown.level, gone)

        def done(table: Any) -> None:
            if self._key() == asked:
                self.box.show_table(table, "没有还能增加分数的指标。")

        def refused(error: Any) -> None:
            if self._key() == asked:
                self.box.show_table(None, f"{error.message}。")

        self.session.tasks.run("正在算升等次要达到多少", work, done, refused, quiet=True, owner=self)

    def views(self) -> Sequence[QTableView]:
        return (self.box.view,)
