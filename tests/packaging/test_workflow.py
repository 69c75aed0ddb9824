"""The Windows builder runs the steps that are there, all of them and in their order."""

from __future__ import annotations

import re

import yaml

from tests.packaging.scripts import FOLDER, script

ROOT = FOLDER.parents[1]
WORKFLOW = yaml.safe_load((ROOT / ".github" / "workflows" / "windows.yml").read_text(encoding="utf-8"))
STEPS = WORKFLOW["jobs"]["installer"]["steps"]
BUILD = (FOLDER / "build.sh").read_text(encoding="utf-8")
SHELL = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.sh")}


def test_it_runs_every_step_of_the_build_in_order():
    asked = []
    for step in STEPS:
        if found := re.search(r"packaging/windows/build\.sh (\S+) (.+)", step.get("run", "")):
            assert found[1] == "build/windows"
            asked += found[2].split()
    usual = re.search(r"\|\| steps=\((.*)\)", BUILD)[1].split()
    assert asked == usual
    assert all(any(f"step_{name}()" in text for text in SHELL.values()) for name in usual)


def test_what_it_keeps_is_where_the_build_leaves_it():
    kept = next(step["with"]["path"] for step in STEPS if "upload-artifact" in step.get("uses", ""))
    assert kept == "build/windows/out/"
    assert "out=$work/out" in BUILD


def test_its_python_is_the_one_that_is_locked():
    python = next(step["with"]["python-version"] for step in STEPS if "setup-python" in step.get("uses", ""))
    assert python == script("lock").PYTHON


def test_every_script_that_is_read_in_is_there():
    named = re.findall(r'^\. "\$here/(.+)"$', "\n".join(SHELL.values()), re.MULTILINE)
    assert named
    assert set(named) <= set(SHELL)


def test_a_checkout_on_windows_keeps_the_line_ends_that_bash_needs():
    assert "* -text" in (ROOT / ".gitattributes").read_text(encoding="utf-8").splitlines()
    assert not any("\r" in text for text in SHELL.values())
