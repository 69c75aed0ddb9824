"""The adjustments desk: bonuses, deductions, ceilings and vetoes with their grounds, and what one would do before it is confirmed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from ecoscore.errors import EcoScoreError
from ecoscore.model.adjustment import LAYER_TITLES, Adjustment, Event, Layer
from ecoscore.model.result import plain
from ui.commands.review import RecordEvent, RemoveEvent
from ui.models.rows_table import Column, RowsTable
from ui.session import Session
from ui.tasks import Cancelled, Progress
from ui.widgets.row_view import RowView

if TYPE_CHECKING:
    from ecoscore.assessment.events import EventEffect, Standing

_PAUSE_MS = 200
_MESSAGE = "events"


def words_of(item: Adjustment) -> str:
    """What one occurrence of an item does."""
    if item.layer is Layer.BONUS:
        said = f"加 {plain(item.points)} 分"
    elif item.layer is Layer.DEDUCTION:
        said = f"扣 {plain(item.points)} 分"
    elif item.layer is Layer.CEILING:
        said = f"等次不高于{item.grade}"
    else:
        said = f"等次定为{item.grade}"
    return said + (f"，最多 {plain(item.cap)} 分" if item.cap is not None else "")


class EventsDesk(QWidget):
    """A list of what is recorded, and under it the form for one more."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._items: dict[str, Adjustment] = {}
        self.table = RowsTable(self._columns(), session.theme, parent=self)
        self.view = RowView(self.table, session.theme, "加减分事项")
        self.view.nothing = "本期还没有登记加分、扣分、封顶或否决的事项。"
        self.view.stretch("matter")
        self.district = QComboBox()
        self.item = QComboBox()
        self.matter = QLineEdit(placeholderText="例如：中央环保督察通报某河段水质恶化")
        self.count = QSpinBox()
        self.count.setRange(1, 99)
        self.document = QLineEdit(placeholderText="例如：市环督〔2024〕12号")
        self.date = QLineEdit(placeholderText="例如：2024-09-12")
        self.office = QLineEdit(placeholderText="例如：市生态环境局")
        self.attachments = QLineEdit(placeholderText="例如：督察通报.pdf；只记名称，文件另存")
        self.attach_button = QPushButton("选择…")
        self.attach_button.setToolTip("选中文件，记下它们的名称")
        self.effect = QLabel()
        self.effect.setWordWrap(True)
        self.record_button = QPushButton("登记")
        self.record_button.setProperty("main", True)
        self.remove_button = QPushButton("撤销选中的登记…")
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._ask_effect)
        self._build()
        self._connect()

    def _columns(self) -> tuple[Column, ...]:
        def title(event: Event) -> str:
            item = self._items.get(event.adjustment)
            return f"{LAYER_TITLES[item.layer]} · {item.title}" if item else event.adjustment

        def tone(event: Event) -> str | None:
            item = self._items.get(event.adjustment)
            if item is None:
                return "mist"
            return {Layer.BONUS: "pine", Layer.DEDUCTION: "ochre"}.get(item.layer, "cinnabar")

        return (
            Column("district", "区县", lambda e: e.district, width=110),
            Column("item", "事项", title, width=200, tone=tone),
            Column("matter", "事由", lambda e: e.matter, width=250, tip=lambda e: e.ground),
            Column("count", "次数", lambda e: str(e.count), lambda e: e.count, width=56, numeric=True),
            Column("document", "文号", lambda e: e.document or "—", width=150),
            Column("date", "日期", lambda e: e.date or "—", width=96),
            Column("office", "认定单位", lambda e: e.office or "—", width=120),
        )

    def _build(self) -> None:
        below = QFrame(objectName="stripBelow")
        column = QVBoxLayout(below)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(10)
        column.addWidget(QLabel("登记一项", objectName="sectionTitle"))
        left, right = QFormLayout(), QFormLayout()
        for form in (left, right):
            form.setHorizontalSpacing(10)
            form.setVerticalSpacing(8)
            form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        for form, name, field in (
            (left, "区县", self.district), (left, "事项", self.item), (left, "事由", self.matter),
            (right, "文号", self.document), (right, "日期", self.date), (right, "认定单位", self.office),
        ):  # fmt: skip
            field.setAccessibleName(name)
            form.addRow(name, field)
        attached = QHBoxLayout()
        attached.setSpacing(8)
        attached.addWidget(self.attachments, 1)
        attached.addWidget(self.attach_button)
        self.attachments.setAccessibleName("附件")
        right.addRow("附件", attached)
        left.addRow("次数", self.count)
        for box in (self.district, self.item):
            box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.item.setMinimumContentsLength(14)
        self.item.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.count.setAccessibleName("次数")
        fields = QHBoxLayout()
        fields.setSpacing(24)
        fields.addLayout(left, 1)
        fields.addLayout(right, 1)
        column.addLayout(fields)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.effect, 1)
        foot.addWidget(self.remove_button)
        foot.addWidget(self.record_button)
        column.addLayout(foot)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.view, 1)
        layout.addWidget(below)
        self.setFocusProxy(self.view)

    def _connect(self) -> None:
        for box in (self.district, self.item):
            box.currentIndexChanged.connect(lambda _: self._pause.start())
        for field in self._texts:
            field.textChanged.connect(lambda _: self._settle())
            field.returnPressed.connect(self.record)
        self.attach_button.clicked.connect(self._attach)
        self.matter.textChanged.connect(lambda _: self._pause.start())
        self.count.valueChanged.connect(lambda _: self._pause.start())
        self.record_button.clicked.connect(self.record)
        self.remove_button.clicked.connect(self.remove)
        self.view.current_changed.connect(lambda _: (self._settle(), self._pause.start()))
        for signal in (self._session.values_changed, self._session.period_changed):
            signal.connect(lambda *_: self.refresh())

    # Filling. -------------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read again what is recorded, and what the scheme allows."""
        file, scheme = self._session.assessment, self._session.scheme
        if file is None or scheme is None:
            return
        self._items = {a.id: a for a in scheme.adjustments}
        events = file.events(self._session.period)
        if events != self.table.rows:
            self.table.show(events)
            self.view.fit("district", 90, 180)
            if events:
                self.view.choose(events[0])
        recordable = [a for a in scheme.adjustments if not a.all_improved]
        names = [d.name for d in file.districts]
        _fill(self.district, [(name, name) for name in names], self._session.selection.district)
        _fill(self.item, [(f"{LAYER_TITLES[a.layer]} · {a.title}（{words_of(a)}）", a.id) for a in recordable], None)
        self._settle()
        self._pause.start()

    def _settle(self) -> None:
        file = self._session.assessment
        may = file is not None and not file.read_only
        self.record_button.setEnabled(may and self.event_to_be() is not None)
        self.remove_button.setEnabled(may and self.view.current is not None)
        self.record_button.setToolTip("" if self.record_button.isEnabled() else "请先写明事由")

    def event_to_be(self) -> Event | None:
        """The event that the form describes; None while it has no ground."""
        district, item, matter = self.district.currentData(), self.item.currentData(), self.matter.text().strip()
        if not district or not item or not matter:
            return None
        return Event(
            district, self._session.period, item, matter, self.count.value(), self.document.text().strip(),
            self.date.text().strip(), self.office.text().strip(), self.attachments.text().strip(),
        )  # fmt: skip

    @property
    def _texts(self) -> tuple[QLineEdit, ...]:
        return self.matter, self.document, self.date, self.office, self.attachments

    def _attach(self) -> None:
        """Add the names of chosen files."""
        paths = self._session.messages.open_files("选择附件（只记名称）", self._session.settings.folder, "所有文件 (*)")
        names = [n for n in self.attachments.text().split("、") if n] + [p.name for p in paths]
        if paths:
            self.attachments.setText("、".join(dict.fromkeys(names)))

    # The effect. ----------------------------------------------------------------------------------------------------

    def _ask_effect(self) -> None:
        """Of the event in the form; while there is none, of taking back the one that is marked."""
        file, event = self._session.assessment, self.event_to_be()
        removed = event is None
        event = self.view.current if event is None else event
        if event is None or file is None:
            self.effect.setText(
                "写明事由后，这里先算出对总分、名次、等次的影响。" if self._items else "这个方案没有加减分项。"
            )
            self.effect.setProperty("muted", True)
            self._polish()
            return

        def work(_progress: Progress, _cancelled: Cancelled) -> EventEffect:
            from ecoscore.assessment.events import effect_of  # noqa: PLC0415

            return effect_of(file, event, removed=removed)

        def still() -> bool:
            formed = self.event_to_be()
            return event == formed if not removed else formed is None and event == self.view.current

        def done(effect: EventEffect) -> None:
            if still():
                self.effect.setText(_told(event, effect, removed=removed))
                self.effect.setProperty("muted", False)
                self._polish()

        def failed(error: EcoScoreError) -> None:
            if still():
                self.effect.setText(error.message)
                self._polish()

        self._session.tasks.run("", work, done, failed, quiet=True, owner=self)

    def _polish(self) -> None:
        self.effect.style().unpolish(self.effect)
        self.effect.style().polish(self.effect)

    # Verbs. ---------------------------------------------------------------------------------------------------------

    def record(self) -> None:
        event = self.event_to_be()
        if event is None:
            self._session.messages.warn(
                "没有写明事由，未登记。", "请写明事由，最好附上文号、日期和认定单位。", key=_MESSAGE
            )
            self.matter.setFocus()
            return
        self._session.messages.clear(_MESSAGE)
        command = RecordEvent(self._session, event)
        self._session.undo_stack.push(command)
        assert self._session.assessment is not None
        if event in self._session.assessment.events(self._session.period):
            for field in self._texts:
                field.clear()
            self.count.setValue(1)
            self.view.choose(event)

    def remove(self) -> None:
        """Ask why, and take the chosen record back."""
        event = self.view.current
        if event is None:
            return
        why = self._session.messages.ask_text("撤销登记", f"为什么撤销“{event.district} {event.matter}”？（记入日志）")
        if why is None:
            return
        if not why:
            self._session.messages.warn("没有写明原因，未撤销。", "请写明原因，例如“重复登记”。", key=_MESSAGE)
            return
        self._session.undo_stack.push(RemoveEvent(self._session, event, why))


def _fill(box: QComboBox, choices: list[tuple[str, str]], wanted: str | None) -> None:
    held = box.currentData()
    box.blockSignals(True)
    box.clear()
    for text, data in choices:
        box.addItem(text, data)
    at = box.findData(held if held is not None else wanted)
    box.setCurrentIndex(max(at, 0) if choices else -1)
    box.blockSignals(False)


def _told(event: Event, effect: EventEffect, *, removed: bool = False) -> str:
    """总分 86.42 → 85.42，名次 3 → 4，等次不变；另有 1 个区县名次变动."""
    before, after = effect.before, effect.after
    when = "撤销选中的这一项后" if removed else "登记后"
    if effect.is_none:
        return f"{when}{event.district}的总分、名次、等次都不变。"
    parts = [
        _change("总分", before.total, after.total),
        _change("名次", _rank(before), _rank(after)),
        _change("等次", before.grade, after.grade),
    ]
    others = f"；另有 {len(effect.moved)} 个区县名次变动" if effect.moved else ""
    return f"{when}{event.district}：{'，'.join(p for p in parts if p)}{others}。"


def _rank(standing: Standing) -> str:
    return str(standing.rank) if standing.rank else ""


def _change(name: str, before: str, after: str) -> str:
    if not before and not after:
        return ""
    return f"{name} {before} → {after}" if before != after else f"{name}不变"
