"""The terms of leading cadres: what is wrong with those given, how the journal words them, and their reports."""

from __future__ import annotations

import math
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ecoscore.errors import InputRefused
from ecoscore.model.district import District
from ecoscore.model.finding import Finding, Severity
from ecoscore.model.period import Period
from ecoscore.model.term import Term
from ecoscore.storage import Line

if TYPE_CHECKING:
    from ecoscore.model.result import Result
    from ecoscore.scoring.term import TermImprovement, TermScore

ScoreYear = Callable[[Period], "Result"]
Improve = Callable[[Term, Period], "Result | None"]
_NO_BASELINE = "方案不与基期比较，没有任期改善"


def term_findings(terms: Sequence[Term], districts: Container[str]) -> Iterator[Finding]:
    """Why a list of terms cannot be taken. The messages name the post, never the person."""
    for n, t in enumerate(terms):
        if t.district not in districts:
            yield _finding("unknown_district", t, f"考核文件中没有这个区县：{t.district}", "请核对名称")
        if not t.post.strip():
            yield _finding("no_post", t, f"{t.district}有一个任期没有写职务", "请写明职务，如 区委书记")
        if t.baseline is not None and (t.baseline.kind != "year" or t.baseline.year > t.start.year):
            message = f"{_titled(t)}：基期应是不晚于任职那年的一个年份，现为 {t.baseline.title}"
            yield _finding("bad_baseline", t, message, "请写年份，如 2020；不写则取任职前一年")
        for other in terms[:n]:
            if _key(other) == _key(t) and _overlap(other, t):
                advice = "请改正起止月份；同一职务有几个人的，请写姓名，或在职务中分开（如 副区长（环保））"
                yield _finding("terms_overlap", t, f"{_titled(t)} 与 {_titled(other)} 重叠", advice)


def handovers(terms: Sequence[Term]) -> Iterator[Finding]:
    """Terms of one post held by two people at once for longer than the month of the handover: a forgotten end, or deputies."""
    for n, later in enumerate(terms):
        for earlier in terms[:n]:
            one_post = (earlier.district, earlier.post) == (later.district, later.post)
            if one_post and earlier.name != later.name and _overlap(earlier, later) > 1:
                first, second = sorted((earlier, later), key=lambda t: t.start)
                message = f"{_titled(first)} 与 {_titled(second)} 重叠 {_overlap(first, second)} 个月"
                advice = "前任已离任的，请补上离任月份；确为同时任职的不必改"
                yield Finding(Severity.WARNING, "terms_overlap", message, advice, district=later.district)


def term_lines(old: Sequence[Term], new: Sequence[Term], why: str) -> list[Line]:
    """What the journal says of a change of the list. Names are kept in the table of terms alone."""
    gone, come = [t for t in old if t not in new], [t for t in new if t not in old]
    lines = []
    for t in come:
        before = next((o for o in gone if (o.district, o.post, o.start) == (t.district, t.post, t.start)), None)
        if before is None:
            lines.append(Line("set_term", f"{t.district}任期", None, described(t), why, district=t.district))
            continue
        gone.remove(before)
        renamed = "，姓名有改动" if before.name != t.name else ""
        lines.append(
            Line("set_term", f"{t.district}任期", described(before), described(t) + renamed, why, district=t.district)
        )
    lines += [Line("remove_term", f"{t.district}任期", described(t), None, why, district=t.district) for t in gone]
    return lines


def described(term: Term) -> str:
    """A term as the journal writes it: post and months, the baseline where it is not the usual one; no name."""
    baseline = f"，基期 {term.baseline.title}" if term.baseline is not None else ""
    return replace(term, name="").title + baseline


# Reports. ------------------------------------------------------------------------------------------------------


def report_of(
    term: Term, years: Sequence[int], score: ScoreYear, improve: Improve
) -> tuple[TermScore, InputRefused | None]:
    """A term's score over its years and its improvement; where no year has a result, an empty one and the refusal.

    The engine is given the term without its name, so that no message or error record can carry it.
    """
    from ecoscore.scoring.term import TermScore, score_term

    nameless = replace(term, name="")
    results: dict[Period, Result] = {}
    notes: list[str] = []
    for year in sorted(years, reverse=True):  # the newest first: its scheme says how the term's score is rounded
        if not term.months_in(year):
            continue
        try:
            results[Period(year)] = score(Period(year))
        except InputRefused as refused:
            notes.insert(0, refused.message)
    try:
        found = score_term(nameless, results)
    except InputRefused as refused:
        return TermScore(term, (), float("nan"), float("nan"), "", (refused.message, *notes)), refused
    improvement, more = _improvement(nameless, found.years[-1].period, improve)
    notes += [*_editions_note(found, results), *more]
    return replace(found, term=term, notes=(*found.notes, *notes), improvement=improvement), None


def _improvement(term: Term, last: Period, improve: Improve) -> tuple[TermImprovement | None, list[str]]:
    from ecoscore.scoring.term import TermImprovement, year_of

    try:
        result = improve(term, last)
    except InputRefused as refused:
        return None, [f"任期改善未能计算：{refused.message}"]
    if result is None:
        return None, [_NO_BASELINE]
    d = result.district_at.get(term.district)
    if d is None or all(math.isnan(v) for v in result.cells.baseline[d]):
        return None, [f"文件中没有任期基期 {term.baseline_year.title}的数据，任期改善未能计算"]
    year = year_of(term, last, result)
    return (None, []) if year is None else (TermImprovement(year, term.baseline_year, result), [])


def _editions_note(score: TermScore, results: Mapping[Period, Result]) -> list[str]:
    """Years scored by different editions are weighed together all the same, and that is said."""
    used: dict[str, list[str]] = {}
    for year in score.years:
        scheme = results[year.period].scheme
        used.setdefault(f"《{scheme.title}》（{scheme.edition}）", []).append(year.period.title)
    if len(used) <= 1:
        return []
    return ["任期内方案有过更改：" + "；".join(f"{'、'.join(years)}按{title}" for title, years in used.items())]


def standing_in(term: Term, terms: Sequence[Term], districts: Sequence[District], last: Period) -> list[Term]:
    """The terms that give every district its baseline for a term's improvement.

    The district's own is the term reported on, whoever came after; a district with no term then in force is measured
    over the same years.
    """
    from ecoscore.scoring.term import term_at

    found = [replace(term, end=None, name="")]
    for d in districts:
        if d.name != term.district:
            held = term_at(terms, d.name, last)
            found.append(held or Term(d.name, term.post, term.start, baseline=term.baseline_year))
    return found


def _key(t: Term) -> tuple[str, str, str]:
    return t.district, t.post, t.name


def _overlap(a: Term, b: Term) -> int:
    """How many months both serve."""
    start = max(_month(a.start), _month(b.start))
    ends = [_month(t.end) for t in (a, b) if t.end is not None]
    return max(0, (min(ends) if ends else _month(Period(2101))) - start + 1)


def _month(period: Period) -> int:
    return period.year * 12 + period.end_month


def _titled(t: Term) -> str:
    return f"{t.district}{replace(t, name='').title}"


def _finding(code: str, term: Term, message: str, advice: str) -> Finding:
    return Finding(Severity.ERROR, code, message, advice, district=term.district)
