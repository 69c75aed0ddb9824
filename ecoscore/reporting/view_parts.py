"""The values a paper is made of: what each page shows, as numbers with the text they are printed as."""

from __future__ import annotations

from dataclasses import dataclass, field

from ecoscore.model.adjustment import Layer
from ecoscore.model.observation import Status

NOT_APPLICABLE = "—"
MISSING = "未报"
NO_DATA = "无数据"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number and the text it is printed as. `raw` is None where there is no number; `text` is never empty."""

    raw: float | None
    text: str


NO_FIGURE = Figure(None, NOT_APPLICABLE)


@dataclass(frozen=True, slots=True)
class SignatureField:
    """A place for a hand: who signs, and whether a seal goes there too. `name` is printed where it is known."""

    label: str
    name: str = ""
    sealed: bool = False
    opinion: bool = False


SIGNATURES = (
    SignatureField("填表人"),
    SignatureField("复核人"),
    SignatureField("数据提供部门负责人（签字、盖章）", sealed=True),
    SignatureField("考核组组长（签字）"),
    SignatureField("被考核单位意见（签字、盖章）", sealed=True, opinion=True),
)


@dataclass(frozen=True, slots=True)
class PaperMeta:
    """What a bureau decides about its papers. `organisation` opens every title; an empty `date` is left to be written.

    `subject` replaces the usual 「区县绿色政绩考核」; `watermark` is printed across each page (征求意见稿) until empty;
    `attachment` is the mark at the top left (附件2); `sources` a sentence on where the figures come from; `code` a
    short check code printed at the foot, `mark` what the document keeps for `verify`; `issuer` the bureau that answers
    for the paper, `addressee` whom a bulletin is written to, `contact` where objections to a publication go.
    """

    organisation: str = "某市"
    subject: str = ""
    issuer: str = ""
    date: str = ""
    watermark: str = ""
    attachment: str = ""
    sources: str = ""
    code: str = ""
    mark: str = ""
    addressee: str = ""
    contact: str = ""
    signatures: tuple[SignatureField, ...] = SIGNATURES


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """One indicator of a scorecard. `points` of `weight` were given for `value`; `lost` is what is missing to full.

    `change` is measured as `change_kind` says and is better (True), worse (False) or neither (None); `note` says what
    happened to the score besides its rule; `number` counts through all sections from 1.
    """

    number: int
    indicator: str
    title: str
    unit: str
    category: str
    nature: str
    binding: bool
    status: Status
    weight: Figure
    target: Figure
    baseline: Figure
    value: Figure
    change: Figure
    change_kind: str
    change_better: bool | None
    level: Figure
    progress: Figure
    individual: Figure
    points: Figure
    lost: float
    note: str
    department: str


@dataclass(frozen=True, slots=True)
class Section:
    """The rows of one group that holds indicators. `titles` is the path of groups, outermost first."""

    group: str
    titles: tuple[str, ...]
    rows: tuple[ScoreRow, ...]
    weight: Figure
    index: Figure
    points: Figure

    @property
    def title(self) -> str:
        return self.titles[-1]


@dataclass(frozen=True, slots=True)
class GroupIndex:
    """A group's own index (0-100) beside the mean of the peer group; `depth` 0 is an outermost group."""

    group: str
    title: str
    depth: int
    weight: Figure
    index: Figure
    peer_mean: Figure
    points: Figure


@dataclass(frozen=True, slots=True)
class AdjustmentLine:
    """A bonus, deduction, ceiling or veto with its ground. `points` are signed; `grade` is the grade it binds."""

    layer: Layer
    kind: str
    title: str
    count: int
    points: Figure
    grade: str
    ground: str
    automatic: bool

    @property
    def told(self) -> str:
        """What happened and what it does; some matters say that themselves."""
        return self.title if self.title.endswith(self.effect) else f"{self.title}，{self.effect}"

    @property
    def effect(self) -> str:
        """What it does, in a few words: 「加2.00分」, 「等次不得为优秀」."""
        if self.layer is Layer.CEILING:
            return f"等次不高于{self.grade}"
        if self.layer is Layer.VETO:
            return f"等次定为{self.grade}"
        return ("加" if (self.points.raw or 0) >= 0 else "扣") + self.points.text.lstrip("+−") + "分"


@dataclass(frozen=True, slots=True)
class TotalChain:
    """指标得分小计 + 加分 - 扣分 = 总分. `text` is the whole line; `tail`: the printed parts do not add up."""

    base: Figure
    bonus: Figure
    deduction: Figure
    total: Figure
    full: Figure
    text: str
    tail: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """Rank and grade. `rank` is None where there is none (and `rank_text` says why); `of` counts the ranked peers."""

    rank: int | None
    rank_text: str
    tied: bool
    of: int
    grade: str
    earned_grade: str
    grade_reason: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """The same district earlier, as `label` (上年) calls it. `rank_change` is positive for places gained."""

    period: str
    label: str
    total: Figure
    total_change: Figure
    rank: int | None
    rank_change: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Highlight:
    """An indicator worth naming: a strong one, or a weak one with the points lost."""

    number: int
    indicator: str
    title: str
    individual: Figure
    lost: Figure
    text: str


@dataclass(frozen=True, slots=True)
class ScorecardView:
    """One district's scorecard (成绩单), complete: every figure and every sentence on the page."""

    title: str
    district: str
    peer_group: str
    period: str
    baseline: str
    baseline_label: str
    value_label: str
    scheme: str
    sections: tuple[Section, ...]
    groups: tuple[GroupIndex, ...]
    chain: TotalChain
    adjustments: tuple[AdjustmentLine, ...]
    limits_text: str
    standing: Standing
    comparison: Comparison | None
    strong: tuple[Highlight, ...]
    weak: tuple[Highlight, ...]
    remarks: tuple[str, ...]
    notes: tuple[str, ...]
    unranked: str
    meta: PaperMeta = field(default_factory=PaperMeta)

    @property
    def rows(self) -> tuple[ScoreRow, ...]:
        return tuple(row for section in self.sections for row in section.rows)

    @property
    def top_groups(self) -> tuple[GroupIndex, ...]:
        """The outermost groups: what bars and radar show."""
        return tuple(group for group in self.groups if group.depth == 0)


@dataclass(frozen=True, slots=True)
class RankingRow:
    """One district in the ranking sheet; `groups` follow the view's columns. `rank_change` counts places gained."""

    district: str
    rank: int | None
    rank_text: str
    tied: bool
    groups: tuple[Figure, ...]
    base: Figure
    bonus: Figure
    deduction: Figure
    total: Figure
    grade: str
    grade_reason: str
    previous_rank: int | None
    rank_change: int | None
    change_text: str


@dataclass(frozen=True, slots=True)
class RankingSection:
    """The districts of one peer group, in rank order."""

    peer_group: str
    rows: tuple[RankingRow, ...]


@dataclass(frozen=True, slots=True)
class GroupColumn:
    """A column of the ranking sheet: an outermost group and its full marks."""

    group: str
    title: str
    weight: Figure


@dataclass(frozen=True, slots=True)
class RankingView:
    """The ranking sheet (排名汇总表): every district, by peer group and rank."""

    title: str
    period: str
    scheme: str
    columns: tuple[GroupColumn, ...]
    sections: tuple[RankingSection, ...]
    compared: bool
    notes: tuple[str, ...]
    unranked: str
    meta: PaperMeta = field(default_factory=PaperMeta)


@dataclass(frozen=True, slots=True)
class WorkingStep:
    """One computation: what is computed, the formula in words, the same with the numbers put in, remarks.

    `computed` is False where `formula` is a condition or a sentence, which no equals sign may follow.
    """

    label: str
    formula: str
    numbers: str
    notes: tuple[str, ...] = ()
    computed: bool = True


@dataclass(frozen=True, slots=True)
class WorkingItem:
    """One indicator of a working paper: `steps` give the individual score, `scoring` the points from it."""

    number: int
    indicator: str
    title: str
    unit: str
    status: Status
    value: str
    baseline: str
    target: str
    rule: str
    steps: tuple[WorkingStep, ...]
    scoring: str
    weight: Figure
    individual: Figure
    points: Figure
    clause: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WorkingSection:
    """The indicators of one group, then how the group's index follows from them."""

    group: str
    titles: tuple[str, ...]
    items: tuple[WorkingItem, ...]

    @property
    def title(self) -> str:
        return self.titles[-1]


@dataclass(frozen=True, slots=True)
class WorkingPaperView:
    """The working paper (计分底稿) of one district: every score with its formula, numbers and clause."""

    title: str
    district: str
    peer_group: str
    period: str
    baseline: str
    value_label: str
    scheme: str
    sections: tuple[WorkingSection, ...]
    groups: tuple[WorkingStep, ...]
    total: tuple[WorkingStep, ...]
    adjustments: tuple[AdjustmentLine, ...]
    limits_text: str
    standing: Standing
    notes: tuple[str, ...]
    meta: PaperMeta = field(default_factory=PaperMeta)
