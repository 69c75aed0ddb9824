"""The inspector's card of one cell."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from ecoscore.model.journal import JournalEntry
from ecoscore.model.observation import Observation, Status
from ecoscore.schemes import parse_scheme
from tests.ui.builders import SCHEME, Y2024
from ui.models.cell_view import CellView
from ui.widgets.cell_card import CellCard

PM = parse_scheme(SCHEME, "小方案.yaml").by_id["pm25"]
KEY = ("甲区", "pm25", Y2024)


@pytest.fixture
def card(session, qtbot):
    card = CellCard()
    qtbot.addWidget(card)
    card.resize(288, 600)
    card.show()
    return card


def told(card):
    QApplication.processEvents()  # labels show themselves in their own time
    return [label.text() for label in card.findChildren(QLabel) if not label.isHidden() and label.text()]


def test_value_unit_trend_and_facts(card):
    held = Observation(*KEY, 32.5, raw="32.5", source="甲区.xlsx › 指标 › C4", basis="GB 3095-2012")
    card.show_cell(CellView(KEY, PM, held, text="32.5", previous_text="36.0", better=1), 35.0, [], "36.25（满分 40）")
    words = told(card)
    assert any("32.5" in w and "μg/m³" in w for w in words)
    assert "上年 36.0，比上年变好 ▲" in words
    for fact in (
        "逆向",
        "35",
        "40",
        "0 — 500",
        "生态环境局",
        "甲区.xlsx › 指标 › C4",
        "GB 3095-2012",
        "36.25（满分 40）",
    ):
        assert fact in words


def test_a_state_in_words_and_its_ground(card):
    held = Observation(*KEY, None, Status.NOT_APPLICABLE, note="无监测站")
    card.show_cell(CellView(KEY, PM, held), None, [])
    assert card.value.text() == "不适用"
    assert "无监测站" in told(card)


def test_the_newest_change_comes_first(card):
    journal = [
        JournalEntry(1, "2025-01-03T09:00:00+08:00", "王", "set_value", "甲区 PM2.5", None, "36"),
        JournalEntry(2, "2025-01-04T10:30:00+08:00", "李", "set_target", "甲区 PM2.5", None, "35"),
        JournalEntry(3, "2025-02-01T08:05:00+08:00", "李", "set_value", "甲区 PM2.5", "36", "32.5", why="核实更正"),
    ]
    card.show_cell(CellView(KEY, PM, Observation(*KEY, 32.5)), None, journal)
    changes = [w for w in told(card) if "→" in w]
    assert changes == ["36 → 32.5（李）\n核实更正", "设定目标值：空 → 35（李）", "空 → 36（王）"]
    assert "02-01 08:05" in told(card)


def test_nothing_to_say_is_not_shown(card):
    card.show_cell(CellView(KEY, PM, None), None, [])
    assert card.value.text() == "应报未报"
    assert "来源" not in [label.text() for label in card.findChildren(QLabel) if label.isVisible()]
