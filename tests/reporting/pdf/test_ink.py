"""The pen: pages leave memory as they are finished, the table of objects is right, equal words are embedded once."""

from __future__ import annotations

import io
import re

import pypdfium2 as pdfium

from ecoscore.reporting.pdf.embedding import embedded
from ecoscore.reporting.pdf.fonts import Role, bundled
from ecoscore.reporting.pdf.ink import Ink
from ecoscore.reporting.pdf.text import Typesetter


def ink(out: io.BytesIO) -> Ink:
    return Ink(out, (595.0, 842.0), bundled().name(Role.SONG))


def written(*pages: str) -> bytes:
    out = io.BytesIO()
    canvas = ink(out)
    pen = Typesetter(canvas, bundled())
    for text in pages:
        pen.draw(60, 700, text, Role.SONG, 12)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def test_a_finished_page_is_in_the_file_at_once():
    out = io.BytesIO()
    canvas = ink(out)
    before = out.tell()
    Typesetter(canvas, bundled()).draw(60, 700, "甲区", Role.SONG, 12)
    canvas.showPage()
    assert b"/Contents" in out.getvalue()[before:]


def test_every_object_lies_where_the_table_says():
    raw = written("甲区", "乙区", "丙区")
    start = int(re.search(rb"startxref\n(\d+)", raw)[1])
    rows = raw[start:].split(b"\n")[3:]
    places = [int(row[:10]) for row in rows if row.endswith(b"n ")]
    assert len(places) > 8
    for number, place in enumerate(places, start=1):
        assert raw[place:].startswith(b"%d 0 obj" % number)


def test_text_comes_out_as_it_went_in_rare_characters_too():
    document = pdfium.PdfDocument(written("甲区62.40%（第1名）", "𬭚州市䶮阳区 42 μg/m³"))
    texts = [page.get_textpage().get_text_range() for page in document]
    document.close()
    assert texts == ["甲区62.40%（第1名）", "𬭚州市䶮阳区 42 μg/m³"]


def test_no_date_is_told_that_is_not_so():
    assert b"CreationDate" not in written("甲区")


def test_the_same_words_are_embedded_once_for_all_files():
    written("同一句话")
    before = embedded.cache_info()
    written("同一句话")
    after = embedded.cache_info()
    assert (after.misses, after.hits > before.hits) == (before.misses, True)
