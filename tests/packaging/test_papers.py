"""The zip and the list of components."""

from __future__ import annotations

import json
import zipfile

import pytest

from tests.packaging.scripts import script

components, portable = script("components"), script("portable")


@pytest.fixture
def program(tmp_path):
    folder = tmp_path / "程序 目录"
    (folder / "EcoScore-files").mkdir(parents=True)
    (folder / "EcoScore.exe").write_bytes(b"MZ")
    (folder / "EcoScore-files" / "字体.ttf").write_bytes(b"font")
    return folder


def test_the_zip_has_the_folder_and_is_the_same_every_time(program, tmp_path):
    first, second = tmp_path / "1.zip", tmp_path / "2.zip"
    portable.main(program, "EcoScore-1.0", first)
    (program / "EcoScore.exe").touch()
    portable.main(program, "EcoScore-1.0", second)
    assert first.read_bytes() == second.read_bytes()
    assert zipfile.ZipFile(first).namelist() == ["EcoScore-1.0/EcoScore-files/字体.ttf", "EcoScore-1.0/EcoScore.exe"]


def package(packages, name, version, head):
    info = packages / f"{name}-{version}.dist-info"
    (info / "licenses").mkdir(parents=True)
    (info / "METADATA").write_text(f"Name: {name}\nVersion: {version}\n{head}\n", encoding="utf-8")
    (info / "licenses" / "LICENSE").write_text(f"licence of {name}", encoding="utf-8")
    return info


@pytest.mark.parametrize(
    ("head", "licence"),
    [
        ("License-Expression: LGPL-3.0-only\nLicense: other", "LGPL-3.0-only"),
        ("License: BSD", "BSD-3-Clause"),
        ("License: MIT", "MIT"),
        ("License: " + "whole text " * 20 + "\nClassifier: License :: OSI Approved :: BSD License", "BSD-3-Clause"),
    ],
)
def test_a_licence_in_a_word(tmp_path, head, licence):
    assert components.licence_of(package(tmp_path, "one", "1.0", head)) == licence


def test_a_package_that_does_not_say_its_licence_stops_the_build(tmp_path):
    with pytest.raises(AssertionError, match="licence"):
        components.licence_of(package(tmp_path, "one", "1.0", ""))


def test_components_are_listed_and_their_licences_lie_in_the_program(program, tmp_path):
    python = tmp_path / "python"
    packages = python / "Lib" / "site-packages"
    package(packages, "Some_Package", "2.1", "License-Expression: MIT")
    (python / "LICENSE.txt").write_text("PSF", encoding="utf-8")
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "LICENSE").write_text("ours", encoding="utf-8")
    lock = tmp_path / "requirements.lock"
    lock.write_text(f"# shipped\nsome-package==2.1 --hash=sha256:{'a' * 64}\n", encoding="utf-8")
    target = tmp_path / "list.cdx.json"
    components.main(program, python, lock, "1.0", target)
    listed = {c["name"]: c for c in json.loads(target.read_text(encoding="utf-8"))["components"]}
    assert listed["some-package"]["version"] == "2.1"
    assert listed["some-package"]["licenses"] == [{"expression": "MIT"}]
    assert listed["Qt"]["licenses"] == [{"expression": "LGPL-3.0-only"}]
    assert listed["Microsoft Visual C++ Runtime"]["licenses"] == [{"license": {"name": "Microsoft redistributable"}}]
    licences = program / "EcoScore-files" / "licences"
    assert (licences / "some-package-2.1" / "LICENSE").read_text(encoding="utf-8") == "licence of Some_Package"
    assert (licences / target.name).exists()
