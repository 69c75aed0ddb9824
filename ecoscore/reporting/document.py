"""An official document as its parts: what a bulletin says in order, to be set by PDF and Word alike."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from ecoscore.reporting.charts import Drawing
from ecoscore.reporting.view_parts import PaperMeta

Align = Literal["left", "center", "figures"]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading with its number in the text: level 1 「一、」, level 2 「（一）」."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the body, its first line indented by two characters; `lead` opens it in 黑体."""

    text: str
    lead: str = ""


@dataclass(frozen=True, slots=True)
class GridColumn:
    """A column of a table: `share` of its width among the others'."""

    title: str
    share: float
    align: Align = "center"


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with its caption; the header is repeated on every page."""

    caption: str
    columns: tuple[GridColumn, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    drawing: Drawing
    caption: str


@dataclass(frozen=True, slots=True)
class Notes:
    """Small print below a table."""

    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Signature:
    """Who answers for the document, and its date; room for a seal above them."""

    issuer: str
    date: str


@dataclass(frozen=True, slots=True)
class Enclosure:
    """What is attached, named below the body after an empty line."""

    text: str


@dataclass(frozen=True, slots=True)
class Annex:
    """What follows begins on a new page under its mark and title."""

    mark: str
    title: str


Part = Heading | Paragraph | Grid | Picture | Notes | Signature | Enclosure | Annex


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A bulletin or notice, complete. `paper` is its kind (通报); `addressee` "" where it is for everyone."""

    paper: str
    title: str
    addressee: str
    period: str
    scheme: str
    parts: tuple[Part, ...]
    meta: PaperMeta = field(default_factory=PaperMeta)

    @property
    def sentences(self) -> tuple[str, ...]:
        """Every paragraph's text, in order."""
        return tuple(p.lead + p.text for p in self.parts if isinstance(p, Paragraph))


# A title is cut only where a word ends (词意完整): after the period, the level, the subject.
_WORD_ENDS = re.compile(r"(?<=年度)|(?<=季度)|(?<=[0-9]月)|(?<=区县)|(?<=设区市)|(?<=）)|(?<=考核)")


def title_pieces(title: str) -> list[str]:
    """A title in pieces that are not to be torn apart."""
    return [piece for piece in _WORD_ENDS.split(title) if piece]


def title_lines(title: str, count: int) -> list[str]:
    """A title in `count` lines as equal as its words allow; more pieces than lines are needed, else it stays whole."""
    pieces = title_pieces(title)
    if count < 2 or len(pieces) < count:
        return [title]
    if count > 2:
        head = min(range(1, len(pieces) - count + 2), key=lambda n: abs(len("".join(pieces[:n])) - len(title) / count))
        return ["".join(pieces[:head]), *title_lines("".join(pieces[head:]), count - 1)]
    cut = min(range(1, len(pieces)), key=lambda n: abs(len("".join(pieces[:n])) - len(title) / 2))
    return ["".join(pieces[:cut]), "".join(pieces[cut:])]
