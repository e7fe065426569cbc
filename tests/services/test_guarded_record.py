"""The guarded record allows exactly what the table of permissions says, for every role, kind and verb, on a real record."""

from dataclasses import fields, replace
from datetime import date

import pytest

from sencoapp import reference
from sencoapp.domain.casework import Document
from sencoapp.domain.people import Contact, Pupil, SenNeed, SenStatus, StaffMember
from sencoapp.domain.permissions import ROLES, VERBS, belongs_to_pupils
from sencoapp.domain.plan import Cycle, EvidenceLink, Observation, Outcome, View
from sencoapp.domain.provision import Provision, ProvisionPlace
from sencoapp.domain.record import KINDS, WHOLE, Amend, New, Remove, Restore
from sencoapp.domain.refusals import Refusal
from sencoapp.services import concerns, plans, undoing
from sencoapp.services.guarded_record import guarded
from sencoapp.services.observations import record_observation
from sencoapp.services.ports import RegisterQuery
from tests.services.people_of_the_school import OTHER_CLASS, OWN_CLASS, TwoClasses, a_thing

FROZEN = {"pack_is_frozen", "observation_is_never_changed"}

AUTHORED = ("observation", "told_senco", "session_mark", "data_point", "cycle_correction", "round_robin", "round_robin_answer")
"""Kinds that name who wrote them: always the person at the laptop."""


@pytest.fixture
def school(place):
    return TwoClasses(place)


def outcome_of(deed):
    """Whether the guard let it through. What the record itself then says of frozen things is another matter."""
    try:
        deed()
    except Refusal as refusal:
        return refusal.key in FROZEN
    except TypeError:  # written once, never edited
        return True
    return True


def an_edit(kind, name, verb, thing, seen):
    if verb == "add":
        return New(thing)
    if verb == "remove":
        return Remove(kind, thing.id)
    if name in WHOLE:
        return Amend(kind, thing.id, {"confidential": True} if name == "observation" else {"at": None})
    if name == "document" and thing.observation:
        return Amend(kind, thing.id, {"confidential": True})
    free = (
        "reason",
        "note",
        "text",
        "title",
        "description",
        "result",
        "strengths",
        "aim",
        "phone",
        "ends_on",
        "name",
        "state",
        "receipt",
        "legal_surname",
        "starts_on",
    )
    known = [each for each in free if each in {field.name for field in fields(kind)} and (seen is None or each in seen)]
    return Amend(kind, thing.id, {(known or ["closed_on"])[0]: "draft" if known else None})


@pytest.mark.parametrize("role", ROLES)
def test_the_guard_allows_exactly_what_the_table_says(place, school, role):
    table, session = reference.permissions(), school.session(role)
    for name, kind in KINDS.items():
        for verb in VERBS:
            for mine, pupil in ((True, school.own), (False, school.other)):
                scope = table.scope(role, name, verb)
                thing = a_thing(
                    kind,
                    place,
                    pupil,
                    **({"author": session.actor.id} if name in AUTHORED else {}),
                )
                if name == "document" and scope == "mine":  # a file goes with a note that one wrote
                    own_note = a_thing(Observation, place, pupil, author=session.actor.id)
                    school.save(own_note)
                    thing = replace(thing, observation=own_note.id, author=session.actor.id)
                if name == "pupil":
                    thing = replace(thing, reg_group=OWN_CLASS if mine else OTHER_CLASS)
                if verb != "add":
                    school.save(thing)
                if name == "provision":
                    if not mine:
                        continue
                    school.save(ProvisionPlace(session.ids.new(), pupil.id, thing.id))
                expected = scope == "all" or (belongs_to_pupils(name) and mine and scope in ("own", "mine"))
                if verb == "see":
                    seen = session.record.get(kind, thing.id) is not None
                    assert seen == (thing.id in {each.id for each in session.record.find(kind)}), (name, verb)
                    assert session.record.count(kind) == len(session.record.find(kind))
                else:
                    edit = an_edit(kind, name, verb, thing, table.fields_seen.get((role, name)))
                    seen = outcome_of(lambda edit=edit: session.record.save([edit], action="try", actor=session.actor))
                assert seen == expected, (role, name, verb, "own class" if mine else "another class", scope)


def test_nobody_but_the_author_hides_a_note_and_the_author_can_take_it_back(place, school):
    teacher = school.session("teacher")
    mine = a_thing(Observation, place, school.own, author=teacher.actor.id)
    theirs = a_thing(Observation, place, school.own, author=school.staff["senco"].id)
    school.save(mine, theirs)
    teacher.record.save([Remove(Observation, mine.id)], action="remove", actor=teacher.actor)
    teacher.record.save([Restore(Observation, mine.id)], action="restore", actor=teacher.actor)
    assert teacher.record.get(Observation, mine.id)
    with pytest.raises(Refusal, match="not_for_your_role"):
        teacher.record.save([Remove(Observation, theirs.id)], action="remove", actor=teacher.actor)


def test_a_teacher_sees_the_register_of_their_class_and_counts_agree(school):
    record = school.session("teacher").record
    rows = record.register(RegisterQuery())
    assert [each.id for each in rows] == [school.own.id]
    assert record.register_count(RegisterQuery()) == 1 == sum(record.status_counts().values())
    assert record.register_choices()["classes"] == [OWN_CLASS]
    assert record.register(RegisterQuery(text="Leila")) == []
    assert record.register(RegisterQuery(classes=(OTHER_CLASS,))) == []
    assert rows[0].upn is None
    assert school.session("senco").record.register_count(RegisterQuery()) == 2


def test_a_teacher_of_no_class_sees_nobody(school):
    lost = replace(school.staff["teacher"], classes=())
    record = guarded(school.record, lost)
    assert record.register(RegisterQuery()) == []
    assert record.find(Pupil) == []
    assert record.status_counts() == {}


def test_a_teacher_sees_of_a_pupil_what_they_need_to_teach_them(school):
    record = school.session("teacher").record
    pupil = record.get(Pupil, school.own.id)
    assert (pupil.name, pupil.year, pupil.address, pupil.upn) == ("Kian Osei", "4", None, None)
    assert record.find(Pupil, address="1 Mill Lane") == []
    assert record.count(Pupil, upn=school.own.upn) == 0
    written = {write[2] for entry in record.history(Pupil, school.own.id) for write in entry.writes}
    assert "legal_surname" in written
    assert not written & {"address", "upn"}


def test_a_teacher_does_not_see_what_provision_costs(place, school):
    group = a_thing(Provision, place, school.own, title="Reading group", pence_per_hour=1720)
    elsewhere = a_thing(Provision, place, school.own, title="Maths group")
    school.save(group, elsewhere)
    school.save(ProvisionPlace(place.session.ids.new(), school.own.id, group.id))
    school.save(ProvisionPlace(place.session.ids.new(), school.other.id, elsewhere.id))
    [seen] = school.session("teacher").record.find(Provision)
    assert (seen.title, seen.pence_per_hour) == ("Reading group", 0)


def test_a_document_reaches_a_teacher_only_when_it_is_shared(place, school):
    paper = a_thing(Document, place, school.own, title="Speech report", document_on=date(2026, 11, 1))
    school.save(paper)
    teacher, senco = school.session("teacher").record, school.session("senco")
    assert teacher.find(Document) == []
    assert teacher.chronology_counts(school.own.id)["document"] == 0
    senco.record.save([Amend(Document, paper.id, {"shared": True})], action="share", actor=senco.actor)
    assert [each.id for each in teacher.find(Document)] == [paper.id]
    assert [each.id for each in teacher.chronology(school.own.id, kinds=("document",))] == [paper.id]
    senco.record.save([Amend(Document, paper.id, {"confidential": True})], action="keep", actor=senco.actor)
    assert teacher.get(Document, paper.id) is None
    reader = school.staff["teacher"].id
    senco.record.save([Amend(Document, paper.id, {"readers": (reader,)})], action="keep", actor=senco.actor)
    assert teacher.get(Document, paper.id)
    assert school.session("teaching_assistant").record.get(Document, paper.id) is None


def test_a_confidential_note_is_there_for_its_readers_alone(place, school):
    teacher = school.session("teacher")
    kept = a_thing(Observation, place, school.own, text="said quietly", author=school.staff["deputy_senco"].id, confidential=True)
    own = a_thing(Observation, place, school.own, text="said quietly too", author=teacher.actor.id, confidential=True)
    school.save(kept, own)
    assert {each.id for each in teacher.record.find_notes("quietly")} == {own.id}
    assert {each.id for each in teacher.record.chronology(school.own.id)} & {kept.id, own.id} == {own.id}
    assert teacher.record.notes_since(date(2026, 11, 1)) == 1 == teacher.record.chronology_counts(school.own.id)["observation"]
    assert school.session("head_teacher").record.find_notes("quietly") == []
    found = school.session("senco").record.find_notes("quietly")
    assert {each.id for each in found} == {kept.id, own.id}
    assert all(each.confidential and each.text == "" for each in found), "A list does not show what is confidential."
    assert all(each.text == "" for each in school.session("senco").record.chronology(school.own.id, kinds=("observation",)))


def test_the_office_keeps_pupils_and_contacts_and_sees_no_notes(place, school):
    office = school.session("office")
    school.save(a_thing(Observation, place, school.own, author=school.staff["senco"].id))
    [row] = office.record.register(RegisterQuery(text="Osei", order="-last_observation"))
    assert row.last_observation_on is None
    assert row.upn == school.own.upn
    assert office.record.find_notes("") == []
    assert office.record.notes_since(date(2020, 1, 1)) == 0
    contact = a_thing(Contact, place, school.other, surname="Shah")
    office.record.save([New(contact)], action="add_contact", actor=office.actor)
    assert office.record.get(Contact, contact.id)


def test_the_office_sees_no_words_about_a_pupil_and_writes_none(place, school):
    office = school.session("office")
    school.record.save([Amend(Pupil, school.own.id, {"strengths": "Kind"})], action="write", actor=school.actor("senco"))
    assert office.record.get(Pupil, school.own.id).strengths is None
    with pytest.raises(Refusal, match="not_for_your_role"):
        office.record.save([Amend(Pupil, school.own.id, {"strengths": ""})], action="try", actor=office.actor)
    office.record.save([Amend(Pupil, school.own.id, {"address": "3 Mill Lane"})], action="move", actor=office.actor)
    assert school.record.get(Pupil, school.own.id).strengths == "Kind"


def test_a_new_thing_cannot_be_written_over_one_that_is_there(place, school):
    teacher = school.session("teacher")
    theirs = a_thing(Outcome, place, school.other)
    note = a_thing(Observation, place, school.other, author=school.staff["senco"].id)
    school.save(theirs, note)
    with pytest.raises(Refusal, match="not_for_your_role"):
        teacher.record.save([New(replace(note, pupil=school.own.id, author=teacher.actor.id))], action="try", actor=teacher.actor)


def test_a_save_is_made_in_ones_own_name(place, school):
    teacher = school.session("teacher")
    note = a_thing(Observation, place, school.own, author=school.staff["senco"].id)
    with pytest.raises(Refusal, match="saves_are_made_by_oneself"):
        teacher.record.save([New(note)], action="try", actor=teacher.actor)
    with pytest.raises(Refusal, match="saves_are_made_by_oneself"):
        teacher.record.save([New(replace(note, author=teacher.actor.id))], action="try", actor=school.actor("senco"))


def test_nobody_becomes_somebody_else(school):
    with pytest.raises(Refusal, match="profile_is_one_persons"):
        school.session("teacher").record.set_setting("me", school.staff["senco"].id)


def test_a_refusal_says_who_can_do_it(school):
    teacher = school.session("teacher")
    with pytest.raises(Refusal) as refusal:
        teacher.record.save([Remove(SenNeed, "any")], action="try", actor=teacher.actor)
    assert reference.explain(refusal.value).startswith("Remove needs: this is for the SENCO or the deputy SENCO.")


def test_the_record_of_a_senco_is_the_record_itself(school):
    assert guarded(school.record, school.staff["senco"]) is school.record


def test_an_own_class_is_left_with_its_pupil(place, school):
    """Pupils who change class are another teacher's from then on."""
    school.record.save([Amend(Pupil, school.own.id, {"reg_group": OTHER_CLASS})], action="move", actor=school.actor("senco"))
    teacher = school.session("teacher")
    assert teacher.record.find(Pupil) == []
    assert teacher.record.find(Cycle) == []
    note = a_thing(Observation, place, school.own, author=teacher.actor.id)
    with pytest.raises(Refusal, match="no_longer_there"):
        teacher.record.save([New(note)], action="try", actor=teacher.actor)


def test_staff_are_seen_by_everyone_and_changed_by_the_senco(school):
    office = school.session("office")
    assert len(office.record.find(StaffMember)) == 7
    with pytest.raises(Refusal, match="not_for_your_role"):
        office.record.save([Amend(StaffMember, office.actor.id, {"role": "senco"})], action="change_role", actor=office.actor)


def test_a_teachers_import_takes_the_pupils_of_their_class_without_what_they_do_not_see(school):
    teacher = school.session("teacher")
    child = Pupil(teacher.ids.new(), "Reid", "Ama", reg_group=OWN_CLASS, upn="A823432116002", address="2 Mill Lane")
    stranger = Pupil(teacher.ids.new(), "Cole", "Ben", reg_group=OTHER_CLASS)
    parent = Contact(teacher.ids.new(), child.id, 1, "Reid")
    allowed = teacher.record.allowed([New(child), New(SenNeed(teacher.ids.new(), child.id, "ASD", 1)), New(parent), New(stranger)])
    assert [type(each.entity) for each in allowed] == [Pupil, SenNeed]
    teacher.record.save(allowed, action="import", actor=teacher.actor)
    there = school.record.get(Pupil, child.id)
    assert (there.surname, there.upn, there.address) == ("Reid", None, None)
    assert school.record.get(Pupil, stranger.id) is None


def test_a_upn_is_not_found_by_who_does_not_see_it(school):
    teacher, office = school.session("teacher").record, school.session("office").record
    for typed in (school.own.upn, "A8", "A8234321"):
        query = RegisterQuery(text=typed)
        assert (teacher.register(query), teacher.register_count(query), teacher.reviews_due(query)) == ([], 0, [])
        assert office.register_count(query) == 1
    assert teacher.register_count(RegisterQuery(text="Osei")) == 1


def test_why_a_status_changed_is_not_told_in_the_offices_chronology(place, school):
    school.save(a_thing(SenStatus, place, school.own, code="E", starts_on=date(2026, 9, 1), reason="After the assault at home"))
    of_status = {role: school.session(role).record.chronology(school.own.id, kinds=("status",)) for role in ("office", "head_teacher")}
    assert {each.text for each in of_status["office"]} == {""}
    assert "After the assault at home" in {each.text for each in of_status["head_teacher"]}


def test_what_is_confidential_shows_in_no_column_of_the_register(place, school):
    def row(role):
        [found] = [
            each for each in school.session(role).record.register(RegisterQuery(order="-last_observation")) if each.id == school.own.id
        ]
        return found.last_observation_on

    def views(role):
        return [each.views for each in school.session(role).record.reviews_due(RegisterQuery())]

    author = school.staff["deputy_senco"].id
    cycle = a_thing(Cycle, place, school.own, number=1, review_due_on=date(2026, 12, 1))
    school.save(
        a_thing(Observation, place, school.own, author=author, happened_on=date(2026, 11, 2)),
        a_thing(Observation, place, school.own, author=author, happened_on=date(2026, 11, 9), confidential=True),
        cycle,
        a_thing(View, place, school.own, cycle=cycle.id, whose="parents", confidential=True),
        a_thing(View, place, school.own, cycle=cycle.id, whose="pupil"),
    )
    assert (row("teacher"), row("head_teacher")) == (date(2026, 11, 2), date(2026, 11, 2))
    assert row("deputy_senco") == date(2026, 11, 9)
    assert views("teacher") == views("head_teacher") == [{"pupil"}]
    assert views("senco") == [{"pupil", "parents"}]


def test_a_teacher_tells_the_senco_who_alone_acknowledges_it(school):
    teacher, senco = school.session("teacher"), school.session("senco")
    ids, _ = record_observation(teacher, pupils=[school.own.id], text="Very upset.", tell_senco=True, confidential=True)
    assert concerns.open_concerns(teacher) == []
    (told,) = concerns.open_concerns(senco)
    assert [told.note.id] == ids
    with pytest.raises(Refusal, match="no_longer_there"):
        concerns.acknowledge(teacher, told.told.id)
    concerns.acknowledge(senco, told.told.id)
    assert concerns.open_concerns(senco) == []
    assert teacher.record.get(Observation, ids[0])


def test_what_one_added_is_taken_back_and_brought_again_though_one_removes_nothing_else(place, school):
    teacher = school.session("teacher")
    saved = plans.record_view(teacher, school.own.id, "pupil", text="I like maths.")
    [view] = teacher.record.find(View)
    with pytest.raises(Refusal, match="not_for_your_role"):
        teacher.record.save([Remove(View, view.id)], action="try", actor=teacher.actor)
    _, undone = undoing.undo(teacher, saved.save)
    assert teacher.record.find(View) == []
    undoing.undo(teacher, undone.save)
    assert teacher.record.find(View) == [view]
    theirs = plans.record_view(school.session("senco"), school.own.id, "pupil", text="I like art.")
    other = next(each for each in teacher.record.find(View) if each.id != view.id)
    with pytest.raises(Refusal, match="not_for_your_role"):
        teacher.record.save([Remove(View, other.id)], action="undo", actor=teacher.actor, undoes=theirs.save)


def test_what_is_not_seen_takes_no_place_among_what_was_removed(place, school):
    teacher, senco = school.session("teacher"), school.session("senco")
    mine = a_thing(Observation, place, school.own, author=teacher.actor.id)
    others = [a_thing(Observation, place, school.other, author=teacher.actor.id) for _ in range(12)]
    school.save(mine, *others)
    for each in (mine, *others):
        senco.record.save([Remove(Observation, each.id)], action="remove_observation", actor=senco.actor)
    assert [each.id for each in teacher.record.hidden(limit=3)] == [mine.id]
    assert len(senco.record.hidden(limit=3)) == 3


def test_who_wrote_a_field_is_told_of_what_is_seen_alone(place, school):
    teacher, senco = school.session("teacher").record, school.session("senco").record
    kept = a_thing(Document, place, school.own, confidential=True)
    school.save(kept)
    things = [school.own.id, school.other.id, kept.id]
    assert {id for id, _ in senco.writers(things)} == set(things)
    told = teacher.writers(things)
    assert {id for id, _ in told} == {school.own.id}
    assert not {name for _, name in told} & {"upn", "address"}
    assert teacher.unchosen(kept.id) == {}


def test_an_evidence_link_to_what_is_confidential_is_not_seen_shown_or_hidden(place, school):
    cycle = a_thing(Cycle, place, school.own)
    kept = a_thing(Observation, place, school.own, author=school.staff["senco"].id, confidential=True)
    link = EvidenceLink(place.session.ids.new(), school.own.id, cycle.id, "observation", kept.id)
    school.save(cycle, kept, link)
    for role, seen in (("teacher", []), ("head_teacher", []), ("deputy_senco", [link])):
        assert school.session(role).record.find(EvidenceLink) == seen
    school.record.save([Remove(EvidenceLink, link.id)], action="unlink_evidence", actor=school.actor("senco"))
    assert school.session("teacher").record.hidden() == []
