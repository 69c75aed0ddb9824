"""Fields in a text: `{{总分}}`, `{{指标.名称}}`, `{{#指标:大气环境}}`; full-width braces and signs are the same."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_FIELD = re.compile(r"[{｛]{2}([^{}｛｝\n]{1,120})[}｝]{2}")
_LOOSE = re.compile(r"[{｛]{2}|[}｝]{2}")
MERGE = "合并"
OPTIONS = frozenset({MERGE})


@dataclass(frozen=True, slots=True)
class Field:
    """One field where it stands: `text[start:end]`. `name` is as typed without braces and options."""

    start: int
    end: int
    name: str
    options: frozenset[str] = frozenset()

    @property
    def shown(self) -> str:
        """As it is written in the template."""
        return "{{" + "|".join((self.name, *sorted(self.options))) + "}}"

    @property
    def key(self) -> str:
        return key_of(self.name)

    @property
    def merges(self) -> bool:
        """Equal neighbours of a repeated row become one cell."""
        return MERGE in self.options

    @property
    def opens(self) -> bool:
        return self.key.startswith("#")

    @property
    def closes(self) -> bool:
        return self.key.startswith("/")


def key_of(name: str) -> str:
    """A name as compared: width, case and spaces make no difference."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", name)).casefold()


def fields_in(text: str) -> tuple[Field, ...]:
    """Every field of a text, in order."""
    found = []
    for match in _FIELD.finditer(text):
        name, *options = re.split(r"[|｜]", match[1])
        found.append(Field(*match.span(), name.strip(), frozenset(key_of(o) for o in options)))
    return tuple(found)


def is_broken(text: str) -> bool:
    """Whether double braces are left over that open or close nothing."""
    return bool(_LOOSE.search(_FIELD.sub("", text)))


def has_braces(text: str) -> bool:
    return bool(_LOOSE.search(text))


def replaced(text: str, values: dict[Field, str]) -> str:
    """The text with each field replaced."""
    for field in sorted(values, key=lambda f: -f.start):
        text = text[: field.start] + values[field] + text[field.end :]
    return text
