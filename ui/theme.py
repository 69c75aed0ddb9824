"""Colours, fonts and style sheet of the window, light and dark."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache

from PySide6.QtCore import QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QIcon, QPainter, QPalette
from PySide6.QtWidgets import QApplication

from ecoscore.paths import resource
from ui import icons


@dataclass(frozen=True, slots=True)
class Colours:
    """The named colours of one mode, as #RRGGBB."""

    ink: str
    paper: str
    surface: str
    line: str
    pine: str
    water: str
    ochre: str
    cinnabar: str
    mist: str
    on_pine: str
    pine_wash: str
    ochre_wash: str
    cinnabar_wash: str
    hover: str
    header: str
    grip: str

    def color(self, role: str) -> QColor:
        return QColor(getattr(self, role))


LIGHT = Colours(
    ink="#1F2A30", paper="#FAFAF7", surface="#FFFFFF", line="#D9DEDB", pine="#1F6F54", water="#2B6CB0",
    ochre="#9A6412", cinnabar="#B83227", mist="#5F6C67", on_pine="#FFFFFF", pine_wash="#E6F1EB",
    ochre_wash="#FAF4E8", cinnabar_wash="#F9E7E4", hover="#F0F3F0", header="#F3F5F2", grip="#B3BCB7",
)  # fmt: skip
DARK = Colours(
    ink="#E6EAE8", paper="#1B2023", surface="#22282B", line="#353D41", pine="#5DB692", water="#7FB2E5",
    ochre="#E0B060", cinnabar="#F08A7D", mist="#9AA7A2", on_pine="#10201A", pine_wash="#203830",
    ochre_wash="#3B3426", cinnabar_wash="#432C2B", hover="#2A3135", header="#262D30", grip="#566166",
)  # fmt: skip


class Theme(QObject):
    """The colours in force. Views repaint, and icons are asked for again, on `changed`."""

    changed = Signal()

    def __init__(self, choice: str = "system", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.choice = choice
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._on_system_changed)
        self.colours = LIGHT
        self._settle()

    @property
    def is_dark(self) -> bool:
        return self.colours is DARK

    def choose(self, choice: str) -> None:
        """system, light or dark."""
        self.choice = choice
        self._settle()
        self.apply()
        self.changed.emit()

    def color(self, role: str) -> QColor:
        return self.colours.color(role)

    def icon(self, name: str, role: str = "ink", size: int = 18) -> QIcon:
        """An icon of the set in a colour of the theme; greyed when disabled."""
        return icons.icon(name, getattr(self.colours, role), self.colours.mist, size)

    def draw_icon(self, painter: QPainter, name: str, role: str, box: QRectF) -> None:
        """The same straight onto a widget that paints itself."""
        icons.draw(painter, name, getattr(self.colours, role), box)

    def apply(self) -> None:
        """Dress the application: palette and style sheet."""
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.setPalette(self._palette())
        style = self._style()
        if app.styleSheet() != style:  # setting it again would polish every widget anew
            app.setStyleSheet(style)

    def _on_system_changed(self) -> None:
        if self.choice == "system":
            self.choose("system")

    def _settle(self) -> None:
        dark = self.choice == "dark" or (
            self.choice == "system" and QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        )
        self.colours = DARK if dark else LIGHT

    def _palette(self) -> QPalette:
        c, role = self.colours, QPalette.ColorRole
        palette = QPalette()
        for where, name in (
            (role.Window, c.paper), (role.WindowText, c.ink), (role.Base, c.surface), (role.AlternateBase, c.paper),
            (role.Text, c.ink), (role.Button, c.surface), (role.ButtonText, c.ink), (role.Highlight, c.pine),
            (role.HighlightedText, c.on_pine), (role.Link, c.water), (role.PlaceholderText, c.mist),
            (role.ToolTipBase, c.surface), (role.ToolTipText, c.ink), (role.Mid, c.line), (role.Accent, c.pine),
        ):  # fmt: skip
            palette.setColor(where, QColor(name))
        for where in (role.WindowText, role.Text, role.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, where, QColor(c.mist))
        return palette

    def _style(self) -> str:
        text = resource("style.qss").read_text(encoding="utf-8")
        text = text.replace("@icons", resource("icons").as_posix())
        # Longest names first, so that @pine does not eat the head of @pine_wash.
        for name in sorted((f.name for f in fields(Colours)), key=len, reverse=True):
            text = text.replace(f"@{name}", getattr(self.colours, name))
        tick = resource("icons", "tick-dark.svg" if self.is_dark else "tick-light.svg")
        return text.replace("$tick", tick.as_posix())


def base_font() -> QFont:
    """The window's font: Microsoft YaHei UI where Windows has it, else the face that ships with the program."""
    font = QFont(_family())
    font.setPointSizeF(9.0)
    if (tag := _tabular()) is not None:
        font.setFeature(tag, 1)
    return font


@cache
def _tabular() -> QFont.Tag | None:
    """Figures of one width; PySide6 6.8 cannot name a feature, and the two faces above have such figures anyway."""
    try:
        return QFont.Tag("tnum")
    except TypeError:
        return None


@cache
def _family() -> str:
    for name in ("Microsoft YaHei UI", "Microsoft YaHei"):
        if QFontDatabase.hasFamily(name):
            return name
    number = QFontDatabase.addApplicationFont(str(resource("fonts", "sans-regular.ttf")))
    QFontDatabase.addApplicationFont(str(resource("fonts", "sans-bold.ttf")))
    return QFontDatabase.applicationFontFamilies(number)[0]


def sized(font: QFont, points: float, *, bold: bool = False) -> QFont:
    """The same face at another size."""
    other = QFont(font)
    other.setPointSizeF(points)
    other.setBold(bold)
    return other
