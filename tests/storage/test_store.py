"""What is written in a transaction is there when the file is opened again, exactly, or not at all."""

from __future__ import annotations

import sqlite3

import pytest

from ecoscore.errors import EnvironmentFailed, InputRefused
from ecoscore.model.adjustment import Event
from ecoscore.model.observation import Observation, Status, Target
from ecoscore.model.period import Period
from ecoscore.model.term import Term
from ecoscore.storage import Line, SchemeText, Store
from tests.storage.conftest import DISTRICTS, OPENING, SCHEME, fingerprint

YEAR = Period(2024)
PM = Observation(
    "甲区", "pm25", YEAR, 0.1 + 0.2, basis="HJ 633—2012", raw="0.30", source="甲.xlsx › 表1 › C7", note="修正"
)
NA = Observation("乙县", "sea", YEAR, None, Status.NOT_APPLICABLE, note="不临海")


def test_a_new_file_holds_its_scheme_districts_and_first_lines(store):
    assert store.districts() == DISTRICTS
    (edition,) = store.editions()
    assert (edition.text, edition.since) == (SCHEME, None)
    assert [(e.id, e.action) for e in store.journal()] == [(1, "create"), (2, "adopt_scheme")]


def test_a_file_that_exists_is_never_overwritten(path):
    before = fingerprint(path)
    with pytest.raises(InputRefused, match="文件已存在"):
        Store.create(path, SCHEME, DISTRICTS, OPENING)
    assert fingerprint(path) == before


def test_values_come_back_bit_for_bit_in_another_opening(path):
    with_store = Store.open(path)
    with with_store.transaction():
        with_store.put_observations([PM, NA])
    with_store.close()
    again = Store.open(path)
    assert again.observations(YEAR) == {("甲区", "pm25"): PM, ("乙县", "sea"): NA}
    assert again.periods() == (YEAR,)
    again.close()


def test_quarters_and_months_are_kept_apart_and_ordered_by_time(store):
    periods = [Period(2024), Period.parse("2024Q3"), Period.parse("2024-07"), Period(2023)]
    with store.transaction():
        store.put_observations([Observation("甲区", "pm25", p, 1.0) for p in periods])
    assert [str(p) for p in store.periods()] == ["2023", "2024-07", "2024Q3", "2024"]


def test_a_value_is_replaced_whole(store):
    with store.transaction():
        store.put_observations([PM])
        store.put_observations([Observation("甲区", "pm25", YEAR, None, Status.MISSING)])
    (found,) = store.observations(YEAR).values()
    assert (found.value, found.status, found.basis, found.raw) == (None, Status.MISSING, None, None)


@pytest.mark.parametrize("count", [3, 500])
def test_few_and_many_keys_are_looked_up_alike(store, count):
    with store.transaction():
        store.put_observations([Observation("甲区", f"i{n}", YEAR, float(n)) for n in range(count)])
    keys = [("甲区", f"i{n}", YEAR) for n in range(1, count + 1)]
    found = store.observations_at(keys)
    assert len(found) == count - 1
    assert found["甲区", "i2", YEAR].value == 2.0


def test_targets_for_one_district_and_for_all(store):
    own, common = Target("甲区", "pm25", YEAR, 33.0), Target(None, "pm25", YEAR, 35.0)
    with store.transaction():
        store.put_targets([own, common])
    assert set(store.targets(YEAR)) == {own, common}
    assert store.targets(Period(2023)) == ()


def test_events_come_and_go(store):
    event = Event("甲区", YEAR, "award", "省级命名", 2, "苏政发〔2024〕1号", "2024-05-01", "省政府")
    with store.transaction():
        store.put_event(event)
    assert store.events(YEAR) == (event,)
    with store.transaction():
        store.clear_event(event)
    assert store.events() == ()


def test_editions_are_kept_in_the_order_of_adoption(store):
    newer = SchemeText("small", "2025", "小方案", "id: small\ntitle: 小方案\nedition: '2025'\n")
    with store.transaction():
        store.adopt_scheme(newer, Period.parse("2025Q1"))
    assert [(e.number, e.since, e.text) for e in store.editions()] == [
        (1, None, SCHEME),
        (2, Period.parse("2025Q1"), newer),
    ]


def test_terms_come_back_by_district_and_time_and_go(store):
    month = Period.parse
    first = Term("甲区", "区委书记", month("2019-03"), month("2021-07"), "甲某", Period(2018))
    second = Term("甲区", "区委书记", month("2021-08"))
    other = Term("乙县", "县长", month("2016-01"), name="乙某")
    with store.transaction():
        store.put_terms([other, second, first])
    assert store.terms() == (first, second, other)
    with store.transaction():
        store.clear_terms([first])
    assert store.terms() == (second, other)


def test_sealed_periods_in_order_of_time(store):
    store._raw.execute(
        "INSERT INTO seals (period, scheme, digest, time, user) VALUES ('2024', 1, 'd', '2025-01-01T00:00:00+08:00', '考核办'),"
        " ('2023', 1, 'd', '2024-01-01T00:00:00+08:00', '考核办')"
    )
    assert store.sealed() == (Period(2023), Period(2024))


def test_an_error_inside_a_transaction_leaves_nothing(store, path):
    before = fingerprint(path)
    with pytest.raises(ZeroDivisionError), store.transaction():  # noqa: PT012
        store.put_observations([PM])
        store.append([Line("set_value", "甲区")])
        raise ZeroDivisionError
    assert store.observations(YEAR) == {}
    assert len(store.journal()) == 2
    assert fingerprint(path) == before


def test_a_broken_constraint_is_a_bug_and_loud_and_leaves_nothing(store):
    stranger = Observation("无此区", "pm25", YEAR, 1.0)
    with pytest.raises(Exception, match="FOREIGN KEY"), store.transaction():
        store.put_observations([PM, stranger])
    assert store.observations(YEAR) == {}


def test_writing_outside_a_transaction_is_a_bug(store):
    with pytest.raises(RuntimeError, match="outside a transaction"):
        store.put_observations([PM])
    with pytest.raises(RuntimeError, match="outside a transaction"):
        store.clear_observations([("甲区", "pm25", YEAR)])


def test_no_side_files_are_left_while_open_or_after(store, path):
    with store.transaction():
        store.put_observations([PM])
    assert [p.name for p in path.parent.iterdir()] == [path.name]


def test_the_journal_refuses_to_be_rewritten(store, path):
    other = sqlite3.connect(path)
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        other.execute("UPDATE journal SET new = '1'")
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        other.execute("DELETE FROM journal")
    other.close()


def test_the_newest_lines_of_the_journal_oldest_first(store):
    with store.transaction():
        store.append([Line("import", str(n)) for n in range(5)])
    assert [e.subject for e in store.journal(2)] == ["3", "4"]


def test_the_journal_names_the_user_an_office_sets(store, monkeypatch):
    monkeypatch.setenv("ECOSCORE_USER", "王五")
    with store.transaction():
        store.append([Line("import", "一个文件")])
    assert store.journal(1)[0].user == "王五"


def test_another_program_writing_makes_us_wait_then_say_so(path, monkeypatch):
    monkeypatch.setattr("ecoscore.storage.opening.BUSY_SECONDS", 0.05)
    store = Store.open(path)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(EnvironmentFailed, match="另一个程序占用") as caught, store.transaction():
        pass
    assert "关闭" in caught.value.advice
    other.execute("ROLLBACK")
    with store.transaction():
        store.put_observations([PM])
    assert store.observations(YEAR)
    other.close()
    store.close()


def test_what_another_program_wrote_shows_in_the_data_version(store, path):
    seen = store.data_version
    other = Store.open(path)
    with other.transaction():
        other.put_observations([PM])
    other.close()
    assert store.data_version != seen
    assert store.observations(YEAR) == {("甲区", "pm25"): PM}
