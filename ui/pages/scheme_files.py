"""What leads out of and into the scheme's draft: opening, exporting, comparing, adopting."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from ecoscore.assessment.schemes import read_scheme, write_scheme
from ecoscore.errors import EcoScoreError
from ecoscore.model.period import Period
from ecoscore.model.scheme import Scheme
from ecoscore.schemes.draft import ROOT, draft_of
from ecoscore.schemes.draft_check import check_draft
from ui.commands.scheme import AdoptDraft
from ui.models.scheme_desk import SchemeDesk
from ui.tasks import Cancelled, Progress

SCHEME_FILTER = "考核方案 (*.yaml *.yml *.xlsx)"
SAVE_FILTER = "Excel 工作簿 (*.xlsx);;方案文件 (*.yaml)"


class SchemeFiles(QObject):
    """`opened` when the draft has become another scheme, `adopted` when it is an edition of the file."""

    opened = Signal()
    adopted = Signal()

    def __init__(self, desk: SchemeDesk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk, self.session = desk, desk.session

    def open_scheme(self) -> None:
        """Another scheme as the draft, from YAML or Excel; one undo step."""
        path = self._ask("打开方案")
        if path is None:
            return

        def done(scheme: Scheme) -> None:
            self.desk.apply(draft_of(scheme), f"打开方案 {path.name}", ROOT)
            self.opened.emit()
            self.session.messages.success(f"已打开 {path.name}，作为草稿。", "看过试算和差别后再采用。")

        self._read(path, done)

    def read_other(self, done: object) -> None:
        """Read a scheme to compare with; `done` gets its name and the scheme."""
        path = self._ask("选择要比较的方案")
        if path is not None:
            self._read(path, lambda scheme: done(path.name, scheme))  # type: ignore[operator]

    def export(self) -> None:
        """The draft as YAML or as an Excel workbook."""
        self.desk.read()
        scheme = self.desk.scheme
        if scheme is None:
            self.session.messages.error("方案还有错误，不能导出。", "请先改正下面列出的问题。")
            return
        name = f"{scheme.title}（{scheme.edition}）.xlsx" if scheme.edition else f"{scheme.title}.xlsx"
        suggestion = self.session.settings.folder / name.replace("/", "／")
        path = self.session.messages.save_file("导出方案", suggestion, SAVE_FILTER)
        if path is None:
            return
        path = path if path.suffix.lower() in {".xlsx", ".yaml", ".yml"} else path.with_name(path.name + ".xlsx")

        def work(_progress: Progress, _cancelled: Cancelled) -> None:
            beside = path.with_name(f"~{path.name}")  # what is replaced, as the dialog has asked, goes last
            beside.unlink(missing_ok=True)
            try:
                write_scheme(beside, scheme)
                beside.replace(path)
            finally:
                beside.unlink(missing_ok=True)

        def done(_: object) -> None:
            self.session.messages.success(f"方案已导出到 {path.name}。", str(path.parent))

        self.session.tasks.run(f"正在导出 {path.name}", work, done)

    def adopt(self, edition: str, since: str, why: str) -> str:
        """Make the draft the edition that holds from a period on; why it was refused, or ""."""
        file = self.session.assessment
        assert file is not None
        draft = self.desk.draft.put(ROOT, "edition", edition)
        scheme = check_draft(draft).scheme
        if scheme is None:
            return "方案还有错误，请返回改正。"
        period = Period.parse(since)
        before = file.scheme_of(period)
        try:
            unused = file.adopt_scheme(scheme, period, why)
        except EcoScoreError as error:
            return "。".join(t.rstrip("。") for t in (error.message, error.advice) if t) + "。"
        self.desk.apply(draft, f"版本名称改为 {edition}", ROOT)
        if file.scheme_of(period) is before:  # it held already
            self.desk.rest_on(self.desk.draft)
        else:
            self.session.undo_stack.push(AdoptDraft(self.desk, scheme, before, period, why))
        self.adopted.emit()
        self.session.messages.success(
            f"已采用《{scheme.title}》（{edition}），自{period.title}起。", "；".join(f.message for f in unused[:3])
        )
        return ""

    def editions(self) -> tuple[list[tuple[str, Scheme]], int]:
        """What there is to compare, by name, and the place of the edition that the draft is based on."""
        file = self.session.assessment
        if file is None:
            return [], 0
        found = []
        for edition in file.editions:
            since = f"自{edition.since.title}起" if edition.since is not None else "建文件时"
            found.append((f"第{edition.number}版 {edition.scheme.edition}（{since}）", edition.scheme))
        current = next((n for n, (_, s) in enumerate(found) if s is self.desk.base), 0)
        if self.desk.is_changed and self.desk.scheme is not None:
            found.append(("草稿（尚未采用）", self.desk.scheme))
        return found, current

    def _ask(self, title: str) -> Path | None:
        path = self.session.messages.open_file(title, self.session.settings.folder, SCHEME_FILTER)
        if path is not None:
            self.session.settings.folder = path.parent
        return path

    def _read(self, path: Path, done: object) -> None:
        def work(_progress: Progress, _cancelled: Cancelled) -> Scheme:
            return read_scheme(path)

        self.session.tasks.run(f"正在打开 {path.name}", work, done, owner=self)  # type: ignore[arg-type]
