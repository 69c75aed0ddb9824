"""Papers on the command line: kinds, formats, one volume, and verifying what was written."""

from __future__ import annotations

import pytest

from tests.reporting.pdf.reading import read


def written(folder):
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file())


def test_documents_in_word_and_pdf_with_the_bureaus_words(run, folder, filled):
    done = run(
        "report", filled, "--period", "2024", "-o", "报表 输出", "--papers", "bulletin,notice", "--format", "docx,pdf",
        "--organisation", "示例市", "--issuer", "示例市考核办", "--date", "2025年3月1日",
    )  # fmt: skip
    assert done.code == 0, done.err
    names = [f"{t} 2024年度.{f}" for t in ("通报", "公示稿") for f in ("pdf", "docx")]
    assert written(folder / "报表 输出") == sorted(names)
    text = read(folder / "报表 输出" / "通报 2024年度.pdf").joined
    assert "关于示例市2024年度" in text
    assert "示例市考核办" in text
    assert "征求意见稿" in text
    assert "--final" in done.err


def test_everything_in_one_volume_without_the_draft_mark(run, folder, filled):
    done = run("report", filled, "--period", "2024", "-o", "册", "--paper", "all", "--bound", "--final")
    assert done.code == 0, done.err
    assert written(folder / "册") == ["考核报表合订本 2024年度.pdf"]
    assert "征求意见稿" not in read(folder / "册" / "考核报表合订本 2024年度.pdf").joined


@pytest.mark.parametrize("wrong", [("--paper", "letter"), ("--format", "odt"), ("--paper", "term")])
def test_what_cannot_be_written_is_said(run, folder, filled, wrong):
    done = run("report", filled, "--period", "2024", "-o", "册", *wrong)
    assert done.code == 1
    assert "没有" in done.err
    assert not (folder / "册").exists()


def test_a_paper_agrees_until_a_value_changes(run, folder, filled):
    run("report", filled, "--period", "2024", "-o", "报表", "--paper", "scorecard", "--district", "甲区")
    papers = [folder / "报表" / name for name in written(folder / "报表")]
    for paper in papers:
        done = run("verify", paper, filled)
        assert (done.code, done.out.startswith("一致")) == (0, True), done.err
    code = run("verify", papers[0], filled, "--json").json["code"]
    assert run("verify", code, filled).code == 0
    (folder / "更正.csv").write_text("区县,考核期,指标,值\n甲区,2024,PM2.5年均浓度,41\n", encoding="utf-8")
    assert run("import", filled, "更正.csv", "--why", "复核更正").code == 0
    done = run("verify", papers[0], filled)
    assert done.code == 1
    assert done.out.startswith("不一致：2024年度，甲区")
    assert "复核更正" in done.out
    found = run("verify", papers[0], filled, "--json")
    assert (found.code, found.json["agrees"]) == (1, False)
    assert found.json["differences"][0]["since"]["period"] == "2024"
    assert run("verify", code, filled).code == 1


def test_what_is_no_paper_of_ours(run, folder, filled):
    done = run("verify", "区县 名单.csv", filled)
    assert done.code == 1
    assert "无法核对" in done.err
    assert run("verify", "没有.pdf", filled).code == 3
    assert "verify" in run("--help").out
