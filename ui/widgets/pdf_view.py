"""The real pages of a PDF, one below the other, sharp at every zoom; drawn in the background as they come into view."""

from __future__ import annotations

from collections import OrderedDict

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from ui.pdf_pages import PageSize, PdfPages
from ui.tasks import Cancelled, Progress, TaskRunner
from ui.theme import Theme

_GAP = 16
_LEAST_ZOOM, _MOST_ZOOM, _STEP = 0.25, 4.0, 1.2
_PIXELS_PER_POINT = 96 / 72
_MOST_HELD = 96 << 20  # bytes of drawn pages

Key = tuple[int, int, int]  # generation of the document, page, scale in thousandths


class PdfView(QAbstractScrollArea):
    """Continuous pages. Zoom 1.0 is the paper's real size on a 96 dpi screen; `fits` keeps a page as wide as the view."""

    zoomed = Signal(float)
    page_changed = Signal(int, int)  # page in view from 1, number of pages

    def __init__(self, theme: Theme, tasks: TaskRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._tasks = tasks
        self._pages: PdfPages | None = None
        self._generation = 0
        self._zoom = 1.0
        self._fits = True
        self._images: OrderedDict[Key, QImage] = OrderedDict()
        self._asked: set[Key] = set()
        self._tops: list[int] = []
        self.empty = ""
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("成绩单的页面")
        self.verticalScrollBar().valueChanged.connect(self._tell_page)
        theme.changed.connect(self.viewport().update)

    # What is shown. -------------------------------------------------------------------------------------------------

    @property
    def pages(self) -> PdfPages | None:
        return self._pages

    @property
    def zoom(self) -> float:
        return self._zoom

    @property
    def fits(self) -> bool:
        return self._fits

    @property
    def is_settled(self) -> bool:
        """Whether every page in view is drawn at the present zoom."""
        return not self._asked and all(self._key(n) in self._images for n in self._visible())

    def show_pages(self, pages: PdfPages | None, empty: str = "") -> None:
        """Show a document from its first page, or the sentence `empty`. A document shown before is closed."""
        if self._pages is not None and self._pages is not pages:
            self._pages.close()
        self._pages = pages
        self._generation += 1
        self._images.clear()
        self._asked.clear()
        self.empty = empty
        self._lay_out()
        self.verticalScrollBar().setValue(0)
        self._tell_page()

    def set_zoom(self, zoom: float) -> None:
        self._fits = False
        self._set_zoom(zoom)

    def zoom_in(self) -> None:
        self.set_zoom(self._zoom * _STEP)

    def zoom_out(self) -> None:
        self.set_zoom(self._zoom / _STEP)

    def fit_width(self) -> None:
        self._fits = True
        self._set_zoom(self._fitting_zoom())

    # Laying out. ----------------------------------------------------------------------------------------------------

    def _fitting_zoom(self) -> float:
        if self._pages is None or not len(self._pages):
            return self._zoom
        widest = max(size.width for size in self._pages.sizes) * _PIXELS_PER_POINT
        bar = self.verticalScrollBar().sizeHint().width()
        return (self.width() - bar - 2 * _GAP) / widest

    def _set_zoom(self, zoom: float) -> None:
        zoom = max(_LEAST_ZOOM, min(_MOST_ZOOM, zoom))
        if abs(zoom - self._zoom) < 1e-3:
            return
        bar = self.verticalScrollBar()
        whole = max(1, bar.maximum() + self.viewport().height())
        middle = (bar.value() + self.viewport().height() / 2) / whole
        self._zoom = zoom
        self._lay_out()
        bar.setValue(round(middle * (bar.maximum() + self.viewport().height()) - self.viewport().height() / 2))
        self.zoomed.emit(zoom)
        self._tell_page()

    def _size(self, page: PageSize) -> QSize:
        scale = self._zoom * _PIXELS_PER_POINT
        return QSize(round(page.width * scale), round(page.height * scale))

    def _lay_out(self) -> None:
        if self._fits and self._pages is not None:
            self._zoom = max(_LEAST_ZOOM, min(_MOST_ZOOM, self._fitting_zoom()))
            self.zoomed.emit(self._zoom)
        self._tops = []
        top, widest = _GAP, 0
        for page in self._pages.sizes if self._pages is not None else ():
            size = self._size(page)
            self._tops.append(top)
            top += size.height() + _GAP
            widest = max(widest, size.width())
        view = self.viewport().size()
        self.verticalScrollBar().setRange(0, max(0, top - view.height()))
        self.verticalScrollBar().setPageStep(view.height())
        self.verticalScrollBar().setSingleStep(48)
        self.horizontalScrollBar().setRange(0, max(0, widest + 2 * _GAP - view.width()))
        self.horizontalScrollBar().setPageStep(view.width())
        self.viewport().update()

    def _rect(self, page: int) -> QRect:
        """Where a page lies in the viewport."""
        assert self._pages is not None
        size = self._size(self._pages.sizes[page])
        room = self.viewport().width()
        left = (room - size.width()) // 2 if size.width() + 2 * _GAP <= room else _GAP
        corner = QPoint(left - self.horizontalScrollBar().value(), self._tops[page] - self.verticalScrollBar().value())
        return QRect(corner, size)

    def _visible(self) -> list[int]:
        view = self.viewport().rect()
        return [n for n in range(len(self._tops)) if self._rect(n).intersects(view)]

    def _tell_page(self) -> None:
        visible = self._visible()
        middle = self.viewport().height() / 2
        page = min(visible, key=lambda n: abs(self._rect(n).center().y() - middle), default=-1)
        self.page_changed.emit(page + 1, len(self._tops))

    # Painting. ------------------------------------------------------------------------------------------------------

    def _key(self, page: int) -> Key:
        scale = self._zoom * _PIXELS_PER_POINT * self.devicePixelRatioF()
        return self._generation, page, round(scale * 1000)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self._theme.color("header" if not self._theme.is_dark else "paper"))
        if self._pages is None:
            painter.setPen(self._theme.color("mist"))
            box = self.viewport().rect().adjusted(48, 0, -48, 0)
            painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap), self.empty)
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for page in self._visible():
            rect = self._rect(page)
            key = self._key(page)
            image = self._images.get(key)
            if image is None:
                self._ask(key)
                image = next((held for k, held in reversed(self._images.items()) if k[:2] == key[:2]), None)
            painter.fillRect(rect, Qt.GlobalColor.white)
            if image is not None:
                painter.drawImage(rect, image)
            painter.setPen(QPen(self._theme.color("line"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(-1, -1, 0, 0))

    def _ask(self, key: Key) -> None:
        if key in self._asked or self._pages is None:
            return
        self._asked.add(key)
        pages = self._pages

        def work(_progress: Progress, _cancelled: Cancelled) -> QImage | None:
            # Scrolled or zoomed away while it waited: nobody looks at it any more.
            return pages.render(key[1], key[2] / 1000) if key in self._asked else None

        def done(image: QImage | None) -> None:
            self._asked.discard(key)
            if image is not None and not image.isNull() and key[0] == self._generation:
                self._hold(key, image)
                self.viewport().update()

        def lost() -> None:
            self._asked.discard(key)

        self._tasks.run("正在绘制页面", work, done, cancelled=lost, quiet=True, owner=self)

    def _hold(self, key: Key, image: QImage) -> None:
        self._images[key] = image
        while len(self._images) > 1 and sum(i.sizeInBytes() for i in self._images.values()) > _MOST_HELD:
            self._images.popitem(last=False)

    # Keys and wheel. ------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()
        self._tell_page()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            (self.zoom_in if event.angleDelta().y() > 0 else self.zoom_out)()
            event.accept()
            return
        super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar, key = self.verticalScrollBar(), event.key()
        moves = {
            Qt.Key.Key_PageDown: bar.value() + bar.pageStep(), Qt.Key.Key_PageUp: bar.value() - bar.pageStep(),
            Qt.Key.Key_Space: bar.value() + bar.pageStep(), Qt.Key.Key_Home: 0, Qt.Key.Key_End: bar.maximum(),
        }  # fmt: skip
        if key in moves:
            bar.setValue(moves[key])
        elif key in {Qt.Key.Key_Plus, Qt.Key.Key_Equal}:
            self.zoom_in()
        elif key == Qt.Key.Key_Minus:
            self.zoom_out()
        elif key == Qt.Key.Key_0:
            self.fit_width()
        else:
            super().keyPressEvent(event)
