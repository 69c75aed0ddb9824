"""The digest of a result: one canonical text of what was scored, hashed, and the short code that papers carry."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from functools import cache, lru_cache

from ecoscore.model.result import Result, plain
from ecoscore.rules.rounding import format_decimal

_spell = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode
_ALGORITHMS = {"SM3": "sm3", "SHA-256": "sha256"}
_CODE_LENGTH, _CODE_GROUP = 16, 4
_DISTRICT_LENGTH = 12
CODE_TITLE = "校验码"


@cache
def algorithm() -> str:
    """The best digest this machine has: SM3 (GB/T 32905) where its libraries know it, else SHA-256."""
    return next(name for name in _ALGORITHMS if is_known(name))


@cache
def is_known(name: str) -> bool:
    """Whether this machine can compute a digest of that name."""
    try:
        hashlib.new(_ALGORITHMS.get(name, name))
    except ValueError:
        return False
    return name in _ALGORITHMS


def hashed(text: str, name: str) -> str:
    return hashlib.new(_ALGORITHMS[name], text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Digest:
    """What a result amounts to: `whole` for all of it, `districts` a shorter one for each district's own part."""

    algorithm: str
    whole: str
    districts: dict[str, str] = field(default_factory=dict)

    @property
    def code(self) -> str:
        return code_of(self.whole)


def code_of(digest: str) -> str:
    """The short code: the digest's first 16 digits in groups that can be read out, 7F3A-91C2-0B5D-88E1."""
    head = digest[:_CODE_LENGTH].upper()
    return "-".join(head[n : n + _CODE_GROUP] for n in range(0, len(head), _CODE_GROUP))


@lru_cache(maxsize=16)
def digest_of(result: Result, name: str = "") -> Digest:
    """The digest of a result, by `name` (default: the best here). Equal results give equal digests on any machine:
    computed figures enter as they are rounded and printed, never as binary numbers.
    """
    name = name or algorithm()
    parts = {d.name: hashed(_district_text(result, n), name) for n, d in enumerate(result.districts)}
    head = [
        result.scheme.id, result.scheme.edition, hashed(result.scheme.source_text, name), str(result.period),
        [i.id for i in result.indicators],
    ]  # fmt: skip
    whole = hashed(_spell([head, list(parts.items())]), name)
    return Digest(name, whole, {district: text[:_DISTRICT_LENGTH] for district, text in parts.items()})


def _district_text(result: Result, d: int) -> str:
    """All that is printed of one district: inputs, points, layers, rank and grade."""
    cells, layers, scheme = result.cells, result.layers, result.scheme
    district = result.districts[d]

    def score(value: float) -> str:
        return format_decimal(float(value), scheme.decimals, scheme.rounding)

    rows = [
        [
            plain(float(cells.value[d, i])), int(cells.status[d, i]), plain(float(cells.baseline[d, i])),
            plain(float(cells.target[d, i])), score(result.points_rounded[d, i]),
        ]
        for i in range(len(result.indicators))
    ]  # fmt: skip
    grounds = [[a.adjustment, a.count, score(a.points), a.grade or "", a.ground] for a in result.grounds(district.name)]
    baseline = result.baselines[d] if d < len(result.baselines) else None
    return _spell([
        [district.name, district.level.value, district.peer_group or "", str(baseline or "")], rows,
        [score(array[d]) for array in (layers.base, layers.bonus, layers.deduction, layers.total)],
        [int(layers.rank[d]), layers.grade[d], layers.grade_reason[d] or ""], grounds,
    ])  # fmt: skip
