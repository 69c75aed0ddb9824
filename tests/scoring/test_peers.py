"""Who is ranked with whom."""

from __future__ import annotations

import numpy as np

from ecoscore.model.dataset import Dataset
from ecoscore.model.district import District, Level
from ecoscore.model.period import Period
from ecoscore.scoring.peers import peers_of


def dataset(*districts: District) -> Dataset:
    shape = (1, len(districts), 1)
    return Dataset(
        districts, ("a",), (Period(2024),), np.zeros(shape), np.ones(shape, np.uint8), np.full(shape, np.nan)
    )


def test_all_alike_are_ranked_together_and_what_has_no_total_has_no_rank():
    peers = peers_of(dataset(District("甲区"), District("乙区"), District("丙区"), District("丁区")))
    assert peers.ranks(np.array([70.0, np.nan, 80.0, 70.0])).tolist() == [2, 0, 1, 2]
    assert peers.levels == {Level.COUNTY: 4}


def test_ranked_inside_level_and_group():
    peers = peers_of(
        dataset(
            District("甲区", peer_group="城区"),
            District("乙县", peer_group="县域"),
            District("丙区", peer_group="城区"),
            District("丁镇", level=Level.TOWN, peer_group="城区"),
        )
    )
    assert peers.ranks(np.array([70.0, 60.0, 80.0, 10.0])).tolist() == [2, 1, 1, 1]
    assert peers.levels == {Level.COUNTY: 3, Level.TOWN: 1}
