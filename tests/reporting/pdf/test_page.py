"""Pages: number placement, paragraphs over page ends, and that the overlap check of these tests can see."""

from __future__ import annotations

from pathlib import Path

from ecoscore.reporting.pdf.fonts import Role, bundled
from ecoscore.reporting.pdf.ink import Ink
from ecoscore.reporting.pdf.page import LANDSCAPE, PORTRAIT, Paper
from tests.reporting.pdf.reading import outside, overlaps, read


def paper(path, form=PORTRAIT, **given) -> Paper:
    canvas = Ink(
        Path(path).open("wb"),  # noqa: SIM115 - closed by `finish`
        (form.width, form.height),
        bundled().name(Role.SONG),
    )
    return Paper(canvas, bundled(), form, **given)


def finish(pages: Paper):
    pages.end()
    pages.canvas.save()
    pages.canvas.out.close()


def where(found, page, text):
    return next(box for box in found.boxes[page] if text in box[4])


def test_odd_page_numbers_stand_right_and_even_ones_left(tmp_path):
    pages = paper(tmp_path / "页.pdf")
    pages.start()
    pages.start()
    finish(pages)
    found = read(tmp_path / "页.pdf")
    assert where(found, 0, "1")[0] > found.sizes[0][0] / 2
    assert where(found, 1, "2")[2] < found.sizes[1][0] / 2


def test_landscape_page_numbers_stand_in_the_middle(tmp_path):
    pages = paper(tmp_path / "横.pdf", LANDSCAPE)
    pages.start()
    finish(pages)
    found = read(tmp_path / "横.pdf")
    box = where(found, 0, "1")
    assert abs((box[0] + box[2]) / 2 - found.sizes[0][0] / 2) < 2


def test_a_long_paragraph_goes_on_over_pages_whole_and_never_leaves_one_line(tmp_path):
    text = "；".join(f"第{n}项指标比上年提高{n}.5个百分点" for n in range(1, 260))
    pages = paper(tmp_path / "段.pdf")
    pages.start()
    pages.paragraph(text, Role.FANGSONG, 16, 28.9)
    finish(pages)
    found = read(tmp_path / "段.pdf")
    assert len(found.pages) > 2
    assert text in "".join("".join(page.split()) for page in found.pages).replace("—1—", "").replace("—2—", "").replace(
        "—3—", ""
    ).replace("—4—", "").replace("—5—", "").replace("—6—", "").replace("—7—", "").replace("—8—", "")
    assert overlaps(found) == outside(found) == []


def test_what_does_not_fit_goes_to_a_new_page(tmp_path):
    pages = paper(tmp_path / "新.pdf")
    pages.start()
    pages.need(PORTRAIT.depth)
    assert pages.page == 1, "a fresh page is not left"
    pages.y -= 100
    pages.need(PORTRAIT.depth)
    assert pages.page == 2


def test_texts_over_each_other_are_seen_by_the_check(tmp_path):
    pages = paper(tmp_path / "叠.pdf")
    pages.start()
    pages.type.draw(200, 500, "压在一起的字", Role.SONG, 12)
    pages.type.draw(220, 503, "另一行字", Role.SONG, 12)
    pages.type.draw(20, 300, "出了版心", Role.SONG, 12)
    finish(pages)
    found = read(tmp_path / "叠.pdf")
    assert overlaps(found)
    assert outside(found)


def test_a_long_foot_stays_clear_of_the_page_number_in_the_middle(tmp_path):
    foot = "自然资源和规划局　某市生态文明建设考核委员会办公室　校验码 7F3A-91C2-0B5D-88E1（SM3）"
    pages = paper(tmp_path / "长.pdf", LANDSCAPE, foot=foot)
    pages.start()
    finish(pages)
    found = read(tmp_path / "长.pdf")
    number = where(found, 0, "— 1 —")
    assert where(found, 0, "自然资源")[2] < number[0] - 4
    assert overlaps(found) == []
