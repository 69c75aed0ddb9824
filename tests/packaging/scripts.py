"""The packaging scripts as modules: they lie outside the packages, and are run by name."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

FOLDER = Path(__file__).resolve().parents[2] / "packaging" / "windows"


def script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"windows_{name}", FOLDER / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
