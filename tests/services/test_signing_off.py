"""The head teacher signs a request off; the SENCO notes a signature on paper; a change afterwards is told."""

import json
from datetime import date

import pytest

from sencoapp.domain.activity import ActivityQuery
from sencoapp.domain.casework import SignOff
from sencoapp.domain.refusals import Refusal
from sencoapp.services import requests, submissions, today, trail
from sencoapp.services.ports import RenderedPack
from sencoapp.services.signing_off import OnPaper, is_signed, sign_off_request, take_back_sign_off
from sencoapp.services.undoing import undo
from tests.services.people_of_the_school import TwoClasses

GATEWAY = "https://send.example.gov.uk"
PAPER = OnPaper("Mr J. Okafor", date(2026, 11, 20))


@pytest.fixture
def school(place):
    return TwoClasses(place)


@pytest.fixture
def request_(place, school):
    return requests.start_request(place.session, school.own.id)[0]


def frozen(place, request):
    draft = requests.draft_pack(place.session, request.id)
    return requests.keep_pack(place.session, draft, RenderedPack(b"%PDF-1", "0" * 64, 1))[0]


def test_the_head_teacher_signs_and_the_pack_and_the_manifest_say_so(place, school, request_):
    head = school.session("head_teacher")
    signed, _ = sign_off_request(head, request_.id)
    assert (signed.signed_by, signed.signed_on, signed.on_paper) == (head.actor.name, head.clock.today(), False)
    pack = frozen(place, request_)
    said = json.loads(place.session.blobs.read(pack.snapshot_blob))["request"]["signed_off"]
    assert said == {"by": head.actor.name, "role": "Head teacher", "on": "2026-11-24", "on_paper": False}
    submission, _ = submissions.prepare_submission(place.session, pack.id, GATEWAY)
    assert json.loads(place.session.blobs.read(submission.manifest_blob))["request"]["signedOffBy"] == head.actor.name


def test_a_pack_that_was_frozen_before_still_is_what_was_signed(place, school, request_):
    pack = frozen(place, request_)
    signed, _ = sign_off_request(school.session("head_teacher"), request_.id)
    assert is_signed(place.session, pack, signed)


def test_a_change_afterwards_is_no_longer_signed_and_no_pack_claims_it(place, school, request_):
    signed, _ = sign_off_request(school.session("head_teacher"), request_.id)
    requests.write_answer(place.session, request_.id, "why_an_assessment", "He cannot follow the lesson.")
    pack = frozen(place, request_)
    assert not is_signed(place.session, pack, signed)
    assert "signed_off" not in json.loads(place.session.blobs.read(pack.snapshot_blob))["request"]
    submission, _ = submissions.prepare_submission(place.session, pack.id, GATEWAY)
    sent = json.loads(place.session.blobs.read(submission.manifest_blob))["request"]
    assert sent["signedOffBy"] == place.session.actor.name


def test_the_senco_notes_a_signature_on_paper_with_its_day(place, request_):
    signed, _ = sign_off_request(place.session, request_.id, PAPER)
    assert (signed.signed_by, signed.signed_on, signed.on_paper) == ("Mr J. Okafor", date(2026, 11, 20), True)
    lines = [each.sentence for each in trail.activity(place.session, ActivityQuery())]
    assert "Signed off a request: Mr J. Okafor, on paper on 20 November 2026" in lines


@pytest.mark.parametrize(
    ("paper", "key"),
    [
        (None, "sign_off_needs_name"),
        (OnPaper(" ", date(2026, 11, 20)), "sign_off_needs_name"),
        (OnPaper("Mr J. Okafor", None), "sign_off_needs_day"),
        (OnPaper("Mr J. Okafor", date(2026, 11, 25)), "sign_off_in_the_future"),
    ],
)
def test_a_signature_on_paper_needs_a_name_and_a_day_that_has_come(place, request_, paper, key):
    with pytest.raises(Refusal, match=key):
        sign_off_request(place.session, request_.id, paper)


@pytest.mark.parametrize("role", ["teacher", "teaching_assistant", "office"])
def test_no_other_role_signs(school, request_, role):
    with pytest.raises(Refusal, match="not_for_your_role"):
        sign_off_request(school.session(role), request_.id)


def test_a_sign_off_is_taken_back_and_that_is_undone(place, school, request_):
    head = school.session("head_teacher")
    sign_off_request(head, request_.id)
    saved = take_back_sign_off(head, request_.id)
    assert not place.session.record.find(SignOff)
    undo(head, saved.save)
    assert place.session.record.find(SignOff)


def test_the_heads_today_shows_what_waits_for_their_sign_off(place, school, request_):
    head = school.session("head_teacher")

    def waiting():
        return [each.subject for each in today.today_page(head).tasks if each.kind == "sign_off"]

    assert not waiting()
    frozen(place, request_)
    assert waiting() == [request_.id]
    sign_off_request(head, request_.id)
    assert not waiting()


def test_the_head_teacher_reads_a_request_and_does_not_send_it(place, school, request_):
    pack = frozen(place, request_)
    with pytest.raises(Refusal, match="not_for_your_role"):
        submissions.prepare_submission(school.session("head_teacher"), pack.id, GATEWAY)
