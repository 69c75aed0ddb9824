"""Neutral shapes drawn on a page as vectors."""

from __future__ import annotations

from ecoscore.reporting.charts import Circle, Drawing, Label, Line, Polygon
from ecoscore.reporting.pdf.fonts import Role
from ecoscore.reporting.pdf.text import Align, Typesetter

_ALIGN: dict[str, Align] = {"start": "left", "middle": "center", "end": "right"}


def draw(setter: Typesetter, drawing: Drawing, x: float, y: float) -> None:
    """Draw with the lower left corner at (x, y)."""
    canvas = setter.canvas
    canvas.saveState()
    canvas.setLineJoin(1)
    for shape in drawing.shapes:
        if isinstance(shape, Label):
            role = Role.HEI if shape.strong else Role.SONG
            setter.draw(x + shape.x, y + shape.y, shape.text, role, shape.size, _ALIGN[shape.anchor])
        elif isinstance(shape, Circle):
            canvas.setLineWidth(0.6)
            canvas.setStrokeGray(0)
            canvas.setDash()
            canvas.setFillGray(shape.fill)
            canvas.circle(x + shape.x, y + shape.y, shape.radius, stroke=1, fill=1)
            canvas.setFillGray(0)
        else:
            _stroke(setter, shape, x, y)
    canvas.restoreState()


def _stroke(setter: Typesetter, shape: Line | Polygon, x: float, y: float) -> None:
    canvas = setter.canvas
    canvas.setLineWidth(shape.width)
    canvas.setStrokeGray(shape.grey)
    canvas.setDash(list(shape.dash))
    if isinstance(shape, Line):
        canvas.line(x + shape.x1, y + shape.y1, x + shape.x2, y + shape.y2)
        return
    path = canvas.beginPath()
    path.moveTo(x + shape.points[0][0], y + shape.points[0][1])
    for px, py in shape.points[1:]:
        path.lineTo(x + px, y + py)
    path.close()
    if shape.fill is not None:
        canvas.setFillGray(shape.fill)
    canvas.drawPath(path, stroke=1, fill=int(shape.fill is not None))
    canvas.setFillGray(0)
