"""Temporary folders: gone when done, and cleared away later where the program was killed."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time

import pytest

from ecoscore.scratch import PREFIX, ScratchFolder, sweep
from tests.needs import posix_links

LONG_AGO = time.time() - 3 * 86_400


@pytest.fixture(autouse=True)
def temporary(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def aged(path):
    os.utime(path, (LONG_AGO, LONG_AGO))
    return path


def left_behind(temporary, name="ecoscore-abcd_123"):
    folder = temporary / name
    folder.mkdir()
    (folder / "解 开的表.xlsx").write_bytes(b"x")
    return aged(folder)


def test_a_folder_goes_with_its_user():
    with ScratchFolder() as scratch:
        (scratch.path / "表.xlsx").write_bytes(b"x")
        assert scratch.path.name.startswith(PREFIX)
    assert not scratch.path.exists()


def test_what_a_killed_program_left_goes_after_a_day(temporary):
    code = "import os; from ecoscore.scratch import ScratchFolder; f = ScratchFolder(); print(f.path, flush=True); os._exit(1)"
    env = {**os.environ, "TMPDIR": str(temporary), "TEMP": str(temporary), "TMP": str(temporary)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=env, check=False)
    (left,) = list(temporary.iterdir())
    assert str(left) == done.stdout.strip()
    assert sweep() == 0 and left.exists()  # of today: whoever made it may still look at it
    aged(left)
    assert sweep() == 1 and not left.exists()


def test_a_folder_in_use_stays_however_old_it_is():
    with ScratchFolder() as scratch:
        aged(scratch.path)
        assert sweep() == 0
        assert scratch.path.exists()


def test_only_folders_of_our_naming_go(temporary):
    others = [left_behind(temporary, name) for name in ("ecoscore-备份", "ecoscore-2024", "my-ecoscore-abcd_123")]
    file = temporary / "ecoscore-abcdefgh"
    file.write_bytes(b"x")
    aged(file)
    assert left_behind(temporary).exists()
    assert sweep() == 1
    assert all(path.exists() for path in [*others, file])


@posix_links
def test_a_link_is_not_followed(temporary, tmp_path_factory):
    target = tmp_path_factory.mktemp("elsewhere")
    (target / "数据.xlsx").write_bytes(b"x")
    (temporary / "ecoscore-linked12").symlink_to(target, target_is_directory=True)
    aged(target)
    sweep()
    assert (target / "数据.xlsx").exists()
