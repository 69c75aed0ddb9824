"""An import taken back, or done again: values, targets, districts and what was learned, in one transaction."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ecoscore.assessment import edit
from ecoscore.assessment.writing import Writing
from ecoscore.importing.record import ImportRecord
from ecoscore.model.finding import Finding, Severity
from ecoscore.model.journal import Change
from ecoscore.storage import Line, learned

UNDO, REDO = "undo_import", "redo_import"


class Reversal(Writing):
    """What `Assessment` does with the record of an import."""

    def take_back_import(self, record: ImportRecord, why: str = "") -> tuple[Change, ...]:
        """Make the file what it was before the import; InputRefused if any of it has been changed since.

        One transaction, and one line of the journal before those of the values. Gives the values that changed.
        """
        return self._follow(record.backwards, UNDO, why)

    def repeat_import(self, record: ImportRecord, why: str = "") -> tuple[Change, ...]:
        """Write again what was taken back."""
        return self._follow(record, REDO, why)

    def _follow(self, record: ImportRecord, action: str, why: str) -> tuple[Change, ...]:
        if record.is_empty:
            return ()
        with self._writing():
            edit.refuse_if_any(self._stale(record), "撤销导入" if action == UNDO else "重做导入")
            self._refuse_sealed([*(c.period for c in record.changes), *(t.target.period for t in record.targets)])
            verb = "恢复" if action == UNDO else "写回"
            count = f"{record.files_count} 个文件"
            self._journal([Line(action, count, None, f"{verb} {record.told}", why, record.files)])
            self._write_districts(record.added, why)
            self._write_values(record.changes, why)
            self._put_targets(record, why)
            self._put_learned(record, why)
            for district in record.removed:
                lead = f"导入时新增的{district.name}后来又有了"
                self._erase_district(district, why, lead, "导入没有撤销", "请先清除这些内容再撤销")
        return record.changes

    def _stale(self, record: ImportRecord) -> Iterator[Finding]:
        """Where the file is no longer what the import, or its taking back, left."""
        held = self._store.observations_at([(c.district, c.indicator, c.period) for c in record.changes])
        for c in record.changes:
            if not edit.same(held.get((c.district, c.indicator, c.period)), c.old):
                yield _changed(f"{c.district} {c.indicator} {c.period.title}", c.district, c.indicator, str(c.period))
        goals = {(t.district, t.indicator, t.period): t.value for t in self._store.targets()}
        for change in record.targets:
            t = change.target
            if goals.get((t.district, t.indicator, t.period)) != change.old:
                about = f"{t.district or '全部区县'} {t.indicator} {t.period.title}目标值"
                yield _changed(about, t.district, t.indicator, str(t.period))
        known = self._known_districts()
        for district in record.removed:
            if known.get(district.name) is None:
                yield _changed(f"区县 {district.name} ", district.name)
        for district in record.added:
            if district.name in known:
                yield _changed(f"区县 {district.name} ", district.name)

    def _put_targets(self, record: ImportRecord, why: str) -> None:
        old = {
            (t.target.district, t.target.indicator, t.target.period): t.old for t in record.targets if t.old is not None
        }
        new = [replace(t.target, value=t.new) for t in record.targets if t.new is not None]
        gone = [(t.target.district, t.target.indicator, t.target.period) for t in record.targets if t.new is None]
        self._store.put_targets(new)
        self._store.clear_targets(gone)
        self._journal(edit.target_lines(new, gone, old, self._editions, why))

    def _put_learned(self, record: ImportRecord, why: str) -> None:
        """Names and layouts that have been learned anew since stay as they are; so do aliases given since."""
        for change in record.aliases:
            district = self._known_districts().get(change.district)
            if district is None:
                continue
            kept = tuple(a for a in district.aliases if a not in change.removed)
            self._write_aliases(district, tuple(dict.fromkeys((*kept, *change.added))), why)
        for kind in {change.kind for change in record.learned}:
            held = learned.learned(self._store, kind)
            due = [c for c in record.learned if c.kind == kind and held.get(c.key) == c.old]
            learned.learn(self._store, kind, {c.key: c.new for c in due if c.new is not None})
            learned.forget(self._store, kind, [c.key for c in due if c.new is None])
            what = "“{}”的读法" if kind == learned.NAME else "表格版式 {:.8}"
            self._journal([Line("learn", what.format(c.key), c.old, c.new, why) for c in due])


def _changed(what: str, district: str | None, indicator: str | None = None, period: str | None = None) -> Finding:
    return Finding(
        Severity.ERROR, "stale_plan", f"{what}在此之后又被修改过", "请逐项修改，或先撤销后来的修改",
        district=district, indicator=indicator, period=period,
    )  # fmt: skip
