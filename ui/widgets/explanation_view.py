"""A score explained: formula, the numbers put in, notes and clause, as selectable text in the inspector."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtGui import QTextOption
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from ecoscore.reporting.view_parts import AdjustmentLine, WorkingItem, WorkingStep
from ui.theme import Theme


class ExplanationView(QTextBrowser):
    """Shows one score at a time; wraps anywhere, because formulas have no spaces."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._again = self.show_nothing
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setAccessibleName("计分底稿")
        self.document().setDocumentMargin(16)
        theme.changed.connect(self._show_again)

    def show_nothing(self) -> None:
        self._again = self.show_nothing
        self.setHtml("")

    def show_item(self, item: WorkingItem) -> None:
        """One indicator's points."""
        self._again = lambda: self.show_item(item)
        unit = "" if item.unit == "—" else f" {item.unit}"
        facts = [("本年值", item.value + (unit if item.value != "—" else "")), ("基期值", item.baseline)]
        facts += [("目标值", item.target), ("个体指数", item.individual.text)]
        rows = [(name, text) for name, text in facts if text not in {"", "—"}]
        parts = [self._title(f"{item.number}. {item.title}", f"{item.points.text} / {item.weight.text} 分")]
        parts += [self._facts(rows), self._muted(f"计分法：{item.rule}")]
        parts += [self._step(step) for step in item.steps]
        parts.append(self._numbers(item.scoring))
        parts += [self._note(note) for note in item.notes]
        if item.clause:
            parts.append(self._muted(f"依据：{item.clause}"))
        self.setHtml("".join(parts))

    def show_steps(self, title: str, figure: str, steps: Sequence[WorkingStep]) -> None:
        """A group's index, or the way from the groups to the total, the rank and the grade."""
        self._again = lambda: self.show_steps(title, figure, steps)
        self.setHtml(self._title(title, figure) + "".join(self._step(step) for step in steps))

    def show_adjustments(self, title: str, figure: str, lines: Sequence[AdjustmentLine]) -> None:
        self._again = lambda: self.show_adjustments(title, figure, lines)
        parts = [self._title(title, figure)]
        if not lines:
            parts.append(self._muted("没有这一类事项。"))
        for line in lines:
            count = f"（{line.count} 次）" if line.count > 1 else ""
            parts.append(self._numbers(f"{line.kind}：{line.title}{count}，{line.effect}"))
            parts.append(self._muted(f"依据：{line.ground}"))
        self.setHtml("".join(parts))

    def _show_again(self) -> None:
        self._again()

    # Pieces. --------------------------------------------------------------------------------------------------------

    def _title(self, text: str, figure: str) -> str:
        head = f'<p style="font-size:10.5pt;margin:0 0 2px 0"><b>{escape(text)}</b></p>'
        return head + (f'<p style="font-size:13pt;margin:0 0 8px 0">{escape(figure)}</p>' if figure else "")

    def _facts(self, rows: Sequence[tuple[str, str]]) -> str:
        mist = self._theme.colours.mist
        cells = "".join(
            f'<tr><td style="color:{mist};padding:0 12px 2px 0">{escape(name)}</td>'
            f'<td style="padding:0 0 2px 0">{escape(text)}</td></tr>'
            for name, text in rows
        )
        return f'<table cellspacing="0" style="margin:0 0 6px 0">{cells}</table>' if rows else ""

    def _step(self, step: WorkingStep) -> str:
        label = self._muted(step.label, top=8)
        formula = f'<p style="margin:0 0 2px 0">{escape(step.formula)}</p>' if step.formula else ""
        return label + formula + self._numbers(step.numbers) + "".join(self._note(n) for n in step.notes)

    def _numbers(self, text: str) -> str:
        if not text or text == "—":
            return ""
        return f'<p style="margin:0 0 4px 0;color:{self._theme.colours.pine}">{escape(text)}</p>'

    def _note(self, text: str) -> str:
        return f'<p style="margin:0 0 4px 0;color:{self._theme.colours.ochre}">※ {escape(text)}</p>'

    def _muted(self, text: str, top: int = 0) -> str:
        return f'<p style="margin:{top}px 0 2px 0;color:{self._theme.colours.mist}">{escape(text)}</p>'
