"""Work away from the window: order, answers, refusals, bugs, and owners that are gone."""

import threading

import pytest
from PySide6.QtCore import QObject, QThread
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from sencoapp.domain.record import Saved, Touched
from sencoapp.domain.refusals import Fault, PlainMessage, Refusal
from ui.tasks import Desk, Job, Lane


def done(qtbot: QtBot, desk: Desk) -> None:
    if not desk.is_idle():
        with qtbot.waitSignal(desk.became_idle):
            pass


def test_answers_come_in_the_order_of_the_questions_and_on_the_windows_thread(qtbot: QtBot, desk: Desk) -> None:
    owner, heard, threads = QObject(), [], set()
    for number in range(20):
        desk.query(owner, lambda n=number: (n, QThread.currentThread()), lambda got: (heard.append(got[0]), threads.add(got[1])))
    done(qtbot, desk)
    assert heard == list(range(20))
    assert len(threads) == 1
    assert QThread.currentThread() not in threads


def test_errands_run_while_the_record_is_busy(qtbot: QtBot, desk: Desk) -> None:
    owner, gate, heard = QObject(), threading.Event(), []
    desk.query(owner, lambda: gate.wait(5), lambda _: heard.append("record"))
    desk.query(owner, lambda: gate.set(), lambda _: heard.append("errand"), lane=Lane.ERRANDS)
    done(qtbot, desk)
    assert set(heard) == {"record", "errand"}


def test_nothing_is_called_when_the_owner_is_gone_but_the_save_is_told(qtbot: QtBot, desk: Desk) -> None:
    owner, gate, heard, told = QObject(), threading.Event(), [], []
    desk.saved.connect(lambda saved, who: told.append((saved.position, who)))
    desk.change(owner, lambda: (gate.wait(5), Saved(7))[1], lambda _: heard.append("then"), lambda _: heard.append("refused"))
    delete(owner)
    gate.set()
    done(qtbot, desk)
    assert heard == []
    assert told == [(7, None)]


def test_a_saved_within_a_tuple_is_told_with_its_initiator(qtbot: QtBot, desk: Desk) -> None:
    owner, told = QObject(), []
    desk.saved.connect(lambda saved, who: told.append((saved, who)))
    saved = Saved(3, frozenset({Touched("pupil", "a", "a")}))
    desk.change(owner, lambda: ("made", saved))
    done(qtbot, desk)
    assert told == [(saved, owner)]


def test_what_a_press_twice_must_not_do_twice_is_done_once_and_can_be_done_again_later(qtbot: QtBot, desk: Desk) -> None:
    owner, other, done = QObject(), QObject(), []
    for each in (owner, owner, other):
        desk.change(each, lambda: done.append("saved"), once=True)
    desk.change(owner, lambda: done.append("a draft"))
    qtbot.waitUntil(desk.is_idle)
    assert done == ["saved", "saved", "a draft"]
    desk.change(owner, lambda: done.append("saved again"), once=True)
    qtbot.waitUntil(desk.is_idle)
    assert done[-1] == "saved again"


def test_a_query_tells_no_one(qtbot: QtBot, desk: Desk) -> None:
    owner, told = QObject(), []
    desk.saved.connect(lambda *_: told.append(1))
    desk.query(owner, lambda: Saved(1), lambda _: None)
    done(qtbot, desk)
    assert told == []


@pytest.mark.parametrize("message", [Refusal("no_longer_there"), Fault("disk_full")])
def test_a_plain_message_goes_to_the_page_or_else_to_the_shell(qtbot: QtBot, desk: Desk, message: PlainMessage) -> None:
    def refuse() -> None:
        raise message

    owner, heard, shell = QObject(), [], []
    desk.refused.connect(lambda said, who: shell.append((said, who)))
    desk.change(owner, refuse, None, heard.append)
    desk.change(owner, refuse)
    done(qtbot, desk)
    assert heard == [message]
    assert shell == [(message, owner)]


def test_anything_else_is_a_bug_and_goes_to_the_crash_handler(qtbot: QtBot) -> None:
    crashes: list[BaseException] = []
    desk = Desk(crash=crashes.append)
    owner, heard = QObject(), []
    desk.query(owner, lambda: 1 // 0, lambda _: heard.append("then"), lambda _: heard.append("refused"))
    done(qtbot, desk)
    desk.shut_down()
    assert [type(each) for each in crashes] == [ZeroDivisionError]
    assert heard == []


def test_the_newest_search_wins(qtbot: QtBot, desk: Desk) -> None:
    owner, gate, asked, heard = QObject(), threading.Event(), [], []
    desk.query(owner, lambda: gate.wait(5), lambda _: None)
    for words in ("k", "kh", "kha"):
        desk.query(owner, lambda words=words: (asked.append(words), words)[1], heard.append, replace="search")
    gate.set()
    done(qtbot, desk)
    assert asked == ["kha"]
    assert heard == ["kha"]


def test_a_search_that_has_begun_is_not_heard_once_a_newer_one_is_asked(qtbot: QtBot, desk: Desk) -> None:
    owner, begun, gate, heard = QObject(), threading.Event(), threading.Event(), []
    desk.query(owner, lambda: (begun.set(), gate.wait(5), "old")[2], heard.append, replace="search")
    assert begun.wait(5)
    desk.query(owner, lambda: "new", heard.append, replace="search")
    gate.set()
    done(qtbot, desk)
    assert heard == ["new"]


def test_lasting_work_is_shown_with_its_progress_and_can_be_stopped(qtbot: QtBot, desk: Desk) -> None:
    owner, job, heard = QObject(), Job("Reading the file"), []

    def read() -> str:
        while not job.cancelled():
            job.progress("Reading", 3, 3)
            threading.Event().wait(0.01)
        return "stopped"

    with qtbot.waitSignals([desk.lasting, job.progressed]):
        desk.query(owner, read, heard.append, job=job)
    with qtbot.waitSignal(job.ended):
        job.stop()
    done(qtbot, desk)
    assert heard == ["stopped"]


def test_shutting_down_waits_for_work_and_closes_on_the_records_thread(qtbot: QtBot) -> None:
    desk, owner, did = Desk(), QObject(), []
    desk.change(owner, lambda: did.append(QThread.currentThread()))
    desk.shut_down(lambda: did.append(QThread.currentThread()))
    assert len(did) == 2
    assert did[0] is did[1]
    desk.query(owner, lambda: did.append("late"), lambda _: None)
    assert len(did) == 2


def test_an_error_while_closing_is_not_swallowed(qtbot: QtBot) -> None:
    def fail() -> None:
        raise Fault("disk_full")

    with pytest.raises(Fault):
        Desk().shut_down(fail)
