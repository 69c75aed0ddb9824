"""The changes of an import as a table: it sorts by figures, not by their texts."""

from __future__ import annotations

from PySide6.QtCore import Qt

from ecoscore.importing.entries import Action, PlanEntry
from ecoscore.importing.plan import ImportPlan
from ecoscore.model.observation import Observation
from ecoscore.model.period import Period
from ui.models.changes_table import NEW, ChangesTable
from ui.theme import Theme
from ui.widgets.changes_view import ChangesView


def test_it_sorts_by_figures(qtbot):
    entries = tuple(
        PlanEntry(Action.NEW, Observation(name, "pm25", Period(2024), value), None, "a.xlsx", "表", "B2")
        for name, value in (("甲区", 9.0), ("乙县", 100.0), ("丙区", 33.0))
    )
    model = ChangesTable()
    view = ChangesView(model, Theme("light"))
    qtbot.addWidget(view)
    model.show(ImportPlan(None, (), entries), {})
    view.sortByColumn(NEW, Qt.SortOrder.AscendingOrder)
    assert [view.model().index(row, NEW).data() for row in range(3)] == ["9", "33", "100"]
