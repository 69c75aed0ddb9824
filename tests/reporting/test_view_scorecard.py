"""The scorecard view: numbers are the result's own, texts are what an official expects to read."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from ecoscore.model.adjustment import Event, Layer
from ecoscore.model.observation import Status
from ecoscore.model.period import Period
from ecoscore.reporting.view import PaperMeta, scorecard_view
from ecoscore.rules.rounding import round_decimal
from ecoscore.schemes import load_scheme
from tests.reporting.builders import BEFORE, NOW, TEN, jiangsu, scored, small


def test_every_number_is_the_results_number():
    result = jiangsu()
    for d, district in enumerate(result.districts):
        view = scorecard_view(result, district.name)
        cells = result.cells
        for i, row in enumerate(view.rows):
            for figure, array in (
                (row.value, cells.value), (row.baseline, cells.baseline), (row.target, cells.target),
                (row.level, cells.level), (row.progress, cells.progress), (row.individual, cells.individual),
                (row.points, result.points_rounded), (row.weight, cells.weight),
            ):  # fmt: skip
                expected = float(array[d, i])
                assert (figure.raw is None and np.isnan(expected)) or figure.raw == expected
                assert figure.text
            assert row.points.text == f"{result.points_rounded[d, i]:.2f}"
        assert view.chain.total.raw == result.layers.total[d]
        assert float(view.chain.total.text) == result.layers.total[d]
        assert view.chain.base.raw == result.layers.base[d]
        assert view.standing.rank == result.layers.rank[d]
        assert view.standing.grade == result.layers.grade[d]
        for g, group in enumerate(view.groups):
            assert group.index.raw == result.group_cells.index[d, g]
            assert group.peer_mean.raw == pytest.approx(np.nanmean(result.group_cells.index[:, g]))


def test_nothing_is_blank():
    scheme = load_scheme("jiangsu-green")
    states = {
        ("甲区", i.id): s
        for i, s in zip(scheme.indicators, [Status.MISSING, Status.NOT_APPLICABLE, Status.NO_DATA] * 10, strict=True)
    }
    view = scorecard_view(jiangsu(states=states), "甲区")
    for row in view.rows:
        figures = (
            row.weight,
            row.target,
            row.baseline,
            row.value,
            row.change,
            row.level,
            row.progress,
            row.individual,
            row.points,
        )
        assert all(f.text.strip() for f in figures)
        assert row.unit and row.nature and row.department
    texts = {row.status: row.value.text for row in view.rows}
    assert texts[Status.MISSING] == "未报"
    assert texts[Status.NOT_APPLICABLE] == "—"


def test_title_names_organisation_period_and_subject():
    result = scored(small())
    assert scorecard_view(result, "甲区").title == "某市2024年度区县绿色政绩考核成绩单"
    meta = PaperMeta(organisation="南江市", subject="高质量发展生态环境考核")
    assert scorecard_view(result, "甲区", meta).title == "南江市2024年度高质量发展生态环境考核成绩单"


def test_an_unknown_district_is_a_key_error():
    with pytest.raises(KeyError):
        scorecard_view(scored(small()), "没有区")


def test_value_and_baseline_of_a_row_have_equal_decimals():
    for row in scorecard_view(jiangsu(), "甲区").rows:
        assert len(row.value.text.partition(".")[2]) == len(row.baseline.text.partition(".")[2])


def test_change_is_by_the_rules_measure_and_judged_by_direction():
    scheme = small()
    values = {("甲区", "i1"): 80.0, ("甲区", "i2"): 40.0}
    result = scored(scheme, values=values)
    rows = {row.indicator: row for row in scorecard_view(result, "甲区").rows}
    baseline = result.cells.baseline[0]
    assert rows["i1"].change_kind == "变化值"
    assert rows["i1"].change.raw == pytest.approx(80 - baseline[0])
    assert rows["i1"].change_better is bool(baseline[0] < 80)
    assert rows["i2"].change_kind == "变化率（%）"
    assert rows[
        "i2"
    ].change.text == f"{round_decimal(100 * (40 - baseline[1]) / baseline[1], 1, 'half_even'):+.1f}%".replace("-", "−")
    assert rows["i2"].change_better is bool(baseline[1] > 40)


def test_equal_totals_share_a_rank_and_the_next_is_deferred():
    scheme = small()
    same = {(name, i.id): 60.0 for name in ("甲区", "乙区") for i in scheme.indicators}
    worst = {("丙区", i.id): 90.0 if i.direction == "lower" else 20.0 for i in scheme.indicators}
    result = scored(scheme, values=same | worst, baselines=same)
    places = [scorecard_view(result, name).standing for name in TEN[:3]]
    assert [place.rank_text for place in places] == ["并列第1名", "并列第1名", "第3名"]
    assert [place.tied for place in places] == [True, True, False]


def test_ranks_count_only_peers():
    view = scorecard_view(scored(small(), TEN, peer_groups=("城区组", "县域组")), "甲区")
    assert view.peer_group == "城区组"
    assert view.standing.of == 5


def test_an_unranked_scheme_gives_no_rank_and_says_why():
    view = scorecard_view(scored(replace(small(), unranked="公报只公布得分，不排名")), "甲区")
    assert view.standing.rank is None
    assert view.standing.rank_text == "不排名"
    assert "本方案结果不排名：公报只公布得分，不排名。" in view.notes


def test_adjustments_carry_their_ground_and_the_chain_adds_up():
    scheme = load_scheme("jiangsu-green")
    bonus = next(a for a in scheme.adjustments if a.layer is Layer.BONUS and not a.all_improved)
    veto = next(a for a in scheme.adjustments if a.layer is Layer.VETO)
    events = [
        Event("甲区", NOW, bonus.id, "命名", document="环函〔2024〕8号", office="生态环境部"),
        Event("甲区", NOW, veto.id, "数据造假", document="苏环罚〔2024〕3号"),
    ]
    view = scorecard_view(jiangsu(events=events), "甲区")
    kinds = {line.kind: line for line in view.adjustments}
    assert "环函〔2024〕8号" in kinds["加分"].ground
    assert kinds["加分"].effect == f"加{bonus.points:.2f}分"
    assert view.limits_text.startswith("有。一票否决：")
    assert "苏环罚〔2024〕3号" in view.limits_text
    assert view.standing.grade == "不合格"
    chain = view.chain
    assert (
        chain.text
        == f"指标得分小计 {chain.base.text} ＋ 加分 {chain.bonus.text} － 扣分 {chain.deduction.text} ＝ 总分 {chain.total.text}"
    )


def test_without_limits_it_says_so():
    assert scorecard_view(scored(small()), "甲区").limits_text == "无"


def test_last_year_is_compared_only_under_the_same_scheme():
    scheme = small()
    now, then = scored(scheme), scored(scheme, period=BEFORE, seed=9)
    found = scorecard_view(now, "甲区", previous=then).comparison
    assert found is not None
    gain = now.layers.total[0] - then.layers.total[0]
    assert found.total_change.raw == pytest.approx(gain)
    assert found.rank_change == then.layers.rank[0] - now.layers.rank[0]
    assert ("提高" in found.text) == (gain > 0)
    other = scored(replace(scheme, edition="2020"), period=BEFORE)
    assert scorecard_view(now, "甲区", previous=other).comparison is None
    assert scorecard_view(now, "甲区").comparison is None


def test_weak_items_are_those_that_lost_most_points():
    view = scorecard_view(jiangsu(), "甲区")
    lost = sorted((row.lost for row in view.rows), reverse=True)
    assert [item.lost.raw for item in view.weak] == lost[:5]
    assert all((item.individual.raw or 0) >= 90 for item in view.strong)


def test_a_missed_binding_target_is_told_on_the_card():
    view = scorecard_view(jiangsu(values={("甲区", "pm25"): 47.4}), "甲区")
    row = next(row for row in view.rows if row.indicator == "pm25")
    assert row.nature == "约束性"
    assert (row.target.text, row.value.text[:4], row.points.text) == ("35", "47.4", "0.00")
    assert any("PM2.5年均浓度" in remark and "约束性目标未完成" in remark for remark in view.remarks)


def test_items_of_one_fate_are_told_together():
    scheme = small(("大气环境",), 6)
    view = scorecard_view(scored(scheme, states={("甲区", f"i{n}"): Status.MISSING for n in (1, 2, 3, 5)}), "甲区")
    assert view.remarks == ("第1—3、5项：应报未报，记 0 分。",)


def test_notes_state_source_method_rounding_ties_and_marks():
    notes = "".join(scorecard_view(jiangsu(), "甲区", PaperMeta(sources="各区县人民政府报送")).notes)
    for word in (
        "各区县人民政府报送",
        "得分＝分值×个体指数÷100",
        "四舍六入五成双保留2位小数",
        "名次并列",
        "★为约束性指标",
        "2023年度",
    ):
        assert word in notes


def test_the_chain_says_where_rounding_leaves_a_difference():
    seen = set()
    for seed in range(30):
        result = jiangsu(seed=seed)
        for district in result.districts:
            chain = scorecard_view(result, district.name).chain
            parts = round(float(chain.base.text) + float(chain.bonus.text) - float(chain.deduction.text), 9)
            assert chain.tail == (parts != float(chain.total.text))
            seen.add(chain.tail)
    assert False in seen


def test_labels_follow_the_kind_of_period():
    quarter = scorecard_view(scored(small(), period=Period.parse("2024Q3")), "甲区")
    assert (quarter.baseline_label, quarter.value_label) == ("上年同期", "本期值")
    assert quarter.title == "某市2024年第3季度区县绿色政绩考核成绩单"
    fixed = replace(small(), baseline="2023")
    assert scorecard_view(scored(fixed), "甲区").baseline_label == "上年值"


def test_a_mean_that_is_no_sum_is_told():
    notes = "".join(scorecard_view(scored(replace(small(), aggregate="geometric")), "甲区").notes)
    assert "加权几何平均" in notes
    assert "各项得分之和一般不等于小计" in notes
