"""任期 from a list: district, post, name, from and to; matched, checked, and nothing written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ecoscore.assessment.lists import DISTRICT, Columns, ListReader, Row
from ecoscore.importing.names import DistrictNames
from ecoscore.model.district import District
from ecoscore.model.finding import Finding
from ecoscore.model.term import Term

_COLUMNS = Columns(
    "任期名单",
    {
        "district": DISTRICT,
        "post": "职务 职位 岗位 post",
        "name": "姓名 领导干部 干部姓名 name",
        "start": "起 任职 任职时间 任职月份 到任时间 任期起 开始 起始 start",
        "end": "止 离任 离任时间 离任月份 任期止 结束 截止 end",
        "baseline": "基期 基期年 baseline",
    },
    ("district", "post", "start"),
)
_IN_OFFICE = frozenset({"在任", "至今", "今", "现任", "—", "-", "/"})


@dataclass(frozen=True, slots=True)
class TermPlan:
    """What importing a list of terms would do: `new` ones, `ended`: known ones that now have an end (old, new),
    `known` as they are; and what is wrong.
    """

    file: str
    digest: str
    new: tuple[Term, ...]
    ended: tuple[tuple[Term, Term], ...]
    known: tuple[Term, ...]
    findings: tuple[Finding, ...]

    def merged(self, held: Sequence[Term]) -> list[Term]:
        """The file's terms with these in them."""
        changed = dict(self.ended)
        return [*(changed.get(t, t) for t in held), *self.new]


def plan_terms(path: Path, districts: Sequence[District], held: Sequence[Term]) -> TermPlan:
    """InputRefused only where the file holds no such list. A post taken up in the same month is the same term."""
    reader, names = ListReader(path, _COLUMNS).read(), DistrictNames(districts)
    new: list[Term] = []
    known: list[Term] = []
    ended: list[tuple[Term, Term]] = []
    for row in reader.rows:
        term = _term(reader, row, names)
        if term is None:
            continue
        before = next((t for t in held if _same(t, term)), None)
        if before is None:
            new.append(term)
            continue
        after = replace(
            before, end=term.end or before.end, name=term.name or before.name, baseline=term.baseline or before.baseline
        )
        if after == before:
            known.append(before)
        else:
            ended.append((before, after))
    return TermPlan(path.name, reader.digest, tuple(new), tuple(ended), tuple(known), tuple(reader.findings))


def _same(one: Term, other: Term) -> bool:
    named = not one.name or not other.name or one.name == other.name
    return named and (one.district, one.post, one.start) == (other.district, other.post, other.start)


def _term(reader: ListReader, row: Row, names: DistrictNames) -> Term | None:
    seen = len(reader.findings)
    district = reader.district(row, names)
    start = reader.period(row, "start", None, "任职月份")
    end = None if row.text("end") in _IN_OFFICE else reader.period(row, "end", None, "离任月份")
    baseline = reader.period(row, "baseline", None, "基期")
    if not row.text("post"):
        reader.error(row, "post", "no_post", f"{row.text('district')}没有写职务", "请写明职务，如 区委书记")
    if start is None and not row.text("start"):
        reader.error(row, "start", "no_start", f"{row.text('district')}没有写任职月份", "请写作 2021-07")
    if len(reader.findings) > seen or district is None or start is None:
        return None
    try:
        return Term(district.name, row.text("post"), start, end, row.text("name"), baseline)
    except ValueError as error:
        reader.error(row, "start", "bad_term", str(error), "请写到月，离任不早于任职，如 2021-07、2024-06")
        return None
