"""What one import wrote and what was there before: enough to take all of it back, and to do it again."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ecoscore.model.district import District
from ecoscore.model.journal import Change
from ecoscore.model.observation import Target


@dataclass(frozen=True, slots=True)
class TargetChange:
    """A target before and after; None where there was none, or is none any more."""

    target: Target  # with either of the two values
    old: float | None
    new: float | None

    @property
    def backwards(self) -> TargetChange:
        return TargetChange(self.target, self.new, self.old)


@dataclass(frozen=True, slots=True)
class Learned:
    """What was learned of a name (`kind` is the store's word for it), before and after."""

    kind: str
    key: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class Aliases:
    """The aliases that a district was given, or that are taken from it."""

    district: str
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportRecord:
    """`files` are their names with their digests, as the journal has them; `files_count` how many."""

    changes: tuple[Change, ...] = ()
    targets: tuple[TargetChange, ...] = ()
    added: tuple[District, ...] = ()
    removed: tuple[District, ...] = ()
    aliases: tuple[Aliases, ...] = ()
    learned: tuple[Learned, ...] = ()
    files: str = ""
    files_count: int = 0

    @property
    def is_empty(self) -> bool:
        return not (self.changes or self.targets or self.added or self.removed or self.aliases or self.learned)

    @property
    def values_alone(self) -> tuple[Change, ...]:
        """The changes of values if there are no others; empty where more than values may have changed."""
        others = self.targets or self.added or self.removed or self.aliases or self.learned
        return () if others else self.changes

    @property
    def backwards(self) -> ImportRecord:
        """What takes back all that this one wrote."""
        return replace(
            self,
            changes=tuple(Change(c.district, c.indicator, c.period, c.new, c.old) for c in self.changes),
            targets=tuple(t.backwards for t in self.targets),
            added=self.removed,
            removed=self.added,
            aliases=tuple(Aliases(a.district, a.removed, a.added) for a in self.aliases),
            learned=tuple(Learned(k.kind, k.key, k.new, k.old) for k in self.learned),
        )

    @property
    def told(self) -> str:
        """How much it is, in words."""
        parts = [
            (len(self.changes), "个值"), (len(self.targets), "个目标值"), (len(self.added) + len(self.removed), "个区县"),
            (sum(len(a.added) + len(a.removed) for a in self.aliases), "个别名"), (len(self.learned), "项记住的读法"),
        ]  # fmt: skip
        return "、".join(f"{count} {what}" for count, what in parts if count)
