"""Sealing a year, what a seal refuses, what `check` finds, and the journal searched."""

from __future__ import annotations

import sqlite3

import pytest

from ecoscore.assessment import Assessment
from ecoscore.errors import InputRefused
from ecoscore.model.adjustment import Event
from ecoscore.model.district import District
from ecoscore.model.observation import Observation, Target
from ecoscore.model.period import Period
from ecoscore.model.seal import SealState
from ecoscore.schemes import parse_scheme
from ecoscore.storage.search import JournalQuery

P22, P23, P24, P25 = (Period(y) for y in (2022, 2023, 2024, 2025))
SCHEME = """
id: small
title: 小方案
edition: "2024"
missing: zero
groups:
  - id: air
    title: 大气
    indicators:
      - {id: pm25, title: PM2.5, unit: μg/m³, direction: lower, weight: 60,
         rule: {kind: level_and_progress, share: 0.5, measure: relative, level: {kind: linear, bounds: {worst: 60, best: 20}},
                progress: {kind: linear, bounds: {worst: 10, best: -10}}}}
      - {id: days, title: 优良天数, unit: "%", direction: higher, weight: 40,
         rule: {kind: efficacy, floor: 60, bounds: {worst: 50, best: 100}}}
adjustments: [{id: fine, title: 通报批评, kind: deduction, points: 1}]
"""


@pytest.fixture
def path(tmp_path):
    return tmp_path / "某市 考核.ecos"


@pytest.fixture
def file(path):
    names = ("甲区", "乙县")
    file = Assessment.create(path, parse_scheme(SCHEME, "小方案.yaml"), [District(n) for n in names])
    new = [
        Observation(n, i, p, v + k + p.year - 2022)
        for p in (P22, P23, P24)
        for k, n in enumerate(names)
        for i, v in (("pm25", 30.0), ("days", 80.0))
    ]
    file.set_values(new, why="填报")
    yield file
    file.close()


def test_a_seal_keeps_the_digest_that_papers_carry(file):
    from ecoscore.reporting.digest import digest_of

    seal = file.seal(P24, why="经市政府常务会议审定")
    found = digest_of(file.score(P24))
    assert seal.digest == f"{found.algorithm}:{found.whole}"
    assert seal.code == found.code
    assert file.seal_of(P24) == seal
    assert file.look_at_seal(seal) is SealState.WHOLE
    line = file.journal(1)[-1]
    assert (line.action, line.period, line.why) == ("seal", "2024", "经市政府常务会议审定")
    assert seal.digest in line.new
    assert file.check() == ()


def test_a_sealed_year_refuses_every_change_with_a_sentence(file, path):
    event = Event("甲区", P24, "fine", "某事")
    file.record_event(event)
    file.seal(P24)
    before = path.read_bytes()
    for change in (
        lambda: file.set_values([Observation("甲区", "pm25", P24, 1.0)]),
        lambda: file.set_values([], cleared=[("甲区", "pm25", P24)]),
        lambda: file.set_targets([Target(None, "pm25", P24, 3.0)]),
        lambda: file.record_event(Event("乙县", P24, "fine", "另一事")),
        lambda: file.remove_event(event),
        lambda: file.seal(P24),
    ):
        with pytest.raises(InputRefused, match="2024年度已") as caught:
            change()
        assert caught.value.advice
    assert path.read_bytes() == before
    assert file.set_values([Observation("甲区", "pm25", P24, 32.0)]) == (), "what changes nothing is not refused"


def test_other_years_stay_open(file):
    file.seal(P24)
    assert len(file.set_values([Observation("甲区", "pm25", P25, 25.0)])) == 1
    assert len(file.set_values([Observation("甲区", "pm25", P22, 25.0)])) == 1


def test_what_a_sealed_year_was_compared_with_is_held_too(file):
    file.seal(P24)
    with pytest.raises(InputRefused, match="2023年度是已封存的2024年度的基期"):
        file.set_values([Observation("甲区", "pm25", P23, 1.0)])
    file.unseal(P24, "更正")
    assert len(file.set_values([Observation("甲区", "pm25", P23, 1.0)])) == 1


def test_opening_again_needs_a_reason_and_is_journalled(file):
    seal = file.seal(P24)
    with pytest.raises(InputRefused, match="没有写明启封的原因"):
        file.unseal(P24, "  ")
    assert file.seals == (seal,)
    file.unseal(P24, "更正乙县数据")
    assert file.seals == ()
    line = file.journal(1)[-1]
    assert (line.action, line.why) == ("unseal", "更正乙县数据")
    assert len(file.set_values([Observation("甲区", "pm25", P24, 25.0)])) == 1
    assert file.check() == ()


def test_a_year_that_cannot_be_scored_is_not_sealed(file):
    with pytest.raises(InputRefused, match="2025年度没有任何数据"):
        file.seal(P25)
    assert file.seals == ()


def test_a_district_added_later_leaves_the_sealed_result_as_it_was(file):
    seal = file.seal(P24)
    file.add_districts([District("丙县")])
    assert [d.name for d in file.score(P24).districts] == ["甲区", "乙县"]
    assert file.look_at_seal(seal) is SealState.WHOLE
    assert [d.name for d in file.score(P23).districts] == ["甲区", "乙县", "丙县"]
    assert file.check() == ()


def test_check_sees_a_value_changed_behind_the_seal(file, path):
    file.seal(P24)
    file.close()
    raw = sqlite3.connect(path)
    raw.execute("UPDATE observations SET value = 1 WHERE period = '2024' AND district = '甲区' AND indicator = 'pm25'")
    raw.commit()
    raw.close()
    with Assessment.open(path) as again:
        codes = [f.code for f in again.check()]
        assert codes == ["value_unjournalled", "seal_broken"]


def test_check_sees_a_seal_taken_off_behind_the_journal(file, path):
    file.seal(P24)
    file.close()
    raw = sqlite3.connect(path)
    raw.execute("DELETE FROM seals")
    raw.commit()
    raw.close()
    with Assessment.open(path) as again:
        assert [f.code for f in again.check()] == ["seal_unjournalled"]


def test_papers_of_a_seal_are_looked_after(file, tmp_path):
    folder = tmp_path / "成绩 单"
    folder.mkdir()
    with pytest.raises(InputRefused, match="没有成绩单"):
        file.seal(P24, papers=folder)
    (folder / "甲区.pdf").write_bytes(b"%PDF 1")
    (folder / "乙县.pdf").write_bytes(b"%PDF 2")
    (folder / "说明.txt").write_text("x", encoding="utf-8")
    seal = file.seal(P24, papers=folder)
    assert [p.state for p in file.look_at_papers(seal)] == ["same", "same"]
    (folder / "甲区.pdf").write_bytes(b"%PDF changed")
    (folder / "乙县.pdf").unlink()
    assert {p.name: p.state for p in file.look_at_papers(seal)} == {"甲区.pdf": "changed", "乙县.pdf": "gone"}
    assert [f.code for f in file.check()] == ["paper_changed"]


def test_the_seal_survives_closing_and_opening(file, path):
    seal = file.seal(P24)
    file.close()
    with Assessment.open(path) as again:
        assert again.seals == (seal,)
        assert again.look_at_seal(seal) is SealState.WHOLE


def test_the_journal_is_searched_by_who_what_when_and_words(file):
    file.set_values([Observation("乙县", "pm25", P24, 99.0)], why="电话更正 100%")
    found, count = file.search_journal(JournalQuery(district="乙县", indicator="pm25", period="2024"))
    assert [e.new for e in found] == ["99", "33"]
    assert count == 2
    assert [e.new for e in file.search_journal(JournalQuery(words="更正 100%"))[0]] == ["99"]
    assert file.search_journal(JournalQuery(words="100_"))[1] == 0, "signs of SQL are plain signs here"
    assert file.search_journal(JournalQuery(actions=("set_value",)), 3)[1] == 13
    assert len(file.search_journal(JournalQuery(actions=("set_value",)), 3)[0]) == 3
    day = found[0].time[:10]
    assert file.search_journal(JournalQuery(since=day, until=day))[1] == len(file.journal())
    assert file.search_journal(JournalQuery(until="2000-01-01"))[1] == 0
    users, actions = file.journal_users()
    assert users == (found[0].user,)
    assert "set_value" in actions
