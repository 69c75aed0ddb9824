"""The machine's own 小标宋, 仿宋, 楷体, 黑体, 宋体: found by what their tables say, and probed before they are used."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont, TTLibError
from fontTools.ttLib.ttCollection import TTCollection

from ecoscore.errors import InputRefused
from ecoscore.paths import resource
from ecoscore.reporting.pdf.fonts import Faces, FontFile, Role

# By the family name inside the font, whatever the file is called; of several the first is preferred.
_FAMILIES: Mapping[Role, tuple[str, ...]] = {
    Role.TITLE: (
        "方正小标宋简体", "FZXiaoBiaoSong-B05S", "方正小标宋_GBK", "FZXiaoBiaoSong-B05", "FZXiaoBiaoSong-B05(GBK)",
        "华文中宋", "STZhongsong",
    ),
    Role.FANGSONG: ("仿宋_GB2312", "FangSong_GB2312", "仿宋", "FangSong", "华文仿宋", "STFangsong"),
    Role.KAI: ("楷体_GB2312", "KaiTi_GB2312", "楷体", "KaiTi", "华文楷体", "STKaiti"),
    Role.HEI: ("黑体", "SimHei", "华文黑体", "STHeiti"),
    Role.SONG: ("宋体", "SimSun", "新宋体", "NSimSun", "华文宋体", "STSong"),
}  # fmt: skip
_ENDINGS = frozenset({".ttf", ".ttc", ".otf"})
_FAMILY_IDS = frozenset({1, 16})
_RESTRICTED = 0x0002  # OS/2 fsType: may not be embedded at all
_NO_SUBSETS = 0x0100
_MISSING_MOST = 60  # of the 3755 common characters; single ones are taken from another face
_DRAWN = "区县绿色政绩考核成绩单一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Refused:
    """A font that is there and is not used, with the reason."""

    role: Role
    path: Path
    reason: str


@dataclass(frozen=True, slots=True)
class Found:
    """The fonts that passed, by role, and those that did not."""

    fonts: Mapping[Role, FontFile] = field(default_factory=dict)
    refused: tuple[Refused, ...] = ()

    @property
    def told(self) -> tuple[str, ...]:
        """For people: of each role what is used, and why not the machine's own."""
        lines = []
        for role in Role:
            reasons = [f"{r.path.name}：{r.reason}" for r in self.refused if r.role is role]
            if role in self.fonts:
                lines.append(f"{role.value}：{self.fonts[role].path.name}")
            else:
                lines.append(f"{role.value}：用自带字体（{'；'.join(reasons) or '本机没有找到'}）")
        return tuple(lines)


def folders() -> tuple[Path, ...]:
    """Where this system keeps fonts."""
    home = Path.home()
    if sys.platform == "win32":
        windows = Path(os.environ.get("SYSTEMROOT", r"C:\Windows")) / "Fonts"
        local = Path(os.environ.get("LOCALAPPDATA", str(home / "AppData" / "Local")))
        return windows, local / "Microsoft" / "Windows" / "Fonts"
    if sys.platform == "darwin":
        return Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library" / "Fonts"
    return (
        Path("/usr/share/fonts"),
        Path("/usr/local/share/fonts"),
        home / ".local" / "share" / "fonts",
        home / ".fonts",
    )


def find(places: Sequence[Path] | None = None) -> Found:
    """Look through the folders; every candidate is probed, the most preferred that passes is taken."""
    candidates: dict[Role, list[tuple[int, FontFile]]] = {role: [] for role in Role}
    for file, families in _all(places if places is not None else folders()):
        for role, names in _FAMILIES.items():
            order = [n for n, name in enumerate(names) if name.casefold() in families]
            if order:
                candidates[role].append((order[0], file))
    fonts: dict[Role, FontFile] = {}
    refused: list[Refused] = []
    for role, found in candidates.items():
        for _, file in sorted(found, key=lambda pair: (pair[0], str(pair[1].path), pair[1].index)):
            reason = probe(file)
            if not reason:
                fonts[role] = file
                break
            refused.append(Refused(role, file.path, reason))
    return Found(fonts, tuple(refused))


def _all(places: Iterable[Path]) -> Iterator[tuple[FontFile, set[str]]]:
    """Every face below the folders with its family names; what cannot be read is no font."""
    for place in places:
        for path in sorted(p for p in place.rglob("*") if p.suffix.lower() in _ENDINGS):
            try:
                yield from _faces_in(path)
            except (TTLibError, OSError, ValueError, LookupError, AssertionError):
                continue


def _faces_in(path: Path) -> Iterator[tuple[FontFile, set[str]]]:
    if path.suffix.lower() == ".ttc":
        with TTCollection(str(path), lazy=True) as collection:
            for index, font in enumerate(collection.fonts):
                yield FontFile(path, index), _families(font)
        return
    with TTFont(str(path), lazy=True) as font:
        yield FontFile(path), _families(font)


def _families(font: TTFont) -> set[str]:
    return {str(r.toUnicode(errors="replace")).casefold() for r in font["name"].names if r.nameID in _FAMILY_IDS}


def probe(file: FontFile) -> str:
    """Why a face cannot be used, "" where it can: outlines, permission, characters, drawn glyphs."""
    try:
        with TTFont(str(file.path), lazy=True, fontNumber=file.index) as font:
            return _fault(font)
    except (TTLibError, OSError, ValueError, LookupError, AssertionError):
        return "字体文件已损坏，不能读取"


def _fault(font: TTFont) -> str:
    if "glyf" not in font:
        return "轮廓格式为 OpenType（CFF），不能嵌入 PDF"
    rights = font["OS/2"].fsType if "OS/2" in font else 0
    if rights & 0x000F == _RESTRICTED:
        return "字体不允许嵌入文档"
    if rights & _NO_SUBSETS:
        return "字体不允许只嵌入用到的字"
    known = font.getBestCmap() or {}
    missing = [c for c in common_characters() if ord(c) not in known]
    if len(missing) > _MISSING_MOST:
        return f"缺 {len(missing)} 个常用字（如 {'、'.join(missing[:5])}）"
    glyphs = font["glyf"]
    blank = [c for c in _DRAWN if ord(c) in known and not glyphs[known[ord(c)]].numberOfContours]
    if blank:
        return f"有的字没有笔画（如 {'、'.join(blank[:5])}）"
    return ""


@cache
def common_characters() -> str:
    """The 3755 common characters of GB 2312."""
    rows = (bytes((row, cell)) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF))
    return "".join(pair.decode("gb2312", "ignore") for pair in rows)


@cache
def machine_fonts() -> Found:
    """What this machine has, looked for once."""
    return find()


def faces_of(setting: str) -> Faces:
    """The faces for a setting: "system" for the machine's own, each role falling back to the bundled one.

    InputRefused, with the reason of every font looked at, where the machine has none that can be used.
    """
    if setting != "system":
        raise InputRefused(f"没有这种字体设置：{setting}", "可选：bundled（自带字体）、system（本机字体）")
    found = machine_fonts()
    if not found.fonts:
        raise InputRefused("本机没有可用的小标宋、仿宋、楷体、黑体、宋体", "；".join(found.told) + "。请用自带字体")
    return Faces(resource("fonts"), found.fonts)
