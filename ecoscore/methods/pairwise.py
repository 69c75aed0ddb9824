"""A matrix of judgements in pairs: completed from its upper half, or checked as it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from ecoscore.errors import InputRefused
from ecoscore.model.rule import Array

_EXACT = 1e-9
_TYPED = 0.05


def complete_pairwise(count: int, judgements: Mapping[tuple[int, int], float]) -> Array:
    """The matrix of `count` things from one judgement for each pair: (i, j) → how many times i outweighs j.

    The other half are the exact reciprocals. Every pair is to be judged once.
    """
    a = np.eye(count)
    seen: set[frozenset[int]] = set()
    for (i, j), value in judgements.items():
        if i == j or not (0 <= i < count and 0 <= j < count):
            raise InputRefused(f"没有第 {i + 1} 项与第 {j + 1} 项的比较", f"一共 {count} 项，两两各比较一次")
        if frozenset((i, j)) in seen:
            raise InputRefused(f"第 {i + 1} 项与第 {j + 1} 项比较了两次", "每一对只填一次，反向的自动取倒数")
        if not np.isfinite(value) or value <= 0:
            raise InputRefused(f"第 {i + 1} 项比第 {j + 1} 项判为 {value:g}，应大于 0", "用 1—9 或它们的倒数")
        seen.add(frozenset((i, j)))
        a[i, j], a[j, i] = value, 1.0 / value
    for i in range(count):
        for j in range(i + 1, count):
            if frozenset((i, j)) not in seen:
                raise InputRefused(f"缺第 {i + 1} 项与第 {j + 1} 项的比较", "每一对都要比较一次")
    return a


def checked_pairwise(
    given: Array | Sequence[Sequence[float]], titles: Sequence[str] = ()
) -> tuple[Array, tuple[str, ...]]:
    """A square positive matrix with 1 on its diagonal and reciprocals across it, and notes on what was made exact.

    Reciprocals typed as short decimals (0.33 for 1/3, within 5 %) are taken for the exact reciprocal of the larger
    judgement of the pair, and noted; anything farther off is refused with both cells.
    """
    try:
        a = np.array(given, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise InputRefused("判断矩阵里有不是数的内容，或各行长短不一", "请填满 n×n 个数") from error
    if a.ndim != 2 or a.shape[0] != a.shape[1] or not a.size:
        raise InputRefused(f"判断矩阵应为方阵，给的是 {'×'.join(map(str, a.shape))}", "有几项就填几行几列")
    if titles and len(titles) != len(a):
        raise InputRefused(f"判断矩阵有 {len(a)} 项，名称有 {len(titles)} 个，对不上", "请核对")
    if (bad := np.argwhere(~np.isfinite(a) | (a <= 0))).size:
        i, j = (int(n) for n in bad[0])
        raise InputRefused(f"判断矩阵{_cell(i, j)}是 {a[i, j]:g}，应大于 0", "用 1—9 或它们的倒数")
    if (odd := np.flatnonzero(np.abs(np.diag(a) - 1) > _EXACT)).size:
        i = int(odd[0])
        raise InputRefused(f"判断矩阵{_cell(i, i)}是 {a[i, i]:g}，自己与自己比较应为 1", "请改为 1")
    return _reciprocal(a)


def _reciprocal(a: Array) -> tuple[Array, tuple[str, ...]]:
    off = np.abs(a * a.T - 1)
    if (far := np.argwhere(np.triu(off, 1) > _TYPED)).size:
        i, j = (int(n) for n in far[0])
        raise InputRefused(
            f"判断矩阵{_cell(i, j)}是 {a[i, j]:g}，{_cell(j, i)}是 {a[j, i]:g}，两者不互为倒数",
            f"{_cell(j, i)}应为 {1 / a[i, j]:.4g}，或改{_cell(i, j)}",
        )
    notes: tuple[str, ...] = ()
    exact = a.copy()
    np.fill_diagonal(exact, 1.0)
    for i, j in np.argwhere(np.triu(off, 1) > _EXACT):
        if a[i, j] >= a[j, i]:
            exact[j, i] = 1.0 / a[i, j]
        else:
            exact[i, j] = 1.0 / a[j, i]
        notes += (f"{_cell(int(i), int(j))}与{_cell(int(j), int(i))}按互为倒数取精确值",)
    if (exact.max() > 9 + _TYPED) or (exact.min() < 1 / (9 + _TYPED)):
        notes += ("有的判断超出 1—9 标度",)
    return exact, notes


def _cell(i: int, j: int) -> str:
    return f"第 {i + 1} 行第 {j + 1} 列"
