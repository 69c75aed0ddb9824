"""A bureau's own forms: the fields they may hold, and filling them from an open file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ecoscore.assessment.names import safe_names
from ecoscore.assessment.paper_kinds import Order
from ecoscore.errors import InputRefused
from ecoscore.model.finding import Finding
from ecoscore.model.period import Period

if TYPE_CHECKING:
    from ecoscore.assessment import Assessment
    from ecoscore.model.district import Level
    from ecoscore.reporting.templates import Resolver, Source, Template, TemplateField
    from ecoscore.reporting.view import PaperMeta

_ENDINGS = ("模板", "样表", "空表")


@dataclass(frozen=True, slots=True)
class Filled:
    """The files written, in rank order, and what the user should know about them."""

    paths: tuple[Path, ...]
    findings: tuple[Finding, ...]


def template_fields(
    assessment: Assessment | None = None, period: Period | None = None, level: Level | None = None
) -> tuple[TemplateField, ...]:
    """Every field a form may hold. With a file, its own groups and indicators, and values of it as examples."""
    from ecoscore.reporting.templates import fields_of, general_fields

    if assessment is None or period is None:
        return general_fields()
    return fields_of(*_ready(assessment, period, None, None, level))


def check_template(
    assessment: Assessment, path: Path, period: Period, level: Level | None = None
) -> tuple[Finding, ...]:
    """What is wrong with a form, and what filling it would lose; nothing is written."""
    return _read(assessment, path, period, None, None, level)[0].findings


def fill_template(
    assessment: Assessment,
    path: Path,
    period: Period,
    out: Path,
    districts: Sequence[str] | None = None,
    *,
    meta: PaperMeta | None = None,
    level: Level | None = None,
    progress: Callable[[int, int, str], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Filled:
    """Fill a form into the folder `out`: a file for each district, or one where the form is about all of them.

    InputRefused with every unknown field and its place while there are any; then nothing is written.
    """
    template, source = _read(assessment, path, period, districts, meta, level)
    if errors := template.errors:
        raise InputRefused(
            f"模板有 {len(errors)} 处错误，什么也没有写出：{path.name}", "请在模板中改正后重试", template.findings
        )
    stem = path.stem
    for ending in _ENDINGS:
        stem = stem.removesuffix(ending) or stem
    name = f"{period.title}{stem}{path.suffix.lower()}"
    jobs = {"": out / name}
    if template.needs_district:
        jobs = {d: out / f"{safe} {name}" for d, safe in safe_names([c[0] for c in source.chosen]).items()}
    for target in jobs.values():
        if target.exists() and target.samefile(path):
            raise InputRefused(f"填好的文件会盖掉模板自己：{path}", "请换一个输出文件夹，或给模板改名")
    done = []
    for n, (district, target) in enumerate(jobs.items()):
        if cancelled and cancelled():
            break
        if progress:
            progress(n, len(jobs), f"正在填 {target.name}")
        template.fill(source, target, district)
        done.append(target)
    if progress:
        progress(len(done), len(jobs), "已完成" if len(done) == len(jobs) else "已取消")
    return Filled(tuple(done), template.findings)


def _read(
    assessment: Assessment, path: Path, period: Period, districts: Sequence[str] | None, meta: PaperMeta | None,
    level: Level | None,
) -> tuple[Template, Source]:  # fmt: skip
    from ecoscore.reporting.templates import read_template

    source, resolver = _ready(assessment, period, districts, meta, level)
    return read_template(path, resolver), source


def _ready(
    assessment: Assessment, period: Period, districts: Sequence[str] | None, meta: PaperMeta | None,
    level: Level | None,
) -> tuple[Source, Resolver]:  # fmt: skip
    from ecoscore.reporting.templates import Resolver, Source

    result = assessment.score(period, level)
    meta = Order(assessment, period, (), meta, level).compared()  # with the code by which papers are verified
    for name in districts or ():
        assessment.scorecard(period, name, meta)  # refuses a district that has none
    source = Source(
        result, assessment.ranking(period, meta, level), lambda d: assessment.scorecard(period, d, meta), meta, districts,
    )  # fmt: skip
    groups = [g for d in result.districts if (g := d.peer_group)]
    return source, Resolver(result.scheme, [d.name for d in result.districts], groups)
