"""What the papers show: one view per paper, built from a result and read alike by PDF, workbook and screen."""

from __future__ import annotations

from ecoscore.reporting.view_parts import (
    MISSING,
    NO_DATA,
    NO_FIGURE,
    NOT_APPLICABLE,
    SIGNATURES,
    AdjustmentLine,
    Comparison,
    Figure,
    GroupColumn,
    GroupIndex,
    Highlight,
    PaperMeta,
    RankingRow,
    RankingSection,
    RankingView,
    ScorecardView,
    ScoreRow,
    Section,
    SignatureField,
    Standing,
    TotalChain,
    WorkingItem,
    WorkingPaperView,
    WorkingSection,
    WorkingStep,
)
from ecoscore.reporting.view_ranking import ranking_view
from ecoscore.reporting.view_scorecard import scorecard_view
from ecoscore.reporting.view_working import working_paper_view

__all__ = [
    "MISSING", "NOT_APPLICABLE", "NO_DATA", "NO_FIGURE", "SIGNATURES", "AdjustmentLine", "Comparison", "Figure",
    "GroupColumn", "GroupIndex", "Highlight", "PaperMeta", "RankingRow", "RankingSection", "RankingView", "ScoreRow",
    "ScorecardView", "Section", "SignatureField", "Standing", "TotalChain", "WorkingItem", "WorkingPaperView",
    "WorkingSection", "WorkingStep", "ranking_view", "scorecard_view", "working_paper_view",
]  # fmt: skip
