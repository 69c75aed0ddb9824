"""Papers drawn for the screen are drawn once, in a folder that goes away."""

from __future__ import annotations

from tests.ui.builders import Y2024
from ui.papers import PaperFolder, PaperKey, PaperLook


def test_a_paper_is_drawn_once(open_session):
    folder, file = PaperFolder(), open_session.assessment
    key = PaperKey(file.version, Y2024, "scorecard", "甲区", "")
    path = folder.pdf(file, key)
    assert path.read_bytes().startswith(b"%PDF")
    assert folder.pdf(file, key) == path
    assert folder.pdf(file, PaperKey(file.version, Y2024, "ranking", "", "")) != path
    folder.close()
    assert not path.exists()


def test_the_usual_papers_say_nothing_of_their_own():
    assert PaperLook().meta("") is None
    assert PaperLook().meta("征求意见稿").watermark == "征求意见稿"
