"""The generator of the demo's tables gives the same files every time, and the bundled ones are its work."""

from __future__ import annotations

import hashlib
import time

import openpyxl
import pytest

from tests.real.tables import DEMO
from tests.tools import make_demo


def digests(folder):
    return {f.relative_to(folder).as_posix(): hashlib.sha256(f.read_bytes()).hexdigest() for f in folder.rglob("*.*")}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("示例 一")
    make_demo.main(folder)
    return folder


def test_the_same_bytes_on_every_run(made, tmp_path):
    time.sleep(2.1)  # zip archives stamp their members with two-second precision
    make_demo.main(tmp_path)
    assert digests(tmp_path) == digests(made)


def test_the_bundled_tables_are_the_generated_ones(made):
    for fresh in made.rglob("*.*"):
        bundled = DEMO / fresh.relative_to(made)
        if fresh.suffix != ".xlsx":
            assert bundled.read_bytes() == fresh.read_bytes(), bundled.name
            continue
        for data_only in (False, True):
            assert cells(bundled, data_only) == cells(fresh, data_only), bundled.name


def cells(path, data_only):
    book = openpyxl.load_workbook(path, data_only=data_only)
    return {s.title: [[(c.value, c.number_format) for c in row] for row in s.iter_rows()] for s in book}


def test_every_table_says_that_it_is_fictional():
    for path in [*(DEMO / "报送").iterdir(), DEMO / "区县名单.xlsx", DEMO / "有问题的表" / "有问题的指标表.xlsx"]:
        if path.suffix == ".xlsx":
            for sheet in openpyxl.load_workbook(path):
                assert any("虚构示例数据" in str(c) for row in sheet.iter_rows(values_only=True) for c in row), (
                    path.name,
                    sheet,
                )
        elif path.suffix == ".csv":
            assert "虚构示例数据" in path.read_text(encoding="gb18030")
        else:
            import xlrd

            assert "虚构示例数据" in xlrd.open_workbook(path).sheet_by_index(0).cell_value(0, 0)


def test_the_demo_stays_small():
    assert sum(f.stat().st_size for f in DEMO.rglob("*.*")) < 400_000
