"""比率与人均: one quantity over another that must be above 0."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ecoscore.derived import kernels
from ecoscore.derived.figures import equation, plain
from ecoscore.derived.function import Argued, Argument, Function, Source
from ecoscore.model.rule import Array, Explanation


@dataclass(frozen=True)
class Share(Function):
    """factor × part ÷ whole; no value where the whole is 0 or less.

    The divisor of a ratio or of a per-head value counts things, so 0 or less is a defect of the data, not a number to
    divide by. That a ratio stays within 100 % is for the indicator's `valid` range to see.
    """

    name: str
    title: str
    arguments: tuple[Argument, ...]
    source: Source
    factor: float = 1.0
    unit: str = ""

    @property
    def formula(self) -> str:  # type: ignore[override]
        part, whole = self.arguments
        return self._spelled(part.title, whole.title)

    def compute(self, inputs: Sequence[Array]) -> Array:
        part, whole = inputs
        return kernels.ratio(kernels.multiply(np.asarray(self.factor), part), whole)

    def excel(self, inputs: Sequence[str]) -> str:
        part, whole = inputs
        factor = "" if self.factor == 1 else f"{plain(self.factor)}*"
        return f"IF({whole}>0,{factor}{part}/{whole},NA())"

    def explain(self, inputs: Sequence[Argued]) -> Explanation:
        part, whole = inputs
        value = float(self.compute([np.asarray(i.value) for i in inputs]))
        notes = (f"{whole.words} 不大于 0，不计算",) if whole.value <= 0 else ()
        numbers = equation(self._spelled(part.numbers, whole.numbers), value)
        return Explanation(self._spelled(part.words, whole.words), numbers, value, notes)

    def _spelled(self, part: str, whole: str) -> str:
        return f"{'' if self.factor == 1 else f'{plain(self.factor)}×'}{part}÷{whole}"
