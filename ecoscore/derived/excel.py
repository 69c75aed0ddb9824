"""The Excel tongue: one formula that gives "" wherever there is no value."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import ClassVar

from ecoscore.derived.nodes import Binary, Change, Choice, Literal, Name, Named, Node, Plain, required, shifted
from ecoscore.derived.writer import Piece, Rank, Writer

# One cell holds a formula of 8,192 characters at most.
LONGEST = 8000

_CELL = re.compile(r"(?:'(?:[^']|'')+'!|[^\W\d]\w*!)?\$?[A-Za-z]{1,3}\$?\d+")
NOTHING = '""'
_NO_VALUE = "NA()"


class TooLong(ValueError):
    """The formula does not fit into one cell."""


def formula(node: Node, refs: Mapping[Name, str], otherwise: str = NOTHING) -> str:
    """Guarded twice: every quantity needed must be a number (a blank cell would count as 0), and errors become `otherwise`."""
    needed = required(node)
    if not needed <= refs.keys():
        return otherwise
    body = ExcelWriter(refs, needed).write(node).text
    return _fits(f"IF({_numbers(needed, refs)},IFERROR({body},{otherwise}),{otherwise})")


def _numbers(names: frozenset[Name], refs: Mapping[Name, str]) -> str:
    checks = list(dict.fromkeys(f"ISNUMBER({refs[n]})" for n in sorted(names, key=lambda n: (n.previous, n.id))))
    return checks[0] if len(checks) == 1 else f"AND({','.join(checks)})" if checks else "TRUE"


def _fits(text: str) -> str:
    if len(text) > LONGEST:
        raise TooLong(text[:80])
    return text


class ExcelWriter(Writer):
    """The formula without its outer guard. `known` are the quantities already seen to be numbers."""

    signs: ClassVar[Mapping[str, str]] = {s: s for s in ("+", "-", "*", "/", "^", "<", "<=", ">", ">=", "=", "<>")}

    def __init__(self, refs: Mapping[Name, str], known: frozenset[Name]) -> None:
        self.refs = refs
        self.known = known

    def write(self, node: Node) -> Piece:
        piece = super().write(node)
        return Piece(_fits(piece.text), piece.rank)

    def name(self, node: Name) -> Piece:
        ref = self.refs[node]
        return Piece(ref if _CELL.fullmatch(ref) else f"({ref})")

    def binary(self, node: Binary) -> Piece:
        """Powers are guarded: the programs disagree on 0^0 and on odd roots of negative numbers."""
        piece = super().binary(node)
        if node.sign != "^":
            return piece
        base, exponent = self.atom(node.left), self.atom(node.right)
        if not isinstance(node.right, Literal) or node.right.value == 0:
            wrong = f"OR(AND({base}=0,{exponent}<=0),AND({base}<0,{exponent}<>INT({exponent})))"
        elif node.right.value != int(node.right.value):
            wrong = f"{base}<0"
        else:
            return piece
        return Piece(f"IF({wrong},{_NO_VALUE},{piece.text})")

    def choice(self, node: Choice) -> Piece:
        condition = self.write(node.condition).text
        return Piece(f"IF({condition},{self._branch(node.then)},{self._branch(node.other)})")

    def _branch(self, node: Node) -> str:
        """A branch checks what it alone needs."""
        extra = required(node) - self.known
        if not extra <= self.refs.keys():
            return _NO_VALUE
        inner = ExcelWriter(self.refs, self.known | extra).write(node).text
        return f"IF({_numbers(extra, self.refs)},{inner},{_NO_VALUE})" if extra else inner

    def change(self, node: Change) -> Piece:
        now, before = self.atom(node.part), self.atom(shifted(node.part))
        return Piece(f"IF(AND({now}=0,{before}=0),0,{super().change(node).text})")

    def plain(self, node: Plain, parts: Sequence[Piece]) -> Piece:
        rank = Rank.ATOM if node.builtin.signs else Rank.CHOICE
        return Piece(node.builtin.excel([self.held(part, rank) for part in parts]))

    def named(self, node: Named) -> Piece:
        return Piece(node.function.excel([self.atom(part) for part in node.inputs]), Rank.SUM)
