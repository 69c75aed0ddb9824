"""The scorecard page: the very PDF on the screen, export into a folder, print."""

from __future__ import annotations

from dataclasses import replace

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter

from ecoscore.assessment import Assessment
from ecoscore.errors import EnvironmentFailed
from ecoscore.model.district import District
from ecoscore.model.observation import Observation
from ecoscore.model.period import Period
from ecoscore.model.term import Term
from ecoscore.schemes import parse_scheme
from tests.ui.builders import SCHEME, VALUES, Y2023, Y2024
from tests.ui.waiting import settle
from ui.messages import Tone
from ui.pages import scorecard_page
from ui.pdf_pages import PdfPages


@pytest.fixture
def page(window, session, small_file, qtbot):
    session.open(small_file)
    settle(session)
    window.show_page("scorecard")
    settle(session)
    page = window.page
    if page.list.excel.isChecked():
        page.list.excel.click()
    return page


def click(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_the_first_district_is_on_the_screen(page, qtbot):
    assert page.list.district == "甲区"
    assert page.pdf.pages is not None
    qtbot.waitUntil(lambda: not page.pdf.grab().isNull() and page.pdf.is_settled, timeout=5000)
    assert page.page_label.text().startswith("第 1 页，共 ")
    assert page.fit.isChecked()


def test_other_districts_and_papers_are_drawn_when_looked_at(page):
    first = page.pdf.pages
    page.list.look_at("丙县")
    settle(page.session)
    assert page.pdf.pages is not first
    assert "丙县" in page.subheading.text()
    page.list.paper_view.setCurrentIndex(page.list.papers.index(page.list.papers.row_of("ranking")))
    settle(page.session)
    assert page.pdf.pages.sizes[0].is_landscape
    page.list.look_at("乙区")  # a district has no ranking sheet of its own: its scorecard comes back
    settle(page.session)
    assert page.list.paper == "scorecard"
    assert not page.pdf.pages.sizes[0].is_landscape


def test_the_watermark_is_in_the_pages(page):
    plain = page.pdf.pages.render(0, 0.5)
    page.list.draft.click()
    settle(page.session)
    assert page.pdf.pages.render(0, 0.5) != plain


def test_an_edit_draws_the_page_again(page, session):
    shown = page.pdf.pages
    held = session.assessment.observation("甲区", "pm25", Y2024)
    session.write([replace(held, value=21.0)], [], "改正")
    settle(session)
    assert page.pdf.pages is not shown


def test_export_writes_what_is_ticked(page, said, tmp_path, qtbot, monkeypatch):
    opened = []
    monkeypatch.setattr(scorecard_page, "open_folder", opened.append)
    said.answers["open_folder"] = tmp_path / "成 绩"
    page.list.districts.setData(
        page.list.districts.index(1), Qt.CheckState.Unchecked.value, Qt.ItemDataRole.CheckStateRole
    )
    page.list.papers.setData(page.list.papers.index(2), Qt.CheckState.Unchecked.value, Qt.ItemDataRole.CheckStateRole)
    click(qtbot, page.export_button)
    settle(page.session)
    names = sorted(path.name for path in (tmp_path / "成 绩").rglob("*.pdf"))
    assert names == ["丙县 2024年度成绩单.pdf", "排名汇总表 2024年度.pdf", "甲区 2024年度成绩单.pdf"]
    message = said.messages[-1]
    assert message.tone is Tone.SUCCESS
    assert "3 个文件" in message.text
    message.action[1]()
    assert opened == [tmp_path / "成 绩"]


def test_nothing_ticked_nothing_to_export(page, qtbot):
    click(qtbot, page.list.none_button)
    for row in range(page.list.papers.rowCount()):
        page.list.papers.setData(
            page.list.papers.index(row), Qt.CheckState.Unchecked.value, Qt.ItemDataRole.CheckStateRole
        )
    assert not page.export_button.isEnabled()
    assert not page.print_button.isEnabled()
    assert "勾选" in page.export_button.toolTip()


def test_a_locked_target_is_told_with_a_way_out(page, said, tmp_path, qtbot, monkeypatch):
    def locked(*_, **__):
        raise EnvironmentFailed(
            "甲区 2024年度成绩单.pdf 正被其他程序打开，没有写入。", "请关闭它后重试，或导出到别的文件夹。"
        )

    monkeypatch.setattr(page.session.assessment, "report", locked)
    said.answers["open_folder"] = tmp_path
    click(qtbot, page.export_button)
    settle(page.session)
    message = said.messages[-1]
    assert message.tone is Tone.ERROR
    assert "正被其他程序打开" in message.text
    assert message.action[0] == "换个文件夹…"


def test_export_can_be_cancelled(page, said, tmp_path, qtbot, monkeypatch):
    def slow(*_, cancelled, **__):
        while not cancelled():
            pass

    monkeypatch.setattr(page.session.assessment, "report", slow)
    said.answers["open_folder"] = tmp_path
    click(qtbot, page.export_button)
    page.session.tasks.cancel_all()
    settle(page.session)
    assert "已取消导出" in said.last


def test_printing_prints_the_pages_of_the_pdf(page, said, tmp_path, qtbot, monkeypatch):
    target = tmp_path / "打 印.pdf"
    asked = []

    def chosen(_parent, title, pages):
        asked.append((title, pages))
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(target))
        printer.setResolution(96)
        return printer

    monkeypatch.setattr(scorecard_page, "choose_printer", chosen)
    page.list.papers.setData(page.list.papers.index(2), Qt.CheckState.Unchecked.value, Qt.ItemDataRole.CheckStateRole)
    click(qtbot, page.print_button)
    settle(page.session)
    assert asked[0][0] == "2024年度 成绩单"
    printed = PdfPages(target)
    assert len(printed) == asked[0][1]
    assert f"{len(printed)} 页" in said.last
    assert page.print_button.isEnabled()


def test_leaving_the_print_dialog_prints_nothing(page, said, qtbot, monkeypatch):
    monkeypatch.setattr(scorecard_page, "choose_printer", lambda *_: None)
    click(qtbot, page.print_button)
    settle(page.session)
    assert not said.messages
    assert page.print_button.isEnabled()


def test_a_missing_printer_is_told(page, said, qtbot, monkeypatch):
    def none(*_):
        raise EnvironmentFailed("这台电脑上没有可用的打印机。", "请改为导出 PDF。")

    monkeypatch.setattr(scorecard_page, "choose_printer", none)
    click(qtbot, page.print_button)
    settle(page.session)
    assert "没有可用的打印机" in said.last
    assert page.print_button.isEnabled()


def test_where_nothing_is_scored_there_is_no_paper(page, session):
    session.set_period(Period(2030))
    settle(session)
    assert page.refusal.isVisible()
    assert not page.export_button.isEnabled()
    session.set_period(Y2023)
    settle(session)
    assert page.pdf.isVisible()
    assert page.export_button.isEnabled()


def test_a_target_that_cannot_be_replaced_is_named(page, said, tmp_path, qtbot):
    """Not simulated: a folder stands where the file should go."""
    (tmp_path / "成 绩" / "成绩单" / "甲区 2024年度成绩单.pdf").mkdir(parents=True)
    said.answers["open_folder"] = tmp_path / "成 绩"
    click(qtbot, page.export_button)
    settle(page.session)
    message = said.messages[-1]
    assert message.tone is Tone.ERROR
    assert "甲区 2024年度成绩单.pdf" in message.text
    assert message.advice
    assert message.action[0] == "换个文件夹…"


KINDS = ["成绩单", "排名汇总表", "计分底稿", "通报", "公示稿", "部门短板清单", "任期对比表", "区域补偿资金测算表"]


def look_at_paper(page, key):
    page.list.paper_view.setCurrentIndex(page.list.papers.index(page.list.papers.row_of(key)))
    settle(page.session)


def tick(page, *keys):
    for row, choice in enumerate(page.list.papers.choices):
        state = Qt.CheckState.Checked if choice.key in keys else Qt.CheckState.Unchecked
        page.list.papers.setData(page.list.papers.index(row), state.value, Qt.ItemDataRole.CheckStateRole)


def test_eight_kinds_are_offered_and_the_usual_ticked(page):
    assert [choice.title for choice in page.list.papers.choices] == KINDS
    assert page.list.papers.chosen == ("scorecard", "ranking", "working_paper")


def test_a_kind_that_the_file_has_nothing_for_says_why(page):
    papers = page.list.papers
    for key, reason in (("term", "没有登记任期"), ("compensation", "考核方案没有规定区域补偿标准")):
        index = papers.index(papers.row_of(key))
        assert reason in index.data(Qt.ItemDataRole.ToolTipRole)
        assert index.data(Qt.ItemDataRole.ForegroundRole) is not None
        assert not papers.setData(index, Qt.CheckState.Checked.value, Qt.ItemDataRole.CheckStateRole)
        look_at_paper(page, key)
        assert page.pdf.pages is None
        assert reason in page.pdf.empty
    assert page.list.papers.chosen == ("scorecard", "ranking", "working_paper")


def test_a_registered_term_makes_its_paper_available(page, session):
    look_at_paper(page, "term")
    assert page.pdf.pages is None
    session.assessment.add_term(Term("甲区", "区长", Period(2023, 1, 1)))
    session.announce()
    settle(session)
    choice = page.list.papers.choices[page.list.papers.row_of("term")]
    assert not choice.absent
    assert page.list.paper == "term"
    assert len(page.pdf.pages) >= 1
    page.list.look_at("乙区")
    settle(session)
    assert page.list.paper == "term"  # of a district's own: it stays, and says that this one has none
    assert page.pdf.pages is None


def test_compensation_is_drawn_where_the_scheme_has_rates(page, session, said, tmp_path):
    rates = """
compensation:
  items: [{id: level, title: 优良天数补偿, indicator: days, against: value, at: 80, rate: 5}]
"""
    path = tmp_path / "补偿 考核.ecos"
    with Assessment.create(
        path, parse_scheme(SCHEME + rates, "有补偿.yaml"), [District("甲区"), District("乙区")]
    ) as file:
        values = [(d, i, v) for (d, i), (_, v) in VALUES.items() if d != "丙县"]
        file.set_values([Observation(d, i, Y2024, v) for d, i, v in values], why="填报")
    session.open(path)
    settle(session)
    page.go.emit("scorecard", None)
    settle(session)
    assert not page.list.papers.choices[page.list.papers.row_of("compensation")].absent
    look_at_paper(page, "compensation")
    assert len(page.pdf.pages) >= 1
    assert "区域补偿资金测算表" in page.subheading.text()


@pytest.mark.parametrize("key", ["working_paper", "bulletin", "notice", "department"])
def test_every_kind_is_drawn_from_its_real_pdf(page, key, tmp_path):
    look_at_paper(page, key)
    district = ["甲区"] if key == "working_paper" else None
    written = page.session.assessment.report(
        page.session.period, tmp_path / "纸", formats=("pdf",), papers=(key,), districts=district
    )
    assert len(page.pdf.pages) == sum(len(PdfPages(path)) for path in written)
    assert KINDS[page.list.papers.row_of(key)] in page.subheading.text() or "甲区" in page.subheading.text()


def test_pages_carry_the_mark_of_a_draft_until_the_year_is_sealed(page, session):
    assert page.list.watermark == "征求意见稿"
    marked = page.pdf.pages.render(0, 0.5)
    session.assessment.seal(session.period, why="考核办会议通过")
    session.announce()
    settle(session)
    assert page.list.watermark == ""
    assert not page.list.draft.isEnabled()
    assert page.pdf.pages.render(0, 0.5) != marked


@pytest.mark.parametrize("draft", [True, False])
def test_exported_papers_are_drafts_unless_turned_off(page, said, tmp_path, qtbot, draft):
    if not draft:
        page.list.draft.click()
    tick(page, "ranking")
    said.answers["open_folder"] = tmp_path / "成 绩"
    click(qtbot, page.export_button)
    settle(page.session)
    text = text_of(tmp_path / "成 绩" / "排名汇总表 2024年度.pdf")
    assert ("征求意见稿" in text) is draft


def test_formats_that_a_kind_does_not_have_are_said(page, said, tmp_path, qtbot):
    tick(page, "ranking", "bulletin")
    page.list.excel.click()
    page.list.word.click()
    said.answers["open_folder"] = tmp_path / "成 绩"
    click(qtbot, page.export_button)
    settle(page.session)
    assert sorted(path.name for path in (tmp_path / "成 绩").iterdir()) == sorted(
        ["排名汇总表 2024年度.pdf", "排名汇总表 2024年度.xlsx", "通报 2024年度.docx", "通报 2024年度.pdf"]
    )
    assert said.last.endswith("通报没有 Excel；排名汇总表没有 Word，未写。")


def test_no_format_at_all_is_refused_in_words(page, said, tmp_path, qtbot):
    tick(page, "department")
    page.list.pdf.click()
    page.list.excel.click()
    said.answers["open_folder"] = tmp_path / "成 绩"
    click(qtbot, page.export_button)
    settle(page.session)
    assert said.messages[-1].tone is Tone.ERROR
    assert "没有 xlsx 格式" in said.last
    assert said.messages[-1].action is None  # another folder would not help


def test_bound_papers_are_one_book_beside_the_workbooks(page, said, tmp_path, qtbot):
    tick(page, "ranking", "bulletin")
    page.list.excel.click()
    page.list.bound.click()
    said.answers["open_folder"] = tmp_path / "成 绩"
    click(qtbot, page.export_button)
    settle(page.session)
    assert sorted(path.name for path in (tmp_path / "成 绩").iterdir()) == sorted(
        ["排名汇总表 2024年度.xlsx", "考核报表合订本 2024年度.pdf"]
    )
    assert "2 个文件" in said.last


def test_a_paper_is_verified_against_the_file(page, window, session, said, tmp_path):
    [paper] = session.assessment.report(session.period, tmp_path / "成 绩", formats=("pdf",), papers=("ranking",))
    said.answers["open_file"] = paper
    window.actions_by_id["verify_paper"].trigger()
    settle(session)
    assert said.messages[-1].tone is Tone.SUCCESS
    assert said.last.startswith("排名汇总表 2024年度.pdf：一致")
    held = session.assessment.observation("甲区", "pm25", session.period)
    session.write([replace(held, value=21.0)], [], "改正")
    settle(session)
    window.actions_by_id["verify_paper"].trigger()
    settle(session)
    assert said.messages[-1].tone is Tone.WARNING
    assert "不一致" in said.last
    assert "甲区" in said.last
    said.answers["open_file"] = session.assessment.path
    window.actions_by_id["verify_paper"].trigger()
    settle(session)
    assert said.messages[-1].tone is Tone.ERROR
    assert "不是本软件出具的报表" in said.last


def text_of(path):
    document = pypdfium2.PdfDocument(path)
    found = "".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return found
