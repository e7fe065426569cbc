"""A request that went by email, by post or on the council's portal has its case and its clock as one that was sent from here."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from sencoapp.domain.cases import REQUEST_RECEIVED, REQUEST_SENT, CaseDate, CouncilCase
from sencoapp.domain.casework import CaseEvent, Request, SentOtherwise
from sencoapp.domain.record import Amend
from sencoapp.domain.refusals import Refusal
from sencoapp.services import case_calendar, cases, chronology, documents, request_open, requests, submissions, today, undoing
from sencoapp.services.ports import CouncilReply, Receipt, RenderedPack
from sencoapp.services.request_cases import case_for, council_decided, standing_of
from sencoapp.services.sent_otherwise import Sending, record_sent
from tests.places import add_pupil, set_clock

SENT, RECEIVED = date(2026, 10, 5), date(2026, 10, 7)


@pytest.fixture
def request_(place):
    """A request with a frozen pack of invented bytes."""
    kian = add_pupil(place)
    made, _ = requests.start_request(place.session, kian.id)
    freeze(place, made.id)
    return place.session.record.get(Request, made.id)


def freeze(place, request):
    draft = requests.draft_pack(place.session, request)
    return requests.keep_pack(place.session, draft, RenderedPack(place.session.blobs.put(b"%PDF-1"), "0" * 64, 6, 1))[0]


def by_email(place, request, **more):
    return record_sent(place.session, request.id, Sending(SENT, "email", **{"received_on": RECEIVED, **more}))


def by_connection(place, request, at):
    """The council's receipt as a connection brings it."""
    pack = requests.request_page(place.session, request.id).packs[-1]
    sent, _ = submissions.prepare_submission(place.session, pack.id, "https://send.example.gov.uk")
    return submissions.keep_receipt(place.session, sent.id, Receipt("a.b.c", sent.id, sent.manifest_sha256, at))[0]


def told(place, submission, seq, decision, at):
    reply = CouncilReply(seq, submission.id, "decision_issued", at, "decided", decision, None)
    return submissions.keep_replies(place.session, "https://send.example.gov.uk", [reply])


def case_of(place, request):
    (found,) = place.session.record.find(CouncilCase, request=request.id)
    return found


def step(place, case, id):
    return next(each for each in cases.case_page(place.session, case.id).row.shown.steps if each.id == id)


def state(place, request):
    return place.session.record.get(Request, request.id).state


def test_a_request_sent_by_email_has_its_case_and_its_clock(place, request_):
    sent, joined, _ = by_email(place, request_, sent_to="send@council.example", number="LA/77")
    case = case_of(place, request_)
    assert (joined.how, case.kind, case.reference, case.asked_by) == ("opened", "needs_assessment", "LA/77", "school")
    assert sent.pack == requests.request_page(place.session, request_.id).packs[-1].id
    assert step(place, case, "decision").due == RECEIVED + timedelta(days=42)
    assert step(place, case, "acknowledged").done.ticked_on == RECEIVED
    assert [(each.received_on, each.from_sending) for each in today.today_page(place.session).clocks] == [(RECEIVED, False)]
    assert b"The council says whether it will assess" in case_calendar.case_calendar(place.session).content.replace(b"\r\n ", b"")


def test_what_went_can_no_longer_be_changed(place, request_):
    by_email(place, request_)
    assert state(place, request_) == "sent"
    with pytest.raises(Refusal, match="request_is_sent"):
        requests.write_answer(place.session, request_.id, "why_an_assessment", "Other words")
    with pytest.raises(Refusal, match="request_is_sent"):
        freeze(place, request_.id)


def test_without_a_day_of_receipt_the_clock_is_counted_from_sending_and_says_so(place, request_):
    by_email(place, request_, received_on=None)
    case = case_of(place, request_)
    decision = step(place, case, "decision")
    assert decision.due == SENT + timedelta(days=42)
    assert "counted from the day of sending" in decision.deadline.how
    assert [(each.received_on, each.from_sending) for each in today.today_page(place.session).clocks] == [(SENT, True)]
    cases.enter_case_date(place.session, case.id, REQUEST_RECEIVED, RECEIVED)
    decision = step(place, case, "decision")
    assert decision.due == RECEIVED + timedelta(days=42)
    assert "sending" not in decision.deadline.how
    assert standing_of(place.session.record, request_).received_on == RECEIVED


def test_the_case_that_was_opened_by_hand_becomes_the_requests(place, request_):
    there, _ = cases.open_case(place.session, request_.pupil, "needs_assessment", dates={REQUEST_RECEIVED: RECEIVED})
    parents, _ = cases.open_case(place.session, request_.pupil, "needs_assessment", asked_by="parent")
    _, joined, _ = by_email(place, request_, received_on=None)
    assert (joined.how, case_of(place, request_).id) == ("linked", there.id)
    assert step(place, there, "decision").due == RECEIVED + timedelta(days=42)
    assert place.session.record.get(CouncilCase, parents.id).request is None


def test_a_case_that_may_be_about_the_schools_own_request_says_so_until_it_is(place, request_):
    there, _ = cases.open_case(place.session, request_.pupil, "needs_assessment", dates={REQUEST_RECEIVED: RECEIVED})
    parents, _ = cases.open_case(place.session, request_.pupil, "needs_assessment", asked_by="parent")
    assert [cases.case_page(place.session, each.id).apart for each in (there, parents)] == [True, False]
    by_email(place, request_)
    assert not cases.case_page(place.session, there.id).apart


def test_told_again_it_is_corrected_and_there_is_still_one_case(place, request_):
    by_email(place, request_, sent_to="send@council.example")
    sent, joined, _ = record_sent(place.session, request_.id, Sending(date(2026, 10, 6), "portal", received_on=date(2026, 10, 6)))
    assert place.session.record.find(SentOtherwise) == [sent]
    assert (sent.how, sent.sent_to, joined.how) == ("portal", None, "there")
    assert sorted(each.happens_on for each in place.session.record.find(CaseDate)) == [date(2026, 10, 6)] * 2
    assert step(place, case_of(place, request_), "decision").due == date(2026, 11, 17)


def test_a_day_of_receipt_that_was_wrong_is_taken_away_again(place, request_):
    by_email(place, request_, number="LA/77")
    record_sent(place.session, request_.id, Sending(SENT, "email"))
    case = case_of(place, request_)
    assert case.reference is None
    assert cases.case_page(place.session, case.id).row.shown.from_sending
    assert standing_of(place.session.record, request_).from_sending


def test_undo_takes_it_all_back(place, request_):
    _, _, saved = by_email(place, request_)
    undoing.undo(place.session, saved.save)
    assert state(place, request_) == "frozen"
    assert place.session.record.find(SentOtherwise) == []
    assert place.session.record.find(CouncilCase) == []
    assert today.today_page(place.session).clocks == ()


@pytest.mark.parametrize(
    ("wanted", "refusal"),
    [
        ({"sent_on": date(2027, 1, 1)}, "sent_in_future"),
        ({"sent_on": date(2006, 1, 1)}, "sent_long_ago"),
        ({"received_on": date(2027, 1, 1)}, "received_in_future"),
        ({"received_on": date(2026, 10, 4)}, "received_before_sent"),
        ({"how": "pigeon"}, "how_it_went"),
    ],
)
def test_a_day_that_cannot_be_is_refused(place, request_, wanted, refusal):
    with pytest.raises(Refusal, match=refusal):
        record_sent(place.session, request_.id, Sending(**{"sent_on": SENT, "how": "email", **wanted}))
    assert state(place, request_) == "frozen"


def test_only_who_may_send_says_that_it_went(place, request_):
    head = replace(place.session, actor=replace(place.session.actor, role="head_teacher"))
    with pytest.raises(Refusal, match="not_for_your_role"):
        record_sent(head, request_.id, Sending(SENT, "email"))


def test_a_request_that_was_never_frozen_can_have_gone_on_the_councils_own_paper(place):
    request, _ = requests.start_request(place.session, add_pupil(place).id)
    sent, _, _ = by_email(place, request)
    assert (sent.pack, state(place, request)) == (None, "sent")


def test_a_form_for_funding_has_its_own_kind_of_case_without_a_clock(place):
    request, _ = requests.start_request(place.session, add_pupil(place).id, form="sen_intervention_funding")
    by_email(place, request)
    case = case_of(place, request)
    assert (case.kind, step(place, case, "sent").done.ticked_on) == ("intervention_funding", SENT)
    assert today.today_page(place.session).clocks == ()
    council_decided(place.session, case.id, "granted", date(2026, 11, 2))
    assert (case_of(place, request).ended_as, case_of(place, request).closed_on, state(place, request)) == ("granted", None, "decided")


# ---- what the council decided ----------------------------------------------------------------------------------------


def test_a_refusal_with_its_letter_closes_the_case_and_leads_to_an_appeal(place, request_):
    by_email(place, request_)
    case = case_of(place, request_)
    letter, _ = documents.add_document(place.session, place.documents, case.pupil, "letter.txt", b"We will not.", title="Decision letter")
    council_decided(place.session, case.id, "not_to_assess", date(2026, 11, 12), letter=letter.id)
    case = case_of(place, request_)
    assert (case.ended_as, case.closed_on, case.documents) == ("not_to_assess", date(2026, 11, 12), (letter.id,))
    assert state(place, request_) == "decided"
    assert today.today_page(place.session).clocks == ()
    appeal, _ = cases.follow_case(place.session, case.id)
    again, _ = cases.follow_case(place.session, case.id)
    assert appeal == again
    found = cases.case_page(place.session, appeal).row.shown
    assert found.case.kind == "mediation_appeal"
    assert [(each.event, each.happens_on) for each in found.dates] == [("decision_letter", date(2026, 11, 12))]
    assert found.case.appeal == "refusal_to_assess"


def test_a_decision_to_assess_keeps_the_case_open_and_its_first_date_is_kept(place, request_):
    by_email(place, request_)
    case = case_of(place, request_)
    council_decided(place.session, case.id, "assess", date(2026, 11, 12))
    assert step(place, case, "decision").done.ticked_on == date(2026, 11, 12)
    assert state(place, request_) == "decided"
    assert [each.assessing for each in today.today_page(place.session).clocks] == [True]


def test_a_refusal_that_is_turned_round_opens_the_case_again(place, request_):
    by_email(place, request_)
    case = case_of(place, request_)
    council_decided(place.session, case.id, "not_to_assess", date(2026, 11, 2))
    council_decided(place.session, case.id, "assess", date(2026, 11, 20))
    case = case_of(place, request_)
    assert (case.decision, case.closed_on, case.ended_as) == ("assess", None, None)


@pytest.mark.parametrize(
    ("outcome", "decision", "follows", "event"),
    [
        ("not_to_assess", "not_to_assess", "mediation_appeal", "decision_letter"),
        ("assess_no_plan", "assess", "mediation_appeal", "decision_letter"),
        ("assess_plan", "assess", "annual_review", "plan_issued"),
    ],
)
def test_how_a_case_ended_is_known_to_its_request_and_offers_what_comes_next(place, request_, outcome, decision, follows, event):
    by_email(place, request_)
    case, on = case_of(place, request_), date(2026, 11, 20)
    cases.close_case(place.session, case.id, outcome, on=on)
    assert state(place, request_) == "decided"
    assert standing_of(place.session.record, request_).decision == decision
    assert cases.case_page(place.session, case.id).row.shown.then == follows
    next_one, _ = cases.follow_case(place.session, case.id)
    assert [(each.event, each.happens_on) for each in cases.case_page(place.session, next_one).row.shown.dates] == [(event, on)]


def test_a_case_that_was_withdrawn_withdraws_its_request_and_both_come_back_together(place, request_):
    by_email(place, request_)
    case = case_of(place, request_)
    cases.close_case(place.session, case.id, "withdrawn")
    assert state(place, request_) == "withdrawn"
    request_open.reopen_request(place.session, request_.id)
    assert (state(place, request_), case_of(place, request_).closed_on) == ("sent", None)


@pytest.mark.parametrize(
    ("decision", "on", "refusal"),
    [
        ("perhaps", date(2026, 11, 2), "decision_not_known"),
        ("assess", date(2027, 11, 2), "decision_in_future"),
        ("assess", date(2026, 10, 4), "decision_before_request"),
    ],
)
def test_a_decision_that_cannot_be_is_refused(place, request_, decision, on, refusal):
    by_email(place, request_)
    with pytest.raises(Refusal, match=refusal):
        council_decided(place.session, case_of(place, request_).id, decision, on)


def test_the_letter_is_about_this_pupil(place, request_):
    by_email(place, request_)
    other = add_pupil(place, "Carr", "Ben")
    letter, _ = documents.add_document(place.session, place.documents, other.id, "letter.txt", b"About Ben.", title="Letter")
    with pytest.raises(Refusal, match="case_document_of_another"):
        council_decided(place.session, case_of(place, request_).id, "assess", date(2026, 11, 2), letter=letter.id)


# ---- with a connection -----------------------------------------------------------------------------------------------


def at(day):
    return datetime(day.year, day.month, day.day, 12).astimezone()


def test_a_request_received_over_a_connection_has_its_case_too(place, request_):
    by_connection(place, request_, at(RECEIVED))
    case = case_of(place, request_)
    assert step(place, case, "decision").due == RECEIVED + timedelta(days=42)
    assert [each.shown.case.id for each in cases.case_list(place.session)] == [case.id]
    assert [each.case for each in today.today_page(place.session).clocks] == [case.id]


def test_a_receipt_kept_twice_opens_one_case(place, request_):
    sent = by_connection(place, request_, at(RECEIVED))
    submissions.keep_receipt(place.session, sent.id, Receipt("a.b.c", sent.id, sent.manifest_sha256, at(RECEIVED)))
    case_of(place, request_)


@pytest.mark.parametrize("later", [0, 9])
def test_a_receipt_that_comes_after_it_was_recorded_by_hand_contradicts_nothing(place, request_, later):
    by_email(place, request_)
    by_connection(place, request_, at(RECEIVED + timedelta(days=later)))
    assert standing_of(place.session.record, request_).received_on == RECEIVED
    assert step(place, case_of(place, request_), "decision").due == RECEIVED + timedelta(days=42)
    assert len(today.today_page(place.session).clocks) == 1


def test_a_receipt_gives_the_day_that_nobody_knew(place, request_):
    by_email(place, request_, received_on=None)
    by_connection(place, request_, at(RECEIVED))
    assert step(place, case_of(place, request_), "decision").due == RECEIVED + timedelta(days=42)


def test_a_day_after_the_receipt_is_refused_and_an_earlier_one_is_not(place, request_):
    by_connection(place, request_, at(RECEIVED))
    case = case_of(place, request_)
    with pytest.raises(Refusal, match="received_before_that"):
        cases.enter_case_date(place.session, case.id, REQUEST_RECEIVED, RECEIVED + timedelta(days=1))
    cases.enter_case_date(place.session, case.id, REQUEST_RECEIVED, SENT)
    assert standing_of(place.session.record, request_).received_on == SENT
    with pytest.raises(Refusal, match="request_has_receipt"):
        by_email(place, request_)


def test_a_decision_over_a_connection_is_the_cases_too(place, request_):
    sent = by_connection(place, request_, at(RECEIVED))
    told(place, sent, 1, "not_to_assess", at(date(2026, 11, 12)))
    case = case_of(place, request_)
    assert (case.decision, case.decided_on, case.ended_as) == ("not_to_assess", date(2026, 11, 12), "not_to_assess")


def test_a_decision_that_was_entered_by_hand_keeps_the_day_of_its_letter(place, request_):
    sent = by_connection(place, request_, at(RECEIVED))
    council_decided(place.session, case_of(place, request_).id, "assess", date(2026, 11, 10))
    told(place, sent, 2, "assess", at(date(2026, 11, 12)))
    assert case_of(place, request_).decided_on == date(2026, 11, 10)
    told(place, sent, 1, "not_to_assess", at(date(2026, 11, 13)))
    assert case_of(place, request_).decision == "assess"
    assert len(place.session.record.find(CaseEvent)) == 2


def test_a_request_that_was_received_before_there_were_cases_gets_one_with_its_decision(place, request_):
    pack = requests.request_page(place.session, request_.id).packs[-1]
    sent, _ = submissions.prepare_submission(place.session, pack.id, "https://send.example.gov.uk")
    values = {"receipt": "a.b.c", "received_at": at(RECEIVED)}
    edits = [Amend(submissions.Submission, sent.id, values), Amend(Request, request_.id, {"state": "sent"})]
    place.session.record.save(edits, action="receive_receipt", actor=place.session.actor)
    assert [each.received_on for each in today.today_page(place.session).clocks] == [RECEIVED]
    case, _ = case_for(place.session, request_)
    assert case == case_of(place, request_) == case_for(place.session, request_)[0]
    told(place, sent, 1, "assess", at(date(2026, 11, 12)))
    assert step(place, case_of(place, request_), "decision").due == RECEIVED + timedelta(days=42)
    assert case_of(place, request_).decision == "assess"


def test_the_way_it_went_is_in_the_chronology(place, request_):
    by_email(place, request_, sent_to="send@council.example")
    (entry,) = [
        each
        for each in chronology.entries(place.session.record, request_.pupil, chronology.ChronologyFilter(), limit=99)
        if each.kind == "sent"
    ]
    assert (chronology.entry_head(entry), chronology.entry_words(entry)) == ("Request sent to the council by email", "send@council.example")


def test_what_is_late_is_said_as_it_is_known(place, request_):
    from sencoapp.services.late_letter import late_letter

    by_email(place, request_, received_on=None)
    set_clock(place, at(SENT + timedelta(days=50)))
    assert "The request was sent to the council on" in late_letter(place.session, case_of(place, request_).id, "decision")["text"]
    assert REQUEST_SENT in {each.event for each in place.session.record.find(CaseDate)}


# ---- what may not contradict itself -----------------------------------------------------------------------------------


def test_a_refusal_that_was_opened_again_and_turned_round_did_not_end_as_refused(place, request_):
    by_email(place, request_)
    case = case_of(place, request_)
    council_decided(place.session, case.id, "not_to_assess", date(2026, 11, 2))
    cases.reopen_case(place.session, case.id)
    council_decided(place.session, case.id, "assess", date(2026, 11, 20))
    assert (case_of(place, request_).decision, case_of(place, request_).ended_as) == ("assess", None)


@pytest.mark.parametrize(("outcome", "decision"), [("granted", "granted"), ("refused", "refused"), ("ended", None)])
def test_how_a_case_of_funding_ended_is_what_the_council_decided(place, outcome, decision):
    request, _ = requests.start_request(place.session, add_pupil(place).id, form="sen_intervention_funding")
    by_email(place, request)
    cases.close_case(place.session, case_of(place, request).id, outcome)
    assert standing_of(place.session.record, request).decision == decision


def test_another_day_of_sending_in_the_case_is_that_of_the_request_too(place, request_):
    by_email(place, request_)
    cases.enter_case_date(place.session, case_of(place, request_).id, REQUEST_SENT, SENT - timedelta(days=3))
    assert [each.sent_on for each in place.session.record.find(SentOtherwise)] == [SENT - timedelta(days=3)]


@pytest.mark.parametrize(
    ("days", "refusal"),
    [
        ({REQUEST_SENT: RECEIVED + timedelta(days=1)}, "received_before_sent"),
        ({REQUEST_SENT: None}, "sent_day_missing"),
        ({REQUEST_SENT: date(2027, 3, 1), REQUEST_RECEIVED: None}, "sent_in_future"),
        ({REQUEST_RECEIVED: date(2027, 3, 1)}, "received_in_future"),
        ({REQUEST_SENT: date(2026, 11, 3), REQUEST_RECEIVED: None}, "decision_before_request"),
    ],
)
def test_days_of_a_case_that_contradict_each_other_are_refused(place, request_, days, refusal):
    by_email(place, request_)
    case = case_of(place, request_)
    council_decided(place.session, case.id, "assess", date(2026, 11, 2))
    with pytest.raises(Refusal, match=refusal):
        cases.enter_case_dates(place.session, case.id, days)


def test_a_request_did_not_go_after_it_was_decided(place, request_):
    by_email(place, request_)
    council_decided(place.session, case_of(place, request_).id, "assess", date(2026, 11, 2))
    with pytest.raises(Refusal, match="decision_before_request"):
        record_sent(place.session, request_.id, Sending(date(2026, 11, 3), "hand"))


def test_a_case_that_the_council_had_before_this_request_went_is_asked_about(place, request_):
    first, _ = cases.open_case(place.session, request_.pupil, "needs_assessment", dates={REQUEST_RECEIVED: SENT - timedelta(days=20)})
    with pytest.raises(Refusal, match="case_received_before_sent"):
        by_email(place, request_)
    cases.change_case(place.session, first, replace(first, asked_by="parent"))
    _, joined, _ = by_email(place, request_)
    assert (joined.how, joined.case.id == first.id) == ("opened", False)


def test_a_receipt_for_a_request_that_was_withdrawn_on_its_way_says_that_it_went(place, request_):
    pack = requests.request_page(place.session, request_.id).packs[-1]
    sent, _ = submissions.prepare_submission(place.session, pack.id, "https://send.example.gov.uk")
    request_open.withdraw_request(place.session, request_.id)
    submissions.keep_receipt(place.session, sent.id, Receipt("a.b.c", sent.id, sent.manifest_sha256, at(RECEIVED)))
    assert state(place, request_) == "sent"


def test_a_request_that_went_before_there_were_cases_gets_one_when_it_is_asked_for(place, request_):
    with pytest.raises(Refusal, match="request_has_not_gone"):
        case_for(place.session, request_)
    pack = requests.request_page(place.session, request_.id).packs[-1]
    sent, _ = submissions.prepare_submission(place.session, pack.id, "https://send.example.gov.uk")
    edits = [Amend(submissions.Submission, sent.id, {"receipt": "a.b.c", "received_at": at(RECEIVED)})]
    edits.append(Amend(Request, request_.id, {"state": "sent"}))
    place.session.record.save(edits, action="receive_receipt", actor=place.session.actor)
    by_hand, _ = cases.open_case(place.session, request_.pupil, "needs_assessment", dates={REQUEST_RECEIVED: RECEIVED})
    case, _ = case_for(place.session, request_)
    assert (case.id, case_for(place.session, request_)[0].id) == (by_hand.id, by_hand.id)
    assert len(today.today_page(place.session).clocks) == 1


def test_a_request_whose_sending_was_taken_back_comes_back_as_one_that_did_not_go(place, request_):
    _, _, saved = by_email(place, request_)
    case = case_of(place, request_)
    cases.change_case(place.session, case, replace(case, note="Telephoned."))
    undoing.undo(place.session, saved.save)
    assert case_of(place, request_) is not None, "what was written since keeps the case"
    request_open.withdraw_request(place.session, request_.id)
    request_open.reopen_request(place.session, request_.id)
    assert state(place, request_) == "frozen"
