"""减污降碳协同度: how far pollutant and carbon fell together, against what was asked of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ecoscore.derived import kernels
from ecoscore.derived.figures import UNKNOWN, equation, result
from ecoscore.derived.function import Argued, Argument, Confidence, Function, Source
from ecoscore.model.rule import Array, Explanation

_HUNDRED, _ZERO = np.asarray(100.0), np.asarray(0.0)


@dataclass(frozen=True)
class CoControl(Function):
    """Fall r = 100 (b - x)/b of pollutant and of carbon against the baseline period, in percent; if both fell (r > 0),
    √(r_pollutant/t_pollutant × r_carbon/t_carbon), else 0. t are the falls aimed at, in percent.

    Source: the default scheme's note (派生：污染物与碳排放同比都下降时为两者降幅之几何平均相对目标，否则为 0); no document
    lays it down. Decided: each fall is measured against its own target (with equal targets this is the geometric mean
    over the target); a fall of exactly 0 is no fall; there is no cap at 1, the scheme's rule clips; a baseline or target
    of 0 or less gives no value. For several pollutants use the mean of several degrees, or a sum as the pollutant.
    Example: pollutant 100 → 94 with 3 % asked, carbon 200 → 196 with 4 % asked: √(2 × 0.5) = 1.
    """

    name = "co_control"
    title = "减污降碳协同度"
    formula = (
        "污染物与碳排放都下降时为 √［（污染物降幅÷目标）×（碳排放降幅÷目标）］，否则为 0；降幅＝100×（基期−本期）÷基期"
    )
    arguments = (
        Argument("pollutant", "污染物排放量或浓度", both=True),
        Argument("carbon", "二氧化碳排放量或强度", both=True),
        Argument("pollutant_target", "污染物降幅目标", "%"),
        Argument("carbon_target", "碳排放降幅目标", "%"),
    )
    source = Source(
        "江苏绿色政绩考核示例方案", confidence=Confidence.OWN,
        note="没有文件规定；两项降幅各与自己的目标相比，不封顶，降幅恰为 0 视为未下降",
    )  # fmt: skip

    def compute(self, inputs: Sequence[Array]) -> Array:
        pollutant, carbon, pollutant_target, carbon_target, pollutant_before, carbon_before = inputs
        dirt, coal = self._fall(pollutant, pollutant_before), self._fall(carbon, carbon_before)
        product = kernels.multiply(kernels.ratio(dirt, pollutant_target), kernels.ratio(coal, carbon_target))
        both = kernels.every([kernels.compare(">", fall, _ZERO) for fall in (dirt, coal)])
        together = kernels.choose(both, kernels.root(product), _ZERO)
        return np.where(np.isnan(product), np.nan, together)

    def _fall(self, now: Array, before: Array) -> Array:
        return kernels.ratio(kernels.multiply(_HUNDRED, kernels.subtract(before, now)), before)

    def excel(self, inputs: Sequence[str]) -> str:
        p, c, p_target, c_target, p_before, c_before = inputs
        dirt, coal = f"(100*({p_before}-{p})/{p_before})", f"(100*({c_before}-{c})/{c_before})"
        sound = ",".join(f"{x}>0" for x in (p_before, c_before, p_target, c_target))
        fell = f"AND({p_before}>{p},{c_before}>{c})"
        return f"IF(AND({sound}),IF({fell},SQRT({dirt}/{p_target}*{coal}/{c_target}),0),NA())"

    def explain(self, inputs: Sequence[Argued]) -> Explanation:
        p, c, p_target, c_target, p_before, c_before = inputs
        value = float(self.compute([np.asarray(i.value) for i in inputs]))
        steps: list[tuple[str, Explanation]] = []
        for title, now, before in (("污染物降幅（%）", p, p_before), ("碳排放降幅（%）", c, c_before)):
            fall = float(self._fall(np.asarray(now.value), np.asarray(before.value)))
            words, numbers = (
                f"100×（{b}−{n}）÷{b}" for b, n in ((before.words, now.words), (before.numbers, now.numbers))
            )
            steps.append((title, Explanation(words, equation(numbers, fall), fall)))
        first, second = (step.score for _, step in steps)
        formula = f"√［（污染物降幅÷{p_target.words}）×（碳排放降幅÷{c_target.words}）］，有一项未下降为 0"
        notes = [f"{i.words} 不大于 0，不计算" for i in (p_before, c_before, p_target, c_target) if i.value <= 0]
        if value == 0:
            stayed = "、".join(t for t, fall in (("污染物", first), ("碳排放", second)) if fall <= 0)
            return Explanation(formula, f"{stayed}未下降，得 0", 0.0, tuple(notes), tuple(steps))
        falls = [UNKNOWN if np.isnan(fall) else result(fall) for fall in (first, second)]
        numbers = f"√［（{falls[0]}÷{p_target.numbers}）×（{falls[1]}÷{c_target.numbers}）］"
        return Explanation(formula, equation(numbers, value), value, tuple(notes), tuple(steps))


CO_CONTROL = CoControl()
