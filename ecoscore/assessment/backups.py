"""Backups of a file: which there are, what is in each, and how one comes back without anything being lost."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ecoscore.assessment import Assessment
from ecoscore.atomic import write_whole
from ecoscore.errors import EnvironmentFailed, InputRefused
from ecoscore.storage import backups
from ecoscore.storage.backup import backups_folder
from ecoscore.storage.store import Store

_NAME = re.compile(r"(\d{8})-(\d{6})-.*")


@dataclass(frozen=True, slots=True)
class Backup:
    """One copy kept aside: when it was made, and how large it is."""

    path: Path
    time: str
    size: int


@dataclass(frozen=True, slots=True)
class BackupContent:
    """What a look into a backup tells: the periods with values, districts, and the last line of its journal."""

    periods: tuple[str, ...]
    districts: int
    lines: int
    last: str


def backups_of(path: Path) -> tuple[Backup, ...]:
    """The backups of a file, newest first."""
    found = []
    for kept in reversed(backups(path)):
        match = _NAME.match(kept.stem)
        when = datetime.strptime(match[1] + match[2], "%Y%m%d%H%M%S") if match else None  # noqa: DTZ007  local, as named
        found.append(Backup(kept, f"{when:%Y-%m-%d %H:%M:%S}" if when else kept.stem, kept.stat().st_size))
    return tuple(found)


def folder_of(path: Path) -> Path:
    return backups_folder(path)


def look_into(backup: Path) -> BackupContent:
    """Open a backup for reading only; EnvironmentFailed if it is damaged."""
    with Assessment.open(backup, read_only=True) as file:
        entries = file.journal(1)
        last = entries[-1] if entries else None
        told = f"{last.time[:16].replace('T', ' ')} {last.user} {last.action_title} {last.subject}" if last else ""
        return BackupContent(tuple(map(str, file.periods)), len(file.districts), last.id if last else 0, told)


def restore_as(backup: Path, path: Path) -> Path:
    """Copy a backup to a new file; InputRefused if there is one of that name."""
    if path.exists():
        raise InputRefused(f"文件已存在，未覆盖：{path}", "请换一个文件名，或选择替换（现在的文件会先备份）")
    look_into(backup)
    _copy(backup, path)
    return path


def restore_over(backup: Path, path: Path) -> Path:
    """Put a backup in the place of the file it was made of, which must not be open; the present one is backed up first.

    Gives the backup of the present file: nothing is lost.
    """
    look_into(backup)
    kept = _keep(path)
    _copy(backup, path)
    return kept


def _keep(path: Path) -> Path:
    """A backup of a file as it is now: by the usual way where it can be opened, else as a plain copy."""
    try:
        Store.open(path).close()
    except EnvironmentFailed:
        aside = path.with_name(f"{path.stem}.恢复前{datetime.now().astimezone():%Y%m%d-%H%M%S}{path.suffix}")
        _copy(path, aside)
        return aside
    found = backups(path)
    if not found:
        raise EnvironmentFailed(f"现在的文件没有备份成，未作替换：{path}", "请检查备份文件夹的权限和磁盘空间")
    return found[-1]


def _copy(source: Path, target: Path) -> None:
    with write_whole(target) as temporary:
        shutil.copyfile(source, temporary)
