"""The mark a paper carries in its metadata: which result it shows, so that paper and file can be compared later."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from ecoscore.errors import EnvironmentFailed, InputRefused
from ecoscore.model.result import Result
from ecoscore.reporting.digest import CODE_TITLE, algorithm, code_of, digest_of, hashed, is_known
from ecoscore.reporting.origin import Origin
from ecoscore.reporting.view_parts import PaperMeta

_OPENING = '{"ecoscore":'
_PROPERTY = "EcoScore"
_CHUNK = 240  # a property of an Office document holds 255 characters
_CUSTOM = "docProps/custom.xml"
_LARGEST = 4_000_000  # of a property part, unpacked


@dataclass(frozen=True, slots=True)
class Shown:
    """One result that a paper shows: which, under which edition, its digest and each district's own."""

    period: str
    level: str
    scheme: str
    edition: str
    digest: str
    districts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Mark:
    """The results behind a paper, its own first; `journal` counts the lines of the file's journal at the time.

    `origin`: how to make the paper anew, where it is one of ours and not a bureau's own form.
    """

    algorithm: str
    results: tuple[Shown, ...]
    journal: int = 0
    origin: Origin | None = None

    @property
    def digest(self) -> str:
        """The digest of all that is shown: of one result its own, of several that of their digests."""
        if len(self.results) == 1:
            return self.results[0].digest
        return hashed("\n".join(shown.digest for shown in self.results), self.algorithm)

    @property
    def code(self) -> str:
        return code_of(self.digest)

    @property
    def text(self) -> str:
        """One line of JSON, the same wherever it is kept."""
        shown = [{**asdict(r), "districts": dict(r.districts)} for r in self.results]
        body: dict[str, Any] = {
            "ecoscore": 1,
            "algorithm": self.algorithm,
            "digest": self.digest,
            "journal": self.journal,
            "results": shown,
        }
        if self.origin is not None:
            body["origin"] = self.origin.as_json()
        return json.dumps(body, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def parse(cls, text: str) -> Mark | None:
        """The mark in a text that may hold other things too; None where there is none."""
        start = text.find(_OPENING)
        if start < 0:
            return None
        try:
            found, _ = json.JSONDecoder().raw_decode(text[start:])
            results = tuple(_parsed(r) for r in found["results"])
            mark = cls(str(found["algorithm"]), results, int(found["journal"]), Origin.parse(found.get("origin")))
        except (ValueError, KeyError, TypeError, AttributeError):
            return None
        return mark if results and is_known(mark.algorithm) and mark.digest == found["digest"] else None


def mark_of(result: Result, journal: int = 0, *, others: Sequence[Result] = (), origin: Origin | None = None) -> Mark:
    """The mark of a paper that shows `result` and compares it with `others`."""
    return Mark(algorithm(), tuple(_shown(r) for r in (result, *others)), journal, origin)


def _parsed(found: dict[str, Any]) -> Shown:
    return Shown(
        str(found["period"]), str(found["level"]), str(found["scheme"]), str(found["edition"]), str(found["digest"]),
        {str(name): str(digest) for name, digest in found["districts"].items()},
    )  # fmt: skip


def _shown(result: Result) -> Shown:
    digest = digest_of(result)
    levels = sorted({d.level.value for d in result.districts})
    return Shown(
        str(result.period), ",".join(levels), result.scheme.id, result.scheme.edition, digest.whole, digest.districts
    )


def marked(meta: PaperMeta | None, mark: Mark) -> PaperMeta:
    """The same wishes for a paper, with the code it is to print and the mark it is to keep."""
    return replace(meta or PaperMeta(), code=f"{CODE_TITLE} {mark.code}（{mark.algorithm}）", mark=mark.text)


def properties(meta: PaperMeta) -> list[tuple[str, str]]:
    """What an Office document keeps as its own properties: the code for people, the mark in pieces for `verify`."""
    if not meta.mark:
        return []
    pieces = [meta.mark[n : n + _CHUNK] for n in range(0, len(meta.mark), _CHUNK)]
    return [(CODE_TITLE, meta.code), *((f"{_PROPERTY}{n}", piece) for n, piece in enumerate(pieces, start=1))]


def keywords(meta: PaperMeta) -> str:
    """The same in the one field of a PDF that every reader shows."""
    return " ".join(part for part in (meta.code, meta.mark) if part)


# Reading --------------------------------------------------------------------------------------------------------


def read_mark(path: Path) -> Mark | None:
    """The mark of a paper, None where it carries none; InputRefused for what is neither PDF, Excel nor Word."""
    try:
        with path.open("rb") as file:
            head = file.read(1024)
    except OSError as error:
        raise EnvironmentFailed(f"未能读取报表：{path}", "请核对文件名，或先关闭正在打开它的程序") from error
    if b"%PDF-" in head:
        return _in_pdf(path)
    if head.startswith(b"PK"):
        return _in_office(path)
    raise InputRefused(f"不是本软件出具的报表，无法核对：{path}", "可以核对的是本软件出具的 PDF、Excel、Word 文件")


def _in_pdf(path: Path) -> Mark | None:
    import pypdfium2  # noqa: PLC0415 - only to look at a paper

    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise InputRefused(f"PDF 文件已损坏或有密码，无法核对：{path}", "请用原来出具的文件核对") from error
    try:
        return Mark.parse(document.get_metadata_value("Keywords"))
    finally:
        document.close()


def _in_office(path: Path) -> Mark | None:
    try:
        with zipfile.ZipFile(path) as archive:
            if _CUSTOM not in archive.namelist() or archive.getinfo(_CUSTOM).file_size > _LARGEST:
                return None
            raw = archive.read(_CUSTOM)
        if b"<!DOCTYPE" in raw or b"<!ENTITY" in raw:
            return None
        root = ET.fromstring(raw)
    except (zipfile.BadZipFile, ET.ParseError, OSError, RuntimeError, NotImplementedError) as error:
        raise InputRefused(f"文件已损坏，无法核对：{path}", "请用原来出具的文件核对") from error
    found = {p.get("name", ""): "".join(p.itertext()) for p in root}
    pieces: list[str] = []
    while f"{_PROPERTY}{len(pieces) + 1}" in found:
        pieces.append(found[f"{_PROPERTY}{len(pieces) + 1}"])
    return Mark.parse("".join(pieces))
