"""Photos and files on a note: as confidential as the note, for the author's own pupils, and evidence with it."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sencoapp.domain.casework import Document
from sencoapp.domain.plan import Observation
from sencoapp.domain.record import Amend, New, Remove
from sencoapp.domain.refusals import Refusal
from sencoapp.services import observations, plans
from sencoapp.services.confidential import set_readers
from sencoapp.services.documents import read_document
from sencoapp.services.note_files import files_of, seal_file
from sencoapp.services.undoing import undo
from tests.documents.paper_samples import photo
from tests.services.people_of_the_school import TwoClasses


@pytest.fixture
def school(place):
    return TwoClasses(place)


@pytest.fixture
def taken(place):
    return place.documents.take_in("page 12.jpg", photo(400, 300))


def write(session, taken, pupil, **more):
    (note,), saved = observations.record_observation(
        session, pupils=[pupil.id], text="Wrote a whole page.", files=[seal_file(session, taken)], **more
    )
    return note, saved


def test_a_teacher_attaches_a_photo_for_a_pupil_of_their_class(school, taken):
    teacher = school.session("teacher")
    note, _ = write(teacher, taken, school.own)
    (paper,) = files_of(teacher.record, note)
    assert (paper.title, paper.kind, paper.author_name, paper.pages) == ("page 12", "work", "teacher at school", 1)
    _, content = read_document(school.session("teaching_assistant"), paper.id)
    assert b"GPS" not in content
    with pytest.raises(Refusal, match="no_longer_there"):
        write(teacher, taken, school.other)


def test_a_teacher_adds_no_document_of_another_kind(place, school, taken):
    teacher = school.session("teacher")
    note, _ = write(teacher, taken, school.own)
    (paper,) = files_of(teacher.record, note)
    (theirs,), _ = observations.record_observation(place.session, pupils=[school.own.id], text="From the SENCO.")
    for wrong in (
        replace(paper, id="new", observation=None),
        replace(paper, id="new", observation=theirs),
        replace(paper, id="new", author=None),
    ):
        with pytest.raises(Refusal, match="not_for_your_role"):
            teacher.record.save([New(wrong)], action="try", actor=teacher.actor)
    for values in ({"blob": "x"}, {"observation": theirs}, {"for_requests": True}):
        with pytest.raises(Refusal, match="not_for_your_role"):
            teacher.record.save([Amend(Document, paper.id, values)], action="try", actor=teacher.actor)


def test_the_files_of_a_confidential_note_are_seen_by_its_readers_only(school, taken):
    teacher, assistant, head = (school.session(each) for each in ("teacher", "teaching_assistant", "head_teacher"))
    note, _ = write(teacher, taken, school.own, confidential=True)
    (paper,) = files_of(teacher.record, note)
    assert paper.confidential
    assert not paper.for_requests
    for other in (assistant, head):
        assert files_of(other.record, note) == []
        assert other.record.get(Document, paper.id) is None
    set_readers(teacher, Observation, note, [assistant.actor.id])
    read_document(assistant, paper.id)
    assert school.record.trail(limit=1)[0].what == "viewed_confidential"
    set_readers(school.session("senco"), Document, paper.id, None)
    assert files_of(head.record, note) == [school.record.get(Document, paper.id)]
    assert not school.record.get(Observation, note).confidential


def test_a_note_goes_with_its_files_and_comes_back_with_them(place, school, taken):
    teacher = school.session("teacher")
    note, _ = write(teacher, taken, school.own)
    removed = observations.remove_observations(teacher, [note])
    assert files_of(place.session.record, note) == []
    undo(teacher, removed.save)
    assert len(files_of(place.session.record, note)) == 1
    again, saved = write(teacher, taken, school.own)
    undo(teacher, saved.save)
    assert files_of(place.session.record, again) == []


def test_the_timeline_says_how_many_files_a_note_has_and_lists_them_once(place, school, taken):
    note, _ = write(place.session, taken, school.own)
    entries = place.session.record.chronology(school.own.id)
    assert [(each.id, each.files) for each in entries if each.kind in ("observation", "document")] == [(note, 1)]


def test_a_file_of_a_note_that_a_closed_plan_rests_on_stays(place, school, taken):
    note, _ = write(place.session, taken, school.own)
    (paper,) = files_of(place.session.record, note)
    cycle, _ = plans.start_cycle(place.session, school.own.id, starts_on=date(2026, 9, 8), review_due_on=date(2026, 11, 20))
    plans.link_evidence(place.session, cycle.id, "observation", note)
    record, actor = place.session.record, place.session.actor
    record.save([Amend(type(cycle), cycle.id, {"closed_on": date(2026, 11, 24)})], action="close_cycle", actor=actor)
    with pytest.raises(Refusal, match="evidence_of_closed_cycle"):
        record.save([Remove(Document, paper.id)], action="remove_document", actor=actor)


def test_one_photo_for_two_pupils_is_a_document_of_each_and_outlives_the_other(place, school, taken):
    file = seal_file(place.session, taken)
    notes, _ = observations.record_observation(
        place.session, pupils=[school.own.id, school.other.id], text="Built a tower.", files=[file, file]
    )
    papers = [files_of(place.session.record, each) for each in notes]
    assert [[each.pupil for each in of] for of in papers] == [[school.own.id], [school.other.id]]
    assert papers[0][0].blob == papers[1][0].blob


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(confidential=st.booleans(), readers=st.lists(st.sampled_from(["teaching_assistant", "head_teacher", "office"]), unique=True))
def test_whoever_sees_the_note_sees_its_files_and_nobody_else(school, taken, confidential, readers):
    teacher = school.session("teacher")
    named = [school.staff[each].id for each in readers] if confidential else []
    note, _ = write(teacher, taken, school.own, confidential=confidential, readers=named)
    for role in school.staff:
        record = school.session(role).record
        assert (record.get(Observation, note) is not None) == bool(files_of(record, note)), role
