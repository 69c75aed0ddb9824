"""The districts of a file: added, described anew, renamed, taken away while nothing is held of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ecoscore.assessment import edit
from ecoscore.assessment.writing import Writing
from ecoscore.errors import InputRefused
from ecoscore.model.district import LEVEL_TITLES, District
from ecoscore.model.finding import Finding, Severity
from ecoscore.storage import Line
from ecoscore.storage.roster import put_district


class Roster(Writing):
    """What `Assessment` does with its list of districts."""

    def add_districts(self, districts: Sequence[District], why: str = "") -> None:
        with self._writing():
            edit.refuse_if_any(edit.district_findings(districts, self._known_districts()), "区县名单")
            self._write_districts(districts, why)

    def set_aliases(self, district: str, aliases: Sequence[str], why: str = "") -> None:
        """The other names under which tables speak of a district; InputRefused where another district has one."""
        self._assert_known([district])
        with self._writing():
            known = self._known_districts()
            found = tuple(dict.fromkeys(a.strip() for a in aliases if a.strip() and a.strip() != district))
            for taken in _taken(found, district, known):
                raise InputRefused(taken, "请换一个别名")
            self._write_aliases(known[district], found, why)

    def set_district(self, name: str, changed: District, why: str = "") -> None:
        """Describe a district anew; another name moves all that the file holds of it.

        InputRefused where the name or an alias is another district's, the parent is itself or below it, or a sealed
        year was ranked with it as it was.
        """
        with self._writing():
            known = self._known_districts()
            if name not in known:
                raise InputRefused(f"考核文件中没有这个区县：{name}", "请刷新后重试")
            held = known[name]
            if changed == held:
                return
            edit.refuse_if_any(_findings(held, changed, known), "区县名单")
            if _ranked_otherwise(held, changed):
                self._refuse_sealed(s.period for s in self.seals if name in s.districts)
            put_district(self._store, name, changed)
            self._journal(_lines(held, changed, why))

    def remove_district(self, name: str, why: str = "") -> None:
        """Take a district off the list; InputRefused while anything is held of it."""
        with self._writing():
            known = self._known_districts()
            if name not in known:
                raise InputRefused(f"考核文件中没有这个区县：{name}", "请刷新后重试")
            advice = "请先清除这些内容；只是不再参加考核的，不必删除"
            self._erase_district(known[name], why, f"{name}还有", "没有删除", advice)


def _ranked_otherwise(held: District, changed: District) -> bool:
    def standing(d: District) -> tuple[object, ...]:
        return d.name, d.level, d.parent, d.peer_group

    return standing(held) != standing(changed)


def _findings(held: District, changed: District, known: Mapping[str, District]) -> Iterator[Finding]:
    others = {name: d for name, d in known.items() if name != held.name}
    name = changed.name.strip()
    if not name or name != changed.name:
        yield _finding("empty_name", "区县名称是空的或首尾有空格", "请填写名称", held.name)
    if name in others:
        yield _finding("duplicate_district", f"区县重名：{name}", "同一考核文件中每个区县只能有一个", held.name)
    names = changed.aliases if name in others else (name, *changed.aliases)  # a name borne twice has been said
    for message in _taken(names, held.name, known):
        yield _finding("taken_alias", message, "请换一个名称或别名", held.name)
    # A parent need not be on the list: the city itself is seldom assessed.
    if changed.parent in {name, held.name}:
        yield _finding("own_parent", f"{name}不能作自己的上级", "请改正上级", held.name)
    elif changed.parent is not None and held.name in _above(changed.parent, others):
        yield _finding("parent_below", f"{changed.parent}是{name}的下级，不能作它的上级", "请改正上级", held.name)


def _taken(names: Sequence[str], district: str, known: Mapping[str, District]) -> Iterator[str]:
    """A sentence for each other district that one of these names belongs to already."""
    for other in known.values():
        if other.name != district and (taken := {other.name, *other.aliases} & set(names)):
            yield f"“{min(taken)}”是“{other.name}”的名称或别名"


def _above(name: str, known: Mapping[str, District]) -> set[str]:
    found: set[str] = set()
    at: str | None = name
    while at is not None and at not in found:
        found.add(at)
        at = known[at].parent if at in known else None
    return found


def _lines(held: District, changed: District, why: str) -> list[Line]:
    lines = []
    if changed.name != held.name:
        lines.append(Line("rename_district", changed.name, held.name, changed.name, why, district=changed.name))
    old, new = _told(held), _told(changed)
    if old != new:
        lines.append(Line("change_district", changed.name, old, new, why, district=changed.name))
    return lines


def _told(d: District) -> str:
    """Everything but the name."""
    parts = {
        "代码": d.code, "层级": LEVEL_TITLES[d.level], "隶属": d.parent, "分类组": d.peer_group,
        "别名": "、".join(d.aliases),
    }  # fmt: skip
    return "，".join(f"{label} {text}" for label, text in parts.items() if text)


def _finding(code: str, message: str, advice: str, district: str) -> Finding:
    return Finding(Severity.ERROR, code, message, advice, district=district)
