"""A new year's file from last year's; forms sent and returned; backups listed and brought back; doubts accepted."""

from __future__ import annotations

import pytest

from ecoscore.assessment import Assessment
from ecoscore.assessment.backups import backups_of, folder_of, look_into, restore_as, restore_over
from ecoscore.assessment.forms import form_states, issue_forms
from ecoscore.assessment.review import Kind, accept_point, reopen_point, review
from ecoscore.assessment.year import new_year, suggested_period
from ecoscore.errors import EnvironmentFailed, InputRefused
from ecoscore.model.finding import Finding, Severity
from ecoscore.model.observation import Observation, Status, Target
from ecoscore.model.period import Period
from tests.ui.builders import Y2023, Y2024, make_file

Y2025 = Period(2025)


@pytest.fixture
def path(tmp_path):
    return make_file(tmp_path / "某市 2024.ecos")


def test_a_new_year_begins_with_last_years_values_and_targets(path, tmp_path):
    with Assessment.open(path) as last:
        last.set_targets([Target(None, "pm25", Y2024, 35.0), Target("甲区", "pm25", Y2024, 33.0)])
    before = path.read_bytes()
    made = new_year(path, tmp_path / "某市 2025.ecos", Y2025)
    assert path.read_bytes() == before
    assert (made.districts, made.values, made.targets) == (3, 17, 2)
    with Assessment.open(made.path) as file:
        assert [d.name for d in file.districts] == ["甲区", "乙区", "丙县"]
        assert file.periods == (Y2023, Y2024)
        assert file.observations(Y2025) == {}
        assert file.observation("甲区", "pm25", Y2024).value == 32.5
        assert {(t.district, t.value) for t in file.targets(Y2025)} == {(None, 35.0), ("甲区", 33.0)}
        assert file.scheme.id == "small"
        assert file.journal()[-1].why == "沿用 某市 2024.ecos，请按新年度任务核对"
        assert file.check() == ()
    assert suggested_period((Y2023, Y2024)) == Y2025


def test_a_new_year_never_overwrites_and_needs_something_to_carry(path, tmp_path):
    taken = tmp_path / "在.ecos"
    taken.write_text("x", encoding="utf-8")
    with pytest.raises(InputRefused, match="未覆盖"):
        new_year(path, taken, Y2025)
    with pytest.raises(InputRefused, match="2020 年以前的数据"):
        new_year(path, tmp_path / "新.ecos", Period(2020))
    assert not (tmp_path / "新.ecos").exists()


def test_forms_are_written_and_noted_and_what_returned_is_counted(path, tmp_path):
    with Assessment.open(path) as file:
        written = issue_forms(file, Y2024, tmp_path / "下 发", ["甲区", "丙县"])
        assert [p.exists() for p in written] == [True, True]
        states = {s.district: s for s in form_states(file, Y2024)}
        assert (states["甲区"].reported, states["甲区"].due, states["甲区"].is_complete) == (3, 3, True)
        assert (states["丙县"].reported, states["丙县"].is_complete) == (2, False)
        assert states["甲区"].issued
        assert states["甲区"].file == written[0].name
        assert states["乙区"].issued == ""
        assert all(s.issued == "" for s in form_states(file, Y2025))
        with pytest.raises(InputRefused, match="没有选择区县"):
            issue_forms(file, Y2024, tmp_path, [])
        file.set_values([Observation("丙县", "forest", Y2024, None, Status.NOT_APPLICABLE, note="无林地")])
        assert {s.district: s for s in form_states(file, Y2024)}["丙县"].is_complete


def test_backups_are_listed_looked_into_and_brought_back(path, tmp_path):
    with Assessment.open(path) as file:
        file.set_values([Observation("甲区", "pm25", Y2024, 11.0)])
    (kept,) = backups_of(path)
    assert kept.path.parent == folder_of(path)
    assert look_into(kept.path).districts == 3
    copy = restore_as(kept.path, tmp_path / "恢复 的.ecos")
    with Assessment.open(copy) as file:
        assert file.observation("甲区", "pm25", Y2024).value == 32.5
    with pytest.raises(InputRefused, match="未覆盖"):
        restore_as(kept.path, copy)
    aside = restore_over(kept.path, path)
    with Assessment.open(aside, read_only=True) as file:
        assert file.observation("甲区", "pm25", Y2024).value == 11.0, "what was there is kept"
    with Assessment.open(path) as file:
        assert file.observation("甲区", "pm25", Y2024).value == 32.5


def test_a_damaged_file_is_kept_aside_before_a_backup_takes_its_place(path):
    Assessment.open(path).close()
    (kept,) = backups_of(path)
    path.write_bytes(b"not a file of ours")
    aside = restore_over(kept.path, path)
    assert aside.read_bytes() == b"not a file of ours"
    Assessment.open(path).close()
    broken = kept.path.with_name("坏.ecos")
    broken.write_bytes(b"x")
    with pytest.raises(EnvironmentFailed):
        restore_over(broken, path)


def test_review_names_each_owing_district_with_its_department(path):
    with Assessment.open(path) as file:
        file.set_values([Observation("甲区", "pm25", Y2024, 1.5)], cleared=[("乙区", "pm25", Y2024)])
        found = review(file, Y2024)
    missing = [p for p in found.points if p.kind is Kind.MISSING]
    assert {(p.finding.district, p.title) for p in missing} == {("丙县", "林木覆盖率"), ("乙区", "PM2.5年均浓度")}
    assert {p.department for p in missing} == {"生态环境局", "未注明部门"}
    (far,) = [p for p in found.points if p.kind is Kind.SUSPICIOUS]
    assert "24 倍" in far.finding.message
    assert found.refusal is None


def test_a_warning_is_accepted_with_a_reason_until_the_value_is_another(path):
    with Assessment.open(path) as file:
        file.set_values([Observation("甲区", "pm25", Y2024, 1.5)])
        (far,) = [p for p in review(file, Y2024).points if p.kind is Kind.SUSPICIOUS]
        with pytest.raises(InputRefused, match="没有写明理由"):
            accept_point(file, far.finding, " ")
        version = file.version
        accept_point(file, far.finding, "经电话核实属实")
        assert file.version == version, "nothing has to be scored anew"
        (far,) = [p for p in review(file, Y2024).points if p.kind is Kind.SUSPICIOUS]
        assert far.accepted.why == "经电话核实属实"
        assert far not in review(file, Y2024).open
        reopen_point(file, far.finding)
        assert all(p.accepted is None for p in review(file, Y2024).points)
        accept_point(file, far.finding, "属实")
        file.set_values([Observation("甲区", "pm25", Y2024, 1.6)])
        (far,) = [p for p in review(file, Y2024).points if p.kind is Kind.SUSPICIOUS]
        assert far.accepted is None
        assert file.check() == ()


def test_an_error_cannot_be_accepted(path):
    with Assessment.open(path) as file, pytest.raises(InputRefused, match="不能认可"):
        accept_point(file, Finding(Severity.ERROR, "x", "坏了"), "就这样")
