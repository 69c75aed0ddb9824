"""Papers as PDF: A4, embedded Chinese fonts, text that copies out as text."""

from __future__ import annotations

from ecoscore.reporting.pdf.writer import (
    Chapter,
    PdfView,
    write_bound_pdf,
    write_document_pdf,
    write_pdf,
    write_ranking_pdf,
    write_scorecard_pdf,
    write_scorecards_pdf,
    write_working_paper_pdf,
)

__all__ = [
    "Chapter", "PdfView", "write_bound_pdf", "write_document_pdf", "write_pdf", "write_ranking_pdf",
    "write_scorecard_pdf", "write_scorecards_pdf", "write_working_paper_pdf",
]  # fmt: skip
