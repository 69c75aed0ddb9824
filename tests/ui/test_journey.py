"""The main job from the start page to paper: a new file, the districts' sheets, what is wrong, the ranking, the PDF."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from ecoscore.assessment import Assessment
from ecoscore.model.district import District
from ecoscore.model.period import Period
from ecoscore.schemes import parse_scheme
from tests.ui.builders import SCHEME
from tests.ui.sheets import HEAD, workbook
from tests.ui.waiting import settle

ROWS_2023 = [HEAD, ("甲区", 36, 81, 30), ("乙区", 40, 78, 22), ("丙县", 30, 88, 45)]
ROWS_2024 = [HEAD, ("甲区", 32.5, 84, 30), ("乙区", "约42", 76.5, 23), ("丙县", 28, 90, 45.5)]


def click(qtbot, widget):
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


@pytest.fixture
def folder(tmp_path):
    """The year's file with its three districts, and a folder with what they sent."""
    file = tmp_path / "某市2024 考核.ecos"
    districts = [District(name) for name in ("甲区", "乙区", "丙县")]
    Assessment.create(file, parse_scheme(SCHEME, "小方案.yaml"), districts).close()
    workbook(tmp_path / "报 送" / "2023 汇总.xlsx", ROWS_2023, title="2023年度指标汇总表")
    workbook(tmp_path / "报 送" / "2024 汇总.xlsx", ROWS_2024)
    return tmp_path


def test_from_the_start_page_to_a_pdf_on_disk(window, session, said, folder, qtbot):
    said.answers["open_file"] = folder / "某市2024 考核.ecos"
    window.actions_by_id["open"].trigger()
    settle(session)
    assert window.page.title == "导入"  # an empty file asks for sheets

    said.answers["open_folder"] = folder / "报 送"
    click(qtbot, window.page.drop_area.folder_button)
    settle(session)
    desk = window.page.desk
    assert desk.files.rowCount() == 2
    error = window.page.plan.errors[0]
    assert (error.file, error.cell) == ("2024 汇总.xlsx", "B4")
    assert not window.page.write_button.isEnabled()
    window.page.plan_bar.skip.click()
    click(qtbot, window.page.write_button)
    settle(session)
    assert session.period == Period(2024)

    click(qtbot, window.rail.buttons["data"])
    data = window.page
    data.view.setCurrentIndex(data.model.index(1, 0))
    qtbot.keyClicks(data.view, "4")
    from PySide6.QtWidgets import QLineEdit

    editor = next(e for e in data.view.findChildren(QLineEdit) if e.isVisible())
    qtbot.keyClicks(editor, "2")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    settle(session)
    assert session.assessment.observation("乙区", "pm25", Period(2024)).value == 42

    click(qtbot, window.rail.buttons["results"])
    settle(session)
    results = window.page
    assert results.district == "丙县"
    assert results.view.sections[0].rows[0].total.text in results.card.total.text()

    click(qtbot, results.paper_button)
    settle(session)
    card = window.page
    assert card.list.district == "丙县"
    assert card.pdf.pages is not None
    said.answers["open_folder"] = folder / "成 绩 单"
    click(qtbot, card.export_button)
    settle(session)
    papers = sorted((folder / "成 绩 单").rglob("*成绩单.pdf"))
    assert [p.name for p in papers] == ["丙县 2024年度成绩单.pdf", "乙区 2024年度成绩单.pdf", "甲区 2024年度成绩单.pdf"]
    assert all(p.read_bytes().startswith(b"%PDF") for p in papers)
    books = sorted((folder / "成 绩 单").rglob("*成绩单.xlsx"))
    assert [b.stem for b in books] == [p.stem for p in papers]
    assert (folder / "成 绩 单" / "排名汇总表 2024年度.pdf").is_file()
    actions = [entry.action for entry in session.assessment.journal()]
    assert "import" in actions
