"""What the readiness check reads from a real record: files, cycles, the timetable. Each check is met, and once not."""

from dataclasses import replace
from datetime import timedelta

import pytest

from sencoapp.domain.casework import Document
from sencoapp.domain.plan import Cycle
from sencoapp.domain.record import Amend, New
from sencoapp.domain.timetable import ProvisionSlot
from sencoapp.services import documents, plans, provision, requests, timetable
from sencoapp.services.looking import keep_look, look_at_evidence, not_looked_at
from tests.documents.page_scans import pdf_of, scan
from tests.documents.paper_samples import report
from tests.places import add_pupil


@pytest.fixture
def pupil(place):
    return add_pupil(place)


def finding(place, request, check):
    state = requests.check_readiness(place.session, request)
    return next(each for each in (*state.findings, *state.blockers) if each.check == check)


def file_paper(place, pupil, content, title):
    return documents.add_document(place.session, place.documents, pupil.id, f"{title}.pdf", content, title=title)[0]


def test_scans_are_measured_once_and_told(place, pupil):
    paper = file_paper(place, pupil, pdf_of("Cover page of the report", scan(200, ink=220)), "EP report")
    request, _ = requests.start_request(place.session, pupil.id)
    assert finding(place, request, "readable_scans").state == "present", "nobody has looked yet"
    assert [each.id for each in not_looked_at(place.session.record, request)] == [paper.id]
    look_at_evidence(place.session, place.documents, request)
    found = finding(place, request, "readable_scans")
    assert (found.state, found.voice) == ("missing", "practice")
    assert found.sentence == "Hard to read: “EP report”, page 2, is too pale."
    assert not_looked_at(place.session.record, request) == []


def test_what_was_measured_counts_for_the_bytes_that_were_measured(place, pupil):
    paper = file_paper(place, pupil, pdf_of(scan(72)), "EP report")
    request, _ = requests.start_request(place.session, pupil.id)
    look_at_evidence(place.session, place.documents, request)
    place.session.record.save([Amend(Document, paper.id, {"sha256": "0" * 64})], action="change_document", actor=place.session.actor)
    assert [each.id for each in not_looked_at(place.session.record, request)] == [paper.id]
    assert finding(place, request, "readable_scans").state == "present"


def test_a_file_that_cannot_be_opened_blocks_and_one_that_is_pale_does_not(place, pupil):
    paper = file_paper(place, pupil, report(1, "Report"), "EP report")
    request, _ = requests.start_request(place.session, pupil.id)
    keep_look(place.session.record, paper, place.documents.look_at("application/pdf", b"%PDF-1.7 cut off"))
    assert finding(place, request, "files_open").state == "blocking"
    keep_look(place.session.record, paper, place.documents.look_at("application/pdf", pdf_of(scan(60))))
    assert not requests.check_readiness(place.session, request).blockers


def test_the_same_file_and_the_same_words_are_found(place, pupil):
    content = report(2, "Report")
    one = file_paper(place, pupil, content, "EP report")
    file_paper(place, pupil, content + b"\n% printed again", "EP report, copy")
    twin = replace(one, id=place.session.ids.new(), title="Report from the email")
    place.session.record.save([New(twin)], action="add_document", actor=place.session.actor)
    request, _ = requests.start_request(place.session, pupil.id)
    look_at_evidence(place.session, place.documents, request)
    sentence = finding(place, request, "duplicates").sentence
    assert "are the same file" in sentence
    assert "“EP report” and “EP report, copy” say the same, word for word" in sentence
    requests.change_request(place.session, request, replace(request, evidence=(one.id,)))
    assert finding(place, place.session.record.get(type(request), request.id), "duplicates").state == "present"


def test_a_cycle_whose_review_was_due_is_named(place, pupil):
    today = place.session.clock.today()
    plans.start_cycle(place.session, pupil.id)
    request, _ = requests.start_request(place.session, pupil.id)
    assert finding(place, request, "cycles_reviewed").state == "present"
    (cycle,) = place.session.record.find(Cycle, pupil=pupil.id)
    values = {"starts_on": today - timedelta(days=90), "review_due_on": today - timedelta(days=1)}
    place.session.record.save([Amend(Cycle, cycle.id, values)], action="change_cycle", actor=place.session.actor)
    assert "cycle 1, whose review was due on" in finding(place, request, "cycles_reviewed").sentence


def test_provision_is_held_against_the_timetable(place, pupil):
    today = place.session.clock.today()
    values = {
        "title": "Phonics group", "delivered_by": "Mrs Lacey", "sessions_per_week": 2, "minutes": 20, "weeks": 30,
        "group_size": 3, "pence_per_hour": 1720, "starts_on": today - timedelta(days=30), "wave": "targeted",
    }  # fmt: skip
    made, _ = provision.add_provision(place.session, values, [pupil.id])
    request, _ = requests.start_request(place.session, pupil.id)
    found = finding(place, request, "timetable_matches")
    assert found.state == "missing"
    assert "Phonics group" in found.sentence
    assert ".." not in found.sentence
    assert found.fix_page == "timetable"
    monday = ProvisionSlot("", made.id, 1, "09:30", 20)
    timetable.set_slots(place.session, made.id, [monday])
    assert finding(place, request, "timetable_matches").state == "missing", "once a week where the map says twice"
    timetable.set_slots(place.session, made.id, [monday, replace(monday, weekday=3)])
    assert finding(place, request, "timetable_matches").state == "present"


def test_provision_that_is_over_needs_no_time_in_the_week(place, pupil):
    today = place.session.clock.today()
    values = {
        "title": "Phonics group", "delivered_by": "Mrs Lacey", "sessions_per_week": 2, "minutes": 20, "weeks": 3,
        "group_size": 3, "pence_per_hour": 1720, "starts_on": today - timedelta(days=90), "ends_on": today - timedelta(days=60),
        "wave": "targeted",
    }  # fmt: skip
    provision.add_provision(place.session, values, [pupil.id])
    request, _ = requests.start_request(place.session, pupil.id)
    assert finding(place, request, "timetable_matches").state == "present"


def test_what_was_measured_is_kept_beside_the_log_and_by_pupil(place, pupil):
    paper = file_paper(place, pupil, pdf_of(scan(72)), "EP report")
    request, _ = requests.start_request(place.session, pupil.id)
    position = place.session.record.position()
    look_at_evidence(place.session, place.documents, request)
    assert set(place.session.record.looks(pupil.id)) == {paper.id}
    assert place.session.record.looks("") == {}
    assert place.session.record.position() == position
    place.session.record.rebuild()
    assert set(place.session.record.looks(pupil.id)) == {paper.id}
