"""The parts a formula is made of, as a tree of frozen values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

from ecoscore.derived.builtin import BUILTINS, Builtin
from ecoscore.derived.change import ChangeForm
from ecoscore.derived.function import Function


@dataclass(frozen=True, slots=True)
class Literal:
    """A number written out: canonical decimal text of at most 15 significant digits."""

    text: str

    @property
    def value(self) -> float:
        return float(self.text)


@dataclass(frozen=True, slots=True)
class Name:
    """A quantity, of the period assessed or (`previous`) of its baseline period."""

    id: str
    previous: bool = False


@dataclass(frozen=True, slots=True)
class Negative:
    part: Node


@dataclass(frozen=True, slots=True)
class Binary:
    """`sign` is one of + - * / ^."""

    sign: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Comparison:
    """A condition; `sign` is one of < <= > >= = <>."""

    sign: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Choice:
    """if(condition, then, other): only the branch picked counts, also for what may be missing."""

    condition: Node
    then: Node
    other: Node


@dataclass(frozen=True, slots=True)
class Plain:
    """A call of a built-in."""

    builtin: Builtin
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """A call of a named function; `parts` are the arguments as written."""

    function: Function
    parts: tuple[Node, ...]

    @property
    def inputs(self) -> tuple[Node, ...]:
        """The arguments, then the baseline values of those the function wants in both periods."""
        if self.function.variadic:
            return self.parts
        both = zip(self.function.arguments, self.parts, strict=True)
        return (*self.parts, *(shifted(part) for argument, part in both if argument.both))


@dataclass(frozen=True, slots=True)
class Change:
    """A rate of change; `spelled_out` is the same in plain arithmetic."""

    form: ChangeForm
    part: Node

    @property
    def spelled_out(self) -> Node:
        before = shifted(self.part)
        rise = Binary("*", Literal("100"), Binary("-", self.part, before))
        return Binary("/", rise, Plain(BUILTINS["abs"], (before,)))


Node: TypeAlias = Literal | Name | Negative | Binary | Comparison | Choice | Plain | Named | Change


def children(node: Node) -> tuple[Node, ...]:
    """What a node is computed from; baseline values that are not written are among them."""
    match node:
        case Literal() | Name():
            return ()
        case Negative(part):
            return (part,)
        case Binary(_, left, right) | Comparison(_, left, right):
            return (left, right)
        case Choice(condition, then, other):
            return (condition, then, other)
        case Plain(_, parts):
            return parts
        case Named():
            return node.inputs
        case Change(_, part):
            return (part, shifted(part))


def walk(node: Node) -> Iterator[Node]:
    """A node and all it is computed from, in reading order."""
    yield node
    for child in children(node):
        yield from walk(child)


def shifted(node: Node) -> Node:
    """The same in the baseline period. The caller has seen to it that nothing in it is of that period already."""
    match node:
        case Literal():
            return node
        case Name(name):
            return Name(name, previous=True)
        case Negative(part):
            return Negative(shifted(part))
        case Binary() | Comparison():
            return replace(node, left=shifted(node.left), right=shifted(node.right))
        case Choice(condition, then, other):
            return Choice(shifted(condition), shifted(then), shifted(other))
        case Plain() | Named():
            return replace(node, parts=tuple(shifted(part) for part in node.parts))
        case Change():
            raise ValueError("a rate of change has no baseline value of its own")


def names(node: Node) -> frozenset[Name]:
    """Every quantity it speaks of."""
    return frozenset(n for n in walk(node) if isinstance(n, Name))


def required(node: Node) -> frozenset[Name]:
    """The quantities without which there is no value whatever the others are: of two branches, what both need."""
    match node:
        case Name():
            return frozenset({node})
        case Choice(condition, then, other):
            return required(condition) | (required(then) & required(other))
        case _:
            found: frozenset[Name] = frozenset()
            return found.union(*(required(child) for child in children(node)))


def is_condition(node: Node) -> bool:
    return isinstance(node, Comparison) or (isinstance(node, Plain) and node.builtin.conditions)
