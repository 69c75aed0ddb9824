"""Scoring: a dataset and a scheme in, a result with every intermediate out."""

from ecoscore.scoring.engine import score_dataset
from ecoscore.scoring.frame import score

__all__ = ["score", "score_dataset"]
