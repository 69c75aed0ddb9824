"""The whole job on the bundled data, by one command, also the second time."""

from __future__ import annotations


def test_the_demo_does_the_whole_job_twice(run, folder):
    done = run("demo", "-o", "示例 输出")
    assert done.code == 0, done.err
    out = folder / "示例 输出"
    made = sorted(p.relative_to(out).as_posix() for p in out.rglob("*") if p.is_file())
    assert len(made) == 1 + 2 * (10 + 10 + 1)
    assert {
        "示例.ecos",
        "排名汇总表 2024年度.pdf",
        "成绩单/甲区 2024年度成绩单.xlsx",
        "计分底稿/癸县 2024年度计分底稿.pdf",
    } <= set(made)
    for words in ("新建考核文件", "899 个指标值", "【县域】", "不合格", "示例.ecos"):
        assert words in done.out
    assert run("check", out / "示例.ecos").code == 0

    results = {r["district"]: r for r in run("score", out / "示例.ecos", "--period", "2024", "--json").json["results"]}
    assert (
        (results["丙区"]["total"], results["丙区"]["rank"])
        == (results["丁区"]["total"], results["丁区"]["rank"])
        == (81.23, 3)
    )
    assert results["乙区"]["grade_reason"]
    statuses = {(name, i): cell["status"] for name, r in results.items() for i, cell in r["indicators"].items()}
    assert [name for (name, _), status in statuses.items() if status == "missing"] == ["辛县"]
    assert statuses["丙区", "eco_shoreline"] == "not_applicable"

    again = run("demo", "-o", "示例 输出")
    assert again.code == 0, again.err
    assert sorted(p.relative_to(out).as_posix() for p in out.rglob("*") if p.is_file()) == made


def test_a_file_of_that_name_that_is_not_ours_is_left_alone(run, folder):
    (folder / "输出").mkdir()
    (folder / "输出" / "示例.ecos").write_text("别人的", encoding="utf-8")
    done = run("demo", "-o", "输出")
    assert done.code == 3
    assert (folder / "输出" / "示例.ecos").read_text(encoding="utf-8") == "别人的"
    assert [p.name for p in (folder / "输出").iterdir()] == ["示例.ecos"]


def test_a_folder_that_cannot_be_made_is_told(run, folder):
    (folder / "是个文件").write_text("", encoding="utf-8")
    done = run("demo", "-o", "是个文件")
    assert done.code == 3
    assert done.out == ""
