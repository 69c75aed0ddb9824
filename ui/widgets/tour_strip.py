"""The first-run tour: a strip below the page that walks the year's path in the rail, a sentence a step."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout

STEPS: tuple[tuple[str, str, str], ...] = (
    ("scheme", "方案", "考核什么、各占多少分、怎样计分。用去年的文件新建时，方案跟着来；可以改，先看影响再采用。"),
    ("forms", "下发", "给每个区县写一张填报表，表里已印好指标和上年值；谁还没有报回来，这里看得到。"),
    ("import", "导入", "把返回的表格或整个文件夹拖进窗口。先预览，问题逐格说明，确认后才写入。"),
    ("review", "核对", "缺报、可疑、矛盾的地方列在一处，就地填入、设为不适用或写明理由认可；加减分事项也在这里登记。"),
    ("results", "评分", "总分、名次、等次。点任何一个分数，右边的说明栏写出它是怎样算出来的。"),
    ("scorecard", "成绩单", "看到的就是要印的那一页。勾选区县和报表，打印，或导出 PDF、Excel、Word。"),
    ("archive", "归档", "定稿后封存本年度，再改须写明原因。修改日志和自动备份也在这里。"),
)


class TourStrip(QFrame):
    """Nothing is covered and nothing waits for it; `pointed` names the page a step is about, "" at the end."""

    pointed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("tour")
        self.setAccessibleName("程序介绍")
        self.at = 0
        self.title = QLabel(objectName="sectionTitle")
        self.text = QLabel()
        self.text.setWordWrap(True)
        self.text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.count = QLabel(objectName="muted")
        self.skip_button = QPushButton("跳过")
        self.skip_button.setToolTip("结束介绍（Esc）；以后可从“帮助”菜单再看")
        self.next_button = QPushButton("下一步")
        self.next_button.setProperty("main", True)
        self.skip_button.clicked.connect(self.finish)
        self.next_button.clicked.connect(self.go_on)
        said = QVBoxLayout()
        said.setSpacing(2)
        said.addWidget(self.title)
        said.addWidget(self.text)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 10, 16, 10)
        row.setSpacing(8)
        row.addLayout(said, 1)
        row.addSpacing(8)
        row.addWidget(self.count)
        row.addWidget(self.skip_button)
        row.addWidget(self.next_button)
        self.hide()

    def start(self) -> None:
        """Show the first step; the focus is here, so that Enter goes on and Esc ends it."""
        self.show()
        self._show(0)
        self.next_button.setFocus(Qt.FocusReason.TabFocusReason)

    def go_on(self) -> None:
        if self.at + 1 < len(STEPS):
            self._show(self.at + 1)
        else:
            self.finish()

    def go_back(self) -> None:
        self._show(max(0, self.at - 1))

    def finish(self) -> None:
        self.hide()
        self.pointed.emit("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that the buttons leave alone come here; only while the focus is in the strip."""
        key = Qt.Key(event.key())
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            (self.finish if self.skip_button.hasFocus() else self.go_on)()
        elif key == Qt.Key.Key_Right:
            self.go_on()
        elif key == Qt.Key.Key_Left:
            self.go_back()
        elif key == Qt.Key.Key_Escape:
            self.finish()
        else:
            super().keyPressEvent(event)

    def _show(self, at: int) -> None:
        self.at = at
        page, title, text = STEPS[at]
        last = at + 1 == len(STEPS)
        self.title.setText(title)
        self.text.setText(text)
        self.count.setText(f"{at + 1} / {len(STEPS)}")
        self.next_button.setText("完成" if last else "下一步")
        self.skip_button.setVisible(not last)
        for button in (self.next_button, self.skip_button):
            button.setAccessibleDescription(f"第 {at + 1} 步，共 {len(STEPS)} 步。{title}：{text}")
        QAccessible.updateAccessibility(QAccessibleEvent(self.next_button, QAccessible.Event.DescriptionChanged))
        self.pointed.emit(page)
