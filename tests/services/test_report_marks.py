"""What is marked in reports, what it becomes, and the sheet for teachers that comes of it."""

import pytest

from sencoapp.domain.casework import Document
from sencoapp.domain.professionals import Involvement, Professional, Recommendation
from sencoapp.domain.record import New
from sencoapp.domain.refusals import Refusal
from sencoapp.domain.report_marks import Box, ReportMark
from sencoapp.services import documents, professionals, requests, undoing
from sencoapp.services.confidential import set_readers
from sencoapp.services.report_marks import change_mark, leads_to, mark, marks_of, remove_mark
from sencoapp.services.statement_draft import drafted_sentences
from sencoapp.services.teacher_sheet import teacher_sheet
from tests.documents.paper_samples import report
from tests.documents.reading import page_texts
from tests.places import add_pupil

HERE = (Box(0.1, 0.2, 0.8, 0.23), Box(0.1, 0.24, 0.5, 0.27))
ADVICE = "Show Kian what comes next with a picture."


@pytest.fixture
def pupil(place):
    return add_pupil(place)


@pytest.fixture
def paper(place, pupil):
    content = report(3, "Speech and language report")
    about = {"title": "Speech and language report", "author_name": "Mrs Lacey"}
    return documents.add_document(place.session, place.documents, pupil.id, "report.pdf", content, **about)[0]


@pytest.fixture
def work(place, pupil, paper):
    person, _ = professionals.add_professional(place.session, {"name": "Mrs Lacey", "role": "Speech and language therapist"})
    professionals.involve(place.session, pupil.id, person.id, {})
    (involvement,) = place.session.record.find(Involvement, pupil=pupil.id)
    professionals.link_report(place.session, involvement.id, paper.id)
    return involvement


def values(**others):
    return {"what": "recommendation", "quote": ADVICE, "for_teachers": True, **others}


def test_a_mark_keeps_its_page_its_words_and_its_place(place, paper):
    made, _ = mark(place.session, paper.id, 2, HERE, values())
    (kept,) = marks_of(place.session, paper.id).marks
    assert (kept.page, kept.quote, kept.marked_by) == (2, ADVICE, place.session.actor.id)
    assert kept.places == ("100 200 800 230", "100 240 500 270")
    assert kept == place.session.record.get(ReportMark, made.id)


def test_advice_becomes_a_recommendation_of_whoever_wrote_the_report_in_one_save(place, paper, work):
    leads = marks_of(place.session, paper.id).leads
    assert leads[1] == (f"advice:{work.id}", "A new recommendation of Mrs Lacey")
    made, saved = mark(place.session, paper.id, 2, HERE, values(leads_to=leads[1][0]))
    (advice,) = place.session.record.find(Recommendation, involvement=work.id)
    assert (advice.text, advice.document, made.recommendation) == (ADVICE, paper.id, advice.id)
    assert leads_to(made) == f"recommendation:{advice.id}"
    undoing.undo(place.session, saved.save)
    assert place.session.record.find(Recommendation, involvement=work.id) == []
    assert marks_of(place.session, paper.id).marks == ()


def test_a_need_belongs_to_one_of_the_record_and_nothing_of_another_pupil(place, pupil, paper):
    need = next(value for value, _ in marks_of(place.session, paper.id).leads if value.startswith("need:"))
    made, _ = mark(place.session, paper.id, 1, HERE, values(what="need", quote="He follows two words.", leads_to=need))
    assert made.need == need.removeprefix("need:")
    other = add_pupil(place, "Shah", "Leila")
    person = Professional(place.session.ids.new(), "Dr Other")
    work = Involvement(place.session.ids.new(), other.id, person.id)
    place.session.record.save([New(person), New(work)], action="x", actor=place.session.actor)
    with pytest.raises(Refusal, match="evidence_is_of_another_pupil"):
        mark(place.session, paper.id, 1, HERE, values(leads_to=f"advice:{work.id}"))


def test_a_mark_is_changed_and_taken_away(place, paper):
    made, _ = mark(place.session, paper.id, 2, HERE, values())
    change_mark(place.session, made, values(quote=f"{ADVICE} Each day.", what="provision", for_teachers=False))
    (kept,) = marks_of(place.session, paper.id).marks
    assert (kept.what, kept.for_teachers, kept.places) == ("provision", False, made.places)
    remove_mark(place.session, made.id)
    assert marks_of(place.session, paper.id).marks == ()


def test_what_is_missing_is_said(place, paper):
    for changed, key in (({"quote": "  "}, "mark_needs_words"), ({"what": "song"}, "mark_needs_kind")):
        with pytest.raises(Refusal, match=key):
            mark(place.session, paper.id, 1, HERE, values(**changed))
    with pytest.raises(Refusal, match="mark_page_not_there"):
        mark(place.session, paper.id, 4, HERE, values())


def test_the_sheet_names_report_and_page_for_every_line(place, pupil, paper, work):
    mark(place.session, paper.id, 2, HERE, values(leads_to=f"advice:{work.id}"))
    mark(place.session, paper.id, 1, HERE, values(what="need", quote="He follows two words at a time."))
    mark(
        place.session, paper.id, 3, HERE, values(what="provision", quote="Twice a week", teacher_words="Two sessions a week with Miss Tan")
    )
    mark(place.session, paper.id, 3, HERE, values(quote="For the file only", for_teachers=False))
    sheet = teacher_sheet(place.session, pupil.id)
    assert (sheet.lines, sheet.kept_back) == (3, 0)
    lines = [each for part in sheet.content["parts"] for each in part["lines"]]
    assert all(each["source"].startswith("Speech and language report, Mrs Lacey, ") for each in lines)
    assert [each["source"].rsplit(", ", 1)[1] for each in lines] == ["page 1", "page 2", "page 3"]
    pages = page_texts(place.documents.teacher_sheet(sheet.content))
    assert len(pages) == 1
    words = " ".join(pages[0].split())
    for wanted in ("What is hard", "“He follows two words at a time.”", ADVICE, "Two sessions a week with Miss Tan", "page 3"):
        assert wanted in words
    assert "For the file only" not in words


def test_a_confidential_report_keeps_its_readers(place, pupil, paper):
    mark(place.session, paper.id, 2, HERE, values())
    set_readers(place.session, Document, paper.id, ())
    with pytest.raises(Refusal, match="nothing_marked_for_teachers"):
        teacher_sheet(place.session, pupil.id)
    assert not [each for each in drafted_sentences(place.session, pupil.id) if each.key.startswith("report_mark:")]


def test_the_statement_quotes_what_is_marked_with_its_page(place, pupil, paper):
    mark(place.session, paper.id, 2, HERE, values(what="need", quote="He follows two words at a time"))
    (found,) = [each for each in drafted_sentences(place.session, pupil.id) if each.key.startswith("report_mark:")]
    assert found.heading == "needs"
    assert "“He follows two words at a time”" in found.text
    assert (found.source.document, found.source.page, found.source.tab) == (paper.id, 2, "documents")
    assert found.source.words == "“Speech and language report”, page 2"


def test_a_quotation_of_a_confidential_report_becomes_no_advice_for_all_who_teach(place, pupil, paper, work):
    set_readers(place.session, Document, paper.id, ())
    with pytest.raises(Refusal, match="mark_advice_is_read_by_all"):
        mark(place.session, paper.id, 2, HERE, values(leads_to=f"advice:{work.id}"))
    mark(place.session, paper.id, 2, HERE, values(leads_to=f"advice:{work.id}", teacher_words="Show a picture first."))
    (advice,) = place.session.record.find(Recommendation, pupil=pupil.id)
    assert advice.text == "Show a picture first."
    professionals.say_in_use(place.session, advice.id, "yes")
    assert not [each for each in drafted_sentences(place.session, pupil.id) if each.key.startswith("recommendation:")]


def test_advice_in_use_counts_as_advice_that_was_used(place, pupil, paper, work):
    mark(place.session, paper.id, 2, HERE, values(leads_to=f"advice:{work.id}"))
    request, _ = requests.start_request(place.session, pupil.id)

    def used():
        state = requests.check_readiness(place.session, request)
        return next(each.state for each in state.findings if each.check == "advice_used")

    assert used() == "missing"
    (advice,) = place.session.record.find(Recommendation, pupil=pupil.id)
    assert advice.document == paper.id
    professionals.say_in_use(place.session, advice.id, "yes")
    assert used() == "present"
