"""The head teacher signs a request off; the SENCO notes a signature on paper; a change afterwards is told."""

import json
from dataclasses import replace
from datetime import date

import pytest

from sencoapp.domain.activity import ActivityQuery
from sencoapp.domain.casework import Document, Request, SignOff
from sencoapp.domain.refusals import Fault, Refusal
from sencoapp.services import confidential, requests, submissions, today, trail
from sencoapp.services.ports import RenderedPack
from sencoapp.services.request_signed import sign_off_of
from sencoapp.services.signing_off import OnPaper, is_signed, sign_off_request, take_back_sign_off
from sencoapp.services.undoing import undo
from tests.services.people_of_the_school import TwoClasses, a_thing

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
    return requests.keep_pack(place.session, draft, RenderedPack(place.session.blobs.put(b"%PDF-1"), "0" * 64, 6, 1))[0]


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


def with_papers(place, school, request, **about):
    """The request with an open paper between two that are as ``about`` says."""
    blob = place.session.blobs.put(b"%PDF-1")
    papers = [
        a_thing(Document, place, school.own, title=title, blob=blob, pages=1, added_at=place.session.clock.now(), **values)
        for title, values in (("A", about), ("B", {}), ("C", about))
    ]
    school.save(*papers)
    there = place.session.record.get(Request, request.id)
    requests.change_request(place.session, there, replace(there, evidence=tuple(each.id for each in papers)))
    return papers


@pytest.mark.parametrize("who", ["the head teacher", "a head teacher who reads it", "the SENCO, on paper"])
def test_confidential_evidence_is_not_signed_for_and_does_not_undo_a_signature(place, school, request_, who):
    head = school.session("head_teacher")
    readers = (head.actor.id,) if who == "a head teacher who reads it" else ()
    with_papers(place, school, request_, confidential=True, readers=readers)
    by = place.session if "paper" in who else head
    signed, _ = sign_off_request(by, request_.id, PAPER if "paper" in who else None)
    pack = frozen(place, request_)
    said = json.loads(place.session.blobs.read(pack.snapshot_blob))
    assert [each["title"] for each in said["evidence"]] == ["A", "B", "C"]
    assert is_signed(place.session, pack, signed)
    assert is_signed(head, pack, signed)
    assert said["request"]["signed_off"]["by"] == signed.signed_by
    submission, _ = submissions.prepare_submission(place.session, pack.id, GATEWAY)
    assert json.loads(place.session.blobs.read(submission.manifest_blob))["request"]["signedOffBy"] == signed.signed_by


def test_open_evidence_is_signed_for_and_its_letter_is_not(place, school, request_):
    papers = with_papers(place, school, request_, confidential=True)
    signed, _ = sign_off_request(school.session("head_teacher"), request_.id)
    there = place.session.record.get(Request, request_.id)
    requests.change_request(place.session, there, replace(there, evidence=(papers[1].id,)))
    assert is_signed(place.session, frozen(place, request_), signed)
    requests.change_request(place.session, replace(there, evidence=(papers[1].id,)), replace(there, evidence=()))
    assert not is_signed(place.session, frozen(place, request_), signed)


def test_a_paper_that_is_made_confidential_or_open_after_the_signature(place, school, request_):
    papers = with_papers(place, school, request_)
    signed, _ = sign_off_request(school.session("head_teacher"), request_.id)
    confidential.set_readers(place.session, Document, papers[0].id, ())
    assert is_signed(place.session, frozen(place, request_), signed), "what was signed for says what it said"
    again, _ = sign_off_request(school.session("head_teacher"), request_.id)
    confidential.set_readers(place.session, Document, papers[0].id, None)
    assert not is_signed(place.session, frozen(place, request_), again), "nobody signed for what is open now"


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


def test_words_that_are_not_what_was_frozen_are_neither_signed_nor_sent(place, school, request_):
    signed, _ = sign_off_request(school.session("head_teacher"), request_.id)
    pack = frozen(place, request_)
    other = {**json.loads(place.session.blobs.read(pack.snapshot_blob)), "made_on": "2020-01-01"}  # nobody signs for the day
    swapped = replace(pack, snapshot_blob=place.session.blobs.put(json.dumps(other).encode()))
    for asked in (lambda: is_signed(place.session, swapped, signed), lambda: submissions.manifest_of(place.session, swapped)):
        with pytest.raises(Fault, match="file_damaged"):
            asked()


def test_a_damaged_pack_waits_for_the_head_teacher_and_leaves_today_whole(place, school, request_):
    head = school.session("head_teacher")
    pack = frozen(place, request_)
    sign_off_request(head, request_.id)
    for each in (place.profile.folder / "blobs").rglob("*"):
        if each.is_file():
            each.write_bytes(b"x" * each.stat().st_size)
    with pytest.raises(Fault, match="file_damaged"):
        is_signed(head, pack, sign_off_of(head.record, request_.id))
    assert [each.subject for each in today.today_page(head).tasks if each.kind == "sign_off"] == [request_.id]


def test_the_head_teacher_reads_a_request_and_does_not_send_it(place, school, request_):
    pack = frozen(place, request_)
    with pytest.raises(Refusal, match="not_for_your_role"):
        submissions.prepare_submission(school.session("head_teacher"), pack.id, GATEWAY)
