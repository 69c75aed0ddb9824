"""Words in workbooks: grounds of what was left out, derivations spelt, the name of the sheet of an unranked scheme."""

from __future__ import annotations

from dataclasses import replace

import openpyxl

from ecoscore.model.observation import Observation, Status
from ecoscore.reporting.grounds import with_grounds
from ecoscore.reporting.view import ranking_view, scorecard_view
from ecoscore.reporting.workbook import write_ranking_workbook, write_scorecard_workbook, write_workbook
from tests.libreoffice import differences, needs_soffice, recalculate, stored
from tests.reporting.builders import NOW, scored, small
from tests.reporting.derived_maker import derived_scheme, full_dataset, score_derived

GROUND = '"无岸线"=1，&见示例市水务局〔2024〕1号'  # signs that would break a formula that holds them


def left_out():
    result = scored(small(), states={("甲区", "i1"): Status.NOT_APPLICABLE, ("乙区", "i2"): Status.NOT_CONCERNED})
    for district, indicator, status in (
        ("甲区", "i1", Status.NOT_APPLICABLE),
        ("乙区", "i2", Status.NOT_CONCERNED),
    ):
        held = {(district, indicator): Observation(district, indicator, NOW, None, status, note=GROUND)}
        result = with_grounds(result, district, held)
    return result


def card(result, district, path):
    write_scorecard_workbook(path, result, scorecard_view(result, district))
    return path


def test_a_card_says_why_an_indicator_was_left_out(tmp_path):
    texts = stored(card(left_out(), "甲区", tmp_path / "甲.xlsx"))["成绩单"].values()
    (told,) = [t for t in texts if str(t).startswith("逐项说明：第1项")]
    assert (
        told == f"逐项说明：第1项第1项生态环境质量考核指标完成率：不适用，不计入，权重分摊，不适用依据：{GROUND}。"
        or ("不适用" in told and told.endswith(f"不适用依据：{GROUND}。"))
    )


@needs_soffice
def test_a_ground_survives_recalculation(tmp_path):
    for district in ("甲区", "乙区"):
        path = card(left_out(), district, tmp_path / f"{district}.xlsx")
        assert differences(stored(path), recalculate(path, tmp_path / "算")) == []


def test_a_ground_stands_beside_its_value_in_the_full_workbook(tmp_path):
    result = left_out()
    write_ranking_workbook(tmp_path / "总.xlsx", result, ranking_view(result))
    notes = [c.comment.text for row in openpyxl.load_workbook(tmp_path / "总.xlsx")["数据"] for c in row if c.comment]
    assert sorted(notes) == sorted([f"不适用依据：{GROUND}", f"不涉及依据：{GROUND}"])


def test_the_scheme_sheet_spells_how_a_value_is_derived(tmp_path):
    scheme = derived_scheme()
    result = score_derived(full_dataset(scheme), scheme)
    write_workbook(tmp_path / "派生.xlsx", result)
    texts = [str(v) for v in stored(tmp_path / "派生.xlsx")["方案"].values()]
    told = [t for t in texts if t.startswith("本年值＝")]
    assert len(told) == sum(i.formula is not None for i in scheme.indicators)
    assert any("优良天数" in t and "÷" in t for t in told), told


def test_an_unranked_scheme_speaks_of_no_ranking_sheet(tmp_path):
    result = scored(replace(small(), unranked="文件规定不排名"))
    write_ranking_workbook(tmp_path / "总.xlsx", result, ranking_view(result))
    card(result, "甲区", tmp_path / "甲.xlsx")
    for path in (tmp_path / "总.xlsx", tmp_path / "甲.xlsx"):
        texts = " ".join(str(v) for sheet in stored(path).values() for v in sheet.values())
        assert "排名汇总表" not in texts
        assert "结果汇总表" in texts
