"""A copy gives away nothing that it withholds: no title, file name or author, no advice and no answer, whoever quoted it and how."""

from dataclasses import replace

import pytest

from sencoapp import reference
from sencoapp.domain.casework import Request
from sencoapp.domain.redaction import Area
from sencoapp.domain.report_marks import Box
from sencoapp.services import documents, professionals, redactions, report_marks, requests, statement
from sencoapp.services.own_form_words import record_words
from sencoapp.services.pack_copies import draft_copy, shown_in_copy, told_of_copy
from sencoapp.services.pack_manifest import pack_manifest
from sencoapp.services.redactions import words_beneath
from sencoapp.services.withheld import Told, told_of
from tests.documents.reading import page_texts
from tests.documents.test_redaction import is_in, written
from tests.places import add_pupil, rendered

LINE = "Kian said that Zebedee had thrown a chair at him."
TOP = Area(1, 0, 0, 10_000, 1000)


@pytest.fixture
def pupil(place):
    return add_pupil(place)


def add(place, pupil, title, filename, text=LINE, **about):
    return documents.add_document(place.session, place.documents, pupil.id, filename, written(text), title=title, **about)[0]


def withhold(place, paper, words="", *, areas=(), hidden_from=()):
    content = place.session.blobs.read(paper.blob)
    areas = areas or place.documents.find_words(paper.title, content, words).areas
    found = words_beneath(place.documents, content, areas)
    return redactions.withhold(place.session, paper.id, areas, "other_child", hidden_from=hidden_from, words=found)[0]


def test_the_words_beneath_a_mark_are_kept_with_it(place, pupil):
    paper = add(place, pupil, "Letter", "letter.pdf")
    assert [each.words_beneath for each in withhold(place, paper, "Zebedee")] == ["Zebedee"]
    assert [each.words_beneath for each in withhold(place, paper, areas=[TOP])] == [LINE]
    assert [each.words_beneath for each in withhold(place, paper, areas=[Area(1, 0, 5000, 9999, 6000)])] == [None]


def test_no_title_file_name_or_author_tells_who_is_withheld(place, pupil):
    about = {"kind": "letter", "document_on": place.session.clock.today().replace(month=3, day=3), "author_name": "Zebedee’s mother"}
    letter = add(place, pupil, "Letter about Zebedee", "ZebedeeLetter.pdf", **about)
    other = add(place, pupil, "Report", "report.pdf", "Kian reads.")
    later = add(place, pupil, "What zebedee did next", "log.pdf", "Kian ran.")
    request, _ = requests.start_request(place.session, pupil.id)
    assert is_in("Letter about Zebedee", rendered(place, requests.draft_pack(place.session, request.id)))
    withhold(place, letter, "Zebedee")
    pack, _ = requests.freeze(place.session, place.documents, request.id)
    pdf = requests.read_pack(place.session, pack.id)[1]
    listed = pack_manifest(place.session, place.documents, pack.id).decode("utf-8-sig")
    assert not is_in("Zebedee", pdf)
    assert "ebedee" not in listed
    assert b"ebedee" not in place.session.blobs.read(pack.snapshot_blob)
    files = {each["id"]: each for each in requests.frozen_words(place.session, pack)["evidence"]}
    named = files[letter.id]
    assert named["title"] == f"Document {named['letter']}: letter, 3 March 2026 (its title is withheld)"
    assert named["filename"] == f"document-{named['letter']}.pdf"
    assert named["author_name"] == "name withheld"
    assert files[later.id]["title"].startswith("Document ")
    assert files[later.id]["filename"] == "log.pdf"
    assert files[other.id]["title"] == "Report"
    told = told_of(place.session.record, pupil.id, "council", requests.snapshot_of(place.session, request, 2))
    assert told == Told(renamed=tuple(sorted((named["letter"], files[later.id]["letter"]))))


def test_it_is_told_where_a_mark_lies_over_a_picture_and_nothing_can_be_held_against_it(place, pupil):
    letter = add(place, pupil, "Letter", "letter.pdf")
    request, _ = requests.start_request(place.session, pupil.id)
    withhold(place, letter, areas=[Area(1, 0, 5000, 9999, 6000)], hidden_from=["parent"])
    assert told_of_copy(place.session, request.id, "parent") == Told(unread=("A",))
    assert told_of_copy(place.session, request.id, "panel") == Told()


def test_a_reader_from_whom_nothing_is_withheld_gets_the_titles(place, pupil):
    letter = add(place, pupil, "Letter about Zebedee", "letter.pdf")
    request, _ = requests.start_request(place.session, pupil.id)
    withhold(place, letter, "Zebedee", hidden_from=["parent"])
    assert draft_copy(place.session, request.id, "panel").snapshot["evidence"][0]["title"] == "Letter about Zebedee"
    assert draft_copy(place.session, request.id, "parent").snapshot["evidence"][0]["title"].startswith("Document A")


def test_a_document_that_is_not_bound_is_not_named_by_a_title_that_tells(place, pupil):
    letter = add(place, pupil, "Letter", "letter.pdf")
    beside = add(place, pupil, "Report about Zebedee", "report.pdf", kind="report")
    person, _ = professionals.add_professional(place.session, {"name": "Priya Nair"})
    saved = professionals.involve(place.session, pupil.id, person.id, {})
    work = next(each.id for each in saved.touched if each.kind == "involvement")
    professionals.link_report(place.session, work, beside.id)
    request, _ = requests.start_request(place.session, pupil.id)
    requests.change_request(place.session, request, replace(request, evidence=(letter.id,)))
    request = place.session.record.get(Request, request.id)
    assert "Report about Zebedee" in str(requests.snapshot_of(place.session, request, 1))
    assert "Report about Zebedee" in str(record_words(place.session, request))
    withhold(place, letter, "Zebedee")
    assert "ebedee" not in str(requests.snapshot_of(place.session, request, 1))
    assert "ebedee" not in str(record_words(place.session, request))


def test_the_sheet_in_the_place_of_a_file_tells_neither_its_name_nor_its_title(place, pupil):
    letter = add(place, pupil, "Letter about Zebedee", "letter.pdf")
    locked = add(place, pupil, "Zebedee, locked", "Zebedee.pdf")
    request, _ = requests.start_request(place.session, pupil.id)
    withhold(place, letter, "Zebedee")
    draft = requests.draft_pack(place.session, request.id)
    damaged = place.session.blobs.put(b"%PDF-1.7 damaged")
    broken = tuple((file, damaged if file["id"] == locked.id else name) for file, name in draft.evidence)
    pdf = rendered(place, replace(draft, evidence=broken))
    text = " ".join("\n".join(page_texts(pdf)).split())
    assert "is not bound here" in text
    assert "Zebedee" not in text
    assert not is_in("Zebedee", pdf)


def with_advice(place, pupil, text):
    person, _ = professionals.add_professional(place.session, {"name": "Priya Nair"})
    work = next(each.id for each in professionals.involve(place.session, pupil.id, person.id, {}).touched if each.kind == "involvement")
    return professionals.recommend(place.session, work, {"text": text, "in_use": "yes"})


def test_advice_partly_rewritten_around_a_quotation_and_a_removed_mark_give_nothing_away(place, pupil):
    session = place.session
    paper = add(place, pupil, "Letter", "letter.pdf")
    made, _ = report_marks.mark(session, paper.id, 1, (Box(0.1, 0.02, 0.8, 0.08),), {"what": "need", "quote": LINE})
    request, _ = requests.start_request(session, pupil.id)
    requests.write_answer(session, request.id, "why_an_assessment", "He told us: “Zebedee had thrown a chair at him”. Twice.")
    with_advice(place, pupil, "Seat him away from the boy, as Zebedee had thrown a CHAIR\nat him before.")
    statement.take_over(session, request.id)
    withhold(place, paper, areas=[TOP])
    report_marks.remove_mark(session, made.id)
    snapshot = requests.snapshot_of(session, request, 1)
    assert "ebedee" not in str(snapshot)
    note = reference.say("requests.passage_withheld")
    assert f"He told us: “{note}”. Twice." in str(snapshot)
    told = told_of(session.record, pupil.id, "council", snapshot)
    assert told.passages >= 3
    assert told.names == ()


def test_one_name_that_still_stands_is_told_before_the_copy_is_made(place, pupil):
    paper = add(place, pupil, "Letter", "letter.pdf")
    request, _ = requests.start_request(place.session, pupil.id)
    requests.write_answer(place.session, request.id, "why_an_assessment", "Zebedee’s place is beside him.")
    withhold(place, paper, "Zebedee", hidden_from=["parent"])
    for variant, names in (("parent", ("Zebedee’s",)), ("panel", ())):
        snapshot = shown_in_copy(place.session, request.id, variant)
        assert told_of(place.session.record, pupil.id, variant, snapshot).names == names


def test_the_builder_drafts_no_sentence_with_what_is_withheld_from_the_council(place, pupil):
    session = place.session
    paper = add(place, pupil, "Letter", "letter.pdf")
    report_marks.mark(session, paper.id, 1, (Box(0.1, 0.02, 0.8, 0.08),), {"what": "need", "quote": LINE})
    with_advice(place, pupil, f"He wrote: {LINE}")
    request, _ = requests.start_request(session, pupil.id)
    withhold(place, paper, areas=[TOP])
    page = statement.statement_page(session, request)
    assert "ebedee" not in str([each.new for each in page.headings])
    assert "ebedee" not in str(requests.request_page(session, request.id).drafts)
    statement.take_over(session, request.id)
    section = next(each["id"] for each in requests.form_of(request)["sections"] if any(not q["by_hand"] for q in each["questions"]))
    requests.keep_drafts(session, request.id, section)
    assert "ebedee" not in str(session.record.find(statement.StatementSentence))


def test_the_builder_says_of_a_kept_sentence_that_a_pack_withholds_its_words(place, pupil):
    session = place.session
    paper = add(place, pupil, "Letter", "letter.pdf")
    report_marks.mark(session, paper.id, 1, (Box(0.1, 0.02, 0.8, 0.08),), {"what": "need", "quote": LINE})
    request, _ = requests.start_request(session, pupil.id)
    statement.take_over(session, request.id)
    assert statement.statement_page(session, request).withheld == {}
    withhold(place, paper, areas=[TOP], hidden_from=["parent", "panel"])
    page = statement.statement_page(session, request)
    [kept] = [each.sentence for heading in page.headings for each in heading.kept if "Zebedee" in each.sentence.text]
    assert page.withheld == {kept.id: ("parent", "panel")}
