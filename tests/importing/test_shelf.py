"""Answering an import's questions reads no file anew, unless it has been saved anew meanwhile."""

from __future__ import annotations

import zipfile

import pytest

from ecoscore.importing import shelf as module
from ecoscore.importing.choices import Choices
from ecoscore.importing.shelf import Shelf
from ecoscore.importing.sources import PastedTable
from tests.importing.sheets import plan_of, values, write_xlsx

HEAD = ["区县", "PM2.5年均浓度（mg/m³）"]


@pytest.fixture
def reads(monkeypatch):
    """The names of the files that were really read or unpacked."""
    found = []

    def counted(work):
        return lambda paths, *rest, **more: found.extend(p.name for p in paths) or work(paths, *rest, **more)

    monkeypatch.setattr(module, "read_files", counted(module.read_files))
    monkeypatch.setattr(module, "unpack_files", counted(module.unpack_files))
    return found


def test_an_answer_reads_nothing(tmp_path, reads):
    one = write_xlsx(tmp_path / "甲.xlsx", {"2024年": [HEAD, ["甲区", 0.033]]})
    inner = write_xlsx(tmp_path / "乙.xlsx", {"2024年": [HEAD, ["乙县", 0.034]]})
    other = write_xlsx(tmp_path / "丙.xlsx", {"2024年": [HEAD, ["丙区", 0.035]]})
    packs = [tmp_path / "一 包.zip", tmp_path / "二 包.zip"]
    for pack, table in zip(packs, (inner, other), strict=True):
        with zipfile.ZipFile(pack, "w") as archive:
            archive.write(table, table.name)
    pasted = PastedTable("2024年\n区县\t空气优良天数比率\n甲区\t80\n乙县\t81\n")
    with Shelf() as shelf:
        first = plan_of(one, *packs, pasted, shelf=shelf)
        assert {e.new.indicator for e in first.entries} == {"good_days"}
        assert sorted(reads) == ["0-0.xlsx", "0-0.xlsx", "pasted-1.tsv", "一 包.zip", "二 包.zip", "甲.xlsx"]
        reads.clear()
        second = plan_of(one, *packs, pasted, shelf=shelf, choices=Choices(all_conversions=True))
        assert reads == []
        fresh = plan_of(one, *packs, pasted, choices=Choices(all_conversions=True))
        assert values(second) == values(fresh)
        assert [f.name for f in second.files] == [f.name for f in fresh.files]
        assert [f.digest for f in second.files] == [f.digest for f in fresh.files]
        folder = shelf.folder
    assert not folder.exists()


def test_a_file_saved_anew_is_read_anew(tmp_path, reads):
    path = write_xlsx(tmp_path / "甲.xlsx", {"2024年": [["区县", "PM2.5年均浓度"], ["甲区", 33]]})
    with Shelf() as shelf:
        plan_of(path, shelf=shelf)
        write_xlsx(path, {"2024年": [["区县", "PM2.5年均浓度"], ["甲区", 35]]})
        assert list(values(plan_of(path, shelf=shelf)).values()) == [35]
        assert reads == ["甲.xlsx", "甲.xlsx"]


def test_what_cannot_be_read_is_said_again(tmp_path, reads):
    bad, gone = tmp_path / "坏.xlsx", tmp_path / "没有.xlsx"
    bad.write_bytes(b"%PDF-1.7")
    with Shelf() as shelf:
        for _ in range(2):
            plan = plan_of(bad, gone, shelf=shelf)
            assert [f.code for f in plan.findings] == ["file_refused"] * 2
        assert reads == ["坏.xlsx", "没有.xlsx", "没有.xlsx"]


def test_the_same_file_twice_under_two_names(tmp_path):
    path = write_xlsx(tmp_path / "甲.xlsx", {"2024年": [["区县", "PM2.5年均浓度"], ["甲区", 33]]})
    copy = tmp_path / "甲 副本.xlsx"
    copy.write_bytes(path.read_bytes())
    with Shelf() as shelf:
        for _ in range(2):
            assert [f.name for f in plan_of(path, copy, shelf=shelf).files] == ["甲.xlsx", "甲 副本.xlsx"]
