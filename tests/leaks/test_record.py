"""Everything that can be typed into the record, and not one byte of it to be read from the disk."""

import logging
from pathlib import Path

import pytest

from sencoapp.app import BackupKey
from sencoapp.domain.record import KINDS
from sencoapp.services import documents
from tests.leaks.marked import MARKS, TOKEN, mark, one_of_every_kind, photo_with_marks, report_with_marks
from tests.leaks.searching import leaks
from tests.places import PASSPHRASE, new_app, new_place


def test_every_kind_of_field_can_be_marked_and_none_can_be_read_from_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    temporary, home = tmp_path / "tmp", tmp_path / "home"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setattr("tempfile.tempdir", None)
    app = new_app()
    place = new_place(home / "profile", app)
    try:
        ids = one_of_every_kind(place)
        assert set(ids) == set(KINDS)
        session, rooms = place.session, place.documents
        for name, content in ((f"{mark('file')}.jpg", photo_with_marks()), (f"{mark('file')}.pdf", report_with_marks())):
            documents.add_document(session, rooms, ids["pupil"], name, content, title=mark("title"))
        session.record.keep_draft(f"note {TOKEN}", {"text": mark("draft")})
        session.record.set_setting(mark("setting"), mark("value"))
        assert session.record.find_notes(TOKEN), "it is in the index that is searched"
        assert leaks(MARKS, tmp_path) == [], "while it is open"
        place.back_up(tmp_path / "backups" / "today.senbackup")
        session.record.rebuild()
        session.record.verify()
        assert leaks(MARKS, tmp_path) == [], "after a backup, a rebuild and a verification"
    finally:
        place.close()
    app.restore(tmp_path / "backups" / "today.senbackup", tmp_path / "restored", BackupKey(PASSPHRASE))
    again = app.open(tmp_path / "restored", PASSPHRASE)
    try:
        assert mark("text") in {each.text for each in again.session.record.find(KINDS["observation"])}
    finally:
        again.close()
    assert leaks(MARKS, tmp_path) == [], "closed, and restored"
    planted = home / "profile" / "record.db-journal"
    planted.write_bytes(b"\0" * 512 + mark("text").encode())
    assert [each.path for each in leaks(MARKS, tmp_path)] == [planted], "and this test can fail"


def test_libraries_told_to_log_everything_log_nothing_of_a_file_or_a_name(tmp_path: Path) -> None:
    """Nobody turns this on; a library that a later version makes talkative must not put a pupil in a log."""
    log = tmp_path / "log" / "everything.log"
    log.parent.mkdir()
    handler, root = logging.FileHandler(log, encoding="utf-8"), logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    place = new_place(tmp_path / "profile")
    try:
        ids = one_of_every_kind(place)
        for name, content in ((f"{mark('file')}.jpg", photo_with_marks()), (f"{mark('file')}.pdf", report_with_marks())):
            kept, _ = documents.add_document(place.session, place.documents, ids["pupil"], name, content)
            documents.read_document(place.session, kept.id)
        for content in (f"UPN,Surname\n{mark('upn')},{mark('surname')}\n", f"<CTfile>{mark('surname')}</CTfile>"):
            try:
                place.pupil_files.read(f"{mark('file')}.csv", content.encode(), today=place.session.clock.today())
            except Exception:
                logging.getLogger("tests").debug("refused")
    finally:
        place.close()
        root.setLevel(before)
        root.removeHandler(handler)
        handler.close()
    assert log.exists()
    assert leaks(MARKS, log.parent) == []
