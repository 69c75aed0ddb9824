"""城市水质指数: the river and the lake index, weighed by their numbers of sections and points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ecoscore.derived import kernels
from ecoscore.derived.figures import equation
from ecoscore.derived.function import Argued, Argument, Confidence, Function, Source
from ecoscore.derived.water_index import DOCUMENT, NUMBER
from ecoscore.model.rule import Array, Explanation


@dataclass(frozen=True)
class WaterCity(Function):
    """CWQI = (river × M + lake × N) ÷ (M + N), M river sections and N lake points.

    Document: 《城市地表水环境质量排名技术规定（试行）》环办监测〔2017〕51号. Confidence: recalled (medium-high).
    Decided: both indices are needed; a city without lakes has none, so write
    if(n = 0, river, cwqi_city(river, m, lake, n)). M + N of 0 or less gives no value.
    Example: rivers 5.6907 at 8 sections, lakes 4.2 at 2 points → 5.39256.
    """

    name = "cwqi_city"
    title = "城市水质指数"
    formula = "（河流指数×M＋湖库指数×N）÷（M＋N）"
    arguments = (
        Argument("river", "河流水质指数"),
        Argument("m", "河流断面数", "个"),
        Argument("lake", "湖库水质指数"),
        Argument("n", "湖库点位数", "个"),
    )
    source = Source(
        DOCUMENT, NUMBER, "2017", Confidence.RECALLED,
        "没有湖库的城市写作 if(n = 0, river, cwqi_city(river, m, lake, n))",
    )  # fmt: skip

    def compute(self, inputs: Sequence[Array]) -> Array:
        river, m, lake, n = inputs
        whole = kernels.add(kernels.multiply(river, m), kernels.multiply(lake, n))
        return kernels.ratio(whole, kernels.add(m, n))

    def excel(self, inputs: Sequence[str]) -> str:
        river, m, lake, n = inputs
        return f"IF(({m}+{n})>0,({river}*{m}+{lake}*{n})/({m}+{n}),NA())"

    def explain(self, inputs: Sequence[Argued]) -> Explanation:
        value = float(self.compute([np.asarray(i.value) for i in inputs]))
        words, numbers = (
            f"（{river}×{m}＋{lake}×{n}）÷（{m}＋{n}）"
            for river, m, lake, n in ([i.words for i in inputs], [i.numbers for i in inputs])
        )
        count = inputs[1].value + inputs[3].value
        notes = ("断面与点位合计不大于 0，不计算",) if count <= 0 else ()
        return Explanation(words, equation(numbers, value), value, notes)


WATER_CITY = WaterCity()
