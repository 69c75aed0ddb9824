"""Charts as neutral shapes, drawn once: on paper through reportlab, on the screen as SVG.

Places are in points from the lower left corner of a drawing. Everything is black, grey or white and told apart by form
as well: one's own values are solid, the peers' are hollow or dashed.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from xml.sax.saxutils import escape

from ecoscore.reporting.view_parts import GroupIndex

Anchor = Literal["start", "middle", "end"]
BLACK, DARK, LIGHT, WHITE = 0.0, 0.25, 0.72, 1.0


@dataclass(frozen=True, slots=True)
class Line:
    x1: float
    y1: float
    x2: float
    y2: float
    width: float = 0.5
    grey: float = BLACK
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Polygon:
    """A closed outline; `fill` is a grey or None."""

    points: tuple[tuple[float, float], ...]
    width: float = 0.5
    grey: float = BLACK
    fill: float | None = None
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Circle:
    x: float
    y: float
    radius: float
    fill: float = BLACK


@dataclass(frozen=True, slots=True)
class Label:
    """A line of text with its baseline at `y`; `strong` is for titles."""

    x: float
    y: float
    text: str
    size: float
    anchor: Anchor = "start"
    strong: bool = False


Shape = Line | Polygon | Circle | Label


@dataclass(frozen=True, slots=True)
class Drawing:
    """Shapes in the order they are drawn, back to front."""

    width: float
    height: float
    shapes: tuple[Shape, ...]
    title: str = ""


def text_width(text: str, size: float) -> float:
    """An upper estimate of a text's width, the same on paper and on screen."""
    return size * sum(1.0 if unicodedata.east_asian_width(c) in "WFA" else 0.58 for c in text)


def box(x: float, y: float, width: float, height: float, fill: float | None) -> Polygon:
    return Polygon(((x, y), (x + width, y), (x + width, y + height), (x, y + height)), 0.6, BLACK, fill)


def fold(text: str, size: float, width: float, most: int = 2, height: float = math.inf) -> tuple[list[str], float]:
    """A label in at most `most` lines of `width`, together within `height`; smaller if need be."""
    while True:
        per_line = max(1, int(width / size))
        if text_width(text, size) <= width:
            return [text], size
        lines = _in_lines(text, min(most, math.ceil(len(text) / per_line)))
        fits = all(text_width(line, size) <= width for line in lines) and len(lines) * size * 1.1 <= height
        if fits or size <= 5:
            return lines, size
        size -= 0.25


def _in_lines(text: str, most: int) -> list[str]:
    """Lines of about one length, a number or a Latin word never torn."""
    pieces = _PIECE.findall(text)
    target = text_width(text, 1.0) / most
    while True:
        lines = [""]
        for piece in pieces:
            if lines[-1] and text_width(lines[-1] + piece, 1.0) > target + 1e-9:
                lines.append("")
            lines[-1] += piece
        if len(lines) <= most:
            return lines
        target += 0.25


_PIECE = re.compile(r"[0-9A-Za-z.%]+|.", re.DOTALL)
_LABEL_SIZE = 8.0
_BAR_STEP, _BAR_STEP_PLAIN = 18.5, 16.0
_FOLD_BEYOND = 72.5


def least_height(groups: Sequence[GroupIndex]) -> float:
    """The least height at which every group's bars and title are legible."""
    folded = any(text_width(g.title, _LABEL_SIZE) > _FOLD_BEYOND for g in groups)
    return 28 + (_BAR_STEP if folded else _BAR_STEP_PLAIN) * len(groups)


# Bars -----------------------------------------------------------------------------------------------------------


def group_bars(groups: Sequence[GroupIndex], width: float, height: float, *, own: str, peers: str) -> Drawing:
    """Each group's index as a solid bar, the peers' mean as a hollow one below it, on one scale from 0 to 100."""
    size = _LABEL_SIZE
    top = height - 16
    widest = max((text_width(g.title, size) for g in groups), default=0)
    label = min(widest, width * 0.3) + 4
    scale = (width - label - 34) / max(100.0, *(_raw(f.raw) for g in groups for f in (g.index, g.peer_mean)))
    shapes: list[Shape] = list(_legend(width, height - 9, own, peers, size, bars=True))
    axis = 12.0
    for tick in (0, 20, 40, 60, 80, 100):
        x = label + tick * scale
        shapes.append(Line(x, axis, x, axis + 2.5, 0.5))
        shapes.append(Label(x, axis - 9, str(tick), 7, "middle"))
    step = (top - axis) / max(1, len(groups))
    thick = min(10.0, step * 0.43)
    for n, group in enumerate(groups):
        middle = top - (n + 0.5) * step
        shapes += _group_bar(group, (label, middle), step, thick, scale)
    shapes.append(Line(label, axis, label, top, 0.7))
    shapes.append(Line(label, axis, label + 100 * scale, axis, 0.7))
    return Drawing(width, height, tuple(shapes), f"{own}各类指数与{peers}")


def _group_bar(g: GroupIndex, at: tuple[float, float], step: float, thick: float, scale: float) -> list[Shape]:
    """A pair of bars from the axis at `at`, with the group's title before and the figures behind them."""
    x, middle = at
    lines, folded = fold(g.title, _LABEL_SIZE, x - 4, height=step - 1)
    shapes: list[Shape] = []
    for n, line in enumerate(lines):
        y = middle + (len(lines) / 2 - n - 1) * folded * 1.1 + folded * 0.25
        shapes.append(Label(x - 4, y, line, folded, "end"))
    figure = min(7.5, thick * 0.95)  # less than a bar is thick, so that the figures of equal bars stay apart
    for value, y, fill in ((g.index, middle, DARK), (g.peer_mean, middle - thick, None)):
        shapes.append(box(x, y, max(0.0, _raw(value.raw)) * scale, thick, fill))
        shapes.append(
            Label(x + max(0.0, _raw(value.raw)) * scale + 3, y + (thick - figure * 0.72) / 2, value.text, figure)
        )
    return shapes


def ticks(low: float, high: float, most: int = 6) -> tuple[float, ...]:
    """Round numbers that span `low` to `high`, evenly spaced, at most `most` + 1 of them."""
    span = high - low if high > low else max(abs(high), 1.0) * 0.2
    rough = span / max(1, most - 1)
    size = 10.0 ** math.floor(math.log10(rough))
    step = next(n * size for n in (1, 2, 2.5, 5, 10) if n * size >= rough * 0.999999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return tuple(round(n * step, 10) for n in range(first, max(last, first + 1) + 1))


def _raw(value: float | None) -> float:
    return 0.0 if value is None or math.isnan(value) else value


def _legend(width: float, y: float, own: str, peers: str, size: float, *, bars: bool) -> list[Shape]:
    """Own and peers' mark with their names, centred."""
    both = text_width(own, size) + text_width(peers, size)
    if both + 66 > width:
        size *= (width - 66) / both
    x = (width - text_width(own, size) - text_width(peers, size) - 66) / 2
    shapes: list[Shape] = []
    if bars:
        shapes.append(box(x, y, 18, 6, DARK))
    else:
        shapes += [Line(x, y + 3, x + 18, y + 3, 1.4), Circle(x + 9, y + 3, 1.9)]
    shapes.append(Label(x + 22, y, own, size))
    x += 22 + text_width(own, size) + 18
    if bars:
        shapes.append(box(x, y, 18, 6, None))
    else:
        shapes += [Line(x, y + 3, x + 18, y + 3, 0.8, BLACK, (3, 2)), Circle(x + 9, y + 3, 1.9, WHITE)]
    shapes.append(Label(x + 22, y, peers, size))
    return shapes


# Radar ----------------------------------------------------------------------------------------------------------

RADAR_LEAST, RADAR_MOST = 3, 14


def group_radar(groups: Sequence[GroupIndex], width: float, height: float, *, own: str, peers: str) -> Drawing | None:
    """The groups' indices around a centre; None where there are too few or too many groups for it to be read."""
    if not RADAR_LEAST <= len(groups) <= RADAR_MOST:
        return None
    size = 8.0 if len(groups) <= 8 else 7.0
    centre = width / 2, (height - 14) / 2
    radius = min(width / 2 - 44, (height - 14) / 2 - 1.7 * size)

    def at(n: int, value: float, reach: float = 0.0) -> tuple[float, float]:
        angle = 2 * math.pi * n / len(groups)
        length = radius * value / 100 + reach
        return centre[0] + length * math.sin(angle), centre[1] + length * math.cos(angle)

    spokes = range(len(groups))
    shapes: list[Shape] = list(_legend(width, height - 9, own, peers, size, bars=False))
    for ring in (20, 40, 60, 80, 100):
        outline = 0.6 if ring == 100 else 0.35
        shapes.append(Polygon(tuple(at(n, ring) for n in spokes), outline, LIGHT))
    shapes += [Line(*centre, *at(n, 100), 0.35, LIGHT) for n in spokes]
    for line_width, dash, fill, values in (
        (0.8, (3.0, 2.0), WHITE, [g.peer_mean for g in groups]),
        (1.4, (), BLACK, [g.index for g in groups]),
    ):
        corners = tuple(at(n, min(100.0, max(0.0, _raw(v.raw)))) for n, v in enumerate(values))
        shapes.append(Polygon(corners, line_width, BLACK, None, dash))
        shapes += [Circle(x, y, 1.9, fill) for x, y in corners]
    for n, group in enumerate(groups):
        shapes += _spoke_label(group, at(n, 100, 6), centre, width, size)
    return Drawing(width, height, tuple(shapes), f"{own}各类指数雷达图")


def _spoke_label(
    g: GroupIndex, tip: tuple[float, float], centre: tuple[float, float], width: float, size: float
) -> list[Shape]:
    x, y = tip
    anchor: Anchor = "middle" if abs(x - centre[0]) < 4 else "start" if x > centre[0] else "end"
    room = {"start": width - x, "end": x, "middle": width}[anchor]
    lines, folded = fold(g.title, size, max(room, 12), 3)
    pitch = folded * 1.12
    up = y > centre[1] + 2
    first = (
        y + pitch * (len(lines) - 1) if anchor == "middle" and up else y + pitch * (len(lines) / 2 - 1) + pitch * 0.2
    )
    if anchor == "middle" and not up:
        first = y - folded * 0.85
    return [Label(x, first - n * pitch, line, folded, anchor) for n, line in enumerate(lines)]


# SVG ------------------------------------------------------------------------------------------------------------

_SVG_FONT = "'Microsoft YaHei UI','Noto Sans SC',sans-serif"


def svg(drawing: Drawing, *, ink: str = "#000000", paper: str = "#FFFFFF") -> str:
    """The drawing as SVG text; greys are mixed between `ink` and `paper`, so that it follows a dark window too."""
    parts = [_svg_shape(shape, drawing.height, ink, paper) for shape in drawing.shapes]
    size = f"{drawing.width:.2f}", f"{drawing.height:.2f}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size[0]}" height="{size[1]}" '
        f'viewBox="0 0 {size[0]} {size[1]}"><title>{escape(drawing.title)}</title>' + "".join(parts) + "</svg>"
    )


def _svg_shape(shape: Shape, height: float, ink: str, paper: str) -> str:
    def colour(grey: float | None) -> str:
        return "none" if grey is None else _mix(ink, paper, grey)

    if isinstance(shape, Label):
        weight = ' font-weight="bold"' if shape.strong else ""
        return (
            f'<text x="{shape.x:.2f}" y="{height - shape.y:.2f}" font-size="{shape.size:.2f}" fill="{ink}" '
            f'text-anchor="{shape.anchor}" font-family="{_SVG_FONT}"{weight}>{escape(shape.text)}</text>'
        )
    if isinstance(shape, Circle):
        return (
            f'<circle cx="{shape.x:.2f}" cy="{height - shape.y:.2f}" r="{shape.radius:.2f}" '
            f'fill="{colour(shape.fill)}" stroke="{ink}" stroke-width="0.6"/>'
        )
    dash = f' stroke-dasharray="{" ".join(f"{d:g}" for d in shape.dash)}"' if shape.dash else ""
    stroke = f'stroke="{colour(shape.grey)}" stroke-width="{shape.width:g}"{dash}'
    if isinstance(shape, Line):
        return (
            f'<line x1="{shape.x1:.2f}" y1="{height - shape.y1:.2f}" x2="{shape.x2:.2f}" '
            f'y2="{height - shape.y2:.2f}" {stroke}/>'
        )
    points = " ".join(f"{x:.2f},{height - y:.2f}" for x, y in shape.points)
    return f'<polygon points="{points}" fill="{colour(shape.fill)}" {stroke}/>'


def _mix(ink: str, paper: str, grey: float) -> str:
    """A colour `grey` of the way from ink to paper."""
    pairs = [(int(ink[n : n + 2], 16), int(paper[n : n + 2], 16)) for n in (1, 3, 5)]
    return "#" + "".join(f"{round(a + (b - a) * grey):02X}" for a, b in pairs)
