"""Faces: fallback for single characters; what cannot be drawn is refused, never a box."""

from __future__ import annotations

import shutil

import pytest

from ecoscore.errors import EnvironmentFailed, InputRefused
from ecoscore.paths import resource
from ecoscore.reporting.pdf.fonts import Faces, Role, bundled


def test_every_role_draws_the_characters_of_official_papers():
    for role in Role:
        for char in "某市区县绿色政绩㎡Ⅲ①★μ³×÷−—＋＝↑↓₂𬭚㙦䶮0123456789%（）《》“”":
            assert bundled().glyph(role, char).advance > 0


def test_a_character_the_role_lacks_comes_from_another_face():
    own = bundled().glyph(Role.FANGSONG, "区").font
    assert bundled().glyph(Role.FANGSONG, "㎡").font != own


def test_a_character_no_face_has_is_refused_by_name():
    with pytest.raises(InputRefused, match="U\\+30EDD") as refused:
        bundled().glyph(Role.SONG, "\U00030edd")
    assert "字体中没有字符" in refused.value.message


def test_a_control_character_is_refused_too():
    with pytest.raises(InputRefused, match="U\\+0007"):
        bundled().glyph(Role.SONG, "\x07")


def test_a_missing_font_file_is_a_sentence(tmp_path):
    with pytest.raises(EnvironmentFailed, match="字体文件缺失或损坏") as failed:
        Faces(tmp_path / "没有").glyph(Role.SONG, "中")
    assert "重新安装" in failed.value.advice


def test_a_damaged_font_file_is_a_sentence(tmp_path):
    whole = resource("fonts", "serif-regular.ttf").read_bytes()
    (tmp_path / "serif-regular.ttf").write_bytes(whole[:5000])
    with pytest.raises(EnvironmentFailed, match="字体文件缺失或损坏"):
        Faces(tmp_path).glyph(Role.SONG, "中")


def test_two_faces_of_one_postscript_name_stay_apart(tmp_path):
    for file in resource("fonts").glob("*.ttf"):
        shutil.copy(resource("fonts", "serif-black.ttf"), tmp_path / file.name)
    faces = Faces(tmp_path)
    fonts = {faces.name(role) for role in Role}
    names = {font.face.name for font in faces._loaded.values()}
    assert len(fonts) == len(names) == 5


def test_figures_share_one_width_for_1_and_8():
    assert bundled().ems("11.11", Role.SONG) == pytest.approx(bundled().ems("88.88", Role.SONG), abs=0.06)
