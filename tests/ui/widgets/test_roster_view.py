"""Districts and terms typed over in place, refused in words, and undone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from ecoscore.model.period import Period
from tests.ui.builders import Y2024
from tests.ui.waiting import settle


@pytest.fixture
def roster(window, session, small_file):
    session.open(small_file)
    settle(session)
    window.show_page("scheme")
    window.page._go_to_tab("roster")
    settle(session)
    yield window.page.roster
    settle(session)


def type_over(qtbot, view, model, row, key, text):
    index = model.place_of(row, key)
    view.setCurrentIndex(index)
    view.edit(index)
    field = view.findChild(QLineEdit)
    field.selectAll()
    field.insert(text)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: view.findChild(QLineEdit) is None)


def of(session, name):
    return next(d for d in session.assessment.districts if d.name == name)


def district(qtbot, roster, name, key, text):
    type_over(qtbot, roster.district_view, roster.districts, of(roster.session, name), key, text)
    settle(roster.session)


def test_a_peer_group_and_aliases_are_typed_and_undone(roster, session, qtbot):
    district(qtbot, roster, "甲区", "peer_group", "城区")
    district(qtbot, roster, "甲区", "aliases", "老甲县、甲市辖区")
    assert (of(session, "甲区").peer_group, of(session, "甲区").aliases) == ("城区", ("老甲县", "甲市辖区"))
    assert "分 1 组排名" in roster.said.text()
    session.undo_stack.undo()
    session.undo_stack.undo()
    assert (of(session, "甲区").peer_group, of(session, "甲区").aliases) == (None, ())
    settle(session)


def test_another_name_takes_the_values_along(roster, session, qtbot):
    district(qtbot, roster, "甲区", "name", "甲州区")
    assert session.assessment.observation("甲州区", "pm25", Y2024).value == 32.5
    session.undo_stack.undo()
    assert session.assessment.observation("甲区", "pm25", Y2024).value == 32.5
    settle(session)


def test_what_cannot_be_is_said_and_nothing_is_changed(roster, session, qtbot, window):
    district(qtbot, roster, "甲区", "name", "乙区")
    assert "区县" in window.message_bar.text.text()
    district(qtbot, roster, "甲区", "level", "很高")
    assert "没有“很高”这个层级" in window.message_bar.text.text()
    assert [d.name for d in session.assessment.districts] == ["甲区", "乙区", "丙县"]
    roster.district_view.setCurrentIndex(roster.districts.index(0, 0))
    qtbot.mouseClick(roster.remove_button, Qt.MouseButton.LeftButton)
    assert "甲区还有指标值" in window.message_bar.text.text()


def test_a_district_is_added_like_its_neighbour_and_taken_away(roster, session, said, qtbot):
    said.answers["ask_text"] = "丁县"
    qtbot.mouseClick(roster.add_button, Qt.MouseButton.LeftButton)
    assert roster.district.name == "丁县"
    qtbot.mouseClick(roster.remove_button, Qt.MouseButton.LeftButton)
    assert len(session.assessment.districts) == 3
    session.undo_stack.undo()
    assert session.assessment.districts[-1].name == "丁县"
    settle(session)


def test_terms_of_the_marked_district(roster, session, said, qtbot, window, monkeypatch):
    roster.district_view.setCurrentIndex(roster.districts.index(1, 0))
    answers = iter(["区委书记", "2021-07", "区长", "去年"])
    monkeypatch.setattr(session.messages, "ask_text", lambda *_, **__: next(answers))
    qtbot.mouseClick(roster.add_term_button, Qt.MouseButton.LeftButton)
    (term,) = session.assessment.terms()
    assert (term.district, term.post, term.start) == ("乙区", "区委书记", Period.parse("2021-07"))
    type_over(qtbot, roster.term_view, roster.terms, term, "end", "2024-06")
    assert session.assessment.terms()[0].end == Period.parse("2024-06")
    type_over(qtbot, roster.term_view, roster.terms, session.assessment.terms()[0], "end", "2020-06")
    assert "早于任期起" in window.message_bar.text.text()
    qtbot.mouseClick(roster.add_term_button, Qt.MouseButton.LeftButton)
    assert "写到月" in window.message_bar.text.text() and len(session.assessment.terms()) == 1
    session.undo_stack.undo()
    assert session.assessment.terms()[0].end is None
    qtbot.mouseClick(roster.remove_term_button, Qt.MouseButton.LeftButton)
    assert session.assessment.terms() == ()
    session.undo_stack.undo()
    assert len(session.assessment.terms()) == 1
    roster.district_view.setCurrentIndex(roster.districts.index(0, 0))
    assert roster.terms.rows == ()
    settle(session)
