"""Papers and forms written into a folder: which files, under which names, one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ecoscore.assessment import paper_kinds as kinds
from ecoscore.assessment.names import safe_name, safe_names
from ecoscore.errors import InputRefused
from ecoscore.model.district import Level
from ecoscore.model.observation import Observation
from ecoscore.model.period import Period

if TYPE_CHECKING:
    from ecoscore.assessment import Assessment, Cancelled, Progress
    from ecoscore.model.scheme import Reported
    from ecoscore.reporting.origin import Origin
    from ecoscore.reporting.pdf.fonts import Faces
    from ecoscore.reporting.view import PaperMeta

_Write = Callable[[Path], object]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of paper: its title, the formats it comes in, its sheets, and why there may be none."""

    title: str
    formats: tuple[str, ...]
    sheets: Callable[[kinds.Order], Iterator[kinds.Sheet]]
    absent: str = ""


KINDS = {
    "scorecard": Kind("成绩单", ("pdf", "xlsx"), kinds.scorecards),
    "ranking": Kind("排名汇总表", ("pdf", "xlsx"), kinds.rankings),
    "working_paper": Kind("计分底稿", ("pdf", "xlsx"), kinds.working_papers),
    "bulletin": Kind("通报", ("pdf", "docx"), kinds.bulletins),
    "notice": Kind("公示稿", ("pdf", "docx"), kinds.notices),
    "department": Kind("部门短板清单", ("pdf",), kinds.department_lists),
    "term": Kind("任期对比表", ("pdf",), kinds.terms, "没有登记任期，或任期内没有考核结果"),
    "compensation": Kind("区域补偿资金测算表", ("pdf",), kinds.compensations, "考核方案没有规定区域补偿标准"),
}
USUAL = ("scorecard", "ranking", "working_paper")  # what is written unless papers are named
PAPERS = {key: KINDS[key].title for key in USUAL}
BOUND = "bound"  # the kind of a volume of several
DRAFT = "征求意见稿"
FORMATS = {"pdf": "PDF", "xlsx": "Excel", "docx": "Word"}


@dataclass(frozen=True, slots=True)
class _Job:
    """One file to be written: its place in the folder and what writes it there."""

    place: str
    write: _Write


def write_papers(
    assessment: Assessment,
    period: Period,
    folder: Path,
    *,
    formats: Sequence[str],
    districts: Sequence[str],
    papers: Sequence[str] | None,
    meta: PaperMeta | None,
    progress: Progress | None,
    cancelled: Cancelled | None,
    bound: bool = False,
    fonts: str = "",
    level: Level | None = None,
) -> list[Path]:
    """Write the papers asked for, each with the mark of what it shows; `bound`: as one PDF."""
    chosen = USUAL if papers is None else tuple(dict.fromkeys(papers))
    _assert_known(chosen, KINDS, "报表")
    _assert_known(formats, FORMATS, "格式")
    order = kinds.Order(assessment, period, districts, meta, level)
    faces = _faces(fonts)
    if bound:
        return _bound(order, chosen, faces, progress, cancelled, folder)
    jobs = [job for paper in chosen for job in _jobs(order, paper, tuple(dict.fromkeys(formats)), faces)]
    if not jobs and chosen:
        raise _nothing(chosen, formats)
    return _written(jobs, folder, progress, cancelled)


def absent_papers(assessment: Assessment, period: Period, level: Level | None = None) -> dict[str, str]:
    """The kinds of papers that the file holds nothing for in this period (of one level), and why."""
    names = [d.name for d in assessment.score(period, level).districts]
    order = kinds.Order(assessment, period, names, None, level)
    conditional = {key: kind for key, kind in KINDS.items() if kind.absent}
    return {key: kind.absent for key, kind in conditional.items() if next(kind.sheets(order), None) is None}


def draft_of(meta: PaperMeta | None) -> PaperMeta:
    """The same wishes with the mark of a draft, unless another is wished for."""
    from ecoscore.reporting.view import PaperMeta

    meta = meta or PaperMeta()
    return replace(meta, watermark=meta.watermark or DRAFT)


def _faces(fonts: str) -> Faces | None:
    """The faces asked for: None for those that ship with the product."""
    if not fonts or fonts == "bundled":
        return None
    from ecoscore.reporting.pdf.system_fonts import faces_of

    return faces_of(fonts)


def _refuse_nobody(districts: Sequence[str]) -> None:
    if not districts:
        raise InputRefused("考核文件中还没有区县，无法生成填报表", "请先添加区县，或导入时选择“添加新区县”")


def write_forms(
    assessment: Assessment,
    period: Period,
    folder: Path,
    districts: Sequence[str],
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> list[Path]:
    """A blank entry workbook for each district."""
    from ecoscore.reporting.entry_form import write_entry_form

    _refuse_nobody(districts)
    known = {d.name: d for d in assessment.districts}
    last, current = assessment.observations(period.previous_year), assessment.observations(period)
    targets, scheme = assessment.targets(period), assessment.scheme_of(period)

    def writer(name: str) -> _Write:
        def of(page: Mapping[tuple[str, str], Observation]) -> dict[str, Observation]:
            return {indicator: o for (district, indicator), o in page.items() if district == name}

        goals = {t.indicator: t.value for t in targets if t.district is None}
        goals |= {t.indicator: t.value for t in targets if t.district == name}
        return lambda path: write_entry_form(
            path, scheme, known[name], period, of(last), of(current), goals
        )  # fmt: skip

    jobs = [_Job(f"{safe} {period.title}填报表.xlsx", writer(name)) for name, safe in safe_names(districts).items()]
    return _written(jobs, folder, progress, cancelled)


def write_department_forms(
    assessment: Assessment,
    period: Period,
    folder: Path,
    districts: Sequence[str],
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> list[Path]:
    """An entry workbook for each department: all these districts, the indicators it answers for."""
    from ecoscore.reporting.department_form import write_department_form

    _refuse_nobody(districts)
    scheme = assessment.scheme_of(period)
    asked: dict[str, list[Reported]] = {}
    for reported in scheme.reported:
        asked.setdefault(reported.department or "未指定部门", []).append(reported)
    chosen = [d for d in assessment.districts if d.name in districts]
    last, current = assessment.observations(period.previous_year), assessment.observations(period)

    def writer(department: str) -> _Write:
        return lambda path: write_department_form(
            path, scheme, department, asked[department], chosen, period, last, current
        )  # fmt: skip

    jobs = [_Job(f"{safe} {period.title}填报表.xlsx", writer(name)) for name, safe in safe_names(list(asked)).items()]
    return _written(jobs, folder, progress, cancelled)


def _jobs(order: kinds.Order, paper: str, formats: Sequence[str], faces: Faces | None) -> Iterator[_Job]:
    """The files of one kind of paper, in those of the formats that it comes in."""
    for sheet in KINDS[paper].sheets(order):
        for format_ in formats:
            if format_ in KINDS[paper].formats:
                yield _Job(f"{sheet.place}.{format_}", _writer(sheet, format_, faces))


def remake(assessment: Assessment, period: Period, origin: Origin, suffix: str, folder: Path) -> Path | None:
    """The paper of that origin as the file gives it today, in a file of its own; None where the file has none such."""
    level = Level(origin.level) if origin.level in {str(v) for v in Level} else None
    everyone = [d.name for d in assessment.score(period, level).districts]
    districts = [d for d in everyone if not origin.districts or d in origin.districts]
    order = kinds.Order(assessment, period, districts, origin.meta, level)
    if origin.kind == BOUND:
        papers = [p for p in origin.papers if p in KINDS]
        return next(iter(_bound(order, papers, None, None, None, folder)), None)
    kind = KINDS.get(origin.kind)
    if kind is None or suffix not in kind.formats:
        return None
    path = folder / f"{safe_name(kind.title)}.{suffix}"
    for sheet in kind.sheets(order):
        if sheet.about == origin.about:
            _writer(sheet, suffix, None)(path)
            return path
    return None


def _writer(sheet: kinds.Sheet, format_: str, faces: Faces | None) -> _Write:
    def write(path: Path) -> None:
        view = sheet.view()
        if format_ == "pdf":
            from ecoscore.reporting.pdf import write_pdf

            write_pdf(path, view, faces=faces)
        elif format_ == "docx":
            from ecoscore.reporting.word import write_document_docx

            write_document_docx(path, view)
        else:
            assert sheet.workbook is not None
            sheet.workbook(path, view)

    return write


def _bound(
    order: kinds.Order, chosen: Sequence[str], faces: Faces | None, progress: Progress | None,
    cancelled: Cancelled | None, folder: Path,
) -> list[Path]:  # fmt: skip
    """All chosen papers in one PDF, whole or absent."""
    from ecoscore.reporting.pdf import Chapter, write_bound_pdf

    sheets = {paper: list(KINDS[paper].sheets(order)) for paper in chosen}
    total, done = sum(map(len, sheets.values())), 0
    if not total:
        raise _nothing(chosen, ("pdf",))

    def views(paper: str) -> Iterator[Any]:
        nonlocal done
        for sheet in sheets[paper]:
            if progress:
                progress(done, total, f"正在写 {sheet.place}")
            yield sheet.view()
            done += 1

    meta = order.compared(BOUND, papers=chosen)
    result = order.result
    title = f"{meta.organisation}{order.period.title}考核报表合订本"
    path = folder / f"考核报表合订本 {order.when}.pdf"
    chapters = [Chapter(KINDS[paper].title, views(paper)) for paper in chosen if sheets[paper]]
    whole = write_bound_pdf(path, title, chapters, meta, result.scheme.title, faces=faces, cancelled=cancelled)
    if progress:
        progress(done, total, "已完成" if whole else "已取消")
    return [path] if whole else []


def _nothing(papers: Sequence[str], formats: Sequence[str]) -> InputRefused:
    """Why none of the papers asked for can be written."""
    reasons = [f"{KINDS[p].title}：{KINDS[p].absent}" for p in papers if KINDS[p].absent]
    written = "、".join(f"{KINDS[p].title}有 {'、'.join(KINDS[p].formats)}" for p in papers)
    if any(set(formats) & set(KINDS[p].formats) for p in papers):
        return InputRefused("没有可以写出的报表", "；".join(reasons))
    return InputRefused(f"所选报表没有 {'、'.join(formats)} 格式", written)


def _written(jobs: Sequence[_Job], folder: Path, progress: Progress | None, cancelled: Cancelled | None) -> list[Path]:
    """Write file after file; when cancelled, those written so far are whole and the rest absent."""
    done: list[Path] = []
    for n, job in enumerate(jobs):
        if cancelled and cancelled():
            break
        if progress:
            progress(n, len(jobs), f"正在写 {job.place}")
        path = folder / job.place
        job.write(path)
        done.append(path)
    if progress:
        progress(len(done), len(jobs), "已完成" if len(done) == len(jobs) else "已取消")
    return done


def _assert_known(asked: Sequence[str], known: Mapping[str, object], what: str) -> None:
    if unknown := [word for word in asked if word not in known]:
        raise InputRefused(f"没有这种{what}：{'、'.join(unknown)}", f"可选：{'、'.join(known)}")


__all__ = [
    "FORMATS",
    "KINDS",
    "PAPERS",
    "USUAL",
    "Kind",
    "absent_papers",
    "remake",
    "safe_name",
    "safe_names",
    "write_department_forms",
    "write_forms",
    "write_papers",
]
