"""Item roles that our models answer beside Qt's own."""

from __future__ import annotations

from PySide6.QtCore import Qt

SortRole = Qt.ItemDataRole.UserRole + 1
"""The raw value, for sorting and for charts: a number, a text, or None."""

ObjectRole = Qt.ItemDataRole.UserRole + 2
"""The object a row or cell stands for."""
