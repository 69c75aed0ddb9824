"""The plan: what is new, changed or the same, what is refused and why, who disagrees, who is missing."""

from __future__ import annotations

import json

import pytest

from ecoscore.errors import InputRefused
from ecoscore.importing.entries import Action
from ecoscore.importing.plan import FileState
from ecoscore.model.observation import Observation, Status, Target
from ecoscore.model.period import Period
from tests.importing.sheets import SCHEME, Y2023, Y2024, codes, finding, plan_of, values, write_xlsx

FACTS = """\
city,indicator,unit,year,value,basis
甲区,PM2.5年均浓度,μg/m³,2023,64,印出
甲区,PM2.5年均浓度,μg/m³,2024,42,印出；文中降幅印作34.3%（精确34.375%）
乙市,国省考断面水质优Ⅲ比例,%,2024,86.4,GB 3838-2002
"""


def observation(district, indicator, value, period=Y2024, **more):
    return Observation(district, indicator, period, value, **more)


def table(tmp_path, *rows, name="x.xlsx", header=("区县", "PM2.5年均浓度", "空气优良天数比率")):
    return write_xlsx(tmp_path / name, {"2024年度": [header, *rows]})


def test_new_changed_and_unchanged(tmp_path):
    path = table(tmp_path, ["甲区", 33, 80], ["乙县", 34.5, 81])
    current = [observation("甲区", "pm25", 33.0), observation("甲区", "good_days", 79.0)]
    plan = plan_of(path, current=current)
    assert [(e.new.district, e.new.indicator, e.action) for e in plan.entries] == [
        ("甲区", "pm25", Action.UNCHANGED),
        ("甲区", "good_days", Action.CHANGED),
        ("乙县", "pm25", Action.NEW),
        ("乙县", "good_days", Action.NEW),
    ]
    assert plan.entries[1].old.value == 79
    document = plan.to_json()
    assert (document["accepted"], document["unchanged"]) == (3, 1)
    assert document["changed"] == [
        {"district": "甲区", "indicator": "good_days", "period": "2024", "old": 79.0, "new": 80.0}
    ]
    assert len(document["files"][0]["sha256"]) == 64
    json.dumps(document)


def test_importing_the_same_file_twice_changes_nothing(tmp_path):
    path = table(tmp_path, ["甲区", 0.1 + 0.2, (0.864, "0.0%")], ["乙县", "—", "42"])
    first = plan_of(path)
    second = plan_of(path, current=[e.new for e in first.entries])
    assert {e.action for e in second.entries} == {Action.UNCHANGED}
    assert second.writes == ()


def test_an_error_stops_the_write_and_skipping_leaves_out_just_that_cell(tmp_path):
    path = table(tmp_path, ["甲区", "约33", 80], ["乙县", 34, 81])
    plan = plan_of(path)
    assert not plan.is_writable()
    assert plan.is_writable(skip_errors=True)
    assert plan.to_json()["accepted"] == 0
    assert plan.to_json(skip_errors=True)["accepted"] == 3
    found = finding(plan, "approximate")
    assert (found.file, found.sheet, found.cell) == ("x.xlsx", "2024年度", "B2")
    assert (found.district, found.indicator, found.period) == ("甲区", "pm25", "2024")
    assert "甲区" in found.message and "约33" in found.message and found.advice
    assert plan.files[0].sheets[0].problems[1, 1] == found
    assert plan.counts.refused == 1


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (("=1/0", "#DIV/0!"), "cell_error"),
        (("=A1", ""), "uncalculated"),
        ((44197, "yyyy/m/d"), "date_for_number"),
        (True, "bool_for_number"),
        ((0.33, "0%"), "percent_for_other_unit"),
        (501, "out_of_range"),
        ("-1", "out_of_range"),
        ("无", "ambiguous_none"),
        ("0.033mg/m³", "unit_mismatch"),
    ],
)
def test_a_cell_that_cannot_be_read_is_an_error_with_its_place(tmp_path, cell, code):
    plan = plan_of(table(tmp_path, ["甲区", cell, 80], name="甲 区.xlsx"))
    found = finding(plan, code)
    assert found.is_error
    assert found.where == "甲 区.xlsx › 2024年度 › B2"
    assert found.advice
    assert values(plan) == {("甲区", "good_days", "2024"): 80}


def test_a_percent_format_is_read_as_percent_with_a_note(tmp_path):
    plan = plan_of(table(tmp_path, ["甲区", 33, (0.864, "0.0%")], ["乙县", 34, (86.4, '0.0"%"')]))
    assert values(plan)["甲区", "good_days", "2024"] == 86.4
    assert values(plan)["乙县", "good_days", "2024"] == 86.4
    by_key = {e.key[:2]: e.new for e in plan.entries}
    assert "百分比格式" in by_key["甲区", "good_days"].note
    assert by_key["甲区", "good_days"].raw == "86.4%"


def test_blank_and_missing_words_write_nothing_and_are_told(tmp_path):
    path = table(tmp_path, ["甲区", None, "缺"], ["乙县", 34, 81])
    plan = plan_of(path, current=[observation("甲区", "pm25", 30.0)])
    assert ("甲区", "pm25", "2024") not in values(plan)
    assert finding(plan, "blank").district == "甲区"
    assert finding(plan, "not_reported").cell == "C2"
    assert not plan.errors


def test_two_files_that_disagree_name_both_places_and_write_neither(tmp_path):
    one = table(tmp_path, ["甲区", 33, 80], name="一.xlsx")
    two = table(tmp_path, ["甲区", 34, 80], name="二.xlsx")
    plan = plan_of(one, two)
    found = finding(plan, "conflicting_values")
    assert found.is_error
    assert "一.xlsx › 2024年度 › B2 为 33" in found.message
    assert "二.xlsx › 2024年度 › B2 为 34" in found.message
    assert values(plan) == {("甲区", "good_days", "2024"): 80}


def test_a_value_blank_in_one_file_and_given_in_another_is_not_missing(tmp_path):
    one = table(tmp_path, ["甲区", None, 80], name="一.xlsx")
    two = table(tmp_path, ["甲区", 34, None], name="二.xlsx")
    plan = plan_of(one, two)
    assert "blank" not in codes(plan)
    assert len(plan.entries) == 2


def test_unknown_districts_are_errors_with_proposals_or_added_on_request(tmp_path):
    path = table(tmp_path, ["甲区", 33, 80], ["丁区", 34, 81])
    plan = plan_of(path)
    found = finding(plan, "unknown_district")
    assert found.is_error and found.cell == "A3" and "丁区" in found.message
    assert len(plan.entries) == 2
    plan = plan_of(path, add_districts=True)
    assert [d.name for d in plan.new_districts] == ["丁区"]
    assert len(plan.entries) == 4
    assert not plan.errors


def test_a_whole_file_of_new_districts(tmp_path):
    path = table(tmp_path, ["东区", 33, 80], ["西区", 34, 81], ["合计", 67, 161])
    plan = plan_of(path, districts=(), add_districts=True)
    assert [d.name for d in plan.new_districts] == ["东区", "西区"]
    assert len(plan.entries) == 4


def test_a_misspelt_indicator_is_an_error_and_a_foreign_one_a_warning(tmp_path):
    path = table(tmp_path, ["甲区", 33, 80, 100], header=("区县", "PM2.5平均浓度", "空气优良天数比率", "常住人口"))
    plan = plan_of(path)
    errors = [f for f in plan.errors if f.code == "unknown_indicator"]
    warnings = [f for f in plan.warnings if f.code == "unknown_indicator"]
    assert [f.cell for f in errors] == ["B1"] and "PM2.5年均浓度" in errors[0].advice
    assert [f.cell for f in warnings] == ["D1"]
    assert values(plan) == {("甲区", "good_days", "2024"): 80}


def test_a_unit_of_another_kind_refuses_the_column(tmp_path):
    for header in (["区县", "PM2.5年均浓度（mg/m³）"],):
        path = table(tmp_path, ["甲区", 0.033], ["乙县", 0.034], header=header)
        plan = plan_of(path)
        found = finding(plan, "unit_mismatch")
        assert found.is_error and found.cell == "B1" and "2 个数值" in found.message
        assert "1 mg/m³ = 1000 μg/m³" in found.advice
        assert plan.entries == ()


def test_a_unit_column_of_another_kind_refuses_the_row(tmp_path):
    path = write_xlsx(
        tmp_path / "x.xlsx",
        {"甲区2024年": [["指标", "单位", "数值"], ["排污权交易金额", "亿元", 0.1], ["PM2.5年均浓度", "μg/m3", 33]]},
    )
    plan = plan_of(path)
    assert finding(plan, "unit_mismatch").cell == "B2"
    assert values(plan) == {("甲区", "pm25", "2024"): 33}


def test_percentages_written_as_ratios_are_suspected(tmp_path):
    path = table(tmp_path, ["甲区", 33, 0.8], ["乙县", 34, 0.81], ["丙区", 35, 0.79])
    assert finding(plan_of(path), "maybe_ratio").cell == "C2"


def test_a_value_ten_times_last_years_is_suspected(tmp_path):
    path = table(tmp_path, ["甲区", 335, 80])
    plan = plan_of(path, current=[observation("甲区", "pm25", 33.0, Y2023)])
    found = finding(plan, "far_from_last_year")
    assert not found.is_error and found.cell == "B2" and "33" in found.message


def test_districts_without_anything_are_named_once(tmp_path):
    plan = plan_of(table(tmp_path, ["甲区", 33, 80]), current=[observation("丙区", "pm25", 30.0)])
    found = finding(plan, "not_yet_reported")
    assert "2 个区县" in found.message and "乙县" in found.message and "丙区" not in found.message


def test_targets_against_what_is_held(tmp_path):
    path = write_xlsx(
        tmp_path / "目标.xlsx", {"2024年度目标": [["区县", "PM2.5年均浓度"], ["甲区", 35], ["乙县", "/"], ["丙区", 34]]}
    )
    plan = plan_of(path, current_targets=[Target("甲区", "pm25", Y2024, 36.0), Target("丙区", "pm25", Y2024, 34.0)])
    assert [(t.new.district, t.action, t.old) for t in plan.targets] == [
        ("甲区", Action.CHANGED, 36.0),
        ("丙区", Action.UNCHANGED, 34.0),
    ]
    assert plan.entries == ()
    assert plan.to_json()["targets"] == 1


def test_the_facts_as_they_stand(tmp_path):
    path = tmp_path / "document_facts.csv"
    path.write_text(FACTS, encoding="utf-8")
    plan = plan_of(path)
    assert [f for f in plan.findings if f.code != "not_yet_reported"] == []
    by_key = {e.key: e.new for e in plan.entries}
    assert by_key["甲区", "pm25", Y2023].note == "印出"
    assert by_key["甲区", "pm25", Y2023].basis is None
    assert by_key["乙县", "water", Y2024].basis == "GB 3838-2002"


def test_a_folder_with_all_sorts_of_things(tmp_path):
    folder = tmp_path / "各区县 上报"
    (folder / "二批").mkdir(parents=True)
    table(folder, ["甲区", 33, 80], name="甲区.xlsx")
    table(folder / "二批", ["乙县", 34, 81], name="甲区.xlsx")
    (folder / "丙区.csv").write_bytes("区县,考核期,指标,值\n丙区,2024,PM2.5年均浓度,35\n".encode("gb18030"))
    (folder / "~$甲区.xlsx").write_bytes(b"lock")
    (folder / ".DS_Store").write_bytes(b"x")
    (folder / "说明.pdf").write_bytes(b"%PDF-1.4")
    (folder / "坏.xlsx").write_bytes(b"PK\x03\x04broken")
    plan = plan_of(folder)
    assert len(plan.entries) == 5
    assert "说明.pdf" in finding(plan, "not_a_table").message
    refused = finding(plan, "file_refused")
    assert refused.file == "坏.xlsx" and "不完整" in refused.message and refused.advice
    assert {f.name: f.state for f in plan.files} == {
        "丙区.csv": FileState.READ,
        "坏.xlsx": FileState.REFUSED,
        "二批/甲区.xlsx": FileState.READ,
        "各区县 上报/甲区.xlsx": FileState.READ,
    }


def test_nothing_to_read_is_refused(tmp_path):
    with pytest.raises(InputRefused, match="没有可以导入的表格"):
        plan_of(tmp_path)


def test_progress_and_cancelling(tmp_path):
    paths = [table(tmp_path, ["甲区", 33, 80], name=f"{n}.xlsx") for n in range(3)]
    seen = []
    plan_of(*paths, progress=lambda done, total, what: seen.append((done, total, what)))
    assert [(done, total) for done, total, _ in seen] == [(0, 3), (1, 3), (2, 3), (3, 3)]
    with pytest.raises(InputRefused, match="取消"):
        plan_of(*paths, cancelled=lambda: True)


def test_a_not_applicable_value_replacing_a_number_is_a_change(tmp_path):
    plan = plan_of(table(tmp_path, ["甲区", "不适用", 80]), current=[observation("甲区", "pm25", 30.0)])
    entry = plan.entries[0]
    assert (entry.action, entry.new.status) == (Action.CHANGED, Status.NOT_APPLICABLE)
    assert plan.to_json()["changed"][0]["new"] == "not_applicable"
    assert plan.counts.not_applicable == 1


def test_every_finding_names_its_file_and_says_what_to_do(tmp_path):
    path = write_xlsx(
        tmp_path / "乱 表.xlsx",
        {
            "2024": [
                [
                    "区县",
                    "PM2.5年均浓度（mg/m³）",
                    "空气优良天数比率",
                    "国省考断面水质优Ⅲ比率",
                    "排污权交易金额（累计）",
                    None,
                ],
                ["甲区", 0.03, "约80", 90, ("=1/0", "#DIV/0!"), 7],
                ["丁区", 0.03, 80, 91, 5, 8],
                [None, 0.03, 80, 91, 5, 8],
                ["乙县", None, "缺", 92, "12亩", 9],
            ]
        },
    )
    plan = plan_of(path)
    assert {f.code for f in plan.findings} >= {
        "unit_mismatch",
        "approximate",
        "unknown_indicator",
        "header_remark",
        "cell_error",
        "column_without_header",
        "unknown_district",
        "district_missing",
        "not_reported",
    }
    for found in plan.findings:
        assert found.message and found.advice, found
        if found.code != "not_yet_reported":
            assert found.file == "乱 表.xlsx" and found.sheet == "2024" and found.cell, found


def test_quarters_are_kept_apart_from_years(tmp_path):
    path = write_xlsx(
        tmp_path / "x.xlsx",
        {"s": [["区县", "考核期", "指标", "值"], ["甲区", "2024Q3", "pm25", 33], ["甲区", 2024, "pm25", 35]]},
    )
    assert {str(e.new.period): e.new.value for e in plan_of(path).entries} == {"2024Q3": 33, "2024": 35}
    assert Period.parse("2024Q3") in plan_of(path).periods
    assert SCHEME.by_id["pm25"].unit == "μg/m³"
