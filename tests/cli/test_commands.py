"""Each command: what it prints, what it writes, its exit code."""

from __future__ import annotations

import hashlib
import sqlite3

import pytest


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_schemes_as_a_table_and_as_json(run):
    shown = run("schemes")
    assert shown.code == 0
    assert "jiangsu-green" in shown.out
    document = run("schemes", "--json").json
    assert {s["id"]: s["indicators"] for s in document}["green-development-2016"] == 56
    assert [s["id"] for s in document if s["default"]] == ["jiangsu-green"]


def test_the_rules_with_their_parameters_and_examples(run):
    shown = run("schemes", "--rules").out
    for kind in ("efficacy", "minmax", "level_and_progress"):
        assert f"{kind}　" in shown
    assert {"kind", "title", "parameters", "example"} <= set(run("schemes", "--rules", "--json").json[0])


def test_new_reads_the_districts_and_never_overwrites(run, file):
    log = run("log", file, "--json").json
    first = next(e["new"] for e in log if e["action"] == "add_district")
    assert first == "甲区，代码 990101，隶属 某市，分类组 城区，别名 甲市辖区、老甲县"
    before = digest(file)
    again = run("new", file, "--scheme", "jiangsu-green")
    assert (again.code, again.out) == (1, "")
    assert "文件已存在" in again.err
    assert digest(file) == before


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["--scheme", "没有.yaml"], 1, "没有.yaml"),
        (["--scheme", "no-such-scheme"], 1, "no-such-scheme"),
        (["--scheme", "jiangsu-green", "--districts", "没有.csv"], 1, "没有.csv"),
        (["--scheme", "报送 表.csv.yaml"], 1, ""),
    ],
)
def test_new_refuses_what_it_cannot_read_and_makes_nothing(run, folder, arguments, code, words):
    done = run("new", "新.ecos", *arguments)
    assert done.code == code, done.err
    assert words in done.err
    assert not (folder / "新.ecos").exists()


def test_a_scheme_with_a_mistake_names_its_line(run, folder):
    (folder / "错.yaml").write_text("id: x\ntitle: 错\nedition: '1'\ngruops: []\n", encoding="utf-8")
    done = run("new", "新.ecos", "--scheme", "错.yaml")
    assert done.code == 1
    assert "第 4 行" in done.err


def test_import_json_counts_and_a_second_import_changes_nothing(run, file):
    first = run("import", file, "报送 表.csv", "--json").json
    assert (first["accepted"], first["unchanged"], first["changed"]) == (5, 0, [])
    before = digest(file)
    again = run("import", file, "报送 表.csv", "--json")
    assert (again.code, again.json["accepted"], again.json["unchanged"]) == (0, 0, 5)
    assert digest(file) == before


def test_import_tells_old_and_new(run, filled, folder):
    (folder / "更正.csv").write_text("区县,考核期,指标,值\n甲区,2024,PM2.5年均浓度,41.5\n", encoding="utf-8")
    document = run("import", filled, "更正.csv", "--json", "--why", "复核").json
    assert document["changed"] == [
        {"district": "甲区", "indicator": "pm25", "period": "2024", "old": 40.0, "new": 41.5}
    ]
    last = run("log", filled, "--json", "--limit", "1").json[0]
    assert (last["old"], last["new"], last["why"]) == ("40", "41.5", "复核")


def test_nothing_is_written_while_an_error_stands(run, file, folder):
    (folder / "错 表.csv").write_text(
        "区县,考核期,指标,值\n甲区,2024,PM2.5年均浓度,约42\n乙县,2024,PM2.5年均浓度,30\n", encoding="utf-8"
    )
    before = digest(file)
    done = run("import", file, "错 表.csv", "--json")
    assert (done.code, done.json["accepted"]) == (1, 0)
    (finding,) = [f for f in done.json["findings"] if f["severity"] == "error"]
    assert finding["file"] == "错 表.csv"
    assert finding["cell"] == "D2"
    assert finding["message"]
    assert finding["advice"]
    assert digest(file) == before
    people = run("import", file, "错 表.csv")
    assert people.code == 1
    assert "什么也没有写入" in people.err
    assert digest(file) == before

    left_out = run("import", file, "错 表.csv", "--skip-errors", "--json")
    assert (left_out.code, left_out.json["accepted"]) == (0, 1)
    assert run("score", file, "--period", "2024", "--json").json["results"][1]["indicators"]["pm25"]["value"] == 30.0


def test_a_dry_run_writes_nothing(run, file):
    before = digest(file)
    done = run("import", file, "报送 表.csv", "--dry-run", "--json")
    assert (done.code, done.json["accepted"], done.json["dry_run"]) == (0, 5, True)
    assert digest(file) == before


def test_unknown_districts_are_findings_unless_they_are_to_be_added(run, file, folder):
    (folder / "新区.csv").write_text("区县,考核期,指标,值\n丁区,2024,PM2.5年均浓度,42\n", encoding="utf-8")
    assert run("import", file, "新区.csv").code == 1
    added = run("import", file, "新区.csv", "--add-districts", "--json")
    assert (added.code, added.json["new_districts"]) == (0, ["丁区"])


def test_a_folder_is_a_source(run, file, folder):
    (folder / "报送").mkdir()
    (folder / "报送 表.csv").rename(folder / "报送" / "一 区.csv")
    assert run("import", file, "报送", "--json").json["accepted"] == 5


def test_sources_that_are_not_there(run, file):
    done = run("import", file, "没有.xlsx", "--json")
    assert done.code == 1
    assert done.json["findings"]


def test_forms_read_back(run, filled, folder):
    done = run("form", filled, "--period", "2024", "-o", "填报 表", "--district", "甲区", "乙县")
    assert done.code == 0, done.err
    assert sorted(p.name for p in (folder / "填报 表").iterdir()) == [
        "乙县 2024年度填报表.xlsx",
        "甲区 2024年度填报表.xlsx",
    ]
    back = run("import", filled, "填报 表", "--json")
    assert (back.code, back.json["accepted"], back.json["unchanged"]) == (0, 0, 4), back.out


def test_check_is_sound_until_a_value_is_changed_from_outside(run, filled):
    assert run("check", filled).code == 0
    assert run("check", filled, "--json").json["sound"] is True
    raw = sqlite3.connect(filled)
    raw.execute("UPDATE observations SET value = 1 WHERE district = '甲区' AND indicator = 'pm25'")
    raw.commit()
    raw.close()
    done = run("check", filled, "--json")
    assert (done.code, done.json["sound"]) == (1, False)
    assert done.json["findings"][0]["code"] == "value_unjournalled"


def test_log_says_who_what_and_why(run, filled):
    shown = run("log", filled)
    assert "年报" in shown.out
    assert "甲区 PM2.5年均浓度 2024年度" in shown.out
    document = run("log", filled, "--json").json
    assert [e["id"] for e in document] == list(range(1, len(document) + 1))
    assert {e["action"] for e in document} == {"create", "adopt_scheme", "add_district", "import", "set_value"}


def test_commands_that_only_look_leave_file_and_backups_alone(run, filled, folder, backups_root):
    (folder / "更正.csv").write_text("区县,考核期,指标,值\n甲区,2024,PM2.5年均浓度,41.5\n", encoding="utf-8")
    assert run("import", filled, "更正.csv").code == 0
    assert list(backups_root.rglob("*.ecos"))
    before, kept = digest(filled), sorted(backups_root.rglob("*.ecos"))
    for command in (["score"], ["explain", "--district", "甲区"]):
        run(command[0], filled, "--period", "2024", *command[1:])
    run("check", filled)
    run("log", filled)
    assert digest(filled) == before
    assert sorted(backups_root.rglob("*.ecos")) == kept
