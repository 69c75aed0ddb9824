"""The value of a tree on arrays."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from ecoscore.derived import kernels
from ecoscore.derived.nodes import (
    Binary,
    Change,
    Choice,
    Comparison,
    Literal,
    Name,
    Named,
    Negative,
    Node,
    Plain,
    shifted,
)
from ecoscore.model.rule import Array

_OPERATIONS: Mapping[str, Callable[[Array, Array], Array]] = {
    "+": kernels.add,
    "-": kernels.subtract,
    "*": kernels.multiply,
    "/": kernels.divide,
    "^": kernels.power,
}


def evaluate(node: Node, values: Mapping[Name, Array]) -> Array:
    """The value, NaN where it cannot be computed; a quantity that is not given is NaN. Conditions are 1, 0 or NaN."""
    match node:
        case Literal():
            return np.asarray(node.value)
        case Name():
            return kernels.finite(np.asarray(values.get(node, np.nan), dtype=float))
        case Negative(part):
            return -evaluate(part, values)
        case Binary(sign, left, right):
            return _OPERATIONS[sign](evaluate(left, values), evaluate(right, values))
        case Comparison(sign, left, right):
            return kernels.compare(sign, evaluate(left, values), evaluate(right, values))
        case Choice(condition, then, other):
            return kernels.choose(*(evaluate(part, values) for part in (condition, then, other)))
        case Plain(builtin, parts):
            return builtin.compute([evaluate(part, values) for part in parts])
        case Named():
            return kernels.finite(node.function.compute([evaluate(part, values) for part in node.inputs]))
        case Change(_, part):
            now, before = evaluate(part, values), evaluate(shifted(part), values)
            rate = kernels.divide(kernels.multiply(np.asarray(100.0), kernels.subtract(now, before)), np.abs(before))
            return np.where((now == 0) & (before == 0), 0.0, rate)
