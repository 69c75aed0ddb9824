"""Papers and forms written into a folder: which files, under which names, one after the other."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ecoscore.errors import InputRefused
from ecoscore.model.observation import Observation
from ecoscore.model.period import Period

if TYPE_CHECKING:
    from ecoscore.assessment import Assessment, Cancelled, Progress
    from ecoscore.reporting.view import PaperMeta

_Write = Callable[[Path], object]

PAPERS = {"scorecard": "成绩单", "ranking": "排名汇总表", "working_paper": "计分底稿"}
FORMATS = {"pdf": "PDF", "xlsx": "Excel"}

_FORBIDDEN = str.maketrans('<>:"/\\|?*', "＜＞：＂／＼｜？＊")
_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])(\..*)?", re.IGNORECASE)
_LONGEST = 60


def safe_name(text: str) -> str:
    """A file name that Windows takes too: no forbidden signs, no reserved word, no dot at the end, not too long."""
    name = "".join(c for c in text.translate(_FORBIDDEN) if c.isprintable())
    name = name[:_LONGEST].strip().rstrip(". ") or "_"
    return f"_{name}" if _RESERVED.fullmatch(name) else name


def safe_names(texts: Sequence[str]) -> dict[str, str]:
    """Each text with a name of its own; two that Windows would take for one are numbered."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for text in texts:
        name, n = safe_name(text), 1
        while (numbered := name if n == 1 else f"{name} ({n})").casefold() in taken:
            n += 1
        taken.add(numbered.casefold())
        found[text] = numbered
    return found


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
) -> list[Path]:
    """Write the papers asked for."""
    chosen = tuple(PAPERS) if papers is None else tuple(papers)
    _assert_known(chosen, PAPERS, "报表")
    _assert_known(formats, FORMATS, "格式")
    jobs = [
        job for paper in chosen for format_ in dict.fromkeys(formats)
        for job in _jobs(assessment, period, districts, paper, format_, meta)
    ]  # fmt: skip
    return _written(jobs, folder, progress, cancelled)


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

    if not districts:
        raise InputRefused("考核文件中还没有区县，无法生成填报表", "请先添加区县，或导入时选择“添加新区县”")
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


def _jobs(
    assessment: Assessment, period: Period, districts: Sequence[str], paper: str, format_: str, meta: PaperMeta | None
) -> Iterator[_Job]:
    title = PAPERS[paper]
    if paper == "ranking":
        title = "结果汇总表" if assessment.scheme_of(period).unranked else title
        yield _Job(f"{title} {period.title}.{format_}", _ranking_writer(assessment, period, format_, meta))
        return
    write = _scorecard_writer if paper == "scorecard" else _working_paper_writer
    for name, safe in safe_names(districts).items():
        yield _Job(f"{title}/{safe} {period.title}{title}.{format_}", write(assessment, period, name, format_, meta))


def _ranking_writer(assessment: Assessment, period: Period, format_: str, meta: PaperMeta | None) -> _Write:
    def write(path: Path) -> None:
        view = assessment.ranking(period, meta)
        if format_ == "pdf":
            from ecoscore.reporting.pdf import write_ranking_pdf

            write_ranking_pdf(path, view)
        else:
            from ecoscore.reporting.workbook import write_ranking_workbook

            write_ranking_workbook(path, assessment.score(period), view)

    return write


def _scorecard_writer(
    assessment: Assessment, period: Period, district: str, format_: str, meta: PaperMeta | None
) -> _Write:
    def write(path: Path) -> None:
        view = assessment.scorecard(period, district, meta)
        if format_ == "pdf":
            from ecoscore.reporting.pdf import write_scorecard_pdf

            write_scorecard_pdf(path, view)
        else:
            from ecoscore.reporting.workbook import write_scorecard_workbook

            write_scorecard_workbook(path, assessment.score(period), view)

    return write


def _working_paper_writer(
    assessment: Assessment, period: Period, district: str, format_: str, meta: PaperMeta | None
) -> _Write:
    def write(path: Path) -> None:
        view = assessment.working_paper(period, district, meta)
        if format_ == "pdf":
            from ecoscore.reporting.pdf import write_working_paper_pdf

            write_working_paper_pdf(path, view)
        else:
            from ecoscore.reporting.workbook import write_working_paper_workbook

            write_working_paper_workbook(path, assessment.score(period), view)

    return write


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


def _assert_known(asked: Sequence[str], known: dict[str, str], what: str) -> None:
    if unknown := [word for word in asked if word not in known]:
        raise InputRefused(f"没有这种{what}：{'、'.join(unknown)}", f"可选：{'、'.join(known)}")
