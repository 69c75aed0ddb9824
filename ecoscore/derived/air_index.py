"""环境空气质量综合指数: the weighted sum of the six pollutants' concentrations over their limits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ecoscore.derived import kernels
from ecoscore.derived.air_editions import EDITIONS, AirEdition
from ecoscore.derived.figures import UNKNOWN, equation, plain, result
from ecoscore.derived.function import Argued, Argument, Function, Source
from ecoscore.model.rule import Array, Explanation

_POLLUTANTS = ("SO2", "NO2", "PM10", "PM2.5", "CO", "O3")
_ARGUMENTS = (
    Argument("so2", "SO2年均浓度", "μg/m³"),
    Argument("no2", "NO2年均浓度", "μg/m³"),
    Argument("pm10", "PM10年均浓度", "μg/m³"),
    Argument("pm25", "PM2.5年均浓度", "μg/m³"),
    Argument("co", "CO日均值第95百分位数", "mg/m³"),
    Argument("o3", "O3日最大8小时平均第90百分位数", "μg/m³"),
)


@dataclass(frozen=True)
class AirIndex(Function):
    """I = Σ w·C/S over SO2, NO2, PM10, PM2.5, CO, O3; S and w of one dated edition (see air_editions).

    Document: 《城市环境空气质量排名技术规定》环办〔2014〕64号 for the sum; GB 3095 for the limits. Confidence by edition.
    Decided: concentrations are taken as given (rounded to whole μg/m³ or not, sand and dust taken out or not) and the
    index is not rounded; wrap it in round_even(…, 2) to get the published form. All six are needed. For months and
    quarters the arguments are the means and percentiles of that time.
    Example: SO2 8, NO2 27, PM10 55, PM2.5 32, CO 1.0, O3 170 → 3.8208 (2013), 7.9750 (2026), 4.1042 (2026, equal weights).
    """

    air: AirEdition

    @property
    def name(self) -> str:  # type: ignore[override]
        return f"air_index_{self.air.suffix}"

    @property
    def title(self) -> str:  # type: ignore[override]
        return "环境空气质量综合指数"

    @property
    def formula(self) -> str:  # type: ignore[override]
        terms = zip(_POLLUTANTS, self.air.limits, self.air.weights, strict=True)
        return "＋".join(f"{'' if w == 1 else f'{plain(w)}×'}{p}÷{plain(s)}" for p, s, w in terms)

    @property
    def source(self) -> Source:  # type: ignore[override]
        return self.air.source

    @property
    def edition(self) -> str:  # type: ignore[override]
        return self.air.basis

    arguments = _ARGUMENTS
    family = "air_index"

    def compute(self, inputs: Sequence[Array]) -> Array:
        terms = zip(inputs, self.air.limits, self.air.weights, strict=True)
        return kernels.total([w * kernels.divide(c, s) for c, s, w in terms])  # type: ignore[arg-type]

    def excel(self, inputs: Sequence[str]) -> str:
        terms = zip(inputs, self.air.limits, self.air.weights, strict=True)
        return "+".join(f"{'' if w == 1 else f'{plain(w)}*'}{c}/{plain(s)}" for c, s, w in terms)

    def explain(self, inputs: Sequence[Argued]) -> Explanation:
        steps: list[tuple[str, Explanation]] = []
        sums: list[str] = []
        for pollutant, c, s, w in zip(_POLLUTANTS, inputs, self.air.limits, self.air.weights, strict=True):
            single, limit = c.value / s, plain(s)
            numbers = equation(f"{c.numbers}÷{limit}", single)
            steps.append((f"{pollutant}单项指数", Explanation(f"{c.words}÷{limit}", numbers, single)))
            shown = UNKNOWN if c.numbers == UNKNOWN else result(single)
            sums.append(shown if w == 1 else f"{plain(w)}×{shown}")
        value = float(self.compute([kernels.finite(c.value) for c in inputs]))  # type: ignore[arg-type]
        weighted = "" if set(self.air.weights) == {1.0} else "乘以权重"
        formula = f"六项单项指数（浓度÷二级限值）{weighted}之和"
        notes = (f"口径：{self.air.basis}；跨口径的指数不得比较",)
        return Explanation(formula, equation("＋".join(sums), value), value, notes, tuple(steps))


AIR_INDICES: tuple[AirIndex, ...] = tuple(AirIndex(edition) for edition in EDITIONS)
