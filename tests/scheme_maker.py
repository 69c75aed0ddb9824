"""Small schemes written as text, so that a test shows what it scores."""

from __future__ import annotations

from ecoscore.model.scheme import Scheme
from ecoscore.schemes import parse_scheme

GRADES = "[{title: 优秀, min: 90}, {title: 良好, min: 70}, {title: 合格, min: 60}, {title: 不合格, min: 0}]"


def scheme(indicators: str, extra: str = "") -> Scheme:
    """A scheme with one group; `indicators` are flow mappings, one a line; `extra` more top-level keys."""
    lines = "\n".join(f"      - {line.strip()}" for line in indicators.strip().splitlines())
    text = (
        f"id: t\ntitle: 测试方案\nedition: '1'\n{extra}\ngrades: {GRADES}\n"
        f"groups:\n  - id: g\n    title: 组\n    indicators:\n{lines}\n"
    )
    return parse_scheme(text, "测试.yaml")


def one(rule: str, *, direction: str = "higher", weight: float = 100, more: str = "", extra: str = "") -> Scheme:
    """A scheme of one indicator `x`."""
    return scheme(
        f"{{id: x, title: 某指标, direction: {direction}, weight: {weight}, rule: {rule}{', ' + more if more else ''}}}",
        extra,
    )
