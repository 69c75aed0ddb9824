"""A backup at each opening after a change, the newest few, each one restorable by copying it back."""

from __future__ import annotations

import shutil

from ecoscore.model.observation import Observation
from ecoscore.model.period import Period
from ecoscore.storage import Line, Store, backups
from ecoscore.storage.backup import back_up, backups_folder

YEAR = Period(2024)


def _put(store, value):
    with store.transaction():
        store.put_observations([Observation("甲区", "pm25", YEAR, value)])
        store.append([Line("set_value", "甲区 pm25", new=str(value))])


def test_opening_keeps_the_state_found(path, folder):
    first = Store.open(path)
    _put(first, 42.0)
    first.close()
    Store.open(path).close()
    old, new = backups(path)

    shutil.copy(new, folder / "恢复.ecos")
    restored = Store.open(folder / "恢复.ecos")
    assert restored.observations(YEAR)["甲区", "pm25"].value == 42.0
    restored.close()
    shutil.copy(old, folder / "恢复 更早.ecos")
    restored = Store.open(folder / "恢复 更早.ecos")
    assert restored.observations(YEAR) == {}
    restored.close()


def test_opening_without_a_change_adds_none(path):
    for _ in range(3):
        Store.open(path).close()
    assert len(backups(path)) == 1


def test_only_the_newest_are_kept(path, backups_root):
    store = Store.open(path)
    for n in range(6):
        _put(store, float(n))
        back_up(store._raw, path, keep=3)
    store.close()
    kept = backups(path)
    assert len(kept) == 3
    last = Store.open(kept[-1])
    assert last.observations(YEAR)["甲区", "pm25"].value == 5.0
    last.close()


def test_files_of_one_name_in_two_folders_do_not_mix(path, tmp_path):
    twin = tmp_path / "另一处" / path.name
    assert backups_folder(path) != backups_folder(twin)


def test_a_backup_that_cannot_be_made_is_a_notice_and_the_file_opens(path, tmp_path):
    blocked = tmp_path / "是个文件"
    blocked.write_text("", encoding="utf-8")
    store = Store.open(path, backups=blocked)
    (notice,) = store.notices
    assert (notice.code, notice.is_error) == ("no_backup", False)
    assert "ECOSCORE_BACKUPS" in notice.advice
    _put(store, 1.0)
    store.close()
