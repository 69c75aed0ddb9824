"""Colours, fonts and icons: readable in both modes, drawn in the theme's colour."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QColor

from ecoscore.paths import resource
from ui import icons
from ui.actions import ACTIONS
from ui.pages import PAGES
from ui.theme import DARK, LIGHT, Theme, base_font

ROOT = Path(__file__).resolve().parents[2]
PICTURES = {p.stem: p.read_text(encoding="utf-8") for p in resource("icons").glob("*.svg")}
NAMES = sorted(name for name, source in PICTURES.items() if "currentColor" in source)


def luminance(color: str) -> float:
    def linear(c: float) -> float:
        return c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4

    q = QColor(color)
    return 0.2126 * linear(q.redF()) + 0.7152 * linear(q.greenF()) + 0.0722 * linear(q.blueF())


def contrast(a: str, b: str) -> float:
    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("ink", "paper"), ("ink", "surface"), ("mist", "paper"), ("mist", "surface"), ("mist", "header"),
        ("pine", "surface"), ("pine", "pine_wash"), ("on_pine", "pine"), ("ochre", "ochre_wash"), ("ochre", "header"),
        ("cinnabar", "cinnabar_wash"), ("cinnabar", "surface"), ("water", "surface"), ("ink", "cinnabar_wash"),
        ("ink", "ochre_wash"), ("ink", "pine_wash"), ("mist", "pine_wash"),
    ],
)  # fmt: skip
def test_text_stands_out_from_its_ground(colours, text, ground):
    assert contrast(getattr(colours, text), getattr(colours, ground)) >= 4.5


def test_the_style_sheet_has_no_colour_left_unnamed(qapp):
    theme = Theme("dark")
    assert "@" not in theme._style()
    literal = re.findall(r"#[0-9A-Fa-f]{6}\b", resource("style.qss").read_text(encoding="utf-8"))
    assert literal == [], "colours are named in the theme, nowhere else"


def test_the_system_decides_unless_told_otherwise(qapp):
    assert not Theme("light").is_dark
    assert Theme("dark").is_dark
    theme = Theme("system")
    changed = []
    theme.changed.connect(lambda: changed.append(theme.is_dark))
    theme.choose("dark")
    theme.choose("light")
    assert changed == [True, False]


def test_the_font_has_chinese_and_even_figures(qapp):
    from PySide6.QtGui import QFontMetrics, QRawFont

    font = base_font()
    raw = QRawFont.fromFont(font)
    assert all(raw.supportsCharacter(ord(c)) for c in "绿色政绩考核μ³％")
    metrics = QFontMetrics(font)
    assert len({metrics.horizontalAdvance(d) for d in "0123456789"}) == 1


def test_every_character_the_window_says_is_in_the_font_that_ships():
    """Where no other font has it (a stripped Windows) it would be a box."""
    from fontTools.ttLib import TTFont

    known = TTFont(resource("fonts", "sans-regular.ttf")).getBestCmap()
    sources = [*(ROOT / "ui").rglob("*.py"), *resource("help").glob("*.md")]
    missing = {
        (c, p.name) for p in sources for c in p.read_text(encoding="utf-8") if ord(c) > 127 and ord(c) not in known
    }
    assert missing == set()


@pytest.mark.parametrize("name", NAMES)
def test_every_icon_is_drawn_in_the_colour_asked_for(qapp, name):
    image = icons.pixmap(name, "#1F6F54", 48).toImage()
    inked = [image.pixelColor(x, y) for x in range(48) for y in range(48) if image.pixelColor(x, y).alpha() > 200]
    assert inked
    assert all(abs(c.red() - 0x1F) < 12 and abs(c.green() - 0x6F) < 12 for c in inked)


def test_every_icon_that_is_named_exists():
    wanted = {entry.icon for entry in PAGES} | {spec.icon for spec in ACTIONS if spec.icon}
    assert wanted <= set(NAMES)


def test_icons_are_one_set():
    for source in (PICTURES[name] for name in NAMES):
        assert 'viewBox="0 0 24 24"' in source
        assert 'stroke-width="1.5"' in source
        assert 'stroke="currentColor"' in source


def test_pictures_of_one_colour_serve_the_style_sheet_alone():
    style = resource("style.qss").read_text(encoding="utf-8")
    for name in set(PICTURES) - set(NAMES):
        assert name.split("-")[0] in style, f"{name} is used by nobody"


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_what_one_takes_hold_of_stands_out_from_the_hairlines(colours):
    assert contrast(colours.grip, colours.surface) > contrast(colours.line, colours.surface) + 0.4
