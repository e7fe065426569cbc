"""Profiles: opened by passphrase, by passphrase and keyring, or by the printed code; readable by nobody else."""

import json
import os
import sqlite3

import pytest

from sencoapp.domain.people import Pupil
from sencoapp.domain.refusals import Fault, Refusal
from tests.places import PASSPHRASE, DrawerKeyring, add_pupil, new_app, new_place


def test_a_wrong_passphrase_is_told_and_the_right_one_still_opens(place, app):
    place.close()
    with pytest.raises(Fault, match="wrong_passphrase"):
        app.open(place.profile.folder, "four words that rime")
    app.open(place.profile.folder, PASSPHRASE).close()


def test_with_a_keyring_both_secrets_are_needed(tmp_path):
    drawer = DrawerKeyring()
    app = new_app(drawer)
    new_place(tmp_path / "p", app).close()
    app.open(tmp_path / "p", PASSPHRASE).close()
    drawer.kept.clear()
    with pytest.raises(Fault, match="keyring_secret_missing"):
        app.open(tmp_path / "p", PASSPHRASE)


def test_the_printed_code_opens_on_a_machine_without_the_keyring_and_sets_a_new_passphrase(tmp_path):
    drawer = DrawerKeyring()
    app = new_app(drawer)
    from sencoapp.domain.people import School, StaffMember

    school = School(app.new_id(), "Barrowby Primary", "primary", "leicestershire")
    place, code = app.begin(tmp_path / "p", PASSPHRASE, school, StaffMember(app.new_id(), "Ruth", "senco"))
    pupil = add_pupil(place)
    place.close()
    elsewhere = new_app()
    typed = code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    opened = elsewhere.open_with_code(tmp_path / "p", typed, "another four words")
    assert opened.session.record.get(Pupil, pupil.id) == pupil
    opened.close()
    elsewhere.open(tmp_path / "p", "another four words").close()
    with pytest.raises(Fault, match="wrong_passphrase"):
        elsewhere.open(tmp_path / "p", PASSPHRASE)


def test_a_mistyped_code_is_told_apart_from_a_wrong_one(place, app, tmp_path):
    from sencoapp.crypto.keys import new_recovery_code

    place.close()
    code = new_recovery_code()
    with pytest.raises(Refusal, match="recovery_code_mistyped"):
        app.open_with_code(place.profile.folder, code[:-1] + ("0" if code[-1] != "0" else "1"), PASSPHRASE)
    with pytest.raises(Fault, match="wrong_recovery_code"):
        app.open_with_code(place.profile.folder, code, PASSPHRASE)


def test_a_short_passphrase_is_refused_before_anything_is_written(tmp_path, app):
    with pytest.raises(Refusal, match="passphrase_too_short"):
        app.begin(tmp_path / "p", "short", *_someone(app))
    assert not (tmp_path / "p").exists()


def test_a_profile_is_never_written_over(place, app):
    with pytest.raises(Refusal, match="profile_exists"):
        app.begin(place.profile.folder, PASSPHRASE, *_someone(app))


def test_no_name_can_be_read_on_the_disk(place):
    add_pupil(place, "Featherstonehaugh", "Peregrine", what_works="Marmalade at breakfast")
    place.session.record.keep_draft("observation", {"text": "Featherstonehaugh threw the marmalade"})
    place.session.blobs.put(b"A report about Featherstonehaugh" * 100)
    for path in place.profile.folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes().lower()
            for word in (b"featherstonehaugh", b"peregrine", b"marmalade", b"adeyemi"):
                assert word not in content, f"{word!r} in {path.name}"


def test_plain_sqlite_cannot_open_the_record(place):
    place.close()
    with pytest.raises(sqlite3.DatabaseError):
        sqlite3.connect(place.profile.folder / "record.db").execute("SELECT * FROM pupil")


@pytest.mark.parametrize("where", [100, 5000])
def test_one_flipped_byte_is_noticed(place, app, where):
    add_pupil(place)
    place.close()
    path = place.profile.folder / "record.db"
    content = bytearray(path.read_bytes())
    content[where] ^= 0x40
    path.write_bytes(content)

    def look_through() -> None:
        opened = app.open(place.profile.folder, PASSPHRASE)
        unsound = [each for each in opened.session.record.verify() if not each.sound]
        opened.close()
        if unsound:
            raise Fault("record_damaged")

    with pytest.raises(Fault, match="record_damaged"):
        look_through()


def test_a_record_from_a_newer_program_is_left_alone(place, app):
    place.profile.record._db.conn.execute("PRAGMA user_version = 9999")
    place.close()
    before = (place.profile.folder / "record.db").read_bytes()
    with pytest.raises(Fault, match="record_is_newer"):
        app.open(place.profile.folder, PASSPHRASE)
    assert (place.profile.folder / "record.db").read_bytes() == before


@pytest.mark.parametrize("content", ["", "{", "[]", '{"form": 1}', '{"form": 1, "profile": "x", "keys": {"effort": {}}}'])
def test_a_damaged_card_is_told(place, app, content):
    place.close()
    (place.profile.folder / "profile.json").write_text(content)
    with pytest.raises(Fault, match="profile_card_damaged"):
        app.open(place.profile.folder, PASSPHRASE)


def test_a_card_of_a_newer_form_is_told(place, app):
    place.close()
    card = place.profile.folder / "profile.json"
    card.write_text(json.dumps({**json.loads(card.read_text()), "form": 99}))
    with pytest.raises(Fault, match="record_is_newer"):
        app.open(place.profile.folder, PASSPHRASE)


def test_an_empty_folder_has_no_profile(tmp_path, app):
    with pytest.raises(Fault, match="no_profile_here"):
        app.open(tmp_path, PASSPHRASE)


@pytest.mark.skipif(os.name != "posix", reason="permissions of this kind are POSIX")
def test_files_are_for_their_owner_only(place):
    for name in ("profile.json", "record.db"):
        assert (place.profile.folder / name).stat().st_mode & 0o077 == 0


def _someone(app):
    from sencoapp.domain.people import School, StaffMember

    return School(app.new_id(), "Barrowby Primary", "primary", "leicestershire"), StaffMember(app.new_id(), "Ruth", "senco")
