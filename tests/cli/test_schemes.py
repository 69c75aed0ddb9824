"""`schemes` and `scheme`: functions, export to Excel and back, and a file that changes its scheme from a year on."""

from __future__ import annotations

import pytest
from openpyxl import load_workbook

from tests.cli.conftest import SCHEME


def test_functions_with_their_formulas_and_sources(run):
    shown = run("schemes", "--functions")
    assert (shown.code, shown.err) == (0, "")
    for words in ("air_index_2013", "算式：", "HJ 663-2013", "请对照原文"):
        assert words in shown.out
    document = run("schemes", "--functions", "--json").json
    index = next(e for e in document if e["name"] == "air_index_2013")
    assert index["arguments"][0]["name"] == "so2"
    assert index["source"]


def test_warnings_go_to_stderr(run):
    done = run("schemes", "--json")
    assert "权重合计" in done.err
    assert done.json
    made = run("new", "绿色发展.ecos", "--scheme", "green-development-2016")
    assert made.code == 0
    assert "权重合计" in made.err
    assert "权重合计" not in made.out


@pytest.mark.parametrize("name", ["方案 一.xlsx", "方案 一.yaml"])
def test_exported_and_used_for_a_new_file(run, folder, name):
    assert run("schemes", "--export", "jiangsu-green", "-o", name).code == 0
    again = run("schemes", "--export", "jiangsu-green", "-o", name)
    assert (again.code, "未覆盖" in again.err) == (1, True)
    made = run("new", "新.ecos", "--scheme", name)
    assert made.code == 0, made.err
    assert "30 项指标" in made.out
    (edition,) = run("scheme", "新.ecos", "--json").json
    assert (edition["scheme"], edition["since"], edition["periods"]) == ("jiangsu-green", None, [])


def test_export_wants_a_place(run):
    done = run("schemes", "--export", "jiangsu-green")
    assert (done.code, "还需要 --output" in done.err) == (2, True)
    assert run("schemes", "--export", "no-such", "-o", "a.xlsx").code == 1
    assert run("schemes", "--export", "jiangsu-green", "-o", "a.docx").code == 1


def edited_workbook(folder, run, file):
    """The file's scheme as an official edits it: 40 → 60 for one indicator, a new edition."""
    assert run("scheme", file, "-o", "改 方案.xlsx").code == 0
    book = load_workbook(folder / "改 方案.xlsx")
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if sheet.title == "指标" and cell.value == 40:
                    cell.value = 60
                if sheet.title == "方案" and cell.value == "2024":
                    cell.value = "2025"
    book.save(folder / "改 方案.xlsx")
    return "改 方案.xlsx"


def test_a_file_changes_its_scheme_from_a_year_on(run, filled, folder):
    new = edited_workbook(folder, run, filled)
    before = run("score", filled, "--period", "2024", "--json").json["results"]
    done = run("scheme", filled, "--adopt", new, "--since", "2025", "--why", "市委发文", "--json")
    assert done.code == 0, done.err
    document = done.json
    assert (document["changed"], document["since"], document["edition"], document["periods"]) == (
        True,
        "2025",
        "2025",
        [],
    )
    assert {(c["id"], c["what"], c["old"], c["new"]) for c in document["changes"]} >= {("days", "权重", "40", "60")}
    (folder / "新年.csv").write_text(
        "区县,考核期,指标,值\n甲区,2025,PM2.5年均浓度,40\n甲区,2025,优良天数比例,100\n", encoding="utf-8"
    )
    assert run("import", filled, "新年.csv").code == 0
    assert run("score", filled, "--period", "2024", "--json").json["results"] == before
    assert run("score", filled, "--period", "2025", "--json").json["results"][0]["total"] == 75
    editions = run("scheme", filled, "--json").json
    assert [(e["since"], e["edition"], e["periods"]) for e in editions] == [
        (None, "2024", ["2024"]),
        ("2025", "2025", ["2025"]),
    ]
    assert [e["edition"] for e in run("scheme", filled, "--period", "2024", "--json").json] == ["2024"]
    shown = run("scheme", filled, "--changes").out
    assert "权重 40 → 60" in shown
    last = [e for e in run("log", filled, "--json").json if e["action"] == "adopt_scheme"][-1]
    assert last["subject"].startswith("方案改为《小方案》（2025）")
    assert last["why"] == "市委发文"
    assert run("check", filled).code == 0


def test_adopting_for_people_says_what_changes_and_what_stays_unused(run, filled, folder):
    lines = [line for line in SCHEME.splitlines() if "days" not in line]
    (folder / "少一项.yaml").write_text("\n".join(lines), encoding="utf-8")
    done = run("scheme", filled, "--adopt", "少一项.yaml", "--since", "2024")
    assert done.code == 0, done.err
    assert "改按新版本计分的考核期：2024" in done.out
    assert "删去指标“优良天数比例”" in done.out
    assert "优良天数比例" in done.err
    assert "保留" in done.err
    again = run("scheme", filled, "--adopt", "少一项.yaml", "--since", "2024")
    assert (again.code, "没有改动" in again.out) == (0, True)
    assert len(run("scheme", filled, "--json").json) == 2


def test_what_cannot_be_adopted_changes_nothing(run, filled, folder):
    (folder / "错.yaml").write_text("id: x\ntitle: 错\nedition: '1'\ngruops: []\n", encoding="utf-8")
    content = filled.read_bytes()
    done = run("scheme", filled, "--adopt", "错.yaml", "--since", "2025")
    assert (done.code, "第 4 行" in done.err) == (1, True)
    assert run("scheme", filled, "--adopt", "小 方案.yaml").code == 2
    assert filled.read_bytes() == content
