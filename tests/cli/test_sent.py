"""A request that went by email, from the command line: noted, counted, decided."""

from sencoapp.domain.casework import Request
from sencoapp.services import requests
from tests.places import PASSPHRASE, add_pupil, new_app


def begun(shell):
    place = new_app().open(shell.profile, PASSPHRASE)
    requests.start_request(place.session, add_pupil(place).id)
    place.close()


def test_a_request_that_went_by_email_has_its_dates_and_its_decision(shell):
    begun(shell)
    told = shell.json("sent", "Osei", "--on", "2026-10-05", "--by", "email", "--received", "2026-10-07", "--reference", "LA/77")
    assert {each["rule"]: each["due"] for each in told["deadlines"]}["decision_to_assess"] == "2026-11-18"
    (listed,) = shell.json("cases", "list")
    assert (listed["kind"], listed["due"]) == ("needs_assessment", "2026-11-18")
    shell.json("decided", "Osei", "not_to_assess", "--on", "2026-11-12")
    assert shell.json("cases", "list") == []
    (closed,) = shell.json("cases", "list", "--closed")
    assert closed["outcome"] == "not_to_assess"


def test_what_has_not_gone_cannot_be_decided(shell):
    begun(shell)
    assert shell.run("decided", "Osei", "assess", "--on", "2026-11-12") == 1


def test_what_is_decided_is_the_request_that_went_and_not_the_one_begun_since(shell):
    begun(shell)
    shell.json("sent", "Osei", "--on", "2026-10-05", "--by", "email")
    place = new_app().open(shell.profile, PASSPHRASE)
    pupil = place.session.record.find(Request)[0].pupil
    requests.start_request(place.session, pupil, form="sen_intervention_funding")
    place.close()
    assert shell.json("decided", "Osei", "assess", "--on", "2026-11-12")["decision"] == "assess"
