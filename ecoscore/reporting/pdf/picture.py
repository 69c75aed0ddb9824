"""A drawing as a picture of dots, for documents that take no shapes: drawn by the same pen, seen through pdfium."""

from __future__ import annotations

import io

import pypdfium2
from PIL import Image, ImageChops

from ecoscore.reporting.charts import Drawing
from ecoscore.reporting.pdf.drawing import draw
from ecoscore.reporting.pdf.fonts import Faces, Role, bundled
from ecoscore.reporting.pdf.ink import Ink
from ecoscore.reporting.pdf.text import Typesetter

_DOTS_PER_POINT = 300 / 72
_MARGIN = 2.0


def png(drawing: Drawing, *, faces: Faces | None = None) -> bytes:
    """The drawing at 300 dots an inch in greys, as PNG on no ground."""
    chosen = faces or bundled()
    buffer = io.BytesIO()
    size = drawing.width + 2 * _MARGIN, drawing.height + 2 * _MARGIN
    canvas = Ink(buffer, size, chosen.name(Role.SONG))
    draw(Typesetter(canvas, chosen), drawing, _MARGIN, _MARGIN)
    canvas.showPage()
    canvas.save()
    document = pypdfium2.PdfDocument(buffer.getvalue())
    shades = document[0].render(scale=_DOTS_PER_POINT, grayscale=True).to_pil()
    # Black, as opaque as the dot was dark: paper and what lies on it, a draft's mark, show through.
    image = Image.merge("LA", (Image.new("L", shades.size), ImageChops.invert(shades)))
    out = io.BytesIO()
    image.save(out, format="PNG", optimize=True, dpi=(300, 300))
    document.close()
    return out.getvalue()
