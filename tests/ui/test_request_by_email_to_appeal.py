"""From "we send it by email, as every school here does" to "the tribunal allowed the appeal", in the words of the people who do it.

No council's connection, nothing typed twice: what is entered with the request is in its case, in the calendar and in the counts.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from sencoapp.domain.cases import CouncilCase
from sencoapp.domain.casework import Document, Pack, Request
from sencoapp.services.case_calendar import case_calendar
from sencoapp.services.cases import case_page
from sencoapp.services.counts import count_list
from sencoapp.services.pupils import find_pupils
from tests.ui.starting import shown_words
from ui.pages.request_builder import RequestBuilder
from ui.pages.request_went import LetterFile
from ui.pages.requests import RequestsPage
from ui.pages.today import TodayScreen
from ui.tasks import Desk
from ui.widgets import Pick

from .plan_house import House
from .test_request_to_appeal import a_year_of_support, cases, click, it_is, of, sheet, step


@pytest.fixture
def house(qtbot: QtBot, desk: Desk, tmp_path: Path) -> Iterator[House]:
    made = House(qtbot, desk, tmp_path, a_year_of_support)
    yield made
    made.close()


def test_from_an_email_to_the_council_to_appeal_won(house: House) -> None:
    builder = the_pack_is_made(house)
    sent = it_goes_by_email_and_nobody_knows_yet_when_it_came(house, builder)
    case = the_council_confirms_the_day_it_had_it(house, sent + timedelta(days=1))
    the_date_is_in_today_and_in_the_calendar(house, sent + timedelta(days=43))
    refused = the_letter_says_no(house, case, sent + timedelta(days=40))
    appeal = mediation_and_appeal_follow_with_the_day_of_the_letter(house, refused)
    the_tribunal_allows_the_appeal(house, appeal)
    what_the_council_asks_us_to_count(house)
    assert all(each.sound for each in house.record(lambda place: place.session.record.verify()))


def the_pack_is_made(house: House) -> RequestBuilder:
    page = house.open("requests")
    assert isinstance(page, RequestsPage)
    kian = house.record(lambda place: find_pupils(place.session.record, "osei")[0]).id
    page.start(Pick(kian, "Kian Osei", ""))
    assert page.sheet is not None
    click(house, page.sheet.button)
    builder = of(house, "pack")
    click(house, builder.pack.make)
    return of(house, "send")


def it_goes_by_email_and_nobody_knows_yet_when_it_came(house: House, builder: RequestBuilder) -> date:
    today = house.record(lambda place: place.session.clock.today())
    click(house, builder.send.went)
    sheet(house).form.controls["sent_to"].setText("senaservice@leics.gov.uk")
    click(house, sheet(house).save_button)
    words = shown_words(builder.send)
    assert "Sent by email on" in words
    assert "It is not known yet when the council received it" in words
    assert "counted from the day of sending" in words
    (pack,) = house.record(lambda place: place.session.record.find(Pack))
    assert f"Version 1 of the pack went; its SHA-256 begins {pack.pdf_sha256[:12]}." in words
    assert house.record(lambda place: place.session.record.find(Request)[0]).state == "sent"
    return today


def the_council_confirms_the_day_it_had_it(house: House, received: date) -> str:
    """It is entered in the case; the request has it too."""
    it_is(house, received)
    (case,) = house.record(lambda place: place.session.record.find(CouncilCase, kind="needs_assessment"))
    page = cases(house, case.id)
    assert "its dates are counted from the day of sending" in shown_words(page.view)
    click(house, page.view.dates)
    sheet(house).form.controls["request_received"].set_value(received)
    click(house, sheet(house).save_button)
    due = step(house, case.id, "decision").due
    assert due == received + timedelta(days=42)
    words = shown_words(of(house, "send").send)
    assert "The council received this on" in words
    assert "counted from the day of sending" not in words
    return case.id


def the_date_is_in_today_and_in_the_calendar(house: House, due: date) -> None:
    page = house.open("today")
    assert isinstance(page, TodayScreen)
    house.settle()
    assert "The council says whether it will assess" in shown_words(page)
    assert f"{due:%Y%m%d}".encode() in house.record(lambda place: case_calendar(place.session).content)


def the_letter_says_no(house: House, case: str, decided: date) -> date:
    """The step of the case asks what was decided; the letter becomes a document of the pupil."""
    it_is(house, decided)
    page = cases(house, case, "decision")
    assert page.view.side.done.text() == "The council decided"
    click(house, page.view.side.done)
    (letter,) = [each for each in sheet(house).findChildren(LetterFile) if each.isVisible()]
    letter.take_in("letter.txt", lambda: b"We have decided not to assess Kian.")
    house.settle()
    sheet(house).form.controls["decision"].choose("not_to_assess")
    click(house, sheet(house).save_button)
    assert "The council's decision letter" in [
        each.title for each in house.record(lambda place: place.session.record.find(Document, kind="letter"))
    ]
    assert house.record(lambda place: place.session.record.find(Request)[0]).state == "decided"
    assert "Not assessed" in shown_words(cases(house, case).view)
    return decided


def mediation_and_appeal_follow_with_the_day_of_the_letter(house: House, refused: date) -> str:
    (before,) = house.record(lambda place: place.session.record.find(CouncilCase, kind="needs_assessment"))
    page = cases(house, before.id)
    assert page.view.follow.text() == "Open: Mediation and appeal"
    click(house, page.view.follow)
    (appeal,) = house.record(lambda place: place.session.record.find(CouncilCase, kind="mediation_appeal"))
    last = step(house, appeal.id, "appeal")
    assert last.due is not None
    assert refused + timedelta(days=59) <= last.due <= refused + timedelta(days=75)
    assert last.who == "parents"
    for id in ("told", "mediation", "appeal", "response", "evidence", "bundle"):
        page = cases(house, appeal.id, id)
        click(house, page.view.side.done)
    return appeal.id


def the_tribunal_allows_the_appeal(house: House, appeal: str) -> None:
    """It is won by the tribunal's decision; what was ordered is still to be carried out."""
    heard = house.record(lambda place: place.session.clock.today()) + timedelta(days=80)
    it_is(house, heard)
    page = cases(house, appeal, "hearing")
    click(house, page.view.side.done)
    page = cases(house, appeal)
    click(house, page.view.end)
    sheet(house).form.controls["ended_as"].choose("won")
    click(house, sheet(house).save_button)
    words = shown_words(page.view)
    assert "Appeal won" in words
    assert [each.id for each in shown_steps(house, appeal)][-1] == "carried_out"
    won = house.record(lambda place: place.session.record.get(CouncilCase, appeal))
    assert (won.ended_as, won.closed_on) == ("won", heard)


def shown_steps(house: House, case: str):
    return house.record(lambda place: case_page(place.session, case)).row.shown.steps


def what_the_council_asks_us_to_count(house: House) -> None:
    counted = {row[0]: row[3] for row in house.record(lambda place: count_list(place.session)).rows}
    assert counted["Appeals won or conceded"] == 1
    assert counted["Requests received by the council in 2026 to 2027, decided ones too"] == 1
    assert "Requests that wait for the council's decision" not in counted
    assert "Decisions whether to assess that are late" not in counted
