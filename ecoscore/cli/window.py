"""Starting the window from the command line, or one line that says what to type where Qt cannot start."""

from __future__ import annotations

import ctypes
import importlib.util
import os
import sys
from pathlib import Path

from ecoscore.errors import EnvironmentFailed

# What the Qt wheel expects of a Debian or Ubuntu desktop, and the package that has it.
_QT_CORE = {"libglib-2.0.so.0": "libglib2.0-0"}
_QT_GUI = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
}
_QT_XCB = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}


def start_window(file: Path | None) -> int:
    """Run the window; EnvironmentFailed where Qt is absent or cannot start, since it would end the process itself."""
    if importlib.util.find_spec("PySide6") is None:
        raise EnvironmentFailed(
            "没有安装窗口所需的 PySide6", f"请执行：{sys.executable} -m pip install PySide6-Essentials"
        )
    if sys.platform.startswith("linux"):
        _assert_linux_ready()
    from ui.start import make_ready

    make_ready()
    try:
        from ui.app import main
    except ImportError as error:
        if not sys.platform.startswith("linux"):
            raise EnvironmentFailed(f"窗口所需的 Qt 不能载入：{error}", "请重新安装本软件") from error
        if "PySide6" in (error.name or "") or ".so" in str(error):
            raise EnvironmentFailed(f"缺少窗口所需的系统库：{error}", f"请执行：{_install(_needed())}") from error
        raise
    return main([str(file)] if file else [])


def _assert_linux_ready() -> None:
    platform = os.environ.get("QT_QPA_PLATFORM", "")
    shown = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if missing := [package for library, package in _needed().items() if not _loads(library)]:
        packages = dict.fromkeys(missing)
        raise EnvironmentFailed(
            f"缺少窗口所需的系统库（{len(packages)} 个）", f"请执行：{_install(dict.fromkeys(missing, ''))}"
        )
    if not platform and not shown:
        raise EnvironmentFailed(
            "没有图形界面，打不开窗口（未设置 DISPLAY）", "请在桌面环境中运行；或使用命令行，见 ecoscore --help"
        )


def _needed() -> dict[str, str]:
    """The libraries that this start will load: the windowing ones only if it is to be X11."""
    platform = os.environ.get("QT_QPA_PLATFORM", "xcb" if not os.environ.get("WAYLAND_DISPLAY") else "wayland")
    return {**_QT_CORE, **_QT_GUI, **(_QT_XCB if platform.startswith("xcb") else {})}


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _install(packages: dict[str, str]) -> str:
    names = " ".join(sorted(packages.values() if any(packages.values()) else packages))
    return f"{'' if os.geteuid() == 0 else 'sudo '}apt-get install -y {names}"
