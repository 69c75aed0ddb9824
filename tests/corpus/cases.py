"""All cases of the corpus, by family."""

from __future__ import annotations

from collections.abc import Iterator

from tests.corpus.broken import all_broken
from tests.corpus.case import Case
from tests.corpus.cells import all_cells
from tests.corpus.layouts import all_layouts
from tests.corpus.meaning import all_meanings
from tests.corpus.several import all_several


def all_cases() -> Iterator[Case]:
    yield from all_layouts()
    yield from all_cells()
    yield from all_meanings()
    yield from all_several()
    yield from all_broken()
