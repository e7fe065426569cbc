"""What the pupil and the parents say, and whom the school calls."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from sencoapp.app import Workplace
from sencoapp.domain.people import Contact
from sencoapp.domain.plan import View
from sencoapp.services import plans, pupils
from tests.places import add_pupil


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
    return [tuple(cell.text for cell in tab.table._rows.row_at(number).cells[:4]) for number in range(tab.table.model().rowCount())]


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
    tab.table.setFocus()
    house.press(Qt.Key.Key_Return)
    house.write("Phone", "07700 900999")
    house.shortcut("Ctrl+Return")
    assert rows(tab)[0][3] == "07700 900999"
    assert contacts(house)[0].parental_responsibility is True


def test_a_contact_is_removed_and_brought_back(house):
    tab = open_tab(house, "contacts")
    tab.table.setFocus()
    house.press(Qt.Key.Key_Return, control=True)
    assert [each[0] for each in rows(tab)] == ["Sean Doyle"]
    house.undo()
    assert [each[0] for each in rows(tab)] == ["Mrs Niamh Brennan", "Sean Doyle"]
