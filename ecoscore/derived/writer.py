"""Writing a tree out with no more brackets than it needs: the walk that all tongues share."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import ClassVar

from ecoscore.derived.nodes import Binary, Change, Choice, Comparison, Literal, Name, Named, Negative, Node, Plain


class Rank(IntEnum):
    """How tightly a piece of text holds together; a looser one goes into brackets beside a tighter sign."""

    CHOICE = 0
    COMPARISON = 1
    SUM = 2
    PRODUCT = 3
    POWER = 4
    ATOM = 5


_RANKS = {"+": Rank.SUM, "-": Rank.SUM, "*": Rank.PRODUCT, "/": Rank.PRODUCT, "^": Rank.POWER}


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    rank: Rank = Rank.ATOM


class Writer(ABC):
    """One tongue. `signs` are its signs with the space around them, `brackets` its brackets."""

    signs: ClassVar[Mapping[str, str]]
    brackets: ClassVar[tuple[str, str]] = ("(", ")")

    def write(self, node: Node) -> Piece:
        match node:
            case Literal():
                return Piece(node.text)
            case Name():
                return self.name(node)
            case Negative(part):
                return Piece(f"{self.signs['-'].strip()}{self.atom(part)}", Rank.SUM)
            case Binary():
                return self.binary(node)
            case Comparison(sign, left, right):
                parts = (self.held(self.write(side), Rank.SUM) for side in (left, right))
                return Piece(self.signs[sign].join(parts), Rank.COMPARISON)
            case Choice():
                return self.choice(node)
            case Plain(_, parts):
                return self.plain(node, [self.write(part) for part in parts])
            case Named():
                return self.named(node)
            case Change():
                return self.change(node)

    def held(self, piece: Piece, rank: Rank) -> str:
        """The text, in brackets if it is looser than `rank`."""
        left, right = self.brackets
        return f"{left}{piece.text}{right}" if piece.rank < rank else piece.text

    def atom(self, node: Node) -> str:
        """The text of a node such that any sign may stand beside it."""
        return self.held(self.write(node), Rank.ATOM)

    def binary(self, node: Binary) -> Piece:
        rank = _RANKS[node.sign]
        if rank is Rank.POWER:
            return Piece(f"{self.atom(node.left)}{self.signs['^']}{self.atom(node.right)}", rank)
        left = self.held(self.write(node.left), rank)
        right = self.held(self.write(node.right), Rank(rank + 1))
        return Piece(f"{left}{self.signs[node.sign]}{right}", rank)

    @abstractmethod
    def name(self, node: Name) -> Piece: ...

    @abstractmethod
    def choice(self, node: Choice) -> Piece: ...

    @abstractmethod
    def plain(self, node: Plain, parts: Sequence[Piece]) -> Piece: ...

    @abstractmethod
    def named(self, node: Named) -> Piece: ...

    def change(self, node: Change) -> Piece:
        return self.write(node.spelled_out)


class TextWriter(Writer):
    """The canonical text: parsing it gives the same tree."""

    signs: ClassVar[Mapping[str, str]] = {
        **{s: f" {s} " for s in ("+", "-", "*", "/", "<", "<=", ">", ">=", "=", "<>")},
        "^": "^",
    }

    def name(self, node: Name) -> Piece:
        return Piece(f"prev({node.id})" if node.previous else node.id)

    def choice(self, node: Choice) -> Piece:
        return Piece(f"if({', '.join(self.write(n).text for n in (node.condition, node.then, node.other))})")

    def plain(self, node: Plain, parts: Sequence[Piece]) -> Piece:
        return Piece(f"{node.builtin.name}({', '.join(part.text for part in parts)})")

    def named(self, node: Named) -> Piece:
        return Piece(f"{node.function.name}({', '.join(self.write(part).text for part in node.parts)})")

    def change(self, node: Change) -> Piece:
        return Piece(f"{node.form.name}({self.write(node.part).text})")
