"""Settings: the look of the window, what papers say of their issuer, where backups lie; applied on the spot."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui.folders import open_folder
from ui.papers import PaperLook
from ui.session import Session
from ui.widgets.elided_label import ElidedLabel

_THEMES = (("system", "随系统"), ("light", "浅色"), ("dark", "深色"))


class SettingsDialog(QDialog):
    """确定 keeps what was chosen, 取消 leaves all as it was."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        settings = session.settings
        self.setWindowTitle("设置")
        self.setMinimumWidth(520)
        self.theme = QComboBox()
        for key, title in _THEMES:
            self.theme.addItem(title, key)
        self.theme.setCurrentIndex(self.theme.findData(settings.theme))
        self.last_year = QCheckBox("在每格下面显示上年值和变化方向")
        self.last_year.setChecked(settings.last_year_shown)
        look = settings.paper_look
        self.organisation = QLineEdit(look.organisation, placeholderText="例如：某某市（不填则写“某市”）")
        self.issuer = QLineEdit(look.issuer, placeholderText="例如：某某市生态环境保护委员会办公室")
        self.system_fonts = QCheckBox("用本机的方正、微软字体（公文要求的字体；没有的字仍用自带字体）")
        self.system_fonts.setChecked(look.fonts == "system")
        self._build()

    def _build(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(10)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        form.addRow(_head("窗口"))
        form.addRow("外观", self.theme)
        form.addRow("数据页", self.last_year)
        form.addRow(_head("成绩单和报表"))
        form.addRow("地区名称", self.organisation)
        form.addRow("出具单位", self.issuer)
        form.addRow("字体", self.system_fonts)
        decimals = QLabel("由考核方案规定，这里不能改", objectName="muted")
        form.addRow("小数位数", decimals)
        form.addRow(_head("文件"))
        form.addRow("备份文件夹", self._backups())
        form.addRow("日志署名", QLabel(f"{self._user()}（取自登录名，或环境变量 ECOSCORE_USER）", objectName="muted"))
        self.ok, self.cancel = QPushButton("确定"), QPushButton("取消")
        self.ok.setProperty("main", True)
        self.ok.setDefault(True)
        self.ok.clicked.connect(self.accept)
        self.cancel.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.ok)
        buttons.addWidget(self.cancel)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(18)
        layout.addLayout(form)
        layout.addLayout(buttons)

    def _backups(self) -> QWidget:
        from ecoscore.storage.backup import backups_root  # noqa: PLC0415

        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        self.backups = ElidedLabel(str(backups_root()))
        opener = QPushButton("打开")
        opener.clicked.connect(lambda: open_folder(Path(self.backups.whole)))
        row.addWidget(self.backups, 1)
        row.addWidget(opener)
        return box

    @staticmethod
    def _user() -> str:
        from ecoscore.storage.rows import current_user  # noqa: PLC0415

        return current_user()

    def accept(self) -> None:
        settings, session = self._session.settings, self._session
        theme = str(self.theme.currentData())
        if theme != settings.theme:
            settings.theme = theme
            session.theme.choose(theme)
        look = PaperLook(
            self.organisation.text().strip(), self.issuer.text().strip(),
            "system" if self.system_fonts.isChecked() else "",
        )  # fmt: skip
        changed = look != settings.paper_look or self.last_year.isChecked() != settings.last_year_shown
        settings.paper_look = look
        settings.last_year_shown = self.last_year.isChecked()
        super().accept()
        if changed and session.assessment is not None:
            session.values_changed.emit(())


def _head(text: str) -> QLabel:
    label = QLabel(text, objectName="sectionTitle")
    label.setContentsMargins(0, 8, 0, 0)
    return label
