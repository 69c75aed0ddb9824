"""The entry of the package: sources → an ImportPlan, nothing written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext

from ecoscore.errors import InputRefused
from ecoscore.importing.assembly import Assembly
from ecoscore.importing.choices import NO_CHOICES, Choices
from ecoscore.importing.collector import collector_held
from ecoscore.importing.context import NO_MEMORY, Editions, Knowledge, Memory
from ecoscore.importing.plan import FileState, ImportPlan, SourceFile
from ecoscore.importing.preview import preview_of
from ecoscore.importing.questions import NameQuestion, Question
from ecoscore.importing.reading import ReadFile
from ecoscore.importing.sheet_report import SheetReport
from ecoscore.importing.shelf import Shelf
from ecoscore.importing.sources import Source, TableFile, collect
from ecoscore.importing.workbook import read_workbook
from ecoscore.model.district import District
from ecoscore.model.finding import Finding, Severity
from ecoscore.model.observation import Observation, Target
from ecoscore.model.period import Period
from ecoscore.model.scheme import Scheme

Progress = Callable[[int, int, str], None]
Cancelled = Callable[[], bool]
_Read = tuple[ReadFile, TableFile, list[SheetReport]]


def make_plan(
    sources: Sequence[Source],
    scheme: Scheme,
    districts: Sequence[District],
    current: Mapping[tuple[str, str, Period], Observation],
    current_targets: Sequence[Target] = (),
    *,
    period: Period | None = None,
    add_districts: bool = False,
    choices: Choices = NO_CHOICES,
    memory: Memory = NO_MEMORY,
    editions: Editions | None = None,
    shelf: Shelf | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> ImportPlan:
    """Read the sources (files, folders, archives, what was pasted) and say what importing them would do.

    `current` is keyed (district name, indicator id, period). `period` is for tables that do not state theirs; a table
    that states another is an error. `scheme` is matched first; where `editions` are given, each value is read and
    judged by the edition of its own period. What lies on the `shelf` is not read again. Defects are findings of the plan; InputRefused only where there is nothing to
    read at all, or on cancelling.
    """
    is_cancelled = cancelled or (lambda: False)
    known = Knowledge.of(
        scheme, districts, period, add_districts=add_districts, choices=choices, memory=memory, editions=editions
    )
    with collector_held(), _one_of(shelf) as kept, kept.lock:
        files, findings = collect(sources, kept.folder, is_cancelled, kept.unpack)
        read = _read(files, kept, known, findings, progress or (lambda *_: None), is_cancelled)
        assembly = Assembly(known, current, current_targets)
        for _, _, reports in read:
            for sheet_report in reports:
                assembly.take(sheet_report)
        assembly.finish()
        for _, _, reports in read:
            findings.extend(finding for sheet_report in reports for finding in sheet_report.findings)
        used = assembly.entries.districts() | {t.new.district for t in assembly.targets}
        return ImportPlan(
            period=period,
            files=tuple(_source(*item) for item in read),
            entries=assembly.entries,
            targets=assembly.targets,
            new_districts=tuple(d for name, d in known.new.items() if name in used),
            findings=(*findings, *assembly.findings),
            questions=(*_questions(read), *assembly.questions),
            choices=choices,
            new_aliases=tuple((w, d.name) for w, d in known.accepted_names if isinstance(d, District)),
            new_indicator_names=tuple((w, i.id) for w, i in known.accepted_names if not isinstance(i, District)),
        )


def _one_of(shelf: Shelf | None) -> AbstractContextManager[Shelf]:
    """The shelf, left as it is; or one for this plan alone."""
    return Shelf() if shelf is None else nullcontext(shelf)


def _questions(read: Sequence[_Read]) -> list[Question]:
    """What the sheets ask: each name once; a conversion and blanks once for each sheet, so that its cells are seen."""
    reports = [report for _, _, reports in read for report in reports]
    names: dict[str, NameQuestion] = {}
    for report in reports:
        for question in report.names:
            names.setdefault(question.written, question)
    conversions = [conversion for report in reports for conversion in report.conversions]
    return [*conversions, *(blanks for report in reports for blanks in report.blank_names), *names.values()]


def _read(
    files: Sequence[TableFile],
    shelf: Shelf,
    known: Knowledge,
    findings: list[Finding],
    progress: Progress,
    cancelled: Cancelled,
) -> list[_Read]:
    """Every file as read and understood; InputRefused on cancelling."""
    read: list[_Read] = []
    if files:
        progress(0, len(files), f"读取 {files[0].name}")
    for found in shelf.read([file.path for file in files], cancelled):
        file = files[len(read)]
        reports = read_workbook(found.book, file.name, known) if found.book is not None else []
        if found.book is None:
            findings.append(_refusal(found, file.name))
        read.append((found, file, reports))
        done = len(read)
        progress(done, len(files), f"读取 {files[done].name}" if done < len(files) else "核对")
        if cancelled():
            break
    if len(read) < len(files) or cancelled():
        raise InputRefused("导入已取消", "没有写入任何内容")
    return read


def _refusal(found: ReadFile, name: str) -> Finding:
    return Finding(
        Severity.ERROR, "file_refused", f"文件“{name}”不能读取：{found.message}", advice=found.advice, file=name
    )


def _source(found: ReadFile, file: TableFile, reports: list[SheetReport]) -> SourceFile:
    if found.book is None:
        state = FileState.REFUSED
    elif any(report.layouts for report in reports):
        state = FileState.READ
    else:
        state = FileState.UNRECOGNISED
    return SourceFile(file.origin, file.name, found.digest, state, tuple(preview_of(report) for report in reports))
