"""A draft says that it is one; a pack lists its files with pages and hashes, in it and beside it."""

import csv
import hashlib
import io

import pikepdf
import pytest

from sencoapp.documents import DocumentRoom
from sencoapp.domain.redaction import Area
from sencoapp.services import documents, redactions, requests, signing_off
from sencoapp.services.pack_manifest import manifest_name, pack_manifest
from sencoapp.services.request_signed import sign_off_of
from sencoapp.services.signing_off import OnPaper, sign_off_request
from tests.documents import samples
from tests.documents.packs import made_pack
from tests.documents.reading import page_texts
from tests.documents.test_redaction import written
from tests.places import add_pupil

ROOM = DocumentRoom()
SIGNED = {"by": "Mr Hope", "role": "Head teacher", "on": "2026-11-20", "on_paper": True}


def made(signed: bool):
    snapshot = samples.snapshot()
    if signed:
        snapshot = {**snapshot, "request": {**snapshot["request"], "signed_off": SIGNED}}
    return made_pack(ROOM, snapshot, samples.evidence())


def test_every_page_of_a_draft_says_so_and_none_once_it_is_signed_off():
    draft = page_texts(made(signed=False).pdf)
    assert all("Draft, not signed off" in each for each in draft)
    assert "Not signed off yet. This is a draft." in draft[0]
    signed = "\n".join(page_texts(made(signed=True).pdf))
    assert "Draft" not in signed
    assert "DRAFT" not in signed


def test_the_word_across_a_draft_is_an_artifact_and_lies_beneath_what_is_said():
    with pikepdf.Pdf.open(io.BytesIO(made(signed=False).pdf)) as pdf:
        code = pdf.pages[0].Contents.read_bytes()
    at = code.index(b"/Artifact <</Type /Pagination /Subtype /Watermark>> BDC")
    assert at < code.index(b"/MCID")
    assert b"/MCID" not in code[at : code.index(b"EMC", at)]


def test_the_pack_lists_its_files_with_their_pages_and_hashes():
    snapshot = samples.snapshot()
    text = " ".join("\n".join(page_texts(made(signed=True).pdf)).split())
    assert "Files in this pack" in text
    for each in snapshot["evidence"]:
        assert each["filename"] in text
        assert each["sha256"] in text.replace(" ", "")


@pytest.fixture
def pack(place):
    pupil = add_pupil(place)
    for title, lines in (("Report", 1), ("Letter", 2)):
        content = written(title, also=lambda page, lines=lines: [page.showPage() for _ in range(lines)])
        documents.add_document(place.session, place.documents, pupil.id, f"{title}.pdf", content, title=title)
    request, _ = requests.start_request(place.session, pupil.id)
    sign_off_request(place.session, request.id, OnPaper("Mr Hope", place.session.clock.today()))
    return requests.freeze(place.session, place.documents, request.id)[0]


def test_the_list_beside_the_pack_proves_the_pack_and_each_file_in_it(place, pack):
    listed = pack_manifest(place.session, place.documents, pack.id)
    assert listed == pack_manifest(place.session, place.documents, pack.id)
    rows = list(csv.reader(io.StringIO(listed.decode("utf-8-sig"))))
    assert rows[0] == ["Part", "First page", "Last page", "File", "SHA-256"]
    _, pdf = requests.read_pack(place.session, pack.id)
    assert rows[1][1:3] == ["1", str(pack.pages)]
    assert rows[1][4] == hashlib.sha256(pdf).hexdigest()
    parts = rows[2:]
    assert [int(each[1]) for each in parts] == sorted(int(each[1]) for each in parts)
    assert parts[-1][2] == str(pack.pages)
    files = {each[3]: each for each in parts if each[3]}
    assert {name: int(each[2]) - int(each[1]) + 1 for name, each in files.items()} == {"Report.pdf": 2, "Letter.pdf": 3}
    known = {each.filename: each.sha256 for each in documents.documents_of(place.session.record, pack.pupil)}
    assert {name: each[4] for name, each in files.items()} == known


def test_no_list_gives_the_hash_of_a_file_from_which_something_is_withheld(place):
    """The hash of a short letter would confirm a guess at what is taken out of it."""
    pupil = add_pupil(place)
    content = written("Zebedee hit him.")
    letter, _ = documents.add_document(place.session, place.documents, pupil.id, "Letter.pdf", content, title="Letter")
    request, _ = requests.start_request(place.session, pupil.id)
    redactions.withhold(place.session, letter.id, [Area(1, 0, 0, 9999, 2000)], "other_child")
    sign_off_request(place.session, request.id, OnPaper("Mr Hope", place.session.clock.today()))
    pack, _ = requests.freeze(place.session, place.documents, request.id)
    _, pdf = requests.read_pack(place.session, pack.id)
    listed = pack_manifest(place.session, place.documents, pack.id).decode("utf-8-sig")
    (row,) = [each for each in csv.reader(io.StringIO(listed)) if each[3].startswith("Letter.pdf")]
    areas = [Area(1, 0, 0, 9999, 2000)]
    bound = hashlib.sha256(place.documents.redacted("Letter", content, areas)).hexdigest()
    assert row[3:] == ["Letter.pdf, passages withheld", bound]
    text = "".join("".join(page_texts(pdf)).split())
    assert bound in text
    assert letter.sha256 not in text + listed
    today = requests.snapshot_of(place.session, request, 1)
    assert requests.is_current(place.session, pack, today)
    assert signing_off.is_signed(place.session, pack, sign_off_of(place.session.record, request.id))


def test_the_sheet_for_a_file_with_marks_that_cannot_be_bound_does_not_give_its_hash():
    file = {**samples.evidence_files()[0], "withheld": [{"page": 1, "left": 0, "top": 0, "right": 9, "bottom": 9, "reason": "x"}]}
    snapshot = {**samples.snapshot(), "evidence": [file]}
    made = made_pack(ROOM, snapshot, [(file, b"no document at all")])
    text = "".join("".join(page_texts(made.pdf)).split())
    assert "passageswithheld" in text
    assert file["sha256"] not in text
    assert made.withheld_sha256 == {file["letter"]: ""}


def test_the_list_is_named_after_the_pack():
    assert manifest_name("Request for Kai, version 2.pdf") == "Request for Kai, version 2, list of files.csv"
