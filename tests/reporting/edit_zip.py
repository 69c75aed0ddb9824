"""Parts of an Office file read and changed as text, for what no library writes."""

from __future__ import annotations

import zipfile
from pathlib import Path


def part(path: Path, name: str) -> str:
    with zipfile.ZipFile(path) as archive:
        return archive.read(name).decode("utf-8")


def replace_in(path: Path, name: str, old: str, new: str) -> None:
    change(path, {name: lambda text: _replaced(text, old, new)})


def _replaced(text: str, old: str, new: str) -> str:
    assert old in text, f"{old!r} is not there"
    return text.replace(old, new)


def change(path: Path, changes: dict, added: dict[str, bytes] | None = None) -> None:
    """Rewrite parts by functions of their text, and add others."""
    with zipfile.ZipFile(path) as archive:
        parts = {n: archive.read(n) for n in archive.namelist()}
    for name, how in changes.items():
        parts[name] = how(parts[name].decode("utf-8")).encode("utf-8")
    parts.update(added or {})
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
