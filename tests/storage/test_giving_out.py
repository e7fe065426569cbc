"""A document leaves the record on the record, or it does not leave."""

import pytest

from sencoapp.app import going_out
from sencoapp.domain.casework import Disclosure
from sencoapp.domain.refusals import Fault


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


def test_of_several_documents_none_stays_where_one_of_them_or_the_note_fails(tmp_path):
    def give(*names: str) -> None:
        with going_out({tmp_path / each: b"words" for each in names}):
            raise Fault("disk_full")

    with pytest.raises(Fault, match="disk_full"):
        give("a.pdf", "b.pdf")
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(Fault, match="folder_not_there"):
        give("a.pdf", "away/c.pdf")
    assert list(tmp_path.iterdir()) == []


def test_what_stood_in_the_place_before_stays_where_the_note_fails(tmp_path):
    before = tmp_path / "report.pdf"
    before.write_bytes(b"of last week")
    with pytest.raises(Fault, match="disk_full"), going_out({before: b"words"}):
        raise Fault("disk_full")
    assert [each.read_bytes() for each in tmp_path.iterdir()] == [b"of last week"]
    with going_out({before: b"words"}):
        pass
    assert [each.read_bytes() for each in tmp_path.iterdir()] == [b"words"]


ABOUT = {"what": "Report", "recipient": "Dr P. Imrie", "purpose": "Advice"}


def test_what_was_written_aside_is_in_its_place_once_it_is_noted(place, tmp_path):
    half = place.out_tray.write(tmp_path / "report.pdf", b"words")
    assert not (tmp_path / "report.pdf").exists()
    place.give_out_written(half, tmp_path / "report.pdf", b"words", **ABOUT)
    assert (tmp_path / "report.pdf").read_bytes() == b"words"
    assert list(tmp_path.glob(".*.part")) == []
    assert [each.recipient for each in place.session.record.find(Disclosure)] == ["Dr P. Imrie"]


def test_what_was_written_aside_goes_where_it_cannot_be_noted_or_the_record_locks(place, tmp_path, monkeypatch):
    def full(*_a: object, **_k: object) -> None:
        raise Fault("disk_full")

    half = place.out_tray.write(tmp_path / "report.pdf", b"words")
    with monkeypatch.context() as patch:
        patch.setattr(type(place.session.record), "save", full)
        with pytest.raises(Fault, match="disk_full"):
            place.give_out_written(half, tmp_path / "report.pdf", b"words", **ABOUT)
    assert list(tmp_path.glob(".*.part")) == []
    place.out_tray.write(tmp_path / "report.pdf", b"words")
    place.out_tray.sweep()
    assert list(tmp_path.glob(".*.part")) == []
    place.out_tray.write(tmp_path / "late.pdf", b"words")  # its thread was still at it when the record locked
    assert list(tmp_path.glob(".*.part")) == []
    with pytest.raises(Fault, match="folder_not_there"):
        place.out_tray.write(tmp_path / "away" / "report.pdf", b"words")
