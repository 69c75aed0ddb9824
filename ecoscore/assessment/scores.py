"""What an open file's values come to: results, curves, money, terms, and other methods beside the scheme's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ecoscore.assessment import edit
from ecoscore.assessment.file import AssessmentFile
from ecoscore.errors import InputRefused
from ecoscore.model.district import LEVEL_TITLES, Level
from ecoscore.model.period import Period
from ecoscore.model.term import Term

if TYPE_CHECKING:  # numpy's and pandas' users are imported by the methods that need them: opening is quick
    from ecoscore.methods.comparison import RankingComparison
    from ecoscore.methods.proposal import Method, WeightProposal
    from ecoscore.model.compensation import Compensation
    from ecoscore.model.curve import RuleCurve
    from ecoscore.model.result import Result
    from ecoscore.scoring.term import TermScore


class AssessmentScores(AssessmentFile):
    """The scoring part of `Assessment`: nothing here changes the file."""

    def score(self, period: Period, level: Level | None = None) -> Result:
        """The scored period, by its own edition of the scheme; InputRefused with findings where it cannot be scored.

        `level` None: the highest with more than one district; the districts of others only feed those above them.
        """
        from ecoscore.scoring import score_dataset

        key = period, level
        with self._reading():
            version, found = self._version, self._results.get(key)
            if found is None:
                dataset, scheme = self.dataset(), self._editions.of(period)
                events, terms = self._store.events(period), self._store.terms()
        if found is None:
            # Not under the lock: the window goes on reading while a large file is scored.
            try:
                self._assert_level(level)
                if not any(period.contains(held) for held in dataset.periods):
                    raise edit.nothing_reported(period, dataset.periods)
                found = score_dataset(dataset, scheme, period, events, _nameless(terms), level=level)
            except InputRefused as refused:
                found = refused
            with self._reading():
                if version == self._version:
                    self._results[key] = found
        if isinstance(found, InputRefused):
            raise InputRefused(found.message, found.advice, found.findings)
        return found

    @property
    def levels(self) -> dict[Level, int]:
        """How many districts each level has, the highest level first; each can be scored among itself."""
        held = [d.level for d in self.districts]
        return {level: held.count(level) for level in Level if level in held}

    def curve(self, period: Period, indicator: str, level: Level | None = None) -> RuleCurve | None:
        """What each value of an indicator scores, and where the districts lie; None where there is no curve."""
        from ecoscore.scoring.curve import curve_of

        scheme = self.scheme_of(period)
        return curve_of(self.dataset(), scheme, scheme.by_id[indicator], period, level)

    def compensation(self, period: Period, level: Level | None = None) -> Compensation | None:
        """The money table of area compensation (区域补偿); None where the scheme has no rates."""
        from ecoscore.scoring.compensation import compensate

        return compensate(self.score(period, level))

    def weights(self, period: Period, method: Method, **options: Any) -> WeightProposal:
        """Weights by a method beside the scheme's own, for people to weigh; `options` are those of `propose_weights`."""
        from ecoscore.methods import propose_weights

        return propose_weights(self.score(period), method, **options)

    def compare_rankings(
        self, period: Period, level: Level | None = None, **options: Any
    ) -> tuple[RankingComparison, ...]:
        """The scheme's ranks beside those of other methods; `options` are those of the function of that name."""
        from ecoscore.methods import compare_rankings

        return compare_rankings(self.score(period, level), **options)

    def term_report(self, district: str) -> tuple[TermScore, ...]:
        """Each term of a district: its years weighed by months, and its last year against the term's own baseline.

        InputRefused if the district has no term, or no year of any of them has a result.
        """
        from ecoscore.assessment.terms import report_of

        self._assert_known([district])
        terms = self.terms(district)
        if not terms:
            raise InputRefused(
                f"{district}还没有登记任期", "请先登记：ecoscore terms 文件 --add 区县 --post 职务 --start 2021-07"
            )
        level = self._known_districts()[district].level
        years = {p.year for p in self.periods}

        def score(period: Period) -> Result:
            result = self.score(period)
            return result if district in result.district_at else self.score(period, level)

        reports = [
            report_of(term, list(years), score, lambda t, last: self._improved(t, last, level)) for term in terms
        ]
        refusals = [refused for _, refused in reports if refused is not None]
        if len(refusals) == len(reports):
            raise refusals[0]
        return tuple(report for report, _ in reports)

    def _improved(self, term: Term, last: Period, level: Level) -> Result | None:
        """The last year of a term under `baseline: term_start`; None where the scheme compares with no baseline."""
        from ecoscore.assessment.terms import standing_in
        from ecoscore.scoring import score_dataset

        scheme = self.scheme_of(last)
        if not scheme.needs_baseline:
            return None
        scheme = replace(scheme, baseline="term_start")
        terms = standing_in(term, self.terms(), self.districts, last)
        return score_dataset(self.dataset(), scheme, last, self.events(last), _nameless(terms), level=level)

    # Inside. ---------------------------------------------------------------------------------------------------

    def result_of(self, period: Period, district: str, level: Level | None = None) -> Result:
        """The result that a district is in: that of its own level, where it is not among those scored first of all."""
        self._assert_known([district])
        result = self.score(period, level)
        if level is None and district not in result.district_at:
            result = self.score(period, self._known_districts()[district].level)
        self._assert_scored(result, (district,))
        return result

    def _level_of(self, names: Sequence[str]) -> Level | None:
        """The one level that districts are of; None where they are of several, or none are named."""
        self._assert_known(names)
        levels = {self._known_districts()[name].level for name in names}
        return levels.pop() if len(levels) == 1 else None

    def _previous(self, period: Period, level: Level | None = None) -> Result | None:
        """Last year's result for comparison, None where it was not, or could not be, scored."""
        try:
            return self.score(period.previous_year, level)
        except InputRefused:
            return None

    def _assert_known(self, names: Sequence[str]) -> None:
        if unknown := [name for name in names if name not in self._known_districts()]:
            held = "、".join(list(self._known_districts())[:20])
            raise InputRefused(f"考核文件中没有这个区县：{'、'.join(unknown)}", f"请核对名称；文件中有：{held}")

    def _assert_level(self, level: Level | None) -> None:
        held = {d.level for d in self.districts}
        if level is not None and level not in held:
            known = "、".join(LEVEL_TITLES[v] for v in Level if v in held) or "没有区县"
            raise InputRefused(f"考核文件中没有{LEVEL_TITLES[level]}的单位", f"文件中有：{known}")

    def _assert_scored(self, result: Result, names: Sequence[str]) -> None:
        """A result holds the districts of one level; the others only feed those above them."""
        self._assert_known(names)
        if others := [name for name in names if name not in result.district_at]:
            raise InputRefused(
                f"{'、'.join(others)} 与参评区县不在同一层级，没有单独的成绩",
                "请选择参评层级的区县，或另建文件单独考核",
            )


def _nameless(terms: Sequence[Term]) -> list[Term]:
    """The engine needs no names, and what it does not have it cannot print."""
    return [replace(t, name="") for t in terms]
