"""Empty places say what belongs there and how to begin; what was empty gives way as soon as there is something."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from ecoscore.model.district import District
from tests.ui.waiting import opened, settle
from ui.commands.roster import AddDistrict
from ui.pages.scheme_page import _TABS
from ui.widgets.empty_place import EmptyPlace, ListOrEmpty


@pytest.fixture
def page(window, small_file):
    return opened(window, small_file, "scheme")


def bring(page, tab):
    page.tabs.setCurrentIndex([key for key, _ in _TABS].index(tab))


def test_a_list_gives_way_to_a_sentence_and_comes_back(qtbot):
    place = ListOrEmpty(QLabel("一行"), EmptyPlace("这里列出区县。", "增加区县"))
    qtbot.addWidget(place)
    place.show()
    place.show_rows(0)
    assert place.empty.isVisible()
    assert not place.shown.isVisible()
    with qtbot.waitSignal(place.empty.wanted):
        qtbot.mouseClick(place.empty.button, Qt.MouseButton.LeftButton)
    place.show_rows(1)
    assert place.shown.isVisible()


def test_without_a_verb_there_is_no_button(qtbot):
    place = EmptyPlace("先选中上面的区县。")
    qtbot.addWidget(place)
    place.show()
    assert place.button is None


@pytest.mark.parametrize("tab", ["adjustment", "input", "payment"])
def test_each_empty_list_of_a_scheme_begins_with_its_button(page, qtbot, tab):
    bring(page, tab)
    empty = page.editor.places[tab].empty
    assert empty.isVisible()
    assert empty.sentence.text().startswith("这里")
    qtbot.mouseClick(empty.button, Qt.MouseButton.LeftButton)
    assert not empty.isVisible()
    assert page.editor.lists[tab].rowCount() == 1
    assert page.form.isVisible(), "the new row's fields are there to be filled in"
    page.session.undo_stack.undo()
    assert empty.isVisible()


def test_a_scheme_of_nothing_begins_with_an_indicator(page, qtbot):
    for node in page.desk.draft.of("group"):
        page.editor.select(node.key)
        page.editor.remove()
    empty = page.editor.places["indicator"].empty
    assert empty.isVisible()
    qtbot.mouseClick(empty.button, Qt.MouseButton.LeftButton)
    assert not empty.isVisible()
    assert [n.kind for n in page.desk.draft.walk()].count("indicator") == 1


def test_targets_terms_and_editions_say_how_to_begin(page):
    bring(page, "targets")
    assert "约束性" in page.targets.place.empty.sentence.text()
    assert page.targets.place.empty.isVisible()
    bring(page, "roster")
    assert page.roster.term_place.empty.isVisible()
    assert page.roster.district_place.shown.isVisible()
    bring(page, "compare")
    assert "现在只有一个" in page.compare.said.text()


def test_a_file_without_districts_says_so_until_there_is_one(window, session, tmp_path):
    from tests.ui.builders import make_file

    session.open(make_file(tmp_path / "空.ecos", districts=()))
    settle(session)
    window.show_page("scheme")
    bring(window.page, "roster")
    place = window.page.roster.district_place
    assert place.empty.isVisible()
    session.undo_stack.push(AddDistrict(session, District("甲区")))
    settle(session)
    assert place.shown.isVisible()


@pytest.mark.parametrize("key", ["data", "forms"])
def test_where_there_is_nobody_there_is_nothing_to_explain(window, session, tmp_path, key):
    from tests.ui.builders import make_file

    session.open(make_file(tmp_path / "空.ecos", districts=()))
    settle(session)
    window.show_page(key)
    settle(session)
    assert not window.inspector.isVisible()
    session.undo_stack.push(AddDistrict(session, District("甲区")))
    session.year.ask()
    settle(session)
    assert window.inspector.isVisible()
