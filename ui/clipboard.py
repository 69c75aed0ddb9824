"""Blocks of cells as tab-separated text, the way Excel and WPS put them on the clipboard."""

from __future__ import annotations

from collections.abc import Sequence

from ui.models.cell_view import CellView, editing_text


def tsv_of(cells: Sequence[Sequence[CellView]]) -> str:
    """Numbers in full, — for not applicable, empty where nothing was reported."""
    return "\n".join("\t".join(_quoted(editing_text(cell)) for cell in line) for line in cells)


def block_of(text: str) -> list[list[str]]:
    """The rows and cells of a clipboard text; quoted cells may hold tabs and line breaks."""
    rows: list[list[str]] = [[""]]
    quoted = False
    at = 0
    text = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n")
    if not text:
        return []
    while at < len(text):
        char = text[at]
        if quoted:
            if char == '"' and text[at + 1 : at + 2] == '"':
                rows[-1][-1] += char
                at += 1
            elif char == '"':
                quoted = False
            else:
                rows[-1][-1] += char
        elif char == '"' and not rows[-1][-1]:
            quoted = True
        elif char == "\t":
            rows[-1].append("")
        elif char == "\n":
            rows.append([""])
        else:
            rows[-1][-1] += char
        at += 1
    return rows


def _quoted(text: str) -> str:
    if any(char in text for char in '\t\n"'):
        return '"' + text.replace('"', '""') + '"'
    return text
