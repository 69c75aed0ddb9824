"""`score` and `explain`: one document for programs, one table for people, the same figures in both."""

from __future__ import annotations


def test_import_then_score_as_the_interface_says(run, filled):
    document = run("score", filled, "--period", "2024", "--json").json
    assert (document["scheme"], document["period"]) == ("small", "2024")
    results = document["results"]
    assert [(r["district"], r["peer_group"], r["rank"]) for r in results] == [
        ("甲区", "城区", 1),
        ("乙县", "县域", 1),
        ("丙县", "县域", 2),
    ]
    first, _, last = results
    assert {k: first[k] for k in ("total", "total_exact", "grade", "base", "bonus", "deduction", "grade_reason")} == {
        "total": 50.0, "total_exact": 50.0, "grade": "不合格", "base": 50.0, "bonus": 0.0, "deduction": 0.0, "grade_reason": None,
    }  # fmt: skip
    assert first["groups"] == {"air": 50.0}
    assert first["indicators"]["pm25"] == {
        "value": 40.0,
        "status": "reported",
        "individual": 50.0,
        "points": 30.0,
        "weight": 60.0,
    }
    assert last["indicators"]["days"]["status"] == "missing"
    assert last["indicators"]["days"]["value"] is None


def test_score_for_people_is_a_table_in_rank_order(run, filled):
    shown = run("score", filled, "--period", "2024")
    assert shown.code == 0
    assert (
        shown.out.index("【城区】")
        < shown.out.index("甲区")
        < shown.out.index("【县域】")
        < shown.out.index("乙县")
        < shown.out.index("丙县")
    )


def test_a_refused_score_is_one_document_too(run, file):
    done = run("score", file, "--period", "2024", "--json")
    assert done.code == 1
    assert set(done.json) >= {"error", "findings"}
    assert done.json["findings"][0]["code"] == "nothing_reported"


def test_explain_gives_the_formula_with_the_numbers(run, filled):
    text = run("explain", filled, "--period", "2024", "--district", "甲区")
    assert text.code == 0
    for words in ("PM2.5年均浓度", "40", "【大气环境】", "总分 50"):
        assert words in text.out
    document = run("explain", filled, "--period", "2024", "--district", "甲区", "--json").json
    row = document["rows"][0]
    assert (row["indicator"], row["value"], row["points"], row["explanation"]["score"]) == ("pm25", "40", 30.0, 50.0)
    stranger = run("explain", filled, "--period", "2024", "--district", "丁区", "--json")
    assert stranger.code == 1
    assert "甲区" in stranger.json["advice"]
