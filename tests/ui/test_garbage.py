"""Cyclic garbage is collected on the window's thread, when it is due, and by nobody else."""

from __future__ import annotations

import gc
import threading
import weakref

from ui.garbage import GarbageTimer


class Thing:
    def __init__(self) -> None:
        self.me = self


def test_nothing_is_collected_while_another_thread_allocates(qapp):
    timer = GarbageTimer()
    gone = weakref.ref(Thing())
    thread = threading.Thread(target=lambda: [[n] for n in range(50_000)])
    thread.start()
    thread.join()
    assert not gc.isenabled()
    assert gone() is not None
    timer.deleteLater()


def test_what_is_due_is_collected_from_the_event_loop(qapp, qtbot):
    timer = GarbageTimer()
    gone = weakref.ref(Thing())
    kept = [[n] for n in range(5_000)]  # more than the first threshold
    qtbot.waitUntil(lambda: gone() is None, timeout=5_000)
    assert len(kept) == 5_000
    timer.deleteLater()
