"""One file of the corpus, how it is imported, and what an official expects of that."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from tests.corpus.setting import DISTRICT_NAMES
from tests.corpus.writers import Formula, Grid, Shown

SIDECAR = ".expected.json"


class Value(NamedTuple):
    """A value (or target) and the cell it is read from; `value` is a number or the word of a status."""

    file: str  # "" for the case's only file
    sheet: str
    cell: str
    district: str
    indicator: str
    period: str
    value: float | str
    raw: str | None
    note: str | None = None


class Said(NamedTuple):
    """A finding: severity, code and place; `cell` "" where it is of a whole sheet or file."""

    severity: str
    code: str
    sheet: str = ""
    cell: str = ""
    file: str = ""


def error(code: str, sheet: str = "", cell: str = "", file: str = "") -> Said:
    return Said("error", code, sheet, cell, file)


def warning(code: str, sheet: str = "", cell: str = "", file: str = "") -> Said:
    return Said("warning", code, sheet, cell, file)


@dataclass(frozen=True)
class Case:
    """`make` writes the file called `name` (a folder, where it has no suffix) below `tests/data/`.

    `made_from`: the case of which LibreOffice makes this one. `silent` are the districts that a plan must say have not
    reported; None for all that neither the file nor `held` speaks of.
    """

    name: str
    about: str
    make: Callable[[Path], object] | None = None
    values: Sequence[Value] = ()
    targets: Sequence[Value] = ()
    findings: Sequence[Said] = ()
    questions: Sequence[tuple[str, str, str]] = ()  # kind, sheet, cell
    held: Sequence[tuple[str, str, str, float]] = ()  # district, indicator, period, value
    options: Mapping[str, Any] = field(default_factory=dict)
    silent: Sequence[str] | None = None
    new_districts: Sequence[str] = ()
    made_from: str = ""
    says: str = ""  # what a finding's sentence must speak of

    @property
    def sidecar(self) -> str:
        return self.name + SIDECAR

    def expected(self) -> dict[str, Any]:
        """The document beside the file."""
        return {
            "about": self.about,
            "options": dict(self.options),
            "held": [list(h) for h in self.held],
            "values": [_listed(v) for v in sorted(self.values)],
            "targets": [_listed(v) for v in sorted(self.targets)],
            "findings": [list(s) for s in sorted([*self.findings, *self._silent()])],
            "questions": [list(q) for q in sorted(self.questions)],
            "new_districts": list(self.new_districts),
            "says": self.says,
        }

    def _silent(self) -> list[Said]:
        """The warning that some districts have no value in the latest period imported."""
        periods = {v.period for v in self.values}
        if not periods:
            return []
        period = self.options.get("period")
        period = period if period in periods else max(periods)
        present = {v.district for v in self.values if v.period == period}
        present |= {district for district, _, p, _ in self.held if p == period}
        silent = [d for d in DISTRICT_NAMES if d not in present] if self.silent is None else self.silent
        return [warning("not_yet_reported")] if silent else []

    def write_sidecar(self, folder: Path) -> None:
        lines = _compact(self.expected())
        (folder / self.sidecar).write_text(lines, encoding="utf-8", newline="\n")


def _listed(value: Value) -> list[object]:
    return list(value) if value.note is not None else list(value)[:-1]


def _compact(document: Mapping[str, Any]) -> str:
    """JSON with one line for each value, finding and question: read and compared by people."""
    parts = []
    for key, entry in document.items():
        shown = json.dumps(entry, ensure_ascii=False)
        if isinstance(entry, list) and entry and isinstance(entry[0], list):
            inner = ",\n".join(f"  {json.dumps(line, ensure_ascii=False)}" for line in entry)
            shown = f"[\n{inner}\n ]"
        parts.append(f" {json.dumps(key)}: {shown}")
    return "{\n" + ",\n".join(parts) + "\n}\n"


def box(
    sheet: str,
    rows: Grid,
    down: Mapping[int, str],
    across: Mapping[str, str],
    period: str = "2024",
    *,
    file: str = "",
    without: Iterable[str] = (),
) -> list[Value]:
    """The plain numbers of a block: what its rows (by number) are of, what its columns (by letter) are of.

    Either names districts, indicators or periods; what neither names is `period`. Blank cells and `without` are none.
    """
    found = []
    for row, of_row in down.items():
        for letter, of_column in across.items():
            cell = f"{letter}{row}"
            typed = rows[row - 1][ord(letter) - 65] if ord(letter) - 65 < len(rows[row - 1]) else None
            if typed is None or cell in without:
                continue
            said = {"period": period} | _meaning(of_row) | _meaning(of_column)
            found.append(Value(file, sheet, cell, said["district"], said["indicator"], said["period"], *_plain(typed)))
    return found


def _meaning(text: str) -> dict[str, str]:
    """`甲区`, `pm25`, `2024`, or several of them between spaces."""
    said = {}
    for word in text.split():
        kind = "district" if word in DISTRICT_NAMES else "period" if word[:2] in {"19", "20"} else "indicator"
        said[kind] = word
    return said


def _plain(typed: object) -> tuple[float, str]:
    """The number and the raw text of a plainly typed or stored figure."""
    if isinstance(typed, Formula):
        typed = typed.cached
    if isinstance(typed, Shown):
        typed = typed.value
    if isinstance(typed, str):
        return float(typed), typed
    assert isinstance(typed, (int, float))
    return float(typed), f"{typed:.15g}"
