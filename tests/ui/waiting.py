"""Waits until the window's work is done: one task may start another."""

from __future__ import annotations


def settle(session):
    while session.tasks.running:
        assert session.tasks.drain()


def opened(window, path, key):
    """The page of that key, with a file open and all settled."""
    session = window.session
    session.open(path)
    settle(session)
    window.show_page(key)
    settle(session)
    return window.page


def settle_year(session):
    """The same, after the state of the year has been asked for anew."""
    session.year.ask()
    settle(session)
