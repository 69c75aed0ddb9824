"""What a test needs that not every machine has: the one list of reasons why a test is left out."""

from __future__ import annotations

import ctypes
import shutil
import sys

import pytest

_WINDOWS = sys.platform == "win32"
_WINE = _WINDOWS and hasattr(ctypes.WinDLL("ntdll"), "wine_get_version")

needs_soffice = pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice（soffice）不在这台机器上，无法独立重算工作簿"
)
posix_permissions = pytest.mark.skipif(_WINDOWS, reason="access bits of files and folders are POSIX")
posix_fifo = pytest.mark.skipif(_WINDOWS, reason="a file that never ends is made with mkfifo, which is POSIX")
posix_links = pytest.mark.skipif(_WINDOWS, reason="links need a privilege on Windows")
posix_limits = pytest.mark.skipif(_WINDOWS, reason="Windows has no limit on the size of a file")
memory_limit = pytest.mark.skipif(_WINE, reason="Wine 10 accepts a job's memory limit and does not hold it")
linux_desktop = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="X11 and apt are Linux's")
linux_home = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="elsewhere a profile's place is told by a call, not by the environment"
)
