"""The schemes that come with the product."""

from __future__ import annotations

from pathlib import Path

from ecoscore import paths
from ecoscore.errors import EnvironmentFailed, InputRefused
from ecoscore.model.scheme import Scheme
from ecoscore.schemes.parse import parse_scheme

DEFAULT = "jiangsu-green"


def bundled() -> tuple[Scheme, ...]:
    """Every bundled scheme, the default first, then by id."""
    found = [load_scheme(path) for path in sorted(paths.resource("schemes").glob("*.yaml"))]
    return tuple(sorted(found, key=lambda s: (s.id != DEFAULT, s.id)))


def load_scheme(source: str | Path) -> Scheme:
    """A scheme by bundled id, or from a YAML file.

    Raises InputRefused with every problem and its line, or EnvironmentFailed when the file cannot be read.
    """
    path = Path(source)
    if isinstance(source, str) and path.suffix.lower() not in {".yaml", ".yml"} and not path.exists():
        own = paths.resource("schemes") / f"{source}.yaml"
        if not own.is_file():
            known = "、".join(sorted(p.stem for p in paths.resource("schemes").glob("*.yaml")))
            raise InputRefused(f"没有名为 {source} 的考核方案", f"自带的方案有：{known}；或给出 .yaml 文件的路径")
        path = own
    return parse_scheme(_text(path), path.name)


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError as error:
        raise InputRefused(f"找不到考核方案文件：{path}", "请检查路径") from error
    except UnicodeDecodeError as error:
        raise InputRefused(f"考核方案 {path.name} 不是 UTF-8 编码", "请用记事本“另存为”，编码选 UTF-8") from error
    except OSError as error:
        raise EnvironmentFailed(f"读不了考核方案文件：{path}", "请检查文件是否被占用、有没有读取权限") from error
