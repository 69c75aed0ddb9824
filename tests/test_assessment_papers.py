"""The papers' folder: which files under which names, each whole or absent."""

from __future__ import annotations

import pytest

from ecoscore.assessment import Assessment
from ecoscore.assessment_papers import safe_name, safe_names
from ecoscore.errors import EnvironmentFailed, InputRefused
from ecoscore.model.district import District
from ecoscore.model.observation import Observation
from ecoscore.model.period import Period
from tests.test_assessment import SCHEME

P24 = Period(2024)


@pytest.fixture
def file(tmp_path):
    districts = [District("甲区"), District("乙/县?"), District("CON")]
    with Assessment.create(tmp_path / "考核 文件.ecos", SCHEME, districts) as assessment:
        assessment.set_values(
            [Observation(d.name, i, P24, v) for d in districts for i, v in [("pm25", 40.0), ("days", 80.0)]]
        )
        yield assessment


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "报表 输出"


def found(folder):
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file())


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("甲区", "甲区"),
        ("甲 区", "甲 区"),
        ('甲/乙?<>:"|*\\', "甲／乙？＜＞：＂｜＊＼"),
        ("con", "_con"),
        ("LPT1.txt", "_LPT1.txt"),
        ("console", "console"),
        ("甲区. ", "甲区"),
        ("..", "_"),
        ("", "_"),
        ("甲\n\t区\x00", "甲区"),
        ("长" * 200, "长" * 60),
    ],
)
def test_names_that_windows_takes(text, name):
    assert safe_name(text) == name


def test_names_that_windows_would_take_for_one_are_numbered():
    assert list(safe_names(["Abc", "abc", "甲?", "甲？"]).values()) == ["Abc", "abc (2)", "甲？", "甲？ (2)"]


def test_every_paper_of_every_district_in_both_formats(file, folder):
    paths = file.report(P24, folder)
    assert sorted(str(p.relative_to(folder)) for p in paths) == found(folder)
    assert found(folder) == sorted(
        [f"排名汇总表 2024年度.{f}" for f in ("pdf", "xlsx")]
        + [
            f"{t}/{n} 2024年度{t}.{f}"
            for t in ("成绩单", "计分底稿")
            for n in ("甲区", "乙／县？", "_CON")
            for f in ("pdf", "xlsx")
        ]
    )
    for path in paths:
        assert path.read_bytes()[:4] == (b"%PDF" if path.suffix == ".pdf" else b"PK\x03\x04")


def test_only_what_is_asked_for(file, folder):
    file.report(P24, folder, formats=["pdf"], districts=["甲区"], papers=["scorecard"])
    assert found(folder) == ["成绩单/甲区 2024年度成绩单.pdf"]


@pytest.mark.parametrize(
    "wrong", [{"formats": ["docx"]}, {"papers": ["bulletin"]}, {"districts": ["丙区"]}, {"period": Period(2020)}]
)
def test_a_refusal_writes_nothing(file, folder, wrong):
    options = {"period": P24, "folder": folder, **wrong}
    with pytest.raises(InputRefused):
        file.report(**options)
    assert not folder.exists()


def test_cancelling_leaves_whole_files_and_no_others(file, folder):
    told = []
    paths = file.report(
        P24, folder, formats=["pdf"], progress=lambda *step: told.append(step), cancelled=lambda: len(told) >= 2
    )
    assert len(paths) == 2
    assert sorted(str(p.relative_to(folder)) for p in paths) == found(folder)
    assert told[0][:2] == (0, 7)
    assert told[-1] == (2, 7, "已取消")


def test_a_file_in_the_way_is_told_and_those_before_it_are_whole(file, folder):
    (folder / "成绩单" / "乙／县？ 2024年度成绩单.pdf").mkdir(parents=True)
    with pytest.raises(EnvironmentFailed, match="同名文件夹"):
        file.report(P24, folder, formats=["pdf"])
    assert found(folder) == ["成绩单/甲区 2024年度成绩单.pdf"]


def test_forms_for_every_district(file, folder):
    file.write_forms(Period(2025), folder)
    assert found(folder) == sorted(f"{n} 2025年度填报表.xlsx" for n in ("甲区", "乙／县？", "_CON"))


def test_forms_without_districts_are_refused(tmp_path, folder):
    with Assessment.create(tmp_path / "空.ecos", SCHEME) as empty, pytest.raises(InputRefused, match="还没有区县"):
        empty.write_forms(P24, folder)
