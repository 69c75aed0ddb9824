"""Derived values in the living workbooks: formulas over inputs that can be changed, to what the engine then gives."""

from __future__ import annotations

import random
import re
import tempfile
from pathlib import Path

import numpy as np
import openpyxl
import pytest

from ecoscore.model.dataset import Dataset
from ecoscore.model.district import District
from ecoscore.model.observation import Status
from ecoscore.model.result import Result
from ecoscore.model.scheme import MissingPolicy
from ecoscore.reporting.view import scorecard_view, working_paper_view
from ecoscore.reporting.workbook import (
    names,
    working_sheet,
    write_scorecard_workbook,
    write_workbook,
    write_working_paper_workbook,
)
from ecoscore.reporting.workbook.card_places import CardPlaces
from ecoscore.reporting.workbook.data_sheet import STATE_TEXTS
from ecoscore.reporting.workbook.layout import Layout
from ecoscore.reporting.workbook.names import cell
from ecoscore.reporting.workbook.own_quantities import OwnQuantities, of_card
from ecoscore.reporting.workbook.quantity_blocks import QuantityBlocks
from tests.libreoffice import differences, formulas, needs_soffice, recalculate, recalculate_all, same, stored
from tests.reporting.builders import BEFORE, NOW, scored, small
from tests.reporting.derived_maker import derived_scheme, full_dataset, gaps, score_derived, with_cells
from tests.reporting.edit_workbook import edited
from tests.reporting.test_workbook_recalculated import assert_recalculates_to_itself, every_workbook
from tests.scheme_maker import scheme as scheme_of_lines

_PEERS = re.compile(r"=方案!\$F\$\d+")  # the means of the peer group on a card: constants
LIVE = ("汇总", "得分", "排名汇总表", "方案")
CHANGES: dict[tuple[int, int, str], float | Status] = {
    (1, 0, "no2"): 21.5,
    (1, 1, "so2"): Status.MISSING,
    (1, 2, "good_days"): Status.NOT_APPLICABLE,
    (1, 3, "valid_days"): Status.MISSING,
    (1, 4, "pm25"): 27.25,
    (0, 5, "petitions"): 240.0,
    (0, 6, "carbon_emission"): Status.MISSING,
    (0, 7, "pm10"): 77.5,
    (0, 8, "pm25"): 44.0,
    (0, 9, "good_days"): 201.0,
}


def typed(result: Result, changes: dict[tuple[int, int, str], float | Status]) -> dict[str, float | str]:
    """The same changes as a person types them into the sheet 数据."""
    layout, blocks, edits = Layout(result), QuantityBlocks(Layout(result)), {}
    for (p, d, name), new in changes.items():
        n, i = layout.rows.index(d), result.indicator_at.get(name)
        word = "—" if p == 0 else STATE_TEXTS.get(new, "") if isinstance(new, Status) else ""
        if i is not None:
            at = layout.at("value" if p else "baseline", n, i)
        else:
            at = f"{names.DATA}!{blocks.at('value' if p else 'baseline', n, name)}"
        edits[at] = word if isinstance(new, Status) else new
    return edits


def value_at(result: Result, d: int, name: str) -> str:
    layout = Layout(result)
    return layout.at("value", layout.rows.index(d), result.indicator_at[name], names.DATA)


def test_a_derived_value_is_a_formula_and_a_reported_one_is_not(tmp_path: Path) -> None:
    scheme = derived_scheme()
    result = score_derived(with_cells(full_dataset(scheme), gaps()), scheme)
    write_workbook(tmp_path / "总表.xlsx", result)
    live, cells = formulas(tmp_path / "总表.xlsx")["数据"], stored(tmp_path / "总表.xlsx")["数据"]
    at = value_at(result, 4, "air_index")
    assert "ISNUMBER" in live[at]
    assert cells[at] == pytest.approx(float(result.cells.value[4, result.indicator_at["air_index"]]))
    for d, name, word in ((0, "air_index", "未报"), (1, "good_days_ratio", "不适用"), (2, "good_days_ratio", "未报")):
        assert value_at(result, d, name) in live
        assert cells[value_at(result, d, name)] == word
    for d, name in ((5, "air_index"), (9, "synergy"), (4, "pm25")):
        assert value_at(result, d, name) not in live
    assert cells[value_at(result, 5, "air_index")] == 4.2


def test_inputs_are_unlocked_and_derived_cells_are_locked_and_tinted(tmp_path: Path) -> None:
    scheme = derived_scheme()
    result = score_derived(full_dataset(scheme), scheme)
    write_workbook(tmp_path / "总表.xlsx", result)
    sheet = openpyxl.load_workbook(tmp_path / "总表.xlsx")["数据"]
    blocks = QuantityBlocks(Layout(result))
    for quantity in blocks.quantities:
        for block in ("value", "baseline"):
            at = sheet[blocks.at(block, 0, quantity.id)]
            assert at.protection.locked is not blocks.is_read(block, quantity.id), (block, quantity.id)
    derived, given = sheet[value_at(result, 0, "air_index")], sheet[value_at(result, 0, "pm25")]
    assert derived.protection.locked
    assert not given.protection.locked
    assert derived.fill.fgColor.rgb != given.fill.fgColor.rgb
    assert [q.id for q in blocks.quantities] == [q.id for q in scheme.inputs]
    assert sheet[cell(3, blocks.column_of("co"))].value == scheme.reported_by_id["co"].title


def test_a_scheme_without_formulas_has_no_such_blocks() -> None:
    result = scored(small())
    assert result.quantities is None
    assert QuantityBlocks(Layout(result)).quantities == ()


@needs_soffice
@pytest.mark.parametrize("missing", ["zero", "floor", "reweight"])
def test_gaps_of_every_kind_recalculate_to_the_engine_s(missing: MissingPolicy, tmp_path: Path) -> None:
    scheme = derived_scheme(missing)
    result = score_derived(with_cells(full_dataset(scheme), gaps()), scheme)
    assert_recalculates_to_itself(every_workbook(result, tmp_path, f"派生{missing} "), tmp_path / "recalculated")


@needs_soffice
def test_other_inputs_are_followed_to_what_the_engine_gives(tmp_path: Path) -> None:
    scheme = derived_scheme()
    written, changed = [], []
    for n, given in enumerate(({}, gaps())):
        dataset = with_cells(full_dataset(scheme), given)
        before, after = score_derived(dataset, scheme), score_derived(with_cells(dataset, CHANGES), scheme)
        assert not np.array_equal(before.layers.total, after.layers.total)
        old, new = tmp_path / f"旧{n}.xlsx", tmp_path / f"新{n}.xlsx"
        write_workbook(old, before)
        write_workbook(new, after)
        written.append(new)
        changed.append(edited(old, tmp_path / f"改{n}.xlsx", typed(before, CHANGES)))
    for new, found in zip(written, recalculate_all(changed, tmp_path / "r"), strict=True):
        want, alive = stored(new), formulas(new)
        assert differences({"数据": want["数据"]}, {"数据": found["数据"]}) == [], new.name
        for sheet in LIVE:
            wrong = [at for at in alive[sheet] if not same(want[sheet].get(at), found[sheet].get(at))]
            assert wrong == [], (new.name, sheet, [(at, want[sheet].get(at), found[sheet].get(at)) for at in wrong[:5]])


@needs_soffice
def test_an_input_that_nobody_has_is_no_data_until_somebody_has_it(tmp_path: Path) -> None:
    scheme = derived_scheme()
    nobody: dict[tuple[int, int, str], float | Status] = {(1, d, "petitions"): Status.MISSING for d in range(10)}
    dataset = with_cells(full_dataset(scheme), nobody)
    before = score_derived(dataset, scheme)
    i = before.indicator_at["petition_drop"]
    assert set(before.cells.status[:, i].tolist()) == {Status.NO_DATA}
    write_workbook(tmp_path / "旧.xlsx", before)
    assert stored(tmp_path / "旧.xlsx")["数据"][value_at(before, 0, "petition_drop")] == "无数据"
    one: dict[tuple[int, int, str], float | Status] = {(1, 2, "petitions"): 90.0}
    after = score_derived(with_cells(dataset, one), scheme)
    found = recalculate(edited(tmp_path / "旧.xlsx", tmp_path / "改.xlsx", typed(before, one)), tmp_path / "r")
    layout = Layout(before)
    for n, d in enumerate(layout.rows):
        want = float(after.cells.individual[d, i])
        assert same(want, found["得分"][layout.at("individual", n, i, "得分")]), d


OWN: dict[tuple[int, int, str], float | Status] = {
    (1, 4, "no2"): 47.5,
    (1, 4, "good_days"): 260.0,
    (1, 4, "petitions"): Status.NOT_APPLICABLE,
    (0, 4, "carbon_emission"): 111.0,
    (0, 4, "so2"): 8.5,
    (1, 4, "o3"): 151.0,
}


def own_of_paper(result: Result, name: str) -> OwnQuantities:
    """Where a working paper has them: as its writer lays them out."""
    seen: list[OwnQuantities] = []

    def spy(self: object, row: int) -> int:
        seen.append(self.quantities)  # type: ignore[attr-defined]
        return original(self, row)

    original = working_sheet._Working._quantities
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory() as folder:
        patch.setattr(working_sheet._Working, "_quantities", spy)
        write_working_paper_workbook(Path(folder) / "稿.xlsx", result, working_paper_view(result, name))
    return seen[0]


def own_edits(result: Result, own: OwnQuantities, sheet: str) -> dict[str, float | str]:
    """The changes of one district where its own paper has them."""
    edits: dict[str, float | str] = {}
    for (p, _, name), new in OWN.items():
        i = result.indicator_at.get(name)
        if i is not None:
            at = f"{sheet}!{own.figure('value' if p else 'baseline', name)}"
        else:
            row = own.top + [q.id for q in own.rows].index(name)
            at = cell(row, own.columns[0 if p else 1], sheet=own.sheet or sheet)
        edits[at] = "不适用" if isinstance(new, Status) else new
    return edits


@needs_soffice
def test_a_card_and_a_working_paper_of_one_district_follow_its_inputs(tmp_path: Path) -> None:
    """Bounds are fixed in this scheme, so that all but the rank depends on the district's own figures."""
    scheme = derived_scheme()
    dataset = with_cells(full_dataset(scheme), {(0, 4, "air_index"): Status.MISSING})
    before, after = score_derived(dataset, scheme), score_derived(with_cells(dataset, OWN), scheme)
    name = before.districts[4].name
    for result, which in ((before, "旧"), (after, "新")):
        write_scorecard_workbook(tmp_path / f"{which}卡.xlsx", result, scorecard_view(result, name))
        write_working_paper_workbook(tmp_path / f"{which}稿.xlsx", result, working_paper_view(result, name))
    card = of_card(CardPlaces(Layout(before)), 4)
    book = openpyxl.load_workbook(tmp_path / "旧卡.xlsx")
    assert not book["基础数据"][cell(card.top, card.columns[0])].protection.locked
    working = own_of_paper(before, name)
    changed = [
        edited(tmp_path / "旧卡.xlsx", tmp_path / "改卡.xlsx", own_edits(before, card, "成绩单")),
        edited(tmp_path / "旧稿.xlsx", tmp_path / "改稿.xlsx", own_edits(before, working, "计分底稿")),
    ]
    for found, new, sheets in zip(
        recalculate_all(changed, tmp_path / "r"), ("新卡", "新稿"), (("成绩单", "基础数据"), ("计分底稿",)), strict=True
    ):
        want, alive = stored(tmp_path / f"{new}.xlsx"), formulas(tmp_path / f"{new}.xlsx")
        for sheet in sheets:
            own = [at for at, formula in alive[sheet].items() if not _PEERS.fullmatch(formula)]
            assert own
            wrong = [at for at in own if not same(want[sheet].get(at), found[sheet].get(at))]
            assert wrong == [], (sheet, [(at, want[sheet].get(at), found[sheet].get(at)) for at in wrong[:8]])


@needs_soffice
def test_a_formula_over_another_and_one_over_a_baseline_of_another_basis(tmp_path: Path) -> None:
    """What is derived from a derived value follows too; a baseline of another edition is not shown but still read."""
    rule = "{kind: linear, bounds: {worst: 0, best: 100}}"
    scheme = scheme_of_lines(
        f"{{id: twice, title: 两倍, weight: 1, formula: 2 * ratio / 4, rule: {rule}}}\n"
        f"{{id: ratio, title: 比率, unit: '%', weight: 1, formula: 100 * good / total, rule: {rule}}}\n"
        f"{{id: pm, title: 浓度, weight: 1, basis: 新版, rule: {{kind: level_and_progress, measure: relative, share: 0.5, "
        f"level: {rule}, progress: {rule}}}}}\n"
        f"{{id: drop, title: 降幅, weight: 1, formula: 0 - yoy(pm), rule: {rule}}}",
        "missing: zero\ninputs: [{id: good, title: 优良天数}, {id: total, title: 总天数}]",
    )
    ids, r = tuple(q.id for q in scheme.reported), random.Random(5)
    values = np.array([[[round(r.uniform(40, 90), 1) for _ in ids] for _ in range(4)] for _ in range(2)])
    status = np.full(values.shape, Status.REPORTED, dtype=np.uint8)
    for name in ("twice", "ratio", "drop"):
        values[:, :, ids.index(name)], status[:, :, ids.index(name)] = np.nan, Status.MISSING
    districts = tuple(District(n) for n in ("甲区", "乙县", "丙区", "丁县"))
    basis = {(BEFORE, "乙县", "pm"): "旧版"}
    dataset = Dataset(districts, ids, (BEFORE, NOW), values, status, np.full(values.shape, np.nan), basis)
    changes: dict[tuple[int, int, str], float | Status] = {
        (1, 0, "good"): 33.0,
        (1, 2, "pm"): 71.5,
        (1, 3, "total"): Status.MISSING,
    }
    before, after = score_derived(dataset, scheme), score_derived(with_cells(dataset, changes), scheme)
    assert np.isnan(before.cells.baseline[1, before.indicator_at["pm"]])
    assert np.isfinite(before.cells.value[1, before.indicator_at["drop"]])
    assert_recalculates_to_itself(every_workbook(before, tmp_path, "链 "), tmp_path / "recalculated")
    write_workbook(tmp_path / "旧.xlsx", before)
    found = recalculate(edited(tmp_path / "旧.xlsx", tmp_path / "改.xlsx", typed(before, changes)), tmp_path / "r")
    layout = Layout(before)
    for n, d in enumerate(layout.rows):
        for i in range(len(before.indicators)):
            want = float(after.cells.individual[d, i])
            assert same(want, found["得分"][layout.at("individual", n, i, "得分")]), (d, i)
