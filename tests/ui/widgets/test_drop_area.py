"""The field where files are dropped: takes tables and folders, and nothing else."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent

from ui.widgets.drop_area import DropArea, sheets_in


def dragged(*paths) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def flags(data):
    return Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def area(session, qtbot):
    area = DropArea(session.theme, "把表格拖到这里", "Excel 或 CSV")
    qtbot.addWidget(area)
    area.resize(700, 400)
    area.show()
    qtbot.waitExposed(area)
    return area


def test_tables_and_folders_are_taken_pictures_are_not(tmp_path):
    folder = tmp_path / "报 送"
    folder.mkdir()
    names = ["甲.xlsx", "乙.XLS", "丙.csv", "丁.ods", "照片.png"]
    paths = [tmp_path / name for name in names]
    assert sheets_in(dragged(*paths, folder)) == [*paths[:4], folder]


def test_it_shows_that_it_would_take_what_is_dragged_over_it(area, tmp_path):
    plain = area.grab().toImage()
    data = dragged(tmp_path / "甲.xlsx")
    area.dragEnterEvent(QDragEnterEvent(QPoint(9, 9), *flags(data)))
    assert area.grab().toImage() != plain
    area.dragLeaveEvent(QDragLeaveEvent())
    assert area.grab().toImage() == plain


def test_a_picture_is_not_taken(area, qtbot, tmp_path):
    data = dragged(tmp_path / "照片.png")
    event = QDragEnterEvent(QPoint(9, 9), *flags(data))
    event.ignore()
    area.dragEnterEvent(event)
    assert not event.isAccepted()
    with qtbot.assertNotEmitted(area.dropped):
        area.dropEvent(QDropEvent(QPointF(9, 9), *flags(data)))


def test_the_buttons_ask_for_files_and_folders(area, qtbot):
    with qtbot.waitSignal(area.files_wanted):
        qtbot.mouseClick(area.files_button, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(area.folder_wanted):
        qtbot.mouseClick(area.folder_button, Qt.MouseButton.LeftButton)
