"""`weights`, `compare`, `compensate`, `score --level`: beside the scheme's own result, through real files."""

from __future__ import annotations

import pytest
from openpyxl import Workbook

from tests.cli.conftest import SCHEME

MONEY = """
compensation:
  unit: 万元
  zero_sum: true
  items:
    - {id: pm, title: PM2.5, indicator: pm25, against: value, at: 30, step: 1, rate: 10}
"""


@pytest.fixture
def whole(folder, run, file, once):
    """Every district has every value."""
    rows = [("甲区", 40, 75), ("乙县", 20, 100), ("丙县", 30, 80)]
    lines = [f"{d},2024,{i},{v}" for d, pm, days in rows for i, v in (("PM2.5年均浓度", pm), ("优良天数比例", days))]
    (folder / "全.csv").write_text("区县,考核期,指标,值\n" + "\n".join(lines) + "\n", encoding="utf-8")

    def make():
        assert run("import", file, "全.csv").code == 0

    once("数据齐全", make)
    return file


def matrix(path, value):
    book = Workbook()
    for row in (["", "PM2.5年均浓度", "优良天数比例"], ["PM2.5年均浓度", 1, value], ["优良天数比例", None, 1]):
        book.active.append(row)
    book.save(path)


@pytest.mark.parametrize("method", ["equal", "entropy", "critic", "combined"])
def test_weights_from_the_values_keep_the_sum_of_the_group(run, whole, method):
    content = whole.read_bytes()
    document = run("weights", whole, "--period", "2024", "--method", method, "--json").json
    assert {i["indicator"] for i in document["items"]} == {"pm25", "days"}
    assert sum(i["proposed_points"] for i in document["items"]) == pytest.approx(100)
    assert [i["points"] for i in document["items"]] == [60, 40]
    if method == "equal":
        assert [i["proposed_points"] for i in document["items"]] == [50, 50]
    shown = run("weights", whole, "--period", "2024", "--method", method)
    assert (shown.code, "只供比较" in shown.out) == (0, True)
    assert whole.read_bytes() == content


def test_weights_from_judgements(run, whole, folder):
    matrix(folder / "判断 矩阵.xlsx", "3")
    done = run("weights", whole, "--period", "2024", "--method", "ahp", "--matrix", "判断 矩阵.xlsx", "--json")
    assert [i["proposed_points"] for i in done.json["items"]] == pytest.approx([75, 25])
    assert done.json["details"]["air"][0]["consistency_ratio"] == 0
    shown = run("weights", whole, "--period", "2024", "--method", "ahp", "--matrix", "判断 矩阵.xlsx").out
    assert "一致性检验通过" in shown
    matrix(folder / "错.xlsx", "很重要")
    wrong = run("weights", whole, "--period", "2024", "--method", "ahp", "--matrix", "错.xlsx", "--json")
    assert (wrong.code, wrong.json["findings"][0]["cell"]) == (1, "C2")
    assert run("weights", whole, "--period", "2024", "--method", "ahp").code == 2


def test_gaps_are_refused_and_what_to_type_is_said(run, filled):
    done = run("weights", filled, "--period", "2024", "--method", "entropy")
    assert (done.code, done.out) == (1, "")
    assert "--without 优良天数比例" in done.err
    left = run("weights", filled, "--period", "2024", "--method", "entropy", "--without", "优良天数比例", "--json")
    assert [i["indicator"] for i in left.json["items"]] == ["pm25"]
    assert run("weights", filled, "--period", "2024", "--method", "entropy", "--without", "没有").code == 1


def test_ranks_beside_those_of_other_methods(run, whole):
    shown = run("compare", whole, "--period", "2024")
    assert shown.code == 0, shown.err
    for words in ("本方案名次", "TOPSIS名次", "灰色关联名次", "【县级 · 县域】", "斯皮尔曼 1"):
        assert words in shown.out
    (document,) = run("compare", whole, "--period", "2024", "--json").json
    assert [(r["district"], r["ranks"]["scheme"], r["ranks"]["topsis"]) for r in document["results"]] == [
        ("乙县", 1, 1),
        ("丙县", 2, 2),
    ]
    assert any("甲区" in note for note in document["notes"])


def test_who_pays_and_who_receives(run, folder):
    """At 30: 甲区 40 pays 100, 乙县 20 would receive 100, 丙县 30 nothing; the sum is zero."""
    (folder / "补偿.yaml").write_text(SCHEME + MONEY, encoding="utf-8")
    run("new", "补偿.ecos", "--scheme", "补偿.yaml", "--districts", "区县 名单.csv")
    run("import", "补偿.ecos", "报送 表.csv")
    document = run("compensate", "补偿.ecos", "--period", "2024", "--json").json
    assert {d["district"]: d["net"] for d in document["districts"]} == {"甲区": -100, "乙县": 100, "丙县": 0}
    assert document["balance"] == 0
    shown = run("compensate", "补偿.ecos", "--period", "2024").out
    for words in ("万元", "−100.00", "合计", "10×（30−40）÷1＝−100"):
        assert words in shown


def test_a_scheme_without_rates_is_refused(run, filled):
    done = run("compensate", filled, "--period", "2024", "--json")
    assert (done.code, "没有区域补偿" in done.json["error"]) == (1, True)


def test_the_level_that_is_scored_can_be_chosen(run, folder):
    (folder / "镇.csv").write_text(
        "区县,层级,上级\n甲区,县级,\n乙县,县级,\n子镇,乡镇级,甲区\n丑镇,乡镇级,甲区\n", encoding="utf-8"
    )
    run("new", "镇.ecos", "--scheme", "小 方案.yaml", "--districts", "镇.csv")
    rows = [f"{d},2024,PM2.5年均浓度,{v}" for d, v in (("甲区", 40), ("乙县", 30), ("子镇", 20), ("丑镇", 60))]
    (folder / "镇值.csv").write_text("区县,考核期,指标,值\n" + "\n".join(rows) + "\n", encoding="utf-8")
    assert run("import", "镇.ecos", "镇值.csv").code == 0

    def scored(*level):
        return [r["district"] for r in run("score", "镇.ecos", "--period", "2024", "--json", *level).json["results"]]

    assert scored() == ["乙县", "甲区"]
    assert scored("--level", "乡镇级") == scored("--level", "town") == ["子镇", "丑镇"]
    none = run("score", "镇.ecos", "--period", "2024", "--level", "村级")
    assert (none.code, "没有村级的单位" in none.err) == (1, True)
    assert run("score", "镇.ecos", "--period", "2024", "--level", "洲").code == 2
    told = run("explain", "镇.ecos", "--period", "2024", "--district", "子镇", "--json").json
    assert (told["district"], told["rank"]) == ("子镇", 1)
    other = run("explain", "镇.ecos", "--period", "2024", "--district", "甲区", "--level", "town")
    assert (other.code, "不在同一层级" in other.err) == (1, True)
    run(
        "report",
        "镇.ecos",
        "--period",
        "2024",
        "--level",
        "town",
        "--paper",
        "scorecard",
        "--format",
        "xlsx",
        "-o",
        "镇表",
    )
    assert sorted(p.name for p in (folder / "镇表").rglob("*.xlsx")) == [
        "丑镇 2024年度成绩单.xlsx", "子镇 2024年度成绩单.xlsx"
    ]  # fmt: skip


def test_full_marks_are_rounded_for_people(run, folder):
    text = SCHEME.replace("weight: 40", "weight: 516")
    (folder / "怪.yaml").write_text(text, encoding="utf-8")
    run("new", "怪.ecos", "--scheme", "怪.yaml", "--districts", "区县 名单.csv")
    run("import", "怪.ecos", "报送 表.csv")
    shown = run("explain", "怪.ecos", "--period", "2024", "--district", "甲区").out
    assert "/ 10.42　" in shown
    assert "10.416" not in shown
