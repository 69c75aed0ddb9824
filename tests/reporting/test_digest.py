"""The digest of a result: the same for the same result, another for any figure that a paper shows."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from ecoscore.model.adjustment import Event
from ecoscore.model.observation import Status, Target
from ecoscore.reporting.digest import algorithm, code_of, digest_of, hashed, is_known
from tests.reporting.builders import BEFORE, NOW, TEN, scored, small

BONUS = "adjustments: [{id: b, title: 命名, kind: bonus, points: 2}]"


def test_sm3_where_it_is_known():
    assert algorithm() in {"SM3", "SHA-256"}
    assert algorithm() == ("SM3" if is_known("SM3") else "SHA-256")
    if is_known("SM3"):  # the example of GB/T 32905
        assert hashed("abc", "SM3") == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    assert hashed("abc", "SHA-256").startswith("ba7816bf8f01cfea")


def test_equal_results_agree_and_the_code_can_be_read_out():
    one, again = digest_of(scored(small())), digest_of(scored(small()))
    assert one == again
    assert re.fullmatch(r"([0-9A-F]{4}-){3}[0-9A-F]{4}", one.code)
    assert one.code == code_of(one.whole)
    assert one.whole.upper().startswith(one.code.replace("-", ""))


def changed(**given):
    scheme = given.pop("scheme", small(extra=BONUS))
    return digest_of(scored(scheme, **given))


@pytest.mark.parametrize(
    ("given", "touched"),
    [
        ({"values": {("乙区", "i1"): 61.25}}, {"乙区"}),
        ({"baselines": {("乙区", "i1"): 55.5}}, {"乙区"}),
        ({"states": {("丙区", "i2"): Status.NOT_APPLICABLE}}, {"丙区"}),
        ({"targets": [Target("甲区", "i1", NOW, 1.0)]}, {"甲区"}),
        ({"events": [Event("甲区", NOW, "b", "命名", document="示例〔2024〕1号")]}, {"甲区"}),
        ({"peer_groups": ["城区"]}, {"甲区", "乙区", "丙区"}),
        ({"period": BEFORE}, {"甲区", "乙区", "丙区"}),
    ],
)
def test_whatever_a_paper_shows_counts_and_the_district_is_known(given, touched):
    plain, other = changed(), changed(**given)
    assert plain.whole != other.whole
    different = {name for name in plain.districts if plain.districts[name] != other.districts[name]}
    assert touched <= different


def test_the_text_of_the_scheme_counts_too():
    assert changed().whole != changed(scheme=small(extra=BONUS + "\nnote: 改了一句说明")).whole
    assert changed(names=TEN[:2]).whole != changed().whole


def test_the_last_bits_of_a_number_do_not_count():
    result = scored(small())
    shaken = replace(
        result, layers=replace(result.layers, base=result.layers.base * (1 + 1e-15), total_exact=result.layers.base * 2)
    )
    assert digest_of(shaken).whole == digest_of(result).whole


def test_the_other_algorithm_gives_another_digest():
    result = scored(small())
    if is_known("SM3"):
        assert digest_of(result, "SM3").whole != digest_of(result, "SHA-256").whole
