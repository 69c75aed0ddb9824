"""Scoring from a table, for scripts: `score(values, scheme, period)`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

import numpy as np

from ecoscore.errors import InputRefused
from ecoscore.model.adjustment import Event
from ecoscore.model.dataset import Dataset
from ecoscore.model.district import District
from ecoscore.model.finding import Finding, Severity
from ecoscore.model.observation import Status
from ecoscore.model.period import Period
from ecoscore.model.result import Result
from ecoscore.model.rule import Array
from ecoscore.model.scheme import Scheme
from ecoscore.model.term import Term
from ecoscore.scoring.engine import score_dataset

if TYPE_CHECKING:
    import pandas as pd


def score(
    values: pd.DataFrame,
    scheme: Scheme,
    period: str | int | Period,
    *,
    districts: Iterable[District] | None = None,
    targets: pd.DataFrame | None = None,
    status: pd.DataFrame | None = None,
    events: Sequence[Event] = (),
    terms: Sequence[Term] = (),
) -> Result:
    """Score a table of values.

    values: index district names, columns indicator ids, for one period; or a MultiIndex (district, period), in any
    order of periods, for rules that need a baseline. An empty cell (None, NaN) is owed but not reported, unless
    `status` (same shape; words reported, missing, not_applicable, no_data) says otherwise; the text 不适用 or 「—」
    means not applicable. A column the scheme has and the table lacks counts as not reported.
    targets: as `values`, per-district targets of `period`. districts: levels and peer groups, matched by name.

    Raises InputRefused: columns the scheme does not know, cells that are not numbers, repeated districts, or what
    `score_dataset` refuses.
    """
    period = Period.parse(period)
    names, periods, at = _axes(values, period)
    _check_columns(values, scheme, "values")
    known = {d.name: d for d in districts or ()}
    ids = tuple(q.id for q in scheme.reported)
    shape = (len(periods), len(names), len(ids))
    numbers, states = np.full(shape, np.nan), np.zeros(shape, dtype=np.uint8)
    goals = np.full(shape, np.nan)
    columns = [ids.index(str(c)) for c in values.columns]
    block, words = _numbers(values)
    numbers[at[0][:, None], at[1][:, None], columns] = block
    states[at[0][:, None], at[1][:, None], columns] = words
    if status is not None:
        _check_columns(status, scheme, "status")
        _overlay_status(status, values, scheme, numbers, states, at)
    if targets is not None:
        _check_columns(targets, scheme, "targets")
        _overlay_targets(targets, period, names, periods, ids, goals)
    dataset = Dataset(tuple(known.get(n, District(n)) for n in names), ids, periods, numbers, states, goals)
    return score_dataset(dataset, scheme, period, events, terms)


def _axes(
    values: pd.DataFrame, period: Period
) -> tuple[list[str], tuple[Period, ...], tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]]:
    """District names in order of appearance, periods, and for each row its place on both."""
    if values.index.nlevels == 2:
        rows = [(str(d), _period(p)) for d, p in values.index]
    elif values.index.nlevels == 1:
        rows = [(str(d), period) for d in values.index]
    else:
        raise InputRefused("values 的行索引应是区县，或（区县, 考核期）两级", "请用 set_index 整理")
    if len(set(rows)) != len(rows):
        twice = next(r for r in rows if rows.count(r) > 1)
        raise InputRefused(f"values 里 {twice[0]} {twice[1].title}出现了不止一行", "每个区县每个考核期只能有一行")
    names = list(dict.fromkeys(d for d, _ in rows))
    periods = tuple(sorted({p for _, p in rows} | {period}))
    d_at, p_at = {d: n for n, d in enumerate(names)}, {p: n for n, p in enumerate(periods)}
    return (
        names,
        periods,
        (np.array([p_at[p] for _, p in rows], dtype=int), np.array([d_at[d] for d, _ in rows], dtype=int)),
    )


def _period(text: object) -> Period:
    try:
        return Period.parse(text if isinstance(text, Period) else str(text))
    except ValueError as error:
        raise InputRefused(str(error)) from error


def _check_columns(table: pd.DataFrame, scheme: Scheme, what: str) -> None:
    ids = [q.id for q in scheme.reported]
    columns = [str(c) for c in table.columns]
    if len(set(columns)) != len(columns):
        raise InputRefused(f"{what} 里有重复的列：{next(c for c in columns if columns.count(c) > 1)}", "请删去一列")
    if unknown := [c for c in columns if c not in ids]:
        near = get_close_matches(unknown[0], ids, 1)
        advice = f"是不是 {near[0]}？" if near else f"方案里的指标：{'、'.join(ids[:8])}{'…' if len(ids) > 8 else ''}"
        raise InputRefused(f"{what} 里的列 {unknown[0]} 不是方案“{scheme.title}”的指标", advice)


_NOT_APPLICABLE = {"不适用", "—", "——", "/", "不涉及"}


def _numbers(values: pd.DataFrame) -> tuple[Array, np.ndarray[Any, Any]]:
    """The cells as floats and states; InputRefused names every cell that is neither a number nor a known word."""
    if all(np.issubdtype(dtype, np.number) for dtype in values.dtypes if isinstance(dtype, np.dtype)) and all(
        isinstance(dtype, np.dtype) for dtype in values.dtypes
    ):
        block = values.to_numpy(dtype=np.float64)
        return block, np.where(np.isnan(block), Status.MISSING, Status.REPORTED).astype(np.uint8)
    cells = values.astype(object).to_numpy()
    block, states = np.full(cells.shape, np.nan), np.zeros(cells.shape, dtype=np.uint8)
    findings: list[Finding] = []
    missing = values.isna().to_numpy()
    for (row, column), cell in np.ndenumerate(cells):
        if missing[row, column]:
            continue
        if isinstance(cell, str) and cell.strip() in _NOT_APPLICABLE:
            states[row, column] = Status.NOT_APPLICABLE
        elif isinstance(cell, (int, float, np.number)) and not isinstance(cell, (bool, np.bool_)):
            block[row, column], states[row, column] = float(cell), Status.REPORTED
        else:
            name = values.index[row]
            findings.append(
                Finding(
                    Severity.ERROR,
                    "not_a_number",
                    f"{name}“{values.columns[column]}”不是数：{cell!r}",
                    "请改成数；不适用的写“不适用”",
                    district=str(name),
                    indicator=str(values.columns[column]),
                )
            )
    if findings:
        raise InputRefused(findings[0].message, findings[0].advice, findings)
    return block, states


def _overlay_status(
    status: pd.DataFrame,
    values: pd.DataFrame,
    scheme: Scheme,
    numbers: Array,
    states: np.ndarray[Any, Any],
    at: tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]],
) -> None:
    place: Mapping[Any, int] = {key: n for n, key in enumerate(values.index)}
    ids = [q.id for q in scheme.reported]
    for key, row in zip(status.index, status.to_numpy(dtype=object), strict=True):
        if key not in place:
            raise InputRefused(f"status 里的 {key} 不在 values 里", "两张表的行要一致")
        for column, word in zip(status.columns, row, strict=True):
            if not isinstance(word, str):
                continue
            try:
                code = Status.from_key(word)
            except KeyError as error:
                raise InputRefused(
                    f"status 里的 {word!r} 不认识", "可用 reported、missing、not_applicable、no_data"
                ) from error
            spot = (at[0][place[key]], at[1][place[key]], ids.index(str(column)))
            if code is Status.REPORTED and np.isnan(numbers[spot]):
                raise InputRefused(f"{key}“{column}”标为已报，但没有数值", "请填数或改状态")
            if code is not Status.REPORTED:
                numbers[spot] = np.nan
            states[spot] = code


def _overlay_targets(
    targets: pd.DataFrame,
    period: Period,
    names: list[str],
    periods: tuple[Period, ...],
    ids: tuple[str, ...],
    goals: Array,
) -> None:
    block, _ = _numbers(targets)
    columns = [ids.index(str(c)) for c in targets.columns]
    for key, row in zip(targets.index, block, strict=True):
        district, when = (str(key[0]), _period(key[1])) if isinstance(key, tuple) else (str(key), period)
        if district in names and when in periods:
            goals[periods.index(when), names.index(district), columns] = row
