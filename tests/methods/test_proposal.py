"""Proposals and comparisons from a scored period: beside the scheme's own, changing nothing."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from ecoscore import score
from ecoscore.errors import InputRefused
from ecoscore.methods import compare_rankings, from_page, from_result, propose_weights, topsis
from ecoscore.model.dataset import Dataset
from ecoscore.model.district import District
from ecoscore.model.observation import Observation
from ecoscore.model.period import Period
from ecoscore.schemes import parse_scheme
from ecoscore.scoring import score_dataset

SCHEME = """\
id: demo
title: 示例方案
full: 100
groups:
  - id: air
    title: 大气环境
    indicators:
      - {id: pm25, title: PM2.5年均浓度, direction: lower, weight: 30, rule: {kind: minmax, bounds: sample}}
      - {id: days, title: 优良天数比率, weight: 20, rule: {kind: minmax, bounds: sample}}
      - {id: place, title: 登记名次, direction: lower, weight: 0, rule: {kind: minmax, bounds: sample}}
  - id: water
    title: 水环境
    indicators:
      - {id: iii, title: 优Ⅲ比例, weight: 40, rule: {kind: minmax, bounds: sample}}
      - {id: ph, title: 酸碱度, direction: range, ideal: [6.5, 7.5], weight: 10, rule: {kind: minmax, bounds: sample}}
grades: [{title: 优秀, min: 90}, {title: 不合格, min: 0}]
"""
VALUES = {
    "pm25": [30.0, 35, 42, 50],
    "days": [88.0, 84, 79, 80],
    "place": [1.0, 2, 3, 4],
    "iii": [90.0, 100, 85, 70],
    "ph": [7.0, 8.0, 6.0, 7.2],
}
NAMES = ["甲区", "乙县", "丙县", "丁市"]


def frame(**changes):
    return pd.DataFrame(VALUES | changes, index=NAMES)


@pytest.fixture
def result():
    return score(frame(), parse_scheme(SCHEME, "方案.yaml"), "2024")


def test_the_matrix_of_a_result_has_values_directions_and_ideals(result):
    matrix = from_result(result)
    assert matrix.indicators == ("pm25", "days", "iii", "ph")
    assert matrix.values[:, 0].tolist() == [30, 35, 42, 50]
    assert matrix.ideals[3] == (6.5, 7.5)
    assert "登记名次" in matrix.notes[0]
    assert from_result(result, indicators=["place"]).indicators == ("place",)
    page = from_page(result.cells.value, NAMES, result.indicators)
    assert page.select(indicators=[0, 1, 3, 4]).values.tolist() == matrix.values.tolist()
    for unknown in ({"indicators": ["x"]}, {"districts": ["戊区"]}):
        with pytest.raises(InputRefused):
            from_result(result, **unknown)


def test_within_groups_each_group_keeps_its_points(result):
    found = propose_weights(result, "entropy")
    assert {g.group: (g.points, g.proposed_points) for g in found.groups} == {
        "air": (50, pytest.approx(50)),
        "water": (50, pytest.approx(50)),
    }
    assert [i.points for i in found.items] == [30, 20, 40, 10]
    assert sum(i.proposed_weight for i in found.items if i.group == "air") == pytest.approx(50)
    entropy = found.details["air"][0]
    assert [found.by_id["pm25"], found.by_id["days"]] == pytest.approx(list(50 * entropy.weights))
    assert "登记名次" in found.notes[-1]


def test_overall_the_groups_change_too(result):
    found = propose_weights(result, "equal", scope="overall")
    assert found.by_id == {"pm25": 25, "days": 25, "iii": 25, "ph": 25}
    critic = propose_weights(result, "critic", scope="overall")
    assert sum(critic.by_id.values()) == pytest.approx(100)
    assert critic.items[0].change == pytest.approx(critic.by_id["pm25"] - 30)


def test_ahp_by_group_names_what_to_mend(result):
    found = propose_weights(result, "ahp", judgements={"air": [[1, 3], [1 / 3, 1]], "water": [[1, 4], [1 / 4, 1]]})
    assert found.by_id == pytest.approx({"pm25": 37.5, "days": 12.5, "iii": 40, "ph": 10})
    with pytest.raises(InputRefused, match="“水环境”没有给出判断矩阵"):
        propose_weights(result, "ahp", judgements={"air": [[1, 3], [1 / 3, 1]]})
    circle = [[1, 5, 1 / 5, 1], [1 / 5, 1, 5, 1], [5, 1 / 5, 1, 1], [1, 1, 1, 1]]
    odd = propose_weights(result, "ahp", scope="overall", judgements={"": circle})
    assert "没有通过检验" in odd.notes[0] and "可改为" in odd.notes[0]


def test_combined_takes_the_schemes_own_weights_or_judgements(result):
    found = propose_weights(result, "combined", how="linear", alpha=1)
    assert found.by_id == pytest.approx({"pm25": 30, "days": 20, "iii": 40, "ph": 10})
    assert "主观权重取本方案现有权重" in found.notes[0]
    judged = propose_weights(
        result, "combined", how="linear", alpha=1, objective="critic",
        judgements={"air": [[1, 3], [1 / 3, 1]], "water": [[1, 4], [1 / 4, 1]]},
    )  # fmt: skip
    assert judged.by_id["pm25"] == pytest.approx(37.5)
    assert [type(d).__name__ for d in judged.details["air"]] == ["CombinedWeights", "CriticWeights", "AhpWeights"]


def test_gaps_are_refused_with_place_or_left_out_knowingly():
    scheme = parse_scheme(SCHEME + "missing: reweight\n", "方案.yaml")
    result = score(frame(ph=[7.0, np.nan, 6.0, 7.2]), scheme, "2024")
    with pytest.raises(InputRefused, match="乙县的酸碱度") as refused:
        propose_weights(result, "entropy")
    assert refused.value.findings[0].district == "乙县"
    assert propose_weights(result, "entropy", districts=["甲区", "丙县", "丁市"]).items
    kept = propose_weights(result, "entropy", keep=["ph"])
    assert [i.indicator for i in kept.items] == ["pm25", "days", "iii"]
    assert kept.by_id["iii"] == 40
    assert "酸碱度" in kept.notes[-1]


def test_a_group_that_tells_nobody_apart_keeps_its_weights():
    result = score(frame(iii=[90.0] * 4, ph=[7.0] * 4), parse_scheme(SCHEME, "方案.yaml"), "2024")
    found = propose_weights(result, "critic")
    assert found.by_id["iii"] == pytest.approx(40) and found.by_id["ph"] == pytest.approx(10)
    assert any("权重照旧" in note for note in found.notes)


def test_rankings_beside_the_schemes_own(result):
    (found,) = compare_rankings(result)
    assert found.districts[0] in {"甲区", "乙县"}
    own, sums, tops, grey = found.rankings
    assert [r.title for r in found.rankings] == ["本方案", "加权求和", "TOPSIS", "灰色关联"]
    assert own.rank.tolist() == sorted(own.rank.tolist())
    # Sample min-max and a weighted sum is the scheme itself, but for the range column: the same places.
    assert found.agreement_with_own("weighted_sum").spearman == pytest.approx(1)
    direct = topsis(from_result(result, districts=found.districts), [30, 20, 40, 10])
    assert tops.rank.tolist() == direct.rank.tolist()
    for move in found.moves:
        assert move.spread == move.most - move.least > 0
    assert {m.district for m in found.moves} == {
        name for n, name in enumerate(found.districts) if len({int(r.rank[n]) for r in found.rankings}) > 1
    }
    assert grey.score.shape == (4,) and sums.score.shape == (4,)


def test_each_peer_group_is_compared_for_itself():
    scheme = parse_scheme(SCHEME, "方案.yaml")
    districts = [District(n, peer_group="一类" if n in {"甲区", "乙县"} else "二类") for n in NAMES]
    districts.append(District("戊县", peer_group="三类"))
    period = Period(2024)
    table = frame()
    table.loc["戊县"] = table.loc["甲区"]
    observations = [
        Observation(d.name, i, period, float(table.loc[d.name, i])) for d in districts for i in table.columns
    ]
    data = Dataset.from_observations(districts, list(table.columns), observations)
    first, second = compare_rankings(score_dataset(data, scheme, period), ("topsis",))
    assert (first.peer_group, set(first.districts)) == ("县级 · 一类", {"甲区", "乙县"})
    assert set(second.districts) == {"丙县", "丁市"}
    assert "戊县" in second.notes[-1]


def test_weights_may_be_tried_out(result):
    (found,) = compare_rankings(result, ("weighted_sum",), weights={"pm25": 1, "days": 0, "iii": 0, "ph": 0})
    assert dict(zip(found.districts, found.rankings[1].rank.tolist(), strict=True)) == {
        "甲区": 1, "乙县": 2, "丙县": 3, "丁市": 4,
    }  # fmt: skip
    with pytest.raises(InputRefused, match="没有给出这些指标的权重：优良天数比率"):
        compare_rankings(result, weights={"pm25": 1})
    with pytest.raises(InputRefused, match="没有这种排序方法"):
        compare_rankings(result, ("electre",))
    with pytest.raises(InputRefused, match="没有两个同级同组"):
        compare_rankings(result, districts=["甲区"])


def test_a_scheme_that_forbids_ranking_is_not_ranked_another_way():
    result = score(frame(), parse_scheme(SCHEME + "unranked: 口径不同\n", "方案.yaml"), "2024")
    with pytest.raises(InputRefused, match="规定不排名：口径不同"):
        compare_rankings(result)
