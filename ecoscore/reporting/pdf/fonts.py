"""The faces of the papers by role, registered once a process, with a fallback for every single character."""

from __future__ import annotations

import struct
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache, cached_property, lru_cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics, ttfonts

from ecoscore.errors import EnvironmentFailed, InputRefused
from ecoscore.paths import resource
from ecoscore.reporting.pdf.ink import Run
from ecoscore.reporting.pdf.linebreak import wrap


class Role(StrEnum):
    """What a text is, in the words of GB/T 9704; the face follows from it."""

    TITLE = "小标宋"
    FANGSONG = "仿宋"
    KAI = "楷体"
    HEI = "黑体"
    SONG = "宋体"


_FILES = {
    Role.TITLE: "serif-black.ttf",
    Role.FANGSONG: "fangsong.ttf",
    Role.KAI: "kai-gblite.ttf",
    Role.HEI: "sans-bold.ttf",
    Role.SONG: "serif-regular.ttf",
}
_FALLBACK = ("serif-regular.ttf", "sans-regular.ttf", "kai-gblite.ttf", "fangsong.ttf")
# Figures and Latin letters of 仿宋 and 楷体 come from 宋体: their own figures are old-style or hand-drawn.
_LATIN_FROM_SONG = frozenset({Role.FANGSONG, Role.KAI})

_lock = threading.Lock()


_FIGURE = frozenset("0123456789.+−-%—")


def is_figure(text: str) -> bool:
    """Whether a text is a number as a column of figures shows it."""
    return _FIGURE.issuperset(text)


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character in the face that draws it; `advance` in ems."""

    font: str
    advance: float


@dataclass(frozen=True, slots=True)
class FontFile:
    """A face in a file, of a collection the one at `index`."""

    path: Path
    index: int = 0


@dataclass(frozen=True, eq=False)
class Faces:
    """The faces of a folder of font files, some roles by `own` ones of the machine instead. Every lookup is cached: a
    card asks for the same 500 characters.
    """

    folder: Path
    own: Mapping[Role, FontFile] = field(default_factory=dict)
    _loaded: dict[FontFile, ttfonts.TTFont] = field(default_factory=dict)
    _glyphs: dict[tuple[Role, str], Glyph] = field(default_factory=dict)
    cells: dict[tuple[str, Role, float, float, bool], tuple[tuple[str, ...], float]] = field(default_factory=dict)

    def glyph(self, role: Role, char: str) -> Glyph:
        """The face for a character: the role's own, else a fallback. InputRefused if no face has it."""
        found = self._glyphs.get((role, char))
        if found is None:
            found = self._glyphs[role, char] = self._find(role, char)
        return found

    @cached_property
    def ems(self) -> Callable[[str, Role], float]:
        """The width of a text in ems. Cards share most of their words, so the last few thousand are remembered."""

        @lru_cache(maxsize=4096)
        def measured(text: str, role: Role) -> float:
            if is_figure(text):
                return sum(self.figure_advance(role, char) for char in text)
            return sum(self.glyph(role, char).advance for char in text)

        return measured

    @cached_property
    def runs(self) -> Callable[[str, Role], tuple[Run, ...]]:
        """A text cut where the face changes; remembered likewise."""

        @lru_cache(maxsize=4096)
        def cut(text: str, role: Role) -> tuple[Run, ...]:
            figure = is_figure(text)
            found: list[Run] = []
            for char in text:
                glyph = self.glyph(role, char)
                extra = self.figure_advance(role, char) - glyph.advance if figure else 0.0
                if found and found[-1][0] == glyph.font and found[-1][2] == extra:
                    found[-1] = (glyph.font, found[-1][1] + char, extra)
                else:
                    found.append((glyph.font, char, extra))
            return tuple(found)

        return cut

    @cached_property
    def broken(self) -> Callable[[str, Role, float, float], tuple[str, ...]]:
        """A text in lines of a width, remembered likewise."""

        @lru_cache(maxsize=4096)
        def lines(text: str, role: Role, size: float, width: float) -> tuple[str, ...]:
            return tuple(wrap(text, width, lambda part: size * self.ems(part, role)))

        return lines

    @cached_property
    def _figure_width(self) -> float:
        return max(self.glyph(Role.SONG, digit).advance for digit in "0123456789")

    def figure_advance(self, role: Role, char: str) -> float:
        """The advance in a column of figures, where the narrow 1 takes the room of any digit."""
        own = self.glyph(role, char).advance
        return max(own, self._figure_width) if char == "1" and role is not Role.HEI else own

    def name(self, role: Role) -> str:
        """The registered name of a role's own face."""
        return str(self._face(self._file(role)).fontName)

    def _file(self, role: Role) -> FontFile:
        """Where a role's own face lies."""
        return self.own.get(role) or FontFile(self.folder / _FILES[role])

    def _find(self, role: Role, char: str) -> Glyph:
        first = self._file(role)
        if role in _LATIN_FROM_SONG and char.isascii():
            first = self._file(Role.SONG)
        code = ord(char)
        bundled = (FontFile(self.folder / file) for file in (_FILES[role], *_FALLBACK))
        for file in dict.fromkeys((first, self._file(role), *bundled)):
            face = self._face(file)
            if code in face.face.charToGlyph:
                return Glyph(face.fontName, face.face.getCharWidth(code) / 1000)
        raise InputRefused(
            f"字体中没有字符「{char}」（U+{code:04X}），为免印成方框，没有写出文件",
            "请核对该字是否输入有误；确需使用时改用通用规范汉字，或在文件中写明读法",
        )

    def _face(self, file: FontFile) -> ttfonts.TTFont:
        with _lock:
            face = self._loaded.get(file)
            if face is None:
                face = self._loaded[file] = self._load(file)
            return face

    def _load(self, file: FontFile) -> ttfonts.TTFont:
        path = file.path
        name = f"eco-{path.stem}-{len(pdfmetrics._fonts)}"  # noqa: SLF001 - a name that no other font has
        try:
            face = ttfonts.TTFont(name, str(path), subfontIndex=file.index, shapable=False)
        except (OSError, ttfonts.TTFError, struct.error, LookupError, ValueError) as error:
            raise EnvironmentFailed(
                f"字体文件缺失或损坏：{path}", "请重新安装本软件，或从安装包中恢复 resources/fonts 文件夹"
            ) from error
        # A PDF tells embedded faces apart by their PostScript names: two equal ones would draw with one's glyphs.
        face.face.name = (
            face.face.name + b"-" + path.stem.encode("ascii", "ignore") + (b"-%d" % file.index if file.index else b"")
        )
        pdfmetrics.registerFont(face)
        return face


@cache
def bundled() -> Faces:
    """The open fonts that ship with the product: the same page on every machine."""
    return Faces(resource("fonts"))
