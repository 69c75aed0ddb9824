"""The papers' folder: which files under which names, each whole or absent."""

from __future__ import annotations

import pytest

from ecoscore.assessment import Assessment
from ecoscore.assessment.charts import charts_of, district_charts_of
from ecoscore.assessment.names import safe_name, safe_names
from ecoscore.assessment.papers import KINDS, PAPERS, USUAL
from ecoscore.errors import EnvironmentFailed, InputRefused
from ecoscore.model.district import District
from ecoscore.model.observation import Observation
from ecoscore.model.period import Period
from ecoscore.model.term import Term
from ecoscore.schemes import parse_scheme
from tests.assessment.test_assessment import SCHEME
from tests.reporting.pdf.reading import read

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
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


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
    assert sorted(p.relative_to(folder).as_posix() for p in paths) == found(folder)
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
    "wrong",
    [
        {"formats": ["odt"]},
        {"formats": ["docx"]},
        {"papers": ["letter"]},
        {"papers": ["bulletin"], "formats": ["xlsx"]},
        {"papers": ["compensation"]},
        {"papers": ["term"]},
        {"papers": ["term"], "bound": True},
        {"districts": ["丙区"]},
        {"period": Period(2020)},
    ],
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
    assert sorted(p.relative_to(folder).as_posix() for p in paths) == found(folder)
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


def test_documents_come_as_pdf_and_word_and_departments_one_by_one(file, folder):
    file.report(P24, folder, formats=["pdf", "xlsx", "docx"], papers=["bulletin", "notice", "department"])
    assert found(folder) == sorted(
        [f"{t} 2024年度.{f}" for t in ("通报", "公示稿") for f in ("pdf", "docx")]
        + ["部门短板清单/未定责任部门 2024年度部门短板清单.pdf"]
    )


def test_a_term_has_its_report_and_no_name_in_a_file_name(file, folder):
    file.add_term(Term("甲区", "区委书记", Period.parse("2021-07"), name="某某某"))
    file.report(P24, folder, formats=["pdf"], papers=["term", "compensation"])
    assert found(folder) == ["任期对比表/甲区 区委书记 2021年7月起任期对比表.pdf"]
    text = read(folder / found(folder)[0]).joined
    assert "区委书记某某某" in text
    assert "2024年度任职12个月" in text.replace("第", "") or "12" in text


def test_compensation_where_the_scheme_has_rates(tmp_path, folder):
    plan = "\ncompensation: {items: [{id: c, title: PM2.5与基准, indicator: pm25, against: value, at: 40, rate: 10}]}\n"
    scheme = parse_scheme(SCHEME.source_text + plan, "方案.yaml")
    with Assessment.create(tmp_path / "补偿.ecos", scheme, [District("甲区"), District("乙县")]) as assessment:
        values = {"甲区": 38.0, "乙县": 43.5}
        assessment.set_values([Observation(d, "pm25", P24, v) for d, v in values.items()])
        assessment.set_values([Observation(d, "days", P24, 80.0) for d in values])
        assessment.report(P24, folder, formats=["pdf"], papers=["compensation"])
    text = read(folder / "区域补偿资金测算表 2024年度.pdf").joined
    for figure in ("20.00", "−35.00", "−15.00", "10×（40−38）÷1＝20"):
        assert figure in text


def test_everything_bound_counts_its_pages_through(file, folder):
    told = []
    papers = ["ranking", "scorecard", "bulletin", "working_paper"]
    paths = file.report(P24, folder, papers=papers, bound=True, progress=lambda *step: told.append(step))
    assert found(folder) == ["考核报表合订本 2024年度.pdf"] == [p.name for p in paths]
    bound = read(paths[0])
    for n, page in enumerate(bound.pages, start=1):
        assert f"— {n} —" in page
    top = [title for level, title in bound.outline if level == 0]
    assert top == ["排名汇总表", "成绩单", "通报", "计分底稿"]
    assert [title for level, title in bound.outline if level == 1][1:4] == ["甲区", "乙/县?", "CON"]
    assert told[-1] == (8, 8, "已完成")
    assert file.verify_paper(paths[0]).agrees


def test_a_bound_volume_that_is_cancelled_is_absent(file, folder):
    told = []
    paths = file.report(
        P24, folder, bound=True, progress=lambda *step: told.append(step), cancelled=lambda: len(told) >= 2
    )
    assert paths == []
    assert found(folder) == []
    assert told[-1][2] == "已取消"


def test_drafts_are_marked_until_the_period_is_sealed(file, folder):
    options = {"formats": ["pdf"], "papers": ["ranking"], "draft_until_sealed": True}
    path = file.report(P24, folder, **options)[0]
    assert "征求意见稿" in read(path).joined
    file.seal(P24)
    assert "征求意见稿" not in read(file.report(P24, folder, **options)[0]).joined


def test_every_kind_says_what_it_is():
    assert set(USUAL) <= set(KINDS)
    assert {key: KINDS[key].title for key in USUAL} == PAPERS
    assert len({kind.title for kind in KINDS.values()}) == len(KINDS)


def test_charts_for_the_screen(file):
    values = [Observation(d.name, "pm25", Period(2023), 44.0) for d in file.districts]
    file.set_values([*values, *(Observation(d.name, "days", Period(2023), 78.0) for d in file.districts)])
    assert "ranking" in charts_of(file, P24)
    own = district_charts_of(file, P24, "甲区")
    assert set(own) == {"waterfall", "pm25", "days"}
    with pytest.raises(InputRefused):
        district_charts_of(file, P24, "没有的区")


def test_kinds_that_the_file_holds_nothing_for_are_named_with_the_reason(file):
    absent = file.absent_papers(P24)
    assert set(absent) == {"term", "compensation"}
    assert "没有登记任期" in absent["term"]
    file.add_term(Term("甲区", "区长", Period(2024, 1, 1)))
    assert set(file.absent_papers(P24)) == {"compensation"}
