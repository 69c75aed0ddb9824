"""What an import would do, shown before it is done: values, targets, new districts, findings, the sheets as read."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from ecoscore.importing.choices import NO_CHOICES, Choices
from ecoscore.importing.entries import Action, Entries, PlanEntry
from ecoscore.importing.hints import LayoutHint
from ecoscore.importing.questions import Question, question_json
from ecoscore.importing.record import ImportRecord
from ecoscore.model.district import District
from ecoscore.model.finding import Finding
from ecoscore.model.observation import Observation, Status, Target
from ecoscore.model.period import Period

ACTION_TITLES = {Action.NEW: "新增", Action.CHANGED: "修改", Action.UNCHANGED: "不变"}


class Role(StrEnum):
    """What a cell was taken for; the window tints it so."""

    TITLE = "title"
    HEADER = "header"
    DISTRICT = "district"
    INDICATOR = "indicator"
    PERIOD = "period"
    UNIT = "unit"
    VALUE = "value"
    TARGET = "target"
    NOTE = "note"
    IGNORED = "ignored"


ROLE_TITLES = {
    Role.TITLE: "标题",
    Role.HEADER: "表头",
    Role.DISTRICT: "区县",
    Role.INDICATOR: "指标",
    Role.PERIOD: "考核期",
    Role.UNIT: "单位",
    Role.VALUE: "指标值",
    Role.TARGET: "目标值",
    Role.NOTE: "说明",
    Role.IGNORED: "未读取",
}


class FileState(StrEnum):
    """How the reading of one file ended."""

    READ = "read"
    REFUSED = "refused"
    UNRECOGNISED = "unrecognised"


FILE_STATE_TITLES = {FileState.READ: "已读取", FileState.REFUSED: "不能读取", FileState.UNRECOGNISED: "没有认出表格"}


@dataclass(frozen=True, slots=True)
class PlanTarget:
    """One target as it would be written; `old` is the target it would replace, None where there was none."""

    action: Action
    new: Target
    old: float | None
    file: str
    sheet: str | None
    cell: str


@dataclass(frozen=True, slots=True, eq=False)
class SheetPreview:
    """One sheet as it was read. Rows and columns of `texts`, `roles` and `problems` count from 0, A1 being (0, 0).

    `texts` is the upper left part of the sheet at most (`total_rows`, `total_columns` say how large it is).
    `layout` says in Chinese what the sheet was taken for, "" where nothing was recognised. `notes` mention what was
    left out on purpose (totals, remarks, hidden rows), in sentences. `header`: the rows of the first table's header,
    counted from 1 as in `hint`, what the user said of the layout; `signature` knows the header again; `columns` says
    what columns (from 0) were taken for.
    """

    name: str
    texts: Sequence[tuple[str, ...]]
    roles: Mapping[tuple[int, int], Role] = field(default_factory=dict)
    problems: Mapping[tuple[int, int], Finding] = field(default_factory=dict)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merges: tuple[tuple[int, int, int, int], ...] = ()
    total_rows: int = 0
    total_columns: int = 0
    hidden: bool = False
    layout: str = ""
    notes: tuple[str, ...] = ()
    header: tuple[int, ...] = ()
    signature: str = ""
    columns: Mapping[int, str] = field(default_factory=dict)
    hint: LayoutHint | None = None


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file of an import. `name` is what findings call it, `digest` the SHA-256 of its bytes ("" if unreadable)."""

    path: Path
    name: str
    digest: str
    state: FileState
    sheets: tuple[SheetPreview, ...] = ()


@dataclass(frozen=True, slots=True)
class Counts:
    """How many values of each kind a plan holds; `refused` counts error findings that name a cell."""

    new: int
    changed: int
    unchanged: int
    refused: int
    not_applicable: int
    targets: int
    new_districts: int


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """Everything an import would do. Cells with an error finding are in no entry, so whatever is in `entries` is sound.

    `period` is the one asked for by the user, None where the sheets were to say it themselves. `questions` are those
    that `choices` answer or might; `new_aliases` (as written, district) and `new_indicator_names` (as written, id) are
    the answers that were used, to be remembered.
    """

    period: Period | None
    files: tuple[SourceFile, ...]
    entries: Sequence[PlanEntry]
    targets: tuple[PlanTarget, ...] = ()
    new_districts: tuple[District, ...] = ()
    findings: tuple[Finding, ...] = ()
    questions: tuple[Question, ...] = ()
    choices: Choices = NO_CHOICES
    new_aliases: tuple[tuple[str, str], ...] = ()
    new_indicator_names: tuple[tuple[str, str], ...] = ()

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(f for f in self.findings if f.is_error)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        return tuple(f for f in self.findings if not f.is_error)

    @property
    def writes(self) -> tuple[Observation, ...]:
        """The values that differ from what the file holds."""
        return tuple(e.new for e in self.entries if e.action is not Action.UNCHANGED)

    @property
    def target_writes(self) -> tuple[Target, ...]:
        return tuple(t.new for t in self.targets if t.action is not Action.UNCHANGED)

    @property
    def periods(self) -> tuple[Period, ...]:
        return tuple(sorted(self.listed.periods() | {t.new.period for t in self.targets}))

    @property
    def districts(self) -> frozenset[str]:
        """The districts that would be given a value or a target of their own."""
        return frozenset(self.listed.districts() | {t.new.district for t in self.targets if t.new.district})

    @property
    def listed(self) -> Entries:
        """The entries, with what can be asked of all of them at once."""
        return self.entries if isinstance(self.entries, Entries) else Entries([self.entries])

    @property
    def counts(self) -> Counts:
        tally = self.listed.actions()
        return Counts(
            new=tally[Action.NEW],
            changed=tally[Action.CHANGED],
            unchanged=tally[Action.UNCHANGED],
            refused=sum(f.cell is not None for f in self.errors),
            not_applicable=self.listed.with_status(Status.NOT_APPLICABLE),
            targets=len(self.target_writes),
            new_districts=len(self.new_districts),
        )

    def narrowed(self, files: Container[str], districts: Container[str]) -> ImportPlan:
        """The plan of these files (by name) and districts alone: the rest is neither written nor in the way."""
        used = {d.name for d in self.new_districts if d.name in districts}
        return replace(
            self,
            files=tuple(f for f in self.files if f.name in files),
            entries=tuple(e for e in self.entries if e.file in files and e.new.district in districts),
            targets=tuple(
                t for t in self.targets if t.file in files and (t.new.district is None or t.new.district in districts)
            ),
            new_districts=tuple(d for d in self.new_districts if d.name in used),
            findings=tuple(
                f for f in self.findings
                if (f.file is None or f.file in files) and (f.district is None or f.district in districts)
            ),
        )  # fmt: skip

    def is_writable(self, *, skip_errors: bool = False) -> bool:
        """Whether it may be applied: no errors, or the user leaves the cells in error out on purpose."""
        return skip_errors or not self.errors

    def to_json(self, *, skip_errors: bool = False) -> dict[str, Any]:
        """The document of `ecoscore import --json`; `accepted` is 0 while errors stand in the way."""
        counts = self.counts
        writable = self.is_writable(skip_errors=skip_errors)
        return {
            "accepted": counts.new + counts.changed if writable else 0,
            "unchanged": counts.unchanged,
            "changed": [_changed(e) for e in self.entries if e.action is Action.CHANGED] if counts.changed else [],
            "targets": counts.targets if writable else 0,
            "new_districts": [d.name for d in self.new_districts],
            "findings": [f.as_json() for f in self.findings],
            "questions": [question_json(q) for q in self.questions],
            "files": [
                {
                    "file": f.name,
                    "state": str(f.state),
                    "sha256": f.digest,
                    "sheets": [{"sheet": s.name, "layout": s.layout, "notes": list(s.notes)} for s in f.sheets],
                }
                for f in self.files
            ],
        }


def _changed(entry: PlanEntry) -> dict[str, Any]:
    """Old and new as a number, or the status word where there is none."""
    new, old = entry.new, entry.old
    return {
        "district": new.district,
        "indicator": new.indicator,
        "period": str(new.period),
        "old": _shown(old),
        "new": _shown(new),
    }


def _shown(observation: Observation | None) -> float | str | None:
    if observation is None:
        return None
    return observation.value if observation.status is Status.REPORTED else observation.status.key


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """What an applied plan wrote: values added and changed, targets, districts, and cells left out on purpose.

    `record` takes it back.
    """

    added: int
    changed: int
    unchanged: int
    targets: int = 0
    districts: int = 0
    left_out: int = 0
    record: ImportRecord = field(default_factory=ImportRecord, compare=False, repr=False)

    @property
    def accepted(self) -> int:
        return self.added + self.changed
