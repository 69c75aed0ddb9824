"""A scheme as YAML, as a workbook, and by its id is the same scheme."""

from __future__ import annotations

import pytest

from ecoscore.assessment.schemes import read_scheme, write_scheme
from ecoscore.errors import InputRefused
from ecoscore.schemes import load_scheme


@pytest.mark.parametrize("name", ["方案 一.xlsx", "方案 一.yaml"])
@pytest.mark.parametrize("scheme_id", ["jiangsu-green", "green-development-2016"])
def test_written_and_read_it_is_the_same(tmp_path, name, scheme_id):
    scheme = read_scheme(scheme_id)
    write_scheme(tmp_path / name, scheme)
    assert read_scheme(tmp_path / name) == scheme == load_scheme(scheme_id)


def test_a_file_with_somebodys_corrections_is_not_overwritten(tmp_path):
    path = tmp_path / "方案.xlsx"
    write_scheme(path, load_scheme("jiangsu-green"))
    content = path.read_bytes()
    with pytest.raises(InputRefused, match="未覆盖"):
        write_scheme(path, load_scheme("green-development-2016"))
    assert path.read_bytes() == content


def test_what_is_no_scheme_is_refused(tmp_path):
    with pytest.raises(InputRefused, match="只能写成"):
        write_scheme(tmp_path / "方案.docx", load_scheme("jiangsu-green"))
    (tmp_path / "坏.xlsx").write_bytes(b"PK nothing")
    for name in ("坏.xlsx", "没有.xlsx"):
        with pytest.raises(InputRefused, match="不能读取考核方案"):
            read_scheme(tmp_path / name)
