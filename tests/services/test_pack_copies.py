"""One request, several readers: what each copy has, and what never goes in by itself."""

import json
from dataclasses import replace

import pytest

from sencoapp.domain.casework import Document, Pack, Request
from sencoapp.domain.people import Contact
from sencoapp.domain.record import Amend, New
from sencoapp.domain.redaction import Area
from sencoapp.domain.refusals import Refusal
from sencoapp.services import documents, redactions, requests, submissions
from sencoapp.services.confidential import set_readers
from sencoapp.services.pack_copies import draft_copy, keep_copy
from sencoapp.services.pack_variants import choose_for, over_limits, packs_of, papers_of, variant_named, variants
from sencoapp.services.requests import render_pack
from sencoapp.services.signing_off import OnPaper, sign_off_request
from tests.documents.reading import page_texts
from tests.documents.test_redaction import is_in, written
from tests.places import add_pupil, rendered

VARIANTS = [each["id"] for each in variants()]
COPIES = [each for each in VARIANTS if each != "council"]


def add(place, pupil, title, kind="report", day=None, pages=1, text=None):
    content = written(
        text or f"{title} of Kian.", *(f"{title} {n}" for n in range(2)), also=lambda page: [page.showPage() for _ in range(pages - 1)]
    )
    return documents.add_document(
        place.session, place.documents, pupil.id, f"{title}.pdf", content, title=title, kind=kind, document_on=day
    )[0]


@pytest.fixture
def pupil(place):
    found = add_pupil(place)
    reach = {"phone": "07700 900123", "email": "ama@example.org", "address": "1 Quiet Lane", "postcode": "LE1 1AA"}
    mother = Contact(place.session.ids.new(), found.id, 1, "Osei", "Ama", relationship="MTH", parental_responsibility=True, **reach)
    place.session.record.save([New(mother)], action="add_contact", actor=place.session.actor)
    return found


@pytest.fixture
def papers(place, pupil):
    today = place.session.clock.today()
    return {
        "report": add(place, pupil, "Speech report", day=today.replace(month=2)),
        "old": add(place, pupil, "First report", day=today.replace(year=today.year - 4)),
        "letter": add(place, pupil, "Family letter", "letter", day=today.replace(month=3)),
        "secret": add(place, pupil, "Court papers", "other"),
    }


@pytest.fixture
def request_(place, pupil, papers):
    made, _ = requests.start_request(place.session, pupil.id)
    set_readers(place.session, Document, papers["secret"].id, [])
    return place.session.record.get(Request, made.id)


def titles(place, request, variant):
    return [each.document.title for each in papers_of(place.session.record, request, variant) if each.why_not is None]


def text_of(place, request, variant):
    draft = draft_copy(place.session, request.id, variant)
    return "\n".join(page_texts(rendered(place, draft)))


@pytest.mark.parametrize("variant", COPIES)
def test_what_is_confidential_is_in_no_copy_unless_a_person_puts_it_in(place, request_, papers, variant):
    assert "Court papers" not in titles(place, request_, variant)
    assert "Court papers" not in text_of(place, request_, variant)
    choose_for(place.session, request_.id, variant, papers["secret"].id, goes_in=True)
    assert "Court papers" in text_of(place, request_, variant)
    choose_for(place.session, request_.id, variant, papers["secret"].id, goes_in=False)
    assert "Court papers" not in titles(place, request_, variant)


@pytest.mark.parametrize("variant", COPIES)
def test_no_copy_says_how_anybody_is_reached(place, request_, variant):
    draft = draft_copy(place.session, request_.id, variant)
    said = json.dumps(draft.snapshot, ensure_ascii=False)
    assert not any(each in said for each in ("07700 900123", "ama@example.org", "Quiet Lane", "LE1 1AA"))
    assert "07700 900123" in json.dumps(requests.draft_pack(place.session, request_.id).snapshot)


def test_a_panel_gets_no_letter_and_no_page_about_the_family(place, request_):
    assert "Family letter" not in titles(place, request_, "panel")
    parts = {each["shows"] for each in draft_copy(place.session, request_.id, "panel").snapshot["sections"]}
    assert not parts & {"family", "consent"}
    text = text_of(place, request_, "panel")
    assert "For a panel" in text
    assert "Without:" in text


def test_a_tribunal_gets_the_oldest_first_and_each_page_says_which_of_the_bundle_it_is(place, request_):
    assert titles(place, request_, "tribunal") == ["First report", "Speech report", "Family letter"]
    draft = draft_copy(place.session, request_.id, "tribunal")
    made = render_pack(place.documents, draft)
    for number, page in enumerate(page_texts(place.session.blobs.read(made.blob)), 1):
        assert f"Bundle {number} of {made.pages}" in page
    assert "Consent" not in [each["title"] for each in draft.snapshot["sections"]]


def test_the_meter_says_what_goes_beyond_the_tribunals_limits(place, pupil, request_, papers):
    today = place.session.clock.today()
    rules = variant_named("tribunal")
    found = over_limits(rules, list(papers.values()), today)
    assert [(what, paper.title, much) for what, paper, much in found] == [("report_old", "First report", 4)]
    long = replace(papers["report"], pages=80)
    assert {what for what, _, _ in over_limits(rules, [long], today)} == {"pages", "report_long"}
    assert ("pages_most", None, 101) in over_limits(rules, [replace(long, pages=101)], today)
    assert over_limits(variant_named("parent"), [long], today) == []


def test_a_mark_for_the_parents_alone_is_in_their_copy_alone(place, request_, papers):
    redactions.withhold(place.session, papers["report"].id, [Area(1, 0, 0, 9999, 2000)], "kept_apart", hidden_from=["parent"])
    assert "withheld" not in requests.draft_pack(place.session, request_.id).snapshot["evidence"][0]
    pdf = rendered(place, draft_copy(place.session, request_.id, "parent"))
    text = "\n".join(page_texts(pdf))
    assert "Speech report of Kian." not in text
    assert not is_in("Speech report of Kian.", pdf)
    assert "First report of Kian." in text
    assert "An address or a number that is kept" in text


def test_a_copy_is_counted_by_itself_and_leaves_the_request_and_its_pack_alone(place, request_):
    pack, _ = requests.freeze(place.session, place.documents, request_.id)
    draft = draft_copy(place.session, request_.id, "parent")
    copy, _ = keep_copy(place.session, draft, render_pack(place.documents, draft))
    assert (copy.version, copy.variant) == (1, "parent")
    record = place.session.record
    assert [each.id for each in packs_of(record, request_.id)] == [pack.id]
    assert [each.id for each in requests.request_page(place.session, request_.id).packs] == [pack.id]
    with pytest.raises(Refusal) as refused:
        submissions.prepare_submission(place.session, copy.id, "https://localhost:1")
    assert refused.value.key == "pack_is_a_copy"
    assert submissions.prepare_submission(place.session, pack.id, "https://localhost:1")[0].pack == pack.id
    with pytest.raises(Refusal) as refused:
        keep_copy(place.session, draft, render_pack(place.documents, draft))
    assert refused.value.key == "pack_was_made_meanwhile"
    assert record.count(Pack) == 2


def test_a_copy_can_be_made_after_the_council_has_decided_and_says_who_signed(place, request_):
    sign_off_request(place.session, request_.id, OnPaper("Mr Hope", place.session.clock.today()))
    place.session.record.save([Amend(Request, request_.id, {"state": "decided"})], action="receive_replies", actor=place.session.actor)
    assert draft_copy(place.session, request_.id, "tribunal").snapshot["request"]["signed_off"]["by"] == "Mr Hope"


def test_a_document_of_another_child_never_goes_in(place, request_):
    other = add_pupil(place, "Smith", "Ann")
    paper = add(place, other, "Ann's report")
    with pytest.raises(Refusal) as refused:
        choose_for(place.session, request_.id, "parent", paper.id, goes_in=True)
    assert refused.value.key == "evidence_is_of_another_pupil"


def test_a_document_beside_the_request_can_be_put_in_the_bundle(place, pupil, request_):
    decision = add(place, pupil, "Decision letter", "letter", day=place.session.clock.today())
    assert "Decision letter" not in titles(place, request_, "tribunal")
    choose_for(place.session, request_.id, "tribunal", decision.id, goes_in=True)
    assert titles(place, request_, "tribunal")[-1] == "Decision letter"
    assert "Decision letter" not in titles(place, request_, "council")
