"""Typing into a workbook's cells as a person would, without a program that would write the rest anew."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from xml.sax.saxutils import escape

Edits = Mapping[str, float | str]


def edited(path: Path, target: Path, edits: Edits) -> Path:
    """A copy of a workbook with other constants in some cells, keys like `数据!D7`; every formula and cached value stays."""
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        parts = _parts(source)
        pages = {name: source.read(name) for name in source.namelist()}
        for key, value in edits.items():
            sheet, at = key.replace("$", "").split("!")
            part = parts[sheet]
            pages[part] = _put(pages[part].decode(), at, value).encode()
        for name, content in pages.items():
            out.writestr(name, content)
    return target


def _parts(source: zipfile.ZipFile) -> dict[str, str]:
    book = source.read("xl/workbook.xml").decode()
    links = dict(
        re.findall(r'Id="(\w+)" Type="[^"]+" Target="([^"]+)"', source.read("xl/_rels/workbook.xml.rels").decode())
    )
    return {
        name: f"xl/{links[link]}"
        for name, link in re.findall(r'<sheet name="([^"]+)" sheetId="\d+"[^>]* r:id="(\w+)"', book)
    }


def _put(xml: str, at: str, value: float | str) -> str:
    pattern = re.compile(rf'<c r="{at}"((?: s="\d+")?)(?: t="\w+")?(?:/>|>(.*?)</c>)', re.DOTALL)
    found = pattern.search(xml)
    assert found is not None, f"no cell {at}"
    assert "<f>" not in (found[2] or ""), f"{at} holds a formula"
    if isinstance(value, str):
        cell = f'<c r="{at}"{found[1]} t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    else:
        cell = f'<c r="{at}"{found[1]}><v>{value!r}</v></c>'
    return xml[: found.start()] + cell + xml[found.end() :]
