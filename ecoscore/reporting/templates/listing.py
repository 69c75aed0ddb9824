"""The list of all fields for people: name, meaning, an example, with the names of one's own scheme where there is a file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ecoscore.reporting.templates.catalog import DISTRICT, WHOLE
from ecoscore.reporting.templates.entry import Entry
from ecoscore.reporting.templates.lists import DISTRICTS, LISTS, NUMBER
from ecoscore.reporting.templates.resolve import Context, Resolver
from ecoscore.reporting.templates.source import Source

_SINGLE, _ALL, _ROW = "单个区县", "全体", "重复行"
_OWN_NAME = {DISTRICTS: "名称"}  # one writes 区县.名称, not 区县.区县


@dataclass(frozen=True, slots=True)
class TemplateField:
    """`field` as it is to be written; `scope`: of one district, of all, or of the rows that repeat."""

    field: str
    meaning: str
    example: str
    scope: str


def general_fields() -> tuple[TemplateField, ...]:
    """Every kind of field, with made-up examples."""
    return tuple(_general())


def _general() -> Iterator[TemplateField]:
    for scope, entries in ((_SINGLE, DISTRICT), (_ALL, WHOLE)):
        yield from (TemplateField(_braced(e.name), e.meaning, e.example, scope) for e in entries)
    for of, name in (("分组", "环境质量改善"), ("指标", "PM2.5年均浓度")):
        one = next(o for o in LISTS if o.title == of)
        for e in one.entries:
            plain = f"；不写“:{e.name}”也是它" if e.name == one.default else ""
            yield TemplateField(_braced(f"{of}:{name}:{e.name}"), f"一项{of}的{e.meaning}{plain}", e.example, _SINGLE)
    yield TemplateField(_braced("区县:甲区:总分"), "指定区县的任一字段", "87.53", _ALL)
    yield from _row_fields({})


def _row_fields(examples: dict[str, str]) -> Iterator[TemplateField]:
    for one in LISTS:
        for e in (NUMBER, *one.entries):
            name = f"{one.title}.{e.name}"
            yield TemplateField(
                _braced(name), f"{one.meaning}，一项一行：{e.meaning}", examples.get(name, e.example), _ROW
            )
    district: tuple[Entry[Any], ...] = (NUMBER, *DISTRICT)
    for d in district:
        name = f"{DISTRICTS}.{_OWN_NAME.get(d.name, d.name)}"
        yield TemplateField(_braced(name), f"各区县按名次，一个一行：{d.meaning}", examples.get(name, d.example), _ROW)
    yield TemplateField("{{#指标:大气环境}}", "写在行首：这一行只列这个分组的指标；也可写约束性", "", _ROW)
    yield TemplateField("{{#区县:城区}}", "写在行首：这一行只列这个分类组的区县", "", _ROW)
    yield TemplateField("{{#指标}}…{{/指标}}", "从开头的行到结尾的行，几行一起重复", "", _ROW)
    yield TemplateField("{{指标.类别|合并}}", "上下相同的单元格合并成一个", "", _ROW)


def fields_of(source: Source, resolver: Resolver) -> tuple[TemplateField, ...]:
    """Every field of one file and period, with its value for the first district as the example."""
    scheme = source.result.scheme
    first = source.chosen[0][0] if source.chosen else source.result.districts[0].name
    context = Context(source, first)

    def example(name: str) -> str:
        return resolver.meaning(name).read(context).text

    found = []
    for scope, entries in ((_SINGLE, DISTRICT), (_ALL, WHOLE)):
        found += [TemplateField(_braced(e.name), e.meaning, example(e.name), scope) for e in entries]
    for of, nodes in (("分组", scheme.all_groups), ("指标", scheme.indicators)):
        one = next(o for o in LISTS if o.title == of)
        titles = [n.title for n in nodes]
        for node in nodes:
            called = node.title if titles.count(node.title) == 1 else node.id
            for e in one.entries:
                name = f"{of}:{called}:{e.name}"
                found.append(TemplateField(_braced(name), f"{node.title}：{e.meaning}", example(name), _SINGLE))
    view = source.scorecard(first)
    examples: dict[str, str] = {}
    for one in LISTS:
        for item in one.items(view)[:1]:
            examples |= {f"{one.title}.{e.name}": e.read(item.item).text for e in one.entries}
    examples |= {f"{DISTRICTS}.{_OWN_NAME.get(e.name, e.name)}": example(e.name) for e in DISTRICT}
    return (*found, *_row_fields(examples))


def _braced(name: str) -> str:
    return "{{" + name + "}}"
