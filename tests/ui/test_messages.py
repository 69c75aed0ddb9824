"""The bridge between program and person."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QInputDialog, QMessageBox

from ecoscore.errors import EnvironmentFailed
from ui.messages import Messages, Tone


@pytest.fixture
def messages(qapp):
    return Messages()


def test_a_failure_speaks_in_its_own_words(messages):
    said = []
    messages.posted.connect(said.append)
    messages.failure(EnvironmentFailed("磁盘空间不足", "请清理磁盘"))
    assert [(m.tone, m.text, m.advice) for m in said] == [(Tone.ERROR, "磁盘空间不足", "请清理磁盘")]


def test_file_choices_are_paths_or_none(messages, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("/库/甲 区.xlsx", ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([], ""))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "/库")
    assert messages.open_file("打开", Path("/")) == Path("/库/甲 区.xlsx")
    assert messages.open_files("打开", Path("/")) == []
    assert messages.save_file("保存", Path("/x")) is None
    assert messages.open_folder("文件夹", Path("/")) == Path("/库")


def test_text_is_asked_for(messages, monkeypatch):
    monkeypatch.setattr(QInputDialog, "getText", lambda *_, **__: (" 无海岸线 ", True))
    assert messages.ask_text("依据", "为什么？") == "无海岸线"
    monkeypatch.setattr(QInputDialog, "getText", lambda *_, **__: ("x", False))
    assert messages.ask_text("依据", "为什么？") is None


def test_a_question_has_verbs_for_buttons(messages, monkeypatch):
    seen = []

    def choose(box):
        seen.extend(b.text() for b in box.buttons())
        monkeypatch.setattr(QMessageBox, "clickedButton", lambda _: box.buttons()[0])

    monkeypatch.setattr(QMessageBox, "exec", choose)
    assert messages.ask("撤销导入？", "120 个值将恢复原状。", "撤销导入") is True
    assert seen == ["撤销导入", "取消"]
