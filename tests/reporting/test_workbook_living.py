"""Change an input in the workbook and everything follows, to what the engine gives for the changed data."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest

from ecoscore.model.adjustment import Event
from ecoscore.model.dataset import Dataset
from ecoscore.model.observation import Status, Target
from ecoscore.model.result import Result
from ecoscore.model.scheme import MissingPolicy
from ecoscore.reporting.view import scorecard_view
from ecoscore.reporting.workbook import write_scorecard_workbook, write_workbook
from ecoscore.reporting.workbook.adjustment_sheet import TIMES, TOP, Adjustments
from ecoscore.reporting.workbook.card_places import CardPlaces
from ecoscore.reporting.workbook.data_sheet import STATE_TEXTS
from ecoscore.reporting.workbook.layout import Layout
from ecoscore.reporting.workbook.names import cell
from ecoscore.reporting.workbook.summary_columns import SummaryColumns
from ecoscore.schemes import load_scheme
from ecoscore.scoring import score_dataset
from tests.libreoffice import formulas, needs_soffice, recalculate, recalculate_all, same, stored
from tests.reporting.builders import NOW, TEN, scored, small
from tests.reporting.edit_workbook import edited
from tests.reporting.random_scheme import PERIOD, dataset_of, scheme_of

pytestmark = needs_soffice
WORDS = STATE_TEXTS
LIVE = ("汇总", "得分", "排名汇总表", "结果汇总表", "方案")


def changed(dataset: Dataset, seed: int) -> Dataset:
    """The same districts with other values, states, baselines and targets here and there."""
    r = Random(seed)
    values, status, targets = dataset.values.copy(), dataset.status.copy(), dataset.targets.copy()
    for _ in range(12):
        p, d, i = r.randrange(2), r.randrange(values.shape[1]), r.randrange(values.shape[2])
        state = r.choice([Status.REPORTED, Status.REPORTED, Status.REPORTED, *WORDS])
        status[p, d, i] = state
        values[p, d, i] = round(r.uniform(3, 97), 2) if state is Status.REPORTED else np.nan
        targets[1, r.randrange(values.shape[1]), r.randrange(values.shape[2])] = round(r.uniform(20, 70), 1)
    return replace(dataset, values=values, status=status, targets=targets)


def default_scheme_scored(**how: Any) -> Result:
    """The default scheme over ten districts; targets for what is scored by them."""
    scheme = load_scheme("jiangsu-green")
    targets = [Target(None, i.id, NOW, 3.0) for i in scheme.indicators if "target" in i.rule.uses]
    return scored(scheme, TEN, targets=targets, **how)


def typed(before: Result, after: Result) -> dict[str, float | str]:
    """What a person types into 数据 to get from one to the other."""
    layout, edits = Layout(before), {}
    for n, d in enumerate(layout.rows):
        for i in range(len(before.indicators)):
            state = Status(int(after.cells.status[d, i]))
            new: float | str = WORDS[state] if state in WORDS else float(after.cells.value[d, i])
            if before.cells.status[d, i] != state or not same(
                _n(before.cells.value[d, i]), _n(after.cells.value[d, i])
            ):
                edits[layout.at("value", n, i)] = new
            for block, old, now in (
                ("baseline", before.cells.baseline, after.cells.baseline), ("target", before.cells.target, after.cells.target)
            ):  # fmt: skip
                if layout.has(block) and not same(_n(old[d, i]), _n(now[d, i])):
                    edits[layout.at(block, n, i)] = "—" if np.isnan(now[d, i]) else float(now[d, i])
    return edits


def _n(value: float) -> float | str:
    return "" if np.isnan(value) else float(value)


def test_other_values_states_baselines_and_targets_are_followed(tmp_path: Path) -> None:
    written, typed_into = [], []
    for seed in range(8):
        scheme = scheme_of(seed)
        dataset, events = dataset_of(scheme, seed)
        before = score_dataset(dataset, scheme, PERIOD, events)
        after = score_dataset(changed(dataset, seed), scheme, PERIOD, events)
        old, new = tmp_path / f"旧{seed}.xlsx", tmp_path / f"新{seed}.xlsx"
        write_workbook(old, before)
        write_workbook(new, after)
        edits = typed(before, after)
        assert len(edits) > 5
        written.append(new)
        typed_into.append(edited(old, tmp_path / f"改{seed}.xlsx", edits))
    for new, found in zip(written, recalculate_all(typed_into, tmp_path / "recalculated"), strict=True):
        want, alive = stored(new), formulas(new)
        for sheet in set(LIVE) & set(alive):
            wrong = [at for at in alive[sheet] if not same(want[sheet].get(at), found[sheet].get(at))]
            assert wrong == [], (new.name, sheet, [(at, want[sheet].get(at), found[sheet].get(at)) for at in wrong[:5]])


@pytest.mark.parametrize("missing", ["zero", "reweight"])
def test_a_column_that_nobody_reports_any_more_is_without_data(missing: MissingPolicy, tmp_path: Path) -> None:
    """The engine takes it for no data at all once two owe it and none has it; so does the workbook."""
    scheme = replace(scheme_of(3), missing=missing)
    dataset, events = dataset_of(scheme, 3)
    before = score_dataset(dataset, scheme, PERIOD, events)
    values, status = dataset.values.copy(), dataset.status.copy()
    values[1, :, 2], status[1, :, 2] = np.nan, Status.MISSING
    status[1, 4, 2] = Status.NOT_APPLICABLE
    after = score_dataset(replace(dataset, values=values, status=status), scheme, PERIOD, events)
    layout = Layout(before)
    write_workbook(tmp_path / "旧.xlsx", before)
    edits = {layout.at("value", n, 2): "不适用" if d == 4 else "未报" for n, d in enumerate(layout.rows)}
    found = recalculate(edited(tmp_path / "旧.xlsx", tmp_path / "改.xlsx", edits), tmp_path / "r")
    for n, d in enumerate(layout.rows):
        assert same(_n(after.cells.individual[d, 2]), found["得分"].get(layout.at("individual", n, 2, "得分"))), d


def test_a_value_owed_where_the_scheme_refuses_leaves_no_score(tmp_path: Path) -> None:
    """`missing: refuse`: the engine scores nobody, and the workbook shows #N/A and no total rather than one without it."""
    scheme = replace(scheme_of(2), missing="refuse", unranked="")
    dataset, events = dataset_of(scheme, 2)
    rng = np.random.default_rng(2)
    values = np.where(
        dataset.status == Status.REPORTED, dataset.values, np.round(rng.uniform(20, 80, dataset.values.shape), 1)
    )
    whole = replace(dataset, values=values, status=np.full(values.shape, Status.REPORTED, dtype=np.uint8))
    before = score_dataset(whole, scheme, PERIOD, events)
    layout, i = Layout(before), int(np.flatnonzero(before.cells.full[0] > 0)[0])
    total, rank = (SummaryColumns(layout).at(kind, 0).replace("$", "") for kind in ("total", "rank"))
    write_workbook(tmp_path / "旧.xlsx", before)
    found = stored(tmp_path / "旧.xlsx")
    assert same(before.layers.total[layout.rows[0]], found["汇总"][total])
    blanked = edited(tmp_path / "旧.xlsx", tmp_path / "改.xlsx", {layout.at("value", 0, i): "未报"})
    found = recalculate(blanked, tmp_path / "r")
    assert found["得分"][layout.at("individual", 0, i, "得分")] == "#N/A"
    assert not isinstance(found["汇总"].get(total), float)
    assert not isinstance(found["汇总"].get(rank), float)
    assert found["得分"][layout.at("individual", 1, i, "得分")] != "#N/A"


def test_another_count_of_an_event_moves_bonus_total_and_rank(tmp_path: Path) -> None:
    event = Event("乙区", NOW, "provincial_title", "命名（示例）", 1, "示例发〔2024〕1号")
    before = default_scheme_scored(events=[event])
    after = default_scheme_scored(events=[replace(event, count=3)])
    write_workbook(tmp_path / "旧.xlsx", before)
    write_workbook(tmp_path / "新.xlsx", after)
    row = TOP + [a.district for a in Adjustments(Layout(before)).entries].index("乙区")
    edits = {cell(row, TIMES, sheet="加减分"): 3.0}
    found = recalculate(edited(tmp_path / "旧.xlsx", tmp_path / "改.xlsx", edits), tmp_path / "r")
    want = stored(tmp_path / "新.xlsx")
    assert want["汇总"] != stored(tmp_path / "旧.xlsx")["汇总"]
    for at in formulas(tmp_path / "新.xlsx")["汇总"]:
        assert same(want["汇总"].get(at), found["汇总"].get(at)), at


def test_a_new_line_in_the_list_counts_too(tmp_path: Path) -> None:
    before = default_scheme_scored()
    write_workbook(tmp_path / "旧.xlsx", before)
    edits: dict[str, float | str] = {
        "加减分!B5": "丙区",
        "加减分!C5": "发生重大突发环境事件",
        "加减分!E5": 1.0,
        "加减分!F5": "示例文号",
    }
    found = recalculate(edited(tmp_path / "旧.xlsx", tmp_path / "改.xlsx", edits), tmp_path / "r")
    assert "等次封顶：发生重大突发环境事件，等次不高于良好（依据：示例文号）。" in found["汇总"].values()
    assert found["加减分"]["D5"] == "等次封顶"


def test_the_card_shows_whichever_district_is_chosen(tmp_path: Path) -> None:
    scheme = small(extra="binding: {zero_item: true, deduct_from: 1}\n")
    result = scored(scheme, TEN, peer_groups=("城区", "县域"), states={("丙区", "i2"): Status.NOT_APPLICABLE})
    write_workbook(tmp_path / "总表.xlsx", result)
    places = CardPlaces(Layout(result))
    chosen = cell(places.line, places.columns["title"], sheet="成绩单")
    for name in ("丙区", "癸县"):
        copy = edited(tmp_path / "总表.xlsx", tmp_path / f"{name}.xlsx", {chosen: name})
        card, view = recalculate(copy, tmp_path / "r")["成绩单"], scorecard_view(result, name)
        for row in view.rows:
            at = cell(places.rows[row.indicator], places.columns["points"])
            assert same(row.points.raw if row.points.raw is not None else "—", card[at])
        assert card[cell(places.tree_end, 0)] == view.chain.text
        assert f"{view.standing.rank_text}（共{view.standing.of}个）" in card.values()
        assert view.standing.grade in card.values()


def test_a_card_of_its_own_follows_its_values(tmp_path: Path) -> None:
    """With fixed bounds nothing depends on the others but the rank, which is against their totals as they were."""
    before = default_scheme_scored()
    i = before.indicator_at["pm25"]
    after = default_scheme_scored(values={("丁县", "pm25"): 26.5})
    places = CardPlaces(Layout(before))
    for result, name in ((before, "旧"), (after, "新")):
        write_scorecard_workbook(tmp_path / f"{name}.xlsx", result, scorecard_view(result, "丁县"))
    edits = {cell(places.row(i), places.columns["value"], sheet="成绩单"): 26.5}
    found = recalculate(edited(tmp_path / "旧.xlsx", tmp_path / "改.xlsx", edits), tmp_path / "r")["成绩单"]
    want = stored(tmp_path / "新.xlsx")["成绩单"]
    for row in (*range(places.tree_top, places.tree_end + 1), 3):
        for col in range(places.last + 1):
            at = cell(row, col)
            assert same(want.get(at), found.get(at)), (at, want.get(at), found.get(at))
