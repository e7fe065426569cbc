"""Pages that a person turned: kept with the document, used by packs, copies and the papers for an appeal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sencoapp.domain.casework import Document
from sencoapp.domain.page_turns import QUARTERS, as_kept, turns_from
from sencoapp.domain.redaction import Area
from sencoapp.domain.refusals import Refusal
from sencoapp.services import appeal_bundle, cases, documents, redactions, requests, undoing
from sencoapp.services.pack_copies import draft_copy
from sencoapp.services.requests import draft_pack
from sencoapp.services.signing_off import OnPaper, sign_off_request
from sencoapp.services.turning_pages import turn_pages
from tests.documents.page_scans import pdf_of, scan
from tests.documents.reading import picture_of, sizes
from tests.documents.test_turning import table
from tests.places import add_pupil, rendered


@given(st.dictionaries(st.integers(1, 1000), st.sampled_from(QUARTERS)))
def test_what_is_kept_is_read_again(turns):
    assert turns_from(as_kept(turns)) == turns


@pytest.mark.parametrize("kept", ["", "3", "3:", "x:90", "0:90", "-1:90", "3:45", "3:90:1", "٣:90"])
def test_what_cannot_be_read_is_left_aside(kept):
    assert set(turns_from([kept, "2:180"])) <= {2, 3}
    assert turns_from([kept, "2:180"])[2] == 180


@pytest.fixture
def pupil(place):
    return add_pupil(place)


@pytest.fixture
def paper(place, pupil):
    content = pdf_of(scan(60), scan(60))
    return documents.add_document(place.session, place.documents, pupil.id, "scan.pdf", content, title="A scan", kind="work")[0]


def last_pages(place, draft, count=2):
    pdf = rendered(place, draft)
    return sizes(pdf)[-count:], pdf


def test_a_scan_is_turned_in_packs_copies_and_bundles_and_the_file_stays(place, pupil, paper):
    request, _ = requests.start_request(place.session, pupil.id)
    case, _ = cases.open_case(place.session, pupil.id, "mediation_appeal")
    turn_pages(place.session, paper.id, {2: 270})
    drafts = [
        draft_pack(place.session, request.id),
        draft_copy(place.session, request.id, "parent"),
        appeal_bundle.draft_bundle(place.session, case.id),
    ]
    for draft in drafts:
        assert last_pages(place, draft)[0] == [(595, 842), (842, 595)]
    kept = place.session.record.get(Document, paper.id)
    assert kept.turns == ("2:270",)
    assert (kept.blob, kept.sha256) == (paper.blob, paper.sha256)


def test_turning_can_be_taken_back_and_undone(place, pupil, paper):
    request, _ = requests.start_request(place.session, pupil.id)

    def seen():
        _, pdf = last_pages(place, draft_pack(place.session, request.id), 1)
        return picture_of(pdf, len(sizes(pdf)), 0.4).convert("L")

    assert seen().width < seen().height
    turn_pages(place.session, paper.id, {1: 90, 2: 90})
    assert seen().width > seen().height
    turn_pages(place.session, paper.id, {2: None})
    assert place.session.record.get(Document, paper.id).turns == ("1:90",)
    assert seen().width < seen().height
    turn_pages(place.session, paper.id, {1: None})
    saved = turn_pages(place.session, paper.id, {1: 180})
    undoing.undo(place.session, saved.save)
    assert place.session.record.get(Document, paper.id).turns == ()


def test_what_a_person_chose_stands_above_what_the_words_tell(place, pupil):
    paper, _ = documents.add_document(place.session, place.documents, pupil.id, "t.pdf", table(90), title="Table", kind="work")
    request, _ = requests.start_request(place.session, pupil.id)
    assert place.documents.page_turns(table(90)) == {1: 90}
    assert last_pages(place, draft_pack(place.session, request.id), 1)[0] == [(842, 595)]
    turn_pages(place.session, paper.id, {1: 0})
    assert last_pages(place, draft_pack(place.session, request.id), 1)[0] == [(595, 842)]


def test_what_is_withheld_is_turned_with_its_page(place, pupil, paper):
    redactions.withhold(place.session, paper.id, [Area(1, 0, 0, 9999, 1500)], "other_child")
    turn_pages(place.session, paper.id, {1: 90})
    request, _ = requests.start_request(place.session, pupil.id)
    found, pdf = last_pages(place, draft_pack(place.session, request.id))
    assert found == [(842, 595), (595, 842)]
    shown = picture_of(pdf, len(sizes(pdf)) - 1, 0.4).convert("L")
    column = [shown.getpixel((x, shown.height // 3)) for x in range(shown.width)]
    dark = [x for x, shade in enumerate(column) if shade < 40]
    assert len(dark) > 10
    assert min(dark) > shown.width / 2, "the head of the page is at the right once it is turned clockwise"


def test_a_photo_is_turned_too(place, pupil):
    from tests.documents.paper_samples import photo

    picture = photo(600, 400, orientation=None)
    paper, _ = documents.add_document(place.session, place.documents, pupil.id, "p.jpg", picture, title="A photo", kind="work")
    request, _ = requests.start_request(place.session, pupil.id)
    assert last_pages(place, draft_pack(place.session, request.id), 1)[0] == [(842, 595)]
    turn_pages(place.session, paper.id, {1: 90})
    assert last_pages(place, draft_pack(place.session, request.id), 1)[0] == [(595, 842)]


def test_a_signature_covers_what_pages_say_and_not_how_they_lie(place, pupil, paper):
    request, _ = requests.start_request(place.session, pupil.id)
    sign_off_request(place.session, request.id, OnPaper("Mr Hope", place.session.clock.today()))
    turn_pages(place.session, paper.id, {1: 90})
    assert draft_pack(place.session, request.id).snapshot["request"]["signed_off"]["by"] == "Mr Hope"


@pytest.mark.parametrize("turns", [{0: 90}, {3: 90}, {1: 45}])
def test_a_page_that_is_not_there_is_refused(place, paper, turns):
    with pytest.raises(Refusal, match="page_is_not_there"):
        turn_pages(place.session, paper.id, turns)
