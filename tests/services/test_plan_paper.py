"""A plan on paper follows its template: which sections, in which order, under which headings."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pikepdf
import pypdfium2
import pytest

from sencoapp import reference
from sencoapp.app import Workplace
from sencoapp.documents import plan_paper as paper
from sencoapp.documents.content import Heading
from sencoapp.domain.people import Pupil, School
from sencoapp.domain.plan import Cycle
from sencoapp.domain.record import Amend
from sencoapp.domain.refusals import Refusal
from sencoapp.services import plan_paper, plans, reviewing
from tests.places import add_pupil


def planned(place: Workplace) -> Cycle:
    session, kian = place.session, add_pupil(place, strengths="Draws maps", what_works="A quiet start")
    cycle, _ = plans.start_cycle(session, kian.id, starts_on=date(2026, 9, 1), review_due_on=date(2026, 12, 10))
    plans.add_outcome(session, cycle.id, {"text": "Kian joins a game", "area": "ci"})
    wanted = replace(cycle, strategies="Say the name first.", assess_summary="Speech is two years behind.")
    plans.change_cycle(session, cycle, wanted)
    plans.record_view(session, kian.id, "pupil", text="I like maps", cycle=cycle.id)
    return wanted


def headings(place: Workplace, cycle: str) -> list[str]:
    content = paper.plan_content(plan_paper.plan_content(place.session, cycle))
    return [str(block.text) for part in content.parts for block in part.blocks if isinstance(block, Heading)]


def words_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


def test_every_section_that_a_template_may_have_can_be_printed() -> None:
    schema = reference.data("schemas", "plans.schema.json")
    kinds = schema["properties"]["sections"]["items"]["properties"]["shows"]["enum"]
    assert set(kinds) == set(paper._SHOWS)


def test_the_headings_are_those_of_the_template_in_its_order_and_empty_sections_are_left_out(place: Workplace) -> None:
    cycle = planned(place)
    assert headings(place, cycle.id) == [
        "About Kian",
        "Needs",
        "What we have found out",
        "Outcomes",
        "What every adult does",
        "What Kian and the family say",
        "Agreed",
    ]
    plan_paper.choose_template(place.session, cycle.id, "learning_plan", None)
    assert headings(place, cycle.id) == ["What helps Kian in class", "What Kian is working on", "In Kian’s words"]


def test_the_schools_kind_holds_where_a_plan_has_none_and_layers_are_printed(place: Workplace) -> None:
    session, cycle = place.session, planned(place)
    (school,) = session.record.find(School)
    session.record.save(
        [Amend(School, school.id, {"plan_template": "individual_support_plan"})], action="change_school", actor=session.actor
    )
    plan_paper.choose_template(session, cycle.id, None, "targeted_plus")
    content = plan_paper.plan_content(session, cycle.id)
    assert (content["called"], content["layer"]) == ("Individual Support Plan 1", "Targeted Plus")
    pdf = place.documents.plan(content)
    assert pdf == place.documents.plan(content)
    said = words_of(pdf)
    for words in ("Individual Support Plan 1: Kian Osei", "Layer of support", "Targeted Plus", "Barriers to learning", "Kian joins a game"):
        assert words in said
    assert "This plan has not been agreed yet." in said
    with pikepdf.open(BytesIO(pdf)) as opened:
        assert len(opened.pages) >= 1


def test_what_a_kind_of_plan_does_not_know_is_refused(place: Workplace) -> None:
    session, cycle = place.session, planned(place)
    for template, layer, key in (("nonsense", None, "plan_kind_is_not_known"), (None, "targeted", "layer_is_not_known")):
        with pytest.raises(Refusal, match=key):
            plan_paper.choose_template(session, cycle.id, template, layer)


def test_a_closed_plan_prints_its_corrections_with_who_when_and_why(place: Workplace) -> None:
    session, cycle = place.session, planned(place)
    outcome = plans.plan_page(session.record, cycle.id).outcomes[0]
    said = reviewing.Said(text="Good")
    review = reviewing.Reviewed(
        cycle.id,
        date(2026, 11, 20),
        views={"pupil": said, "parents": said},
        outcomes={outcome.id: reviewing.OutcomeReviewed("met")},
        decision="Stop",
        copies=(("Mrs Osei", date(2026, 11, 20)),),
        close=True,
    )
    reviewing.save_reviews(session, [review])
    reviewing.correct_cycle(session, cycle.id, about="decision", text="Go on for a term", reason="Misheard")
    with pytest.raises(Refusal, match="cycle_is_closed"):
        plan_paper.choose_template(session, cycle.id, "learning_plan", None)
    printed = words_of(place.documents.plan(plan_paper.plan_content(session, cycle.id)))
    for words in ("Corrected after it was closed", "Go on for a term", "Misheard", "Mrs Ruth Adeyemi", "Mrs Osei, 20 November 2026"):
        assert words in printed.replace("\r\n", " ")
    assert session.record.get(Pupil, cycle.pupil)
