"""Lists of events and terms as offices send them: matched, checked, recorded whole or not at all."""

from __future__ import annotations

import datetime as dt

import openpyxl
import pytest

from ecoscore.assessment import Assessment
from ecoscore.assessment.event_list import plan_events
from ecoscore.assessment.term_list import plan_terms
from ecoscore.errors import InputRefused
from ecoscore.model.adjustment import Event
from ecoscore.model.district import District
from ecoscore.model.period import Period
from ecoscore.model.term import Term
from tests.importing.sheets import write_xlsx
from tests.scheme_maker import scheme

P24 = Period(2024)
ITEMS = """adjustments:
  - {id: honour, title: 国家级命名, kind: bonus, points: 2}
  - {id: incident, title: 突发环境事件, kind: deduction, points: 5}
  - {id: fraud, title: 数据造假, kind: veto, grade: 不合格}"""
SCHEME = scheme("{id: a, title: 甲项, weight: 1, rule: {kind: linear, bounds: {worst: 0, best: 100}}}", ITEMS)


@pytest.fixture
def file(tmp_path):
    with Assessment.create(
        tmp_path / "考核.ecos", SCHEME, [District("甲区"), District("乙县", aliases=("老乙",))]
    ) as made:
        yield made


def events(file, folder, *rows, header=("区县", "条款", "次数", "依据")):
    path = write_xlsx(folder / "加减分 表.xlsx", {"Sheet1": [["2024年度加减分情况"], list(header), *map(list, rows)]})
    return plan_events(path, P24, file.scheme, file.districts, file.events(P24))


def test_a_list_of_events_is_recorded_in_one_go(file, tmp_path):
    plan = events(
        file, tmp_path,
        ("甲区", "国家级命名", 1, "示例〔2024〕1号"), ("老乙", "突发环境事件", "2起", "示例〔2024〕7号"),
        ("合计", "", 3, ""),
    )  # fmt: skip
    assert plan.findings == ()
    assert [(e.district, e.adjustment, e.count, e.document) for e in plan.new] == [
        ("甲区", "honour", 1, "示例〔2024〕1号"),
        ("乙县", "incident", 2, "示例〔2024〕7号"),
    ]
    file.record_events(plan.new, why="年终汇总")
    lines = [e for e in file.journal() if e.action == "record_event"]
    assert [(e.district, e.why) for e in lines] == [("甲区", "年终汇总"), ("乙县", "年终汇总")]
    again = events(file, tmp_path, ("甲区", "国家级命名", 1, "示例〔2024〕1号"))
    assert (again.new, len(again.known)) == ((), 1)
    assert file.check() == ()


def test_each_cell_that_cannot_be_taken_is_named(file, tmp_path):
    plan = events(
        file, tmp_path,
        ("丙县", "国家级命名", 1, "甲"), ("甲区", "省级命名", 1, "乙"), ("甲区", "突发环境事件", 1.5, "丙"),
        ("甲区", "数据造假", 1, "丁"), ("甲区", "数据造假", 1, "丁"),
    )  # fmt: skip
    assert [(f.code, f.cell) for f in plan.findings] == [
        ("unknown_district", "A3"), ("unknown_adjustment", "B4"), ("bad_count", "C5"), ("duplicate_event", "B7"),
    ]  # fmt: skip


def test_a_row_of_another_year_is_not_taken_for_this_one(file, tmp_path):
    plan = events(file, tmp_path, ("甲区", "国家级命名", 2023), header=("区县", "条款", "年度"))
    assert [f.code for f in plan.findings] == ["other_period"]


def test_one_wrong_event_keeps_all_out(file):
    good = Event("甲区", P24, "honour", "命名")
    with pytest.raises(InputRefused):
        file.record_events([good, Event("无名县", P24, "honour", "命名")])
    with pytest.raises(InputRefused, match="已经登记过"):
        file.record_events([good, good])
    assert file.events(P24) == ()


def terms(file, folder, *rows):
    header = ["区县", "职务", "姓名", "起", "止"]
    path = write_xlsx(folder / "任期 名单.xlsx", {"任期": [header, *map(list, rows)]})
    return plan_terms(path, file.districts, file.terms())


def test_a_list_of_terms_is_recorded_and_ends_the_known_ones(file, tmp_path):
    plan = terms(
        file, tmp_path,
        ("甲区", "区委书记", "张三", "2021-07", "在任"), ("老乙", "县长", "李四", "2020年3月", "2023-05"),
    )  # fmt: skip
    assert plan.findings == ()
    first = Term("甲区", "区委书记", Period.parse("2021-07"), None, "张三")
    assert plan.new == (first, Term("乙县", "县长", Period.parse("2020-03"), Period.parse("2023-05"), "李四"))
    file.set_terms(plan.merged(file.terms()))
    later = terms(
        file, tmp_path, ("甲区", "区委书记", "", "2021-07", "2024-06"), ("乙县", "县长", "李四", "2020-03", "2023-05")
    )
    assert (later.new, len(later.ended), len(later.known)) == ((), 1, 1)
    file.set_terms(later.merged(file.terms()))
    assert [(t.district, t.name, str(t.end)) for t in file.terms()] == [
        ("甲区", "张三", "2024-06"),
        ("乙县", "李四", "2023-05"),
    ]


def test_a_cell_with_a_date_is_read_to_the_month(file, tmp_path):
    book = openpyxl.Workbook()
    for row in (["区县", "职务", "任职时间"], ["甲区", "区长", dt.date(2023, 5, 17)]):
        book.active.append(row)
    book.save(tmp_path / "日期.xlsx")
    plan = plan_terms(tmp_path / "日期.xlsx", file.districts, ())
    assert [(str(t.start), t.end) for t in plan.new] == [("2023-05", None)]


def test_what_is_wrong_with_a_term_is_said_without_the_name(file, tmp_path):
    plan = terms(
        file, tmp_path,
        ("甲区", "区委书记", "张三", "2021", ""), ("甲区", "", "李四", "2021-07", ""), ("甲区", "区长", "王五", "去年", ""),
        ("甲区", "区长", "王五", "2024-07", "2021-01"), ("丙县", "县长", "赵六", "2021-07", ""),
    )  # fmt: skip
    assert [(f.code, f.cell) for f in plan.findings] == [
        ("bad_term", "D2"), ("no_post", "B3"), ("bad_period", "D4"), ("bad_term", "D5"), ("unknown_district", "A6"),
    ]  # fmt: skip
    assert not any(name in f.message + f.advice for f in plan.findings for name in ("张三", "李四", "王五", "赵六"))


def test_a_table_of_something_else_is_refused(file, tmp_path):
    path = write_xlsx(tmp_path / "别的.xlsx", {"Sheet1": [["区县", "PM2.5"], ["甲区", 33]]})
    with pytest.raises(InputRefused, match="没有找到加减分事项"):
        plan_events(path, P24, file.scheme, file.districts, ())
    with pytest.raises(InputRefused, match="没有找到任期名单"):
        plan_terms(path, file.districts, ())
