"""The models of the import page show a plan as it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from ecoscore.importing.entries import Action, PlanEntry
from ecoscore.importing.plan import FileState, ImportPlan, PlanTarget, Role, SheetPreview, SourceFile
from ecoscore.model.finding import Finding, Severity
from ecoscore.model.observation import Observation, Status, Target
from ecoscore.model.period import Period
from ecoscore.model.scheme import Indicator
from ui.models.changes_table import ACTION, INDICATOR, NEW, OLD, SOURCE, ChangesTable
from ui.models.findings_table import FindingsTable
from ui.models.import_files import ImportFiles
from ui.models.import_preview import CellRole, ImportPreview, cell_place, column_name
from ui.models.roles import ObjectRole, SortRole
from ui.models.sort_proxy import SortProxy
from ui.theme import Theme

YEAR = Period(2024)
ERROR = Finding(Severity.ERROR, "unreadable", "甲区“PM2.5”读不成数", "请改正", file="甲.xlsx", sheet="表", cell="B2")
WARNING = Finding(Severity.WARNING, "blank", "乙县有 1 项没有填", file="乙.csv")
SHEET = SheetPreview(
    "表", (("区县", "PM2.5"), ("甲区", "约42"), ("乙县",)),
    roles={(0, 1): Role.INDICATOR, (1, 0): Role.DISTRICT, (1, 1): Role.VALUE}, problems={(1, 1): ERROR},
)  # fmt: skip


def entry(action: Action, new: float | None, old: float | None, district: str = "甲区") -> PlanEntry:
    def seen(value: float | None) -> Observation:
        status = Status.NOT_APPLICABLE if value is None else Status.REPORTED
        return Observation(district, "pm25", YEAR, value, status)

    return PlanEntry(action, seen(new), seen(old) if old is not None else None, "甲.xlsx", "表", "B2")


PLAN = ImportPlan(
    None,
    (
        SourceFile(Path("甲.xlsx"), "甲.xlsx", "", FileState.READ, (SHEET,)),
        SourceFile(Path("乙.csv"), "乙.csv", "", FileState.READ),
        SourceFile(Path("丙.xls"), "丙.xls", "", FileState.REFUSED),
        SourceFile(Path("丁.xlsx"), "丁.xlsx", "", FileState.READ),
    ),
    (
        entry(Action.NEW, None, None, "乙县"),
        entry(Action.CHANGED, 31.0, 32.5),
        entry(Action.UNCHANGED, 5.0, 5.0, "丙县"),
    ),
    (PlanTarget(Action.NEW, Target(None, "pm25", YEAR, 35.0), None, "丁.xlsx", "目标", "C3"),),
    findings=(WARNING, ERROR),
)
INDICATOR_ = Indicator("pm25", "PM2.5", 1.0, rule=None, unit="μg/m³")  # type: ignore[arg-type]


@pytest.mark.parametrize(("number", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_are_named_as_in_excel(number, name):
    assert column_name(number) == name
    assert cell_place(f"{name}1") == (0, number)


@pytest.mark.parametrize("cell", ["", "7", "C", "C0", "第3行", "甲7"])
def test_what_is_no_address_has_no_place(cell):
    assert cell_place(cell) is None


def test_preview_shows_texts_roles_and_problems(qtmodeltester):
    model = ImportPreview()
    model.show(SHEET)
    assert (model.rowCount(), model.columnCount()) == (3, 2)
    cell = model.index(1, 1)
    assert cell.data() == "约42"
    assert cell.data(CellRole) == Role.VALUE
    assert cell.data(ObjectRole) is ERROR
    assert "请改正" in cell.data(Qt.ItemDataRole.ToolTipRole)
    assert model.index(2, 1).data() == ""  # a short row
    assert model.headerData(1, Qt.Orientation.Horizontal) == "B"
    qtmodeltester.check(model)


def test_files_say_how_their_reading_ended(qtmodeltester, qapp):
    model = ImportFiles(Theme("light"))
    model.show(PLAN)
    states = [model.index(row).data(ImportFiles.StateRole) for row in range(4)]
    assert states == ["已读取，1 处错误", "已读取，1 处提醒", "不能读取", "已读取"]
    tones = [model.index(row).data(ImportFiles.ToneRole) for row in range(4)]
    assert tones == ["cinnabar", "ochre", "cinnabar", "pine"]
    qtmodeltester.check(model)


def test_findings_are_grouped_errors_first(qtmodeltester):
    model = FindingsTable({"unreadable": "读不成数值"})
    model.show(PLAN.findings)
    assert [kind.title for kind in model.kinds] == ["读不成数值", "乙县有 1 项没有填"]
    index = model.index_of(ERROR)
    assert index.data(ObjectRole) is ERROR
    assert index.parent().data() == "读不成数值（1）"
    qtmodeltester.check(model)


def test_changes_come_first_and_the_unchanged_not_at_all(qtmodeltester):
    model = ChangesTable()
    model.show(PLAN, {"pm25": INDICATOR_})

    def row(number: int) -> list[str]:
        return [model.index(number, column).data() for column in (ACTION, INDICATOR, OLD, NEW, SOURCE)]

    assert model.rowCount() == 3
    assert row(0) == ["修改", "PM2.5（μg/m³）", "32.5", "31", "甲.xlsx › 表 › B2"]
    assert row(1) == ["新增", "PM2.5（μg/m³）", "", "—", "甲.xlsx › 表 › B2"]
    assert row(2) == ["新增", "PM2.5（μg/m³） 目标值", "", "35", "丁.xlsx › 目标 › C3"]
    qtmodeltester.check(model)


def test_sorting_compares_numbers_and_puts_what_has_none_last():
    model = ChangesTable()
    plan = ImportPlan(None, (), tuple(entry(Action.CHANGED, v, 1.0) for v in (100.0, 20.0, None, 3.0)))
    model.show(plan, {})
    proxy = SortProxy()
    proxy.setSourceModel(model)

    def order() -> list[float | None]:
        return [proxy.index(row, NEW).data(SortRole) for row in range(4)]

    proxy.sort(NEW, Qt.SortOrder.AscendingOrder)
    assert order() == [3.0, 20.0, 100.0, None]
    proxy.sort(NEW, Qt.SortOrder.DescendingOrder)
    assert order() == [100.0, 20.0, 3.0, None]
