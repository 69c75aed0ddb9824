"""What `check` asks of a file: is it sound, is the journal unbroken, does every value agree with the journal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ecoscore.model.finding import Finding, Severity
from ecoscore.model.journal import JournalEntry, described
from ecoscore.storage.chain import START, first_break
from ecoscore.storage.store import Store

_RESTORE = "请与备份比对，查明何人用什么程序改过这个文件；需要时用备份恢复"


def audit(store: Store) -> tuple[Finding, ...]:
    """All that is wrong with the file; nothing where it is sound and whole."""
    entries = store.journal()
    return (*_file(store), *_journal(store, entries), *_values(store, entries), *_scheme(store, entries))


def _file(store: Store) -> Iterator[Finding]:
    for (answer,) in store.pragma("integrity_check"):
        if answer != "ok":
            yield _finding(store, "file_unsound", f"文件结构有损坏：{answer}", "请用备份恢复这个文件")
    for table, _, parent, _ in store.pragma("foreign_key_check"):
        yield _finding(store, "orphan_row", f"数据表 {table} 中有一行在 {parent} 中没有对应记录", _RESTORE)


def _journal(store: Store, entries: Sequence[JournalEntry]) -> Iterator[Finding]:
    if broken := first_break(entries):
        yield _finding(
            store, "journal_broken", f"修改日志从第 {broken.id} 条起对不上，日志被改动、插入或删除过", _RESTORE
        )
        return
    count, head = int(store.value_of("journal_count") or 0), store.value_of("journal_head") or START
    if count != len(entries) or head != (entries[-1].digest if entries else START):
        yield _finding(store, "journal_cut", f"修改日志应有 {count} 条，实有 {len(entries)} 条，末尾被删除过", _RESTORE)


def _values(store: Store, entries: Sequence[JournalEntry]) -> Iterator[Finding]:
    """The last line about each value must say what the value now is."""
    last: dict[tuple[str, str, str], str | None] = {}
    for e in entries:
        if e.action in {"set_value", "clear_value"}:
            last[str(e.district), str(e.indicator), str(e.period)] = e.new
        elif e.action == "rename_district":  # what was noted under the old name is now said of the new one
            last = {(str(e.new) if key[0] == e.old else key[0], *key[1:]): noted for key, noted in last.items()}
    for period in store.periods():
        for (district, indicator), observation in store.observations(period).items():
            key = district, indicator, str(period)
            found, noted = described(observation), last.pop(key, None)
            if found != noted:
                yield _unjournalled(store, key, found, noted)
    for key, noted in last.items():
        if noted is not None:
            yield _unjournalled(store, key, None, noted)


def _scheme(store: Store, entries: Sequence[JournalEntry]) -> Iterator[Finding]:
    """Every edition, and the period it holds from, must be as its line says."""
    noted = [(e.new, e.period) for e in entries if e.action == "adopt_scheme"]
    if noted != [(e.text.mark, None if e.since is None else str(e.since)) for e in store.editions()]:
        yield _finding(store, "scheme_unjournalled", "文件里的考核方案与修改日志所记不一致，方案被改动过", _RESTORE)


def _unjournalled(store: Store, key: tuple[str, str, str], found: str | None, noted: str | None) -> Finding:
    district, indicator, period = key
    return Finding(
        Severity.ERROR,
        "value_unjournalled",
        f"{district} {indicator} {period}：文件中是 {found or '空'}，日志所记是 {noted or '空'}，此值绕过日志被改过",
        _RESTORE,
        file=store.path.name,
        district=district,
        indicator=indicator,
        period=period,
    )


def _finding(store: Store, code: str, message: str, advice: str) -> Finding:
    return Finding(Severity.ERROR, code, message, advice, file=store.path.name)
