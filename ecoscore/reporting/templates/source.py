"""Where the fields' values come from: the views of one period, each made once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from ecoscore.model.result import Result
from ecoscore.reporting.view_parts import PaperMeta, RankingView, ScorecardView


@dataclass(frozen=True, slots=True)
class Source:
    """`scorecard` gives a district's view; `chosen` are the districts that lists name, in rank order."""

    result: Result
    ranking: RankingView
    view_of: Callable[[str], ScorecardView]
    meta: PaperMeta = field(default_factory=PaperMeta)
    only: Sequence[str] | None = None
    _views: dict[str, ScorecardView] = field(default_factory=dict)

    def scorecard(self, district: str) -> ScorecardView:
        if district not in self._views:
            self._views[district] = self.view_of(district)
        return self._views[district]

    @property
    def chosen(self) -> tuple[tuple[str, str], ...]:
        """Each district with its peer group, as the ranking sheet lists them."""
        return tuple(
            (row.district, section.peer_group)
            for section in self.ranking.sections for row in section.rows
            if self.only is None or row.district in self.only
        )  # fmt: skip
