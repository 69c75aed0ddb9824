"""Every formula of every workbook, recalculated hard by LibreOffice, gives what is stored beside it; and that is the engine's."""

from __future__ import annotations

from pathlib import Path

import pytest

from ecoscore.assessment import Assessment
from ecoscore.assessment.new import make_demo
from ecoscore.model.period import Period
from ecoscore.model.result import Result
from ecoscore.reporting.view import ranking_view, scorecard_view, working_paper_view
from ecoscore.reporting.workbook import (
    write_ranking_workbook,
    write_scorecard_workbook,
    write_workbook,
    write_working_paper_workbook,
)
from ecoscore.reporting.workbook.layout import Layout
from ecoscore.reporting.workbook.summary_columns import SummaryColumns
from tests.libreoffice import differences, needs_soffice, recalculate_all, same, stored
from tests.reporting.builders import BEFORE, NOW, TEN, scored, small
from tests.reporting.random_scheme import result_of

SEEDS = range(8)


def every_workbook(result: Result, folder: Path, name: str, previous: Result | None = None) -> list[Path]:
    """All that can be written of a result, cards for two districts."""
    full, working = (folder / f"{name}{kind}.xlsx" for kind in ("总表", "底稿"))
    write_workbook(full, result, previous=previous)
    write_working_paper_workbook(working, result, [working_paper_view(result, d.name) for d in result.districts])
    cards = []
    for district in {result.districts[0], result.districts[-1]}:
        cards.append(folder / f"{name}{district.name}.xlsx")
        write_scorecard_workbook(cards[-1], result, scorecard_view(result, district.name, previous=previous))
    return [full, working, *cards]


def assert_recalculates_to_itself(paths: list[Path], folder: Path) -> None:
    for path, after in zip(paths, recalculate_all(paths, folder), strict=True):
        before = stored(path)
        assert sum(len(cells) for cells in before.values()) > 50
        assert differences(before, after) == [], path.name


def assert_stores_the_engine_s_figures(path: Path, result: Result) -> None:
    """Group indices, layers, totals, ranks and individual scores as the result holds them."""
    layout, cells = Layout(result), stored(path)
    columns = SummaryColumns(layout)
    for n, d in enumerate(layout.rows):
        for kind in ("base", "bonus", "deduction", "exact", "total"):
            array = getattr(result.layers, {"exact": "total_exact"}.get(kind, kind))
            assert same(_or_blank(float(array[d])), cells["汇总"].get(columns.at(kind, n).replace("$", ""))), (kind, d)
        for group in layout.group_order:
            index = float(result.group_cells.index[d, layout.group_at[group.id]])
            assert same(_or_blank(index), cells["汇总"].get(columns.group_index(group.id, n).replace("$", "")))
        for i in range(len(result.indicators)):
            at = layout.at("individual", n, i, "得分").replace("$", "")
            assert same(_or_blank(float(result.cells.individual[d, i])), cells["得分"].get(at))
            at = layout.at("points", n, i, "得分").replace("$", "")
            assert same(float(result.cells.points[d, i]), cells["得分"].get(at))


def _or_blank(value: float) -> float | str:
    return value if value == value else ""  # noqa: PLR0124 - NaN


@needs_soffice
def test_schemes_of_every_kind_recalculate_to_what_is_stored(tmp_path: Path) -> None:
    """Nested groups, caps, all means, both ways of sharing, all policies, ties, gaps, layers, both roundings."""
    paths: list[Path] = []
    for seed in SEEDS[:5]:
        paths += every_workbook(result_of(seed), tmp_path, f"方案{seed} ")
    assert_recalculates_to_itself(paths, tmp_path / "recalculated")


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_stored_is_the_engine_s(seed: int, tmp_path: Path) -> None:
    result = result_of(seed)
    write_workbook(tmp_path / "总表.xlsx", result)
    assert_stores_the_engine_s_figures(tmp_path / "总表.xlsx", result)


@needs_soffice
def test_the_demo_recalculates_to_what_is_stored(tmp_path: Path) -> None:
    with Assessment.open(make_demo(tmp_path).path) as assessment:
        result, previous = assessment.score(Period(2024)), assessment.score(Period(2023))
    paths = every_workbook(result, tmp_path, "示例 ", previous)
    assert_recalculates_to_itself(paths, tmp_path / "recalculated")
    assert_stores_the_engine_s_figures(paths[0], result)


@needs_soffice
def test_a_comparison_with_the_year_before_recalculates(tmp_path: Path) -> None:
    scheme = small(extra="binding: {zero_item: true, deduct_from: 1}\n")
    result = scored(scheme, TEN, period=NOW, peer_groups=("城区", "县域"))
    previous = scored(scheme, TEN, period=BEFORE, seed=8, peer_groups=("城区", "县域"))
    paths = every_workbook(result, tmp_path, "比上年 ", previous)
    paths.append(tmp_path / "排名.xlsx")
    write_ranking_workbook(paths[-1], result, ranking_view(result, previous=previous))
    assert_recalculates_to_itself(paths, tmp_path / "recalculated")


@needs_soffice
def test_a_single_district_and_a_single_indicator_recalculate(tmp_path: Path) -> None:
    result = scored(small(groups=("大气环境",), each=1), TEN[:1])
    assert_recalculates_to_itself(every_workbook(result, tmp_path, "一个 "), tmp_path / "recalculated")
