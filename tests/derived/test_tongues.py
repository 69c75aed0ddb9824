"""One formula, three tongues: what NumPy computes, LibreOffice recalculates and the working paper says is one value."""

from __future__ import annotations

import math
import os
import random
import warnings

import numpy as np
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from xlsxwriter.utility import xl_rowcol_to_cell

from ecoscore.derived import FUNCTIONS, ExpressionError, parse
from tests.derived.cases import KNOWN, formula, quantities
from tests.libreoffice import needs_soffice, recalculate

SEED = int(os.environ.get("ECOSCORE_SEED", "20240704"))


def computed(expression, now, before):
    """As the engine calls it: arrays, and no warning allowed."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        value = expression.compute(
            {k: np.array([n.value]) for k, n in now.items()}, {k: np.array([n.value]) for k, n in before.items()}
        )
    return float(np.ravel(value)[0])


def draw(source, depth=4):
    """A formula that can be used, with what it stands for; None where the parser refuses it (too long, constant)."""
    try:
        expression = parse(formula(source, depth), KNOWN)
    except ExpressionError:
        return None
    return expression, quantities(source), quantities(source)


@settings(deadline=None, max_examples=300)
@given(st.integers(0, 2**32))
def test_the_working_paper_comes_to_what_is_computed(seed):
    case = draw(random.Random(seed))
    if case is None:
        return
    expression, now, before = case
    value, paper = computed(expression, now, before), expression.explain(now, before)
    assert paper.score == value or (math.isnan(paper.score) and math.isnan(value))
    if math.isnan(value):
        assert paper.numbers.endswith("，无法计算")
        assert paper.notes or "^" in expression.text or "*" in expression.text, f"no reason given for {expression.text}"


@settings(deadline=None, max_examples=300)
@given(st.integers(0, 2**32))
def test_the_canonical_text_reads_back_as_the_same_formula(seed):
    case = draw(random.Random(seed))
    if case is None:
        return
    again = parse(case[0].text, KNOWN)
    assert again == case[0]
    assert again.text == case[0].text


def workbook(path, cases):
    """One case a row: the quantities now, those before, the formula. Missing ones are blank, or a text now and then."""
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("算例")
    wide = len(KNOWN)
    for row, (expression, now, before) in enumerate(cases):
        for start, numbers in ((0, now), (wide, before)):
            for at, name in enumerate(KNOWN):
                if name in numbers:
                    sheet.write_number(row, start + at, numbers[name].value)
                elif row % 2:
                    sheet.write_string(row, start + at, "不适用")
        refs = {name: xl_rowcol_to_cell(row, at) for at, name in enumerate(KNOWN)}
        past = {name: xl_rowcol_to_cell(row, wide + at) for at, name in enumerate(KNOWN)}
        sheet.write_formula(row, 2 * wide, f"={expression.excel(refs, past)}", None, 0)
    book.close()


def agree(a, b):
    return (math.isnan(a) and math.isnan(b)) or math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-9)


@needs_soffice
def test_libreoffice_recalculates_random_formulas_to_the_same_values(tmp_path):
    source, cases = random.Random(SEED), []
    while len(cases) < 1500:
        if (case := draw(source, source.randint(1, 4))) is not None:
            cases.append(case)
    path = tmp_path / "随机 算例.xlsx"
    workbook(path, cases)
    cells = recalculate(path, tmp_path / "重算")["算例"]
    wrong, known = [], 0
    for row, (expression, now, before) in enumerate(cases):
        got = cells.get(xl_rowcol_to_cell(row, 2 * len(KNOWN)), "")
        assert got is None or got == "" or isinstance(got, (int, float)), (
            f"{expression.text}: {got!r} is neither number nor empty"
        )
        value = computed(expression, now, before)
        known += not math.isnan(value)
        if not agree(value, float(got) if isinstance(got, (int, float)) else math.nan):
            wrong.append(f"{expression.text}  now {now}  before {before}: {value} ≠ {got!r}")
    assert not wrong, "\n".join(wrong[:10])
    assert 400 < known < 1400, "the cases should be neither all computable nor all not"


@needs_soffice
def test_libreoffice_recalculates_each_named_function(tmp_path):
    source = random.Random(SEED)
    names = [f"x{n}" for n in range(21)]
    path = tmp_path / "各函数.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("函数")
    expected = []
    for function in FUNCTIONS.values():
        count = 3 if function.variadic else len(function.arguments)
        expression = parse(f"{function.name}({', '.join(names[:count])})", names)
        for low in (0.5, 0.5, 0.5, *[-2] * 12):
            row = len(expected)
            values = [round(source.uniform(low, 9), 3) for _ in range(2 * len(names))]
            for at, value in enumerate(values):
                sheet.write_number(row, at, value)
            refs = [xl_rowcol_to_cell(row, at) for at in range(len(values))]
            now, past = (dict(zip(names, side, strict=False)) for side in (refs, refs[len(names) :]))
            sheet.write_formula(row, len(values), f"={expression.excel(now, past)}", None, 0)
            arrays = [dict(zip(names, map(np.array, side), strict=False)) for side in (values, values[len(names) :])]
            expected.append((function.name, float(expression.compute(*arrays))))
    book.close()
    cells = recalculate(path, tmp_path / "重算")["函数"]
    for row, (name, value) in enumerate(expected):
        got = cells.get(xl_rowcol_to_cell(row, 2 * len(names)))
        assert agree(value, float(got) if isinstance(got, (int, float)) else math.nan), f"{name}: {value} ≠ {got!r}"
    assert {name for name, value in expected if not math.isnan(value)} == FUNCTIONS.keys()


def test_a_formula_wants_numbers_not_blanks():
    expression = parse("a + b", ("a", "b"))
    assert expression.excel({"a": "B2", "b": "C2"}) == 'IF(AND(ISNUMBER(B2),ISNUMBER(C2)),IFERROR(B2+C2,""),"")'
    assert expression.excel({"a": "B2"}) == '""', "a quantity without a cell is missing"
    assert expression.excel({"a": "'甲 区'!$B$2", "b": 'IF(C2>0,1,"")'}).count('(IF(C2>0,1,""))') == 2


@pytest.mark.parametrize("text", ["if(a > 0, b, c)", "if(a > 0, b, prev(c))"])
def test_the_branch_not_taken_may_be_missing(text):
    expression = parse(text, ("a", "b", "c"))
    assert expression.required == {"a"}
    nan = np.array(np.nan)
    assert expression.compute({"a": np.array(1.0), "b": np.array(7.0), "c": nan}, {"c": nan}) == 7
    assert np.isnan(expression.compute({"a": np.array(-1.0), "b": np.array(7.0), "c": nan}, {"c": nan}))
    assert (
        expression.excel({"a": "A1", "b": "B1"})
        == 'IF(ISNUMBER(A1),IFERROR(IF(A1>0,IF(ISNUMBER(B1),B1,NA()),NA()),""),"")'
    )
