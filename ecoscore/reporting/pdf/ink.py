"""A canvas that writes PDF operators itself and every page to disk at once, so that a long volume takes little memory."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from typing import Any, BinaryIO

from reportlab.pdfbase import pdfdoc, pdfmetrics, ttfonts
from reportlab.pdfgen.canvas import Canvas

from ecoscore.reporting.pdf.embedding import descriptor, embedded

# One character run in one face: the face's name, the text, and what is put after each character, in ems.
Run = tuple[str, str, float]
_Shown = tuple[tuple[str, str, float], ...]
_REMEMBERED = 4096


class Ink(Canvas):  # type: ignore[misc] # reportlab has no types
    """Text, rules and outlines on the pages of one file.

    Reportlab's own text objects format six numbers for each string and keep all pages until the end. A string is set
    here with two numbers, its characters looked up once a file; a finished page goes to `out` and is forgotten.
    """

    def __init__(self, out: BinaryIO, size: tuple[float, float], font: str, **given: Any) -> None:
        super().__init__(
            out, pagesize=size, pageCompression=1, invariant=1, pdfVersion=(1, 4), initialFontName=font, initialFontSize=9,
            **given,
        )  # fmt: skip
        self.out = out
        self._at = 0
        self._offsets: dict[str, int] = {}
        self._shown: dict[tuple[Run, ...], _Shown] = {}
        self._write(b"%%PDF-%d.%d\n%%\xe4\xbd\xa0\xe5\xa5\xbd\n" % self._doc._pdfVersion)  # noqa: SLF001

    # Drawing ------------------------------------------------------------------------------------------------

    def show(self, x: float, y: float, runs: tuple[Run, ...], size: float, spacing: float = 0.0) -> None:
        """One line of text from (x, y) on, `spacing` points after each character."""
        parts = [f"BT {x:.2f} {y:.2f} Td"]
        current = 0.0
        for font, codes, extra in self._shown.get(runs) or self._look_up(runs):
            wanted = spacing + extra * size
            if wanted != current:
                parts.append(f"{wanted:.4f} Tc")
                current = wanted
            parts.append(f"{font} {size:.6g} Tf <{codes}> Tj")
        # Character spacing outlives the text object: left set, every later string would be letter-spaced.
        parts.append("0 Tc ET" if current else "ET")
        self._code.append(" ".join(parts))

    def _look_up(self, runs: tuple[Run, ...]) -> _Shown:
        """The runs in the codes of this file's subsets."""
        found = []
        for name, text, extra in runs:
            font = pdfmetrics.getFont(name)
            for subset, codes in font.splitString(text, self._doc):
                found.append((font.getSubsetInternalName(subset, self._doc), codes.hex(), extra))
        if len(self._shown) >= _REMEMBERED:
            self._shown.clear()
        self._shown[runs] = shown = tuple(found)
        return shown

    def rules(self, lines: Iterable[tuple[float, float, float, float]], width: float) -> None:
        """Straight black lines of one width."""
        path = " ".join(f"{a:.2f} {b:.2f} m {c:.2f} {d:.2f} l" for a, b, c, d in lines)
        if path:
            self._code.append(f"0 G {width:g} w {path} S")

    def outline(self, x: float, y: float, width: float, height: float, line: float) -> None:
        """A black rectangle that is not filled."""
        self._code.append(f"0 G {line:g} w {x:.2f} {y:.2f} {width:.2f} {height:.2f} re S")

    # Writing ------------------------------------------------------------------------------------------------

    def showPage(self) -> None:  # noqa: N802 - reportlab's name
        """Finish the page and write it."""
        document = self._doc
        name = document.thisPageName()
        super().showPage()
        page = document.idToObject[name]
        page.Contents = self._reference(_stream(zlib.compress(page.stream.encode("latin-1"))))
        self._put(name, pdfdoc.format(page, document, toplevel=1))
        document.Pages.pages[-1] = pdfdoc.PDFObjectReference(name)

    def save(self) -> None:
        """Write what the pages share, and the table of objects at the end."""
        document = self._doc
        if self._code:
            self.showPage()
        for font in document.delayedFonts:
            self._embed(font)
        document.info.digest(document.signature)
        root, info = document.Reference(document.Catalog), self._reference(self._information())
        document.Outlines.prepare(document, self)
        if document.Outlines.ready < 0:
            document.Catalog.Outlines = None
        document.encrypt.prepare(document)
        number = 1
        while name := document.numberToId.get(number):  # objects refer to others, which are numbered as they are met
            if name not in self._offsets:
                self._put(name, pdfdoc.format(document.idToObject[name], document, toplevel=1))
            number += 1
        self._end(number, root, info)

    def _information(self) -> bytes:
        """Title, author and so on. No date: the same result gives the same file, and its date stands on the page."""
        info = self._doc.info
        kept = ("Title", "Author", "Subject", "Keywords", "Creator", "Producer")
        entries = {name: pdfdoc.PDFString(getattr(info, name.lower())) for name in kept}
        body: bytes = pdfdoc.PDFDictionary(entries).format(self._doc)
        return body

    def _embed(self, font: Any) -> None:
        """The characters of a face that were used, in subsets of 256."""
        document = self._doc
        shared = document.idToObject[pdfdoc.BasicFonts].dict
        for n, codes in enumerate(font.state[document].subsets):
            used = embedded(font.face, tuple(codes))
            internal = font.getSubsetInternalName(n, document)[1:]
            name = (ttfonts.SUBSETN(n) + b"+" + font.face.name + font.face.subfontNameX).decode("ascii")
            program = self._add(_stream(used.program, f"/Length1 {used.length} "))
            described = self._add(descriptor(font.face, name, program).encode("ascii"))
            mapped = self._add(_stream(used.unicode))
            shared[internal] = self._reference(
                f"<< /Type /Font /Subtype /TrueType /Name /{internal} /BaseFont /{name} /FirstChar 0 "
                f"/LastChar {len(codes) - 1} /Widths [ {used.widths} ] /FontDescriptor {described} /ToUnicode {mapped} >>"
                .encode("ascii")
            )  # fmt: skip
        del font.state[document]

    def _reference(self, body: bytes) -> Any:
        """An object written now, as others refer to it."""
        reference = self._doc.Reference(pdfdoc.PDFObject())
        self._put(reference.name, body)
        return reference

    def _add(self, body: bytes) -> str:
        text: str = self._reference(body).format(self._doc).decode("ascii")
        return text

    def _end(self, count: int, root: Any, info: Any) -> None:
        document, start = self._doc, self._at
        places = [self._offsets[document.numberToId[number]] for number in range(1, count)]
        rows = b"".join(b"%010d 00000 n \n" % place for place in places)
        self._write(b"xref\n0 %d\n0000000000 65535 f \n" % count + rows)
        trailer = pdfdoc.PDFDictionary({"Size": count, "Root": root, "Info": info, "ID": document.ID()})
        self._write(b"trailer\n" + pdfdoc.format(trailer, document) + b"\nstartxref\n%d\n%%%%EOF\n" % start)

    def _put(self, name: str, body: bytes) -> None:
        """An object of the file, under its number."""
        number, _ = self._doc.idToObjectNumberAndVersion[name]
        self._offsets[name] = self._at
        self._write(b"%d 0 obj\n" % number + body + b"\nendobj\n")
        self._doc.idToObject[name] = None

    def _write(self, data: bytes) -> None:
        self.out.write(data)
        self._at += len(data)


def _stream(compressed: bytes, more: str = "") -> bytes:
    head = f"<< /Filter /FlateDecode {more}/Length {len(compressed)} >>\nstream\n"
    return head.encode("ascii") + compressed + b"\nendstream"
