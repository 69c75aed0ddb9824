"""The papers as Excel files with living formulas."""

from __future__ import annotations

from ecoscore.reporting.workbook.writer import (
    write_ranking_workbook,
    write_scorecard_workbook,
    write_workbook,
    write_working_paper_workbook,
)

__all__ = ["write_ranking_workbook", "write_scorecard_workbook", "write_workbook", "write_working_paper_workbook"]
