"""From the pack to the council's decision, with the real renderer and the real gateway in a process of its own."""

import hashlib
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import docx
import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from sencoapp.domain.casework import Disclosure, Pack, Request, Submission
from sencoapp.domain.dates import full_date, weekday_date
from sencoapp.services import requests
from sencoapp.services.request_sections import cases_by_request
from sencoapp.storage.going_out import Halves, OutTray
from sencoapp.sync.form_browser import signing_in
from tests.council.running import PASSWORD, RunningGateway, officer_at, running
from ui.pages.request_builder import RequestBuilder
from ui.preferences import Preferences
from ui.tasks import Job
from ui.widgets import Clock, Text

from .request_house import RequestHouse, request_house


@pytest.fixture
def house(qtbot: QtBot, tmp_path: Path, preferences: Preferences) -> Iterator[RequestHouse]:
    with request_house(qtbot, tmp_path / "profile", preferences) as opened:
        yield opened


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningGateway]:
    with running(tmp_path_factory.mktemp("gateway")) as started:
        yield started


def words_in(widget: QWidget) -> str:
    """Everything that can be read in a part of the window."""
    return "\n".join(each.text() for each in widget.findChildren(Text) if each.isVisibleTo(widget))


def with_pack(house: RequestHouse) -> tuple[Request, RequestBuilder]:
    """A request whose pack is made, at the step before sending."""
    request = house.request()
    builder = house.builder(request, "pack")
    house.press(builder.pack.make)
    builder.go_to("send")
    house.settle()
    return house.now(request), builder


def packs_of(house: RequestHouse, request: Request) -> list[Pack]:
    return house.record(lambda place: place.session.record.find(Pack, request=request.id))


def submissions_of(house: RequestHouse, request: Request) -> list[Submission]:
    return house.record(lambda place: place.session.record.find(Submission, request=request.id))


# ---- the pack -------------------------------------------------------------------------------------------------------


def test_the_pack_is_made_kept_and_shown_inside_the_window(house: RequestHouse) -> None:
    request = house.request()
    builder = house.builder(request, "pack")
    assert "A consent page, to be printed and signed by hand" in words_in(builder.pack)
    house.press(builder.pack.make)
    [pack] = packs_of(house, request)
    assert house.now(request).state == "frozen"
    assert builder.pack.versions.currentText().startswith("Version 1, 24 November 2026")
    assert f"SHA-256 begins {pack.pdf_sha256[:12]}" in words_in(builder.pack)
    assert f"Page 1 of {pack.pages}" in words_in(builder.pack.preview)


def test_a_change_after_the_pack_is_said_and_a_new_version_holds_it(house: RequestHouse) -> None:
    request, builder = with_pack(house)
    assert not builder.send._stale.isVisible()
    house.change(lambda place: requests.write_answer(place.session, request.id, "why_an_assessment", "Much more is needed."))
    assert builder.send._stale.isVisible()
    builder.go_to("pack")
    assert builder.pack._chip.accessibleName() == "The record has changed since"
    house.press(builder.pack.make_again)
    assert [each.version for each in packs_of(house, request)] == [1, 2]
    assert builder.pack._chip.accessibleName() == "Up to date"
    assert builder.pack.versions.currentText().startswith("Version 2")


def test_making_the_pack_can_be_stopped_and_leaves_nothing(house: RequestHouse) -> None:
    request = house.request()
    builder = house.builder(request, "pack")
    # The strip at the foot of the window has the Stop button; it appears after 600 ms, and this is a person who is quicker.
    whole = house.room.aside

    def stopped(owner: QObject, work: Any, then: Any, refused: Any = None, *, job: Job | None = None) -> None:
        if job is not None:
            job.stop()
        whole(owner, work, then, refused, job=job)

    house.room.aside = stopped  # type: ignore[method-assign]
    house.press(builder.pack.make)
    assert packs_of(house, request) == []
    assert house.now(request).state == "draft"
    assert builder.pack.make.isEnabled()
    assert "stopped" in builder.pack._notice.accessibleName()


def test_the_pack_is_saved_where_the_person_says_and_that_is_written_down(house: RequestHouse, tmp_path: Path) -> None:
    request, builder = with_pack(house)
    builder.go_to("pack")
    to = tmp_path / "pack.pdf"
    builder.pack.ask_where = lambda *_: to  # type: ignore[method-assign]
    house.press(builder.pack.save)
    [pack] = packs_of(house, request)
    assert hashlib.sha256(to.read_bytes()).hexdigest() == pack.pdf_sha256
    [disclosure] = house.record(lambda place: place.session.record.find(Disclosure))
    assert pack.pdf_sha256 in (tmp_path / "pack, list of files.csv").read_text("utf-8-sig")
    assert (disclosure.what, disclosure.sha256, disclosure.pupil) == ("Request pack, version 1", pack.pdf_sha256, request.pupil)


def test_a_folder_that_is_not_there_is_said_and_nothing_is_written_down(house: RequestHouse, tmp_path: Path) -> None:
    _, builder = with_pack(house)
    builder.go_to("pack")
    builder.pack.ask_where = lambda *_: tmp_path / "nowhere" / "pack.pdf"  # type: ignore[method-assign]
    house.press(builder.pack.save)
    assert builder.pack._notice.isVisible()
    assert house.record(lambda place: place.session.record.find(Disclosure)) == []


def test_what_the_school_wrote_of_a_pack_is_saved_as_word_and_noted(house: RequestHouse, tmp_path: Path) -> None:
    _, builder = with_pack(house)
    builder.go_to("pack")
    asked: list[str] = []

    def where(_window: object, name: str, kinds: str) -> Path:
        asked.extend((name, kinds))
        return tmp_path / "pack.docx"

    builder.pack.ask_where = where  # type: ignore[method-assign]
    house.press(builder.pack.save_word)
    assert asked == ["Request for Kian Osei, version 1.docx", "Word (*.docx)"]
    headings = [each.text for each in docx.Document(str(tmp_path / "pack.docx")).paragraphs if each.style.name == "Heading 1"]
    assert headings[0] == "Contents"
    assert "Consent" in headings
    [noted] = house.record(lambda place: place.session.record.find(Disclosure))
    assert noted.what == "Request pack, version 1"


# ---- sending --------------------------------------------------------------------------------------------------------


def test_while_a_slow_drive_takes_the_pdf_the_record_answers_and_nothing_is_noted_yet(
    house: RequestHouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, builder = with_pack(house)
    builder.go_to("pack")
    started, go_on, real = threading.Event(), threading.Event(), OutTray.write

    def slow(tray: OutTray, halves: Halves, files: Mapping[Path, bytes]) -> None:
        started.set()
        assert go_on.wait(30)
        real(tray, halves, files)

    monkeypatch.setattr(OutTray, "write", slow)
    builder.pack.ask_where = lambda *_: tmp_path / "pack.pdf"  # type: ignore[method-assign]
    builder.pack.save_pdf()
    house.qtbot.waitUntil(started.is_set)
    answers: list[int] = []
    house.desk.query(house.shell, lambda: house.place.session.record.count(Disclosure), answers.append)
    house.qtbot.waitUntil(lambda: bool(answers))
    assert answers == [0]
    assert not (tmp_path / "pack.pdf").exists()
    go_on.set()
    house.settle()
    assert (tmp_path / "pack.pdf").exists()
    assert house.record(lambda place: place.session.record.count(Disclosure)) == 1


def test_before_sending_everything_is_laid_out_to_check(house: RequestHouse) -> None:
    request, builder = with_pack(house)
    [pack] = packs_of(house, request)
    words = words_in(builder.send)
    for expected in (
        "Leicestershire County Council",
        "Kian Osei",
        f"The pack, version 1: {pack.pages} pages",
        f"SHA-256 begins {pack.pdf_sha256[:4]}",
        "Mrs Ruth Adeyemi, Barrowby Primary",
        "Nothing else of the record leaves this computer.",
        "The council says by Tuesday 5 January 2027 whether it will assess",
        "SEND Regulations 2014, reg 5(1)",
    ):
        assert expected in words


def test_without_an_address_it_says_what_to_enter(house: RequestHouse) -> None:
    _, builder = with_pack(house)
    house.type(builder.send.gateway, "council")
    house.press(builder.send.send)
    assert "Enter the address of the council's gateway" in builder.send.form.summary.accessibleName()
    assert builder.send.gateway.text() == "council"


def test_a_request_goes_to_the_council_and_the_decision_comes_back(house: RequestHouse, gateway: RunningGateway, tmp_path: Path) -> None:
    request, builder = with_pack(house)
    send = builder.send
    send.sending.open_url = signing_in("ashby", PASSWORD)
    house.type(send.gateway, gateway.url)
    house.press(send.send)

    [submission] = submissions_of(house, request)
    assert submission.received_at is not None
    received = submission.received_at.astimezone()
    assert house.now(request).state == "sent"
    [pack] = packs_of(house, request)
    [disclosure] = house.record(lambda place: place.session.record.find(Disclosure))
    assert (disclosure.recipient, disclosure.sha256) == ("Leicestershire County Council", pack.pdf_sha256)
    assert send.case.receipt.accessibleName() == f"The council received this on {weekday_date(received.date())} at {received:%H:%M}."
    decide = requests.request_deadlines(received.date())[0]
    words = words_in(send)
    assert f"By {weekday_date(decide.due)}" in words
    assert "SEND Regulations 2014, reg 5(1)" in words
    [clock] = send.case.findChildren(Clock)
    assert full_date(decide.due) in clock.accessibleName()
    assert not builder.missing.isVisible()

    to = tmp_path / "receipt.jws"
    send.ask_where = lambda *_: to  # type: ignore[method-assign]
    house.press(send.case.save)
    assert to.read_text() == submission.receipt

    page = f"{gateway.url}/officer/submissions/{submission.id}"
    with officer_at(gateway) as officer:
        officer.fill(page, "message", {"text": "Thank you. We read it this week."})
        officer.fill(page, "decision", {"decision": "assess", "text": "The evidence meets section 36(8)."})
    house.press(send.case.look)
    assert house.now(request).state == "decided"
    words = words_in(send)
    assert "The council will carry out an EHC needs assessment" in words
    assert "The evidence meets section 36(8)." in words
    assert "Thank you. We read it this week." in words
    house.press(send.case.look)
    assert "Nothing new" in words_in(send)

    listed = house.open()
    model = listed.list.table.model()
    row = [str(model.index(0, column).data(0)) for column in range(model.columnCount())]
    assert "Decided" in row
    assert "The council will carry out an EHC needs assessment" in row
    assert house.record(lambda place: place.session.record.setting("gateway")) == gateway.url


def test_a_council_that_says_no_shows_until_when_the_parents_can_appeal(house: RequestHouse, gateway: RunningGateway) -> None:
    request, builder = with_pack(house)
    send = builder.send
    send.sending.open_url = signing_in("ashby", PASSWORD)
    house.type(send.gateway, gateway.url)
    house.press(send.send)
    [submission] = submissions_of(house, request)
    with officer_at(gateway) as officer:
        officer.fill(
            f"{gateway.url}/officer/submissions/{submission.id}", "decision", {"decision": "not_to_assess", "text": "Our reasons."}
        )
    house.press(send.case.look)
    words = words_in(send)
    assert "The council will not carry out an EHC needs assessment" in words
    assert "Appeal, counted from the decision letter" in words
    assert "The council issues the final plan" not in words


def test_a_gateway_that_is_down_loses_nothing_and_sending_again_is_one_submission(house: RequestHouse, tmp_path: Path) -> None:
    request, builder = with_pack(house)
    send = builder.send
    send.sending.open_url = signing_in("ashby", PASSWORD)
    with running(tmp_path / "gateway") as gateway:
        gateway.stop()
        house.type(send.gateway, gateway.url)
        house.press(send.send)
        assert send.notice.isVisible()
        assert "127.0.0.1" in send.notice.accessibleName() or "council" in send.notice.accessibleName()
        [begun] = submissions_of(house, request)
        assert begun.receipt is None
        assert send._begun.isVisible()
        assert house.now(request).state == "frozen"

        gateway.start()
        house.press(send.send)
        [sent] = submissions_of(house, request)
        assert (sent.id, sent.manifest_sha256) == (begun.id, begun.manifest_sha256)
        assert sent.receipt is not None
        assert gateway.stop() == ""


def test_a_person_who_does_not_sign_in_reads_why_and_can_try_again(house: RequestHouse, gateway: RunningGateway) -> None:
    request, builder = with_pack(house)
    send = builder.send

    def closes_the_browser(_: str) -> bool:
        send.sending.stop()
        return True

    send.sending.open_url = closes_the_browser
    house.type(send.gateway, gateway.url)
    house.press(send.send)
    assert send.notice.accessibleName() == "Signing in was stopped. Try again when you are ready."
    assert send.send.isEnabled()
    assert house.record(lambda place: cases_by_request(place.session.record))[request.id].submission.receipt is None
