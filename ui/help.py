"""The help texts under resources/help: one file a topic, read in sections, searched by words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ecoscore.paths import resource
from ui.pages import PAGES

BEYOND_PAGES = ("rules", "keys")
"""Topics that belong to no page: the scheme file with its rules, and the keys."""
TOPICS = (*(entry.key for entry in PAGES), *BEYOND_PAGES)
_AROUND = 24
_MARKS = re.compile(r"\*\*|`|\[([^\]]*)\]\([^)]*\)|^(?:\d+\.|-|\|)\s*|\s*\|\s*")


@dataclass(frozen=True, slots=True)
class Section:
    """A heading (empty above the first one) and the lines below it, as written."""

    heading: str
    lines: tuple[str, ...]

    @property
    def plain(self) -> str:
        """The text without its marks, to search in and to quote from."""
        return " ".join(_MARKS.sub(lambda m: m[1] or " ", line).strip() for line in self.lines)


@dataclass(frozen=True, slots=True)
class Topic:
    key: str
    title: str
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A section that holds all the words looked for, and the text around the first of them."""

    topic: Topic
    section: int
    excerpt: str

    @property
    def heading(self) -> str:
        return self.topic.sections[self.section].heading


@cache
def topic(key: str) -> Topic:
    """One topic, read from its file."""
    title, sections, heading, lines = key, [], "", []
    for line in resource("help", f"{key}.md").read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            title = line[2:].strip()
        elif line.startswith("## "):
            sections.append(Section(heading, tuple(lines)))
            heading, lines = line[3:].strip(), []
        elif line.strip():
            lines.append(line.strip())
    sections.append(Section(heading, tuple(lines)))
    return Topic(key, title, tuple(s for s in sections if s.heading or s.lines))


def search(text: str) -> tuple[Hit, ...]:
    """Sections with all the words of `text`, those first that have one in their heading."""
    words = text.casefold().split()
    found: list[tuple[bool, Hit]] = []
    for read in map(topic, TOPICS):
        for number, section in enumerate(read.sections):
            heading, plain = section.heading.casefold(), section.plain.casefold()
            if words and all(word in heading or word in plain or word in read.title.casefold() for word in words):
                headed = any(word in heading for word in words)
                found.append((not headed, Hit(read, number, _excerpt(section.plain, words))))
    return tuple(hit for _, hit in sorted(found, key=lambda pair: pair[0]))


def _excerpt(plain: str, words: list[str]) -> str:
    places = [at for word in words if (at := plain.casefold().find(word)) >= 0]
    start = max(0, min(places, default=0) - _AROUND // 2)
    end = start + 2 * _AROUND
    return ("…" if start else "") + plain[start:end].strip() + ("…" if end < len(plain) else "")
