"""The facade over a bureau's forms: which files are written, what is refused, and the two forms that ship."""

from __future__ import annotations

import docx
import openpyxl
import pytest

from ecoscore.assessment import Assessment
from ecoscore.assessment.templates import check_template, fill_template, template_fields
from ecoscore.errors import InputRefused
from ecoscore.model.adjustment import Event
from ecoscore.model.district import District
from ecoscore.model.observation import Observation
from ecoscore.model.period import Period
from ecoscore.paths import template
from ecoscore.reporting.templates import Resolver
from ecoscore.reporting.templates.syntax import fields_in
from ecoscore.reporting.view import PaperMeta
from tests.assessment.test_assessment import SCHEME
from tests.libreoffice import convert, needs_soffice
from tests.reporting.template_maker import form, grid

P24 = Period(2024)
CARD, BULLETIN = "成绩单模板.xlsx", "通报表模板.docx"


@pytest.fixture
def file(tmp_path):
    districts = [
        District("甲区", peer_group="城区"),
        District("乙/县?", peer_group="县域"),
        District("CON", peer_group="县域"),
    ]
    with Assessment.create(tmp_path / "考核 文件.ecos", SCHEME, districts) as assessment:
        values = {"甲区": (40.0, 80.0), "乙/县?": (30.0, 90.0), "CON": (20.0, 70.0)}
        for period, more in ((Period(2023), 5.0), (P24, 0.0)):
            assessment.set_values(
                [Observation(d, "pm25", period, a + more) for d, (a, _) in values.items()]
                + [Observation(d, "days", period, b) for d, (_, b) in values.items()]
            )
        assessment.record_event(Event("甲区", P24, "award", "省级示范区", office="省厅"))
        yield assessment


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "填好的 表"


def names(folder):
    return sorted(p.name for p in folder.iterdir()) if folder.exists() else []


def test_a_file_for_each_district_under_names_that_windows_takes(file, folder, tmp_path):
    form(tmp_path / "本局成绩单模板.xlsx", {"A1": "{{区县}}"})
    told = []
    filled = fill_template(file, tmp_path / "本局成绩单模板.xlsx", P24, folder, progress=lambda *now: told.append(now))
    assert names(folder) == sorted(
        ["甲区 2024年度本局成绩单.xlsx", "乙／县？ 2024年度本局成绩单.xlsx", "_CON 2024年度本局成绩单.xlsx"]
    )
    assert {p.name for p in filled.paths} == set(names(folder))
    assert told[-1][:2] == (3, 3)
    values = {openpyxl.load_workbook(p).active["A1"].value for p in filled.paths}
    assert values == {"甲区", "乙/县?", "CON"}


def test_only_some_districts(file, folder, tmp_path):
    form(tmp_path / "单.xlsx", {"A1": "{{区县}}", "A2": "{{总分}}"})
    fill_template(file, tmp_path / "单.xlsx", P24, folder, ["甲区"])
    assert names(folder) == ["甲区 2024年度单.xlsx"]
    with pytest.raises(InputRefused, match="没有这个区县"):
        fill_template(file, tmp_path / "单.xlsx", P24, folder, ["丙区"])


def test_one_file_for_a_form_about_all(file, folder, tmp_path):
    form(tmp_path / "排名.xlsx", {"A1": "{{区县.名称}}", "B1": "{{区县.总分}}"})
    (path,) = fill_template(file, tmp_path / "排名.xlsx", P24, folder).paths
    assert path.name == "2024年度排名.xlsx"
    assert len(grid(openpyxl.load_workbook(path).active)) == 3


def test_nothing_is_written_while_a_field_is_wrong(file, folder, tmp_path):
    path = tmp_path / "错.xlsx"
    form(path, {"A1": "{{区县}}", "B2": "{{总份}}", "C3": "{{指标:PM2.5:本年值}}"})
    with pytest.raises(InputRefused, match="2 处错误") as refused:
        fill_template(file, path, P24, folder)
    found = {(f.file, f.sheet, f.cell): f.advice for f in refused.value.findings}
    assert "{{总分}}" in found["错.xlsx", "表", "B2"]
    assert "{{指标:PM2.5年均浓度:本年值}}" in found["错.xlsx", "表", "C3"]
    assert names(folder) == []
    assert [f.cell for f in check_template(file, path, P24)] == ["B2", "C3"]


def test_the_form_itself_is_never_overwritten(file, folder):
    folder.mkdir()
    form(folder / "2024年度排名.xlsx", {"A1": "{{考核期}}"})
    (folder / "2024年度2024年度排名.xlsx").hardlink_to(folder / "2024年度排名.xlsx")
    with pytest.raises(InputRefused, match="盖掉模板自己"):
        fill_template(file, folder / "2024年度排名.xlsx", P24, folder)


def test_cancelling_leaves_whole_files(file, folder, tmp_path):
    form(tmp_path / "单.xlsx", {"A1": "{{区县}}"})
    done = fill_template(file, tmp_path / "单.xlsx", P24, folder, cancelled=lambda: len(names(folder)) == 1)
    assert len(done.paths) == 1
    assert names(folder) == [done.paths[0].name]


def test_fields_with_and_without_a_file(file):
    own = {f.field: f for f in template_fields(file, P24)}
    assert own["{{指标:PM2.5年均浓度:本年值}}"].example in {"20", "30", "40"}
    assert "{{分组:大气:得分}}" in own
    assert "{{区县}}" in {f.field for f in template_fields()}


@pytest.mark.parametrize("kind", ["xlsx", "docx"])
def test_a_filled_form_can_be_verified(file, folder, tmp_path, kind):
    path = tmp_path / f"单.{kind}"
    if kind == "xlsx":
        form(path, {"A1": "{{区县}} {{校验码}}"})
    else:
        document = docx.Document()
        document.add_paragraph("{{区县}} {{校验码}}")
        document.save(path)
    (made,) = fill_template(file, path, P24, folder, ["甲区"]).paths
    assert file.verify_paper(made).agrees
    code = file.verify_paper(made).code
    text = (
        openpyxl.load_workbook(made).active["A1"].value
        if kind == "xlsx"
        else docx.Document(str(made)).paragraphs[0].text
    )
    assert text.startswith(f"甲区 {code}")
    file.set_values([Observation("甲区", "pm25", P24, 21.0)])
    assert not file.verify_paper(made).agrees
    (again,) = fill_template(file, path, P24, folder, ["甲区"]).paths
    assert file.verify_paper(again).agrees


# The forms that ship. ------------------------------------------------------------------------------------------------


def test_the_shipped_card(file, folder):
    meta = PaperMeta(organisation="某市", issuer="某市生态环境局", date="2025年3月1日")
    filled = fill_template(file, template(CARD), P24, folder, ["甲区"], meta=meta)
    assert filled.findings == ()
    assert names(folder) == ["甲区 2024年度成绩单.xlsx"]
    book = openpyxl.load_workbook(filled.paths[0])
    assert book.sheetnames == ["成绩单"]
    sheet = book.active
    assert sheet["A1"].value == "某市2024年度区县绿色政绩考核成绩单"
    assert [sheet.cell(r, 3).value for r in (4, 5)] == ["PM2.5年均浓度", "优良天数比例"]
    assert {str(r) for r in sheet.merged_cells.ranges} >= {"B4:B5", "A6:C6"}
    assert sheet["F7"].value == file.score(P24).layers.total[0]
    assert "省级命名" in [c.value for c in sheet["C"]]
    assert sheet.print_title_rows == "$1:$3"
    assert not [c for row in sheet.iter_rows() for c in row if "{{" in str(c.value)]


def test_the_shipped_bulletin(file, folder):
    (path,) = fill_template(file, template(BULLETIN), P24, folder, meta=PaperMeta(issuer="某市生态环境局")).paths
    assert path.name == "2024年度通报表.docx"
    document = docx.Document(str(path))
    rows = [[c.text for c in row.cells] for row in document.tables[0].rows]
    assert [r[2] for r in rows[1:]] == ["甲区", "乙/县?", "CON"]
    assert [r[0] for r in rows[1:]] == ["城区", "县域", "县域"]
    texts = "\n".join(p.text for p in document.paragraphs)
    assert "某市生态环境局（盖章）" in texts
    assert "模板说明" not in texts and "{{" not in texts


@needs_soffice
def test_libreoffice_opens_the_shipped_forms(file, folder, tmp_path):
    paths = [
        *fill_template(file, template(CARD), P24, folder).paths,
        *fill_template(file, template(BULLETIN), P24, folder).paths,
    ]
    assert all(p.stat().st_size > 1000 for p in convert(paths, tmp_path, "pdf"))


def test_every_field_the_manuals_name_is_one(file):
    """The manual of a form is for copying from: what it names must work under any scheme that has the names."""
    sheet = openpyxl.load_workbook(template(CARD))["说明"]
    texts = [str(c.value) for row in sheet.iter_rows() for c in row if c.value]
    document = docx.Document(str(template(BULLETIN)))
    texts += [c.text for row in document.tables[-1].rows for c in row.cells]
    texts += [template("README.md").read_text(encoding="utf-8")]
    resolver = Resolver(file.scheme, [d.name for d in file.districts], ["城区", "县域"])
    named = {f.shown: f.name for text in texts for f in fields_in(text)}
    parts = ("{{#", "{{/", "{{区县:", "…", "分组:", "名称}}”")  # another scheme's groups, another file's districts
    assert len(named) > 50
    for shown, name in named.items():
        if not any(part in shown for part in parts):
            resolver.meaning(name)
