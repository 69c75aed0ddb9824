"""Results beside one another: years, districts, methods; and a shown table as a workbook."""

from __future__ import annotations

import pytest
from openpyxl import load_workbook

from ecoscore.assessment import Assessment, figures
from ecoscore.assessment.tables import write_table
from ecoscore.errors import InputRefused
from ecoscore.model.period import Period
from tests.ui.builders import Y2023, Y2024, make_file


@pytest.fixture
def file(tmp_path):
    with Assessment.open(make_file(tmp_path / "考 核.ecos")) as opened:
        yield opened


def test_the_history_of_a_district(file):
    years = figures.history(file, "甲区", Y2024)
    assert [(y.period, y.total.text, y.of) for y in years] == [
        (p, f"{file.score(p).layers.total[0]:.2f}", 3) for p in (Y2023, Y2024)
    ]
    assert figures.history(file, "甲区", Y2023) == years[:1]
    assert figures.history_chart(years[:1], "甲区", 300, 100) is None
    assert figures.history_chart(years, "甲区", 300, 100).title == "甲区总分"


def test_the_course_of_an_indicator(file):
    assert figures.indicator_chart(file, "甲区", "pm25", Y2024, 300, 100).shapes
    assert figures.indicator_chart(file, "丙县", "forest", Y2024, 300, 100) is None  # one year only
    assert figures.indicator_chart(file, "甲区", "nothing", Y2024, 300, 100) is None


def test_two_cards_side_by_side(file):
    a, b = (file.scorecard(Y2024, name) for name in ("甲区", "乙区"))
    table = figures.side_by_side(a, b)
    assert table.headers == ("指标", "甲区值", "乙区值", "分值", "甲区得分", "乙区得分", "相差")
    pm25 = dict(zip(table.keys, table.rows, strict=True))["pm25"]
    assert [c.text for c in pm25] == ["PM2.5年均浓度（μg/m³）", "32.5", "42", "40", "35.00", "31.20", "+3.80"]
    assert pm25[-1].better
    back = figures.side_by_side(b, a)
    assert back.rows[0][-1].raw == -table.rows[0][-1].raw
    years = figures.side_by_side(a, file.scorecard(Y2023, "甲区"))
    assert years.headers[1:3] == ("2024年度值", "2023年度值")


def test_where_points_were_lost(file):
    table = figures.contribution(file.scorecard(Y2024, "丙县"))
    assert table.keys[0] == "forest"  # not reported: all of it
    assert table.rows[0][4].text == "30.00"
    assert table.rows[0][4].better is False


def test_methods_leave_out_what_has_gaps(file):
    table = figures.methods(file, Y2024, ["甲区", "乙区", "丙县"])
    assert [row[0].text for row in table.rows] == list(table.keys)
    assert any("林木覆盖率" in note for note in table.notes)
    with pytest.raises(InputRefused):
        figures.methods(file, Y2024, ["甲区"])


def test_the_way_to_the_next_grade(file):
    result = file.score(Y2024)
    texts = {d.name: figures.to_next_grade(result, d.name) for d in result.districts}
    n = result.district_at["甲区"]
    assert texts["甲区"] == f"距“优秀”还差 {90 - result.layers.total[n]:.2f} 分"


def test_what_cannot_be_had_is_nothing(file):
    assert figures.compensation(file, Y2024) is None
    assert figures.scatter_chart(file.score(Y2024), 300, 200) is None
    assert figures.change_chart(file, Y2023, file.score(Y2023), "甲区") is None
    draw = figures.change_chart(file, Y2024, file.score(Y2024), "甲区")
    assert draw(300, 200).shapes
    with pytest.raises(InputRefused):
        figures.methods(file, Period(2030), ["甲区", "乙区"])


def test_a_table_is_written_with_numbers_as_numbers(tmp_path):
    path = tmp_path / "表 一.xlsx"
    write_table(path, "标题", ["区县", "总分"], [["甲区", 93.5], ["=1+1", None]], ["附注"])
    sheet = load_workbook(path).active
    assert [[c.value for c in row] for row in sheet["A3:B5"]] == [["区县", "总分"], ["甲区", 93.5], ["=1+1", None]]
    assert sheet["A5"].data_type == "s"
    assert sheet["A7"].value == "附注"
