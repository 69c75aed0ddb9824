"""Charts of one district over time: an indicator's course with its target, and how one total became the next."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ecoscore.reporting.charts import (
    DARK,
    WHITE,
    Circle,
    Drawing,
    Label,
    Line,
    Polygon,
    Shape,
    box,
    fold,
    text_width,
    ticks,
)

_SIZE = 7.5
_Place = Callable[[int, float], tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Moment:
    """A value at a time; NaN where none was reported, which leaves a gap."""

    label: str
    value: float
    text: str


def trend(
    moments: Sequence[Moment],
    width: float,
    height: float,
    *,
    title: str,
    target: float = math.nan,
    target_text: str = "",
) -> Drawing:
    """A line through the reported values, each with its figure; the target as a dashed line that is named at its end."""
    known = [m.value for m in moments if not math.isnan(m.value)]
    wanted = [] if math.isnan(target) else [target]
    low, high = (min(known + wanted), max(known + wanted)) if known or wanted else (0.0, 1.0)
    scale = ticks(low - (high - low) * 0.18, high + (high - low) * 0.18, 5)
    if low >= 0 > scale[0]:
        scale = ticks(0.0, high * 1.16 or 1.0, 5)
    left = max(text_width(f"{t:g}", 7) for t in scale) + 7
    bottom, top = 15.0, height - 15.0
    right = width - (text_width(target_text, 7) + 6 if wanted and target_text else 8)

    def at(n: int, value: float) -> tuple[float, float]:
        step = (right - left) / max(1, len(moments))
        return left + (n + 0.5) * step, bottom + (value - scale[0]) / (scale[-1] - scale[0]) * (top - bottom)

    lines, size = fold(title, 8.5, width, most=1)
    shapes: list[Shape] = [Label(0, height - size, lines[0], size, strong=True)]
    for t in scale:
        y = at(0, t)[1]
        shapes += [Line(left, y, right, y, 0.3, 0.72), Label(left - 3, y - 2.5, f"{t:g}", 7, "end")]
    shapes += [Line(left, bottom, right, bottom, 0.7), Line(left, bottom, left, top, 0.7)]
    if wanted:
        y = at(0, target)[1]
        shapes += [Line(left, y, right, y, 0.9, 0.0, (4, 2)), Label(right + 3, y - 2.5, target_text, 7)]
    shapes += _course(moments, at, wanted, (bottom, top))
    return Drawing(width, height, tuple(shapes), title)


def _course(moments: Sequence[Moment], at: _Place, wanted: Sequence[float], edges: tuple[float, float]) -> list[Shape]:
    """The line, its points, and their figures where the line does not pass."""
    shapes: list[Shape] = []
    places = [None if math.isnan(m.value) else at(n, m.value) for n, m in enumerate(moments)]
    for a, b in itertools.pairwise(places):
        if a and b:
            shapes.append(Line(*a, *b, 1.3))
    lines = [at(0, w)[1] for w in wanted]
    for n, (moment, place) in enumerate(zip(moments, places, strict=True)):
        shapes.append(Label(at(n, 0)[0], edges[0] - 10, moment.label, 7, "middle"))
        if place is None:
            shapes.append(Label(at(n, 0)[0], edges[0] + 3, "缺", 7, "middle"))
            continue
        x, y = place
        before, after = (places[k] if 0 <= k < len(places) else None for k in (n - 1, n + 1))
        width = text_width(moment.text, _SIZE)
        aside = _aside(y, before, after) * (width / 2 + 1)
        above, below = y + 4, y - 4 - _SIZE * 0.75
        rises = [q[1] - y for q in (before, after) if q is not None]
        order = (below, above) if not aside and rises and min(rises) > 1 else (above, below)
        chosen = next((p for p in order if edges[0] + 1 < p < edges[1] - 2 and _clear(p, lines)), order[0])
        shapes.append(_white(x + aside - width / 2 - 0.5, chosen - 0.8, width + 1, _SIZE * 0.85))
        shapes.append(Label(x + aside, chosen, moment.text, _SIZE, "middle"))
        shapes.append(Circle(x, y, 2.2, DARK))
    return shapes


def _aside(y: float, before: tuple[float, float] | None, after: tuple[float, float] | None) -> int:
    """Which side of a point on a slope is free above the line: 1 the right where it falls, -1 the left where it rises."""
    if before is None or after is None:
        return 0
    falls, rises = before[1] > y + 3 and after[1] < y + 1, before[1] < y + 1 and after[1] > y + 3
    return 1 if falls else -1 if rises else 0


def _white(x: float, y: float, width: float, height: float) -> Polygon:
    """Blank ground for a figure that a line may pass under."""
    return Polygon(((x, y), (x + width, y), (x + width, y + height), (x, y + height)), 0.1, WHITE, WHITE)


def _clear(y: float, lines: Sequence[float]) -> bool:
    return all(not y - 1.5 < line < y + _SIZE * 0.8 for line in lines)


# Waterfall ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Step:
    """A part of the way from one total to the next: signed, with the text printed at its bar."""

    label: str
    delta: float
    text: str


def waterfall(
    start: tuple[str, float, str], steps: Sequence[Step], end: tuple[str, float, str], width: float, height: float,
    *, title: str = "",
) -> Drawing:  # fmt: skip
    """Columns from the earlier total to the later: gains are filled, losses hollow, totals dark to the ground.

    The ground is not 0 but shortly below the lowest level reached, and says so with a broken axis.
    """
    levels = [start[1]]
    for step in steps:
        levels.append(levels[-1] + step.delta)
    low, high = min(*levels, end[1]), max(*levels, end[1])
    pad = max((high - low) * 0.25, 1.0)
    ground = max(0.0, low - pad)
    room = (width - 4) / (len(steps) + 2)
    bottom, top = 34.0, height - 14.0
    thick = min(34.0, room * 0.62)

    def y(value: float) -> float:
        return bottom + (value - ground) / max(high - ground, 1e-9) * (top - bottom)

    shapes: list[Shape] = [Line(2, bottom, width - 2, bottom, 0.7)]
    columns = [(start[0], ground, start[1], start[2], True)]
    columns += [(s.label, levels[n], levels[n + 1], s.text, False) for n, s in enumerate(steps)]
    columns.append((end[0], ground, end[1], end[2], True))
    for n, (label, a, b, text, whole) in enumerate(columns):
        x = 2 + (n + 0.5) * room
        fill = DARK if whole else 0.6 if b >= a else None
        shapes.append(box(x - thick / 2, y(min(a, b)), thick, max(y(max(a, b)) - y(min(a, b)), 0.4), fill))
        shapes.append(
            Label(x, y(max(a, b)) + 3, text, min(_SIZE, room / max(1.0, text_width(text, 1.0)) * 0.96), "middle")
        )
        shapes += _under(label, x, room, bottom)
        if whole and ground > 0:
            shapes += _broken(x, thick, bottom)
        if n + 1 < len(columns):
            shapes.append(Line(x + thick / 2, y(b), x + room - thick / 2, y(b), 0.4, 0.35, (2, 1.5)))
    return Drawing(width, height, tuple(shapes), title)


def _under(label: str, x: float, room: float, bottom: float) -> list[Shape]:
    lines, size = fold(label, _SIZE, room - 3, most=3, height=30)
    return [Label(x, bottom - 9 - n * size * 1.12, line, size, "middle") for n, line in enumerate(lines)]


def _broken(x: float, thick: float, bottom: float) -> list[Shape]:
    """Two white strokes across a column that does not begin at 0."""
    half = thick / 2 + 2
    return [Line(x - half, bottom + d, x + half, bottom + d + 3, 1.2, WHITE) for d in (4.0, 7.0)]
