"""Backups: one file, encrypted, that gives the whole record back, or is refused."""

import zipfile

import pytest

from sencoapp.app import BackupKey
from sencoapp.domain.people import Pupil
from sencoapp.domain.refusals import Fault, Refusal
from sencoapp.storage.engine import open_database
from tests.places import PASSPHRASE, add_pupil

KEY = BackupKey(PASSPHRASE)


def test_a_backup_gives_everything_back(place, app, tmp_path):
    pupil = add_pupil(place, "Featherstonehaugh")
    name = place.session.blobs.put(b"a report" * 500_000)
    made = place.back_up(tmp_path / "away" / "today")
    add_pupil(place, "After")
    assert b"Featherstonehaugh" not in made.read_bytes()
    app.restore(made, tmp_path / "back", KEY)
    again = app.open(tmp_path / "back", PASSPHRASE)
    assert [each.id for each in again.session.record.find(Pupil)] == [pupil.id]
    assert again.session.blobs.read(name) == b"a report" * 500_000
    assert all(each.sound for each in again.session.record.verify())
    again.close()


def test_a_backup_made_while_another_connection_reads_is_whole_too(place, app, tmp_path):
    pupil = add_pupil(place)
    other = open_database(place.profile.folder / "record.db", place.profile.data_key)
    other.execute("BEGIN")
    assert other.execute("SELECT count(*) FROM pupil").fetchone()[0] == 1
    add_pupil(place, "After")
    made = place.back_up(tmp_path / "away" / "today")
    other.close()
    assert [each.name for each in made.parent.iterdir()] == ["today.senbackup"]
    app.restore(made, tmp_path / "back", KEY)
    again = app.open(tmp_path / "back", PASSPHRASE)
    assert len(again.session.record.find(Pupil)) == 2
    assert again.session.record.get(Pupil, pupil.id) == pupil
    again.close()


def test_a_folder_with_something_else_in_it_is_left_alone(place, app, tmp_path):
    made = place.back_up(tmp_path / "today.senbackup")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("mine")
    with pytest.raises(Refusal, match="folder_not_empty"):
        app.restore(made, tmp_path / "mine", KEY)
    assert [each.name for each in (tmp_path / "mine").iterdir()] == ["letter.txt"]


@pytest.mark.parametrize("spoil", ["cut", "not a zip", "evil path", "missing"])
def test_a_file_that_is_no_whole_backup_is_refused_and_leaves_nothing(place, app, tmp_path, spoil):
    made = place.back_up(tmp_path / "today.senbackup")
    if spoil == "cut":
        made.write_bytes(made.read_bytes()[:-2000])
    elif spoil == "not a zip":
        made.write_bytes(b"%PDF-1.7 hello")
    elif spoil == "evil path":
        with zipfile.ZipFile(made, "a") as bundle:
            bundle.writestr("../../evil", b"x")
    else:
        made.unlink()
    with pytest.raises(Fault):
        app.restore(made, tmp_path / "back", KEY)
    assert not (tmp_path / "back").exists()
    assert not (tmp_path / "back.part").exists()
