"""Charts as shapes: within the drawing, to scale, told apart without colour, the same in SVG."""

from __future__ import annotations

import itertools
from xml.etree import ElementTree as ET

import pytest

from ecoscore.reporting.charts import (
    Circle,
    Drawing,
    Label,
    Line,
    Polygon,
    fold,
    group_bars,
    group_radar,
    least_height,
    svg,
    text_width,
)
from ecoscore.reporting.view import scorecard_view
from tests.reporting.builders import scored, small


def groups(count):
    names = [f"第{c}类生态环境治理与保护"[:12] for c in "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳"[:count]]
    return scorecard_view(scored(small(names, 1)), "甲区").top_groups


def extent(shape):
    if isinstance(shape, Label):
        width = text_width(shape.text, shape.size)
        left = {"start": shape.x, "middle": shape.x - width / 2, "end": shape.x - width}[shape.anchor]
        return left, shape.y, left + width, shape.y + shape.size * 0.9
    if isinstance(shape, Circle):
        return shape.x - 2, shape.y - 2, shape.x + 2, shape.y + 2
    points = shape.points if isinstance(shape, Polygon) else ((shape.x1, shape.y1), (shape.x2, shape.y2))
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


@pytest.mark.parametrize("count", [2, 3, 5, 10, 14])
@pytest.mark.parametrize("own", ["甲区", "某某某某某某自治县开发区"])
def test_everything_lies_within_the_drawing(count, own):
    found = groups(count)
    height = max(130.0, least_height(found))
    bars = group_bars(found, 240, height, own=own, peers="全部参评单位平均")
    radar = group_radar(found, 215, height, own=own, peers="全部参评单位平均")
    for drawing in filter(None, (bars, radar)):
        for shape in drawing.shapes:
            left, bottom, right, top = extent(shape)
            assert left >= -1 and bottom >= -1
            assert right <= drawing.width + 1 and top <= drawing.height + 1, shape


def test_bars_are_to_scale_and_peers_are_hollow():
    found = groups(3)
    boxes = [s for s in group_bars(found, 240, 170, own="甲区", peers="平均").shapes if isinstance(s, Polygon)][2:]
    for group, (own, peers) in zip(found, zip(boxes[::2], boxes[1::2], strict=True), strict=True):
        lengths = [b.points[1][0] - b.points[0][0] for b in (own, peers)]
        assert lengths[0] * group.peer_mean.raw == pytest.approx(lengths[1] * group.index.raw)
        assert own.fill is not None
        assert peers.fill is None


def test_peers_are_dashed_in_the_radar():
    shapes = group_radar(groups(5), 215, 170, own="甲区", peers="平均").shapes
    lines = [s for s in shapes if isinstance(s, Polygon) and len(s.points) == 5][-2:]
    assert [bool(line.dash) for line in lines] == [True, False]
    assert any(isinstance(s, Line) and s.dash for s in shapes), "the legend shows the dashes too"


@pytest.mark.parametrize("count", [1, 2, 15])
def test_too_few_or_too_many_groups_have_no_radar(count):
    assert group_radar(groups(count), 215, 170, own="甲区", peers="平均") is None


@pytest.mark.parametrize("height", [None, 150])
def test_labels_in_bars_do_not_meet(height):
    found = groups(10)
    drawing = group_bars(found, 240, height or least_height(found), own="甲区", peers="平均")
    titles = [extent(s) for s in drawing.shapes if isinstance(s, Label) and s.anchor == "end"]
    titles.sort(key=lambda box: box[1])
    assert all(below[3] <= above[1] + 0.8 for below, above in itertools.pairwise(titles))


def test_svg_is_well_formed_and_says_the_same():
    drawing = group_bars(groups(3), 240, 170, own="甲<区>&", peers="平均")
    root = ET.fromstring(svg(drawing))
    space = "{http://www.w3.org/2000/svg}"
    assert root.get("viewBox") == "0 0 240.00 170.00"
    assert [t.text for t in root.iter(f"{space}text")] == [s.text for s in drawing.shapes if isinstance(s, Label)]
    assert len(list(root.iter(f"{space}polygon"))) == sum(isinstance(s, Polygon) for s in drawing.shapes)


def test_svg_follows_a_dark_window():
    text = svg(Drawing(10, 10, (Line(0, 0, 10, 10, grey=0.5), Circle(5, 5, 2, 1.0))), ink="#FFFFFF", paper="#000000")
    assert 'stroke="#808080"' in text
    assert 'fill="#000000"' in text


def test_a_number_is_not_torn_where_a_label_is_folded():
    assert fold("2023年度", 8, 30)[0] == ["2023", "年度"]
    assert fold("环境空气质量综合", 8, 34)[0] == ["环境空气", "质量综合"]
    assert fold("环境空气质量改", 8, 34)[0] == ["环境空气", "质量改"]
