"""Runs the project's tests in the folder given, as pytest started there would: run_tests.py FOLDER [pytest's arguments]."""

from __future__ import annotations

import os
import sys

import pytest


def main(folder: str, arguments: list[str]) -> int:
    os.chdir(folder)
    sys.path.insert(0, folder)
    os.environ["PYTHONPATH"] = folder  # tests start `python -m ecoscore` of their own
    return pytest.main(["-p", "no:cacheprovider", "-rfEs", "--durations=10", *arguments])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
