"""Bulletin and notice as Word documents that officials go on writing in."""

from __future__ import annotations

from ecoscore.reporting.word.writer import write_document_docx

__all__ = ["write_document_docx"]
