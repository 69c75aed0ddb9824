"""The plain functions of formulas: min, max, mean, sum, abs, sqrt, round, round_even, and, or, not."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ecoscore.derived import kernels
from ecoscore.model.rule import Array


@dataclass(frozen=True, slots=True)
class Builtin:
    """A function so common that a working paper writes it out in place. `most` None: any number of arguments.

    `conditions`: takes conditions and is one. `digits`: its last argument is a whole number written out, 0 to 9.
    `signs`: its Excel formula puts signs between the arguments, so that they need brackets of their own.
    """

    name: str
    title: str
    usage: str
    least: int
    most: int | None
    compute: Callable[[Sequence[Array]], Array]
    excel: Callable[[Sequence[str]], str]
    words: Callable[[Sequence[str]], str]
    conditions: bool = False
    digits: bool = False
    signs: bool = False


def _listed(word: str) -> Callable[[Sequence[str]], str]:
    return lambda parts: f"{word}（{'，'.join(parts)}）"


def _called(name: str) -> Callable[[Sequence[str]], str]:
    return lambda parts: f"{name}({','.join(parts)})"


def _joined(word: str) -> Callable[[Sequence[str]], str]:
    return lambda parts: f"（{f' {word} '.join(parts)}）"


def _sum(parts: Sequence[str]) -> str:
    """Written with plus signs: SUM adds in another way, and differs in the last digit."""
    return f"({'+'.join(parts)})"


def _half_even(parts: Sequence[str]) -> str:
    """ROUND is half up; an exact tie goes to twice its rounded half."""
    x, digits = parts
    scaled = f"ROUND(({x})*10^{digits},{12 - int(digits)})"
    return f"IF(MOD({scaled},1)=0.5,2*ROUND({scaled}/2,0)/10^{digits},ROUND({x},{digits}))"


def _round(*, to_even: bool) -> Callable[[Sequence[Array]], Array]:
    return lambda parts: kernels.rounded(parts[0], int(np.ravel(parts[1])[0]), to_even=to_even)


_ALL = (
    Builtin("min", "最小值", "min(a, b, …)", 2, None, kernels.least, _called("MIN"), _listed("最小值")),
    Builtin("max", "最大值", "max(a, b, …)", 2, None, kernels.greatest, _called("MAX"), _listed("最大值")),
    Builtin(
        "mean", "平均值", "mean(a, b, …)", 1, None, kernels.average, lambda p: f"({_sum(p)}/{len(p)})", _listed("平均值"),
        signs=True,
    ),
    Builtin("sum", "合计", "sum(a, b, …)", 1, None, kernels.total, _sum, _listed("合计"), signs=True),
    Builtin("abs", "绝对值", "abs(x)", 1, 1, lambda p: np.abs(p[0]), _called("ABS"), lambda p: f"｜{p[0]}｜"),
    Builtin("sqrt", "平方根", "sqrt(x)", 1, 1, lambda p: kernels.root(p[0]), _called("SQRT"), _listed("√")),
    Builtin(
        "round", "四舍五入", "round(x, 小数位数)", 2, 2, _round(to_even=False), _called("ROUND"),
        lambda p: f"四舍五入到 {p[1]} 位小数（{p[0]}）", digits=True,
    ),
    Builtin(
        "round_even", "GB/T 8170 修约", "round_even(x, 小数位数)", 2, 2, _round(to_even=True), _half_even,
        lambda p: f"按 GB/T 8170 修约到 {p[1]} 位小数（{p[0]}）", digits=True,
    ),
    Builtin("and", "并且", "and(条件, 条件, …)", 2, None, kernels.every, _called("AND"), _joined("且"), conditions=True),
    Builtin("or", "或者", "or(条件, 条件, …)", 2, None, kernels.some, _called("OR"), _joined("或"), conditions=True),
    Builtin(
        "not", "否", "not(条件)", 1, 1, lambda p: 1.0 - p[0], _called("NOT"), lambda p: f"并非（{p[0]}）", conditions=True
    ),
)  # fmt: skip

BUILTINS: Mapping[str, Builtin] = {builtin.name: builtin for builtin in _ALL}
