"""判断矩阵 from tables as people fill them: several in one file, half filled, in another order, or with mistakes."""

from __future__ import annotations

import pytest
from openpyxl import Workbook

from ecoscore.assessment import Assessment
from ecoscore.assessment.judgements import OVERALL, read_judgements
from ecoscore.errors import InputRefused
from ecoscore.model.district import District
from ecoscore.model.observation import Observation
from ecoscore.model.period import Period
from ecoscore.schemes import parse_scheme

RULE = "rule: {kind: minmax, bounds: {worst: 0, best: 100}}"
SCHEME = parse_scheme(
    f"""
id: t
title: 两组
edition: "1"
groups:
  - id: air
    title: 大气
    indicators:
      - {{id: pm25, title: PM2.5年均浓度, aliases: [细颗粒物], weight: 30, {RULE}}}
      - {{id: o3, title: 臭氧浓度, weight: 20, {RULE}}}
      - {{id: days, title: 优良天数比例, weight: 10, {RULE}}}
  - id: water
    title: 水
    indicators:
      - {{id: good, title: 优良水体比例, weight: 30, {RULE}}}
      - {{id: bad, title: 劣Ⅴ类比例, weight: 10, {RULE}}}
      - {{id: seen, title: 只登记不计分, weight: 0, {RULE}}}
""",
    "两组.yaml",
)


@pytest.fixture
def result(tmp_path):
    with Assessment.create(tmp_path / "a.ecos", SCHEME, [District("甲区"), District("乙县")]) as file:
        file.set_values(
            [
                Observation(d, i.id, Period(2024), float(n))
                for i in SCHEME.indicators
                for n, d in enumerate(["甲区", "乙县"])
            ]
        )
        yield file.score(Period(2024))


def book(path, **sheets):
    made = Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    made.save(path)
    return path


AIR = [
    ["大气", "优良天数比例", "细颗粒物", "o3"],
    ["优良天数比例", 1, "1/5", None],
    ["细颗粒物", None, 1, 3],
    ["o3", 2, "1/3", 1],
]
WATER = [["", "优良水体比例", "劣Ⅴ类比例"], ["优良水体比例", None, 4], ["劣Ⅴ类比例", None, None]]


def test_matrices_on_two_sheets_in_the_schemes_order(tmp_path, result):
    found = read_judgements(book(tmp_path / "判断 矩阵.xlsx", 大气=AIR, 水=WATER), result)
    assert found == {
        "air": [[1, 3, 5], [pytest.approx(1 / 3), 1, 2], [pytest.approx(1 / 5), 0.5, 1]],
        "water": [[1, 4], [0.25, 1]],
    }


def test_two_below_one_another_in_a_csv(tmp_path, result):
    path = tmp_path / "判断.csv"
    lines = [["某市专家组", "", "", ""], *AIR, ["", "", "", ""], *WATER, ["注：2024年评定"]]
    path.write_text("\n".join(",".join("" if c is None else str(c) for c in row) for row in lines), encoding="gb18030")
    assert set(read_judgements(path, result)) == {"air", "water"}


def test_one_matrix_over_everything(tmp_path, result):
    ids = ["pm25", "o3", "days", "good", "bad"]
    rows = [["", *ids], *([i, *[2 if a < b else None for b in range(5)]] for a, i in enumerate(ids))]
    found = read_judgements(book(tmp_path / "总.xlsx", 表=rows), result)
    assert list(found) == [OVERALL]
    assert found[OVERALL][0] == [1, 2, 2, 2, 2]
    assert found[OVERALL][4] == [0.5, 0.5, 0.5, 0.5, 1]


@pytest.mark.parametrize(
    ("sheets", "code", "cell"),
    [
        ({"水": [WATER[0], ["优良水体比例", 1, "很重要"], WATER[2]]}, "bad_judgement", "C2"),
        ({"水": [WATER[0], ["优良水体比例", 1, -2], WATER[2]]}, "bad_judgement", "C2"),
        ({"水": [WATER[0], ["优良水体比例", 1, None], WATER[2]]}, "no_judgement", "C2"),
        ({"大气": [row[:3] for row in AIR[:3]]}, "matrix_of_no_group", "A1"),
        ({"水": WATER, "又一": WATER}, "matrix_twice", "A1"),
    ],
)
def test_a_mistake_is_told_with_its_cell(tmp_path, result, sheets, code, cell):
    with pytest.raises(InputRefused) as caught:
        read_judgements(book(tmp_path / "错.xlsx", **sheets), result)
    assert [(f.code, f.cell) for f in caught.value.findings] == [(code, cell)]


def test_a_fraction_that_became_a_date_is_told(tmp_path, result):
    from datetime import date

    rows = [WATER[0], ["优良水体比例", 1, date(2024, 1, 3)], WATER[2]]
    with pytest.raises(InputRefused, match="=1/3"):
        read_judgements(book(tmp_path / "日期.xlsx", 水=rows), result)


def test_a_table_without_any_and_a_file_that_is_none(tmp_path, result):
    with pytest.raises(InputRefused, match="没有在表中找到判断矩阵"):
        read_judgements(book(tmp_path / "空.xlsx", 表=[["甲区", 1]]), result)
    with pytest.raises(InputRefused, match="不能读取判断矩阵"):
        read_judgements(tmp_path / "没有.xlsx", result)
