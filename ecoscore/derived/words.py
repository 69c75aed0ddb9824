"""The Chinese tongue: a formula in words, the same with the figures put in, and the steps between."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import ClassVar

import numpy as np

from ecoscore.derived.evaluate import evaluate
from ecoscore.derived.figures import UNKNOWN, equation, put, result
from ecoscore.derived.function import Argued
from ecoscore.derived.nodes import Binary, Change, Choice, Name, Named, Node, Plain, children, names, shifted, walk
from ecoscore.derived.writer import Piece, Rank, Writer
from ecoscore.model.rule import Explanation, Number

_SIGNS: Mapping[str, str] = {
    "+": "＋", "-": "−", "*": "×", "/": "÷", "^": "^", "<": "＜", "<=": "≤", ">": "＞", ">=": "≥", "=": "＝", "<>": "≠",
}  # fmt: skip
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩"


def explain(node: Node, numbers: Mapping[Name, Number], titles: Mapping[str, str]) -> Explanation:
    """The working paper of one value. Named functions are steps of their own, unless the formula is nothing else."""
    words = WordWriter(titles, _calls(node))
    figures = FigureWriter(words, numbers)
    text = figures.write(node).text
    value = figures.value(node)
    if isinstance(node, Named):
        _, own = figures.steps.pop()
        notes = tuple(dict.fromkeys((*figures.notes, *own.notes)))
        return replace(own, notes=notes, steps=(*figures.steps, *own.steps))
    notes = tuple(dict.fromkeys(figures.notes))
    return Explanation(words.write(node).text, equation(text, value), value, notes, tuple(figures.steps))


def _calls(node: Node) -> Mapping[Named, str]:
    """The title of each call of a named function; several calls of one function are numbered."""
    found: dict[str, list[Named]] = {}
    for n in walk(node):
        if isinstance(n, Named) and not _of_the_past(n) and n not in found.setdefault(n.function.name, []):
            found[n.function.name].append(n)
    titles: dict[Named, str] = {}
    for calls in found.values():
        for at, call in enumerate(calls):
            number = (_CIRCLED[at] if at < len(_CIRCLED) else str(at + 1)) if len(calls) > 1 else ""
            titles[call] = f"{call.function.title}{number}"
    return titles


def _of_the_past(node: Node) -> bool:
    """Whether all it speaks of is of the baseline period."""
    found = names(node)
    return bool(found) and all(n.previous for n in found)


def _present(node: Node) -> Node:
    """The same of the period assessed."""
    match node:
        case Name(name):
            return Name(name)
        case Plain() | Named():
            return replace(node, parts=tuple(_present(part) for part in node.parts))
        case _ if not children(node):
            return node
        case _:
            fields = {f: _present(getattr(node, f)) for f in node.__slots__ if f != "sign"}
            return replace(node, **fields)  # type: ignore[arg-type]


class WordWriter(Writer):
    """The formula with the titles of quantities."""

    signs: ClassVar[Mapping[str, str]] = _SIGNS
    brackets: ClassVar[tuple[str, str]] = ("（", "）")

    def __init__(self, titles: Mapping[str, str], calls: Mapping[Named, str]) -> None:
        self.titles = titles
        self.calls = calls

    def name(self, node: Name) -> Piece:
        title = self.titles.get(node.id, node.id)
        return Piece(f"基期{title}" if node.previous else title)

    def choice(self, node: Choice) -> Piece:
        condition, then, other = (self.write(n).text for n in (node.condition, node.then, node.other))
        return Piece(f"若 {condition}，取 {then}；否则取 {other}", Rank.CHOICE)

    def plain(self, node: Plain, parts: Sequence[Piece]) -> Piece:
        return Piece(node.builtin.words([self.held(part, Rank.COMPARISON) for part in parts]))

    def named(self, node: Named) -> Piece:
        if node in self.calls:
            return Piece(self.calls[node])
        present = _present(node)
        title = self.calls.get(present, node.function.title) if isinstance(present, Named) else node.function.title
        return Piece(f"基期{title}")


class FigureWriter(Writer):
    """The formula with figures; it gathers the steps and notes on its way. Only the branch picked is written."""

    signs: ClassVar[Mapping[str, str]] = _SIGNS
    brackets: ClassVar[tuple[str, str]] = ("（", "）")

    def __init__(self, words: WordWriter, numbers: Mapping[Name, Number]) -> None:
        self.words = words
        self.numbers = numbers
        self.arrays = {name: np.asarray(number.value) for name, number in numbers.items()}
        self.steps: list[tuple[str, Explanation]] = []
        self.notes: list[str] = []
        self.done: dict[Named, Piece] = {}

    def value(self, node: Node) -> float:
        return float(evaluate(node, self.arrays))

    def name(self, node: Name) -> Piece:
        text = put(self.numbers.get(node))
        if text == UNKNOWN:
            self.notes.append(f"缺少{self.words.name(node).text}，不计算")
        return Piece(text)

    def binary(self, node: Binary) -> Piece:
        piece = super().binary(node)
        if node.sign == "/" and self.value(node.right) == 0:
            self.notes.append(f"除数 {self.words.write(node.right).text} 为 0，不计算")
        elif node.sign == "^" and np.isnan(self.value(node)) and "".join(piece.text).find(UNKNOWN) < 0:
            self.notes.append(f"{self.words.write(node).text} 没有意义，不计算")
        return piece

    def change(self, node: Change) -> Piece:
        before = shifted(node.part)
        if self.value(node.part) == 0 and self.value(before) == 0:
            words = self.words.write(node.part).text
            self.notes.append(f"{words}与{self.words.write(before).text}都为 0，没有变化，变化率按 0 计")
            return Piece("0")
        return super().change(node)

    def choice(self, node: Choice) -> Piece:
        condition, words = self.write(node.condition).text, self.words.write(node.condition).text
        truth = self.value(node.condition)
        if np.isnan(truth):
            self.notes.append(f"不能判断 {words} 是否成立，不计算")
            return Piece(UNKNOWN)
        picked = node.then if truth else node.other
        holds = "成立" if truth else "不成立"
        self.notes.append(f"{words}：{condition}，{holds}，取 {self.words.write(picked).text}")
        return self.write(picked)

    def plain(self, node: Plain, parts: Sequence[Piece]) -> Piece:
        if node.builtin.name == "sqrt" and self.value(node.parts[0]) < 0:
            self.notes.append(f"{self.words.write(node.parts[0]).text} 为负，不能开平方，不计算")
        return Piece(node.builtin.words([self.held(part, Rank.COMPARISON) for part in parts]))

    def named(self, node: Named) -> Piece:
        if node not in self.done:
            inputs = [Argued(self.words.atom(part), self.atom(part), self.value(part)) for part in node.inputs]
            explanation = node.function.explain(inputs)
            self.steps.append((self.words.named(node).text, explanation))
            self.notes += explanation.notes
            self.done[node] = Piece(result(explanation.score))
        return self.done[node]
