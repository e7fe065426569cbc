"""Confidential things carry their own readers; reading one is noted; packs leave them out unless somebody chooses them."""

from datetime import date

import pytest

from sencoapp.domain.casework import Document
from sencoapp.domain.plan import Cycle, EvidenceLink, Observation, View
from sencoapp.domain.record import Amend
from sencoapp.domain.refusals import Refusal
from sencoapp.services import confidential
from sencoapp.services.observations import record_observation
from sencoapp.services.snapshots import latest_views
from tests.services.people_of_the_school import TwoClasses, a_thing


@pytest.fixture
def school(place):
    return TwoClasses(place)


def test_reading_one_is_noted_and_reading_an_open_one_is_not(place, school):
    kept = a_thing(Observation, place, school.own, text="said quietly", confidential=True)
    plain = a_thing(Observation, place, school.own, text="said aloud")
    school.save(kept, plain)
    assert confidential.read_confidential(place.session, Observation, kept.id).text == "said quietly"
    confidential.read_confidential(place.session, Observation, plain.id)
    [entry] = place.session.record.trail(what=("viewed_confidential",))
    assert (entry.pupil, entry.facts) == (school.own.id, {"thing": "observation", "id": kept.id})


def test_somebody_who_is_no_reader_does_not_learn_that_it_is_there(place, school):
    kept = a_thing(Document, place, school.own, confidential=True)
    school.save(kept)
    head = school.session("head_teacher")
    with pytest.raises(Refusal, match="no_longer_there"):
        confidential.read_confidential(head, Document, kept.id)
    confidential.set_readers(place.session, Document, kept.id, (head.actor.id,))
    assert confidential.read_confidential(head, Document, kept.id).id == kept.id
    assert [each.by for each in place.session.record.trail(what=("viewed_confidential",))] == [head.actor.id]


def test_readers_are_staff_of_the_school(place, school):
    note = a_thing(Observation, place, school.own)
    school.save(note)
    with pytest.raises(Refusal, match="reader_not_known"):
        confidential.set_readers(place.session, Observation, note.id, ("nobody",))
    confidential.set_readers(place.session, Observation, note.id, ())
    assert place.session.record.get(Observation, note.id).confidential
    confidential.set_readers(place.session, Observation, note.id, None)
    assert not place.session.record.get(Observation, note.id).confidential
    assert {each.role for each in confidential.possible_readers(place.session.record)} == {
        "teacher",
        "teaching_assistant",
        "head_teacher",
        "office",
    }


def test_a_teacher_marks_their_own_note_and_no_other(place, school):
    teacher = school.session("teacher")
    [mine], _ = record_observation(teacher, pupils=[school.own.id], text="said quietly", confidential=True)
    assert teacher.record.get(Observation, mine).readers == ()
    assert school.session("teaching_assistant").record.get(Observation, mine) is None
    confidential.set_readers(teacher, Observation, mine, None)
    theirs = a_thing(Observation, place, school.own, author=school.staff["senco"].id)
    school.save(theirs)
    with pytest.raises(Refusal, match="not_for_your_role"):
        confidential.set_readers(teacher, Observation, theirs.id, ())


def test_who_reads_can_change_after_a_cycle_is_closed_and_nothing_else(place, school):
    cycle = a_thing(Cycle, place, school.own)
    paper, view = a_thing(Document, place, school.own), a_thing(View, place, school.own, cycle=cycle.id)
    school.save(cycle, paper, view)
    school.save(EvidenceLink(place.session.ids.new(), school.own.id, cycle.id, "document", paper.id))
    school.record.save([Amend(Cycle, cycle.id, {"closed_on": date(2026, 11, 1)})], action="close", actor=place.session.actor)
    confidential.set_readers(place.session, Document, paper.id, ())
    confidential.set_readers(place.session, View, view.id, ())
    assert place.session.record.get(View, view.id).confidential
    for kind, thing, key in ((Document, paper, "evidence_of_closed_cycle"), (View, view, "cycle_is_closed")):
        # How a page lies in a pack is not the evidence: its file stays what it was.
        for field in {each for each in vars(thing) if each not in ("id", "confidential", "readers", "shared", "turns")}:
            with pytest.raises(Refusal, match=key):
                school.record.save([Amend(kind, thing.id, {field: getattr(thing, field)})], action="try", actor=place.session.actor)
        with pytest.raises(Refusal, match=key):
            school.record.save(
                [Amend(kind, thing.id, {"readers": (), next(iter({"title", "said_by"} & set(vars(thing)))): "x"})],
                action="try",
                actor=place.session.actor,
            )


def test_a_pack_takes_no_confidential_view_by_itself(place, school):
    quiet = a_thing(View, place, school.own, whose="pupil", text="quiet", confidential=True)
    aloud = a_thing(View, place, school.own, whose="pupil", text="aloud")
    school.save(aloud, quiet)
    assert [each.text for each in latest_views(place.session.record, school.own.id)] == ["aloud"]
