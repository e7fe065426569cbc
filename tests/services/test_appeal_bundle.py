"""The school's papers for an appeal: what goes in by itself, what a person chooses, and what is kept."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest

from sencoapp.domain.appeal_bundle import WRITTEN
from sencoapp.domain.cases import CouncilCase
from sencoapp.domain.casework import Document, Pack, Request
from sencoapp.domain.people import Contact
from sencoapp.domain.record import New
from sencoapp.domain.redaction import Area
from sencoapp.domain.refusals import Refusal
from sencoapp.services import appeal_bundle, cases, documents, redactions, requests
from sencoapp.services.confidential import set_readers
from sencoapp.services.looking import keep_look
from sencoapp.services.pack_manifest import pack_manifest
from sencoapp.services.pack_variants import bundles_of, packs_of
from sencoapp.services.requests import read_pack, render_pack
from tests.documents.reading import outline, page_texts
from tests.documents.test_redaction import is_in
from tests.places import add_pupil, rendered
from tests.services.test_pack_copies import add

TODAY = date(2026, 11, 24)


@pytest.fixture
def pupil(place):
    found = add_pupil(place)
    reach = {"phone": "07700 900123", "email": "ama@example.org", "address": "1 Quiet Lane", "postcode": "LE1 1AA"}
    mother = Contact(place.session.ids.new(), found.id, 1, "Osei", "Ama", relationship="MTH", parental_responsibility=True, **reach)
    place.session.record.save([New(mother)], action="add_contact", actor=place.session.actor)
    return found


@pytest.fixture
def papers(place, pupil):
    return {
        "report": add(place, pupil, "Speech report", day=date(2026, 2, 1)),
        "old": add(place, pupil, "First report", day=date(2022, 2, 1), pages=3),
        "decision": add(place, pupil, "Decision letter", "letter", day=date(2026, 9, 1)),
        "plan": add(place, pupil, "Final EHC plan", "other", day=date(2026, 8, 1), pages=2),
        "secret": add(place, pupil, "Court papers", "other"),
    }


@pytest.fixture
def case(place, pupil, papers):
    set_readers(place.session, Document, papers["secret"].id, [])
    made, _ = cases.open_case(place.session, pupil.id, "mediation_appeal", reference="EH900/26/00017")
    return made.id


def inside(place, case):
    page = appeal_bundle.bundle_page(place.session, case)
    return {section.id: [each.title for each in section.papers] for section in page.arranged.sections}


def made(place, case):
    draft = appeal_bundle.draft_bundle(place.session, case)
    return appeal_bundle.keep_bundle(place.session, draft, render_pack(place.documents, draft))[0]


def test_papers_find_their_sections_in_the_order_of_their_dates(place, case):
    assert inside(place, case) == {
        "core": ["Decision letter"],
        "plan": ["Final EHC plan"],
        "working": [],
        "evidence": ["First report", "Speech report"],
    }
    page = appeal_bundle.bundle_page(place.session, case)
    assert [(each.title, why) for each, why in page.arranged.out] == [("Court papers", "confidential")]
    assert {(each.what, each.document.title if each.document else "") for each in page.checks} == {("report_old", "First report")}


def test_a_person_moves_a_paper_leaves_one_out_and_says_what_the_appeal_is_about(place, case, papers):
    session = place.session
    appeal_bundle.move_paper(session, case, papers["report"].id, "core")
    appeal_bundle.put_in(session, case, papers["old"].id, goes_in=False)
    appeal_bundle.put_in(session, case, papers["secret"].id, goes_in=True)
    assert inside(place, case)["core"] == ["Speech report", "Decision letter"]
    assert inside(place, case)["evidence"] == ["Court papers"]
    appeal_bundle.say_what_it_is_about(session, case, "refusal_to_assess")
    page = appeal_bundle.bundle_page(session, case)
    assert [(each.letter, each.title, each.limit) for each in page.arranged.sections] == [
        ("A", "Core documents", 100),
        ("B", "Other evidence", 75),
    ]
    with pytest.raises(Refusal, match="no_such_section"):
        appeal_bundle.move_paper(session, case, papers["report"].id, "plan")
    with pytest.raises(Refusal, match="appeal_not_known"):
        appeal_bundle.say_what_it_is_about(session, case, "something")


def test_the_bundle_has_sections_pages_links_and_what_the_school_writes(place, case):
    pack = made(place, case)
    pdf = place.session.blobs.read(pack.pdf_blob)
    pages = page_texts(pdf)
    assert len(pages) == pack.pages
    for number, page in enumerate(pages, 1):
        assert f"Bundle {number} of {pack.pages}" in page
    whole = " ".join(" ".join(pages).split())
    for words in (
        "The council, or the responsible body in a claim about disability, prepares the bundle for the hearing",
        "This is the school’s part of the papers",
        "Case EH900/26/00017",
        "A. Core documents",
        "Evidence A1. Decision letter",
        "75 to 100 pages for each side",
        "150 pages in the whole bundle",
    ):
        assert words in whole or words in [each[1] for each in outline(pdf)], words
    titles = [each[1] for each in outline(pdf)]
    assert titles.index("B. EHC plan and its Section K appendices") < titles.index("Evidence B1. Final EHC plan")
    assert [each for each in titles if each.startswith("Evidence")] == [
        "Evidence A1. Decision letter",
        "Evidence B1. Final EHC plan",
        "Evidence D1. First report",
        "Evidence D2. Speech report",
    ]
    assert not any(each in whole for each in ("07700 900123", "ama@example.org", "Quiet Lane"))


def test_the_meter_in_the_file_counts_what_the_school_writes_with_its_evidence(place, case):
    draft = appeal_bundle.draft_bundle(place.session, case)
    written = place.documents.written_page_count(draft.snapshot)
    assert written > 0
    page = appeal_bundle.bundle_page(place.session, case)
    assert page.written is not None
    assert place.documents.written_page_count(page.written) == written
    text = " ".join(" ".join(page_texts(rendered(place, draft))).split())
    assert f"D. Other evidence {written + 4} 75 to 100 pages for each side" in text
    assert f"What the school writes has {written} page" in text
    appeal_bundle.put_in(place.session, case, WRITTEN, goes_in=False)
    draft = appeal_bundle.draft_bundle(place.session, case)
    assert place.documents.written_page_count(draft.snapshot) == 0
    assert "D. Other evidence 4 75 to 100 pages for each side" in " ".join(" ".join(page_texts(rendered(place, draft))).split())


def test_a_request_of_the_school_is_what_it_writes(place, pupil, case):
    assert appeal_bundle.bundle_page(place.session, case).request is None
    request, _ = requests.start_request(place.session, pupil.id)
    requests.write_answer(place.session, request.id, "why_an_assessment", "He needs more than we can give.")
    page = appeal_bundle.bundle_page(place.session, case)
    assert page.request == request.id
    pack = made(place, case)
    pages = " ".join(page_texts(place.session.blobs.read(pack.pdf_blob)))
    assert "He needs more than we can give." in pages
    assert packs_of(place.session.record, request.id, "tribunal") == []
    assert place.session.record.get(Request, request.id).state == "draft"


def test_what_is_withheld_from_a_tribunal_is_gone_from_the_file(place, pupil, case):
    paper = add(place, pupil, "Notes on Tobias Quill", day=date(2026, 3, 1))
    area = Area(1, 0, 0, 9999, 2000)
    redactions.withhold(place.session, paper.id, [area], "other_child", words={area: "Tobias Quill"})
    assert appeal_bundle.bundle_page(place.session, case).withheld.renamed == ("D3",)
    pack = made(place, case)
    pdf = place.session.blobs.read(pack.pdf_blob)
    assert not is_in("Tobias Quill", pdf)
    said = " ".join(" ".join(page_texts(pdf)).split())
    assert "Document D3: report or advice, 1 March 2026" in said
    assert "D3, page 1" in said
    assert is_in("First report of Kian.", pdf)


def test_a_bundle_is_kept_counted_and_listed_and_the_case_is_as_it_was(place, case):
    before = place.session.record.get(CouncilCase, case)
    first, second = made(place, case), made(place, case)
    assert [each.version for each in bundles_of(place.session.record, case)] == [1, 2]
    assert first.council_case == second.council_case == case
    assert (first.request, first.variant) == ("", "tribunal")
    assert place.session.record.get(CouncilCase, case) == before
    assert read_pack(place.session, second.id)[0] == second
    rows = pack_manifest(place.session, place.documents, first.id).decode("utf-8-sig")
    assert "Practice Direction No. 1 of 2025" in rows
    (listed,) = [each for each in rows.splitlines() if "Evidence D1. First report" in each]
    assert "First report.pdf" in listed
    assert any(each.startswith("A. Core documents") or '"A. Core documents' in each for each in rows.splitlines())
    draft = replace(appeal_bundle.draft_bundle(place.session, case))
    appeal_bundle.keep_bundle(place.session, draft, render_pack(place.documents, draft))
    with pytest.raises(Refusal, match="pack_was_made_meanwhile"):
        appeal_bundle.keep_bundle(place.session, draft, render_pack(place.documents, draft))
    assert place.session.record.count(Pack) == 3
    assert all(each.sound for each in place.session.record.verify())


def test_the_same_record_gives_the_same_bytes(place, case):
    one, other = (render_pack(place.documents, appeal_bundle.draft_bundle(place.session, case)) for _ in range(2))
    assert one.sha256 == other.sha256


def test_a_document_of_another_child_never_goes_in(place, case):
    other = add(place, add_pupil(place, "Smith", "Ann"), "Ann's report")
    with pytest.raises(Refusal, match="evidence_is_of_another_pupil"):
        appeal_bundle.put_in(place.session, case, other.id, goes_in=True)
    assert "Ann" not in json.dumps(appeal_bundle.draft_bundle(place.session, case).snapshot)


def test_other_cases_have_no_bundle_and_a_closed_one_is_made_but_not_changed(place, pupil, case, papers):
    other, _ = cases.open_case(place.session, pupil.id, "annual_review")
    with pytest.raises(Refusal, match="case_has_no_bundle"):
        appeal_bundle.bundle_page(place.session, other.id)
    cases.close_case(place.session, case, "won")
    assert made(place, case).version == 1
    with pytest.raises(Refusal, match="case_is_closed"):
        appeal_bundle.put_in(place.session, case, papers["old"].id, goes_in=False)


def test_nothing_at_all_makes_no_bundle(place, case, papers):
    for each in (*papers.values(),):
        appeal_bundle.put_in(place.session, case, each.id, goes_in=False)
    appeal_bundle.put_in(place.session, case, WRITTEN, goes_in=False)
    with pytest.raises(Refusal, match="bundle_is_empty"):
        appeal_bundle.draft_bundle(place.session, case)


def test_pages_without_words_are_told_once_they_were_looked_at(place, case, pupil):
    from tests.documents.page_scans import pdf_of, scan

    paper, _ = documents.add_document(
        place.session, place.documents, pupil.id, "scan.pdf", pdf_of(scan(200)), title="Old scan", document_on=TODAY - timedelta(days=9)
    )
    page = appeal_bundle.bundle_page(place.session, case)
    assert paper.id in {each.id for each in page.not_looked_at}
    look = place.documents.look_at(paper.media_type, place.session.blobs.read(paper.blob))
    keep_look(place.session.record, paper, look)
    page = appeal_bundle.bundle_page(place.session, case)
    assert paper.id not in {each.id for each in page.not_looked_at}
    assert [each.what for each in page.checks if each.document and each.document.id == paper.id] == ["no_text"]


def test_the_chronology_tells_of_a_bundle_and_not_of_a_request_pack(place, case, pupil):
    made(place, case)
    kinds = [each.kind for each in place.session.record.chronology(pupil.id, limit=99)]
    assert kinds.count("bundle") == 1
    assert "pack" not in kinds
