"""Where the program writes what went wrong, and the trace of hard crashes; needs neither Qt nor anything slow."""

from __future__ import annotations

import faulthandler
import os
import sys
from pathlib import Path
from typing import TextIO

_NAME = "EcoScore"
_kept: list[TextIO] = []  # faulthandler needs the file to stay open as long as the process lives


def log_folder() -> Path:
    """What `platformdirs.user_log_dir` says, without the time it takes to ask it: this is needed first of all."""
    home = Path.home()
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local", _NAME, "Logs")
    if sys.platform == "darwin":
        return home / "Library" / "Logs" / _NAME
    return Path(os.environ.get("XDG_STATE_HOME", "").strip() or home / ".local" / "state", _NAME, "log")


def keep_faults(folder: Path) -> None:
    """Let hard crashes of native code leave their trace in `folder`."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = (folder / "faults.txt").open("a", encoding="utf-8")
    except OSError:  # a locked-down profile: reports are shown, if not kept
        return
    _kept.append(file)
    faulthandler.enable(file)
