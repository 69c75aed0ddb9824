"""How a paper came about, kept in its mark: its kind, whom it is about and with which wishes, so that it can be made anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from ecoscore.reporting.view_parts import PaperMeta, SignatureField

_NOT_WISHED = ("code", "mark")  # what the paper is given, not what it was asked to look like


@dataclass(frozen=True, slots=True)
class Origin:
    """`about` is a district, department or term; `papers` and `districts` are told of a bound volume only; `level` where
    the districts of a level were asked for.
    """

    kind: str
    about: str = ""
    wishes: Mapping[str, Any] = field(default_factory=dict)
    papers: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    level: str = ""

    def as_json(self) -> dict[str, Any]:
        """What is set, as JSON takes it."""
        found = {f.name: getattr(self, f.name) for f in fields(self)}
        return {name: list(value) if isinstance(value, tuple) else value for name, value in found.items() if value}

    @classmethod
    def parse(cls, found: object) -> Origin | None:
        """The origin that a mark tells; None where it tells none that can be understood."""
        if not isinstance(found, dict) or not isinstance(found.get("kind"), str):
            return None
        wishes = found.get("wishes", {})
        lists = (found.get("papers", []), found.get("districts", []))
        if not isinstance(wishes, dict) or not all(isinstance(part, list) for part in lists):
            return None
        papers, districts = (tuple(str(text) for text in part) for part in lists)
        return cls(found["kind"], str(found.get("about", "")), wishes, papers, districts, str(found.get("level", "")))

    @property
    def meta(self) -> PaperMeta:
        """The wishes as they were given."""
        known = {f.name for f in fields(PaperMeta)} - {"signatures", *_NOT_WISHED}
        given: dict[str, Any] = {name: str(text) for name, text in self.wishes.items() if name in known}
        if isinstance(signed := self.wishes.get("signatures"), list):
            given["signatures"] = tuple(_signature(entry) for entry in signed if isinstance(entry, dict))
        return PaperMeta(**given)


def wishes_of(meta: PaperMeta | None) -> dict[str, Any]:
    """What was wished for besides the usual."""
    usual, meta = PaperMeta(), meta or PaperMeta()
    names = (f.name for f in fields(meta) if f.name not in _NOT_WISHED)
    found = {name: value for name in names if (value := getattr(meta, name)) != getattr(usual, name)}
    if "signatures" in found:
        found["signatures"] = [asdict(s) for s in found["signatures"]]
    return found


def _signature(entry: dict[str, Any]) -> SignatureField:
    return SignatureField(
        str(entry.get("label", "")), str(entry.get("name", "")), bool(entry.get("sealed")), bool(entry.get("opinion"))
    )
