"""The bundled scheme of derived indicators over districts with inputs of every state, drawn from a seed."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np

from ecoscore.model.dataset import Dataset
from ecoscore.model.district import District
from ecoscore.model.observation import Status
from ecoscore.model.result import Result
from ecoscore.model.scheme import MissingPolicy, Scheme
from ecoscore.schemes import load_scheme
from ecoscore.scoring import score_dataset
from tests.reporting.builders import BEFORE, NOW, TEN

_RANGES = {
    "so2": (5, 20), "no2": (15, 50), "pm10": (40, 90), "co": (0.6, 1.6), "good_days": (230, 330), "valid_days": (350, 365),
    "pollutant_emission": (900, 1100), "carbon_emission": (90, 110), "petitions": (80, 200), "pm25": (24, 50), "o3": (130, 190),
}  # fmt: skip


def derived_scheme(missing: MissingPolicy = "zero") -> Scheme:
    return replace(load_scheme("quality-derived"), missing=missing)


def full_dataset(scheme: Scheme, seed: int = 3) -> Dataset:
    """Ten districts, two years, everything that is owed."""
    r = random.Random(seed)
    ids = tuple(q.id for q in scheme.reported)
    shape = (2, len(TEN), len(ids))
    values, status = np.full(shape, np.nan), np.zeros(shape, dtype=np.uint8)
    for k, name in enumerate(ids):
        if name in _RANGES:
            low, high = _RANGES[name]
            values[:, :, k] = [[round(r.uniform(low, high), 2) for _ in TEN] for _ in range(2)]
            status[:, :, k] = Status.REPORTED
    return Dataset(tuple(District(n) for n in TEN), ids, (BEFORE, NOW), values, status, np.full(shape, np.nan))


def with_cells(dataset: Dataset, cells: dict[tuple[int, int, str], float | Status]) -> Dataset:
    """Some cells otherwise: (0 the baseline or 1, district, quantity) → a number or a state."""
    values, status = dataset.values.copy(), dataset.status.copy()
    for (p, d, name), new in cells.items():
        at = p, d, dataset.indicators.index(name)
        status[at] = new if isinstance(new, Status) else Status.REPORTED
        values[at] = np.nan if isinstance(new, Status) else new
    return replace(dataset, values=values, status=status)


def gaps() -> dict[tuple[int, int, str], float | Status]:
    """Inputs missing and not applicable in either year, and values reported beside their formula."""
    return {
        (1, 0, "so2"): Status.MISSING,
        (1, 1, "good_days"): Status.NOT_APPLICABLE,
        (1, 2, "valid_days"): 0.0,
        (1, 3, "petitions"): Status.NOT_CONCERNED,
        (0, 4, "petitions"): Status.MISSING,
        (0, 4, "co"): Status.NOT_APPLICABLE,
        (1, 5, "air_index"): 4.2,
        (0, 6, "air_index"): 4.4,
        (1, 7, "pm25"): Status.NOT_APPLICABLE,
        (0, 8, "pm25"): Status.MISSING,
        (1, 9, "synergy"): Status.NOT_APPLICABLE,
    }


def score_derived(dataset: Dataset, scheme: Scheme) -> Result:
    return score_dataset(dataset, scheme, NOW)
