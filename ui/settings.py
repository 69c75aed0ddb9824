"""What is remembered between two sittings; every key is listed here once."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSettings

if TYPE_CHECKING:
    from ui.papers import PaperLook

_RECENT_MOST = 8


@dataclass(frozen=True, slots=True)
class Recent:
    """A file opened lately, with what the start page tells about it."""

    path: str
    scheme: str = ""
    period: str = ""
    districts: int = 0
    state: str = ""
    opened: str = ""

    @property
    def exists(self) -> bool:
        return Path(self.path).is_file()


class Settings:
    """Typed access to QSettings."""

    def __init__(self, store: QSettings | None = None) -> None:
        self._store = store or QSettings("EcoScore", "EcoScore")

    @property
    def recent(self) -> list[Recent]:
        text = str(self._store.value("recent", "[]"))
        try:
            return [Recent(**entry) for entry in json.loads(text)]
        except (ValueError, TypeError):  # written by another edition: a list of files is not worth a failure
            return []

    def remember(self, entry: Recent) -> None:
        rest = [r for r in self.recent if r.path != entry.path]
        self._write_recent([entry, *rest][:_RECENT_MOST])

    def forget(self, path: str) -> None:
        self._write_recent([r for r in self.recent if r.path != path])

    def _write_recent(self, entries: list[Recent]) -> None:
        self._store.setValue("recent", json.dumps([asdict(e) for e in entries], ensure_ascii=False))

    @property
    def theme(self) -> str:
        """system, light or dark."""
        value = str(self._store.value("theme", "system"))
        return value if value in {"system", "light", "dark"} else "system"

    @theme.setter
    def theme(self, value: str) -> None:
        self._store.setValue("theme", value)

    @property
    def paper_look(self) -> PaperLook:
        """Who issues the papers, and in which fonts."""
        from ui.papers import PaperLook  # noqa: PLC0415  not before the first paint

        return PaperLook(
            *(str(self._store.value(f"papers/{name}", "")) for name in ("organisation", "issuer", "fonts"))
        )

    @paper_look.setter
    def paper_look(self, look: PaperLook) -> None:
        for name, text in asdict(look).items():
            self._store.setValue(f"papers/{name}", text)

    @property
    def inspector_shown(self) -> bool:
        return str(self._store.value("inspector_shown", "true")) == "true"

    @inspector_shown.setter
    def inspector_shown(self, value: bool) -> None:
        self._store.setValue("inspector_shown", "true" if value else "false")

    @property
    def last_year_shown(self) -> bool:
        return str(self._store.value("last_year_shown", "true")) == "true"

    @last_year_shown.setter
    def last_year_shown(self, value: bool) -> None:
        self._store.setValue("last_year_shown", "true" if value else "false")

    @property
    def tour_seen(self) -> bool:
        """Whether the tour has been offered; once is enough."""
        return str(self._store.value("tour_seen", "false")) == "true"

    @tour_seen.setter
    def tour_seen(self, value: bool) -> None:
        self._store.setValue("tour_seen", "true" if value else "false")

    @property
    def geometry(self) -> QByteArray | None:
        value = self._store.value("geometry")
        return value if isinstance(value, QByteArray) else None

    @geometry.setter
    def geometry(self, value: QByteArray) -> None:
        self._store.setValue("geometry", value)

    @property
    def folder(self) -> Path:
        """The folder the last file dialog ended in."""
        found = Path(str(self._store.value("folder", "")) or Path.home())
        return found if found.is_dir() else Path.home()

    @folder.setter
    def folder(self, value: Path) -> None:
        self._store.setValue("folder", str(value))
