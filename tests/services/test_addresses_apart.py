"""A pack is read by parents who live apart: neither finds the other's address in it. The council gets it, and is told to keep it."""

import json
from io import BytesIO

import pypdfium2
import pytest

from sencoapp.services import photos, pupils, requests, submissions
from tests.places import add_pupil
from tests.services.test_background import camera

HOME, AWAY = "1 Mill Lane, Barrowby", "9 Station Road, Oakham"


def family(place, *, apart: bool, **reach):
    pupil = add_pupil(place, "Brennan", "Ava", address=HOME, postcode="LE99 1AA", medical_note="CANARY-MEDICAL", young_carer=True).id
    for forename, home, address in (("Niamh", True, HOME), ("Sean", not apart, AWAY if apart else HOME)):
        values = {"surname": "Brennan", "forename": forename, "parental_responsibility": True, "lives_with_pupil": home, "address": address}
        pupils.add_contact(place.session, pupil, {**values, "phone": "07700 900123", "email": "ava@example.org", **reach})
    return pupil


def packed(place, pupil):
    request, _ = requests.start_request(place.session, pupil)
    pack, _ = requests.freeze(place.session, place.documents, request.id)
    _, pdf = requests.read_pack(place.session, pack.id)
    with pypdfium2.PdfDocument(BytesIO(pdf)) as opened:
        words = "\n".join(opened[number].get_textpage().get_text_range() for number in range(len(opened)))
    return pack, words, place.session.blobs.read(pack.snapshot_blob).decode()


def test_neither_parents_address_is_in_a_pack_where_they_live_apart(place):
    _, words, snapshot = packed(place, family(place, apart=True))
    for telling in ("Mill Lane", "LE99 1AA", "Station Road", "07700 900123", "ava@example.org"):
        assert telling not in words
        assert telling not in snapshot
    assert words.count("Kept apart by the school") == 3


def test_telephone_and_e_mail_are_printed_where_somebody_said_so(place):
    _, words, _ = packed(place, family(place, apart=True, reach_hidden=False))
    assert "Mill Lane" not in words
    assert "07700 900123" in words
    assert "ava@example.org" in words


def test_telephone_and_e_mail_are_kept_apart_alone_where_somebody_said_so(place):
    _, words, _ = packed(place, family(place, apart=False, reach_hidden=True))
    assert "Mill Lane" in words
    assert "07700 900123" not in words
    assert words.count("Kept apart by the school") == 2


def test_a_family_under_one_roof_is_printed_as_before(place):
    _, words, _ = packed(place, family(place, apart=False))
    assert "Mill Lane" in words
    assert "Kept apart" not in words


def test_the_council_gets_the_addresses_and_is_told_to_keep_them_apart(place):
    pack, _, _ = packed(place, family(place, apart=True))
    contacts = json.loads(submissions.manifest_of(place.session, pack))["contacts"]
    assert [(each["address"], each["addressHidden"]) for each in contacts] == [(HOME, True), (AWAY, True)]


@pytest.mark.parametrize("kept_here", ["CANARY-MEDICAL", "young_carer", "photo"])
def test_what_no_form_asks_for_is_not_frozen_into_a_pack(place, kept_here):
    pupil = family(place, apart=False)
    photos.set_photo(place.session, place.documents, pupil, "a.jpg", camera(300, 300))
    _, words, snapshot = packed(place, pupil)
    assert kept_here not in snapshot
    assert kept_here not in words
