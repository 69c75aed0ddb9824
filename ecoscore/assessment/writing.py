"""What several verbs of an assessment write within their transactions, each with its lines in the journal."""

from __future__ import annotations

from collections.abc import Sequence

from ecoscore.assessment import edit
from ecoscore.assessment.archive import Archive
from ecoscore.errors import InputRefused
from ecoscore.model.district import District
from ecoscore.model.journal import Change
from ecoscore.storage import learned
from ecoscore.storage.roster import clear_district, held_of


class Writing(Archive):
    """Called between the checks of a verb and the end of its transaction; sealed periods are refused here."""

    def _write_values(self, changes: Sequence[Change], why: str) -> None:
        self._refuse_sealed(c.period for c in changes)
        self._store.put_observations([c.new for c in changes if c.new is not None])
        self._store.clear_observations([(c.district, c.indicator, c.period) for c in changes if c.new is None])
        self._journal(edit.value_lines(changes, self._editions, why))

    def _write_districts(self, districts: Sequence[District], why: str) -> None:
        self._store.add_districts(districts)
        self._journal(edit.district_lines(districts, why))

    def _write_aliases(self, district: District, aliases: Sequence[str], why: str) -> None:
        """Nothing where they are what they were."""
        if tuple(aliases) != district.aliases:
            learned.put_aliases(self._store, district.name, aliases)
            self._journal([edit.aliases_line(district, aliases, why)])

    def _erase_district(self, district: District, why: str, lead: str, refused: str, advice: str) -> None:
        """InputRefused while anything is held of it: “lead 指标值 3 个，refused”, and the advice."""
        if held := held_of(self._store, district.name):
            told = "、".join(f"{title} {count} 个" for title, count in held.items())
            raise InputRefused(f"{lead}{told}，{refused}", advice)
        self._refuse_sealed(s.period for s in self.seals if district.name in s.districts)
        clear_district(self._store, district.name)
        self._journal([edit.removal_line(district, why)])
