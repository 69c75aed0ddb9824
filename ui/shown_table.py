"""What a table view shows, as text for the clipboard and as rows for a workbook: its order, its columns, its filter."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QTableView

from ecoscore.assessment.tables import write_table
from ui.models.roles import SortRole
from ui.session import Session
from ui.tasks import Cancelled, Progress

SHEET_FILTER = "Excel 工作簿 (*.xlsx)"
Value = float | str | None


def copy_table(session: Session, name: str, view: QTableView) -> None:
    """Put a table on the clipboard and say so."""
    QGuiApplication.clipboard().setText(text_of(view))
    session.messages.info(f"已复制“{name}”：{view.model().rowCount()} 行。", "可粘贴到 Excel 或 WPS。", key="copy")


def export_table(session: Session, name: str, view: QTableView, title: str) -> None:
    """Write a table as a workbook where the user says."""
    path = session.messages.save_file("导出表格", session.settings.folder / f"{title}.xlsx", SHEET_FILTER)
    if path is None:
        return
    path = path if path.suffix.lower() == ".xlsx" else path.with_name(f"{path.name}.xlsx")
    headers, rows = headers_of(view), rows_of(view)

    def work(_progress: Progress, _cancelled: Cancelled) -> Path:
        write_table(path, title, headers, rows)
        return path

    def done(written: Path) -> None:
        session.messages.success(f"已导出“{name}”到 {written.name}。", str(written.parent))

    session.tasks.run(f"正在导出 {path.name}", work, done)


def headers_of(view: QTableView) -> list[str]:
    model = view.model()
    horizontal = Qt.Orientation.Horizontal
    return [str(model.headerData(c, horizontal) or "") for c in _columns(view)]


def rows_of(view: QTableView) -> list[list[Value]]:
    """Numbers where the column shows numbers, texts elsewhere; a number that is shown rounded comes as it is shown."""
    model = view.model()
    return [[_value(model.index(row, c)) for c in _columns(view)] for row in range(model.rowCount())]


def text_of(view: QTableView) -> str:
    """Tab-separated, with the headers, as Excel and WPS paste it."""
    lines = [headers_of(view)]
    lines += [[_written(v) for v in row] for row in rows_of(view)]
    return "\n".join("\t".join(" ".join(text.split()) for text in line) for line in lines)


def _columns(view: QTableView) -> list[int]:
    header = view.horizontalHeader()
    shown = [header.logicalIndex(n) for n in range(header.count())]
    return [c for c in shown if not view.isColumnHidden(c)]


def _value(index: QModelIndex) -> Value:
    text = str(index.data() or "")
    if isinstance(index.data(SortRole), (int, float)):
        try:
            return float(text.replace("−", "-").lstrip("+"))
        except ValueError:
            return text
    return text


def _written(value: Value) -> str:
    if isinstance(value, float):
        return f"{value:.15g}"
    return value or ""
