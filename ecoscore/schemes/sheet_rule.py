"""A scoring rule as cells of a workbook: what stands in columns of its own, and the rest as 名称=值."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ecoscore.schemes import sheet_words as w

CellValue = str | float | None


def rule_cells(spec: Mapping[str, Any]) -> dict[str, CellValue]:
    """Column key → cell of a rule's mapping as a scheme file holds it."""
    cells: dict[str, CellValue] = {"rule.kind": w.RULE_TITLES[spec["kind"]]}
    if spec["kind"] != "level_and_progress":
        return cells | _part(spec, "rule")
    level, progress = spec["level"], spec["progress"]
    cells |= {
        "rule.share": spec["share"],
        "rule.measure": w.MEASURES[spec["measure"]],
        "rule.level.kind": w.RULE_TITLES[level["kind"]],
        "rule.progress.kind": w.RULE_TITLES[progress["kind"]],
        "rule.exempt_above": spec.get("exempt_above"),
        "rule.exempt_below": spec.get("exempt_below"),
        "rule.alone": spec.get("alone"),
    }
    return cells | _part(level, "rule") | _part(progress, "rule.progress")


def _part(spec: Mapping[str, Any], at: str) -> dict[str, CellValue]:
    """Bounds, floor and the other parameters of one rule, in the columns that begin with `at`."""
    cells: dict[str, CellValue] = {}
    bounds = spec.get("bounds")
    if bounds == "sample":
        cells[f"{at}.bounds.worst"], cells[f"{at}.bounds.best"] = w.SAMPLE_WORST, w.SAMPLE_BEST
    elif bounds is not None:
        cells[f"{at}.bounds.worst"] = _bound(bounds["worst"])
        cells[f"{at}.bounds.best"] = _bound(bounds.get("best"))
    handled = {"kind", "bounds"}
    if spec["kind"] in w.FLOOR_IN_MARKS and "floor" in spec:
        cells[f"{at}.floor"] = spec["floor"]
        handled.add("floor")
    rest = {key: value for key, value in spec.items() if key not in handled}
    cells[at] = "；".join(f"{name_of(spec['kind'], k)}={parameter_text(k, v)}" for k, v in rest.items()) or None
    return cells


def _bound(value: Any) -> CellValue:
    if isinstance(value, (list, tuple)):
        return "；".join(figure(v) for v in value)
    return None if value is None else float(value)


def name_of(kind: str, key: str) -> str:
    """The Chinese name of a parameter; one without a name is written by its key, which is read too."""
    return w.PARAMETERS.get(kind, {}).get(key, key)


def parameter_text(key: str, value: Any) -> str:
    if isinstance(value, bool):
        return w.YES if value else w.NO
    if isinstance(value, (list, tuple)):
        return "、".join(figure(v) for v in value)
    if isinstance(value, (int, float)):
        return figure(value)
    return w.PARAMETER_CHOICES.get(key, {}).get(str(value), str(value))


def figure(value: float) -> str:
    """A number in the fewest digits that read back as the very same."""
    return repr(float(value)).removesuffix(".0")


def rule_guide() -> list[tuple[str, str, str]]:
    """Title, columns in use and other parameters with their meaning, of each rule: for the sheet that explains."""
    from ecoscore.rules import KINDS  # noqa: PLC0415  only the writer needs it

    guide = []
    for kind, rule in KINDS.items():
        texts = {p.name: p.text for p in rule.parameters}
        used = [t for key, t in (("bounds", "最差值、最优值"), ("share", "存量占比及其右各列")) if key in texts]
        if "floor" in texts and kind in w.FLOOR_IN_MARKS:
            used.append("下限分")
        others = [
            f"{name}：{_meaning(key, texts.get(key, ''))}" for key, name in w.PARAMETERS[kind].items() if key in texts
        ]
        guide.append((rule.title, "、".join(used) or "—", "；".join(others) or "—"))
    return guide


def _meaning(key: str, text: str) -> str:
    if key in w.PARAMETER_CHOICES:
        return f"写“{'”或“'.join(w.PARAMETER_CHOICES[key].values())}”"
    if key in w.FLAGS:
        return f"{text}（是、否）"
    if key in w.LISTS:
        return f"{text}，用顿号隔开"
    return text
