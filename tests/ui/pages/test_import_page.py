"""The import page, driven with real workbooks: preview, findings, choices, one write, one undo."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent

from tests.ui.builders import Y2024
from tests.ui.sheets import HEAD, bad_sheet, good_sheet, workbook
from ui.messages import Tone
from ui.models.changes_table import NEW, OLD
from ui.models.roles import ObjectRole


@pytest.fixture
def page(window, session, small_file):
    session.open(small_file)
    assert session.tasks.drain()
    window.show_page("import")
    return window.page


def value(session, district, indicator):
    found = session.assessment.observation(district, indicator, Y2024)
    return None if found is None else found.value


def read(page, *paths, **choices):
    page.read(list(paths), **choices)
    assert page.session.tasks.drain()


def click(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_before_there_are_files_the_page_asks_for_them(page, said, tmp_path, qtbot):
    assert page.drop_area.isVisible()
    assert not page.write_button.isVisible()
    said.answers["open_files"] = [good_sheet(tmp_path)]
    click(qtbot, page.drop_area.files_button)
    assert page.session.tasks.drain()
    assert page.plan is not None
    assert page.write_button.isVisible()


def test_a_folder_is_read_whole(page, said, tmp_path, qtbot):
    good_sheet(tmp_path / "报 送")
    said.answers["open_folder"] = tmp_path / "报 送"
    click(qtbot, page.drop_area.folder_button)
    assert page.session.tasks.drain()
    assert page.desk.files.rowCount() == 1


def test_good_sheet_says_what_it_would_do_and_does_it_in_one_step(page, said, tmp_path, qtbot):
    session = page.session
    read(page, good_sheet(tmp_path))
    counts = page.plan.counts
    assert (counts.new, counts.changed, counts.unchanged, counts.refused) == (1, 1, 7, 0)
    assert page.write_button.text() == "写入 2 个值"
    assert page.desk.no_findings.isVisible()
    click(qtbot, page.plan_bar.changes_button)
    assert page.changes_view.isVisible()
    changed = page.changes_view.model()
    assert [changed.index(0, c).data() for c in (OLD, NEW)] == ["32.5", "31"]

    click(qtbot, page.write_button)
    assert session.tasks.drain()
    assert value(session, "甲区", "pm25") == 31
    assert value(session, "丙县", "forest") == 46.5
    assert said.tones()[-1] is Tone.SUCCESS
    assert "新增 1 个值，修改 1 个" in said.last
    assert page.drop_area.isVisible()

    session.undo_stack.undo()
    assert value(session, "甲区", "pm25") == 32.5
    assert value(session, "丙县", "forest") is None
    assert not session.undo_stack.canUndo()


def test_errors_hold_the_write_back_until_the_user_leaves_them_out(page, tmp_path, qtbot):
    session = page.session
    read(page, bad_sheet(tmp_path))
    assert page.plan.counts.refused == 2
    assert not page.write_button.isEnabled()
    assert "跳过" in page.write_button.toolTip()
    assert "2 处" in page.plan_bar.skip.text()
    page.plan_bar.skip.click()
    assert page.write_button.isEnabled()
    click(qtbot, page.write_button)
    assert session.tasks.drain()
    assert value(session, "甲区", "pm25") == 31
    assert value(session, "甲区", "days") == 84.0  # as it was
    assert value(session, "乙区", "pm25") == 42.0


def test_choosing_a_finding_goes_to_its_cell_and_back(page, tmp_path):
    path = bad_sheet(tmp_path / "甲")
    read(page, good_sheet(tmp_path), path)
    error = next(f for f in page.plan.errors if f.cell == "C3")
    page.desk.file_list.setCurrentIndex(page.desk.files.index(page.desk.files.row_of("各区县 汇总.xlsx")))
    findings = page.desk.findings
    findings.activated.emit(findings.table.index_of(error))
    assert page.desk.file.name == error.file
    cell = page.desk.sheet.table.currentIndex()
    assert (cell.row(), cell.column()) == (2, 2)
    assert cell.data() == "约84"
    other = next(f for f in page.plan.errors if f.cell == "B4")
    page.desk.sheet.table.setCurrentIndex(page.desk.sheet.model.index(3, 1))
    assert findings.currentIndex().data(ObjectRole) == other


def test_unknown_districts_are_added_on_purpose_only(page, tmp_path, qtbot):
    path = workbook(tmp_path / "新 区.xlsx", [HEAD, ("丁区", 30, 85, 25)])
    read(page, path)
    assert page.plan_bar.add_districts.isVisible()
    assert not page.write_button.isEnabled()
    click(qtbot, page.plan_bar.add_districts)
    assert page.session.tasks.drain()
    assert [d.name for d in page.plan.new_districts] == ["丁区"]
    assert "丁区" in page.plan_bar.add_districts.text()
    click(qtbot, page.write_button)
    assert page.session.tasks.drain()
    assert value(page.session, "丁区", "days") == 85


def test_a_table_without_a_period_asks_for_one(page, tmp_path):
    path = workbook(tmp_path / "无 期.xlsx", [HEAD, ("甲区", 31, 84, 30)], title="")
    read(page, path)
    assert any(f.code == "period_unknown" for f in page.plan.findings)
    assert "没有写考核期" in page.period_bar.note.text()
    page.period_bar.box.setCurrentIndex(page.period_bar.box.findData("2024"))
    page.period_bar.box.activated.emit(page.period_bar.box.currentIndex())
    assert page.session.tasks.drain()
    assert page.plan.periods == (Y2024,)
    assert page.period_bar.box.currentText() == "2024年度"
    assert page.write_button.isEnabled()


def test_what_cannot_be_read_is_said_in_the_page(page, tmp_path):
    path = tmp_path / "坏 文件.xlsx"
    path.write_bytes(b"PK\x03\x04 not a workbook")
    read(page, path)
    assert page.desk.refusal.isVisible()
    assert page.desk.refusal.text()
    assert not page.write_button.isEnabled()


def test_nothing_to_read_leaves_the_drop_area(page, said, tmp_path):
    (tmp_path / "空 文件夹").mkdir()
    read(page, tmp_path / "空 文件夹")
    assert said.tones()[-1] is Tone.ERROR
    assert page.drop_area.isVisible()
    assert "拖到这里" in page.drop_area.title.text()


def test_reading_can_be_cancelled(page, said, tmp_path, monkeypatch):
    def slow(*_, cancelled, **__):
        while not cancelled():
            pass

    monkeypatch.setattr(page.session.assessment, "plan_import", slow)
    page.read([tmp_path])
    page.reading.cancel()
    assert page.session.tasks.drain()
    assert page.plan is None
    assert "已取消" in said.last
    assert page.more_button.isEnabled()


def test_a_newer_reading_takes_the_place_of_an_older_one(page, tmp_path):
    first, second = good_sheet(tmp_path / "甲"), bad_sheet(tmp_path / "乙")
    page.read([first])
    page.read([second])
    assert page.session.tasks.drain()
    assert [file.name for file in page.plan.files] == [second.name]
    assert page.reading is None


def test_files_dropped_on_the_page_are_read(page, tmp_path):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(good_sheet(tmp_path)))])
    area = page.drop_area
    flags = Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(9, 9), *flags)
    area.dragEnterEvent(enter)
    assert enter.isAccepted()
    area.dropEvent(QDropEvent(QPointF(9, 9), *flags))
    assert page.session.tasks.drain()
    assert page.plan.counts.changed == 1


def test_a_file_changed_since_the_preview_is_not_overwritten(page, said, tmp_path, qtbot):
    from dataclasses import replace

    session = page.session
    read(page, good_sheet(tmp_path))
    held = session.assessment.observation("甲区", "pm25", Y2024)
    session.assessment.set_values([replace(held, value=33.0)])
    click(qtbot, page.write_button)
    assert session.tasks.drain()
    assert said.tones()[-1] is Tone.ERROR
    assert value(session, "甲区", "pm25") == 33.0


def test_closing_the_file_forgets_the_plan(page, window, tmp_path):
    read(page, good_sheet(tmp_path))
    page.session.close()
    assert page.plan is None
    assert page.desk.files.rowCount() == 0
