"""The kinds of papers: for each which sheets there are, what each shows, and who writes it in which format."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ecoscore.assessment.names import safe_names
from ecoscore.errors import InputRefused
from ecoscore.model.district import LEVEL_TITLES, Level, usual_level
from ecoscore.model.period import Period

if TYPE_CHECKING:
    from ecoscore.assessment import Assessment
    from ecoscore.model.result import Result
    from ecoscore.reporting.view import PaperMeta
    from ecoscore.scoring.term import TermScore


@dataclass(frozen=True, slots=True)
class Sheet:
    """One paper: its place in the folder without a suffix, what it shows, and how it is written as a workbook.

    `view` is computed when it is written, so that a hundred papers do not wait in memory. `about` tells it among its
    kind.
    """

    place: str
    view: Callable[[], Any]
    workbook: Callable[[Path, Any], object] | None = None
    about: str = ""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be written: of which file and period, about which districts, with which wishes."""

    assessment: Assessment
    period: Period
    districts: Sequence[str]
    meta: PaperMeta | None
    level: Level | None = None

    @property
    def result(self) -> Result:
        return self.assessment.score(self.period, self.level)

    @property
    def when(self) -> str:
        """How files name the period: papers of another level than the usual lie beside those of that one."""
        level = self.level
        other = level is not None and level is not usual_level(self.assessment.levels)
        return f"{self.period.title}（{LEVEL_TITLES[level]}）" if level is not None and other else self.period.title

    def marked(
        self, kind: str = "", about: str = "", *, result: Result | None = None, others: Sequence[Result] = (),
        papers: Sequence[str] = (),
    ) -> PaperMeta:  # fmt: skip
        """The wishes with the mark of a result (this period's), and of those it is compared with."""
        from ecoscore.reporting.marks import mark_of, marked
        from ecoscore.reporting.origin import Origin, wishes_of

        entries = self.assessment.journal(1)
        districts = tuple(self.districts) if papers else ()
        origin = (
            Origin(kind, about, wishes_of(self.meta), tuple(papers), districts, str(self.level or "")) if kind else None
        )
        last = entries[-1].id if entries else 0
        return marked(self.meta, mark_of(result or self.result, last, others=others, origin=origin))

    @property
    def previous(self) -> Result | None:
        """Last year's result, where there is one and a paper would be compared with it."""
        try:
            found = self.assessment.score(self.period.previous_year, self.level)
        except InputRefused:
            return None
        same = (found.scheme.id, found.scheme.edition) == (self.result.scheme.id, self.result.scheme.edition)
        return found if same else None

    @property
    def earlier(self) -> tuple[Result, ...]:
        """Last year's result where there is one to compare with."""
        previous = self.previous
        return () if previous is None else (previous,)

    def compared(self, kind: str = "", about: str = "", papers: Sequence[str] = ()) -> PaperMeta:
        """The same for a paper that is compared with last year's."""
        return self.marked(kind, about, others=self.earlier, papers=papers)


def scorecards(order: Order) -> Iterator[Sheet]:
    a, period, earlier = order.assessment, order.period, order.earlier

    def card(name: str) -> Any:
        return a.scorecard(period, name, order.marked("scorecard", name, others=earlier))

    def workbook(path: Path, view: Any) -> None:
        from ecoscore.reporting.grounds import with_grounds
        from ecoscore.reporting.workbook import write_scorecard_workbook

        held = a.observations(period)
        write_scorecard_workbook(path, with_grounds(order.result, view.district, held), view)

    for name, safe in safe_names(order.districts).items():
        yield Sheet(f"成绩单/{safe} {period.title}成绩单", _call(card, name), workbook, name)


def rankings(order: Order) -> Iterator[Sheet]:
    a, period = order.assessment, order.period
    title = "结果汇总表" if order.result.scheme.unranked else "排名汇总表"

    def workbook(path: Path, view: Any) -> None:
        from ecoscore.reporting.grounds import with_grounds
        from ecoscore.reporting.workbook import write_ranking_workbook

        result, held = order.result, a.observations(period)
        for district in result.districts:
            result = with_grounds(result, district.name, held)
        write_ranking_workbook(path, result, view)

    yield Sheet(f"{title} {order.when}", _call(a.ranking, period, order.compared("ranking"), order.level), workbook)


def working_papers(order: Order) -> Iterator[Sheet]:
    a, period = order.assessment, order.period

    def paper(name: str) -> Any:
        return a.working_paper(period, name, order.marked("working_paper", name))

    def workbook(path: Path, view: Any) -> None:
        from ecoscore.reporting.workbook import write_working_paper_workbook

        write_working_paper_workbook(path, order.result, view)

    for name, safe in safe_names(order.districts).items():
        yield Sheet(f"计分底稿/{safe} {period.title}计分底稿", _call(paper, name), workbook, name)


def bulletins(order: Order) -> Iterator[Sheet]:
    from ecoscore.reporting.view_bulletin import bulletin_view

    meta = order.compared("bulletin")
    yield Sheet(f"通报 {order.when}", lambda: bulletin_view(order.result, meta, previous=order.previous))


def notices(order: Order) -> Iterator[Sheet]:
    from ecoscore.reporting.view_notice import notice_view

    meta = order.compared("notice")
    yield Sheet(f"公示稿 {order.when}", lambda: notice_view(order.result, meta, previous=order.previous))


def department_lists(order: Order) -> Iterator[Sheet]:
    from ecoscore.reporting.view_department import department_view, departments

    def shortfalls(name: str) -> Any:
        return department_view(order.result, name, order.marked("department", name))

    for name, safe in safe_names(departments(order.result)).items():
        place = f"部门短板清单/{safe} {order.when}部门短板清单"
        yield Sheet(place, _call(shortfalls, name), about=name)


def compensations(order: Order) -> Iterator[Sheet]:
    from ecoscore.reporting.view_compensation import compensation_view

    computed = order.assessment.compensation(order.period, order.level)
    if computed is not None:
        meta = order.marked("compensation")
        yield Sheet(f"区域补偿资金测算表 {order.when}", lambda: compensation_view(order.result, computed, meta))


def terms(order: Order) -> Iterator[Sheet]:
    """A sheet for each term that has a result. File names carry post and beginning, never a person's name."""
    found: dict[str, TermScore] = {}
    for district in order.districts:
        if not order.assessment.terms(district):
            continue
        try:
            scores = order.assessment.term_report(district)
        except InputRefused:
            continue  # none of its terms has a year with a result
        found |= {f"{s.term.district} {s.term.post} {s.term.start.title}起": s for s in scores if s.years}
    for title, safe in safe_names(list(found)).items():
        yield Sheet(f"任期对比表/{safe}任期对比表", _call(_term, order, found[title], title), about=title)


def _term(order: Order, score: TermScore, title: str) -> Any:
    from ecoscore.reporting.view_term import term_view

    a, district = order.assessment, score.term.district
    level = next(d.level for d in a.districts if d.name == district)
    results = [at_level(a, year.period, district, level) for year in score.years]
    last = results[-1]
    meta = order.marked("term", title, result=last, others=results[:-1])
    return term_view(score, last, meta, courses=courses_of(a, district, last), first=results[0])


def courses_of(a: Assessment, district: str, last: Result) -> dict[str, list[tuple[Period, float]]]:
    """The values of every indicator over the years up to that of `last`, derived ones too."""
    level = last.districts[last.district_at[district]].level
    found: dict[str, list[tuple[Period, float]]] = {i.id: [] for i in last.indicators}
    for year in sorted({p.year for p in a.periods if p.year <= last.period.year}):
        try:
            result = at_level(a, Period(year), district, level)
        except InputRefused:
            continue
        d = result.district_at[district]
        for i, indicator in enumerate(result.indicators):
            if indicator.id in found:
                found[indicator.id].append((Period(year), float(result.cells.value[d, i])))
    return found


def at_level(a: Assessment, period: Period, district: str, level: Level) -> Result:
    """The result that holds a district: the file's usual one, or that of the district's own level."""
    result = a.score(period)
    return result if district in result.district_at else a.score(period, level)


def _call(make: Callable[..., Any], *given: Any) -> Callable[[], Any]:
    return lambda: make(*given)
