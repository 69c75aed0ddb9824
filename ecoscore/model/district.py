"""A district under assessment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """Administrative level; districts are ranked only among their own level and peer group."""

    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    TOWN = "town"
    VILLAGE = "village"


LEVEL_TITLES = {
    Level.PROVINCE: "省级",
    Level.CITY: "市级",
    Level.COUNTY: "县级",
    Level.TOWN: "乡镇级",
    Level.VILLAGE: "村级",
}


def usual_level(counts: Mapping[Level, int]) -> Level:
    """The level that is scored where none is named: the highest with more than one district, else the highest held."""
    several = [level for level in Level if counts.get(level, 0) > 1]
    return next(iter(several or [level for level in Level if counts.get(level)]), Level.COUNTY)


@dataclass(frozen=True, slots=True)
class District:
    """`name` identifies it in one assessment; `code` is its GB/T 2260 code where known; `parent` a district's name."""

    name: str
    code: str | None = None
    level: Level = Level.COUNTY
    parent: str | None = None
    peer_group: str | None = None
    aliases: tuple[str, ...] = ()
