"""The strip that says which period an import's tables are of."""

from __future__ import annotations

from dataclasses import replace

from ecoscore.importing.plan import ImportPlan
from ecoscore.model.finding import Finding, Severity
from ecoscore.model.period import Period
from ui.widgets.period_bar import PeriodBar

Y2024, Y2023 = Period(2024), Period(2023)
PLAN = ImportPlan(None, (), ())


def test_it_offers_periods_newest_first_and_says_the_one_chosen(qtbot):
    bar = PeriodBar()
    qtbot.addWidget(bar)
    bar.show_plan(PLAN, [Y2023, Y2024])
    assert [bar.box.itemText(n) for n in range(bar.box.count())] == ["按表格所写", "2024年度", "2023年度"]
    assert bar.note.text() == "考核期按表格里写的读取。"
    with qtbot.waitSignal(bar.chosen) as chosen:
        bar.box.setCurrentIndex(1)
        bar.box.activated.emit(1)
    assert chosen.args == [Y2024]
    with qtbot.waitSignal(bar.chosen) as chosen:
        bar.box.setCurrentIndex(0)
        bar.box.activated.emit(0)
    assert chosen.args == [None]


def test_it_points_out_tables_that_do_not_say(qtbot):
    bar = PeriodBar()
    qtbot.addWidget(bar)
    silent = Finding(Severity.ERROR, "period_unknown", "看不出考核期", "请指定")
    bar.show_plan(replace(PLAN, findings=(silent,)), [Y2024])
    assert "没有写考核期" in bar.note.text() and bar.note.property("tone") == "warning"
    bar.show_plan(replace(PLAN, period=Y2024), [])
    assert bar.box.currentText() == "2024年度" and "2024年度" in bar.note.text()
