"""Weights and rankings by published methods, for comparison and for proposing; nothing here changes a score."""

from ecoscore.methods.ahp import AhpWeights, ahp_weights, complete_pairwise
from ecoscore.methods.combined import CombinedWeights, combine_weights
from ecoscore.methods.comparison import RankingComparison, compare_rankings
from ecoscore.methods.critic import CriticWeights, critic_weights
from ecoscore.methods.entropy import EntropyWeights, entropy_weights
from ecoscore.methods.equal import EqualWeights, equal_weights
from ecoscore.methods.grey import GreyRanking, grey_relation
from ecoscore.methods.matrix import DecisionMatrix, from_page, from_result
from ecoscore.methods.proposal import METHOD_TITLES, ProposedWeight, WeightProposal, propose_weights
from ecoscore.methods.topsis import TopsisRanking, topsis
from ecoscore.methods.weighted_product import WeightedProduct, weighted_product
from ecoscore.methods.weighted_sum import WeightedSum, weighted_sum

__all__ = [
    "METHOD_TITLES",
    "AhpWeights",
    "CombinedWeights",
    "CriticWeights",
    "DecisionMatrix",
    "EntropyWeights",
    "EqualWeights",
    "GreyRanking",
    "ProposedWeight",
    "RankingComparison",
    "TopsisRanking",
    "WeightProposal",
    "WeightedProduct",
    "WeightedSum",
    "ahp_weights",
    "combine_weights",
    "compare_rankings",
    "complete_pairwise",
    "critic_weights",
    "entropy_weights",
    "equal_weights",
    "from_page",
    "from_result",
    "grey_relation",
    "propose_weights",
    "topsis",
    "weighted_product",
    "weighted_sum",
]
