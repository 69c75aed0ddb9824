"""The tabs under the ranking: in their order, money only where the scheme has rates."""

from __future__ import annotations

from ui.widgets.result_tabs import COMPENSATION, ResultTabs


def test_the_tabs_in_their_order(open_session, qtbot):
    tabs = ResultTabs(open_session)
    qtbot.addWidget(tabs)
    titles = [tabs.tabs.tabText(n) for n in range(tabs.tabs.count())]
    assert titles == [
        "各类指数", "存量—增量", "走势", "得分构成", "对比", "升等次", "试算", "方法比较", "区域补偿",
    ]  # fmt: skip
    tabs.offer(COMPENSATION, offered=False)
    assert not tabs.tabs.isTabVisible(8)
    tabs.bring("试算")
    assert tabs.current is tabs.what_if
