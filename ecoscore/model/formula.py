"""What a derived indicator's formula must be able to do: compute, write its Excel formula, and explain itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol, runtime_checkable

from ecoscore.model.rule import Array, Explanation, Number


@runtime_checkable
class Formula(Protocol):
    """An immutable formula over quantities of the period assessed and of its baseline, equal by what it computes."""

    @property
    def text(self) -> str:
        """The formula as a scheme file holds it."""

    @property
    def names(self) -> frozenset[str]:
        """The quantities it uses of the period assessed."""

    @property
    def previous(self) -> frozenset[str]:
        """The quantities it uses of the baseline period."""

    @property
    def required(self) -> frozenset[str]:
        """Those of either period without which there is no value whatever the others are."""

    @property
    def basis(self) -> str | None:
        """The edition of the standard its value depends on, if any."""

    @property
    def review(self) -> bool:
        """Whether any part of it was recalled rather than read in the original."""

    def compute(self, values: Mapping[str, Array], previous: Mapping[str, Array] = ...) -> Array:
        """Values of the shape the given arrays broadcast to; NaN where there is none."""

    def excel(self, refs: Mapping[str, str], previous: Mapping[str, str] = ..., otherwise: str = ...) -> str:
        """The Excel formula without the leading `=`; it gives `otherwise` ("" unless told) where there is no value."""

    def explain(
        self, numbers: Mapping[str, Number], previous: Mapping[str, Number] = ..., titles: Mapping[str, str] = ...
    ) -> Explanation:
        """The computation in words with the numbers put in; `score` is the value."""
