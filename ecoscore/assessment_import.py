"""Applying an import plan: is it still true, how the journal words it, what came of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence

from ecoscore.assessment_edit import same
from ecoscore.importing.plan import ImportOutcome, ImportPlan
from ecoscore.model.finding import Finding, Severity
from ecoscore.model.journal import Change
from ecoscore.model.observation import Observation
from ecoscore.storage import Key, Line


def stale_findings(plan: ImportPlan, old: Mapping[Key, Observation], districts: Container[str]) -> Iterator[Finding]:
    """Where the file is no longer what the plan was made for: the person agreed to other changes than these."""
    for entry in plan.entries:
        if not same(old.get(entry.key), entry.old):
            yield Finding(
                Severity.ERROR,
                "stale_plan",
                f"{entry.new.district} {entry.new.indicator} {entry.new.period.title} 在预览之后被修改过",
                "请重新预览后再导入",
                file=entry.file,
                sheet=entry.sheet,
                cell=entry.cell,
                district=entry.new.district,
                indicator=entry.new.indicator,
                period=str(entry.new.period),
            )
    for district in plan.new_districts:
        if district.name in districts:
            message = f"区县 {district.name} 在预览之后已被添加"
            yield Finding(Severity.ERROR, "stale_plan", message, "请重新预览后再导入", district=district.name)


def outcome_of(plan: ImportPlan, changes: Sequence[Change]) -> ImportOutcome:
    kinds = Counter(change.old is None for change in changes)
    counts = plan.counts
    return ImportOutcome(
        added=kinds[True],
        changed=kinds[False],
        unchanged=len(plan.entries) - len(changes),
        targets=counts.targets,
        districts=counts.new_districts,
        left_out=counts.refused,
    )


def import_line(plan: ImportPlan, outcome: ImportOutcome, why: str) -> Line:
    """One line for the whole import, naming each file with its digest; a line per value follows it."""
    parts = [f"新增 {outcome.added} 个值", f"修改 {outcome.changed} 个", f"不变 {outcome.unchanged} 个"]
    parts += [f"目标值 {outcome.targets} 个"] if outcome.targets else []
    parts += [f"新区县 {outcome.districts} 个"] if outcome.districts else []
    parts += [f"略去出错单元格 {outcome.left_out} 个"] if outcome.left_out else []
    return Line(
        "import",
        f"{len(plan.files)} 个文件",
        None,
        "，".join(parts),
        why,
        "；".join(f"{f.name} sha256:{f.digest}" for f in plan.files),
    )
