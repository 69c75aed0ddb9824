"""The view of a PDF: every page, sharp at any zoom, by wheel and keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from reportlab.pdfgen.canvas import Canvas

from ui.pdf_pages import PdfPages
from ui.widgets.pdf_view import PdfView


@pytest.fixture
def view(session, qtbot, tmp_path):
    path = tmp_path / "三 页.pdf"
    canvas = Canvas(str(path), pagesize=(595, 842))
    for _ in range(3):
        canvas.rect(60, 60, 475, 722, stroke=1, fill=0)
        canvas.drawString(100, 700, "page")
        canvas.showPage()
    canvas.save()
    view = PdfView(session.theme, session.tasks)
    qtbot.addWidget(view)
    view.resize(700, 500)
    view.show()
    qtbot.waitExposed(view)
    view.show_pages(PdfPages(path))
    settle(view, qtbot)
    yield view
    view.show_pages(None)


def settle(view, qtbot):
    qtbot.waitUntil(lambda: view.is_settled and not view.grab().isNull() and view.is_settled, timeout=5000)


def dark_pixels(view) -> int:
    image = view.viewport().grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    return sum(
        image.pixelColor(x, y).value() < 90 for x in range(0, image.width(), 2) for y in range(0, image.height(), 2)
    )


def test_a_page_is_as_wide_as_the_view(view):
    assert view.fits
    assert view.zoom == pytest.approx((700 - view.verticalScrollBar().sizeHint().width() - 32) / (595 * 96 / 72))
    assert dark_pixels(view) > 50
    assert view.horizontalScrollBar().maximum() == 0


def test_zooming_keeps_the_place_and_stops_fitting(view, qtbot):
    before = view.zoom
    qtbot.keyClick(view, Qt.Key.Key_Plus)
    assert view.zoom == pytest.approx(before * 1.2)
    assert not view.fits
    settle(view, qtbot)
    qtbot.keyClick(view, Qt.Key.Key_0)
    assert view.fits
    assert view.zoom == pytest.approx(before)


def test_zoom_has_limits(view):
    for _ in range(40):
        view.zoom_in()
    assert view.zoom == 4.0
    for _ in range(40):
        view.zoom_out()
    assert view.zoom == 0.25


def test_the_end_is_the_last_page(view, qtbot):
    with qtbot.waitSignal(view.page_changed) as told:
        qtbot.keyClick(view, Qt.Key.Key_End)
    assert told.args == [3, 3]
    settle(view, qtbot)
    assert dark_pixels(view) > 50


def test_drawn_at_the_zoom_it_is_seen_at(view, qtbot):
    view.set_zoom(2.0)
    settle(view, qtbot)
    widths = {image.width() for image in view._images.values()}
    assert round(595 * 96 / 72 * 2 * view.devicePixelRatioF()) in {w + d for w in widths for d in (-1, 0, 1)}


def test_showing_nothing_says_so(view):
    view.show_pages(None, "还没有成绩单。")
    assert view.pages is None
    assert view.verticalScrollBar().maximum() == 0
    view.grab()
