"""Charts over time: an indicator's course, and the way from one total to the next."""

from __future__ import annotations

import math
from xml.etree import ElementTree as ET

import pytest

from ecoscore.reporting.charts import Circle, Label, Line, Polygon, svg
from ecoscore.reporting.charts_change import Moment, Step, trend, waterfall
from tests.reporting.test_charts import extent
from tests.reporting.test_charts_sample import colliding, labels


def course(*values: float) -> list[Moment]:
    return [Moment(str(2020 + n), v, f"{v:g}") for n, v in enumerate(values)]


@pytest.mark.parametrize(
    "values",
    [
        (46.1, 43.0, 37.4, 34.8, 31.6), (70, math.nan, 80.4, 80.4, 100), (0, 0, 0, 0, 0), (9560, 12000, 11000.5, 15000),
        (-3.2, 4, -1), (50,), (math.nan, math.nan),
    ],
)  # fmt: skip
@pytest.mark.parametrize("target", [math.nan, 35.0])
def test_every_value_is_shown_where_it_lies(values, target):
    drawing = trend(course(*values), 215, 110, title="某项指标年均浓度（μg/m³）", target=target, target_text="目标35")
    for shape in drawing.shapes:
        left, bottom, right, top = extent(shape)
        assert left >= -1 and bottom >= -1 and right <= 216 and top <= 111, shape
    circles = [s for s in drawing.shapes if isinstance(s, Circle)]
    known = [v for v in values if not math.isnan(v)]
    assert len(circles) == len(known)
    for (a, low), (b, high) in zip(
        zip(known, circles, strict=True), list(zip(known, circles, strict=True))[1:], strict=False
    ):
        assert (a < b) == (low.y < high.y - 1e-9) or a == b
    assert sum(label.text == "缺" for label in labels(drawing)) == len(values) - len(known)
    assert ("目标35" in {label.text for label in labels(drawing)}) == (not math.isnan(target))
    ET.fromstring(svg(drawing))


def test_a_gap_in_the_values_is_a_gap_in_the_line():
    def strokes(*values):
        return sum(isinstance(s, Line) and s.width == 1.3 for s in trend(course(*values), 215, 110, title="x").shapes)

    assert strokes(1, 2, 3) == 2
    assert strokes(1, math.nan, 3) == 0


STEPS = [Step("环境质量改善", 2.31, "+2.31"), Step("生态保护修复", -0.42, "−0.42"), Step("加分", 0.0, "0.00")]


def test_columns_lead_from_the_earlier_total_to_the_later():
    drawing = waterfall(("上年总分", 87.39, "87.39"), STEPS, ("本年总分", 89.28, "89.28"), 440, 150)
    boxes = [extent(s) for s in drawing.shapes if isinstance(s, Polygon)]
    start, gain, loss, nothing, end = boxes
    assert gain[1] == pytest.approx(start[3])
    assert loss[3] == pytest.approx(gain[3])
    assert nothing[1] == pytest.approx(loss[1])
    assert end[3] == pytest.approx(loss[1])
    assert colliding(drawing) == []


def test_gains_losses_and_totals_are_told_apart_without_colour():
    drawing = waterfall(("上年", 80, "80"), STEPS, ("本年", 81.89, "81.89"), 440, 150)
    fills = [s.fill for s in drawing.shapes if isinstance(s, Polygon)]
    assert len({fills[0], fills[1], fills[2]}) == 3


@pytest.mark.parametrize("count", [1, 14])
def test_long_names_fold_below_their_columns(count):
    steps = [Step(f"第{n}类生态环境治理与保护"[:12], (-1) ** n * 0.3, "+0.30") for n in range(count)]
    drawing = waterfall(("上年同期总分", 3.0, "3.00"), steps, ("本期总分", 3.0, "3.00"), 440, 150)
    assert colliding(drawing) == []
    for shape in drawing.shapes:
        left, bottom, right, top = extent(shape)
        assert left >= -3 and bottom >= -1 and right <= 443 and top <= 151, shape
    assert "".join(s.text for s in drawing.shapes if isinstance(s, Label)).count("类") == count
