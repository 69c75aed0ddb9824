"""The list of districts: described anew, renamed with all that is held, taken away only while empty."""

from __future__ import annotations

import pytest

from ecoscore.assessment import Assessment
from ecoscore.errors import InputRefused
from ecoscore.model.district import District, Level
from ecoscore.model.observation import Observation, Target
from ecoscore.model.period import Period
from ecoscore.model.term import Term
from tests.assessment.test_assessment import SCHEME

YEAR = Period(2024)


@pytest.fixture
def file(tmp_path):
    with Assessment.create(
        tmp_path / "某市 名单.ecos", SCHEME,
        [District("某市", level=Level.CITY), District("甲区", parent="某市"), District("乙县", parent="某市"), District("丙镇", level=Level.TOWN, parent="甲区")],
    ) as file:  # fmt: skip
        file.set_values([Observation("甲区", "pm25", YEAR, 32.5), Observation("乙县", "pm25", YEAR, 30.0)])
        file.set_targets([Target("甲区", "pm25", YEAR, 33.0)])
        file.add_term(Term("甲区", "区委书记", Period.parse("2021-07")))
        yield file


def test_another_name_takes_everything_along_and_the_journal_still_agrees(file):
    file.set_district("甲区", District("甲州区", "990101", parent="某市", aliases=("甲区",)), why="撤县设区")
    assert [d.name for d in file.districts] == ["某市", "甲州区", "乙县", "丙镇"]
    assert file.districts[3].parent == "甲州区"
    assert file.observation("甲州区", "pm25", YEAR).value == 32.5
    assert file.observation("甲区", "pm25", YEAR) is None
    assert [(t.district, t.value) for t in file.targets(YEAR)] == [("甲州区", 33.0)]
    assert [t.district for t in file.terms()] == ["甲州区"]
    assert file.check() == ()
    rename, change = file.journal(2)
    assert (rename.action_title, rename.old, rename.new, rename.why) == ("区县更名", "甲区", "甲州区", "撤县设区")
    assert change.new == "代码 990101，层级 县级，隶属 某市，别名 甲区"
    file.set_values([Observation("甲州区", "pm25", YEAR, 31.0)])
    assert file.check() == ()
    file.set_district("甲州区", District("甲区", parent="某市"))
    assert file.observation("甲区", "pm25", YEAR).value == 31.0 and file.check() == ()


def test_saying_the_same_changes_nothing(file):
    count = len(file.journal())
    file.set_district("甲区", file.districts[1])
    assert len(file.journal()) == count


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        (District("乙县", parent="某市"), "区县重名"),
        (District(" 甲区"), "首尾有空格"),
        (District("甲区", aliases=("乙县",)), "是“乙县”的名称或别名"),
        (District("甲区", parent="甲区"), "不能作自己的上级"),
        (District("甲区", parent="丙镇"), "是甲区的下级"),
    ],
)
def test_what_cannot_be(file, changed, words):
    before = file.districts
    with pytest.raises(InputRefused) as refused:
        file.set_district("甲区", changed)
    assert any(words in f.message for f in refused.value.findings)
    assert file.districts == before


def test_a_district_goes_only_while_nothing_is_held_of_it(file):
    with pytest.raises(InputRefused, match="甲区还有指标值 1 个、目标值 1 个、任期 1 个、下级 1 个"):
        file.remove_district("甲区")
    file.remove_district("丙镇", why="重复")
    assert "丙镇" not in {d.name for d in file.districts}
    assert file.journal(1)[0].action_title == "删除区县" and file.check() == ()


def test_a_sealed_year_keeps_its_names_and_groups(file):
    file.seal(YEAR)
    with pytest.raises(InputRefused, match="封存"):
        file.set_district("甲区", District("甲州区", parent="某市"))
    with pytest.raises(InputRefused, match="封存"):
        file.set_district("甲区", District("甲区", parent="某市", peer_group="城区"))
    file.set_district("甲区", District("甲区", parent="某市", aliases=("老甲县",)))
    assert file.districts[1].aliases == ("老甲县",)
    assert file.check() == ()
