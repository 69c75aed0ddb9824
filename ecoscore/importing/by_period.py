"""Each value read by the edition of the scheme that its own period is scored by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ecoscore.importing.claims import Claim, ClaimBlock
from ecoscore.importing.context import Knowledge
from ecoscore.importing.sheet_report import SheetReport
from ecoscore.importing.units import same_unit
from ecoscore.model.finding import Finding, Severity
from ecoscore.model.period import Period
from ecoscore.model.scheme import Reported


class ByPeriod:
    """Puts the period's own indicator in the place of the one that the name was matched to; remembers what has none."""

    def __init__(self, known: Knowledge) -> None:
        self._of = known.editions.of
        # By the periods' identities, for periods are few and claims very many; each is kept, so that its stays its own.
        self._own: dict[int, tuple[Period, Mapping[str, Reported]]] = {}
        self._lacking: dict[tuple[str, Period], Claim] = {}

    def claim(self, claim: Claim, report: SheetReport) -> Claim | None:
        """None, with an error, where the two editions count in different units: a figure cannot say in which it is."""
        own = self._own_of(claim.period).get(claim.indicator.id)
        if own is claim.indicator:
            return claim
        if own is None:
            self._lacking.setdefault((claim.indicator.id, claim.period), claim)
            return claim
        if not same_unit(own.unit, claim.indicator.unit):
            report.error(
                "unit_of_edition",
                f"“{claim.indicator.title}”的单位在{claim.period.title}的方案里是“{own.unit}”，"
                f"在本次对照的方案里是“{claim.indicator.unit}”",
                f"请把{claim.period.title}的数单独列表，导入时指定考核期 {claim.period}",
                claim.place,
                district=claim.district.name,
                indicator=own.id,
                period=str(claim.period),
            )
            return None
        return claim._replace(indicator=own)

    def leaves(self, block: ClaimBlock) -> bool:
        """Whether every indicator of a block is already that of each of its periods."""
        return all(
            self._own_of(block.periods[period]).get(block.indicators[indicator].id) is block.indicators[indicator]
            for indicator, period in block.pairs
        )

    def _own_of(self, period: Period) -> Mapping[str, Reported]:
        met = self._own.get(id(period))
        if met is None:
            met = self._own[id(period)] = period, self._of(period).reported_by_id
        return met[1]

    def findings(self) -> Iterator[Finding]:
        """One for each indicator and period whose edition does not speak of it: taken, but not scored that year."""
        for (indicator, period), claim in self._lacking.items():
            scheme = self._of(period)
            yield Finding(
                Severity.WARNING,
                "not_in_edition",
                f"{period.title}用的是《{scheme.title}》{scheme.edition}版，其中没有“{claim.indicator.title}”：该年不计分",
                "照常导入，可作以后年度的基期；如应计分，请核对各版方案的起用考核期",
                indicator=indicator,
                period=str(period),
            )
