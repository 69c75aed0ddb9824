"""Printing: the pages of the very PDF, drawn at the printer's resolution."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from itertools import groupby
from pathlib import Path

from PySide6.QtCore import QMarginsF, QObject, QRectF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QWidget

from ecoscore.errors import EnvironmentFailed
from ui.pdf_pages import PageSize, PdfPages
from ui.tasks import Cancelled, Progress, Task, TaskRunner

MOST_DPI = 300
"""Beyond this a page costs memory and time, and no eye sees the difference on plain paper."""

Sheet = tuple[PdfPages, int]
BLANK = -1  # in place of a page's number: the empty back of the last page of an odd-numbered paper


def choose_printer(parent: QWidget | None, title: str, pages: int) -> QPrinter | None:
    """The system's print dialog; None if it is left. EnvironmentFailed where there is nothing to print on."""
    # Qt opens no dialog then and says so to nobody. Elsewhere its own dialog offers a PDF.
    if sys.platform == "win32" and not QPrinterInfo.availablePrinterNames():
        raise EnvironmentFailed(
            "这台电脑上没有可用的打印机。", "请在系统设置的“打印机和扫描仪”里添加打印机，或改为导出 PDF。"
        )
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    printer.setFullPage(True)
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle("打印")
    dialog.setMinMax(1, pages)
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange, on=True)
    return printer if dialog.exec() == QPrintDialog.DialogCode.Accepted else None


def open_sheets(paths: Sequence[Path]) -> list[Sheet]:
    """Every page of several PDFs in order."""
    return [(pages, n) for pages in map(PdfPages, paths) for n in range(len(pages))]


def close_sheets(sheets: Sequence[Sheet]) -> None:
    """Close each document once."""
    for pages in dict.fromkeys(pages for pages, _ in sheets):
        pages.close()


class PrintJob(QObject):
    """Draws page after page in the background and hands each to the printer here, where Qt wants to be painted.

    `done(number of pages)` at the end, `failed(error)` if the printer refuses, `cancelled()` if it was stopped.
    """

    def __init__(
        self,
        tasks: TaskRunner,
        printer: QPrinter,
        sheets: Sequence[Sheet],
        done: Callable[[int], None],
        failed: Callable[[EnvironmentFailed], None],
        cancelled: Callable[[], None] = lambda: None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._tasks, self._printer = tasks, printer
        self._sheets = in_print_order(printer, sheets)
        self._all = list(sheets)
        self._done, self._failed, self._cancelled = done, failed, cancelled
        self._painter = QPainter()
        self._at = 0
        self.task: Task | None = None

    def start(self) -> None:
        self._draw_next()

    def _draw_next(self) -> None:
        if self._at >= len(self._sheets):
            self._close()
            self._done(sum(number != BLANK for _, number in self._sheets))
            return
        pages, number = self._sheets[self._at]
        if number == BLANK:
            self._printer.newPage()
            self._at += 1
            self._draw_next()
            return
        dpi = min(self._printer.resolution(), MOST_DPI)
        at, of = self._at, len(self._sheets)

        def work(progress: Progress, _cancelled: Cancelled) -> QImage:
            progress(at, of, "正在打印")
            return pages.render_dpi(number, dpi)

        self.task = self._tasks.run("正在打印", work, self._put, cancelled=self._abort)

    def _put(self, image: QImage) -> None:
        if self.task is not None and self.task.is_cancelled:
            self._abort()
            return
        pages, number = self._sheets[self._at]
        self._printer.setPageLayout(_layout(pages.sizes[number]))
        ready = self._painter.begin(self._printer) if not self._painter.isActive() else self._printer.newPage()
        if not ready:
            self._close()
            self._failed(
                EnvironmentFailed("打印机没有接受这份文件。", "请检查打印机是否联机、有纸，或改为导出 PDF 后再打印。")
            )
            return
        self._painter.drawImage(_target(self._printer, pages.sizes[number]), image)
        self._at += 1
        self._draw_next()

    def _abort(self) -> None:
        if self._painter.isActive():
            self._printer.abort()
        self._close()
        self._cancelled()

    def _close(self) -> None:
        if self._painter.isActive():
            self._painter.end()
        close_sheets(self._all)
        self.deleteLater()


def in_print_order(printer: QPrinter, sheets: Sequence[Sheet]) -> list[Sheet]:
    """The pages asked for, as they go to the printer.

    On both sides of the paper no scorecard begins on the back of another's. Copies are made here only where the printer
    makes none itself.
    """
    asked = list(_in_range(printer, sheets))
    if printer.duplex() != QPrinter.DuplexMode.DuplexNone:
        papers = [list(group) for _, group in groupby(asked, key=lambda sheet: id(sheet[0]))]
        asked = [s for paper in papers for s in (*paper, *([(paper[0][0], BLANK)] if len(paper) % 2 else ()))]
        if asked and asked[-1][1] == BLANK and printer.copyCount() == 1:
            asked.pop()
    copies = 1 if printer.supportsMultipleCopies() else printer.copyCount()
    if copies == 1:
        return asked
    return asked * copies if printer.collateCopies() else [sheet for sheet in asked for _ in range(copies)]


def _in_range(printer: QPrinter, sheets: Sequence[Sheet]) -> Sequence[Sheet]:
    if printer.printRange() != QPrinter.PrintRange.PageRange or printer.fromPage() < 1:
        return sheets
    return sheets[printer.fromPage() - 1 : printer.toPage() or None]


def _layout(size: PageSize) -> QPageLayout:
    way = QPageLayout.Orientation.Landscape if size.is_landscape else QPageLayout.Orientation.Portrait
    layout = QPageLayout(QPageSize(QPageSize.PageSizeId.A4), way, QMarginsF())
    layout.setMode(QPageLayout.Mode.FullPageMode)
    return layout


def _target(printer: QPrinter, size: PageSize) -> QRectF:
    """The page at its real size, made smaller only if the paper is."""
    paper = printer.paperRect(QPrinter.Unit.DevicePixel)
    dots = printer.resolution() / 72
    scale = min(1.0, paper.width() / (size.width * dots), paper.height() / (size.height * dots))
    width, height = size.width * dots * scale, size.height * dots * scale
    return QRectF((paper.width() - width) / 2, (paper.height() - height) / 2, width, height)
