"""The help texts: one for every page, short, with links that lead somewhere and keys that exist."""

from __future__ import annotations

import re

import pytest
from PySide6.QtGui import QKeySequence

from ecoscore.paths import resource
from ui.actions import ACTIONS
from ui.help import BEYOND_PAGES, TOPICS, search, topic
from ui.pages import PAGES

FILES = {p.stem: p.read_text(encoding="utf-8") for p in resource("help").glob("*.md")}


def test_every_page_and_every_topic_has_its_file():
    assert set(FILES) == {entry.key for entry in PAGES} | set(BEYOND_PAGES)
    assert [topic(entry.key).title for entry in PAGES] == [entry.title for entry in PAGES]


@pytest.mark.parametrize("key", [entry.key for entry in PAGES])
def test_a_page_says_what_it_is_for_which_keys_there_are_and_what_to_do_when(key):
    read = topic(key)
    headings = [section.heading for section in read.sections]
    assert read.sections[0].heading == "", "what the page is for comes first"
    assert "遇到这些情况" in headings
    assert "键" in headings or key == "archive"
    assert len(FILES[key]) < 1400, "help that is long is not read"


@pytest.mark.parametrize("key", TOPICS)
def test_links_lead_to_topics(key):
    assert set(re.findall(r"\]\((\w+)\)", FILES[key])) <= set(TOPICS)


def test_a_key_that_is_named_is_a_key_of_the_program():
    known = {spec.shortcut for spec in ACTIONS} | {entry.shortcut for entry in PAGES}
    known |= {"Ctrl+Z", "Ctrl+Y", "Ctrl+Tab"}  # of the undo stack and of the grid
    known = {QKeySequence(key).toString() for key in known if key}
    named = {k for text in FILES.values() for k in re.findall(r"`((?:Ctrl|Alt)\+[^`]+)`", text)}
    named = {k.replace("←", "Left").replace("→", "Right").replace("Enter", "Return") for k in named}
    assert {k for k in named if QKeySequence(k).toString() not in known} <= {"Alt+↑", "Alt+↓"}  # of the scheme's editor


def test_searching_finds_sections_that_have_all_the_words():
    hits = search("水印")
    assert [(hit.topic.key, hit.heading) for hit in hits] == [("scorecard", "遇到这些情况")]
    assert "征求意见稿" in hits[0].excerpt
    assert {hit.topic.key for hit in search("封存 启封")} >= {"archive", "data"}
    assert search("备份")[0].heading == "备份", "a heading with the word comes first"
    assert search("没有这个词") == search(" ") == ()


def test_an_excerpt_has_no_marks():
    assert not re.search(r"[*`|\[\]]", "".join(hit.excerpt for hit in search("点")))
