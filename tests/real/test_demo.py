"""The bundled demo: its tables import without error and hold every feature that was planted in them."""

from __future__ import annotations

import pytest

import ecoscore
from ecoscore.model.adjustment import Layer
from ecoscore.model.observation import Status
from ecoscore.model.period import Period
from tests.real.tables import (
    DEMO,
    RURAL,
    URBAN,
    demo_dataset,
    demo_districts,
    demo_events,
    demo_observations,
    demo_targets,
)

Y2024 = Period.parse("2024")


@pytest.fixture(scope="module")
def scheme():
    return ecoscore.load_scheme("jiangsu-green")


@pytest.fixture(scope="module")
def plain(scheme):
    """The year 2024 scored from the plain tables."""
    from ecoscore.scoring import score_dataset

    return score_dataset(demo_dataset(scheme), scheme, Y2024, demo_events())


@pytest.fixture(scope="module")
def imported(scheme, tmp_path_factory):
    """The demo as `ecoscore demo` goes through it: new file, the folder of tables, the events."""
    from ecoscore.assessment import Assessment
    from ecoscore.assessment.districts import read_districts

    path = tmp_path_factory.mktemp("演示") / "示例 2024.ecos"
    with Assessment.create(path, scheme, read_districts(DEMO / "区县名单.xlsx")) as book:
        plan = book.plan_import([DEMO / "报送"])
        book.apply_import(plan)
        for event in demo_events():
            book.record_event(event)
        yield book, plan


def status_of(result, district, indicator):
    return Status(int(result.cells.status[result.district_at[district], result.indicator_at[indicator]]))


def test_every_indicator_has_a_value_each_year(scheme):
    seen = {(o.indicator, o.period) for o in demo_observations() if o.status is Status.REPORTED}
    assert seen == {(i.id, Period(y)) for i in scheme.indicators for y in (2022, 2023, 2024)}
    assert len(demo_observations()) == 30 * 3 * 10


def test_a_tie_shares_its_rank_and_the_next_is_deferred(plain):
    totals = plain.totals
    assert totals.loc["丙区", "total"] == totals.loc["丁区", "total"] == 81.23
    assert totals.loc["丙区", "total_exact"] != totals.loc["丁区", "total_exact"]
    assert [int(totals.loc[d, "rank"]) for d in URBAN] == [1, 2, 3, 3, 5]


def test_counties_are_ranked_among_themselves(plain):
    assert [int(plain.totals.loc[d, "rank"]) for d in RURAL] == [1, 2, 3, 5, 4]


def test_grades_spread_over_all_four(plain):
    grades = plain.totals["grade"]
    assert set(grades[["甲区", "己县"]]) == {"优秀"}
    assert set(grades[["乙区", "丙区", "丁区", "庚县", "辛县"]]) == {"良好"}
    assert set(grades[["戊区", "壬县"]]) == {"合格"}
    assert grades["癸县"] == "不合格"


def test_not_applicable_passes_its_weight_on_within_the_group(plain, scheme):
    assert status_of(plain, "丙区", "mine_restoration") is Status.NOT_APPLICABLE
    row, at = plain.district_at["丙区"], plain.indicator_at
    assert plain.cells.weight[row, at["mine_restoration"]] == 0
    ecology = [i.id for i in scheme.indicators if scheme.group_of(i.id).id == "ecology"]
    assert sum(plain.cells.weight[row, at[i]] for i in ecology) == pytest.approx(20)
    assert plain.cells.weight[row, at["forest_cover"]] == pytest.approx(4 * 20 / 16)


def test_exactly_one_value_of_2024_is_missing_and_scores_nothing(plain):
    missing = [(o.district, o.indicator) for o in demo_observations() if o.status is Status.MISSING]
    assert missing == [("辛县", "tailwater")]
    assert plain.points.loc["辛县", "tailwater"] == 0
    assert plain.cells.weight[plain.district_at["辛县"], plain.indicator_at["tailwater"]] == pytest.approx(2)
    assert any(f.district == "辛县" and f.indicator == "tailwater" and not f.is_error for f in plain.findings)


def test_missed_binding_targets(plain):
    missed = dict(zip([d.name for d in plain.districts], plain.layers.binding_missed, strict=True))
    assert {d: int(n) for d, n in missed.items() if n} == {"戊区": 1, "壬县": 2}
    assert plain.points.loc["戊区", "energy_intensity_cut"] == 0
    assert plain.totals.loc["戊区", "deduction"] == pytest.approx(2)  # two occurrences of 超限量排放, nothing more
    assert plain.points.loc["壬县", ["water_source", "inspection"]].sum() == 0
    assert plain.totals.loc["壬县", "deduction"] == pytest.approx(2 + 5)  # 约谈 2, and the two items' points once more


def test_both_falling_gives_the_bonus_by_itself(plain):
    automatic = {a.district for a in plain.adjustments if a.adjustment == "double_drop"}
    assert automatic == {"甲区", "乙区", "丙区", "丁区", "己县", "庚县", "辛县"}


def test_ceiling_and_veto_change_the_grade_not_the_total(plain):
    totals = plain.totals
    assert totals.loc["乙区", "total"] == 91.49
    assert totals.loc["癸县", "total"] == 68.34
    layers = {(a.district, a.layer) for a in plain.adjustments if a.layer in (Layer.CEILING, Layer.VETO)}
    assert layers == {("乙区", Layer.CEILING), ("癸县", Layer.VETO)}
    assert totals.loc["乙区", "grade_reason"]
    assert totals.loc["癸县", "grade_reason"]


def test_the_tables_import_without_error(imported):
    _, plan = imported
    assert not plan.errors, [(f.where, f.message) for f in plan.errors]


def test_imported_values_are_the_plain_ones(imported):
    book, _ = imported
    wrong = []
    for expected in demo_observations():
        found = book.observation(expected.district, expected.indicator, expected.period)
        if expected.status is Status.MISSING:
            same = found is None or found.status is Status.MISSING
        else:
            same = found is not None and found.status is expected.status and found.value == expected.value
        if not same:
            wrong.append((expected, found))
    assert not wrong, wrong[:5]


def test_imported_targets_are_the_plain_ones(imported):
    book, _ = imported
    found = {(t.district, t.indicator, t.period): t.value for t in book.targets()}
    assert found == {(t.district, t.indicator, t.period): t.value for t in demo_targets()}


def test_imported_districts_carry_code_and_peer_group(imported):
    book, _ = imported
    assert [d.name for d in book.districts] == [d.name for d in demo_districts()]
    assert [d.peer_group for d in book.districts] == ["城区"] * 5 + ["县域"] * 5
    assert all(d.code and d.code.startswith("9901") for d in book.districts)


def test_the_imported_year_scores_as_the_plain_one(imported, plain):
    book, _ = imported
    result = book.score(Y2024)
    columns = ["total", "total_exact", "rank", "grade", "base", "bonus", "deduction", "peer_group"]
    assert result.totals[columns].to_dict() == plain.totals[columns].to_dict()


def test_a_year_without_baseline_scores_its_level_alone(scheme):
    from ecoscore.scoring import score_dataset

    result = score_dataset(demo_dataset(scheme), scheme, Period(2022))
    assert result.individual.loc["甲区", "pm25"] == pytest.approx(100 * (60 - 37.2) / 35)


def test_the_flawed_sheet_yields_its_findings_and_writes_nothing(scheme, tmp_path):
    from ecoscore.assessment import Assessment
    from ecoscore.assessment.districts import read_districts
    from ecoscore.errors import InputRefused

    with Assessment.create(tmp_path / "有问题.ecos", scheme, read_districts(DEMO / "区县名单.xlsx")) as book:
        plan = book.plan_import([DEMO / "有问题的表"])
        cells = {f.cell for f in plan.errors}
        assert {"E4", "C5", "D6", "F6", "A7"} <= cells, [(f.cell, f.message) for f in plan.findings]
        ratios = [f for f in plan.findings if f.indicator == "good_days_ratio"]  # 0.847 in a column of per cent
        assert ratios, [(f.code, f.cell, f.message) for f in plan.findings]
        with pytest.raises(InputRefused):
            book.apply_import(plan)
        assert not book.periods
