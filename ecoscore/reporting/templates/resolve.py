"""From the name in a template to what is put there; an unknown name gets the nearest known one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from rapidfuzz import fuzz, process

from ecoscore.model.scheme import Group, Indicator, Scheme
from ecoscore.reporting.templates.catalog import DISTRICT, DISTRICT_BY_KEY, WHOLE, WHOLE_BY_KEY
from ecoscore.reporting.templates.lists import DISTRICTS, LIST_BY_KEY, LISTS, NUMBER, ItemList, Numbered
from ecoscore.reporting.templates.source import Source
from ecoscore.reporting.templates.syntax import key_of
from ecoscore.reporting.templates.value import Value
from ecoscore.reporting.view_parts import NOT_APPLICABLE

_NEAR, _PART = 50, 70
_DISTRICT = key_of(DISTRICTS)
_INDICATOR, _GROUP = LIST_BY_KEY[key_of("指标")], LIST_BY_KEY[key_of("分组")]


@dataclass(frozen=True, slots=True)
class Context:
    """What a field is read against: the district of the paper, and in a repeated row its item (None in an empty list)."""

    source: Source
    district: str = ""
    item: Numbered | None = None


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a field stands for. `of` is the list its row repeats over, or ""; `needs_district`: it is of one district."""

    read: Callable[[Context], Value]
    of: str = ""
    needs_district: bool = False


@dataclass(frozen=True, slots=True)
class Repeat:
    """What a row repeats over: a list by its title, and the word that picks some of it, or ""."""

    of: str
    sort: str = ""

    @property
    def needs_district(self) -> bool:
        return self.of != DISTRICTS

    def items(self, context: Context) -> tuple[Numbered | None, ...]:
        """The items; one None where there are none, so that the row stays and says so."""
        if self.of == DISTRICTS:
            chosen = [c for c in context.source.chosen if not self.sort or key_of(c[1]) == self.sort]
            return tuple(Numbered(n, name) for n, (name, _) in enumerate(chosen, start=1)) or (None,)
        view = context.source.scorecard(context.district)
        return LIST_BY_KEY[key_of(self.of)].items(view, self.sort) or (None,)


class Unknown(Exception):
    """No such field; `advice` proposes the nearest one."""

    def __init__(self, message: str, advice: str) -> None:
        super().__init__(message)
        self.message, self.advice = message, advice


class Resolver:
    """Knows every field there is under one scheme and one set of districts."""

    def __init__(self, scheme: Scheme, districts: Sequence[str], peer_groups: Iterable[str] = ()) -> None:
        self._districts = {key_of(name): name for name in districts}
        self._peer_groups = tuple(dict.fromkeys(peer_groups))
        self._nodes: dict[str, dict[str, Indicator | Group]] = {"指标": {}, "分组": {}}
        self._doubles: set[tuple[str, str]] = set()
        for of, nodes in (("指标", scheme.indicators), ("分组", scheme.all_groups)):
            for node in nodes:
                self._know(of, node)
        for of, nodes in (("指标", scheme.indicators), ("分组", scheme.all_groups)):
            for node in nodes:  # ids are unique: they win over anybody's title
                self._nodes[of][key_of(node.id)] = node
                self._doubles.discard((of, key_of(node.id)))

    def _know(self, of: str, node: Indicator | Group) -> None:
        names = (node.title, *node.aliases) if isinstance(node, Indicator) else (node.title,)
        for key in dict.fromkeys(key_of(n) for n in names):
            if self._nodes[of].setdefault(key, node) is not node:
                self._doubles.add((of, key))

    def meaning(self, name: str) -> Meaning:
        """What a field stands for; Unknown where there is no such field."""
        key = key_of(name)
        if key in WHOLE_BY_KEY:
            whole = WHOLE_BY_KEY[key].read
            return Meaning(lambda c: whole(c.source))
        if key in DISTRICT_BY_KEY:
            own = DISTRICT_BY_KEY[key].read
            return Meaning(lambda c: own(c.source.scorecard(c.district)), needs_district=True)
        head, colon, rest = key.partition(":")
        if colon and head in {"指标", "分组"}:
            return self._node(head, rest, name)
        if colon and head == _DISTRICT:
            return self._of_named_district(rest, name)
        head, dot, rest = key.partition(".")
        if dot and head == _DISTRICT:
            return self._of_each_district(rest, name)
        if dot and head in LIST_BY_KEY:
            return self._of_each(LIST_BY_KEY[head], rest, name)
        raise self._unknown(name)

    def repeat(self, marker: str) -> Repeat:
        """What a marker `#指标:大气环境` repeats over."""
        head, _, sort = key_of(marker)[1:].partition(":")
        if head == _DISTRICT:
            sorts = self._peer_groups
        elif head in LIST_BY_KEY:
            sorts = self._sorts(LIST_BY_KEY[head])
        else:
            known = "、".join((*(one.title for one in LISTS), DISTRICTS))
            raise Unknown(f"没有可以重复的“{marker[1:]}”", f"可以重复的有：{known}")
        if sort and sort not in {key_of(s) for s in sorts}:
            raise Unknown(f"“{marker[1:]}”里没有可以挑选的“{marker.partition(':')[2] or sort}”", _one_of(sort, sorts))
        return Repeat(DISTRICTS if head == _DISTRICT else LIST_BY_KEY[head].title, sort)

    def _sorts(self, one: ItemList) -> tuple[str, ...]:
        if one.title == "指标":
            groups = {n.title: None for n in self._nodes["分组"].values()}
            return (*groups, "约束性")
        if one.title == "分组":
            return ("一级", "二级", "三级")
        return ("加分", "扣分", "等次封顶", "一票否决") if one.title == "加减分" else ()

    # One kind of field each. -----------------------------------------------------------------------------------

    def _node(self, of: str, rest: str, name: str) -> Meaning:
        """`指标:PM2.5年均浓度:本年值`, `分组:大气环境`."""
        one = _INDICATOR if of == "指标" else _GROUP
        title, colon, attribute = rest.rpartition(":")
        if rest in self._nodes[of] or not colon:
            title, attribute = rest, key_of(one.default)
        node = self._nodes[of].get(title)
        if node is None:
            raise self._unknown(name)
        if (of, title) in self._doubles:
            raise Unknown(f"方案中有两个{of}叫“{node.title}”", f"请改用代号，如 {{{{{of}:{node.id}:{one.default}}}}}")
        entry = one.by_key.get(attribute)
        if entry is None:
            raise Unknown(
                f"{of}没有“{name.rpartition(':')[2]}”这一项", _one_of(attribute, [e.name for e in one.entries])
            )
        number, read = node.id, entry.read

        def value(context: Context) -> Value:
            view = context.source.scorecard(context.district)
            items: Sequence[Any] = one.of(view)
            return read(next(i for i in items if (i.indicator if of == "指标" else i.group) == number))

        return Meaning(value, needs_district=True)

    def _of_named_district(self, rest: str, name: str) -> Meaning:
        """`区县:甲区:总分`."""
        for key, district in self._districts.items():
            if rest.startswith((f"{key}:", f"{key}.")):
                inner = self.meaning(rest[len(key) + 1 :])
                if inner.of:
                    break
                read = inner.read
                return Meaning(lambda c: read(Context(c.source, district)))  # noqa: B023  returned at once
        raise self._unknown(name)

    def _of_each_district(self, rest: str, name: str) -> Meaning:
        """`区县.总分`: a row for every district; any field of a district may follow."""
        if rest == key_of(NUMBER.name):
            return Meaning(_number, DISTRICTS)
        try:
            inner = self.meaning(rest)
        except Unknown as unknown:
            raise self._unknown(name) from unknown
        if inner.of:
            raise self._unknown(name)

        def value(context: Context) -> Value:
            if context.item is None:
                return Value("无" if rest in {"名称", _DISTRICT} else NOT_APPLICABLE)
            return inner.read(Context(context.source, context.item.item))

        return Meaning(value, DISTRICTS)

    def _of_each(self, one: ItemList, rest: str, name: str) -> Meaning:
        """`指标.名称`: a row for every item."""
        if rest == key_of(NUMBER.name):
            return Meaning(_number, one.title, needs_district=True)
        entry = one.by_key.get(rest)
        if entry is None:
            raise self._unknown(name)
        read, said = entry.read, "无" if entry.name in {"名称", "内容"} else NOT_APPLICABLE
        return Meaning(lambda c: read(c.item.item) if c.item else Value(said), one.title, needs_district=True)

    # What was perhaps meant. -----------------------------------------------------------------------------------

    def _unknown(self, name: str) -> Unknown:
        near = _nearest(name, list(self.names()))
        guess = f"是不是 {{{{{near}}}}}？" if near else ""
        return Unknown(f"没有这个字段：{{{{{name}}}}}", f"{guess}全部字段见“全部字段”，或用命令 ecoscore fields 查看")

    def names(self) -> Iterator[str]:
        """Every name there is, each once, as it is to be written."""
        yield from (e.name for e in WHOLE)
        yield from (e.name for e in DISTRICT)
        for one in LISTS:
            yield from (f"{one.title}.{e.name}" for e in (NUMBER, *one.entries))
        yield from (f"{DISTRICTS}.{name}" for name in (NUMBER.name, "名称", *(e.name for e in DISTRICT[1:])))
        for of, one in (("指标", _INDICATOR), ("分组", _GROUP)):
            for node in {n.id: n for n in self._nodes[of].values()}.values():
                yield f"{of}:{node.title}"
                yield from (f"{of}:{node.title}:{e.name}" for e in one.entries)
        yield from (f"{DISTRICTS}:{name}:总分" for name in self._districts.values())


def _number(context: Context) -> Value:
    return NUMBER.read(context.item) if context.item else Value(NOT_APPLICABLE)


def _nearest(asked: str, known: Sequence[str]) -> str:
    """The known name most like the one asked for, as a whole, or else the one it may be a part of."""
    for scorer, cutoff in ((fuzz.ratio, _NEAR), (fuzz.WRatio, _PART)):
        near = process.extract(key_of(asked), known, processor=key_of, scorer=scorer, score_cutoff=cutoff, limit=9)
        if near:  # of equally near ones, that which begins alike: people mistype the end of a word
            return max(near, key=lambda found: (found[1], _shared(key_of(asked), key_of(found[0]))))[0]
    return ""


def _shared(one: str, other: str) -> int:
    """How many signs two names begin with alike."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _one_of(asked: str, known: Sequence[str]) -> str:
    near = _nearest(asked, known)
    return (f"是不是“{near}”？" if near else "") + (f"可选：{'、'.join(known)}" if known else "请去掉冒号和后面的词")
