"""The district's groups against its peers: bars, and the radar beside them where there is a shape to see."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea

from ecoscore.reporting.charts import RADAR_LEAST, RADAR_MOST, group_bars, group_radar
from ecoscore.reporting.view_parts import GroupIndex
from ui.session import Session
from ui.widgets.chart_view import ChartView
from ui.widgets.result_panels import Panel, Shown

_ROOM_FOR_RADAR = 800
_NAME = 14  # letters of a name in a legend; the whole one stands beside
_FRAME, _GROUP = 60, 28  # pixels for legend and axis, and for each group: less and the figures touch


class IndexPanel(Panel):
    """Bars scroll where a scheme has many groups."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.chart = ChartView(session.theme)
        self.radar = ChartView(session.theme)
        self._groups: Sequence[GroupIndex] = ()
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(self.chart)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(scroll, 3)
        row.addWidget(self.radar, 2)

    def fill(self, shown: Shown) -> None:
        card = shown.card
        groups = self._groups = card.top_groups
        names = {"own": _short(card.district), "peers": f"{_short(card.peer_group)}平均"}
        self.chart.setMinimumHeight(_FRAME + _GROUP * len(groups))
        self.chart.show_chart(lambda width, height: group_bars(groups, width, height, **names), "没有可以画的指数。")
        self.radar.show_chart(lambda width, height: group_radar(groups, width, height, **names))
        self._choose()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._choose()

    def _choose(self) -> None:
        self.radar.setVisible(RADAR_LEAST <= len(self._groups) <= RADAR_MOST and self.width() >= _ROOM_FOR_RADAR)


def _short(name: str) -> str:
    """A long name with its middle left out: legends would else be drawn too small to be read."""
    half = _NAME // 2
    return name if len(name) <= _NAME else f"{name[:half]}…{name[-half:]}"
