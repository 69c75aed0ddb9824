"""The machine's fonts: told by their tables, probed, refused with a reason; a page set in them embeds them."""

from __future__ import annotations

import pytest
from fontTools.ttLib import TTFont

from ecoscore.errors import InputRefused
from ecoscore.paths import resource
from ecoscore.reporting.pdf import system_fonts, write_ranking_pdf
from ecoscore.reporting.pdf.fonts import Faces, Role
from ecoscore.reporting.pdf.system_fonts import common_characters, faces_of, find, folders
from ecoscore.reporting.view import ranking_view
from tests.reporting.builders import scored, small
from tests.reporting.pdf.reading import read


def make(path, family, *, base="kai-gblite.ttf", rights=0, drop=0, blank=""):
    """A font of the machine: one of ours under another family name, with faults at will."""
    font = TTFont(resource("fonts", base))
    for record in font["name"].names:
        if record.nameID in {1, 4, 16}:
            record.string = family.encode(record.getEncoding(), "ignore")
    font["name"].setName(family, 1, 3, 1, 0x0804)
    font["OS/2"].fsType = rights
    for table in font["cmap"].tables:
        for char in common_characters()[:drop]:
            table.cmap.pop(ord(char), None)
        for char in blank:
            table.cmap[ord(char)] = "space" if "space" in font.getGlyphOrder() else font.getGlyphOrder()[0]
    path.parent.mkdir(parents=True, exist_ok=True)
    font.save(path)
    return path


def test_the_name_inside_decides_not_that_of_the_file(tmp_path):
    make(tmp_path / "子 文件夹" / "abc.ttf", "仿宋_GB2312")
    make(tmp_path / "simhei.ttf", "某种字体")
    found = find([tmp_path])
    assert {role: f.path.name for role, f in found.fonts.items()} == {Role.FANGSONG: "abc.ttf"}
    assert "仿宋：abc.ttf" in found.told
    assert "黑体：用自带字体（本机没有找到）" in found.told


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ({"rights": 2}, "不允许嵌入"),
        ({"rights": 0x100}, "只嵌入"),
        ({"drop": 100}, "缺 100 个常用字"),
        ({"blank": "考核"}, "没有笔画"),
    ],
)
def test_a_font_with_a_fault_is_refused_with_the_reason(tmp_path, fault, reason):
    make(tmp_path / "fs.ttf", "仿宋", **fault)
    found = find([tmp_path])
    assert found.fonts == {}
    assert reason in found.refused[0].reason
    assert any(reason in line for line in found.told)


def test_the_next_best_is_taken_where_the_best_has_a_fault(tmp_path):
    make(tmp_path / "a.ttf", "仿宋_GB2312", rights=2)
    make(tmp_path / "b.ttf", "仿宋")
    found = find([tmp_path])
    assert found.fonts[Role.FANGSONG].path.name == "b.ttf"
    assert [r.path.name for r in found.refused] == ["a.ttf"]


def test_what_is_no_font_is_passed_over(tmp_path):
    (tmp_path / "坏.ttf").write_bytes(b"no font at all")
    (tmp_path / "空.ttc").write_bytes(b"")
    assert find([tmp_path, tmp_path / "没有"]).fonts == {}


def test_a_page_in_the_machines_fonts_embeds_them_and_reads_the_same(tmp_path, monkeypatch):
    make(tmp_path / "fonts" / "st.ttf", "华文中宋")
    monkeypatch.setattr(system_fonts, "machine_fonts", lambda: find([tmp_path / "fonts"]))
    view = ranking_view(scored(small()))
    write_ranking_pdf(tmp_path / "甲.pdf", view, faces=faces_of("system"))
    write_ranking_pdf(tmp_path / "乙.pdf", view)
    own, bundled = read(tmp_path / "甲.pdf"), read(tmp_path / "乙.pdf")
    assert own.text == bundled.text
    assert any("-st" in name for name in own.fonts)
    assert own.embedded == len(own.fonts)


def test_without_any_the_refusal_says_what_was_looked_at(monkeypatch):
    monkeypatch.setattr(system_fonts, "machine_fonts", lambda: find([]))
    with pytest.raises(InputRefused, match="本机没有可用的"):
        faces_of("system")
    with pytest.raises(InputRefused, match="没有这种字体设置"):
        faces_of("别的")


def test_folders_and_characters():
    assert len(common_characters()) == 3755
    assert all(isinstance(place.name, str) for place in folders())
    assert isinstance(Faces(resource("fonts")).name(Role.SONG), str)
