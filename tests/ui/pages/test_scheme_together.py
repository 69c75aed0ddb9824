"""双控双降 in the form of a rule: other indicators are ticked or written, the effect is seen, all of it is one step back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from ecoscore.assessment import Assessment
from ecoscore.model.district import District
from ecoscore.model.observation import Observation
from ecoscore.schemes import parse_scheme
from tests.ui.builders import Y2023, Y2024
from tests.ui.waiting import opened, settle

SCHEME = """
id: both
title: 双控双降
edition: "2024"
missing: zero
groups:
  - id: air
    title: 大气环境
    indicators:
      - id: pm25
        title: PM2.5年均浓度
        unit: μg/m³
        direction: lower
        weight: 60
        rule: {kind: level_and_progress, share: 0.5, level: {kind: linear, bounds: {worst: 60, best: 20}},
               progress: {kind: linear, bounds: {worst: 10, best: -10}}}
      - {id: o3, title: 臭氧浓度, direction: lower, weight: 40, rule: {kind: linear, bounds: {worst: 200, best: 100}}}
      - {id: ph, title: 酸碱度, direction: range, ideal: [6, 9], weight: 0,
         rule: {kind: linear, bounds: {worst: [4, 11], best: [6, 9]}}}
grades: [{title: 优秀, min: 90}, {title: 合格, min: 0}]
"""
VALUES = {
    ("甲区", "pm25"): (40, 30),
    ("甲区", "o3"): (150, 160),
    ("乙区", "pm25"): (40, 30),
    ("乙区", "o3"): (160, 150),
}


@pytest.fixture
def page(window, tmp_path):
    scheme = parse_scheme(SCHEME, "双控.yaml")
    with Assessment.create(tmp_path / "双控.ecos", scheme, [District("甲区"), District("乙区")]) as file:
        file.set_values(
            [
                Observation(d, i, y, v)
                for (d, i), pair in VALUES.items()
                for y, v in zip((Y2023, Y2024), pair, strict=True)
            ]
        )
        path = file.path
    return opened(window, path, "scheme")


def rule(page):
    return page.desk.draft.indicator("pm25").get("rule")


def commit(page):
    page.desk.read()
    settle(page.session)


def tick(qtbot, field, title):
    """Open the field's menu with the mouse and click one of its lines."""
    menu = field.picker.menu()
    menu.popup(field.picker.mapToGlobal(field.picker.rect().bottomLeft()))
    action = next(a for a in menu.actions() if a.text() == title)
    qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())


def test_another_indicator_is_ticked_and_the_effect_seen(page, qtbot):
    field, least = page.form.editors["rule.together"], page.form.editors["rule.alone"]
    assert not least.editor.isEnabled(), "means nothing without another indicator"
    curve = page.form.curve.curve.points
    tick(qtbot, field, "臭氧浓度")
    commit(page)
    assert rule(page)["together"] == ["o3"]
    assert field.editor.text() == "臭氧浓度"
    assert least.editor.placeholderText() == "留空为 60"
    rows = {r.district: r for r in page.desk.effect}
    assert rows["甲区"].change.text == "−12.00", "half of 60 points, progress 60 in place of 100"
    assert not rows["乙区"].is_changed, "both have improved there"
    assert page.form.curve.curve.points == curve, "the level's curve is what it was"
    least.editor.setFocus()
    qtbot.keyClicks(least.editor, "0")
    commit(page)
    assert {r.district: r.change.text for r in page.desk.effect}["甲区"] == "−30.00"
    told = "\n".join(label.text() for label in page.card.findChildren(QLabel)).replace("\u200b", "")
    assert "与 臭氧浓度 未同时改善的，改善分至多 0" in told


def test_only_those_are_offered_that_can_improve(page, qtbot):
    menu = page.form.editors["rule.together"].picker.menu()
    menu.aboutToShow.emit()
    assert [a.text() for a in menu.actions()] == ["臭氧浓度"]


def test_taking_the_last_one_away_takes_its_limit_along_in_one_step(page, qtbot):
    field, least = page.form.editors["rule.together"], page.form.editors["rule.alone"]
    before = rule(page)
    tick(qtbot, field, "臭氧浓度")
    least.editor.setFocus()
    qtbot.keyClicks(least.editor, "40")
    tick(qtbot, field, "臭氧浓度")
    commit(page)
    assert rule(page) == before
    assert not page.desk.checked.errors
    assert not least.editor.isEnabled()
    page.session.undo_stack.undo()
    assert (rule(page)["together"], rule(page)["alone"]) == (["o3"], 40)


def test_a_name_nobody_knows_is_said_at_the_field(page, qtbot):
    field = page.form.editors["rule.together"]
    field.editor.setFocus()
    qtbot.keyClicks(field.editor, "nox")
    commit(page)
    assert rule(page)["together"] == ["nox"]
    assert field.problem.isVisible()
    assert "另一个指标" in field.problem.text()
    assert "together" not in field.problem.text(), "the screen's words, not the file's"
