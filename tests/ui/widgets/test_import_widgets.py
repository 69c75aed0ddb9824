"""The parts of the import page by themselves: the sheet, the findings, the foot bar."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from ecoscore.importing.plan import ImportPlan
from ecoscore.model.district import District
from ecoscore.model.finding import Finding, Severity
from tests.ui.models.test_import_models import ERROR, PLAN, SHEET, WARNING
from ui.models.roles import ObjectRole
from ui.widgets.findings_list import FindingsList
from ui.widgets.import_desk import ImportDesk
from ui.widgets.plan_bar import PlanBar
from ui.widgets.sheet_view import SheetView


def shown(qtbot, widget, width=480, height=320):
    qtbot.addWidget(widget)
    widget.resize(width, height)
    widget.show()
    qtbot.waitExposed(widget)
    return widget


def has_colour(widget, colour) -> bool:
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    wanted = colour.rgb()
    return any(image.pixel(x, y) == wanted for x in range(image.width()) for y in range(image.height()))


def test_a_refused_cell_is_outlined(session, qtbot):
    view = shown(qtbot, SheetView(session.theme))
    view.show_sheet(SHEET)
    view.table.setCurrentIndex(view.model.index(2, 0))
    assert has_colour(view.table, session.theme.color("cinnabar"))


def test_a_cell_is_brought_into_view_even_if_its_row_is_hidden(session, qtbot):
    from dataclasses import replace

    view = shown(qtbot, SheetView(session.theme))
    view.show_sheet(replace(SHEET, hidden_rows=frozenset({1})))
    assert view.table.isRowHidden(1)
    with qtbot.waitSignal(view.problem_chosen) as told:
        assert view.reveal("B2")
    assert told.args == [ERROR]
    assert not view.table.isRowHidden(1)
    assert not view.reveal("Z99")
    view.show_sheet(SHEET)
    assert not view.table.isRowHidden(1)


def test_merged_cells_span_and_the_caption_says_what_it_is(session, qtbot):
    from dataclasses import replace

    view = shown(qtbot, SheetView(session.theme))
    view.show_sheet(
        replace(SHEET, merges=((0, 0, 0, 9),), layout="区县×指标的表", total_rows=900, notes=("合计行未读取。",))
    )
    assert view.table.columnSpan(0, 0) == 2
    assert view.caption.text() == "区县×指标的表。合计行未读取。这里显示前 3 行，共 900 行；导入的是全部。"
    view.show_sheet(replace(SHEET, layout=""))
    assert "没有认出" in view.caption.text()
    assert view.table.columnSpan(0, 0) == 1


def test_findings_unfold_wrap_and_tell_which_was_chosen(session, qtbot):
    view = shown(qtbot, FindingsList(session.theme, {"unreadable": "读不成数值"}), 220, 400)
    long = Finding(Severity.ERROR, "unreadable", "甲区" * 60, "请核实后填写" * 20, file="甲.xlsx", cell="B9")
    view.show_findings([ERROR, long, WARNING])
    rects = [view.visualRect(view.table.index_of(f)) for f in (ERROR, long)]
    assert rects[1].height() > 3 * rects[0].height() / 2
    view.resize(900, 400)
    qtbot.waitUntil(lambda: view.visualRect(view.table.index_of(long)).height() < rects[1].height())
    with qtbot.waitSignal(view.chosen) as told:
        qtbot.mouseClick(
            view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(view.table.index_of(long)).center()
        )
    assert told.args == [long]
    kind = view.table.index(0, 0)
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(kind).center())
    assert not view.isExpanded(kind)
    view.reveal(ERROR)
    assert view.isExpanded(kind)
    assert view.currentIndex().data(ObjectRole) == ERROR
    view.grab()


def test_a_finding_is_chosen_by_the_keyboard_too(session, qtbot):
    view = shown(qtbot, FindingsList(session.theme))
    view.show_findings([ERROR])
    view.reveal(ERROR)
    with qtbot.waitSignal(view.chosen):
        qtbot.keyClick(view, Qt.Key.Key_Return)


def test_the_desk_opens_at_the_first_error(session, qtbot):
    desk = shown(qtbot, ImportDesk(session.theme), 1200, 500)
    desk.show_plan(PLAN)
    assert desk.file.name == "甲.xlsx"
    desk.file_list.setCurrentIndex(desk.files.index(2))
    assert desk.refusal.isVisible()  # 丙.xls could not be read: there is no sheet to show
    desk.reveal(ERROR)
    assert desk.sheet.table.currentIndex().data() == "约42"
    desk.show_plan(None)
    assert desk.file is None


def test_counts_and_choices_of_a_plan(session, qtbot):
    bar = shown(qtbot, PlanBar(session.theme), 1100, 80)
    bar.show_plan(PLAN, unknown_districts=0, adds_districts=False)
    text = bar.counts.text()
    assert [text.count(f"{word} ") for word in ("新增", "修改", "不变", "拒绝")] == [1, 1, 1, 1]
    assert "这 1 处不导入" in bar.skip.text()
    assert bar.skip.isVisible()
    assert not bar.add_districts.isVisible()
    bar.skip.setChecked(True)
    bar.show_plan(ImportPlan(None, (), (), new_districts=(District("丁区"),)), unknown_districts=0, adds_districts=True)
    assert not bar.skip.isVisible()
    assert not bar.skip.isChecked()  # a choice made for one plan is not carried to the next
    assert bar.add_districts.text() == "同时新增区县：丁区"
    assert not bar.changes_button.isEnabled()


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_sheet_follows_the_theme(session, qtbot, mode):
    view = shown(qtbot, SheetView(session.theme))
    view.show_sheet(SHEET)
    session.theme.choose(mode)
    view.table.setCurrentIndex(view.model.index(2, 0))
    assert has_colour(view.table, session.theme.color("cinnabar"))
