"""Help inside the window: the topic of the page in front, the other topics, and a search through all of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QSize, Qt, QUrl, Signal
from PySide6.QtGui import QKeyEvent, QTextOption
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QLineEdit, QTextBrowser, QToolButton, QVBoxLayout

from ui.help import TOPICS, Hit, Section, Topic, search, topic
from ui.theme import Colours, Theme

WIDTH = 320
_LINK = re.compile(r"\[([^\]]+)\]\((\w+)\)")
_KEY = re.compile(r"`([^`]+)`")
_STRONG = re.compile(r"\*\*([^*]+)\*\*")


class HelpPanel(QFrame):
    """Takes the inspector's place while it is open; `closed` asks the window to put it away."""

    closed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("inspector")
        self.setFixedWidth(WIDTH)
        self._theme = theme
        self.key = ""
        self._fold = QToolButton(autoRaise=True)
        self._fold.setIconSize(QSize(18, 18))
        self._fold.setToolTip("关闭帮助（Esc）")
        self._fold.setAccessibleName("关闭帮助")
        self._fold.clicked.connect(self.closed)
        self.topics = QComboBox()
        self.topics.setAccessibleName("帮助的主题")
        for key in TOPICS:
            self.topics.addItem(topic(key).title, key)
        self.topics.activated.connect(lambda _: self.show_topic(self.topics.currentData()))
        self.words = QLineEdit(placeholderText="在帮助里查找", clearButtonEnabled=True)
        self.words.setAccessibleName("在帮助里查找")
        self.words.textChanged.connect(self._show)
        self.text = QTextBrowser()
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.setOpenLinks(False)
        self.text.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.text.document().setDocumentMargin(16)
        self.text.anchorClicked.connect(self._follow)
        self._lay_out()
        theme.changed.connect(self._dress)
        self._dress()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(16, 10, 8, 6)
        head.addWidget(QLabel("帮助", objectName="inspectorTitle"), 1)
        head.addWidget(self._fold)
        fields = QVBoxLayout()
        fields.setContentsMargins(16, 0, 16, 4)
        fields.setSpacing(8)
        fields.addWidget(self.topics)
        fields.addWidget(self.words)
        layout.addLayout(head)
        layout.addLayout(fields)
        layout.addWidget(self.text, 1)
        self.setFocusProxy(self.text)

    def show_topic(self, key: str, section: int = 0) -> None:
        """Show a topic from its top, or from one of its sections."""
        self.key = key
        self.topics.setCurrentIndex(TOPICS.index(key))
        self.words.blockSignals(True)
        self.words.clear()
        self.words.blockSignals(False)
        self._show()
        if section:
            self.text.scrollToAnchor(f"s{section}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.words.text():
            self.words.clear()
        else:
            self.closed.emit()

    def _show(self) -> None:
        colours, wanted = self._theme.colours, self.words.text().strip()
        if wanted:
            self.text.setAccessibleName(f"帮助里查找“{wanted}”")
            self.text.setHtml(hits_html(search(wanted), wanted, colours))
        else:
            shown = topic(self.key)
            self.text.setAccessibleName(f"帮助：{shown.title}")
            self.text.setHtml(topic_html(shown, colours))

    def _follow(self, url: QUrl) -> None:
        key, _, section = url.toString().partition("#")
        self.show_topic(key, int(section or 0))
        self.text.setFocus()

    def _dress(self) -> None:
        self._fold.setIcon(self._theme.icon("fold", "mist"))
        if self.key:
            self._show()


def topic_html(shown: Topic, colours: Colours) -> str:
    """A topic as Qt's rich text in the colours in force."""
    return "".join(_section(n, section, colours) for n, section in enumerate(shown.sections))


def hits_html(hits: Sequence[Hit], wanted: str, colours: Colours) -> str:
    if not hits:
        return f'<p style="color:{colours.mist}">帮助里没有“{escape(wanted)}”，请换一个词。</p>'
    return "".join(
        f'<p style="margin:0 0 10px 0"><a style="color:{colours.water}" href="{hit.topic.key}#{hit.section}">'
        f"{escape(hit.topic.title)}{f' › {escape(hit.heading)}' if hit.heading else ''}</a><br>"
        f'<span style="color:{colours.mist}">{escape(hit.excerpt)}</span></p>'
        for hit in hits
    )


def _section(number: int, section: Section, colours: Colours) -> str:
    head = (
        f'<p style="margin:12px 0 6px 0;font-size:10.5pt"><a name="s{number}"></a><b>{escape(section.heading)}</b></p>'
        if section.heading
        else ""
    )
    parts, count = [head], 0
    rows: list[str] = []
    for line in section.lines:
        if line.startswith("|"):
            rows.append(line)
            continue
        parts.append(_table(rows, colours))
        rows = []
        step = re.match(r"\d+\. ", line)
        count = count + 1 if step else 0
        parts.append(_line(line, count, colours))
    parts.append(_table(rows, colours))
    return "".join(parts)


def _line(line: str, count: int, colours: Colours) -> str:
    """A step, a point or a paragraph."""
    if count:
        return _hung(f'<span style="color:{colours.pine}">{count}</span>', line.partition(". ")[2], colours)
    if line.startswith("- "):
        return _hung(f'<span style="color:{colours.pine}">·</span>', line[2:], colours)
    return f'<p style="margin:0 0 6px 0;line-height:140%">{_inline(line, colours)}</p>'


def _hung(mark: str, text: str, colours: Colours) -> str:
    return (
        '<table cellspacing="0" cellpadding="0" style="margin:0 0 4px 0"><tr>'
        f'<td width="16">{mark}</td><td style="line-height:140%">{_inline(text, colours)}</td></tr></table>'
    )


def _table(rows: Sequence[str], colours: Colours) -> str:
    """Keys and what they do: the left column as wide as its longest."""
    if not rows:
        return ""
    cells = [[_inline(cell.strip(), colours) for cell in row.strip("|").split("|")] for row in rows]
    body = "".join(
        f'<tr><td style="padding:0 12px 4px 0">{left}</td><td style="padding:0 0 4px 0">{right}</td></tr>'
        for left, right in cells
    )
    return f'<table cellspacing="0" cellpadding="0" style="margin:0 0 6px 0">{body}</table>'


def _inline(text: str, colours: Colours) -> str:
    text = _STRONG.sub(r"<b>\1</b>", escape(text))
    text = _KEY.sub(rf'<span style="background-color:{colours.hover};color:{colours.pine}">&nbsp;\1&nbsp;</span>', text)
    return _LINK.sub(rf'<a style="color:{colours.water}" href="\2">\1</a>', text)
