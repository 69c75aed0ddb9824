"""From the computed money of area compensation to its table (区域补偿资金测算表)."""

from __future__ import annotations

from dataclasses import dataclass, field

from ecoscore.model.compensation import AGAINST_TITLES, Compensation, CompensationItem
from ecoscore.model.result import Result, plain
from ecoscore.model.scheme import Rounding
from ecoscore.reporting.view_common import scheme_text, subject_of
from ecoscore.reporting.view_parts import PaperMeta
from ecoscore.reporting.view_text import sentence
from ecoscore.rules.rounding import format_decimal
from ecoscore.rules.wording import minus

_ROUNDING: Rounding = "half_up"  # money is rounded so, whatever the scheme says of scores


@dataclass(frozen=True, slots=True)
class CompensationRow:
    """One district's money: what each item came to before scaling, receipts, payments, and the balance it settles."""

    district: str
    items: tuple[str, ...]
    received: str
    paid: str
    net: str
    settles: str


@dataclass(frozen=True, slots=True)
class CompensationStep:
    """How one amount came about."""

    district: str
    item: str
    numbers: str
    amount: str


@dataclass(frozen=True, slots=True)
class CompensationView:
    """The table with its sums, and the computation of every amount."""

    title: str
    period: str
    scheme: str
    unit: str
    items: tuple[str, ...]
    rows: tuple[CompensationRow, ...]
    sums: CompensationRow
    steps: tuple[CompensationStep, ...]
    notes: tuple[str, ...]
    meta: PaperMeta = field(default_factory=PaperMeta)


def compensation_view(result: Result, computed: Compensation, meta: PaperMeta | None = None) -> CompensationView:
    """The table of a period's compensation; `computed` belongs to `result`."""
    meta = meta or PaperMeta()
    plan = computed.plan

    def money(value: float) -> str:
        return minus(format_decimal(value, plan.decimals, _ROUNDING))

    rows = tuple(
        CompensationRow(
            d.district, tuple(money(line.amount) for line in d.lines), money(d.received), money(d.paid), money(d.net),
            "应得" if d.net > 0 else "应缴" if d.net < 0 else "持平",
        )
        for d in computed.districts
    )  # fmt: skip
    by_item = tuple(money(sum(d.lines[n].amount for d in computed.districts)) for n in range(len(plan.items)))
    received, paid = sum(d.received for d in computed.districts), sum(d.paid for d in computed.districts)
    sums = CompensationRow("合计", by_item, money(received), money(paid), money(computed.balance), "—")
    steps = tuple(
        CompensationStep(d.district, line.title, line.numbers, money(line.amount))
        for d in computed.districts
        for line in d.lines
    )
    return CompensationView(
        title=f"{meta.organisation}{result.period.title}{_area(result, meta)}区域补偿资金测算表",
        period=result.period.title,
        scheme=scheme_text(result.scheme),
        unit=plan.unit,
        items=tuple(item.title for item in plan.items),
        rows=rows,
        sums=sums,
        steps=steps,
        notes=_notes(result, computed, meta),
        meta=meta,
    )


def _area(result: Result, meta: PaperMeta) -> str:
    """「区县」 of 「区县绿色政绩考核」: whose compensation it is."""
    return "" if meta.subject else subject_of(result, meta).removesuffix("绿色政绩考核")


def _notes(result: Result, computed: Compensation, meta: PaperMeta) -> tuple[str, ...]:
    plan = computed.plan
    rates = [_rate(result, item, plan.unit) for item in plan.items]
    balance = "应得按比例缩放，使合计为零" if plan.zero_sum and computed.scale != 1 else ""
    signs = "各项金额正数为应得，负数为应缴；净额＝应得－应缴" + (f"；{balance}" if balance else "")
    return tuple(
        note
        for note in (
            sentence(meta.sources, f"考核方案：{scheme_text(result.scheme)}", plan.note),
            sentence("标准——" + "；".join(rates)),
            sentence(signs),
            *(sentence(note) for note in computed.notes),
            sentence(f"计算过程不修约，金额按四舍五入保留{plan.decimals}位小数"),
        )
        if note
    )


def _rate(result: Result, item: CompensationItem, unit: str) -> str:
    """What a step is worth, and on which side."""
    indicator = result.scheme.by_id[item.indicator]
    reference = (
        f"基准值{plain(item.at)}" if item.against == "value" and item.at is not None else AGAINST_TITLES[item.against]
    )
    step = f"{plain(item.step)}{indicator.unit if indicator.unit != '—' else ''}"
    sides = "" if item.receives and item.pays else "，只得不缴" if item.receives else "，只缴不得"
    cap = f"，每单位不超过{plain(item.cap)}{unit}" if item.cap is not None else ""
    return f"{item.title}：{indicator.title}与{reference}相比，每优（劣）{step}得（缴）{plain(item.rate)}{unit}{sides}{cap}"
