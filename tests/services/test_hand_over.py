"""A pupil leaves and arrives: the same pupil with the same things, from a file that tells nobody anything without its code."""

import io
import json
from dataclasses import replace
from datetime import date

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sencoapp.domain.activity import ActivityQuery
from sencoapp.domain.casework import Disclosure, Document
from sencoapp.domain.leaving import OF_THE_SCHOOL, ONLY_HERE, STAYS_HERE, Arrival, HandOver
from sencoapp.domain.people import Contact, Pupil
from sencoapp.domain.plan import Cycle, Observation, View
from sencoapp.domain.provision import Provision, ProvisionPlace
from sencoapp.domain.record import KINDS, Amend, New, Remove
from sencoapp.domain.refusals import Fault, Refusal
from sencoapp.services import arriving, hand_over, plans, pupils
from sencoapp.services.observations import record_observation
from tests.documents.reading import page_texts
from tests.everything import one_of_every_kind
from tests.places import add_pupil, new_app, new_place
from tests.services.people_of_the_school import a_thing

LEFT = date(2026, 11, 20)


@pytest.fixture
def other(tmp_path):
    made = new_place(tmp_path / "other", new_app())
    yield made
    made.close()


def make(place, pupil, **values):
    given = {"school_name": "Oakfield Academy", "left_on": LEFT, "dfe_number": "855/4003"}
    return hand_over.parcel(place.session, place.documents, place.pupil_files, place.packs, pupil, **{**given, **values})


def opened(place, parcel):
    return arriving.open_parcel(place.packs, parcel.pack, parcel.code)


def take_in(place, parcel, **choice):
    return arriving.take_in(place.session, opened(place, parcel), **choice)


def save(place, *edits):
    place.session.record.save(edits, action="test", actor=place.session.actor)


def things(place, pupil):
    """All things of a pupil that travel, by kind; what belongs to one school alone is left out."""
    record = place.session.record
    found = {
        name: sorted(record.find(kind, pupil=pupil), key=lambda each: each.id)
        for name, kind in KINDS.items()
        if "pupil" in kind.__dataclass_fields__ and name not in STAYS_HERE
    }
    found["pupil"] = [replace(record.get(Pupil, pupil), **dict.fromkeys(ONLY_HERE))]
    return found


def all_sound(place):
    assert [each.sentence for each in place.session.record.verify() if not each.sound] == []


def test_everything_arrives_as_it_was(place, other):
    pupil = place.session.ids.new()
    made = one_of_every_kind(place, pupil)
    parcel = make(place, pupil)
    id, _ = take_in(other, parcel)
    assert id == pupil
    before, after = things(place, pupil), things(other, pupil)
    came = [each for each in after.pop("prior_school") if each not in before["prior_school"]]
    before.pop("prior_school")
    assert [(each.name, each.left_on) for each in came] == [("Barrowby Primary", LEFT)]
    assert after == before
    assert other.session.blobs.read(made["document"].blob) == b"Zzmarked file document blob"
    given = other.session.record.get(Provision, made["provision"].id)
    assert given == replace(made["provision"], ends_on=made["provision"].ends_on)
    (arrival,) = other.session.record.find(Arrival, pupil=pupil)
    assert (arrival.school, arrival.fingerprint) == ("Barrowby Primary", parcel.fingerprint)
    all_sound(other)
    assert {each.by_name for each in other.session.record.history(Observation, made["observation"].id)} == {
        "Mrs Ruth Adeyemi (Barrowby Primary)"
    }
    other.session.record.rebuild()
    all_sound(other)


def test_what_is_this_schools_own_account_stays(place, other):
    pupil = place.session.ids.new()
    one_of_every_kind(place, pupil)
    take_in(other, make(place, pupil))
    for kind in STAYS_HERE | OF_THE_SCHOOL:
        if "pupil" in KINDS[kind].__dataclass_fields__ and kind != "arrival":
            assert other.session.record.count(KINDS[kind], pupil=pupil) == 0, kind
    assert other.session.record.get(Pupil, pupil).left_on is None


def test_what_is_confidential_stays_and_what_rests_on_it(place, other):
    pupil = place.session.ids.new()
    made = one_of_every_kind(place, pupil)
    save(
        place,
        Amend(Document, made["document"].id, {"confidential": True}),
        Amend(Observation, made["observation"].id, {"confidential": True}),
    )
    parcel = make(place, pupil)
    record = other.session.record
    take_in(other, parcel)
    for kind in ("document", "observation", "told_senco", "evidence_link", "involvement_report", "redaction", "report_mark"):
        assert record.count(KINDS[kind], pupil=pupil) == 0, kind
    (diagnosis,) = record.find(KINDS["diagnosis"], pupil=pupil)
    assert (diagnosis.what, diagnosis.document) == (made["diagnosis"].what, None)
    assert parcel.left_out == 7
    everything = b"".join(opened(other, parcel).opened.parts[name] for name in ("saves.json", "things.json"))
    for secret in (made["document"].title, made["observation"].text):
        assert secret.encode() not in everything
    all_sound(other)


def test_taking_it_in_twice_changes_nothing_and_a_later_pack_brings_what_is_new(place, other):
    kian = add_pupil(place)
    first = make(place, kian.id)
    take_in(other, first)
    position = other.session.record.position()
    take_in(other, first)
    assert other.session.record.position() == position
    record_observation(place.session, pupils=[kian.id], text="One thing more.", happened_on=LEFT)
    seen = arriving.preview(other.session, opened(other, make(place, kian.id)))
    assert (seen.here, seen.new_saves) == (kian.id, 1)
    take_in(other, make(place, kian.id))
    assert [each.text for each in other.session.record.find(Observation, pupil=kian.id)] == ["One thing more."]
    all_sound(other)


def test_provision_that_was_removed_here_stays_removed_and_comes_as_a_copy(place, other):
    kian = add_pupil(place)
    group = a_thing(Provision, place, kian, title="Reading group")
    cycle = a_thing(Cycle, place, kian)
    save(place, New(group), New(cycle), New(ProvisionPlace(place.session.ids.new(), kian.id, group.id, cycle=cycle.id)))
    save(other, New(replace(group, title="Ours")))
    save(other, Remove(Provision, group.id))
    parcel = make(place, kian.id)
    take_in(other, parcel)
    assert other.session.record.get(Provision, group.id) is None, "what somebody removed stays removed"
    assert other.session.record.get_hidden(Provision, group.id).title == "Ours"
    [kept] = other.session.record.find(Provision)
    assert (kept.title, kept.id == group.id) == ("Reading group", False)
    assert [each.provision for each in other.session.record.find(ProvisionPlace, pupil=kian.id)] == [kept.id]
    assert plans.plan_page(other.session.record, cycle.id).places
    position = other.session.record.position()
    take_in(other, parcel)
    assert other.session.record.position() == position
    all_sound(other)


def test_what_is_kept_apart_goes_along_and_stays_kept_apart(place, other):
    """Also where the next school learns that the parents live together: it decides that anew, and nothing decides it for them."""
    kian = add_pupil(place)
    for forename, home in (("Niamh", True), ("Sean", False)):
        values = {"surname": "Osei", "forename": forename, "parental_responsibility": True, "lives_with_pupil": home}
        pupils.add_contact(place.session, kian.id, {**values, "address": f"{forename}'s house", "phone": "07700 900123"})
    open_to_all = pupils.add_contact(place.session, kian.id, {"surname": "Reid", "forename": "Ama", "address": "Hers"})
    assert open_to_all
    parcel = make(place, kian.id)
    for telling in (b"Niamh's house", b"07700"):
        assert telling not in parcel.ctf
    take_in(other, parcel)
    told = {each.forename: (each.address_hidden, each.reach_hidden, bool(each.address)) for each in other.session.record.find(Contact)}
    assert told == {"Niamh": (True, True, True), "Sean": (True, True, True), "Ama": (None, None, True)}
    plain = io.BytesIO()
    with pikepdf.open(io.BytesIO(parcel.pdf), password=parcel.code) as pdf:
        pdf.save(plain)
    text = " ".join(page_texts(plain.getvalue()))
    assert text.count("Address kept from others") == 2
    all_sound(other)


def test_the_preview_says_who_how_much_and_from_whom(place, other):
    kian = add_pupil(place, upn="N855200119042")
    record_observation(place.session, pupils=[kian.id], text="Counted to ten.", happened_on=LEFT)
    parcel = make(place, kian.id)
    seen = arriving.preview(other.session, opened(other, parcel))
    assert (seen.name, seen.birth_date, seen.upn, seen.school) == ("Kian Osei", date(2018, 2, 3), "N855200119042", "Barrowby Primary")
    assert seen.counts == {"pupil": 1, "sen_status": 1, "sen_need": 1, "observation": 1}
    assert seen.fingerprint == parcel.fingerprint == hand_over.fingerprint(place.session, place.packs)
    assert (seen.matches, seen.here, seen.left_on) == ((), None, LEFT)
    assert other.session.record.find(Pupil) == []


@pytest.mark.parametrize(("values", "why"), [({"upn": "N855200119042"}, "upn"), ({"legal_forename": "kian"}, "name_and_birth")])
def test_a_pupil_who_may_be_here_already_is_never_joined_silently(place, other, values, why):
    kian = add_pupil(place, upn="N855200119042", what_works="A visual timetable.")
    record_observation(place.session, pupils=[kian.id], text="Counted to ten.", happened_on=LEFT)
    here = add_pupil(other, what_works="A quiet corner.", **values)
    parcel = make(place, kian.id)
    seen = arriving.preview(other.session, opened(other, parcel))
    assert [(each.pupil.id, each.why) for each in seen.matches] == [(here.id, why)]
    with pytest.raises(Refusal, match="arrival_needs_choice"):
        take_in(other, parcel)
    with pytest.raises(Refusal, match="arrival_needs_choice"):
        take_in(other, parcel, join="f" * 32)
    id, _ = take_in(other, parcel, join=here.id)
    assert id == here.id
    record = other.session.record
    assert [each.text for each in record.find(Observation, pupil=here.id)] == ["Counted to ten."]
    kept = other.profile.record._db.execute("SELECT count(*) FROM head WHERE entity = ? AND field = 'what_works'", (here.id,))
    assert kept.fetchone()[0] == 2
    position = record.position()
    assert take_in(other, parcel)[0] == here.id
    assert record.position() == position
    assert record.get(Pupil, kian.id) is None
    all_sound(other)


def test_a_match_that_is_somebody_else_stays_apart(place, other):
    kian = add_pupil(place)
    here = add_pupil(other)
    id, _ = take_in(other, make(place, kian.id), apart=True)
    assert id == kian.id != here.id
    assert other.session.record.count(Pupil) == 2


def test_the_pupil_leaves_and_what_went_is_noted(place):
    session, kian = place.session, add_pupil(place)
    parcel = make(place, kian.id)
    hand_over.handed_over(session, parcel)
    assert session.record.get(Pupil, kian.id).left_on == LEFT
    assert len(session.record.find(Disclosure, pupil=kian.id, recipient="Oakfield Academy")) == 3
    (went,) = hand_over.hand_overs_of(session, kian.id)
    hand_over.receipt_came(session, went.id, date(2026, 11, 24), "Ms Lake")
    assert session.record.get(HandOver, went.id).receipt_by == "Ms Lake"
    assert session.record.trail(limit=1)[0].what == "handed_over"
    with pytest.raises(Refusal, match="hand_over_needs_school"):
        make(place, kian.id, school_name=" ")
    with pytest.raises(Refusal, match="dfe_number"):
        make(place, kian.id, dfe_number="12")


def test_the_pdf_opens_anywhere_with_the_code_and_the_ctf_comes_back(place, other):
    kian = add_pupil(place, upn="N855200119042")
    gone, _ = record_observation(place.session, pupils=[kian.id], text="Removed words.", happened_on=LEFT)
    record_observation(place.session, pupils=[kian.id], text="Counted to ten.", happened_on=LEFT)
    save(place, Remove(Observation, gone[0]))
    parcel = make(place, kian.id)
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(io.BytesIO(parcel.pdf))
    plain = io.BytesIO()
    with pikepdf.open(io.BytesIO(parcel.pdf), password=parcel.code) as pdf:
        assert pdf.encryption.R == 6
        pdf.save(plain)
    text = " ".join(page_texts(plain.getvalue()))
    assert "Counted to ten." in text
    assert "Removed words." not in text
    assert parcel.ctf_name == "8552001_CTF_8554003_001.xml"
    assert b"N855200119042" in parcel.ctf
    letter = " ".join(page_texts(parcel.receipt))
    assert parcel.code not in letter
    assert parcel.fingerprint in letter
    assert "Pupil Information" in letter
    for name in (b"Osei", b"Counted", b"N8552"):
        assert name not in parcel.pack + parcel.pdf


def test_a_wrong_code_is_told_from_a_damaged_file(place, other):
    parcel = make(place, add_pupil(place).id)
    with pytest.raises(Fault, match="pack_code_wrong"):
        arriving.open_parcel(other.packs, parcel.pack, "0000-0000-0000-0000-0000")
    assert arriving.open_parcel(other.packs, parcel.pack, parcel.code.lower().replace("-", " ")).origin
    for broken in (parcel.pack[:-1], parcel.pack[:-40], parcel.pack[:30], parcel.pack + b"x"):
        with pytest.raises(Fault, match="pack_damaged"):
            arriving.open_parcel(other.packs, broken, parcel.code)
    for stranger in (b"", b"PK\x03\x04", b"%PDF-1.7", b"SENPUPI"):
        with pytest.raises(Fault, match="not_a_pupil_pack"):
            arriving.open_parcel(other.packs, stranger, parcel.code)
    with pytest.raises(Fault, match="pack_is_newer"):
        arriving.open_parcel(other.packs, parcel.pack.replace(b"SENPUPIL1", b"SENPUPIL2"), parcel.code)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.floats(0, 1, exclude_max=True), by=st.integers(1, 255))
def test_no_byte_can_be_changed(place, other, at, by):
    parcel = _kept(place)
    changed = bytearray(parcel.pack)
    changed[int(at * len(changed))] ^= by
    with pytest.raises(Fault) as told:
        arriving.open_parcel(other.packs, bytes(changed), parcel.code)
    assert told.value.key in ("not_a_pupil_pack", "pack_is_newer", "pack_damaged", "pack_code_wrong")


_MADE = {}


def _kept(place):
    if place.profile.id not in _MADE:
        _MADE.clear()
        _MADE[place.profile.id] = make(place, add_pupil(place).id)
    return _MADE[place.profile.id]


def forge(place, parcel, change):
    """A pack that is signed and sealed as it should be, by somebody who means no good."""
    found = opened(place, parcel)
    parts = {name: bytes(part) for name, part in found.opened.parts.items()}
    saves, things, claims = json.loads(parts["saves.json"]), json.loads(parts["things.json"]), dict(found.opened.claims)
    change(saves, things, claims)
    parts |= {"saves.json": json.dumps(saves).encode(), "things.json": json.dumps(things).encode()}
    return place.packs.seal(claims, parts, key=place.packs.new_key(), code=parcel.code)


def _first(kind, saves):
    return next(write for each in saves for write in each["writes"] if write[0] == kind)


@pytest.mark.parametrize(
    "change",
    [
        lambda saves, things, claims: saves[0].pop("at"),
        lambda saves, things, claims: saves[0].update(at="yesterday"),
        lambda saves, things, claims: saves[0].update(id="x"),
        lambda saves, things, claims: saves[0].update(by={}),
        lambda saves, things, claims: _first("sen_status", saves).__setitem__(0, "staff_member"),
        lambda saves, things, claims: _first("sen_status", saves).__setitem__(0, "legal_hold"),
        lambda saves, things, claims: _first("sen_status", saves).__setitem__(0, "pupil; DROP TABLE pupil"),
        lambda saves, things, claims: _first("pupil", saves).__setitem__(1, "0" * 32),
        lambda saves, things, claims: _first("pupil", saves).__setitem__(3, 12),
        lambda saves, things, claims: _first("pupil", saves).__setitem__(3, "x" * 300_000),
        lambda saves, things, claims: _first("sen_need", saves).__setitem__(3, "0" * 32),
        lambda saves, things, claims: saves.append(dict(saves[0])),
        lambda saves, things, claims: saves.clear(),
        lambda saves, things, claims: things.append({"kind": "staff_member", "values": {"id": "0" * 32}}),
        lambda saves, things, claims: things.append({"kind": "provision", "values": {"id": "0" * 32, "title": "x"}}),
        lambda saves, things, claims: claims.update(pupil="../../x"),
        lambda saves, things, claims: claims.update(left_out="many"),
        lambda saves, things, claims: claims.update(school="x" * 500),
        lambda saves, things, claims: saves[0]["by"].update(name="\ud800"),
        lambda saves, things, claims: saves[0].update(action="\x00"),
        lambda saves, things, claims: _first("pupil", saves).__setitem__(slice(2, 4), ["of_a_newer_version", float("nan")]),
        lambda saves, things, claims: claims.pop("school"),
    ],
)
def test_a_pack_made_with_ill_will_gives_one_sentence_and_changes_nothing(place, other, change):
    parcel = make(place, add_pupil(place).id)
    position = other.session.record.position()
    with pytest.raises(Fault, match="pack_damaged"):
        arriving.take_in(other.session, arriving.open_parcel(other.packs, forge(other, parcel, change), parcel.code))
    assert other.session.record.position() == position
    assert other.session.record.find(Pupil) == []


def test_nobody_of_ours_is_named_by_a_pack_and_activity_tells_of_no_deed_in_it(place, other):
    ours = other.session.actor

    def change(saves, things, claims):
        saves[0].update(action="change_role", by={"id": ours.id, "name": ours.name, "role": "senco"})

    parcel = make(place, add_pupil(place).id)
    pupil, _ = arriving.take_in(other.session, arriving.open_parcel(other.packs, forge(other, parcel, change), parcel.code))
    forged = other.session.record.history(Pupil, pupil)[0]
    assert forged.by != ours.id
    assert forged.by_name == f"{ours.name} (Barrowby Primary)"
    assert "change_role" not in {each.what for each in other.session.record.activity(ActivityQuery())}
    all_sound(other)


def test_a_pack_cannot_write_in_another_pupils_record(place, other):
    ava = add_pupil(other, "Hale", "Ava")
    (note,), _ = record_observation(other.session, pupils=[ava.id], text="Ava's own.", happened_on=LEFT)
    contact = Contact(other.session.ids.new(), ava.id, 1, "Hale")
    save(other, New(contact))
    kian = add_pupil(place)
    save(place, New(Contact(place.session.ids.new(), kian.id, 1, "Osei")))
    parcel = make(place, kian.id)
    for victim in (note, contact.id, ava.id):

        def change(saves, things, claims, victim=victim):
            for each in saves:
                for write in each["writes"]:
                    if write[0] == "contact":
                        write[1] = victim

        with pytest.raises(Fault, match="pack_damaged"):
            arriving.take_in(other.session, arriving.open_parcel(other.packs, forge(other, parcel, change), parcel.code))
    assert other.session.record.get(Contact, contact.id) == contact
    all_sound(other)


def test_a_file_whose_chunk_is_not_in_the_pack_is_not_taken_in(place, other):
    session, kian = place.session, add_pupil(place)
    blob = session.blobs.put(b"a report")
    document = Document(session.ids.new(), kian.id, "Report", "report", "a.pdf", "application/pdf", 8, "0" * 64, blob, session.clock.now())
    save(place, New(document))
    parcel = make(place, kian.id)
    found = opened(place, parcel)
    parts = {name: part for name, part in found.opened.parts.items() if not name.startswith("chunks/")}
    pack = place.packs.seal(found.opened.claims, parts, key=place.packs.new_key(), code=parcel.code)
    with pytest.raises(Fault, match="pack_damaged"):
        arriving.take_in(other.session, arriving.open_parcel(other.packs, pack, parcel.code))
    take_in(other, parcel)
    assert other.session.blobs.read(blob) == b"a report"


def test_what_was_erased_here_is_not_taken_in_again(place, other):
    from sencoapp.services import erasing

    kian = add_pupil(place)
    parcel = make(place, kian.id)
    take_in(other, parcel)
    erasing.erase(other.session, kian.id, typed_name=kian.name, rule="mistake", reason="Sent to the wrong school")
    with pytest.raises(Refusal, match="arrival_was_erased"):
        take_in(other, parcel)
    all_sound(other)


def test_what_was_erased_under_a_pupil_it_was_joined_to_is_not_taken_in_again_by_itself(place, other):
    from sencoapp.services import erasing

    kian = add_pupil(place, upn="N855200119042")
    record_observation(place.session, pupils=[kian.id], text="Of long ago.", happened_on=LEFT)
    parcel = make(place, kian.id)
    here = add_pupil(other, upn="N855200119042")
    take_in(other, parcel, join=here.id)
    erasing.erase(other.session, here.id, typed_name=here.name, rule="mistake", reason="Sent to the wrong school")
    for chosen in ({}, {"apart": True}):
        with pytest.raises(Refusal, match="arrival_was_erased"):
            take_in(other, parcel, **chosen)
    again = add_pupil(other, upn="N855200119042")
    with pytest.raises(Refusal, match="arrival_was_erased"):
        take_in(other, parcel, join=again.id)
    assert other.session.record.find_notes("long") == []
    all_sound(other)


def test_a_pupil_who_comes_back_is_a_new_one_and_the_erased_record_cannot_be_joined_to_them(place, other):
    from sencoapp.services import erasing

    kian = add_pupil(place, upn="N855200119042")
    record_observation(place.session, pupils=[kian.id], text="Of long ago.", happened_on=LEFT)
    parcel = make(place, kian.id)
    take_in(other, parcel)
    made = erasing.erase(other.session, kian.id, typed_name=kian.name, rule="mistake", reason="Sent to the wrong school")
    again = add_pupil(other, upn="N855200119042")
    assert erasing.erased_before(other.session.record, [again.upn, None, "A855200119042"]) == {"N855200119042": made}
    with pytest.raises(Refusal, match="arrival_was_erased"):
        take_in(other, parcel, join=again.id)
    assert other.session.record.find_notes("long") == []
    assert other.session.record.get(Pupil, kian.id) is None
    all_sound(other)


words = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=40).filter(lambda each: each.strip())
days = st.dates(date(2020, 1, 1), date(2026, 11, 20))
steps = st.lists(
    st.one_of(
        st.tuples(st.just("note"), words, days),
        st.tuples(st.just("view"), words, days),
        st.tuples(st.just("change"), words, days),
        st.tuples(st.just("cycle"), words, days),
        st.tuples(st.just("remove"), words, days),
    ),
    max_size=8,
)


def live(place, pupil, lived):
    """What may happen to a pupil's record, in any order."""
    session, number = place.session, 0
    for step, text, day in lived:
        if step == "note":
            record_observation(session, pupils=[pupil], text=text, happened_on=day)
        elif step == "view":
            save(place, New(View(session.ids.new(), pupil, "pupil", day, text)))
        elif step == "change":
            save(place, Amend(Pupil, pupil, {"strengths": text}))
        elif step == "cycle":
            number += 1
            cycle = Cycle(session.ids.new(), pupil, number, day, assess_summary=text)
            save(place, New(cycle))
            save(place, Amend(Cycle, cycle.id, {"closed_on": day, "decision": text}))
        else:
            notes = session.record.find(Observation, pupil=pupil)
            if notes:
                save(place, Remove(Observation, notes[0].id))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lived=steps)
def test_any_record_that_was_handed_over_is_the_same_pupil_with_the_same_chronology(place, tmp_path_factory, lived):
    pupil = add_pupil(place).id
    live(place, pupil, lived)
    parcel = make(place, pupil)
    other = new_place(tmp_path_factory.mktemp("other") / "p", new_app())
    try:
        take_in(other, parcel)
        before, after = things(place, pupil), things(other, pupil)
        after.pop("prior_school")
        before.pop("prior_school")
        assert after == before
        told = [each.session.record.chronology(pupil, limit=100) for each in (place, other)]
        kinds = {"arrival", "hand_over"}
        assert [each for each in told[1] if each.kind not in kinds] == [each for each in told[0] if each.kind not in kinds]
        all_sound(other)
    finally:
        other.close()
