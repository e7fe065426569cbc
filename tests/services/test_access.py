"""A copy of one pupil's record: everything is in it, and what is held back is in none of its forms."""

import io
import json
import zipfile
from datetime import date

import jsonschema
import pytest

from sencoapp.domain.casework import Disclosure
from sencoapp.domain.leaving import AccessRequest, Decision
from sencoapp.domain.people import Contact, Pupil, School
from sencoapp.domain.plain import hints_of, texts_in, to_plain
from sencoapp.domain.plan import Observation
from sencoapp.domain.record import KINDS, Amend, New, Remove
from sencoapp.domain.refusals import Refusal
from sencoapp.reference import data
from sencoapp.services import access
from sencoapp.services.beginning import school
from sencoapp.services.documents import add_document
from sencoapp.services.observations import record_observation
from tests.documents.reading import page_texts
from tests.everything import OF_THE_SCHOOL, one_of_every_kind, texts_of
from tests.places import add_pupil


def begin(place, pupil, ground="subject_access"):
    return access.begin(place.session, pupil, ground, "Ms Osei", date(2026, 11, 20))[0].id


def keep_the_rest(place, request):
    still = access.review(place.session, request).open
    access.decide(place.session, request, [Decision(each.item, "keep") for each in still])


def decide(place, request, *decisions):
    access.decide(place.session, request, decisions)
    keep_the_rest(place, request)


def made(place, request):
    return access.copies(place.session, place.documents, request)


def note(place, pupil, text):
    ids, _ = record_observation(place.session, pupils=[pupil.id], text=text, happened_on=date(2026, 9, 9))
    return ids[0]


def words(copies):
    return " ".join(page_texts(copies.pdf))


def nowhere(copies, *secrets):
    for secret in secrets:
        assert secret not in words(copies)
        assert secret not in copies.json.decode()
        assert secret.encode() not in copies.pdf
        if copies.files:
            with zipfile.ZipFile(io.BytesIO(copies.files)) as bundle:
                assert all(secret.encode() not in bundle.read(each) for each in bundle.namelist())


def test_every_field_of_every_kind_is_in_the_copy(place):
    pupil = place.session.ids.new()
    things = one_of_every_kind(place, pupil)
    request = things["access_request"].id
    place.session.record.save(
        [Amend(AccessRequest, request, {"answered_on": None, "closed_because": None})], action="open", actor=place.session.actor
    )
    keep_the_rest(place, request)
    copies = made(place, request)
    told = json.loads(copies.json)
    jsonschema.Draft202012Validator(data("schemas", "record.schema.json")).validate(told)
    assert set(told["record"]) == set(KINDS) - set(OF_THE_SCHOOL)
    text = words(copies).replace("- ", "-")
    for kind, thing in things.items():
        (given,) = told["record"][kind]
        names = access.NAMES.get(kind, {})
        plain = to_plain(thing)
        for field in hints_of(KINDS[kind]):
            if field.endswith("blob") or (kind == "access_request" and field in ("answered_on", "closed_because", "decisions")):
                continue
            if (kind, field) == ("redaction", "words_beneath"):  # what is withheld stands in the document, which is decided about
                assert plain[field] not in copies.json.decode() + text
                continue
            assert given.get(names.get(field, field)) == (None if plain[field] == [] else plain[field]), (kind, field)
        for each in texts_of(thing) if kind != "access_request" else []:
            assert each in text or "blob" in each or each.endswith("words_beneath"), (kind, each)
    with zipfile.ZipFile(io.BytesIO(copies.files)) as bundle:
        contents = {bundle.read(each).decode() for each in bundle.namelist()}
    assert {f"Zzmarked file {kind} {field}" for kind, field in (("document", "blob"), ("pack", "pdf_blob"), ("photo", "blob"))} == contents
    assert ":" not in "".join(texts_in(told["record"]["document"][0].get("blob", [])))


def test_removed_things_and_earlier_words_are_in_it_and_said_to_be(place):
    session, kian = place.session, add_pupil(place)
    gone = note(place, kian, "Removed words.")
    for words_now in ("First words.", "Second words."):
        session.record.save([Amend(Pupil, kian.id, {"what_works": words_now})], action="change_pupil", actor=session.actor)
    session.record.save([Remove(Observation, gone)], action="remove", actor=session.actor)
    request = begin(place, kian.id)
    keep_the_rest(place, request)
    copies = made(place, request)
    text = words(copies)
    assert "Removed words." in text
    assert "removed from view" in text
    assert "What works: First words. (written on 24 November 2026 by Mrs Ruth Adeyemi)" in text
    told = json.loads(copies.json)["record"]
    assert told["observation"][0]["removed"] is True
    assert told["pupil"][0]["earlier"][0]["value"] == "First words."


def test_it_asks_about_other_peoples_names_details_and_safeguarding(place):
    session = place.session
    kian = add_pupil(place)
    add_pupil(place, "Hale", "Ava")
    mother = Contact(session.ids.new(), kian.id, 1, "Osei", "Ama", "Ms", relationship="PAM", phone="07700 900123", address="3 Low Lane")
    father = Contact(session.ids.new(), kian.id, 2, "Boateng", "Yaw", "Mr", relationship="PAF", address="8 High Row", postcode="LE1 1AA")
    session.record.save([New(mother), New(father)], action="add_contact", actor=session.actor)
    pushed = note(place, kian, "Kian was pushed by Ava Hale's friend Ava. Mrs Adeyemi rang Yaw on 07700 900456; he lives at 8 High Row.")
    told = note(place, kian, "He told the DSL about it.")
    note(place, kian, "will read with a grown-up.")
    asked = access.review(session, begin(place, kian.id)).asked
    found = {(each.item, each.why): each.words for each in asked}
    assert found[f"observation/{pushed}/text", "other_pupil"] == ("Ava Hale", "Ava")
    assert found[f"observation/{pushed}/text", "contact"] == ("Yaw",)
    assert found[f"observation/{pushed}/text", "contact_details"] == ("07700 900456",)
    assert found[f"observation/{pushed}/text", "hidden_address"] == ("8 High Row",)
    assert found[f"observation/{told}/text", "safeguarding"] == ("DSL",)
    assert (f"contact/{mother.id}/phone", "contact_details") in found
    assert (f"contact/{father.id}/postcode", "hidden_address") in found
    assert {each.item.split("/")[1] for each in asked if each.item.startswith("observation")} == {pushed, told}


def test_what_is_blacked_out_or_left_out_is_in_no_form_of_the_copy(place):
    session, kian = place.session, add_pupil(place)
    add_pupil(place, "Quillfeather", "Ava")
    pushed = note(place, kian, "Pushed by Ava Quillfeather, who had been teased.")
    secret = note(place, kian, "The police spoke to Dave Smithers.")
    session.record.save([Amend(Pupil, kian.id, {"what_works": "Not beside Quillfeather."})], action="x", actor=session.actor)
    session.record.save([Amend(Pupil, kian.id, {"what_works": "A quiet place."})], action="x", actor=session.actor)
    request = begin(place, kian.id)
    decide(
        place,
        request,
        Decision(f"observation/{pushed}/text", "black_out", ("Ava Quillfeather",), "third_party"),
        Decision(f"observation/{secret}", "leave_out", (), "serious_harm"),
        Decision(f"pupil/{kian.id}/what_works", "black_out", ("Quillfeather",), "third_party"),
        Decision(f"pupil/{kian.id}/sex", "keep"),
    )
    copies = made(place, request)
    nowhere(copies, "Quillfeather", "Smithers", "police")
    text = words(copies)
    assert "Pushed by [blacked out], who had been teased." in text
    assert "Not beside [blacked out]." in text
    assert "A quiet place." in text
    assert "Data Protection Act 2018, Schedule 3, paragraph 19" in text
    assert len(json.loads(copies.json)["heldBack"]) == 3
    kept = session.record.get(AccessRequest, request).decisions
    assert {each.action for each in kept} == {"black_out", "leave_out", "keep"}


def test_words_can_be_blacked_out_wherever_they_stand(place):
    kian = add_pupil(place)
    add_pupil(place, "Quillfeather", "Ava")
    for text in ("Sat with QUILLFEATHER.", "Quillfeather's turn."):
        note(place, kian, text)
    request = begin(place, kian.id)
    access.decide(place.session, request, [Decision("*", "black_out", ("Quillfeather",), "third_party")])
    assert access.review(place.session, request).open == ()
    nowhere(made(place, request), "Quillfeather", "QUILLFEATHER")


def test_a_file_can_be_left_out_and_its_description_kept(place):
    session = place.session
    pupil = session.ids.new()
    things = one_of_every_kind(place, pupil, without=("access_request",))
    request = begin(place, pupil)
    document = things["document"].id
    decide(place, request, Decision(f"document/{document}/file", "leave_out", (), "serious_harm"))
    copies = made(place, request)
    nowhere(copies, "Zzmarked file document")
    assert "Zzmarked document title" in words(copies)


def test_nothing_goes_out_while_something_is_undecided_or_without_a_reason(place):
    kian = add_pupil(place)
    told = note(place, kian, "The DSL knows.")
    request = begin(place, kian.id)
    with pytest.raises(Refusal, match="access_undecided"):
        made(place, request)
    with pytest.raises(Refusal, match="access_needs_exemption"):
        access.decide(place.session, request, [Decision(f"observation/{told}/text", "black_out", ("DSL",))])


def test_the_schools_own_name_telephone_and_email_are_nobodys_secrets(place):
    session, kian = place.session, add_pupil(place)
    home = school(session.record)
    more = {"phone": "0116 496 0141", "email": "office@barrowby.example"}
    session.record.save([Amend(School, home.id, more)], action="change_school", actor=session.actor)
    said = "Ring 01164960141 or write to office@barrowby.example, not to 07700 900456."
    told = note(place, kian, said)
    add_document(session, place.documents, kian.id, "note.txt", b"A note of the school's own", organisation="Barrowby  primary")
    asked = access.review(session, begin(place, kian.id)).asked
    assert [(each.item, each.words) for each in asked] == [(f"observation/{told}/text", ("07700 900456",))]


def test_a_request_is_answered_once_and_what_left_is_noted(place):
    session, kian = place.session, add_pupil(place)
    request = begin(place, kian.id)
    with pytest.raises(Refusal, match="access_is_open_already"):
        begin(place, kian.id)
    keep_the_rest(place, request)
    copies = made(place, request)
    access.answer(session, request, copies, "Ms Osei")
    assert session.record.get(AccessRequest, request).answered_on == date(2026, 11, 24)
    assert [each.recipient for each in session.record.find(Disclosure, pupil=kian.id)] == ["Ms Osei", "Ms Osei"]
    (noted,) = session.record.trail(limit=1)
    assert (noted.what, noted.facts["held_back"]) == ("record_copied", 0)  # what was decided to be kept is not held back
    with pytest.raises(Refusal, match="access_is_closed"):
        access.answer(session, request, copies, "Ms Osei")
    begin(place, kian.id)


@pytest.mark.parametrize(
    ("ground", "on", "extended", "due"),
    [
        ("subject_access", date(2026, 11, 20), False, date(2026, 12, 21)),  # 20 December is a Sunday
        ("subject_access", date(2026, 11, 25), False, date(2026, 12, 29)),  # Christmas, Saturday, Sunday, Monday in lieu
        ("subject_access", date(2026, 11, 30), True, date(2027, 3, 1)),  # 28 February is a Sunday
        ("educational_record", date(2026, 11, 20), False, date(2026, 12, 11)),
        ("hand_over", date(2026, 10, 9), False, date(2026, 11, 13)),  # two weeks of half term
        ("hand_over", date(2026, 12, 7), False, None),
    ],
)
def test_the_last_day_follows_its_rule(place, ground, on, extended, due):
    found = access.due(place.session, ground, on, extended=extended)
    assert found.due == due
    assert found.citation
