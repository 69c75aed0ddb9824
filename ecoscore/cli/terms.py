"""The commands `terms` and `term`: who led a district from when to when, and what that time comes to."""

from __future__ import annotations

import math
from argparse import Namespace
from typing import TYPE_CHECKING, Any

from ecoscore.assessment.terms import handovers
from ecoscore.cli.files import DONE, open_file
from ecoscore.cli.lists import tell_list
from ecoscore.cli.output import emit, say, signed, table, tell_findings
from ecoscore.errors import InputRefused
from ecoscore.model.result import Result
from ecoscore.model.term import Term
from ecoscore.rules.wording import shown

if TYPE_CHECKING:
    from ecoscore.scoring.term import TermImprovement, TermScore, TermYear


def terms(options: Namespace) -> int:
    """List the terms, or record or withdraw one first. Names are printed only with --names."""
    adding, removing = options.add is not None, options.remove is not None
    if options.table is not None:
        return _import(options)
    with open_file(options.file, read_only=not (adding or removing)) as assessment:
        if adding:
            assessment.add_term(_term(options), why=options.why)
        elif removing:
            held = assessment.terms()
            if not 1 <= options.remove <= len(held):
                raise InputRefused(f"没有序号为 {options.remove} 的任期", "请先用 ecoscore terms 查看序号")
            assessment.remove_term(held[options.remove - 1], why=options.why)
        found = assessment.terms()
        if options.district is not None and options.district not in {d.name for d in assessment.districts}:
            raise InputRefused(f"考核文件中没有这个区县：{options.district}", "请核对名称")
    shown_terms = [(n, t) for n, t in enumerate(found, 1) if options.district in {None, t.district}]
    if options.json:
        emit([{"number": n, **term_document(t, names=options.names)} for n, t in shown_terms])
        return DONE
    tell_findings(handovers(found))
    if not shown_terms:
        say("还没有登记任期。登记：ecoscore terms 文件 --add 区县 --post 区委书记 --start 2021-07")
        return DONE
    header = ["序号", "区县", "职务", "任职", "离任", "基期"]
    rows = [
        [str(n), t.district, t.post, str(t.start), str(t.end or "在任"), str(t.baseline_year)] for n, t in shown_terms
    ]
    if options.names:
        header.append("姓名")
        rows = [[*row, t.name] for row, (_, t) in zip(rows, shown_terms, strict=True)]
    say(table(header, rows, right=[0]))
    return DONE


def _import(options: Namespace) -> int:
    """A whole list: new terms, and known ones that have come to an end; what is wrong stops all of it."""
    from ecoscore.assessment.term_list import plan_terms

    with open_file(options.file, read_only=options.dry_run) as assessment:
        held = assessment.terms()
        plan = plan_terms(options.table, assessment.districts, held)
        if not plan.findings and not options.dry_run:
            assessment.set_terms(plan.merged(held), why=options.why or f"由 {plan.file} 导入")
    come = [*plan.new, *(after for _, after in plan.ended)]
    lines = [f"{t.district}　{t.post}　{t.start}—{t.end or '今'}" for t in come]
    return tell_list(
        options, plan.findings, len(plan.known), [term_document(t, names=options.names) for t in come], lines
    )


def _term(options: Namespace) -> Term:
    try:
        return Term(options.add, options.post, options.start, options.end, options.name, options.baseline)
    except ValueError as error:
        raise InputRefused(f"任期未被接受：{error}", "请写到月，如 --start 2021-07 --end 2024-06") from error


def term_document(term: Term, *, names: bool) -> dict[str, Any]:
    document: dict[str, Any] = {
        "district": term.district, "post": term.post, "start": str(term.start),
        "end": None if term.end is None else str(term.end), "baseline": str(term.baseline_year),
    }  # fmt: skip
    return {**document, "name": term.name} if names else document


def term(options: Namespace) -> int:
    """The report of each term of a district."""
    with open_file(options.file) as assessment:
        reports = assessment.term_report(options.district)
    if options.json:
        emit([_report_document(r, names=options.names) for r in reports])
        return DONE
    say("\n\n".join(_report_text(r, names=options.names) for r in reports))
    return DONE


def _report_document(report: TermScore, *, names: bool) -> dict[str, Any]:
    return {
        **term_document(report.term, names=names),
        "total": report.total,
        "total_exact": report.total_exact,
        "numbers": report.numbers,
        "years": [_year_document(y) for y in report.years],
        "improvement": None if report.improvement is None else _improvement_document(report.improvement, report.term),
        "notes": list(report.notes),
    }


def _year_document(year: TermYear) -> dict[str, Any]:
    return {
        "period": str(year.period), "months": year.months, "total": year.total, "rank": year.rank or None,
        "peers": year.peers, "grade": year.grade or None,
    }  # fmt: skip


def _improvement_document(improvement: TermImprovement, term: Term) -> dict[str, Any]:
    return {
        "baseline": str(improvement.baseline),
        **_year_document(improvement.year),
        "indicators": [
            {"indicator": i, "title": title, "baseline": then, "value": now, "progress": progress}
            for i, title, then, now, progress in _changes(improvement.result, term.district)
        ],
    }


def _changes(result: Result, district: str) -> list[tuple[str, str, float, float, float]]:
    """Each indicator that has a baseline: its value then and now, and what the change scores."""
    d, cells = result.district_at[district], result.cells
    return [
        (i.id, i.title_with_unit, float(cells.baseline[d, n]), float(cells.value[d, n]), float(cells.progress[d, n]))
        for n, i in enumerate(result.indicators)
        if not math.isnan(cells.baseline[d, n])
    ]


def _report_text(report: TermScore, *, names: bool) -> str:
    t = report.term
    who = f"{t.name}　" if names and t.name else ""
    lines = [f"{t.district}　{who}{t.post}　{t.start.title}—{t.end.title if t.end else '今'}"]
    if report.years:
        rows = [
            (y.period.title, str(y.months), shown(y.total), f"{y.rank}/{y.peers}" if y.rank else "—", y.grade or "—")
            for y in report.years
        ]
        lines += ["", table(("年度", "任职月数", "年度总分", "名次", "等次"), rows, right=[1, 2])]
        lines += ["", f"任期得分＝Σ 月数×年度总分 ÷ Σ 月数＝{report.numbers} → {shown(report.total)}"]
    if report.improvement is not None:
        lines += ["", *_improvement_lines(report.improvement, t.district)]
    lines += [f"注：{note}" for note in report.notes]
    return "\n".join(lines)


def _improvement_lines(improvement: TermImprovement, district: str) -> list[str]:
    year = improvement.year
    place = f"，第 {year.rank} 名（共 {year.peers} 个）" if year.rank else ""
    lines = [
        f"任期改善：{year.period.title}与任期基期 {improvement.baseline.title}相比，总分 {shown(year.total)}{place}"
    ]
    changes = _changes(improvement.result, district)
    if changes:
        rows = [
            (title, shown(then), shown(now), signed(now - then), "—" if math.isnan(progress) else shown(progress, 2))
            for _, title, then, now, progress in changes
        ]  # fmt: skip
        lines.append(table(("指标", "基期值", "末年值", "变化", "改善分"), rows, right=[1, 2, 3, 4]))
    return lines
