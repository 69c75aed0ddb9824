"""`check` sees what was changed behind the journal's back."""

from __future__ import annotations

import sqlite3

import pytest

from ecoscore.model.journal import described
from ecoscore.model.observation import Observation
from ecoscore.model.period import Period
from ecoscore.storage import Line, Store, audit

YEAR = Period(2024)


@pytest.fixture
def edited(path):
    """A file in which three values were entered, one of them twice, by the rules."""
    store = Store.open(path)
    with store.transaction():
        for indicator, value in [("a", 1.0), ("b", 2.5), ("c", 3.0), ("a", 4.0)]:
            o = Observation("甲区", indicator, YEAR, value)
            store.put_observations([o])
            line = Line(
                "set_value", f"甲区 {indicator}", new=described(o), district="甲区", indicator=indicator, period="2024"
            )
            store.append([line])
    store.close()
    return path


def _tamper(path, *statements):
    raw = sqlite3.connect(path)
    raw.execute("DROP TRIGGER journal_keeps_lines")
    raw.execute("DROP TRIGGER journal_keeps_all")
    for statement in statements:
        raw.execute(statement)
    raw.commit()
    raw.close()


def _codes(path):
    store = Store.open(path)
    found = audit(store)
    store.close()
    return [f.code for f in found]


def test_a_file_edited_by_the_rules_is_sound(edited):
    assert _codes(edited) == []


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE journal SET user = '别人' WHERE id = 4", "journal_broken"),
        ("UPDATE journal SET time = '2020-01-01T00:00:00+08:00' WHERE id = 3", "journal_broken"),
        ("UPDATE journal SET why = '因为' WHERE id = 6", "journal_broken"),
        ("DELETE FROM journal WHERE id = 4", "journal_broken"),
        ("INSERT INTO journal SELECT 9, time, user, action, subject, old, new, why, source, digest, district, indicator, period FROM journal WHERE id = 3", "journal_broken"),
        ("UPDATE observations SET value = 99 WHERE indicator = 'b'", "value_unjournalled"),
        ("DELETE FROM observations WHERE indicator = 'b'", "value_unjournalled"),
        ("INSERT INTO observations VALUES ('2023', '甲区', 'b', 1, 1, NULL, NULL, NULL, NULL)", "value_unjournalled"),
        ("UPDATE schemes SET yaml = 'id: other'", "scheme_unjournalled"),
        ("UPDATE schemes SET since = '2020'", "scheme_unjournalled"),
        ("INSERT INTO schemes SELECT 2, scheme, edition, title, yaml, digest, adopted, '2023' FROM schemes", "scheme_unjournalled"),
        ("UPDATE observations SET district = '无此区' WHERE indicator = 'c'", "orphan_row"),
    ],
)  # fmt: skip
def test_a_change_behind_its_back_is_seen(edited, statement, code):
    _tamper(edited, statement)
    assert code in _codes(edited)


def test_a_tail_cut_off_is_seen_though_the_rest_still_chains(edited):
    _tamper(edited, "DELETE FROM journal WHERE id = 6")
    assert "journal_cut" in _codes(edited)


def test_the_sentence_names_the_value_and_both_readings(edited):
    _tamper(edited, "UPDATE observations SET value = 99 WHERE indicator = 'b'")
    store = Store.open(edited)
    (finding,) = audit(store)
    store.close()
    assert "99" in finding.message
    assert "2.5" in finding.message
    assert (finding.district, finding.indicator, finding.period) == ("甲区", "b", "2024")
