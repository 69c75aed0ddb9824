"""What the user has decided about an import: given with its sources, it makes the next plan of them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ecoscore.importing.hints import LayoutHint
from ecoscore.importing.units import unit_key

ConflictKey = tuple[str, str, str, bool]  # district, indicator id, period, whether it is a target


@dataclass(frozen=True, slots=True)
class Choices:
    """Decisions, each about a question of an earlier plan. Without any, nothing is converted, matched or preferred.

    `conversions` are (indicator id, unit as `unit_key` gives it); `names` (as written, what it stands for);
    `picks` say which of several places that disagree is right; `layouts` are (file, sheet, how to read it);
    `blanks` are (file, sheet, "district", "indicator" or "period") where blank cells stand for the name above.
    """

    conversions: frozenset[tuple[str, str]] = frozenset()
    all_conversions: bool = False
    names: tuple[tuple[str, str], ...] = ()
    picks: tuple[tuple[ConflictKey, str], ...] = ()
    layouts: tuple[tuple[str, str, LayoutHint], ...] = ()
    blanks: frozenset[tuple[str, str, str]] = frozenset()
    all_blanks: bool = False

    def converts(self, indicator: str, unit: str) -> bool:
        """Whether figures of an indicator that are stated in another unit are to be converted."""
        return self.all_conversions or (indicator, unit_key(unit)) in self.conversions

    def pick_of(self, key: ConflictKey) -> str | None:
        return dict(self.picks).get(key)

    def layout_of(self, file: str, sheet: str) -> LayoutHint | None:
        return next((hint for f, s, hint in self.layouts if (f, s) == (file, sheet)), None)

    def with_conversion(self, indicator: str, unit: str, *, accept: bool = True) -> Choices:
        one = {(indicator, unit_key(unit))}
        return replace(self, conversions=self.conversions | one if accept else self.conversions - one)

    def with_name(self, written: str, name: str | None) -> Choices:
        """Let what was written stand for a district or an indicator; with None, for nothing again."""
        names = {**dict(self.names), written: name}
        return replace(self, names=tuple((w, n) for w, n in names.items() if n is not None))

    def with_pick(self, key: ConflictKey, place: str | None) -> Choices:
        picks = {**dict(self.picks), key: place}
        return replace(self, picks=tuple((k, p) for k, p in picks.items() if p is not None))

    def fills(self, file: str, sheet: str, what: str) -> bool:
        """Whether blank names of a sheet stand for the one above."""
        return self.all_blanks or (file, sheet, what) in self.blanks

    def with_blanks(self, file: str, sheet: str, what: str, *, accept: bool = True) -> Choices:
        one = {(file, sheet, what)}
        return replace(self, blanks=self.blanks | one if accept else self.blanks - one)

    def with_layout(self, file: str, sheet: str, hint: LayoutHint | None) -> Choices:
        others = tuple(known for known in self.layouts if known[:2] != (file, sheet))
        return replace(self, layouts=others if hint is None else (*others, (file, sheet, hint)))


NO_CHOICES = Choices()
