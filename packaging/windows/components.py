"""Lists what is in the program and under which licence, and puts the licences' texts beside it.

    python components.py PROGRAM-FOLDER PYTHON-FOLDER LOCK VERSION TARGET.cdx.json

The list is CycloneDX 1.5. Packages come from the lock file with what their own metadata say; what packages carry inside
(Qt, PDFium, OpenBLAS, SQLite …) and the fonts are named here, since nothing declares them.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
from email.parser import HeaderParser
from pathlib import Path
from typing import Any

# name, version, licence, where it is; versions that a package fixes are left to the package.
INSIDE = (
    ("CPython", "3.11.9", "PSF-2.0", "python311.dll, standard library"),
    ("SQLite", "3.45.1", "blessing", "CPython"),
    ("libffi", "3.4.4", "MIT", "CPython"),
    ("XZ Utils liblzma", "5.2.5", "0BSD", "CPython"),
    ("bzip2", "1.0.8", "bzip2-1.0.6", "CPython"),
    ("Expat", "2.6.0", "MIT", "CPython"),
    ("zlib", "1.3.1", "Zlib", "CPython"),
    ("Qt", "6.9.3", "LGPL-3.0-only", "PySide6-Essentials"),
    ("PCRE2", "", "BSD-3-Clause", "Qt"),
    ("FreeType", "", "FTL", "Qt, Pillow, PDFium"),
    ("HarfBuzz", "", "MIT-Modern-Variant", "Qt, Pillow"),
    ("libjpeg-turbo", "", "IJG AND BSD-3-Clause AND Zlib", "Pillow, PDFium"),
    ("OpenJPEG", "", "BSD-2-Clause", "Pillow, PDFium"),
    ("LibTIFF", "", "libtiff", "Pillow"),
    ("zlib-ng", "", "Zlib", "Pillow"),
    ("Raqm", "", "MIT", "Pillow"),
    ("PDFium", "", "BSD-3-Clause AND Apache-2.0", "pypdfium2"),
    ("OpenBLAS", "", "BSD-3-Clause", "numpy"),
    ("libxml2 and libxslt", "", "MIT", "lxml"),
    ("PyInstaller bootloader", "6.22.3", "GPL-2.0-or-later WITH Bootloader-exception", "the two programs"),
    ("Microsoft Visual C++ Runtime", "", "Microsoft redistributable", "CPython, PySide6-Essentials"),
    ("Noto Sans SC, Noto Serif SC", "", "OFL-1.1", "resources/fonts"),
    ("LXGW WenKai, Zhuque Fangsong", "", "OFL-1.1", "resources/fonts"),
)

# Asked for by pandas, left out by ecoscore.spec: the program knows no time zone but the desk's.
LEFT_OUT = {"tzdata"}

OURS = "MIT"

# Licences as their packages wrote them before there were expressions.
SPOKEN = {"BSD": "BSD-3-Clause", "BSD License": "BSD-3-Clause", "BSD license (see license.txt for details), Copyright (c) 2000-2025, ReportLab Inc.":
          "BSD-3-Clause", "BSD-3-Clause, Apache-2.0, dependency licenses": "BSD-3-Clause AND Apache-2.0"}  # fmt: skip


def main(program: Path, python: Path, lock: Path, version: str, target: Path) -> None:
    packages = python / "Lib" / "site-packages"
    components = [part(*entry) for entry in INSIDE]
    licences = program / "EcoScore-files" / "licences"
    shutil.rmtree(licences, ignore_errors=True)
    keep(python / "LICENSE.txt", licences / "CPython")
    keep(python.parent / "source" / "LICENSE", licences / "EcoScore")
    for text in sorted((Path(__file__).resolve().parent / "licences").iterdir()):
        keep(text, licences / "Qt and PySide6")
    for name, pinned, digest in locked(lock):
        if name in LEFT_OUT:
            continue
        (info,) = found(packages, name, pinned)
        components.append(package(name, pinned, digest, info))
        for text in sorted(p for p in info.rglob("*") if p.is_file() and is_licence(p)):
            keep(text, licences / f"{name}-{pinned}")
    document = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {
            "component": {"type": "application", "name": "EcoScore", "version": version, "licenses": stated(OURS)}
        },
        "components": sorted(components, key=lambda c: str(c["name"]).lower()),
    }
    target.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    keep(target, licences)


def part(name: str, version: str, licence: str, where: str) -> dict[str, Any]:
    kind = "data" if "fonts" in where else "library"
    entry: dict[str, Any] = {"type": kind, "name": name, "licenses": stated(licence)}
    if version:
        entry["version"] = version
    entry["properties"] = [{"name": "ecoscore:where", "value": where}]
    return entry


def package(name: str, version: str, digest: str, info: Path) -> dict[str, Any]:
    return {
        "type": "library",
        "name": name,
        "version": version,
        "purl": f"pkg:pypi/{name}@{version}",
        "hashes": [{"alg": "SHA-256", "content": digest}],
        "licenses": stated(licence_of(info)),
    }


def stated(licence: str) -> list[dict[str, Any]]:
    """As the list has it: an expression of SPDX's identifiers, which machines read, or a name in words."""
    words = re.split(r" (?:AND|OR|WITH) ", licence)
    return [{"license": {"name": licence}}] if any(" " in word for word in words) else [{"expression": licence}]


def licence_of(info: Path) -> str:
    """The expression, else the classifier or the field, in a word."""
    head = HeaderParser().parsestr((info / "METADATA").read_text(encoding="utf-8"))
    if expression := head.get("License-Expression"):
        return str(expression)
    field = " ".join((head.get("License") or "").split())
    classifiers = [c.rsplit(" :: ", 1)[-1] for c in head.get_all("Classifier", []) if c.startswith("License ::")]
    if field in SPOKEN or (field and len(field) < 80):
        return SPOKEN.get(field, field)
    assert classifiers, f"{info.name} does not say its licence"
    return " AND ".join(SPOKEN.get(c, c) for c in classifiers)


def locked(lock: Path) -> list[tuple[str, str, str]]:
    """Name, version and digest of each line of a lock file."""
    lines = [line.split() for line in lock.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return [(*pin.split("==", 1), digest.removeprefix("--hash=sha256:")) for pin, digest in lines]  # type: ignore[misc]


def found(packages: Path, name: str, version: str) -> list[Path]:
    wanted = f"{name}-{version}".replace("-", "_").lower()
    return [p for p in packages.glob("*.dist-info") if p.name[: -len(".dist-info")].replace("-", "_").lower() == wanted]


def is_licence(path: Path) -> bool:
    return path.name.lower().startswith(("licen", "copying", "notice", "authors")) or "licenses" in path.parts


def keep(source: Path, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, folder / source.name)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4], Path(sys.argv[5]))
