"""A sealed period: what its result was, who fixed it when, and which papers went with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from ecoscore.model.period import Period


@dataclass(frozen=True, slots=True)
class Seal:
    """`edition` numbers the scheme's edition. `digest`, led by its algorithm, is of the result and the one its papers
    carry; `data` of what it was made from: a result that comes out otherwise from the same data tells of another program, not of another hand.

    `districts` are those scored. `folder` is where the papers lay, `papers` their names in it with SHA-256.
    """

    period: Period
    edition: int
    digest: str
    data: str
    time: str
    user: str
    districts: tuple[str, ...] = ()
    folder: str = ""
    papers: Mapping[str, str] = field(default_factory=dict)

    @property
    def algorithm(self) -> str:
        return self.digest.partition(":")[0]

    @property
    def code(self) -> str:
        """The check code as papers print it: the first signs of the digest in groups that can be read out."""
        head = self.digest.partition(":")[2][:16].upper()
        return "-".join(head[n : n + 4] for n in range(0, len(head), 4))


class SealState(StrEnum):
    """What a look at a sealed period found."""

    WHOLE = "whole"
    DATA_CHANGED = "data_changed"
    RESULT_CHANGED = "result_changed"
    NOT_SCORED = "not_scored"

    @property
    def words(self) -> str:
        return _TITLES[self]


_TITLES = {
    SealState.WHOLE: "完好",
    SealState.DATA_CHANGED: "数据已被改动",
    SealState.RESULT_CHANGED: "数据未变，重算结果不同",
    SealState.NOT_SCORED: "不能重新评分",
}


@dataclass(frozen=True, slots=True)
class PaperState:
    """One paper of a seal as it is found now: its name, and whether it is the same, changed or gone."""

    name: str
    state: str

    @property
    def title(self) -> str:
        return {"same": "未变", "changed": "已被改动", "gone": "不在原处"}[self.state]
