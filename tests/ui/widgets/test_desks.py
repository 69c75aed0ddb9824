"""The desks of 核对, 归档 and the start page, each on its own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt

from ecoscore.assessment.review import Kind, OpenPoint
from ecoscore.model.adjustment import Adjustment, Layer
from ecoscore.model.finding import Finding, Severity
from ecoscore.model.journal import JournalEntry
from ecoscore.model.period import Period
from ecoscore.model.seal import PaperState, Seal, SealState
from tests.ui.builders import Y2023, Y2024
from tests.ui.waiting import settle
from ui.models.data_table import Filter
from ui.widgets.backups_desk import BackupsDesk
from ui.widgets.events_desk import EventsDesk, words_of
from ui.widgets.filter_button import FilterButton
from ui.widgets.journal_desk import JournalDesk
from ui.widgets.live_score import LiveScore
from ui.widgets.new_year_form import NewYearForm, look_at
from ui.widgets.point_desk import PointDesk
from ui.widgets.restore_form import RestoreForm
from ui.widgets.seals_desk import SealsDesk, YearRow
from ui.widgets.start_rows import Choice

WARNING = Finding(
    Severity.WARNING, "missing", "丙县“林木覆盖率”应报未报", "请补报", district="丙县", indicator="forest"
)


def point(finding, accepted=None):
    return OpenPoint(Kind.MISSING, finding, "林业局", "林木覆盖率", accepted)


def test_the_point_desk_offers_only_what_can_be_done(open_session, qtbot):
    desk = PointDesk(open_session.theme)
    qtbot.addWidget(desk)
    desk.show_points([point(WARNING)], open_session.scheme)
    assert desk.unit.text() == "%"
    assert not desk.accept_button.isHidden()
    assert desk.reopen_button.isHidden()
    error = replace(WARNING, severity=Severity.ERROR, indicator=None)
    desk.show_points([point(error)], open_session.scheme)
    assert desk.accept_button.isHidden()
    assert desk.na_button.isHidden()
    assert desk.value.isHidden()
    line = JournalEntry(1, "2025-03-01T10:00:00+08:00", "考核办", "accept_finding", "丙县", why="属实")
    desk.show_points([point(WARNING, line)], open_session.scheme)
    assert desk.advice.text() == "考核办 于 2025-03-01 10:00 认可：属实"
    assert not desk.reopen_button.isHidden()
    desk.show_points([], open_session.scheme)
    assert desk.isHidden()


def test_what_is_typed_for_one_point_is_not_left_for_another(open_session, qtbot):
    desk = PointDesk(open_session.theme)
    qtbot.addWidget(desk)
    desk.show_points([point(WARNING)], open_session.scheme)
    desk.value.setText("4")
    desk.show_points([point(WARNING)], open_session.scheme)
    assert desk.value.text() == "4"
    desk.show_points([point(replace(WARNING, district="乙区"))], open_session.scheme)
    assert desk.value.text() == ""


def test_an_adjustment_in_words():
    assert words_of(Adjustment("a", "获奖", Layer.BONUS, 2, cap=6)) == "加 2 分，最多 6 分"
    assert words_of(Adjustment("a", "事故", Layer.CEILING, grade="良好")) == "等次不高于良好"
    assert words_of(Adjustment("a", "破坏", Layer.VETO, grade="不合格")) == "等次定为不合格"


def test_a_scheme_without_adjustments_says_so(open_session, qtbot):
    desk = EventsDesk(open_session)
    qtbot.addWidget(desk)
    desk.refresh()
    desk._ask_effect()
    assert desk.effect.text() == "这个方案没有加减分项。"
    assert desk.event_to_be() is None


def test_a_year_in_words():
    seal = Seal(
        Y2024, 1, "SM3:" + "7f" * 32, "ab", "2025-03-01T10:00:00+08:00", "考核办", papers={"a.pdf": "1", "b.pdf": "2"}
    )
    assert YearRow(Y2024, 3).words == "未封存"
    assert YearRow(Y2024, 3, seal).words == "已封存"
    broken = YearRow(Y2024, 3, seal, SealState.DATA_CHANGED, (PaperState("a.pdf", "gone"), PaperState("b.pdf", "same")))
    assert (broken.words, broken.tone, broken.papers_told) == ("已封存，数据已被改动", "cinnabar", "2 份，1 份有变")
    assert seal.code == "7F7F-7F7F-7F7F-7F7F"
    assert seal.algorithm == "SM3"


def test_the_years_of_a_file_newest_first(open_session, qtbot):
    desk = SealsDesk(open_session)
    qtbot.addWidget(desk)
    desk.refresh()
    assert [r.period for r in desk.table.rows] == [Y2024, Y2023]
    assert desk.folder() is None
    assert "未封存" in desk.card.told


def test_the_journal_asks_for_more_only_when_there_is_more(open_session, qtbot, monkeypatch):
    monkeypatch.setattr("ui.widgets.journal_desk.PAGE", 5)
    desk = JournalDesk(open_session)
    qtbot.addWidget(desk)
    desk.refresh()
    settle(open_session)
    assert len(desk.table.rows) == 5
    assert not desk.more.isHidden()
    while not desk.more.isHidden():
        desk.more.click()
        settle(open_session)
    assert desk.said.text() == f"{len(desk.table.rows)} 条"


def test_a_broken_backup_is_told(open_session, qtbot):
    from ecoscore.assessment.backups import folder_of

    path = open_session.assessment.path
    folder = folder_of(path)
    (folder / "20250101-000000-000000-v1-x.ecos").write_bytes(b"x")
    desk = BackupsDesk(open_session)
    qtbot.addWidget(desk)
    desk.refresh(path)
    desk.view.choose(desk.table.rows[-1])
    settle(open_session)
    assert "打不开" in desk.card.told


def test_the_filter_button_says_what_it_keeps(open_session, qtbot):
    button = FilterButton(open_session.theme)
    qtbot.addWidget(button)
    button.offer(open_session.scheme, Filter())
    assert not button.isChecked()
    with qtbot.waitSignal(button.chosen) as got:
        button.menu().actions()[1].trigger()
    assert got.args == [Filter(only="missing")]
    assert "应报未报" in button.text()
    button.clear()
    assert button.text() == "筛选 ▼"


def test_the_live_score_keeps_still_where_there_is_no_district(open_session, qtbot):
    live = LiveScore(open_session)
    qtbot.addWidget(live)
    open_session.result()
    settle(open_session)
    assert live.isHidden()
    open_session.select("甲区", "pm25")
    assert not live.isHidden()
    assert live.effect.text() == ""
    open_session.set_period(Period(2019))
    open_session.result()
    settle(open_session)
    assert live.total.text() == "还不能评分"


def test_last_years_file_is_looked_at_without_being_touched(small_file, session, qtbot):
    before = small_file.read_bytes()
    last = look_at(small_file)
    assert (last.districts, last.periods) == (3, (Y2023, Y2024))
    assert small_file.read_bytes() == before
    form = NewYearForm(session)
    qtbot.addWidget(form)
    form.start(small_file)
    settle(session)
    assert form.period.text() == "2025"
    form.period.setText("不是年份")
    assert not form.create_button.isEnabled()


def test_without_recent_files_a_backup_is_asked_for_by_its_file(session, qtbot, said):
    form = RestoreForm(session)
    qtbot.addWidget(form)
    form.start()
    assert not form.restore_button.isEnabled()
    said.answers["open_file"] = Path("/没有/这个.ecos")
    form._on_file(form.file.count() - 1)
    assert form.desk.table.rows == ()


def test_a_large_choice_is_pressed_by_key(session, qtbot):
    choice = Choice(session.theme, "open", "打开", "继续上次的工作")
    qtbot.addWidget(choice)
    choice.show()
    with qtbot.waitSignal(choice.clicked):
        qtbot.keyClick(choice, Qt.Key.Key_Space)
