"""Printing draws the PDF's own pages: checked by printing into another PDF and looking at that."""

from __future__ import annotations

import pytest
from PySide6.QtPrintSupport import QPrinter
from reportlab.pdfgen.canvas import Canvas

from ecoscore.errors import EnvironmentFailed
from ui import printing
from ui.pdf_pages import PdfPages
from ui.printing import PrintJob, open_sheets


@pytest.fixture
def paths(tmp_path):
    """Two documents: a portrait page with a black square, and a landscape page."""
    found = []
    for name, size in (("甲", (595, 842)), ("乙", (842, 595))):
        path = tmp_path / f"{name} 区.pdf"
        canvas = Canvas(str(path), pagesize=size)
        canvas.rect(72, size[1] - 144, 72, 72, stroke=0, fill=1)
        canvas.save()
        found.append(path)
    return found


def printer_to(path) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    printer.setFullPage(True)
    return printer


class Told:
    def __init__(self):
        self.pages, self.error, self.stopped = None, None, False

    def done(self, pages):
        self.pages = pages

    def failed(self, error):
        self.error = error

    def cancelled(self):
        self.stopped = True


def run(session, printer, paths) -> Told:
    told = Told()
    PrintJob(session.tasks, printer, open_sheets(paths), told.done, told.failed, told.cancelled).start()
    while session.tasks.running:
        assert session.tasks.drain()
    return told


def test_without_a_printer_it_says_so_where_no_dialog_would_come(qapp, monkeypatch):
    monkeypatch.setattr(printing.sys, "platform", "win32")
    monkeypatch.setattr(printing.QPrinterInfo, "availablePrinterNames", list)
    with pytest.raises(EnvironmentFailed, match="没有可用的打印机") as failed:
        printing.choose_printer(None, "2024年度 成绩单", 3)
    assert "导出 PDF" in failed.value.advice


def test_every_page_at_its_size_and_way(session, paths, tmp_path):
    target = tmp_path / "打 印.pdf"
    told = run(session, printer_to(target), paths)
    assert told.pages == 2
    printed = PdfPages(target)
    assert [size.is_landscape for size in printed.sizes] == [False, True]
    for page in range(2):
        image = printed.render_dpi(page, 72)
        assert image.pixelColor(108, 108).value() < 60  # the middle of the square, an inch and a half in
        assert image.pixelColor(30, 30).value() > 240


def test_a_range_of_pages(session, paths, tmp_path):
    target = tmp_path / "一 页.pdf"
    printer = printer_to(target)
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(2, 2)
    assert run(session, printer, paths).pages == 1
    assert [size.is_landscape for size in PdfPages(target).sizes] == [True]


def test_on_both_sides_no_paper_begins_on_the_back_of_another(session, paths, tmp_path, monkeypatch):
    target = tmp_path / "双面.pdf"
    printer = printer_to(target)
    monkeypatch.setattr(printer, "duplex", lambda: QPrinter.DuplexMode.DuplexLongSide)  # a file has no back
    assert run(session, printer, [*paths, paths[0]]).pages == 3, "empty backs are not counted"
    printed = PdfPages(target)
    black = [printed.render_dpi(n, 72).pixelColor(108, 108).value() < 60 for n in range(len(printed))]
    assert black == [True, False, True, False, True], "the last needs no empty back"


@pytest.mark.parametrize(
    ("collate", "order"), [(True, [False, True, False, True]), (False, [False, False, True, True])]
)
def test_copies_are_made_here_where_the_printer_makes_none(session, paths, tmp_path, monkeypatch, collate, order):
    target = tmp_path / "两份.pdf"
    printer = printer_to(target)
    monkeypatch.setattr(printer, "supportsMultipleCopies", lambda: False)
    printer.setCopyCount(2)
    printer.setCollateCopies(collate)
    assert run(session, printer, paths).pages == 4
    assert [size.is_landscape for size in PdfPages(target).sizes] == order


def test_a_printer_that_makes_copies_itself_gets_each_page_once(session, paths, tmp_path, monkeypatch):
    printer = printer_to(tmp_path / "自己.pdf")
    monkeypatch.setattr(printer, "supportsMultipleCopies", lambda: True)
    printer.setCopyCount(2)
    assert len(printing.in_print_order(printer, open_sheets(paths))) == 2


def test_a_printer_that_refuses_is_told(session, paths, tmp_path, qtlog):
    with qtlog.disabled():  # Qt says on the console what we say in the page
        told = run(session, printer_to(tmp_path / "没有这个文件夹" / "打 印.pdf"), paths)
    assert told.pages is None
    assert "打印机没有接受" in told.error.message


def test_stopping_leaves_no_work_behind(session, paths, tmp_path):
    told = Told()
    job = PrintJob(
        session.tasks, printer_to(tmp_path / "停.pdf"), open_sheets(paths), told.done, told.failed, told.cancelled
    )
    job.start()
    job.task.cancel()
    assert session.tasks.drain()
    assert told.stopped
    assert told.pages is None
    assert told.error is None
