"""What goes to a council, and what must not."""

import json
from dataclasses import replace

import pytest

from sencoapp.domain.casework import Pack
from sencoapp.domain.people import Pupil, School
from sencoapp.domain.record import Amend, New
from sencoapp.domain.refusals import Refusal
from sencoapp.services import requests, submissions
from sencoapp.services.ports import RenderedPack
from tests.places import add_pupil


@pytest.fixture
def pack(place):
    """A frozen pack with invented bytes: what is in it is not the matter here."""
    kian = add_pupil(place)
    request, _ = requests.start_request(place.session, kian.id)
    draft = requests.draft_pack(place.session, request.id)
    return requests.keep_pack(place.session, draft, RenderedPack(place.session.blobs.put(b"%PDF-1"), "0" * 64, 6, 1))[0]


def test_a_pack_on_its_way_is_the_same_submission_however_often_it_is_prepared(place, pack):
    first, _ = submissions.prepare_submission(place.session, pack.id, "https://send.example.gov.uk")
    again, _ = submissions.prepare_submission(place.session, pack.id, "https://send.example.gov.uk")
    assert again == first


def test_the_council_is_told_what_it_returns_of_a_school_and_of_a_pupil_without_a_upn(place, pack):
    school, pupil = place.session.record.find(School)[0], pack.pupil
    record = place.session.record
    record.save([Amend(School, school.id, {"ukprn": "10012345"})], action="test", actor=place.session.actor)
    values = {"upn": None, "upn_unknown": "UN3", "sen_unit": True, "resourced_provision": False}
    record.save([Amend(Pupil, pupil, values)], action="test", actor=place.session.actor)
    told = json.loads(submissions.manifest_of(place.session, pack))
    assert told["school"]["ukprn"] == "10012345"
    assert told["pupil"]["UPNunknown"] == "UN3"
    assert (told["sen"]["SENunitIndicator"], told["sen"]["ResourcedProvisionIndicator"]) == (True, False)


def test_only_the_latest_version_is_sent(place, pack):
    newer = replace(pack, id=place.session.ids.new(), version=pack.version + 1)
    place.session.record.save([New(newer)], action="test", actor=place.session.actor)
    with pytest.raises(Refusal, match="pack_is_not_the_latest"):
        submissions.prepare_submission(place.session, pack.id, "https://send.example.gov.uk")
    assert place.session.record.get(Pack, pack.id) == pack


@pytest.mark.parametrize("gateway", ["https://send.example.gov.uk", "http://10.0.0.1:80"])
def test_the_demo_school_sends_to_this_computer_only(place, pack, gateway):
    school = place.session.record.find(School)[0]
    place.session.record.save([Amend(School, school.id, {"demo": True})], action="test", actor=place.session.actor)
    with pytest.raises(Refusal, match="demo_stays_here"):
        submissions.prepare_submission(place.session, pack.id, gateway)
    submissions.prepare_submission(place.session, pack.id, "http://127.0.0.1:8000")
