"""Changes to a district that the file knows already: its attributes, its name, or that it goes."""

from __future__ import annotations

from sqlalchemy import delete, select, update

from ecoscore.model.district import District
from ecoscore.storage import rows
from ecoscore.storage.schema import districts, events, observations, targets, terms
from ecoscore.storage.store import Store


def put_district(store: Store, name: str, changed: District) -> None:
    """Give a district other attributes, and perhaps another name: whatever speaks of it follows."""
    record = rows.of_district(changed, 0)
    del record["position"]
    # Values, events and terms follow by their foreign keys; these two tables name districts without one.
    store.remove(update(districts).where(districts.c.name == name).values(**record))
    if changed.name != name:
        store.remove(update(districts).where(districts.c.parent == name).values(parent=changed.name))
        store.remove(update(targets).where(targets.c.district == name).values(district=changed.name))


def clear_district(store: Store, name: str) -> None:
    store.remove(delete(districts).where(districts.c.name == name))


def held_of(store: Store, name: str) -> dict[str, int]:
    """How much the file holds of a district, by what it is called."""
    tables = {"指标值": observations, "目标值": targets, "加减分事项": events, "任期": terms}
    found = {
        title: len(store.read(select(table.c.district).where(table.c.district == name)))
        for title, table in tables.items()
    }
    below = len(store.read(select(districts.c.name).where(districts.c.parent == name)))
    return {title: count for title, count in {**found, "下级": below}.items() if count}
