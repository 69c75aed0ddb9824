"""Damaged and rearranged files through the whole import: no crash, and no number that does not stand in its cell.

What is damaged so that its checksum still holds cannot be told from what somebody typed; so a number read must be the
one that the damaged file itself shows in the cell it names, by another reader: openpyxl, xlrd without our code, or
the bare text.
"""

from __future__ import annotations

import csv
import io
import random
import re
import warnings
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlrd
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.cell import coordinate_from_string

from ecoscore.errors import InputRefused
from ecoscore.importing.assembly import Assembly
from ecoscore.importing.cell_text import read_text
from ecoscore.importing.context import Knowledge
from ecoscore.importing.readers import read_book
from ecoscore.importing.readers.delimited import decode
from ecoscore.importing.readers.limits import Limits
from ecoscore.importing.workbook import read_workbook
from ecoscore.model.observation import Status
from tests.corpus.setting import DISTRICTS, SCHEME
from tests.importing.readers.test_damaged_files import damaged

DATA = Path(__file__).resolve().parents[2] / "data"
LIMITS = Limits(unpacked_bytes=20 << 20, cells=20_000, rows=5_000, text=1 << 20)
TIMES = 60


def entries(path: Path):
    """What importing a file would write, read in this very process; findings are checked on the way."""
    book = read_book(path, LIMITS)
    known = Knowledge.of(SCHEME, DISTRICTS, None, add_districts=False)
    assembly = Assembly(known, {}, ())
    reports = read_workbook(book, path.name, known)
    for report in reports:
        assembly.take(report)
    assembly.finish()
    assert all(f.message and f.advice and f.file for report in reports for f in report.findings)
    return [e for e in assembly.entries if e.new.status is Status.REPORTED], book


def nudged(content: bytes, luck: random.Random) -> bytes:
    """A few figures and letters changed for others: most of it stays well formed and says something else."""
    found = bytearray(content)
    places = [at for at, byte in enumerate(found) if chr(byte).isalnum() and byte < 128]
    for at in luck.sample(places, min(len(places), luck.randint(1, 4))):
        found[at] = luck.choice(b"0123456789" if chr(found[at]).isdigit() else b"abcdefstvACRS")
    return bytes(found)


def shuffled(path: Path, luck: random.Random, change) -> bytes:
    """A workbook whose parts are sound zip members with changed contents: checksums do not save the reader."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    inside = [name for name in parts if re.search(r"sheet\d*\.xml|sharedStrings|styles|content\.xml", name)]
    name = luck.choice(inside)
    parts[name] = change(parts[name], luck)
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return found.getvalue()


def shown_by_openpyxl(path: Path, sheet: str, cell: str) -> object:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(path, data_only=True)
    return book[sheet][cell].value


def shown_by_xlrd(path: Path, sheet: str, cell: str) -> object:
    letters, row = coordinate_from_string(cell)
    with xlrd.open_workbook(path, logfile=io.StringIO()) as book:
        return book.sheet_by_name(sheet).cell_value(row - 1, openpyxl.utils.column_index_from_string(letters) - 1)


def shown_by_text(path: Path, _sheet: str, cell: str) -> object:
    letters, row = coordinate_from_string(cell)
    text = decode(path.read_bytes())
    mark = "\t" if path.suffix == ".tsv" else ","
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=mark))
    return rows[row - 1][openpyxl.utils.column_index_from_string(letters) - 1]


SEEDS = [
    ("布局 汇总表 Excel.xlsx", shown_by_openpyxl), ("布局 两级表头 WPS.xlsx", shown_by_openpyxl),
    ("布局 长表.xlsx", shown_by_openpyxl), ("单元 显示格式.xlsx", shown_by_openpyxl), ("回收 填报表.xlsx", shown_by_openpyxl),
    ("布局 汇总表 LibreOffice.ods", None), ("布局 区县在列.ods", None), ("布局 汇总表 旧WPS.et", shown_by_xlrd),
    ("布局 汇总表 LibreOffice.xls", shown_by_xlrd), ("布局 汇总表 GB18030.csv", shown_by_text),
    ("布局 汇总表 UTF-16.tsv", shown_by_text),
]  # fmt: skip


@pytest.mark.parametrize(("name", "other"), SEEDS, ids=[name for name, _ in SEEDS])
def test_a_damaged_file_gives_its_own_numbers_or_none(tmp_path, name, other):
    seed, luck = DATA / name, random.Random(f"2024 {name}")
    path = tmp_path / name.replace("汇总表", "2024年汇总表")
    content = seed.read_bytes()
    read, said = 0, []
    for n in range(TIMES):
        change = damaged if n % 4 == 0 else nudged
        is_inside = seed.suffix in {".xlsx", ".ods"} and n % 8
        path.write_bytes(shuffled(seed, luck, change) if is_inside else change(content, luck))
        try:
            found, book = entries(path)
        except InputRefused as refusal:
            said.append((refusal.message, refusal.advice))
            continue
        read += 1
        for e in found:
            held = {s.name: s for s in book.sheets}[e.sheet or ""]
            letters, row = coordinate_from_string(e.cell)
            own = held.at(row, openpyxl.utils.column_index_from_string(letters))
            assert e.new.raw in {own.text, e.new.raw if own.is_empty else own.text}
            if other is not None:
                agree(e, _shown(other, path, e))
    assert read > TIMES // 8 and said and all(map(all, said))


def _shown(other, path, entry) -> object:
    """What another reader says; None where it cannot read the file at all."""
    try:
        return other(path, entry.sheet or "", entry.cell)
    except Exception:  # noqa: BLE001  whatever other readers do with broken files is theirs
        return None


def agree(entry, shown: object) -> None:
    if shown is None:
        return
    unit = SCHEME.by_id[entry.new.indicator].unit
    if isinstance(shown, (int, float)) and not isinstance(shown, bool):
        assert entry.new.value in {float(shown), float(f"{shown * 100:.15g}")}, (entry.cell, shown, entry.new)
    else:
        assert read_text(str(shown), unit).value == entry.new.value, (entry.cell, shown, entry.new)


TYPED = st.text(alphabet="0123456789０１２.,，。-−—/%％‰eE+()（）约≥无缺L μg/m³万亿 \n\u200b", max_size=12)


@settings(max_examples=300, deadline=None)
@given(TYPED, st.sampled_from(["μg/m³", "%", "万元", "公顷", ""]))
def test_a_number_read_is_one_that_a_person_would_read(typed, unit):
    """Its digits are those typed, in their order: nothing is dropped, moved or made up."""
    reading = read_text(typed, unit)
    if reading.status is not Status.REPORTED:
        return
    plain = typed.translate({code: code - 0xFEE0 for code in range(0xFF10, 0xFF1A)})
    said = re.match(r"[^0-9.]*([0-9,，.]*)(?:[eE]([+-]?[0-9]+))?", plain.replace("\u200b", "").strip())
    digits = said[1].replace(",", "").replace("，", "")
    value = abs(float(digits + (f"e{said[2]}" if said[2] else "")))
    assert abs(reading.value) == value
