"""Holds off Python's cycle collector while very many small values are made that all stay: it would only walk them."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_lock = threading.Lock()
_holding = 0
_was_on = False


@contextmanager
def collector_held() -> Iterator[None]:
    """For the time of an import, in any number of threads at once; reference counts free what is done with as ever."""
    global _holding, _was_on  # noqa: PLW0603  the collector is the process's own
    with _lock:
        if _holding == 0:
            _was_on = gc.isenabled()
            gc.disable()
        _holding += 1
    try:
        yield
    finally:
        with _lock:
            _holding -= 1
            if _holding == 0 and _was_on:
                # What has been made stays: let it pass for old, or the next little thing made has all of it walked.
                gc.freeze()
                gc.unfreeze()
                gc.enable()
