"""What a request pack says of the pupil and the family, and what stays out of it for good."""

from dataclasses import fields
from datetime import date

import pytest

from sencoapp.domain.casework import Request
from sencoapp.domain.people import Pupil
from sencoapp.services import first_drafts, pupils, requests, snapshots
from sencoapp.services.plans import start_cycle
from sencoapp.services.reviewing import review_case
from tests.places import add_pupil


@pytest.fixture
def asked(place) -> Request:
    """A request for Kian, whose father has died."""
    session, kian = place.session, add_pupil(place, mis_id="S-17", young_carer=True)
    about = {"surname": "Osei", "parental_responsibility": True}
    pupils.add_contact(session, kian.id, {**about, "forename": "Ama", "relationship": "PAM", "phone": "07700 900123"})
    pupils.add_contact(session, kian.id, {**about, "forename": "Yaw", "relationship": "PAF", "phone": "07700 900456", "deceased": True})
    return requests.start_request(session, kian.id)[0]


def test_a_parent_who_has_died_is_nobody_that_a_council_can_hear(place, asked):
    page = requests.snapshot_of(place.session, asked, 1)
    assert [each["name"] for each in page["contacts"]] == ["Ama Osei"]
    drafts = first_drafts.first_drafts(place.session, asked, {"sections": [{"questions": [{"id": "family", "source": "contacts"}]}]})
    assert "Yaw" not in drafts["family"]
    assert "Ama" in drafts["family"]


def test_a_review_asks_for_the_parents_who_live(place, asked):
    cycle, _ = start_cycle(place.session, asked.pupil, starts_on=date(2026, 9, 1), review_due_on=date(2026, 12, 10))
    assert review_case(place.session, cycle.id).parents == ("Ama Osei",)


def test_of_a_pupil_a_pack_has_what_is_named_and_no_new_field_by_itself(place, asked):
    told = requests.snapshot_of(place.session, asked, 1)["pupil"]
    assert set(told) == {*snapshots.FOR_A_COUNCIL, "name", "legal_name"}
    kept = {each.name for each in fields(Pupil)} - snapshots.FOR_A_COUNCIL
    assert kept == {
        "medical_note",
        "ever_6_fsm",
        "previously_looked_after",
        "young_carer",
        "disabilities",
        "mis_id",
        "sen_unit",
        "resourced_provision",
        "upn_unknown",
    }
