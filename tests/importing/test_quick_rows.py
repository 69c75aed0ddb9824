"""Long tables: rows whose names have been met are claimed at once, and give what they give one by one."""

from __future__ import annotations

import pytest

from ecoscore.importing import quick_rows
from ecoscore.importing.quick_rows import QuickRows
from tests.importing.sheets import codes, plan_of, values, write_xlsx

HEAD = ["区县", "考核期", "指标", "值", "单位", "备注"]


def rows(count: int = 700):
    names, titles = ("甲区", "乙县", "丙区"), (("PM2.5年均浓度", "μg/m³"), ("空气优良天数比率", "%"))
    for n in range(count):
        title, unit = titles[n % 2]
        yield [names[n % 3], 1950 + n // 6, title, 20 + n % 50, unit, None]


def both(tmp_path, monkeypatch, table):
    """The plan of the quick way, and that of the slow one."""
    path = write_xlsx(tmp_path / "长 表.xlsx", {"数据": table})
    quick = plan_of(path)
    monkeypatch.setattr(QuickRows, "of", classmethod(lambda *_: None))
    return quick, plan_of(path)


ODD = {
    "plain": ["甲区", 2090, "PM2.5年均浓度", 33.5, "μg/m³", None],
    "unit": ["甲区", 2090, "PM2.5年均浓度", 0.033, "mg/m³", None],
    "remark": ["甲区", 2090, "PM2.5年均浓度", 33.5, "μg/m³", "含沙尘"],
    "text": ["甲区", 2090, "PM2.5年均浓度", "约33", "μg/m³", None],
    "typed": ["甲区", 2090, "PM2.5年均浓度", "33.5", None, None],
    "blank": ["甲区", 2090, "PM2.5年均浓度", None, None, None],
    "stranger": ["无名区", 2090, "PM2.5年均浓度", 33.5, None, None],
    "no name": [None, 2090, "PM2.5年均浓度", 33.5, None, None],
    "no period": ["甲区", "去年", "PM2.5年均浓度", 33.5, None, None],
    "outside": ["甲区", 2090, "PM2.5年均浓度", 5000, None, None],
    "percent": ["甲区", 2090, "空气优良天数比率", (0.81, "0.0%"), "%", None],
    "scaled": ["甲区", 2090, "排污权交易金额", (123456, '0!.0,"万"'), None, None],
    "zero": ["甲区", 2090, "PM2.5年均浓度", -0.0, None, None],
    "total": ["合计", 2090, "PM2.5年均浓度", 33.5, None, None],
    "another header": HEAD,
}


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_the_same_as_one_by_one(tmp_path, monkeypatch, odd):
    quick, slow = both(tmp_path, monkeypatch, [HEAD, *rows(), odd, ["乙县", 2091, "PM2.5年均浓度", 34, None, None]])
    assert values(quick) == values(slow)
    assert [e.new for e in quick.entries] == [e.new for e in slow.entries]
    assert codes(quick) == codes(slow)
    assert [f.cell for f in quick.findings] == [f.cell for f in slow.findings]


def test_most_rows_of_a_long_table_are_quick(tmp_path, monkeypatch):
    slow = []
    read = QuickRows.read
    monkeypatch.setattr(
        QuickRows,
        "read",
        lambda self, numbers, otherwise: read(self, numbers, lambda n: slow.append(n) or otherwise(n)),
    )
    plan_of(write_xlsx(tmp_path / "a.xlsx", {"数据": [HEAD, *rows(900)]}))
    assert len([n for n in slow if n > quick_rows.PREVIEW_ROWS]) < 100  # those that name a year first
