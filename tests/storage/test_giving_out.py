"""A document leaves the record on the record, or it does not leave."""

import errno
import os
import stat
from pathlib import Path

import pytest

from sencoapp.domain.casework import Disclosure
from sencoapp.domain.refusals import Fault
from sencoapp.reference import explain
from sencoapp.storage.going_out import faults_at
from tests.places import PASSPHRASE


def test_what_cannot_be_noted_does_not_go_out(place, tmp_path, monkeypatch):
    def full(*_a: object, **_k: object) -> None:
        raise Fault("disk_full")

    with monkeypatch.context() as patch:
        patch.setattr(type(place.session.record), "save", full)
        with pytest.raises(Fault, match="disk_full"):
            place.give_out(tmp_path / "report.pdf", b"words", what="Report", recipient="Dr P. Imrie", purpose="Advice")
    assert not (tmp_path / "report.pdf").exists()
    place.give_out(tmp_path / "report.pdf", b"words", what="Report", recipient="Dr P. Imrie", purpose="Advice")
    assert (tmp_path / "report.pdf").read_bytes() == b"words"
    assert [each.recipient for each in place.session.record.find(Disclosure)] == ["Dr P. Imrie"]


def test_of_several_documents_none_stays_where_one_of_them_or_the_note_fails(place, tmp_path):
    out = tmp_path / "out"
    out.mkdir()

    def give(*names: str) -> None:
        with place.going_out({out / each: b"words" for each in names}):
            raise Fault("disk_full")

    with pytest.raises(Fault, match="disk_full"):
        give("a.pdf", "b.pdf")
    assert list(out.iterdir()) == []
    with pytest.raises(Fault, match="folder_not_there"):
        give("a.pdf", "away/c.pdf")
    assert list(out.iterdir()) == []


def test_what_stood_in_the_place_before_stays_where_the_note_fails(place, tmp_path):
    before = tmp_path / "out" / "report.pdf"
    before.parent.mkdir()
    before.write_bytes(b"of last week")
    with pytest.raises(Fault, match="disk_full"), place.going_out({before: b"words"}):
        raise Fault("disk_full")
    assert [each.read_bytes() for each in before.parent.iterdir()] == [b"of last week"]
    with place.going_out({before: b"words"}):
        pass
    assert [each.read_bytes() for each in before.parent.iterdir()] == [b"words"]


def test_what_was_written_aside_is_in_its_place_once_it_is_noted(place, tmp_path):
    path = tmp_path / "report.pdf"
    halves = place.out_tray.begin([path])
    place.out_tray.write(halves, {path: b"words"})
    assert not path.exists()
    with place.out_tray.putting(halves):
        pass
    assert path.read_bytes() == b"words"
    assert list(tmp_path.glob(".*.part")) == []


def test_what_was_written_aside_goes_where_the_record_locks_before_it_is_noted(place, tmp_path):
    written, late = tmp_path / "report.pdf", tmp_path / "late.pdf"
    halves, more = place.out_tray.begin([written]), place.out_tray.begin([late])
    place.out_tray.write(halves, {written: b"words"})
    place.out_tray.sweep()
    assert list(tmp_path.glob(".*.part")) == []
    place.out_tray.write(more, {late: b"words"})  # its thread was still at it when the record locked
    assert list(tmp_path.glob(".*.part")) == []


def _killed_while_writing(place, path):
    """The record as it stands on the disk when the program is killed between writing a file aside and noting it."""
    halves = place.out_tray.begin([path])
    place.out_tray.write(halves, {path: b"words"})
    place.profile.close()  # without the lock, which would have swept


def test_what_a_killed_program_left_where_it_was_to_go_is_wiped_once_the_record_is_open_again(place, app, tmp_path):
    stick = tmp_path / "stick"
    stick.mkdir()
    _killed_while_writing(place, stick / "report.pdf")
    [half] = stick.glob(".*.part")
    away = stick.rename(tmp_path / "away")
    for back in (False, True):
        if back:
            away.rename(stick)
        again = app.open(place.profile.folder, PASSPHRASE)
        try:
            assert again.out_tray.left()
            again.out_tray.wipe_left()
            again.out_tray.remember()
            assert bool(again.out_tray.left()) == (not back)
        finally:
            again.close()
    assert not half.exists()
    assert list(stick.iterdir()) == []
    again = app.open(place.profile.folder, PASSPHRASE)
    try:
        assert not again.out_tray.left()
    finally:
        again.close()


def test_nothing_is_moved_onto_what_is_not_a_file(place, tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for wanted in (tmp_path, pipe):
        with pytest.raises(Fault, match="out_not_a_file"), place.going_out({wanted: b"words"}):
            pass
        with pytest.raises(Fault, match="out_not_a_file"):
            place.out_tray.write(place.out_tray.begin([wanted]), {wanted: b"words"})
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert list(tmp_path.glob(".*.part")) == []


def test_a_name_that_is_too_long_is_told(place, tmp_path):
    with pytest.raises(Fault, match="out_name_too_long"), place.going_out({tmp_path / f"{'x' * 300}.pdf": b"words"}):
        pass
    assert list(tmp_path.glob("*.pdf")) + list(tmp_path.glob(".*.part")) == []


def test_a_folder_that_may_not_be_looked_into_is_told(place, tmp_path, monkeypatch):
    def shut(self):
        raise PermissionError(errno.EACCES, "shut")

    monkeypatch.setattr(Path, "exists", shut)
    with pytest.raises(Fault, match="out_read_only"), faults_at(tmp_path / "a.pdf"):
        pass


@pytest.mark.parametrize(
    ("number", "key"), [(errno.ENOSPC, "out_disk_full"), (errno.EACCES, "out_read_only"), (errno.EIO, "out_disk_trouble")]
)
def test_what_the_disk_does_at_a_chosen_place_is_said_of_that_file_and_not_of_the_record(place, tmp_path, monkeypatch, number, key):
    def fails(*_a: object) -> None:
        raise OSError(number, os.strerror(number))

    path = tmp_path / "pack.pdf"
    halves = place.out_tray.begin([path])
    monkeypatch.setattr(os, "fsync", fails)
    with pytest.raises(Fault, match=key) as told:
        place.out_tray.write(halves, {path: b"words"})
    assert "pack.pdf" in explain(told.value)
    assert list(tmp_path.glob("*.pdf*")) + list(tmp_path.glob(".*.part")) == []
