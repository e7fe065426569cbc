"""One record, any council's form."""

import pytest

from sencoapp import reference
from sencoapp.domain.casework import Answer, Pack, Request
from sencoapp.domain.people import Pupil
from sencoapp.domain.record import Amend
from sencoapp.domain.refusals import Refusal
from sencoapp.services import council_forms, request_open, requests, submissions
from tests.places import add_pupil, new_place

NEEDS = council_forms.NEEDS_ASSESSMENT


@pytest.fixture
def place(tmp_path):
    opened = new_place(tmp_path / "profile")
    yield opened
    opened.close()


def test_a_pupil_who_lives_elsewhere_gets_the_form_of_that_council(place):
    here = add_pupil(place, legal_forename="Ava")
    elsewhere = add_pupil(place, legal_forename="Ben", home_authority="860")
    unknown = add_pupil(place, legal_forename="Cal", home_authority="865")
    council = {each.id: requests.start_request(place.session, each.id)[0].council for each in (here, elsewhere, unknown)}
    assert council == {here.id: "leicestershire", elsewhere.id: "staffordshire", unknown.id: "generic"}


def test_what_was_written_for_one_council_comes_along_to_the_next_form(place):
    pupil = add_pupil(place)
    first, _ = requests.start_request(place.session, pupil.id)
    requests.write_answer(place.session, first.id, "why_an_assessment", "She needs speech therapy twice a week.")
    requests.write_answer(place.session, first.id, "profile_feel_safe", "A quiet corner.")
    request_open.withdraw_request(place.session, first.id)
    second, _ = requests.start_request(place.session, pupil.id, council="staffordshire")
    brought = {each.question: each.text for each in place.session.record.find(Answer, request=second.id)}
    assert brought == {"why_an_assessment": "She needs speech therapy twice a week."}, "only what the other form asks"


def test_two_forms_compared_list_what_is_still_to_answer(place):
    pupil = add_pupil(place)
    request, _ = requests.start_request(place.session, pupil.id)
    requests.write_answer(place.session, request.id, "why_an_assessment", "She needs speech therapy twice a week.")
    ours, theirs = council_forms.compare_forms(place.session, pupil.id, [(each, NEEDS) for each in ("leicestershire", "staffordshire")])
    assert "why_an_assessment" not in {each.question for each in ours.still + theirs.still}
    need = next(each for each in theirs.still if each.question == "evidence_of_need")
    assert (need.required, need.section, need.also_asked_by) == ("mandatory", "Part 5: evidence of need", False)
    assert {each.question for each in ours.still if each.also_asked_by} == {each.question for each in theirs.still if each.also_asked_by}
    carried = {each.question for each in theirs.asked if each.answered and each.also_asked_by}
    assert "why_an_assessment" in carried
    assert carried == {each.question for each in ours.asked if each.answered and each.also_asked_by}, "both ways the same"
    assert not any(each.question.startswith("consent_") for each in ours.still + theirs.still), "signed by hand"


def test_funding_and_an_assessment_are_asked_for_side_by_side_and_funding_starts_no_clock(place):
    pupil = add_pupil(place)
    asked, _ = requests.start_request(place.session, pupil.id)
    interim, _ = requests.start_request(place.session, pupil.id, form="interim_funding")
    with pytest.raises(Refusal, match="request_is_open_already"):
        requests.start_request(place.session, pupil.id, form="interim_funding")
    assert requests.snapshot_of(place.session, asked, 1)["deadlines"]
    assert requests.snapshot_of(place.session, interim, 1)["deadlines"] == []
    assert requests.readiness_of_pupil(place.session, pupil.id)[0].id == asked.id


def test_a_form_that_the_connection_has_no_place_for_is_not_sent_over_it(place):
    pupil = add_pupil(place)
    interim, _ = requests.start_request(place.session, pupil.id, form="interim_funding")
    pack, _ = requests.freeze(place.session, place.documents, interim.id)
    with pytest.raises(Refusal, match="form_goes_another_way"):
        submissions.prepare_submission(place.session, pack.id, "https://council.example")
    assert place.session.record.get(Pack, pack.id) == pack


def test_a_council_or_a_form_that_is_not_known_is_refused(place):
    pupil = add_pupil(place)
    for wanted, problem in ({"council": "atlantis"}, "council_not_known"), ({"form": "element_3_funding"}, "council_has_no_such_form"):
        with pytest.raises(Refusal, match=problem):
            requests.start_request(place.session, pupil.id, **wanted)


def test_every_form_can_be_begun_and_made_into_a_pack(place):
    pupil = add_pupil(place)
    for council in reference.councils():
        for each in council_forms.forms_of(council):
            request, _ = requests.start_request(place.session, pupil.id, council=council, form=each.form)
            pack, _ = requests.freeze(place.session, place.documents, request.id)
            assert pack.pages
            place.session.record.save(
                [Amend(Request, request.id, {"state": "withdrawn"})], action="withdraw_request", actor=place.session.actor
            )


def test_the_council_of_the_home_is_kept_with_the_pupil(place):
    pupil = add_pupil(place, home_authority="891")
    assert place.session.record.get(Pupil, pupil.id).home_authority == "891"
