"""The scorecard on paper, written and read back."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from ecoscore.errors import EnvironmentFailed, InputRefused
from ecoscore.model.adjustment import Event
from ecoscore.model.observation import Status
from ecoscore.reporting.pdf import write_scorecard_pdf, write_scorecards_pdf
from ecoscore.reporting.pdf.fonts import Faces
from ecoscore.reporting.view import PaperMeta, scorecard_view
from ecoscore.schemes import load_scheme
from tests.reporting.builders import BEFORE, NOW, TEN, jiangsu, scored, small
from tests.reporting.pdf.reading import outside, overlaps, read

LONG = "某某某某某某自治县开发区"


@pytest.fixture(scope="module")
def card(tmp_path_factory):
    events = [Event("甲区", NOW, "national_naming", "国家生态文明建设示范区", document="环函〔2024〕8号")]
    known = {a.id for a in load_scheme("jiangsu-green").adjustments}
    events = [e if e.adjustment in known else replace(e, adjustment=min(known)) for e in events]
    result = jiangsu(
        states={("甲区", "eco_shoreline"): Status.NOT_APPLICABLE, ("甲区", "pm25"): Status.MISSING}, events=events
    )
    view = scorecard_view(result, "甲区", PaperMeta(issuer="某市生态环境局", code="校验码 3F2A-91C7"))
    path = tmp_path_factory.mktemp("成绩 单") / "甲区 成绩单.pdf"
    write_scorecard_pdf(path, view)
    return view, read(path)


def test_thirty_indicators_fill_two_pages(card):
    _, found = card
    assert len(found.pages) == 2
    assert all(size == pytest.approx((595.28, 841.89), abs=0.1) for size in found.sizes)


def test_every_row_is_printed_as_the_view_says(card):
    view, found = card
    for row in view.rows:
        assert row.title in found.joined
        for figure in (
            row.weight,
            row.target,
            row.baseline,
            row.value,
            row.change,
            row.level,
            row.progress,
            row.points,
        ):
            assert figure.text in found.text
    assert view.chain.text.replace(" ", "") in found.joined


def test_the_answer_the_grounds_the_notes_and_the_hands_are_there(card):
    view, found = card
    assert view.standing.rank_text in found.text
    assert view.standing.grade in found.text
    for text in (
        *view.notes,
        *view.remarks,
        *(a.ground for a in view.adjustments),
        "一票否决、等次封顶：" + view.limits_text,
    ):
        assert text.rstrip("。").replace(" ", "") in found.joined
    for field in view.meta.signatures:
        assert field.label in found.joined
    assert "年　　月　　日" in found.text.replace("\u2003", "　") or "年月日" in found.joined


def test_pages_are_numbered_and_marked(card):
    view, found = card
    assert [f"— {n} —" in page for n, page in enumerate(found.pages, start=1)] == [True, True]
    assert all(view.meta.code in page for page in found.pages)


def test_every_face_is_embedded_and_none_is_helvetica(card):
    _, found = card
    assert found.fonts
    assert len(found.fonts) == found.embedded
    assert b"Helvetica" not in found.raw


def test_metadata_and_bookmarks(card):
    view, found = card
    assert found.metadata["Title"] == "某市2024年度区县绿色政绩考核成绩单（甲区）"
    assert found.metadata["Author"] == "某市生态环境局"
    assert found.metadata["Subject"] == view.scheme
    assert found.outline[0] == (0, "甲区")
    assert (1, "签字盖章") in found.outline


def test_nothing_overlaps_or_sticks_out(card):
    _, found = card
    assert overlaps(found) == []
    assert outside(found) == []


@pytest.mark.parametrize(("groups", "each"), [(1, 2), (3, 2), (5, 6), (10, 6), (4, 25)])
def test_few_and_many_indicators_with_long_names(tmp_path, groups, each):
    scheme = small([f"第{c}类生态环境治理与保护" for c in "甲乙丙丁戊己庚辛壬癸"[:groups]], each)
    names = [LONG, "甲区", "乙县"]
    view = scorecard_view(
        scored(scheme, names), LONG, PaperMeta(attachment="附件2"), previous=scored(scheme, names, period=BEFORE)
    )
    path = tmp_path / "卡.pdf"
    write_scorecard_pdf(path, view)
    found = read(path)
    assert overlaps(found) == []
    assert outside(found) == []
    assert f"被考核单位：{LONG}" in found.joined
    assert all("序" in page and "号" in page for page in found.pages if "μg/m³" in page), "the header is repeated"


def test_all_missing(tmp_path):
    scheme = load_scheme("jiangsu-green")
    result = jiangsu(TEN[:3], states={("甲区", i.id): Status.MISSING for i in scheme.indicators})
    path = tmp_path / "缺.pdf"
    write_scorecard_pdf(path, scorecard_view(result, "甲区"))
    found = read(path)
    assert found.text.count("未报") >= 30
    assert "第1—30项：应报未报" in found.joined
    assert len(found.pages) == 2


def test_rare_characters_and_units_copy_out_as_text(tmp_path):
    scheme = small(("绿地㎡与Ⅲ类水",), 2)
    path = tmp_path / "罕.pdf"
    write_scorecard_pdf(path, scorecard_view(scored(scheme, ["𬭚州䶮阳㙦区", "甲区"]), "𬭚州䶮阳㙦区"))
    text = read(path).joined
    assert "𬭚州䶮阳㙦区" in text
    assert "㎡与Ⅲ" in text
    assert "μg/m³" in text


def test_a_name_no_font_can_draw_writes_nothing(tmp_path):
    name = "\U00030edd区"
    path = tmp_path / "卡.pdf"
    with pytest.raises(InputRefused, match="字体中没有字符"):
        write_scorecard_pdf(path, scorecard_view(scored(small(), [name, "甲区"]), name))
    assert list(tmp_path.iterdir()) == []


def test_a_missing_font_leaves_the_old_file(tmp_path):
    path = tmp_path / "卡.pdf"
    path.write_bytes(b"old")
    with pytest.raises(EnvironmentFailed, match="字体文件"):
        write_scorecard_pdf(path, scorecard_view(scored(small()), "甲区"), faces=Faces(tmp_path / "空"))
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_watermark_stands_on_every_page(tmp_path):
    path = tmp_path / "卡.pdf"
    write_scorecard_pdf(path, scorecard_view(jiangsu(TEN[:3]), "甲区", PaperMeta(watermark="征求意见稿")))
    pages = read(path).pages
    assert all("征求意见稿" in "".join(page.split()) for page in pages)


def test_bound_cards_have_a_bookmark_each_and_count_their_own_pages(tmp_path):
    result = jiangsu(TEN[:3])
    path = tmp_path / "合订本.pdf"
    told = []
    write_scorecards_pdf(
        path,
        [scorecard_view(result, d.name) for d in result.districts],
        progress=lambda n, of, what: told.append((n, of, what)),
    )
    found = read(path)
    assert [title for level, title in found.outline if level == 0] == list(TEN[:3])
    assert sum("— 1 —" in page for page in found.pages) == 3
    assert told == [(0, 3, "甲区"), (1, 3, "乙区"), (2, 3, "丙区")]


def test_the_same_view_gives_the_same_bytes(tmp_path):
    view = scorecard_view(scored(small()), "甲区")
    write_scorecard_pdf(tmp_path / "一.pdf", view)
    write_scorecard_pdf(tmp_path / "二.pdf", view)
    assert (tmp_path / "一.pdf").read_bytes() == (tmp_path / "二.pdf").read_bytes()


def test_threads_do_not_disturb_each_other(tmp_path):
    result = jiangsu(TEN[:4])
    views = [scorecard_view(result, name) for name in TEN[:4]]
    for n, view in enumerate(views):
        write_scorecard_pdf(tmp_path / f"先{n}.pdf", view)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda n: write_scorecard_pdf(tmp_path / f"后{n}.pdf", views[n]), range(4)))
    for n in range(4):
        assert (tmp_path / f"先{n}.pdf").read_bytes() == (tmp_path / f"后{n}.pdf").read_bytes()


def test_a_scheme_without_baseline_has_no_columns_for_it(tmp_path):
    scheme = replace(load_scheme("green-development-2016"), missing="zero")
    path = tmp_path / "卡.pdf"
    write_scorecard_pdf(path, scorecard_view(scored(scheme, TEN[:3]), "甲区"))
    text = read(path).joined
    assert "上年值" not in text
    assert "改善分" not in text.split("注：", maxsplit=1)[0]


def test_nothing_to_write_is_a_mistake_of_the_caller(tmp_path):
    with pytest.raises(ValueError, match="no scorecards"):
        write_scorecards_pdf(tmp_path / "空.pdf", [])
