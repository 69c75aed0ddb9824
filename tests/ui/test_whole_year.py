"""A whole year at the desk by mouse and keyboard alone: the short way of the README, counted, and the year's end."""

from __future__ import annotations

import errno
import shutil
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QLineEdit

from ecoscore.assessment import Assessment
from ecoscore.assessment.new import make_demo
from ecoscore.model.period import Period
from ecoscore.schemes import load_scheme
from tests.needs import posix_limits
from ui.messages import Tone
from ui.pages import scorecard_page
from ui.pdf_pages import PdfPages

YEAR = Period(2024)
FAULTS = {"甲区": ("pm25", "约32"), "癸县": ("good_days_ratio", 806)}


class Hand:
    """Does what a person does, and counts it: a click, a field filled and left by Enter, files dropped, a dialog."""

    def __init__(self, qtbot, session) -> None:
        self.qtbot, self.session, self.actions = qtbot, session, 0

    def settle(self) -> None:
        while self.session.tasks.running:
            assert self.session.tasks.drain(120_000)

    def click(self, widget) -> None:
        assert widget.isVisible() and widget.isEnabled(), widget.toolTip()
        self.actions += 1
        self.qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)
        self.settle()

    def dialog(self) -> None:
        """The system's dialog that the last click opened, answered by the test."""
        self.actions += 1

    def fill(self, field, text) -> None:
        assert field.isVisible() and field.isEnabled()
        self.actions += 1
        self.qtbot.mouseClick(field, Qt.MouseButton.LeftButton)
        self.qtbot.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        if text.isascii():
            self.qtbot.keyClicks(field, text)
        else:
            field.insert(text)  # an input method hands words over whole
        self.qtbot.keyClick(field, Qt.Key.Key_Return)
        self.settle()

    def drop(self, window, path) -> None:
        self.actions += 1
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path))])
        no_key = Qt.KeyboardModifier.NoModifier
        event = QDropEvent(QPointF(600, 400), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, no_key)
        window.dropEvent(event)
        self.settle()


@pytest.fixture
def hand(qtbot, session):
    return Hand(qtbot, session)


def printer_into(monkeypatch, path, hand):
    """The print dialog, confirmed as it stands, on a printer that is a file."""

    def chosen(_parent, _title, _pages):
        hand.dialog()
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(path))
        printer.setResolution(72)
        printer.setFullPage(True)
        return printer

    monkeypatch.setattr(scorecard_page, "choose_printer", chosen)


@pytest.fixture(scope="module")
def year(tmp_path_factory):
    """Last year's file, and the ten forms of this year as they came back, two of them with a fault."""
    folder = tmp_path_factory.mktemp("一 年")
    demo = make_demo(folder / "示例").path
    with Assessment.open(demo) as file:
        held, before = file.observations(YEAR), file.observations(Period(2023))
        open_cells = [(d.name, q.id) for d in file.districts for q in file.scheme.owed if (d.name, q.id) not in held]
        file.set_values([replace(before[key], period=YEAR) for key in open_cells])
        forms = file.write_forms(YEAR, folder / "返回的填报表")
        with Assessment.create(folder / "某市2023 考核.ecos", load_scheme("jiangsu-green"), file.districts) as last:
            for period in (Period(2022), Period(2023)):
                last.set_values(list(file.observations(period).values()))
                last.set_targets(file.targets(period))
    for path in forms:
        spoil(path)
    return folder


def spoil(path):
    """Write the fault into the form that is to have one."""
    district = next((d for d in FAULTS if path.name.startswith(d)), None)
    if district is None:
        return
    indicator, wrong = FAULTS[district]
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    row = next(row for row in sheet.iter_rows() if any(c.value == indicator for c in row))
    next(c for c in row if not c.protection.locked).value = wrong
    book.save(path)


def test_the_short_way_and_the_years_end(window, session, said, year, hand, monkeypatch, tmp_path, qtbot):
    # From last year's file to ten cards and the ranking sheet on the printer.
    said.answers["open_file"] = year / "某市2023 考核.ecos"
    hand.click(window.page.year_choice)
    hand.dialog()
    form = window.page.year_form
    assert form.period.text() == "2024"
    hand.click(form.create_button)
    assert session.period == YEAR and window.page.title == "导入"

    hand.drop(window, year / "返回的填报表")
    plan = window.page.plan
    assert len(plan.files) == 10
    assert {(f.district or f.file[:2], f.indicator) for f in plan.errors} == {(d, i) for d, (i, _) in FAULTS.items()}
    hand.click(window.page.plan_bar.skip)
    hand.click(window.page.write_button)

    hand.click(window.rail.buttons["review"])
    review = window.page
    right = {"甲区": "31.6", "癸县": "80.6"}
    while right:  # the first point is marked; once it is settled, the next one is
        hand.fill(review.desk.value, right.pop(review.view.current.finding.district))
    hand.click(window.rail.buttons["scorecard"])
    printer_into(monkeypatch, tmp_path / "打 印.pdf", hand)
    hand.click(window.page.print_button)
    printed = PdfPages(tmp_path / "打 印.pdf")
    assert len(printed) >= 11
    printed.close()
    assert hand.actions <= 12, hand.actions


@pytest.fixture
def opened(window, session, year, tmp_path, hand):
    """This year's file with the forms imported, in a copy of its own."""
    shutil.copy(year / "示例" / "示例.ecos", tmp_path / "某市2024 考核.ecos")
    session.open(tmp_path / "某市2024 考核.ecos")
    hand.settle()
    return window


def type_into(qtbot, view, text):
    qtbot.keyClicks(view, text[0])
    editor = next(e for e in view.findChildren(QLineEdit) if e.isVisible())
    qtbot.keyClicks(editor, text[1:])
    qtbot.keyClick(editor, Qt.Key.Key_Return)


def at(qtbot, view, index):
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(index).center())


def test_values_typed_wrong_right_and_taken_back(opened, session, hand, qtbot):
    hand.click(opened.rail.buttons["data"])
    page = opened.page
    at(qtbot, page.view, page.model.index(0, 1))
    before = session.assessment.observation("甲区", "pm25", YEAR)
    type_into(qtbot, page.view, "316")
    hand.settle()
    assert session.assessment.observation("甲区", "pm25", YEAR).value == 316  # inside the valid range, and warned of
    type_into(qtbot, page.view, "9999")
    hand.settle()
    at(qtbot, page.view, page.model.index(1, 1))
    assert session.assessment.observation("乙区", "pm25", YEAR).value != 9999
    while session.undo_stack.canUndo():
        qtbot.keyClick(opened, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        hand.settle()
    assert session.assessment.observation("甲区", "pm25", YEAR).value == before.value


@posix_limits
def test_a_full_disk_and_a_locked_file_lose_nothing(opened, session, said, hand, qtbot, tmp_path, monkeypatch):
    file = session.assessment
    before = file.observation("甲区", "pm25", YEAR)
    hand.click(opened.rail.buttons["data"])
    page = opened.page
    at(qtbot, page.view, page.model.index(0, 1))
    import resource

    kept = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (512, kept[1]))  # what a full disk is to SQLite
    try:
        type_into(qtbot, page.view, "30.5")
        hand.settle()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, kept)
    assert said.messages[-1].tone is Tone.ERROR and "磁盘" in said.last
    assert file.observation("甲区", "pm25", YEAR) == before
    assert not file.check()

    hand.click(opened.rail.buttons["scorecard"])
    said.answers["open_folder"] = folder = tmp_path / "出 件"
    hand.click(opened.page.export_button)
    held = {p.name: p.read_bytes() for p in folder.rglob("*.pdf")}
    assert len(held) > 10

    def open_in_wps(path, target):
        raise PermissionError(errno.EACCES, "The process cannot access the file", str(target))

    monkeypatch.setattr(Path, "replace", open_in_wps)
    hand.click(opened.page.export_button)
    assert said.messages[-1].tone is Tone.ERROR and said.messages[-1].action[0] == "换个文件夹…"
    monkeypatch.undo()
    assert {p.name: p.read_bytes() for p in folder.rglob("*.pdf")} == held
    assert not list(folder.rglob("~*"))


def test_work_is_cancelled_by_the_button_that_says_so(opened, session, said, hand, qtbot, tmp_path):
    hand.click(opened.rail.buttons["scorecard"])
    said.answers["open_folder"] = tmp_path / "出 件"
    qtbot.mouseClick(opened.page.export_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(opened.busy_bar.cancel.isVisible, timeout=20_000)
    qtbot.mouseClick(opened.busy_bar.cancel, Qt.MouseButton.LeftButton)
    hand.settle()
    assert "已取消导出" in said.last
    for path in (tmp_path / "出 件").rglob("*.pdf"):
        assert path.read_bytes().rstrip().endswith(b"%%EOF")


def test_the_scheme_is_changed_adopted_and_last_year_stays(opened, session, hand, qtbot):
    before = session.assessment.score(Period(2023)).layers.total.copy()
    hand.click(opened.rail.buttons["scheme"])
    page = opened.page
    hand.fill(page.form.editors["weight"].editor, "6")
    assert page.desk.is_changed
    hand.fill(page.form.editors["weight"].editor, "很重")
    page.desk.read()
    assert page.desk.checked.errors and not page.adopt_button.isEnabled()
    qtbot.keyClick(opened, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    page.desk.read()
    hand.settle()
    hand.click(page.adopt_button)
    hand.fill(page.adopt.why, "按某办〔2025〕3号调整权重")
    hand.click(page.adopt.button)
    assert [e.number for e in session.assessment.editions] == [1, 2]
    assert (session.assessment.score(Period(2023)).layers.total == before).all()


def test_an_event_the_seal_and_the_day_after(opened, session, said, hand, qtbot, tmp_path):
    hand.click(opened.rail.buttons["review"])
    review = opened.page
    review.tabs.setFocus()
    while review.tabs.currentIndex() != review.tabs.count() - 1:
        qtbot.keyClick(review.tabs, Qt.Key.Key_Right)
    desk = review.events
    desk.district.setFocus()
    qtbot.keyClick(desk.district, Qt.Key.Key_Down)
    count = len(session.assessment.events(YEAR))
    hand.fill(desk.matter, "通报某河段水质恶化")
    assert len(session.assessment.events(YEAR)) == count + 1

    hand.click(opened.rail.buttons["results"])
    hand.click(opened.page.paper_button)
    said.answers["open_folder"] = tmp_path / "出 件"
    hand.click(opened.page.export_button)

    hand.click(opened.rail.buttons["archive"])
    said.answers |= {"ask_text": "常务会议审定", "ask": True, "open_folder": tmp_path / "出 件"}
    hand.click(opened.page.seal_button)
    assert session.assessment.seal_of(YEAR) is not None
    hand.click(opened.rail.buttons["data"])
    page = opened.page
    at(qtbot, page.view, page.model.index(0, 1))
    held = session.assessment.observation("甲区", "pm25", YEAR)
    qtbot.keyClicks(page.view, "3")
    hand.settle()
    assert session.assessment.observation("甲区", "pm25", YEAR) == held
    hand.click(opened.rail.buttons["archive"])
    said.answers["ask_text"] = "更正甲区数据"
    hand.click(opened.page.unseal_button)
    assert session.assessment.seal_of(YEAR) is None
    assert session.assessment.journal(1)[-1].why == "更正甲区数据"
    assert not session.assessment.check()
