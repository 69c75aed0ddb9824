"""The composite index of air quality against its published and hand-worked examples."""

from __future__ import annotations

import numpy as np
import pytest

from ecoscore.derived import FUNCTIONS, ExpressionError, parse
from ecoscore.derived.air_editions import EDITIONS
from ecoscore.model.rule import Number

SIX = ("so2", "no2", "pm10", "pm25", "co", "o3")
TAUGHT = (8, 27, 55, 32, 1.0, 170)


def index(edition, six, suffix=""):
    call = f"air_index_{edition}({', '.join(SIX)})"
    return float(
        parse(f"round_even({call}, {suffix})" if suffix != "" else call, SIX).compute(
            dict(zip(SIX, map(np.float64, six), strict=True))
        )
    )


@pytest.mark.parametrize(("edition", "expected"), [("2013", 3.8208), ("2026_equal", 4.1042), ("2026", 7.9750)])
def test_one_air_under_three_editions(edition, expected):
    assert index(edition, TAUGHT, 4) == expected
    assert index("2013", TAUGHT, 2) == 3.82, "as it would be published"


def test_a_published_city_is_met_as_closely_as_rounded_concentrations_allow():
    # 2023, SO2 12, NO2 31, PM10 74, PM2.5 37, CO 1.4, O3 168: published 4.48, from whole concentrations 4.489.
    got = index("2013", (12, 31, 74, 37, 1.4, 168))
    assert got == pytest.approx(4.489, abs=5e-4)
    assert got == pytest.approx(4.48, abs=0.05)


def test_air_at_its_limits_scores_the_sum_of_the_weights():
    for edition in EDITIONS:
        assert index(edition.suffix, edition.limits) == sum(edition.weights)


def test_2031_by_hand():
    # 8/20 + 27/30 + 55/50 + 32/25 + 1/4 + 170/160; weights 1 2 1 3 1 2.
    assert index("2031_equal", TAUGHT) == pytest.approx(0.4 + 0.9 + 1.1 + 1.28 + 0.25 + 1.0625)
    assert index("2031", TAUGHT) == pytest.approx(0.4 + 1.8 + 1.1 + 3.84 + 0.25 + 2.125)


def test_the_working_paper_shows_six_single_indices_and_their_sum():
    numbers = {k: Number(float(v), str(v)) for k, v in zip(SIX, TAUGHT, strict=True)}
    paper = parse(f"air_index_2013({', '.join(SIX)})", SIX).explain(numbers, titles={"pm25": "PM2.5年均浓度"})
    assert paper.numbers == "0.133333＋0.675＋0.785714＋0.914286＋0.25＋1.0625＝3.820833"
    assert [round(step.score, 4) for _, step in paper.steps] == [0.1333, 0.6750, 0.7857, 0.9143, 0.2500, 1.0625]
    title, step = paper.steps[3]
    assert (title, step.formula, step.numbers) == ("PM2.5单项指数", "PM2.5年均浓度÷35", "32÷35＝0.914286")
    assert "HJ 663-2013" in "".join(paper.notes)


def test_a_missing_pollutant_leaves_no_index_and_says_which():
    numbers = {k: Number(float(v), str(v)) for k, v in zip(SIX[:5], TAUGHT, strict=False)}
    paper = parse(f"air_index_2013({', '.join(SIX)})", SIX).explain(numbers, titles={"o3": "臭氧"})
    assert np.isnan(paper.score)
    assert paper.notes[0] == "缺少臭氧，不计算"


def test_the_change_rate_recomputes_last_year_under_the_same_edition():
    call = f"air_index_2026({', '.join(SIX)})"
    e = parse(f"air_change({call})", SIX)
    now = dict(zip(SIX, map(np.float64, TAUGHT), strict=True))
    before = {**now, "pm25": np.float64(40)}
    # 3 × 8/30 less PM2.5: 7.975 against 8.775.
    assert float(e.compute(now, before)) == pytest.approx(100 * (7.975 - 8.775) / 8.775)
    assert e.basis == "GB 3095-2026 过渡阶段（加权）"
    numbers, past = ({k: Number(float(v), f"{v:g}") for k, v in side.items()} for side in (now, before))
    paper = e.explain(numbers, past)
    assert paper.formula == "100×（环境空气质量综合指数−基期环境空气质量综合指数）÷｜基期环境空气质量综合指数｜"
    assert [title for title, _ in paper.steps] == ["环境空气质量综合指数", "基期环境空气质量综合指数"]


def test_each_edition_is_a_basis_of_its_own():
    assert len({e.basis for e in EDITIONS}) == len(EDITIONS)
    for one in EDITIONS:
        for other in EDITIONS:
            text = f"air_index_{one.suffix}({', '.join(SIX)}) - air_index_{other.suffix}({', '.join(SIX)})"
            if one is other:
                parse(text, SIX)
            else:
                with pytest.raises(ExpressionError, match="口径不同"):
                    parse(text, SIX)


def test_only_the_2013_edition_was_read_in_its_source():
    assert [e.suffix for e in EDITIONS if not FUNCTIONS[f"air_index_{e.suffix}"].source.review] == ["2013"]
