"""A department's list: its own indicators, heaviest losses first, misses with both figures."""

from __future__ import annotations

import pytest

from ecoscore.model.observation import Status, Target
from ecoscore.reporting.pdf import write_pdf
from ecoscore.reporting.view_department import UNASSIGNED, department_view, departments, departments_of
from tests.reporting.builders import NOW, TEN, jiangsu, scored, small
from tests.reporting.pdf.reading import outside, overlaps, read


def test_every_department_has_its_indicators_and_shared_ones_stand_with_both():
    result = jiangsu()
    found = {name: department_view(result, name) for name in departments(result)}
    owed = sum(len(departments_of(i)) for i in result.indicators)
    assert sum(len(view.rows) for view in found.values()) == owed
    shared = [row for view in found.values() for row in view.rows if row.shared]
    assert len(shared) == 2
    assert "共同负责" in "".join(found["自然资源和规划局"].notes)
    with pytest.raises(KeyError):
        department_view(result, "没有的局")


def test_losses_add_up_and_come_heaviest_first():
    result = jiangsu()
    for name in departments(result):
        rows = department_view(result, name).rows
        lost = [row.lost.raw for row in rows]
        assert lost == sorted(lost, reverse=True)
        for row in rows:
            i = result.indicator_at[row.indicator]
            assert row.lost.raw == pytest.approx(float((result.cells.weight - result.cells.points)[:, i].sum()))


def test_missed_targets_and_what_was_not_reported():
    goals = [Target(n, "i1", NOW, 80.0) for n in TEN[:3]]
    values = {("甲区", "i1"): 79.5, ("乙区", "i1"): 80, ("丙区", "i1"): 95}
    result = scored(small(), TEN[:3], values=values, targets=goals, states={("丙区", "i2"): Status.MISSING})
    rows = {row.indicator: row for row in department_view(result, "生态环境局").rows}
    assert rows["i1"].missed == ("甲区（79.5／80.0）",)
    assert rows["i1"].targeted and not rows["i2"].targeted
    assert any("丙区" in text and "未报" in text for text in rows["i2"].losing)


def test_without_departments_there_is_one_list():
    scheme = small()
    assert departments(scored(scheme)) == ("生态环境局",)
    assert UNASSIGNED == "未定责任部门"


@pytest.mark.parametrize("count", [3, 100])
def test_on_paper_with_long_names(tmp_path, count):
    result = jiangsu([f"第{n}号某某某某自治县区"[:12] for n in range(count)])
    view = department_view(result, "生态环境局")
    write_pdf(tmp_path / "清单.pdf", view)
    found = read(tmp_path / "清单.pdf")
    for row in view.rows:
        assert row.title.replace(" ", "") in found.joined
        assert row.lost.text in found.text
    assert overlaps(found) == []
    assert outside(found) == []
