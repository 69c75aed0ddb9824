"""Every outcome has its exit code and its sentence; never a traceback, never a second document on stdout."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from tests.needs import linux_desktop


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["score"], "缺少参数"),
        (["score", "a.ecos", "--period", "二〇二四"], "不是考核期"),
        (["score", "a.ecos", "--period"], "后面要跟一个值"),
        (["nonsense"], "不能是"),
        (["check", "a.ecos", "--whatever"], "不认识的参数"),
        (["log", "a.ecos", "--limit", "many"], "的值无效"),
    ],
)
def test_wrong_usage_is_2_and_said_in_chinese(run, arguments, words):
    done = run(*arguments)
    assert (done.code, done.out) == (2, "")
    assert words in done.err
    assert "usage" not in done.err


def test_help_is_chinese(run):
    done = run("import", "--help")
    assert done.code == 0
    assert "用法：" in done.out
    assert "略去出错的单元格" in done.out
    assert "usage" not in done.out
    assert "show this help" not in done.out


@pytest.mark.parametrize(
    ("command", "file", "words"),
    [
        (["score", "--period", "2024"], "没有.ecos", "找不到考核文件"),
        (["import", "报送 表.csv"], "坏.ecos", "损坏"),
        (["check"], "坏.ecos", "损坏"),
        (["log"], "小 方案.yaml", "不是 EcoScore 考核文件"),
    ],
)
def test_a_file_that_is_missing_or_damaged_is_3(run, folder, command, file, words):
    name, *rest = command
    (folder / "坏.ecos").write_bytes(b"SQLite format 3\0" + b"\0" * 50)
    content = (folder / file).read_bytes() if (folder / file).exists() else None
    done = run(name, file, *rest)
    assert (done.code, done.out) == (3, "")
    assert words in done.err
    as_json = run(name, file, *rest, "--json")
    assert as_json.code == 3
    assert words in as_json.json["error"]
    assert content is None or (folder / file).read_bytes() == content


def test_a_locked_file_is_3(run, filled):
    import sqlite3

    other = sqlite3.connect(filled, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    done = run("score", filled, "--period", "2024")
    other.close()
    assert done.code == 3
    assert "另一个程序占用" in done.err
    assert "关闭" in done.err


@pytest.mark.parametrize("encoding", ["gbk", "cp936", "ascii"])
def test_output_is_utf8_whatever_the_locale(run, filled, encoding):
    done = run("score", filled, "--period", "2024", "--json", PYTHONIOENCODING=encoding)
    assert done.json["results"][0]["district"] == "甲区"
    assert "甲区" in run("score", filled, "--period", "2024", PYTHONIOENCODING=encoding).out


BUG = """
import sys
from ecoscore import cli
from ecoscore.cli import commands as cli_commands
def broken(options): raise {what}
cli_commands.COMMANDS = {{"check": broken}}
sys.argv = ["ecoscore", "check", "a.ecos", *sys.argv[1:]]
sys.exit(cli.main())
"""


def test_a_bug_is_3_with_a_sentence_and_a_record_on_disk(run, folder):
    done = run(code=BUG.format(what="ZeroDivisionError('甲')"))
    assert (done.code, done.out) == (3, "")
    assert "程序出错" in done.err
    assert "Traceback" not in done.err
    record = Path(done.err.rsplit("：", 1)[1].strip())
    assert "ZeroDivisionError: 甲" in record.read_text(encoding="utf-8")
    # Windows does not let a test say where a profile lies: tidy up there.
    record.unlink() if sys.platform == "win32" else record.relative_to(folder.parent / "家")


def test_a_bug_under_json_is_still_one_document(run):
    done = run("--json", code=BUG.format(what="ZeroDivisionError"))
    assert done.code == 3
    assert "程序出错" in done.json["error"]


def test_interrupting_is_130(run):
    done = run(code=BUG.format(what="KeyboardInterrupt"))
    assert done.code == 130
    assert "已中断" in done.err
    assert "Traceback" not in done.err


def test_a_reader_that_has_seen_enough_is_no_failure(run):
    done = run(code=BUG.format(what="BrokenPipeError"))
    assert (done.code, done.err) == (0, "")


@linux_desktop
def test_without_a_desktop_the_window_says_so(run):
    done = run()
    assert done.code == 3
    assert "没有图形界面" in done.err or "apt-get install" in done.err
    assert run("某.ecos").code == 3


def test_without_pyside6_the_window_says_what_to_type(run):
    code = (
        "import sys, importlib.util\n"
        "real = importlib.util.find_spec\n"
        "importlib.util.find_spec = lambda name, *rest: None if name == 'PySide6' else real(name, *rest)\n"
        "from ecoscore.cli import main\nsys.argv = ['ecoscore']\nsys.exit(main())\n"
    )
    done = run(code=code)
    assert done.code == 3
    assert "pip install PySide6-Essentials" in done.err


@linux_desktop
def test_without_system_libraries_the_window_says_what_to_type(run):
    code = (
        "import ctypes, sys\n"
        "real = ctypes.CDLL\n"
        "def missing(name, *rest):\n"
        "    if name in ('libEGL.so.1', 'libxcb-cursor.so.0'): raise OSError(name)\n"
        "    return real(name, *rest)\n"
        "from ecoscore import cli\nfrom ecoscore.cli import window as cli_window\n"
        "cli_window.ctypes.CDLL = missing\n"
        "sys.argv = ['ecoscore']\nsys.exit(cli.main())\n"
    )
    done = run(code=code)
    assert done.code == 3
    assert "apt-get install -y libegl1" in done.err
    assert "libxcb-cursor0" in done.err
    assert done.err.count("\n") <= 2


def test_json_documents_never_hold_nan(run, filled):
    for command in (["score"], ["explain", "--district", "丙县"]):
        done = run(command[0], filled, "--period", "2024", *command[1:], "--json")
        assert json.dumps(done.json, allow_nan=False)
