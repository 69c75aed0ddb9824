"""The scoring rules, one a file, and the registry of their kinds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ecoscore.model.rule import Rule
from ecoscore.rules.bands import Bands
from ecoscore.rules.baseline_step import BaselineStep
from ecoscore.rules.efficacy import Efficacy
from ecoscore.rules.gap_deduct import GapDeduct
from ecoscore.rules.level_and_progress import LevelAndProgress
from ecoscore.rules.linear import Linear
from ecoscore.rules.minmax import MinMax
from ecoscore.rules.pass_fail import PassFail
from ecoscore.rules.rank_step import RankStep
from ecoscore.rules.spec import SpecError, SpecReader
from ecoscore.rules.target_ratio import TargetRatio
from ecoscore.rules.versus_mean import VersusMean

__all__ = ["KINDS", "SpecError", "SpecReader", "build_rule"]

KINDS: Mapping[str, Any] = {
    rule.kind: rule
    for rule in (
        Efficacy,
        MinMax,
        TargetRatio,
        PassFail,
        GapDeduct,
        Linear,
        Bands,
        RankStep,
        VersusMean,
        BaselineStep,
        LevelAndProgress,
    )
}


def build_rule(spec: SpecReader) -> Rule:
    """The rule a scheme's mapping describes; SpecError names the key that is wrong."""
    kind = str(spec.mapping.get("kind", ""))
    if kind not in KINDS:
        raise spec.error("kind", f"没有这种计分法：{kind!r}（可用：{'、'.join(KINDS)}）")
    read: Callable[..., Rule] = KINDS[kind].read
    rule = read(spec, build_rule) if kind == LevelAndProgress.kind else read(spec)
    return spec.done(rule)
