"""What nothing needs any more goes, and nothing else: sealed chunks, and copies of backups that somebody looked at."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sencoapp.app import App, BackupKey
from sencoapp.domain.background import Photo
from sencoapp.domain.casework import Document
from sencoapp.domain.record import KINDS, Amend, New, Remove, Restore, field_names
from sencoapp.storage import leftovers
from sencoapp.storage.in_use import InUse
from sencoapp.storage.leftovers import GRACE_SECONDS, SHOWN
from sencoapp.storage.restoring import sweep_previews
from tests.places import PASSPHRASE, add_pupil, new_app, new_place

LATER = 2 * GRACE_SECONDS
"""How long after now everything that is here now is old."""


def keep_document(place, pupil, blob):
    session = place.session
    document = Document(session.ids.new(), pupil, "Report", "report", "a.pdf", "application/pdf", 1, "0" * 64, blob, session.clock.now())
    session.record.save([New(document)], action="add_document", actor=session.actor)
    return document


steps = st.lists(st.sampled_from(["saved", "removed", "brought back", "draft", "setting", "never saved", "collected"]), max_size=14)


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    made = new_place(tmp_path_factory.mktemp("leftovers") / "profile")
    yield made
    made.close()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps)
def test_whatever_a_save_a_draft_or_a_setting_names_stays_and_the_rest_goes_after_a_week(shared, lived):
    session, record = shared.session, shared.profile.record
    pupil = add_pupil(shared, "Osei", f"Kian{record.position()}").id
    named, unnamed = [], []
    for number, step in enumerate(lived):
        if step == "collected":
            record.collect_leftovers(time.time() + LATER)
            continue
        blob = session.blobs.put(os.urandom(20))
        if step == "never saved":
            unnamed.append(blob)
            continue
        named.append(blob)
        if step == "draft":
            record.keep_draft(f"form {pupil} {number}", {"file": blob})
        elif step == "setting":
            record.set_setting(f"copy {pupil} {number}", [{"blob": blob}])
        else:
            kept = keep_document(shared, pupil, blob)
            if step != "saved":
                record.save([Remove(Document, kept.id)], action="remove_document", actor=session.actor)
            if step == "brought back":
                record.save([Restore(Document, kept.id)], action="bring_back_document", actor=session.actor)
    young = session.blobs.put(b"just now, not saved yet" + os.urandom(8))
    record.collect_leftovers()
    assert session.blobs.missing([young]) == []
    record.collect_leftovers(time.time() + LATER)
    assert session.blobs.missing(named) == []
    assert session.blobs.missing([*unnamed, young]) == [*unnamed, young]


def test_a_photo_that_was_replaced_stays_for_the_history_and_undo(place):
    session, pupil = place.session, add_pupil(place)
    before, after = session.blobs.put(b"last year"), session.blobs.put(b"this year")
    photo = Photo(session.ids.new(), pupil.id, before, "0" * 64, 9, session.clock.now())
    session.record.save([New(photo)], action="set_photo", actor=session.actor)
    session.record.save([Amend(Photo, photo.id, {"blob": after})], action="set_photo", actor=session.actor)
    place.profile.record.collect_leftovers(time.time() + LATER)
    assert session.blobs.missing([before, after]) == []


def test_every_kind_that_names_a_sealed_file_is_swept_and_verified():
    named = [(kind, name) for kind, made_of in KINDS.items() for name in field_names(made_of) if name.endswith("blob")]
    assert len(named) > 5
    assert [each for each in named if f"SELECT {each[1]} FROM {each[0]}" not in " ".join(SHOWN.split())] == []


def test_what_a_killed_program_left_of_a_chunk_goes(place):
    folder = place.profile.folder / "blobs" / "ab"
    folder.mkdir(parents=True)
    half, other = folder / ".abcd.xyz.part", folder / "notes.txt"
    half.write_bytes(b"half")
    other.write_bytes(b"somebody's own")
    place.profile.record.collect_leftovers(time.time() + LATER)
    assert not half.exists()
    assert other.exists()


def test_a_backup_collects_and_still_restores_everything(place, app: App, tmp_path):
    session = place.session
    blob = session.blobs.put(b"a report" * 300_000)
    keep_document(place, add_pupil(place).id, blob)
    stray = session.blobs.put(b"never saved")
    old = time.time() - LATER
    for each in (place.profile.folder / "blobs").glob("??/*"):
        os.utime(each, (old, old))
    place.backups.keep(now=True)
    assert session.blobs.missing([stray]) == [stray]
    backup = next(tmp_path.rglob("*.senbackup"))
    app.restore(backup, tmp_path / "again", BackupKey(PASSPHRASE))
    again = app.open(tmp_path / "again", PASSPHRASE)
    try:
        assert again.session.blobs.read(blob) == b"a report" * 300_000
    finally:
        again.close()


_LOOKING = """
import os, signal, sys
from pathlib import Path
from sencoapp.app import BackupKey
from sencoapp.storage import restoring
from tests.places import PASSPHRASE, new_app
restoring._preview = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
new_app().preview_backup(Path(sys.argv[1]), BackupKey(PASSPHRASE), Path(sys.argv[2]))
"""


@pytest.mark.skipif(os.name != "posix", reason="kills by signal")
def test_what_a_killed_look_at_a_backup_left_is_swept_at_the_next_start(place, tmp_path, monkeypatch):
    temp = tmp_path / "temp"
    temp.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temp))
    backup = place.back_up(tmp_path / "today.senbackup")
    asked = [sys.executable, "-c", _LOOKING, str(backup), str(place.profile.folder)]
    subprocess.run(asked, check=False, env={**os.environ, "TMPDIR": str(temp)}, cwd=Path(__file__).parents[2])
    (left,) = temp.iterdir()
    assert (left / "record.db").exists()
    looking = temp / "sencoapp-preview-now"
    looking.mkdir()
    other = temp / "sencoapp-demo-x"
    other.mkdir()
    mark = InUse(looking)
    try:
        new_app().sweep_previews()
    finally:
        mark.release()
    assert sorted(each.name for each in temp.iterdir()) == ["sencoapp-demo-x", "sencoapp-preview-now"]
    sweep_previews()
    assert [each.name for each in temp.iterdir()] == ["sencoapp-demo-x"]


def test_a_file_of_a_draft_goes_with_the_draft_unless_it_was_saved(place):
    record, blobs = place.profile.record, place.session.blobs
    pupil = add_pupil(place).id
    taken_out, thrown_away, saved, in_both = (blobs.put(os.urandom(20)) for _ in range(4))
    record.keep_draft("note", {"files": [{"blob": each} for each in (taken_out, thrown_away, saved, in_both)]})
    record.keep_draft("other", {"blob": in_both})
    record.keep_draft("note", {"files": [{"blob": each} for each in (thrown_away, saved, in_both)]})
    assert blobs.missing([taken_out, thrown_away, saved, in_both]) == [taken_out]
    keep_document(place, pupil, saved)
    record.drop_draft("note")
    assert blobs.missing([thrown_away, saved, in_both]) == [thrown_away]
    record.drop_draft("other")
    assert blobs.missing([saved, in_both]) == [in_both]


def test_typing_on_beside_a_file_does_not_read_the_whole_log(place, monkeypatch):
    blob = place.session.blobs.put(b"a photo")
    monkeypatch.setattr(leftovers, "chunks_of_saves", lambda _: pytest.fail("each pause in typing would read every save"))
    for words in ("He", "He reads"):
        place.profile.record.keep_draft("note", {"files": [{"blob": blob}], "text": words})
    assert place.session.blobs.missing([blob]) == []


def test_what_only_the_history_names_stays_when_a_draft_that_names_it_goes(place):
    record, blobs = place.profile.record, place.session.blobs
    first, second = blobs.put(b"first"), blobs.put(b"second")
    document = keep_document(place, add_pupil(place).id, first)
    record.save([Amend(Document, document.id, {"blob": second})], action="change_document", actor=place.session.actor)
    record.keep_draft("copy", {"blob": first})
    record.drop_draft("copy")
    assert blobs.missing([first, second]) == []
