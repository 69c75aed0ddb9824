"""What number formats show."""

from __future__ import annotations

import pytest

from ecoscore.importing.readers.number_format import hides, is_bare, read_format


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("General", "number"),
        ("0.0%", "percent"),
        ("0%;[Red]-0%", "percent"),
        ('0.0"%"', "number"),
        ("0.0\\%", "number"),
        ("0.0!%", "number"),
        ("#,##0.00_);(#,##0.00)", "number"),
        ("0.00E+00", "number"),
        ("[Red]0.0", "number"),
        ('0"年"', "number"),
        ('yyyy"年"', "date"),
        ("m/d/yy", "date"),
        ("[h]:mm:ss", "date"),
        ("[$-804]yyyy\\-mm\\-dd", "date"),
        ("@", "text"),
        ("", "number"),
        ('0.0";"0', "number"),
    ],
)
def test_kind(code, kind):
    assert read_format(code).kind == kind


def parts(code):
    found = read_format(code)
    return found.kind, found.suffix, found.scaled


def test_suffix_and_scale():
    assert parts('0.0"%"') == ("number", "%", False)
    assert read_format('0"μg/m³"').suffix == "μg/m³"
    assert parts('0!.0,"万"') == ("number", ".万", True)
    assert read_format("#,##0,").scaled
    assert not read_format("#,##0").scaled
    assert not read_format("#,##0.00").scaled


@pytest.mark.parametrize(
    ("code", "value", "is_hidden"),
    [
        (";;;", 33, True),
        (";;;", -33, True),
        (";;;@", 0, True),
        ('""', 33, True),
        ("0;-0;;@", 0, True),
        ("0;-0;;@", 5, False),
        ("0;;", -5, True),
        ("0;;;", 33, False),
        ("General;;", 33, False),
        ("[红色];;", 33, True),
        ('0.0"；";-0.0', 33, False),
        ('_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', 0, False),
        ("[>100]0;;", 33, False),
        ("0.00", 0, False),
        ("", 0, False),
    ],
)
def test_what_a_format_hides(code, value, is_hidden):
    assert hides(code, value) is is_hidden
    assert not (is_hidden and is_bare(code))
