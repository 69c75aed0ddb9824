"""The plain tables behind the bundled demo and the public figures, read without the product's importer."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd
import yaml

from ecoscore.model.adjustment import Event
from ecoscore.model.dataset import Dataset
from ecoscore.model.district import District
from ecoscore.model.observation import Observation, Status, Target
from ecoscore.model.period import Period
from ecoscore.model.scheme import Scheme
from ecoscore.paths import resource

PLAIN = Path(__file__).parent.parent / "tools"
DEMO = resource("demo")
REAL = resource("demo", "real")
URBAN = ("甲区", "乙区", "丙区", "丁区", "戊区")
RURAL = ("己县", "庚县", "辛县", "壬县", "癸县")
STATES = {"不适用": Status.NOT_APPLICABLE, "未报": Status.MISSING}


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def demo_districts() -> tuple[District, ...]:
    return tuple(District(n, peer_group="城区" if n in URBAN else "县域") for n in (*URBAN, *RURAL))


def demo_observations() -> list[Observation]:
    """What the ten districts' tables say, one observation a cell."""
    found = []
    for row in rows(PLAIN / "demo_values.csv"):
        for district in (*URBAN, *RURAL):
            text = row[district]
            status = STATES.get(text, Status.REPORTED)
            value = float(text) if status is Status.REPORTED else None
            found.append(Observation(district, row["indicator"], Period.parse(row["period"]), value, status))
    return found


def demo_targets() -> list[Target]:
    return [
        Target(d, row["indicator"], Period.parse(row["period"]), float(row[d]))
        for row in rows(PLAIN / "demo_targets.csv")
        for d in (*URBAN, *RURAL)
    ]


def demo_events() -> list[Event]:
    listed = yaml.safe_load((DEMO / "events.yaml").read_text(encoding="utf-8"))["events"]
    return [
        Event(
            e["district"],
            Period.parse(e["period"]),
            e["adjustment"],
            e["matter"],
            e.get("count", 1),
            e["document"],
            str(e["date"]),
            e["office"],
        )
        for e in listed
    ]


def demo_dataset(scheme: Scheme) -> Dataset:
    ids = [i.id for i in scheme.indicators]
    return Dataset.from_observations(demo_districts(), ids, demo_observations(), demo_targets())


def three_cities(scheme: Scheme) -> pd.DataFrame:
    """(city, year) × indicator ids; a figure that was not printed is NaN."""
    by_title = {i.title: i.id for i in scheme.indicators}
    facts = pd.DataFrame(
        [(r["city"], r["year"], by_title[r["indicator"]], float(r["value"])) for r in rows(REAL / "three_cities.csv")],
        columns=["district", "period", "indicator", "value"],
    )
    table = facts.pivot(index=["district", "period"], columns="indicator", values="value")
    return table.reindex(columns=[i.id for i in scheme.indicators])


def bulletin(scheme: Scheme) -> pd.DataFrame:
    """Province × indicator ids, as printed in the bulletin."""
    by_name = {name: i.id for i in scheme.indicators for name in (i.title, *i.aliases)}
    table = pd.DataFrame(rows(REAL / "bulletin_2016.csv")).set_index("地区").drop(columns="年度")
    return table.rename(columns=lambda c: by_name[c.removesuffix("（%）")]).astype(float)


def published() -> pd.DataFrame:
    table = pd.DataFrame(rows(REAL / "bulletin_2016_published.csv")).set_index("地区")
    return table.astype({"绿色发展指数": float, "名次": int})
