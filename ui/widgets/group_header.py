"""The header of the grid: bands of groups above, titles with their units below, and the frozen district column."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from ui.models.roles import ObjectRole
from ui.theme import Theme, sized

_LINES = 3
_PAD = 8


class GroupHeader(QHeaderView):
    """A horizontal header of two levels. A band's title stays in sight while any part of the band is."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme
        self._bands: list[tuple[str, int, int]] = []
        self.has_units = True
        self._lines = 1
        self.setSectionsClickable(True)
        self.setHighlightSections(True)
        self.setMinimumSectionSize(56)
        self.sectionResized.connect(lambda *_: self._measure())

    def set_bands(self, bands: Sequence[tuple[str, int, int]]) -> None:
        """Title, first column and number of columns of each group."""
        self._bands = list(bands)
        self._measure()

    def follow(self, view: QTableView) -> None:
        """Repaint whole while the view scrolls: a band's title moves within its band."""
        view.horizontalScrollBar().valueChanged.connect(lambda _: self.viewport().update())
        selection = view.selectionModel()
        selection.currentChanged.connect(lambda *_: self.viewport().update())

    @property
    def band_height(self) -> int:
        return self.fontMetrics().height() + 8 if self._bands else 0

    def sizeHint(self) -> QSize:
        small = QFontMetrics(sized(self.font(), 8.0)).height() if self.has_units else 0
        return QSize(100, self.band_height + self._lines * self.fontMetrics().lineSpacing() + small + 12)

    def _measure(self) -> None:
        most = 1
        for column in range(self.count()):
            title = str(self.model().headerData(column, Qt.Orientation.Horizontal) or "")
            room = max(self.sectionSize(column) - 2 * _PAD, 1)
            most = max(most, self._lines_of(title, room))
        lines = min(most, _LINES)
        if lines != self._lines:
            self._lines = lines
            self.updateGeometry()
            self.geometriesChanged.emit()
        self.viewport().update()

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        color, band = self._theme.color, self.band_height
        painter.save()
        painter.setClipRect(rect)
        painter.fillRect(rect, color("header"))
        indicator = self.model().headerData(logicalIndex, Qt.Orientation.Horizontal, ObjectRole)
        title = str(self.model().headerData(logicalIndex, Qt.Orientation.Horizontal) or "")
        unit = getattr(indicator, "unit", "")
        small = sized(self.font(), 8.0)
        foot = QFontMetrics(small).height() if self.has_units else 0
        body = rect.adjusted(_PAD, band + 5, -_PAD, -4)
        titles = body.adjusted(0, 0, 0, -foot)
        view = self.parent()
        current = isinstance(view, QTableView) and view.currentIndex().column() == logicalIndex
        painter.setFont(self.font())
        painter.setPen(color("pine" if current else "ink"))
        painter.drawText(titles, int(_wrapped() | Qt.AlignmentFlag.AlignBottom), self._fit(title, titles.width()))
        painter.setFont(small)
        painter.setPen(color("mist"))
        below = body.adjusted(0, body.height() - foot, 0, 0)
        painter.drawText(below, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), unit)
        painter.setPen(color("line"))
        painter.drawLine(rect.right(), rect.top() + band, rect.right(), rect.bottom())
        painter.drawLine(rect.left(), rect.bottom(), rect.right(), rect.bottom())
        if current:
            painter.fillRect(rect.left(), rect.bottom() - 1, rect.width(), 2, color("pine"))
        self._paint_band(painter, rect, logicalIndex)
        painter.restore()

    def _paint_band(self, painter: QPainter, rect: QRect, column: int) -> None:
        found = next((b for b in self._bands if b[1] <= column < b[1] + b[2]), None)
        if found is None:
            return
        title, first, count = found
        left = self.sectionViewportPosition(first)
        last = first + count - 1
        right = self.sectionViewportPosition(last) + self.sectionSize(last)
        color = self._theme.color
        painter.setFont(self.font())
        painter.setPen(color("mist"))
        seen = QRect(max(left, 0), rect.top(), min(right, self.viewport().width()) - max(left, 0), self.band_height)
        text = self.fontMetrics().elidedText(title, Qt.TextElideMode.ElideMiddle, seen.width() - 2 * _PAD)
        painter.drawText(
            seen.adjusted(_PAD, 0, -_PAD, 0), int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), text
        )
        painter.setPen(QPen(color("line"), 1))
        painter.drawLine(rect.left(), rect.top() + self.band_height, rect.right(), rect.top() + self.band_height)
        if column == last:
            painter.drawLine(rect.right(), rect.top(), rect.right(), rect.top() + self.band_height)

    def _fit(self, title: str, width: int) -> str:
        """The title cut so that it fills no more lines than the header has."""
        if self._lines_of(title, width) <= self._lines:
            return title
        while title and self._lines_of(title + "…", width) > self._lines:
            title = title[:-1]
        return title + "…"

    def _lines_of(self, title: str, width: int) -> int:
        metrics = self.fontMetrics()
        box = metrics.boundingRect(QRect(0, 0, max(width, 1), 1000), int(_wrapped()), title)
        return max(1, round(box.height() / metrics.lineSpacing()))


class DistrictHeader(QHeaderView):
    """The first column, which never scrolls away: it is the vertical header, drawn as a column of names."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._theme = theme
        self._width = 120
        self.setSectionsClickable(True)

    def measure(self, *, most: int = 200) -> None:
        """As wide as the longest name, within bounds."""
        metrics = self.fontMetrics()
        names = [str(self.model().headerData(r, Qt.Orientation.Vertical) or "") for r in range(self.count())]
        widest = max((metrics.horizontalAdvance(name) for name in names), default=0)
        self._width = max(104, min(widest + 2 * _PAD + 16, most))
        self.updateGeometry()
        self.geometriesChanged.emit()

    def sizeHint(self) -> QSize:
        return QSize(self._width, 0)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        color = self._theme.color
        view = self.parent()
        current = isinstance(view, QTableView) and view.currentIndex().row() == logicalIndex
        painter.save()
        painter.fillRect(rect, color("surface"))
        name = str(self.model().headerData(logicalIndex, Qt.Orientation.Vertical) or "")
        box = rect.adjusted(_PAD + 8, 0, -_PAD, 0)
        painter.setFont(self.font())
        painter.setPen(color("pine" if current else "ink"))
        text = self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideMiddle, box.width())
        painter.drawText(box, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), text)
        painter.setPen(color("line"))
        painter.drawLine(rect.left(), rect.bottom(), rect.right(), rect.bottom())
        painter.drawLine(rect.right(), rect.top(), rect.right(), rect.bottom())
        if current:
            painter.fillRect(rect.right() - 1, rect.top(), 2, rect.height(), color("pine"))
        painter.restore()


def _wrapped() -> Qt.TextFlag:
    return Qt.AlignmentFlag.AlignRight | Qt.TextFlag.TextWrapAnywhere  # type: ignore[return-value]
