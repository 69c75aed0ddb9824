"""The working paper on paper: for each score its formula, the numbers put in, the points, the clause."""

from __future__ import annotations

from collections.abc import Sequence

from ecoscore.reporting.pdf import blocks
from ecoscore.reporting.pdf.fonts import Role
from ecoscore.reporting.pdf.page import Paper
from ecoscore.reporting.view_parts import WorkingItem, WorkingPaperView, WorkingStep

_SIZE, _PITCH = 9.5, 14.2
_INDENT = 14.0
_LABEL = 64.0


def draw_working_paper(paper: Paper, view: WorkingPaperView) -> None:
    """All pages of one district's working paper."""
    paper.start()
    paper.bookmark(view.district if paper.is_bound else view.title)
    left = f"被考核单位：{view.district}（{view.peer_group}）"
    blocks.heading(paper, view.title, view.meta, left, f"考核期：{view.period}")
    paper.paragraph(f"考核方案：{view.scheme}", Role.FANGSONG, 10.5, 16)
    for section in view.sections:
        _title(paper, " · ".join(section.titles), _item_height(paper, section.items[0]))
        for item in section.items:
            _item(paper, item, view)
    _computed(paper, "各类指数", view.groups)
    _computed(paper, "总分、名次、等次", view.total)
    blocks.adjustments(paper, view.adjustments, view.limits_text)
    blocks.notes(paper, view.notes)
    paper.skip(10)
    hands = tuple(f for f in view.meta.signatures if not f.opinion and not f.sealed)
    blocks.signatures(paper, hands, view.meta.date)


def _title(paper: Paper, text: str, follow: float) -> None:
    """The title of a part, kept with what follows it."""
    paper.skip(8)
    paper.need(20 + follow)
    paper.line(text, Role.HEI, 11, 18)
    paper.bookmark(text, 1)


def _steps(paper: Paper, item: WorkingItem) -> list[tuple[str, str]]:
    """The labelled lines below an item's data."""
    found: list[tuple[str, str]] = []
    for step in item.steps:
        found += _lines(paper, step)
    if item.notes:
        found.append(("说明", "；".join(item.notes)))
    found.append(("计分", item.scoring))
    if item.clause:
        found.append(("依据", item.clause))
    return found


def _item_height(paper: Paper, item: WorkingItem) -> float:
    """What an item takes, as far as it must stay on one page."""
    height = sum(_height(paper, text) for _, text in _steps(paper, item))
    return min(height + 2 * _PITCH + 7, 12 * _PITCH)


def _item(paper: Paper, item: WorkingItem, view: WorkingPaperView) -> None:
    """One indicator: a head line with what was put in, its steps, and the points at the end."""
    paper.skip(3)
    paper.need(_item_height(paper, item))
    canvas = paper.canvas
    canvas.setStrokeGray(0)
    canvas.setLineWidth(0.4)
    canvas.line(paper.left, paper.y, paper.right, paper.y)
    paper.y -= 2
    _head(paper, item)
    inputs = f"{view.value_label} {item.value}　基期值 {item.baseline}　目标值 {item.target}　计量单位 {item.unit}"
    _labelled(paper, "数据", f"{inputs}　计分规则：{item.rule}")
    for label, text in _steps(paper, item):
        _labelled(paper, label, text)


def _head(paper: Paper, item: WorkingItem) -> None:
    points = f"分值 {item.weight.text}　个体指数 {item.individual.text}　得分 {item.points.text}"
    room = paper.width - paper.type.width(points, Role.HEI, _SIZE) - 12
    title = f"{item.number}．{item.title}"
    size = paper.type.fit(title, Role.HEI, 10, room)
    baseline = paper.y - (_PITCH + 8) / 2
    paper.type.draw(paper.left, baseline, title, Role.HEI, size)
    paper.type.draw(paper.right, baseline, points, Role.HEI, _SIZE, "right")
    paper.y -= _PITCH + 1


def _lines(paper: Paper, step: WorkingStep) -> list[tuple[str, str]]:
    """Formula and numbers on one line where they fit, else one below the other."""
    found = [(step.label, step.formula)]
    if step.numbers and step.numbers != step.formula:
        joined = f"{step.formula}＝{step.numbers}"
        if len(paper.type.wrap(joined, Role.SONG, _SIZE, paper.width - _INDENT - _LABEL)) == 1 and step.computed:
            found = [(step.label, joined)]
        else:
            found.append(("", step.numbers))
    found += [("", f"（{note}）") for note in step.notes]
    return found


def _height(paper: Paper, text: str) -> float:
    return _PITCH * len(paper.type.wrap(text, Role.SONG, _SIZE, paper.width - _INDENT - _LABEL))


def _labelled(paper: Paper, label: str, text: str) -> None:
    """A text with its label in the margin."""
    names = paper.type.wrap(label, Role.KAI, _SIZE, _LABEL - 4) if label else []
    paper.need(_PITCH * max(1, len(names)))
    for n, name in enumerate(names):
        baseline = paper.y - n * _PITCH - (_PITCH + _SIZE * 0.76) / 2
        paper.type.draw(paper.left + _INDENT, baseline, name, Role.KAI, _SIZE)
    paper.paragraph(text, Role.SONG, _SIZE, _PITCH, indent=_INDENT + _LABEL)


def _computed(paper: Paper, title: str, steps: Sequence[WorkingStep]) -> None:
    _title(paper, title, 5 * _PITCH)
    for step in steps:
        lines = _lines(paper, step)
        paper.need(min(sum(_height(paper, text) for _, text in lines), 6 * _PITCH))
        for label, text in lines:
            _labelled(paper, label, text)
