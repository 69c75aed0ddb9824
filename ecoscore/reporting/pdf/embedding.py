"""A face's characters as they are embedded in a file: the glyphs, their widths, and the text that they stand for."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

_SYMBOLIC, _NONSYMBOLIC = 1 << 2, 1 << 5


@dataclass(frozen=True, slots=True)
class Embedded:
    """A subset of at most 256 characters; streams are compressed, `length` is the font program's before that."""

    program: bytes
    length: int
    widths: str
    unicode: bytes


# Cards of one batch use the same faces for nearly the same words: most subsets are made once.
@lru_cache(maxsize=64)
def embedded(face: Any, codes: tuple[int, ...]) -> Embedded:
    """The characters `codes` of a face of reportlab's, in this order."""
    program = face.makeSubset(list(codes))
    widths = " ".join(f"{face.getCharWidth(code):.6g}" for code in codes)
    return Embedded(zlib.compress(program), len(program), widths, zlib.compress(to_unicode(codes).encode("ascii")))


def descriptor(face: Any, name: str, program: str) -> str:
    """The dictionary that describes a face to a reader; `program` refers to its glyphs."""
    flags = (face.flags & ~_NONSYMBOLIC) | _SYMBOLIC
    box = " ".join(f"{edge:.6g}" for edge in face.bbox)
    return (
        f"<< /Type /FontDescriptor /FontName /{name} /Flags {flags} /FontBBox [ {box} ] /ItalicAngle {face.italicAngle:.6g} "
        f"/Ascent {face.ascent:.6g} /Descent {face.descent:.6g} /CapHeight {face.capHeight:.6g} /StemV {face.stemV:.6g} "
        f"/MissingWidth {face.defaultWidth:.6g} /FontFile2 {program} >>"
    )


def to_unicode(codes: tuple[int, ...]) -> str:
    """The map from codes to text. Reportlab's own writes code points above U+FFFF as they are, which copies out as
    other characters; PDF wants UTF-16, in blocks of at most 100 entries.
    """
    rows = [
        f"<{n:02X}> <{(chr(code) if code else chr(0)).encode('utf-16-be').hex().upper()}>"
        for n, code in enumerate(codes)
    ]
    blocks = [
        f"{len(part)} beginbfchar\n" + "\n".join(part) + "\nendbfchar"
        for part in (rows[n : n + 100] for n in range(0, len(rows), 100))
    ]
    head = (
        "/CIDInit /ProcSet findresource begin", "12 dict begin", "begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def", "/CMapType 2 def",
        "1 begincodespacerange", "<00> <FF>", "endcodespacerange",
    )  # fmt: skip
    return "\n".join((*head, *blocks, "endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"))
