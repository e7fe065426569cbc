"""Cases in the window: opened, dated, ticked off and closed with the keyboard and the mouse; what is late is said in words."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from sencoapp.app import Workplace
from sencoapp.domain.cases import CaseDate, CaseStep, CouncilCase
from sencoapp.domain.casework import Disclosure
from sencoapp.domain.people import School, Term
from sencoapp.domain.record import Amend
from sencoapp.services import cases, documents, requests
from sencoapp.services.beginning import school
from sencoapp.services.case_calendar import keep_calendar, kept_calendar
from tests.documents.paper_samples import report
from tests.places import add_pupil, set_clock
from ui.calendar_watch import CalendarWatch
from ui.pages.case_sheets import StartCaseSheet
from ui.pages.cases import CasesPage
from ui.pages.pupil import PupilPage
from ui.pages.record_sheet import RecordSheet
from ui.tasks import Desk
from ui.theme import theme
from ui.widgets import Pick

from .plan_house import House

TODAY = date(2026, 11, 24)


def fill(place: Workplace) -> None:
    ava = add_pupil(place, legal_forename="Ava", legal_surname="Bell")
    ben = add_pupil(place, legal_forename="Ben", legal_surname="Carr", home_authority="860")
    cases.open_case(place.session, ava.id, "needs_assessment", dates={"request_received": TODAY - timedelta(days=50)})
    cases.open_case(place.session, ben.id, "consultation", dates={"consultation_received": TODAY - timedelta(days=3)})


@pytest.fixture
def house(qtbot: QtBot, desk: Desk, tmp_path: Path) -> Iterator[House]:
    made = House(qtbot, desk, tmp_path, fill)
    yield made
    made.close()


def opened(house: House, name: str) -> CasesPage:
    case = house.record(lambda place: next(each for each in cases.case_list(place.session) if each.pupil.forename == name))
    page = house.open("cases", case=case.shown.case.id)
    assert isinstance(page, CasesPage)
    return page


def sheet(house: House) -> RecordSheet:
    return next(each for each in house.shell.findChildren(RecordSheet) if each.isVisible())


def test_the_list_begins_with_what_is_late_and_says_so_in_words(house: House) -> None:
    page = house.open("cases")
    assert isinstance(page, CasesPage)
    rows = [page.list.table.model().index(number, column).data() for number in range(2) for column in (0, 3)]
    assert "Ava Bell" in str(rows[0])
    assert "8 days late" in str(rows[1])
    assert "Day 3 of 15" in str(rows[3])
    house.click("Show: Late", page)
    assert page.list.table.count() == 1
    house.click("Show: Closed", page)
    assert house.sees("No cases are closed yet.", page)


def test_the_list_has_the_focus_and_the_tab_key_goes_along_what_stands_above_it(house: House) -> None:
    page = house.open("cases")
    assert isinstance(page, CasesPage)
    assert house.focus() is page.list.table
    page.list.which.chip("closed").setFocus()
    for stop in (page.export.button, page.list.calendar, page.list.start, page.list.table):
        house.press(Qt.Key.Key_Tab)
        assert house.focus() is stop


def test_what_kind_of_case_it_is_has_to_be_chosen(house: House) -> None:
    page = house.open("cases")
    assert isinstance(page, CasesPage)
    house.click("Open a case", page)
    start = next(each for each in house.shell.findChildren(StartCaseSheet) if each.isVisible())
    ava = house.record(lambda place: place.session.record.find(CouncilCase)[0].pupil)
    start.picker.choose(Pick(ava, "Ava Bell", ""))
    house.click("Open a case", start)
    assert house.sees("Choose what kind of case it is", start)
    assert len(house.record(lambda place: place.session.record.find(CouncilCase))) == 2


def test_a_request_and_a_case_are_begun_from_anywhere(house: House) -> None:
    """By the palette; on the page itself nothing is left for it."""
    house.open("today")
    named = {each.text(): each for each in house.shell.commands()}
    named["Open a case"].trigger()
    house.settle()
    assert any(each.isVisible() for each in house.shell.findChildren(StartCaseSheet))
    opened(house, "Ava")
    named["Open a case"].trigger()
    house.settle()
    page = house.shell.current_page()
    assert isinstance(page, CasesPage)
    assert page.title == "Ava Bell"
    named["Start a request"].trigger()
    house.settle()
    assert house.sees("Start a request for an EHC needs assessment")


def test_a_step_says_whole_whose_it_is_and_how_late(house: House) -> None:
    page = opened(house, "Ava")
    model = page.view.table.model()
    words = [str(model.index(number, 0).data(Qt.ItemDataRole.AccessibleTextRole)) for number in range(model.rowCount())]
    assert any("The council · 8 days late" in each for each in words), words


def test_a_long_title_of_a_document_does_not_widen_the_sheet_of_a_case(house: House) -> None:
    page = opened(house, "Ava")
    shown = page.view.row
    assert shown is not None
    title = "An educational psychologist's report of everything that was seen, heard and said in the whole of the autumn term"
    house.record(
        lambda place: documents.add_document(place.session, place.documents, shown.pupil.id, "a.pdf", report(1, title), title=title)
    )
    page.view.change.click()
    house.settle()
    form = sheet(house).form
    assert form.minimumSizeHint().width() <= sheet(house).width()
    assert title in {each.toolTip() for each in form.controls["documents"].findChildren(QWidget)}


def test_a_step_shows_its_rule_and_what_may_be_sent_when_it_is_late(house: House) -> None:
    page = opened(house, "Ava")
    assert page.title == "Ava Bell"
    assert page.note.startswith("Request for an EHC needs assessment")
    assert house.sees("42 days after 5 October 2026", page)
    assert house.sees("SEND Regulations 2014, reg 5(1)", page)
    assert house.sees("Ombudsman", page)


def test_a_step_is_done_in_one_press_and_undone(house: House) -> None:
    page = opened(house, "Ben")
    page.view.table.choose("reply")
    house.settle()
    house.click("Done today", page)
    (step,) = house.record(lambda place: place.session.record.find(CaseStep))
    assert (step.step, step.ticked_on) == ("reply", TODAY)
    assert page.view.side.again.isVisible()
    house.shortcut("Ctrl+Z")
    assert house.record(lambda place: place.session.record.find(CaseStep)) == []


def test_why_a_step_is_not_needed_is_asked_for(house: House) -> None:
    page = opened(house, "Ben")
    page.view.table.choose("parents")
    house.settle()
    house.click("Not needed", page)
    shown = sheet(house)
    shown.save()
    house.settle()
    assert "Say why this step is not needed" in shown.form.summary.accessibleName()
    shown.form.controls["note"].set_words("They know the school.")
    shown.save()
    house.settle()
    assert house.sees("(not needed): They know the school.", page)


def test_a_day_is_moved_and_everything_after_it_moves(house: House) -> None:
    page = opened(house, "Ben")
    house.click("Enter days", page)
    shown = sheet(house)
    shown.form.controls["consultation_received"].edit.setText("23 11 2026")
    shown.save()
    house.settle()
    assert house.record(lambda place: [each.happens_on for each in place.session.record.find(CaseDate, event="consultation_received")]) == [
        date(2026, 11, 23)
    ]
    page.view.table.choose("reply")
    house.settle()
    assert house.sees("8 December 2026", page)


def test_a_case_is_opened_from_the_list_changed_and_closed(house: House) -> None:
    page = house.open("cases")
    assert isinstance(page, CasesPage)
    house.click("Open a case", page)
    start = next(each for each in house.shell.findChildren(StartCaseSheet) if each.isVisible())
    ava = house.record(lambda place: place.session.record.find(CouncilCase)[0].pupil)
    start.picker.choose(Pick(ava, "Ava Bell", ""))
    start.which.choose("specialist_place")
    house.click("Open a case", start)
    assert page.title == "Ava Bell"
    assert page.note.startswith("A place in a special school or a resource base · ")
    house.click("Change", page)
    shown = sheet(house)
    shown.form.controls["placement"].setText("Ashmount School")
    shown.save()
    house.settle()
    assert house.sees("Place that is sought: Ashmount School", page)
    house.click("Close the case", page)
    shown = sheet(house)
    shown.save()
    house.settle()
    assert "Choose how the case ended" in shown.form.summary.accessibleName()
    shown.form.controls["ended_as"].choose("moved")
    shown.save()
    house.settle()
    assert house.sees("Moved. Closed on 24 November 2026.", page)
    house.click("Open again", page)
    assert page.view.end.isVisible()


def test_today_leads_to_the_step(house: House) -> None:
    today = house.open("today")
    key = next(each for each in today._tasks if each.startswith("case"))  # type: ignore[attr-defined]
    today._go(key)  # type: ignore[attr-defined]
    house.settle()
    page = house.shell.current_page()
    assert isinstance(page, CasesPage)
    assert page.view.table.current_key() == "decision"


def test_the_calendar_is_saved_with_initials_and_noted(house: House, tmp_path: Path) -> None:
    page = house.open("cases")
    assert isinstance(page, CasesPage)
    page.ask_where = lambda *_: tmp_path / "due.ics"
    house.click("Calendar", page)
    house.settle()
    house.click("Save once")
    house.settle()
    words = (tmp_path / "due.ics").read_text("utf-8")
    assert "AB: The council says whether it will assess" in words
    assert "Bell" not in words
    assert len(house.record(lambda place: place.session.record.find(Disclosure))) == 1


def test_a_calendar_that_is_kept_up_to_date_follows_what_is_entered_until_it_is_stopped(house: House, tmp_path: Path) -> None:
    page = house.open("cases")
    assert isinstance(page, CasesPage)
    file = tmp_path / "due.ics"
    page.ask_where = lambda *_: file
    house.click("Calendar", page)
    house.settle()
    house.click("Keep a file up to date")
    house.settle()
    watch = CalendarWatch(house.shell, house.room)
    house.desk.saved.connect(lambda saved, _owner: watch.take(saved))
    ben = house.record(lambda place: next(each.shown.case.id for each in cases.case_list(place.session) if each.pupil.forename == "Ben"))
    house.room.do(house.shell, lambda place: cases.enter_case_date(place.session, ben, "consultation_received", date(2026, 11, 23)))
    house.settle()
    assert watch.isActive(), "a moment later it is written"
    watch.stop()
    watch.write()
    house.settle()
    assert "DTSTART;VALUE=DATE:20261208" in file.read_text("utf-8")
    assert len(house.record(lambda place: place.session.record.find(Disclosure))) == 1, "noted when the file was chosen"
    house.click("Calendar", page)
    house.settle()
    assert house.sees(f"This file is kept up to date: {file}")
    house.click("No longer keep it up to date")
    house.settle()
    assert house.record(lambda place: kept_calendar(place.session)) is None


def test_a_folder_that_is_away_is_told_once_and_the_file_is_written_when_it_is_back(house: House, tmp_path: Path) -> None:
    file = tmp_path / "drive" / "due.ics"
    house.record(lambda place: keep_calendar(place.session, file))
    watch = CalendarWatch(house.shell, house.room)
    told: list[str] = []
    house.room.ways.toast = lambda words, *_: told.append(words)  # type: ignore[method-assign]
    for _ in range(2):
        watch.write()
        house.settle()
    assert len(told) == 1
    assert "The calendar file is not up to date." in told[0]
    file.parent.mkdir()
    watch.write()
    house.settle()
    assert "AB: " in file.read_text("utf-8")


@pytest.mark.parametrize("size", [1.0, 2.0])
def test_every_control_has_a_name_and_fits(house: House, size: float) -> None:
    theme().use(text_size=size)
    ava = house.record(lambda place: next(each.pupil for each in cases.case_list(place.session) if each.pupil.forename == "Ava"))
    house.room.do(house.shell, lambda place: requests.start_request(place.session, ava.id))
    page = opened(house, "Ava")
    assert page.view.request.isVisible()
    assert page.view.minimumSizeHint().width() <= 1100
    nameless = [
        type(each).__name__
        for each in page.findChildren(QWidget)
        if each.isVisible() and each.focusPolicy() & Qt.FocusPolicy.TabFocus and not each.accessibleName()
    ]
    assert nameless == []
    assert page.minimumSizeHint().width() <= house.shell.width()
    house.open("cases")
    assert page.minimumSizeHint().width() <= house.shell.width()


def test_a_letter_about_a_delay_is_saved_and_noted(house: House, tmp_path: Path) -> None:
    page = opened(house, "Ava")
    assert page.view.letter.button.isVisible()
    path = tmp_path / "letter.pdf"
    page.view.letter.ask_where = lambda window, title, name, kind, then: then(path)
    house.click("Letter about the delay", page)
    assert path.read_bytes().startswith(b"%PDF")
    (noted,) = house.record(lambda place: place.session.record.find(Disclosure))
    assert noted.what == "Letter about a delay, Ava Bell"
    page.view.table.choose("advice")
    house.settle()
    assert not page.view.letter.button.isVisible()


def test_the_documents_of_a_case_stand_with_it_and_lead_to_themselves(house: House) -> None:
    def with_paper(place: Workplace) -> str:
        case = next(each.shown.case for each in cases.case_list(place.session) if each.pupil.forename == "Ben")
        paper, _ = documents.add_document(
            place.session, place.documents, case.pupil, "l.pdf", report(1, "Letter"), title="Council's letter"
        )
        cases.change_case(place.session, case, replace(case, documents=(paper.id,)))
        return paper.id

    paper = house.record(with_paper)
    page = opened(house, "Ben")
    house.click("Council's letter", page)
    shown = house.shell.current_page()
    assert isinstance(shown, PupilPage)
    assert shown.tab("documents").reader._id == paper  # type: ignore[attr-defined]


def test_a_reply_that_falls_into_the_holidays_says_so_and_keeps_its_date(house: House) -> None:
    def before_christmas(place: Workplace) -> str:
        terms = (
            Term("Autumn", date(2026, 8, 27), date(2026, 12, 18)),
            Term("Spring", date(2027, 1, 5), date(2027, 3, 26)),
        )
        home = school(place.session.record)
        place.session.record.save([Amend(School, home.id, {"terms": terms})], action="x", actor=place.session.actor)
        cleo = add_pupil(place, legal_forename="Cleo", legal_surname="Day", birth_date=date(2010, 9, 3))
        return cases.open_case(place.session, cleo.id, "consultation", dates={"consultation_received": date(2026, 12, 14)})[0].id

    case = house.record(before_christmas)
    page = house.open("cases", case=case, step="reply")
    assert house.sees("The school is closed from 19 December 2026 until it opens again on 5 January 2027.", page)
    assert house.sees("29 December 2026", page)


def test_the_rights_of_a_young_person_are_told_before_they_pass_and_after(house: House) -> None:
    def appeal(place: Workplace) -> str:
        dan = add_pupil(place, legal_forename="Dan", legal_surname="Eze", birth_date=date(2011, 1, 15))
        return cases.open_case(place.session, dan.id, "mediation_appeal", dates={"decision_letter": TODAY})[0].id

    case = house.record(appeal)
    page = house.open("cases", case=case)
    assert house.sees("From 26 June 2027 the rights of the parents here are the young person's own", page)
    house.record(lambda place: set_clock(place, datetime(2027, 6, 26, 10, tzinfo=UTC)))
    page = house.open("cases", case=case)
    assert house.sees("Since 26 June 2027", page)
    assert isinstance(page, CasesPage)
    labels = [str(page.view.table.model().index(row, 0).data()) for row in range(page.view.table.count())]
    assert any("The young person contacts the mediation adviser" in each for each in labels)


def test_a_move_without_a_named_place_is_outstanding_until_it_is_named(house: House) -> None:
    def moving(place: Workplace) -> str:
        finn = add_pupil(place, legal_forename="Finn", legal_surname="Gray", year="6")
        return cases.open_case(place.session, finn.id, "phase_transfer", dates={"school_transfer": date(2027, 9, 1)})[0].id

    case = house.record(moving)
    page = house.open("cases", case=case, step="named")
    words = "Outstanding: the plan does not name the next place yet. It has to by 14 February 2027."
    assert house.sees(words, page)
    house.click("Done today", page)
    assert not house.sees(words, page)


def test_a_step_without_a_date_in_law_is_given_one_and_it_is_shown_with_the_step(house: House) -> None:
    ava = house.record(lambda place: place.session.record.find(CouncilCase)[0].pupil)
    case = house.record(lambda place: cases.open_case(place.session, ava, "complaint")[0])
    page = house.open("cases", case=case.id)
    house.settle()
    page.view.table.choose("answered")
    house.click("Set a day", page)
    shown = sheet(house)
    shown.form.controls["on"].edit.setText("1 12 2026")
    shown.save()
    house.settle()
    assert house.sees("1 December 2026", page)
    assert house.sees("A day that was set, by the council or by the school; no law gives one.", page)
    assert not house.sees("step:answered", page)
