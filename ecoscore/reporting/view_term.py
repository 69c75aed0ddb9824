"""From a term's score to its report (任期对比): the years, and each indicator before the term and at its end."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from ecoscore.model.period import Period
from ecoscore.model.result import Result
from ecoscore.model.scheme import Direction
from ecoscore.model.term import Term
from ecoscore.reporting import prose
from ecoscore.reporting.charts import Drawing
from ecoscore.reporting.view_charts import Course, trend_chart, waterfall_chart
from ecoscore.reporting.view_common import scheme_text
from ecoscore.reporting.view_parts import Figure, PaperMeta
from ecoscore.reporting.view_text import aligned, difference, fixed, rank_text, score_figure, sentence

_TRENDS = 6
_TREND_SIZE = 215.0, 112.0
_WATERFALL = 438.0, 140.0


class Year(Protocol):
    """One year of a term, as the scoring gives it."""

    @property
    def period(self) -> Period: ...
    @property
    def months(self) -> int: ...
    @property
    def total(self) -> float: ...
    @property
    def rank(self) -> int: ...
    @property
    def peers(self) -> int: ...
    @property
    def grade(self) -> str: ...


class Improvement(Protocol):
    """The last year of a term scored against the term's own baseline."""

    @property
    def baseline(self) -> Period: ...
    @property
    def result(self) -> Result: ...


class Score(Protocol):
    """A term's score, as the scoring gives it."""

    @property
    def term(self) -> Term: ...
    @property
    def years(self) -> Sequence[Year]: ...
    @property
    def total(self) -> float: ...
    @property
    def numbers(self) -> str: ...
    @property
    def notes(self) -> Sequence[str]: ...
    @property
    def improvement(self) -> Improvement | None: ...


@dataclass(frozen=True, slots=True)
class TermYearRow:
    year: str
    months: str
    total: str
    rank: str
    grade: str


@dataclass(frozen=True, slots=True)
class TermIndicatorRow:
    """One indicator before the term and at its end; `verdict` is 改善, 恶化, 持平, 升高/降低 for ranges, or —."""

    number: int
    title: str
    unit: str
    before: Figure
    after: Figure
    change: str
    verdict: str
    target: str


@dataclass(frozen=True, slots=True)
class TermView:
    """A term's report, complete. `baseline` and `last` are "" where the scheme compares with no baseline."""

    title: str
    district: str
    post: str
    span: str
    scheme: str
    years: tuple[TermYearRow, ...]
    total: str
    numbers: str
    baseline: str
    last: str
    rows: tuple[TermIndicatorRow, ...]
    summary: tuple[str, ...]
    course: Drawing | None
    trends: tuple[Drawing, ...]
    notes: tuple[str, ...]
    meta: PaperMeta = field(default_factory=PaperMeta)


def term_view(
    score: Score,
    result: Result,
    meta: PaperMeta | None = None,
    *,
    courses: Mapping[str, Course] | None = None,
    first: Result | None = None,
) -> TermView:
    """The report of a term; `result` is its last year's, `first` its first one's, `courses` the values of indicators
    over the years.
    """
    meta, term = meta or PaperMeta(), score.term
    end = f"{term.start.title}—{term.end.title if term.end else '今'}"
    improvement = score.improvement
    rows = _rows(improvement.result, term.district) if improvement else ()
    scheme = result.scheme
    return TermView(
        title=f"{meta.organisation}{term.district}{term.post}任期绿色政绩对比表",
        district=term.district,
        post=f"{term.post}{term.name}",
        span=end,
        scheme=scheme_text(scheme),
        years=tuple(_year(year, result) for year in score.years),
        total="—" if math.isnan(score.total) else fixed(score.total, scheme.decimals, scheme),
        numbers=score.numbers,
        baseline=improvement.baseline.title if improvement else "",
        last=improvement.result.period.title if improvement else "",
        rows=rows,
        summary=_summary(score, rows, result),
        course=waterfall_chart(result, first, term.district, *_WATERFALL) if first and first is not result else None,
        trends=_trends(improvement.result if improvement else result, term.district, courses or {}),
        notes=_notes(score, result, meta, rows),
        meta=meta,
    )


def _year(year: Year, result: Result) -> TermYearRow:
    scheme = result.scheme
    rank = f"{rank_text(year.rank, tied=False)}（共{year.peers}个）" if year.rank else "不排名"
    return TermYearRow(
        year.period.title, str(year.months), fixed(year.total, scheme.decimals, scheme), rank, year.grade or "—"
    )


def _rows(result: Result, district: str) -> tuple[TermIndicatorRow, ...]:
    d, cells = result.district_at[district], result.cells
    found = []
    for i, indicator in enumerate(result.indicators):
        then, now = float(cells.baseline[d, i]), float(cells.value[d, i])
        before, after = aligned((then, now))
        target = float(cells.target[d, i])
        found.append(
            TermIndicatorRow(
                number=i + 1,
                title=("★" if indicator.binding else "") + indicator.title,
                unit=indicator.unit or "—",
                before=before,
                after=after,
                change=prose.change(indicator.unit, then, now, rounding=result.scheme.rounding) or "—",
                verdict=_verdict(indicator.direction, then, now),
                target="—" if math.isnan(target) else prose.quantity(target, ""),
            )
        )
    return tuple(found)


def _verdict(direction: Direction, then: float, now: float) -> str:
    if math.isnan(then) or math.isnan(now):
        return "—"
    delta = difference(now, then)
    if not delta:
        return "持平"
    if direction is Direction.RANGE:
        return "升高" if delta > 0 else "降低"
    return "改善" if (delta > 0) == (direction is Direction.HIGHER) else "变差"


def _summary(score: Score, rows: Sequence[TermIndicatorRow], result: Result) -> tuple[str, ...]:
    """What the tables below say, in two sentences."""
    texts = []
    if score.years:
        served = sum(year.months for year in score.years)
        first, last = score.years[0], score.years[-1]
        total = fixed(score.total, result.scheme.decimals, result.scheme)
        text = f"任期内计入{served}个月，任期得分{total}分"
        if len(score.years) > 1:
            delta = difference(last.total, first.total)
            moved = score_figure(abs(delta), result.scheme).text
            word = f"{'提高' if delta > 0 else '下降'}{moved}分" if delta else "持平"
            text += f"；{last.period.title}总分比{first.period.title}{word}"
        texts.append(sentence(text))
    if rows and score.improvement:
        counts = {v: sum(row.verdict == v for row in rows) for v in ("改善", "变差", "持平")}
        known = sum(row.verdict != "—" for row in rows)
        told = "、".join(f"{v}{n}项" for v, n in counts.items() if n)
        if known:
            texts.append(
                sentence(
                    f"与任期前（{score.improvement.baseline.title}）相比，有可比数据的{known}项指标中{told or '无升降可分优劣的指标'}"
                )
            )
    return tuple(texts)


def _trends(result: Result, district: str, courses: Mapping[str, Course]) -> tuple[Drawing, ...]:
    """The heaviest indicators that have at least three values."""
    d = result.district_at[district]
    known = [
        i for i, indicator in enumerate(result.indicators)
        if sum(not math.isnan(value) for _, value in courses.get(indicator.id, ())) >= 3
    ]  # fmt: skip
    known.sort(key=lambda i: -float(result.cells.full[0, i]))
    return tuple(
        trend_chart(
            result.indicators[i],
            courses[result.indicators[i].id],
            *_TREND_SIZE,
            target=float(result.cells.target[d, i]),
        )
        for i in known[:_TRENDS]
    )


def _notes(score: Score, result: Result, meta: PaperMeta, rows: Sequence[TermIndicatorRow]) -> tuple[str, ...]:
    notes = [sentence(meta.sources, f"考核方案：{scheme_text(result.scheme)}")]
    notes.append("任期得分为各年度总分按任职月数加权平均。")
    if rows:
        marks = "“任期前”为任职前一年或指定的基期，“任期末”为任期内有结果的最后一年；“—”表示没有数据"
        notes.append(sentence(marks, "★为约束性指标" if any(row.title.startswith("★") for row in rows) else ""))
    notes += [sentence(note) for note in score.notes]
    return tuple(notes)
