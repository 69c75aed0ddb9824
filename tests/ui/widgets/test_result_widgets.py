"""The parts of the scheme, results and scorecard pages by themselves."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QTableView

from ecoscore.errors import InputRefused
from ecoscore.model.adjustment import Layer
from ecoscore.model.curve import CurveDot, RuleCurve
from ecoscore.model.finding import Finding, Severity
from ecoscore.reporting.charts import group_bars
from ecoscore.reporting.view_parts import AdjustmentLine, Figure
from tests.ui.builders import Y2024
from ui.delegates.bar_delegate import BarDelegate, FigureDelegate
from ui.models.card_table import POINTS, BarRole, CardTable
from ui.models.check_list import Choice
from ui.widgets.chart_view import ChartView
from ui.widgets.curve_view import CurveView
from ui.widgets.district_card import DistrictCard
from ui.widgets.explanation_view import ExplanationView
from ui.widgets.paper_list import DRAFT, PaperList
from ui.widgets.refusal_panel import RefusalPanel
from ui.widgets.rule_card import RuleCard


def shown(qtbot, widget, width=288, height=480):
    qtbot.addWidget(widget)
    widget.resize(width, height)
    widget.show()
    qtbot.waitExposed(widget)
    return widget


def count(widget, colour: QColor) -> int:
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    return sum(image.pixel(x, y) == colour.rgb() for x in range(image.width()) for y in range(image.height()))


CURVE = RuleCurve(
    "pm25",
    "个体指数",
    10,
    70,
    tuple((float(x), 100.0 - x) for x in range(10, 71)),
    (CurveDot("甲区", 40.0, 60.0),),
    35.0,
)


def test_the_curve_knows_which_district_is_under_the_mouse(session, qtbot):
    view = shown(qtbot, CurveView(session.theme), 256, 184)
    view.show_curve(CURVE, "μg/m³")
    place = view._at(40.0, 60.0)
    assert view.dot_at(place).district == "甲区"
    assert view.dot_at(place + QPointF(30, 0)) is None
    assert count(view, session.theme.color("pine")) > 20
    view.show_curve(None)
    assert not view.isVisible()


def test_a_chart_is_drawn_in_the_colours_of_the_window(open_session, qtbot):
    card = open_session.assessment.scorecard(Y2024, "甲区")
    chart = shown(qtbot, ChartView(open_session.theme), 600, 240)
    chart.show_chart(lambda w, h: group_bars(card.top_groups, w, h, own="甲区", peers="平均"))
    for mode in ("light", "dark"):
        open_session.theme.choose(mode)
        assert count(chart, open_session.theme.color("pine")) > 400
    assert "甲区" in chart.accessibleName()
    chart.show_chart(None, "没有")
    assert count(chart, open_session.theme.color("pine")) == 0


def test_the_longer_the_bar_the_better_the_score(open_session, qtbot):
    table = CardTable(open_session.theme)
    table.show(open_session.assessment.scorecard(Y2024, "甲区"))
    view = QTableView()
    view.setModel(table)
    view.setItemDelegate(FigureDelegate(open_session.theme, parent=view))
    view.setItemDelegateForColumn(POINTS, BarDelegate(open_session.theme, BarRole, parent=view))
    view.setColumnWidth(POINTS, 200)
    shown(qtbot, view, 600, 200)
    image = view.viewport().grab().toImage()

    def length(row: int) -> int:
        rect = view.visualRect(table.index(row, POINTS))
        y = rect.center().y()
        full = image.pixelColor(rect.left() + 9, y)
        return sum(image.pixelColor(x, y) == full for x in range(rect.left(), rect.right()))

    shares = [table.index(row, POINTS).data(BarRole) for row in range(3)]
    lengths = [length(row) for row in range(3)]
    assert sorted(range(3), key=shares.__getitem__) == sorted(range(3), key=lengths.__getitem__)


def test_explanations_keep_formula_numbers_and_clause(open_session, qtbot):
    view = shown(qtbot, ExplanationView(open_session.theme))
    item = open_session.assessment.working_paper(Y2024, "甲区").sections[0].items[0]
    view.show_item(item)
    text = view.toPlainText()
    assert "本年值" in text
    assert item.steps[-1].formula in text
    assert item.steps[-1].numbers in text
    assert item.scoring in text
    open_session.theme.choose("dark")
    assert view.toPlainText() == text
    line = AdjustmentLine(Layer.BONUS, "加分", "创建<示范区>", 2, Figure(2.0, "+2.00"), "", "某文〔2024〕3 号", False)
    view.show_adjustments("甲区 加分", "2.00", [line])
    assert "创建<示范区>（2 次），加2.00分" in view.toPlainText()
    assert "某文〔2024〕3 号" in view.toPlainText()
    view.show_nothing()
    assert view.toPlainText() == ""


def test_a_card_links_its_strong_and_weak_items(open_session, qtbot):
    card = shown(qtbot, DistrictCard(open_session.theme), 288, 640)
    view = open_session.assessment.scorecard(Y2024, "丙县")
    card.show_card(view)
    assert view.weak[0].title in card.items.toPlainText()
    assert f"−{view.weak[0].lost.text}" in card.items.toPlainText()
    with qtbot.waitSignal(card.indicator_chosen) as told:
        card.items.anchorClicked.emit(QUrl(f"#{view.weak[0].indicator}"))
    assert told.args == ["forest"]
    with qtbot.assertNotEmitted(card.indicator_chosen):
        card.select_indicator("days")
    card.show_card(None)


def test_a_rule_card_wraps_into_the_inspector(open_session, qtbot):
    scheme = open_session.scheme
    card = shown(qtbot, RuleCard(open_session.theme), 288, 640)
    card.show_indicator(scheme, scheme.by_id["days"], 0.3, None, 85.0)
    assert card.place.text() == "大气环境"
    assert "没有曲线可画" in card.curve_note.text()
    card.show_group(scheme, scheme.groups[1], 0.3)
    assert card.title.text() == "国土绿化"
    assert card.widget().minimumSizeHint().width() <= 288


def test_a_refusal_is_told_in_the_page(session, qtbot):
    panel = shown(qtbot, RefusalPanel(session.theme), 600, 400)
    finding = Finding(Severity.ERROR, "missing", "甲区缺林木覆盖率", district="甲区", indicator="forest")
    panel.show_refusal(InputRefused("还缺 1 个值，不能评分", "请补齐", [finding]))
    assert panel.findings.isVisible()
    with qtbot.waitSignal(panel.data_wanted):
        panel.data_button.click()
    panel.show_refusal(InputRefused("没有任何数据"))
    assert not panel.findings.isVisible()  # the one finding is the sentence itself


@pytest.fixture
def papers(session, qtbot):
    found = shown(qtbot, PaperList(session.theme), 220, 500)
    choices = [Choice("scorecard", "成绩单"), Choice("ranking", "排名汇总表")]
    found.show_choices(choices, [Choice(n, n) for n in ("甲区", "乙县")], "乙县")
    return found


def test_the_list_looks_at_the_district_it_was_given(papers):
    assert (papers.paper, papers.district) == ("scorecard", "乙县")
    assert papers.count.text().strip() == "2/2"


def test_ticks_formats_and_watermark(papers, qtbot):
    assert papers.formats == ("pdf", "xlsx")
    assert papers.watermark == DRAFT
    papers.none_button.click()
    assert papers.districts.chosen == ()
    papers.all_button.click()
    assert papers.districts.chosen == ("甲区", "乙县")
    with qtbot.waitSignal(papers.current_changed):
        papers.draft.click()
    assert papers.watermark == ""
    papers.bound.click()
    assert papers.is_bound
    papers.pdf.click()
    assert papers.formats == ("xlsx",)
    assert not papers.is_bound
    assert not papers.bound.isEnabled()


def test_a_sealed_year_takes_no_mark_of_a_draft(papers):
    papers.show_seal(sealed=True)
    assert papers.watermark == ""
    assert not papers.draft.isEnabled()
    assert "已经封存" in papers.draft.toolTip()
    papers.show_seal(sealed=False)
    assert papers.watermark == DRAFT


def test_a_tick_is_set_by_mouse_and_by_space(papers, qtbot):
    view, model = papers.district_view, papers.districts
    box = view.visualRect(model.index(0))
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(box.left() + 9, box.center().y()))
    assert model.chosen == ("乙县",)
    view.setCurrentIndex(model.index(1))
    qtbot.keyClick(view, Qt.Key.Key_Space)
    assert model.chosen == ()
