"""`events`: bonuses, deductions, ceilings and vetoes recorded without the window, and what they do to the score."""

from __future__ import annotations

import pytest

from tests.cli.conftest import SCHEME

ITEMS = """
adjustments:
  - {id: award, title: 省级命名, kind: bonus, points: 2, cap: 3}
  - {id: incident, title: 突发环境事件, kind: deduction, points: 5}
  - {id: major, title: 重大突发环境事件, kind: ceiling, grade: 合格}
  - {id: fraud, title: 数据造假, kind: veto, grade: 不合格}
"""


@pytest.fixture
def file(folder, run, once):
    path = folder / "考核 2024.ecos"

    def make():
        (folder / "小 方案.yaml").write_text(SCHEME + ITEMS, encoding="utf-8")
        assert run("new", path, "--scheme", "小 方案.yaml", "--districts", "区县 名单.csv").code == 0
        assert run("import", path, "报送 表.csv").code == 0

    once("有加减分条款", make)
    return path


def add(run, file, item, district, matter, *more):
    return run("events", file, "--period", "2024", "--add", item, "--district", district, "--matter", matter, *more)


def result(run, file, district):
    results = run("score", file, "--period", "2024", "--json").json["results"]
    return next(r for r in results if r["district"] == district)


def test_each_kind_by_id_or_title_changes_the_score(run, file):
    ground = ("--document", "示例环函〔2024〕1号", "--date", "2024-06-01", "--office", "示例市生态环境局")
    assert add(run, file, "award", "甲区", "园林城区命名", *ground).code == 0
    assert add(run, file, "突发环境事件", "甲区", "6月泄漏", "--count", "2", *ground).code == 0
    proofs = ("--attachment", "调查报告.pdf", "--attachment", "照片 1.jpg")
    assert add(run, file, "major", "乙县", "7月事件", *ground, *proofs).code == 0
    done = add(run, file, "数据造假", "丙县", "伪造台账", *ground, "--json")
    assert [(e["number"], e["adjustment"], e["layer"], e["count"]) for e in done.json] == [
        (1, "fraud", "veto", 1),
        (2, "major", "ceiling", 1),
        (3, "award", "bonus", 1),
        (4, "incident", "deduction", 2),
    ]
    assert done.json[1]["attachments"] == "调查报告.pdf、照片 1.jpg"
    first = result(run, file, "甲区")
    assert (first["base"], first["bonus"], first["deduction"], first["total"]) == (50, 2, 10, 42)
    assert result(run, file, "乙县")["grade"] == "合格"
    assert "伪造台账" in result(run, file, "丙县")["grade_reason"]
    assert "6月泄漏" in run("events", file, "--period", "2024").out
    gone = run("events", file, "--period", "2024", "--remove", "4", "--why", "复核撤销", "--json")
    assert [e["adjustment"] for e in gone.json] == ["fraud", "major", "award"]
    assert result(run, file, "甲区")["total"] == 52
    last = run("log", file, "--json", "--limit", "1").json[0]
    assert (last["action"], last["why"]) == ("remove_event", "复核撤销")
    assert run("check", file).code == 0


def test_the_items_there_are(run, file):
    shown = run("events", file, "--period", "2024", "--items").out
    for words in ("award", "2 分，至多 3 分", "等次 合格", "一票否决"):
        assert words in shown
    assert [i["id"] for i in run("events", file, "--period", "2024", "--items", "--json").json] == [
        "award", "incident", "major", "fraud",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["--add", "prize", "--district", "甲区", "--matter", "事"], 1, "award（省级命名）"),
        (["--add", "award", "--district", "丁区", "--matter", "事"], 1, "没有这个区县"),
        (["--add", "award", "--district", "甲区", "--matter", "事", "--count", "0"], 1, "次数"),
        (["--add", "award", "--district", "甲区"], 2, "还需要 --matter"),
        (["--remove", "1"], 1, "没有序号为 1"),
    ],
)
def test_what_cannot_be_recorded_leaves_the_file_alone(run, file, arguments, code, words):
    lines = len(run("log", file, "--json").json)
    done = run("events", file, "--period", "2024", *arguments)
    assert (done.code, done.out) == (code, "")
    assert words in done.err
    assert len(run("log", file, "--json").json) == lines


def test_without_a_ground_it_is_pointed_out(run, file):
    done = add(run, file, "award", "甲区", "命名")
    assert done.code == 0
    assert "没有写依据" in done.err
    again = add(run, file, "award", "甲区", "命名")
    assert (again.code, "已经登记过" in again.err) == (1, True)


def test_none_recorded_says_where_to_look(run, file):
    shown = run("events", file, "--period", "2024")
    assert "--items" in shown.out
    assert run("events", file, "--period", "2024", "--json").json == []


def test_a_list_is_imported_whole_or_not_at_all(run, folder, file):
    items = run("events", file, "--period", "2024", "--items", "--json").json
    title = items[0]["title"]
    (folder / "加减分.csv").write_text(f"区县,条款,次数,依据\n甲区,{title},1,示例〔2024〕1号\n", encoding="utf-8")
    (folder / "错.csv").write_text(f"区县,条款,次数,依据\n甲区,{title},1,甲\n无名县,{title},1,乙\n", encoding="utf-8")
    wrong = run("events", file, "--period", "2024", "--import", "错.csv", "--json")
    assert (wrong.code, wrong.json["findings"][0]["cell"], wrong.json["recorded"]) == (1, "A3", [])
    assert run("events", file, "--period", "2024", "--json").json == []
    look = run("events", file, "--period", "2024", "--import", "加减分.csv", "--dry-run")
    assert (look.code, "将登记 1 条" in look.out) == (0, True)
    assert run("events", file, "--period", "2024", "--json").json == []
    done = run("events", file, "--period", "2024", "--import", "加减分.csv", "--json")
    assert (done.code, [e["document"] for e in done.json["recorded"]]) == (0, ["示例〔2024〕1号"])
    again = run("events", file, "--period", "2024", "--import", "加减分.csv", "--json")
    assert (again.json["recorded"], again.json["known"]) == ([], 1)
