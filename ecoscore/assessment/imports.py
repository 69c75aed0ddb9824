"""Applying an import plan: is it still true, how the journal words it, what came of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import replace

from ecoscore.assessment import edit
from ecoscore.assessment.editions import Editions
from ecoscore.importing.context import Editions as EditionsMatched
from ecoscore.importing.context import Memory
from ecoscore.importing.entries import Action
from ecoscore.importing.hints import LayoutHint
from ecoscore.importing.plan import ImportOutcome, ImportPlan, SourceFile
from ecoscore.importing.record import Aliases, ImportRecord, Learned, TargetChange
from ecoscore.model.district import District
from ecoscore.model.finding import Finding, Severity
from ecoscore.model.journal import Change
from ecoscore.model.observation import Observation, Target
from ecoscore.model.scheme import Scheme
from ecoscore.storage import Key, Line, Store, learned


def stale_findings(plan: ImportPlan, old: Mapping[Key, Observation], districts: Container[str]) -> Iterator[Finding]:
    """Where the file is no longer what the plan was made for: the person agreed to other changes than these."""
    for entry in plan.entries:
        if not edit.same(old.get(entry.key), entry.old):
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


def memory_of(store: Store) -> Memory:
    """What earlier imports taught this file."""
    layouts = {mark: LayoutHint.from_json(text) for mark, text in learned.learned(store, learned.LAYOUT).items()}
    return Memory(learned.learned(store, learned.NAME), layouts)


def by_edition(editions: Editions, first: Scheme) -> EditionsMatched:
    """How the periods of an import are matched: names by the edition `first`, values by their own period's."""
    return EditionsMatched(editions.of, tuple(i for i in editions.called() if i not in first.reported))


def informed(plan: ImportPlan, store: Store) -> ImportPlan:
    """The plan with who wrote last what it would change, and a warning for each file imported before."""
    changed = [plan.entries[n].key for n in plan.listed.at(Action.CHANGED)]
    writers = learned.last_writers(store, changed) if changed else {}
    seen = learned.files_seen(store)
    return replace(
        plan,
        entries=plan.entries
        if not writers
        else tuple(
            replace(e, last=f"{writers[e.key][1]} {_minute(writers[e.key][0])}")
            if e.action is Action.CHANGED and e.key in writers
            else e
            for e in plan.entries
        ),
        findings=(*plan.findings, *(_seen(f, *seen[f.digest]) for f in plan.files if f.digest in seen)),
    )


def _seen(file: SourceFile, time: str, user: str) -> Finding:
    return Finding(
        Severity.WARNING,
        "file_known",
        f"内容完全相同的文件已由 {user} 于 {_minute(time)} 导入过",
        "如无特别原因，不必再次导入；此后手工改过的值会被它改回去",
        file=file.name,
    )


def _minute(time: str) -> str:
    return time[:16].replace("T", " ")


def keep_learned(
    plan: ImportPlan, districts: Mapping[str, District], store: Store, why: str
) -> tuple[list[Line], tuple[Learned, ...]]:
    """Keep in the file what the user decided about names and layouts; the journal's lines, and what is known anew."""
    lines: list[Line] = []
    for written, name in plan.new_aliases:
        district = districts.get(name)
        if district is not None and written not in (name, *district.aliases):
            aliases = (*district.aliases, written)
            learned.put_aliases(store, name, aliases)
            lines.append(edit.aliases_line(district, aliases, why))
            districts = {**districts, name: replace(district, aliases=aliases)}
    names, layouts = learned.learned(store, learned.NAME), learned.learned(store, learned.LAYOUT)
    new_names = {w: i for w, i in plan.new_indicator_names if names.get(w) != i}
    new_layouts = {mark: text for mark, text in _layouts(plan) if layouts.get(mark) != text}
    learned.learn(store, learned.NAME, new_names)
    learned.learn(store, learned.LAYOUT, new_layouts)
    lines += [Line("learn", f"“{w}”即指标 {i}", names.get(w), i, why, indicator=i) for w, i in new_names.items()]
    lines += [Line("learn", f"表格版式 {mark[:8]}", layouts.get(mark), t, why) for mark, t in new_layouts.items()]
    known = [Learned(learned.NAME, w, names.get(w), i) for w, i in new_names.items()]
    known += [Learned(learned.LAYOUT, mark, layouts.get(mark), t) for mark, t in new_layouts.items()]
    return lines, tuple(known)


def _layouts(plan: ImportPlan) -> Iterator[tuple[str, str]]:
    """The layouts pointed out for this import, by the header that they are known again by."""
    for file in plan.files:
        for sheet in file.sheets:
            hint = plan.choices.layout_of(file.name, sheet.name)
            if hint is not None and sheet.signature and not hint.lasting.is_empty:
                yield sheet.signature, replace(hint.lasting, header=hint.header or sheet.header).to_json()


def record_of(
    plan: ImportPlan, changes: Sequence[Change], targets: Sequence[Target], new_districts: Sequence[District]
) -> ImportRecord:
    """What is about to be written, beside the targets held so far; what is learned is added by `with_learned`."""
    held = {(t.district, t.indicator, t.period): t.value for t in targets}
    goals = [
        TargetChange(t, old, t.value)
        for t in plan.target_writes
        if (old := held.get((t.district, t.indicator, t.period))) != t.value
    ]
    files = _files(plan)
    return ImportRecord(
        tuple(changes), tuple(goals), tuple(new_districts), files=files, files_count=len(plan.files)
    )  # fmt: skip


def with_learned(
    record: ImportRecord, known: tuple[Learned, ...], before: Mapping[str, District], after: Sequence[District]
) -> ImportRecord:
    """The record, with the aliases that districts have been given, and the names and layouts known anew."""
    aliases = []
    for district in after:
        had = before[district.name].aliases if district.name in before else ()
        if added := tuple(alias for alias in district.aliases if alias not in had):
            aliases.append(Aliases(district.name, added))
    return replace(record, aliases=tuple(aliases), learned=known)


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
        _files(plan),
    )


def _files(plan: ImportPlan) -> str:
    return "；".join(f"{f.name} sha256:{f.digest}" for f in plan.files)
