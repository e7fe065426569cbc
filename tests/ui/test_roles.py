"""What each role finds in the window: its places, its commands, its pupils, and nothing else (screens.md 1.3, K7, 35)."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from sencoapp.domain.casework import Document
from sencoapp.domain.people import Contact, Role, StaffMember
from sencoapp.domain.permissions import ROLES
from sencoapp.domain.plan import Observation, View
from sencoapp.domain.record import Actor
from sencoapp.services import confidential, plans, requests
from sencoapp.services.observations import record_observation
from sencoapp.services.ports import RenderedPack, Session
from tests.services.people_of_the_school import TwoClasses, a_thing
from tests.ui.starting import Program, shown_words
from ui.application import settle_what_is_typed
from ui.commands import matching
from ui.finding import notes_found, pupils_found
from ui.pages.history_sheet import open_history
from ui.pages.plan_views import ViewPanel
from ui.pages.pupil import tabs_for
from ui.pages.pupil_views import ViewCard
from ui.pages.readers_sheet import ReadersForm, open_readers
from ui.pages.request_builder import RequestBuilder
from ui.pages.settings_people import StaffForm

PLACES = {
    "senco": ["today", "pupils", "observations", "plans", "provision", "sessions", "requests", "cases"],
    "deputy_senco": ["today", "pupils", "observations", "plans", "provision", "sessions", "requests", "cases"],
    "teacher": ["today", "pupils", "observations", "plans", "provision", "sessions"],
    "teaching_assistant": ["today", "pupils", "observations", "plans", "provision", "sessions"],
    "head_teacher": ["today", "pupils", "observations", "plans", "provision", "sessions", "requests", "cases"],
    "office": ["pupils"],
}
TABS = {
    "teacher": ["teaching", "timeline", "plan", "views", "documents"],
    "teaching_assistant": ["teaching", "timeline", "plan", "views", "documents"],
    "head_teacher": ["teaching", "timeline", "plan", "provision", "views", "contacts", "documents", "requests", "background"],
    "office": ["overview", "contacts", "background"],
}


@pytest.fixture
def program(qtbot, tmp_path):
    made = Program(qtbot, tmp_path)
    yield made
    made.leave()


def unlocked_as(program: Program, role: Role):
    """The window of somebody in this role, at a school with two classes; returns the school."""
    schools = []

    def fill(place):
        school = TwoClasses(place)
        schools.append((school.own, school.other, school.staff))
        for pupil in (school.own, school.other):
            school.save(
                a_thing(Observation, place, pupil, text="sat by the window", author=school.staff["senco"].id),
                a_thing(Observation, place, pupil, text="window said quietly", author=school.staff["senco"].id, confidential=True),
                a_thing(Document, place, pupil, title="Private letter"),
                a_thing(Contact, place, pupil, surname="Motherwell", phone="0116 496 0000"),
            )
        place.profile.record.set_setting("me", school.staff[role].id)

    program.unlocked(fill)
    return schools[0]


@pytest.mark.parametrize("role", ROLES)
def test_each_role_has_its_places_and_no_command_of_another(program, role):
    unlocked_as(program, role)
    shell = program.shell
    assert list(shell.rail._buttons) == PLACES[role]
    words = [each.text() for each in shell.commands()]
    for place, label in (("provision", "Provision map"), ("requests", "Requests"), ("today", "Today")):
        assert any(label in each for each in words) == (place in PLACES[role])
    assert ("Import pupils" in words) == (role != "head_teacher")
    new = shell.header.new_button
    assert new.isEnabled() == (role not in ("head_teacher", "office"))
    if not new.isEnabled():
        [found] = matching(shell.commands(), "new observation", "")
        assert not found.enabled
        assert found.detail.startswith("Add these notes: this is for the SENCO")


class Windows(QObject):
    """Every window that opens."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.opened.append(f"{type(watched).__name__} {watched.accessibleName()}")
        return False


@pytest.mark.parametrize("role", ROLES)
def test_no_part_of_a_page_opens_as_a_window_of_its_own_and_takes_the_focus(program, qapp, role):
    own, _, _ = unlocked_as(program, role)
    windows = Windows()
    qapp.installEventFilter(windows)
    try:
        for page in program.shell._pages:
            program.open(page, pupil=own.id)
        for section in program.open("settings")._places:
            program.open("settings", section=section)
        for tab in tabs_for(program.keeper.room.actor):
            program.open("pupil", pupil=own.id, tab=tab)
    finally:
        qapp.removeEventFilter(windows)
    assert windows.opened == []


@pytest.mark.parametrize("role", ["teacher", "teaching_assistant"])
def test_what_the_palette_finds_ends_at_the_own_class(program, role):
    own, _other, _ = unlocked_as(program, role)
    place = program.opened.place
    assert [each.id for each in program.record(lambda _: pupils_found(place, "o"))] == [own.id]
    assert program.record(lambda _: pupils_found(place, "Leila")) == []
    assert [each.words for each in program.record(lambda _: notes_found(place, "window"))] == ["sat by the window"]


@pytest.mark.parametrize("role", list(TABS))
def test_a_pupils_page_has_the_tabs_of_the_role_and_no_private_paper(program, role):
    own, _, _ = unlocked_as(program, role)
    assert tabs_for(program.keeper.room.actor) == TABS[role]
    for tab in TABS[role]:
        program.open("pupil", pupil=own.id, tab=tab)
        words = shown_words(program.shell)
        assert "Kian Osei" in words
        assert "said quietly" not in words
        if role in ("teacher", "teaching_assistant"):
            assert not {"Motherwell", "Private letter", "1 Mill Lane"} & set(words.split("\n"))


def test_another_classs_pupil_is_not_there_for_a_teacher(program):
    _, other, _ = unlocked_as(program, "teacher")
    program.open("pupil", pupil=other.id)
    assert "Leila" not in shown_words(program.shell)
    assert "no longer in the record" in shown_words(program.shell)


@pytest.mark.parametrize("role", ROLES)
def test_settings_show_what_the_role_may_change(program, role):
    unlocked_as(program, role)
    page = program.open("settings", section="activity")
    assert ("activity" in page._places) == (role in ("senco", "deputy_senco", "head_teacher"))
    assert ("school" in page._places) == (role in ("senco", "deputy_senco"))
    program.open("settings", section="people")
    assert page.people.add_button.isVisible() == (role == "senco")
    assert "teacher at school" in [each.name for each in page.people._staff.values()]


def test_the_head_teacher_reads_a_request_and_signs_it_off_from_today(program):
    own, _, _ = unlocked_as(program, "head_teacher")

    def freeze_one(_):
        place = program.opened.place
        record, head = place.profile.record, place.session
        senco = next(each for each in record.find(StaffMember) if each.role == "senco")
        writer = Session(record, head.blobs, head.clock, head.ids, Actor(senco.id, senco.name, senco.role))
        request, _ = requests.start_request(writer, own.id)
        requests.change_request(writer, request, replace(request, evidence=()))
        requests.keep_pack(writer, requests.draft_pack(writer, request.id), RenderedPack(writer.blobs.put(b"%PDF-1"), "0" * 64, 6, 1))

    program.record(freeze_one)
    today = program.open("today")
    [key] = [each for each in today._tasks if each.startswith("sign_off ")]
    today._go(key)
    program.settle()
    builder = program.shell.findChild(RequestBuilder)
    assert not builder.content.is_open, "the head teacher reads it and writes nothing in it"
    builder.sign_off.sign.click()
    program.settle()
    assert "Signed off by head_teacher at school, head teacher, on 24 November 2026." in shown_words(builder.sign_off)
    builder.go_to("send")
    assert not builder.send.send.isEnabled()


def test_the_senco_gives_somebody_another_role(program):
    _, _, staff = unlocked_as(program, "senco")
    page = program.open("settings", section="people")
    page.people.change(staff["teacher"].id)
    sheet = program.shell._sheet
    form = sheet.findChild(StaffForm)
    form.role.choose("deputy_senco")
    form.submit()
    program.settle()
    assert page.people._staff[staff["teacher"].id].role == "deputy_senco"
    page.choose("activity")
    page.activity.ask()
    program.settle()
    assert any(each.sentence == "Changed teacher at school, now Deputy SENCO" for each in page.activity._lines.values())


def test_a_new_member_of_staff_half_typed_is_offered_again(program):
    unlocked_as(program, "senco")
    page = program.open("settings", section="people")
    page.people.change("")
    form = program.shell._sheet.findChild(StaffForm)
    form.name.setFocus()
    form.name.setText("Mr Tom Reed")
    settle_what_is_typed(program.shell)
    program.settle()
    program.shell._sheet.close_sheet()
    program.settle()
    page.people.change("")
    program.settle()
    again = program.shell._sheet.findChild(StaffForm)
    assert again.name.text() == "Mr Tom Reed"
    assert not again.draft.notice.isHidden()
    again.submit()
    program.settle()
    assert "Mr Tom Reed" in {each.name for each in page.people._staff.values()}
    assert program.record(lambda place: place.session.record.draft("staff.")) is None


def test_activity_is_narrowed_and_saved_as_csv(program, tmp_path):
    unlocked_as(program, "senco")
    page = program.open("settings", section="activity")
    assert page.activity.table.count() > 0
    who, what = page.activity.table._rows.row_at(0).cells
    assert (who.text, what.text) == ("senco at school", "Unlocked the record")
    assert " at " in who.sub  # two lines a row: at twice the text size the sentence has the width that it needs
    page.activity.kind.choose("entry")
    program.settle()
    assert {each.sentence for each in page.activity._lines.values()} == {"Unlocked the record"}
    page.activity.export(tmp_path / "activity.csv")
    program.settle()
    text = (tmp_path / "activity.csv").read_text("utf-8-sig")
    assert "Unlocked the record" in text
    page.activity.kind.choose("out")
    program.settle()
    assert [each.sentence for each in page.activity._lines.values()] == [
        "Gave out “Activity” to activity.csv: The list of who did what, saved as a file"
    ]


def test_a_real_record_has_no_other_eyes(program):
    unlocked_as(program, "senco")
    assert not [each for each in program.shell.commands() if "demo school as" in each.text()]


def test_a_confidential_note_is_read_only_when_somebody_asks_and_that_is_noted(program):
    own, _, _ = unlocked_as(program, "senco")
    page = program.open("pupil", pupil=own.id, tab="timeline")
    timeline = page.tab("timeline")
    details = timeline.details
    timeline.list.choose(next(key for key, entry in timeline._entries.items() if entry.confidential))
    program.settle()
    assert "said quietly" not in shown_words(page)
    details._read.click()
    program.settle()
    assert "window said quietly" in shown_words(page)
    [noted] = program.record(lambda place: place.session.record.trail(what=("viewed_confidential",)))
    assert noted.pupil == own.id


def viewed(program):
    return [each.facts["thing"] for each in program.record(lambda place: place.session.record.trail(what=("viewed_confidential",)))]


def keep_a_view(program, own):
    """A plan with a confidential view in it."""

    def fill(place):
        session = place.session
        cycle, _ = plans.start_cycle(session, own.id)
        plans.record_view(session, own.id, "pupil", text="whispered this", cycle=cycle.id)
        [view] = session.record.find(View, pupil=own.id)
        confidential.set_readers(session, View, view.id, ())

    program.record(fill)


def test_a_confidential_view_is_shown_in_a_plan_and_on_its_tab_only_when_somebody_asks_and_that_is_noted(program):
    own, _, _ = unlocked_as(program, "senco")
    keep_a_view(program, own)
    page = program.open("pupil", pupil=own.id, tab="plan")
    page.tab("plan").go_to_stage("review")
    program.settle()
    [panel] = [each for each in page.findChildren(ViewPanel) if each._whose == "pupil"]
    assert "Confidential" in shown_words(page)
    assert "whispered" not in shown_words(page)
    panel.kept.read.click()
    program.settle()
    assert "whispered this" in shown_words(panel)
    assert viewed(program) == ["view"]
    program.open("pupil", pupil=own.id, tab="views")
    [card] = page.tab("views").findChildren(ViewCard)
    assert "whispered" not in shown_words(page)
    card.kept.read.click()
    program.settle()
    assert "whispered this" in shown_words(card)
    assert viewed(program) == ["view", "view"]
    card.kept.readers.click()
    program.settle()
    assert program.shell._sheet.findChild(ReadersForm).choice.value() == "confidential"


def test_the_page_of_observations_shows_a_confidential_note_only_when_somebody_asks(program):
    own, _, _ = unlocked_as(program, "senco")
    page = program.open("observations")
    key = next(id for id, each in page._notes.items() if each.confidential and each.pupil == own.id)
    page.table.choose(key)
    program.settle()
    assert "said quietly" not in shown_words(page)
    assert viewed(program) == []
    page.reader._read.click()
    program.settle()
    assert "window said quietly" in shown_words(page)
    page.reader._past.click()
    program.settle()
    assert viewed(program) == ["observation", "observation"], "a history shows the words too"


def test_a_confidential_document_is_marked_and_its_readers_are_chosen_beside_it(program):
    own, _, _ = unlocked_as(program, "senco")
    [paper] = program.record(lambda place: place.session.record.find(Document, pupil=own.id))
    program.record(lambda place: confidential.set_readers(place.session, Document, paper.id, ()))
    page = program.open("pupil", pupil=own.id, tab="documents")
    tab = page.tab("documents")
    assert "Confidential" in shown_words(tab.details)
    tab.details.readers.click()
    program.settle()
    assert program.shell._sheet.findChild(ReadersForm).choice.value() == "confidential"


def test_a_teacher_is_offered_to_remove_their_own_note_and_no_other(program):
    own, _, _ = unlocked_as(program, "teacher")
    page = program.open("observations")
    words = shown_words(page.reader).split("\n")
    assert not {"Remove this note", "Who may read it"} & set(words)
    program.record(lambda place: record_observation(place.session, pupils=[own.id], text="mine"))
    page = program.open("observations")
    page.table.choose_first()
    program.settle()
    assert {"Remove", "Who may read it"} & set(shown_words(page.reader).split("\n"))
    assert page.reader._remove.isVisible()


def test_readers_are_chosen_in_a_sheet(program):
    own, _, staff = unlocked_as(program, "senco")
    found = program.record(lambda place: place.session.record.find(Observation, pupil=own.id))
    note = next(each for each in found if not each.confidential)
    program.open("observations")
    open_readers(program.keeper.room, "observation", note.id)
    program.settle()
    form = program.shell._sheet.findChild(ReadersForm)
    form.choice.choose("confidential")
    form.readers.choose(staff["head_teacher"].id)
    form.submit()
    program.settle()
    kept = program.record(lambda place: place.session.record.get(Observation, note.id))
    assert (kept.confidential, kept.readers) == (True, (staff["head_teacher"].id,))


def test_a_new_note_can_be_confidential_and_its_draft_says_so(program):
    own, _, _ = unlocked_as(program, "teacher")
    program.open("pupil", pupil=own.id)
    program.shell.new_observation()
    program.settle()
    sheet = program.shell._sheet
    sheet.form.text.set_words("told me alone")
    sheet.form.confidential.choose("confidential")
    sheet.keep_draft()
    program.settle()
    assert program.record(lambda place: place.session.record.draft("observation"))["confidential"] is True
    sheet.save()
    program.settle()
    [found] = program.record(lambda place: place.session.record.find_notes("alone"))
    assert found.confidential


@pytest.mark.parametrize(("role", "changes"), [("senco", True), ("head_teacher", False)])
def test_who_only_reads_is_offered_nothing_to_write(program, role, changes):
    own, _, _ = unlocked_as(program, role)
    page = program.open("pupil", pupil=own.id, tab="documents")
    documents = page.tab("documents")
    assert (documents.add.isVisible(), documents.details.remove.isVisible()) == (changes, changes)
    program.open("pupil", pupil=own.id, tab="requests")
    assert page.tab("requests").list._empty.button.isVisible() == changes
    program.open("pupil", pupil=own.id, tab="views")
    assert page.tab("views").empty.button.isVisible() == changes
    [note] = program.record(lambda place: [each for each in place.session.record.find(Observation, pupil=own.id) if not each.confidential])
    program.open("pupil", pupil=own.id, tab="timeline", entry=f"observation:{note.id}")
    words = shown_words(page.tab("timeline")).split("\n")
    assert ("Note after this one" in words, "Remove this note" in words) == (changes, changes)
    assert "History" in words


@pytest.mark.parametrize(("role", "offered"), [("senco", True), ("teacher", False)])
def test_the_history_offers_to_undo_only_the_saves_that_one_may_take_back(program, role, offered):
    own, _, _ = unlocked_as(program, role)
    [note] = program.record(lambda place: [each for each in place.session.record.find(Observation, pupil=own.id) if not each.confidential])
    open_history(program.keeper.room, "observation", note.id)
    program.settle()
    assert ("Undo this" in shown_words(program.shell._sheet).split("\n")) == offered


@pytest.mark.parametrize(
    ("role", "offered"),
    [
        ("senco", {"Add a pupil", "Import pupils", "Note about Kian", "Open the plan"}),
        ("head_teacher", {"Open the plan"}),
        ("office", {"Add a pupil", "Import pupils"}),
    ],
)
def test_the_register_offers_what_the_role_can_do(program, role, offered):
    own, _, _ = unlocked_as(program, role)
    page = program.open("pupils")
    page.table.choose(own.id)
    program.settle()
    words = set(shown_words(page).split("\n"))
    assert words & {"Add a pupil", "Import pupils", "Note about Kian", "Open the plan"} == offered


def test_looking_at_the_settings_leaves_no_draft(program):
    unlocked_as(program, "office")
    program.open("settings", section="drafts")
    settle_what_is_typed(program.shell)
    program.settle()
    assert program.record(lambda place: place.session.record.drafts()) == []
