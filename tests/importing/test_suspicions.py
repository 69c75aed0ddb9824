"""What can be read and looks wrong: a warning that states its rule, and never more than a warning."""

from __future__ import annotations

import pytest

from ecoscore.importing.collector import collector_held
from ecoscore.importing.plan import Role
from ecoscore.model.observation import Observation
from ecoscore.model.period import Period
from ecoscore.schemes import parse_scheme
from tests.importing.sheets import DISTRICTS, codes, finding, plan_of, values, write_xlsx

SCHEME = parse_scheme(
    """
id: t
title: 测试
groups:
  - id: g
    title: 组
    indicators:
      - {id: pm25, title: PM2.5年均浓度, unit: μg/m³, direction: lower, weight: 6, rule: {kind: minmax, bounds: sample}}
      - {id: money, title: 生态补偿资金, unit: 万元, weight: 4, rule: {kind: minmax, bounds: sample}}
      - {id: land, title: 累计治理面积, unit: 公顷, weight: 4, cumulative: true, rule: {kind: minmax, bounds: sample}}
""",
    "t.yaml",
)


def held(indicator, **by_year):
    return [Observation("甲区", indicator, Period(int(y[1:])), float(v)) for y, v in by_year.items()]


def plan(tmp_path, title, value, current=()):
    path = write_xlsx(tmp_path / "表.xlsx", {"2024年度": [["区县", title], ["甲区", value]]})
    return plan_of(path, scheme=SCHEME, current=current)


@pytest.mark.parametrize(("value", "said"), [(12, "10 倍"), (1200, "1000 倍"), (0.0012, "1000 倍")])
def test_a_point_or_a_unit_that_slipped(tmp_path, value, said):
    found = finding(plan(tmp_path, "生态补偿资金", value, held("money", y2023=1.2)), "far_from_last_year")
    assert not found.is_error
    assert said in found.message and "错位" in found.advice


def test_far_but_no_power_of_ten(tmp_path):
    found = finding(plan(tmp_path, "生态补偿资金", 36, held("money", y2023=1.2)), "far_from_last_year")
    assert "接近" not in found.message


HISTORY = {"y2019": 50, "y2020": 49, "y2021": 47, "y2022": 46, "y2023": 45}


def test_a_jump_beyond_the_districts_own_history_states_the_rule(tmp_path):
    found = finding(plan(tmp_path, "PM2.5年均浓度", 35, held("pm25", **HISTORY)), "beyond_history")
    assert "变化 10" in found.message and "最大变化 2 的 3 倍" in found.message
    assert (found.cell, found.district, found.indicator, found.is_error) == ("B2", "甲区", "pm25", False)


@pytest.mark.parametrize("value", [39.5, 50, 45])
def test_a_change_within_it_says_nothing(tmp_path, value):
    assert "beyond_history" not in codes(plan(tmp_path, "PM2.5年均浓度", value, held("pm25", **HISTORY)))


def test_too_short_a_history_says_nothing(tmp_path):
    short = held("pm25", y2021=47, y2022=46, y2023=45)
    assert "beyond_history" not in codes(plan(tmp_path, "PM2.5年均浓度", 30, short))


def test_a_running_total_that_falls(tmp_path):
    found = finding(plan(tmp_path, "累计治理面积", 119, held("land", y2023=120)), "below_last_year")
    assert "累计数" in found.message and not found.is_error
    assert "below_last_year" not in codes(plan(tmp_path, "累计治理面积", 121, held("land", y2023=120)))
    assert "below_last_year" not in codes(plan(tmp_path, "生态补偿资金", 119, held("money", y2023=120)))


def sums(tmp_path, *rows):
    path = write_xlsx(tmp_path / "表.xlsx", {"2024年度": [["区县", "生态补偿资金", "PM2.5年均浓度"], *rows]})
    return plan_of(path, scheme=SCHEME)


def test_a_sum_that_does_not_add_up(tmp_path):
    found = finding(sums(tmp_path, ["甲区", 10, 30], ["乙县", 20, 40], ["合计", 31, None]), "sum_differs")
    assert "写的是 31" in found.message and "相加是 30" in found.message
    assert (found.cell, found.is_error) == ("B4", False)


@pytest.mark.parametrize("last", [["合计", 30, 70], ["全市合计", 99, None], ["合计", "—", None], ["平均", 15, 35.2]])
def test_sums_that_do_and_what_is_no_sum(tmp_path, last):
    assert "sum_differs" not in codes(sums(tmp_path, ["甲区", 10, 30], ["乙县", 20, 40], last))


def test_a_sum_over_a_row_that_was_not_read_is_not_judged(tmp_path):
    plan = sums(tmp_path, ["甲区", 10, 30], ["乙县", 20, 40], ["无名区", 5, 20], ["合计", 35, None], ["平均", 11.7, 30])
    assert "unknown_district" in codes(plan) and "sum_differs" not in codes(plan)


def test_rounding_is_no_difference(tmp_path):
    assert "sum_differs" not in codes(sums(tmp_path, ["甲区", 10.3, 30], ["乙县", 20.4, 40], ["合计", 31, None]))


def test_a_mean_that_is_none(tmp_path):
    found = finding(sums(tmp_path, ["甲区", 10, 30], ["乙县", 20, 40], ["平均", 15, 39]), "sum_differs")
    assert "平均是 35" in found.message and "加权" in found.advice


def test_sums_of_parts_and_the_sum_of_all(tmp_path):
    rows = [
        ["甲区", 10, 1],
        ["乙县", 20, 1],
        ["小计", 30, None],
        ["丙区", 5, 1],
        ["𬭚州区", 6, 1],
        ["小计", 11, None],
        ["总计", 41, None],
    ]
    plan = sums(tmp_path, *rows)
    assert "sum_differs" not in codes(plan)
    assert len(values(plan)) == 2 * len(DISTRICTS)


def test_labels_of_rows_passed_over_are_no_districts_to_the_window(tmp_path):
    sheet = sums(tmp_path, ["甲区", 10, 30], ["平均", 10, 30], ["注：自动站", None, None]).files[0].sheets[0]
    assert sheet.roles[1, 0] is Role.DISTRICT
    assert sheet.roles[2, 0] is Role.IGNORED and sheet.roles[3, 0] is Role.IGNORED


def test_the_collector_is_back_after_an_import_even_a_failed_one():
    import gc

    before = gc.isenabled()  # off where the window runs

    def fail():
        with collector_held(), collector_held():
            assert not gc.isenabled()
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert gc.isenabled() is before


def test_what_an_import_has_made_is_not_walked_right_after_it_and_yet_collected_in_the_end():
    import gc
    import weakref

    class Thing:
        pass

    before = gc.isenabled()
    gc.enable()
    try:
        with collector_held():
            made = [[n] for n in range(20_000)]
            circle = Thing()
            circle.itself, gone = circle, weakref.ref(circle)
            del circle
        assert any(thing is made[-1] for thing in gc.get_objects(generation=2))
        gc.collect()
        assert gone() is None
    finally:
        if not before:
            gc.disable()


DAYS = "空气优良天数比率"


def small(tmp_path, *values_, current=()):
    rows = [["区县", DAYS], *([d.name, v] for d, v in zip(DISTRICTS, values_, strict=False))]
    return plan_of(write_xlsx(tmp_path / "比 率.xlsx", {"2024年度": rows}), current=current)


def test_one_ratio_among_percentages(tmp_path):
    """0.864 in one row passed for 0.864 %, as the column as a whole was no column of ratios."""
    found = finding(small(tmp_path, 86.4, 0.864, 91, 79), "maybe_ratio")
    assert not found.is_error
    assert found.cell == "B3" and found.district == "乙县" and "0.864" in found.message


def test_a_ratio_in_a_districts_own_file_beside_what_others_have_reported(tmp_path):
    others = [Observation(d.name, "good_days", Period(2024), 80.0) for d in DISTRICTS[1:]]
    assert finding(small(tmp_path, 0.864, current=others), "maybe_ratio").cell == "B2"


@pytest.mark.parametrize(
    "values_", [(86.4, (0.008, "0.0%"), 91, 79), (86.4, "0.8%", 91, 79), (0.5, 0.8, 2, 3), (86.4, 0, 91, 79)]
)
def test_small_percentages_that_are_meant(tmp_path, values_):
    assert "maybe_ratio" not in codes(small(tmp_path, *values_))
