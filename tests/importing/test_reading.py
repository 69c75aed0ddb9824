"""Reading in the child process: its limits, and what becomes of the other files."""

from __future__ import annotations

import hashlib
import os
import sys
import time
from pathlib import Path

import pytest

from ecoscore.errors import EnvironmentFailed
from ecoscore.importing import child, reading
from ecoscore.importing.reading import read_files
from tests.needs import memory_limit, posix_fifo


def csv(folder, name, rows=1):
    path = folder / name
    path.write_text("区县,值\n" + "甲区,42\n" * rows, encoding="utf-8")
    return path


def test_a_batch_is_read_in_order_with_digests(tmp_path):
    folder = tmp_path / "区县 上报"
    folder.mkdir()
    paths = [csv(folder, f"第{n} 份.csv", rows=n) for n in range(1, 6)]
    found = list(read_files(paths))
    assert [f.path for f in found] == paths
    assert [len(f.book.sheets[0].rows) for f in found] == [2, 3, 4, 5, 6]
    assert [f.digest for f in found] == [hashlib.sha256(p.read_bytes()).hexdigest() for p in paths]


def test_relative_paths_and_a_missing_file(tmp_path, monkeypatch):
    csv(tmp_path, "甲.csv")
    monkeypatch.chdir(tmp_path)
    good, bad = read_files([Path("甲.csv"), Path("没有.csv")])
    assert good.book is not None
    assert (bad.book, bad.message) == (None, "文件不存在")


@posix_fifo
def test_a_file_that_never_ends_costs_only_itself(tmp_path):
    stuck = tmp_path / "卡住.xlsx"
    os.mkfifo(stuck)
    start = time.monotonic()
    first, second, third = read_files([csv(tmp_path, "a.csv"), stuck, csv(tmp_path, "b.csv")], seconds=1.5)
    assert time.monotonic() - start < 6
    assert first.book is not None
    assert second.book is None and "时间过长" in second.message and second.advice
    assert third.book is not None


@posix_fifo
def test_many_files_are_shared_out_and_come_in_order_even_past_a_stuck_one(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "cpu_count", lambda: 3)
    paths = [csv(tmp_path, f"{n:02d}.csv", rows=n + 1) for n in range(26)]
    paths[7] = tmp_path / "卡住.xlsx"
    os.mkfifo(paths[7])
    found = list(read_files(paths, seconds=1.5))
    assert [f.path for f in found] == paths
    assert [f.book is None for f in found] == [n == 7 for n in range(26)]
    assert [len(f.book.sheets[0].rows) for f in found if f.book] == [n + 2 for n in range(26) if n != 7]


@memory_limit
def test_memory_beyond_the_limit_is_a_sentence(tmp_path):
    large = csv(tmp_path, "大.csv", rows=190_000)
    first, second = read_files([large, csv(tmp_path, "小.csv")], megabytes=90)
    assert first.book is None and "内存" in first.message and first.advice
    assert second.book is not None


def test_a_child_that_hangs_is_ended_and_costs_only_its_file(tmp_path, monkeypatch):
    real, calls = reading.child_command, []

    def hanging(folder):
        calls.append(folder)
        if len(calls) > 1:
            return real(folder)
        ready = f"pathlib.Path({str(folder / child.READY_FILE)!r}).touch()"
        return [sys.executable, "-c", f"import pathlib, time; {ready}; time.sleep(600)"]

    monkeypatch.setattr(reading, "child_command", hanging)
    first, second = read_files(
        [csv(tmp_path, "a.csv"), csv(tmp_path, "b.csv")], seconds=6
    )  # b's own time too, on a busy machine
    assert first.book is None and "时间过长" in first.message
    assert second.book is not None


def test_a_child_that_dies_costs_only_its_file(tmp_path, monkeypatch, caplog):
    paths = [csv(tmp_path, "a.csv"), csv(tmp_path, "b.csv")]
    real = reading.child_command
    calls = []

    def dying(folder):
        calls.append(folder)
        if len(calls) > 1:
            return real(folder)
        script = f"import os, pathlib; pathlib.Path({str(folder / child.READY_FILE)!r}).touch(); os.abort()"
        return [sys.executable, "-c", script]

    monkeypatch.setattr(reading, "child_command", dying)
    first, second = read_files(paths)
    assert first.book is None and "中途停止" in first.message
    assert second.book is not None
    assert "died on" in caplog.text


class Held:
    """Results that cannot be opened at first, as Windows has it while a file takes its name or is scanned."""

    def __init__(self, times):
        self.left, self.real = times, Path.read_bytes

    def __call__(self, path):
        if path.suffix == ".result" and self.left > 0:
            self.left -= 1
            raise PermissionError(13, "Permission denied", str(path))
        return self.real(path)


def held(monkeypatch, times):
    hold = Held(times)
    monkeypatch.setattr(Path, "read_bytes", lambda path: hold(path))  # noqa: PLW0108  an instance would not be bound


def test_a_result_that_is_held_for_a_moment_is_waited_for(tmp_path, monkeypatch):
    held(monkeypatch, 3)
    (found,) = read_files([csv(tmp_path, "a.csv")])
    assert found.book is not None


def test_a_result_that_stays_held_is_the_environments_fault(tmp_path, monkeypatch):
    held(monkeypatch, 10_000)
    monkeypatch.setattr(reading, "_HELD_SECONDS", 0.1)
    with pytest.raises(EnvironmentFailed, match="被别的程序占用"):
        list(read_files([csv(tmp_path, "a.csv")]))


def test_no_child_at_all_is_the_environments_fault(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "child_command", lambda _: [sys.executable, "-c", "raise SystemExit(1)"])
    with pytest.raises(EnvironmentFailed, match="无法运行"):
        list(read_files([csv(tmp_path, "a.csv")]))
    monkeypatch.setattr(reading, "child_command", lambda _: [str(tmp_path / "没有这个程序")])
    with pytest.raises(EnvironmentFailed, match="无法启动"):
        list(read_files([csv(tmp_path, "a.csv")]))


@posix_fifo
def test_cancelling_ends_at_once(tmp_path):
    stuck = tmp_path / "卡住.xlsx"
    os.mkfifo(stuck)
    start = time.monotonic()
    assert list(read_files([stuck], cancelled=lambda: time.monotonic() - start > 0.3)) == []
    assert time.monotonic() - start < 3


def test_a_frozen_program_calls_itself(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert reading.child_command(tmp_path) == [sys.executable, child.CHILD_SWITCH, str(tmp_path)]
    assert not child.run_if_child(["import", "x.ecos"])
    served = []
    monkeypatch.setattr(child, "serve", served.append)
    assert child.run_if_child([child.CHILD_SWITCH, str(tmp_path)])
    assert served == [tmp_path]


def test_the_child_loads_nothing_heavy():
    import subprocess

    code = "import sys, ecoscore.importing.child, ecoscore.importing.readers.xlsx; print([m for m in ('numpy', 'pandas', 'PySide6', 'openpyxl', 'typing', 'dataclasses', 'json', 'datetime') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
