"""Takes CPython for Windows out of the archive it comes in, and keeps only what its publisher vouches for.

    python interpreter.py ARCHIVE.tar.gz FOLDER

Programs and libraries carry signatures, which build.sh verifies. Python sources carry none, but the publisher's
catalogs list their digests: a source that no catalog lists is dropped, as is everything compiled or installed by the
archive's maker. Nothing of the archive is run.
"""

from __future__ import annotations

import hashlib
import io
import shutil
import sys
import tarfile
import zipfile
from pathlib import Path

# Not ours to ship: Tk, the demos and IDLE; pip and its kin are brought by the lock files; the C++ runtime is older than
# the one that comes with Qt, and the frozen program must not find it first.
UNWANTED = (
    "tcl", "Tools", "Scripts", "Lib/site-packages", "Lib/idlelib", "Lib/turtledemo", "Lib/tkinter", "Lib/test",
    "DLLs/tcl86t.dll", "DLLs/tk86t.dll", "DLLs/_tkinter.pyd",
    "msvcp140*.dll", "vccorlib140.dll", "concrt140.dll", "vcamp140.dll", "vcomp140.dll", "vcruntime140_threads.dll",
)  # fmt: skip

# In no catalog, though the source release has it word for word: a docstring and a list of names.
READ_BY_US = {"Lib/xml/__init__.py": "8e7bc2b8a9974751e0bf0be8e8fd3c116fb0ed2ff2e372f693a7e3659a46f8dc"}


def main(archive: Path, folder: Path) -> None:
    unpack(archive, folder)
    for pattern in UNWANTED:
        for path in folder.glob(pattern):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    for compiled in [*folder.rglob("__pycache__")]:
        shutil.rmtree(compiled)
    dropped = drop_unlisted(folder)
    (folder / "Lib" / "site-packages").mkdir()
    kept = sum(1 for _ in folder.rglob("*.py"))
    print(f"{kept} Python sources listed in the publisher's catalogs; dropped: {', '.join(dropped) or 'none'}")


def unpack(archive: Path, folder: Path) -> None:
    """The one folder cp3* of the data.zip inside the archive."""
    with tarfile.open(archive) as outer:
        inside = next(m for m in outer.getmembers() if m.name.endswith("/data.zip"))
        source = outer.extractfile(inside)
        assert source is not None
        content = io.BytesIO(source.read())
    with zipfile.ZipFile(content) as inner:
        for entry in inner.infolist():
            parts = entry.filename.split("/")[1:]
            if entry.is_dir() or ".." in parts:
                continue
            target = folder.joinpath(*parts)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(inner.read(entry))


def drop_unlisted(folder: Path) -> list[str]:
    """Delete every Python source whose digest is in no catalog; empty files need no voucher."""
    catalogs = b"".join(p.read_bytes() for p in sorted((folder / "DLLs").glob("*.cat")))
    dropped = []
    for path in sorted(folder.rglob("*.py")):
        content, name = path.read_bytes(), path.relative_to(folder).as_posix()
        digest = hashlib.sha256(content)
        if content and digest.digest() not in catalogs and digest.hexdigest() != READ_BY_US.get(name):
            dropped.append(name)
            path.unlink()
    return dropped


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
