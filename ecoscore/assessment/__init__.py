"""One open assessment file, the only door through which windows and commands read, change, score and print it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from ecoscore.assessment import edit
from ecoscore.assessment.reversal import Reversal
from ecoscore.assessment.roster import Roster
from ecoscore.errors import InputRefused
from ecoscore.model.adjustment import Event
from ecoscore.model.district import District, Level
from ecoscore.model.finding import Finding
from ecoscore.model.journal import Change
from ecoscore.model.observation import Observation, Target
from ecoscore.model.period import Period
from ecoscore.model.scheme import Scheme
from ecoscore.model.term import Term
from ecoscore.storage import Line, SchemeText, Store, with_changes

if TYPE_CHECKING:  # numpy's and pandas' users are imported by the methods that need them: opening is quick
    from ecoscore.assessment.verify import Verdict
    from ecoscore.importing.choices import Choices
    from ecoscore.importing.plan import ImportOutcome, ImportPlan
    from ecoscore.importing.shelf import Shelf
    from ecoscore.importing.sources import Source
    from ecoscore.reporting.view import PaperMeta, RankingView, ScorecardView, WorkingPaperView

Progress = Callable[[int, int, str], None]
Cancelled = Callable[[], bool]
FormOf = Literal["district", "department"]


class Assessment(Roster, Reversal):
    """One open `.ecos` file. Every accepted change is in the file, with its journal lines, when a method returns.

    Methods may be called from any thread, one at a time. `version` grows with every change (another program's too);
    `notices` are findings about the opening itself: read-only, or a backup that could not be made.
    """

    @classmethod
    def create(cls, path: Path, scheme: Scheme, districts: Sequence[District] = ()) -> Assessment:
        """Make a new file; InputRefused if there is one already."""
        edit.refuse_if_any(edit.district_findings(districts, ()), "区县名单")
        text = _text_of(scheme)
        lines = [
            Line("create", path.name, new=path.name),
            Line("adopt_scheme", scheme.title, new=text.mark),
            *edit.district_lines(districts, ""),
        ]
        Store.create(path, text, districts, lines)
        return cls(Store.open(path, back_up=False))  # there is nothing in it yet that could be lost

    # Editing. --------------------------------------------------------------------------------------------------

    def set_values(
        self,
        new: Sequence[Observation],
        why: str = "",
        cleared: Sequence[tuple[str, str, Period]] = (),
        *,
        restated: bool = False,
    ) -> tuple[Change, ...]:
        """Set and clear values; InputRefused if any cannot be taken, and then none is. Gives what really changed.

        Another source alone is no change, unless that is what is stated anew (`restated`).
        """
        with self._lock:
            with self._writing():
                findings = edit.value_findings(new, cleared, self._editions, self._known_districts())
                edit.refuse_if_any(findings, "指标值")
                old = self._store.observations_at([*((o.district, o.indicator, o.period) for o in new), *cleared])
                changes = edit.value_changes(new, cleared, old, restated=restated)
                pages, dataset, known = self._pages, self._dataset, self._districts
                self._write_values(changes, why)
            # Typing into a grid rescores at once: what is remembered is amended rather than read anew.
            self._pages = edit.amended(pages, changes)
            self._dataset = dataset and with_changes(dataset, changes)
            self._districts = known
        return tuple(changes)

    def set_targets(
        self, targets: Sequence[Target], why: str = "", cleared: Sequence[tuple[str | None, str, Period]] = ()
    ) -> None:
        """Set targets, one without a district for all that have none of their own; take away those `cleared`."""
        with self._writing():
            edit.refuse_if_any(edit.target_findings(targets, self._editions, self._known_districts()), "目标值")
            self._write_targets(targets, why, cleared)

    def record_event(self, event: Event, why: str = "") -> None:
        """Record what gives a bonus, a deduction, a ceiling or a veto; the same matter only once."""
        self.record_events((event,), why)

    def record_events(self, events: Sequence[Event], why: str = "") -> None:
        """Record several, all or none."""
        with self._writing():
            edit.refuse_if_any(
                edit.events_findings(events, self._editions, self._known_districts(), self._store), "加减分事项"
            )
            self._refuse_sealed(e.period for e in events)
            for event in events:
                self._store.put_event(event)
            self._journal([edit.event_line(e, self._editions.of(e.period), why) for e in events])

    def remove_event(self, event: Event, why: str = "") -> None:
        with self._writing():
            if event not in self._store.events(event.period):
                raise InputRefused(f"没有登记过这一事项：{event.district} {event.ground}", "请刷新后重试")
            self._refuse_sealed([event.period])
            self._store.clear_event(event)
            self._journal([edit.event_line(event, self._editions.of(event.period), why, removed=True)])

    def set_terms(self, terms: Sequence[Term], why: str = "") -> None:
        """Make these the file's terms, all of them; InputRefused if any cannot be taken, and then nothing changes."""
        from ecoscore.assessment.terms import term_findings, term_lines

        with self._writing():
            edit.refuse_if_any(term_findings(terms, self._known_districts()), "任期")
            self._refuse_terms(terms)
            held = self._store.terms()
            self._store.clear_terms([t for t in held if t not in terms])
            self._store.put_terms([t for t in terms if t not in held])
            self._journal(term_lines(held, terms, why))

    def add_term(self, term: Term, why: str = "") -> None:
        with self._lock:
            self.set_terms([*self.terms(), term], why)

    def remove_term(self, term: Term, why: str = "") -> None:
        with self._lock:
            if term not in (held := self.terms()):
                raise InputRefused(f"{term.district}没有登记过这一任期", "请刷新后重试")
            self.set_terms([t for t in held if t != term], why)

    def adopt_scheme(self, scheme: Scheme, since: Period, why: str = "") -> tuple[Finding, ...]:
        """Score the periods from `since` on by another edition; earlier ones keep theirs.

        InputRefused where a sealed period would be scored anew. Gives what the file holds that the new edition does
        not speak of: it stays in the file, unused. Adopting what already holds changes nothing.
        """
        from ecoscore.assessment.editions import adoption_line, left_unused, refuse_if_sealed, rescored

        with self._lock:
            with self._writing():
                before, text = self._editions.text_of(since), _text_of(scheme)
                if text == before:
                    return ()
                editions = self._editions.with_one_more(text, since)
                refuse_if_sealed(rescored(self._editions, editions, self._store.sealed()), scheme)
                held = [(Period.parse(cell[0]), cell[2]) for cell in self._store.cells()]
                held += [(t.period, t.indicator) for t in self._store.targets()]
                items = [(e.period, e.adjustment) for e in self._store.events()]
                unused = tuple(left_unused(self._editions, editions, held, items))
                self._store.adopt_scheme(text, since)
                self._journal([adoption_line(scheme, text, before, since, why)])
            self._editions = self._editions.reread(self._store.editions())
        return unused

    # Importing. ------------------------------------------------------------------------------------------------

    def plan_import(
        self,
        sources: Sequence[Source],
        *,
        period: Period | None = None,
        add_districts: bool = False,
        choices: Choices | None = None,
        shelf: Shelf | None = None,
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> ImportPlan:
        """Read files, folders, zips and pasted tables and say what importing them would do; nothing is written.

        `choices` answer the questions of an earlier plan of the same sources; what lies on its `shelf` is not read anew.
        """
        from ecoscore.assessment.imports import by_edition, informed, memory_of
        from ecoscore.importing.choices import NO_CHOICES
        from ecoscore.importing.planning import make_plan

        with self._reading():
            memory, scheme = memory_of(self._store), self.scheme_of(period) if period else self.scheme
            districts, targets = self.districts, self._store.targets()
            current = {
                (o.district, o.indicator, o.period): o for p in self.periods for o in self.observations(p).values()
            }
        plan = make_plan(
            sources, scheme, districts, current, targets, period=period, add_districts=add_districts,
            choices=choices or NO_CHOICES, memory=memory, editions=by_edition(self._editions, scheme),
            shelf=shelf, progress=progress, cancelled=cancelled,
        )  # fmt: skip
        with self._reading():
            return informed(plan, self._store)

    def apply_import(self, plan: ImportPlan, *, skip_errors: bool = False, why: str = "") -> ImportOutcome:
        """Write a plan in one transaction; InputRefused while errors stand, or if the file has changed since."""
        from ecoscore.assessment.imports import (
            import_line,
            keep_learned,
            outcome_of,
            record_of,
            stale_findings,
            with_learned,
        )

        if not plan.is_writable(skip_errors=skip_errors):
            errors = plan.errors
            raise InputRefused(
                f"导入有 {len(errors)} 处错误，什么也没有写入",
                "请改正后重新导入，或选择略去出错的单元格",
                (*errors, *plan.warnings),
            )
        with self._writing():
            old = self._store.observations_at([entry.key for entry in plan.entries])
            edit.refuse_if_any(stale_findings(plan, old, self._known_districts()), "导入")
            changes = edit.value_changes(plan.writes, (), old)
            outcome = outcome_of(plan, changes)
            record = record_of(plan, changes, self._store.targets(), plan.new_districts)
            if outcome.accepted or outcome.targets or outcome.districts:
                self._journal([import_line(plan, outcome, why)])
                self._write_districts(plan.new_districts, why)
                self._write_values(changes, why)
                self._write_targets(plan.target_writes, why)
            before = dict(self._known_districts())
            lines, known = keep_learned(plan, before, self._store, why)
            self._journal(lines)
            record = with_learned(record, known, before, self._store.districts())
        return replace(outcome, record=record)

    # Papers. ---------------------------------------------------------------------------------------------------

    def scorecard(self, period: Period, district: str, meta: PaperMeta | None = None) -> ScorecardView:
        from ecoscore.reporting.grounds import with_grounds
        from ecoscore.reporting.view import scorecard_view

        result = with_grounds(self.result_of(period, district), district, self.observations(period))
        previous = self._previous(period, self._level_of([district]))
        return scorecard_view(result, district, meta, previous=previous)

    def ranking(self, period: Period, meta: PaperMeta | None = None, level: Level | None = None) -> RankingView:
        """Of the districts of one level; None: of the highest with more than one."""
        from ecoscore.reporting.view import ranking_view

        return ranking_view(self.score(period, level), meta, previous=self._previous(period, level))

    def working_paper(self, period: Period, district: str, meta: PaperMeta | None = None) -> WorkingPaperView:
        from ecoscore.reporting.grounds import with_grounds
        from ecoscore.reporting.view import working_paper_view

        result = with_grounds(self.result_of(period, district), district, self.observations(period))
        return working_paper_view(result, district, meta)

    def write_forms(
        self, period: Period, folder: Path, districts: Sequence[str] | None = None, by: FormOf = "district"
    ) -> list[Path]:
        """Blank entry workbooks, one a district, or one a department for all of them; they read back exactly."""
        from ecoscore.assessment.papers import write_department_forms, write_forms

        self._assert_known(districts or ())
        names = [d.name for d in self.districts if districts is None or d.name in districts]
        return (write_department_forms if by == "department" else write_forms)(self, period, folder, names)

    def report(
        self,
        period: Period,
        folder: Path,
        *,
        formats: Sequence[str] = ("pdf", "xlsx"),
        districts: Sequence[str] | None = None,
        papers: Sequence[str] | None = None,
        meta: PaperMeta | None = None,
        bound: bool = False,
        fonts: str = "",
        draft_until_sealed: bool = False,
        level: Level | None = None,
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> list[Path]:
        """Write papers (`papers.KINDS`) into a folder, each file whole or absent; a kind is left out in
        formats it does not come in.

        `bound`: one PDF of everything. `fonts`: "" for the bundled ones, "system" for the machine's own.
        `level`: whose papers, where several are assessed; None: of the districts named, or of the highest.
        `draft_until_sealed`: 征求意见稿 across each page while the period is not sealed.
        """
        from ecoscore.assessment.papers import draft_of, write_papers

        first = self.score(period, level)  # first of all, so that a refusal leaves no file behind
        if level is None and districts and not set(districts) & set(first.district_at):
            level = self._level_of(districts)
        result = self.score(period, level)
        self._assert_scored(result, districts or ())
        names = [d.name for d in result.districts if districts is None or d.name in districts]
        if draft_until_sealed and self.seal_of(period) is None:
            meta = draft_of(meta)
        return write_papers(
            self, period, folder, formats=formats, districts=names, papers=papers, meta=meta,
            progress=progress, cancelled=cancelled, bound=bound, fonts=fonts, level=level,
        )  # fmt: skip

    def absent_papers(self, period: Period, level: Level | None = None) -> dict[str, str]:
        """The kinds of papers (`papers.KINDS`) that the file holds nothing for, and why."""
        from ecoscore.assessment.papers import absent_papers

        return absent_papers(self, period, level)

    def verify_paper(self, paper: Path) -> Verdict:
        """Whether a paper, or a code typed from one, shows what the file gives today; and since when it does not."""
        from ecoscore.assessment.verify import verify_paper

        return verify_paper(self, paper)

    # Inside. ---------------------------------------------------------------------------------------------------

    def _write_targets(
        self, targets: Sequence[Target], why: str, cleared: Sequence[tuple[str | None, str, Period]] = ()
    ) -> None:
        old = {(t.district, t.indicator, t.period): t.value for t in self._store.targets()}
        changed = [t for t in targets if old.get((t.district, t.indicator, t.period)) != t.value]
        gone = [key for key in cleared if key in old]
        self._refuse_sealed([*(t.period for t in changed), *(period for _, _, period in gone)])
        self._store.put_targets(changed)
        self._store.clear_targets(gone)
        self._journal(edit.target_lines(changed, gone, old, self._editions, why))


def _text_of(scheme: Scheme) -> SchemeText:
    from ecoscore.schemes import dump_scheme

    return SchemeText(scheme.id, scheme.edition, scheme.title, scheme.source_text or dump_scheme(scheme))
