"""From parts to a whole: weighted arithmetic or geometric mean, or the lowest, of the parts that count."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ecoscore.model.rule import Array
from ecoscore.model.scheme import Aggregate, ShareOut


def shares(weights: Array, counts: NDArray[np.bool_], share_out: ShareOut = "proportional") -> Array:
    """Weights [K] normalised over the parts that count, `counts` [D, K] → [D, K], or [1, K] where all parts count.

    What is left out gives its weight to the rest, in proportion to their own weights or, with "even", in equal parts.
    Where all weights are 0 the parts share equally: such a group is shown but does not enter the total. Rows in which
    nothing counts are 0.
    """
    base = weights if np.any(weights > 0) else np.ones_like(weights)
    if counts.all():
        everyone: Array = (base / base.sum())[np.newaxis]
        return everyone
    own = np.where(counts, base, 0.0)
    if share_out == "even":
        heirs = counts & (base > 0)
        lost = np.where(counts, 0.0, base).sum(axis=1, keepdims=True)
        own += np.where(heirs, lost / np.maximum(heirs.sum(axis=1, keepdims=True), 1), 0.0)
    whole = own.sum(axis=1, keepdims=True)
    share: Array = np.divide(own, whole, out=np.zeros_like(own), where=whole > 0)
    return share


def weighted(parts: Array, share: Array) -> Array:
    """The weighted arithmetic mean of parts [D, K] that all count, by shares [K] → [D]; NaN where one has no score.

    Each row is summed by itself and in one order, so that the same figures give the same index wherever a district
    stands (a matrix product would not promise that).
    """
    mean: Array = np.einsum("dk,k->d", parts, share)
    return mean


def combine(parts: Array, share: Array, aggregate: Aggregate) -> Array:
    """Indices [D, K] weighed by `share` [D or 1, K] → [D]; NaN where nothing counts.

    A zero makes a geometric mean zero.
    """
    if aggregate == "minimum":
        lowest = np.where(share > 0, parts, np.inf).min(axis=1)
        return np.where(np.isfinite(lowest), lowest, np.nan)
    if share.shape[0] == 1 and share.any():
        known = np.where(share > 0, parts, 0.0) if not share.all() else parts
        if aggregate == "arithmetic":
            return weighted(known, share[0])
    known = np.where(share > 0, parts, 0.0 if aggregate == "arithmetic" else 1.0)
    if aggregate == "arithmetic":
        index = (known * share).sum(axis=1)
    else:
        with np.errstate(divide="ignore"):
            index = np.exp((np.log(np.maximum(known, 0.0)) * share).sum(axis=1, where=share > 0))
    return np.where(share.sum(axis=1) > 0, index, np.nan)


def excel_left(parts: Sequence[str], weights: Sequence[str]) -> str:
    """The formula of the weight that counts: of the parts that are numbers. Parts and weights are areas of one shape."""
    return "+".join(f"SUMPRODUCT(--ISNUMBER({p}),{w})" for p, w in zip(parts, weights, strict=True))


def excel_share(own: str, parts: Sequence[str], weights: Sequence[str], share_out: ShareOut = "proportional") -> str:
    """The formula of the share of a part that counts, whose weight is the cell `own`."""
    left = excel_left(parts, weights)
    if share_out == "proportional":
        return f"{own}/({left})"
    whole = f"SUM({','.join(weights)})"
    return f"({own}+({whole}-({left}))/COUNT({','.join(parts)}))/{whole}"


def excel_combine(
    parts: Sequence[str],
    weights: Sequence[str],
    aggregate: Aggregate,
    share_out: ShareOut = "proportional",
    *,
    cells: Sequence[tuple[str, str]] = (),
    cap: str = "",
) -> str:
    """The formula of a group's index over areas: parts that are not numbers are left out, their weight shared.

    Every weight given is positive: a part without weight has no say. "" where nothing is left, so that a parent leaves
    the group out in turn. `cells` are the same parts and weights one by one; only a geometric mean needs them, since
    LN of an area with text in it is an error. The comma form of SUMPRODUCT is meant: it passes over text, a product
    inside would not.
    """
    left, every = excel_left(parts, weights), ",".join(parts)
    if aggregate == "minimum":
        index = f"MIN({every})"
    else:
        if aggregate == "arithmetic":
            total, plain = (
                "+".join(f"SUMPRODUCT({p},{w})" for p, w in zip(parts, weights, strict=True)),
                f"SUM({every})",
            )
        else:
            total = "+".join(f"IF(ISNUMBER({p}),{w}*LN(MAX({p},1E-300)),0)" for p, w in cells)
            plain = f"LN(MAX(PRODUCT({every}),1E-300))"
        index = f"({total})/({left})"
        if share_out == "even":
            whole = f"SUM({','.join(weights)})"
            index = f"({total}+({whole}-({left}))/COUNT({every})*{plain})/{whole}"
        if aggregate == "geometric":
            zeros = "+".join(f'COUNTIF({p},"<=0")' for p in parts)
            index = f"IF({zeros}>0,0,EXP({index}))"
    index = f"MIN({cap},{index})" if cap else index
    return f'IF(COUNT({every})>0,{index},"")'
