"""What the pupil and the parents say, and whom the school calls."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from sencoapp.app import Workplace
from sencoapp.domain.background import AttendanceYear, Diagnosis, PriorSchool, Suspension
from sencoapp.domain.casework import Disclosure, Document
from sencoapp.domain.people import Contact, Pupil, StaffMember
from sencoapp.domain.plan import View
from sencoapp.domain.professionals import InvolvementReport, Recommendation
from sencoapp.domain.record import Actor, Amend
from sencoapp.services import background, documents, plans, professionals, pupils
from sencoapp.services.guarded_record import guarded
from sencoapp.services.ports import Session
from tests.places import add_pupil
from ui.pages.letter_sheet import LetterSheet
from ui.theme import theme


class Ids:
    pupil = ""


def fill(place: Workplace) -> None:
    pupil = add_pupil(place, "Brennan", "Ava")
    Ids.pupil = pupil.id
    mother = {"surname": "Brennan", "forename": "Niamh", "title": "Mrs", "relationship": "PAM", "parental_responsibility": True}
    pupils.add_contact(place.session, pupil.id, {**mother, "lives_with_pupil": True, "phone": "07700 900123"})
    pupils.add_contact(place.session, pupil.id, {"surname": "Doyle", "forename": "Sean"})
    plans.record_view(
        place.session, pupil.id, "pupil", text="I like the blue sheet.", given_on=date(2026, 10, 12), method="Spoken", helped_by="Miss Tan"
    )
    plans.record_view(place.session, pupil.id, "parents", absent_because="No answer to three calls.", given_on=date(2026, 11, 2))


@pytest.fixture
def house(open_house):
    return open_house(fill)


def views(house) -> list[View]:
    return house.record(lambda place: place.session.record.find(View, pupil=Ids.pupil))


def contacts(house) -> list[Contact]:
    return house.record(lambda place: place.session.record.find(Contact, pupil=Ids.pupil))


def open_tab(house, tab: str):
    return house.open("pupil", pupil=Ids.pupil, tab=tab).tab(tab)


# ---- views ---------------------------------------------------------------------------------------------------------


def test_views_stand_side_by_side_in_their_own_words(house):
    open_tab(house, "views")
    assert house.sees("Ava's views")
    assert house.sees("“I like the blue sheet.”")
    assert house.sees("Spoken · with the help of Miss Tan")
    assert house.sees("Not there: No answer to three calls.")
    assert house.sees("Monday 12 October 2026")


def test_a_view_is_added_with_how_it_was_said_and_who_helped(house):
    open_tab(house, "views")
    house.click("Add the pupil's view")
    house.write("In their words", "I don't like when everyone can see my spellings.")
    house.named(QWidget, "How").choose("talking_mat")
    house.write("Helped by (optional)", "Miss Tan")
    house.shortcut("Ctrl+Return")
    newest = max(views(house), key=lambda each: each.given_on)
    assert (newest.whose, newest.given_on, newest.method, newest.helped_by) == ("pupil", date(2026, 11, 24), "Talking mat", "Miss Tan")
    assert house.sees("“I don't like when everyone can see my spellings.”")


def test_why_a_view_is_not_there_is_an_answer(house):
    open_tab(house, "views")
    house.click("Add the parents' view")
    house.click("What there is: It could not be asked")
    house.write("Why it is not there", "Away until January.")
    house.shortcut("Ctrl+Return")
    newest = max(views(house), key=lambda each: each.given_on)
    assert (newest.whose, newest.text, newest.absent_because) == ("parents", None, "Away until January.")


def test_nothing_said_is_refused_at_its_field(house):
    open_tab(house, "views")
    house.click("Add the pupil's view")
    house.shortcut("Ctrl+Return")
    assert house.has_button("Enter what was said, or why it could not be asked.")
    assert len(views(house)) == 2


def test_a_view_half_written_is_there_again(house):
    open_tab(house, "views")
    house.click("Add the pupil's view")
    house.write("In their words", "I like")
    house.press(Qt.Key.Key_Escape)
    house.click("Add the pupil's view")
    assert house.sees("Draft restored")
    assert house.named(QWidget, "In their words").toPlainText() == "I like"
    house.click("Discard")
    house.click("Add the pupil's view")
    assert house.named(QWidget, "In their words").toPlainText() == ""


def test_without_views_there_is_one_sentence_and_one_button(open_house):
    def bare(place: Workplace) -> None:
        Ids.pupil = add_pupil(place, "Swain", "Lottie").id

    house = open_house(bare)
    open_tab(house, "views")
    assert house.sees("Nobody's view has been recorded yet.")
    open_tab(house, "contacts")
    assert house.sees("No contacts have been recorded for this pupil yet.")


# ---- contacts ------------------------------------------------------------------------------------------------------


def rows(tab) -> list[tuple[str, ...]]:
    model = tab.contacts.table._rows
    return [tuple(cell.text for cell in model.row_at(number).cells[:4]) for number in range(model.rowCount())]


def test_contacts_say_who_has_responsibility_who_lives_there_and_how_to_reach_them(house):
    assert rows(open_tab(house, "contacts")) == [
        ("Mrs Niamh Brennan", "Yes", "Yes", "07700 900123"),
        ("Sean Doyle", "Not known", "Not known", "No phone or email"),
    ]


def test_a_contact_is_added_by_keyboard(house):
    tab = open_tab(house, "contacts")
    house.click("Add a contact")
    house.write("Surname", "Okafor")
    house.write("Phone", "07700 900456")
    house.click("Has parental responsibility: Yes")
    house.shortcut("Ctrl+Return")
    assert ("Okafor", "Yes", "Not known", "07700 900456") in rows(tab)


def test_a_contact_without_a_surname_is_refused(house):
    open_tab(house, "contacts")
    house.click("Add a contact")
    house.shortcut("Ctrl+Return")
    assert house.has_button("Enter a surname for the contact.")
    assert len(contacts(house)) == 2


def test_a_contact_is_opened_and_changed(house):
    tab = open_tab(house, "contacts")
    tab.contacts.table.setFocus()
    house.press(Qt.Key.Key_Return)
    house.write("Phone", "07700 900999")
    house.shortcut("Ctrl+Return")
    assert rows(tab)[0][3] == "07700 900999"
    assert contacts(house)[0].parental_responsibility is True


def test_a_contact_is_removed_and_brought_back(house):
    tab = open_tab(house, "contacts")
    tab.contacts.table.setFocus()
    house.press(Qt.Key.Key_Return)
    house.click("Remove")
    assert [each[0] for each in rows(tab)] == ["Sean Doyle"]
    house.undo()
    assert [each[0] for each in rows(tab)] == ["Mrs Niamh Brennan", "Sean Doyle"]


def test_limits_and_languages_are_said_before_anybody_calls(open_house):
    def apart(place: Workplace) -> None:
        Ids.pupil = add_pupil(place, "Brennan", "Ava").id
        common = {"surname": "Brennan", "parental_responsibility": True}
        mother = {"forename": "Niamh", "lives_with_pupil": True, "address": "1 Mill Lane", "interpreter": True, "language": "POL"}
        pupils.add_contact(place.session, Ids.pupil, {**common, **mother})
        father = {"forename": "Sean", "lives_with_pupil": False, "order_restriction": "Not to be told where Ava lives"}
        pupils.add_contact(place.session, Ids.pupil, {**common, **father})

    house = open_house(apart)
    tab = open_tab(house, "contacts")
    assert house.sees("Sean Brennan: Not to be told where Ava lives. The parents live apart, or may.")
    assert house.sees("For meetings and letters: Niamh Brennan (interpreter needed, Polish).")
    below = [tab.contacts.table._rows.row_at(number).cells[0].sub for number in range(2)]
    assert below == ["interpreter needed, Polish · address kept apart", "Court order"]
    assert house.sees("1 Mill Lane · address kept apart", tab.contacts.details)


def test_everything_about_a_contact_is_entered_in_one_form(house):
    open_tab(house, "contacts").contacts.table.setFocus()
    house.press(Qt.Key.Key_Return)
    house.click("Is a natural parent: Yes")
    house.named(QWidget, "Because of").choose("birth_mother")
    house.write("Postcode", "le991aa")
    house.click("Keep the address from the other contacts: Yes")
    house.click("How to write to them: Large print")
    house.shortcut("Ctrl+Return")
    mother = contacts(house)[0]
    assert (mother.natural_parent, mother.responsibility_basis, mother.postcode) == (True, "birth_mother", "LE99 1AA")
    assert (mother.address_hidden, mother.formats, mother.deceased) == (True, ("large_print",), None)


def test_a_letter_goes_to_each_in_a_file_of_their_own_and_is_noted(house, tmp_path):
    tab = open_tab(house, "contacts")
    tab.contacts.write_letter()
    house.settle()
    assert house.sees("Mrs Niamh Brennan: Dear Mrs Brennan.")
    house.write("Subject", "Review meeting")
    house.write("Words of the letter", "We meet on 8 December.")
    (sheet,) = [each for each in house.shell.findChildren(LetterSheet) if each.isVisible()]
    house.shortcut("Ctrl+Return")
    house.settle()
    assert sheet.preview.isVisible()
    assert "We meet on 8 December." in sheet.preview.pane._page.accessibleDescription()
    house.click("Change the words")
    assert not sheet.preview.isVisible()
    house.write("Words of the letter", "We meet on 9 December.")
    house.shortcut("Ctrl+Return")
    house.settle()
    assert "We meet on 9 December." in sheet.preview.pane._page.accessibleDescription()
    sheet.save_in(tmp_path)
    house.settle()
    assert [each.name for each in tmp_path.glob("*.pdf")] == ["01 Mrs Niamh Brennan Review meeting.pdf"]
    (given,) = house.record(lambda place: place.session.record.find(Disclosure, pupil=Ids.pupil))
    assert (given.recipient, given.what) == ("Mrs Niamh Brennan", "Letter: Review meeting")
    (kept,) = [each for each in house.record(lambda place: place.session.record.find(Document, pupil=Ids.pupil)) if each.kind == "letter"]
    assert kept.sha256 == given.sha256
    assert not sheet.isVisible()


def test_a_letter_without_words_is_refused_at_its_field(house):
    open_tab(house, "contacts").contacts.write_letter()
    house.settle()
    house.write("Subject", "Review meeting")
    house.shortcut("Ctrl+Return")
    assert house.has_button("Enter the words of the letter.")


# ---- professionals -------------------------------------------------------------------------------------------------


def test_from_somebody_new_to_a_recommendation_in_use(house):
    tab = open_tab(house, "contacts")
    house.click("Which people: Professionals and services")
    assert house.sees("Nobody from outside is recorded as helping this pupil yet.")
    house.click("Add somebody who helps")
    house.write("Name", "Priya Nair")
    house.write("Role", "Speech therapist")
    house.write("Since (optional)", "2 2 2026")
    house.shortcut("Ctrl+Return")
    assert house.sees("Since 2 February 2026", tab.professionals)
    house.click("Add a recommendation")
    house.write("What is recommended", "Visual timetable")
    house.shortcut("Ctrl+Return")
    assert house.sees("Visual timetable", tab.professionals.waiting)
    house.click("In use now: Visual timetable", tab.professionals.waiting)
    assert not tab.professionals.waiting.isVisible()
    (given,) = house.record(lambda place: place.session.record.find(Recommendation, pupil=Ids.pupil))
    assert (given.in_use, given.in_use_since) == ("yes", date(2026, 11, 24))
    house.undo()
    assert house.sees("Visual timetable", tab.professionals.waiting)


def with_a_report(place: Workplace) -> None:
    fill(place)
    person, _ = professionals.add_professional(place.session, {"name": "Priya Nair"})
    saved = professionals.involve(place.session, Ids.pupil, person.id, {})
    work = next(each.id for each in saved.touched if each.kind == "involvement")
    report, _ = documents.add_document(
        place.session, place.documents, Ids.pupil, "report.txt", b"Seen twice.", title="Report of May", kind="report"
    )
    professionals.link_report(place.session, work, report.id)


def test_a_report_that_was_linked_to_the_wrong_person_is_unlinked_and_linked_again_by_undo(open_house):
    house = open_house(with_a_report)
    tab = open_tab(house, "contacts")
    house.click("Which people: Professionals and services")
    house.click("Unlink Report of May", tab.professionals)
    assert not house.has_button("Unlink Report of May")
    assert house.record(lambda place: place.session.record.find(InvolvementReport, pupil=Ids.pupil)) == []
    assert len(house.record(lambda place: place.session.record.find(Document, pupil=Ids.pupil))) == 1
    house.undo()
    assert house.has_button("Unlink Report of May")


def test_a_report_with_a_long_title_leaves_the_page_as_wide_as_the_window(open_house):
    house = open_house(with_a_report)
    theme().use(text_size=2.0)
    title = "Speech and language therapy report after the second visit, with advice for the whole class and the lunchtime club"
    (report,) = house.record(lambda place: place.session.record.find(Document, pupil=Ids.pupil))
    edits = [Amend(Document, report.id, {"title": title})]
    house.room.do(house.shell, lambda place: place.session.record.save(edits, action="test", actor=place.session.actor))
    tab = open_tab(house, "contacts")
    house.click("Which people: Professionals and services")
    assert house.has_button(title)
    assert tab.professionals.minimumSizeHint().width() <= 1100


def test_a_professional_whom_nobody_names_is_refused(house):
    open_tab(house, "contacts")
    house.click("Which people: Professionals and services")
    house.click("Add somebody who helps")
    house.shortcut("Ctrl+Return")
    assert house.has_button("Enter a name, or the service or organisation.")


# ---- background ----------------------------------------------------------------------------------------------------


def test_a_suspension_is_added_changed_and_taken_back(house):
    tab = open_tab(house, "background")
    panel = tab.panels[Suspension]
    assert house.sees("No suspensions have been recorded.", panel)
    house.click("Add a suspension")
    house.write("First day", "8 6 2026")
    house.write("Sessions (optional)", "two")
    house.shortcut("Ctrl+Return")
    assert house.has_button("Enter a whole number, such as 190.")
    house.write("Sessions (optional)", "2")
    house.click("Reasons: Damage")
    house.shortcut("Ctrl+Return")
    assert house.sees("8 June 2026 · 2 sessions · Damage", panel)
    house.click("Change: Suspension", panel)
    house.click("Entered by mistake")
    assert house.sees("No suspensions have been recorded.", panel)
    house.undo()
    assert house.sees("8 June 2026", panel)


def test_attendance_that_came_with_the_pupil_can_be_corrected(open_house):
    def attended(place: Workplace) -> None:
        figures = {"sessions_possible": 380, "sessions_attended": 350, "attendance_year": "2025"}
        Ids.pupil = add_pupil(place, "Swain", "Lottie", **figures).id

    house = open_house(attended)
    tab = open_tab(house, "background")
    panel = tab.panels[AttendanceYear]
    assert house.sees("92.1 %, 350 of 380 sessions", panel)
    house.click("Change: 2025 to 2026", panel)
    house.write("Attended", "360")
    house.shortcut("Ctrl+Return")
    assert house.sees("94.7 %, 360 of 380 sessions", panel)
    house.click("Add a year")
    house.write("School year that began in", "2024")
    house.write("Sessions possible", "380")
    house.write("Attended", "300")
    house.shortcut("Ctrl+Return")
    assert house.sees("2024 to 2025", panel)


def test_a_diagnosis_and_an_earlier_school_are_entered(house):
    tab = open_tab(house, "background")
    house.click("Add a diagnosis")
    house.write("Diagnosis", "Autism")
    house.click("Still being assessed: Yes")
    house.shortcut("Ctrl+Return")
    assert house.sees("Autism", tab.panels[Diagnosis])
    house.click("Add a school")
    house.write("School", "Hill Top Infants")
    house.write("DfE number (optional)", "855/2004")
    house.shortcut("Ctrl+Return")
    assert house.sees("855/2004", tab.panels[PriorSchool])


# ---- what a teacher sees -------------------------------------------------------------------------------------------


def as_teacher(house) -> None:
    """The same window with the teacher of class 4M at it."""
    person = StaffMember("t" * 32, "Mr Hale", "teacher", classes=("4M",))

    def session(place: Workplace) -> Session:
        return replace(place.session, record=guarded(place.profile.record, person), actor=Actor(person.id, person.name, "teacher"))

    house.room.place = replace(house.room.place, session=house.record(session))


def test_a_teacher_sees_what_they_need_to_teach_and_not_the_familys_papers(open_house):
    def with_help(place: Workplace) -> None:
        Ids.pupil = add_pupil(place, "Brennan", "Ava", looked_after=True, medical_note="Nut allergy.").id
        pupils.add_contact(place.session, Ids.pupil, {"surname": "Brennan", "forename": "Niamh", "order_restriction": "CANARY"})
        background.add_entry(place.session, Suspension, Ids.pupil, {"starts_on": date(2026, 6, 8)})
        saved = professionals.involve_somebody_new(place.session, Ids.pupil, {"name": "Priya Nair"}, {})
        involvement = next(each.id for each in saved.touched if each.kind == "involvement")
        for text, in_use in (("Visual timetable", None), ("Pre-teach words", "yes")):
            professionals.recommend(place.session, involvement, {"text": text, "in_use": in_use})

    house = open_house(with_help)
    as_teacher(house)
    overview = open_tab(house, "overview")
    assert house.sees("Nut allergy.", overview.flags)
    assert not house.sees("Looked after", overview.flags)
    assert not overview.flags.change.isVisible()
    tab = open_tab(house, "contacts")
    assert house.sees("See contacts: this is for the SENCO")
    assert not house.sees("CANARY")
    assert not house.has_button("Add a contact")
    house.click("Which people: Professionals and services")
    assert house.sees("Visual timetable", tab.professionals.waiting)
    assert house.sees("Pre-teach words", tab.professionals.advice)
    assert not house.sees("Priya Nair")
    assert not house.has_button("In use now: Visual timetable")
    tab = open_tab(house, "background")
    assert not tab.panels[Suspension].isVisible()
    assert tab.panels[AttendanceYear].isVisible()


def test_after_the_first_contact_the_keyboard_is_on_the_page_and_not_on_undo(open_house):
    house = open_house(lambda place: add_pupil(place, "Brennan", "Ava"))
    pupil = house.record(lambda place: place.session.record.find(Pupil))[0].id
    house.shell.activateWindow()
    page = house.open("pupil", pupil=pupil, tab="contacts")
    house.button("Add a contact").setFocus()
    house.press(Qt.Key.Key_Space)
    house.write("Surname", "Brennan")
    house.press(Qt.Key.Key_Return, control=True)
    house.settle()
    assert house.shell._toast.isVisible()
    house.qtbot.waitUntil(lambda: page.isAncestorOf(house.focus()))
