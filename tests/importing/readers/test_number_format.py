"""What number formats show."""

from __future__ import annotations

import pytest

from ecoscore.importing.readers.number_format import NumberFormat, read_format


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


def test_suffix_and_scale():
    assert read_format('0.0"%"') == NumberFormat("number", "%")
    assert read_format('0"μg/m³"').suffix == "μg/m³"
    assert read_format('0!.0,"万"') == NumberFormat("number", ".万", scaled=True)
    assert read_format("#,##0,").scaled
    assert not read_format("#,##0").scaled
    assert not read_format("#,##0.00").scaled
