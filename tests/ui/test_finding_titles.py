"""Kinds of findings have names."""

from __future__ import annotations

from ecoscore.assessment.new import create
from ecoscore.paths import resource
from ui.finding_titles import FINDING_TITLES


def test_every_kind_in_the_demos_faulty_table_has_a_name(tmp_path):
    with create(tmp_path / "示 例.ecos", "jiangsu-green", resource("demo", "区县名单.xlsx")) as file:
        plan = file.plan_import([resource("demo", "有问题的表")])
    codes = {finding.code for finding in plan.findings}
    assert len(codes) >= 5
    assert codes <= set(FINDING_TITLES)


def test_names_are_short_enough_for_a_heading():
    assert all(len(title) <= 16 for title in FINDING_TITLES.values())
