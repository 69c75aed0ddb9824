"""A long table kept by columns gives the very plan that its cells would give one by one."""

from __future__ import annotations

from array import array
from dataclasses import replace
from types import SimpleNamespace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ecoscore.importing import quick_rows, quick_stretch
from ecoscore.importing.assembly import Assembly
from ecoscore.importing.choices import Choices
from ecoscore.importing.context import Editions, Knowledge
from ecoscore.importing.entries import Action, Entries, EntryBlock
from ecoscore.importing.preview import preview_of
from ecoscore.importing.readers.book import Book, Sheet
from ecoscore.importing.readers.stretch import Figures, Stretch, Words
from ecoscore.importing.workbook import read_workbook
from ecoscore.model.observation import Observation, Status
from ecoscore.model.period import Period
from ecoscore.model.scheme import Scheme
from ecoscore.schemes import parse_scheme
from tests.importing.sheets import DISTRICTS, SCHEME, SCHEME_TEXT

NUMBERS = list(SCHEME.reported)
HEADER = [("text", word, "@") for word in ("区县", "考核期", "指标", "值")]


@pytest.fixture(autouse=True)
def small(monkeypatch):
    for module, name, value in (
        (quick_rows, "PREVIEW_ROWS", 2), (quick_stretch, "_FEWEST", 2), (quick_stretch, "_CHUNK", 5),
    ):  # fmt: skip
        monkeypatch.setattr(module, name, value)


def by_columns(cells: dict, cuts: list[int]) -> Sheet:
    """The sheet with the rows from each of the cuts on, as long as they are alike, in stretches."""
    last = max(row for row, _ in cells)
    sheet = Sheet("表", dict(cells))
    for start, end in zip(cuts, [*cuts[1:], last + 1], strict=True):
        row = start
        while row < end:
            shape = _shape(cells, row)
            stop = row
            while stop < end and _shape(cells, stop) == shape:
                stop += 1
            if shape and "blank" not in [kind for _, kind in shape]:
                columns = {c: _column([sheet.cells.pop((r, c)) for r in range(row, stop)]) for c, _ in shape}
                sheet.stretches.append(Stretch(row, stop - row, columns))
            row = max(stop, row + 1)
    return sheet


def _shape(cells: dict, row: int) -> tuple:
    return tuple((c, _kind(cells[row, c])) for c in range(1, 8) if (row, c) in cells)


def _kind(cell: tuple) -> object:
    if cell[0] in {"number", "percent"}:
        return cell[0], cell[2]
    return "blank" if cell[0] == "text" and not cell[1].strip() else "words"


def _column(raws: list) -> Words | Figures:
    if raws[0][0] in {"number", "percent"}:
        return Figures(raws[0][0], raws[0][2], array("d", [raw[1] for raw in raws]))
    cells = list(dict.fromkeys(raws))
    return Words(cells, array("I", [cells.index(raw) for raw in raws]))


def judged(sheets: list[Sheet], current: dict, scheme: Scheme = SCHEME, **options):
    known = Knowledge.of(scheme, DISTRICTS, None, add_districts=False, **options)
    assembly = Assembly(known, current, ())
    reports = [
        report for n, sheet in enumerate(sheets) for report in read_workbook(Book("xlsx", [sheet]), f"{n}.xlsx", known)
    ]
    for report in reports:
        assembly.take(report)
    assembly.finish()
    previews = [preview_of(report) for report in reports]
    told = SimpleNamespace(
        entries=sorted(assembly.entries, key=lambda e: (e.file, int(e.cell[1:]))),
        targets=assembly.targets,
        findings=[*assembly.findings, *(f for report in reports for f in sorted(report.findings, key=_place))],
        questions=[*assembly.questions, *(q for report in reports for q in report.conversions)],
        notes=[(report.notes, report.layouts, report.columns, list(report.claims)) for report in reports],
        shown=[(list(p.texts), p.roles, p.total_rows, p.total_columns, p.header) for p in previews],
    )
    return told, assembly.entries


def _place(finding) -> tuple:
    return finding.cell or "", finding.code, finding.message


VALUES = st.one_of(
    st.floats(0, 100, allow_nan=False).map(lambda v: ("number", round(v, 2), "General")),
    st.floats(0, 1).map(lambda v: ("number", round(v, 3), "General")),
    st.sampled_from([
        ("number", 1e9, "General"), ("number", -5.0, "General"), ("number", -0.0, "General"), ("number", 5.0, '0"万"'), ("percent", 0.5, "0%"),
        ("number", 2024.0, "General"), ("text", "约42", "@"), ("text", "缺", "@"), ("error", "#N/A", "General"),
    ]),
)  # fmt: skip
DISTRICT_NAMES = st.sampled_from([*(d.name for d in DISTRICTS), DISTRICTS[0].name, "合计", "不知何处", " "])
INDICATOR_NAMES = st.sampled_from([i.title for i in NUMBERS] * 3 + ["PM2.5年均浓度（mg/m³）", "没有的指标"])
PERIODS = st.sampled_from([2021.0, 2022.0, 2023.0, 2024.0])
ROW = st.tuples(DISTRICT_NAMES, PERIODS, INDICATOR_NAMES, VALUES, st.sampled_from(["", "", "", "备注"]))


def _cells(rows: list) -> dict:
    cells = {(1, c): cell for c, cell in enumerate(HEADER, 1)}
    for n, (district, period, indicator, value, note) in enumerate(rows, 2):
        cells |= {
            (n, 1): ("text", district, "@"), (n, 2): ("number", period, "General"),
            (n, 3): ("text", indicator, "@"), (n, 4): value,
        }  # fmt: skip
        if note:
            cells[n, 5] = ("text", note, "@")
    return cells


@settings(max_examples=200, deadline=None)
@example(  # a share above 1 in a block, and some below it that are not
    [*[(DISTRICTS[0].name, 2021.0, "PM2.5年均浓度", ("number", 0.0, "General"), "")] * 19]
    + [
        (DISTRICTS[n].name, year, "空气优良天数比率", ("number", value, "General"), "")
        for n, year, value in ((0, 2022.0, 0.0), (1, 2022.0, 1.0), (0, 2021.0, 0.0), (1, 2021.0, 2.0))
    ],
    [(DISTRICTS[0].name, 2021.0, "空气优良天数比率", ("number", 0.0, "General"), "")] * 3,
    [3],
    [],
    False,
)
@given(
    st.lists(ROW, min_size=6, max_size=60),
    st.lists(ROW, max_size=12),
    st.lists(st.integers(3, 40), min_size=1, max_size=4, unique=True).map(sorted),
    st.lists(st.tuples(ROW, st.booleans()), max_size=12),
    st.booleans(),
)
def test_any_long_table(rows, others, cuts, held, shares_are_ratios):
    tables = [_cells(rows), *([_cells(others)] if others else [])]
    current = {}
    by_title = {i.title: i.id for i in NUMBERS}
    for (district, period, indicator, value, _), same in held:
        if indicator in by_title and district in {d.name for d in DISTRICTS}:
            year = Period(int(period))
            number = float(value[1]) if value[0] == "number" else 7.0
            key = district, by_title[indicator], year
            current[key] = Observation(*key, number) if same else Observation(*key, None, Status.NO_DATA)
    options = {"choices": Choices(conversions=frozenset((i.id, "比例") for i in NUMBERS))} if shares_are_ratios else {}
    one, _ = judged([Sheet("表", dict(cells)) for cells in tables], current, **options)
    other, _ = judged(
        [by_columns(cells, [c for c in cuts if c <= len(cells)] or [3]) for cells in tables], current, **options
    )
    assert vars(other).keys() == vars(one).keys()
    for what in vars(one):
        assert getattr(other, what) == getattr(one, what)


def plain(count: int, **changed) -> dict:
    """A long table with nothing to be said of it: each district's values of all indicators in some years."""
    rows = [
        (d.name, float(year), i.title, ("number", 20.0 + n % 5, "General"), "")
        for year in range(2024 - count, 2025)
        for d in DISTRICTS
        for n, i in enumerate(NUMBERS)
    ]
    return _cells(rows) | changed


def test_rows_of_which_nothing_is_to_be_said_become_a_block():
    _, entries = judged([by_columns(plain(6), [3])], {})
    blocked = sum(len(part) for part in entries.parts if isinstance(part, EntryBlock))
    assert blocked > 0.7 * len(entries) > 40
    assert entries == list(entries)
    assert entries[-1] == list(entries)[-1]
    assert entries[2:5] == list(entries)[2:5]
    assert entries.at(Action.NEW) == list(range(len(entries)))
    assert entries.districts(Period(2020)) == {d.name for d in DISTRICTS}
    with pytest.raises(IndexError):
        entries[len(entries)]


def test_what_is_held_already_is_unchanged_and_the_rest_compared():
    cells = plain(6)
    _, entries = judged([by_columns(cells, [3])], {})
    held = {entry.key: entry.new for entry in entries}
    odd = list(held)[-1]
    held[odd] = replace(held[odd], value=1.5)
    del held[list(held)[-5]]
    one, _ = judged([Sheet("表", cells)], held)
    other, entries = judged([by_columns(cells, [3])], held)
    assert other == one
    assert entries.actions() == {Action.UNCHANGED: len(entries) - 2, Action.CHANGED: 1, Action.NEW: 1}
    assert [entries[n].key for n in entries.at(Action.CHANGED)] == [odd]


def _same_with_blocks(cells: dict, scheme: Scheme = SCHEME) -> list[str]:
    """The codes of the findings, the same both ways, with blocks in the one."""
    one, _ = judged([Sheet("表", dict(cells))], {}, scheme)
    other, entries = judged([by_columns(cells, [3])], {}, scheme)
    assert other == one
    assert any(isinstance(part, EntryBlock) for part in entries.parts)
    return [finding.code for finding in other.findings]


def _with_values(cells: dict, title: str, *values: float) -> dict:
    """The table with other values of an indicator, year by year in turn."""
    changed = dict(cells)
    rows = [row for row, column in cells if column == 3 and cells[row, 3][1] == title]
    for n, row in enumerate(rows):
        changed[row, 4] = ("number", values[n * len(values) // len(rows)], "General")
    return changed


@pytest.mark.parametrize(
    ("title", "values", "code"),
    [
        ("PM2.5年均浓度", (30.0, -1.0), "out_of_range"),
        ("PM2.5年均浓度", (30.0, 501.0), "out_of_range"),
        ("空气优良天数比率", (0.8, 0.9), "maybe_ratio"),
        ("PM2.5年均浓度", (30.0, 31.0, 32.0, 33.0, 34.0, 35.0, 90.0), "beyond_history"),
        ("排污权交易金额", (30.0, 29.5), "below_last_year"),
        ("排污权交易金额", (30.0, 0.0), "far_from_last_year"),
        ("排污权交易金额", (30.0, 310.0), "far_from_last_year"),
    ],
)
def test_what_is_wrong_in_a_block_is_found(title, values, code):
    trading = next(i for i in SCHEME.indicators if i.id == "trading")
    scheme = SCHEME
    if code == "below_last_year":
        scheme = parse_scheme(SCHEME_TEXT.replace("id: trading, ", "id: trading, cumulative: true, "), "累计.yaml")
        assert next(i for i in scheme.indicators if i.id == trading.id).cumulative
    assert set(_same_with_blocks(_with_values(plain(6), title, *values), scheme)) == {code}
    assert _same_with_blocks(plain(6), scheme) == []


def test_the_same_table_twice_is_taken_once():
    cells = plain(4)
    one, _ = judged([Sheet("表", dict(cells)), Sheet("表", dict(cells))], {})
    other, _ = judged([by_columns(cells, [3]), by_columns(cells, [4])], {})
    assert other == one


def test_an_edition_that_knows_less_is_asked_row_by_row():
    fewer = replace(SCHEME, edition="2019")
    editions = Editions(lambda period: fewer if period.year < 2021 else SCHEME)
    cells = plain(6)
    one, _ = judged([Sheet("表", cells)], {}, editions=editions)
    other, _ = judged([by_columns(cells, [3])], {}, editions=editions)
    assert other == one


def test_entries_are_equal_to_their_like():
    assert Entries([]) == ()
    assert Entries([[]]) != [1]
