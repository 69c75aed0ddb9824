"""Charts of all districts: within the drawing, names never over each other, at 3 and at 100 districts."""

from __future__ import annotations

import math
import random
from itertools import combinations
from xml.etree import ElementTree as ET

import pytest

from ecoscore.reporting.charts import Circle, Label, Polygon, svg, text_width
from ecoscore.reporting.charts_sample import BAR_PITCH, Bar, Point, level_progress, ranking_bars
from tests.reporting.test_charts import extent

LONG = [f"第{n}号某某某某自治县区"[:12] for n in range(100)]


def points(count: int, spread: float = 40.0) -> list[Point]:
    draw = random.Random(count)
    return [Point(LONG[n], 55 + spread * draw.random(), 50 + spread * draw.random()) for n in range(count)]


def labels(drawing) -> list[Label]:
    return [s for s in drawing.shapes if isinstance(s, Label)]


def colliding(drawing) -> list[tuple[str, str]]:
    def area(label):
        width = text_width(label.text, label.size) * 0.97
        start = label.x - {"start": 0, "middle": width / 2, "end": width}[label.anchor]
        return start, label.y, start + width, label.y + label.size * 0.75

    return [
        (a.text, b.text)
        for a, b in combinations(labels(drawing), 2)
        if area(a)[0] < area(b)[2] and area(b)[0] < area(a)[2] and area(a)[1] < area(b)[3] and area(b)[1] < area(a)[3]
    ]


@pytest.mark.parametrize("count", [0, 1, 3, 10, 100])
@pytest.mark.parametrize("spread", [0.0, 3.0, 45.0])
def test_points_and_names_stay_apart_and_inside(count, spread):
    drawing = level_progress(points(count, spread), 440, 280)
    for shape in drawing.shapes:
        left, bottom, right, top = extent(shape)
        assert left >= -1 and bottom >= -1 and right <= 441 and top <= 281, shape
    assert colliding(drawing) == []
    assert sum(isinstance(s, Circle) for s in drawing.shapes) == count


def test_names_without_room_are_counted():
    drawing = level_progress([Point(n, 80, 80) for n in LONG[:20]], 440, 280)
    named = {label.text for label in labels(drawing)} & set(LONG)
    assert f"点密处{20 - len(named)}个单位未标名" in {label.text for label in labels(drawing)}


def test_places_are_to_scale_and_districts_without_progress_are_left_out():
    drawing = level_progress([Point("甲区", 60, 50), Point("乙县", 90, 80), Point("丙县", 90, math.nan)], 440, 280)
    first, second = [s for s in drawing.shapes if isinstance(s, Circle)]
    assert first.x < second.x and first.y < second.y
    assert "丙县" not in {label.text for label in labels(drawing)}


@pytest.mark.parametrize("count", [1, 3, 100])
def test_bars_are_as_long_as_their_totals(count):
    bars = [Bar(LONG[n], 95.0 - n * 0.5, f"{95 - n * 0.5:.2f}", "（良好）") for n in range(count)]
    drawing = ranking_bars(bars, 440, mean=80.0)
    boxes = [s for s in drawing.shapes if isinstance(s, Polygon)]
    for bar, shape in zip(bars, boxes, strict=True):
        left, _, right, _ = extent(shape)
        whole = extent(boxes[0])
        assert (right - left) / (whole[2] - whole[0]) == pytest.approx(bar.value / 95.0)
    assert colliding(drawing) == []
    assert drawing.height == pytest.approx(BAR_PITCH * count + 26)
    assert {b.text + b.mark for b in bars} <= {label.text for label in labels(drawing)}


def test_a_district_without_a_total_has_no_bar():
    drawing = ranking_bars([Bar("甲区", math.nan, "—")], 440, mean=math.nan)
    ET.fromstring(svg(drawing))
    assert "平均" not in "".join(label.text for label in labels(drawing))
