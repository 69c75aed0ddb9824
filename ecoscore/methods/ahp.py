"""层次分析法: weights from judgements in pairs, with how far these agree and which one to mend."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

import numpy as np

from ecoscore.errors import InputRefused
from ecoscore.methods.pairwise import checked_pairwise, complete_pairwise
from ecoscore.model.rule import Array

__all__ = ["RANDOM_INDEX", "AhpWeights", "Judgement", "ahp_weights", "complete_pairwise"]

Derivation = Literal["eigenvector", "geometric"]
IndexTable = Literal["saaty", "simulated"]
DERIVATION_TITLES = {"eigenvector": "特征根法", "geometric": "几何平均法（方根法）"}
# By the number of things compared, from 1. Saaty 1980 as it is printed everywhere (12 is below 11 there too), and
# the means of 1000 random matrices usual in Chinese textbooks (许树柏 1988).
RANDOM_INDEX: Mapping[IndexTable, tuple[float, ...]] = {
    "saaty": (0, 0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59),
    "simulated": (0, 0, 0.52, 0.89, 1.12, 1.26, 1.36, 1.41, 1.46, 1.49, 1.52, 1.54, 1.56, 1.58, 1.59),
}
INDEX_TITLES = {"saaty": "Saaty（1980）表", "simulated": "1000 次模拟表（许树柏，1988）"}
MOST = 15
LIMIT = 0.1
_SCALE = tuple(Fraction(n) for n in range(9, 0, -1)) + tuple(Fraction(1, n) for n in range(2, 10))


@dataclass(frozen=True, slots=True)
class Judgement:
    """The comparison that fits the rest least: `given` is how many times `first` outweighs `second` as judged.

    `fits` is what the other judgements imply; `on_scale` the nearest degree of the 1-9 scale; `ratio_after` the CR with it put in.
    """

    first: int
    second: int
    first_title: str
    second_title: str
    given: float
    fits: float
    on_scale: Fraction
    ratio_after: float

    @property
    def sentence(self) -> str:
        passes = "，即可通过" if self.ratio_after <= LIMIT else "，仍未通过，请接着改"
        return (
            f"“{self.first_title}”比“{self.second_title}”判为 {_degree(self.given)}，与其余判断最不合；"
            f"按其余判断约为 {self.fits:.3g}，可改为 {self.on_scale}（改后 CR＝{self.ratio_after:.4f}{passes}）"
        )


@dataclass(frozen=True, slots=True, eq=False)
class AhpWeights:
    """pairwise [n, n] as used; weights [n]; λmax, CI = (λmax - n)/(n - 1), RI, CR = CI/RI; `mend` where CR > 0.1."""

    pairwise: Array
    weights: Array
    derivation: Derivation
    lambda_max: float
    consistency_index: float
    random_index: float
    index_table: IndexTable
    consistency_ratio: float
    mend: Judgement | None = None
    notes: tuple[str, ...] = ()

    @property
    def consistent(self) -> bool:
        return self.consistency_ratio <= LIMIT


def ahp_weights(
    pairwise: Array | Sequence[Sequence[float]],
    titles: Sequence[str] = (),
    derivation: Derivation = "eigenvector",
    index_table: IndexTable = "saaty",
) -> AhpWeights:
    """Weights of the things compared: the principal right eigenvector, A w = λmax w, scaled to sum 1; or, with
    `geometric`, the geometric means of the rows, λmax then being the mean of (A w)_i / w_i.

    One or two things are always consistent (CR = 0). Weights are given even where CR > 0.1, with the judgement to
    mend: the pair whose a_ij is farthest, as a ratio, from w_i/w_j. The value that fits comes from the others alone (the
    pair left out as in incomplete comparisons), since w still carries the odd judgement.
    Sources: Saaty 1980, The Analytic Hierarchy Process; Saaty 2003 (EJOR 145(1) 85-91) for finding the judgement;
    Harker 1987 (Mathematical Modelling 9(11) 837-848) for leaving one out;
    Crawford & Williams 1985 for geometric means.
    """
    a, notes = checked_pairwise(pairwise, titles)
    n = len(a)
    names = tuple(titles) or tuple(f"第{k}项" for k in range(1, n + 1))
    if n > MOST:
        raise InputRefused(f"一次比较了 {n} 项，一致性检验只有到 {MOST} 项的标准", "请先分组，组内、组间各比较一次")
    if derivation not in DERIVATION_TITLES or index_table not in RANDOM_INDEX:
        raise InputRefused("没有这种算法或这张随机一致性指标表", "可用：eigenvector、geometric；saaty、simulated")
    w, largest = _derive(a, derivation)
    index, ratio = _consistency(largest, n, index_table)
    mend = _mend(a, w, names, derivation, index_table) if ratio > LIMIT else None
    return AhpWeights(
        a, w, derivation, largest, index, RANDOM_INDEX[index_table][n - 1], index_table, ratio, mend, notes
    )


def _derive(a: Array, derivation: Derivation) -> tuple[Array, float]:
    if derivation == "geometric":
        w = np.exp(np.log(a).mean(axis=1))
        w = w / w.sum()
        return w, float(((a @ w) / w).mean())
    values, vectors = np.linalg.eig(a)
    # Perron and Frobenius: a positive matrix has one real eigenvalue above all others, its vector of one sign.
    largest = int(np.argmax(values.real))
    w = np.abs(vectors[:, largest].real)
    return w / w.sum(), float(values[largest].real)


def _consistency(largest: float, n: int, table: IndexTable) -> tuple[float, float]:
    if n <= 2:
        return 0.0, 0.0
    index = max(0.0, (largest - n) / (n - 1))
    return index, index / RANDOM_INDEX[table][n - 1]


def _mend(a: Array, w: Array, names: Sequence[str], derivation: Derivation, table: IndexTable) -> Judgement:
    fits = w[:, None] / w[None, :]
    away = np.abs(np.log(a / fits))
    i, j = (int(k) for k in np.unravel_index(int(np.argmax(np.triu(away, 1))), a.shape))
    fit = _without(a, i, j)
    nearest = min(_SCALE, key=lambda degree: abs(np.log(float(degree) / fit)))
    mended = a.copy()
    mended[i, j], mended[j, i] = float(nearest), 1.0 / float(nearest)
    _, after = _consistency(_derive(mended, derivation)[1], len(a), table)
    return Judgement(i, j, names[i], names[j], float(a[i, j]), fit, nearest, after)


def _without(a: Array, i: int, j: int) -> float:
    """What w_i/w_j would be without the judgement of i and j: it is 0 there, and counted to the diagonal."""
    open_pair = a.copy()
    open_pair[i, j] = open_pair[j, i] = 0.0
    open_pair[i, i] = open_pair[j, j] = 2.0
    w, _ = _derive(open_pair, "eigenvector")
    return float(w[i] / w[j])


def _degree(value: float) -> str:
    """A judgement as people write it: 3, 1/5, or a plain number."""
    near = Fraction(value).limit_denominator(9)
    return str(near) if abs(float(near) - value) < 1e-9 else f"{value:.4g}"
