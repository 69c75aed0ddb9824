"""What .ods prints for a number, where that is not the number."""

from __future__ import annotations

import zipfile

import pytest

from ecoscore.importing.cell_text import read_cell
from ecoscore.importing.readers.ods import read_ods
from ecoscore.model.observation import Status

_HEAD = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    '<table:table table:name="表"><table:table-row>'
)
_TAIL = "</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"


def cell_of(tmp_path, value, shown):
    """The one cell of a file, as LibreOffice writes it: what it prints stands in <text:p>."""
    path = tmp_path / "数 据.ods"
    cell = f'<table:table-cell office:value-type="float" office:value="{value}">{shown}</table:table-cell>'
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", _HEAD + cell + _TAIL)
    return read_ods(path).sheets[0].at(1, 1)


@pytest.mark.parametrize(
    ("value", "shown"),
    [("1234567", "1,235"), ("1200", "1.20千"), ("400", "0"), ("2500000", "2.5"), ("-1234567", "-1,235")],
)
def test_a_figure_printed_in_thousands_is_not_read_as_what_is_stored(tmp_path, value, shown):
    assert read_cell(cell_of(tmp_path, value, f"<text:p>{shown}</text:p>"), "万元").code == "scaled_format"


def test_a_number_printed_as_nothing_is_hidden(tmp_path):
    assert read_cell(cell_of(tmp_path, "33", "<text:p/>"), "万元").code == "hidden_value"


@pytest.mark.parametrize(
    ("value", "shown"),
    [("33.25", "<text:p>33.3</text:p>"), ("1234567", "<text:p>1,234,567</text:p>"), ("0", "<text:p>0</text:p>"),
     ("1234567", "<text:p>1.23E+06</text:p>"), ("33", ""), ("0.4", "<text:p>0</text:p>"), ("1234", "<text:p>1234.00</text:p>")],
)  # fmt: skip
def test_a_number_printed_as_itself_is_read(tmp_path, value, shown):
    reading = read_cell(cell_of(tmp_path, value, shown), "万元")
    assert (reading.status, reading.value) == (Status.REPORTED, float(value))
