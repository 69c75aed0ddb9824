"""Setting text on a page: measured, fitted, aligned, in as many faces as it needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from reportlab.pdfgen.canvas import Canvas

from ecoscore.reporting.pdf.fonts import Faces, Role, is_figure

Align = Literal["left", "center", "right"]
_LEAST_SIZE = 6.0


@dataclass(frozen=True, eq=False)
class Typesetter:
    """Text on one canvas in the faces of one folder. Sizes and places are in points, from the lower left corner."""

    canvas: Canvas
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
        out = self.canvas.beginText(x, y)
        figure = is_figure(text)
        current = 0.0
        for font, part, extra in self._runs(text, role, figure=figure):
            out.setFont(font, size)
            wanted = spacing + extra * size
            if wanted != current:
                out.setCharSpace(wanted)
                current = wanted
            out.textOut(part)
        if current:
            # Character spacing outlives the text object: left set, every later string would be letter-spaced.
            out.setCharSpace(0)
        self.canvas.drawText(out)

    def _runs(self, text: str, role: Role, *, figure: bool) -> list[tuple[str, str, float]]:
        runs: list[tuple[str, str, float]] = []
        for char in text:
            glyph = self.faces.glyph(role, char)
            extra = self.faces.figure_advance(role, char) - glyph.advance if figure else 0.0
            if runs and runs[-1][0] == glyph.font and runs[-1][2] == extra:
                runs[-1] = (glyph.font, runs[-1][1] + char, extra)
            else:
                runs.append((glyph.font, char, extra))
        return runs

    def paragraph(
        self, x: float, y: float, lines: Sequence[str], role: Role, size: float, pitch: float, width: float
    ) -> float:
        """Lines from the top edge `y` down, justified but for the last; the y of the lower edge."""
        loosest = max(2.2 * size, 0.14 * width)  # a number that went to the next line whole leaves a long line short
        for n, line in enumerate(lines):
            slack = width - self.width(line, role, size)
            last = n == len(lines) - 1
            spacing = slack / (len(line) - 1) if not last and len(line) > 1 and 0 < slack < loosest else 0.0
            self.draw(x, y - (pitch + size * 0.76) / 2, line, role, size, spacing=spacing)
            y -= pitch
        return y
