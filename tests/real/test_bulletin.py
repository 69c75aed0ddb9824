"""The 2016 bulletin: the published index of 31 provinces comes out of their six printed sub-indices."""

from __future__ import annotations

import pytest

import ecoscore
from ecoscore.model.district import Level
from ecoscore.model.period import Period
from tests.real.tables import REAL, bulletin, published


@pytest.fixture(scope="module")
def scheme():
    return ecoscore.load_scheme("green-development-bulletin-2016")


@pytest.fixture(scope="module")
def totals(scheme):
    return ecoscore.score(bulletin(scheme), scheme, period="2016").totals


def assert_as_published(totals):
    printed = published()
    assert len(totals) == 31
    residual = (totals["total_exact"] - printed["绿色发展指数"].reindex(totals.index)).abs()
    assert residual.max() <= 0.0061, residual.sort_values().tail(3)
    differs = totals["rank"][totals["rank"] != printed["名次"].reindex(totals.index)]
    assert differs.to_dict() == {"广东": 12}
    assert printed.loc["广东", "名次"] == 13


def test_index_and_ranks_equal_the_published_ones(totals):
    assert_as_published(totals)


def test_guangdong_ties_with_guangxi_after_rounding_only(totals):
    assert totals.loc["广西", "total"] == totals.loc["广东", "total"] == 79.58
    assert totals.loc["广西", "total_exact"] - totals.loc["广东", "total_exact"] == pytest.approx(0.0088, abs=1e-4)
    assert totals.loc["四川", "rank"] == 14


def test_satisfaction_is_shown_but_not_counted(scheme):
    values = bulletin(scheme)
    before = ecoscore.score(values, scheme, period="2016")
    values["public_satisfaction_pct"] = 0.0
    after = ecoscore.score(values, scheme, period="2016")
    assert before.groups.loc["西藏", "public"] == pytest.approx(88.14)
    assert (before.totals["total_exact"] == after.totals["total_exact"].reindex(before.totals.index)).all()


def test_a_heavier_weight_would_be_noticed(scheme):
    """The check can fail: with equal weights the index misses by far more than the tolerance."""
    values = bulletin(scheme)
    equal = values.drop(columns="public_satisfaction_pct").mean(axis=1)
    assert (equal - published()["绿色发展指数"]).abs().max() > 1


def test_through_an_assessment_file(tmp_path, scheme):
    from ecoscore.assessment import Assessment
    from ecoscore.assessment.districts import read_districts

    provinces = read_districts(REAL / "provinces.csv")
    assert len(provinces) == 31
    assert {d.level for d in provinces} == {Level.PROVINCE}
    with Assessment.create(tmp_path / "2016 公报.ecos", scheme, provinces) as book:
        plan = book.plan_import([REAL / "bulletin_2016.csv"], period=Period.parse("2016"))
        assert not plan.errors, [f.message for f in plan.errors]
        assert book.apply_import(plan).accepted == 31 * 7
        assert_as_published(book.score(Period.parse("2016")).totals)
