"""Questions and their answers: conversions, names, places that disagree; never answered by the program itself."""

from __future__ import annotations

import pytest

from ecoscore.errors import InputRefused
from ecoscore.importing.choices import Choices
from ecoscore.importing.questions import ConflictQuestion, ConversionQuestion, NameQuestion
from tests.importing.sheets import codes, finding, plan_of, values, write_xlsx


def asked(plan, kind):
    """The only question of its kind."""
    (found,) = [q for q in plan.questions if isinstance(q, kind)]
    return found


def table(tmp_path, header, *rows, name="表.xlsx"):
    return write_xlsx(tmp_path / name, {"2024年度": [header, *rows]})


class TestConversions:
    def test_a_unit_in_the_header_is_asked_about_with_the_converted_figures(self, tmp_path):
        path = table(tmp_path, ["区县", "PM2.5年均浓度（mg/m³）"], ["甲区", 0.035], ["乙县", 0.0425])
        plan = plan_of(path)
        question = asked(plan, ConversionQuestion)
        assert (question.indicator, question.given, question.wanted, question.count) == ("pm25", "mg/m³", "μg/m³", 2)
        assert question.examples == (("0.035 mg/m³", "35 μg/m³"), ("0.0425 mg/m³", "42.5 μg/m³"))
        assert not question.accepted
        assert plan.entries == ()
        assert "0.035 mg/m³ 按 35 μg/m³ 读取" in finding(plan, "unit_mismatch").advice

    def test_accepted_the_value_the_typed_text_and_the_note_are_kept(self, tmp_path):
        path = table(tmp_path, ["区县", "PM2.5年均浓度（mg/m³）"], ["甲区", 0.035], ["乙县", "0.0425"])
        plan = plan_of(path, choices=Choices().with_conversion("pm25", "毫克/立方米"))
        assert values(plan) == {("甲区", "pm25", "2024"): 35.0, ("乙县", "pm25", "2024"): 42.5}
        assert not plan.errors
        assert asked(plan, ConversionQuestion).accepted
        new = plan.entries[0].new
        assert (new.raw, new.note) == ("0.035", "由 0.035 mg/m³ 换算")

    def test_a_unit_behind_the_figure_is_one_cells_question(self, tmp_path):
        path = table(tmp_path, ["区县", "PM2.5年均浓度"], ["甲区", "0.035 mg/m3"], ["乙县", 34])
        plan = plan_of(path)
        assert values(plan) == {("乙县", "pm25", "2024"): 34}
        assert finding(plan, "unit_mismatch").cell == "B2"
        assert asked(plan, ConversionQuestion).count == 1
        plan = plan_of(path, choices=Choices(all_conversions=True))
        assert values(plan) == {("甲区", "pm25", "2024"): 35.0, ("乙县", "pm25", "2024"): 34}
        assert plan.entries[0].new.raw == "0.035 mg/m3"

    def test_a_unit_column_converts_its_row(self, tmp_path):
        path = write_xlsx(
            tmp_path / "x.xlsx", {"甲区2024年": [["指标", "单位", "数值"], ["排污权交易金额", "亿元", 0.1]]}
        )
        plan = plan_of(path, choices=Choices().with_conversion("trading", "亿元"))
        assert values(plan) == {("甲区", "trading", "2024"): 1000.0}

    def test_acceptance_is_for_one_indicator_and_unit(self, tmp_path):
        path = table(tmp_path, ["区县", "PM2.5年均浓度（mg/m³）", "排污权交易金额（亿元）"], ["甲区", 0.035, 0.1])
        plan = plan_of(path, choices=Choices().with_conversion("pm25", "mg/m³"))
        assert values(plan) == {("甲区", "pm25", "2024"): 35.0}
        assert "亿元" in finding(plan, "unit_mismatch").message

    def test_what_measures_another_thing_is_never_asked_about(self, tmp_path):
        path = table(tmp_path, ["区县", "PM2.5年均浓度（万元）"], ["甲区", 33])
        plan = plan_of(path, choices=Choices(all_conversions=True))
        assert plan.questions == () and plan.entries == ()
        assert finding(plan, "unit_mismatch").is_error

    def test_a_converted_figure_must_lie_in_the_valid_range(self, tmp_path):
        path = table(tmp_path, ["区县", "PM2.5年均浓度（mg/m³）"], ["甲区", 35])
        plan = plan_of(path, choices=Choices(all_conversions=True))
        assert "35000" in finding(plan, "out_of_range").message

    def test_suspected_ratios_are_read_as_percent_only_when_told(self, tmp_path):
        path = table(tmp_path, ["区县", "空气优良天数比率"], ["甲区", 0.864], ["乙县", 0.81], ["丙区", 1])
        plan = plan_of(path)
        question = asked(plan, ConversionQuestion)
        assert question.by_suspicion and question.examples[0] == ("0.864 比例", "86.4 %")
        assert values(plan)["甲区", "good_days", "2024"] == 0.864
        assert finding(plan, "maybe_ratio")
        told = plan_of(path, choices=Choices().with_conversion("good_days", "比例"))
        assert values(told) == {
            ("甲区", "good_days", "2024"): 86.4,
            ("乙县", "good_days", "2024"): 81.0,
            ("丙区", "good_days", "2024"): 100.0,
        }
        assert "maybe_ratio" not in codes(told)
        assert told.entries[0].new.note == "由比例 0.864 换算"

    def test_all_conversions_leave_mere_suspicions_alone(self, tmp_path):
        path = table(tmp_path, ["区县", "空气优良天数比率"], ["甲区", 0.864], ["乙县", 0.81], ["丙区", 1])
        plan = plan_of(path, choices=Choices(all_conversions=True))
        assert values(plan)["甲区", "good_days", "2024"] == 0.864
        assert finding(plan, "maybe_ratio")


class TestNames:
    def test_a_near_district_is_proposed_and_matched_once_told(self, tmp_path):
        path = table(tmp_path, ["区县", "PM2.5年均浓度"], ["𬭚洲区", 33], ["甲区", 34])
        plan = plan_of(path)
        question = asked(plan, NameQuestion)
        assert (question.written, question.is_district) == ("𬭚洲区", True)
        assert question.proposals[0][0] == "𬭚州区"
        assert values(plan) == {("甲区", "pm25", "2024"): 34}
        told = plan_of(path, choices=Choices().with_name("𬭚洲区", "𬭚州区"))
        assert values(told)["𬭚州区", "pm25", "2024"] == 33
        assert told.new_aliases == (("𬭚洲区", "𬭚州区"),)
        assert not told.errors and told.questions == ()

    def test_an_old_name_nothing_like_the_new_one(self, tmp_path):
        path = table(tmp_path, ["区县", "PM2.5年均浓度"], ["丰山市", 33])
        told = plan_of(path, choices=Choices().with_name("丰山市", "丙区"))
        assert values(told) == {("丙区", "pm25", "2024"): 33}

    def test_a_near_indicator_whatever_unit_stands_behind_it(self, tmp_path):
        path = table(tmp_path, ["区县", "PM2.5平均浓度（μg/m³）"], ["甲区", 33])
        question = asked(plan_of(path), NameQuestion)
        assert (question.written, question.proposals[0][0]) == ("PM2.5平均浓度", "PM2.5年均浓度")
        told = plan_of(path, choices=Choices().with_name("PM2.5平均浓度", "PM2.5年均浓度"))
        assert values(told) == {("甲区", "pm25", "2024"): 33}
        assert told.new_indicator_names == (("PM2.5平均浓度", "pm25"),)

    def test_another_thing_measured_is_no_slip(self, tmp_path):
        """装机容量 is not 装机容量增长率: unknown, and no reason to stop."""
        path = table(tmp_path, ["区县", "排污权交易金额增长率", "PM2.5年均浓度"], ["甲区", 5, 33])
        plan = plan_of(path)
        assert not plan.errors
        assert not finding(plan, "unknown_indicator").is_error
        assert values(plan) == {("甲区", "pm25", "2024"): 33}

    def test_a_name_told_to_stand_for_nothing_known_is_refused(self, tmp_path):
        path = table(tmp_path, ["区县", "PM2.5年均浓度"], ["甲区", 33])
        with pytest.raises(InputRefused, match="没有这个区县或指标"):
            plan_of(path, choices=Choices().with_name("甲", "天堂区"))


class TestConflicts:
    @pytest.fixture
    def two(self, tmp_path):
        header = ["区县", "PM2.5年均浓度", "空气优良天数比率"]
        return (
            table(tmp_path, header, ["甲区", 33, 80], name="一.xlsx"),
            table(tmp_path, header, ["甲区", 34, 80], name="二.xlsx"),
        )

    def test_both_places_are_offered(self, two):
        question = asked(plan_of(*two), ConflictQuestion)
        assert question.key == ("甲区", "pm25", "2024", False)
        assert [(o.file, o.cell, o.words) for o in question.options] == [
            ("一.xlsx", "B2", "33"),
            ("二.xlsx", "B2", "34"),
        ]
        assert question.chosen is None

    def test_the_chosen_place_is_read_and_nothing_stands_in_the_way(self, two):
        place = asked(plan_of(*two), ConflictQuestion).options[1].place
        plan = plan_of(*two, choices=Choices().with_pick(("甲区", "pm25", "2024", False), place))
        assert values(plan)["甲区", "pm25", "2024"] == 34
        assert not plan.errors
        assert asked(plan, ConflictQuestion).chosen == place

    def test_a_third_file_that_agrees_with_one_adds_no_option(self, two, tmp_path):
        three = table(tmp_path, ["区县", "PM2.5年均浓度"], ["甲区", 33.0], name="三.xlsx")
        assert len(asked(plan_of(*two, three), ConflictQuestion).options) == 2


def test_a_plan_narrowed_to_files_and_districts(tmp_path):
    header = ["区县", "PM2.5年均浓度"]
    one = table(tmp_path, header, ["甲区", 33], ["乙县", "约30"], name="一.xlsx")
    two = table(tmp_path, header, ["丙区", 34], name="二.xlsx")
    plan = plan_of(one, two)
    assert not plan.is_writable()
    narrowed = plan.narrowed({"一.xlsx", "二.xlsx"}, {"甲区", "丙区"})
    assert narrowed.is_writable()
    assert set(values(narrowed)) == {("甲区", "pm25", "2024"), ("丙区", "pm25", "2024")}
    assert set(values(plan.narrowed({"二.xlsx"}, {"甲区", "丙区"}))) == {("丙区", "pm25", "2024")}
