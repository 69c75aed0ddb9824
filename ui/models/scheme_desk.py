"""The draft of a scheme on the desk: what it is based on, what is wrong with it, and what it would change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from ecoscore.assessment.preview import EffectRow, effect, preview, preview_curve
from ecoscore.errors import EcoScoreError, InputRefused
from ecoscore.model.curve import RuleCurve
from ecoscore.model.scheme import Indicator, Scheme
from ecoscore.schemes.draft import ROOT, Draft, Node, draft_of
from ecoscore.schemes.draft_check import Checked, check_draft
from ecoscore.schemes.fields import KIND_TITLES, title_of
from ui.commands.scheme import EditDraft
from ui.models.draft_keeper import DraftKeeper
from ui.session import Session
from ui.tasks import Cancelled, Progress

if TYPE_CHECKING:
    from ecoscore.model.result import Result

_PAUSE = 80  # milliseconds without a keystroke before the whole draft is read


class SchemeDesk(QObject):
    """Every change of the draft is an undo step; it is read and scored a moment later, in the background.

    `locked` are the keys of the weights that scaling leaves alone; they belong to the desk, not to the scheme.
    """

    loaded = Signal()  # another scheme lies on the desk
    changed = Signal(int)  # the draft is another one; the key of the node that was changed
    recalled = Signal(int)  # the same by undo or redo: show the node
    checked_again = Signal()
    effect_ready = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.base: Scheme | None = None
        self.base_draft: Draft | None = None
        self.draft: Draft = Draft(Node(ROOT, "settings"), 1)
        self.checked = Checked(None, ())
        self.locked: set[int] = set()
        self.effect: tuple[EffectRow, ...] = ()
        self.refusal = ""  # why there is no effect to show
        self.keeper = DraftKeeper(session, self)
        self._curves: dict[object, RuleCurve | None] = {}
        self._read = False
        self._asked: object = None
        session.level_changed.connect(self.score_again)
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE)
        self._timer.timeout.connect(self.read)

    # What lies on the desk. ------------------------------------------------------------------------------------------

    def load(self) -> None:
        """The edition that the current period is scored by, unless there are changes to another one."""
        file = self.session.assessment
        if file is None:
            self.base = self.base_draft = None
            self._settle(Draft(Node(ROOT, "settings"), 1))
            return
        scheme = file.scheme_of(self.session.period)
        if scheme is self.base or (self.is_changed and self.base is not None):
            return
        kept = self.keeper.kept() if self.base is None else None
        self.base = kept[0] if kept is not None else scheme
        self.base_draft = draft_of(self.base)
        self._settle(self.base_draft)
        if kept is not None and not self.why_off and kept[1].root != self.draft.root:
            self.apply(kept[1], "放回上次没有采用的方案改动", ROOT)
            self.session.messages.info(
                "上次对方案的改动没有采用，已放回草稿。", "看过差别后采用，或者放弃改动。", key="scheme_draft"
            )

    def reset(self) -> None:
        """Forget the draft and take the file's scheme again."""
        self.base = None
        self.load()

    def _settle(self, draft: Draft) -> None:
        self.locked.clear()
        self.draft = draft
        self.effect, self.refusal = (), ""
        self._read = False
        self.read()
        self.loaded.emit()

    @property
    def is_changed(self) -> bool:
        return self.base_draft is not None and self.draft.root != self.base_draft.root

    @property
    def why_off(self) -> str:
        """Why nothing can be edited, "" where it can."""
        file, period = self.session.assessment, self.session.period
        if file is None:
            return "还没有打开考核文件。"
        if file.read_only:
            return "文件以只读方式打开，方案不能修改；可以导出后另改。"
        if file.seal_of(period) is not None:
            return f"{period.title}已经封存，方案不能修改。请转到尚未封存的考核期，让新版本从它起；确需改动的先启封。"
        return ""

    def base_node(self, key: int) -> Node | None:
        return self.base_draft.find(key) if self.base_draft is not None else None

    # Editing. --------------------------------------------------------------------------------------------------------

    def edit(self, key: int, path: str, value: Any, burst: object = None) -> None:
        """Set one field."""
        node = self.draft.find(key)
        if node is None or node.get(path) == value:
            return
        what = title_of(node.kind, path) or "内容"
        place = "方案" if key == ROOT else f"“{node.label}”"
        self.apply(self.draft.put(key, path, value), f"修改{place}的{what}", key, burst)

    def apply(self, draft: Draft, text: str, node: int, burst: object = None) -> None:
        """Make another draft the current one, as one undo step."""
        if draft is self.draft or self.why_off:
            return
        self.session.undo_stack.push(EditDraft(self, text, draft, node, burst))

    def add(self, parent: int, kind: Any, values: Mapping[str, Any], at: int | None = None) -> int:
        """A new node; its key."""
        draft, key = self.draft.add(parent, kind, values, at)
        self.apply(draft, f"增加{KIND_TITLES[kind]}", key)
        return key

    def take(self, draft: Draft, node: int, *, again: bool) -> None:
        """Called by the undo commands only."""
        self.draft = draft
        self._read = False
        self._timer.start()
        self.keeper.note(self.base, self.draft if self.is_changed else None)
        self.changed.emit(node)
        if again:
            self.recalled.emit(node)

    def rest_on(self, base: Draft | None) -> None:
        """The edition that holds now is what `base` says: the draft itself once adopted, what was before once undone."""
        file = self.session.assessment
        assert file is not None
        self.base_draft = base
        self.base = file.scheme_of(self.session.period)
        self.keeper.note(self.base, self.draft if self.is_changed else None)
        self.effect, self.refusal = (), ""
        self.effect_ready.emit()
        self._read = False
        self.read()

    # Reading and scoring it. -----------------------------------------------------------------------------------------

    def read(self) -> None:
        """Check the draft now; its effect follows."""
        self._timer.stop()
        if self._read:
            return
        self._read = True
        unchanged = not self.is_changed and self.base is not None
        if unchanged and self.base is not None and not self.base.warnings:
            self.checked = Checked(self.base, ())
        else:
            self.checked = check_draft(self.draft) if self.base is not None else Checked(None, ())
        self.checked_again.emit()
        self._score()

    @property
    def scheme(self) -> Scheme | None:
        """The scheme that the draft makes, None while it has errors."""
        return self.checked.scheme if self._read else None

    def indicator(self, key: int) -> Indicator | None:
        node, scheme = self.draft.find(key), self.scheme
        return scheme.by_id.get(str(node.values.get("id"))) if node is not None and scheme is not None else None

    def curve(self, key: int) -> RuleCurve | None:
        indicator, file = self.indicator(key), self.session.assessment
        if indicator is None or file is None or self.scheme is None:
            return None
        level = self.session.level
        asked = file.version, self.session.period, level, id(self.scheme), indicator.id
        if asked not in self._curves:
            if len(self._curves) > 200:
                self._curves.clear()
            self._curves[asked] = preview_curve(file, self.session.period, self.scheme, indicator.id, level)
        return self._curves[asked]

    def score_again(self) -> None:
        """The period or its values are others: the effect is another one too."""
        self._curves.clear()
        self._score()

    def _score(self) -> None:
        file, scheme = self.session.assessment, self.scheme
        period, level = self.session.period, self.session.level
        if file is None or not self.is_changed:
            self.effect, self.refusal = (), ""
            self._asked = None
            self.effect_ready.emit()
            return
        if scheme is None:
            self.refusal = "方案还有错误，改正后才能试算。"
            self._asked = None
            self.effect_ready.emit()
            return
        asked = self._asked = object()

        def work(_progress: Progress, _cancelled: Cancelled) -> tuple[EffectRow, ...]:
            try:
                before: Result | None = file.score(period, level)
            except InputRefused:
                before = None
            return effect(before, preview(file, period, scheme, level=level))

        def done(rows: tuple[EffectRow, ...]) -> None:
            if self._asked is asked:
                self.effect, self.refusal = rows, ""
                self.effect_ready.emit()

        def failed(error: EcoScoreError) -> None:
            if self._asked is asked:
                self.effect, self.refusal = (), error.message
                self.effect_ready.emit()

        self.session.tasks.run("正在试算", work, done, failed, quiet=True)
