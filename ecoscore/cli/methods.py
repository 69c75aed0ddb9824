"""The commands `weights`, `compare` and `compensate`: other methods beside the scheme, and the money beside the score."""

from __future__ import annotations

import dataclasses
from argparse import Namespace
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from ecoscore.cli.files import DONE, open_file
from ecoscore.cli.output import emit, say, signed, table
from ecoscore.errors import InputRefused
from ecoscore.model.compensation import Compensation, DistrictCompensation
from ecoscore.model.scheme import Scheme
from ecoscore.rules.wording import shown

if TYPE_CHECKING:
    from ecoscore.methods import RankingComparison, WeightProposal


def weights(options: Namespace) -> int:
    """Weights by a method; nothing is changed."""
    with open_file(options.file) as assessment:
        scheme = assessment.scheme_of(options.period)
        choices: dict[str, Any] = {"scope": "overall" if options.overall else "within_groups"}
        choices |= {"districts": options.district, "keep": _ids(scheme, options.without)}
        if options.matrix is not None:
            from ecoscore.assessment.judgements import read_judgements

            choices["judgements"] = read_judgements(options.matrix, assessment.score(options.period))
        if options.method == "combined":
            choices["objective"] = options.objective
        with _telling_how_to_leave_out(scheme):
            proposal = assessment.weights(options.period, options.method, **choices)
    if options.json:
        emit(_proposal_document(proposal))
    else:
        say(_proposal_text(proposal, scheme))
    return DONE


def _proposal_document(proposal: WeightProposal) -> dict[str, Any]:
    return {
        "method": proposal.method,
        "scope": proposal.scope,
        "items": [{**dataclasses.asdict(i), "change": i.change} for i in proposal.items],
        "groups": [dataclasses.asdict(g) for g in proposal.groups],
        "details": {key: [_plain(part) for part in parts] for key, parts in proposal.details.items()},
        "notes": list(proposal.notes),
    }


def _proposal_text(proposal: WeightProposal, scheme: Scheme) -> str:
    from ecoscore.methods import METHOD_TITLES, AhpWeights

    titles = {g.id: g.title for g in scheme.all_groups} | {"": "全部指标"}
    lines = [f"{METHOD_TITLES[proposal.method]}建议的分值（只供比较，方案没有改动）", ""]
    rows = [
        (titles[i.group], i.title, shown(i.points, 4), shown(i.proposed_points, 4), signed(round(i.change, 4)))
        for i in proposal.items
    ]
    lines.append(table(("组", "指标", "现分值", "建议分值", "变化"), rows, right=[2, 3, 4]))
    for key, parts in proposal.details.items():
        for ahp in (p for p in parts if isinstance(p, AhpWeights)):
            verdict = "通过" if ahp.consistent else "没有通过"
            lines.append(
                f"{titles[key]}：λmax＝{shown(ahp.lambda_max, 4)}，CI＝{shown(ahp.consistency_index, 4)}，"
                f"RI＝{shown(ahp.random_index, 2)}，CR＝{shown(ahp.consistency_ratio, 4)}，一致性检验{verdict}"
            )
    return "\n".join([*lines, *(f"注：{note}" for note in proposal.notes)])


def compare(options: Namespace) -> int:
    """The scheme's ranks beside those of other methods."""
    with open_file(options.file) as assessment:
        scheme, result = assessment.scheme_of(options.period), assessment.score(options.period)
        choices: dict[str, Any] = {"districts": options.district}
        if options.without:
            left = set(_ids(scheme, options.without))
            weighed = [i.id for i in result.indicators if result.cells.full[0, result.indicator_at[i.id]] > 0]
            choices["indicators"] = [i for i in weighed if i not in left]
        with _telling_how_to_leave_out(scheme):
            found = assessment.compare_rankings(options.period, **choices)
    if options.json:
        emit([_comparison_document(c) for c in found])
    else:
        say("\n\n".join(_comparison_text(c) for c in found))
    return DONE


def _comparison_document(c: RankingComparison) -> dict[str, Any]:
    return {
        "peer_group": c.peer_group,
        "indicators": list(c.indicators),
        "results": [
            {
                "district": district,
                "ranks": {r.method: int(r.rank[n]) for r in c.rankings},
                "scores": {r.method: float(r.score[n]) for r in c.rankings},
            }
            for n, district in enumerate(c.districts)
        ],
        "agreements": [dataclasses.asdict(a) for a in c.agreements],
        "moves": [{"district": m.district, "ranks": dict(m.ranks), "spread": m.spread} for m in c.moves],
        "notes": list(c.notes),
    }


def _comparison_text(c: RankingComparison) -> str:
    lines = [f"【{c.peer_group}】"]
    header = ["区县", *(f"{r.title}名次" for r in c.rankings), "最大相差"]
    spread = {m.district: str(m.spread) for m in c.moves}
    rows = [[d, *(str(int(r.rank[n])) for r in c.rankings), spread.get(d, "0")] for n, d in enumerate(c.districts)]
    lines.append(table(header, rows, right=range(1, len(header))))
    for r in c.rankings[1:]:
        alike = c.agreement_with_own(r.method)
        lines.append(
            f"与本方案的一致程度　{r.title}：斯皮尔曼 {_degree(alike.spearman)}，肯德尔 {_degree(alike.kendall)}"
        )
    return "\n".join([*lines, *(f"注：{note}" for note in c.notes)])


def compensate(options: Namespace) -> int:
    """The money table of area compensation, with how each amount came about."""
    with open_file(options.file) as assessment:
        found = assessment.compensation(options.period)
        scheme = assessment.scheme_of(options.period)
    if found is None:
        raise InputRefused(
            f"方案《{scheme.title}》没有区域补偿的标准", "请在方案中写明 compensation 各项的标准，再采用这一版方案"
        )
    if options.json:
        emit(_compensation_document(found, str(options.period)))
    else:
        say(_compensation_text(found, f"{scheme.title}　{options.period.title}区域补偿"))
    return DONE


def _compensation_document(found: Compensation, period: str) -> dict[str, Any]:
    return {
        "period": period,
        "unit": found.plan.unit,
        "zero_sum": found.plan.zero_sum,
        "scale": found.scale,
        "balance": found.balance,
        "districts": [dataclasses.asdict(d) for d in found.districts],
        "notes": list(found.notes),
    }


def _compensation_text(found: Compensation, title: str) -> str:
    plan = found.plan
    rows = [(d.district, _money(d.received, plan.decimals), _money(d.paid, plan.decimals), _money(d.net, plan.decimals))
            for d in found.districts]  # fmt: skip
    totals = ("合计", _money(sum(d.received for d in found.districts), plan.decimals),
              _money(sum(d.paid for d in found.districts), plan.decimals), _money(found.balance, plan.decimals))  # fmt: skip
    lines = [f"{title}（{plan.unit}）", ""]
    lines += [table(("区县", "应得", "应缴", "净额"), [*rows, totals], right=[1, 2, 3]), ""]
    for d in found.districts:
        lines += _computation(d)
    return "\n".join([*lines, *(f"注：{note}" for note in found.notes)])


def _computation(d: DistrictCompensation) -> list[str]:
    return [d.district, *(f"　　{line.title}：{line.numbers}" for line in d.lines)]


def _money(value: float, decimals: int) -> str:
    return f"{value:,.{decimals}f}".replace("-", "−")


def _degree(value: float | None) -> str:
    return "—（名次全相同）" if value is None else shown(value, 3)


@contextmanager
def _telling_how_to_leave_out(scheme: Scheme) -> Iterator[None]:
    """These methods need every value: where some are lacking, say what to type to go without those indicators."""
    try:
        yield
    except InputRefused as refused:
        gaps = {f.indicator for f in refused.findings if f.code == "missing_value"}
        titles = [i.title for i in scheme.indicators if i.id in gaps]
        if not titles:
            raise
        advice = f"请先补齐；或去掉这些指标再算：--without {' '.join(titles)}；也可用 --district 只取数据齐全的区县"
        raise InputRefused(refused.message, advice, [replace(f, advice=advice) for f in refused.findings]) from refused


def _ids(scheme: Scheme, names: list[str] | None) -> list[str]:
    """Indicators named by id, title or alias."""
    by_name = {name: i.id for i in reversed(scheme.indicators) for name in i.names}
    if unknown := [n for n in names or () if n not in by_name]:
        raise InputRefused(f"方案里没有指标 {'、'.join(unknown)}", "请写指标的名称或代号")
    return [by_name[n] for n in names or ()]


def _plain(value: Any) -> Any:
    """A method's result with every intermediate, as JSON can hold it."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: _plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if hasattr(value, "tolist"):
        return value.tolist()
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, Mapping):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    return value
