"""Delegates: how cells are painted and typed into."""
