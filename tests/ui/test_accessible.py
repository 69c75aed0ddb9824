"""Every control of every page: it has a name that is read out, and Tab comes to it, in the order in which one reads."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
    QWidget,
)

from ui.pages import PAGES

CONTROLS = (
    QAbstractButton, QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit, QTabBar, QTextEdit,
)  # fmt: skip
KEYS = [entry.key for entry in PAGES]


@pytest.fixture
def opened(window, small_file, session):
    session.open(small_file)
    assert session.tasks.drain()
    return window


def settle(session):
    for _ in range(3):
        assert session.tasks.drain()
        QApplication.processEvents()


def is_part(widget: QWidget) -> bool:
    """A part of another control, which speaks for it: a spin box's field, a combo box's list, a clear button."""
    parent = widget.parent()
    if widget.objectName().startswith("qt_") or isinstance(widget, QHeaderView | QAbstractSlider):
        return True
    while isinstance(parent, QWidget):
        if isinstance(parent, QComboBox | QAbstractSpinBox | QLineEdit | QTabBar):
            return True
        if isinstance(parent, QAbstractItemView):
            return widget.metaObject().className() == "QTableCornerButton" or isinstance(widget, QLineEdit)
        parent = parent.parent()
    return False


def controls(root: QWidget) -> list[QWidget]:
    return [w for w in root.findChildren(QWidget) if isinstance(w, CONTROLS) and not is_part(w)]


def name_of(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QAbstractButton) else ""
    title = widget.tabText(0) if isinstance(widget, QTabBar) and widget.count() else ""
    buddy = next((label.text() for label in _labels(widget) if label.buddy() is widget), "")
    return widget.accessibleName() or text.strip("↑↓ ▼") or widget.toolTip() or title or buddy


def _labels(widget: QWidget):
    from PySide6.QtWidgets import QLabel

    return widget.window().findChildren(QLabel)


def told(widget: QWidget) -> str:
    at, path = widget, []
    while at is not None and len(path) < 4:
        path.append(f"{type(at).__name__}#{at.objectName()}")
        at = at.parent()
    return " < ".join(path) + (f" “{widget.placeholderText()}”" if isinstance(widget, QLineEdit) else "")


@pytest.mark.parametrize("key", KEYS)
def test_every_control_has_a_name(opened, session, key):
    opened.show_page(key)
    settle(session)
    nameless = [told(w) for w in controls(opened.page) if not name_of(w)]
    assert not nameless, "\n".join(nameless)


@pytest.mark.parametrize("kind", ["new", "new_year", "restore"])
def test_every_control_of_the_first_forms_has_a_name(window, session, said, kind):
    said.answers["open_file"] = None
    window.page.receive(kind)
    settle(session)
    assert not [told(w) for w in controls(window.page) if not name_of(w)]


def test_the_frame_the_help_and_the_tour_have_names(opened, session):
    opened.actions_by_id["help"].trigger()
    opened.actions_by_id["tour"].trigger()
    settle(session)
    inside = set(controls(opened.stack))
    assert not [told(w) for w in controls(opened) if w not in inside and not name_of(w)]


def by_tab(window: QWidget) -> list[QWidget]:
    """The widgets that Tab visits, from the first to the one where it begins again."""
    found: list[QWidget] = []
    at = window.nextInFocusChain()
    while at is not window and at not in found:
        policy = at.focusPolicy()
        if policy & Qt.FocusPolicy.TabFocus and at.isVisible() and at.isEnabled() and at.focusProxy() is None:
            found.append(at)
        at = at.nextInFocusChain()
    return found


@pytest.mark.parametrize("key", KEYS)
def test_tab_comes_to_every_control_that_is_shown(opened, session, key):
    opened.show_page(key)
    settle(session)
    visited = set(by_tab(opened))
    missed = [
        told(w)
        for w in controls(opened.page)
        if w.isVisible() and w.isEnabled() and w not in visited and w.focusProxy() is None
        and not (isinstance(w, QTextEdit) and w.isReadOnly())
    ]  # fmt: skip
    assert not missed, "\n".join(missed)


@pytest.mark.parametrize("key", KEYS)
def test_tab_goes_the_way_one_reads(opened, session, key):
    """The header before what is below it; inside one row of buttons from left to right."""
    opened.show_page(key)
    settle(session)
    page = opened.page
    header = [w for w in by_tab(opened) if page.header.isAncestorOf(w)]
    below = [w for w in by_tab(opened) if page.isAncestorOf(w) and not page.header.isAncestorOf(w)]
    order = by_tab(opened)
    if header and below:
        assert max(map(order.index, header)) < min(map(order.index, below))
    lefts = [w.mapTo(page, QPoint(0, 0)).x() for w in header]
    assert lefts == sorted(lefts), [told(w) for w in header]


@pytest.mark.parametrize("key", KEYS)
def test_the_focus_is_seen_wherever_tab_leads(opened, session, key):
    """A control looks other with the focus than without; tables show theirs in the current cell."""
    opened.show_page(key)
    settle(session)
    opened.activateWindow()
    unseen = []
    for widget in by_tab(opened):
        if not opened.page.isAncestorOf(widget) or not isinstance(
            widget, QAbstractButton | QComboBox | QTabBar | QLineEdit
        ):
            continue
        opened.rail.buttons[key].setFocus()
        QApplication.processEvents()
        without = widget.grab().toImage()
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        QApplication.processEvents()
        if widget.hasFocus() and widget.grab().toImage() == without:
            unseen.append(told(widget))
    assert not unseen, "\n".join(unseen)
