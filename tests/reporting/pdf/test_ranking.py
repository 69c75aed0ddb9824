"""The ranking sheet on paper."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ecoscore.reporting.pdf import write_ranking_pdf
from ecoscore.reporting.view import PaperMeta, ranking_view
from tests.reporting.builders import BEFORE, TEN, jiangsu, scored, small
from tests.reporting.pdf.reading import outside, overlaps, read


def written(tmp_path, view):
    path = tmp_path / "排名汇总表.pdf"
    write_ranking_pdf(path, view)
    return read(path)


@pytest.mark.parametrize("count", [3, 10, 100])
def test_every_district_its_total_and_grade_are_printed(tmp_path, count):
    names = [f"第{n}号某某某某自治县区"[:12] for n in range(count)]
    view = ranking_view(jiangsu(names), PaperMeta(attachment="附件1"))
    found = written(tmp_path, view)
    for row in view.sections[0].rows:
        assert row.district in found.joined
        assert row.total.text in found.text
    assert all(width > height for width, height in found.sizes)
    assert overlaps(found) == []
    assert outside(found) == []
    assert all("被考核单位" in page for page in found.pages if "合格" in page and "小计" in page)


def test_peer_groups_are_told_apart_and_changes_of_rank_shown(tmp_path):
    scheme = small()
    groups = ("城区组", "县域组")
    view = ranking_view(
        scored(scheme, TEN, peer_groups=groups), previous=scored(scheme, TEN, period=BEFORE, peer_groups=groups, seed=1)
    )
    found = written(tmp_path, view)
    assert "城区组（5个）" in found.joined
    assert "县域组（5个）" in found.joined
    assert "上年名次" in found.joined
    assert (1, "县域组") in found.outline


def test_an_unranked_scheme_gives_no_ranks(tmp_path):
    scheme = replace(small(), unranked="评价结果不排名")
    view = ranking_view(scored(scheme, TEN))
    found = written(tmp_path, view)
    assert "结果汇总表" in found.text
    assert "名次" not in found.joined.split("注：")[0]
    assert "本方案结果不排名：评价结果不排名" in found.joined


def test_the_reason_for_a_grade_is_told_below(tmp_path):
    view = ranking_view(jiangsu(TEN))
    bound = [row for s in view.sections for row in s.rows if row.grade_reason]
    assert bound, "the case needs a bound grade"
    found = written(tmp_path, view)
    for row in bound:
        assert f"{row.district}：{row.grade_reason}".replace(" ", "") in found.joined
