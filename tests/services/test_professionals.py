"""Who helps a pupil, what they recommend, whether it is in use and what it changed."""

from dataclasses import replace
from datetime import date

import pytest

from sencoapp.documents.sample_reports import make_report
from sencoapp.domain.background import PriorSchool, Suspension
from sencoapp.domain.casework import Document
from sencoapp.domain.people import Pupil
from sencoapp.domain.professionals import Involvement, Recommendation
from sencoapp.domain.refusals import Refusal
from sencoapp.services import background, cbds, documents, first_drafts, pupils, requests, undoing
from sencoapp.services import professionals as service
from sencoapp.services.confidential import set_readers
from tests.places import add_pupil

TODAY = date(2026, 11, 24)


@pytest.fixture
def kian(place):
    return add_pupil(place).id


@pytest.fixture
def therapist(place):
    return service.add_professional(place.session, {"name": "Priya Nair", "role": "Speech therapist", "organisation": "NHS"})[0]


def helps(place, pupil):
    return service.help_for(place.session.record, pupil, TODAY)


def made(saved, kind):
    return next(each.id for each in saved.touched if each.kind == kind)


def paper(place, pupil, text="Report"):
    name, content = make_report({"file": "report.png", "form": "png", "text": text, "first": "Kian"})
    return documents.add_document(place.session, place.documents, pupil, name, content)[0]


def test_a_service_needs_no_person_but_somebody_must_be_named(place):
    found, _ = service.add_professional(place.session, {"organisation": "Autism Outreach"})
    assert found.title == "Autism Outreach"
    with pytest.raises(Refusal, match="professional_needs_name"):
        service.add_professional(place.session, {"role": "Adviser"})
    with pytest.raises(Refusal, match="professional_is_there_already"):
        service.add_professional(place.session, {"organisation": "autism outreach"})


def test_an_involvement_has_its_days_and_its_reason_and_comes_once(place, kian, therapist):
    service.involve(place.session, kian, therapist.id, {"starts_on": date(2026, 2, 2), "reason": "Unclear speech"})
    with pytest.raises(Refusal, match="is_involved_already"):
        service.involve(place.session, kian, therapist.id, {"starts_on": date(2026, 5, 1)})
    with pytest.raises(Refusal, match="ends_before_it_starts"):
        service.involve(place.session, kian, therapist.id, {"starts_on": date(2025, 2, 2), "ends_on": date(2025, 1, 1)})
    service.involve(place.session, kian, therapist.id, {"starts_on": date(2024, 2, 2), "ends_on": date(2024, 7, 1)})
    assert [each.involvement.starts_on.year for each in helps(place, kian)] == [2026, 2024]


def test_those_who_still_help_come_first(place, kian, therapist):
    other, _ = service.add_professional(place.session, {"name": "Tom Reid"})
    service.involve(place.session, kian, other.id, {"starts_on": date(2026, 9, 1), "ends_on": date(2026, 10, 1)})
    service.involve(place.session, kian, therapist.id, {"starts_on": date(2025, 9, 1)})
    assert [each.professional.name for each in helps(place, kian)] == ["Priya Nair", "Tom Reid"]


def test_a_recommendation_goes_from_advice_to_use_to_effect(place, kian, therapist):
    involvement = made(service.involve(place.session, kian, therapist.id, {}), "involvement")
    report = paper(place, kian)
    service.link_report(place.session, involvement, report.id)
    first = made(service.recommend(place.session, involvement, {"text": "Visual timetable", "document": report.id}), "recommendation")
    service.recommend(place.session, involvement, {"text": "Pre-teach vocabulary"})
    assert [given.text for _, given in service.not_in_use(helps(place, kian))] == ["Visual timetable", "Pre-teach vocabulary"]
    service.say_in_use(place.session, first, "partly", by="Mr Hale")
    assert len(service.not_in_use(helps(place, kian))) == 2
    service.say_in_use(place.session, first, "yes")
    given = place.session.record.get(Recommendation, first)
    assert (given.in_use, given.in_use_since, given.in_use_by) == ("yes", TODAY, "Mr Hale")
    service.change_recommendation(place.session, given, replace(given, effect="Starts work alone in 3 of 5 lessons", effect_on=TODAY))
    assert [each.text for _, each in service.not_in_use(helps(place, kian))] == ["Pre-teach vocabulary"]
    assert [document.id for _, document in helps(place, kian)[0].reports] == [report.id]


def test_since_when_is_kept_while_it_goes_on_and_goes_when_it_stops(place, kian, therapist):
    involvement = made(service.involve(place.session, kian, therapist.id, {}), "involvement")
    given = made(service.recommend(place.session, involvement, {"text": "Visual timetable"}), "recommendation")
    service.say_in_use(place.session, given, "partly", since=date(2026, 9, 7))
    service.say_in_use(place.session, given, "yes")
    assert place.session.record.get(Recommendation, given).in_use_since == date(2026, 9, 7)
    service.say_in_use(place.session, given, "no")
    assert place.session.record.get(Recommendation, given).in_use_since is None


def test_a_recommendation_needs_words_and_days_that_have_come(place, kian, therapist):
    involvement = made(service.involve(place.session, kian, therapist.id, {}), "involvement")
    with pytest.raises(Refusal, match="recommendation_needs_words"):
        service.recommend(place.session, involvement, {"text": "  "})
    with pytest.raises(Refusal, match="day_is_to_come"):
        service.recommend(place.session, involvement, {"text": "Timetable", "in_use": "yes", "in_use_since": date(2026, 12, 1)})


def test_a_report_is_linked_once_and_is_the_pupils_own(place, kian, therapist):
    involvement = made(service.involve(place.session, kian, therapist.id, {}), "involvement")
    report = paper(place, kian)
    service.link_report(place.session, involvement, report.id)
    with pytest.raises(Refusal, match="report_is_linked_already"):
        service.link_report(place.session, involvement, report.id)
    other = paper(place, add_pupil(place, "Swain", "Lottie").id)
    with pytest.raises(Refusal, match="evidence_is_of_another_pupil"):
        service.link_report(place.session, involvement, other.id)


def test_what_was_entered_by_mistake_is_hidden_and_shown_again(place, kian, therapist):
    involvement = made(service.involve(place.session, kian, therapist.id, {}), "involvement")
    saved = service.remove(place.session, Involvement, involvement)
    assert helps(place, kian) == []
    undoing.undo(place.session, saved.save)
    assert len(helps(place, kian)) == 1


def test_a_change_of_name_holds_for_every_pupil(place, kian, therapist):
    service.involve(place.session, kian, therapist.id, {})
    service.change_professional(place.session, therapist, replace(therapist, name="Priya Nair-Hall", phone="07700 900100"))
    assert helps(place, kian)[0].professional.name == "Priya Nair-Hall"
    with pytest.raises(Refusal, match="professional_needs_name"):
        service.change_professional(place.session, therapist, replace(therapist, name=" ", organisation=None))


def test_one_pupil_in_the_names_of_the_dfe(place, kian, therapist):
    """``sencoapp pupil ID --json`` has all that the page shows."""
    session = place.session
    involvement = made(service.involve(session, kian, therapist.id, {"starts_on": date(2026, 2, 2)}), "involvement")
    service.recommend(session, involvement, {"text": "Visual timetable", "in_use": "no"})
    background.add_entry(session, PriorSchool, kian, {"name": "Hill Top Infants", "dfe_number": "8552004", "leaving_reason": "PM"})
    background.add_entry(session, Suspension, kian, {"starts_on": date(2026, 6, 8), "sessions": 2, "reasons": ("DB",)})
    pupils.add_contact(session, kian, {"surname": "Osei", "parental_responsibility": True, "responsibility_basis": "birth_mother"})
    pupil = session.record.get(Pupil, kian)
    pupils.change_pupil(session, pupil, replace(pupil, looked_after=True, eal=False, communication_methods=("speech", "signs")))
    page = pupils.pupil_page(session.record, kian, TODAY)
    names = cbds.page_names(page, background.background_of(session.record, kian), helps(place, kian))
    assert (names["InCare"], names["EAL"], names["communicationMethods"]) == (True, False, ["speech", "signs"])
    assert names["schoolHistory"] == [{"SchoolName": "Hill Top Infants", "LEA": "855", "Estab": "2004", "LeavingReason": "PM"}]
    assert names["suspensions"] == [{"category": "SUSP", "reasons": ["DB"], "start": "2026-06-08", "sessions": 2}]
    assert names["contacts"][0]["responsibilityBasis"] == "birth_mother"
    assert "responsibilityBasis" not in cbds.contact_names(page.contacts)[0]
    assert names["professionals"][0]["recommendations"] == [{"text": "Visual timetable", "inUse": "no"}]
    assert names["censusWarnings"] == []


def test_a_request_begins_with_the_services_and_what_became_of_their_advice(place, kian, therapist):
    session = place.session
    involvement = made(
        service.involve(session, kian, therapist.id, {"starts_on": date(2026, 2, 2), "reason": "Unclear speech."}), "involvement"
    )
    service.link_report(session, involvement, paper(place, kian).id)
    use = {"in_use": "partly", "in_use_since": date(2026, 9, 7), "in_use_by": "Mr Hale", "effect": "Starts alone in 3 of 5 lessons"}
    service.recommend(session, involvement, {"text": "Visual timetable.", **use})
    long_ago, _ = service.add_professional(session, {"organisation": "Portage"})
    service.involve(session, kian, long_ago.id, {"starts_on": date(2020, 1, 6), "ends_on": date(2022, 7, 1)})
    request, _ = requests.start_request(session, kian)
    drafts = first_drafts.first_drafts(session, request, requests.form_of(request))
    assert drafts["services_two_years"] == "Priya Nair, Speech therapist, NHS. Since 2 February 2026. Unclear speech. “report”."
    assert drafts["advice_used"] == (
        "Visual timetable (Priya Nair): partly in use, since 7 September 2026, Mr Hale. Starts alone in 3 of 5 lessons."
    )


def test_a_request_does_not_begin_with_the_name_of_a_confidential_report(place, kian, therapist):
    session = place.session
    involvement = made(service.involve(session, kian, therapist.id, {"starts_on": date(2026, 2, 2)}), "involvement")
    report = paper(place, kian)
    service.link_report(session, involvement, report.id)
    request, _ = requests.start_request(session, kian)
    set_readers(session, Document, report.id, [])
    drafts = first_drafts.first_drafts(session, request, requests.form_of(request))
    assert drafts["services_two_years"] == "Priya Nair, Speech therapist, NHS. Since 2 February 2026."
