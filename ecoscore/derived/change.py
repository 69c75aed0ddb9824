"""变化率: the change of a quantity against its baseline period, under the names that documents give it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ecoscore.derived.function import Argument, Confidence, Source

ARGUMENT = Argument("x", "指标或算式")


@dataclass(frozen=True, slots=True)
class ChangeForm:
    """100 × (x − prev(x)) ÷ |prev(x)|, in percent. x may be any expression without prev in it.

    Of an index, prev recomputes it from last year's quantities under the same edition, so the two share one basis.
    A baseline of 0 gives no rate, except that from 0 to 0 nothing has changed: 0, as a rule's relative measure has it.
    """

    name: str
    title: str
    source: Source
    formula: str = "100×（x−基期 x）÷｜基期 x｜"
    unit: str = "%"


_AIR = Source(
    "《城市环境空气质量变化程度排名方案》", "", "2017-02-12", Confidence.RECALLED,
    "R＝（I 本期−I 上年同期）÷I 上年同期×100%，负值为改善；各项污染物均达二级标准的城市不参与“恶化”排名，不在本算式内",
)  # fmt: skip
_WATER = Source(
    "《城市地表水环境质量排名技术规定（试行）》", "环办监测〔2017〕51号", "2017", Confidence.RECALLED,
    "ΔCWQI＝（CWQI 本期−CWQI 基期）÷CWQI 基期×100%，负值为改善；公布时保留两位小数，本算式不修约",
)  # fmt: skip

CHANGES: Mapping[str, ChangeForm] = {
    form.name: form
    for form in (
        ChangeForm("yoy", "同比变化率", Source("通用定义", note="基期值为 0 时不计算，基期、本期都为 0 的按 0 计；基期为负时除以其绝对值，升为正、降为负")),
        ChangeForm("air_change", "环境空气质量综合指数变化率", _AIR),
        ChangeForm("water_change", "城市水质指数变化率", _WATER),
    )
}  # fmt: skip
