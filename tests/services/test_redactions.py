"""Marks that withhold words: with a reason, for all readers or for some; the document stays as it came."""

import pytest

from sencoapp import reference
from sencoapp.domain.casework import Document
from sencoapp.domain.page_look import FileLook
from sencoapp.domain.redaction import Area, Redaction
from sencoapp.domain.refusals import Refusal
from sencoapp.domain.report_marks import Box
from sencoapp.services import documents, professionals, redactions, report_marks, requests, statement
from sencoapp.services.confidential import set_readers
from sencoapp.services.looking import keep_look
from sencoapp.services.own_form_words import record_words
from sencoapp.services.pack_copies import draft_copy
from sencoapp.services.pack_manifest import pack_manifest
from sencoapp.services.signing_off import OnPaper, sign_off_request
from tests.documents.test_redaction import is_in, written
from tests.places import add_pupil
from tests.services.people_of_the_school import TwoClasses

PLACE = Area(1, 1000, 400, 5000, 800)


@pytest.fixture
def paper(place):
    pupil = add_pupil(place)
    content = written("Kian and Zebedee sit together.", "Kian works well.")
    document, _ = documents.add_document(place.session, place.documents, pupil.id, "report.pdf", content)
    return document


def test_what_is_marked_is_gone_from_the_pack_and_stays_in_the_record(place, paper):
    request, _ = requests.start_request(place.session, paper.pupil)
    found = place.documents.find_words(paper.title, place.session.blobs.read(paper.blob), "Zebedee")
    redactions.withhold(place.session, paper.id, found.areas, "other_child", note="Zebedee is in the other class")
    pack, _ = requests.freeze(place.session, place.documents, request.id)
    pdf = requests.read_pack(place.session, pack.id)[1]
    assert not is_in("Zebedee", pdf)
    assert is_in("about another child".capitalize(), pdf)
    assert is_in("Zebedee", place.session.blobs.read(place.session.record.get(Document, paper.id).blob))
    assert b"Zebedee" not in place.session.blobs.read(pack.snapshot_blob)


def test_the_same_place_is_not_marked_twice_for_the_same_readers(place, paper):
    made, _ = redactions.withhold(place.session, paper.id, [PLACE, PLACE], "other_child")
    assert len(made) == 1
    inside = Area(1, 1100, 450, 4000, 700)
    assert redactions.withhold(place.session, paper.id, [inside], "other_child")[0] == []
    assert redactions.withhold(place.session, paper.id, [inside], "other_child", hidden_from=["parent"])[0] == []


def test_a_mark_for_some_readers_leaves_the_others_alone(place, paper):
    redactions.withhold(place.session, paper.id, [PLACE], "kept_apart", hidden_from=["parent"])
    record = place.session.record
    assert redactions.withheld_from(record, paper.id, "council") == []
    assert [each["page"] for each in redactions.withheld_from(record, paper.id, "parent")] == [1]


def test_a_mark_after_the_signature_makes_the_request_another(place, paper):
    request, _ = requests.start_request(place.session, paper.pupil)
    sign_off_request(place.session, request.id, OnPaper("Mr Hope", place.session.clock.today()))
    assert requests.snapshot_of(place.session, request, 1)["request"].get("signed_off")
    redactions.withhold(place.session, paper.id, [PLACE], "other_child")
    assert not requests.snapshot_of(place.session, request, 1)["request"].get("signed_off")


@pytest.mark.parametrize(
    ("area", "reason", "key"),
    [
        (PLACE, "", "mark_needs_reason"),
        (Area(2, 0, 0, 10, 10), "other_child", "mark_is_off_the_page"),
        (Area(1, 500, 0, 500, 10), "other_child", "mark_is_off_the_page"),
        (Area(1, 0, 0, 10_001, 10), "other_child", "mark_is_off_the_page"),
    ],
)
def test_a_mark_needs_a_reason_and_a_place(place, paper, area, reason, key):
    with pytest.raises(Refusal) as refused:
        redactions.withhold(place.session, paper.id, [area], reason)
    assert refused.value.key == key
    assert place.session.record.find(Redaction) == []


def quoted(place, paper, at):
    """A request whose statement holds a sentence that quotes a passage of the report."""
    values = {"what": "need", "quote": "Kian and Zebedee sit together"}
    made, _ = report_marks.mark(place.session, paper.id, 1, at, values)
    request, _ = requests.start_request(place.session, paper.pupil)
    statement.take_over(place.session, request.id, [f"report_mark:{made.id}"])
    return request, made


def lines(place, request, variant):
    said = statement.statement_content(place.session, request, [], variant)
    return " ".join(line["text"] for part in said["parts"] for line in part["lines"])


@pytest.mark.parametrize("at", [(Box(0.1, 0.04, 0.5, 0.08),), ()])
def test_a_sentence_of_the_statement_does_not_give_away_what_is_withheld_from_a_copy(place, paper, at):
    request, made = quoted(place, paper, at)
    redactions.withhold(place.session, paper.id, [PLACE], "kept_apart", hidden_from=["parent"])
    assert "Zebedee" in lines(place, request, "council")
    assert lines(place, request, "parent") == reference.say("requests.statement_withheld")
    report_marks.remove_mark(place.session, made.id)
    assert "Zebedee" not in lines(place, request, "parent")


def test_a_sentence_that_quotes_another_place_stays_in_every_copy(place, paper):
    request, _ = quoted(place, paper, (Box(0.1, 0.5, 0.5, 0.54),))
    redactions.withhold(place.session, paper.id, [PLACE], "other_child")
    assert "Zebedee" in lines(place, request, "council")


def test_a_pack_prints_no_quotation_of_what_it_withholds(place, paper):
    request, _ = quoted(place, paper, (Box(0.1, 0.04, 0.5, 0.08),))
    found = place.documents.find_words(paper.title, place.session.blobs.read(paper.blob), "Zebedee")
    redactions.withhold(place.session, paper.id, [PLACE, *found.areas], "other_child")
    pack, _ = requests.freeze(place.session, place.documents, request.id)
    assert not is_in("Zebedee", requests.read_pack(place.session, pack.id)[1])
    assert b"Zebedee" not in place.session.blobs.read(pack.snapshot_blob)


def test_advice_and_answers_that_quote_what_is_withheld_do_not_give_it_away(place, paper):
    session = place.session
    request, _ = quoted(place, paper, (Box(0.1, 0.04, 0.5, 0.08),))
    person, _ = professionals.add_professional(session, {"name": "Priya Nair"})
    work = next(each.id for each in professionals.involve(session, paper.pupil, person.id, {}).touched if each.kind == "involvement")
    professionals.recommend(session, work, {"text": "See why KIAN and Zebedee\nsit together, and where."})
    requests.write_answer(session, request.id, "why_an_assessment", "The report says that Kian and Zebedee sit together.")
    redactions.withhold(session, paper.id, [PLACE], "kept_apart", hidden_from=["parent", "council"])
    note = reference.say("requests.passage_withheld")
    for said in (
        draft_copy(session, request.id, "parent").snapshot,
        requests.snapshot_of(session, request, 1),
        record_words(session, request),
    ):
        assert "Zebedee" not in str(said)
        assert f"The report says that {note}." in str(said)
    assert "Zebedee" in str(draft_copy(session, request.id, "panel").snapshot)


def test_marks_on_a_confidential_document_are_seen_by_its_readers_alone(place, paper):
    (made,), _ = redactions.withhold(place.session, paper.id, [PLACE], "other_child", note="Zebedee is in the other class")
    set_readers(place.session, Document, paper.id, ())
    head = TwoClasses(place).session("head_teacher").record
    assert head.find(Redaction) == []
    assert head.get(Redaction, made.id) is None
    assert head.get_hidden(Redaction, made.id) is None


def test_a_pack_with_a_confidential_document_is_read_by_who_may_read_that(place, paper):
    request, _ = requests.start_request(place.session, paper.pupil)
    pack, _ = requests.freeze(place.session, place.documents, request.id)
    school = TwoClasses(place)
    head = school.session("head_teacher")
    assert requests.read_pack(head, pack.id)[0] == pack
    set_readers(place.session, Document, paper.id, ())
    words = lambda session, _: requests.frozen_words(session, pack)  # noqa: E731
    for read in (requests.read_pack, words, lambda session, id: pack_manifest(session, place.documents, id)):
        with pytest.raises(Refusal, match="pack_is_confidential"):
            read(head, pack.id)
    assert requests.read_pack(school.session("deputy_senco"), pack.id)[0] == pack
    set_readers(place.session, Document, paper.id, (head.actor.id,))
    assert requests.read_pack(head, pack.id)[0] == pack


def test_what_was_measured_is_kept_only_of_what_one_may_read(place, paper):
    set_readers(place.session, Document, paper.id, ())
    school, record = TwoClasses(place), place.session.record
    for role in ("teacher", "office", "head_teacher"):
        keep_look(school.session(role).record, paper, FileLook(()))
    assert record.looks(paper.pupil) == {}
    keep_look(school.session("deputy_senco").record, paper, FileLook(()))
    assert set(record.looks(paper.pupil)) == {paper.id}
