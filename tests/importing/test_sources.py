"""Whatever people give: zips, tables from the clipboard, folders of both, each place named."""

from __future__ import annotations

import zipfile

import pytest

from ecoscore.errors import InputRefused
from ecoscore.importing.plan import FileState
from ecoscore.importing.sources import PastedTable
from tests.importing.sheets import finding, plan_of, values, write_xlsx

PASTED = "区县\tPM2.5年均浓度\t空气优良天数比率\r\n甲区\t33\t82.1%\r\n乙县\t34\t—\r\n"


def form(folder, district, value, name=None):
    folder.mkdir(exist_ok=True, parents=True)
    return write_xlsx(folder / (name or f"{district}.xlsx"), {"指标": [["区县", "PM2.5年均浓度"], [district, value]]})


def zipped(path, *files):
    with zipfile.ZipFile(path, "w") as archive:
        for file in files:
            archive.write(file, f"上报/{file.name}")
    return path


def test_a_zip_of_forms_is_read_like_a_folder_and_places_say_so(tmp_path):
    files = [form(tmp_path / "夹", "甲区", 33), form(tmp_path / "夹", "乙县", "约30")]
    plan = plan_of(zipped(tmp_path / "2024年报送.zip", *files))
    assert values(plan) == {("甲区", "pm25", "2024"): 33}
    found = finding(plan, "approximate")
    assert found.where == "2024年报送.zip › 上报/乙县.xlsx › 指标 › B2"
    assert plan.entries[0].new.source == "2024年报送.zip › 上报/甲区.xlsx › 指标 › B2"
    assert {f.name for f in plan.files} == {"2024年报送.zip › 上报/甲区.xlsx", "2024年报送.zip › 上报/乙县.xlsx"}
    assert all(len(f.digest) == 64 and f.path.name == "2024年报送.zip" for f in plan.files)


def test_the_name_inside_speaks_before_the_name_of_the_zip(tmp_path):
    file = form(tmp_path / "夹", "甲区", 33, "甲区2023年.xlsx")
    assert values(plan_of(zipped(tmp_path / "2024年报送.zip", file))) == {("甲区", "pm25", "2023"): 33}


def test_a_zip_beside_other_files_in_a_folder(tmp_path):
    folder = tmp_path / "2024年"
    zipped(folder.parent / "a.zip", form(tmp_path / "别处", "甲区", 33))
    form(folder, "乙县", 34, "乙县2024年.xlsx")
    (tmp_path / "a.zip").rename(folder / "2024 甲.zip")
    assert set(values(plan_of(folder))) == {("甲区", "pm25", "2024"), ("乙县", "pm25", "2024")}


def test_a_broken_zip_is_refused_with_a_sentence_and_the_rest_is_read(tmp_path):
    bad = tmp_path / "坏.zip"
    bad.write_bytes(b"PK\x03\x04broken")
    good = form(tmp_path, "甲区", 33, "2024年.xlsx")
    plan = plan_of(bad, good)
    assert finding(plan, "file_refused").file == "坏.zip"
    assert len(plan.entries) == 1
    assert plan_of(bad).errors


def test_a_zip_inside_a_zip_is_refused_and_named(tmp_path):
    inner = zipped(tmp_path / "内.zip", form(tmp_path / "夹", "甲区", 33))
    plan = plan_of(zipped(tmp_path / "外2024.zip", inner, form(tmp_path / "夹", "乙县", 34)))
    assert finding(plan, "file_refused").file == "外2024.zip › 上报/内.zip"
    assert set(values(plan)) == {("乙县", "pm25", "2024")}


def test_a_pasted_table_is_a_source_with_a_name(tmp_path):
    from ecoscore.model.period import Period

    plan = plan_of(PastedTable(PASTED), period=Period(2024))
    assert values(plan) == {
        ("甲区", "pm25", "2024"): 33,
        ("甲区", "good_days", "2024"): 82.1,
        ("乙县", "pm25", "2024"): 34,
        ("乙县", "good_days", "2024"): "not_applicable",
    }
    assert plan.entries[0].new.source == "粘贴的表格 › B2"
    assert plan.files[0].state is FileState.READ


def test_several_pastes_and_a_file_at_once(tmp_path):
    from ecoscore.model.period import Period

    file = form(tmp_path, "丙区", 30)
    other = PastedTable("指标\t乙县\nPM2.5年均浓度\t35\n")
    plan = plan_of(PastedTable("指标\t甲区\nPM2.5年均浓度\t36\n"), other, file, period=Period(2024))
    assert [f.name for f in plan.files] == ["粘贴的表格", "粘贴的表格 2", "丙区.xlsx"]
    assert len(plan.entries) == 3


def test_cells_with_line_breaks_and_commas_survive_the_clipboard():
    from ecoscore.model.period import Period

    text = '区县\t"PM2.5\n年均浓度"\t排污权交易金额\n甲区\t33\t1,234.5\n'
    assert values(plan_of(PastedTable(text), period=Period(2024))) == {
        ("甲区", "pm25", "2024"): 33,
        ("甲区", "trading", "2024"): 1234.5,
    }


def test_nothing_on_the_clipboard():
    with pytest.raises(InputRefused, match="剪贴板"):
        plan_of(PastedTable(" \n"))


def test_tab_separated_files(tmp_path):
    path = tmp_path / "2024年 导出.tsv"
    path.write_text(PASTED, encoding="utf-16")
    assert len(plan_of(path).entries) == 4


def test_files_of_one_name_are_told_apart_as_far_up_as_it_takes(tmp_path):
    for a in ("东", "西"):
        form(tmp_path / a / "上报", "甲区", 33, "表.xlsx")
    plan = plan_of(tmp_path)
    assert len({f.name for f in plan.files}) == 2
