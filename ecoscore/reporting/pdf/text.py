"""Setting text on a page: measured, fitted, aligned, in as many faces as it needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ecoscore.reporting.pdf.fonts import Faces, Role
from ecoscore.reporting.pdf.ink import Ink

Align = Literal["left", "center", "right"]
Cell = tuple[tuple[str, ...], float]
_LEAST_SIZE = 6.0
_SHRINK = 0.9  # a cell's text is set up to a tenth smaller before it takes a second line
_REMEMBERED = 4096  # cells; cards share most of theirs


@dataclass(frozen=True, eq=False)
class Typesetter:
    """Text on one canvas in the faces of one folder. Sizes and places are in points, from the lower left corner."""

    canvas: Ink
    faces: Faces

    def width(self, text: str, role: Role, size: float) -> float:
        return size * self.faces.ems(text, role)

    def wrap(self, text: str, role: Role, size: float, width: float) -> list[str]:
        return list(self.faces.broken(text, role, size, width))

    def balanced(self, text: str, role: Role, size: float, width: float) -> list[str]:
        """As few lines as `wrap` needs, of nearly equal length: no line of a single character in a heading."""
        lines = self.wrap(text, role, size, width)
        if len(lines) < 2 or "\n" in text:
            return lines
        even = self.width(text, role, size) / len(lines)
        steps = (even + n * size / 2 for n in range(1, 2 * len(text)))
        return next((t for w in steps if w < width and len(t := self.wrap(text, role, size, w)) == len(lines)), lines)

    def fit(self, text: str, role: Role, size: float, width: float, least: float = _LEAST_SIZE) -> float:
        """The size, at most `size`, at which a text fits in `width` on one line; `least` where it never does."""
        natural = self.width(text, role, size)
        if natural <= width:
            return size
        return max(least, int(size * width / natural * 20) / 20)

    def draw(
        self, x: float, y: float, text: str, role: Role, size: float, align: Align = "left", spacing: float = 0.0
    ) -> None:
        """One line with its baseline at `y`; `x` is its left end, middle or right end. `spacing` is put after each
        character. Figures are set with equal widths, so that columns of them stand in line.
        """
        if not text:
            return
        if align != "left":
            width = self.width(text, role, size) + spacing * (len(text) - 1)
            x -= width if align == "right" else width / 2
        self.canvas.show(x, y, self.faces.runs(text, role), size, spacing)

    def cell(self, text: str, role: Role, size: float, width: float, *, keep: bool) -> Cell:
        """The lines of a table's cell and the size they are set in; `keep` shrinks a text rather than break it."""
        key = text, role, size, width, keep
        found = self.faces.cells.get(key)
        if found is None:
            if len(self.faces.cells) >= _REMEMBERED:
                self.faces.cells.clear()
            found = self.faces.cells[key] = self._cell(*key)
        return found

    def _cell(self, text: str, role: Role, size: float, width: float, keep: bool) -> Cell:
        if "\n" in text:
            parts = [self.cell(part, role, size, width, keep=keep) for part in text.split("\n")]
            return tuple(line for lines, _ in parts for line in lines), min(fitted for _, fitted in parts)
        fitted = self.fit(text, role, size, width)
        if fitted >= size * _SHRINK or (keep and self.width(text, role, fitted) <= width):
            return (text,), fitted
        if role is Role.HEI:
            return tuple(self.balanced(text, role, size, width)), size
        return tuple(self.wrap(text, role, size, width)), size

    def paragraph(
        self, x: float, y: float, lines: Sequence[str], role: Role, size: float, pitch: float, width: float
    ) -> float:
        """Lines from the top edge `y` down, justified but for the last; the y of the lower edge."""
        loosest = max(2.2 * size, 0.19 * width)  # a number that went to the next line whole leaves a long line short
        for n, line in enumerate(lines):
            slack = width - self.width(line, role, size)
            last = n == len(lines) - 1
            spacing = slack / (len(line) - 1) if not last and len(line) > 1 and 0 < slack < loosest else 0.0
            self.draw(x, y - (pitch + size * 0.76) / 2, line, role, size, spacing=spacing)
            y -= pitch
        return y
