"""A derived indicator's formula: parsed once, then computed, written as an Excel formula, and explained in Chinese."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import TypeVar

from ecoscore.derived import excel, words
from ecoscore.derived.catalog import FUNCTIONS
from ecoscore.derived.evaluate import evaluate
from ecoscore.derived.function import Function
from ecoscore.derived.nodes import Change, Name, Named, Node, names, required, walk
from ecoscore.derived.parser import parse_tree
from ecoscore.derived.problem import ExpressionError
from ecoscore.derived.writer import TextWriter
from ecoscore.model.rule import Array, Explanation, Number

T = TypeVar("T")

_NONE: Mapping[str, str] = MappingProxyType({})
_NO_NUMBERS: Mapping[str, Number] = MappingProxyType({})
_NO_ARRAYS: Mapping[str, Array] = MappingProxyType({})


@dataclass(frozen=True)
class Expression:
    """A formula over quantities. Two are equal when their trees are; `text` is its canonical form.

    Where a quantity is not a number there is no value, and so wherever a division by zero or the like would occur: NaN,
    an empty text in Excel, a sentence in the working paper. The one exception is `if`: what the branch not taken would
    need may be missing (a district without lakes has no lake index).
    """

    root: Node

    @cached_property
    def text(self) -> str:
        return TextWriter().write(self.root).text

    def __str__(self) -> str:
        return self.text

    @cached_property
    def names(self) -> frozenset[str]:
        """The quantities it uses of the period assessed."""
        return frozenset(n.id for n in names(self.root) if not n.previous)

    @cached_property
    def previous(self) -> frozenset[str]:
        """The quantities it uses of the baseline period."""
        return frozenset(n.id for n in names(self.root) if n.previous)

    @cached_property
    def required(self) -> frozenset[str]:
        """Those of either period without which there is no value whatever the others are."""
        return frozenset(n.id for n in required(self.root))

    @cached_property
    def functions(self) -> tuple[Function, ...]:
        """The named functions it calls, in order, for their sources and editions."""
        return tuple(dict.fromkeys(n.function for n in walk(self.root) if isinstance(n, Named)))

    @cached_property
    def basis(self) -> str | None:
        """The edition of the standard its value depends on; None if no function of it depends on one."""
        editions = dict.fromkeys(f.edition for f in self.functions if f.edition)
        return "；".join(editions) or None

    @cached_property
    def review(self) -> bool:
        """Whether any function of it was recalled rather than read in the original: shown as 请对照原文."""
        changes = (n.form.source for n in walk(self.root) if isinstance(n, Change))
        return any(s.review for s in (*(f.source for f in self.functions), *changes))

    def compute(self, values: Mapping[str, Array], previous: Mapping[str, Array] = _NO_ARRAYS) -> Array:
        """Values of the shape the given arrays broadcast to; a quantity not given is NaN."""
        return evaluate(self.root, _joined(values, previous, self.root)) + 0.0

    def excel(
        self, refs: Mapping[str, str], previous: Mapping[str, str] = _NONE, otherwise: str = excel.NOTHING
    ) -> str:
        """The formula over cell references (or expressions that give a number or a text), without the leading `=`.

        It gives `otherwise`, an expression, where there is no value. A quantity without a reference counts as one that
        is missing. Functions of Excel 2010, WPS and LibreOffice only.
        """
        return excel.formula(self.root, _joined(refs, previous, self.root), otherwise)

    def explain(
        self,
        numbers: Mapping[str, Number],
        previous: Mapping[str, Number] = _NO_NUMBERS,
        titles: Mapping[str, str] = _NONE,
    ) -> Explanation:
        """The working paper: the formula with `titles` for names, the numbers put in; `score` is the value, or NaN."""
        return words.explain(self.root, _joined(numbers, previous, self.root), titles)


def _joined(values: Mapping[str, T], previous: Mapping[str, T], root: Node) -> dict[Name, T]:
    given = ((n, previous if n.previous else values) for n in names(root))
    return {n: source[n.id] for n, source in given if n.id in source}


def parse(text: str, known: Collection[str]) -> Expression:
    """The formula that `text` writes over the quantities `known`; ExpressionError for anything else.

    Refused although it could be computed: a formula that uses two editions of one standard (values of two bases are
    never compared), and one whose Excel formula would not fit into a cell.
    """
    root = parse_tree(text, known, FUNCTIONS)
    _refuse_two_editions(root)
    try:
        excel.formula(root, {name: f"原始数据!$AA${10000 + n}" for n, name in enumerate(names(root))})
    except excel.TooLong:
        raise ExpressionError(0, "公式太长，写不进一个 Excel 单元格", "请拆成几个派生指标") from None
    return Expression(root)


def _refuse_two_editions(root: Node) -> None:
    seen: dict[str, Function] = {}
    for node in walk(root):
        if isinstance(node, Named) and node.function.family:
            first = seen.setdefault(node.function.family, node.function)
            if first.edition != node.function.edition:
                raise ExpressionError(
                    0,
                    f"{first.name}（{first.edition}）与 {node.function.name}（{node.function.edition}）口径不同，不能放在一个公式里",
                    "请用同一个标准版本",
                )
