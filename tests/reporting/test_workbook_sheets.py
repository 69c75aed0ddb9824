"""What a workbook is as a document: print set-up, protection, no injected formulas, limits of Excel, size and speed."""

from __future__ import annotations

import re
import time
import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import range_boundaries

from ecoscore.errors import EnvironmentFailed
from ecoscore.model.adjustment import Event
from ecoscore.model.result import Result
from ecoscore.reporting.view import PaperMeta, ranking_view, scorecard_view, working_paper_view
from ecoscore.reporting.workbook import (
    write_ranking_workbook,
    write_scorecard_workbook,
    write_workbook,
    write_working_paper_workbook,
)
from ecoscore.reporting.workbook.card_places import CardPlaces
from ecoscore.reporting.workbook.layout import Layout
from ecoscore.reporting.workbook.names import sheet_name
from tests.libreoffice import differences, formulas, needs_soffice, recalculate, stored
from tests.reporting.builders import NOW, TEN, scored, small
from tests.reporting.random_scheme import result_of

# Functions that Excel 2010, WPS and LibreOffice 7 all have, without array entry or prefix.
KNOWN = {
    "ABS", "AND", "AVERAGE", "COUNT", "COUNTIF", "COUNTIFS", "EXP", "IF", "INDEX", "ISNUMBER", "LN", "MATCH", "MAX", "MID",
    "MIN", "MOD", "N", "NA", "OR", "PRODUCT", "RANK", "ROUND", "ROW", "ROWS", "SUM", "SUMPRODUCT", "TEXT", "TRIM", "VALUE",
}  # fmt: skip


@pytest.fixture(scope="module")
def result() -> Result:
    scheme = small(groups=("大气环境", "水环境", "土壤环境"), extra=BONUS)
    return scored(scheme, TEN, peer_groups=("城区", "县域"), events=[Event("甲区", NOW, "b", "命名", 1, "示例文号")])


BONUS = (
    "adjustments: [{id: b, title: 获命名, kind: bonus, points: 1}, {id: v, title: 造假, kind: veto, grade: 不合格}]\n"
)


@pytest.fixture(scope="module")
def book(result: Result, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("工作簿") / "全部 区县.xlsx"
    write_workbook(
        path, result, PaperMeta(organisation="示例市", issuer="示例市生态环境局 A&B", watermark="征求意见稿")
    )
    return path


def test_the_sheets_stand_in_reading_order_and_the_card_is_in_front(book: Path) -> None:
    found = openpyxl.load_workbook(book)
    assert found.sheetnames == ["成绩单", "排名汇总表", "汇总", "得分", "数据", "加减分", "方案"]
    assert found.active is not None
    assert found.active.title == "成绩单"


def test_the_ranking_workbook_opens_on_the_ranking_sheet(result: Result, tmp_path: Path) -> None:
    write_ranking_workbook(tmp_path / "排名.xlsx", result, ranking_view(result))
    assert openpyxl.load_workbook(tmp_path / "排名.xlsx").sheetnames[0] == "排名汇总表"


def test_the_printed_sheets_are_a4_one_page_wide_with_page_numbers_and_titles(book: Path) -> None:
    found = openpyxl.load_workbook(book)
    for name, lying in (("成绩单", "portrait"), ("排名汇总表", "landscape")):
        sheet = found[name]
        assert int(sheet.page_setup.paperSize) == 9
        assert (sheet.page_setup.orientation or "portrait") == lying
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth or 1, int(sheet.page_setup.fitToHeight)) == (1, 0)
        assert "第 &P 页，共 &N 页" in sheet.oddFooter.center.text.replace("&[Page]", "&P").replace("&[Pages]", "&N")
        assert "征求意见稿" in sheet.oddHeader.center.text
        assert sheet.print_area
    assert found["排名汇总表"].print_title_rows == "$3:$3"
    assert "A&&B" in zipfile.ZipFile(book).read("xl/worksheets/sheet1.xml").decode().replace("&amp;", "&")


def test_computing_columns_are_outside_the_print_area(book: Path, result: Result) -> None:
    sheet = openpyxl.load_workbook(book)["成绩单"]
    _, _, last, _ = range_boundaries(str(sheet.print_area).split("!")[-1].replace("$", ""))
    assert last == CardPlaces(Layout(result)).last + 1


def test_only_inputs_can_be_changed_and_no_password_is_needed(book: Path, result: Result) -> None:
    found = openpyxl.load_workbook(book)
    layout = Layout(result)
    for sheet in found.worksheets:
        assert sheet.protection.sheet
        assert not sheet.protection.password
        for row in sheet.iter_rows():
            for cell in row:
                if not cell.protection.locked:
                    assert cell.data_type != "f", (sheet.title, cell.coordinate)
    data = found["数据"]
    open_cells = {c.coordinate for row in data.iter_rows() for c in row if not c.protection.locked}
    wanted = {
        layout.at(block, n, i, "数据")
        for block in layout.data_blocks for n in range(layout.count) for i in range(len(result.indicators))
    }  # fmt: skip
    assert open_cells == wanted
    chosen = [c.value for row in found["成绩单"].iter_rows() for c in row if not c.protection.locked]
    assert chosen == ["甲区"]


def test_no_cell_is_merged_among_the_figures(book: Path, result: Result) -> None:
    found = openpyxl.load_workbook(book)
    for name in ("汇总", "得分", "数据", "加减分"):
        assert not found[name].merged_cells.ranges
    places = CardPlaces(Layout(result))
    rows = range(places.tree_top + 1, places.tree_end + 1)
    assert not [m for m in found["成绩单"].merged_cells.ranges if m.min_row in rows or m.max_row in rows]


def test_defined_names_can_be_read_and_lead_somewhere(book: Path) -> None:
    found = openpyxl.load_workbook(book)
    assert {"满分", "无数据得分", "区县名单", "等次名称", "等次分数线"} <= set(found.defined_names)
    sheet, area = next(iter(found.defined_names["区县名单"].destinations))
    assert [c.value for (c,) in found[sheet][area]] == [*TEN[::2], *TEN[1::2]]


def test_values_are_stored_unrounded_and_shown_to_the_scheme_s_decimals(book: Path, result: Result) -> None:
    found = openpyxl.load_workbook(book, data_only=True)
    layout = Layout(result)
    at = found["得分"][layout.at("individual", 0, 0, "得分")]
    assert at.value == pytest.approx(float(result.cells.individual[layout.rows[0], 0]), abs=1e-12)
    assert at.number_format.startswith("0.00;")


def test_only_functions_that_every_office_has_and_no_array_formulas(tmp_path: Path) -> None:
    for seed in range(6):
        write_workbook(tmp_path / "a.xlsx", result_of(seed))
        with zipfile.ZipFile(tmp_path / "a.xlsx") as parts:
            text = "".join(parts.read(n).decode() for n in parts.namelist() if n.startswith("xl/worksheets/sheet"))
        assert 't="array"' not in text
        assert "_xlfn" not in text
        for sheet in formulas(tmp_path / "a.xlsx").values():
            for formula in sheet.values():
                bare = re.sub(r'"[^"]*"', '""', formula)
                assert set(re.findall(r"([A-Z][A-Z.]+)\(", bare)) <= KNOWN, formula


def _depth(formula: str) -> int:
    depth = most = 0
    for sign in re.sub(r'"[^"]*"', "", formula):
        depth += (sign == "(") - (sign == ")")
        most = max(most, depth)
    return most


@pytest.mark.parametrize("aggregate", ["arithmetic", "geometric", "minimum"])
@pytest.mark.parametrize("share_out", ["proportional", "even"])
def test_sixty_indicators_in_one_group_keep_within_excel_s_limits(
    aggregate: str, share_out: str, tmp_path: Path
) -> None:
    scheme = small(groups=("大气环境",), each=60, extra=f"aggregate: {aggregate}\nshare_out: {share_out}\n")
    result = scored(scheme, TEN)
    write_workbook(tmp_path / "全.xlsx", result)
    write_scorecard_workbook(tmp_path / "卡.xlsx", result, scorecard_view(result, "甲区"))
    write_working_paper_workbook(tmp_path / "底稿.xlsx", result, working_paper_view(result, "甲区"))
    for path in tmp_path.glob("*.xlsx"):
        for sheet in formulas(path).values():
            for formula in sheet.values():
                assert len(formula) < 8192
                assert _depth(formula) < 64


HOSTILE = (
    "=1+1",
    "+甲区",
    "-乙区",
    "@SUM(A1)",
    '丙"区',
    "丁'区",
    "{=1}",
    "己*区?",
    "http://庚区",
    "<b>&辛",
    '=HYPERLINK("x")',
)


def test_names_are_never_formulas(tmp_path: Path) -> None:
    """Districts, indicators, units, grounds that begin like a formula or hold quotes are text in every sheet."""
    scheme = small(extra=BONUS)
    twisted = tuple(
        replace(g, title=f"={g.title}", children=tuple(replace(i, title=f'={i.title}"', unit="@%", clause="=x") for i in g.children))
        for g in scheme.groups
    )  # fmt: skip
    scheme = replace(
        scheme,
        groups=twisted,
        title='=方案"',
        adjustments=tuple(replace(a, title=f'+{a.title}"') for a in scheme.adjustments),
    )
    events = [
        Event(HOSTILE[0], NOW, "b", '=cmd|" /C calc"!A0', 1, "-文号"),
        Event(HOSTILE[1], NOW, "v", '@"事由', 1, "=文号"),
    ]
    result = scored(scheme, HOSTILE, peer_groups=("=城区", '县"域'), events=events)
    write_workbook(tmp_path / "全.xlsx", result, PaperMeta(organisation="=某市"))
    for n, name in enumerate(HOSTILE):
        write_scorecard_workbook(tmp_path / f"卡{n}.xlsx", result, scorecard_view(result, name))
    write_working_paper_workbook(tmp_path / "底稿.xlsx", result, [working_paper_view(result, n) for n in HOSTILE])
    for path in tmp_path.glob("*.xlsx"):
        values = [str(v) for sheet in stored(path).values() for v in sheet.values()]
        assert any(HOSTILE[0] in v for v in values) or path.name.startswith("卡")
        for sheet in formulas(path).values():
            for formula in sheet.values():
                assert not any(word in formula for word in ("cmd", "HYPERLINK", "calc", "1+1"))
    with zipfile.ZipFile(tmp_path / "全.xlsx") as parts:
        assert not [n for n in parts.namelist() if "external" in n.lower()]


@needs_soffice
def test_hostile_names_still_find_their_own_row(tmp_path: Path) -> None:
    """No name is read as a pattern or as an operator: ranks, events and the chosen card stay right."""
    scheme = small(extra=BONUS)
    result = scored(
        scheme,
        HOSTILE,
        events=[Event(HOSTILE[7], NOW, "b", "事由", 2, "文号"), Event(HOSTILE[0], NOW, "b", "事", 1, "号")],
    )
    write_workbook(tmp_path / "全.xlsx", result)
    assert differences(stored(tmp_path / "全.xlsx"), recalculate(tmp_path / "全.xlsx", tmp_path / "r")) == []


def test_sheet_names_of_the_working_paper_are_ones_excel_takes() -> None:
    taken: set[str] = set()
    names = [
        sheet_name(text, taken) for text in ("甲/区", "甲:区", "'乙区'", "长" * 40, "长" * 41, "History", "", "甲\\区")
    ]
    assert len({n.casefold() for n in names}) == len(names)
    for name in names:
        assert 0 < len(name) <= 31
        assert not re.search(r"[\[\]:*?/\\]", name)
        assert not name.startswith("'")


def test_a_card_of_its_own_holds_no_figures_of_others(result: Result, tmp_path: Path) -> None:
    write_scorecard_workbook(tmp_path / "甲.xlsx", result, scorecard_view(result, "甲区"))
    texts = [str(v) for sheet in stored(tmp_path / "甲.xlsx").values() for v in sheet.values()]
    assert not [t for t in texts for name in TEN[1:] if name in t]
    assert any("常量" in t for t in texts)


def test_a_file_is_whole_or_absent(result: Result, tmp_path: Path) -> None:
    (tmp_path / "挡住.xlsx").mkdir()
    with pytest.raises(EnvironmentFailed):
        write_workbook(tmp_path / "挡住.xlsx", result)
    assert [p.name for p in tmp_path.iterdir()] == ["挡住.xlsx"]


def test_an_unranked_scheme_has_no_ranks(tmp_path: Path) -> None:
    result = scored(small(extra="unranked: 口径不同\n"), TEN)
    write_workbook(tmp_path / "不排名.xlsx", result)
    cells = stored(tmp_path / "不排名.xlsx")
    assert "结果汇总表" in cells
    assert "排名汇总表" not in cells
    assert not [v for v in cells["成绩单"].values() if isinstance(v, str) and re.search(r"第\d+名", v)]


def test_a_year_of_a_hundred_districts_is_written_in_seconds(tmp_path: Path) -> None:
    """Sixty indicators; the limits leave a busy machine room, the usual times are a third."""
    scheme = small(groups=("大气环境", "水环境", "土壤环境"), each=20)
    result = scored(scheme, [f"第{n}区" for n in range(100)])
    start = time.process_time()
    write_workbook(tmp_path / "全.xlsx", result)
    assert time.process_time() - start < 12
    start = time.process_time()
    for n in range(10):
        write_scorecard_workbook(tmp_path / f"卡{n}.xlsx", result, scorecard_view(result, f"第{n}区"))
    assert time.process_time() - start < 2.5
    assert (tmp_path / "卡0.xlsx").stat().st_size < 60_000
