"""Pages of a PDF as images."""

from __future__ import annotations

import pytest
from reportlab.pdfgen.canvas import Canvas

from ui.pdf_pages import PdfPages


@pytest.fixture
def pdf(tmp_path):
    """A portrait page with a black square of one inch at one inch from the top left, and an empty landscape page."""
    path = tmp_path / "两 页.pdf"
    canvas = Canvas(str(path), pagesize=(595, 842))
    canvas.rect(72, 842 - 144, 72, 72, stroke=0, fill=1)
    canvas.showPage()
    canvas.setPageSize((842, 595))
    canvas.showPage()
    canvas.save()
    return path


def test_sizes_and_pixels(pdf):
    pages = PdfPages(pdf)
    assert len(pages) == 2
    assert [size.is_landscape for size in pages.sizes] == [False, True]
    image = pages.render_dpi(0, 144)
    assert (image.width(), image.height()) == (1190, 1684)
    assert image.pixelColor(216, 216).name() == "#000000"  # 1.5 inches in, inside the square
    assert image.pixelColor(72, 72).name() == "#ffffff"


def test_the_file_is_free_once_it_is_read(pdf):
    pages = PdfPages(pdf)
    pdf.unlink()
    assert not pages.render(1, 0.5).isNull()


def test_a_closed_document_gives_nothing(pdf):
    pages = PdfPages(pdf)
    pages.close()
    pages.close()
    assert pages.render(0, 1).isNull()
