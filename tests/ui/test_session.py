"""The session: opening, creating, closing, editing through commands, and scoring in the background."""

from __future__ import annotations

from ecoscore.model.observation import Observation
from tests.ui.builders import Y2023, Y2024, make_file
from ui.commands.values import EditValue


def value(session, district="甲区", indicator="pm25", period=Y2024):
    held = session.assessment.observation(district, indicator, period)
    return None if held is None else held.value


def test_opening_tells_every_page_and_remembers_the_file(session, small_file):
    opened = []
    session.assessment_opened.connect(opened.append)
    session.open(small_file)
    assert session.assessment is None, "opening happens in the background"
    assert session.tasks.drain()
    assert [a.path for a in opened] == [small_file]
    assert session.period == Y2024
    (recent,) = session.settings.recent
    assert (recent.path, recent.districts, recent.period) == (str(small_file), 3, "2024")


def test_a_damaged_file_is_a_sentence_and_the_open_one_stays(open_session, said, tmp_path):
    bad = tmp_path / "坏.ecos"
    bad.write_bytes(b"not a database at all" * 100)
    before = open_session.assessment
    open_session.open(bad)
    assert open_session.tasks.drain()
    assert open_session.assessment is before
    assert "坏.ecos" in said.last


def test_creating_with_a_bundled_scheme(session, tmp_path):
    session.create(tmp_path / "新 年度.ecos", "jiangsu-green")
    assert session.tasks.drain()
    assert len(session.assessment.scheme.indicators) == 30
    assert session.assessment.districts == ()


def test_creating_over_an_existing_file_is_refused(session, said, small_file):
    held = small_file.read_bytes()
    session.create(small_file, "jiangsu-green")
    assert session.tasks.drain()
    assert session.assessment is None
    assert small_file.name in said.last
    assert small_file.read_bytes() == held


def test_closing_forgets_everything_of_the_file(open_session):
    open_session.undo_stack.push(EditValue(open_session, "PM2.5", ("甲区", "pm25", Y2024), None))
    open_session.select("甲区", "pm25")
    closed = []
    open_session.assessment_closed.connect(lambda: closed.append(True))
    open_session.close()
    assert closed == [True]
    assert open_session.assessment is None
    assert open_session.undo_stack.count() == 0
    assert open_session.selection.district is None


def test_opening_another_file_closes_the_first(open_session, tmp_path):
    first = open_session.assessment
    other = make_file(tmp_path / "另一个.ecos", ["甲区"])
    open_session.open(other)
    assert open_session.tasks.drain()
    assert open_session.assessment is not first
    assert open_session.assessment.path == other
    assert next(r.path for r in open_session.settings.recent) == str(other)


def test_the_result_comes_once_a_version(open_session, qtbot):
    with qtbot.waitSignal(open_session.result_ready) as got:
        assert open_session.result() is None
    result = got.args[0]
    assert open_session.result() is result
    open_session.undo_stack.push(
        EditValue(open_session, "PM2.5年均浓度", ("甲区", "pm25", Y2024), Observation("甲区", "pm25", Y2024, 50.0))
    )
    with qtbot.waitSignal(open_session.result_ready) as again:
        open_session.result()  # at once where scoring took next to no time before, else a moment later
    assert again.args[0].layers.total[0] < result.layers.total[0]
    assert open_session.result() is again.args[0]


def test_scoring_that_takes_long_does_not_hold_the_window(open_session, qtbot, monkeypatch):
    monkeypatch.setattr("ui.session._QUICK", -1.0)  # Windows' clock of threads may count a short scoring as nothing
    with qtbot.waitSignal(open_session.result_ready):
        assert open_session.result() is None
    open_session.write([Observation("甲区", "pm25", Y2024, 50.0)], [], "")
    with qtbot.waitSignal(open_session.result_ready):
        assert open_session.result() is None


def test_a_period_without_values_is_refused_not_scored(open_session, qtbot):
    from ecoscore.model.period import Period

    open_session.set_period(Period(2019))
    with qtbot.waitSignal(open_session.result_refused) as refused:
        assert open_session.result() is None
    assert refused.args[0].message


def test_periods_hold_values_and_the_current_one(open_session):
    from ecoscore.model.period import Period

    assert open_session.periods == (Y2023, Y2024)
    open_session.set_period(Period(2025))
    assert open_session.periods == (Y2023, Y2024, Period(2025))


def test_every_edit_is_saved_at_once(open_session, small_file):
    saved = []
    open_session.saved.connect(saved.append)
    open_session.undo_stack.push(
        EditValue(open_session, "PM2.5年均浓度", ("甲区", "pm25", Y2024), Observation("甲区", "pm25", Y2024, 31.0))
    )
    assert value(open_session) == 31.0
    assert len(saved) == 1


def test_the_count_of_answers_is_kept_up_with_every_change(open_session):
    from tests.ui.builders import not_applicable
    from ui.commands.values import ClearBlock

    def anew():
        held = open_session.assessment.observations(open_session.period).values()
        return sum(o.status.name != "MISSING" for o in held)

    assert open_session.answered == anew() == 8
    open_session.write([not_applicable("丙县", "forest", "无林地")], [], "")
    assert open_session.answered == anew() == 9
    open_session.undo_stack.push(ClearBlock(open_session, [("甲区", "pm25", Y2024), ("甲区", "pm25", Y2023)]))
    assert open_session.answered == anew() == 8
    open_session.undo_stack.undo()
    assert open_session.answered == anew() == 9
    open_session.set_period(Y2023)
    assert open_session.answered == anew() == 9
