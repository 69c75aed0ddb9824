"""The command line as its users meet it: files in folders with Chinese names and spaces, streams in the C locale.

Where the process is the matter (PROCESSES: streams, exit codes, the whole job) every command is one of its own. Elsewhere
`run` calls the command's main here: what it reads, prints, writes and gives back is the same, without seconds of starting.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from ecoscore.cli import main

ROOT = Path(__file__).resolve().parents[2]

PROCESSES = {"test_commands", "test_demo", "test_outcomes"}

SCHEME = """
id: small
title: 小方案
edition: "2024"
missing: zero
groups:
  - id: air
    title: 大气环境
    indicators:
      - {id: pm25, title: PM2.5年均浓度, unit: μg/m³, direction: lower, weight: 60, valid: [0, 500],
         rule: {kind: minmax, bounds: {worst: 60, best: 20}}}
      - {id: days, title: 优良天数比例, unit: "%", weight: 40, valid: [0, 100], rule: {kind: minmax, bounds: {worst: 50, best: 100}}}
grades: [{title: 优秀, min: 90}, {title: 良好, min: 70}, {title: 合格, min: 60}, {title: 不合格, min: 0}]
"""
DISTRICTS = "区县,代码,层级,上级,分类组,别名\n甲区,990101,县级,某市,城区,甲市辖区、老甲县\n乙县,990102,县级,某市,县域,\n丙县,990103,县级,某市,县域,\n"
VALUES = "区县,考核期,指标,值\n甲区,2024,PM2.5年均浓度,40\n甲区,2024,优良天数比例,75\n乙县,2024,PM2.5年均浓度,20\n乙县,2024,优良天数比例,100\n丙县,2024,PM2.5年均浓度,30\n"


@dataclass(frozen=True)
class Done:
    code: int
    out: str
    err: str

    @property
    def json(self):
        """The whole of stdout as one document; NaN and Infinity are no JSON."""

        def refuse(word):
            raise AssertionError(f"{word} in JSON")

        return json.loads(self.out, parse_constant=refuse)


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "某市 年度考核"
    made.mkdir()
    (made / "小 方案.yaml").write_text(SCHEME, encoding="utf-8")
    (made / "区县 名单.csv").write_text(DISTRICTS, encoding="gb18030")
    (made / "报送 表.csv").write_text(VALUES, encoding="utf-8-sig")
    return made


@pytest.fixture
def run(request, folder, backups_root, monkeypatch):
    """Run the command under the C locale, where Python would print ASCII."""

    def run(*arguments, code=None, **environment):
        command = [*map(str, arguments)]
        if code or environment or request.module.__name__.rsplit(".", 1)[-1] in PROCESSES:
            return in_a_process(command, code, folder, backups_root, environment)
        with monkeypatch.context() as here:
            return in_this_process(command, folder, here)

    return run


def in_a_process(arguments, code, folder, backups_root, environment):
    env = {
        k: v
        for k, v in os.environ.items()
        if k not in {"PYTHONIOENCODING", "PYTHONUTF8", "LANG", "DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    }
    env |= {
        "LC_ALL": "C", "PYTHONPATH": str(ROOT), "ECOSCORE_BACKUPS": str(backups_root), "HOME": str(folder.parent / "家"),
        "XDG_STATE_HOME": str(folder.parent / "家"), **environment,
    }  # fmt: skip
    command = [sys.executable, *(["-c", code] if code else ["-m", "ecoscore"]), *arguments]
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, timeout=120, check=False)
    return Done(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))


def in_this_process(arguments, folder, here):
    streams = {name: io.TextIOWrapper(io.BytesIO(), encoding="ascii") for name in ("stdout", "stderr")}
    for name, stream in streams.items():
        here.setattr(sys, name, stream)
    here.setattr(sys, "excepthook", sys.excepthook)  # main puts its own there
    here.setattr(sys, "argv", ["ecoscore", *arguments])
    here.chdir(folder)
    try:
        code = main(arguments)
    except SystemExit as stop:  # from the parser
        code = stop.code or 0
    for stream in streams.values():
        stream.flush()
    return Done(code, *(stream.buffer.getvalue().decode("utf-8") for stream in streams.values()))


@pytest.fixture(scope="session")
def shelf(tmp_path_factory):
    return tmp_path_factory.mktemp("做好的")


@pytest.fixture
def once(folder, shelf):
    """What many tests begin with is made by real commands for the first of them; the others get copies of that folder.

    Starting a process takes seconds on some machines, and these are not what the test is about.
    """

    def once(name, make):
        kept = shelf / name
        if kept.exists():
            shutil.copytree(kept, folder, dirs_exist_ok=True)
        else:
            make()
            shutil.copytree(folder, kept)

    return once


@pytest.fixture
def file(folder, run, once):
    def make():
        made = run("new", "考核 2024.ecos", "--scheme", "小 方案.yaml", "--districts", "区县 名单.csv")
        assert made.code == 0, made.err

    once("新建", make)
    return folder / "考核 2024.ecos"


@pytest.fixture
def filled(file, run, once):
    def make():
        done = run("import", file, "报送 表.csv", "--why", "年报")
        assert done.code == 0, done.err

    once("已导入", make)
    return file
