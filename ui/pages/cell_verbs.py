"""What can be done to the marked cells of a grid: copy, paste, fill down, clear, excuse, remark."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QMenu

from ecoscore.model.observation import Observation, Status
from ui.clipboard import block_of, tsv_of
from ui.commands.values import ClearBlock, EditValue, RestateBlock, SetBlock
from ui.entry import filled, not_applicable
from ui.models.cell_view import CellView, same_value
from ui.models.value_table import ValueTable
from ui.pages.page import Page
from ui.session import CellKey
from ui.widgets.value_grid import ValueView

REFUSED = "cell"


class CellVerbs(Page):
    """Half of the data page; `model` and `view` are those of the grid in front."""

    @property
    def model(self) -> ValueTable:
        raise NotImplementedError

    @property
    def view(self) -> ValueView:
        raise NotImplementedError

    def current(self) -> CellView | None:
        raise NotImplementedError

    def selected_cells(self) -> list[list[CellView]]:
        block = self.view.block()
        return [
            [self.model.cell(row, column) for column in range(block.left(), block.right() + 1)]
            for row in range(block.top(), block.bottom() + 1)
        ]

    def copy(self) -> None:
        if self.view.block().isEmpty():
            return
        QApplication.clipboard().setText(tsv_of(self.selected_cells()))

    def cut(self) -> None:
        """The marked cells go to the clipboard and are cleared; of a file that is only read they are copied."""
        self.copy()
        self.clear_selected()

    def paste(self) -> None:
        block = block_of(QApplication.clipboard().text())
        target = self.view.block()
        if not block or target.isEmpty() or not self.may_edit():
            return
        if len(block) == 1 and len(block[0]) == 1:  # one cell fills the whole selection, as in Excel
            block = [block[0] * target.width()] * target.height()
        rows, columns = len(block), max(len(line) for line in block)
        room = self.model.rowCount() - target.top(), self.model.columnCount() - target.left()
        accepted, refused = self.model.paste(target.top(), target.left(), block)
        outside = rows * columns - min(rows, room[0]) * min(columns, room[1])
        left_out = f"，另有 {outside} 格超出表格，没有粘贴" if outside else ""
        if refused:
            reason = next(iter(self.model.rejections.values())).reason
            self.session.messages.error(
                f"粘贴了 {accepted} 格，{refused} 格未接受（留在格中，标为红色）{left_out}。", reason, key=REFUSED
            )
        elif outside:
            self.session.messages.warn(f"粘贴了 {accepted} 格{left_out}。", "请检查粘贴的起点。", key=REFUSED)
        else:
            self.session.messages.clear(REFUSED)

    def clear_selected(self) -> None:
        if not self.may_edit():
            return
        cells = [cell for line in self.selected_cells() for cell in line]
        for cell in cells:
            self.model.forgive(cell.key)
        held = [cell.key for cell in cells if cell.observation is not None]
        if held:
            self.session.undo_stack.push(ClearBlock(self.session, held))

    def set_not_applicable(self) -> None:
        """Ask for the ground, and give every selected cell the state 不适用."""
        cells = [cell for line in self.selected_cells() for cell in line]
        if not cells or not self.may_edit():
            return
        what = cells[0].indicator.title if len(cells) == 1 else f"{len(cells)} 格"
        ground = self.session.messages.ask_text("设为不适用", f"“{what}”为什么不适用？（写明依据，记入底稿和日志）")
        if ground is None:
            return
        if not ground:
            self.session.messages.warn(
                "没有写明依据，未设为不适用。", "请写明依据，例如“无海岸线，市局函〔2024〕3号”。"
            )
            return
        states = {c.key: not_applicable(c.key, ground) for c in cells}
        if len(cells) == 1:
            cell = cells[0]
            command = EditValue(self.session, cell.indicator.title, cell.key, states[cell.key], why=ground)
            self.session.undo_stack.push(command)
        else:
            self.session.undo_stack.push(SetBlock(self.session, "设为不适用", states, why=ground))

    def may_edit(self) -> bool:
        file = self.session.assessment
        if file is not None and file.read_only:
            self.session.messages.warn("这个文件以只读方式打开，不能修改。", "请关闭其他正在使用它的程序后重新打开。")
        return file is not None and not file.read_only

    def fill_down(self) -> None:
        """The first row of the marked block goes into the rows below; of a single row, the row above comes into it."""
        block = self.view.block()
        if block.isEmpty() or not self.may_edit():
            return
        first = block.top() if block.height() > 1 else block.top() - 1
        if first < 0:
            self.session.messages.info("上面没有可以填充的行。", "请选中一块：首行是要填充的值。", key=REFUSED)
            return
        states: dict[CellKey, Observation | None] = {}
        for column in range(block.left(), block.right() + 1):
            source = self.model.cell(first, column)
            for row in range(first + 1, block.bottom() + 1):
                cell = self.model.cell(row, column)
                if source.indicator.id == cell.indicator.id and not same_value(source.observation, cell.observation):
                    states[cell.key] = filled(source.observation, cell.key)
        if not states:
            self.session.messages.info("没有可以填充的：下面各行与首行相同，或不是同一指标。", key=REFUSED)
            return
        self.session.messages.clear(REFUSED)
        self.session.undo_stack.push(SetBlock(self.session, "向下填充", states))

    def edit_note(self) -> None:
        """Ask for the remark on the current cell; it is kept with the value, printed in papers, and journalled."""
        cell = self.current()
        if cell is None or not self.may_edit():
            return
        if cell.observation is None:
            self.session.messages.warn("空格上不能写批注。", "请先填写值，或设为不适用。", key=REFUSED)
            return
        place = f"{cell.key[0]}“{cell.indicator.title}”"
        note = self.session.messages.ask_text(
            "批注", f"{place}的说明（记入日志，随值保存）：", cell.observation.note or ""
        )
        if note is None or note == (cell.observation.note or ""):
            return
        if not note and cell.observation.status is Status.NOT_APPLICABLE:
            self.session.messages.warn("不适用必须有依据，批注未清除。", "要改状态，请直接填写值或清除。", key=REFUSED)
            return
        states = {cell.key: replace(cell.observation, note=note or None)}
        self.session.undo_stack.push(SetBlock(self.session, "批注", states, why="批注"))

    def edit_source(self) -> None:
        """Where the marked values come from: a report, a letter, a station."""
        self._edit_text("source", "来源", "数据来自哪里，如“市环境监测中心2024年年报 第12页”：")

    def edit_basis(self) -> None:
        """Under which edition of the standard the marked values were measured; empty: the scheme's own."""
        self._edit_text("basis", "口径", "按哪一版标准测算，如“GB 3095-2012”（不同口径的值不作比较；空：按方案）：")

    def _edit_text(self, field: str, title: str, label: str) -> None:
        held = [c.observation for line in self.selected_cells() for c in line if c.observation is not None]
        if not held:
            self.session.messages.warn(f"空格上不能写{title}。", "请先填写值，或设为不适用。", key=REFUSED)
            return
        if not self.may_edit():
            return
        text = self.session.messages.ask_text(title, label, getattr(held[0], field) or "")
        if text is None:
            return
        states: dict[CellKey, Observation | None] = {
            (o.district, o.indicator, o.period): replace(o, **{field: text or None})
            for o in held
            if (getattr(o, field) or "") != text
        }
        if states:
            self.session.messages.clear(REFUSED)
            self.session.undo_stack.push(RestateBlock(self.session, f"修改{title}", states, why=f"修改{title}"))

    def show_menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        icon = self.session.theme.icon
        menu.addAction("剪切", self.cut)
        menu.addAction(icon("copy"), "复制", self.copy)
        menu.addAction(icon("paste"), "粘贴", self.paste)
        menu.addAction(icon("down"), "向下填充", self.fill_down)
        menu.addAction("清除", self.clear_selected)
        menu.addSeparator()
        menu.addAction("设为不适用…", self.set_not_applicable)
        menu.addAction("批注…", self.edit_note)
        menu.addAction("来源…", self.edit_source)
        menu.addAction("口径…", self.edit_basis)
        self.add_to_menu(menu)
        menu.exec(self.view.viewport().mapToGlobal(at))
        menu.deleteLater()

    def add_to_menu(self, menu: QMenu) -> None:
        """What else the page offers at a cell."""
