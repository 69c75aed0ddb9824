"""What every test stands on: backups and settings go to a folder of the test's own, never to the home."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def backups_root(tmp_path_factory, monkeypatch):
    root = tmp_path_factory.mktemp("备份")
    monkeypatch.setenv("ECOSCORE_BACKUPS", str(root))
    return root
