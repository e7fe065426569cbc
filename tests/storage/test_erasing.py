"""A pupil's record is erased: nothing of it is left in the file, and the rest is as sound as before."""

import os
import signal
from datetime import date
from decimal import Decimal

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from sencoapp.domain.casework import Document
from sencoapp.domain.delivery import SessionMark
from sencoapp.domain.leaving import Erasure
from sencoapp.domain.people import Pupil
from sencoapp.domain.plan import Cycle, EvidenceLink, Observation
from sencoapp.domain.provision import Provision, ProvisionPlace
from sencoapp.domain.record import KINDS, Amend, New
from sencoapp.domain.refusals import Fault, Refusal
from sencoapp.storage import log as log_module
from sencoapp.storage.blobs import SealedFiles
from sencoapp.storage.engine import faults_of_the_world
from tests.everything import MARK, one_of_every_kind
from tests.places import PASSPHRASE, add_pupil, new_app, new_place

NAMES = (f"{MARK} Osei",)
PAGE = 4096


def certificate(place, **values):
    given = {"initials": "Z O", "upn_sha256": None, "rule": "sen_file", "reason": "Past its time.", "kinds": (), "saves": 0, "files": 0}
    actor = place.session.actor
    now = place.session.clock.now()
    return Erasure(**{"id": place.session.ids.new(), "at": now, "by": actor.id, "by_name": actor.name, **given, **values})


def erase(place, pupil, names=NAMES):
    return place.session.record.erase(pupil, certificate(place), names=names, actor=place.session.actor)


def dump(place) -> str:
    """Every value of every table of the decrypted database, the search index included."""
    db = place.profile.record._db
    tables = [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()]
    return "\n".join(str(row) for table in tables for row in db.execute(f"SELECT * FROM {table}").fetchall())


def decrypted(place) -> bytes:
    """The file of the database, page by page, with what lies between the rows (SQLCipher 4: AES-256-CBC, then IV and HMAC)."""
    key, content = place.profile.data_key, (place.profile.folder / "record.db").read_bytes()
    pages = []
    for start in range(0, len(content), PAGE):
        page = content[start : start + PAGE]
        sealed = page[16 if start == 0 else 0 : PAGE - 80]  # the first page begins with the salt
        decryptor = Cipher(algorithms.AES(key), modes.CBC(page[PAGE - 80 : PAGE - 64])).decryptor()
        pages.append(decryptor.update(sealed) + decryptor.finalize())
    return b"".join(pages)


def all_sound(place):
    findings = place.session.record.verify()
    assert all(each.sound for each in findings), [each.sentence for each in findings if not each.sound]


@pytest.fixture
def marked(place):
    """A pupil with one thing of every kind, another pupil beside them, and things of the school that name both."""
    other = add_pupil(place, "Hale", "Ava")
    pupil = place.session.ids.new()
    made = one_of_every_kind(place, pupil)
    session = place.session
    actor = session.actor
    group = Provision(
        session.ids.new(), f"Reading with {MARK} Osei and Ava", "targeted", "Mr Day", 1500, Decimal(2), 30, 10, 2, date(2026, 9, 7)
    )
    session.record.save([New(group)], action="provide", actor=actor)
    session.record.save([Amend(Pupil, pupil, {"what_works": f"{MARK} later words"})], action="change_pupil", actor=actor)
    session.record.keep_draft(f"observation {pupil}", {"text": f"{MARK} half a"})
    session.record.keep_draft("quick", {"pupil": pupil, "text": f"{MARK} another"})
    session.record.keep_draft("other", {"pupil": other.id, "text": "Ava's"})
    session.record.keep_look("a document", pupil, "0" * 64, {"words": f"{MARK} measured"})
    session.record.set_setting("recent", [pupil, other.id])
    session.record.set_setting("out", {"a": {"pupil": pupil, "title": f"{MARK} report"}, "b": {"pupil": other.id, "title": "Ava's"}})
    return place, pupil, other, made, group


def test_nothing_of_the_pupil_is_left_and_everything_is_sound(marked):
    place, pupil, other, _made, group = marked
    record = place.session.record
    assert MARK in dump(place)
    erase(place, pupil)
    record.sweep()
    everything = dump(place)
    assert MARK.lower() not in everything.lower()
    db = place.profile.record._db
    assert db.execute("PRAGMA freelist_count").fetchone()[0] == 0
    assert (place.profile.folder / "record.db-wal").stat().st_size == 0
    all_sound(place)
    record.rebuild()
    all_sound(place)
    assert record.get(Pupil, pupil) is None
    assert record.get(Pupil, other.id) == other
    assert record.get(Provision, group.id).title == "Reading with [erased] and Ava"
    assert record.draft("other") == {"pupil": other.id, "text": "Ava's"}
    assert record.draft("quick") is None
    assert record.draft(f"observation {pupil}") is None
    assert record.setting("recent") == [other.id]
    assert record.setting("out") == {"b": {"pupil": other.id, "title": "Ava's"}}
    assert [each.thing for each in record.hidden()] == []
    assert pupil not in [write[1] for save in record.saves() for entry in record.save_of(save.save) for write in entry.writes]
    for name, kind in KINDS.items():
        if "pupil" in kind.__dataclass_fields__:
            assert record.count(kind, pupil=pupil) == 0, name
    assert record.stream(pupil) == []
    assert record.history(Pupil, pupil) == []


def test_no_byte_of_the_pupil_is_left_in_the_file_after_the_record_was_closed(marked, reopen):
    place, pupil, _other, _made, _group = marked
    again = reopen(place)  # what was written ahead is in the file
    assert MARK.lower().encode() in decrypted(again).lower()
    erase(again, pupil)
    last = reopen(again)
    assert MARK.lower().encode() not in decrypted(last).lower()
    all_sound(last)


def test_erasing_makes_no_table_anew(marked, monkeypatch):
    place, pupil, other, _made, _group = marked
    session = place.session
    for number in range(3):
        for whose in (pupil, other.id):
            text = f"{MARK if whose == pupil else 'Ava'} note {number}"
            note = Observation(
                session.ids.new(), whose, text, "note", date(2026, 11, 20), session.clock.now(), session.actor.id, "Mrs Ruth Adeyemi"
            )
            session.record.save([New(note)], action="observe", actor=session.actor)
    with monkeypatch.context() as patch:
        patch.setattr(log_module.Log, "rebuild", lambda *_: pytest.fail("the cost must follow what is erased"))
        erase(place, pupil)
    all_sound(place)
    assert [each.text for each in session.record.find_notes("ava note")] == ["Ava note 2", "Ava note 1", "Ava note 0"]
    assert session.record.find_notes(MARK) == []


def test_sums_of_sessions_go_with_the_pupil_and_stay_right_for_the_others(place):
    session = place.session
    kian, ava = add_pupil(place), add_pupil(place, "Hale", "Ava")
    group = Provision(session.ids.new(), "Reading", "targeted", "Mr Day", 1500, Decimal(2), 30, 10, 2, date(2026, 9, 7))
    places = [ProvisionPlace(session.ids.new(), each.id, group.id) for each in (kian, ava)]
    marks = [
        SessionMark(session.ids.new(), each.id, group.id, date(2026, 10, day), "ran", 30, 30, session.actor.id)
        for each in (kian, ava)
        for day in (5, 12)
    ]
    session.record.save([New(each) for each in (group, *places, *marks)], action="provide", actor=session.actor)
    erase(place, kian.id)
    sums = place.profile.record._db.execute("SELECT pupil, shared, held FROM session_sum ORDER BY pupil").fetchall()
    assert sums == [("", 1, 2), (ava.id, 1, 2)]
    all_sound(place)


def test_what_cannot_be_told_apart_is_made_anew_from_the_log(place, monkeypatch):
    """Another pupil's frozen evidence that points to the erased one: the guards of the table would not take it back."""
    session = place.session
    kian, ava = add_pupil(place), add_pupil(place, "Hale", "Ava")
    cycle = Cycle(session.ids.new(), ava.id, 1, date(2026, 9, 7), date(2026, 11, 20))
    link = EvidenceLink(session.ids.new(), ava.id, cycle.id, "observation", kian.id)
    session.record.save([New(cycle), New(link)], action="start_cycle", actor=session.actor)
    session.record.save([Amend(Cycle, cycle.id, {"closed_on": date(2026, 11, 20)})], action="close_cycle", actor=session.actor)
    anew = []
    rebuild = log_module.Log.rebuild
    monkeypatch.setattr(log_module.Log, "rebuild", lambda *given: anew.append(1) or rebuild(*given))
    erase(place, kian.id, names=(kian.name,))
    assert anew == [1]
    assert [each.source for each in session.record.find(EvidenceLink)] == ["[erased]"]
    all_sound(place)


def test_what_is_left_in_the_file_is_swept_before_a_backup(place, tmp_path):
    kian = add_pupil(place)
    erase(place, kian.id)
    db = place.profile.record._db
    assert db.execute("SELECT 1 FROM meta WHERE name = 'unswept'").fetchone()
    place.back_up(tmp_path / "backup")
    assert not db.execute("SELECT 1 FROM meta WHERE name = 'unswept'").fetchone()


def test_sealed_files_go_but_for_those_that_another_pupil_has(place):
    session = place.session
    kian, ava = add_pupil(place), add_pupil(place, "Hale", "Ava")
    shared, own = session.blobs.put(b"shared"), session.blobs.put(b"own" * 400_000)
    for pupil, blob in ((kian, shared), (kian, own), (ava, shared)):
        document = Document(
            session.ids.new(), pupil.id, "Report", "report", "a.pdf", "application/pdf", 6, "0" * 64, blob, session.clock.now()
        )
        session.record.save([New(document)], action="add_document", actor=session.actor)
    erase(place, kian.id)
    assert session.blobs.read(shared) == b"shared"
    assert session.blobs.missing([own]) == [own]
    assert len(list((place.profile.folder / "blobs").glob("??/*"))) == 1
    all_sound(place)


def test_two_pupils_in_one_save_of_the_school_are_taken_out_one_after_the_other(place, reopen):
    session = place.session
    pupils = [add_pupil(place, "Quillfeather", "Ada"), add_pupil(place, "Brightwater", "Ben")]
    group = Provision(
        session.ids.new(), "Ada Quillfeather, Ben Brightwater", "targeted", "Mr Day", 1500, Decimal(2), 30, 10, 2, date(2026, 9, 7)
    )
    session.record.save([New(group)], action="provide", actor=session.actor)
    for pupil in pupils:
        erase(place, pupil.id, (pupil.name,))
    assert session.record.get(Provision, group.id).title == "[erased], [erased]"
    all_sound(reopen(place))


@pytest.mark.parametrize("to", ["", '{"v":1}'])
def test_a_save_that_no_erasure_speaks_of_is_not_emptied_quietly(place, to):
    kian, ava = add_pupil(place), add_pupil(place, "Hale", "Ava")
    made = erase(place, kian.id)
    db = place.profile.record._db
    n = db.execute("SELECT n FROM change_set WHERE stream = ?", (ava.id,)).fetchone()[0]
    db.execute("UPDATE change_set SET body = ?, erased = ? WHERE n = ?", (to, made.id, n))
    found = next(each for each in place.session.record.verify() if each.part == "chain")
    assert not found.sound
    assert f"{n}" in found.sentence


@pytest.mark.parametrize(
    "change",
    ["body = ''", "body = '', erased = 'nobody'", "erased = NULL", "stream = 'school', erased = (SELECT id FROM erasure)", "n = 9999"],
)
def test_the_log_lets_nothing_else_be_changed(place, change):
    kian = add_pupil(place)
    add_pupil(place, "Hale", "Ava")
    erase(place, kian.id)
    with pytest.raises(Refusal, match="log_is_append_only"), faults_of_the_world():
        place.profile.record._db.execute(f"UPDATE change_set SET {change} WHERE body <> ''")


def test_an_erasure_that_was_interrupted_after_its_transaction_is_finished_at_the_next_opening(place, reopen, monkeypatch):
    from sencoapp.storage import erasing

    session = place.session
    kian = add_pupil(place)
    blob = session.blobs.put(b"own")
    document = Document(session.ids.new(), kian.id, "Report", "report", "a.pdf", "application/pdf", 3, "0" * 64, blob, session.clock.now())
    session.record.save([New(document)], action="add_document", actor=session.actor)
    aside = place.profile.folder / "record.before-0006.db"
    aside.write_bytes(b"an older copy")
    with monkeypatch.context() as patch:
        patch.setattr(erasing, "finish", lambda *_: None)
        erase(place, kian.id)
    assert session.blobs.missing([blob]) == []
    again = reopen(place)
    assert again.session.blobs.missing([blob]) == [blob]
    assert not aside.exists()
    all_sound(again)


def test_saving_goes_on_after_an_erasure(place):
    kian, ava = add_pupil(place), add_pupil(place, "Hale", "Ava")
    erase(place, kian.id)
    session = place.session
    note = Observation(
        session.ids.new(), ava.id, "Read aloud.", "progress", date(2026, 11, 24), session.clock.now(), session.actor.id, "Mrs Ruth Adeyemi"
    )
    session.record.save([New(note)], action="observe", actor=session.actor)
    assert [each.text for each in session.record.find_notes("aloud")] == ["Read aloud."]
    all_sound(place)


def test_a_name_with_letters_beyond_the_english_alphabet_goes_from_the_schools_texts(place):
    pupil = add_pupil(place, "Ångström", "Élodie")
    session = place.session
    titles = ("Reading with Élodie Ångström", "ÉLODIE ÅNGSTRÖM, Mondays", "élodie ångström and others")
    for title in titles:
        made = Provision(session.ids.new(), title, "targeted", "Mr Day", 1500, Decimal(2), 30, 10, 2, date(2026, 9, 7))
        session.record.save([New(made)], action="provide", actor=session.actor)
    erase(place, pupil.id, names=("Élodie Ångström",))
    session.record.sweep()
    assert "ngstr" not in dump(place).lower()
    all_sound(place)


@pytest.mark.parametrize("at", ["record.erasing", "throw_away", "VACUUM"])
def test_an_erasure_that_is_killed_is_undone_or_completed_at_the_next_opening(tmp_path, at):
    """Before its transaction ends nothing has happened; from then on it is finished by whoever opens the record next."""
    place = new_place(tmp_path / "profile")
    session, pupil = place.session, add_pupil(place)
    blobs = [session.blobs.put(bytes([number])) for number in range(3)]
    for number, blob in enumerate(blobs):
        document = Document(
            session.ids.new(), pupil.id, f"Report {number}", "report", "a.pdf", "application/pdf", 1, "0" * 64, blob, session.clock.now()
        )
        session.record.save([New(document)], action="add_document", actor=session.actor)
    for number in range(log_module.SAVES_BETWEEN_QUESTIONS):
        session.record.save([Amend(Pupil, pupil.id, {"strengths": f"{MARK} {number}"})], action="change_pupil", actor=session.actor)
    place.close()
    child = os.fork()
    if child == 0:
        _erase_until_killed(tmp_path / "profile", pupil.id, at)
    assert os.WIFSIGNALED(os.waitpid(child, 0)[1])
    again = new_app().open(tmp_path / "profile", PASSPHRASE)
    try:
        all_sound(again)
        undone = at == "record.erasing"
        assert (again.session.record.get(Pupil, pupil.id) is not None) == undone
        assert again.session.blobs.missing(blobs) == ([] if undone else blobs)
        assert (MARK in dump(again)) == undone
    finally:
        again.close()


def _erase_until_killed(folder, pupil, at):
    try:
        place = new_app().open(folder, PASSPHRASE)

        def die(*_):
            os.kill(os.getpid(), signal.SIGKILL)

        if at == "throw_away":
            SealedFiles.throw_away = die
        if at == "VACUUM":
            place.profile.record._db.conn.set_trace_callback(lambda sql: die() if sql == "VACUUM" else None)
        place.session.record.erase(
            pupil,
            certificate(place),
            names=NAMES,
            actor=place.session.actor,
            progress=lambda doing, done, of: die() if doing == at and done == of else None,
        )
        place.close()
    finally:
        os._exit(1)


def test_an_erasure_that_is_stopped_in_time_has_erased_nothing(place):
    pupil = add_pupil(place)
    before = place.session.record.position()
    with pytest.raises(Fault, match="save_stopped"):
        place.session.record.erase(pupil.id, certificate(place), names=NAMES, actor=place.session.actor, cancelled=lambda: True)
    assert place.session.record.position() == before
    assert place.session.record.get(Pupil, pupil.id) == pupil
    all_sound(place)
