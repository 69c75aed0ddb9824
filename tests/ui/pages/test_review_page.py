"""核对: what is open, settled in place by keyboard and mouse, undone again; events with their effect."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt

from ecoscore.model.observation import Observation, Status
from tests.ui.builders import SCHEME, Y2024, make_file
from tests.ui.waiting import settle_year as settle
from ui.commands.review import RecordEvent


@pytest.fixture
def page(window, session, tmp_path, monkeypatch):
    monkeypatch.setattr(
        "tests.ui.builders.SCHEME",
        SCHEME + "adjustments:\n  - {id: fine, title: 通报批评, kind: deduction, points: 30}\n",
    )
    session.open(make_file(tmp_path / "某市.ecos"))
    settle(session)
    file = session.assessment
    file.set_values([Observation("甲区", "pm25", Y2024, 1.5)], cleared=[("乙区", "pm25", Y2024)])
    session.announce()
    window.show_page("review")
    settle(session)
    return window.page


def tabs(page):
    return [page.tabs.tabText(n) for n in range(page.tabs.count())]


def choose(page, code, district=None):
    point = next(p for p in page.table.rows if p.finding.code == code and district in {None, p.finding.district})
    page.view.choose(point)
    return point


def test_points_are_grouped_with_who_answers(page, window):
    assert tabs(page) == ["全部（3）", "应报未报（2）", "可疑的数（1）", "加减分事项（0）"]
    assert page.subheading.whole == "2024年度 · 3 处待处理"
    assert {p.department for p in page.table.rows} == {"生态环境局", "未注明部门"}
    assert window.rail.buttons["review"].step.open_points == 3
    page.departments.setCurrentText("未注明部门")
    assert [p.finding.district for p in page.table.rows] == ["丙县"]


def test_a_value_is_filled_in_on_the_spot(page, session, qtbot):
    choose(page, "missing", "乙区")
    assert page.desk.unit.text() == "μg/m³"
    qtbot.keyClicks(page.desk.value, "42")
    qtbot.keyClick(page.desk.value, Qt.Key.Key_Return)
    settle(session)
    assert session.assessment.observation("乙区", "pm25", Y2024).value == 42.0
    assert all(p.finding.district != "乙区" for p in page.table.rows)
    session.undo_stack.undo()
    settle(session)
    assert any(p.finding.district == "乙区" for p in page.table.rows)


def test_a_wrong_value_is_explained_and_not_taken(page, session, qtbot, window):
    choose(page, "missing", "乙区")
    page.desk.value.insert("约42")
    page.desk.fill_button.click()
    assert window.message_bar.isVisible()
    assert session.assessment.observation("乙区", "pm25", Y2024) is None


@pytest.fixture
def goals(window, session, tmp_path, monkeypatch):
    """A scheme that scores 林木覆盖率 by its target, which nobody has set."""
    ratio = SCHEME.replace(
        "rule: {kind: efficacy, floor: 60, bounds: {worst: 10, best: 50}}", "rule: {kind: target_ratio}"
    )
    assert ratio != SCHEME
    monkeypatch.setattr("tests.ui.builders.SCHEME", ratio)
    session.open(make_file(tmp_path / "目标.ecos"))
    settle(session)
    window.show_page("review")
    settle(session)
    return window.page


def test_a_missing_target_is_filled_in_on_the_spot_and_undone(goals, session, qtbot, window):
    page = goals
    choose(page, "no_target", "乙区")
    assert page.desk.value.placeholderText() == "目标值" and not page.desk.na_button.isVisible()
    page.desk.value.insert("约24")
    qtbot.keyClick(page.desk.value, Qt.Key.Key_Return)
    assert "目标值" in window.message_bar.text.text() and not session.assessment.targets(Y2024)
    page.desk.value.clear()
    qtbot.keyClicks(page.desk.value, "24")
    qtbot.mouseClick(page.desk.fill_button, Qt.MouseButton.LeftButton)
    settle(session)
    assert [(t.district, t.indicator, t.value) for t in session.assessment.targets(Y2024)] == [("乙区", "forest", 24)]
    assert not any(p.finding.code == "no_target" and p.finding.district == "乙区" for p in page.table.rows)
    session.undo_stack.undo()
    settle(session)
    assert any(p.finding.code == "no_target" and p.finding.district == "乙区" for p in page.table.rows)


def test_all_targets_are_one_button_away(goals, window, qtbot):
    choose(goals, "no_target", "乙区")
    qtbot.mouseClick(goals.desk.cell_button, Qt.MouseButton.LeftButton)
    assert window.page.title == "方案" and window.page.tab == "targets"


def test_not_applicable_wants_its_ground(page, session, qtbot, window):
    choose(page, "missing", "丙县")
    page.desk.na_button.click()
    assert "没有写明依据" in window.message_bar.text.text()
    page.desk.ground.insert("无林地，市林函〔2024〕3号")
    page.desk.na_button.click()
    settle(session)
    held = session.assessment.observation("丙县", "forest", Y2024)
    assert (held.status, held.note) == (Status.NOT_APPLICABLE, "无林地，市林函〔2024〕3号")


def test_a_warning_is_accepted_with_a_reason_and_undone(page, session, qtbot):
    choose(page, "far_from_last_year")
    page.desk.ground.insert("经电话核实属实")
    qtbot.keyClick(page.desk.ground, Qt.Key.Key_Return)
    settle(session)
    assert all(p.finding.code != "far_from_last_year" for p in page.table.rows)
    assert session.assessment.journal(1)[-1].why == "经电话核实属实"
    page.accepted_box.setChecked(True)
    choose(page, "far_from_last_year")
    assert "认可：经电话核实属实" in page.desk.advice.text()
    page.desk.reopen_button.click()
    settle(session)
    assert choose(page, "far_from_last_year").is_open
    session.undo_stack.undo()
    settle(session)
    assert not choose(page, "far_from_last_year").is_open
    session.undo_stack.undo()
    settle(session)
    assert choose(page, "far_from_last_year").is_open


def test_many_are_settled_at_once(page, session):
    model = page.view.selectionModel()
    for row in range(page.view.proxy.rowCount()):
        index = page.view.proxy.index(row, 0)
        model.select(index, QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows)
    assert page.desk.sentence.text() == "选中 3 处"
    page.desk.ground.setText("年度汇审同意")
    page.desk.accept_button.click()
    settle(session)
    assert page.subheading.whole == "2024年度 · 没有待处理的问题"
    assert page.empty.text() == "没有待处理的问题，可以评分。"


def test_the_cell_is_a_key_away(page, window, session, qtbot):
    choose(page, "missing", "乙区")
    qtbot.keyClick(page.view, Qt.Key.Key_Return)
    assert window.page.title == "数据"
    assert (session.selection.district, session.selection.indicator) == ("乙区", "pm25")


def test_an_event_shows_its_effect_before_it_is_recorded(page, session, qtbot, said):
    page.receive("events")
    desk = page.events
    assert not desk.record_button.isEnabled()
    desk.district.setCurrentText("丙县")
    desk.matter.insert("通报某河段水质恶化")
    said.answers["open_files"] = [Path("/别处/督察通报.pdf"), Path("/别处/照片 1.jpg")]
    desk.attach_button.click()
    desk._ask_effect()
    settle(session)
    assert desk.effect.text().startswith("登记后丙县：总分 ")
    assert "名次" in desk.effect.text()
    desk.record_button.click()
    settle(session)
    (event,) = session.assessment.events(Y2024)
    assert (event.district, event.matter) == ("丙县", "通报某河段水质恶化")
    assert event.attachments == "督察通报.pdf、照片 1.jpg" and event.ground.endswith("附件：督察通报.pdf、照片 1.jpg")
    assert desk.matter.text() == ""
    desk._ask_effect()
    settle(session)
    assert desk.effect.text().startswith("撤销选中的这一项后丙县：总分 "), "what a recorded one does is told too"
    session.undo_stack.undo()
    assert session.assessment.events(Y2024) == ()
    session.undo_stack.redo()
    said.answers["ask_text"] = ""
    desk.remove_button.click()
    assert len(session.assessment.events(Y2024)) == 1, "without a reason nothing is taken back"
    said.answers["ask_text"] = "重复登记"
    desk.remove_button.click()
    assert session.assessment.events(Y2024) == ()
    assert session.assessment.journal(1)[-1].why == "重复登记"
    session.undo_stack.undo()
    assert len(session.assessment.events(Y2024)) == 1
    settle(session)


def test_the_same_matter_twice_is_refused_in_words(page, session, window):
    from ecoscore.model.adjustment import Event

    event = Event("甲区", Y2024, "fine", "某事")
    session.undo_stack.push(RecordEvent(session, event))
    page.events.refresh()
    page.receive("events")
    page.events.district.setCurrentText("甲区")
    page.events.matter.setText("某事")
    page.events._ask_effect()
    settle(session)
    assert "已经登记过" in page.events.effect.text()
    page.events.record()
    assert "已经登记过" in window.message_bar.text.text()
    assert session.undo_stack.count() == 1
    settle(session)
