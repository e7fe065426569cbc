"""What cannot be so is refused before it is kept: another pupil's papers, places in the wrong plan, days out of order."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from sencoapp.domain.casework import Document, Request
from sencoapp.domain.plan import Cycle, Observation
from sencoapp.domain.provision import ProvisionPlace
from sencoapp.domain.record import New
from sencoapp.domain.refusals import Refusal
from sencoapp.services import observations, plans, provision, rates, request_open, requests, submissions
from sencoapp.services.ports import CouncilReply, RenderedPack
from tests.places import TODAY, add_pupil
from tests.services.test_provision import values

NOBODY = "f" * 32


@pytest.fixture
def kian(place):
    return add_pupil(place)


@pytest.fixture
def ava(place):
    return add_pupil(place, "Begum", "Ava")


@pytest.fixture
def cycle(place, kian):
    return plans.start_cycle(place.session, kian.id, starts_on=date(2026, 9, 7))[0]


def paper_of(place, pupil):
    name = place.session.blobs.put(b"private")
    paper = Document(
        place.session.ids.new(), pupil.id, "Letter", "report", "a.pdf", "application/pdf", 7, "0", name, place.session.clock.now(), pages=1
    )
    place.session.record.save([New(paper)], action="test", actor=place.session.actor)
    return paper


def note_of(place, pupil):
    return observations.record_observation(place.session, pupils=[pupil.id], text="Read.")[0][0]


def test_another_pupils_papers_never_go_to_the_council(place, kian, ava):
    theirs = paper_of(place, ava)
    request, _ = requests.start_request(place.session, kian.id)
    for evidence in ((theirs.id,), (NOBODY,)):
        with pytest.raises(Refusal, match="evidence_is_of_another_pupil"):
            requests.change_request(place.session, request, replace(request, evidence=evidence))
    forged = replace(request, evidence=(theirs.id,))
    assert submissions.evidence_documents(place.session.record, forged) == []
    own = paper_of(place, kian)
    requests.change_request(place.session, request, replace(request, evidence=(own.id,)))


def test_a_plan_rests_on_the_pupils_own_notes_and_papers(place, cycle, ava):
    for kind, source in (("observation", note_of(place, ava)), ("document", paper_of(place, ava).id), ("document", NOBODY)):
        with pytest.raises(Refusal, match=r"evidence_is_of_another_pupil|no_longer_there"):
            plans.link_evidence(place.session, cycle.id, kind, source)


def test_a_view_belongs_to_the_pupil_of_its_plan(place, cycle, ava):
    with pytest.raises(Refusal, match="plan_is_of_another_pupil"):
        plans.record_view(place.session, ava.id, "pupil", text="Yes.", cycle=cycle.id)
    with pytest.raises(Refusal, match="no_longer_there"):
        plans.record_view(place.session, cycle.pupil, "pupil", text="Yes.", cycle=NOBODY)


def test_a_group_serves_the_plan_of_the_pupil_it_was_made_in_and_not_that_of_the_others(place, cycle, kian, ava):
    made, _ = provision.add_provision(place.session, values(), [kian.id, ava.id], cycle=cycle.id)
    assert {each.pupil: each.cycle for each in place.session.record.find(ProvisionPlace, provision=made.id)} == {
        kian.id: cycle.id,
        ava.id: None,
    }
    with pytest.raises(Refusal, match="plan_is_of_another_pupil"):
        provision.join_provision(place.session, made.id, ava.id, cycle=cycle.id)


def test_nobody_joins_what_has_ended_and_who_left_may_come_back(place, kian, ava):
    made, _ = provision.add_provision(place.session, values(ends_on=date(2026, 11, 20)), [kian.id])
    with pytest.raises(Refusal, match="provision_has_ended"):
        provision.join_provision(place.session, made.id, ava.id)
    going, _ = provision.add_provision(place.session, values(), [kian.id])
    provision.end_places(place.session, kian.id, going.id, date(2026, 10, 1))
    provision.join_provision(place.session, going.id, kian.id)
    assert [each.ends_on for each in place.session.record.find(ProvisionPlace, provision=going.id)] == [date(2026, 10, 1), None]


def test_a_place_does_not_end_before_its_provision_begins(place, kian):
    made, _ = provision.add_provision(place.session, values(), [kian.id])
    (there,) = place.session.record.find(ProvisionPlace, provision=made.id)
    with pytest.raises(Refusal, match="provision_ends_before_it_starts"):
        provision.leave_provision(place.session, there.id, ends_on=date(2026, 8, 1))


@pytest.mark.parametrize(
    ("wrong", "key"),
    [
        ({"sessions_per_week": Decimal("NaN")}, "provision_sessions_per_week"),
        ({"sessions_per_week": Decimal("sNaN")}, "provision_sessions_per_week"),
        ({"sessions_per_week": Decimal("Infinity")}, "provision_sessions_per_week"),
        ({"pence_per_hour": 10**30}, "rate_is_above_nothing"),
        ({"pence_per_hour": -1}, "rate_is_above_nothing"),
    ],
)
def test_a_cost_that_cannot_be_is_refused(place, kian, wrong, key):
    with pytest.raises(Refusal, match=key):
        provision.add_provision(place.session, values(**wrong), [kian.id])


def test_a_rate_that_no_table_can_hold_is_refused(place):
    with pytest.raises(Refusal, match="rate_is_above_nothing"):
        rates.set_staff_rate(place.session, "Teacher", 10**30, date(2026, 9, 1))


def test_a_reason_of_blanks_does_not_put_the_whole_cost_on_one_pupil(place, kian):
    made, _ = provision.add_provision(place.session, values(whole_cost_reason="  "), [kian.id])
    assert (made.whole_cost_reason, provision.row_of(made)["cost_pence"]) == (None, 7740)


def test_a_cycle_is_closed_by_closing_it_and_by_nothing_else(place, cycle, ava):
    for wanted in (replace(cycle, closed_on=date(2026, 11, 24)), replace(cycle, pupil=ava.id), replace(cycle, id=NOBODY)):
        with pytest.raises(TypeError):
            plans.change_cycle(place.session, cycle, wanted)
    assert place.session.record.get(Cycle, cycle.id).closed_on is None


def ready_to_close(place, cycle):
    plans.add_outcome(place.session, cycle.id, {"text": "reads", "rating": "met"})
    for whose in ("pupil", "parents"):
        plans.record_view(place.session, cycle.pupil, whose, text="Good.", cycle=cycle.id)
    plans.change_cycle(place.session, cycle, replace(cycle, decision="Go on."))


@pytest.mark.parametrize(
    ("days", "key"),
    [
        ({"next_review_due_on": date(2026, 11, 1)}, "review_before_plan"),
        ({"closed_on": date(2026, 11, 25)}, "closed_in_the_future"),
        ({"closed_on": date(2026, 9, 6)}, "closed_before_it_began"),
    ],
)
def test_days_of_closing_that_contradict_each_other_are_refused(place, cycle, days, key):
    ready_to_close(place, cycle)
    with pytest.raises(Refusal, match=key):
        plans.close_cycle(place.session, cycle.id, **days)
    assert place.session.record.get(Cycle, cycle.id).closed_on is None


def test_a_note_corrects_a_note_about_the_same_pupil(place, kian, ava):
    theirs = note_of(place, ava)
    with pytest.raises(Refusal, match="evidence_is_of_another_pupil"):
        observations.record_observation(place.session, pupils=[kian.id], text="No.", corrects=theirs)
    observations.record_observation(place.session, pupils=[ava.id], text="No.", corrects=theirs)
    assert len(place.session.record.find(Observation, pupil=ava.id)) == 2


@pytest.fixture
def rendered(place):
    return RenderedPack(place.session.blobs.put(b"%PDF-1.7"), "0" * 64, 8, 1)


def test_a_pack_that_was_rendered_while_the_request_was_sent_does_not_open_it_again(place, kian, rendered):
    request, _ = requests.start_request(place.session, kian.id)
    draft = requests.draft_pack(place.session, request.id)
    requests.keep_pack(place.session, draft, rendered)
    with pytest.raises(Refusal, match="pack_was_made_meanwhile"):
        requests.keep_pack(place.session, draft, rendered)
    late = requests.draft_pack(place.session, request.id)
    request_open.withdraw_request(place.session, request.id)
    with pytest.raises(Refusal, match="request_is_withdrawn"):
        requests.keep_pack(place.session, late, rendered)
    assert place.session.record.get(Request, request.id).state == "withdrawn"


def test_the_state_of_a_request_is_not_a_field_of_its_form(place, kian):
    request, _ = requests.start_request(place.session, kian.id)
    with pytest.raises(TypeError):
        requests.change_request(place.session, request, replace(request, state="sent"))


def test_a_reply_told_twice_in_one_breath_is_kept_once(place, kian, rendered):
    request, _ = requests.start_request(place.session, kian.id)
    pack, _ = requests.keep_pack(place.session, requests.draft_pack(place.session, request.id), rendered)
    sent, _ = submissions.prepare_submission(place.session, pack.id, "https://council.example")
    reply = CouncilReply(1, sent.id, "message", TODAY, text="Received.")
    fresh, _ = submissions.keep_replies(place.session, "https://council.example", [reply, reply])
    assert len(fresh) == 1
