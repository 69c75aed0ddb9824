"""A drawing as a picture of dots, for documents that take no shapes: drawn by the same pen, seen through pdfium."""

from __future__ import annotations

import io

import pypdfium2

from ecoscore.reporting.charts import Drawing
from ecoscore.reporting.pdf.drawing import draw
from ecoscore.reporting.pdf.fonts import Faces, Role, bundled
from ecoscore.reporting.pdf.ink import Ink
from ecoscore.reporting.pdf.text import Typesetter

_DOTS_PER_POINT = 300 / 72
_MARGIN = 2.0


def png(drawing: Drawing, *, faces: Faces | None = None) -> bytes:
    """The drawing at 300 dots an inch in greys, as PNG."""
    chosen = faces or bundled()
    buffer = io.BytesIO()
    size = drawing.width + 2 * _MARGIN, drawing.height + 2 * _MARGIN
    canvas = Ink(buffer, size, chosen.name(Role.SONG))
    draw(Typesetter(canvas, chosen), drawing, _MARGIN, _MARGIN)
    canvas.showPage()
    canvas.save()
    document = pypdfium2.PdfDocument(buffer.getvalue())
    image = document[0].render(scale=_DOTS_PER_POINT, grayscale=True).to_pil()
    out = io.BytesIO()
    image.save(out, format="PNG", optimize=True, dpi=(300, 300))
    document.close()
    return out.getvalue()
