"""Native charts of a card: bars by group and a radar, this district against the mean of its peers; readable in grey."""

from __future__ import annotations

from typing import Any

from ecoscore.reporting.workbook.book import Book
from ecoscore.reporting.workbook.formats import SONG
from ecoscore.reporting.workbook.sheet import Sheet

_FONT: dict[str, Any] = {"name": SONG, "size": 9}
_OWN, _MEAN, _GRID = "#404040", "#BFBFBF", "#D9D9D9"


def add_charts(book: Book, sheet: Sheet, row: int, col: int, count: int, size: tuple[float, float]) -> None:
    """`row` is the first of `count` rows with title, own index and mean at `col`; `size` is the room in pixels."""
    width, height = size
    radar = count >= 3
    bars = _bars(book, sheet, row, col, count)
    bars.set_size({"width": int(width * (0.56 if radar else 1.0)) - 4, "height": int(height) - 4})
    sheet.raw.insert_chart(row, 0, bars, {"x_offset": 2, "y_offset": 2, "object_position": 1})
    if radar:
        chart = _radar(book, sheet, row, col, count)
        chart.set_size({"width": int(width * 0.44) - 4, "height": int(height) - 4})
        sheet.raw.insert_chart(row, 0, chart, {"x_offset": int(width * 0.56) + 2, "y_offset": 2, "object_position": 1})


def _series(sheet: Sheet, row: int, col: int, count: int, offset: int) -> dict[str, Any]:
    last = row + count - 1
    return {
        "name": [sheet.name, row - 1, col + offset],
        "categories": [sheet.name, row, col, last, col],
        "values": [sheet.name, row, col + offset, last, col + offset],
    }


def _bars(book: Book, sheet: Sheet, row: int, col: int, count: int) -> Any:
    chart = book.raw.add_chart({"type": "bar"})
    for offset, fill in ((1, _OWN), (2, _MEAN)):
        chart.add_series(_series(sheet, row, col, count, offset) | {
            "fill": {"color": fill}, "border": {"color": _OWN, "width": 0.5}, "gap": 60, "overlap": 0,
            "data_labels": {"value": True, "font": _FONT, "num_format": "0.0"},
        })  # fmt: skip
    chart.set_y_axis({"reverse": True, "num_font": _FONT, "line": {"color": _OWN}})
    chart.set_x_axis({
        "min": 0, "max": 100, "num_font": _FONT, "num_format": "0", "major_gridlines": {"visible": True, "line": {"color": _GRID}},
        "label_position": "high",
    })  # fmt: skip
    return _common(chart)


def _radar(book: Book, sheet: Sheet, row: int, col: int, count: int) -> Any:
    chart = book.raw.add_chart({"type": "radar"})
    for offset, color, dash in ((1, _OWN, "solid"), (2, "#7F7F7F", "dash")):
        chart.add_series(
            _series(sheet, row, col, count, offset) | {"line": {"color": color, "width": 1.5, "dash_type": dash}}
        )
    chart.set_x_axis({"num_font": _FONT})
    chart.set_y_axis({
        "min": 0, "max": 100, "major_unit": 20, "num_font": {"name": SONG, "size": 7}, "num_format": "0",
        "major_gridlines": {"visible": True, "line": {"color": _GRID}},
    })  # fmt: skip
    return _common(chart)


def _common(chart: Any) -> Any:
    chart.set_title({"none": True})
    chart.set_legend({"position": "bottom", "font": _FONT})
    chart.set_chartarea({"border": {"none": True}})
    chart.show_hidden_data()
    return chart
