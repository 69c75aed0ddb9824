"""The facade: what is accepted is in the file with its journal lines, what is refused leaves no trace."""

from __future__ import annotations

import shutil
import sqlite3
import threading

import numpy as np
import pytest

from ecoscore.assessment import Assessment
from ecoscore.errors import EnvironmentFailed, InputRefused
from ecoscore.importing.entries import Action, PlanEntry
from ecoscore.importing.plan import FileState, ImportPlan, PlanTarget, SourceFile
from ecoscore.model.adjustment import Event
from ecoscore.model.district import District, Level
from ecoscore.model.finding import Finding, Severity
from ecoscore.model.journal import described
from ecoscore.model.observation import Observation, Status, Target
from ecoscore.model.period import Period
from ecoscore.schemes import parse_scheme

SCHEME = parse_scheme(
    """
id: small
title: 小方案
edition: "2024"
missing: zero
groups:
  - id: air
    title: 大气
    indicators:
      - {id: pm25, title: PM2.5年均浓度, unit: μg/m³, direction: lower, weight: 60, valid: [0, 500],
         rule: {kind: minmax, bounds: {worst: 60, best: 20}}}
      - {id: days, title: 优良天数比例, unit: "%", weight: 40, valid: [0, 100], rule: {kind: minmax, bounds: {worst: 50, best: 100}}}
adjustments:
  - {id: award, title: 省级命名, kind: bonus, points: 2}
grades: [{title: 优秀, min: 90}, {title: 良好, min: 70}, {title: 合格, min: 60}, {title: 不合格, min: 0}]
""",
    "小方案.yaml",
)
A, B = District("甲区", peer_group="城区"), District("乙县", peer_group="城区")
P23, P24 = Period(2023), Period(2024)


def value(district, indicator, number, period=P24, **more):
    return Observation(district, indicator, period, number, **more)


@pytest.fixture
def path(tmp_path):
    folder = tmp_path / "某市 年度考核"
    folder.mkdir()
    return folder / "考核 2024.ecos"


@pytest.fixture
def file(path):
    with Assessment.create(path, SCHEME, [A, B]) as assessment:
        yield assessment


def test_created_and_opened_again_it_is_the_same(path):
    Assessment.create(path, SCHEME, [A, B]).close()
    with Assessment.open(path) as again:
        assert again.scheme == SCHEME
        assert again.districts == (A, B)
        assert again.periods == ()
        assert [e.action for e in again.journal()] == ["create", "adopt_scheme", "add_district", "add_district"]


def test_creating_over_a_file_is_refused_and_two_districts_of_one_name_too(path):
    with pytest.raises(InputRefused, match="重名"):
        Assessment.create(path, SCHEME, [A, A])
    assert not path.exists()
    path.write_text("别人的文件", encoding="utf-8")
    with pytest.raises(InputRefused, match="文件已存在"):
        Assessment.create(path, SCHEME)
    assert path.read_text(encoding="utf-8") == "别人的文件"


# Values. -----------------------------------------------------------------------------------------------------------


def test_a_value_is_in_the_file_when_the_call_returns(file, path):
    (change,) = file.set_values([value("甲区", "pm25", 42.0)], why="年报")
    assert (change.old, change.new.value) == (None, 42.0)
    copy = path.with_name("拷走.ecos")
    shutil.copy(path, copy)
    with Assessment.open(copy) as other:
        assert other.observation("甲区", "pm25", P24) == value("甲区", "pm25", 42.0)
        last = other.journal()[-1]
    assert (last.action, last.subject, last.old, last.new, last.why) == (
        "set_value",
        "甲区 PM2.5年均浓度 2024年度",
        None,
        "42",
        "年报",
    )
    assert (last.district, last.indicator, last.period) == ("甲区", "pm25", "2024")


def test_old_and_new_of_a_changed_and_a_cleared_value(file):
    file.set_values([value("甲区", "pm25", 42.0)])
    file.set_values([Observation("甲区", "pm25", P24, None, Status.NOT_APPLICABLE, note="无监测点")])
    (change,) = file.set_values([], cleared=[("甲区", "pm25", P24), ("乙县", "pm25", P24)])
    assert change.new is None
    assert [(e.action, e.old, e.new) for e in file.journal(2)] == [
        ("set_value", "42", "不适用（附注：无监测点）"),
        ("clear_value", "不适用（附注：无监测点）", None),
    ]
    assert file.observation("甲区", "pm25", P24) is None


def test_setting_what_is_there_changes_nothing(file):
    file.set_values([value("甲区", "pm25", 42.0, raw="42")])
    version, lines = file.version, len(file.journal())
    assert file.set_values([value("甲区", "pm25", 42.0, raw="42.0", source="另一个文件")]) == ()
    assert file.set_values([], cleared=[("乙县", "pm25", P24)]) == ()
    assert (file.version, len(file.journal())) == (version, lines)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (value("丙区", "pm25", 1.0), "unknown_district"),
        (value("甲区", "pm10", 1.0), "unknown_indicator"),
        (value("甲区", "pm25", -1.0), "out_of_range"),
        (value("甲区", "days", 100.5), "out_of_range"),
        (value("甲区", "pm25", float("nan")), "not_a_number"),
        (value("甲区", "pm25", float("inf")), "not_a_number"),
    ],
)
def test_one_wrong_value_refuses_all_with_a_finding(file, wrong, code):
    version, lines = file.version, len(file.journal())
    with pytest.raises(InputRefused) as caught:
        file.set_values([value("乙县", "pm25", 30.0), wrong])
    assert [f.code for f in caught.value.findings] == [code]
    assert caught.value.findings[0].advice
    assert file.observations(P24) == {}
    assert (file.version, len(file.journal())) == (version, lines)


def test_one_cell_twice_in_one_change_is_refused(file):
    with pytest.raises(InputRefused, match="两次"):
        file.set_values([value("甲区", "pm25", 1.0), value("甲区", "pm25", 2.0)])


def test_a_range_is_told_with_its_limits_and_unit(file):
    with pytest.raises(InputRefused) as caught:
        file.set_values([value("甲区", "pm25", 600.0)])
    assert caught.value.findings[0].message == "甲区 PM2.5年均浓度 2024年度：600 不在允许范围 0 至 500（μg/m³）之内"


def test_what_a_reader_holds_does_not_change_under_his_eyes(file):
    file.set_values([value("甲区", "pm25", 42.0)])
    before, arrays = file.observations(P24), file.dataset()
    file.set_values([value("甲区", "pm25", 43.0)])
    assert before["甲区", "pm25"].value == 42.0
    assert arrays.values[0, 0, 0] == 42.0
    assert file.observations(P24)["甲区", "pm25"].value == 43.0
    assert file.dataset().values[0, 0, 0] == 43.0


def test_the_amended_dataset_is_what_reading_anew_gives(file, path):
    file.set_values(
        [value(d, i, n, p) for d in ("甲区", "乙县") for i, n in [("pm25", 40.0), ("days", 80.0)] for p in (P23, P24)]
    )
    file.dataset()
    file.set_values(
        [value("甲区", "pm25", 41.0, basis="新标准"), Observation("乙县", "days", P23, None, Status.NO_DATA)]
    )
    amended = file.dataset()
    with Assessment.open(path, read_only=True) as anew:
        fresh = anew.dataset()
    for name in ("values", "status", "targets"):
        np.testing.assert_array_equal(getattr(amended, name), getattr(fresh, name))
    assert dict(amended.basis) == dict(fresh.basis) == {(P24, "甲区", "pm25"): "新标准"}


def test_a_period_comes_and_goes_with_its_values(file):
    file.set_values([value("甲区", "pm25", 1.0, P23), value("甲区", "pm25", 1.0, P24)])
    assert file.periods == (P23, P24)
    file.set_values([], cleared=[("甲区", "pm25", P23)])
    assert file.periods == file.dataset().periods == (P24,)


def test_a_disk_that_fails_in_the_middle_leaves_file_and_memory_as_they_were(file, path, monkeypatch):
    file.set_values([value("甲区", "pm25", 42.0)])
    content = path.read_bytes()

    def full(_lines):
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(file._store, "append", full)
    with pytest.raises(sqlite3.OperationalError):
        file.set_values([value("甲区", "pm25", 43.0)])
    monkeypatch.undo()
    assert path.read_bytes() == content
    assert file.observation("甲区", "pm25", P24).value == 42.0
    assert file.check() == ()


def test_two_threads_lose_nothing(file):
    def work(district):
        for n in range(20):
            file.set_values([value(district, "pm25", float(n + 1))])

    threads = [threading.Thread(target=work, args=(d.name,)) for d in (A, B)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(file.journal()) == 4 + 40
    assert file.check() == ()


def test_another_windows_change_is_seen(file, path):
    file.set_values([value("甲区", "pm25", 42.0)])
    file.score(P24)
    version = file.version
    with Assessment.open(path) as other:
        other.set_values([value("甲区", "pm25", 20.0)])
    assert file.version > version
    assert file.observation("甲区", "pm25", P24).value == 20.0
    assert file.score(P24).cells.value[0, 0] == 20.0


# Districts, targets, events. ---------------------------------------------------------------------------------------


def test_districts_are_added_at_the_end_and_once(file):
    file.add_districts([District("丙区"), District("丁区")], why="区划调整")
    assert [d.name for d in file.districts] == ["甲区", "乙县", "丙区", "丁区"]
    assert file.journal()[-1].why == "区划调整"
    with pytest.raises(InputRefused, match="重名"):
        file.add_districts([District("戊区"), District("甲区")])
    assert len(file.districts) == 4


def test_targets_for_one_and_for_all(file):
    file.set_values([value("甲区", "pm25", 42.0)])
    file.set_targets([Target(None, "pm25", P24, 35.0), Target("乙县", "pm25", P24, 33.0)])
    lines = len(file.journal())
    file.set_targets([Target(None, "pm25", P24, 35.0)])
    assert len(file.journal()) == lines
    assert file.dataset().targets[0, :, 0].tolist() == [35.0, 33.0]
    assert [(e.subject, e.old, e.new) for e in file.journal(2)] == [
        ("全部区县 PM2.5年均浓度 2024年度", None, "35"),
        ("乙县 PM2.5年均浓度 2024年度", None, "33"),
    ]
    with pytest.raises(InputRefused, match="没有这个区县"):
        file.set_targets([Target("丙区", "pm25", P24, 1.0)])


def test_an_event_counts_once_and_can_be_withdrawn(file):
    event = Event("甲区", P24, "award", "省级园林城区", document="苏政发〔2024〕1号")
    file.set_values([value(d.name, "pm25", 40.0) for d in (A, B)])
    file.record_event(event, why="文件")
    assert file.score(P24).layers.bonus.tolist() == [2.0, 0.0]
    with pytest.raises(InputRefused, match="已经登记过"):
        file.record_event(event)
    file.remove_event(event, why="重复")
    assert file.score(P24).layers.bonus.tolist() == [0.0, 0.0]
    with pytest.raises(InputRefused, match="没有登记过"):
        file.remove_event(event)
    assert [e.action for e in file.journal(2)] == ["record_event", "remove_event"]


@pytest.mark.parametrize(
    ("event", "code"),
    [
        (Event("丙区", P24, "award", "事"), "unknown_district"),
        (Event("甲区", P24, "prize", "事"), "unknown_adjustment"),
        (Event("甲区", P24, "award", " "), "no_ground"),
        (Event("甲区", P24, "award", "事", 0), "bad_count"),
    ],
)
def test_an_event_without_its_ground_is_refused(file, event, code):
    with pytest.raises(InputRefused) as caught:
        file.record_event(event)
    assert [f.code for f in caught.value.findings] == [code]
    assert file.events() == ()


# Importing. --------------------------------------------------------------------------------------------------------


def plan_of(*entries, findings=(), new_districts=(), targets=()):
    made = tuple(PlanEntry(action, new, old, "甲区.xlsx", "表1", "C7") for action, new, old in entries)
    source = SourceFile(None, "甲区.xlsx", "ab" * 32, FileState.READ)
    return ImportPlan(P24, (source,), made, targets, new_districts, findings)


ERROR = Finding(Severity.ERROR, "unreadable", "不是数", "请改正", file="甲区.xlsx", sheet="表1", cell="C9")


def test_a_plan_is_written_in_one_transaction_with_a_line_for_the_import(file):
    new = value("甲区", "pm25", 42.0, source="甲区.xlsx › 表1 › C7")
    far = District("丙区")
    plan = plan_of(
        (Action.NEW, new, None), (Action.NEW, value("丙区", "days", 80.0), None),
        new_districts=(far,), targets=(PlanTarget(Action.NEW, Target("甲区", "pm25", P24, 35.0), None, "甲区.xlsx", "表1", "D7"),),
    )  # fmt: skip
    outcome = file.apply_import(plan, why="报送")
    assert (outcome.added, outcome.changed, outcome.targets, outcome.districts) == (2, 0, 1, 1)
    lines = file.journal()[4:]
    assert [e.action for e in lines] == ["import", "add_district", "set_value", "set_value", "set_target"]
    assert lines[0].source == f"甲区.xlsx sha256:{'ab' * 32}"
    assert lines[2].source == "甲区.xlsx › 表1 › C7"
    assert {e.why for e in lines} == {"报送"}
    assert file.check() == ()


def test_nothing_is_written_while_errors_stand(file, path):
    content = path.read_bytes()
    plan = plan_of((Action.NEW, value("甲区", "pm25", 42.0), None), findings=(ERROR,))
    with pytest.raises(InputRefused) as caught:
        file.apply_import(plan)
    assert caught.value.findings == (ERROR,)
    assert path.read_bytes() == content
    assert file.apply_import(plan, skip_errors=True).left_out == 1
    assert file.observation("甲区", "pm25", P24).value == 42.0


def test_importing_the_same_again_writes_no_line(file):
    new = value("甲区", "pm25", 42.0)
    file.apply_import(plan_of((Action.NEW, new, None)))
    lines = len(file.journal())
    outcome = file.apply_import(plan_of((Action.UNCHANGED, new, new)))
    assert (outcome.accepted, outcome.unchanged, len(file.journal())) == (0, 1, lines)


def test_a_plan_made_before_another_change_is_refused(file):
    plan = plan_of((Action.NEW, value("甲区", "pm25", 42.0), None))
    file.set_values([value("甲区", "pm25", 50.0)])
    with pytest.raises(InputRefused, match="预览之后被修改过"):
        file.apply_import(plan)
    assert file.observation("甲区", "pm25", P24).value == 50.0


# Scoring and the rest. ---------------------------------------------------------------------------------------------


def test_scores_are_kept_until_something_changes(file):
    file.set_values([value(d.name, i, n) for d in (A, B) for i, n in [("pm25", 40.0), ("days", 75.0)]])
    first = file.score(P24)
    assert first is file.score(P24)
    assert first.layers.total.tolist() == [50.0, 50.0]
    file.set_values([value("甲区", "pm25", 20.0)])
    assert file.score(P24).layers.total.tolist() == [80.0, 50.0]


def test_a_period_without_values_is_refused_and_says_which_there_are(file):
    file.set_values([value("甲区", "pm25", 40.0, P23)])
    with pytest.raises(InputRefused, match=r"2024年度没有任何数据.*2023"):
        file.score(P24)


def test_views_name_the_district_or_refuse_it(file):
    file.set_values([value(d.name, "pm25", 40.0, p) for d in (A, B) for p in (P23, P24)])
    assert file.scorecard(P24, "甲区").district == "甲区"
    assert len(file.ranking(P24).sections) == 1
    assert file.working_paper(P24, "乙县").district == "乙县"
    with pytest.raises(InputRefused, match="没有这个区县"):
        file.scorecard(P24, "丙区")


def test_read_only_scores_but_does_not_change(file, path):
    file.set_values([value("甲区", "pm25", 40.0)])
    content = path.read_bytes()
    with Assessment.open(path, read_only=True) as reader:
        assert reader.read_only
        reader.score(P24)
        with pytest.raises(EnvironmentFailed, match="只读"):
            reader.set_values([value("甲区", "pm25", 41.0)])
    assert path.read_bytes() == content


def test_a_value_changed_behind_the_journals_back_fails_the_check(file, path):
    file.set_values([value("甲区", "pm25", 40.0)])
    assert file.check() == ()
    raw = sqlite3.connect(path)
    raw.execute("UPDATE observations SET value = 30")
    raw.commit()
    raw.close()
    (finding,) = file.check()
    assert finding.code == "value_unjournalled"


@pytest.mark.parametrize(
    ("observation", "words"),
    [
        (None, None),
        (value("甲区", "pm25", 42.0), "42"),
        (value("甲区", "pm25", 0.1 + 0.2), "0.30000000000000004"),
        (value("甲区", "pm25", 1e22), "1e+22"),
        (value("甲区", "pm25", 42.0, basis="2018标准", note="修正"), "42（口径：2018标准；附注：修正）"),
        (Observation("甲区", "pm25", P24, None, Status.MISSING), "应报未报"),
    ],
)
def test_how_the_journal_words_a_value(observation, words):
    assert described(observation) == words


def test_a_year_is_scored_from_its_quarters(tmp_path):
    text = SCHEME.source_text.replace("unit: μg/m³,", "unit: μg/m³, over_periods: mean,").replace(
        'unit: "%",', 'unit: "%", over_periods: mean,'
    )
    with Assessment.create(tmp_path / "季度.ecos", parse_scheme(text, "季度.yaml"), [A, B]) as file:
        quarters = [Period.parse(f"2024Q{n}") for n in (1, 2, 3, 4)]
        file.set_values(
            [value(d.name, i, n, q) for d in (A, B) for i, n in [("pm25", 40.0), ("days", 75.0)] for q in quarters]
        )
        assert file.score(P24).layers.total.tolist() == [50.0, 50.0]
        with pytest.raises(InputRefused, match="没有任何数据"):
            file.score(P23)


def test_a_town_is_not_among_the_counties_and_has_a_card_among_the_towns(file):
    file.add_districts([District("丁镇", level=Level.TOWN, parent="甲区")])
    file.set_values([value(d.name, i, n) for d in file.districts for i, n in [("pm25", 40.0), ("days", 75.0)]])
    assert [d.name for d in file.score(P24).districts] == ["甲区", "乙县"]
    assert file.scorecard(P24, "丁镇").district == "丁镇"
    assert [d.name for d in file.result_of(P24, "丁镇").districts] == ["丁镇"]


def test_targets_are_taken_away_again(tmp_path):
    from ecoscore.model.observation import Target
    from tests.ui.builders import Y2024, make_file

    with Assessment.open(make_file(tmp_path / "目标.ecos")) as file:
        file.set_targets([Target("甲区", "pm25", Y2024, 35.0), Target(None, "pm25", Y2024, 36.0)])
        file.set_targets([], "撤销", cleared=[("甲区", "pm25", Y2024), ("乙区", "pm25", Y2024)])
        assert file.targets(Y2024) == (Target(None, "pm25", Y2024, 36.0),)
        last = file.journal()[-1]
        assert (last.action, last.old, last.new, last.why) == ("set_target", "35", None, "撤销")
        file.set_targets([], cleared=[(None, "pm25", Y2024)])
        assert file.targets(Y2024) == ()
        assert file.check() == ()
