"""Opening a document in another program: on the record, wiped at lock, quit and the next start, and no change of words lost."""

import os
import stat
from datetime import date
from pathlib import Path

import pytest

from sencoapp.app import App, Workplace
from sencoapp.domain.casework import Document
from sencoapp.domain.people import Pupil
from sencoapp.domain.refusals import Fault, Refusal
from sencoapp.services import documents, erasing, lending
from tests.documents.intake import arrivals
from tests.documents.paper_samples import report
from tests.places import PASSPHRASE, add_pupil, new_app, new_place

MARK = b"Zephyrine Quillwort"


@pytest.fixture
def app() -> App:
    return new_app()


@pytest.fixture
def place(app: App, tmp_path: Path):
    made = new_place(tmp_path / "profile", app)
    yield made
    made.close()


@pytest.fixture
def plan(place: Workplace) -> Document:
    """A plan in Word."""
    content = arrivals.word(**{"docProps/app.xml": MARK})
    return documents.add_document(place.session, place.documents, add_pupil(place).id, "plan of Zephyrine.docx", content, title="Plan")[0]


def lend(place: Workplace, document: Document) -> Path:
    return lending.lend(place.session, place.copies, document.id)


def noted(place: Workplace) -> list[str]:
    return [each.what for each in reversed(place.session.record.trail()) if "cop" in each.what or "elsewhere" in each.what]


def reopened(place: Workplace, app: App) -> Workplace:
    place.close()
    return app.open(place.profile.folder, PASSPHRASE)


def test_a_copy_lies_in_a_private_place_under_a_name_that_says_nothing(place, plan):
    path = lend(place, plan)
    assert path.name == "document.docx"
    assert path.read_bytes() == documents.read_document(place.session, plan.id)[1]
    if os.name == "posix":
        for each in (path, path.parent, path.parent.parent):
            assert each.stat().st_mode & 0o077 == 0
    assert [each.id for each in lending.out_now(place.session, place.copies)] == [plan.id]
    assert noted(place) == ["opened_elsewhere"]
    (entry,) = place.session.record.trail(what=["opened_elsewhere"])
    assert (entry.pupil, entry.facts) == (plan.pupil, {"document": plan.id})


def test_what_nobody_changed_is_wiped_at_lock_and_nobody_is_asked(place, plan, app):
    path = lend(place, plan)
    held = os.open(path, os.O_RDONLY)  # what another program still has in its hand
    try:
        again = reopened(place, app)
        assert not path.parent.parent.exists()
        if os.name == "posix":
            assert os.pread(held, 1 << 20, 0) == b""
    finally:
        os.close(held)
    try:
        assert lending.changed_copies(again.session) == []
        assert noted(again) == ["opened_elsewhere", "copies_taken_back"]
    finally:
        again.close()


def test_a_copy_is_written_over_before_its_name_goes(place, plan, monkeypatch):
    lend(place, plan)
    real, seen = os.fsync, []

    def noting(descriptor: int) -> None:
        seen.append(os.pread(descriptor, 1 << 20, 0) if stat.S_ISREG(os.fstat(descriptor).st_mode) else b"")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", noting)
    assert place.copies.wipe(place.copies.lent()[0])
    assert bytes(plan.size) in seen


def test_what_another_program_changed_waits_sealed_and_is_kept_as_a_new_document(place, plan, app):
    path = lend(place, plan)
    changed = arrivals.word(**{"word/comments.xml": b"And he smiled."})
    path.with_name("document.docx.tmp").write_bytes(changed)
    path.with_name("document.docx.tmp").replace(path)  # as Word saves
    path.with_name("~$cument.docx").write_bytes(b"Ruth Adeyemi")
    again = reopened(place, app)
    try:
        assert not path.parent.parent.exists()
        (waiting,) = lending.changed_copies(again.session)
        assert (waiting.title, waiting.size) == ("Plan", len(changed))
        kept, _ = lending.keep_change(again.session, again.documents, waiting.id)
        assert (kept.title, kept.filename, kept.document_on) == ("Plan, changed", "plan of Zephyrine.docx", date(2026, 11, 24))
        assert documents.read_document(again.session, kept.id)[1] == changed
        assert lending.changed_copies(again.session) == []
        assert len(documents.documents_of(again.session.record, plan.pupil)) == 2
    finally:
        again.close()


def test_a_second_file_saved_beside_the_copy_is_somebodys_work_too(place, plan, app):
    path = lend(place, plan)
    (path.parent / "final.pdf").write_bytes(report(1, "Printed"))
    again = reopened(place, app)
    try:
        (waiting,) = lending.changed_copies(again.session)
        kept, _ = lending.keep_change(again.session, again.documents, waiting.id)
        assert kept.media_type == "application/pdf"
    finally:
        again.close()


def test_a_change_can_be_let_go_and_that_is_on_the_record(place, plan):
    lend(place, plan).write_bytes(b"other words")
    assert lending.take_back(place.session, place.copies)
    (waiting,) = lending.changed_copies(place.session)
    lending.let_change_go(place.session, waiting.id)
    assert lending.changed_copies(place.session) == []
    assert noted(place)[-1] == "changed_copy_let_go"
    with pytest.raises(Refusal, match="no_longer_there"):
        lending.let_change_go(place.session, waiting.id)


def test_a_change_that_may_not_come_in_still_waits(place, plan):
    lend(place, plan).write_bytes(arrivals.word(**{"word/vbaProject.bin": b"x"}))
    lending.take_back(place.session, place.copies)
    (waiting,) = lending.changed_copies(place.session)
    with pytest.raises(Fault, match="file_has_macros"):
        lending.keep_change(place.session, place.documents, waiting.id)
    assert len(lending.changed_copies(place.session)) == 1


def test_a_document_that_was_removed_meanwhile_loses_no_change(place, plan):
    path = lend(place, plan)
    documents.remove_document(place.session, plan.id)
    path.write_bytes(b"other words")
    lending.take_back(place.session, place.copies)
    assert [each.title for each in lending.changed_copies(place.session)] == ["Plan"]


def test_a_killed_programs_copies_are_wiped_at_the_next_start_before_anybody_unlocks(place, plan, app):
    untouched, changed = lend(place, plan), lend(place, plan)
    changed.write_bytes(b"other words")
    place.profile.close()  # killed: nothing was taken back
    app.wipe_leftovers(place.profile.folder)
    assert not untouched.exists()
    assert changed.exists(), "nobody's words are wiped before they are sealed"
    again = app.open(place.profile.folder, PASSPHRASE)
    try:
        assert not changed.exists()
        assert [each.size for each in lending.changed_copies(again.session)] == [len(b"other words")]
    finally:
        again.close()


def test_a_second_program_leaves_the_copies_of_the_first_alone(place, plan, app):
    path = lend(place, plan)
    app.wipe_leftovers(place.profile.folder)
    assert path.exists()


def test_a_copy_that_another_program_holds_fast_is_told_and_tried_again(place, plan, monkeypatch):
    path = lend(place, plan)
    path.write_bytes(b"other words")
    real = Path.unlink

    def held(self: Path, missing_ok: bool = False) -> None:
        if self == path:
            raise PermissionError(13, "held", str(self))
        real(self, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", held)
    for _ in range(2):
        assert not lending.take_back(place.session, place.copies)
        assert [each.id for each in lending.out_now(place.session, place.copies)] == [plan.id]
    assert len(lending.changed_copies(place.session)) == 1, "the same change waits once"
    monkeypatch.undo()
    assert lending.take_back(place.session, place.copies)
    assert not path.exists()


def test_on_a_full_disk_a_changed_copy_stays_until_it_can_be_sealed(place, plan, monkeypatch):
    path = lend(place, plan)
    path.write_bytes(b"other words")

    def full(_content: bytes) -> str:
        raise Fault("disk_full")

    monkeypatch.setattr(place.session.blobs, "put", full)
    assert not lending.take_back(place.session, place.copies)
    assert path.read_bytes() == b"other words"


def test_a_link_put_in_the_place_of_a_copy_leads_nowhere(place, plan, tmp_path):
    path = lend(place, plan)
    precious = tmp_path / "precious.txt"
    precious.write_text("not ours")
    path.unlink()
    path.symlink_to(precious)
    lending.take_back(place.session, place.copies)
    assert precious.read_text() == "not ours"
    assert not path.is_symlink()
    assert lending.changed_copies(place.session) == []


def test_a_pdf_that_could_run_something_elsewhere_says_so_again(place):
    content = arrivals.changed(report(1, "R"), arrivals.script)
    paper, _ = documents.add_document(place.session, place.documents, add_pupil(place).id, "a.pdf", content)
    assert lending.cautions(place.session, place.documents, paper.id) == ("pdf_scripts",)


def test_what_another_program_changed_goes_with_the_pupil_who_is_erased(place, plan, app):
    """Sealed and waiting for a decision, or still lying open: neither a file nor a chunk of it is left."""
    path = lend(place, plan)
    path.write_bytes(arrivals.word(**{"word/comments.xml": b"And he smiled."}))
    again = reopened(place, app)
    try:
        session = again.session
        assert len(lending.changed_copies(session)) == 1
        lend(again, plan).write_bytes(arrivals.word(**{"word/comments.xml": b"And he laughed."}))
        pupil = session.record.get(Pupil, plan.pupil)
        erasing.erase(session, pupil.id, typed_name=pupil.name, rule="request", reason="They asked for it.", copies=again.copies)
        assert lending.changed_copies(session) == []
        assert not (again.profile.folder / "open").exists()
        assert [each for each in (again.profile.folder / "blobs").rglob("*") if each.is_file()] == []
    finally:
        again.close()
    assert not (place.profile.folder / "open").exists()
