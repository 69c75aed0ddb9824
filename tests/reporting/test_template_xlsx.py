"""A bureau's own workbook filled: values as numbers, looks kept, everything below the repeated row moved."""

from __future__ import annotations

from html import unescape
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.formatting.rule import CellIsRule, FormulaRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.table import Table

from ecoscore.errors import EnvironmentFailed
from ecoscore.model.adjustment import Event
from tests.libreoffice import needs_soffice, recalculate
from tests.reporting.builders import NOW, scored, small
from tests.reporting.edit_zip import part, replace_in
from tests.reporting.template_maker import errors, filled, form, grid, read, sheet_of, source_of, warnings

ROW = {
    "A4": "{{指标.序号}}", "B4": "{{指标.名称}}", "C4": "{{指标.单位}}", "D4": "{{指标.上年值}}", "E4": "{{指标.本年值}}",
    "F4": "{{指标.得分}}",
}  # fmt: skip
THIN = Border(*[Side("thin")] * 4)


@pytest.fixture(scope="module")
def result():
    return scored(small(each=3), ("甲区", "乙县", "丙县"))


def points(result, district="甲区"):
    return [round(float(p), 9) for p in result.points_rounded[result.district_at[district]]]


def test_a_card(tmp_path, result):
    path = tmp_path / "本局 成绩单.xlsx"
    form(path, {"A1": "{{区县}}{{考核期}}成绩单", "A2": "{{总分}}", "B2": "总分{{总分}}分", **ROW, "A5": "合计"})
    sheet = sheet_of(filled(path, result, tmp_path / "出.xlsx"))
    assert sheet["A1"].value == "甲区2024年度成绩单"
    assert isinstance(sheet["A2"].value, float)
    assert sheet["B2"].value == f"总分{sheet['A2'].value:.2f}分"
    assert [sheet.cell(r, 1).value for r in range(4, 10)] == [1, 2, 3, 4, 5, 6]
    assert [sheet.cell(r, 6).value for r in range(4, 10)] == points(result)
    assert sheet["A10"].value == "合计"


def test_numbers_are_stored_exactly(tmp_path, result):
    path = tmp_path / "模板.xlsx"
    form(path, {"A1": "{{指标:i1:本年值}}", "A2": 79.1})
    exact = scored(small(each=3), ("甲区",), values={("甲区", "i1"): 79.1})
    out = filled(path, exact, tmp_path / "出.xlsx")
    sheet = sheet_of(out)
    assert (sheet["A1"].value, sheet["A2"].value) == (79.1, 79.1)
    assert part(out, "xl/worksheets/sheet1.xml").count("<v>79.1</v>") == 2


def test_general_cells_show_what_is_printed_and_other_formats_stay(tmp_path, result):
    path = tmp_path / "模板.xlsx"
    book, sheet = form(
        path, {"A1": "{{总分}}", "A2": "{{总分}}", "A3": "{{总分}}", "A4": "{{指标:i1:本年值}}", "A5": "{{总分}}"}
    )
    sheet["A2"].number_format = "0.0000"
    sheet["A3"].number_format = "@"
    sheet["A4"].number_format = "0.0%"
    sheet["A5"].number_format = "0.0%"
    book.save(path)
    made = scored(small(each=3), ("甲区",), values={("甲区", "i1"): 86.4})
    sheet = sheet_of(filled(path, made, tmp_path / "出.xlsx"))
    assert sheet["A1"].number_format.startswith("0.00;")
    assert (sheet["A2"].number_format, sheet["A2"].data_type) == ("0.0000", "n")
    assert (sheet["A3"].number_format, sheet["A3"].data_type) == ("@", "s")
    assert (sheet["A4"].number_format, sheet["A4"].value) == ("0.0%", 0.864)  # the unit is per cent already
    assert sheet["A5"].number_format.startswith("0.00;")  # points are not: 93.85 must not show as 9385.0%
    assert sheet["A5"].value == sheet["A1"].value


def test_looks_heights_and_merges(tmp_path, result):
    path = tmp_path / "模板.xlsx"
    book, sheet = form(path, {**ROW, "A1": "{{区县}}", "A6": "注：", "A7": "{{附注}}", "G4": None})
    sheet.merge_cells("A1:F1")
    sheet.merge_cells("A7:F9")
    sheet.merge_cells("B4:C4")
    for at in ROW:
        sheet[at].font, sheet[at].border = Font(name="仿宋", size=11, bold=True, color="FF0000"), THIN
    sheet["E4"].fill = PatternFill("solid", fgColor="FFF2CC")
    sheet["A7"].alignment = Alignment(wrap_text=True, vertical="top")
    sheet.row_dimensions[4].height = 23.5
    sheet.row_dimensions[6].height = 31
    sheet.row_dimensions[7].height = 200
    sheet.column_dimensions["B"].width = 33
    book.save(path)
    sheet = sheet_of(filled(path, result, tmp_path / "出.xlsx"))
    assert {str(r) for r in sheet.merged_cells.ranges} == {"A1:F1", "A12:F14", *(f"B{r}:C{r}" for r in range(4, 10))}
    assert [sheet.row_dimensions[r].height for r in (4, 9, 11, 12)] == [23.5, 23.5, 31, 200]
    assert sheet.column_dimensions["B"].width == 33
    for row in (4, 9):
        cell = sheet.cell(row, 5)
        assert (cell.font.name, cell.font.sz, cell.font.b, cell.font.color.rgb) == ("仿宋", 11, True, "00FF0000")
        assert cell.fill.fgColor.rgb == "00FFF2CC"
        assert cell.border.bottom.style == "thin"
    assert sheet["A11"].value == "注："
    assert sheet["A12"].alignment.vertical == "top"


def test_a_merge_beside_the_repeated_row_grows(tmp_path, result):
    path = tmp_path / "模板.xlsx"
    book, sheet = form(path, {"A3": "各项指标", "B4": "{{指标.名称}}", "B5": "小计", "A6": "末"})
    sheet.merge_cells("A3:A5")
    book.save(path)
    sheet = sheet_of(filled(path, result, tmp_path / "出.xlsx"))
    assert {str(r) for r in sheet.merged_cells.ranges} == {"A3:A10"}
    assert sheet["A11"].value == "末"


def test_a_merge_that_begins_in_the_repeated_row_holds_its_text_once(tmp_path, result):
    path = tmp_path / "模板.xlsx"
    book, sheet = form(path, {"A4": "左", "B4": "{{指标.名称}}", "B5": "小计"})
    sheet.merge_cells("A4:A5")
    book.save(path)
    out = filled(path, result, tmp_path / "出.xlsx")
    assert {str(r) for r in sheet_of(out).merged_cells.ranges} == {"A4:A10"}
    assert unescape(part(out, "xl/worksheets/sheet1.xml")).count(">左<") == 1


def test_formulas_move_and_sums_grow(tmp_path, result):
    path = tmp_path / "模板.xlsx"
    book, sheet = form(
        path,
        {
            **ROW,
            "G4": "=F4*2",
            "H4": "=F4/SUM(F$4:F$4)",
            "F5": "=SUM(F4:F4)",
            "G5": "=SUM(G4)",
            "F6": "=F5+B1",
            "B1": "=F5",
        },
    )
    sheet["H5"] = ArrayFormula("H5", "=SUM(F4:F4*2)")
    other = book.create_sheet("汇总 表")
    other["A1"] = "=表!F5"
    other["A2"] = "=AVERAGE(表!$F$4:$F$4)"
    book.defined_names["各项得分"] = DefinedName("各项得分", attr_text="表!$F$4:$F$4")
    book.defined_names["合计"] = DefinedName("合计", attr_text="表!$F$5")
    book.save(path)
    replace_in(path, "xl/workbook.xml", 'fullCalcOnLoad="1"', 'fullCalcOnLoad="0"')
    out = filled(path, result, tmp_path / "出.xlsx")
    sheet, other = sheet_of(out), sheet_of(out, "汇总 表")
    assert [sheet[f"G{r}"].value for r in (4, 9)] == ["=F4*2", "=F9*2"]
    assert sheet["H7"].value == "=F7/SUM(F$4:F$9)"
    assert (sheet["F10"].value, sheet["G10"].value, sheet["F11"].value) == ("=SUM(F4:F9)", "=SUM(G4:G9)", "=F10+B1")
    assert sheet["B1"].value == "=F10"
    assert (sheet["H10"].value.ref, sheet["H10"].value.text) == ("H10", "=SUM(F4:F9*2)")
    assert (other["A1"].value, other["A2"].value) == ("=表!F10", "=AVERAGE(表!$F$4:$F$9)")
    names = openpyxl.load_workbook(out).defined_names
    assert (names["各项得分"].attr_text, names["合计"].attr_text) == ("表!$F$4:$F$9", "表!$F$10")
    assert openpyxl.load_workbook(out).calculation.fullCalcOnLoad


def test_print_setup_formats_and_validations_follow(tmp_path, result):
    path = tmp_path / "模板.xlsx"
    book, sheet = form(path, {**ROW, "A3": "序号", "A5": "合计", "F5": "=SUM(F4:F4)"})
    sheet.print_area = "A1:F5"
    sheet.print_title_rows = "3:3"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 8
    sheet.page_margins.left = 1.1
    sheet.freeze_panes = "A4"
    sheet.auto_filter.ref = "A3:F4"
    sheet.row_breaks.append(openpyxl.worksheet.pagebreak.Break(id=5))
    sheet.conditional_formatting.add("F4:F4", CellIsRule(operator="lessThan", formula=["F$5/10"], font=Font(bold=True)))
    sheet.conditional_formatting.add("A4:E4", FormulaRule(formula=["$F4<2"], fill=PatternFill(bgColor="FFFF00")))
    check = DataValidation(type="list", formula1="$A$3:$A$5")
    sheet.add_data_validation(check)
    check.add("G4")
    check.add("G5")
    book.save(path)
    sheet = sheet_of(filled(path, result, tmp_path / "出.xlsx"))
    assert sheet.print_area == "'表'!$A$1:$F$10"
    assert sheet.print_title_rows == "$3:$3"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_margins.left) == ("landscape", 8, 1.1)
    assert sheet.freeze_panes == "A4"
    assert sheet.auto_filter.ref == "A3:F9"
    assert [b.id for b in sheet.row_breaks.brk] == [10]
    rules = {str(cf.sqref): cf.rules[0].formula[0] for cf in sheet.conditional_formatting}
    assert rules == {"F4:F9": "F$10/10", "A4:E9": "$F4<2"}
    (check,) = sheet.data_validations.dataValidation
    assert (sorted(str(r) for r in check.sqref.ranges), check.formula1) == (["G10", "G4:G9"], "$A$3:$A$10")


def test_tables_charts_pictures_and_comments_follow(tmp_path, result):
    from PIL import Image as Picture

    Picture.new("RGB", (20, 20), "red").save(tmp_path / "章.png")
    path = tmp_path / "模板.xlsx"
    book, sheet = form(
        path, {**ROW, "A3": "序号", "B3": "名称", "C3": "单位", "D3": "上年", "E3": "本年", "F3": "得分", "A6": "落款"}
    )
    sheet.add_table(Table(displayName="得分表", ref="A3:F4"))
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=6, min_row=3, max_row=4), titles_from_data=True)
    chart.set_categories(Reference(sheet, min_col=2, min_row=4, max_row=4))
    sheet.add_chart(chart, "A8")
    sheet.add_image(Image(str(tmp_path / "章.png")), "C6")
    sheet["A6"].comment = Comment("盖章处", "某人")
    sheet["B6"].hyperlink = "https://example.invalid/"
    book.save(path)
    assert "kept_with_doubt" in warnings(path, result)
    sheet = sheet_of(filled(path, result, tmp_path / "出.xlsx"))
    assert sheet.tables["得分表"].ref == "A3:F9"
    series = sheet._charts[0].series[0]
    assert (series.val.numRef.f, series.cat.numRef.f) == ("'表'!$F$4:$F$9", "'表'!$B$4:$B$9")
    assert series.tx.strRef.f == "'表'!F3"
    assert sheet._charts[0].anchor._from.row == 12
    assert sheet._images[0].anchor._from.row == 10
    assert sheet["A11"].comment.text == "盖章处"
    assert sheet["B11"].hyperlink.ref == "B11"


def test_several_looks_in_one_cell(tmp_path, result):
    path = tmp_path / "模板.xlsx"
    red = InlineFont(rFont="黑体", sz=16, color="FFFF0000")
    mixed = CellRichText(
        "区县：", TextBlock(red, "{{区"), TextBlock(red, "县}}"), "，总分", TextBlock(red, "{{总分}}"), "分"
    )
    form(path, {"A1": mixed, "A2": CellRichText(TextBlock(red, "{{名次}}"))})
    sheet = sheet_of(filled(path, result, tmp_path / "出.xlsx"))
    parts = sheet["A1"].value
    assert str(parts) == f"区县：甲区，总分{result.layers.total[0]:.2f}分"
    assert {str(p): p.font.rFont for p in parts if isinstance(p, TextBlock)}["甲区"] == "黑体"
    assert (sheet["A2"].value, sheet["A2"].font.name, sheet["A2"].font.sz) == (int(result.layers.rank[0]), "黑体", 16)


def test_headers_and_footers_keep_every_look(tmp_path, result):
    path = tmp_path / "模板.xlsx"
    book, sheet = form(path, {"A1": "{{区县}}"})
    raw = '&L&"仿宋,常规"&12{{考核单位}}&"宋体,加粗"&9&P/&N&C&10{{年份}}&R{{区县}}'
    sheet.oddHeader.left.text = "XX"
    book.save(path)
    replace_in(path, "xl/worksheets/sheet1.xml", "&amp;LXX", raw.replace("&", "&amp;").replace('"', "&quot;"))
    out = filled(path, result, tmp_path / "出.xlsx", organisation="甲&乙市")
    text = unescape(part(out, "xl/worksheets/sheet1.xml"))
    assert '&L&"仿宋,常规"&12甲&&乙市&"宋体,加粗"&9&P/&N&C&10 2024&R甲区' in text


def test_districts_in_rank_order(tmp_path, result):
    path = tmp_path / "排名.xlsx"
    form(
        path,
        {
            "A2": "{{区县.名次}}",
            "B2": "{{区县.名称}}",
            "C2": "{{区县.总分}}",
            "D2": "{{区县.指标:i2:本年值}}",
            "A3": "{{参评个数}}个",
        },
    )
    assert not read(path, result).needs_district
    rows = grid(sheet_of(filled(path, result, tmp_path / "出.xlsx", "")))
    assert [r[1] for r in rows[1:4]] == [result.districts[d].name for d in result.order]
    assert [r[2] for r in rows[1:4]] == sorted((float(t) for t in result.layers.total), reverse=True)
    assert rows[4][0] == "3个"
    two = grid(sheet_of(filled(path, result, tmp_path / "两.xlsx", "", only=("乙县", "甲区"))))
    assert {r[1] for r in two[1:3]} == {"甲区", "乙县"} and two[3][0] == "3个"


def test_two_lists_below_one_another_and_blocks_of_several_rows(tmp_path, result):
    path = tmp_path / "模板.xlsx"
    book, sheet = form(
        path,
        {
            "A1": "{{#指标:大气环境}}{{指标.名称}}", "B1": "=ROW()", "A2": "中", "A3": "{{#指标:水环境}}{{指标.名称}}",
            "A4": "得{{指标.得分}}分{{/指标}}", "A5": "{{加减分.名称}}", "B5": "{{加减分.依据}}", "A6": "末",
        },
    )  # fmt: skip
    sheet.merge_cells("C3:C4")
    book.save(path)
    sheet = sheet_of(filled(path, result, tmp_path / "出.xlsx"))
    rows = [r[0] for r in grid(sheet)]
    titles = [i.title for i in result.indicators]
    assert rows[:4] == [*titles[:3], "中"]
    assert rows[4:10:2] == titles[3:]
    assert rows[5] == f"得{points(result)[3]:.2f}分"
    assert rows[10:] == ["无", "末"]
    assert sheet["B11"].value == "—"
    assert {str(r) for r in sheet.merged_cells.ranges} == {"C5:C6", "C7:C8", "C9:C10"}


def test_equal_neighbours_become_one_cell(tmp_path, result):
    path = tmp_path / "模板.xlsx"
    book, sheet = form(path, {"A1": "{{指标.分组|合并}}", "C1": "{{指标.名称}}"})
    sheet.merge_cells("A1:B1")
    sheet["A1"].border = THIN
    book.save(path)
    sheet = sheet_of(filled(path, result, tmp_path / "出.xlsx"))
    assert {str(r) for r in sheet.merged_cells.ranges} == {"A1:B3", "A4:B6"}
    assert (sheet["A1"].value, sheet["A4"].value, sheet["A2"].value) == ("大气环境", "水环境", None)
    assert sheet["A3"].border.bottom.style == "thin"


def test_imported_text_never_becomes_a_formula(tmp_path):
    evil = ('=HYPERLINK("http://x","甲")', "+1+1", "@SUM(1)", "-2")
    result = scored(small(), evil)
    path = tmp_path / "模板.xlsx"
    form(path, {"A1": "{{区县}}", "A2": "{{区县.名称}}", "B2": "x{{区县.名称}}"})
    out = filled(path, result, tmp_path / "出.xlsx", evil[0])
    sheet = sheet_of(out)
    assert (sheet["A1"].data_type, sheet["A1"].value, sheet["A1"].quotePrefix) == ("s", evil[0], True)
    assert {sheet.cell(r, 1).data_type for r in range(2, 6)} == {"s"}
    assert {sheet.cell(r, 1).value for r in range(2, 6)} == set(evil)


def test_text_grows_the_row_only_where_it_must(tmp_path, result):
    path = tmp_path / "模板.xlsx"
    book, sheet = form(path, {"A1": "{{附注}}", "A2": "{{区县}}", "A3": "{{附注}}"})
    sheet.merge_cells("A1:C1")
    for row in (1, 2):
        sheet.row_dimensions[row].height = 20
        sheet.cell(row, 1).alignment = Alignment(wrap_text=True)
    book.save(path)
    sheet = sheet_of(filled(path, result, tmp_path / "出.xlsx"))
    assert sheet.row_dimensions[1].height > 60
    assert sheet.row_dimensions[2].height == 20
    assert sheet["A3"].alignment.wrap_text  # several lines need it to show at all


def test_the_manual_stays_behind(tmp_path, result):
    path = tmp_path / "模板.xlsx"
    book, _ = form(path, {"A1": "{{区县}}"})
    book.create_sheet("说明", 0)["A1"] = "写 {{没有的字段}} 会怎样"
    book.save(path)
    assert errors(path, result) == []
    assert openpyxl.load_workbook(filled(path, result, tmp_path / "出.xlsx")).sheetnames == ["表"]


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        ({"C7": "{{总份}}"}, [("表", "C7", "unknown_field", "{{总分}}")]),
        ({"C7": "{{总分}"}, [("表", "C7", "broken_field", "没有成对")]),
        ({"A1": "{{指标.名称}}", "B1": "{{区县.名称}}"}, [("表", "B1", "mixed_row", "一行只能重复一种")]),
        ({"A1": "{{/指标}}", "B1": "{{区县}}"}, [("表", "A1", "broken_block", "开头")]),
        ({"A1": '="{{区县}}"'}, [("表", "A1", "field_out_of_reach", "公式")]),
        ({"A1": "{{区县|加粗}}"}, [("表", "A1", "unknown_option", "合并")]),
        ({"A1": "{{总分|合并}}"}, [("表", "A1", "unknown_option", "重复行")]),
        ({"A1": "没有字段"}, [(None, None, "no_field", "{{区县}}")]),
        ({"A1": "{{#部门}}{{区县}}"}, [("表", "A1", "unknown_list", "指标")]),
    ],
)
def test_what_is_wrong_is_told_with_its_cell(tmp_path, result, cells, found):
    path = tmp_path / "模板.xlsx"
    form(path, cells)
    told = errors(path, result)
    assert [t[:3] for t in told] == [f[:3] for f in found]
    for one, other in zip(told, found, strict=True):
        assert other[3] in one[3]


def test_fields_in_comments_and_in_headers(tmp_path, result):
    path = tmp_path / "模板.xlsx"
    book, sheet = form(path, {"A1": "{{区县}}"})
    sheet["A1"].comment = Comment("{{总分}}", "某人")
    sheet.oddFooter.center.text = "{{指标.名称}}"
    sheet.title = "{{区县}}"
    book.save(path)
    told = errors(path, result)
    assert {(t[1], t[2]) for t in told} == {("页眉页脚", "row_field_outside"), (None, "field_out_of_reach")}
    assert any("批注" in t[3] for t in told)
    assert any("工作表名称" in t[3] for t in told)


def test_formulas_are_told_of(tmp_path, result):
    path = tmp_path / "模板.xlsx"
    form(path, {**ROW, "A6": "=F4*2"})
    told = warnings(path, result)
    assert "F4" in told["first_row_only"][0]
    assert "formulas_uncalculated" in told
    form(path, ROW)
    assert warnings(path, result) == {}


def test_an_open_target_leaves_what_was_there(tmp_path, result, monkeypatch):
    path = tmp_path / "模板.xlsx"
    form(path, ROW)
    out = tmp_path / "出.xlsx"
    out.write_bytes(b"old")

    def held(*_):
        raise PermissionError(13, "in use")

    monkeypatch.setattr(Path, "replace", held)
    with pytest.raises(EnvironmentFailed, match="被占用"):
        read(path, result).fill(source_of(result), out, "甲区")
    assert out.read_bytes() == b"old"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["出.xlsx", "模板.xlsx"]


@needs_soffice
@pytest.mark.parametrize(("groups", "each"), [(3, 10), (6, 10)])
def test_libreoffice_recalculates_thirty_and_sixty_indicators(tmp_path, groups, each):
    scheme = small(
        groups=tuple(f"第{n}类" for n in range(groups)),
        each=each,
        extra="adjustments:\n  - {id: a, title: 加, kind: bonus, points: 1}\n",
    )
    result = scored(scheme, ("甲区", "乙县"), events=[Event("甲区", NOW, "a", "某事")])
    path = tmp_path / "大 模板.xlsx"
    book, sheet = form(
        path,
        {
            **ROW, "G4": "=F4/SUM(F$4:F$4)", "A5": "小计", "F5": "=SUM(F4:F4)", "G5": "=SUM(G4:G4)", "F6": "=ROUND(F5+F7,2)",
            "F7": "{{加分}}", "F8": "{{总分}}", "A9": '=COUNTIF(A4:A4,">0")', "A10": "{{区县.总分}}", "B10": "=RANK(A10,A$10:A$10)",
            "A11": "=MAX(A10)",
        },
    )  # fmt: skip
    sheet.merge_cells("A5:E5")
    book.save(path)
    out = filled(path, result, tmp_path / "出.xlsx")
    cells = recalculate(out, tmp_path / "算")["表"]
    count, last = groups * each, 3 + groups * each
    exact = sum(points(result))
    assert cells[f"F{last + 1}"] == pytest.approx(exact)
    assert cells[f"G{last + 1}"] == pytest.approx(1)
    assert cells[f"F{last + 2}"] == pytest.approx(exact + 1, abs=0.006)
    assert cells[f"F{last + 4}"] == pytest.approx(float(result.layers.total[0]))
    assert cells[f"A{last + 5}"] == count
    assert [cells[f"B{last + 6 + n}"] for n in range(2)] == [1, 2]
    assert cells[f"A{last + 8}"] == pytest.approx(max(float(t) for t in result.layers.total))


def test_a_hundred_districts(tmp_path):
    result = scored(small(), tuple(f"第{n:03d}县" for n in range(100)))
    path = tmp_path / "模板.xlsx"
    book, sheet = form(
        path, {"A2": "{{区县.序号}}", "B2": "{{区县.名称}}", "C2": "{{区县.总分}}", "A3": "合计", "C3": "=SUM(C2:C2)"}
    )
    sheet.merge_cells("A3:B3")
    book.save(path)
    sheet = sheet_of(filled(path, result, tmp_path / "出.xlsx", ""))
    assert [sheet.cell(r, 1).value for r in (2, 101)] == [1, 100]
    assert sheet["C102"].value == "=SUM(C2:C101)"
    assert {str(r) for r in sheet.merged_cells.ranges} == {"A102:B102"}
