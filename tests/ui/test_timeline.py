"""A pupil's timeline: one line, newest first, by half term."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from sencoapp import reference
from sencoapp.app import Workplace
from sencoapp.domain.plan import EvidenceLink, Observation
from sencoapp.domain.record import New
from sencoapp.services import observations, plans, professionals
from tests.places import add_pupil
from ui.pages.entry_details import _TABS
from ui.pages.pupil_timeline import PAGE, TimelineTab
from ui.widgets import GroupRow

KINDS = ("strength", "concern", "progress", "support")


class Ids:
    pupil = ""
    cycle = ""
    advice = ""


def fill(place: Workplace) -> None:
    pupil = add_pupil(place, "Brennan", "Ava")
    Ids.pupil = pupil.id
    cycle, _ = plans.start_cycle(place.session, pupil.id, starts_on=date(2026, 9, 8), review_due_on=date(2026, 12, 3))
    Ids.cycle = cycle.id
    for day, kind, text in (
        (date(2026, 11, 24), "support", "Read 62 words a minute with the overlay."),
        (date(2026, 11, 16), "concern", "Left the room when the spelling test was handed out."),
        (date(2026, 10, 12), "progress", "Chose the page herself."),
    ):
        observations.record_observation(place.session, pupils=[pupil.id], text=text, kind=kind, happened_on=day, area="cl")
    plans.record_view(place.session, pupil.id, "pupil", text="I like the blue sheet.", given_on=date(2026, 10, 12), method="Spoken")


def long_record(count: int):
    def write(place: Workplace) -> None:
        pupil = add_pupil(place, "Brennan", "Ava")
        Ids.pupil = pupil.id
        session = place.session
        notes = [
            Observation(
                session.ids.new(),
                pupil.id,
                f"Note {number}. " + "It went on for a while. " * (number % 9),
                KINDS[number % 4],
                date(2026, 11, 24) - timedelta(days=number // 3),
                session.clock.now(),
                session.actor.id,
                session.actor.name,
            )
            for number in range(count)
        ]
        session.record.save([New(each) for each in notes], action="observe", actor=session.actor)

    return write


@pytest.fixture
def house(open_house):
    return open_house(fill)


def timeline(house, **where) -> TimelineTab:
    page = house.open("pupil", pupil=Ids.pupil, tab="timeline", **where)
    tab = page.tab("timeline")
    assert isinstance(tab, TimelineTab)
    return tab


def shown(tab: TimelineTab) -> list[str]:
    """The line from top to bottom: headings of half terms, and what each entry is called."""
    rows = [tab.list._rows.row_at(number) for number in range(tab.list.model().rowCount())]
    return [f"# {each.words}" if isinstance(each, GroupRow) else each.cells[1].text for each in rows]


def test_everything_with_a_date_newest_first_by_half_term(house):
    assert shown(timeline(house)) == [
        "# Autumn term 2026, second half",
        "Support given",
        "Concern",
        "# Autumn term 2026, first half",
        "Pupil's view",
        "Progress",
        "Plan, cycle 1, began",
        "# September 2025",
        "Need: Speech, language and communication needs",
        "Status: K · SEN support",
    ]


def test_the_chips_say_how_many_and_show_only_theirs(house):
    tab = timeline(house)
    assert house.has_button("Show: All · 7")
    house.click("Show: Observations · 3")
    assert [each for each in shown(tab) if not each.startswith("#")] == ["Support given", "Concern", "Progress"]
    house.click("Show: Views · 1")
    assert shown(tab) == ["# Autumn term 2026, first half", "Pupil's view"]


def test_the_chosen_entry_is_read_in_full_beside_the_line(house):
    tab = timeline(house)
    assert house.sees("Read 62 words a minute with the overlay.", tab.details)
    assert house.sees("Tuesday 24 November 2026. Written at 10:00.", tab.details)
    tab.list.setFocus()
    house.press(Qt.Key.Key_Down)
    assert house.sees("Left the room when the spelling test was handed out.", tab.details)
    assert house.sees("Monday 16 November 2026. Written on Tuesday 24 November 2026 at 10:00.", tab.details)


def test_an_entry_becomes_evidence_of_the_open_plan_and_no_longer(house):
    tab = timeline(house)
    house.click("Use as evidence")
    (link,) = house.record(lambda place: place.session.record.find(EvidenceLink))
    assert (link.cycle, link.source_kind) == (Ids.cycle, "observation")
    assert house.sees("Evidence in cycle 1 of the plan", tab.details)
    assert not house.has_button("Use as evidence")
    house.undo()
    assert house.record(lambda place: place.session.record.find(EvidenceLink)) == []
    assert house.has_button("Use as evidence")


def test_a_note_after_this_one_begins_with_the_pupil(house):
    timeline(house)
    house.click("Note after this one")
    assert house.has_button("Remove Ava Brennan")


def test_a_note_that_is_saved_appears_at_the_top(house):
    tab = timeline(house)
    house.shortcut("Ctrl+N")
    house.enter("Asked for help in a whole sentence.")
    house.shortcut("Ctrl+Return")
    assert "Asked for help in a whole sentence." in [tab.list._rows.row_at(number).cells[1].sub for number in (1, 2)]


def test_a_removed_note_can_be_brought_back(house):
    tab = timeline(house)
    house.click("Remove this note")
    assert "Support given" not in shown(tab)
    house.undo()
    assert "Support given" in shown(tab)


def test_enter_on_a_plan_opens_it(house):
    tab = timeline(house)
    tab.list.choose(f"cycle:{Ids.cycle}")
    tab.list.setFocus()
    house.press(Qt.Key.Key_Return)
    assert house.shell.current_page().tabs.value() == "plan"


def advised(place: Workplace) -> None:
    fill(place)
    person = {"name": "Dr Amina Okonjo"}
    involved = professionals.involve_somebody_new(place.session, Ids.pupil, person, {"starts_on": date(2026, 9, 2)})
    involvement = next(each.id for each in involved.touched if each.kind == "involvement")
    saved = professionals.recommend(place.session, involvement, {"text": "Movement breaks", "in_use": "yes"})
    Ids.advice = next(each.id for each in saved.touched if each.kind == "recommendation")


def test_a_recommendation_is_read_in_full_and_leads_to_who_gave_it(open_house):
    house = open_house(advised)
    tab = timeline(house, entry=f"recommendation:{Ids.advice}")
    assert house.sees("Movement breaks", tab.details)
    tab.list.setFocus()
    house.press(Qt.Key.Key_Return)
    page = house.shell.current_page()
    assert page.tabs.value() == "contacts"
    assert page.tab("contacts").part.value() == "professionals"
    assert house.sees("Dr Amina Okonjo", page)


@pytest.mark.parametrize("tab", sorted(set(_TABS.values())))
def test_the_way_to_each_tab_has_words(tab):
    assert reference.say(f"pupil.go_{tab}")


def test_one_entry_can_be_gone_to(house):
    tab = timeline(house, entry=f"cycle:{Ids.cycle}")
    assert tab.list.current_key() == f"cycle:{Ids.cycle}"


def test_a_pupil_without_entries_has_one_button(open_house):
    from sencoapp.domain.people import Pupil

    def bare(place: Workplace) -> None:
        pupil = Pupil(place.session.ids.new(), "Swain", "Lottie")
        Ids.pupil = pupil.id
        place.session.record.save([New(pupil)], action="import", actor=place.session.actor)

    house = open_house(bare)
    timeline(house)
    assert house.sees("Nothing has been written about this pupil yet.")
    house.click("Write the first observation")
    assert house.has_button("Remove Lottie Swain")


def test_the_newest_fifty_come_first_and_more_as_one_scrolls(open_house):
    house = open_house(long_record(3 * PAGE))
    tab = timeline(house)
    assert tab.list.count() == PAGE
    tab.list.scrollToBottom()
    house.settle()
    assert tab.list.count() == 2 * PAGE
    texts = [tab.list._rows.row_at(number) for number in range(tab.list.model().rowCount())]
    keys = [each.key for each in texts if each.key]
    assert len(set(keys)) == len(keys)


def test_thousands_of_entries_need_no_widget_each(open_house):
    house = open_house(long_record(2_000))
    tab = timeline(house)
    before = len(tab.findChildren(QWidget))
    while tab.list.count() < 2_000:
        tab.list.scrollToBottom()
        house.settle()
    assert tab.list.count() >= 2_000
    assert len(tab.findChildren(QWidget)) <= before
    heads = [each for each in shown(tab) if each.startswith("#")]
    assert len(set(heads)) == len(heads)


def test_rows_are_as_tall_as_their_words_at_every_text_size(open_house):
    from ui.theme import theme

    house = open_house(long_record(PAGE))
    tab = timeline(house)
    for size in (1.0, 2.0):
        theme().use(text_size=size)
        house.settle()
        heights = {tab.list.rowHeight(number) for number in range(tab.list.model().rowCount())}
        assert len(heights) >= 3
        assert min(heights) >= theme().px(36)


def test_a_search_an_area_and_a_person_narrow_the_line_and_everything_comes_back(house):
    tab = timeline(house)
    tab.filters.search.setText("spell")
    house.qtbot.waitUntil(lambda: not tab.filters._pause.isActive())
    house.settle()
    assert [each for each in shown(tab) if not each.startswith("#")] == ["Concern"]
    tab.filters.search.setText("")
    house.qtbot.waitUntil(lambda: not tab.filters._pause.isActive())
    house.settle()
    tab.filters.area.choose("ci")
    house.settle()
    assert [each for each in shown(tab) if not each.startswith("#")] == ["Need: Speech, language and communication needs"]
    tab.filters.area.choose("semh")
    house.settle()
    assert house.sees("Nothing in this timeline fits.")
    house.click("Show everything")
    assert tab.list.count() == 7
    tab.filters.who.choose("Mrs Ruth Adeyemi")
    house.settle()
    assert tab.list.count() == 3


def test_the_timeline_is_printed_and_exported_as_it_is_filtered(house, tmp_path):
    from tests.documents.reading import page_texts

    tab = timeline(house)
    house.click("Show: Observations · 3")
    path = tmp_path / "ava.pdf"
    tab.paper.ask_where = lambda *args: args[-1](path)
    house.shortcut("Ctrl+P")
    words = " ".join(page_texts(path.read_bytes()))
    assert "Chronology of Ava Brennan" in words
    assert words.index("Chose the page herself.") < words.index("Left the room") < words.index("Read 62 words")
    assert "blue sheet" not in words
    body = tab.paper.export.open()
    body.kind.choose("csv")
    body.ask_where = lambda *args: args[-1](tmp_path / "ava.csv")
    body.submit()
    house.settle()
    rows = (tmp_path / "ava.csv").read_text("utf-8-sig").splitlines()
    assert len(rows) == 4
    assert rows[1].startswith("24/11/2026,Support given,")
    house.settle()
    house.click("Show: All · 9")
    assert "Given out: Chronology of Ava Brennan" in shown(tab)


def test_a_refresh_keeps_ones_place_far_down(open_house):
    house = open_house(long_record(6 * PAGE))
    tab = timeline(house)
    while tab.list.count() < 5 * PAGE:
        tab.list.scrollToBottom()
        house.settle()
    place = tab.list.verticalScrollBar().value()
    house.record(lambda place: observations.record_observation(place.session, pupils=[Ids.pupil], text="One more."))
    tab._ask()
    house.settle()
    assert abs(tab.list.verticalScrollBar().value() - place) < tab.list.viewport().height()
