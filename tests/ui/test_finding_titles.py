"""Kinds of findings have names."""

from __future__ import annotations

import ast
from pathlib import Path

from ecoscore.assessment.new import create
from ecoscore.paths import resource
from ui.finding_titles import FINDING_TITLES

ROOT = Path(__file__).resolve().parents[2]


def test_every_kind_in_the_demos_faulty_table_has_a_name(tmp_path):
    with create(tmp_path / "示 例.ecos", "jiangsu-green", resource("demo", "区县名单.xlsx")) as file:
        plan = file.plan_import([resource("demo", "有问题的表")])
    codes = {finding.code for finding in plan.findings}
    assert len(codes) >= 5
    assert codes <= set(FINDING_TITLES)


def test_names_are_short_enough_for_a_heading():
    assert all(len(title) <= 16 for title in FINDING_TITLES.values())


def test_every_kind_that_an_import_can_find_has_a_name():
    """Read out of the source: the first word given to whatever makes a finding."""
    codes = set()
    for path in (ROOT / "ecoscore" / "importing").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            position = {"error": 0, "warn": 0, "_refused": 0, "Doubt": 0, "Finding": 1}.get(name)
            if position is None or len(node.args) <= position:
                continue
            word = node.args[position]
            parts = [word.body, word.orelse] if isinstance(word, ast.IfExp) else [word]
            codes |= {part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str)}
    assert len(codes) > 50
    assert {code for code in codes if code.isidentifier()} - set(FINDING_TITLES) == set()
