"""The pages of a PDF as images, drawn by PDFium; one call at a time, because PDFium knows no threads."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QImage

_ALONE = threading.RLock()
_POINTS_PER_INCH = 72.0


@dataclass(frozen=True, slots=True)
class PageSize:
    """In points."""

    width: float
    height: float

    @property
    def is_landscape(self) -> bool:
        return self.width > self.height


class PdfPages:
    """An open PDF. It is read into memory, so that its file stays free to be replaced or thrown away."""

    def __init__(self, path: Path) -> None:
        import pypdfium2  # noqa: PLC0415  a native library that the window does not need to start

        with _ALONE:
            self._document = pypdfium2.PdfDocument(path.read_bytes())
            self._is_open = True
            self.sizes = tuple(PageSize(*self._document.get_page_size(n)) for n in range(len(self._document)))

    def __len__(self) -> int:
        return len(self.sizes)

    def render(self, page: int, scale: float) -> QImage:
        """One page at `scale` pixels a point, as printed: on white. A null image once the document is closed."""
        with _ALONE:
            if not self._is_open:
                return QImage()
            leaf = self._document[page]
            bitmap = leaf.render(scale=scale, rev_byteorder=True, prefer_bgrx=True)
            image = QImage(
                bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGBX8888
            ).copy()
            leaf.close()
        return image

    def render_dpi(self, page: int, dpi: float) -> QImage:
        return self.render(page, dpi / _POINTS_PER_INCH)

    def close(self) -> None:
        with _ALONE:
            if self._is_open:
                self._is_open = False
                self._document.close()


def join(paths: Sequence[Path], target: Path) -> Path:
    """The pages of several PDFs in one."""
    import pypdfium2  # noqa: PLC0415

    with _ALONE:
        whole = pypdfium2.PdfDocument.new()
        for path in paths:
            part = pypdfium2.PdfDocument(path.read_bytes())
            whole.import_pages(part)
            part.close()
        whole.save(target)
        whole.close()
    return target
