"""Open a file on disk: is it ours, is it sound, may it be written; nothing is touched until all of it is known."""

from __future__ import annotations

import sqlite3
import struct
import threading
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from ecoscore.errors import EnvironmentFailed
from ecoscore.storage.failure import damaged, explained
from ecoscore.storage.schema import APPLICATION_ID, SCHEMA_VERSION, metadata

_MAGIC = b"SQLite format 3\0"
_HEADER = 100
BUSY_SECONDS = 3.0

# POSIX drops all locks of a process on a file as soon as it closes any handle to it. Reading a header with plain
# reads while another thread has the same file open would do that, so both take turns.
HANDLES = threading.RLock()


@dataclass(frozen=True, slots=True)
class Header:
    """What the first hundred bytes of a SQLite file say about it."""

    application_id: int
    version: int


def inspect(path: Path) -> Header:
    """Read the header with plain reads, so that a file that is not ours or is newer is never opened by SQLite."""
    try:
        with HANDLES, path.open("rb") as file:
            head = file.read(_HEADER)
    except FileNotFoundError as error:
        raise EnvironmentFailed(f"找不到考核文件：{path}", "它可能已被移动、改名或删除，请重新选择") from error
    except IsADirectoryError as error:
        raise EnvironmentFailed(f"这是文件夹，不是考核文件：{path}", "请选择扩展名为 .ecos 的文件") from error
    except PermissionError as error:
        raise EnvironmentFailed(
            f"没有权限读取，或文件被其他程序独占：{path}", "请关闭占用它的程序，或向文件的主人要读取权限"
        ) from error
    except OSError as error:
        raise EnvironmentFailed(f"无法读取 {path}：{error.strerror or error}", "请检查磁盘或网络盘是否连接") from error
    if not head:
        raise EnvironmentFailed(f"文件是空的，不是考核文件：{path}", "文件未作任何改动；请用备份恢复或重新索取")
    if not head.startswith(_MAGIC):
        raise EnvironmentFailed(
            f"这不是 EcoScore 考核文件：{path}", "请选择由 EcoScore 建立的 .ecos 文件；表格请用“导入”读入"
        )
    if len(head) < _HEADER:
        raise damaged(path, "文件不完整")
    application_id, version = struct.unpack_from(">i", head, 68)[0], struct.unpack_from(">i", head, 60)[0]
    header = Header(application_id, version)
    if header.application_id != APPLICATION_ID or header.version < 1:
        raise EnvironmentFailed(
            f"这是别的程序的数据库，不是 EcoScore 考核文件：{path}", "请选择由 EcoScore 建立的 .ecos 文件"
        )
    if header.version > SCHEMA_VERSION:
        raise EnvironmentFailed(
            f"考核文件由更新版本的 EcoScore 保存（格式 {header.version}，本程序只认识到 {SCHEMA_VERSION}）：{path}",
            "请升级 EcoScore 后再打开；文件未作任何改动",
        )
    return header


def raw_connection(path: Path, mode: str) -> sqlite3.Connection:
    """A bare connection; `mode` is SQLite's: ro or rw. It never creates a file."""
    uri = path.resolve().as_uri()
    if uri.startswith("file://") and not uri.startswith("file:///"):
        uri = "file:////" + uri.removeprefix("file://")  # \\server\share: SQLite knows no host in a URI
    connection = sqlite3.connect(
        f"{uri}?mode={mode}", uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def open_connection(path: Path, *, read_only: bool) -> tuple[sqlite3.Connection, bool]:
    """A sound connection to a file that `inspect` has passed, and whether it is for reading only."""
    with explained(path):
        sound = _check_reading_only(path)
        if sound and read_only:
            return raw_connection(path, "ro"), True
        connection = raw_connection(path, "rw")
        try:
            writable = _takes_writes(connection)
            if not sound:
                _assert_sound(connection, path)
            if read_only or not writable:
                connection.close()
                return raw_connection(path, "ro"), True
            if connection.execute("PRAGMA journal_mode").fetchone()[0] != "delete":
                connection.execute("PRAGMA journal_mode = DELETE")
        except BaseException:
            connection.close()
            raise
        return connection, False


def assert_tables(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse a file that carries our mark but lacks our tables."""
    with explained(path):
        found = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if missing := sorted(set(metadata.tables) - found):
        raise damaged(path, f"缺少数据表 {'、'.join(missing)}")


def _check_reading_only(path: Path) -> bool:
    """Check without a chance of writing; False where a program died while writing, so that the half-done change has
    to be rolled back first, which only a connection that may write can do.
    """
    try:
        with closing(raw_connection(path, "ro")) as connection:
            _assert_sound(connection, path)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF in {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN}:
            return False
        raise
    return True


def _assert_sound(connection: sqlite3.Connection, path: Path) -> None:
    (answer,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if answer != "ok":
        raise damaged(path)


def _takes_writes(connection: sqlite3.Connection) -> bool:
    """Whether file and folder may be written, asked by doing and taking back; access bits lie on network drives."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        connection.execute(f"PRAGMA user_version = {version}")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF in {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM}:
            return False
        raise
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
    return True
