"""The program's folder as a zip to unpack anywhere: portable.py FOLDER NAME TARGET.zip; the same bytes for the same files."""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

ANY_DAY = (2020, 1, 1, 0, 0, 0)


def main(folder: Path, name: str, target: Path) -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            entry = zipfile.ZipInfo(f"{name}/{path.relative_to(folder).as_posix()}", ANY_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, path.read_bytes(), compresslevel=9)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
