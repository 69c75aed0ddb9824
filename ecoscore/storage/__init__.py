"""One assessment file on disk: opened safely, changed in transactions, backed up, its journal chained."""

from ecoscore.storage.rows import Line, SchemeText
from ecoscore.storage.store import Key, Store

__all__ = ["Key", "Line", "SchemeText", "Store"]
