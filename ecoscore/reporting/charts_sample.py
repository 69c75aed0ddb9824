"""Charts of all districts at once: ranking bars, and level against progress (存量—增量) with its quadrants."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from ecoscore.reporting.charts import (
    DARK,
    WHITE,
    Anchor,
    Circle,
    Drawing,
    Label,
    Line,
    Shape,
    box,
    fold,
    text_width,
    ticks,
)

_SIZE = 8.0
BAR_PITCH = 14.0
_BAR_THICK = 8.0


@dataclass(frozen=True, slots=True)
class Bar:
    """One district's bar: what stands before it, what is drawn, the figure behind it."""

    label: str
    value: float
    text: str
    mark: str = ""


def ranking_bars(bars: Sequence[Bar], width: float, *, mean: float | None = None, title: str = "") -> Drawing:
    """A bar a district from 0 on, in the order given; a dashed line at the mean. As high as it has bars."""
    height = BAR_PITCH * len(bars) + 26
    widest = max((text_width(b.label, _SIZE) for b in bars), default=0.0)
    left = min(widest, width * 0.3) + 5
    top = height - 10
    bottom = top - BAR_PITCH * len(bars)
    right = width - 6 - max((text_width(b.text + b.mark, _SIZE) for b in bars), default=0.0)
    most = max((b.value for b in bars if not math.isnan(b.value)), default=0.0)
    most = max(most, 0.0 if mean is None or math.isnan(mean) else mean)
    scale = (right - left) / max(most, 1e-9)
    shapes: list[Shape] = []
    for n, bar in enumerate(bars):
        shapes += _ranked(bar, (left, top - (n + 0.5) * BAR_PITCH), scale, right + 4)
    if mean is not None and not math.isnan(mean):
        x = left + mean * scale
        # White first, so that the dashes show across dark bars too; the figures stand in a column beyond its reach.
        shapes += [Line(x, bottom, x, top, 1.6, WHITE), Line(x, bottom, x, top, 0.7, 0.0, (3, 2))]
        shapes.append(Label(x, bottom - 10, f"平均{mean:.2f}", 7.5, "middle"))
    shapes.append(Line(left, bottom, left, top, 0.7))
    return Drawing(width, height, tuple(shapes), title)


def _ranked(bar: Bar, at: tuple[float, float], scale: float, figures: float) -> list[Shape]:
    x, middle = at
    lines, size = fold(bar.label, _SIZE, x - 5, most=1)
    value = 0.0 if math.isnan(bar.value) else max(0.0, bar.value)
    baseline = middle - size * 0.36
    return [
        Label(x - 4, baseline, lines[0], size, "end"),
        box(x, middle - _BAR_THICK / 2, value * scale, _BAR_THICK, DARK),
        Label(figures, middle - _SIZE * 0.36, bar.text + bar.mark, _SIZE),
    ]


# Level against progress ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Point:
    """A district's level (存量) and progress (增量), each 0-100."""

    label: str
    x: float
    y: float


_Box = tuple[float, float, float, float]
_RADIUS = 2.4


def level_progress(
    points: Sequence[Point],
    width: float,
    height: float,
    *,
    x_title: str = "水平分（存量）",
    y_title: str = "改善分（增量）",
) -> Drawing:
    """Districts as points, lines at the means; a name stands where there is room for it, and what has none is counted."""
    points = [p for p in points if not (math.isnan(p.x) or math.isnan(p.y))]
    left, bottom, right, top = 32.0, 42.0, width - 10.0, height - 28.0
    frame = _Frame(points, (left, bottom, right, top))
    shapes: list[Shape] = [*frame.axes(), *_quadrants(frame, x_title, y_title)]
    taken: list[_Box] = [(x - 3, y - 3, x + 3, y + 3) for x, y in map(frame.at, points)]
    taken += frame.lines()
    unnamed = 0
    for point in points:
        label = _named(point, frame, taken)
        if label is None:
            unnamed += 1
        else:
            shapes.append(label)
    shapes += [Circle(*frame.at(p), _RADIUS, DARK) for p in points]
    if unnamed:
        shapes.append(Label(right, 3, f"点密处{unnamed}个单位未标名", 7, "end"))
    return Drawing(width, height, tuple(shapes), f"{x_title}与{y_title}")


def _scale(values: Sequence[float]) -> tuple[float, ...]:
    """Round numbers around scores; scores end at 0 and 100, and so does their scale."""
    low, high = min(values), max(values)
    marks = ticks(low - 1, high + 1, 8)
    return tuple(m for m in marks if not (m < 0 <= low or m > 100 >= high))


@dataclass(frozen=True, slots=True)
class _Frame:
    """The plot: places of values, axes, means."""

    points: Sequence[Point]
    area: _Box

    @property
    def scales(self) -> tuple[tuple[float, ...], tuple[float, ...]]:
        across, up = [p.x for p in self.points] or [0, 100], [p.y for p in self.points] or [0, 100]
        return _scale(across), _scale(up)

    def at(self, p: Point) -> tuple[float, float]:
        return self.place(p.x, p.y)

    def place(self, x: float, y: float) -> tuple[float, float]:
        across, up = self.scales
        left, bottom, right, top = self.area
        return (
            left + (x - across[0]) / (across[-1] - across[0]) * (right - left),
            bottom + (y - up[0]) / (up[-1] - up[0]) * (top - bottom),
        )

    @property
    def means(self) -> tuple[float, float]:
        count = len(self.points) or 1
        return sum(p.x for p in self.points) / count, sum(p.y for p in self.points) / count

    def axes(self) -> list[Shape]:
        left, bottom, right, top = self.area
        across, up = self.scales
        shapes: list[Shape] = [box(left, bottom, right - left, top - bottom, None)]
        for x in across:
            place = self.place(x, up[0])[0]
            shapes += [Line(place, bottom, place, bottom - 2.5), Label(place, bottom - 11, f"{x:g}", 7, "middle")]
        for y in up:
            place = self.place(across[0], y)[1]
            shapes += [Line(left, place, left - 2.5, place), Label(left - 4, place - 2.5, f"{y:g}", 7, "end")]
        if self.points:
            x, y = self.place(*self.means)
            shapes += [Line(x, bottom, x, top, 0.6, 0.35, (3, 2)), Line(left, y, right, y, 0.6, 0.35, (3, 2))]
        return shapes

    def lines(self) -> list[_Box]:
        """The means' lines as boxes that names keep off."""
        if not self.points:
            return []
        left, bottom, right, top = self.area
        x, y = self.place(*self.means)
        return [(x - 0.5, bottom, x + 0.5, top), (left, y - 0.5, right, y + 0.5)]


def _quadrants(frame: _Frame, x_title: str, y_title: str) -> list[Shape]:
    """What each corner means, outside the plot where no point can lie; the axes' titles."""
    left, bottom, right, top = frame.area
    size = 7.5
    shapes: list[Shape] = [
        Label(left, top + 5, "存量低于平均、增量高于平均", size),
        Label(right, top + 5, "两项均高于平均", size, "end"),
        Label(left, bottom - 23, "两项均低于平均", size),
        Label(right, bottom - 23, "存量高于平均、增量低于平均", size, "end"),
        Label((left + right) / 2, bottom - 35, f"横轴：{x_title}　纵轴：{y_title}　虚线为平均", size, "middle"),
    ]
    return shapes


def _named(point: Point, frame: _Frame, taken: list[_Box]) -> Label | None:
    """The point's name beside it, at the first of eight places that is free; None where none is."""
    x, y = frame.at(point)
    size = 7.5
    width = text_width(point.label, size)
    gap = _RADIUS + 2
    places: list[tuple[float, float, Anchor]] = [
        (x + gap, y - 2.7, "start"), (x - gap, y - 2.7, "end"), (x, y + gap, "middle"), (x, y - gap - 5.6, "middle"),
        (x + gap - 1, y + gap - 1, "start"), (x - gap + 1, y + gap - 1, "end"),
        (x + gap - 1, y - gap - 5, "start"), (x - gap + 1, y - gap - 5, "end"),
    ]  # fmt: skip
    left, bottom, right, top = frame.area
    for px, py, anchor in places:
        start = px - {"start": 0.0, "middle": width / 2, "end": width}[anchor]
        area = (start, py - 1.2, start + width, py + size * 0.86)
        inside = left + 1 < area[0] and area[2] < right - 1 and bottom + 1 < area[1] and area[3] < top - 1
        if inside and not any(_meet(area, other) for other in taken):
            taken.append(area)
            return Label(px, py, point.label, size, anchor)
    return None


def _meet(a: _Box, b: _Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
