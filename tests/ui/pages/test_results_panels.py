"""Under the ranking: charts, comparisons, what-if, methods, money; filters above; the table taken along."""

from __future__ import annotations

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from ecoscore.assessment import Assessment
from ecoscore.assessment.new import make_demo
from ecoscore.schemes.draft import draft_of
from ecoscore.schemes.draft_check import check_draft
from tests.ui.builders import Y2023, Y2024
from tests.ui.waiting import opened, settle
from ui.models.figures_table import FiguresTable


@pytest.fixture(scope="module")
def demo_file(tmp_path_factory):
    return make_demo(tmp_path_factory.mktemp("示 例")).path


@pytest.fixture
def page(window, demo_file, tmp_path):
    path = tmp_path / "某市 示例.ecos"
    path.write_bytes(demo_file.read_bytes())
    return opened(window, path, "results")


def bring(page, title):
    page.panels.bring(title)
    settle(page.session)
    return page.panels.current


def texts(view):
    model = view.model()
    return [[model.index(r, c).data() for c in range(model.columnCount())] for r in range(model.rowCount())]


def test_districts_are_filtered_by_name_and_grade(page, qtbot):
    names = [row[page.table.column_of("district")] for row in texts(page.ranking)]
    qtbot.keyClicks(page.search, "x")
    assert page.proxy.rowCount() == 0
    page.search.setText(names[1][0])
    assert page.proxy.rowCount() == 1
    assert page.district == names[1]
    page.search.clear()
    page.grades.setCurrentIndex(1)
    grade = page.grades.currentData()
    assert {row[page.table.column_of("grade")] for row in texts(page.ranking)} == {grade}
    page.grades.setCurrentIndex(0)
    assert page.proxy.rowCount() == len(names)


@pytest.mark.parametrize("title", ["各类指数", "存量—增量", "走势"])
def test_the_charts_draw(page, title, qtbot):
    panel = bring(page, title)
    from ui.widgets.chart_view import ChartView

    charts = [c for c in panel.findChildren(ChartView) if c.isVisible()]
    assert charts
    for chart in charts:
        chart.repaint()
        assert chart._draw is not None
        assert chart._draw(300.0, 150.0).shapes


def test_the_scatter_holds_the_peers_in_front(page):
    from ecoscore.reporting.charts import Circle

    panel = bring(page, "存量—增量")
    drawing = panel.chart._draw(400.0, 200.0)
    assert sum(isinstance(s, Circle) for s in drawing.shapes) == page.table.rowCount()


def test_the_make_up_adds_up_and_leads_to_the_working_paper(page, qtbot):
    panel = bring(page, "得分构成")
    rows = panel.box.table.table.rows
    lost = [row[4].raw for row in rows]
    assert lost == sorted(lost, reverse=True)
    for row in rows:
        assert round(row[2].raw - float(row[3].text) - (row[4].raw or 0), 6) == pytest.approx(0, abs=0.005)
    index = panel.box.proxy.index(0, 0)
    panel.box.view.clicked.emit(index)
    assert rows[0][0].text.removeprefix("★ ") in page.card.explanation.toPlainText()
    assert panel.chart._draw is not None  # the way from last year's total


def test_two_districts_stand_side_by_side(page):
    panel = bring(page, "对比")
    own, other = page.district, panel.other.currentData()
    assert own != other
    table = panel.box.table.table
    assert table.headers[1] == f"{own}值"
    total = table.rows[0]
    assert float(total[4].text) - float(total[5].text) == pytest.approx(total[6].raw)
    for said, year in ((f"{own}上年", 2023), (f"{own}2022年度", 2022)):
        panel.other.setCurrentIndex(panel.other.findText(said))
        panel.other.activated.emit(panel.other.currentIndex())
        settle(page.session)
        assert panel.box.table.table.headers[2] == f"{year}年度值"
    page.select_district(other)
    settle(page.session)
    assert panel.title.text() == f"{other} 与"


def test_supposing_moves_ranks_and_leaves_the_file_alone(page, session, qtbot):
    panel = bring(page, "试算")
    version, district = session.assessment.version, page.district
    panel.indicator.setCurrentIndex(panel.indicator.findData("pm25"))
    assert panel.held.text().startswith("现为")
    qtbot.keyClicks(panel.number, "abc")
    qtbot.mouseClick(panel.add_button, Qt.MouseButton.LeftButton)
    assert "不是数" in panel.problem.text()
    panel.number.setText("100")
    qtbot.keyClick(panel.number, Qt.Key.Key_Return)
    settle(session)
    rows = {r.district: r for r in panel.effect.table.rows}
    assert rows[district].change.raw < 0
    panel.what.setCurrentIndex(1)
    panel.number.setText("40")
    panel.add_button.click()
    settle(session)
    assert panel.list.count() == 2
    assert sum(bool(r.change.raw) for r in panel.effect.table.rows) > 1
    panel.number.setText("-1")
    panel.add_button.click()
    assert "不能小于 0" in panel.problem.text()
    panel.list.setCurrentRow(0)
    panel.remove_button.click()
    settle(session)
    assert panel.list.count() == 1
    panel.clear_button.click()
    assert not panel.effect.table.rows
    assert session.assessment.version == version


def test_other_methods_stand_beside_the_scheme(page):
    panel = bring(page, "方法比较")
    table = panel.box.table.table
    assert table.headers[:4] == ("区县", "本方案名次", "得分", "加权求和名次")
    assert [row[1].text for row in table.rows] == sorted(row[1].text for row in table.rows)
    assert "略去" in panel.box.notes.text()
    panel.box.view.clicked.emit(panel.box.proxy.index(1, 0))
    assert page.district == table.keys[1]


def test_compensation_comes_where_the_scheme_has_rates(page, session):
    panels = page.panels
    money = list(panels.panels).index("区域补偿")
    assert not panels.tabs.isTabVisible(money)
    file = session.assessment
    draft = draft_of(file.scheme_of(Y2024))
    payment = {"id": "c1", "title": "PM2.5", "indicator": "pm25", "against": "target", "rate": 10.0}
    draft, _ = draft.add(0, "payment", payment)
    file.adopt_scheme(check_draft(draft).scheme, Y2024, "试行")
    session.announce()
    settle(session)
    assert panels.tabs.isTabVisible(money)
    panel = bring(page, "区域补偿")
    assert panel.box.table.table.headers[:2] == ("区县", "PM2.5")
    assert panel.box.table.table.rows[-1][0].text == "合计"


def test_the_ranking_goes_to_the_clipboard_and_to_excel(page, session, said, tmp_path):
    page.copy()
    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines[0].split("\t")[:3] == ["名次", "较上年", "区县"]
    assert len(lines) == page.proxy.rowCount() + 1
    said.answers["save_file"] = tmp_path / "排名 表"
    page.export_button.click()
    settle(session)
    sheet = load_workbook(tmp_path / "排名 表.xlsx").active
    assert sheet["A1"].value == "2024年度排名"
    total = page.table.column_of("total")
    assert sheet.cell(4, total + 1).value == pytest.approx(float(texts(page.ranking)[0][total]))


def test_the_table_with_the_focus_is_the_one_taken(page, window):
    panel = bring(page, "得分构成")
    window.activateWindow()
    panel.box.view.setFocus()
    assert page.shown_table()[0] == "失分构成"
    page.ranking.setFocus()
    assert page.shown_table()[0] == "排名"


def test_the_card_says_what_is_missing_to_the_next_grade(page):
    page.select_district("丁区")
    assert "距“优秀”还差" in page.card.trend.text()


def test_a_single_year_has_no_course(window, session, small_file):
    with Assessment.open(small_file) as file:
        assert file.scheme_of(Y2023)
    session.open(small_file)
    settle(session)
    session.set_period(Y2023)
    window.show_page("results")
    settle(session)
    page = window.page
    panel = bring(page, "走势")
    assert panel.total._draw(300.0, 120.0) is None
    assert "一个考核期" in panel.total.empty
    assert "没有存量" in bring(page, "存量—增量").chart.empty


def test_the_tables_of_figures_are_sound(page, qtmodeltester):
    panel = bring(page, "对比")
    model = FiguresTable(page.session.theme)
    model.show(panel.box.table.table)
    qtmodeltester.check(model)
    model.show(None)
    qtmodeltester.check(model)
    qtmodeltester.check(page.proxy)


def test_what_the_next_grade_needs_is_told_for_the_district_looked_at(page, session):
    panel = bring(page, "升等次")
    assert panel.box.said.text() == "总分已到“优秀”，没有更高的等次。", "the first of the ranking"
    lower = next(r.district for s in page.view.sections for r in s.rows if r.grade == "合格")
    page.receive(lower)
    settle(session)
    assert "距“良好”" in panel.box.notes.text()
    index = panel.box.proxy.index(0, 0)
    panel.box.view.clicked.emit(index)
    assert index.data().removeprefix("★ ").partition("（")[0] in page.card.explanation.toPlainText()
