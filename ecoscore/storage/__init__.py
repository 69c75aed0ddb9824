"""One assessment file on disk: opened safely, changed in transactions, backed up, its journal chained."""

from ecoscore.storage.arrays import dataset_of, with_changes
from ecoscore.storage.audit import audit
from ecoscore.storage.backup import backups
from ecoscore.storage.rows import EditionText, Line, SchemeText
from ecoscore.storage.store import Key, Store

__all__ = ["EditionText", "Key", "Line", "SchemeText", "Store", "audit", "backups", "dataset_of", "with_changes"]
