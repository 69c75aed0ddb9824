"""pH 平均值: of the hydrogen ions, not of the pH values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ecoscore.derived import kernels
from ecoscore.derived.figures import equation, result, shown
from ecoscore.derived.function import Argued, Argument, Function, Source
from ecoscore.model.rule import Array, Explanation


@dataclass(frozen=True)
class PhMean(Function):
    """-log10 of the arithmetic mean of 10^(-pH): the concentration of hydrogen ions is averaged.

    Document: none read; practice of surface water statistics, confirmed in a public program. Any number of values.
    Decided: not rounded; a pH outside 0 to 14 gives no value. Example: pH 6 and 8 → -log10((1e-6 + 1e-8)/2) = 6.29671, not 7.
    """

    name = "ph_mean"
    title = "pH平均值"
    formula = "−lg（10^−pH 的算术平均）"
    arguments = (Argument("ph", "pH", "无量纲"),)
    source = Source("地表水监测数据统计的通行做法", note="氢离子浓度算术平均的负对数，按公开程序核对；不修约")
    unit = "无量纲"
    variadic = True

    def compute(self, inputs: Sequence[Array]) -> Array:
        mean = kernels.average([kernels.power(np.asarray(10.0), -ph) for ph in inputs])
        on_scale = [
            kernels.compare(sign, ph, np.asarray(edge)) for ph in inputs for sign, edge in ((">=", 0.0), ("<=", 14.0))
        ]
        return kernels.choose(kernels.every(on_scale), -kernels.common_log(mean), np.asarray(np.nan))

    def excel(self, inputs: Sequence[str]) -> str:
        on_scale = ",".join(f"{ph}>=0,{ph}<=14" for ph in inputs)
        return f"IF(AND({on_scale}),-LOG10(({'+'.join(f'10^(-{ph})' for ph in inputs)})/{len(inputs)}),NA())"

    def explain(self, inputs: Sequence[Argued]) -> Explanation:
        value = float(self.compute([np.asarray(i.value) for i in inputs]))
        steps = []
        for i in inputs:
            ions = float(kernels.power(np.asarray(10.0), np.asarray(-i.value)))
            steps.append(
                (
                    f"{i.words} 的氢离子浓度",
                    Explanation(f"10^（−{i.words}）", f"10^（−{i.numbers}）＝{shown(ions)}", ions),
                )
            )
        parts = "＋".join(result(step.score) for _, step in steps)
        words = "＋".join(f"10^（−{i.words}）" for i in inputs)
        count = len(inputs)
        notes = tuple(
            f"{i.words} 不在 0 至 14 之间，不计算" for i in inputs if not np.isnan(i.value) and not 0 <= i.value <= 14
        )
        return Explanation(
            f"−lg［（{words}）÷{count}］", equation(f"−lg［（{parts}）÷{count}］", value), value, notes, tuple(steps)
        )  # fmt: skip


PH_MEAN = PhMean()
