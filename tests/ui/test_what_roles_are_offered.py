"""Each role opens every page of a lived-in record: whatever it could press there is allowed by the table of permissions.

What a button needs stands here a second time, on purpose: a page that offers what the service would refuse is found, and so
is a button that sounds like changing something and is not in this list.
"""

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QWidget

from sencoapp import reference
from sencoapp.domain.casework import Document
from sencoapp.domain.people import Contact, Pupil, SenNeed, SenStatus
from sencoapp.domain.permissions import ROLES, VERBS
from sencoapp.domain.plan import Observation
from sencoapp.domain.provision import Provision, ProvisionPlace
from sencoapp.domain.record import Amend
from sencoapp.services import plans, requests
from tests.everything import one_of_every_kind
from tests.places import add_pupil
from tests.services.people_of_the_school import OTHER_CLASS, OWN_CLASS, TwoClasses, a_thing
from tests.ui.starting import Program, shown_words
from ui.pages.pupil import tabs_for
from ui.pages.settings_people import OwnClassesForm

NEEDS = {
    "pupil add": ("Add a pupil",),
    "pupil change": ("overview/Change",),
    "pupil remove": ("Remove this pupil",),
    "observation add": ("New observation", "Another note about this pupil", "Note after this one", "Note about Kian"),
    "observation remove": ("Remove this note", "observations/Remove"),
    "evidence_link add": ("Use as evidence", "Note with evidence"),
    "evidence_link remove": ("Take out",),
    "cycle add": ("Start a plan", "Start the next cycle"),
    "cycle change": ("Close this cycle", "Start the review", "Finish the assessment", "plan/Change", "plan/Remove"),
    "meeting add": ("Save the review", "Add to the review"),
    "plan_copy add": ("Note a copy that was given",),
    "council_case add": ("Open a case",),
    "outcome add": ("Add an outcome",),
    "view add": ("views/Add", "Save view", "Write anew"),
    "sen_need add": ("Add a need",),
    "sen_need change": ("End",),
    "sen_status add": ("Change status",),
    "photo add": ("Add a photo",),
    "photo remove": ("overview/Remove",),
    "contact add": ("Add a contact",),
    "contact change": ("contacts/Change",),
    "diagnosis add": ("Add a diagnosis",),
    "prior_school add": ("Add a school",),
    "prior_school change": ("background/Change",),
    "suspension add": ("Add a suspension",),
    "attendance_year add": ("Add a year",),
    "provision add": ("Add provision", "Add the first provision"),
    "provision change": ("provision/Change",),
    "provision_place add": ("Join one that exists",),
    "provision_place change": ("End the place",),
    "session_mark add": ("Ran", "Missed", "Short", "Sessions: Ran", "Sessions: Missed", "Sessions: Short"),
    "document add": ("Add a document", "Paste a document", "documents/Write this letter again"),
    "document remove": ("documents/Remove", "Remove the chosen document"),
    "request add": ("Start a request",),
    "staff_rate add": ("Set rate",),
    "provision_slot add": ("Add a time",),
    "own_form add": ("Add the council's form",),
    "own_form change": ("Save what goes where",),
    "catalogue_entry add": ("Add your own", "catalogue/Change"),
    "staff_member change": ("Change my classes",),
    "change_roles": ("Add somebody", "Change role or classes"),
    "change_school": ("school/Save", "school/Add a council's folder", "Add a term", "Remove this term"),
    "mark_confidential": ("Who may read it",),
    "give_whole_record": ("keeping/Save", "receive/Choose the file…"),
    "read_trail": ("Save as CSV",),
    "import": ("Import pupils", "Choose a file"),
    "export": (
        "Export",
        "Export this list",
        "cases/Save a calendar",
        "plan/Save as file",
        "plan/Save this plan as a file for another school",
    ),
    "print": (
        "plan/Save this plan as Word",
        *("PDF", "Excel", "Export the provision map as PDF", "Save the filled form", "Save a copy that cannot be typed in"),
        *("Write a letter", "Save a copy", "Save this week as PDF", "Save the costed map as PDF"),
    ),
}
"""What a deed, or a verb with a kind, is called on a button or in the palette; "page/words" where words alone are not plain."""

CHANGING = (
    *("Add", "Another", "Begin", "Change", "Close this", "Export", "Finish", "Import", "Join", "Make", "New", "Note", "Paste", "PDF"),
    *("Excel", "Ran", "Remove", "Restore", "Save", "Set ", "Start", "Take out", "Use as", "Who may", "Withdraw", "Write", "End"),
)
ONES_OWN = {
    *("Change the passphrase", "Make a new sheet", "keys/Save", "Restore from a backup", "Write a backup file", "Undo what was saved last"),
    *("Choose", "appearance/Add", "Remove this record…"),
}
"""Of one's own profile, whatever the role."""
_NEED_OF = {words: need for need, all_words in NEEDS.items() for words in all_words}


@pytest.fixture
def program(qtbot, tmp_path):
    made = Program(qtbot, tmp_path)
    yield made
    made.leave()


def lived_in(place, role):
    """One pupil in the middle of a plan, and one with something of every kind, both of the teacher's class."""
    school = TwoClasses(place)
    session, pupil, senco = place.session, school.own, school.staff["senco"].id
    one_of_every_kind(place, school.other.id)
    session.record.save([Amend(Pupil, school.other.id, {"reg_group": OWN_CLASS})], action="fill", actor=session.actor)
    cycle, _ = plans.start_cycle(session, pupil.id)
    plans.add_outcome(session, cycle.id, {"text": "Reads 40 words a minute"})
    plans.record_view(session, pupil.id, "pupil", text="I like it", cycle=cycle.id)
    group = a_thing(Provision, place, pupil, title="Reading group")
    school.save(
        group,
        ProvisionPlace(session.ids.new(), pupil.id, group.id, cycle=cycle.id),
        a_thing(Observation, place, pupil, text="sat by the window", author=senco),
        a_thing(Document, place, pupil, title="Letter", blob=session.blobs.put(b"%PDF-1"), pages=1, shared=True),
        a_thing(Contact, place, pupil, surname="Motherwell"),
        a_thing(SenNeed, place, pupil, sen_type="SLCN", rank=1),
    )
    requests.start_request(session, pupil.id)
    add_pupil(place, "Reid", "Ama", reg_group=OTHER_CLASS)
    place.profile.record.set_setting("me", school.staff[role].id)
    return school


def unlocked(program, role):
    schools = []
    program.unlocked(lambda place: schools.append(lived_in(place, role)))
    return schools[0]


def places(program, school):
    """Every page, tab and section that this person has, with the name under which ``NEEDS`` knows it."""
    shell = program.shell
    for name in [each for each in shell._pages if each not in ("pupil", "settings")]:
        yield name, name, {}
    for tab in tabs_for(program.keeper.room.actor):
        for pupil in (school.own, school.other):
            yield tab, "pupil", {"pupil": pupil.id, "tab": tab}
    for section in program.open("settings")._places:
        yield section, "settings", {"section": section}


def offered(program):
    """The words of every button that could be pressed, and of every command that would run."""
    shell = program.shell
    buttons = [each for each in shell.findChildren(QAbstractButton) if each.isVisibleTo(shell) and each.isEnabled()]
    actions = [each for each in shell.findChildren(QAction) if each.isEnabled() and _in_sight(each.parent(), shell)]
    return {each.text().replace("&", "") for each in (*buttons, *actions)}


def _in_sight(owner, shell):
    return not isinstance(owner, QWidget) or owner is shell or owner.isVisibleTo(shell)


def allowed(role, need):
    table = reference.permissions()
    kind, _, verb = need.partition(" ")
    return table.scope(role, kind, verb) != "none" if verb in VERBS else table.may(role, need)


@pytest.mark.parametrize("role", ROLES)
def test_whatever_a_role_could_press_the_table_allows(program, role):
    school = unlocked(program, role)
    unknown, refused = set(), set()
    for name, page, args in list(places(program, school)):
        shown = program.open(page, **args)
        stages = ("assess", "plan", "do", "review") if name == "plan" else ("",)
        for stage in stages:
            if stage and args["pupil"] == school.own.id:
                shown.tab("plan").go_to_stage(stage)
                program.settle()
            for words in offered(program):
                need = _NEED_OF.get(f"{name}/{words}", _NEED_OF.get(words))
                if need is not None and not allowed(role, need):
                    refused.add(f"{name}/{words}: {need}")
                elif need is None and words.startswith(CHANGING) and not {words, f"{name}/{words}"} & ONES_OWN:
                    unknown.add(f"{name}/{words}")
    assert refused == set()
    assert "; ".join(sorted(unknown)) == "", "say in NEEDS what the table must allow for it"


def test_the_list_of_what_buttons_need_is_not_old(program):
    """Nearly everything in the list is really offered to the SENCO: a button with another name would be looked for in vain."""
    school = unlocked(program, "senco")
    seen = set()
    for name, page, args in list(places(program, school)):
        shown = program.open(page, **args)
        for stage in ("assess", "plan", "do", "review") if name == "plan" and args["pupil"] == school.own.id else ("",):
            if stage:
                shown.tab("plan").go_to_stage(stage)
                program.settle()
            seen |= {each for words in offered(program) for each in (words, f"{name}/{words}")}
    elsewhere = {"Change my classes", "Use as evidence", "Start a plan", "Start the next cycle", "Finish the assessment"}
    elsewhere |= {"observations/Remove", "Remove this term", "Add the first provision"}
    elsewhere |= {"Save the filled form", "Save a copy that cannot be typed in", "Save what goes where"}  # where a form is mapped
    assert set(_NEED_OF) - seen <= elsewhere | {each for each in seen | set(_NEED_OF) if each.endswith(("Ran", "Missed", "Short"))}


def test_a_file_cannot_be_dropped_or_pasted_where_documents_are_only_read(program):
    school = unlocked(program, "head_teacher")
    page = program.open("pupil", pupil=school.own.id, tab="documents")
    tab = page.tab("documents")
    assert not tab.acceptDrops()
    for action in tab.actions():
        if action.text() in ("Paste a document", "Add a document", "Remove the chosen document"):
            assert not action.isEnabled()
            assert "this is for the SENCO or the deputy SENCO" in action.statusTip()


def test_the_side_pane_of_the_register_does_not_say_that_there_is_no_plan_to_who_may_not_see_one(program):
    school = unlocked(program, "office")
    page = program.open("pupils")
    page.table.choose(school.own.id)
    program.settle()
    words = shown_words(page)
    for untrue in ("No plan is open", "None yet", "Nothing is written"):
        assert untrue not in words
    assert "this is for the SENCO" in shown_words(page.details)


def test_a_teacher_changes_their_own_classes_and_sees_those_pupils_at_once(program):
    school = unlocked(program, "teacher")
    before = program.open("pupils").table.count()
    page = program.open("settings", section="people")
    page.people.own_button.click()
    program.settle()
    form = program.shell._sheet.findChild(OwnClassesForm)
    form.classes.setText(f"{OWN_CLASS}, {OTHER_CLASS}, {OWN_CLASS}")
    form.submit()
    program.settle()
    me = school.staff["teacher"].id
    assert page.people._staff[me].classes == (OWN_CLASS, OTHER_CLASS)
    stranger = program.record(lambda place: place.session.record.find(Pupil, reg_group=OTHER_CLASS))
    assert [each.name for each in stranger] == ["Ama Reid"]
    assert program.open("pupils").table.count() == before + 1
    program.keeper.room.ways.undoing.undo()
    program.settle()
    assert program.record(lambda place: place.session.record.find(Pupil, reg_group=OTHER_CLASS)) == []


def test_the_office_is_asked_only_what_it_may_write_and_saves_it(program):
    school = unlocked(program, "office")
    tab = program.open("pupil", pupil=school.own.id).tab("overview")
    for part, hidden, chosen in ((tab.needs, "description", ("sen_type", "HI")), (tab.status, "reason", ("status", "E"))):
        part.open_sheet()
        program.settle()
        sheet = program.shell._sheet
        assert hidden not in sheet.form.controls
        sheet.form.controls[chosen[0]].choose(chosen[1])
        sheet.save()
        program.settle()
        assert not sheet.isVisible(), shown_words(sheet)
    assert "HI" in [each.sen_type for each in program.record(lambda place: place.session.record.find(SenNeed, pupil=school.own.id))]
    assert "E" in [each.code for each in program.record(lambda place: place.session.record.find(SenStatus, pupil=school.own.id))]
