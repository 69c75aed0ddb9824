"""Scheme files: read whole, or refused with every problem, its line and its key."""

from __future__ import annotations

import pytest

from ecoscore.errors import InputRefused
from ecoscore.schemes import bundled, dump_scheme, load_scheme, parse_scheme

GOOD = """\
id: demo
title: 示例方案
edition: 2024
missing: reweight
limits: {bonus: 5}
binding: {deduct_from: 2, fail_from: 3, fail_grade: 不合格}
groups:
  - id: air
    title: 大气环境
    weight: 40
    indicators:
      - id: pm25
        title: PM2.5年均浓度
        aliases: [细颗粒物]
        unit: μg/m³
        direction: lower
        weight: 6
        binding: true
        valid: [0, 500]
        target: 35
        rule: {kind: efficacy, floor: 60, bounds: {worst: 60, best: 25}}
  - id: water
    title: 水环境
    groups:
      - id: river
        title: 河流
        aggregate: geometric
        indicators:
          - {id: iii, title: 优Ⅲ比例, weight: 6, rule: {kind: minmax, bounds: sample}}
adjustments:
  - {id: veto, title: 数据造假, kind: veto, grade: 不合格}
grades: [{title: 优秀, min: 90}, {title: 不合格, min: 0}]
"""


def problems(text: str) -> list[tuple[int, str, str]]:
    with pytest.raises(InputRefused) as refused:
        parse_scheme(text, "方案 一.yaml")
    assert all(f.file == "方案 一.yaml" and f.message for f in refused.value.findings)
    return [(f.line, f.key, f.code) for f in refused.value.findings]


def test_a_whole_scheme_is_read():
    scheme = parse_scheme(GOOD, "方案.yaml")
    pm25, iii = scheme.indicators
    assert (scheme.edition, scheme.missing, scheme.bonus_cap, scheme.binding.fail_grade) == (
        "2024",
        "reweight",
        5,
        "不合格",
    )
    assert (pm25.binding, pm25.valid, pm25.names) == (True, (0, 500), ("PM2.5年均浓度", "细颗粒物", "pm25"))
    assert [g.id for g in scheme.all_groups] == ["air", "water", "river"]
    assert scheme.group_of("iii").id == "river"
    assert iii.rule.kind == "minmax"


def test_written_and_read_again_it_is_the_same():
    scheme = parse_scheme(GOOD, "方案.yaml")
    assert parse_scheme(dump_scheme(scheme), "方案.yaml") == scheme


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("weight: 40", "wieght: 40", (10, "wieght", "unknown_key")),
        ("kind: efficacy", "kind: efficasy", (21, "rule.kind", "bad_rule")),
        ("floor: 60", "flour: 60", (21, "rule.flour", "bad_rule")),
        ("best: 25", "best: 65", (21, "rule.bounds", "bad_rule")),
        ("id: iii", "id: pm25", (29, "id", "duplicate_id")),
        ("weight: 6\n        binding", "weight: six\n        binding", (17, "weight", "not_a_number")),
        ("missing: reweight", "missing: guess", (4, "missing", "not_a_choice")),
        ("title: 大气环境\n", "title: 大气环境\n    title: 又一个\n", (10, "title", "duplicate_key")),
        ("优Ⅲ比例", "细颗粒物", (29, "title", "duplicate_title")),
        ("veto, grade: 不合格", "veto, grade: 极差", (31, "adjustments", "scheme")),
        ("  - id: water\n", "  - id: water\n   title: x\n", (23, None, "yaml_syntax")),
        ("valid: [0, 500]", "valid: [500, 0]", (19, "valid", "scheme")),
    ],
)
def test_each_problem_has_its_line_and_key(old, new, expected):
    assert old in GOOD
    assert expected in problems(GOOD.replace(old, new, 1))


def test_all_problems_come_at_once_in_the_order_of_lines():
    text = GOOD.replace("kind: minmax", "kind: minmux").replace("missing: reweight", "missing: guess")
    assert [line for line, _, _ in problems(text)] == [4, 29]


@pytest.mark.parametrize(
    "text", ["", "- 1\n- 2\n", "a: &x 1\nb: *x\n", "\t坏", "id: [", "{" * 60 + "}" * 60, "x: \x00"]
)
def test_what_is_no_scheme_is_refused_not_crashed_on(text):
    assert problems(text)


def test_files_are_read_by_path_or_bundled_id(tmp_path):
    path = tmp_path / "考核 方案（新）.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.encode("utf-8"))
    assert load_scheme(path).id == "demo"
    with pytest.raises(InputRefused, match="自带的方案有"):
        load_scheme("no-such-scheme")
    path.write_bytes(GOOD.encode("gb18030"))
    with pytest.raises(InputRefused, match="UTF-8"):
        load_scheme(path)


def test_the_bundled_schemes_start_with_the_default():
    schemes = {s.id: s for s in bundled()}
    assert next(iter(schemes)) == "jiangsu-green"
    assert len(schemes["jiangsu-green"].indicators) == 30
    assert sum(i.weight for i in schemes["jiangsu-green"].indicators) == 100
    assert len(schemes["green-development-2016"].indicators) == 56
    assert sum(g.own_weight for g in schemes["green-development-2016"].groups) == 109
