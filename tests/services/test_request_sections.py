"""How far a request has come: the states of its sections, words taken over from the record, reasons taken back, withdrawals."""

from pathlib import Path

import pytest

from sencoapp.app import Workplace
from sencoapp.domain.casework import Answer, GapNote, Request
from sencoapp.domain.refusals import Refusal
from sencoapp.services import request_open, requests
from sencoapp.services.request_sections import cases_by_request, first_unanswered, section_states
from sencoapp.services.submissions import prepare_submission
from tests.places import add_pupil, new_place


@pytest.fixture
def place(tmp_path: Path):
    opened = new_place(tmp_path / "profile")
    yield opened
    opened.close()


def begun(place: Workplace, **values: object) -> Request:
    return requests.start_request(place.session, add_pupil(place, **values).id)[0]


def test_a_section_is_not_started_from_the_record_in_progress_or_completed(place):
    request = begun(place, strengths="Draws.")

    def states():
        return section_states(requests.request_page(place.session, request.id))

    assert states()["reasons"] == "not_started"
    assert states()["one_page_profile"] == "from_record"
    assert states()["consent"] == "on_paper"
    requests.write_answer(place.session, request.id, "why_an_assessment", "Progress is slow.")
    assert states()["reasons"] == "written"
    requests.write_answer(place.session, request.id, "beyond_ordinary", "A specialist teacher.")
    assert states()["reasons"] == "completed"  # the third question is optional


def test_the_first_question_that_is_open_is_one_that_the_form_asks_for(place):
    request = begun(place)
    assert first_unanswered(requests.request_page(place.session, request.id)) == ("one_page_profile", "profile_who_i_am")


def test_the_records_words_become_the_persons_own_once_and_only_where_nobody_wrote_others(place):
    request = begun(place, strengths="Draws.", what_works="One step at a time.")
    requests.write_answer(place.session, request.id, "support_so_far", "Mine.")
    requests.keep_drafts(place.session, request.id, "cycles")
    kept = {each.question: each.text for each in place.session.record.find(Answer, request=request.id)}
    assert kept == {"support_so_far": "Mine.", "what_works": "One step at a time."}
    before = place.session.record.position()
    requests.keep_drafts(place.session, request.id, "cycles")
    assert place.session.record.position() == before


def test_a_reason_that_is_taken_away_leaves_the_gap_open(place):
    request = begun(place)
    requests.explain_gap(place.session, request.id, "cycles", "New to us.")
    requests.unexplain_gap(place.session, request.id, "cycles")
    assert place.session.record.find(GapNote, request=request.id) == []
    state = requests.check_readiness(place.session, request)
    assert next(each for each in state.findings if each.check == "cycles").state == "missing"


def test_a_withdrawn_request_opens_again_unless_another_was_begun(place):
    request = begun(place)
    request_open.withdraw_request(place.session, request.id)
    request_open.reopen_request(place.session, request.id)
    assert place.session.record.get(Request, request.id).state == "draft"
    request_open.withdraw_request(place.session, request.id)
    requests.start_request(place.session, request.pupil)
    with pytest.raises(Refusal) as refused:
        request_open.reopen_request(place.session, request.id)
    assert refused.value.key == "request_is_open_already"


def test_a_pack_is_current_until_the_record_changes(place):
    request = begun(place)
    pack, _ = requests.freeze(place.session, place.documents, request.id)

    def is_current():
        now = place.session.record.get(Request, request.id)
        return requests.is_current(place.session, pack, requests.snapshot_of(place.session, now, 2))

    assert is_current()
    requests.write_answer(place.session, request.id, "why_an_assessment", "Progress is slow.")
    assert not is_current()
    requests.write_answer(place.session, request.id, "why_an_assessment", "")
    assert is_current()


def test_the_case_of_a_request_is_the_one_that_the_council_received(place):
    request = begun(place)
    pack, _ = requests.freeze(place.session, place.documents, request.id)
    assert cases_by_request(place.session.record) == {}
    submission, _ = prepare_submission(place.session, pack.id, "https://council.example")
    assert cases_by_request(place.session.record)[request.id].submission == submission


def test_after_a_refusal_the_parents_have_two_months_to_appeal(place):
    dates = {each.rule: each.due.isoformat() for each in requests.decision_deadlines(place.session.clock.today())}
    assert dates["appeal_from_decision"] == "2027-01-24"
