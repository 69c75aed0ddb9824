"""Where the things that ship with the product lie, in a checkout, an installed wheel or a frozen program."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path


@cache
def _root() -> Path:
    frozen = getattr(sys, "_MEIPASS", None)
    here = Path(__file__).resolve().parent
    candidates = [Path(frozen)] if frozen else []
    candidates += [here / "_bundle", here.parent]
    for root in candidates:
        if (root / "resources" / "fonts").is_dir():
            return root
    raise FileNotFoundError(f"resources/ not found beside {here}: the installation is incomplete")


def resource(*parts: str) -> Path:
    """A file or folder under resources/."""
    return _root().joinpath("resources", *parts)


def template(*parts: str) -> Path:
    """A file or folder under templates/."""
    return _root().joinpath("templates", *parts)
