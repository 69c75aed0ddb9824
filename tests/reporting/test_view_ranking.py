"""The ranking view: rank order, changes of rank, grades with reasons."""

from __future__ import annotations

from dataclasses import replace

from ecoscore.reporting.view import ranking_view
from tests.reporting.builders import BEFORE, TEN, jiangsu, scored, small


def test_rows_stand_in_rank_order_with_the_results_numbers():
    result = jiangsu()
    rows = ranking_view(result).sections[0].rows
    assert [row.rank for row in rows] == sorted(result.layers.rank)
    for row in rows:
        d = result.district_at[row.district]
        assert row.total.raw == result.layers.total[d]
        assert row.grade == result.layers.grade[d]
        tops = [n for n, g in enumerate(result.groups_in_order) if g in result.scheme.groups]
        assert [f.raw for f in row.groups] == [result.group_cells.index[d, g] for g in tops]


def test_columns_carry_full_marks_that_add_up():
    view = ranking_view(jiangsu())
    assert [c.weight.text for c in view.columns] == ["40", "20", "20", "10", "10"]


def test_peer_groups_are_ranked_apart():
    view = ranking_view(scored(small(), TEN, peer_groups=("城区组", "县域组")))
    assert [section.peer_group for section in view.sections] == ["城区组", "县域组"]
    assert all([row.rank for row in section.rows] == [1, 2, 3, 4, 5] for section in view.sections)


def test_change_of_rank_counts_places_gained():
    now, then = scored(small(), TEN), scored(small(), TEN, period=BEFORE, seed=2)
    view = ranking_view(now, previous=then)
    assert view.compared
    for row in view.sections[0].rows:
        d = now.district_at[row.district]
        gained = int(then.layers.rank[d] - now.layers.rank[d])
        assert row.rank_change == gained
        assert row.change_text == (f"↑{gained}" if gained > 0 else f"↓{-gained}" if gained else "持平")


def test_an_unranked_scheme_lists_districts_as_entered():
    view = ranking_view(scored(replace(small(), unranked="不排名"), TEN))
    assert [row.district for row in view.sections[0].rows] == list(TEN)
    assert all(row.rank is None and row.rank_text == "不排名" for row in view.sections[0].rows)
    assert view.title.endswith("结果汇总表")
