"""The years of a file: which are sealed, whether the seals are whole, and where their papers lie."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ecoscore.model.period import Period
from ecoscore.model.seal import Seal, SealState
from ui.models.rows_table import Column, RowsTable
from ui.session import Session
from ui.tasks import Cancelled, Progress
from ui.widgets.facts_card import FactsCard
from ui.widgets.row_view import RowView

if TYPE_CHECKING:
    from ecoscore.model.seal import PaperState


@dataclass(frozen=True, slots=True)
class YearRow:
    """One period; `state` and `papers` are None until somebody has looked."""

    period: Period
    values: int
    seal: Seal | None = None
    state: SealState | None = None
    papers: tuple[PaperState, ...] | None = None

    @property
    def words(self) -> str:
        if self.seal is None:
            return "未封存"
        return "已封存" if self.state is None else f"已封存，{self.state.words}"

    @property
    def tone(self) -> str:
        if self.seal is None:
            return "mist"
        return "pine" if self.state in {None, SealState.WHOLE} else "cinnabar"

    @property
    def papers_told(self) -> str:
        if self.seal is None or not self.seal.papers:
            return "—"
        bad = sum(p.state != "same" for p in self.papers or ())
        return f"{len(self.seal.papers)} 份" + (f"，{bad} 份有变" if bad else "")


_COLUMNS = (
    Column("period", "考核期", lambda r: r.period.title, lambda r: r.period, width=100),
    Column("values", "数据", lambda r: f"{r.values} 个值", lambda r: r.values, width=90, numeric=True),
    Column("state", "封存", lambda r: r.words, width=180, tone=lambda r: r.tone),
    Column("code", "校验码", lambda r: "—" if r.seal is None else r.seal.code, width=150),
    Column(
        "time", "封存时间", lambda r: "—" if r.seal is None else r.seal.time[:16].replace("T", " "), width=130,
    ),
    Column("user", "封存人", lambda r: "—" if r.seal is None else r.seal.user, width=80),
    Column("papers", "成绩单", lambda r: r.papers_told, width=100, tip=lambda r: r.seal.folder if r.seal else None),
)  # fmt: skip


class SealsDesk(QWidget):
    """`changed` when another year is chosen or something new is known about it."""

    changed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.table = RowsTable(_COLUMNS, session.theme, parent=self)
        self.view = RowView(self.table, session.theme, "各年度的封存")
        self.view.nothing = "年度评分定稿后在这里封存。现在还没有数据：先导入或填报。"
        self.view.stretch("state")
        self.card = FactsCard()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.view)
        self.setFocusProxy(self.view)
        self.view.current_changed.connect(self._explain)
        session.values_changed.connect(lambda _: self.refresh() if self.isVisible() else None)

    @property
    def current(self) -> YearRow | None:
        row: YearRow | None = self.view.current
        return row

    def refresh(self) -> None:
        """Read the years again, and look at every seal in the background."""
        file = self._session.assessment
        if file is None:
            return
        wanted = self.current.period if self.current is not None else self._session.period
        seals = {s.period: s for s in file.seals}
        periods = sorted(set(file.periods) | set(seals), reverse=True)
        rows = [YearRow(p, len(file.observations(p)), seals.get(p)) for p in periods]
        self._show(rows, wanted)

        def work(_progress: Progress, _cancelled: Cancelled) -> list[YearRow]:
            return [
                r if r.seal is None
                else YearRow(r.period, r.values, r.seal, file.look_at_seal(r.seal), file.look_at_papers(r.seal))
                for r in rows
            ]  # fmt: skip

        def done(looked: list[YearRow]) -> None:
            if file is self._session.assessment and self.table.rows == tuple(rows):
                self._show(looked, self.current.period if self.current is not None else wanted)

        if seals:
            self._session.tasks.run("正在核对封存", work, done, quiet=True, owner=self)

    def _show(self, rows: list[YearRow], wanted: Period) -> None:
        self.table.show(rows)
        self.view.choose(next((r for r in rows if r.period == wanted), rows[0] if rows else None))
        self._explain(self.current)

    def _explain(self, row: YearRow | None) -> None:
        self.changed.emit()
        if row is None:
            self.card.show_facts("封存", "", "年度评分定稿后在这里封存。现在还没有数据：先导入或填报。", [])
            return
        seal = row.seal
        if seal is None:
            line = "定稿后封存：数据、方案和结果固定下来，改动须先写明原因启封。"
            self.card.show_facts(row.period.title, "未封存", line, [])
            return
        looked = {p.name: p.title for p in row.papers or ()}
        self.card.show_facts(
            row.period.title,
            "已封存",
            row.state.words if row.state is not None else "正在核对……",
            [
                ("封存", [
                    ("时间", seal.time[:19].replace("T", " ")), ("封存人", seal.user),
                    ("区县", f"{len(seal.districts)} 个"), ("校验码", seal.code), ("算法", seal.algorithm),
                    ("结果摘要", _broken(seal.digest.partition(":")[2])), ("数据摘要", _broken(seal.data)),
                ]),
                ("成绩单", [("文件夹", seal.folder), *((looked.get(n, "…"), n) for n in list(seal.papers)[:40])]),
            ],
        )  # fmt: skip

    def folder(self) -> Path | None:
        """Where the chosen year's papers lie, None where it has none."""
        row = self.current
        return Path(row.seal.folder) if row is not None and row.seal is not None and row.seal.folder else None


def _broken(digest: str) -> str:
    """A digest in groups, so that it can wrap and be compared by eye."""
    return " ".join(digest[n : n + 8] for n in range(0, len(digest), 8))
