"""The commands `schemes` and `scheme`: what there is to choose from, and which edition a file scores which year by."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict
from itertools import pairwise
from typing import Any

from ecoscore.assessment import Assessment
from ecoscore.assessment.editions import SchemeEdition
from ecoscore.cli.files import DONE, open_file
from ecoscore.cli.output import emit, say, table, tell_findings
from ecoscore.model.scheme import Scheme


def schemes(options: Namespace) -> int:
    if options.rules:
        return _rules(as_json=options.json)
    if options.functions:
        return _functions(as_json=options.json)
    if options.export is not None:
        return _export(options)
    from ecoscore.schemes import DEFAULT, bundled

    found = bundled()
    for scheme in found:
        tell_findings(scheme.warnings)
    if options.json:
        emit([
            {
                "id": s.id, "title": s.title, "edition": s.edition, "indicators": len(s.indicators),
                "default": s.id == DEFAULT, "review": s.review, "unranked": s.unranked or None,
            }
            for s in found
        ])  # fmt: skip
        return DONE
    rows = [(s.id, s.title + ("（默认）" if s.id == DEFAULT else ""), s.edition, str(len(s.indicators))) for s in found]
    say(table(("代号", "名称", "版本", "指标数"), rows, right=[3]))
    return DONE


def _rules(*, as_json: bool) -> int:
    from ecoscore.rules import KINDS

    if as_json:
        emit([
            {"kind": k, "title": r.title, "parameters": [asdict(p) for p in r.parameters], "example": r.example}
            for k, r in KINDS.items()
        ])  # fmt: skip
        return DONE
    for kind, rule in KINDS.items():
        say(f"{kind}　{rule.title}")
        for p in rule.parameters:
            notes = [f"可选 {'、'.join(p.choices)}"] if p.choices else []
            notes += [f"默认 {p.default}"] if p.default is not None else []
            say(f"　　{p.name}：{p.text}" + (f"（{'；'.join(notes)}）" if notes else ""))
        say(f"　　例：{rule.example}\n")
    return DONE


def _functions(*, as_json: bool) -> int:
    from ecoscore.derived.catalog import entries, help_text

    if not as_json:
        say(help_text())
        return DONE
    emit([
        {
            "name": e.name, "title": e.title, "usage": e.usage, "formula": e.formula, "unit": e.unit,
            "edition": e.edition, "source": e.source.title if e.source else None, "confidence": e.confidence or None,
            "arguments": [{"name": a.name, "title": a.title, "unit": a.unit} for a in e.arguments],
        }
        for e in entries()
    ])  # fmt: skip
    return DONE


def _export(options: Namespace) -> int:
    from ecoscore.assessment.schemes import read_scheme, write_scheme

    scheme = read_scheme(options.export)
    tell_findings(scheme.warnings)
    write_scheme(options.output, scheme)
    if options.json:
        emit({"scheme": scheme.id, "title": scheme.title, "edition": scheme.edition, "file": str(options.output)})
    else:
        say(f"已写出：{options.output}　《{scheme.title}》（{scheme.edition}）")
    return DONE


def scheme(options: Namespace) -> int:
    """The editions of a file; adopt another first, or write one out, if asked."""
    if options.adopt is not None:
        return _adopt(options)
    with open_file(options.file) as assessment:
        if options.output is not None:
            return _write_own(assessment, options)
        editions, scored = assessment.editions, _periods_by_edition(assessment)
        if options.period is not None:
            of = assessment.scheme_of(options.period)
            editions = tuple(e for e in editions if e.scheme is of)
    if options.json:
        emit([_edition_document(e, scored.get(e.number, [])) for e in editions])
        return DONE
    say(table(("自", "方案", "版本", "指标数", "采用时间", "按它计分的考核期"), [
        (
            str(e.since) if e.since else "最初", f"{e.scheme.title}（{e.scheme.id}）", e.scheme.edition,
            str(len(e.scheme.indicators)), e.adopted[:10], "、".join(scored.get(e.number, [])) or "—",
        )
        for e in editions
    ], right=[3]))  # fmt: skip
    if options.changes:
        for older, newer in pairwise(editions):
            say(f"\n{older.scheme.edition} → {newer.scheme.edition}：\n{_changes_text(older.scheme, newer.scheme)}")
    return DONE


def _adopt(options: Namespace) -> int:
    from ecoscore.assessment.schemes import read_scheme

    new = read_scheme(options.adopt)
    tell_findings(new.warnings)
    with open_file(options.file, read_only=False) as assessment:
        before = assessment.scheme_of(options.since)
        count = len(assessment.editions)
        unused = assessment.adopt_scheme(new, options.since, why=options.why)
        adopted = len(assessment.editions) > count
        edition = next(e for e in assessment.editions if e.scheme is assessment.scheme_of(options.since))
        touched = _periods_by_edition(assessment).get(edition.number, [])
    tell_findings(unused)
    if options.json:
        emit({
            "changed": adopted, **_edition_document(edition, touched),
            "changes": [asdict(c) for c in _changes(before, new)], "findings": [f.as_json() for f in unused],
        })  # fmt: skip
        return DONE
    if not adopted:
        say(f"{options.since.title}起用的已经是这一版方案，没有改动。")
        return DONE
    say(f"方案改为《{new.title}》（{new.edition}），自 {options.since.title}起；此前的考核期仍按原版本计分。")
    say(f"已有数据、改按新版本计分的考核期：{'、'.join(touched) or '无'}")
    say(_changes_text(before, new))
    return DONE


def _write_own(assessment: Assessment, options: Namespace) -> int:
    from ecoscore.assessment.schemes import write_scheme

    own = assessment.scheme_of(options.period) if options.period else assessment.scheme
    write_scheme(options.output, own)
    say(f"已写出：{options.output}　《{own.title}》（{own.edition}）")
    return DONE


def _periods_by_edition(assessment: Assessment) -> dict[int, list[str]]:
    """The periods with values, by the number of the edition that they are scored by."""
    found: dict[int, list[str]] = {}
    for period in assessment.periods:
        of = assessment.scheme_of(period)
        number = next(e.number for e in assessment.editions if e.scheme is of)
        found.setdefault(number, []).append(str(period))
    return found


def _changes(old: Scheme, new: Scheme) -> tuple[Any, ...]:
    from ecoscore.schemes import compare_schemes

    return compare_schemes(old, new)


def _changes_text(old: Scheme, new: Scheme) -> str:
    changes = _changes(old, new)
    return "\n".join(f"　· {c.sentence}" for c in changes) or "　两版内容相同。"


def _edition_document(edition: SchemeEdition, periods: list[str]) -> dict[str, Any]:
    s = edition.scheme
    return {
        "number": edition.number, "since": None if edition.since is None else str(edition.since),
        "adopted": edition.adopted, "scheme": s.id, "title": s.title, "edition": s.edition,
        "indicators": len(s.indicators), "periods": periods,
    }  # fmt: skip
