"""A record leaves this computer for good: nothing of it is left, whatever happens on the way, and nobody else's is touched."""

import os
import signal

import pytest

from sencoapp.app import BackupKey
from sencoapp.domain.refusals import Fault
from sencoapp.storage import removing
from tests.places import PASSPHRASE, DrawerKeyring, add_pupil, new_app, new_place


def full_place(tmp_path, app):
    """A record with a pupil, a sealed file, a copy that lies open elsewhere and a backup beside it."""
    place = new_place(tmp_path / "home" / "profile", app)
    add_pupil(place, "Quillfeather", "Ada")
    place.session.blobs.put(b"a report")
    place.copies.lend("a" * 32, b"readable words", ".docx")
    place.backups.keep(now=True)
    return place


@pytest.mark.parametrize("with_copies", [True, False])
def test_nothing_is_left_but_the_backups_that_a_person_keeps(tmp_path, with_copies):
    secrets = DrawerKeyring()
    app = new_app(secrets)
    place = full_place(tmp_path, app)
    home, backups = tmp_path / "home", tmp_path / "home" / "profile backups"
    assert place.backups.beside() == [backups]
    assert len(secrets.kept) == 1
    app.remove(place, PASSPHRASE, with_copies=with_copies)
    assert secrets.kept == {}
    assert [each.name for each in home.iterdir()] == ([] if with_copies else ["profile backups"])


def test_a_backup_that_stays_opens_with_the_recovery_sheet_on_its_own(tmp_path, monkeypatch):
    from sencoapp.crypto.keys import new_recovery_code

    app = new_app()
    place = full_place(tmp_path, app)
    code = new_recovery_code()
    app.use_code(place, code)
    backup = place.back_up(tmp_path / "last.senbackup")
    app.remove(place, PASSPHRASE, with_copies=True)
    app.restore(backup, tmp_path / "again", BackupKey("another long passphrase", code))
    again = app.open(tmp_path / "again", "another long passphrase")
    try:
        assert [each.name for each in again.session.record.register(_everybody())] == ["Ada Quillfeather"]
    finally:
        again.close()


def _everybody():
    from sencoapp.services.ports import RegisterQuery

    return RegisterQuery()


def test_a_wrong_passphrase_removes_nothing_and_the_record_stays_open(tmp_path):
    app = new_app()
    place = full_place(tmp_path, app)
    try:
        with pytest.raises(Fault, match="wrong_passphrase"):
            app.remove(place, "another long passphrase", with_copies=True)
        assert place.session.record.position() > 0
        assert place.backups.beside() != []
    finally:
        place.close()


def test_a_record_that_is_open_elsewhere_is_not_removed(tmp_path):
    app = new_app()
    place = full_place(tmp_path, app)
    folder = place.profile.folder
    try:
        with pytest.raises(Fault, match="record_is_open_elsewhere"):
            removing.remove(folder, app.secrets, with_copies=True)
        assert (folder / "record.db").exists()
    finally:
        place.close()


def test_what_is_not_this_records_stays(tmp_path):
    app = new_app()
    place = full_place(tmp_path, app)
    home = tmp_path / "home"
    others = [
        home / "profiles" / ("b" * 32) / "record.db",
        home / "demo" / "profile.json",
        home / ".other.gone" / "notes",
        home / "profile2" / "x",
    ]
    for each in others:
        each.parent.mkdir(parents=True)
        each.write_bytes(b"somebody else's")
    app.remove(place, PASSPHRASE, with_copies=True)
    app.wipe_leftovers(home / "profile")
    assert [each for each in others if not each.exists()] == []


@pytest.mark.skipif(os.name != "posix", reason="kills by signal")
@pytest.mark.parametrize("at", ["forget", "wipe_file", "first rmtree", "last rmtree"])
def test_a_removal_that_is_killed_is_finished_at_the_next_start(tmp_path, at):
    place = full_place(tmp_path, new_app())
    place.close()
    child = os.fork()
    if child == 0:
        _remove_until_killed(tmp_path / "home" / "profile", at)
    assert os.WIFSIGNALED(os.waitpid(child, 0)[1])
    app = new_app()
    assert not app.is_profile(tmp_path / "home" / "profile")
    app.wipe_leftovers(tmp_path / "home" / "profile")
    assert list((tmp_path / "home").iterdir()) == []


def _remove_until_killed(folder, at):
    def die(*_):
        os.kill(os.getpid(), signal.SIGKILL)

    try:
        app = new_app()
        if at == "forget":
            app.secrets.forget = die
        elif at == "wipe_file":
            removing.wipe_file = die
        else:
            real, left = removing.shutil.rmtree, [2 if at == "first rmtree" else 3]

            def rmtree(path, **how):
                left[0] -= 1
                return die() if left[0] == 0 else real(path, **how)

            removing.shutil.rmtree = rmtree
        app.remove(app.open(folder, PASSPHRASE), PASSPHRASE, with_copies=True)
    finally:
        os._exit(1)
