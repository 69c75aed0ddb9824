"""Whether a paper shows what the file holds: its mark against the results of today, and since when they differ."""

from __future__ import annotations

import re
import tempfile
import unicodedata
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ecoscore.errors import InputRefused
from ecoscore.model.district import Level
from ecoscore.model.journal import JournalEntry
from ecoscore.model.period import Period

if TYPE_CHECKING:
    from ecoscore.assessment import Assessment
    from ecoscore.model.result import Result
    from ecoscore.reporting.marks import Mark, Shown
    from ecoscore.reporting.shown import Altered

_CODE = re.compile(r"([0-9A-F]{4}[-—–－ ]?){3}[0-9A-F]{4}", re.IGNORECASE)
_NAMED = 5
_LEVELS = {level.value: level for level in Level}


@dataclass(frozen=True, slots=True)
class Difference:
    """How one result behind a paper differs from the file's: where, and the first line of the journal about it."""

    period: str
    districts: tuple[str, ...]
    reason: str
    since: JournalEntry | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """`agrees`: everything the paper shows is what the file gives today. `message` says so, or what differs.

    `altered`: the figures on the paper that are not those that the file gives, one by one.
    """

    agrees: bool
    code: str
    message: str
    differences: tuple[Difference, ...] = ()
    altered: tuple[Altered, ...] = ()


def verify_paper(assessment: Assessment, paper: Path) -> Verdict:
    """Compare a paper, or a code typed from one, with the file; InputRefused for what is no paper of ours."""
    from ecoscore.reporting.marks import read_mark

    if not paper.exists() and _CODE.fullmatch(paper.name.strip()):
        return verify_code(assessment, paper.name)
    mark = read_mark(paper)
    if mark is None:
        raise InputRefused(
            f"报表上没有校验码，无法核对：{paper}",
            "可能不是本软件出具的，或由别的程序另存过；请用原来出具的文件核对，或重新出具后逐项比对",
        )
    return _with_figures(compare(assessment, mark), assessment, mark, paper)


def verify_code(assessment: Assessment, code: str) -> Verdict:
    """Compare a code typed from paper with the file; InputRefused for what is no code."""
    typed = unicodedata.normalize("NFKC", code).strip()
    if not _CODE.fullmatch(typed):
        raise InputRefused(f"不是校验码：{code}", "校验码是报表页脚“校验码”后面的16位，只有数字和字母A到F")
    return _typed(assessment, re.sub(r"[^0-9A-F]", "", typed.upper()))


def _with_figures(verdict: Verdict, assessment: Assessment, mark: Mark, paper: Path) -> Verdict:
    """The verdict on the results, and on what the paper itself shows: it may have been changed by hand since."""
    found = _altered(assessment, mark, paper)
    if found is None:
        unseen = "；报表上的数没有逐项核对（是本单位自己的表，或由较早的版本出具）"
        return replace(verdict, message=verdict.message + unseen) if verdict.agrees else verdict
    if not found:
        return verdict
    named = "；".join(one.text for one in found[:_NAMED])
    rest = f"；另有{len(found) - _NAMED}处" if len(found) > _NAMED else ""
    if verdict.agrees:
        message = f"不一致：校验码相符，但报表上有{len(found)}处不是考核文件的结果，可能在出具后改过：{named}{rest}"
    else:
        message = f"{verdict.message}；报表上有{len(found)}处与文件现在的结果不同：{named}{rest}"
    return replace(verdict, agrees=False, message=message, altered=found)


def _altered(assessment: Assessment, mark: Mark, paper: Path) -> tuple[Altered, ...] | None:
    """Against the same paper made anew; None where it cannot be made."""
    from ecoscore.assessment.papers import remake
    from ecoscore.reporting.shown import altered

    if mark.origin is None:
        return None
    suffix = _suffix(paper)
    with tempfile.TemporaryDirectory(prefix="ecoscore-") as folder:
        try:
            anew = remake(assessment, Period.parse(mark.results[0].period), mark.origin, suffix, Path(folder))
        except InputRefused:
            return None  # the results differ in more than figures, which is told
        return None if anew is None else altered(paper, anew)


def _suffix(paper: Path) -> str:
    """By its bytes: a paper may have been renamed."""
    with paper.open("rb") as file:
        if b"%PDF-" in file.read(1024):
            return "pdf"
    with zipfile.ZipFile(paper) as archive:
        return "docx" if "word/document.xml" in archive.namelist() else "xlsx"


def compare(assessment: Assessment, mark: Mark) -> Verdict:
    """Every result behind a paper against today's."""
    held = assessment.journal()
    differences = tuple(d for shown in mark.results if (d := _differs(assessment, shown, mark, held)) is not None)
    if not differences:
        periods = "、".join(Period.parse(shown.period).title for shown in mark.results)
        return Verdict(True, mark.code, f"一致：报表所列{periods}的结果与考核文件相符（校验码 {mark.code}）")
    told = "；".join(_sentence(d) for d in differences)
    return Verdict(False, mark.code, f"不一致：{told}", differences)


def _differs(assessment: Assessment, shown: Shown, mark: Mark, held: Sequence[JournalEntry]) -> Difference | None:
    from ecoscore.reporting.digest import digest_of

    period = Period.parse(shown.period)
    if len(held) < mark.journal:
        older = f"考核文件只有{len(held)}条修改记录，少于报表出具时的{mark.journal}条，可能是较早的备份或另一个文件"
    else:
        older = ""
    try:
        result = _scored(assessment, period, shown)
    except InputRefused as refused:
        return Difference(period.title, (), f"考核文件现在不能得出这一期的结果（{refused.message.rstrip('。')}）")
    digest = digest_of(result, mark.algorithm)
    if digest.whole == shown.digest:
        return None
    if (result.scheme.id, result.scheme.edition) != (shown.scheme, shown.edition):
        reason = f"报表按方案 {shown.scheme}（{shown.edition}），文件现按 {result.scheme.id}（{result.scheme.edition}）"
        return Difference(period.title, (), reason, _since(held, mark, period, (), result))
    changed = tuple(n for n, text in digest.districts.items() if n in shown.districts and shown.districts[n] != text)
    gone = [n for n in shown.districts if n not in digest.districts]
    come = [n for n in digest.districts if n not in shown.districts]
    reasons = [_named(changed, "的结果与文件不同")] if changed else []
    reasons += [_named(gone, "文件中已没有")] if gone else []
    reasons += [_named(come, "出具时还没有")] if come else []
    if not reasons:
        reasons = ["各单位结果未变，但方案文本有改动"]
    since = None if older else _since(held, mark, period, changed, result)
    return Difference(period.title, (*changed, *gone, *come), "，".join([*reasons, *([older] if older else [])]), since)


def _scored(assessment: Assessment, period: Period, shown: Shown) -> Result:
    """The result at the level that the paper shows."""
    result = assessment.score(period)
    level = _LEVELS.get(shown.level)
    if level is None or {d.level for d in result.districts} == {level}:
        return result
    return assessment.score(period, level)


def _named(names: Sequence[str], what: str) -> str:
    more = f"等{len(names)}个单位" if len(names) > _NAMED else ""
    return f"{'、'.join(names[:_NAMED])}{more}{what}"


def _since(
    held: Sequence[JournalEntry], mark: Mark, period: Period, districts: Sequence[str], result: Result
) -> JournalEntry | None:
    """The first line written after the paper that may have changed what it shows."""
    later = [entry for entry in held if entry.id > mark.journal]
    near = {str(period), *(str(b) for b in result.baselines if b is not None)}
    return next(_about(later, near, set(districts)), None)


def _about(entries: Sequence[JournalEntry], periods: set[str], districts: set[str]) -> Iterator[JournalEntry]:
    """Lines about these districts and periods first; else those about no single district, which touch all."""
    yield from (e for e in entries if e.period in periods and e.district in districts)
    yield from (e for e in entries if e.district in districts and e.period is None)
    yield from (e for e in entries if e.district is None and e.period in {None, *periods})
    yield from entries


def _sentence(d: Difference) -> str:
    if d.since is None:
        return f"{d.period}，{d.reason}"
    when = d.since.time[:16].replace("T", " ")
    why = f"，原因：{d.since.why}" if d.since.why else ""
    return f"{d.period}，{d.reason}；自 {when} 起（第{d.since.id}条修改记录，{d.since.user} {d.since.action_title}：{d.since.subject}{why}）"


def _typed(assessment: Assessment, code: str) -> Verdict:
    """A code read from paper, against the codes that papers of today would carry."""
    from ecoscore.reporting.digest import code_of
    from ecoscore.reporting.marks import mark_of

    wanted = code_of(code)
    scored: dict[Period, Result] = {}
    for period in assessment.periods:
        try:
            scored[period] = assessment.score(period)
        except InputRefused:
            continue
    for period, result in scored.items():
        before = scored.get(period.previous_year)
        marks = [mark_of(result), *([mark_of(result, others=[before])] if before else [])]
        if any(mark.code == wanted for mark in marks):
            return Verdict(True, wanted, f"一致：校验码 {wanted} 是{period.title}现在的结果")
        if wanted in _term_codes(assessment, period):
            return Verdict(True, wanted, f"一致：校验码 {wanted} 是到{period.title}为止的任期对比表现在的结果")
    return Verdict(
        False,
        wanted,
        f"不一致：考核文件现在的结果没有一期的校验码是 {wanted}，文件在报表出具后有过改动，或报表出自别的文件",
    )


def _term_codes(assessment: Assessment, period: Period) -> set[str]:
    """The codes of the reports of terms, which show several years."""
    from ecoscore.assessment import paper_kinds as kinds
    from ecoscore.reporting.marks import Mark

    order = kinds.Order(assessment, period, [t.district for t in assessment.terms()], None)
    marks = (Mark.parse(sheet.view().meta.mark) for sheet in kinds.terms(order))
    return {mark.code for mark in marks if mark is not None}
