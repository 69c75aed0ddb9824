"""The formulas as they stand in a cell: few brackets, guarded powers, only functions every spreadsheet has."""

from __future__ import annotations

import re

import pytest

from ecoscore.derived import FUNCTIONS, parse
from ecoscore.derived.excel import LONGEST, TooLong
from tests.derived.cases import KNOWN

REFS = {name: f"$B${n + 2}" for n, name in enumerate(KNOWN)}
PAST = {name: f"$C${n + 2}" for n, name in enumerate(KNOWN)}
OLD = {
    "IF",
    "AND",
    "OR",
    "NOT",
    "ISNUMBER",
    "IFERROR",
    "NA",
    "MIN",
    "MAX",
    "ABS",
    "SQRT",
    "ROUND",
    "MOD",
    "INT",
    "LOG10",
}  # all in Excel 2007


def body(text):
    """What stands between the guards."""
    return re.fullmatch(r'IF\((?:AND\()?ISNUMBER.*?\),IFERROR\((.*),""\),""\)', parse(text, KNOWN).excel(REFS, PAST))[1]


@pytest.mark.parametrize(("text", "formula"), [
    ("100 * b / c_3", "100*$B$3/$B$4"),
    ("(b + c_3) / (b - c_3)", "($B$3+$B$4)/($B$3-$B$4)"),
    ("b - (c_3 - f)", "$B$3-($B$4-$B$7)"),
    ("-b * -(b + f)", "(-$B$3)*(-($B$3+$B$7))"),
    ("b^2 * 2", "$B$3^2*2"),
    ("b^0.5", "IF($B$3<0,NA(),$B$3^0.5)"),
    ("sum(b, -f, b - f)", "($B$3+(-$B$7)+($B$3-$B$7))"),
    ("mean(b, f)", "(($B$3+$B$7)/2)"),
    ("yoy(b)", "IF(AND($B$3=0,$C$3=0),0,100*($B$3-$C$3)/ABS($C$3))"),
    ("per_head(b, f) - 1", "IF($B$7>0,$B$3/$B$7,NA())-1"),
    ("round(b, 1)", "ROUND($B$3,1)"),
])  # fmt: skip
def test_as_a_person_would_write_it(text, formula):
    assert body(text).endswith(formula)


def test_only_functions_that_every_spreadsheet_has():
    texts = ["if(and(b > 0, or(f < 1, not(b = f))), min(b, f), max(b, abs(f)))", "sqrt(b) + round_even(f, 2) + b^f"]
    texts += [f"{f.name}({', '.join(['b'] * len(f.arguments))})" for f in FUNCTIONS.values()]
    for text in texts:
        used = set(re.findall(r"([A-Z][A-Z0-9]*)\(", parse(text, KNOWN).excel(REFS, PAST)))
        assert used <= OLD, f"{text} uses {used - OLD}"


def test_references_of_any_sheet_need_no_brackets_and_expressions_get_them():
    e = parse("b * 2", KNOWN)
    for ref in ("B2", "$B$2", "原始数据!$AB$12", "'甲区 2024'!B2"):
        assert f"IFERROR({ref}*2" in e.excel({"b": ref})
    assert "IFERROR((B2+1)*2" in e.excel({"b": "B2+1"})


def test_a_formula_that_would_not_fit_is_refused_not_cut():
    e = parse("b * 2", KNOWN)
    with pytest.raises(TooLong):
        e.excel({"b": f"({'1+' * LONGEST}1)"})


def test_a_branch_checks_only_what_nobody_checked_before():
    formula = parse("if(b > 0, f + c_3, if(b < -1, f, c_3))", KNOWN).excel(REFS)
    assert formula.count("ISNUMBER($B$3)") == 1
    nested = parse("if(b > 0, if(f > 0, f + c_3, f), 0)", KNOWN).excel(REFS)
    assert nested.count("ISNUMBER($B$7)") == 1
