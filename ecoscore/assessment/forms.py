"""Forms sent to districts for a period, noted in the journal, and what has come back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ecoscore.assessment import Assessment, Cancelled, FormOf, Progress
from ecoscore.assessment.papers import safe_names, write_department_forms, write_forms
from ecoscore.errors import InputRefused
from ecoscore.model.observation import Status
from ecoscore.model.period import Period
from ecoscore.storage import Line
from ecoscore.storage.search import JournalQuery

_ISSUE = "issue_form"


@dataclass(frozen=True, slots=True)
class FormState:
    """One district: when and as which file (or files of departments) a form was last written ("" if never), and how
    much of it has come back.

    `reported` of `due` cells hold a number; those excused are not due.
    """

    district: str
    peer_group: str
    issued: str
    file: str
    reported: int
    due: int

    @property
    def is_returned(self) -> bool:
        return self.reported > 0

    @property
    def is_complete(self) -> bool:
        return self.reported >= self.due


def issue_forms(
    file: Assessment,
    period: Period,
    folder: Path,
    districts: Sequence[str],
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
    *,
    by: FormOf = "district",
) -> list[Path]:
    """Write an entry form for each of these districts into a folder, or one for each department with all of them; each
    one written is noted in the journal.
    """
    if not districts:
        raise InputRefused("没有选择区县", "请先勾选要下发填报表的区县")
    if by == "department":
        written = write_department_forms(file, period, folder, districts, progress, cancelled)
        lines = [Line(_ISSUE, path.stem, new=path.name, source=str(folder), period=str(period)) for path in written]
        if len(written) == len({q.department for q in file.scheme_of(period).reported}):  # none was cancelled
            files = written[0].name + (f" 等 {len(written)} 个" if len(written) > 1 else "")
            lines += [_line_of(name, period, files, folder) for name in districts]
        if lines and not file.read_only:
            file.note(lines)
        return written
    written = write_forms(file, period, folder, districts, progress, cancelled)
    names = list(safe_names(districts))[: len(written)]
    lines = [_line_of(name, period, path.name, folder) for name, path in zip(names, written, strict=True)]
    if lines and not file.read_only:
        file.note(lines)
    return written


def _line_of(district: str, period: Period, files: str, folder: Path) -> Line:
    return Line(
        _ISSUE, f"{district} {period.title}", new=files, source=str(folder), district=district, period=str(period)
    )


def form_states(file: Assessment, period: Period) -> tuple[FormState, ...]:
    """Every district in the file's order."""
    entries, _ = file.search_journal(JournalQuery(period=str(period), actions=(_ISSUE,)))
    issued = {str(e.district): e for e in reversed(entries)}
    asked = [q.id for q in file.scheme_of(period).owed]
    held = file.observations(period)
    found = []
    for district in file.districts:
        states = [o.status for i in asked if (o := held.get((district.name, i))) is not None]
        excused = sum(s.is_left_out or s is Status.NO_DATA for s in states)
        entry = issued.get(district.name)
        found.append(
            FormState(
                district.name, district.peer_group or "", entry.time if entry else "", str(entry.new) if entry else "",
                sum(s is Status.REPORTED for s in states), len(asked) - excused,
            )
        )  # fmt: skip
    return tuple(found)
