"""What goes wrong around a pack: a document removed since, a file gone from the disk, no room, somebody who stops it."""

import errno
import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from sencoapp.documents import DocumentRoom, office_press, pack
from sencoapp.domain.casework import Pack, Request
from sencoapp.domain.redaction import Area
from sencoapp.domain.refusals import Fault, Refusal
from sencoapp.reference import explain
from sencoapp.services import documents, redactions, requests
from sencoapp.services.documents import remove_document
from tests.bench.pack_memory import scans as _scans
from tests.documents import samples
from tests.documents.reading import page_texts
from tests.documents.test_pack_bad_files import fax, locked, word
from tests.documents.test_redaction import written
from tests.places import add_pupil, rendered


def add(place, pupil, title, content=None, name=None):
    content = content or written(f"{title} of Kian.")
    return documents.add_document(place.session, place.documents, pupil.id, name or f"{title}.pdf", content, title=title)[0]


@pytest.fixture
def pupil(place):
    return add_pupil(place)


@pytest.fixture
def papers(place, pupil):
    return [add(place, pupil, title) for title in ("One", "Two", "Three")]


@pytest.fixture
def request_(place, pupil, papers):
    return requests.start_request(place.session, pupil.id)[0]


def pages_of(place, request):
    pack, _ = requests.freeze(place.session, place.documents, request.id)
    return page_texts(requests.read_pack(place.session, pack.id)[1])


def test_a_document_that_was_removed_since_is_not_in_the_pack_and_the_others_are(place, request_, papers):
    remove_document(place.session, papers[1].id)
    text = "\n".join(pages_of(place, request_))
    assert "Two of Kian" not in text
    assert "One of Kian" in text
    assert "Three of Kian" in text


def test_a_file_that_is_gone_from_the_disk_is_named_and_taking_it_out_lets_the_rest_go(place, request_, papers):
    for each in place.session.blobs.chunks(papers[1].blob):
        place.session.blobs._path(each).unlink()
    with pytest.raises(Refusal) as refused:
        requests.draft_pack(place.session, request_.id)
    assert "Two" in explain(refused.value)
    requests.change_request(place.session, request_, replace(request_, evidence=(papers[0].id, papers[2].id)))
    text = "\n".join(pages_of(place, request_))
    assert "One of Kian" in text
    assert "Three of Kian" in text


def test_a_locked_file_and_a_word_file_may_be_chosen_and_a_fax_says_what_to_do(place, pupil, request_, papers):
    shut = add(place, pupil, "Shut", locked())
    log = add(place, pupil, "Log", word("He was calm."), "log.docx")
    with pytest.raises(Fault) as refused:
        add(place, pupil, "Fax", fax(), "fax.tiff")
    assert "Save it as a PDF" in explain(refused.value)
    requests.change_request(place.session, request_, replace(request_, evidence=(papers[0].id, shut.id, log.id)))
    draft = requests.draft_pack(place.session, request_.id)
    pages = page_texts(rendered(place, draft, DocumentRoom()))
    assert "locked with a password" in " ".join(pages[-2].split())
    assert "Evidence C is not bound here" in pages[-1]


def test_on_a_full_disk_no_half_pack_is_kept_and_the_next_one_is_whole(place, request_, monkeypatch):
    draft = requests.draft_pack(place.session, request_.id)
    made = requests.render_pack(place.documents, draft)
    before = sealed(place)
    real = type(place.session.blobs)._keep

    def full(blobs, chunk):
        raise Fault("disk_full")

    monkeypatch.setattr(type(place.session.blobs), "_keep", full)
    with pytest.raises(Fault, match="disk_full"):
        requests.render_pack(place.documents, draft)
    with pytest.raises(Fault, match="disk_full"):
        requests.keep_pack(place.session, draft, made)
    assert sealed(place) == before
    assert place.session.record.find(Pack) == []
    assert place.session.record.get(Request, request_.id).state == "draft"
    monkeypatch.setattr(type(place.session.blobs), "_keep", real)
    assert requests.keep_pack(place.session, draft, made)[0].version == 1


def sealed(place):
    """The names of all that lies sealed beside the record."""
    return {each.name for each in place.session.blobs._folder.rglob("*") if each.is_file()}


@pytest.mark.skipif(office_press.converter() is None, reason="LibreOffice is not on this computer")
def test_no_room_for_a_conversion_is_said_and_nothing_is_left_lying_about(tmp_path, monkeypatch):
    def full(path, content):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(Fault) as refused:
        office_press.as_pdf("Log", b"PK", ".docx", tmp_path / "paper")
    assert refused.value.key == "disk_full"
    assert list(tmp_path.iterdir()) == []


def test_stopping_says_where_it_was_and_keeps_nothing(place, request_):
    draft = requests.draft_pack(place.session, request_.id)
    before, steps = sealed(place), []
    with pytest.raises(Fault) as refused:
        requests.render_pack(
            place.documents, draft, progress=lambda what, done, of: steps.append((what, done, of)), cancelled=lambda: len(steps) > 4
        )
    assert refused.value.key == "pack_stopped"
    assert {what for what, _, _ in steps} >= {"documents.step_reading", "documents.step_writing"}
    assert sealed(place) == before
    assert place.session.record.find(Pack) == []


@pytest.fixture
def scans(place, pupil):
    """A request with a file of pictures that is kept in several pieces."""
    long = add(place, pupil, "Scans", _scans("Scans", pages=40))
    assert len(place.session.blobs.chunks(long.blob)) > 2
    return requests.start_request(place.session, pupil.id)[0], long


def test_stopping_while_the_pages_are_sealed_leaves_nothing_of_them(place, scans):
    draft, before = requests.draft_pack(place.session, scans[0].id), sealed(place)
    saving, told = [], []

    def cancelled() -> bool:
        if told and told[-1] == "documents.step_saving":
            saving.append(len(sealed(place) - before))
        return len(saving) > 3

    with pytest.raises(Fault, match="pack_stopped"):
        requests.render_pack(place.documents, draft, progress=lambda what, *_: told.append(what), cancelled=cancelled)
    assert saving[-1] > 0
    assert sealed(place) == before


@pytest.mark.parametrize("most", [0, 1 << 30], ids=["read later", "in memory"])
@pytest.mark.parametrize("number", [0, 1, -1])
def test_a_sealed_file_that_is_damaged_is_told_wherever_that_shows_and_no_pack_is_made(place, scans, number, most, monkeypatch):
    monkeypatch.setattr(pack, "_MOST_IN_MEMORY", most)
    request, long = scans
    path = place.session.blobs._path(list(place.session.blobs.chunks(long.blob))[number])
    path.write_bytes(bytes(path.stat().st_size))
    draft, before = requests.draft_pack(place.session, request.id), sealed(place)
    with pytest.raises(Fault, match="file_damaged"):
        requests.render_pack(place.documents, draft)
    assert sealed(place) == before


def test_damage_that_comes_while_the_pages_are_read_for_the_last_time_is_told(place, scans, monkeypatch):
    """qpdf takes what it cannot read for the end of a picture, and says nothing."""
    monkeypatch.setattr(pack, "_MOST_IN_MEMORY", 0)
    request, long = scans
    path = place.session.blobs._path(list(place.session.blobs.chunks(long.blob))[1])
    draft, before = requests.draft_pack(place.session, request.id), sealed(place)

    def told(what, *_):
        if what == "documents.step_saving":
            path.write_bytes(bytes(path.stat().st_size))
            place.session.blobs._lately.forget([path.name])

    with pytest.raises(Fault, match="file_damaged"):
        requests.render_pack(place.documents, draft, progress=told)
    assert sealed(place) == before


def test_what_is_made_on_the_way_lies_sealed_and_is_gone_once_the_pack_is_made(place, pupil, monkeypatch):
    monkeypatch.setattr(pack, "_MOST_IN_MEMORY", 0)
    picture = add(place, pupil, "Photo", samples.photo(2000, 1500), "photo.jpg")
    add(place, pupil, "Scans", _scans("Scans", pages=2))
    request, _ = requests.start_request(place.session, pupil.id)
    marks = [Area(1, 0, 0, 100, 100)]
    redactions.withhold(place.session, picture.id, marks, redactions.reasons()[0][0])
    draft, before, most = requests.draft_pack(place.session, request.id), sealed(place), []
    made = requests.render_pack(place.documents, draft, progress=lambda *_: most.append(len(sealed(place) - before)))
    assert max(most) > 1
    assert sealed(place) - before == set(place.session.blobs.chunks(made.blob))
    assert hashlib.sha256(place.session.blobs.read(made.blob)).hexdigest() == made.sha256
