"""A result on the command line: the JSON documents scripts read, and tables and working papers for people."""

from __future__ import annotations

import math
from typing import Any

from ecoscore.cli.output import shortened, table
from ecoscore.model.observation import Status
from ecoscore.model.result import Result, WorkingRow
from ecoscore.model.rule import Explanation
from ecoscore.rules.wording import shown


def score_document(result: Result) -> dict[str, Any]:
    """The document of `score --json`: results in rank order, points and totals rounded by the scheme."""
    return {
        "scheme": result.scheme.id,
        "title": result.scheme.title,
        "edition": result.scheme.edition,
        "period": str(result.period),
        "results": [_district(result, d) for d in result.order],
        "findings": [f.as_json() for f in result.findings],
    }


def _district(result: Result, d: int) -> dict[str, Any]:
    layers, district = result.layers, result.districts[d]
    index = result.group_cells.index[d]
    return {
        "district": district.name,
        "peer_group": district.peer_group,
        "total": _number(layers.total[d]),
        "total_exact": _number(layers.total_exact[d]),
        "rank": int(layers.rank[d]) or None,
        "grade": layers.grade[d] or None,
        "base": _number(layers.base_rounded[d]),
        "base_exact": _number(layers.base[d]),
        "bonus": _number(layers.bonus[d]),
        "deduction": _number(layers.deduction[d]),
        "grade_reason": layers.grade_reason[d],
        "groups": {group.id: _number(index[g]) for g, group in enumerate(result.groups_in_order)},
        "indicators": {indicator.id: _cell(result, d, i) for i, indicator in enumerate(result.indicators)},
    }


def _cell(result: Result, d: int, i: int) -> dict[str, Any]:
    c = result.cells
    status = Status(int(c.status[d, i]))
    return {
        "value": _number(c.value[d, i]) if status is Status.REPORTED else None,
        "status": status.key,
        "individual": _number(c.individual[d, i]),
        "points": _number(result.points_rounded[d, i]),
        "weight": _number(c.weight[d, i]),
    }


def _number(value: Any) -> float | None:
    value = float(value)
    return value if math.isfinite(value) else None


def score_tables(result: Result) -> str:
    """The ranking, a table for each peer group."""
    layers, scheme = result.layers, result.scheme
    parts = [f"{scheme.title}（{scheme.edition}）　{result.period.title}"]
    if scheme.unranked:
        parts.append(f"不排名：{scheme.unranked}")
    sections: dict[tuple[str, str | None], list[list[str]]] = {}
    for d in result.order:
        district = result.districts[d]
        row = [
            str(int(layers.rank[d])) if layers.rank[d] else "—",
            district.name,
            f"{layers.total[d]:.{scheme.decimals}f}",
            layers.grade[d] or "—",
            f"{layers.base_rounded[d]:.{scheme.decimals}f}",
            f"{layers.bonus[d]:.{scheme.decimals}f}",
            f"{layers.deduction[d]:.{scheme.decimals}f}",
            shortened(layers.grade_reason[d] or "", 60),
        ]
        sections.setdefault((str(district.level), district.peer_group), []).append(row)
    header = ("名次", "区县", "总分", "等次", "基础分", "加分", "扣分", "等次说明")
    for (_, group), rows in sections.items():
        parts.append((f"【{group}】\n" if group else "") + table(header, rows, right=[0, 2, 4, 5, 6]))
    return "\n\n".join(parts)


def explain_document(result: Result, district: str) -> dict[str, Any]:
    """The document of `explain --json`: the district's result, and each score with its formula and numbers."""
    d = result.district_at[district]
    summary = _district(result, d)
    del summary["indicators"]
    baseline = result.baselines[d] if d < len(result.baselines) else None
    return {
        "scheme": result.scheme.id,
        "period": str(result.period),
        "baseline": None if baseline is None else str(baseline),
        **summary,
        "rows": [_row_document(row) for row in result.explain(district)],
        "adjustments": [
            {
                "adjustment": a.adjustment, "title": a.title, "layer": str(a.layer), "points": a.points,
                "count": a.count, "grade": a.grade, "ground": a.ground, "automatic": a.automatic,
            }
            for a in result.grounds(district)
        ],
    }  # fmt: skip


def _row_document(row: WorkingRow) -> dict[str, Any]:
    return {
        "indicator": row.indicator,
        "title": row.title,
        "unit": row.unit,
        "groups": list(row.groups),
        "value": row.value,
        "baseline": row.baseline or None,
        "status": row.status.key,
        "rule": row.rule,
        "individual": row.individual,
        "weight": row.weight,
        "points": row.points,
        "points_exact": row.points_exact,
        "clause": row.clause,
        "notes": list(row.notes),
        "explanation": _explanation_document(row.explanation),
    }


def _explanation_document(e: Explanation | None) -> dict[str, Any] | None:
    if e is None:
        return None
    steps = [{"title": title, **(_explanation_document(step) or {})} for title, step in e.steps]
    return {"formula": e.formula, "numbers": e.numbers, "score": e.score, "notes": list(e.notes), "steps": steps}


def explain_text(result: Result, district: str) -> str:
    """The working paper for the screen."""
    d, layers, decimals = result.district_at[district], result.layers, result.scheme.decimals
    lines = [f"{district}　{result.period.title}计分底稿　{result.scheme.title}（{result.scheme.edition}）"]
    path: tuple[str, ...] = ()
    for row in result.explain(district):
        if row.groups != path:
            path = row.groups
            lines += ["", f"【{' › '.join(path)}】"]
        lines += _row_lines(row, decimals)
    lines += ["", f"基础分 {layers.base_rounded[d]:.{decimals}f}"]
    for a in result.grounds(district):
        effect = f"{a.points:+.{decimals}f} 分" if a.points else f"等次 {a.grade}" if a.grade else ""
        lines.append(f"{a.title}：{effect}　{a.ground}")
    lines.append(
        f"总分 {shown(float(layers.total_exact[d]))} → {layers.total[d]:.{decimals}f}　等次 {layers.grade[d] or '—'}"
        + (f"（{layers.grade_reason[d]}）" if layers.grade_reason[d] else "")
    )
    return "\n".join(lines)


def _row_lines(row: WorkingRow, decimals: int) -> list[str]:
    unit = f" {row.unit}" if row.unit and row.status is Status.REPORTED else ""
    baseline = f"，基期 {row.baseline}" if row.baseline else ""
    lines = [
        f"{row.title}　{row.value}{unit}{baseline}　得分 {row.points:.{decimals}f} / {shown(row.weight, max(decimals, 2))}　（{row.rule}）"
    ]
    lines += _explained(row.explanation, "　　")
    lines += [f"　　注：{note}" for note in row.notes]
    if row.clause:
        lines.append(f"　　依据：{row.clause}")
    return lines


def _explained(e: Explanation | None, indent: str) -> list[str]:
    if e is None:
        return []
    lines = [f"{indent}{e.formula}", f"{indent}＝ {e.numbers}"]
    lines += [f"{indent}注：{note}" for note in e.notes]
    for title, step in e.steps:
        lines += [f"{indent}{title}", *_explained(step, indent + "　　")]
    return lines
