"""From a result to the bulletin (通报): every sentence from the figures, and none that they do not carry."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from ecoscore.model.adjustment import Layer
from ecoscore.model.result import Result
from ecoscore.reporting import facts, prose
from ecoscore.reporting.document import (
    Annex,
    DocumentView,
    Enclosure,
    Heading,
    Notes,
    Paragraph,
    Part,
    Picture,
    Signature,
)
from ecoscore.reporting.view_common import adjustment_lines, baseline_label, comparison, standing, subject_of
from ecoscore.reporting.view_document import (
    addressee,
    opening,
    ranking_picture,
    result_grids,
    result_notes,
    scatter_picture,
    unit_noun,
)
from ecoscore.reporting.view_parts import PaperMeta, ScorecardView
from ecoscore.reporting.view_scorecard import scorecard_view
from ecoscore.reporting.view_text import difference, rank_text, score_figure

_MOVEMENTS = 8  # so many indicators are told of by name
_LOSSES = 5
_EACH = 30  # up to so many districts each has its own paragraph
_NAMES = 8


def bulletin_view(result: Result, meta: PaperMeta | None = None, *, previous: Result | None = None) -> DocumentView:
    """The bulletin of a period; `previous` is last year's result, for what moved."""
    meta = meta or PaperMeta()
    subject = subject_of(result, meta)
    title = f"关于{meta.organisation}{result.period.title}{subject}情况的通报"
    chapters = [
        ("总体情况", list(_overall(result, previous))),
        ("主要指标变化", list(_movements(result))),
        ("加分、扣分与等次限制", list(_layers(result))),
        ("主要短板", list(_shortfalls(result))),
        ("各单位情况", list(_each(result, meta, previous))),
    ]
    parts: list[Part] = [Paragraph(opening(result, meta, "现将有关情况通报如下。"))]
    for n, (name, found) in enumerate([c for c in chapters if c[1]], start=1):
        parts += [Heading(f"{prose.numeral(n)}、{name}"), *found]
    parts += [Enclosure(f"附件：{_annex_title(result, meta)}"), Signature(meta.issuer, meta.date)]
    parts += [
        Annex("附件", _annex_title(result, meta)),
        *result_grids(result, previous),
        Notes(result_notes(result, meta)),
    ]
    parts += [p for p in (ranking_picture(result), scatter_picture(result)) if isinstance(p, Picture)]
    return DocumentView(
        "通报", title, addressee(meta), result.period.title, result.scheme.title, tuple(parts), meta
    )  # fmt: skip


def _annex_title(result: Result, meta: PaperMeta) -> str:
    return f"{meta.organisation}{result.period.title}{subject_of(result, meta)}结果一览表"


# 总体情况 -------------------------------------------------------------------------------------------------------


def _overall(result: Result, previous: Result | None) -> Iterator[Paragraph]:
    totals = {d.name: float(result.layers.total[n]) for n, d in enumerate(result.districts)}
    totals = {name: total for name, total in totals.items() if not math.isnan(total)}
    if not totals:
        return
    yield Paragraph(_levels(result, totals))
    if result.scheme.grades:
        yield Paragraph(_grades(result))
    if moved := _totals_moved(result, previous):
        yield Paragraph(moved)
    if not result.scheme.unranked:
        yield from _ranked(result, previous)


def _levels(result: Result, totals: dict[str, float]) -> str:
    def score(value: float) -> str:
        return score_figure(value, result.scheme).text

    high, low, mean = max(totals.values()), min(totals.values()), sum(totals.values()) / len(totals)
    head = f"参评{unit_noun(result)}{len(result.districts)}个"
    if len(totals) < len(result.districts):
        head += f"，有总分的{len(totals)}个"
    if len(totals) == 1:
        return f"{head}，{next(iter(totals))}总分{score(high)}分。"
    if high == low:
        return f"{head}，总分均为{score(high)}分。"

    def at(value: float) -> str:
        return prose.listed([name for name, total in totals.items() if total == value], 3)

    return f"{head}，总分平均{score(mean)}分，最高{score(high)}分（{at(high)}），最低{score(low)}分（{at(low)}）。"


def _grades(result: Result) -> str:
    parts = []
    for title in dict.fromkeys([*(g.title for g in result.scheme.grades), *result.layers.grade]):
        names = [result.districts[d].name for d in result.order if result.layers.grade[d] == title and title]
        if names:
            named = f"（{'、'.join(names)}）" if len(names) <= _NAMES else ""
            parts.append(f"{title}{len(names)}个{named}")
    return f"按等次分，{'，'.join(parts)}。" if parts else ""


def _totals_moved(result: Result, previous: Result | None) -> str:
    """How many totals rose and fell, and which moved most."""
    moves = []
    for d, district in enumerate(result.districts):
        if comparison(result, district.name, previous) and previous is not None:
            then = float(previous.layers.total[previous.district_at[district.name]])
            moves.append((district.name, difference(float(result.layers.total[d]), then)))
    if not moves:
        return ""
    assert previous is not None
    since = "上年" if result.period.kind == "year" else previous.period.title
    up, down = [m for m in moves if m[1] > 0], [m for m in moves if m[1] < 0]
    level = len(moves) - len(up) - len(down)
    counts = [f"{word}的{len(some)}个" for word, some in (("提高", up), ("下降", down)) if some]
    counts += [f"持平的{level}个"] if level else []
    clauses = [f"与{since}相比，总分{'、'.join(counts)}"]
    for word, some in (("提高", up), ("下降", down)):
        if some:
            most = max(abs(delta) for _, delta in some)
            names = prose.listed([name for name, delta in some if abs(delta) == most], 3)
            clauses.append(f"{word}最多的是{names}，{word}{score_figure(most, result.scheme).text}分")
    return prose.joined(*clauses)


def _ranked(result: Result, previous: Result | None) -> Iterator[Paragraph]:
    """The ranks of every peer group, as far as a sentence can hold them; the rest stands in the table."""
    groups: dict[tuple[str, str], list[int]] = {}
    for d in result.order:
        if result.layers.rank[d]:
            me = result.districts[d]
            groups.setdefault((me.level.value, me.peer_group or ""), []).append(d)
    for (_, group), members in groups.items():
        told = members[:_NAMES]
        clauses = [_one_rank(result, d, previous) for d in told]
        rest = f"；其余{len(members) - len(told)}个见附件" if len(members) > len(told) else ""
        yield Paragraph("；".join(clauses) + rest + "。", f"{group}（{len(members)}个）名次。" if group else "名次。")


def _one_rank(result: Result, d: int, previous: Result | None) -> str:
    name, rank = result.districts[d].name, int(result.layers.rank[d])
    tied = standing(result, d).tied
    then = comparison(result, name, previous)
    gained = then.rank_change if then else None
    moved = (
        "" if gained is None else "，名次不变" if not gained else f"，{'上升' if gained > 0 else '下降'}{abs(gained)}位"
    )
    return f"{rank_text(rank, tied=tied)}{name}，{score_figure(float(result.layers.total[d]), result.scheme).text}分{moved}"


# 主要指标变化 ---------------------------------------------------------------------------------------------------


def _movements(result: Result) -> Iterator[Paragraph]:
    """Binding indicators first, else the heaviest: how many moved which way, and who furthest."""
    at = [i for i in range(len(result.indicators)) if result.cells.full[0, i]]
    chosen = [i for i in at if result.indicators[i].binding] or at
    chosen = sorted(chosen, key=lambda i: -float(result.cells.full[0, i]))[:_MOVEMENTS]
    for i in sorted(chosen):
        moved = facts.movements(result, i)
        if moved:
            yield Paragraph(_moved(result, i, moved), f"{result.indicators[i].title}。")


def _since(result: Result) -> str:
    held = set(result.baselines)
    if len(held) == 1 and (baseline := held.pop()) is not None:
        label = baseline_label(result.period, baseline)
        return {"上年值": "上年", "基期值": f"基期（{baseline.title}）"}.get(label, label)
    return "基期"


def _moved(result: Result, i: int, moved: Sequence[facts.Moved]) -> str:
    unit, rounding = result.indicators[i].unit, result.scheme.rounding
    counts = {n: sum(m.direction == n for m in moved) for n in (1, -1, 0)}
    since = _since(result)
    if counts[0] == len(moved):
        return f"有可比数据的{len(moved)}个单位均与{since}持平。"
    words = {1: "上升", -1: "下降", 0: "持平"}
    whole = next((words[n] for n in (1, -1) if counts[n] == len(moved)), "")
    told = f"{len(moved)}个单位均{whole}" if whole and len(moved) > 1 else ""
    text = f"与{since}相比，" + (told or "、".join(f"{word}的{counts[n]}个" for n, word in words.items() if counts[n]))
    for direction, word in ((1, "上升"), (-1, "下降")):
        most = facts.extremes(moved, direction)
        if len(most) == 1:
            one = most[0]
            told = prose.movement(f"{one.district}，", unit, one.then, one.now, rounding=rounding)
            text += f"。{word}最多的是{told}"
        elif most:
            names = prose.listed([m.district for m in most], 3)
            text += f"。{word}最多的是{names}，均{prose.change(unit, most[0].then, most[0].now, rounding=rounding)}"
    return text + "。"


# 加分、扣分与等次限制 -------------------------------------------------------------------------------------------


def _layers(result: Result) -> Iterator[Paragraph]:
    """What changed totals and grades besides the indicators, each with its ground."""
    titles = {Layer.BONUS: "加分。", Layer.DEDUCTION: "扣分。", Layer.CEILING: "等次封顶。", Layer.VETO: "一票否决。"}
    lines = [(d.name, line) for d in result.districts for line in adjustment_lines(result, d.name)]
    for layer, title in titles.items():
        mine = [(name, line) for name, line in lines if line.layer is layer]
        # What the figures alone decide is told together; of many districts by number, since papers of each tell more.
        crowded = sum(line.automatic for _, line in mine) > _EACH
        found: list[str] = []
        automatic: dict[tuple[str, str], list[str]] = {}
        for name, line in mine:
            if line.automatic and (layer is Layer.BONUS or crowded):
                effect = "" if layer is Layer.DEDUCTION or line.told == line.title else line.effect
                automatic.setdefault((line.title, effect), []).append(name)
            else:
                count = f"{line.count}次" if line.count > 1 and not line.automatic else ""
                told = line.told if not count else f"{line.title}{count}，{line.effect}"
                found.append(f"{name}{told}（依据：{line.ground}）")
        found += [_together(names, item, effect) for (item, effect), names in automatic.items()]
        if found:
            yield Paragraph("；".join(found) + "。", title)


def _together(names: Sequence[str], item: str, effect: str) -> str:
    """What several districts have in common."""
    who = prose.listed(names, _EACH) if len(names) <= _EACH else prose.listed(names, _NAMES)
    each = f"，{'各' if len(names) > 1 and effect.startswith('加') else ''}{effect}" if effect else ""
    return f"{who}{item}{each}（按指标数据判定）"


# 主要短板 -------------------------------------------------------------------------------------------------------


def _shortfalls(result: Result) -> Iterator[Paragraph]:
    if count := facts.binding_targets(result):
        told = _missed(facts.missed_targets(result))
        none = (
            f"应考核的{count}项次目标，凡有数据的均已完成" if facts.unreported(result) else f"{count}项次目标均已完成"
        )
        yield Paragraph(f"{told or none}。", "约束性目标未完成。" if told else "约束性目标。")
    if heavy := facts.heaviest_losses(result, _LOSSES):
        yield Paragraph("；".join(_lost(result, *pair) for pair in heavy) + "。", "失分较多的指标。")
    if owed := facts.unreported(result):
        told = "；".join(f"{name}{len(titles)}项（{prose.listed(titles, 3, '项')}）" for name, titles in owed[:_EACH])
        rest = f"；另有{len(owed) - _EACH}个单位" if len(owed) > _EACH else ""
        yield Paragraph(f"{told}{rest}。", "应报未报。")


def _missed(missed: Sequence[facts.Missed]) -> str:
    """By district with both figures; of many districts by indicator, with the number and the furthest behind."""
    districts: dict[str, list[str]] = {}
    for m in missed:
        districts.setdefault(m.district, []).append(
            prose.shortfall(m.indicator.title, m.indicator.unit, m.value, m.target)
        )
    if len(districts) <= _EACH:
        return "；".join(f"{name}{len(items)}项：{'，'.join(_few(items))}" for name, items in districts.items())
    indicators: dict[str, list[facts.Missed]] = {}
    for m in missed:
        indicators.setdefault(m.indicator.title, []).append(m)
    told = []
    for title, found in indicators.items():
        far = max(found, key=lambda m: abs(difference(m.value, m.target)))
        told.append(
            f"{title}{len(found)}个，差距最大的是{prose.shortfall(far.district, far.indicator.unit, far.value, far.target)}"
        )
    return f"共{len(districts)}个单位，按指标分：{'；'.join(told)}"


def _few(items: Sequence[str]) -> list[str]:
    """The first few of many, and how many there are."""
    return list(items) if len(items) <= _LOSSES else [*items[:_LOSSES], f"等{len(items)}项"]


def _lost(result: Result, indicator, lost: Sequence[facts.Loss]) -> str:  # type: ignore[no-untyped-def] # noqa: ANN001
    def score(value: float) -> str:
        return score_figure(value, result.scheme).text

    whole, first = score(sum(loss.points for loss in lost)), lost[0]
    if len(lost) == 1:
        return f"{indicator.title}，{first.district}失{score(first.points)}分"
    ties = [loss.district for loss in lost if round(loss.points, 9) == round(first.points, 9)]
    return (
        f"{indicator.title}，{len(lost)}个单位合计失{whole}分，失分最多的是{prose.listed(ties, 3)}，"
        f"{'均' if len(ties) > 1 else ''}失{score(first.points)}分"
    )


# 各单位情况 -----------------------------------------------------------------------------------------------------


def _each(result: Result, meta: PaperMeta, previous: Result | None) -> Iterator[Paragraph]:
    """A paragraph a district, in rank order; of many districts the scorecards tell."""
    if len(result.districts) > _EACH:
        return
    missed = facts.missed_targets(result)
    for d in result.order:
        view = scorecard_view(result, result.districts[d].name, meta, previous=previous)
        titles = [m.indicator.title for m in missed if m.district == view.district]
        yield Paragraph(_own(view, titles), f"{view.district}。")


def _own(view: ScorecardView, missed: Sequence[str]) -> str:
    place, then = view.standing, view.comparison
    if view.chain.total.raw is None:
        return "没有总分，未参加排名。"
    graded = f"，等次为{place.grade}" if place.earned_grade or place.grade_reason else ""
    ranked = ""
    if place.rank and not view.unranked:
        group = view.peer_group if view.peer_group != "全部参评单位" else ""
        ranked = f"，居{group}{place.rank_text}（共{place.of}个）"
    sentences = [f"总分{view.chain.total.text}分{ranked}{graded}"]
    if place.grade_reason:
        bound = [
            f"{line.title}（{line.kind}）" for line in view.adjustments if line.layer in {Layer.CEILING, Layer.VETO}
        ]
        sentences[0] += f"（按总分为{place.earned_grade}，因{'、'.join(bound) or place.grade_reason.rstrip('。')}）"
    if then:
        sentences.append(then.text.split("；")[-1].rstrip("。").replace("本期总分", "总分").replace("上期", then.label))
    if view.strong:
        sentences.append("个体指数较高的指标：" + "、".join(h.text.replace("个体指数", "") for h in view.strong[:3]))
    if view.weak:
        sentences.append("失分较多的指标：" + "、".join(h.text for h in view.weak[:3]))
    if missed:
        sentences.append(f"未完成的约束性目标{len(missed)}项：{'、'.join(missed)}")
    return "。".join(sentences) + "。"
