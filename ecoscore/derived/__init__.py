"""Derived indicators: formulas over other quantities that compute, write themselves as Excel, and explain themselves."""

from __future__ import annotations

from ecoscore.derived.catalog import FUNCTIONS, Entry, entries, help_text
from ecoscore.derived.expression import Expression, parse
from ecoscore.derived.function import Confidence, Function
from ecoscore.derived.problem import ExpressionError

__all__ = [
    "FUNCTIONS",
    "Confidence",
    "Entry",
    "Expression",
    "ExpressionError",
    "Function",
    "entries",
    "help_text",
    "parse",
]
