"""A pupil's page: the heading, the tabs, and the pupil at a glance."""

from datetime import date

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget

from sencoapp import reference
from sencoapp.app import Workplace
from sencoapp.domain.people import Pupil, SenNeed, SenStatus
from sencoapp.services import plans, pupils
from tests.places import add_pupil
from tests.services.test_background import camera
from ui.pages import pupil_documents
from ui.pages.pupil import PupilPage, tabs_for
from ui.pages.pupil_facts import known_facts
from ui.pages.pupil_flags import flags_of
from ui.pages.pupil_overview import OverviewTab
from ui.theme import theme
from ui.widgets import Chip


class Folder:
    """The ids that a test needs."""

    kian = ""
    ava = ""


def fill(place: Workplace) -> None:
    kian = add_pupil(
        place,
        "Osei-Mensah",
        "Kwabena",
        preferred_forename="Kian",
        preferred_surname="Osei",
        first_language="ENG",
        sessions_possible=380,
        sessions_attended=350,
        sessions_authorised=24,
        sessions_unauthorised=6,
        attendance_year="2025",
        what_works="Now and next board.",
    )
    Folder.kian = kian.id
    Folder.ava = add_pupil(place, "Brennan", "Ava").id
    plans.start_cycle(place.session, kian.id, starts_on=date(2026, 9, 1), review_due_on=date(2026, 12, 3))


@pytest.fixture
def house(open_house):
    return open_house(fill)


@pytest.fixture
def page(house) -> PupilPage:
    house.open("pupils")
    shown = house.open("pupil", pupil=Folder.kian)
    assert isinstance(shown, PupilPage)
    return shown


@pytest.fixture
def overview(page) -> OverviewTab:
    tab = page.tab("overview")
    assert isinstance(tab, OverviewTab)
    return tab


def kian(house) -> Pupil:
    found = house.record(lambda place: place.session.record.get(Pupil, Folder.kian))
    assert found is not None
    return found


def test_the_heading_says_who_it_is(page):
    assert page.title == "Kian Osei"
    assert page.note == "Year 4 · 4M · born 3 February 2018 · next review 3 December 2026 · legal name Kwabena Osei-Mensah"
    assert [each.accessibleName() for each in page.beside_title()] == ["K · SEN support", "Communication and interaction"]


def test_a_screen_reader_hears_whose_page_it_is_with_the_first_tab(page):
    assert page.tabs.accessibleName() == "Kian Osei, parts of the page"


def test_back_goes_to_where_one_came_from(house, page):
    house.click("Back")
    assert house.shell.place().page == "pupils"


def test_alt_and_a_number_go_to_a_tab(house, page):
    for number, tab in enumerate(tabs_for(page.room.actor), start=1):
        house.shortcut(f"Alt+{number}")
        assert page.tabs.value() == tab


def test_going_through_all_tabs_never_shows_a_window_of_its_own(house, page):
    """A widget that is shown before it has a place flashes up as a window and takes the focus away."""

    class Watch(QObject):
        seen: list[str] = []

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
                self.seen.append(type(watched).__name__)
            return False

    watch = Watch()
    application = QApplication.instance()
    application.installEventFilter(watch)
    try:
        for tab in tabs_for(page.room.actor):
            page.go_to_tab(tab)
            house.settle()
    finally:
        application.removeEventFilter(watch)
    assert watch.seen == []


def test_a_pupil_who_is_not_there_gets_one_sentence_and_a_way_on(house, page):
    house.open("pupil", pupil="0" * 32)
    assert house.sees("This is no longer in the record. Go back to the list and look again.")
    house.click("Go to the list of pupils")
    assert house.shell.place().page == "pupils"


# ---- what is written in place --------------------------------------------------------------------------------------


def test_what_is_written_is_saved_when_the_writer_goes_on(house, overview):
    area = overview.texts["strengths"].area
    area.setFocus()
    house.enter("Maps, trains, knows every bus route.")
    house.press(Qt.Key.Key_Tab)
    assert kian(house).strengths == "Maps, trains, knows every bus route."
    assert overview.texts["strengths"].state.words() == "Saved on this computer 10:00"
    assert kian(house).what_works == "Now and next board."


def test_only_what_was_changed_is_written(house, overview):
    area = overview.texts["what_works"].area
    area.setFocus()
    house.enter("Quiet corner. ")
    house.press(Qt.Key.Key_Tab)
    (last,) = house.record(lambda place: place.session.record.history(Pupil, Folder.kian))[-1:]
    assert [write[2] for write in last.writes] == ["what_works"]


def test_a_draft_is_kept_while_one_writes_and_is_there_on_the_next_day(house, overview):
    text = overview.texts["communication"]
    text.area.setFocus()
    house.enter("Two-word phrases and Makaton signs.")
    house.qtbot.waitUntil(lambda: "Draft saved" in text.state.words(), timeout=5_000)
    assert kian(house).communication is None
    kept = house.record(lambda place: place.session.record.draft(f"pupil.{Folder.kian}.communication"))
    assert kept == {"text": "Two-word phrases and Makaton signs."}


def test_what_is_being_written_survives_a_save_of_something_else(house, overview):
    area = overview.texts["strengths"].area
    area.setFocus()
    house.enter("Half a sent")
    house.room.do(house.shell, lambda place: pupils.set_status(place.session, Folder.kian, "E", date(2026, 11, 24)))
    house.settle()
    assert area.words() == "Half a sent"


def test_going_to_another_pupil_saves_the_text_with_the_one_it_was_written_for(house, page, overview):
    overview.texts["strengths"].area.setFocus()
    house.enter("Kind to the little ones.")
    house.open("pupil", pupil=Folder.ava)
    ava = house.record(lambda place: place.session.record.get(Pupil, Folder.ava))
    assert kian(house).strengths == "Kind to the little ones."
    assert ava.strengths is None
    assert overview.texts["strengths"].words() == ""


# ---- status and needs ----------------------------------------------------------------------------------------------


def statuses(house) -> list[SenStatus]:
    return list(house.record(lambda place: pupils.statuses_of(place.session.record, Folder.kian)))


def test_a_further_status_keeps_the_earlier_one_with_its_days(house, page):
    house.click("Change status")
    house.click("New status: EHC plan")
    house.write("Why (optional)", "Plan issued by the county.")
    house.write("Parents told on (optional)", "yesterday")
    house.shortcut("Ctrl+Return")
    first, second = statuses(house)
    assert (first.code, first.starts_on) == ("K", date(2025, 9, 3))
    assert (second.code, second.starts_on, second.parents_told_on) == ("E", date(2026, 11, 24), date(2026, 11, 23))
    assert page.beside_title()[0].accessibleName() == "E · EHC plan"
    assert house.sees("Plan issued by the county.")
    assert house.sees("Parents told on 23 November 2026")


def test_a_status_entered_by_mistake_can_be_undone(house, page):
    house.click("Change status")
    house.click("New status: No SEN")
    house.shortcut("Ctrl+Return")
    house.undo()
    assert [each.code for each in statuses(house)] == ["K"]
    assert page.beside_title()[0].accessibleName() == "K · SEN support"


def test_the_same_status_again_is_refused_in_words(house, page):
    house.click("Change status")
    house.click("New status: SEN support")
    house.shortcut("Ctrl+Return")
    assert house.sees("There is a problem")
    assert house.has_button("The status is already SEN support. Choose another one.")
    assert len(statuses(house)) == 1


def test_a_need_is_added_with_its_rank_and_shown_with_its_area(house, page, overview):
    house.click("Add a need")
    house.named(QWidget, "Need").choose("SEMH")
    house.write("What it means for this pupil (optional)", "Leaves the room when it is loud.")
    house.shortcut("Ctrl+Return")
    assert house.sees("Social, emotional and mental health", overview.needs)
    assert house.sees("Need 2 · since 24 November 2026", overview.needs)
    assert house.sees("Leaves the room when it is loud.", overview.needs)
    house.undo()
    assert not house.sees("Social, emotional and mental health", overview.needs)


def test_a_need_is_ended_and_taken_up_again(house, page, overview):
    house.click("End: Speech, language and communication needs")
    assert house.sees("Primary need · since 3 September 2025 · until 24 November 2026", overview.needs)
    (need,) = house.record(lambda place: place.session.record.find(SenNeed, pupil=Folder.kian))
    assert need.ends_on == date(2026, 11, 24)
    house.undo()
    assert house.has_button("End: Speech, language and communication needs")


def test_the_day_of_a_status_is_corrected_and_a_step_is_back_dated(house, page, overview):
    house.click("Change: Since 3 September 2025")
    house.write("From", "8 9 2025")
    house.write("Why (optional)", "Agreed with the parents in the first week.")
    house.shortcut("Ctrl+Return")
    assert [(each.starts_on, each.reason) for each in statuses(house)] == [(date(2025, 9, 8), "Agreed with the parents in the first week.")]
    house.undo()
    assert statuses(house)[0].starts_on == date(2025, 9, 3)
    house.click("Change status")
    house.click("New status: No SEN")
    house.write("From", "4 9 2024")
    house.shortcut("Ctrl+Return")
    assert house.sees("4 September 2024 to 3 September 2025", overview.status)
    assert page.beside_title()[0].accessibleName() == "K · SEN support"


def test_a_status_half_entered_is_there_again(house, page):
    house.click("Change status")
    house.write("Why (optional)", "The plan was iss")
    house.press(Qt.Key.Key_Escape)
    house.click("Change status")
    assert house.sees("Draft restored")
    assert house.named(QWidget, "Why (optional)").words() == "The plan was iss"
    house.click("Discard")
    house.click("Change status")
    assert house.named(QWidget, "Why (optional)").words() == ""


def test_a_need_is_corrected_and_one_entered_by_mistake_is_hidden(house, page, overview):
    house.click("Change: Speech, language and communication needs")
    house.named(QWidget, "Need").choose("ASD")
    house.shortcut("Ctrl+Return")
    assert house.sees("Autistic spectrum disorder", overview.needs)
    house.click("Change: Autistic spectrum disorder")
    house.click("Entered by mistake")
    assert house.sees("No needs have been recorded.", overview.needs)
    house.undo()
    assert house.sees("Autistic spectrum disorder", overview.needs)


def test_the_census_warns_with_its_number_and_blocks_nothing(house, page, overview):
    assert not house.sees("Census check", overview.needs)
    for code in ("SEMH", "HI"):
        house.room.do(house.shell, lambda place, code=code: pupils.add_need(place.session, Folder.kian, code))
        house.settle()
    assert house.sees("Census check 2166. The census takes two needs at most", overview.needs)
    assert len(house.record(lambda place: place.session.record.find(SenNeed, pupil=Folder.kian))) == 3


# ---- about: flags and photo ----------------------------------------------------------------------------------------


def test_flags_are_words_with_an_icon(house, page, overview):
    assert house.sees("No flags have been set.", overview.flags)
    overview.flags.change.click()
    house.settle()
    house.click("Is looked after: Yes")
    house.click("Is a young carer: Yes")
    house.click("How the pupil communicates: Signs")
    house.write("Council that looks after the pupil (optional)", "855")
    house.write("What staff need to know (optional)", "Nut allergy.")
    house.shortcut("Ctrl+Return")
    for words in ("Looked after, Leicestershire", "Young carer", "Medical needs", "Nut allergy.", "Communicates with: Signs"):
        assert house.sees(words, overview.flags), words
    found = kian(house)
    assert (found.looked_after, found.young_carer, found.medical_note, found.free_school_meals) == (True, True, "Nut allergy.", None)


def test_every_flag_has_its_own_words_and_an_icon_that_is_there():
    every = Pupil(
        "1", "B", "A", medical_flag=True, free_school_meals=True, ever_6_fsm=True, looked_after=True, previously_looked_after=True,
        young_carer=True, eal=True, service_child="Y", disabilities=("HEAR",),
    )  # fmt: skip
    found = list(flags_of(every))
    assert len({words for _, words in found}) == len(found) == 9
    assert all(reference.path_of("look", "icons", f"{icon}.svg").exists() for icon, _ in found)
    assert list(flags_of(Pupil("1", "B", "A", looked_after=False, service_child="N", disabilities=("NONE",)))) == []


def test_a_photo_is_kept_replaced_and_taken_back(house, page, overview, tmp_path):
    (tmp_path / "me.jpg").write_bytes(camera(600, 600))
    overview.flags.take_photo(tmp_path / "me.jpg")
    house.settle()
    assert overview.flags.picture.has_picture()
    house.undo()
    assert not overview.flags.picture.has_picture()
    overview.flags.keep_photo("words.jpg", b"no picture")
    house.settle()
    assert house.sees("not a JPEG or a PNG", overview.flags)


def test_the_keyboard_stays_with_the_photo_when_it_is_removed(house, page, overview, tmp_path):
    house.shell.activateWindow()
    house.qtbot.waitUntil(house.shell.isActiveWindow)
    (tmp_path / "me.jpg").write_bytes(camera(600, 600))
    overview.flags.take_photo(tmp_path / "me.jpg")
    house.settle()
    overview.flags.remove_photo.setFocus()
    house.press(Qt.Key.Key_Space)
    house.settle()
    assert not overview.flags.picture.has_picture()
    assert overview.flags.add_photo.hasFocus()


# ---- key facts -----------------------------------------------------------------------------------------------------


def test_attendance_is_said_as_a_share_and_as_counts(house, overview):
    assert house.sees("92.1 %, 350 of 380 sessions", overview.facts)
    assert house.sees("24 missed with leave · 6 without · 2025 to 2026", overview.facts)
    assert house.sees("English", overview.facts)


def test_only_what_is_known_is_shown():
    pupil = Pupil("1", "Brennan", "Ava")
    assert list(known_facts(pupil, date(2026, 11, 24))) == []
    born = Pupil("1", "Brennan", "Ava", birth_date=date(2018, 5, 19), first_language="POL")
    assert list(known_facts(born, date(2026, 11, 24))) == [("born", "19 May 2018", "8 years 6 months"), ("language", "Polish", "")]


def test_a_tab_that_could_not_be_read_says_so_and_is_asked_for_anew(house, monkeypatch):
    crashes: list[BaseException] = []
    house.desk._crash = crashes.append
    real = pupil_documents._documents
    monkeypatch.setattr(pupil_documents, "_documents", lambda *_: 1 / 0)
    page = house.open("pupil", pupil=Folder.ava, tab="documents")
    assert [type(each) for each in crashes] == [ZeroDivisionError]
    assert house.sees("Some of this page could not be read.", page)
    monkeypatch.setattr(pupil_documents, "_documents", real)
    page.go_to_tab("overview")
    house.settle()
    assert not house.sees("Some of this page could not be read.", page)
    page.go_to_tab("documents")
    house.settle()
    assert page.tab("documents").empty.isVisible() or page.tab("documents").table.isVisible()


def test_trying_again_reads_the_tab_once_more(house, monkeypatch):
    house.desk._crash = lambda _: None
    real = pupil_documents._documents
    monkeypatch.setattr(pupil_documents, "_documents", lambda *_: 1 / 0)
    page = house.open("pupil", pupil=Folder.ava, tab="documents")
    monkeypatch.setattr(pupil_documents, "_documents", real)
    house.click("Try again")
    assert page.tab("documents").empty.isVisible() or page.tab("documents").table.isVisible()
    assert not house.sees("Some of this page could not be read.", page)


def test_the_sen_status_stands_beside_the_name_at_every_size_of_text(house, page):
    house.shell.resize(1366, 768)
    for size, words in ((1.0, "K · SEN support"), (2.0, "K")):
        theme().use(text_size=size)
        house.settle()
        assert (house.shell.width(), house.shell.height()) == (1366, 768)
        chip = next(each for each in house.shell.header.findChildren(Chip) if each.isVisible())
        assert (chip._words, chip.accessibleName()) == (words, "K · SEN support")


def test_no_tab_is_wider_than_the_window_at_twice_the_text_size(house, page):
    house.shell.resize(1366, 768)
    theme().use(text_size=2.0)
    wide = []
    for tab in tabs_for(page.room.actor):
        house.open("pupil", pupil=Folder.kian, tab=tab)
        house.settle()
        if page.minimumSizeHint().width() > house.shell.width() - house.shell.rail.width():
            wide.append(tab)
    assert wide == []
