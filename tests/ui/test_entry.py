"""What is typed is read by the rules of the import; nothing is guessed."""

from __future__ import annotations

import pytest

from ecoscore.errors import InputRefused
from ecoscore.model.observation import Status
from ecoscore.schemes import parse_scheme
from tests.ui.builders import SCHEME, Y2024
from ui.entry import read_entry

PM = parse_scheme(SCHEME, "小方案.yaml").by_id["pm25"]
KEY = ("甲区", "pm25", Y2024)


@pytest.mark.parametrize(("text", "value"), [("32", 32.0), (" ３２．５ ", 32.5), ("1,234", 1234.0), ("32μg/m³", 32.0)])
def test_numbers(text, value):
    observation = read_entry(KEY, PM, text)
    assert observation.value == value
    assert (observation.raw, observation.source) == (text.strip(), "手工录入")


@pytest.mark.parametrize("text", ["—", "不适用", "/"])
def test_not_applicable(text):
    assert read_entry(KEY, PM, text).status is Status.NOT_APPLICABLE


@pytest.mark.parametrize("text", ["", "  ", "未报", "…"])
def test_nothing_reported(text):
    assert read_entry(KEY, PM, text) is None


@pytest.mark.parametrize("text", ["约32", "30-35", "无", "32mg/m³", "三十二"])
def test_refused_with_place_and_advice(text):
    with pytest.raises(InputRefused) as refused:
        read_entry(KEY, PM, text)
    assert refused.value.message.startswith("甲区“PM2.5年均浓度”填的是")
    assert refused.value.advice
