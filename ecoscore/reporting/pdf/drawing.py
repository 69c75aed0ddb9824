"""Neutral shapes drawn on a page as vectors."""

from __future__ import annotations

from ecoscore.reporting.charts import Circle, Drawing, Label, Line, Polygon
from ecoscore.reporting.pdf.fonts import Role
from ecoscore.reporting.pdf.text import Align, Typesetter

_ALIGN: dict[str, Align] = {"start": "left", "middle": "center", "end": "right"}
_ROUND = 0.5523  # of the radius: where the handles of a quarter circle lie


def draw(setter: Typesetter, drawing: Drawing, x: float, y: float) -> None:
    """Draw with the lower left corner at (x, y)."""
    literal = setter.canvas.addLiteral
    literal("q 1 j")
    for shape in drawing.shapes:
        if isinstance(shape, Label):
            role = Role.HEI if shape.strong else Role.SONG
            setter.draw(x + shape.x, y + shape.y, shape.text, role, shape.size, _ALIGN[shape.anchor])
        elif isinstance(shape, Circle):
            literal(f"q 0.6 w 0 G {shape.fill:g} g {_circle(x + shape.x, y + shape.y, shape.radius)} b Q")
        else:
            literal(_stroke(shape, x, y))
    literal("Q")


def _circle(x: float, y: float, radius: float) -> str:
    """Four quarters as curves, from the right round."""
    r, h = radius, radius * _ROUND
    quarters = (
        (r, h, h, r, 0.0, r), (-h, r, -r, h, -r, 0.0), (-r, -h, -h, -r, 0.0, -r), (h, -r, r, -h, r, 0.0),
    )  # fmt: skip
    curves = " ".join(
        f"{x + a:.2f} {y + b:.2f} {x + c:.2f} {y + d:.2f} {x + e:.2f} {y + f:.2f} c" for a, b, c, d, e, f in quarters
    )
    return f"{x + r:.2f} {y:.2f} m {curves}"


def _stroke(shape: Line | Polygon, x: float, y: float) -> str:
    dash = f"[{' '.join(f'{d:g}' for d in shape.dash)}] 0 d "
    style = f"q {shape.width:g} w {shape.grey:g} G {dash if shape.dash else ''}"
    if isinstance(shape, Line):
        return f"{style}{x + shape.x1:.2f} {y + shape.y1:.2f} m {x + shape.x2:.2f} {y + shape.y2:.2f} l S Q"
    path = " l ".join(f"{x + px:.2f} {y + py:.2f}" for px, py in shape.points).replace(" l ", " m ", 1)
    if shape.fill is None:
        return f"{style}{path} l s Q"
    return f"{style}{shape.fill:g} g {path} l b Q"
