"""SQLite's errors as sentences a user can act on."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from ecoscore.errors import EnvironmentFailed

_PRIMARY = 0xFF  # extended result codes keep the primary code in the low byte


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn what the machine did wrong into EnvironmentFailed; a broken constraint is our bug and stays loud."""
    try:
        yield
    except DBAPIError as error:
        raise as_failure(error.orig, path) or error from error
    except sqlite3.Error as error:
        raise as_failure(error, path) or error from error


def as_failure(error: BaseException | None, path: Path) -> EnvironmentFailed | None:
    """The sentence for an error of the environment, None for any other."""
    code = getattr(error, "sqlite_errorcode", None)
    code = None if code is None else code & _PRIMARY
    if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        return EnvironmentFailed(
            f"考核文件正被另一个程序占用：{path}", "请关闭打开它的其他窗口或同步软件，稍候重试；本次未作任何改动"
        )
    if code in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}:
        return damaged(path)
    if code == sqlite3.SQLITE_FULL:
        return EnvironmentFailed(f"磁盘空间不足，未能写入：{path}", "请清理磁盘后重试；本次改动未写入，原有数据完好")
    if code in {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH}:
        return EnvironmentFailed(f"没有写入权限：{path}", "请把文件复制到可以写入的文件夹后再打开")
    if code == sqlite3.SQLITE_CANTOPEN:
        return EnvironmentFailed(f"无法打开考核文件：{path}", "请确认文件夹可以访问、可以写入，文件没有被移走")
    if code == sqlite3.SQLITE_IOERR:
        return EnvironmentFailed(f"读写磁盘出错：{path}", "请检查磁盘、U 盘或网络盘是否仍然连接，然后重新打开")
    return None


def damaged(path: Path, detail: str = "") -> EnvironmentFailed:
    """The sentence for a file that cannot be trusted any more."""
    tail = f"（{detail}）" if detail else ""
    return EnvironmentFailed(
        f"考核文件已损坏，不能打开{tail}：{path}", "文件未作任何改动；请用备份恢复，或向发送文件的人重新索取"
    )
