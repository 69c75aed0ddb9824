"""A preview scores with another scheme or other values, and the file stays as it is; forms of rules are complete."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ecoscore.assessment import Assessment
from ecoscore.assessment.preview import effect, preview, preview_curve
from ecoscore.assessment.rules import part_kinds, rule_forms, rule_start
from ecoscore.schemes.draft import draft_of
from ecoscore.schemes.draft_check import check_draft
from tests.ui.builders import Y2024, make_file


@pytest.fixture
def file(tmp_path):
    with Assessment.open(make_file(tmp_path / "预 演.ecos")) as opened:
        yield opened


def heavier(file, weight):
    draft = draft_of(file.scheme)
    return check_draft(draft.put(draft.indicator("forest").key, "weight", weight)).scheme


def test_the_same_scheme_gives_the_same_result(file):
    before = file.score(Y2024)
    rows = effect(before, preview(file, Y2024))
    assert [r.district for r in rows] == [before.districts[n].name for n in before.order]
    assert not any(r.is_changed for r in rows)
    assert all(r.change.text.strip("0.") == "" for r in rows)


def test_other_weights_change_totals_but_not_the_file(file):
    before, version = file.score(Y2024), file.version
    rows = {r.district: r for r in effect(before, preview(file, Y2024, heavier(file, 300.0)))}
    assert rows["丙县"].change.raw < 0  # it has not reported what now weighs most
    assert rows["丙县"].change.text.startswith("−")
    assert rows["甲区"].rank == 1
    assert rows["甲区"].moved == rows["甲区"].rank_before - 1
    assert file.version == version
    assert file.score(Y2024) is before


def test_other_values_are_scored_in_place_of_those_held(file):
    held = file.observation("乙区", "pm25", Y2024)
    result = preview(file, Y2024, values=[replace(held, value=20.0)])
    assert result.individual.loc["乙区", "pm25"] == 100
    assert file.observation("乙区", "pm25", Y2024).value == 42


def test_a_new_indicator_has_no_values_yet(file):
    draft = draft_of(file.scheme)
    draft, _ = draft.duplicate(draft.indicator("pm25").key)
    scheme = check_draft(draft).scheme
    result = preview(file, Y2024, scheme)
    assert result.individual["pm25_2"].tolist() == [60, 60, 60]  # nobody has it: no data, as the bulletin scores it
    assert preview_curve(file, Y2024, scheme, "pm25_2").dots == ()
    assert len(preview_curve(file, Y2024, scheme, "pm25").dots) == 3
    assert preview_curve(file, Y2024, scheme, "nothing") is None


def test_every_rule_kind_can_be_begun(file):
    pm25 = draft_of(file.scheme).indicator("pm25")
    for kind, form in rule_forms().items():
        assert form.title
        assert all(f.title and f.kind for f in form.fields)
        spec = rule_start(kind, pm25.get("rule"), "lower")
        draft = draft_of(file.scheme).put(pm25.key, "rule", spec)
        checked = check_draft(draft)
        assert checked.scheme is not None, (kind, checked.errors)
        assert checked.scheme.by_id["pm25"].rule.kind == kind
        back = rule_start("efficacy", spec, "lower")
        assert check_draft(draft.put(pm25.key, "rule", back)).scheme is not None
    assert "level_and_progress" not in part_kinds("level")
    assert "bands" in part_kinds("progress")


def test_what_two_kinds_share_is_kept():
    old = {"kind": "efficacy", "floor": 55.0, "bounds": {"worst": 60.0, "best": 20.0}}
    assert rule_start("linear", old, "lower") == {"kind": "linear", "bounds": {"worst": 60.0, "best": 20.0}}
    assert rule_start("rank_step", old, "lower")["floor"] == 55
    whole = rule_start("level_and_progress", old, "lower")
    assert whole["level"] == old
