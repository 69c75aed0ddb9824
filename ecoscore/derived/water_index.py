"""水质指数 CWQI of a city's rivers or of its lakes: 21 single indices, summed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ecoscore.derived import kernels
from ecoscore.derived.figures import UNKNOWN, equation, plain, result
from ecoscore.derived.function import Argued, Argument, Confidence, Function, Source
from ecoscore.derived.water_limits import EDITION, ITEMS, PH_HIGH, PH_LOW, PH_NEUTRAL, WaterItem
from ecoscore.model.rule import Array, Explanation

DOCUMENT = "《城市地表水环境质量排名技术规定（试行）》"
NUMBER = "环办监测〔2017〕51号"
_NOTE = (
    "文号与 21 项已核对；单项算式由转引得来；断面取算术平均为通行做法。低于检出限的按检出限一半、pH 用 ph_mean 先行平均，"
    "都在填报时完成；指数不修约（公布为四位小数）"
)


@dataclass(frozen=True)
class WaterIndex(Function):
    """CWQI = Σ over 21 items of C/Cs, Cs the class III limit; dissolved oxygen Cs/C with Cs = 5;
    pH (7 - pH)/(7 - 6) up to 7, (pH - 7)/(9 - 7) above.

    Document: 《城市地表水环境质量排名技术规定（试行）》环办监测〔2017〕51号; limits GB 3838-2002 table 1, class III (total
    phosphorus 0.2 mg/L in rivers, 0.05 in lakes). Confidence: recalled.
    Arguments are means over all river sections (or lake points) of the city. Decided where the source is silent: all 21
    are needed (no index is made of the items at hand); dissolved oxygen of 0 or less gives no value; pH is taken at its
    distance from 7 without a cap.
    Example: the 21 river means of the test give 5.6907; all at their limits, pH 9 and oxygen 5 give 21.
    """

    lake: bool

    @property
    def name(self) -> str:  # type: ignore[override]
        return "cwqi_lake" if self.lake else "cwqi_river"

    @property
    def title(self) -> str:  # type: ignore[override]
        return "湖库水质指数" if self.lake else "河流水质指数"

    @property
    def formula(self) -> str:  # type: ignore[override]
        return (
            "pH 项＋5÷溶解氧＋其余 19 项（浓度÷Ⅲ类限值）之和，总磷限值 "
            f"{plain(self.limit(ITEMS[6]))}；pH 项：不大于 7 为 7−pH，大于 7 为（pH−7）÷2"
        )

    arguments = tuple(Argument(i.name, f"{i.title}平均值", "无量纲" if i.name == "ph" else "mg/L") for i in ITEMS)
    source = Source(DOCUMENT, NUMBER, "2017", Confidence.RECALLED, _NOTE)
    edition = EDITION
    family = "water_index"

    def limit(self, item: WaterItem) -> float:
        return item.lake if self.lake and item.lake is not None else item.limit

    def single(self, item: WaterItem, c: Array) -> Array:
        limit = np.asarray(self.limit(item))
        if item.name == "ph":
            acid = kernels.divide(kernels.subtract(np.asarray(PH_NEUTRAL), c), np.asarray(PH_NEUTRAL - PH_LOW))
            alkaline = kernels.divide(kernels.subtract(c, np.asarray(PH_NEUTRAL)), np.asarray(PH_HIGH - PH_NEUTRAL))
            return kernels.choose(kernels.compare("<=", c, np.asarray(PH_NEUTRAL)), acid, alkaline)
        return kernels.ratio(limit, c) if item.name == "do" else kernels.divide(c, limit)

    def compute(self, inputs: Sequence[Array]) -> Array:
        return kernels.total([self.single(item, c) for item, c in zip(ITEMS, inputs, strict=True)])

    def excel(self, inputs: Sequence[str]) -> str:
        return "+".join(self._excel_single(item, c) for item, c in zip(ITEMS, inputs, strict=True))

    def _excel_single(self, item: WaterItem, c: str) -> str:
        if item.name == "ph":
            return f"IF({c}<=7,7-{c},({c}-7)/2)"
        limit = plain(self.limit(item))
        return f"IF({c}>0,{limit}/{c},NA())" if item.name == "do" else f"{c}/{limit}"

    def explain(self, inputs: Sequence[Argued]) -> Explanation:
        steps: list[tuple[str, Explanation]] = []
        notes: list[str] = []
        for item, c in zip(ITEMS, inputs, strict=True):
            value = float(self.single(item, np.asarray(c.value)))
            words, numbers = (self._spelled(item, text, c.value) for text in (c.words, c.numbers))
            steps.append((f"{item.title}单项指数", Explanation(words, equation(numbers, value), value)))
            if item.name == "do" and c.value <= 0:
                notes.append(f"{c.words} 不大于 0，不计算")
        value = float(self.compute([np.asarray(c.value) for c in inputs]))
        parts = [UNKNOWN if np.isnan(step.score) else result(step.score) for _, step in steps]
        notes.append(f"口径：{EDITION} Ⅲ类")
        return Explanation(
            "21 项单项指数之和", equation("＋".join(parts), value), value, tuple(notes), tuple(steps)
        )  # fmt: skip

    def _spelled(self, item: WaterItem, c: str, value: float) -> str:
        if item.name == "ph":
            return f"7−{c}" if not value > PH_NEUTRAL else f"（{c}−7）÷2"
        limit = plain(self.limit(item))
        return f"{limit}÷{c}" if item.name == "do" else f"{c}÷{limit}"


WATER_INDICES = (WaterIndex(lake=False), WaterIndex(lake=True))
