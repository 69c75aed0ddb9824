"""Of the archive that CPython comes in, only what its publisher vouches for is kept."""

from __future__ import annotations

import hashlib
import io
import tarfile
import zipfile

import pytest

from tests.packaging.scripts import script

interpreter = script("interpreter")

FILES = {
    "cp311/python.exe": b"MZ",
    "cp311/msvcp140.dll": b"old",
    "cp311/Lib/os.py": b"listed\r\n",
    "cp311/Lib/foreign.py": b"import somebody\r\n",
    "cp311/Lib/empty/__init__.py": b"",
    "cp311/Lib/__pycache__/os.cpython-311.pyc": b"compiled by the archive's maker",
    "cp311/Lib/site-packages/extra.py": b"extra",
    "cp311/../outside.py": b"climbs out",
    "cp311/DLLs/python_lib.cat": b"\x30" + hashlib.sha256(b"listed\r\n").digest() + b"\x31",
}


@pytest.fixture
def kept(tmp_path):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as inner:
        for name, content in FILES.items():
            inner.writestr(name, content)
    archive = tmp_path / "python.tar.gz"
    with tarfile.open(archive, "w:gz") as outer:
        entry = tarfile.TarInfo("python-1/src/data.zip")
        entry.size = len(data.getvalue())
        outer.addfile(entry, io.BytesIO(data.getvalue()))
    interpreter.main(archive, tmp_path / "Python")
    return {p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*") if p.is_file()} - {"python.tar.gz"}


def test_listed_sources_and_programs_stay_the_rest_goes(kept):
    assert kept == {
        "Python/python.exe",
        "Python/Lib/os.py",
        "Python/Lib/empty/__init__.py",
        "Python/DLLs/python_lib.cat",
    }
