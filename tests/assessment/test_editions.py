"""A scheme changes from a period on: years before keep the edition they were scored by, and nothing is lost."""

from __future__ import annotations

import sqlite3

import pytest

from ecoscore.assessment import Assessment
from ecoscore.errors import EnvironmentFailed, InputRefused
from ecoscore.model.adjustment import Event
from ecoscore.model.district import District
from ecoscore.model.observation import Observation, Target
from ecoscore.model.period import Period
from ecoscore.schemes import parse_scheme
from tests.importing.sheets import write_xlsx

P23, P24, P25 = Period(2023), Period(2024), Period(2025)
PM = (
    "{id: pm25, title: PM2.5年均浓度, unit: μg/m³, direction: lower, weight: 60, valid: [0, 500],"
    " rule: {kind: minmax, bounds: {worst: 60, best: 20}}}"
)
DAYS = '{id: days, title: 优良天数比例, unit: "%", weight: 40, valid: [0, 100], rule: {kind: minmax, bounds: {worst: 50, best: 100}}}'
WATER = '{id: water, title: 优良水体比例, unit: "%", weight: 40, valid: [0, 100], rule: {kind: minmax, bounds: {worst: 0, best: 100}}}'


def scheme(edition, *indicators, adjustments="[]"):
    lines = "\n".join(f"      - {i}" for i in indicators)
    return parse_scheme(
        f'id: small\ntitle: 小方案\nedition: "{edition}"\nmissing: zero\nadjustments: {adjustments}\n'
        f"groups:\n  - id: g\n    title: 环境\n    indicators:\n{lines}\n",
        f"{edition}.yaml",
    )


AWARD = "[{id: award, title: 省级命名, kind: bonus, points: 2}]"
OLD, NEW = scheme("2023", PM, DAYS, adjustments=AWARD), scheme("2025", PM, WATER)


def value(district, indicator, number, period):
    return Observation(district, indicator, period, number)


@pytest.fixture
def path(tmp_path):
    folder = tmp_path / "某市 考核"
    folder.mkdir()
    return folder / "多年 考核.ecos"


@pytest.fixture
def file(path):
    with Assessment.create(path, OLD, [District("甲区"), District("乙县")]) as made:
        made.set_values(
            [
                value(d, i, n, p)
                for d in ("甲区", "乙县")
                for p in (P23, P24)
                for i, n in [("pm25", 40.0), ("days", 75.0)]
            ]
        )
        yield made


def test_a_year_keeps_the_edition_it_was_scored_by(file, path):
    before = file.score(P24).layers.total.tolist()
    file.adopt_scheme(NEW, P25, why="市委发文")
    file.set_values([value("甲区", "pm25", 20.0, P25), value("甲区", "water", 90.0, P25)])
    assert file.scheme == file.scheme_of(P25) == NEW
    assert file.scheme_of(P24) == OLD
    assert file.score(P24).layers.total.tolist() == before == [50.0, 50.0]
    assert file.score(P25).layers.total.tolist() == [96.0, 0.0]
    with Assessment.open(path) as again:
        assert again.scheme == NEW
        assert again.score(P24).layers.total.tolist() == before
        assert again.score(P25).scheme == NEW
        assert again.check() == ()


def test_the_journal_says_what_changed_from_when_and_why(file):
    file.adopt_scheme(NEW, P25, why="市委发文")
    line = file.journal(1)[0]
    assert line.action == "adopt_scheme"
    assert line.subject == "方案改为《小方案》（2025），自 2025年度起"
    assert line.old.startswith("小方案（small，2023）sha256:")
    assert line.new.startswith("小方案（small，2025）sha256:")
    assert (line.period, line.why) == ("2025", "市委发文")


@pytest.mark.parametrize(
    ("since", "period", "edition"),
    [
        ("2025", "2024", "2023"),
        ("2025", "2024Q4", "2023"),
        ("2025", "2025-01", "2025"),
        ("2025", "2025Q1", "2025"),
        ("2025Q3", "2025Q2", "2023"),
        ("2025Q3", "2025-07", "2025"),
        ("2025Q3", "2025", "2025"),
        ("2025-08", "2025Q3", "2025"),
        ("2025-08", "2025-07", "2023"),
    ],
)
def test_which_edition_a_part_of_a_year_belongs_to(file, since, period, edition):
    file.adopt_scheme(NEW, Period.parse(since))
    assert file.scheme_of(Period.parse(period)).edition == edition


def test_an_edition_in_between_and_one_that_mends_another(file):
    file.adopt_scheme(NEW, P25)
    file.adopt_scheme(scheme("2024", PM, DAYS, WATER), P24)
    assert [file.scheme_of(p).edition for p in (P23, P24, P25)] == ["2023", "2024", "2025"]
    assert file.scheme.edition == "2025"
    file.adopt_scheme(scheme("2025修订", PM, WATER), P25)
    assert [e.scheme.edition for e in file.editions] == ["2023", "2024", "2025", "2025修订"]
    assert file.scheme.edition == file.scheme_of(P25).edition == "2025修订"
    assert file.check() == ()


def test_values_the_new_edition_lacks_stay_and_are_told(file):
    file.set_targets([Target(None, "days", P24, 80.0)])
    file.record_event(Event("甲区", P24, "award", "省级园林城区"))
    told = file.adopt_scheme(NEW, P24)
    assert [(f.code, f.is_error) for f in told] == [("left_unused", False)] * 2
    assert "优良天数比例" in told[0].message
    assert "2024年度 的 3 条记录" in told[0].message
    assert "省级命名" in told[1].message
    assert file.observation("甲区", "days", P24).value == 75.0
    assert file.score(P23).layers.total.tolist() == [50.0, 50.0]
    assert file.score(P24).layers.total.tolist() == [54.0, 54.0]  # nobody reports water: 60 of 100
    file.adopt_scheme(OLD, P24)
    assert file.score(P24).layers.total.tolist() == [52.0, 50.0]


def test_a_value_is_taken_by_the_edition_of_its_own_period(file):
    file.adopt_scheme(NEW, P25)
    file.set_values([value("甲区", "days", 80.0, P24), value("甲区", "water", 80.0, P25)])
    for wrong in (value("甲区", "water", 80.0, P24), value("甲区", "days", 80.0, P25)):
        with pytest.raises(InputRefused, match="中没有这个指标"):
            file.set_values([wrong])
    assert file.journal(2)[0].subject == "甲区 优良天数比例 2024年度"


def test_what_an_edition_no_longer_speaks_of_can_still_be_cleared(file):
    file.adopt_scheme(NEW, P24)
    file.set_values([], cleared=[("甲区", "days", P24)])
    assert file.observation("甲区", "days", P24) is None
    assert file.journal(1)[0].subject == "甲区 优良天数比例 2024年度"


def test_events_follow_the_edition_of_their_period(file):
    file.adopt_scheme(NEW, P25)
    file.record_event(Event("甲区", P24, "award", "省级园林城区"))
    with pytest.raises(InputRefused, match="没有这个加减分项"):
        file.record_event(Event("甲区", P25, "award", "省级园林城区"))


def test_adopting_what_already_holds_writes_nothing(file):
    version, lines = file.version, len(file.journal())
    assert file.adopt_scheme(OLD, P25) == ()
    assert (file.version, len(file.journal()), len(file.editions)) == (version, lines, 1)


def seal(path, *periods):
    raw = sqlite3.connect(path)
    for period in periods:
        raw.execute(
            "INSERT INTO seals (period, scheme, digest, time, user) VALUES (?, 1, 'd', '2025-01-01T00:00:00+08:00', '考核办')",
            (period,),
        )
    raw.commit()
    raw.close()


def test_a_sealed_year_is_never_scored_anew(file, path):
    seal(path, "2023", "2024")
    content = path.read_bytes()
    with pytest.raises(InputRefused, match="2024年度已经封存") as caught:
        file.adopt_scheme(NEW, P24)
    assert [(f.code, f.period) for f in caught.value.findings] == [("sealed_period", "2024")]
    assert path.read_bytes() == content
    assert file.scheme == OLD
    file.adopt_scheme(NEW, P25)
    assert file.scheme == NEW


def test_a_form_asks_for_what_its_period_is_scored_by(file, tmp_path):
    file.adopt_scheme(NEW, P25)
    for period, there, absent in [(P24, "优良天数比例", "优良水体比例"), (P25, "优良水体比例", "优良天数比例")]:
        (form,) = file.write_forms(period, tmp_path / str(period), ["甲区"])
        from openpyxl import load_workbook

        texts = {str(c.value) for sheet in load_workbook(form) for row in sheet.iter_rows() for c in row}
        assert any(there in t for t in texts)
        assert not any(absent in t for t in texts)


def test_another_window_that_adopts_is_noticed(file, path):
    assert file.score(P24).layers.total[0] == 50.0
    with Assessment.open(path) as other:
        other.adopt_scheme(NEW, P24)
    assert file.score(P24).layers.total[0] == 54.0
    assert file.scheme == NEW


def test_read_only_adopts_nothing(file, path):
    with Assessment.open(path, read_only=True) as reader:
        with pytest.raises(EnvironmentFailed, match="只读"):
            reader.adopt_scheme(NEW, P25)
        assert reader.scheme == OLD


def test_a_failure_in_the_middle_leaves_the_old_edition(file, path, monkeypatch):
    content = path.read_bytes()

    def full(_lines):
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(file._store, "append", full)
    with pytest.raises(sqlite3.OperationalError):
        file.adopt_scheme(NEW, P24)
    monkeypatch.undo()
    assert path.read_bytes() == content
    assert file.scheme == file.scheme_of(P24) == OLD


# A table of several years: each year's values are those of its own edition. -----------------------------------------

DAYS_RENAMED = DAYS.replace("优良天数比例", "空气质量优良率").replace("[0, 100]", "[40, 100]")
WATER_PER_MILLE = WATER.replace('"%"', '"‰"').replace("[0, 100]", "[0, 1000]")


def years(folder, **rows):
    """One district, indicators down, the years 2024 and 2025 across."""
    lines = [["指标", "2024年", "2025年"], *([name, *pair] for name, pair in rows.items())]
    return write_xlsx(folder / "甲区 两年数据.xlsx", {"甲区": lines})


def test_a_year_under_an_older_edition_is_taken_and_told(file, tmp_path):
    file.adopt_scheme(NEW, P25)
    plan = file.plan_import([years(tmp_path, **{"PM2.5年均浓度": (31, 33)}, 优良水体比例=(80, 90))])
    assert not plan.errors
    told = [(f.code, f.indicator, f.period) for f in plan.findings if f.code == "not_in_edition"]
    assert told == [("not_in_edition", "water", "2024")]
    file.apply_import(plan)
    assert file.score(P25).cells.value.tolist()[0] == [33, 90]
    assert file.score(P24).scheme.edition == "2023"


def test_an_older_editions_name_is_known_and_its_limits_hold_for_its_year(file, tmp_path):
    file.adopt_scheme(scheme("2025", PM, DAYS_RENAMED), P25)
    plan = file.plan_import([years(tmp_path, 优良天数比例=(31, 32))])  # 31 is fine for 2024, 32 is not for 2025
    assert {(str(e.new.period), e.new.indicator) for e in plan.entries} == {("2024", "days")}
    assert {(f.code, f.period) for f in plan.errors} == {("out_of_range", "2025")}


def test_a_form_made_under_the_older_edition_reads_back_after_the_new_one_came(file, tmp_path):
    (form, _) = file.write_forms(P24, tmp_path)
    file.adopt_scheme(scheme("2025", PM, DAYS_RENAMED), P25)
    plan = file.plan_import([form])
    assert not plan.errors and {str(e.new.period) for e in plan.entries} <= {"2024"}


def test_two_units_of_one_indicator_are_not_guessed_between(file, tmp_path):
    file.adopt_scheme(scheme("2025", PM, WATER_PER_MILLE), P25)
    file.adopt_scheme(scheme("2024", PM, WATER), P24)
    plan = file.plan_import([years(tmp_path, 优良水体比例=(90, 900))])
    assert {(f.code, f.period) for f in plan.errors} == {("unit_of_edition", "2024")}
    assert {str(e.new.period) for e in plan.entries} == {"2025"}
    again = file.plan_import(
        [write_xlsx(tmp_path / "甲.xlsx", {"2024年度": [["区县", "优良水体比例"], ["甲区", 80]]})], period=P24
    )
    assert [e.new.value for e in again.entries] == [80] and not again.errors
