"""`ecoscore fill` and `ecoscore fields`: a bureau's own form from the command line."""

from __future__ import annotations

import openpyxl

from tests.reporting.template_maker import form


def test_fill_writes_a_file_for_each_district(run, filled, folder):
    form(folder / "本局 成绩单模板.xlsx", {"A1": "{{区县}}", "B1": "{{总分}}", "A2": "{{指标.名称}}", "B2": "=B1"})
    done = run("fill", filled, "--period", "2024", "--template", "本局 成绩单模板.xlsx", "-o", "填 好")
    assert done.code == 0, done.err
    assert "已填好 3 个文件" in done.out and "甲区 2024年度本局 成绩单.xlsx" in done.out
    assert "重新计算" in done.err
    made = folder / "填 好" / "甲区 2024年度本局 成绩单.xlsx"
    assert openpyxl.load_workbook(made).active["A1"].value == "甲区"


def test_fill_as_json(run, filled, folder):
    form(folder / "单.xlsx", {"A1": "{{区县}}"})
    done = run("fill", filled, "--period", "2024", "--template", "单.xlsx", "-o", "出", "--district", "甲区", "--json")
    assert done.code == 0, done.err
    assert [p.endswith("甲区 2024年度单.xlsx") for p in done.json["written"]] == [True]
    assert done.json["findings"] == []


def test_a_wrong_field_is_refused_with_its_cell(run, filled, folder):
    form(folder / "错.xlsx", {"C3": "{{总份}}"})
    done = run("fill", filled, "--period", "2024", "--template", "错.xlsx", "-o", "出", "--json")
    assert done.code == 1
    (finding,) = done.json["findings"]
    assert (finding["sheet"], finding["cell"], finding["code"]) == ("表", "C3", "unknown_field")
    assert "{{总分}}" in finding["advice"]
    assert not (folder / "出").exists()
    done = run("fill", filled, "--period", "2024", "--template", "错.xlsx", "-o", "出")
    assert done.code == 1 and "错.xlsx › 表 › C3" in done.err


def test_a_missing_form(run, filled):
    done = run("fill", filled, "--period", "2024", "--template", "没有.xlsx", "-o", "出")
    assert done.code == 3 and "没有找到模板文件" in done.err


def test_fields(run, filled, file):
    done = run("fields")
    assert done.code == 0 and "{{指标.得分}}" in done.out and "【重复行】" in done.out
    done = run("fields", filled, "--json")
    found = {f["field"]: f for f in done.json}
    assert found["{{指标:PM2.5年均浓度:单位}}"]["example"] == "μg/m³"
    assert set(found["{{区县}}"]) == {"field", "meaning", "example", "scope"}


def test_fields_of_an_empty_file_are_the_general_ones(run, file):
    done = run("fields", file)
    assert done.code == 0 and "还没有数据" in done.err and "{{区县}}" in done.out


def test_what_a_bureau_says_about_its_papers_stands_in_its_form(run, filled, folder):
    fields = ("{{汇总表标题}}", "{{制发单位}}", "{{日期}}", "{{考核单位}}")
    form(folder / "落款.xlsx", {f"A{n}": text for n, text in enumerate(fields, start=1)})
    done = run(
        "fill", filled, "--period", "2024", "--template", "落款.xlsx", "-o", "出", "--organisation", "某某市",
        "--subject", "县区绿色考核", "--issuer", "某某市考核办", "--date", "2025年3月1日",
    )  # fmt: skip
    assert done.code == 0, done.err
    (made,) = (folder / "出").iterdir()
    shown = [openpyxl.load_workbook(made).active[f"A{n}"].value for n in range(1, 5)]
    assert shown == ["某某市2024年度县区绿色考核排名汇总表", "某某市考核办", "2025年3月1日", "某某市"]
