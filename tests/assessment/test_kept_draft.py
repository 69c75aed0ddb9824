"""A scheme's draft kept between sittings: whole or not at all, and a damaged one never hinders the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from ecoscore.assessment.kept_draft import KeptDraft, forget_draft, keep_draft, kept_draft
from ecoscore.errors import EnvironmentFailed
from ecoscore.schemes import load_scheme
from ecoscore.schemes.draft import draft_of
from ecoscore.storage.backup import backups_folder


def test_kept_and_forgotten(tmp_path):
    path = tmp_path / "某市 2024.ecos"
    kept = KeptDraft(3, draft_of(load_scheme("jiangsu-green")))
    assert kept_draft(path) is None
    keep_draft(path, kept)
    assert kept_draft(path) == kept
    assert kept_draft(tmp_path / "另一市.ecos") is None
    forget_draft(path)
    forget_draft(path)
    assert kept_draft(path) is None


def test_a_damaged_one_is_as_good_as_none(tmp_path):
    path = tmp_path / "某市.ecos"
    keep_draft(path, KeptDraft(1, draft_of(load_scheme("jiangsu-green"))))
    (place,) = backups_folder(path).iterdir()
    for text in ("", "{", '{"edition": 1}', '{"edition": 1, "draft": "[]"}', "[]"):
        place.write_text(text, encoding="utf-8")
        assert kept_draft(path) is None


def test_one_that_the_system_holds_on_to_is_said(tmp_path, monkeypatch):
    path = tmp_path / "某市.ecos"
    keep_draft(path, KeptDraft(1, draft_of(load_scheme("jiangsu-green"))))

    def held(*_, **__):
        raise PermissionError(13, "in use")

    monkeypatch.setattr(Path, "unlink", held)
    with pytest.raises(EnvironmentFailed, match="没能删去方案草稿"):
        forget_draft(path)
