"""Results for the tests of papers: small schemes and repeatable values, scored by the real engine."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

from ecoscore.model.adjustment import Event
from ecoscore.model.dataset import Dataset
from ecoscore.model.district import District
from ecoscore.model.observation import Observation, Status, Target
from ecoscore.model.period import Period
from ecoscore.model.result import Result
from ecoscore.model.scheme import Scheme
from ecoscore.schemes import load_scheme, parse_scheme
from ecoscore.scoring import score_dataset

NOW, BEFORE = Period(2024), Period(2023)
TEN = ("甲区", "乙区", "丙区", "丁县", "戊县", "己县", "庚市", "辛市", "壬区", "癸县")


def scheme_text(
    groups: Sequence[str] = ("大气环境", "水环境"), each: int = 2, title: str = "示例方案", extra: str = ""
) -> str:
    """A scheme of level-and-progress indicators; every third one is binding, every second lower-is-better."""
    lines = [f"id: demo\ntitle: {title}\nedition: '2024'\nmissing: zero\ngroups:"]
    n = 0
    for g, name in enumerate(groups):
        lines.append(f"- id: g{g}\n  title: {name}\n  indicators:")
        for _ in range(each):
            n += 1
            lower = n % 2 == 0
            bounds = "{worst: 90, best: 20}" if lower else "{worst: 20, best: 90}"
            lines.append(
                f"  - id: i{n}\n    title: 第{n}项生态环境质量考核指标完成率\n    unit: '{'μg/m³' if lower else '%'}'\n"
                f"    direction: {'lower' if lower else 'higher'}\n    weight: {1 + n % 5}\n"
                f"    binding: {'true' if n % 3 == 0 else 'false'}\n    department: 生态环境局\n"
                f"    rule: {{kind: level_and_progress, share: 0.6, measure: {'relative' if lower else 'absolute'}, "
                f"level: {{kind: linear, bounds: {bounds}}}, "
                f"progress: {{kind: linear, bounds: {'{worst: 10, best: -10}' if lower else '{worst: -5, best: 5}'}}}}}"
            )
    lines.append(
        "grades: [{title: 优秀, min: 90}, {title: 良好, min: 70}, {title: 合格, min: 60}, {title: 不合格, min: 0}]"
    )
    return "\n".join(lines) + "\n" + extra


def small(
    groups: Sequence[str] = ("大气环境", "水环境"), each: int = 2, title: str = "示例方案", extra: str = ""
) -> Scheme:
    return parse_scheme(scheme_text(groups, each, title, extra), "示例.yaml")


def scored(
    scheme: Scheme,
    names: Sequence[str] = TEN[:3],
    *,
    period: Period = NOW,
    states: Mapping[tuple[str, str], Status] | None = None,
    values: Mapping[tuple[str, str], float] | None = None,
    baselines: Mapping[tuple[str, str], float] | None = None,
    targets: Sequence[Target] = (),
    events: Sequence[Event] = (),
    peer_groups: Sequence[str] = (),
    seed: int = 7,
) -> Result:
    """`scheme` over districts with random but repeatable values for two years; some states and values given."""
    draw = random.Random(seed)
    districts = [
        District(name, peer_group=peer_groups[n % len(peer_groups)] if peer_groups else None)
        for n, name in enumerate(names)
    ]
    observations = []
    for year in (period.previous_year, period):
        for name in names:
            for indicator in scheme.indicators:
                low, high = _range(indicator)
                value = round(draw.uniform(low, high), draw.choice((0, 1, 1, 2)))
                state = Status.REPORTED
                if year != period:
                    value = (baselines or {}).get((name, indicator.id), value)
                else:
                    state = (states or {}).get((name, indicator.id), state)
                    value = (values or {}).get((name, indicator.id), value)
                shown = value if state is Status.REPORTED else None
                observations.append(Observation(name, indicator.id, year, shown, state))
    dataset = Dataset.from_observations(districts, [i.id for i in scheme.indicators], observations, targets)
    return score_dataset(dataset, scheme, period, tuple(events))


def _range(indicator):
    bounds = indicator.rule.bounds
    if bounds is not None and bounds.worst is not None and bounds.best is not None:
        low, high = sorted((bounds.worst, bounds.best))
        return low + 0.45 * (high - low), high
    return 20.0, 100.0


def jiangsu(names: Sequence[str] = TEN, **given) -> Result:
    """The default scheme over ten districts, with targets for the indicators that need them."""
    scheme = load_scheme("jiangsu-green")
    goals = [
        Target(None, i.id, NOW, 40.0 if i.id.endswith("_cut") else 35.0)
        for i in scheme.indicators
        if "target" in i.rule.uses or i.id == "pm25"
    ]
    return scored(scheme, names, targets=goals, **given)
