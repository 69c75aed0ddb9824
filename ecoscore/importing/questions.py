"""What an import asks its user: may figures be converted, whom does a name or a blank mean, which of two is right."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from ecoscore.importing.choices import ConflictKey


@dataclass(frozen=True, slots=True)
class ConversionQuestion:
    """Figures of an indicator stated in another unit: `examples` are (as it stands, as it would be read).

    Unaccepted, the figures are in no entry, but for `by_suspicion` ones: those carry no unit at all and are read as
    they stand; that they are ratios is only suspected.
    """

    indicator: str
    title: str
    given: str
    wanted: str
    count: int
    examples: tuple[tuple[str, str], ...]
    accepted: bool
    file: str
    sheet: str | None
    cell: str | None
    by_suspicion: bool = False


@dataclass(frozen=True, slots=True)
class NameQuestion:
    """A name nobody bears and those that are alike, if any, with their likeness in percent, best first."""

    written: str
    proposals: tuple[tuple[str, float], ...]
    is_district: bool
    file: str
    sheet: str | None
    cell: str | None


@dataclass(frozen=True, slots=True)
class BlankNamesQuestion:
    """Rows of a sheet whose district, indicator or period (`what`) is left blank below one that has it: do they share it?

    `examples` are (cell, what it would stand for). Unaccepted, the rows are refused.
    """

    what: str
    count: int
    examples: tuple[tuple[str, str], ...]
    accepted: bool
    file: str
    sheet: str | None
    cell: str | None

    @property
    def title(self) -> str:
        return BLANK_TITLES[self.what]


BLANK_TITLES = {"district": "区县名", "indicator": "指标名", "period": "考核期"}


@dataclass(frozen=True, slots=True)
class ConflictOption:
    """One of the places that disagree: `place` names it in choices and to people, `words` is its value."""

    place: str
    words: str
    file: str
    sheet: str | None
    cell: str


@dataclass(frozen=True, slots=True)
class ConflictQuestion:
    """Two or more places that give one value differently; `chosen` is the place the user holds to be right."""

    key: ConflictKey
    title: str
    options: tuple[ConflictOption, ...]
    chosen: str | None


Question = ConversionQuestion | NameQuestion | BlankNamesQuestion | ConflictQuestion
_KINDS = {
    ConversionQuestion: "conversion",
    NameQuestion: "name",
    BlankNamesQuestion: "blank_names",
    ConflictQuestion: "conflict",
}


def question_json(question: Question) -> dict[str, object]:
    """The object of `import --json`: what is asked, and the answer if there is one."""
    return {"kind": _KINDS[type(question)], **asdict(question)}
