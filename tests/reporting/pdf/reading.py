"""A written PDF as a reader sees it: text, boxes, fonts, outline, metadata."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import pypdfium2 as pdfium


@dataclass(frozen=True)
class Read:
    pages: tuple[str, ...]
    boxes: tuple[tuple[tuple[float, float, float, float, str], ...], ...]
    sizes: tuple[tuple[float, float], ...]
    outline: tuple[tuple[int, str], ...]
    metadata: dict[str, str]
    raw: bytes

    @property
    def text(self) -> str:
        return "\n".join(self.pages)

    @property
    def joined(self) -> str:
        """All text without white space, so that a broken line does not hide a sentence."""
        return re.sub(r"\s", "", self.text)

    @property
    def fonts(self) -> list[str]:
        return [name.decode() for name in re.findall(rb"/BaseFont /([^\s/]+)", self.raw)]

    @property
    def embedded(self) -> int:
        return len(re.findall(rb"/FontFile2 \d+ 0 R", self.raw))


def read(path: Path) -> Read:
    document = pdfium.PdfDocument(path)
    pages, boxes, sizes = [], [], []
    for page in document:
        text = page.get_textpage()
        pages.append(text.get_text_range())
        found = []
        for n in range(text.count_rects()):
            left, bottom, right, top = text.get_rect(n)
            found.append((left, bottom, right, top, text.get_text_bounded(left, bottom, right, top)))
        boxes.append(tuple(found))
        sizes.append(page.get_size())
    outline = tuple((item.level, item.get_title()) for item in document.get_toc())
    metadata = document.get_metadata_dict()
    document.close()
    return Read(tuple(pages), tuple(boxes), tuple(sizes), outline, metadata, path.read_bytes())


def overlaps(found: Read, slack: float = 0.9) -> list[tuple[str, str]]:
    """Pairs of texts that are printed over each other."""
    bad = []
    for boxes in found.boxes:
        for a, b in combinations(boxes, 2):
            across = min(a[2], b[2]) - max(a[0], b[0])
            down = min(a[3], b[3]) - max(a[1], b[1])
            if across > slack and down > slack:
                bad.append((a[4], b[4]))
    return bad


def outside(found: Read, margin: float = 50.0) -> list[str]:
    """Texts that stick out of the text block into the margins, left or right."""
    return [
        box[4]
        for boxes, (width, _) in zip(found.boxes, found.sizes, strict=True)
        for box in boxes
        if box[0] < margin or box[2] > width - margin
    ]
