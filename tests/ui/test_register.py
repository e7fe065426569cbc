"""Pupils: the SEN register as a SENCO uses it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLineEdit

from sencoapp.app import Workplace
from sencoapp.domain.people import Pupil, SenStatus
from sencoapp.domain.record import New
from sencoapp.services import plans, pupils
from tests.places import add_pupil, add_pupil_without_sen
from ui.pages.register import FIRST, PAGE, RegisterPage
from ui.theme import theme

NAMES = (
    ("Osei", "Kian", "4", "4M"),
    ("Brennan", "Ava", "4", "4P"),
    ("Rahman", "Khadija", "3", "3W"),
    ("Quill", "Harvey", "6", "6P"),
    ("O'Neill", "Zoë", "2", "2B"),
)


def fill(place: Workplace) -> None:
    """Five pupils on the register and one who is not; Kian's review is overdue, Ava's is in three weeks."""
    made = {}
    for surname, forename, year, group in NAMES:
        made[forename] = add_pupil(place, surname, forename, year=year, reg_group=group)
    record, actor, new = place.session.record, place.session.actor, place.session.ids.new
    record.save([New(SenStatus(new(), made["Harvey"].id, "E", date(2026, 1, 5)))], action="set_status", actor=actor)
    plans.start_cycle(place.session, made["Kian"].id, starts_on=date(2026, 9, 1), review_due_on=date(2026, 11, 20))
    plans.start_cycle(place.session, made["Ava"].id, starts_on=date(2026, 9, 8), review_due_on=date(2026, 12, 15))
    pupils.change_pupil(place.session, made["Ava"], replace(made["Ava"], what_works="Coloured overlay, word mat, first go with a partner."))
    add_pupil_without_sen(place, "Swain", "Lottie")


@pytest.fixture
def house(open_house):
    return open_house(fill)


@pytest.fixture
def page(house) -> RegisterPage:
    shown = house.open("pupils")
    assert isinstance(shown, RegisterPage)
    return shown


def listed(page: RegisterPage) -> list[str]:
    """The names in the list, top to bottom."""
    model = page.table.model()
    return [model.index(number, 0).data() for number in range(model.rowCount())]


def foot(page: RegisterPage) -> str:
    return page.count.text()


@contextmanager
def record_busy(house) -> Iterator[None]:
    """The record's thread is held up, as by a long save, until the block ends."""
    go_on, began = threading.Event(), threading.Event()

    def hold() -> None:
        began.set()
        assert go_on.wait(10)

    house.desk.query(house.shell, hold, lambda _: None)
    assert began.wait(10)
    try:
        yield
    finally:
        go_on.set()
    house.settle()


def test_it_opens_with_the_pupils_of_the_sen_register(page):
    assert listed(page) == ["Ava Brennan", "Zoë O'Neill", "Kian Osei", "Harvey Quill", "Khadija Rahman"]
    assert foot(page) == "5 of 6 pupils"


FINDS = {"ki": ["Kian Osei"], "zoe": ["Zoë O'Neill"], "oneill": ["Zoë O'Neill"], "k": ["Kian Osei", "Khadija Rahman"]}


@pytest.mark.parametrize(("typed", "found"), FINDS.items())
def test_typing_part_of_a_name_finds_the_pupil(house, page, typed, found):
    house.qtbot.keyClicks(page.filters.search, typed)
    house.settle()
    assert listed(page) == found
    assert foot(page) == f"{len(found)} of 6 pupils"


def test_however_fast_one_types_the_list_changes_once_for_the_newest_question(house, page):
    shown: list[list[str]] = []
    page.table.model().modelReset.connect(lambda: shown.append(listed(page)))
    with record_busy(house):
        house.qtbot.keyClicks(page.filters.search, "kha")
    assert shown == [["Khadija Rahman"]]


def test_esc_empties_the_search_and_down_goes_to_the_list(house, page):
    house.qtbot.keyClicks(page.filters.search, "k")
    house.qtbot.keyClick(page.filters.search, Qt.Key.Key_Down)
    house.settle()
    assert page.table.hasFocus()
    house.qtbot.keyClick(page.filters.search, Qt.Key.Key_Escape)
    house.settle()
    assert len(listed(page)) == 5


def test_a_letter_typed_in_the_list_goes_on_in_the_search(house, page):
    page.table.setFocus()
    house.enter("q")
    house.settle()
    assert page.filters.search.text() == "q"
    assert listed(page) == ["Harvey Quill"]


def test_the_chips_ask_for_a_status(house, page):
    house.click("Status: SEN support")
    assert listed(page) == ["Harvey Quill"]
    house.click("Status: No SEN")
    assert listed(page) == ["Harvey Quill", "Lottie Swain"]


@pytest.mark.parametrize(
    ("choice", "value", "found"),
    [
        ("Year", "4", ["Ava Brennan", "Kian Osei"]),
        ("Class", "3W", ["Khadija Rahman"]),
        ("Review", "overdue", ["Kian Osei"]),
        ("Review", "two_weeks", ["Kian Osei"]),
        ("Review", "six_weeks", ["Ava Brennan", "Kian Osei"]),
    ],
)
def test_filters_by_year_class_and_review(house, page, choice, value, found):
    house.click("Show filters, 0 set")
    chosen = next(each for each in (page.filters.year, page.filters.group, page.filters.due) if each.accessibleName() == choice)
    chosen.choose(value)
    house.settle()
    assert listed(page) == found


def test_filters_by_need(house, page):
    house.click("Show filters, 0 set")
    assert [page.filters.need.itemText(number) for number in range(page.filters.need.count())] == [
        "Any need",
        "Speech, language and communication needs",
    ]
    page.filters.need.choose("SLCN")
    house.settle()
    assert len(listed(page)) == 5


def test_what_was_asked_for_is_still_there_on_return(house, page):
    house.click("Status: SEN support")
    house.qtbot.keyClicks(page.filters.search, "h")
    house.settle()
    house.open("observations")
    house.open("pupils")
    assert page.filters.search.text() == "h"
    assert listed(page) == ["Harvey Quill"]


def test_a_click_on_a_heading_sorts_and_a_second_turns_it_round(house, page):
    header = page.table.horizontalHeader()
    for expected in (["2", "3", "4", "4", "6"], ["6", "4", "4", "3", "2"]):
        place = QPoint(header.sectionViewportPosition(1) + 20, header.height() // 2)
        house.qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
        house.settle()
        assert [page.table.model().index(number, 1).data().split()[1] for number in range(5)] == expected


def test_beside_the_list_stands_what_works_where_the_plan_is_and_what_comes_next(house, page):
    ava = next(key for key in _keys(page) if "Ava" in _name(page, key))
    page.table.choose(ava)
    house.settle()
    assert house.sees("Coloured overlay, word mat, first go with a partner.", page.details)
    assert house.sees("Cycle 1 of the plan, since 8 September 2026. No outcomes yet.", page.details)
    assert house.sees("Review on Tuesday 15 December 2026. The views of Ava and of the parents are still to record.", page.details)
    assert house.sees("Due in 15 school days", page.details)


def test_a_review_that_is_late_says_so_in_words(house, page):
    house.qtbot.keyClicks(page.filters.search, "kian")
    house.settle()
    assert house.sees("2 school days late", page.details)


def _keys(page: RegisterPage) -> list[str]:
    return [page.table._rows.row_at(number).key for number in range(page.table.model().rowCount())]


def _name(page: RegisterPage, key: str) -> str:
    return page.table._rows.row_at(page.table._rows.number_of(key)).cells[0].text


def test_enter_opens_the_pupils_page(house, page):
    house.qtbot.keyClicks(page.filters.search, "kian")
    house.settle()
    house.qtbot.keyClick(page.filters.search, Qt.Key.Key_Return)
    house.settle()
    place = house.shell.place()
    assert place is not None
    assert place.page == "pupil"
    assert house.shell.current_page().title == "Kian Osei"


def test_a_note_about_the_pupil_begins_with_the_pupil(house, page):
    house.qtbot.keyClicks(page.filters.search, "ava")
    house.settle()
    house.click("Note about Ava")
    assert house.has_button("Remove Ava Brennan")


def test_no_match_offers_to_clear_the_filters(house, page):
    house.qtbot.keyClicks(page.filters.search, "zzz")
    house.settle()
    assert house.sees("No pupils match.", page)
    assert foot(page) == "0 of 6 pupils"
    house.click("Clear filters")
    assert len(listed(page)) == 6


def test_an_empty_record_offers_the_import(open_house):
    house = open_house()
    page = house.open("pupils")
    assert house.sees("No pupils yet. Import them from your MIS, or add one.", page)
    house.qtbot.mouseClick(page.empty.button, Qt.MouseButton.LeftButton)
    house.settle()
    assert house.shell.place().page == "import"


def test_a_record_without_sen_says_so_instead_of_no_match(open_house):
    house = open_house(lambda place: add_pupil_without_sen(place, "Swain", "Lottie"))
    page = house.open("pupils")
    assert house.sees("No pupil has SEN support or an EHC plan yet.", page)


def test_a_pupil_is_added_by_keyboard_alone(house, page):
    page.filters.search.setFocus()
    house.shortcut("Ctrl+Shift+A")
    house.enter("Imogen")
    house.press(Qt.Key.Key_Tab)
    house.enter("Hartley")
    house.press(Qt.Key.Key_Tab)
    house.enter("27 3 2017")
    house.shortcut("Ctrl+Return")
    assert house.shell.current_page().title == "Imogen Hartley"
    assert "born 27 March 2017" in house.shell.current_page().note
    house.open("pupils")
    assert "Imogen Hartley" in listed(page)


def test_a_pupil_without_a_surname_is_refused_and_what_was_typed_stays(house, page):
    house.click("Add a pupil")
    house.enter("Imogen")
    house.shortcut("Ctrl+Return")
    assert house.sees("Enter a surname and a forename.")
    assert house.named(QLineEdit, "Forename").text() == "Imogen"


def test_what_changes_elsewhere_is_shown(house, page):
    lottie = house.record(lambda place: pupils.find_pupils(place.session.record, "lottie"))[0].id
    house.room.do(house.shell, lambda place: pupils.set_status(place.session, lottie, "K", date(2026, 11, 24)))
    house.settle()
    assert "Lottie Swain" in listed(page)
    assert foot(page) == "6 of 6 pupils"


def test_a_long_register_is_fetched_as_one_scrolls(open_house):
    def many(place: Workplace) -> None:
        edits = []
        for number in range(2 * PAGE + 30):
            pupil = Pupil(place.session.ids.new(), f"Surname{number:04d}", "Sam", year="5")
            edits += [New(pupil), New(SenStatus(place.session.ids.new(), pupil.id, "K", date(2026, 9, 1)))]
        place.session.record.save(edits, action="import", actor=place.session.actor)

    house = open_house(many)
    page = house.open("pupils")
    assert page.table.count() == FIRST + PAGE  # the rest of the page came once the first rows were there
    for _ in range(3):
        page.table.scrollToBottom()
        house.settle()
    assert page.table.count() == 2 * PAGE + 30
    assert foot(page) == f"{2 * PAGE + 30} of {2 * PAGE + 30} pupils"


def test_at_twice_the_text_size_nothing_is_cut_and_the_details_open_over_the_list(house, page):
    theme().use(text_size=2.0)
    house.shell.resize(1366, 768)
    house.settle()
    assert not page.details.isVisible()
    page.table.setFocus()
    house.press(Qt.Key.Key_Space)
    assert page.details.isVisible()
    assert not page.table.isVisible()
    house.click("Close details")
    assert page.table.hasFocus()


def test_a_name_without_sen_is_not_said_to_be_nobody(house, page):
    page.filters.search.setText("lottie")
    page.filters.search.searched.emit("lottie")
    house.settle()
    assert page.no_match.isVisible()
    assert "one pupil without SEN" in page.no_match._words.text()
    assert page.no_match.button is not None
    page.no_match.button.click()
    house.settle()
    assert listed(page) == ["Lottie Swain"]
    assert page.filters.search.text() == "lottie"


def test_a_long_name_is_read_whole_beside_the_list(house, page):
    long = ("Wolstenholme-Featherstonehaugh", "Maximiliana Alexandrina")
    house.record(lambda place: add_pupil(place, *long))
    page.filters.search.setText("maximiliana")
    page.filters.search.searched.emit("maximiliana")
    house.settle()
    name = page.details._name
    assert "Featherstonehaugh" in name.text()
    assert name.height() >= 2 * name.fontMetrics().height()
    assert name.width() <= page.details.width()
