"""A draft as text: nothing of it is lost, and what is not one is refused."""

from __future__ import annotations

import json

import pytest

from ecoscore.schemes import bundled, load_scheme
from ecoscore.schemes.draft import ROOT, draft_of
from ecoscore.schemes.draft_text import draft_text, read_draft


@pytest.mark.parametrize("entry", bundled(), ids=lambda entry: entry.id)
def test_every_bundled_scheme_comes_back_equal(entry):
    draft = draft_of(load_scheme(entry.id))
    assert read_draft(draft_text(draft)) == draft


def test_wrong_entries_and_new_nodes_come_back_too():
    draft = draft_of(load_scheme("jiangsu-green")).put(ROOT, "decimals", "两位")
    draft, key = draft.add(ROOT, "grade", {"title": "", "min": None})
    back = read_draft(draft_text(draft))
    assert back == draft
    assert back.find(key).kind == "grade"


@pytest.mark.parametrize("spoil", [
    lambda held: held.pop("root"), lambda held: held["root"].update(kind="wagon"), lambda held: held.update(next_key=None),
    lambda held: held["root"]["children"].append(held["root"]["children"][0]),
])  # fmt: skip
def test_what_is_not_a_draft_is_refused(spoil):
    held = json.loads(draft_text(draft_of(load_scheme("jiangsu-green"))))
    spoil(held)
    with pytest.raises(ValueError):
        read_draft(json.dumps(held))
