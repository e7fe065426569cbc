"""All observations of all pupils."""

from datetime import date

import pytest
from PySide6.QtCore import Qt

from sencoapp.app import Workplace
from sencoapp.services import observations
from tests.places import add_pupil
from ui.pages.observations import PAGE, ObservationsPage

NOTES = (
    ("Ava", "strength", "Read 62 words a minute, her best yet.", date(2026, 11, 12)),
    ("Kian", "concern", "Left the hall when the music began. Zoë's café story helped.", date(2026, 11, 16)),
    ("Ava", "support", "Used the phonics mat without a prompt.", date(2026, 11, 24)),
)


def fill(place: Workplace) -> None:
    found = {"Ava": add_pupil(place, "Brennan", "Ava").id, "Kian": add_pupil(place, "Osei", "Kian").id}
    for name, kind, text, day in NOTES:
        observations.record_observation(place.session, pupils=[found[name]], text=text, kind=kind, happened_on=day, area="cl")


@pytest.fixture
def house(open_house):
    return open_house(fill)


@pytest.fixture
def page(house) -> ObservationsPage:
    shown = house.open("observations")
    assert isinstance(shown, ObservationsPage)
    return shown


def listed(page: ObservationsPage) -> list[tuple[str, str]]:
    rows = [page.table._rows.row_at(number) for number in range(page.table.model().rowCount())]
    return [(row.cells[0].text, row.cells[1].text) for row in rows]


def test_the_newest_stand_first(page):
    assert listed(page) == [("Today", "Ava Brennan"), ("16 November", "Kian Osei"), ("12 November", "Ava Brennan")]
    assert page.count.text() == "3 observations"


@pytest.mark.parametrize(("typed", "count"), {"phon": 1, "cafe": 1, "zoes": 1, "the": 2, "words minute": 1, "xyz": 0}.items())
def test_typing_finds_them_by_the_beginnings_of_their_words(house, page, typed, count):
    house.qtbot.keyClicks(page.search_field, typed)
    house.settle()
    assert len(listed(page)) == count


def test_the_chosen_one_is_read_in_full(house, page):
    assert house.sees("Used the phonics mat without a prompt.", page.reader)
    assert house.sees("Support given", page.reader)
    assert house.sees("Tuesday 24 November 2026 · Mrs Ruth Adeyemi · written at 10:00", page.reader)
    page.table.setFocus()
    house.press(Qt.Key.Key_Down)
    assert house.sees("Left the hall when the music began. Zoë's café story helped.", page.reader)
    assert house.sees("written on Tuesday 24 November 2026 at 10:00", page.reader)


def test_enter_opens_it_in_the_pupils_timeline(house, page):
    page.table.setFocus()
    house.press(Qt.Key.Key_Return)
    pupil = house.shell.current_page()
    assert pupil.title == "Ava Brennan"
    assert pupil.tabs.value() == "timeline"
    assert house.sees("Used the phonics mat without a prompt.", pupil.tab("timeline").details)


def test_no_match_offers_to_clear_the_search(house, page):
    house.qtbot.keyClicks(page.search_field, "xyz")
    house.settle()
    assert house.sees("No observations match.", page)
    house.click("Clear the search")
    assert len(listed(page)) == 3


def test_an_empty_record_offers_to_write_the_first(open_house):
    house = open_house()
    house.open("observations")
    house.click("Write the first observation")
    assert house.has_button("Save and next")


def test_a_note_is_removed_and_brought_back(house, page):
    house.click("Remove this note")
    assert len(listed(page)) == 2
    house.undo()
    assert len(listed(page)) == 3


def test_more_come_as_one_scrolls(open_house):
    def many(place: Workplace) -> None:
        pupil = add_pupil(place, "Brennan", "Ava").id
        for number in range(PAGE + 20):
            observations.record_observation(place.session, pupils=[pupil], text=f"Note {number}")

    house = open_house(many)
    page = house.open("observations")
    assert page.count.text() == f"The newest {PAGE} observations"
    page.table.scrollToBottom()
    house.settle()
    assert len(listed(page)) == PAGE + 20
    assert page.count.text() == f"{PAGE + 20} observations"
