"""The scheme page's widgets each on their own: fields read and show what they hold, bars and forms say what is so."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from ecoscore.model.period import Period
from ecoscore.schemes import compare_schemes, load_scheme, parse_scheme
from ecoscore.schemes.draft import draft_of
from ecoscore.schemes.draft_check import check_draft
from tests.ui.builders import SCHEME, Y2023, Y2024
from ui.theme import Theme
from ui.widgets.adopt_form import AdoptForm
from ui.widgets.compare_view import CompareView
from ui.widgets.effect_view import EffectView
from ui.widgets.scheme_field import FieldEditor
from ui.widgets.scheme_form import SchemeForm
from ui.widgets.scheme_rule_fields import bounds_mode, rule_fields, signature, with_mode
from ui.widgets.scheme_tables import plain_table
from ui.widgets.sum_bar import SumBar


@pytest.fixture
def theme(qapp):
    return Theme("light")


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        ("text", " 甲 ", "甲"),
        ("text", "", None),
        ("number", "３.５", 3.5),
        ("number", "三", "三"),
        ("numbers", "60、80，90", [60, 80, 90]),
        ("texts", "细颗粒物；PM2.5", ["细颗粒物", "PM2.5"]),
        ("quantities", "细颗粒物；别的", ["pm25", "别的"]),
        ("shares", "2023=0.6；2024=０.8", {"2023": 0.6, "2024": 0.8}),
    ],
)
def test_what_is_typed_is_read(qtbot, kind, typed, value):
    field = FieldEditor("unit", "字段", kind)
    qtbot.addWidget(field)
    field.offer({"pm25": "细颗粒物"})
    with qtbot.waitSignal(field.edited) as told:
        field.editor.setText(typed or "x")
        field.editor.textEdited.emit(typed or "x")
        if not typed:
            field.editor.setText("")
            field.editor.textEdited.emit("")
    field.editor.setText(typed)
    assert field.value() == value
    assert told.args[0] == "unit"
    field.show_value(None)
    field.show_value(value)
    assert field.value() == value


def test_choices_offer_words_and_keep_what_they_do_not_know(qtbot):
    field = FieldEditor("direction", "方向", "choice", choices={"higher": "正向", "lower": "逆向"}, default="higher")
    qtbot.addWidget(field)
    with qtbot.assertNotEmitted(field.edited):
        field.show_value(None)
        assert field.editor.currentText() == "正向"
        field.show_value("sideways")
    assert field.value() == "sideways"
    with qtbot.waitSignal(field.edited) as told:
        field.editor.setCurrentIndex(1)
    assert told.args == ["direction", "lower"]


def test_the_wheel_does_not_turn_a_choice_nobody_clicked_on(qtbot):
    field = FieldEditor("direction", "方向", "choice", choices={"higher": "正向", "lower": "逆向"})
    qtbot.addWidget(field)
    field.show()
    wheel = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(0, -120), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(field.editor, wheel)
    assert field.value() == "higher"


def test_a_switch_brings_what_belongs_to_it_and_leaving_is_told(qtbot):
    field = FieldEditor("binding", "设约束性后果", "switch")
    qtbot.addWidget(field)
    assert field.value() is None
    field.show_value({"zero_item": True})
    assert field.value()["zero_item"]
    with qtbot.waitSignal(field.left):
        QApplication.sendEvent(field.editor, QEvent(QEvent.Type.FocusOut))
    field.show_problem("不对")
    assert not field.problem.isHidden()


def test_a_rule_asks_only_what_it_needs():
    def paths(spec, direction="lower"):
        return [a.path for a in rule_fields(spec, "rule", direction) if a.kind != "heading"]

    fixed = {"kind": "linear", "bounds": {"worst": 60, "best": 20}}
    assert paths(fixed) == ["rule.kind", "rule.bounds", "rule.bounds.worst", "rule.bounds.best", "rule.clip"]
    sloped = with_mode(fixed, "slope")
    assert paths(sloped) == ["rule.kind", "rule.bounds", "rule.slope", "rule.intercept"]
    assert bounds_mode(with_mode(sloped, "sample")) == "sample"
    assert paths({"kind": "efficacy", "bounds": {"worst": [1, 9]}}, "range")[3:5] == [
        "rule.bounds.worst.0",
        "rule.bounds.worst.1",
    ]
    assert "rule.inverse" in paths({"kind": "target_ratio"})
    assert "rule.inverse" not in paths({"kind": "target_ratio"}, "higher")
    both = {"kind": "level_and_progress", "level": fixed, "progress": {"kind": "bands", "edges": [0], "scores": [0, 9]}}
    assert {"rule.level.bounds.best", "rule.progress.edges", "rule.exempt_below"} <= set(paths(both))
    assert signature(both) != signature({**both, "level": with_mode(fixed, "sample")})
    assert signature({**both, "share": 0.1}) == signature(both)


def test_the_form_shows_a_node_and_tells_what_is_edited(theme, qtbot):
    draft = draft_of(parse_scheme(SCHEME, "小方案.yaml"))
    form = SchemeForm(theme)
    qtbot.addWidget(form)
    form.show()
    pm25 = draft.indicator("pm25")
    form.show_node(draft, pm25, "大气环境")
    weight = form.editors["weight"]
    with qtbot.waitSignal(form.edited) as told:
        qtbot.keyClicks(weight.editor, "5")
    assert told.args[:2] == [pm25.key, "weight"]
    kind = form.editors["rule.kind"].editor
    with qtbot.waitSignal(form.edited) as told:
        kind.setCurrentIndex(kind.findData("pass_fail"))
    assert told.args == [pm25.key, "rule", {"kind": "pass_fail"}]
    form.show_node(draft, pm25, "", enabled=False)
    assert not weight.isEnabled()
    bad = draft.put(pm25.key, "rule.floor", 200.0)
    form.show_node(bad, bad.find(pm25.key), "")
    form.show_problems(check_draft(bad).problems)
    assert "0 与 100 之间" in form.editors["rule.floor"].problem.text()
    assert form.editor_of("rule.share") is not None
    form.show_node(draft, draft.root, "")
    assert not form.editors["binding.deduct_from"].isEnabled()  # no consequences are set


def test_the_sum_bar_says_what_is_missing(theme, qtbot):
    bar = SumBar(theme)
    qtbot.addWidget(bar)
    bar.show_sum(98, 100, enabled=True)
    assert "差 2" in bar.label.text()
    assert bar.button.isEnabled()
    bar.show_sum(109, 100, enabled=True)
    assert "多 9" in bar.label.text()
    assert bar.bar.grab().height() > 0
    with qtbot.waitSignal(bar.wanted):
        bar.button.click()
    bar.show_sum(100, 100, enabled=True)
    assert "正好" in bar.label.text()
    assert not bar.button.isEnabled()


def test_the_form_of_adoption_proposes_a_name_and_the_next_period(theme, qtbot):
    form = AdoptForm(theme)
    qtbot.addWidget(form)
    form.ask("2023", Y2024, (Y2023, Y2024), ())
    assert form.edition.text() == "2024"
    assert [form.since.itemText(n) for n in range(form.since.count())] == ["2023年度", "2024年度", "2025年度"]
    form.ask("2024修1", Y2024, (Y2024,), ())
    assert form.edition.text() == "2024修2"
    with qtbot.waitSignal(form.wanted) as told:
        form.why.setText("调整")
        form.button.click()
    assert told.args == ["2024修2", str(Period(2024)), "调整"]


def test_two_editions_are_chosen_and_swapped(theme, qtbot):
    old = load_scheme("jiangsu-green")
    draft = draft_of(old)
    new = check_draft(draft.put(draft.indicator("pm25").key, "weight", 9.0)).scheme
    view = CompareView(theme)
    qtbot.addWidget(view)
    view.offer([("现行", old), ("草稿", new)])
    assert view.table.rows == compare_schemes(old, new)
    view.swap.click()
    assert view.table.rows == compare_schemes(new, old)
    view.old.setCurrentIndex(view.new.currentIndex())
    assert "同一个版本" in view.said.text()


def test_no_effect_says_why(theme, qtbot):
    view = EffectView(theme, "试算")
    qtbot.addWidget(view)
    view.show()
    view.show_effect((), "方案还有错误。")
    assert view.said.isVisible()
    assert view.said.text() == "方案还有错误。"
    assert plain_table(theme, "表").accessibleName() == "表"
