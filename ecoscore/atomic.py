"""Write a file whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from ecoscore.errors import EnvironmentFailed

_RETRIES = 4
_PAUSE = 0.15


@contextlib.contextmanager
def write_whole(path: Path) -> Iterator[Path]:
    """Give a temporary file beside `path`; on leaving without an error it replaces `path` in one step.

    A sharing violation (the file is open in Excel or WPS, a scanner holds it) is retried for a moment, then becomes
    EnvironmentFailed with a way out. On any error the old file stays as it was and the temporary file is removed.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix="~", suffix=path.suffix + ".tmp", dir=path.parent)
    except OSError as error:
        raise _explained(error, path) from error
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
        with temporary.open("rb+") as file:
            os.fsync(file.fileno())
        _replace(temporary, path)
    except OSError as error:
        raise _explained(error, path) from error
    finally:
        temporary.unlink(missing_ok=True)


def _replace(temporary: Path, path: Path) -> None:
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, "is a folder", str(path))
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
    temporary.chmod(mode)
    for attempt in range(_RETRIES):
        try:
            temporary.replace(path)
        except PermissionError:
            if attempt == _RETRIES - 1:
                raise
            time.sleep(_PAUSE * (attempt + 1))
        else:
            return


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _explained(error: OSError, path: Path) -> EnvironmentFailed:
    """The failure as a sentence: what, where, what to do."""
    if error.errno == errno.ENOSPC:
        return EnvironmentFailed(f"磁盘空间不足，未能写入：{path}", "请清理磁盘或换一个文件夹")
    if isinstance(error, PermissionError):
        return EnvironmentFailed(
            f"文件被占用或没有写入权限：{path}", "如果它正在 Excel 或 WPS 中打开，请关闭后重试；或换一个文件夹保存"
        )
    if isinstance(error, IsADirectoryError):
        return EnvironmentFailed(f"同名文件夹已存在，无法写入文件：{path}", "请换一个文件名")
    if error.errno in {errno.ENAMETOOLONG, errno.ENOENT}:
        return EnvironmentFailed(f"路径过长或不存在，未能写入：{path}", "请换一个较短的文件夹")
    return EnvironmentFailed(f"未能写入 {path}：{error.strerror or error}", "请检查磁盘和文件夹权限后重试")
