"""Copies of a file kept aside whenever it is opened after a change, the newest few of each file."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from datetime import datetime
from pathlib import Path

import platformdirs

from ecoscore.atomic import write_whole
from ecoscore.storage.failure import explained

KEEP = 20


def backups_root() -> Path:
    """Where the backups of all files lie: what ECOSCORE_BACKUPS names, else the user's own data folder."""
    chosen = os.environ.get("ECOSCORE_BACKUPS")
    return Path(chosen) if chosen else Path(platformdirs.user_data_dir("EcoScore", appauthor=False)) / "backups"


def backups_folder(path: Path, root: Path | None = None) -> Path:
    """Where the backups of one file lie: a folder of its own, so that files of the same name do not mix."""
    root = root or backups_root()
    mark = hashlib.sha256(os.path.normcase(path.resolve()).encode()).hexdigest()[:8]
    return root / f"{path.stem[:40].rstrip('. ')}-{mark}"


def backups(path: Path, root: Path | None = None) -> tuple[Path, ...]:
    """The backups of a file, oldest first."""
    folder = backups_folder(path, root)
    return tuple(sorted(folder.glob("*.ecos"))) if folder.is_dir() else ()


def back_up(connection: sqlite3.Connection, path: Path, root: Path | None = None, keep: int = KEEP) -> Path:
    """Copy what the connection sees by SQLite's own backup call; nothing is done if the newest copy is the same state.

    The name tells the time, the format version and the journal's head, so that opening a file ten times without a
    change does not push older states out.
    """
    with explained(path):
        state = _state(connection)
    kept = backups(path, root)
    if kept and kept[-1].stem.endswith(state):
        return kept[-1]
    stamp = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S-%f")
    made = backups_folder(path, root) / f"{stamp}-{state}.ecos"
    with write_whole(made) as temporary, explained(made):
        copy = sqlite3.connect(temporary)
        try:
            connection.backup(copy)
        finally:
            copy.close()
    for old in (*kept, made)[:-keep]:
        old.unlink(missing_ok=True)
    return made


def _state(connection: sqlite3.Connection) -> str:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    head = connection.execute("SELECT value FROM meta WHERE key = 'journal_head'").fetchone()
    return f"v{version}-{(head[0] if head else '')[:12]}"
