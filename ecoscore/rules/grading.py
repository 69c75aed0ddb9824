"""Grades: the best grade whose least total is reached."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ecoscore.model.rule import Array
from ecoscore.model.scheme import Grade
from ecoscore.rules.unknown import any_unknown
from ecoscore.rules.wording import literal


def grade_of(total: float, grades: Sequence[Grade]) -> str:
    """The title of the grade of a rounded total; `grades` best first; "" without grades or below the last."""
    return next((g.title for g in grades if total >= g.min), "")


def grades_of(totals: Array, grades: Sequence[Grade]) -> tuple[str, ...]:
    """`grade_of` for a vector; "" for NaN."""
    if not grades:
        return ("",) * len(totals)
    edges = np.array([g.min for g in reversed(grades)])
    titles = ["", *(g.title for g in reversed(grades))]
    place = edges.searchsorted(totals, side="right")
    if any_unknown(totals):
        place[np.isnan(totals)] = 0
    return tuple(titles[n] for n in place.tolist())


def worse(first: str, second: str, grades: Sequence[Grade]) -> str:
    """The lower of two grades."""
    place = {g.title: n for n, g in enumerate(grades)}
    return first if place.get(first, len(grades)) >= place.get(second, len(grades)) else second


def excel_grade(cell: str, grades: Sequence[Grade]) -> str:
    """The formula of a rounded total's grade."""
    formula = '""'
    for grade in reversed(grades):
        formula = f'IF({cell}>={literal(grade.min)},"{grade.title}",{formula})'
    return formula
