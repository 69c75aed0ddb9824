"""Undo commands: the only place where values are edited."""
