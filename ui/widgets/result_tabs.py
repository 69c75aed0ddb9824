"""The tabs under the ranking: which panels there are, in their order, each with its title."""

from __future__ import annotations

from ecoscore.assessment import figures
from ui.session import Session
from ui.widgets.index_panel import IndexPanel
from ui.widgets.reach_panel import ReachPanel
from ui.widgets.result_panels import CoursePanel, MakeUpPanel, PairPanel, PanelStack, ScatterPanel, Shown, TablePanel
from ui.widgets.what_if_panel import WhatIfPanel

COMPENSATION = "区域补偿"


class ResultTabs(PanelStack):
    """The panels that a page reaches for by name are attributes; the others are met by their tabs."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.index_panel = IndexPanel(session)
        self.what_if = WhatIfPanel(session)
        for title, panel in (
            ("各类指数", self.index_panel),
            ("存量—增量", ScatterPanel(session)),
            ("走势", CoursePanel(session)),
            ("得分构成", MakeUpPanel(session)),
            ("对比", PairPanel(session)),
            ("升等次", ReachPanel(session)),
            ("试算", self.what_if),
            ("方法比较", TablePanel(session, "方法比较", _methods, "没有可比的名次。")),
            (COMPENSATION, TablePanel(session, COMPENSATION, _compensation, "方案没有补偿标准。")),
        ):
            self.add(title, panel)


def _methods(shown: Shown) -> figures.Table:
    """For the peer group in front."""
    return figures.methods(shown.file, shown.period, shown.districts, shown.level)


def _compensation(shown: Shown) -> figures.Table | None:
    return figures.compensation(shown.file, shown.period, shown.level)
