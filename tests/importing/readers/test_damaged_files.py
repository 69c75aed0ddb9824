"""Files damaged at random, the same way in every run: each is read or refused in a sentence, and nothing else happens."""

from __future__ import annotations

import random
import zipfile
from pathlib import Path

import pytest
import xlwt

from ecoscore.errors import InputRefused
from ecoscore.importing.readers import read_book
from ecoscore.importing.readers.archive import unpack
from ecoscore.importing.readers.limits import Limits
from tests.importing.sheets import write_xlsx

ROWS = [["区县", "PM2.5年均浓度", "空气优良天数比率"], ["甲区", 33.5, "82%"], ["乙县", ("=1/0", "#DIV/0!"), "—"]]
LIMITS = Limits(unpacked_bytes=20 << 20, cells=20_000, rows=5_000, text=1 << 20)
TIMES = 250


def xlsx(folder: Path) -> Path:
    return write_xlsx(folder / "种.xlsx", {"2024年度": ROWS}, {"2024年度": ["A1:A2"]})


def stored_xlsx(folder: Path) -> Path:
    """Uncompressed, so that damage reaches the XML and not the checksums alone."""
    with zipfile.ZipFile(xlsx(folder)) as packed, zipfile.ZipFile(folder / "平.xlsx", "w") as flat:
        for name in packed.namelist():
            flat.writestr(name, packed.read(name))
    return folder / "平.xlsx"


def xls(folder: Path) -> Path:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("2024年度")
    for r, row in enumerate(ROWS[:2]):
        for c, value in enumerate(row):
            sheet.write(r, c, value)
    book.save(str(folder / "种.xls"))
    return folder / "种.xls"


def ods(folder: Path) -> Path:
    content = (
        '<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><office:body><office:spreadsheet>'
        '<table:table table:name="表"><table:table-row><table:table-cell office:value-type="string"><text:p>甲区</text:p>'
        '</table:table-cell><table:table-cell office:value-type="float" office:value="33.5" '
        'table:number-columns-repeated="3"/></table:table-row></table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    with zipfile.ZipFile(folder / "种.ods", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    return folder / "种.ods"


def csv(folder: Path) -> Path:
    path = folder / "种.csv"
    path.write_bytes("区县,考核期,指标,值\n甲区,2024,PM2.5年均浓度,35\n".encode("gb18030"))
    return path


def damaged(content: bytes, luck: random.Random) -> bytes:
    """Some bytes changed, a piece cut out, doubled or put elsewhere, or the end lost."""
    found = bytearray(content)
    for _ in range(luck.randint(1, 6)):
        at, size = luck.randrange(len(found)), luck.randint(1, 40)
        what = luck.randrange(5)
        if what == 0:
            found[at] = luck.randrange(256)
        elif what == 1:
            del found[at : at + size]
        elif what == 2:
            found[at:at] = found[luck.randrange(len(found)) :][:size]
        elif what == 3:
            found[at : at + size] = bytes(luck.randrange(256) for _ in range(size))
        else:
            del found[max(1, at) :]
        if not found:
            break
    return bytes(found)


@pytest.mark.parametrize("make", [xlsx, stored_xlsx, xls, ods, csv])
def test_a_damaged_table_is_read_or_refused(tmp_path, make):
    seed = make(tmp_path)
    content, luck = seed.read_bytes(), random.Random(20241124)
    path = tmp_path / f"坏{seed.suffix}"
    said = []
    for _ in range(TIMES):
        path.write_bytes(damaged(content, luck))
        try:
            book = read_book(path, LIMITS)
        except InputRefused as refusal:
            said.append((refusal.message, refusal.advice))
        else:
            assert all(len(raw) == 3 for sheet in book.sheets for raw in sheet.cells.values())
    assert said and all(map(all, said)), "a sentence, and what to do"


def test_a_damaged_zip_is_unpacked_or_refused(tmp_path):
    table = csv(tmp_path)
    seed = tmp_path / "种.zip"
    with zipfile.ZipFile(seed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(table, "上报/甲区.csv")
        archive.write(table, "上报/乙县.csv")
    content, luck = seed.read_bytes(), random.Random(20241124)
    into = tmp_path / "里"
    into.mkdir()
    path = tmp_path / "坏.zip"
    said = []
    for n in range(TIMES):
        path.write_bytes(damaged(content, luck))
        try:
            members = unpack(path, into, str(n), LIMITS)
        except InputRefused as refusal:
            said.append((refusal.message, refusal.advice))
        else:
            assert all(m.stored == "" or (into / m.stored).is_file() for m in members)
    assert said and all(map(all, said))
    assert all(p.parent == into for p in into.rglob("*"))
