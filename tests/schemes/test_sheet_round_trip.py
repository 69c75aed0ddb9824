"""A scheme written as a workbook is read back as the same scheme."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ecoscore.importing.reading import read_files
from ecoscore.rules import KINDS
from ecoscore.schemes import bundled, dump_scheme, parse_scheme, read_scheme_workbook
from ecoscore.schemes import sheet_words as w
from ecoscore.schemes.sheet_rows import scheme_rows
from ecoscore.schemes.sheet_write import write_scheme_workbook
from tests.libreoffice import convert, needs_soffice
from tests.scheme_maker import scheme as scheme_of
from tests.schemes.sheet_maker import cells, read, scheme, workbook

BUNDLED = bundled()


@pytest.mark.parametrize("one", BUNDLED, ids=lambda s: s.id)
def test_every_bundled_scheme_comes_back_exactly_through_the_guarded_reader(one, tmp_path):
    path = tmp_path / "方案 一.xlsx"
    write_scheme_workbook(path, one)
    (found,) = read_files([path])
    back = read_scheme_workbook({s.name: s.cells for s in found.book.sheets}, path.name)
    assert back == one
    assert parse_scheme(back.source_text, "方案.yaml") == one
    assert len(back.warnings) == len(one.warnings)


def test_everything_a_scheme_can_say_comes_back(tmp_path):
    assert read(workbook(tmp_path)) == scheme()


@needs_soffice
def test_saved_again_by_another_program_it_is_still_the_same(tmp_path):
    path = tmp_path / "方案.xlsx"
    write_scheme_workbook(path, scheme())
    (tmp_path / "存").mkdir()
    resaved = convert([path], tmp_path / "存", "xlsx") + convert([path], tmp_path / "存", "ods")
    for found in read_files(resaved):
        back = read_scheme_workbook({s.name: s.cells for s in found.book.sheets}, found.path.name)
        assert back == scheme()


def test_every_rule_parameter_has_a_column_or_a_chinese_name():
    columns = {c.key.rsplit(".", 1)[-1] for c in w.INDICATOR_COLUMNS} | {"bounds", "level", "progress"}
    for kind, rule in KINDS.items():
        named = set(w.PARAMETERS[kind]) | (
            columns - ({"floor", "cap"} - ({"floor"} if kind in w.FLOOR_IN_MARKS else set()))
        )
        assert {p.name for p in rule.parameters} <= named, kind
        for parameter in rule.parameters:
            if parameter.choices and parameter.name in w.PARAMETERS[kind]:
                assert set(parameter.choices) == set(w.PARAMETER_CHOICES[parameter.name])


@pytest.mark.parametrize("kind", KINDS)
def test_the_example_of_every_rule_comes_back(kind, tmp_path):
    text = f"id: t\ntitle: 测\ngroups:\n - id: g\n   title: 组\n   indicators:\n   - {{id: x, title: 某, weight: 100, target: 3, rule: {KINDS[kind].example}}}\n"
    one = parse_scheme(text, "方案.yaml")
    assert read(workbook(tmp_path, one)) == one


def test_names_that_could_mean_two_things_are_written_as_ids(tmp_path):
    text = """\
id: t
title: 测
groups:
  - id: g1
    title: 同名
    indicators: [{id: a, title: 甲；项, aliases: ["分号；里"], weight: 50, rule: {kind: minmax, bounds: sample}}]
  - id: g2
    title: 同名
    indicators: [{id: b, title: 乙项, aliases: [x；y, z], weight: 50, rule: {kind: minmax, bounds: sample}}]
adjustments: [{id: both, title: 双降, kind: bonus, points: 1, when: {all_improved: [a, b]}}]
"""
    one = parse_scheme(text, "方案.yaml")
    rows = scheme_rows(one).tables
    assert [r["所属组"] for r in rows["指标"]] == ["g1", "g2"]
    assert rows["加减分"][0]["同时改善的指标"] == "a；乙项"
    assert read(workbook(tmp_path, one)) == one


FIGURES = st.floats(-1e9, 1e9, allow_nan=False, allow_infinity=False)
TITLES = st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=12)


@given(
    worst=FIGURES, best=FIGURES, weight=st.floats(0.001, 1e6), title=TITLES, note=TITLES,
    share=st.floats(0, 1), edge=FIGURES,
)  # fmt: skip
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_figures_and_words_come_back_exactly(tmp_path, worst, best, weight, title, note, share, edge):
    if worst == best:
        return
    direction = "higher" if best > worst else "lower"
    first = f"{{kind: linear, bounds: {{worst: {_yaml(worst)}, best: {_yaml(best)}}}}}"
    second = f"{{kind: bands, edges: [{_yaml(edge)}], scores: [1, 2]}}"
    rule = f"{{kind: level_and_progress, share: {_yaml(share)}, level: {first}, progress: {second}}}"
    base = parse_scheme(
        f"id: t\ntitle: 测\ngroups:\n - id: g\n   title: 组\n   indicators:\n"
        f"   - {{id: x, title: 占位, direction: {direction}, weight: {_yaml(weight)}, note: 占注, rule: {rule}}}\n",
        "方案.yaml",
    )
    one = parse_scheme(dump_scheme(base).replace("占位", _quoted(title)).replace("占注", _quoted(note)), "方案.yaml")
    assert read(workbook(tmp_path, one)) == one


def _yaml(value: float) -> str:
    """YAML reads 5e-324 as text for want of a point."""
    text = repr(value)
    return text if "." in text or "e" not in text else text.replace("e", ".0e")


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def test_the_workbook_helps_the_one_who_edits_it(tmp_path):
    book = workbook(tmp_path)
    assert book.sheetnames == ["说明", "方案", "组", "指标", "加减分", "等次", "基础数据", "补偿"]
    sheet = book["指标"]
    assert sheet.freeze_panes == "D2" and sheet.print_title_rows == "$1:$1"
    assert all(c.comment is not None for c in sheet[1] if c.value != "备注")
    lists = {str(v.sqref).split(":")[0]: v.formula1 for v in sheet.data_validations.dataValidation}
    header = {c.value: c.column_letter for c in sheet[1]}
    assert lists[f"{header['方向']}2"] == '"正向,逆向,适度"'
    assert "存量与增量" in lists[f"{header['计分法']}2"]
    assert lists[f"{header['所属组']}2"].startswith("组!$B$2")
    assert cells(book)["指标"][2, sheet["A1"].column][0] == "text"


@pytest.mark.parametrize("direction", ["higher", "lower"])
@pytest.mark.parametrize("inverse", ["ratio", "mirror"])
def test_the_reading_of_inverse_indicators_comes_back_whatever_the_direction(direction, inverse, tmp_path):
    one = scheme_of(
        f"{{id: x, title: 某指标, direction: {direction}, weight: 1, target: 5, rule: {{kind: target_ratio, inverse: {inverse}}}}}"
    )
    assert parse_scheme(dump_scheme(one), "x.yaml") == one
    assert read(workbook(tmp_path, one)) == one
