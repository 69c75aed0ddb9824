"""What a named function is: arguments with units, the document it comes from, and the three tongues."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from ecoscore.model.rule import Array, Explanation


class Confidence(StrEnum):
    """How sure we are of a formula: read in its source, known to the trade but not read, or laid down by this program."""

    CONFIRMED = "confirmed"
    RECALLED = "recalled"
    OWN = "own"


CONFIDENCE_TITLES = {
    Confidence.CONFIRMED: "已核对",
    Confidence.RECALLED: "请对照原文",
    Confidence.OWN: "本软件约定",
}


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument. `both` asks for its value in the baseline period as well, which the caller does not write."""

    name: str
    title: str
    unit: str = ""
    both: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """Where a formula comes from. `note` says what was decided where the document is silent."""

    document: str
    number: str = ""
    date: str = ""
    confidence: Confidence = Confidence.CONFIRMED
    note: str = ""

    @property
    def review(self) -> bool:
        """Whether it must be shown as 请对照原文."""
        return self.confidence is Confidence.RECALLED

    @property
    def title(self) -> str:
        return "，".join(part for part in (f"{self.document}{self.number}", self.date) if part)


@dataclass(frozen=True, slots=True)
class Argued:
    """An argument in a working paper: as words and as figures, both safe to put beside any sign, and its value."""

    words: str
    numbers: str
    value: float


class Function(ABC):
    """A named function. Subclasses are frozen dataclasses or plain singletons; they hold no state.

    `inputs` of the three tongues are the arguments in order, then the baseline values of those marked `both`.
    `edition` names the standard the result depends on ("" if none) and `family` what may not be mixed: two editions
    of one family are two bases. A `variadic` function takes its one argument any number of times.
    """

    name: str
    title: str
    formula: str
    arguments: tuple[Argument, ...]
    source: Source
    unit: str = ""
    edition: str = ""
    family: str = ""
    variadic: bool = False

    @abstractmethod
    def compute(self, inputs: Sequence[Array]) -> Array:
        """The value; NaN in gives NaN out."""

    @abstractmethod
    def excel(self, inputs: Sequence[str]) -> str:
        """A sum, product or call, without `=`; an error of Excel's where there is no value."""

    @abstractmethod
    def explain(self, inputs: Sequence[Argued]) -> Explanation:
        """In words with the figures put in; `score` is the value."""
