"""What rules of one part share: no progress, parts equal to the whole."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import ClassVar

import numpy as np

from ecoscore.model.rule import Array, Bounds, ProgressPart, RuleParameter, Terms


class SimpleRule(ABC):
    """A rule that looks at one value. Subclasses are frozen dataclasses; they give kind, title, score, excel, explain."""

    __slots__ = ()

    parameters: ClassVar[tuple[RuleParameter, ...]] = ()
    example: ClassVar[str] = ""

    @property
    def bounds(self) -> Bounds | None:
        return None

    @property
    def progress(self) -> ProgressPart | None:
        return None

    @property
    def lowest(self) -> float:
        return 0.0

    def batch_key(self) -> object:
        return self

    @abstractmethod
    def score(self, t: Terms[Array]) -> Array:
        """Scores 0-100 of the shape of `t.x`."""

    def parts(self, t: Terms[Array]) -> tuple[Array, Array]:
        """The level and the progress part of a score, 0-100 each; progress is NaN for a rule without one."""
        level = self.score(t)
        return level, np.broadcast_to(np.nan, level.shape)

    def whole(self, level: Array, progress: Array) -> Array:  # noqa: ARG002 - the level is all there is
        """The score that the two parts make."""
        return level

    @abstractmethod
    def excel(self, t: Terms[str]) -> str:
        """The formula of one score, without the leading `=`."""

    def excel_parts(self, t: Terms[str], unknown: str = '""') -> tuple[str, str]:
        """The formulas of the same two parts; that of the progress is `unknown` for a rule without one."""
        return self.excel(t), unknown
