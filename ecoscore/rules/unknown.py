"""Whether anything among figures is unknown; counting answers sooner than `any` does where they are few."""

from __future__ import annotations

import numpy as np

from ecoscore.model.rule import Array


def any_unknown(figures: Array) -> bool:
    return bool(np.count_nonzero(np.isnan(figures)))


def all_finite(figures: Array) -> bool:
    return bool(np.count_nonzero(np.isfinite(figures)) == figures.size)
