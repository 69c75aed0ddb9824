"""What was understood of one sheet while it was read: findings, roles of cells, remarks, and the values claimed."""

from __future__ import annotations

from dataclasses import dataclass, field

from ecoscore.importing.plan import Role
from ecoscore.importing.readers.book import Cell, Place, Sheet, cell_name
from ecoscore.model.district import District
from ecoscore.model.finding import Finding, Severity
from ecoscore.model.period import Period
from ecoscore.model.scheme import Reported


@dataclass(frozen=True, slots=True)
class Claim:
    """A cell said to hold the value (or target) of an indicator for a district and period.

    `state` is what a status column says; `note` and `basis` are those of its row.
    """

    place: Place
    cell: Cell
    district: District
    indicator: Reported
    period: Period
    is_target: bool = False
    note: str = ""
    basis: str = ""
    state: str = ""


@dataclass(eq=False)
class SheetReport:
    """Collects while a sheet is read; `file` and the sheet's name go into every finding.

    `alone`: the file has no other sheet, so that what the file's name says is said of this one.
    """

    file: str
    sheet: Sheet
    alone: bool = True
    findings: list[Finding] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    roles: dict[Place, Role] = field(default_factory=dict)
    problems: dict[Place, Finding] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    layouts: list[str] = field(default_factory=list)

    def error(self, code: str, message: str, advice: str = "", place: Place | None = None, **about: str | None) -> None:
        self._add(Severity.ERROR, code, message, advice, place, about)

    def warn(self, code: str, message: str, advice: str = "", place: Place | None = None, **about: str | None) -> None:
        self._add(Severity.WARNING, code, message, advice, place, about)

    def mention(self, sentence: str) -> None:
        if sentence not in self.notes:
            self.notes.append(sentence)

    def mark(self, role: Role, row: int, column: int) -> None:
        self.roles[row, column] = role

    def _add(
        self,
        severity: Severity,
        code: str,
        message: str,
        advice: str,
        place: Place | None,
        about: dict[str, str | None],
    ) -> None:
        finding = Finding(
            severity,
            code,
            message,
            advice=advice,
            file=self.file,
            sheet=self.sheet.name or None,
            cell=cell_name(*place) if place else None,
            district=about.get("district"),
            indicator=about.get("indicator"),
            period=about.get("period"),
        )
        self.findings.append(finding)
        if place:
            self.problems.setdefault(place, finding)
