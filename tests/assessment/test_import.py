"""What an import leaves in the file: aliases, names, layouts; who wrote last; files seen before."""

from __future__ import annotations

import pytest

from ecoscore.assessment import Assessment
from ecoscore.errors import InputRefused
from ecoscore.importing import hints
from ecoscore.importing.choices import Choices
from ecoscore.importing.entries import Action
from ecoscore.importing.hints import LayoutHint, of_indicator
from ecoscore.model.district import District
from ecoscore.model.observation import Observation
from ecoscore.model.period import Period
from ecoscore.storage import Store
from ecoscore.storage.learned import LAYOUT, NAME, learned
from tests.importing.sheets import SCHEME, write_xlsx

Y2024 = Period(2024)


@pytest.fixture
def file(tmp_path, monkeypatch):
    monkeypatch.setenv("ECOSCORE_USER", "王五")
    with Assessment.create(
        tmp_path / "某市.ecos", SCHEME, [District("甲区"), District("乙县", aliases=("老乙",))]
    ) as file:
        yield file


def table(folder, *rows, name="上报.xlsx"):
    return write_xlsx(folder / name, {"2024年度": [["区县", "PM2.5年均浓度"], *rows]})


def test_a_name_once_accepted_is_an_alias_from_then_on(file, tmp_path):
    path = table(tmp_path, ["大甲", 33])
    file.apply_import(file.plan_import([path], choices=Choices().with_name("大甲", "甲区")), why="原名")
    assert file.districts[0].aliases == ("大甲",)
    line = next(e for e in file.journal() if e.action == "set_aliases")
    assert (line.subject, line.old, line.new, line.why, line.action_title) == ("甲区", None, "大甲", "原名", "登记别名")
    again = file.plan_import([table(tmp_path, ["大甲", 35], name="二.xlsx")])
    assert [e.new.district for e in again.entries] == ["甲区"]
    assert file.check() == ()


def test_an_indicators_name_once_accepted_is_known(file, tmp_path):
    path = write_xlsx(tmp_path / "a.xlsx", {"2024年度": [["区县", "PM2.5平均浓度"], ["甲区", 33]]})
    file.apply_import(file.plan_import([path], choices=Choices().with_name("PM2.5平均浓度", "PM2.5年均浓度")))
    other = write_xlsx(tmp_path / "b.xlsx", {"2024年度": [["区县", "PM2.5平均浓度（μg/m³）"], ["乙县", 34]]})
    plan = file.plan_import([other])
    assert [e.new.value for e in plan.entries] == [34] and not plan.errors
    assert file.check() == ()


def test_a_layout_pointed_at_is_known_for_the_next_file_and_after_reopening(file, tmp_path):
    rows = [["名", "微粒"], ["甲区", 33]]
    path = write_xlsx(tmp_path / "a.xlsx", {"2024年度": rows})
    hint = LayoutHint((1,), ((1, hints.DISTRICTS), (2, of_indicator("pm25"))))
    file.apply_import(file.plan_import([path], choices=Choices().with_layout("a.xlsx", "2024年度", hint)))
    file.close()
    with Assessment.open(file.path) as again:
        other = write_xlsx(tmp_path / "b.xlsx", {"2025年度": rows})
        assert [(e.new.value, str(e.new.period)) for e in again.plan_import([other]).entries] == [(33, "2025")]
    store = Store.open(file.path, read_only=True)
    assert len(learned(store, LAYOUT)) == 1 and learned(store, NAME) == {}
    store.close()


def test_nothing_is_remembered_of_a_plan_that_was_refused(file, tmp_path):
    path = table(tmp_path, ["大甲", 33], ["无名", 3])
    plan = file.plan_import([path], choices=Choices().with_name("大甲", "甲区"))
    with pytest.raises(InputRefused):
        file.apply_import(plan)
    assert file.districts[0].aliases == ()


def test_the_plan_says_who_wrote_last_what_it_would_change(file, tmp_path, monkeypatch):
    monkeypatch.setenv("ECOSCORE_USER", "李四")
    file.set_values([Observation("甲区", "pm25", Y2024, 30.0)])
    monkeypatch.setenv("ECOSCORE_USER", "王五")
    file.set_values([Observation("乙县", "pm25", Y2024, 30.0)])
    plan = file.plan_import([table(tmp_path, ["甲区", 33], ["乙县", 30])])
    by = {e.new.district: e for e in plan.entries}
    assert by["甲区"].action is Action.CHANGED and by["甲区"].last.startswith("李四 20")
    assert by["乙县"].last == ""


def test_the_same_file_twice_says_so_and_changes_nothing(file, tmp_path):
    path = table(tmp_path, ["甲区", 33], ["乙县", 34])
    assert "file_known" not in {f.code for f in file.plan_import([path]).findings}
    file.apply_import(file.plan_import([path]))
    version, lines = file.version, len(file.journal())
    plan = file.plan_import([path])
    (known,) = [f for f in plan.findings if f.code == "file_known"]
    assert "王五" in known.message and known.file == "上报.xlsx" and not known.is_error
    outcome = file.apply_import(plan)
    assert (outcome.added, outcome.changed, outcome.unchanged) == (0, 0, 2)
    assert (file.version, len(file.journal())) == (version, lines)


def test_one_district_of_a_plan_and_one_journal_line_for_it(file, tmp_path):
    plan = file.plan_import([table(tmp_path, ["甲区", 33], ["乙县", 34])])
    file.apply_import(plan.narrowed({"上报.xlsx"}, {"乙县"}))
    assert file.observation("甲区", "pm25", Y2024) is None
    assert file.observation("乙县", "pm25", Y2024).value == 34
    assert [e.action for e in file.journal()].count("import") == 1


def test_aliases_edited_by_hand(file):
    file.set_aliases("甲区", ["旧甲", " 旧甲 ", "甲区", ""], why="撤县设区")
    assert file.districts[0].aliases == ("旧甲",)
    with pytest.raises(InputRefused, match="乙县"):
        file.set_aliases("甲区", ["老乙"])
    with pytest.raises(InputRefused, match="没有这个区县"):
        file.set_aliases("丁区", ["x"])
    assert [e.new for e in file.journal() if e.action == "set_aliases"] == ["旧甲"]


def test_conversions_leave_raw_text_and_note_in_the_file(file, tmp_path):
    path = write_xlsx(tmp_path / "a.xlsx", {"2024年度": [["区县", "PM2.5年均浓度（mg/m³）"], ["甲区", 0.035]]})
    file.apply_import(file.plan_import([path], choices=Choices().with_conversion("pm25", "mg/m³")))
    held = file.observation("甲区", "pm25", Y2024)
    assert (held.value, held.raw, held.note) == (35.0, "0.035", "由 0.035 mg/m³ 换算")
