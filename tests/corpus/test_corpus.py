"""Every file of `tests/data/` is imported and gives just what its sidecar says: values, raw texts, findings, questions."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest

from ecoscore.importing.choices import Choices
from ecoscore.importing.hints import LayoutHint
from ecoscore.importing.plan import ImportPlan
from ecoscore.importing.planning import make_plan
from ecoscore.importing.questions import ConflictQuestion, ConversionQuestion
from ecoscore.importing.sources import PastedTable
from ecoscore.model.observation import Observation, Status
from ecoscore.model.period import Period
from tests.corpus.case import SIDECAR
from tests.corpus.cases import all_cases
from tests.corpus.setting import DISTRICTS, SCHEME

DATA = Path(__file__).resolve().parents[1] / "data"
SIDECARS = sorted(DATA.glob(f"*{SIDECAR}"))


def plan_of(sidecar: Path) -> ImportPlan:
    expected = json.loads(sidecar.read_text(encoding="utf-8"))
    options = expected["options"]
    path = DATA / sidecar.name.removesuffix(SIDECAR)
    source = PastedTable(path.read_text(encoding="utf-8")) if options.get("pasted") else path
    held = {
        (district, indicator, Period.parse(period)): Observation(district, indicator, Period.parse(period), value)
        for district, indicator, period, value in expected["held"]
    }
    return make_plan(
        [source], SCHEME, DISTRICTS, held,
        period=Period.parse(options["period"]) if "period" in options else None,
        add_districts=options.get("add_districts", False),
        choices=choices_of(options),
    )  # fmt: skip


def choices_of(options) -> Choices:
    choices = Choices(all_conversions=options.get("all_conversions", False))
    for indicator, unit in options.get("conversions", ()):
        choices = choices.with_conversion(indicator, unit)
    for written, name in options.get("names", ()):
        choices = choices.with_name(written, name)
    for key, place in options.get("picks", ()):
        choices = choices.with_pick(tuple(key), place)
    for file, sheet, header, columns in options.get("layouts", ()):
        hint = LayoutHint(tuple(header), tuple((number, meaning) for number, meaning in columns))
        choices = choices.with_layout(file, sheet, hint)
    return choices


def found_in(plan: ImportPlan) -> dict[str, list]:
    """What a plan holds, in the sidecar's form."""
    several = len(plan.files) > 1 or " › " in plan.files[0].name if plan.files else True

    def file(name):
        return (name or "") if several else ""

    values = []
    for e in plan.entries:
        value = e.new.value if e.new.status is Status.REPORTED else e.new.status.key
        values.append(
            [file(e.file), e.sheet or "", e.cell, e.new.district, e.new.indicator, str(e.new.period), value, e.new.raw]
            + ([e.new.note] if e.new.note else [])
        )
    targets = [
        [file(t.file), t.sheet or "", t.cell, t.new.district, t.new.indicator, str(t.new.period), t.new.value]
        for t in plan.targets
    ]
    findings = [
        [str(f.severity), f.code, f.sheet or "", f.cell or "", file(f.file) if f.code != "not_yet_reported" else ""]
        for f in plan.findings
    ]
    questions = []
    for q in plan.questions:
        kind = (
            "conversion"
            if isinstance(q, ConversionQuestion)
            else "conflict"
            if isinstance(q, ConflictQuestion)
            else "name"
        )
        questions.append([kind, getattr(q, "sheet", "") or "", getattr(q, "cell", "") or ""])
    return {
        "values": sorted(values, key=str),
        "targets": sorted(targets, key=str),
        "findings": sorted(findings),
        "questions": sorted(questions),
        "new_districts": [d.name for d in plan.new_districts],
    }


def contents(data: bytes) -> object:
    """What a file holds: the parts of a zip and of workbooks in it, however this machine compresses them; else its bytes."""
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [
            (entry.orig_filename, contents(archive.read(entry)) if entry.filename.endswith(".xlsx") else entry.CRC)
            for entry in archive.infolist()
        ]


def test_scripts_write_them_again(tmp_path):
    """Those that scripts write: LibreOffice's are not the same twice, and where half a zip ends depends on zlib."""
    for case in all_cases():
        case.write_sidecar(tmp_path)
        assert (tmp_path / case.sidecar).read_bytes() == (DATA / case.sidecar).read_bytes(), case.name
        if case.make is None or case.name == "异常 截断.xlsx":
            assert (DATA / case.name).is_file()
            continue
        made = tmp_path / case.name
        case.make(made)
        for path in [made] if made.is_file() else [inner for inner in made.rglob("*") if inner.is_file()]:
            assert contents(path.read_bytes()) == contents((DATA / path.relative_to(tmp_path)).read_bytes()), case.name


def test_there_are_enough_and_they_are_small():
    assert len(SIDECARS) >= 60
    assert sum(path.stat().st_size for path in DATA.rglob("*") if path.is_file()) < 2 << 20


@pytest.mark.parametrize("sidecar", SIDECARS, ids=lambda path: path.name.removesuffix(SIDECAR))
def test_a_file_gives_what_its_sidecar_says(sidecar):
    expected = json.loads(sidecar.read_text(encoding="utf-8"))
    plan = plan_of(sidecar)
    found = found_in(plan)
    wanted = {key: expected[key] for key in found}
    wanted["values"] = sorted(wanted["values"], key=str)
    wanted["targets"] = sorted([target[:7] for target in wanted["targets"]], key=str)
    for key, entry in found.items():
        assert entry == wanted[key], (key, [f.message for f in plan.findings])
    assert not expected["says"] or any(expected["says"] in f.message for f in plan.findings)
    every_sentence_says_where_and_what(plan)


def every_sentence_says_where_and_what(plan: ImportPlan) -> None:
    """Each finding names its file, its sheet where the file has several, its cell where it is about one, and advice."""
    for f in plan.findings:
        assert f.message.strip(), f
        assert f.advice.strip(), f
        if f.code == "not_yet_reported":  # about all files together
            continue
        assert f.file, f
        assert f.where.startswith(f.file)
        if f.cell:
            assert f.where.endswith(f.cell)
            assert f.sheet or f.file.endswith((".csv", ".tsv", ".txt")) or f.file.startswith("粘贴的表格"), f
