"""The editions of a file's scheme: which of them a period is scored by; each read only when it is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from ecoscore.errors import InputRefused
from ecoscore.model.finding import Finding, Severity
from ecoscore.model.period import Period
from ecoscore.model.scheme import Reported, Scheme
from ecoscore.schemes import parse_scheme
from ecoscore.storage import EditionText, Line, SchemeText


@dataclass(frozen=True, slots=True)
class SchemeEdition:
    """One edition: its number in the order of adoption, the period it holds from (None: from the first), when adopted."""

    number: int
    since: Period | None
    adopted: str
    scheme: Scheme


class Editions:
    """All editions of one file.

    A period is scored by the edition with the latest beginning that is not after the period's end; of two with the
    same beginning by the one adopted last. So the year 2025 follows an edition since 2025Q3, and 2025Q1 one since 2025.
    """

    def __init__(self, kept: Sequence[EditionText], file: str, parsed: Mapping[int, Scheme] | None = None) -> None:
        self._kept, self._file = tuple(kept), file
        self._parsed = dict(parsed or {})  # by number: an edition, once adopted, does not change

    def reread(self, kept: Sequence[EditionText]) -> Editions:
        """The same file with what it holds now; what has been parsed stays parsed."""
        return Editions(kept, self._file, self._parsed)

    @cached_property
    def newest(self) -> Scheme:
        """The edition with the latest beginning: that of the periods to come."""
        return self._scheme(max(self._kept, key=_order))

    def of(self, period: Period) -> Scheme:
        return self._scheme(self._of(period))

    def number_of(self, period: Period) -> int:
        return self._of(period).number

    def text_of(self, period: Period) -> SchemeText:
        return self._of(period).text

    def __iter__(self) -> Iterator[SchemeEdition]:
        """By beginning, those of one beginning in the order of adoption."""
        for e in sorted(self._kept, key=_order):
            yield SchemeEdition(e.number, e.since, e.adopted, self._scheme(e))

    def __len__(self) -> int:
        return len(self._kept)

    @cached_property
    def reported_by_id(self) -> dict[str, Reported]:
        """Everything that any edition speaks of, as the newest that does calls it, the newest edition's first."""
        found: dict[str, Reported] = {}
        for e in sorted(self._kept, key=_order, reverse=True):
            found = found | {k: v for k, v in self._scheme(e).reported_by_id.items() if k not in found}
        return found

    def called(self) -> Iterator[Reported]:
        """Everything that any edition speaks of as each calls it, the newest first."""
        for e in sorted(self._kept, key=_order, reverse=True):
            yield from self._scheme(e).reported

    def with_one_more(self, text: SchemeText, since: Period) -> Editions:
        """What would hold if `text` were adopted: for telling which periods it would change."""
        number = max(e.number for e in self._kept) + 1
        return Editions((*self._kept, EditionText(number, since, "", text)), self._file, self._parsed)

    def _of(self, period: Period) -> EditionText:
        end = period.year * 12 + period.end_month
        held = [e for e in self._kept if _beginning(e) < end]
        # A file's first edition has no beginning; only a file put together by hand could lack one that holds.
        return max(held or self._kept[:1], key=_order)

    def _scheme(self, kept: EditionText) -> Scheme:
        if kept.number not in self._parsed:
            self._parsed[kept.number] = parse_scheme(kept.text.yaml, f"{self._file} 中的方案")
        return self._parsed[kept.number]


def _beginning(kept: EditionText) -> int:
    """The months that had passed when it began to hold."""
    return -1 if kept.since is None else kept.since.year * 12 + kept.since.end_month - kept.since.months


def _order(kept: EditionText) -> tuple[int, int]:
    return _beginning(kept), kept.number


def rescored(old: Editions, new: Editions, periods: Iterable[Period]) -> tuple[Period, ...]:
    """Those of `periods` that would be scored by another edition than they are."""
    return tuple(p for p in periods if old.number_of(p) != new.number_of(p))


def refuse_if_sealed(touched: Sequence[Period], scheme: Scheme) -> None:
    """A sealed result stands: no edition may begin so early that it would be scored anew."""
    if not touched:
        return
    titles = "、".join(p.title for p in touched)
    advice = f"请让新方案从 {touched[-1].title}之后的考核期开始；确需改动的，请先按规定启封"
    message = f"{titles}已经封存，改用《{scheme.title}》（{scheme.edition}）会使它重新计分"
    findings = [Finding(Severity.ERROR, "sealed_period", f"{p.title}已经封存", advice, period=str(p)) for p in touched]
    raise InputRefused(f"{message}，文件未改动", advice, findings)


def left_unused(
    old: Editions, new: Editions, held: Iterable[tuple[Period, str]], items: Iterable[tuple[Period, str]]
) -> Iterator[Finding]:
    """What the file holds for periods under another edition now, and that edition does not speak of: kept, not used.

    `held` are (period, indicator) of values and targets, `items` (period, adjustment) of events.
    """
    for kind, asked, known in (
        ("指标", held, {id_: q.title for id_, q in old.reported_by_id.items()}),
        ("加减分项", items, {a.id: a.title for e in old for a in e.scheme.adjustments}),
    ):
        unused: dict[str, list[Period]] = {}
        for period, id_ in asked:
            scheme = new.of(period)
            speaks = scheme.reported_by_id if kind == "指标" else {a.id for a in scheme.adjustments}
            if old.number_of(period) != new.number_of(period) and id_ not in speaks:
                unused.setdefault(id_, []).append(period)
        for id_, periods in unused.items():
            when = "、".join(p.title for p in sorted(set(periods)))
            yield Finding(
                Severity.WARNING,
                "left_unused",
                f"新方案没有{kind}“{known.get(id_, id_)}”，文件里 {when} 的 {len(periods)} 条记录保留，不参与计分",
                "数据没有删除；改回含有它的方案即可再用",
                indicator=id_ if kind == "指标" else None,
            )


def adoption_line(scheme: Scheme, text: SchemeText, before: SchemeText, since: Period, why: str) -> Line:
    """The journal's line about a change of edition; `check` compares `new` and `period` with what the file holds."""
    subject = f"方案改为《{scheme.title}》（{scheme.edition}），自 {since.title}起"
    return Line("adopt_scheme", subject, before.mark, text.mark, why, period=str(since))
