"""Draws the icons of the program and of its files, in the sizes Windows asks for: icons.py FOLDER."""

from __future__ import annotations

import struct
import sys
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, Qt  # noqa: TID251  a drawing tool, no part of the product
from PySide6.QtGui import QImage, QPainter  # noqa: TID251
from PySide6.QtSvg import QSvgRenderer  # noqa: TID251

HERE = Path(__file__).resolve().parent
DRAWINGS = {"program.ico": HERE.parents[1] / "resources" / "program.svg", "document.ico": HERE / "document.svg"}
SIZES = (16, 20, 24, 32, 40, 48, 64, 256)


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, drawing in DRAWINGS.items():
        (folder / name).write_bytes(icon(drawing))


def icon(drawing: Path) -> bytes:
    """An .ico file: a directory, then one PNG a size (Windows reads those since Vista)."""
    renderer = QSvgRenderer(str(drawing))
    assert renderer.isValid(), drawing
    pictures = [png(renderer, size) for size in SIZES]
    at = 6 + 16 * len(pictures)
    head = struct.pack("<HHH", 0, 1, len(pictures))
    for size, picture in zip(SIZES, pictures, strict=True):
        head += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(picture), at)
        at += len(picture)
    return head + b"".join(pictures)


def png(renderer: QSvgRenderer, size: int) -> bytes:
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return content.data()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
