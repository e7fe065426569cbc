"""A request that went by email or by post: said in one sheet, with its clock, its case and the council's decision afterwards."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from sencoapp.domain.cases import CaseDate, CouncilCase
from sencoapp.domain.casework import Document, Request, SentOtherwise
from sencoapp.services import requests
from sencoapp.services.documents import add_document
from sencoapp.services.ports import RenderedPack
from sencoapp.services.request_cases import council_decided
from sencoapp.services.sent_otherwise import Sending, record_sent
from sencoapp.services.undoing import undo
from ui.page import Page
from ui.pages.record_sheet import RecordSheet
from ui.pages.request_builder import RequestBuilder
from ui.pages.request_went import LetterFile
from ui.preferences import Preferences
from ui.widgets import Clock

from .request_house import RequestHouse, request_house
from .starting import shown_words


@pytest.fixture
def house(qtbot: QtBot, tmp_path: Path, preferences: Preferences) -> Iterator[RequestHouse]:
    with request_house(qtbot, tmp_path / "profile", preferences) as opened:
        opened.shell.register("cases", "landmark", "Cases", Page, rail=False, under="requests")
        yield opened


def frozen(house: RequestHouse) -> tuple[Request, RequestBuilder]:
    request = house.request()

    def freeze(place):
        draft = requests.draft_pack(place.session, request.id)
        return requests.keep_pack(place.session, draft, RenderedPack(place.session.blobs.put(b"%PDF-1"), "0" * 64, 6, 1))

    house.change(freeze)
    return house.now(request), house.builder(request, "send")


def sheet(house: RequestHouse) -> RecordSheet:
    return next(each for each in house.shell.findChildren(RecordSheet) if each.isVisible())


def say_it_went(house: RequestHouse, builder: RequestBuilder, **values: object) -> None:
    house.press(builder.send.went)
    form = sheet(house).form
    form.show_values({"how": "email", "sent_on": date(2026, 11, 2), **values})
    house.press(sheet(house).save_button)


def words(widget: QWidget) -> str:
    return shown_words(widget)


def case_of(house: RequestHouse) -> CouncilCase:
    (case,) = house.record(lambda place: place.session.record.find(CouncilCase))
    return case


def test_said_by_email_it_has_a_clock_and_cannot_change(house: RequestHouse) -> None:
    request, builder = frozen(house)
    say_it_went(house, builder, received_on=date(2026, 11, 4), sent_to="send@council.example", number="LA/77")
    assert house.now(request).state == "sent"
    told = words(builder.send)
    assert "Sent by email on Monday 2 November 2026. The council received this on Wednesday 4 November 2026." in told
    assert "To: send@council.example. Version 1 of the pack went" in told
    assert "The council's reference: LA/77." in told
    (clock,) = builder.send.case.findChildren(Clock)
    assert "16 December 2026" in clock.accessibleName()
    assert not builder.send.case.look.isVisible()
    assert [each.key for each in builder._steps] == ["pack", "own_form", "send", "copies"]
    house.press(builder.send.case.to_case)
    assert house.went[-1] == ("cases", {"case": case_of(house).id})


def test_in_the_list_it_has_its_day_and_says_how_it_went(house: RequestHouse) -> None:
    _, builder = frozen(house)
    say_it_went(house, builder)
    table = house.open().list.table
    model = table.model()
    told = " ".join(model.index(0, column).data(Qt.ItemDataRole.AccessibleTextRole) for column in range(model.columnCount()))
    assert "Day 22 of 42 from sending" in told
    assert "Sent by email on" in told


def test_without_a_day_of_receipt_it_says_so_until_the_day_is_entered(house: RequestHouse) -> None:
    _, builder = frozen(house)
    say_it_went(house, builder)
    told = words(builder.send)
    assert "It is not known yet when the council received it" in told
    assert "counted from the day of sending" in told
    house.press(builder.send.case.change)
    sheet(house).form.show_values({"received_on": date(2026, 11, 4)})
    house.press(sheet(house).save_button)
    assert "It is not known yet" not in words(builder.send)
    days = house.record(lambda place: place.session.record.find(CaseDate, event="request_received"))
    assert [each.happens_on for each in days] == [date(2026, 11, 4)]
    assert len(house.record(lambda place: place.session.record.find(SentOtherwise))) == 1


def test_a_day_still_to_come_is_refused_in_the_sheet(house: RequestHouse) -> None:
    request, builder = frozen(house)
    say_it_went(house, builder, received_on=date(2026, 11, 1))
    assert "so the council cannot have received it before" in words(sheet(house))
    assert house.now(request).state == "frozen"


def test_papers_that_were_not_made_here_can_have_gone_too(house: RequestHouse) -> None:
    request = house.request()
    builder = house.builder(request, "send")
    assert builder.send._none.isVisible()
    say_it_went(house, builder, how="portal")
    assert house.now(request).state == "sent"
    assert "The papers that went were not made here." in words(builder.send)


def test_the_decision_and_its_letter_are_entered_where_the_request_is(house: RequestHouse) -> None:
    request, builder = frozen(house)
    say_it_went(house, builder, received_on=date(2026, 11, 4))
    house.press(builder.send.case.decided)
    (letter,) = [each for each in sheet(house).findChildren(LetterFile) if each.isVisible()]
    letter.take_in("letter.txt", lambda: b"We have decided not to assess.")
    house.settle()
    sheet(house).form.show_values({"decision": "not_to_assess", "on": date(2026, 11, 20)})
    house.press(sheet(house).save_button)
    assert house.now(request).state == "decided"
    case = case_of(house)
    (paper,) = house.record(lambda place: place.session.record.find(Document, kind="letter"))
    assert (case.decision, case.decided_on, case.documents) == ("not_to_assess", date(2026, 11, 20), (paper.id,))
    told = words(builder.send)
    assert "Friday 20 November 2026" in told
    assert "Appeal, counted from the decision letter" in told
    assert builder.send.case.appeal.isVisible()
    assert not builder.send.case.change.isVisible()


def test_a_person_who_may_not_send_is_not_asked_how_it_went(house: RequestHouse) -> None:
    request, _ = frozen(house)
    page = house.open(request=request.id, step="send")
    assert page.builder.send.went.isVisible()
    assert page._went.isEnabled()
    content = page.builder.content
    assert content is not None
    page.builder.send.show_content(replace(content, may_send=False))
    assert not page.builder.send.went.isVisible()


def test_a_decision_without_a_day_or_an_answer_is_asked_for(house: RequestHouse) -> None:
    _, builder = frozen(house)
    say_it_went(house, builder)
    house.press(builder.send.case.decided)
    house.press(sheet(house).save_button)
    assert "Choose what the council decided." in words(sheet(house))


def test_a_letter_chosen_before_the_day_is_put_right_is_kept_once(house: RequestHouse) -> None:
    _, builder = frozen(house)
    say_it_went(house, builder)
    house.press(builder.send.case.decided)
    (letter,) = [each for each in sheet(house).findChildren(LetterFile) if each.isVisible()]
    letter.take_in("letter.txt", lambda: b"We will assess.")
    house.settle()
    sheet(house).form.show_values({"decision": "assess", "on": date(2026, 11, 1)})
    house.press(sheet(house).save_button)
    assert "cannot have decided before" in words(sheet(house))
    assert house.record(lambda place: place.session.record.find(Document, kind="letter")) == []
    sheet(house).form.show_values({"decision": "assess", "on": date(2026, 11, 20)})
    house.press(sheet(house).save_button)
    (paper,) = house.record(lambda place: place.session.record.find(Document, kind="letter"))
    assert (paper.document_on, case_of(house).documents) == (date(2026, 11, 20), (paper.id,))


def test_a_letter_that_is_in_the_record_already_is_the_one(house: RequestHouse) -> None:
    request, builder = frozen(house)
    house.change(
        lambda place: add_document(place.session, place.documents, request.pupil, "came.txt", b"We will assess.", title="Came by post")
    )
    say_it_went(house, builder)
    house.press(builder.send.case.decided)
    (letter,) = [each for each in sheet(house).findChildren(LetterFile) if each.isVisible()]
    letter.take_in("letter.txt", lambda: b"We will assess.")
    house.settle()
    sheet(house).form.show_values({"decision": "assess", "on": date(2026, 11, 20)})
    house.press(sheet(house).save_button)
    (paper,) = house.record(lambda place: place.session.record.find(Document, title="Came by post"))
    assert case_of(house).documents == (paper.id,)


def test_where_that_it_went_is_taken_back_after_the_decision_it_can_be_said_again(house: RequestHouse) -> None:
    request, builder = frozen(house)
    _, joined, sent = house.change(lambda place: record_sent(place.session, request.id, Sending(date(2026, 11, 2), "email")))
    house.change(lambda place: council_decided(place.session, joined.case.id, "assess", date(2026, 11, 20)))
    house.change(lambda place: undo(place.session, sent.save))
    assert house.now(request).state == "decided"
    assert builder.content is not None
    assert builder.content.may_tell_how_it_went
    assert builder.send.went.isVisible()
    say_it_went(house, builder)
    assert case_of(house).decision == "assess"
    assert builder.content is not None
    assert not builder.content.may_tell_how_it_went
