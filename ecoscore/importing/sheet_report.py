"""What was understood of one sheet while it was read: findings, roles of cells, remarks, and the values claimed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ecoscore.importing.choices import NO_CHOICES, Choices
from ecoscore.importing.claims import Claims
from ecoscore.importing.hints import LayoutHint
from ecoscore.importing.plan import Role
from ecoscore.importing.questions import BlankNamesQuestion, ConversionQuestion, NameQuestion
from ecoscore.importing.readers.book import Cell, Place, Sheet, cell_name
from ecoscore.importing.units import conversion_hint, converted, unit_key
from ecoscore.model.finding import Finding, Severity
from ecoscore.model.scheme import Reported

PREVIEW_ROWS = 500
_EXAMPLES = 4


@dataclass(eq=False)
class OtherUnit:
    """The figures of one indicator in one sheet that are stated in another unit, counted."""

    indicator: Reported
    given: str
    first: Place
    count: int = 0
    examples: list[tuple[str, str]] = field(default_factory=list)
    told: bool = False
    by_suspicion: bool = False

    def add(self, cell: Cell, figure: float | None) -> None:
        self.count += 1
        if figure is None or len(self.examples) >= _EXAMPLES:
            return
        result = converted(figure, self.given, self.indicator.unit)
        if result is not None:
            text = cell.text if unit_key(cell.text) == unit_key(self.given) else f"{figure:.15g} {self.given}"
            self.examples.append((text, f"{result:.15g} {self.indicator.unit}".strip()))

    @property
    def hint(self) -> str:
        return conversion_hint(self.given, self.indicator.unit)


@dataclass(eq=False)
class SheetReport:
    """Collects while a sheet is read; `file` and the sheet's name go into every finding.

    `alone`: the file has no other sheet, so that what the file's name says is said of this one.
    """

    file: str
    sheet: Sheet
    alone: bool = True
    findings: list[Finding] = field(default_factory=list)
    claims: Claims = field(default_factory=Claims)
    roles: dict[Place, Role] = field(default_factory=dict)
    row_roles: dict[int, Mapping[int, Role]] = field(default_factory=dict)
    problems: dict[Place, Finding] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    layouts: list[str] = field(default_factory=list)
    choices: Choices = NO_CHOICES
    hint: LayoutHint | None = None
    names: list[NameQuestion] = field(default_factory=list)
    blanks: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    units: dict[tuple[str, str], OtherUnit] = field(default_factory=dict)
    headers: list[tuple[int, ...]] = field(default_factory=list)
    columns: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.source = " › ".join(part for part in (self.file, self.sheet.name) if part)

    def error(self, code: str, message: str, advice: str = "", place: Place | None = None, **about: str | None) -> None:
        self._add(Severity.ERROR, code, message, advice, place, about)

    def warn(self, code: str, message: str, advice: str = "", place: Place | None = None, **about: str | None) -> None:
        self._add(Severity.WARNING, code, message, advice, place, about)

    def mention(self, sentence: str) -> None:
        if sentence not in self.notes:
            self.notes.append(sentence)

    def count_unit(self, indicator: Reported, given: str, place: Place, cell: Cell, figure: float | None) -> OtherUnit:
        """A figure stated in a unit that is not the indicator's, in its own cell or in its row's or column's label."""
        found = self.units.setdefault((indicator.id, unit_key(given)), OtherUnit(indicator, given, place))
        found.add(cell, figure)
        return found

    def ask_name(self, written: str, near: tuple[tuple[str, float], ...], place: Place, *, is_district: bool) -> None:
        if (near or is_district) and written not in {question.written for question in self.names}:
            where = (self.file, self.sheet.name or None, cell_name(*place))
            self.names.append(NameQuestion(written, near, is_district, *where))

    def fills(self, what: str, place: Place, name: str) -> bool:
        """Ask whether a blank cell stands for the name above it; True where the user has said so."""
        self.blanks.setdefault(what, []).append((cell_name(*place), name))
        return self.choices.fills(self.file, self.sheet.name, what)

    @property
    def blank_names(self) -> tuple[BlankNamesQuestion, ...]:
        """The questions that blank names raise."""
        return tuple(
            BlankNamesQuestion(
                what, len(cells), tuple(cells[:_EXAMPLES]), self.choices.fills(self.file, self.sheet.name, what),
                self.file, self.sheet.name or None, cells[0][0],
            )
            for what, cells in self.blanks.items()
        )  # fmt: skip

    @property
    def conversions(self) -> tuple[ConversionQuestion, ...]:
        """The questions that other units raise: those whose figures can be converted at all."""
        return tuple(
            ConversionQuestion(
                found.indicator.id, found.indicator.title, found.given, found.indicator.unit, found.count,
                tuple(found.examples), self.choices.converts(found.indicator.id, found.given),
                self.file, self.sheet.name or None, cell_name(*found.first), found.by_suspicion,
            )
            for found in self.units.values() if found.hint
        )  # fmt: skip

    def mark(self, role: Role, row: int, column: int) -> None:
        """Roles are for the window, which shows the upper rows only."""
        if row <= PREVIEW_ROWS:
            self.roles[row, column] = role

    def mark_row(self, row: int, roles: Mapping[int, Role]) -> None:
        """The roles of a row's cells by their columns; what is marked by itself goes before."""
        if row <= PREVIEW_ROWS:
            self.row_roles[row] = roles

    def mark_ignored(self, row: int, column: int) -> None:
        if row <= PREVIEW_ROWS:
            self.roles.setdefault((row, column), Role.IGNORED)

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
