"""The school's crest in the record: kept sealed, changed, taken back, and frozen in what it was signed with."""

import json
from base64 import b64decode
from dataclasses import replace

import pytest

from sencoapp.documents.sample_crest import make_crest
from sencoapp.domain.activity import ActivityQuery
from sencoapp.domain.refusals import Fault, Refusal
from sencoapp.services import letters, pupils, requests, trail, undoing
from sencoapp.services.beginning import change_school, school
from sencoapp.services.crest import crest_for_paper, crest_of, read_crest, remove_crest, set_crest
from sencoapp.services.signing_off import is_signed, sign_off_request
from tests.documents.samples import crest as another
from tests.places import add_pupil
from tests.services.people_of_the_school import TwoClasses
from tests.services.test_signing_off import frozen


def chosen(place, content=None):
    return set_crest(place.session, place.documents, "crest.png", content or make_crest())


def test_a_crest_is_replaced_removed_and_brought_back(place):
    assert read_crest(place.session) is None
    assert crest_for_paper(place.session) == ""
    first, _ = chosen(place)
    assert read_crest(place.session) == place.documents.crest("crest.png", make_crest())
    second, saved = chosen(place, b64decode(another(90, 90)))
    assert crest_of(place.session.record) == second
    undoing.undo(place.session, saved.save)
    assert crest_of(place.session.record) == first
    saved = remove_crest(place.session, first.id)
    told = [each.sentence for each in trail.activity(place.session, ActivityQuery())]
    assert {"Chose the school's crest", "Removed the school's crest"} <= set(told)
    assert crest_of(place.session.record) is None
    undoing.undo(place.session, saved.save)
    assert crest_of(place.session.record) == first


@pytest.mark.parametrize("role", ["teacher", "teaching_assistant", "office", "head_teacher"])
def test_who_may_not_change_the_school_does_not_change_its_crest_and_prints_it(place, role):
    crest, _ = chosen(place)
    session = TwoClasses(place).session(role)
    with pytest.raises(Refusal, match="not_for_your_role"):
        set_crest(session, place.documents, "crest.png", make_crest())
    with pytest.raises(Refusal, match="not_for_your_role"):
        remove_crest(session, crest.id)
    assert crest_for_paper(session) == crest_for_paper(place.session) != ""


def test_a_file_that_is_none_changes_nothing(place):
    crest, _ = chosen(place)
    with pytest.raises(Fault):
        set_crest(place.session, place.documents, "crest.png", b"not a picture")
    assert crest_of(place.session.record) == crest


def test_a_damaged_one_is_told_by_verify_and_holds_up_no_letter(place):
    pupil = add_pupil(place).id
    pupils.add_contact(place.session, pupil, {"surname": "Osei", "parental_responsibility": True, "address": "1 Mill Lane"})
    to = [each.id for each in pupils.contacts_of(place.session.record, pupil)]
    crest, _ = chosen(place)
    assert all(each.sound for each in place.session.record.verify())
    next(place.profile.folder.rglob(crest.blob.split(":")[2])).unlink()
    assert [each.part for each in place.session.record.verify() if not each.sound] == ["files"]
    with pytest.raises(Fault):
        read_crest(place.session)
    (letter,) = letters.write_letters(place.session, pupil, to, "Meeting", "We would like to meet.")
    assert letter.content["crest"] == ""
    assert place.documents.letter(letter.content)


def test_a_frozen_pack_keeps_the_crest_it_was_signed_with_and_another_one_undoes_no_signature(place):
    people = TwoClasses(place)
    chosen(place)
    before = crest_for_paper(place.session)
    request, _ = requests.start_request(place.session, people.own.id)
    signed, _ = sign_off_request(people.session("head_teacher"), request.id)
    pack = frozen(place, request)
    chosen(place, b64decode(another(90, 90)))
    now = requests.snapshot_of(place.session, request, 1)
    assert json.loads(place.session.blobs.read(pack.snapshot_blob))["crest"] == before != now["crest"]
    assert is_signed(place.session, pack, signed)
    assert now["request"]["signed_off"]["by"] == signed.signed_by
    assert requests.is_current(place.session, pack, {**now, "request": {**now["request"]}})


def test_a_school_that_changes_its_name_keeps_its_crest(place):
    crest, _ = chosen(place)
    shown = school(place.session.record)
    change_school(place.session, shown, replace(shown, name="Barrowby Church School"))
    assert crest_of(place.session.record) == crest
