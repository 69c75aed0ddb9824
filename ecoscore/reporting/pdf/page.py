"""Pages that fill from top to bottom: margins, page numbers, watermark, bookmarks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from reportlab.lib.units import mm

from ecoscore.reporting.pdf.fonts import Faces, Role
from ecoscore.reporting.pdf.ink import Ink
from ecoscore.reporting.pdf.text import Typesetter

_PAGE_NUMBER_SIZE = 14.0
_PAGE_NUMBER_DROP = 7 * mm  # GB/T 9704: the dashes lie 7 mm below the text block
_WATERMARK_GREY = 0.92
_WATERMARK_SIZE = 76.0


@dataclass(frozen=True, slots=True)
class Format:
    """Paper and margins in points. `flat` papers (landscape) carry their page number in the middle."""

    width: float
    height: float
    top: float
    bottom: float
    left: float
    right: float
    flat: bool = False

    @property
    def measure(self) -> float:
        """The width of the text block."""
        return self.width - self.left - self.right

    @property
    def depth(self) -> float:
        """The height of the text block."""
        return self.height - self.top - self.bottom


# GB/T 9704-2012: 37 mm above, 28 mm at the binding edge, a block of 156 × 225 mm. A sheet lying down has the same block
# turned, its head towards the binding edge (clause 8).
PORTRAIT = Format(210 * mm, 297 * mm, 37 * mm, 35 * mm, 28 * mm, 26 * mm)
LANDSCAPE = Format(297 * mm, 210 * mm, 28 * mm, 26 * mm, 36 * mm, 36 * mm, flat=True)


class Paper:
    """A run of pages on a canvas with a pen that moves down. Nothing is drawn before `start`.

    In a bound volume `before` pages come first, and bookmarks lie one level down, the first of a `chapter` under it.
    """

    def __init__(
        self, canvas: Ink, faces: Faces, form: Format, *, watermark: str = "", foot: str = "",
        before: int | None = None, chapter: str = "",
    ) -> None:  # fmt: skip
        self.canvas = canvas
        self.form = form
        self.type = Typesetter(canvas, faces)
        self.watermark = watermark
        self.foot = foot
        self.page = before or 0
        self.y = 0.0
        self._started = False
        self._chapter = chapter
        self._depth = 0 if before is None else 1
        self.on_new_page: Callable[[], None] | None = None

    @property
    def is_bound(self) -> bool:
        """Whether these pages are part of a volume."""
        return bool(self._depth)

    @property
    def left(self) -> float:
        return self.form.left

    @property
    def width(self) -> float:
        return self.form.measure

    @property
    def right(self) -> float:
        return self.form.left + self.form.measure

    @property
    def room(self) -> float:
        """What is left of this page."""
        return self.y - self.form.bottom

    @property
    def fresh(self) -> bool:
        """Whether this page is still empty."""
        return self.y >= self.form.height - self.form.top - 0.01

    def start(self) -> None:
        """Begin the next page."""
        if self._started:
            self._finish()
        self._started = True
        self.page += 1
        self.canvas.setPageSize((self.form.width, self.form.height))
        self.y = self.form.height - self.form.top
        if self.watermark:
            self._draw_watermark()

    def end(self) -> None:
        """Finish the last page."""
        self._finish()

    def need(self, height: float) -> None:
        """Go to a new page unless `height` still fits on this one."""
        if self.room < height - 0.01 and not self.fresh:
            self.start()
            if self.on_new_page:
                self.on_new_page()

    def skip(self, height: float) -> None:
        """White space; none at the head of a page."""
        if not self.fresh:
            self.y -= min(height, max(self.room, 0.0))

    def line(self, text: str, role: Role, size: float, pitch: float, align: str = "left") -> None:
        """One line of text across the block."""
        baseline = self.y - (pitch + size * 0.76) / 2
        if align == "center":
            self.type.draw(self.left + self.width / 2, baseline, text, role, size, "center")
        elif align == "right":
            self.type.draw(self.right, baseline, text, role, size, "right")
        else:
            self.type.draw(self.left, baseline, text, role, size)
        self.y -= pitch

    def paragraph(
        self, text: str, role: Role, size: float, pitch: float, *, indent: float = 0.0, follow: float = 0.0
    ) -> None:
        """A justified paragraph, hung by `indent`, continued over pages line by line; what follows and is so high gets
        two of its lines for company where it must go to the next page.
        """
        width = self.width - indent
        lines = self.type.wrap(text, role, size, width)
        while lines:
            alone = follow and len(lines) * pitch <= self.room < len(lines) * pitch + follow
            self.need(pitch * min(2, len(lines)) if not alone or len(lines) > 3 else len(lines) * pitch + follow)
            fitting = max(1, int((self.room + 0.01) / pitch))
            if alone and len(lines) > 3 and fitting >= len(lines):
                fitting = len(lines) - 2
            if len(lines) - fitting == 1 and fitting > 1:
                fitting -= 1  # never one line alone on the next page
            now, lines = lines[:fitting], lines[fitting:]
            tail = [""] if lines else []
            self.y = self.type.paragraph(self.left + indent, self.y, [*now, *tail], role, size, pitch, width)
            self.y += pitch * len(tail)

    def bookmark(self, title: str, level: int = 0, *, closed: bool = False) -> None:
        """An entry of the outline that leads to here."""
        if self._chapter:
            opened, self._chapter = self._chapter, ""
            self._entry(opened, 0, closed=True)
        self._entry(title, level + self._depth, closed=closed or bool(self._depth and not level))

    def _entry(self, title: str, level: int, *, closed: bool) -> None:
        key = f"p{self.canvas.getPageNumber()}-{level}-{self.y:.2f}-{title}"
        self.canvas.bookmarkHorizontal(key, 0, self.y + 12)
        self.canvas.addOutlineEntry(title, key, level=level, closed=closed)

    def _finish(self) -> None:
        number = f"— {self.page} —"
        y = self.form.bottom - _PAGE_NUMBER_DROP - _PAGE_NUMBER_SIZE * 0.4
        # One character clear of the edge: odd pages on the right, even ones on the left (clause 7.5).
        if self.form.flat:
            self.type.draw(self.form.width / 2, y, number, Role.SONG, _PAGE_NUMBER_SIZE, "center")
        elif self.page % 2:
            self.type.draw(self.right - _PAGE_NUMBER_SIZE, y, number, Role.SONG, _PAGE_NUMBER_SIZE, "right")
        else:
            self.type.draw(self.left + _PAGE_NUMBER_SIZE, y, number, Role.SONG, _PAGE_NUMBER_SIZE)
        self._draw_foot(y)
        self.canvas.showPage()

    def _draw_foot(self, y: float) -> None:
        """Whose card this is and its check code, opposite the page number."""
        if not self.foot:
            return
        room = self.width / 2 - 34 if self.form.flat else self.width - 90
        size = self.type.fit(self.foot, Role.KAI, 9, room)
        if self.form.flat or self.page % 2:
            self.type.draw(self.left, y + 2, self.foot, Role.KAI, size)
        else:
            self.type.draw(self.right, y + 2, self.foot, Role.KAI, size, "right")

    def _draw_watermark(self) -> None:
        """Drawn once a file for each shape of page, and repeated."""
        canvas = self.canvas
        name = f"watermark-{self.form.width:.0f}"
        if not canvas.hasForm(name):
            canvas.beginForm(name, 0, 0, self.form.width, self.form.height)
            self._set_watermark()
            canvas.endForm()
        canvas.doForm(name)

    def _set_watermark(self) -> None:
        canvas = self.canvas
        canvas.saveState()
        canvas.translate(self.form.width / 2, self.form.height / 2)
        canvas.rotate(45 if not self.form.flat else 30)
        canvas.setFillGray(_WATERMARK_GREY)
        size = self.type.fit(self.watermark, Role.TITLE, _WATERMARK_SIZE, self.form.height * 0.8)
        self.type.draw(0, -size / 3, self.watermark, Role.TITLE, size, "center", spacing=8)
        canvas.restoreState()
