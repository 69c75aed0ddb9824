"""What is unknown is seen, wherever it stands; extremes are not taken for it."""

from __future__ import annotations

import numpy as np
import pytest

from ecoscore.rules.unknown import all_finite, any_unknown


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(
    ("figures", "unknown", "finite"),
    [([1.0, 2.0], False, True), ([1.0, np.nan], True, False), ([np.inf, -np.inf], False, False), ([1e300, -1e300], False, True), ([], False, True)],
)  # fmt: skip
def test_unknown_and_finite(figures, unknown, finite):
    assert any_unknown(np.array(figures)) is unknown
    assert all_finite(np.array(figures)) is finite
