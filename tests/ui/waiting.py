"""Waits until the window's work is done: one task may start another."""

from __future__ import annotations


def settle(session):
    while session.tasks.running:
        assert session.tasks.drain()


def settle_year(session):
    """The same, after the state of the year has been asked for anew."""
    session.year.ask()
    settle(session)
