"""A drawing as dots: of its size, not blank, and on no ground of its own."""

from __future__ import annotations

import io

from PIL import Image

from ecoscore.reporting.charts_sample import Bar, ranking_bars
from ecoscore.reporting.pdf.picture import png


def test_a_drawing_becomes_a_picture_of_its_size():
    drawing = ranking_bars([Bar("甲区", 90.0, "90.00"), Bar("乙县", 45.0, "45.00")], 300)
    image = Image.open(io.BytesIO(png(drawing)))
    assert abs(image.width - (300 + 4) * 300 / 72) <= 2
    dark = sum(1 for opaque in image.getchannel("A").tobytes() if opaque > 127)
    assert 0.02 < dark / (image.width * image.height) < 0.5
    assert image.getpixel((2, 2)) == (0, 0)
