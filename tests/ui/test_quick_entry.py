"""A new observation in a few keys (screens.md 1.4, Q1 to Q6)."""

import threading
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from sencoapp.app import Workplace
from sencoapp.domain.plan import Observation
from sencoapp.services import observations, plans
from sencoapp.services.concerns import open_concerns
from sencoapp.services.pupils import find_pupils
from tests.places import PASSPHRASE, TODAY, add_pupil, new_app, new_place
from ui.pages.quick_entry import QuickEntry
from ui.tasks import Lane
from ui.theme import theme

from .killing import type_and_be_killed

WORDS = "Stayed for the whole of assembly today."


def fill(place: Workplace) -> None:
    add_pupil(place, "Osei", "Kian")
    add_pupil(place, "Brennan", "Ava")


@pytest.fixture
def house(open_house):
    opened = open_house(fill)
    opened.open("pupils")
    return opened


def sheet(house) -> QuickEntry:
    return next(each for each in house.shell.findChildren(QuickEntry) if each.isVisible())


def begin(house) -> QuickEntry:
    house.shortcut("Ctrl+N")
    return sheet(house)


def draft_is_kept(house) -> None:
    """Waits until the sheet says that the draft is saved."""
    house.qtbot.waitUntil(lambda: "Draft saved" in sheet(house).state.words(), timeout=5_000)


def notes(house) -> list[Observation]:
    return house.record(lambda place: place.session.record.find(Observation))


def test_q1_five_interactions_make_one_observation_that_can_be_found(house):
    house.shortcut("Ctrl+N")
    house.enter("kia")
    house.settle()
    house.press(Qt.Key.Key_Return)
    house.enter(WORDS)
    house.press(Qt.Key.Key_Return, control=True)
    (written,) = notes(house)
    assert (written.text, written.kind, written.happened_on) == (WORDS, "note", date(2026, 11, 24))
    assert written.author_name == "Mrs Ruth Adeyemi"
    found = house.record(lambda place: place.session.record.find_notes("assembly"))
    assert [each.pupil_name for each in found] == ["Kian Osei"]
    assert house.sees("Observation about Kian Osei saved")
    assert not any(each.isVisible() for each in house.shell.findChildren(QuickEntry))


def test_a_tag_by_alt_and_a_number(house):
    form = begin(house).form
    house.enter("kia")
    house.settle()
    house.press(Qt.Key.Key_Return)
    house.enter(WORDS)
    house.shortcut("Alt+2")
    form.area.choose("semh")
    house.shortcut("Ctrl+Return")
    (written,) = notes(house)
    assert (written.kind, written.area) == ("concern", "semh")


def test_several_pupils_get_one_note_each(house):
    form = begin(house).form
    house.enter("kia")
    house.settle()
    house.press(Qt.Key.Key_Return)
    form.pupil.setFocus()
    house.enter("ava")
    house.settle()
    house.press(Qt.Key.Key_Return)
    form.text.setFocus()
    house.enter(WORDS)
    house.shortcut("Ctrl+Return")
    assert len(notes(house)) == 2
    assert house.sees("Observation about Kian Osei and Ava Brennan saved")


def test_the_newest_observation_can_be_undone(house):
    test_q1_five_interactions_make_one_observation_that_can_be_found(house)
    house.undo()
    assert notes(house) == []


def test_q2_esc_keeps_the_text_and_ctrl_n_brings_it_back(house):
    entry = begin(house)
    entry.form.text.setFocus()
    house.enter(WORDS)
    house.press(Qt.Key.Key_Escape)
    assert not entry.isVisible()
    again = begin(house)
    assert again.form.text.words() == WORDS


def test_q3_a_killed_process_loses_nothing(house, tmp_path):
    """The text is typed in a process of its own, on a real profile, which is killed while the sheet is open."""
    folder = tmp_path / "killed"
    app = new_app()
    place = new_place(folder, app)
    fill(place)
    place.close()
    type_and_be_killed(folder, WORDS)
    place = app.open(folder, PASSPHRASE)
    try:
        kept = observations.draft(place.session)
        assert kept is not None
        assert kept["text"] == WORDS
        assert [each[1] for each in kept["pupils"]] == ["Kian Osei"]
        assert all(each.sound for each in place.session.record.verify())
    finally:
        place.close()


def test_a_draft_from_before_is_offered_again_and_can_be_discarded(open_house):
    def with_draft(place: Workplace) -> None:
        kian = add_pupil(place, "Osei", "Kian")
        kept = {"pupils": [[kian.id, "Kian Osei", ""]], "text": WORDS, "kind": "strength", "area": "ci", "day": "yesterday"}
        observations.keep_draft(place.session, kept)

    house = open_house(with_draft)
    house.open("pupils")
    form = begin(house).form
    assert house.sees("Draft restored")
    assert (form.text.words(), form.kind.value(), form.area.value(), form.when.typed()) == (WORDS, "strength", "ci", "yesterday")
    house.click("Discard")
    assert form.text.words() == ""
    assert form.pupil.chosen() == ()
    assert house.record(lambda place: observations.draft(place.session)) is None


def test_a_draft_is_kept_while_it_is_typed(house):
    begin(house).form.text.setFocus()
    house.enter(WORDS)
    draft_is_kept(house)
    kept = house.record(lambda place: observations.draft(place.session))
    assert kept["text"] == WORDS


def test_saving_lets_the_draft_go(house):
    test_q1_five_interactions_make_one_observation_that_can_be_found(house)
    assert house.record(lambda place: observations.draft(place.session)) is None
    assert begin(house).form.text.words() == ""


def test_q4_without_a_pupil_it_says_so_goes_there_and_keeps_the_note(house):
    entry = begin(house)
    entry.form.text.setFocus()
    house.enter(WORDS)
    house.shortcut("Ctrl+Return")
    assert house.sees("Enter a pupil.", entry)
    assert entry.form.pupil.edit.hasFocus()
    assert entry.form.text.words() == WORDS
    assert notes(house) == []


def test_without_words_it_asks_what_happened(house):
    entry = begin(house)
    house.enter("kia")
    house.settle()
    house.press(Qt.Key.Key_Return)
    house.shortcut("Ctrl+Return")
    assert house.sees("Enter what happened.", entry)
    assert entry.form.text.hasFocus()


def test_q5_an_observation_is_saved_while_the_exchange_with_the_council_runs(house):
    sent = threading.Event()
    began = threading.Event()

    def exchange() -> None:
        began.set()
        assert sent.wait(20)

    house.desk.query(house.shell, exchange, lambda _: None, lane=Lane.ERRANDS)
    assert began.wait(10)
    try:
        entry = begin_while_busy(house)
        QTest.keyClicks(entry.form.pupil.edit, "kia")
        house.qtbot.waitUntil(lambda: entry.form.pupil._list.count() == 1 and entry.form.pupil._popup.isVisible(), timeout=5_000)
        house.qtbot.keyClick(entry.form.pupil.edit, Qt.Key.Key_Return)
        house.qtbot.keyClicks(entry.form.text, WORDS)
        QTest.keySequence(entry.form.text, "Ctrl+Return")
        house.qtbot.waitUntil(lambda: not entry.isVisible(), timeout=5_000)
    finally:
        sent.set()
    house.settle()
    assert [each.text for each in notes(house)] == [WORDS]


def begin_while_busy(house) -> QuickEntry:
    QTest.keySequence(house.focus(), "Ctrl+N")
    entry = sheet(house)
    house.qtbot.waitUntil(entry.form.pupil.edit.hasFocus, timeout=5_000)
    return entry


def test_q6_every_control_is_named_and_tab_reaches_all_of_them(house):
    entry = begin(house)
    stops = [each for each in entry.findChildren(QWidget) if each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.isVisible()]
    assert [each for each in stops if not each.accessibleName()] == []
    reached: set[QWidget] = set()
    while house.focus() not in reached:
        reached.add(house.focus())
        QTest.keyClick(house.focus(), Qt.Key.Key_Tab)
    assert {each for each in stops if each.focusProxy() is None} <= reached


def test_save_and_next_starts_another_of_the_same_kind(house):
    form = begin(house).form
    house.enter("kia")
    house.settle()
    house.press(Qt.Key.Key_Return)
    house.enter(WORDS)
    house.shortcut("Alt+1")
    house.shortcut("Ctrl+Shift+Return")
    assert sheet(house).isVisible()
    assert (form.text.words(), form.pupil.chosen(), form.kind.value()) == ("", (), "strength")
    assert form.pupil.edit.hasFocus()
    assert [each.kind for each in notes(house)] == ["strength"]


def test_another_day_can_be_chosen_and_the_time_of_writing_is_kept(house):
    form = begin(house).form
    house.enter("kia")
    house.settle()
    house.press(Qt.Key.Key_Return)
    house.enter(WORDS)
    house.click("Change the day")
    house.enter("fri")
    house.shortcut("Ctrl+Return")
    (written,) = notes(house)
    assert (written.happened_on, written.noted_at) == (date(2026, 11, 20), TODAY)
    assert form.when.typed() == ""


def test_a_day_that_is_none_is_refused_at_its_field(house):
    entry = begin(house)
    house.enter("kia")
    house.settle()
    house.press(Qt.Key.Key_Return)
    house.enter(WORDS)
    house.click("Change the day")
    house.enter("31 2 2026")
    house.shortcut("Ctrl+Return")
    assert house.sees("The day must be a real date", entry)
    assert notes(house) == []


def test_on_a_pupils_page_it_begins_with_that_pupil_and_in_the_note(house):
    house.open("pupil", pupil=_id_of(house, "kian"))
    form = begin(house).form
    assert [each.name for each in form.pupil.chosen()] == ["Kian Osei"]
    assert form.text.hasFocus()


def _id_of(house, text: str) -> str:
    return house.record(lambda place: find_pupils(place.session.record, text))[0].id


def test_what_is_being_written_is_not_replaced_by_another_page(house):
    form = begin(house).form
    form.text.setFocus()
    house.enter(WORDS)
    house.room.ways.new_observation(_id_of(house, "ava"))
    house.settle()
    assert form.text.words() == WORDS
    assert form.pupil.chosen() == ()


def test_at_twice_the_text_size_everything_is_reachable(house):
    theme().use(text_size=2.0)
    house.shell.resize(1366, 768)
    entry = begin(house)
    house.settle()
    assert entry.geometry().bottom() <= entry.parentWidget().height()
    three_lines = 3 * entry.form.text.fontMetrics().lineSpacing()
    assert entry.form.text.visibleRegion().boundingRect().height() >= three_lines
    assert entry.save_button.visibleRegion().boundingRect().height() == entry.save_button.height()
    assert not entry.keys.isVisible()


def test_a_b_c_and_telling_the_senco_by_keyboard(house):
    begin(house)
    house.enter("kia")
    house.settle()
    house.press(Qt.Key.Key_Return)
    house.shortcut("Alt+7")
    house.shortcut("Alt+8")
    for words in ("Fire bell", "Hid", "Ear defenders"):
        house.enter(words)
        house.press(Qt.Key.Key_Tab)
    house.enter("Hall")
    house.press(Qt.Key.Key_Return, control=True)
    (written,) = notes(house)
    assert (written.antecedent, written.behaviour, written.consequence) == ("Fire bell", "Hid", "Ear defenders")
    assert written.setting == "Hall"
    (concern,) = house.record(lambda place: open_concerns(place.session))
    assert concern.note == written
    today = house.open("today")
    assert [each.task.what for each in today._tasks.values()] == ["Mrs Ruth Adeyemi told you"]
    today.table.opened.emit(f"concern {concern.told.id}")
    house.settle()
    house.shortcut("Ctrl+Return")
    assert house.record(lambda place: open_concerns(place.session)) == []
    assert notes(house) == [written]


def test_the_outcomes_of_the_one_pupil_can_be_linked_and_more_comes_back_with_a_draft(house):
    def plan(place: Workplace) -> str:
        pupil = find_pupils(place.session.record, "kia")[0].id
        cycle, _ = plans.start_cycle(place.session, pupil)
        return plans.add_outcome(place.session, cycle.id, {"text": "Joins assembly"})[0].id

    outcome = house.record(plan)
    form = begin(house).form
    house.enter("kia")
    house.settle()
    house.press(Qt.Key.Key_Return)
    house.settle()
    house.enter(WORDS)
    house.shortcut("Alt+8")
    form.more.outcome.choose(outcome)
    form.more.rating.choose("nearly")
    form.more.rating.chosen.emit()
    kept = form.content()
    form.clear()
    assert form.more.isHidden()
    assert not form.more_button.isHidden()
    form.show_content(kept)
    assert not form.more.isHidden()
    house.settle()
    house.shortcut("Ctrl+Return")
    (written,) = notes(house)
    assert (written.outcome, written.outcome_rating) == (outcome, "nearly")


def test_a_note_about_two_pupils_takes_five_interactions_from_anywhere(house):
    """Counted as a person counts: opening, each pupil, the words, saving. Typing a run of letters is one interaction.

    In time (keystroke-level model, screens.md 1.4: 0.28 s a key at 40 words a minute, 1.35 s to think before a choice): under 20 s.
    """
    interactions, keys, choices = 0, 0, 0

    def typed(words: str) -> None:
        nonlocal keys
        house.enter(words)
        house.settle()
        keys += len(words)

    def pressed(*names: str) -> None:
        nonlocal keys
        for name in names:
            house.shortcut(name)
            keys += name.count("+") + 1

    pressed("Ctrl+N")
    interactions += 1
    for name in ("ki", "av"):
        typed(name)
        pressed("Return")
        interactions, choices = interactions + 1, choices + 1
        pressed("Shift+Tab" if name == "ki" else "Tab")  # from the words back to the pupils, and to the words again
    typed("Stayed for all of assembly.")
    interactions, choices = interactions + 1, choices + 1
    pressed("Ctrl+Return")
    interactions += 1
    assert [each.text for each in notes(house)] == ["Stayed for all of assembly."] * 2
    assert interactions <= 5
    assert keys * 0.28 + choices * 1.35 <= 20, f"{keys} keys"
