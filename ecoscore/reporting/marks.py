"""The mark a paper carries in its metadata: which result it shows, so that paper and file can be compared later."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from xml.etree import ElementTree as ET

from ecoscore.errors import EnvironmentFailed, InputRefused
from ecoscore.model.result import Result
from ecoscore.reporting.digest import CODE_TITLE, code_of, digest_of
from ecoscore.reporting.view_parts import PaperMeta

_OPENING = '{"ecoscore":'
_PROPERTY = "EcoScore"
_CHUNK = 240  # a property of an Office document holds 255 characters
_CUSTOM = "docProps/custom.xml"
_LARGEST = 4_000_000  # of a property part, unpacked


@dataclass(frozen=True, slots=True)
class Mark:
    """`journal` counts the lines of the file's journal when the paper was made; `districts` hold each one's digest."""

    period: str
    scheme: str
    edition: str
    level: str
    algorithm: str
    digest: str
    journal: int = 0
    districts: Mapping[str, str] = field(default_factory=dict)

    @property
    def code(self) -> str:
        return code_of(self.digest)

    @property
    def text(self) -> str:
        """One line of JSON, the same wherever it is kept."""
        body = json.dumps(
            {**asdict(self), "districts": dict(self.districts)}, ensure_ascii=False, separators=(",", ":")
        )
        return f'{_OPENING}1,"mark":{body}}}'

    @classmethod
    def parse(cls, text: str) -> Mark | None:
        """The mark in a text that may hold other things too; None where there is none."""
        start = text.find(_OPENING)
        if start < 0:
            return None
        try:
            found, _ = json.JSONDecoder().raw_decode(text[start:])
            body = found["mark"]
            known = {name: body[name] for name in cls.__dataclass_fields__}
        except (ValueError, KeyError, TypeError):
            return None
        strings = all(
            isinstance(known[n], str) for n in ("period", "scheme", "edition", "level", "algorithm", "digest")
        )
        fits = strings and isinstance(known["journal"], int) and isinstance(known["districts"], dict)
        return cls(**known) if fits else None


def mark_of(result: Result, journal: int = 0) -> Mark:
    digest = digest_of(result)
    levels = sorted({d.level.value for d in result.districts})
    return Mark(
        str(result.period), result.scheme.id, result.scheme.edition, ",".join(levels), digest.algorithm, digest.whole,
        journal, digest.districts,
    )  # fmt: skip


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
