"""What a card shows, and where each figure comes from: linked to the other sheets, or computed on the card's own."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from ecoscore.model.rule import Terms
from ecoscore.reporting.workbook.formats import Style
from ecoscore.reporting.workbook.layout import Layout
from ecoscore.reporting.workbook.sheet import Sheet, Value


class Entry(NamedTuple):
    """A cell to be: a formula with its value, or a constant; `unlocked` ones take input."""

    value: Value
    formula: str = ""
    unlocked: bool = False


def put(sheet: Sheet, row: int, col: int, entry: Entry, style: Style) -> None:
    """Write an entry as what it is."""
    style = style.but(unlocked=True, tinted=False) if entry.unlocked else style
    if entry.formula:
        sheet.formula(row, col, entry.formula, entry.value, style)
    elif isinstance(entry.value, str):
        sheet.text(row, col, entry.value, style)
    else:
        sheet.number(row, col, entry.value, style)


class Source(Protocol):
    """Where a card's figures come from. `d` is the district it shows now; items follow the layout's order."""

    @property
    def layout(self) -> Layout: ...
    @property
    def d(self) -> int: ...

    def number_format(self, i: int) -> str:
        """For an indicator's value and baseline, so that they align."""

    def name(self) -> Entry: ...
    def peer_group(self) -> Entry: ...

    def value(self, i: int) -> Entry:
        """The value, or the word printed in its place."""

    def baseline(self, i: int) -> Entry: ...
    def target(self, i: int) -> Entry: ...
    def change(self, i: int) -> Entry: ...
    def terms(self, i: int) -> Terms[str]:
        """The terms of a score, read from the card's own row and from wherever the sample's figures are."""

    def individual(self, i: int) -> Entry:
        """Unrounded, "" where left out."""

    def weight(self, i: int) -> Entry: ...
    def group_weight(self, group_id: str) -> Entry: ...
    def group_index(self, group_id: str) -> Entry: ...
    def peer_mean(self, group_id: str) -> Entry: ...

    def whole(self, kind: str) -> Entry:
        """One of `card_places.WHOLE`, but for the total, which is the exact one rounded."""

    def grade(self) -> Entry: ...
    def limits(self) -> Entry:
        """What binds the grade, in sentences; "" where nothing does."""

    def item_title(self, k: int) -> Entry: ...
    def times(self, k: int) -> Entry: ...
    def effect(self, k: int) -> Entry: ...
    def ground(self, k: int) -> Entry: ...
    def missed_points(self) -> Entry:
        """Points taken for missed binding targets beyond the items themselves."""
