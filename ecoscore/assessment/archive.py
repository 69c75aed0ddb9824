"""Sealed periods of a file: fixed with their result's digest, opened again only with a reason, looked after by `check`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ecoscore.assessment.scores import AssessmentScores
from ecoscore.errors import EnvironmentFailed, InputRefused
from ecoscore.model.district import Level
from ecoscore.model.finding import Finding, Severity
from ecoscore.model.journal import JournalEntry, described
from ecoscore.model.period import Period
from ecoscore.model.seal import PaperState, Seal, SealState
from ecoscore.model.term import Term
from ecoscore.storage import Line
from ecoscore.storage.rows import current_user
from ecoscore.storage.seals import break_seal, put_seal, seals_of
from ecoscore.storage.search import JournalQuery, search, users_and_actions

if TYPE_CHECKING:
    from ecoscore.model.result import Result

_PAPERS = frozenset({".pdf", ".xlsx", ".docx"})
_UNSEAL = "确需修改的，请在“归档”里写明原因启封；启封和修改都会记入日志"


class Archive(AssessmentScores):
    """What `Assessment` knows of seals and of the journal's search."""

    _seals: tuple[int, tuple[Seal, ...]] | None = None
    _locks: tuple[tuple[Seal, ...], dict[Period, Seal]] | None = None

    def score(self, period: Period, level: Level | None = None) -> Result:
        """As `AssessmentScores` says; a sealed period is scored with the districts that it was sealed with."""
        seal = self.seal_of(period)
        if seal is None or level is not None:
            return super().score(period, level)
        kept = self._with_below(seal.districts)
        if len(kept) == len(self.districts):
            return super().score(period)
        return self._score_among(period, kept)

    def _score_among(self, period: Period, kept: set[str]) -> Result:
        from ecoscore.scoring import score_dataset

        with self._reading():
            version, found = self._version, self._results.get((period, None))
            if isinstance(found, InputRefused):
                raise InputRefused(found.message, found.advice, found.findings)
            if found is None:
                whole = self.dataset()
                rows = [n for n, d in enumerate(whole.districts) if d.name in kept]
                dataset = replace(
                    whole, districts=tuple(whole.districts[n] for n in rows), values=whole.values[:, rows],
                    status=whole.status[:, rows], targets=whole.targets[:, rows],
                )  # fmt: skip
                found = score_dataset(
                    dataset, self._editions.of(period), period,
                    [e for e in self.events(period) if e.district in kept], [t for t in self.terms() if t.district in kept],
                )  # fmt: skip
                if version == self._version:
                    self._results[period, None] = found
        return found

    @property
    def seals(self) -> tuple[Seal, ...]:
        """The sealed periods, in order of time."""
        with self._reading():
            if self._seals is None or self._seals[0] != self._version:
                self._seals = self._version, seals_of(self._store)
            return self._seals[1]

    def seal_of(self, period: Period) -> Seal | None:
        return next((s for s in self.seals if s.period == period), None)

    def seal(self, period: Period, *, papers: Path | None = None, why: str = "") -> Seal:
        """Fix a period's result, with the digests of the papers in a folder; InputRefused where it cannot be scored."""
        result = self.score(period)
        kept = _papers_in(papers) if papers is not None else {}
        with self._writing():
            if self.seal_of(period) is not None:
                raise InputRefused(f"{period.title}已经封存", "不必再次封存；要换成绩单，请先启封")
            seal = Seal(
                period, self._editions.number_of(period), _digest(result), self._data_digest(result), _now(),
                current_user(), tuple(d.name for d in result.districts), str(papers or ""), kept,
            )  # fmt: skip
            put_seal(self._store, seal)
            self._journal([_seal_line(seal, why)])
        return seal

    def unseal(self, period: Period, why: str) -> None:
        """Open a sealed period again; the reason is journalled, and InputRefused without one."""
        if not why.strip():
            raise InputRefused("没有写明启封的原因，未启封", "请写明原因，例如“复核更正戊区地表水数据”")
        with self._writing():
            seal = self.seal_of(period)
            if seal is None:
                raise InputRefused(f"{period.title}没有封存", "请刷新后重试")
            break_seal(self._store, period)
            self._journal([Line("unseal", period.title, old=_marked(seal), why=why.strip(), period=str(period))])

    # Guarding. -------------------------------------------------------------------------------------------------

    def _refuse_sealed(self, periods: Iterable[Period]) -> None:
        """InputRefused if any of these periods is sealed, or is what a sealed result was compared with."""
        if not self.seals:
            return
        locked = self._locked()
        touched = {p: locked[p] for p in dict.fromkeys(periods) if p in locked}
        if not touched:
            return
        findings = [
            Finding(Severity.ERROR, "sealed_period", _why_locked(p, seal), _UNSEAL, period=str(p))
            for p, seal in touched.items()
        ]
        raise InputRefused(f"{findings[0].message}，文件未改动", _UNSEAL, findings)

    def _refuse_terms(self, terms: Sequence[Term]) -> None:
        """InputRefused if other terms would compare a sealed result with another year."""
        from ecoscore.scoring.baseline import baselines

        for seal in self.seals:
            scheme, period = self.scheme_of(seal.period), seal.period
            old, _ = baselines(self.districts, scheme, period, self.terms())
            if old != baselines(self.districts, scheme, period, terms)[0]:
                finding = Finding(
                    Severity.ERROR, "sealed_period", f"{period.title}已经封存，改动任期会使它的基期改变", _UNSEAL,
                    period=str(period),
                )  # fmt: skip
                raise InputRefused(f"{finding.message}，文件未改动", _UNSEAL, (finding,))

    def _locked(self) -> Mapping[Period, Seal]:
        """Each period that may not change, with the seal that holds it."""
        seals = self.seals
        if self._locks is None or self._locks[0] != seals:
            found: dict[Period, Seal] = {}
            for seal in seals:
                for period in self._used_by(seal.period):
                    found.setdefault(period, seal)
            found.update({s.period: s for s in seals})
            self._locks = seals, found
        return self._locks[1]

    def _used_by(self, period: Period) -> set[Period]:
        """What a result is made from: the period and its baselines, with the quarters and months in them."""
        from ecoscore.scoring.baseline import baselines

        compared, _ = baselines(self.districts, self.scheme_of(period), period, self.terms())
        whole = {period} | {p for p in compared if p is not None}
        return whole | {p for p in self.periods if any(w.contains(p) for w in whole)}

    # Looking after. --------------------------------------------------------------------------------------------

    def look_at_seal(self, seal: Seal) -> SealState:
        """Whether a sealed period still gives the result it was sealed with."""
        try:
            result = self.score(seal.period)
        except InputRefused:
            return SealState.NOT_SCORED
        if self._data_digest(result, seal.districts) != seal.data:
            return SealState.DATA_CHANGED
        return SealState.WHOLE if _digest(result, seal.algorithm) == seal.digest else SealState.RESULT_CHANGED

    def look_at_papers(self, seal: Seal) -> tuple[PaperState, ...]:
        """The papers of a seal as they lie in their folder now."""
        return tuple(PaperState(name, _paper_state(Path(seal.folder) / name, was)) for name, was in seal.papers.items())

    def check(self) -> tuple[Finding, ...]:
        """What is wrong with the file, its journal, its seals, or their agreement; nothing where all is well."""
        found = super().check()
        with self._reading():
            entries, _ = search(self._store, JournalQuery(actions=("seal", "unseal")))
        return (*found, *self._unjournalled_seals(entries), *self._broken_seals())

    def _broken_seals(self) -> Iterator[Finding]:
        for seal in self.seals:
            state = self.look_at_seal(seal)
            if state is not SealState.WHOLE:
                advice = "请与封存时的备份比对；确认后启封、改正并重新封存"
                if state is SealState.RESULT_CHANGED:
                    advice = "数据与方案都没有变，是程序算法有变；请保留封存时的成绩单，并向提供程序的单位核实"
                yield self._seal_finding(
                    seal.period, "seal_broken", f"{seal.period.title}的封存：{state.words}", advice
                )
            for paper in self.look_at_papers(seal):
                if paper.state == "changed":
                    message = f"{seal.period.title}封存的成绩单“{paper.name}”{paper.title}"
                    yield self._seal_finding(
                        seal.period, "paper_changed", message, "请从备份取回封存时的文件，或重新导出后另存"
                    )

    def _unjournalled_seals(self, entries: Sequence[JournalEntry]) -> Iterator[Finding]:
        """`entries`: newest first. The last line about each seal must say what the seal says."""
        last: dict[str, str | None] = {}
        for entry in entries:
            last.setdefault(str(entry.period), entry.new)
        held = {str(s.period): _marked(s) for s in self.seals}
        for period in sorted(set(last) | set(held)):
            if last.get(period) != held.get(period):
                message = f"{Period.parse(period).title}的封存记录与修改日志不符，绕过日志被改过"
                yield self._seal_finding(
                    Period.parse(period), "seal_unjournalled", message, "请与备份比对，查明何人改过这个文件"
                )

    def _seal_finding(self, period: Period, code: str, message: str, advice: str) -> Finding:
        return Finding(Severity.ERROR, code, message, advice, file=self.path.name, period=str(period))

    def _data_digest(self, result: Result, names: Sequence[str] | None = None) -> str:
        """SHA-256 over all that a result is made from: scheme, values, targets, events, of the districts there were."""
        period = result.period
        known = {d.name for d in self.districts} if names is None else self._with_below(names)
        content: list[object] = [str(period), self._editions.text_of(period).digest]
        for used in sorted(self._used_by(period)):
            page = self.observations(used)
            content += [[str(used), d, i, described(o)] for (d, i), o in sorted(page.items()) if d in known]
        content += [
            str(base or "") for d, base in zip(result.districts, result.baselines, strict=False) if d.name in known
        ]
        content += sorted([t.district or "", t.indicator, repr(t.value)] for t in self.targets(period))
        content += sorted(
            [e.district, e.adjustment, e.matter, e.count] for e in self.events(period) if e.district in known
        )
        return _sha(content)

    def _with_below(self, names: Sequence[str]) -> set[str]:
        """Districts, and those below them that feed them."""
        known = set(names)
        while below := {d.name for d in self.districts if d.parent in known} - known:
            known |= below
        return known

    def note(self, lines: Sequence[Line]) -> None:
        """Write to the journal what changes no value: a form sent, a doubt accepted."""
        with self._writing():
            self._store.append(lines)

    # The journal. ----------------------------------------------------------------------------------------------

    def search_journal(self, query: JournalQuery, limit: int | None = None) -> tuple[tuple[JournalEntry, ...], int]:
        """Lines that answer a query, newest first, and how many there are in all."""
        with self._reading():
            return search(self._store, query, limit)

    def export_journal(self, query: JournalQuery, path: Path) -> int:
        """Write the lines that answer a query into a workbook, oldest first; how many there are."""
        from ecoscore.reporting.journal_book import write_journal_workbook

        entries, count = self.search_journal(query)
        write_journal_workbook(path, tuple(reversed(entries)), f"{self.path.stem} 修改日志（{count} 条）")
        return count

    def journal_users(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Whoever has written to the journal, and every kind of line in it."""
        with self._reading():
            return users_and_actions(self._store)


def _digest(result: Result, algorithm: str = "") -> str:
    """The digest that papers carry too, led by the name of its algorithm."""
    from ecoscore.reporting.digest import digest_of, is_known

    if algorithm and not is_known(algorithm):
        return ""
    found = digest_of(result, algorithm)
    return f"{found.algorithm}:{found.whole}"


def _sha(content: Sequence[object]) -> str:
    spelt = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(spelt.encode()).hexdigest()


def _marked(seal: Seal) -> str:
    """How the journal names a seal, so that one changed behind the journal's back is seen."""
    papers = f"，成绩单 {len(seal.papers)} 份 sha256:{_sha(sorted(seal.papers.items()))}" if seal.papers else ""
    return f"结果 {seal.digest}，数据 sha256:{seal.data}{papers}"


def _seal_line(seal: Seal, why: str) -> Line:
    subject = f"{seal.period.title}（{len(seal.districts)} 个区县）"
    return Line("seal", subject, new=_marked(seal), why=why, source=seal.folder or None, period=str(seal.period))


def _why_locked(period: Period, seal: Seal) -> str:
    if period == seal.period or seal.period.contains(period):
        return f"{seal.period.title}已于 {seal.time[:10]} 由 {seal.user} 封存，不能修改"
    return f"{period.title}是已封存的{seal.period.title}的基期，不能修改"


def _papers_in(folder: Path) -> dict[str, str]:
    """Every paper in a folder and below, with its SHA-256."""
    if not folder.is_dir():
        raise EnvironmentFailed(f"成绩单文件夹不在原处：{folder}", "请重新选择，或先导出成绩单")
    found: dict[str, str] = {}
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in _PAPERS and path.is_file():
            try:
                found[path.relative_to(folder).as_posix()] = hashlib.sha256(path.read_bytes()).hexdigest()
            except OSError as error:
                raise EnvironmentFailed(
                    f"读不了 {path}：{error.strerror or error}", "请关闭占用它的程序后再封存"
                ) from error
    if not found:
        raise InputRefused(f"这个文件夹里没有成绩单：{folder}", "请先在“成绩单”页导出，或不选文件夹")
    return found


def _paper_state(path: Path, digest: str) -> str:
    try:
        return "same" if hashlib.sha256(path.read_bytes()).hexdigest() == digest else "changed"
    except OSError:
        return "gone"


def _now() -> str:
    return datetime.now().astimezone().isoformat(timespec="seconds")
