"""A folder with a Chinese name and a space, and small real files in it."""

from __future__ import annotations

import hashlib

import pytest

from ecoscore.model.district import District
from ecoscore.storage import Line, SchemeText, Store

YAML = "id: small\ntitle: 小方案\n"
SCHEME = SchemeText("small", "2024", "小方案", YAML)
DISTRICTS = (
    District("甲区", code="320000", peer_group="城区", aliases=("甲市辖区", "原甲县")),
    District("乙县", parent="某市"),
)
OPENING = (Line("create", "年度 考核.ecos"), Line("adopt_scheme", "小方案", new=SCHEME.mark))


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "某市 考核（2024）"
    made.mkdir()
    return made


@pytest.fixture
def path(folder):
    made = folder / "年度 考核 #1%20.ecos"
    Store.create(made, SCHEME, DISTRICTS, OPENING)
    return made


@pytest.fixture
def store(path):
    opened = Store.open(path)
    yield opened
    opened.close()


def fingerprint(path):
    """The bytes of a file and the names beside it: what must stay as it was."""
    return hashlib.sha256(path.read_bytes()).hexdigest(), sorted(p.name for p in path.parent.iterdir())
