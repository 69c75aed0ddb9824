"""Lists of districts as offices keep them."""

from __future__ import annotations

import pytest
import xlsxwriter

from ecoscore.assessment.districts import read_districts
from ecoscore.errors import InputRefused
from ecoscore.model.district import District, Level


@pytest.fixture
def sheet_of(tmp_path):
    def write(*rows):
        path = tmp_path / "区县 名单.xlsx"
        book = xlsxwriter.Workbook(str(path))
        sheet = book.add_worksheet("名单")
        for n, row in enumerate(rows):
            sheet.write_row(n, 0, row)
        book.close()
        return path

    return write


def test_all_columns_in_any_order_under_a_title(sheet_of):
    path = sheet_of(
        ["某市区县名单"], ["序号", "分类组", "区县名称", "行政区划代码", "层级", "上级", "别名"],
        [1, "城区", "甲 区", 320501, "县级", "某市", "甲市辖区、老甲县"], [2, "", "乙镇", "320502", "乡镇", "甲区", ""], ["", "", "合计"],
        ["", "", "注：名单以民政部门公布的为准。"],
    )  # fmt: skip
    assert read_districts(path) == (
        District("甲区", "320501", Level.COUNTY, "某市", "城区", ("甲市辖区", "老甲县")),
        District("乙镇", "320502", Level.TOWN, "甲区", None, ()),
    )


def test_a_bare_column_of_names(sheet_of):
    assert [d.name for d in read_districts(sheet_of(["甲区"], ["乙县"], [""], ["丙县"]))] == ["甲区", "乙县", "丙县"]


def test_a_long_table_names_each_district_once(sheet_of):
    path = sheet_of(["区县", "指标", "值"], ["甲区", "PM2.5", 40], ["甲区", "优良天数", 80], ["乙县", "PM2.5", 30])
    assert [d.name for d in read_districts(path)] == ["甲区", "乙县"]


def test_two_rows_that_disagree_are_named_by_cell(sheet_of):
    with pytest.raises(InputRefused) as caught:
        read_districts(sheet_of(["区县", "代码"], ["甲区", "1"], ["甲区", "2"]))
    (finding,) = caught.value.findings
    assert (finding.code, finding.sheet, finding.cell) == ("duplicate_district", "名单", "A3")


def test_a_level_nobody_knows_is_named_by_cell(sheet_of):
    with pytest.raises(InputRefused) as caught:
        read_districts(sheet_of(["区县", "层级"], ["甲区", "厅级"]))
    (finding,) = caught.value.findings
    assert (finding.code, finding.cell) == ("unknown_level", "B2")


def test_a_table_without_names_says_what_to_do(sheet_of):
    with pytest.raises(InputRefused, match="没有在表中找到区县") as caught:
        read_districts(sheet_of([1, 2], [3, 4]))
    assert "区县" in caught.value.advice


def test_a_file_that_is_no_table(tmp_path):
    path = tmp_path / "图.xlsx"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 100)
    with pytest.raises(InputRefused, match="不能读取区县名单"):
        read_districts(path)
