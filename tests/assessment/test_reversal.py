"""An import taken back as a whole, and done again: whatever it wrote, in one transaction."""

from __future__ import annotations

import pytest

from ecoscore.assessment import Assessment
from ecoscore.errors import InputRefused
from ecoscore.importing import hints
from ecoscore.importing.choices import Choices
from ecoscore.importing.hints import LayoutHint, of_indicator
from ecoscore.importing.sources import PastedTable
from ecoscore.model.district import District
from ecoscore.model.observation import Observation, Target
from ecoscore.model.period import Period
from tests.importing.sheets import SCHEME, write_xlsx

Y2024 = Period(2024)
PASTED = PastedTable("名\t微粒\n甲区\t1\n")  # recognised only while the layout is remembered


@pytest.fixture
def file(tmp_path):
    districts = [District("甲区", aliases=("老甲",)), District("乙县")]
    with Assessment.create(tmp_path / "某市.ecos", SCHEME, districts) as file:
        file.set_values([Observation("甲区", "pm25", Y2024, 40.0, raw="40", source="手工")])
        file.set_targets([Target("甲区", "pm25", Y2024, 38.0)])
        yield file


def state(file):
    targets = sorted((str(t.district), t.indicator, t.value) for t in file.targets())
    return dict(file.observations(Y2024)), targets, file.districts, file.plan_import([PASTED]).files[0].sheets[0].layout


def everything(file, tmp_path):
    """An import that adds and changes values and targets, adds a district, learns an alias, a name and a layout."""
    rows = [["区县", "PM2.5平均浓度", "PM2.5平均浓度目标值"], ["大甲", 33, 35], ["丙区", 30, 31]]
    first = write_xlsx(tmp_path / "甲 表.xlsx", {"2024年度": [["区县", "PM2.5平均浓度"], *[r[:2] for r in rows[1:]]]})
    goals = write_xlsx(
        tmp_path / "目标.xlsx", {"2024年度目标": [["区县", "PM2.5年均浓度"], ["甲区", 35], ["乙县", 36]]}
    )
    odd = write_xlsx(tmp_path / "怪.xlsx", {"2024年度": [["名", "微粒"], ["乙县", 34]]})
    choices = Choices().with_name("大甲", "甲区").with_name("PM2.5平均浓度", "PM2.5年均浓度")
    hint = LayoutHint((1,), ((1, hints.DISTRICTS), (2, of_indicator("pm25"))))
    choices = choices.with_layout("怪.xlsx", "2024年度", hint)
    plan = file.plan_import([first, goals, odd], add_districts=True, choices=choices)
    assert not plan.errors, plan.errors
    return file.apply_import(plan)


def test_all_of_it_is_taken_back_and_done_again(file, tmp_path):
    before = state(file)
    outcome = everything(file, tmp_path)
    after = state(file)
    assert {d.name for d in file.districts} == {"甲区", "乙县", "丙区"}
    assert file.districts[0].aliases == ("老甲", "大甲")
    assert before[:3] != after[:3]
    lines = len(file.journal())
    file.take_back_import(outcome.record, why="选错了文件")
    assert state(file) == before
    written = file.journal()[lines:]
    assert [e.action for e in written].count("undo_import") == 1
    assert written[0].action_title == "撤销导入" and "甲 表.xlsx sha256:" in written[0].source
    assert all(e.why == "选错了文件" for e in written)
    file.repeat_import(outcome.record)
    assert state(file) == after
    assert file.check() == ()


def test_a_file_taken_back_has_not_been_imported(file, tmp_path):
    path = write_xlsx(tmp_path / "a.xlsx", {"2024年度": [["区县", "PM2.5年均浓度"], ["乙县", 33]]})
    outcome = file.apply_import(file.plan_import([path]))
    assert "file_known" in {f.code for f in file.plan_import([path]).findings}
    file.take_back_import(outcome.record)
    assert "file_known" not in {f.code for f in file.plan_import([path]).findings}


def test_what_was_changed_since_is_not_overwritten(file, tmp_path):
    outcome = everything(file, tmp_path)
    file.set_values([Observation("乙县", "pm25", Y2024, 99.0)])
    lines = file.journal()
    with pytest.raises(InputRefused) as refused:
        file.take_back_import(outcome.record)
    assert refused.value.findings[0].district == "乙县"
    assert file.journal() == lines
    assert file.observation("甲区", "pm25", Y2024).value == 33


def test_a_district_that_holds_more_by_now_stands_in_the_way(file, tmp_path):
    outcome = everything(file, tmp_path)
    file.set_values([Observation("丙区", "good_days", Y2024, 80.0)])
    before = dict(file.observations(Y2024))
    with pytest.raises(InputRefused, match="丙区后来又有了指标值 1 个"):
        file.take_back_import(outcome.record)
    assert dict(file.observations(Y2024)) == before


def test_an_import_that_changed_nothing_leaves_nothing_to_take_back(file, tmp_path):
    path = write_xlsx(tmp_path / "a.xlsx", {"2024年度": [["区县", "PM2.5年均浓度"], ["甲区", 40]]})
    outcome = file.apply_import(file.plan_import([path]))
    lines = file.journal()
    assert outcome.record.is_empty and file.take_back_import(outcome.record) == ()
    assert file.journal() == lines
