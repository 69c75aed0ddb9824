"""The fields of a scoring rule, made from the description of its parameters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ecoscore.assessment.rules import RuleField, part_kinds, rule_forms

_TOGETHER = (
    "选了其他指标后，本项和所选各项都比基期好，改善分才全算；有一项没有改善或没有数值，就只算到下面的分数。"
    "水平已到豁免线的不受此限。一项也不选，就是不作此要求。"
)
FIXED, SAMPLE, SLOPE = "fixed", "sample", "slope"
_MODES = {FIXED: "固定数值", SAMPLE: "取本期参评单位"}


@dataclass(frozen=True, slots=True)
class Asked:
    """A field to be built. `kind` beyond those of the editor: heading, note, rule_kind, mode."""

    path: str
    title: str
    kind: str
    note: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)
    default: Any = None


def rule_fields(spec: Mapping[str, Any], at: str, direction: str, kinds: tuple[str, ...] = ()) -> Iterator[Asked]:
    """What is asked of the rule whose mapping lies at the path `at`."""
    forms = rule_forms()
    kind = str(spec.get("kind", ""))
    offered = {k: forms[k].title for k in (kinds or tuple(forms))}
    yield Asked(f"{at}.kind", "计分法", "rule_kind", choices=offered)
    if kind not in forms:
        return
    mode = bounds_mode(spec)
    for asked in forms[kind].fields:
        if asked.kind == "part":
            yield Asked(f"{at}.{asked.name}", asked.title, "heading", asked.note)
            inner = spec.get(asked.name)
            turned = direction if asked.name == "level" else _toward(direction, str(spec.get("measure", "absolute")))
            held = inner if isinstance(inner, Mapping) else {}
            yield from rule_fields(held, f"{at}.{asked.name}", turned, part_kinds(asked.name))
        elif asked.kind == "indicators":
            yield Asked("", "双控双降", "heading")
            yield Asked(f"{at}.{asked.name}.?", _TOGETHER, "note")
            yield _plain(asked, at)
        elif asked.kind == "bounds":
            yield from _bounds(at, mode, direction, slope=kind == "linear" and "." not in at)
        elif not _is_idle(asked.name, mode, direction):
            yield _plain(asked, at)


def bounds_mode(spec: Mapping[str, Any]) -> str:
    """How a rule's bounds are given."""
    if "slope" in spec or "intercept" in spec:
        return SLOPE
    return SAMPLE if spec.get("bounds") == "sample" else FIXED


def with_mode(spec: Mapping[str, Any], mode: str) -> dict[str, Any]:
    """The same rule with its bounds given in another way, to be filled in."""
    kept = {k: v for k, v in spec.items() if k not in {"bounds", "slope", "intercept", "clip"}}
    if mode == SLOPE:
        return {**kept, "slope": 1.0, "intercept": 0.0}
    if "clip" in spec:
        kept["clip"] = spec["clip"]
    return {**kept, "bounds": "sample" if mode == SAMPLE else {}}


def signature(spec: object) -> object:
    """What decides which fields there are: where it is the same, their values are all that has changed."""
    if not isinstance(spec, Mapping):
        return None
    parts = tuple(signature(spec.get(p)) for p in ("level", "progress"))
    return spec.get("kind"), bounds_mode(spec), spec.get("measure") == "gap", parts


def _bounds(at: str, mode: str, direction: str, *, slope: bool) -> Iterator[Asked]:
    modes = {**_MODES, SLOPE: "斜率与常数（按分）"} if slope else _MODES
    yield Asked(f"{at}.bounds", "上下限", "mode", choices=modes)
    if mode != FIXED:
        return
    if direction == "range":
        yield Asked(f"{at}.bounds.worst.0", "过低限", "number", "不高于它得 0 分")
        yield Asked(f"{at}.bounds.worst.1", "过高限", "number", "不低于它得 0 分")
        return
    yield Asked(f"{at}.bounds.worst", "最差值", "number", "到它为止不再少得")
    yield Asked(f"{at}.bounds.best", "最优值", "number", "到它为止不再多得")


def _is_idle(name: str, mode: str, direction: str) -> bool:
    """Whether a parameter says nothing, as the bounds and the direction are."""
    if name in {"slope", "intercept"}:
        return mode != SLOPE
    return mode == SLOPE if name == "clip" else name == "inverse" and direction != "lower"


def _plain(asked: RuleField, at: str) -> Asked:
    kind = {"numbers": "numbers", "flag": "flag", "choice": "choice", "indicators": "indicators"}.get(
        asked.kind, "number"
    )
    return Asked(f"{at}.{asked.name}", asked.title, kind, asked.note, asked.choices, asked.default)


def _toward(direction: str, measure: str) -> str:
    """Whether a larger change is better, as the rule itself reads it."""
    return "lower" if direction == "lower" and measure != "gap" else "higher"
