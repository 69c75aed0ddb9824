"""`terms` and `term`: who led a district from when to when, and what it comes to; names only where asked for."""

from __future__ import annotations

import pytest

SCHEME = """
id: growing
title: 任期方案
edition: "2024"
groups:
  - id: g
    title: 环境
    indicators:
      - {id: forest, title: 森林覆盖率, unit: "%", weight: 100, rule: {kind: level_and_progress, share: 0.5,
         measure: absolute, level: {kind: linear, bounds: {worst: 0, best: 100}}, progress: {kind: linear, bounds: {worst: 0, best: 20}}}}
grades: [{title: 合格, min: 35}, {title: 不合格, min: 0}]
"""
YEARS = {2020: (50, 60), 2021: (52, 60), 2022: (56, 62), 2023: (58, 62), 2024: (60, 64)}


@pytest.fixture
def file(folder, run, once):
    (folder / "任期 方案.yaml").write_text(SCHEME, encoding="utf-8")
    (folder / "名单.csv").write_text("区县\n甲区\n乙县\n", encoding="utf-8")
    rows = [f"{d},{y},森林覆盖率,{v}" for y, pair in YEARS.items() for d, v in zip(("甲区", "乙县"), pair, strict=True)]
    (folder / "历年.csv").write_text("区县,考核期,指标,值\n" + "\n".join(rows) + "\n", encoding="utf-8")
    path = folder / "任期 考核.ecos"

    def make():
        assert run("new", path, "--scheme", "任期 方案.yaml", "--districts", "名单.csv").code == 0
        assert run("import", path, "历年.csv").code == 0

    once("历年", make)
    return path


def add(run, file, *more):
    return run("terms", file, "--add", "甲区", "--post", "区委书记", *more)


def test_recorded_listed_and_withdrawn(run, file):
    assert add(run, file, "--start", "2022-07", "--name", "钱某某", "--why", "任免文件").code == 0
    done = add(run, file, "--start", "2021-01", "--end", "2022年6月", "--baseline", "2019", "--json")
    assert done.json == [
        {"number": 1, "district": "甲区", "post": "区委书记", "start": "2021-01", "end": "2022-06", "baseline": "2019"},
        {"number": 2, "district": "甲区", "post": "区委书记", "start": "2022-07", "end": None, "baseline": "2021"},
    ]
    listed = run("terms", file).out
    assert "在任" in listed
    assert "某某" not in listed
    assert "钱某某" in run("terms", file, "--names").out
    assert run("terms", file, "--names", "--json").json[1]["name"] == "钱某某"
    gone = run("terms", file, "--remove", "2", "--json")
    assert [t["start"] for t in gone.json] == ["2021-01"]
    assert run("terms", file, "--remove", "9").code == 1
    log = run("log", file, "--json")
    assert [e["action"] for e in log.json[-3:]] == ["set_term", "set_term", "remove_term"]
    assert log.json[-3]["why"] == "任免文件"
    assert "某某" not in log.out
    assert run("check", file).code == 0


@pytest.mark.parametrize(
    ("more", "code", "words"),
    [
        (["--start", "2021"], 1, "写到月"),
        (["--start", "2021-07", "--end", "2020-01"], 1, "早于任期起"),
        (["--start", "2021-07", "--baseline", "2022"], 1, "不晚于任职那年"),
        ([], 2, "还需要 --start"),
        (["--start", "2021-07", "--remove", "1"], 2, "不能与"),
    ],
)
def test_a_term_that_cannot_be_leaves_the_file_alone(run, file, more, code, words):
    lines = len(run("log", file, "--json").json)
    done = add(run, file, *more)
    assert (done.code, done.out) == (code, "")
    assert words in done.err
    assert len(run("log", file, "--json").json) == lines


def test_a_forgotten_end_is_pointed_out(run, file):
    add(run, file, "--start", "2021-01", "--name", "赵某某")
    done = add(run, file, "--start", "2022-07", "--name", "钱某某")
    assert done.code == 0
    assert "请补上离任月份" in done.err
    assert "某某" not in done.err


def test_the_report_of_a_term_can_be_recomputed(run, file):
    """2021: 0.5×52+0.5×10=31; 2022: 0.5×56+0.5×20=38; (12×31+6×38)÷18 = 33.33; 2022 against 2020: 28+15 = 43."""
    add(run, file, "--start", "2021-01", "--end", "2022-06", "--name", "赵某某")
    shown = run("term", file, "--district", "甲区")
    assert shown.code == 0, shown.err
    for words in ("（12×31＋6×38）÷18＝33.333333 → 33.33", "任期基期 2020年度", "总分 43", "森林覆盖率", "+6", "30"):
        assert words in shown.out, words
    assert "某某" not in shown.out
    assert "赵某某" in run("term", file, "--district", "甲区", "--names").out
    (report,) = run("term", file, "--district", "甲区", "--json").json
    assert (report["total"], report["years"][1]["months"], report["years"][1]["total"]) == (33.33, 6, 38)
    assert report["improvement"]["total"] == 43
    assert report["improvement"]["indicators"] == [
        {"indicator": "forest", "title": "森林覆盖率（%）", "baseline": 50, "value": 56, "progress": 30}
    ]
    assert "name" not in report


def test_a_district_without_a_term_is_told_how_to_record_one(run, file):
    done = run("term", file, "--district", "乙县", "--json")
    assert done.code == 1
    assert "--add" in done.json["advice"]
    assert run("term", file, "--district", "丙区").code == 1
    assert run("terms", file, "--district", "丙区").code == 1
    assert run("terms", file, "--district", "乙县", "--json").json == []


def test_a_list_is_imported_and_names_stay_unsaid(run, folder, file):
    (folder / "任期.csv").write_text(
        "区县,职务,姓名,起,止\n甲区,区委书记,钱某某,2021-07,2024-06\n乙县,县委书记,孙某某,2022-01,\n", encoding="utf-8"
    )
    done = run("terms", file, "--import", "任期.csv")
    assert (done.code, "已登记 2 条" in done.out, "某某" in done.out) == (0, True, False)
    assert [t["name"] for t in run("terms", file, "--names", "--json").json] == ["钱某某", "孙某某"]
    again = run("terms", file, "--import", "任期.csv", "--json").json
    assert (again["recorded"], again["known"]) == ([], 2)
    assert "某某" not in run("log", file, "--json").out
