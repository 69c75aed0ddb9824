"""Background work: delivered on the GUI thread, failures told, bugs loud, cancelling heeded."""

from __future__ import annotations

import sys
import threading
import time
import weakref

import pytest
from PySide6.QtCore import QObject, QThread
from shiboken6 import delete

from ecoscore.errors import EnvironmentFailed, InputRefused
from ui.tasks import Task, TaskRunner


@pytest.fixture
def told():
    return []


@pytest.fixture
def tasks(qapp, told):
    runner = TaskRunner(told.append)
    yield runner
    assert runner.drain()


def test_the_value_arrives_on_the_gui_thread(tasks, qapp):
    seen = []
    tasks.run("数数", lambda *_: threading.get_ident(), lambda value: seen.append((value, QThread.currentThread())))
    assert tasks.drain()
    ((worker, thread),) = seen
    assert worker != threading.get_ident()
    assert thread is qapp.thread()


def test_progress_is_reported_in_order(tasks):
    steps = []

    watched = threading.Event()

    def work(progress, _):
        watched.wait(10)
        for n in range(3):
            progress(n, 3, f"第{n}个")

    tasks.run("读表", work).progressed.connect(lambda *step: steps.append(step))
    watched.set()
    assert tasks.drain()
    assert steps == [(0, 3, "第0个"), (1, 3, "第1个"), (2, 3, "第2个")]


@pytest.mark.parametrize("error", [InputRefused("表头不认识"), EnvironmentFailed("文件被占用", "请关闭 WPS")])
def test_a_failure_is_told_not_raised(tasks, told, error):
    def work(*_):
        raise error

    tasks.run("导入", work, lambda _: pytest.fail("must not be done"))
    assert tasks.drain()
    assert told == [error]


def test_a_caller_may_claim_its_failures(tasks, told):
    mine = []

    def work(*_):
        raise InputRefused("缺数据")

    tasks.run("评分", work, failed=mine.append)
    assert tasks.drain()
    assert [e.message for e in mine] == ["缺数据"]
    assert told == []


def test_a_bug_reaches_the_excepthook(tasks, told, monkeypatch):
    caught = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, error, trace: caught.append((kind, str(error))))
    tasks.run("算", lambda *_: 1 / 0)
    assert tasks.drain()
    assert caught == [(ZeroDivisionError, "division by zero")]
    assert told == []


def test_cancelled_work_is_neither_done_nor_failed(tasks, told):
    started = threading.Event()
    outcome = []

    def work(_, cancelled):
        started.set()
        while not cancelled():
            QThread.msleep(1)
        raise InputRefused("已取消")

    task = tasks.run("导出", work, outcome.append, cancelled=lambda: outcome.append("取消了"))
    started.wait(5)
    task.cancel()
    assert tasks.drain()
    assert outcome == ["取消了"]
    assert told == []


def test_work_that_finished_before_it_looked_is_done(tasks):
    outcome = []
    task = tasks.run("写", lambda *_: "写好了", outcome.append)
    task.cancel()
    assert tasks.drain()
    assert outcome == ["写好了"]


def test_drain_says_when_time_is_up(tasks):
    go_on = threading.Event()
    tasks.run("等", lambda *_: go_on.wait(10))
    assert not tasks.drain(50)
    go_on.set()
    assert tasks.drain()


def test_a_callback_may_wait_for_all_other_work(tasks):
    seen = []
    tasks.run("打开", lambda *_: "文件", lambda _: seen.append(tasks.drain(2000)))
    assert tasks.drain()
    assert seen == [True]


def test_nothing_is_delivered_to_who_is_gone(tasks):
    owner = QObject()
    outcome = []
    tasks.run("画", lambda *_: "页", outcome.append, owner=owner)
    delete(owner)
    assert tasks.drain()
    assert outcome == []


def test_what_callbacks_hold_is_let_go_here_however_late_the_other_thread_is(tasks, monkeypatch, qtbot):
    """Under load the pool's thread still held the task when it was over here, and destroyed widgets there."""
    execute = Task.execute

    def slow_to_end(task):
        execute(task)
        time.sleep(0.3)

    monkeypatch.setattr(Task, "execute", slow_to_end)
    held, seen = Held(), []
    weakref.finalize(held, lambda: seen.append(threading.get_ident()))
    tasks.run("", lambda *_: 1, lambda _, held=held: None)
    del held
    assert tasks.drain()
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [threading.get_ident()]


class Held:
    """Stands for a widget."""
