"""The officer's pages over HTTP: who may see them, what they record, and that nothing in a request can harm them."""

import os
import re
import time

import pytest
import sqlalchemy as sa

from sencoapp.council import tables
from sencoapp.sync.form_browser import FormBrowser
from tests.council.running import PASSWORD, new_id, officer_at, pack_of

# The product of the two numbers is one that no time, date, size or identifier on a page will hold by chance.
HOSTILE = "<script>alert('x')</script>\"'{{7177162611*7713}}"
WORKED_OUT = str(7177162611 * 7713)


@pytest.fixture
def submission(gateway, laptop):
    manifest, pieces = pack_of(os.urandom(1_200_000))
    id = new_id()
    laptop.send_all(manifest, pieces, id)
    return id


@pytest.fixture(scope="module")
def officer(gateway):
    with officer_at(gateway) as browser:
        yield browser


def test_the_list_and_the_page_say_what_was_sent_in_plain_words(gateway, officer, submission):
    listed = officer.load(f"{gateway.url}/officer").text
    assert f"/officer/submissions/{submission}" in listed
    assert "received today" in listed
    page = officer.load(f"{gateway.url}/officer/submissions/{submission}").text
    for words in (
        "Maya Quillfeather",
        "14 March 2018",
        "Speech, language",
        "SEN support",
        "Mother",
        "£1,238.40",
        "one to one",
        "They agree",
    ):
        assert words in page
    assert re.search(r"Tell the parents by.*\d{4}", page, re.DOTALL)
    assert "reg 5(1)" in page


def test_a_document_comes_down_whole_and_is_never_shown_by_the_gateway(gateway, officer, laptop):
    content = os.urandom(2_400_000)
    manifest, pieces = pack_of(content, documents__0__filename="Grüße \N{EM DASH} request.pdf")
    id = new_id()
    laptop.send_all(manifest, pieces, id)
    answer = officer._ask("GET", f"{gateway.url}/officer/submissions/{id}/documents/d1", None)
    assert answer.content == content
    assert answer.headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''Gr%C3%BC%C3%9Fe")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_nothing_that_a_school_or_an_officer_writes_becomes_markup(gateway, officer, laptop):
    manifest, pieces = pack_of(os.urandom(10), pupil__surname=HOSTILE, documents__0__title=HOSTILE, request__reasons=HOSTILE)
    id = new_id()
    laptop.send_all(manifest, pieces, id)
    page = f"{gateway.url}/officer/submissions/{id}"
    officer.fill(page, "message", {"text": HOSTILE})
    for text in (
        officer.load(page).text,
        officer.load(f"{gateway.url}/officer").text,
        officer.fill(page, "decision", {"text": HOSTILE}).text,
    ):
        assert "<script>alert" not in text
        assert WORKED_OUT not in text
        assert "&lt;script&gt;" in text


def test_pages_forbid_scripts_frames_and_caches(gateway, officer):
    headers = officer._ask("GET", f"{gateway.url}/officer", None).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["Cache-Control"] == "no-store"


def test_the_session_cookie_is_for_this_site_and_not_for_scripts(gateway):
    with FormBrowser() as browser:
        page = browser.load(f"{gateway.url}/officer/sign-in")
        answer = browser._ask("POST", page.forms[0].action, {**page.forms[0].values, "username": "officer", "password": PASSWORD})
    cookie = next(each for each in answer.raw.headers.getlist("Set-Cookie") if "session" in each)
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie


def test_a_schools_account_is_no_officers(gateway):
    with FormBrowser() as browser:
        page = browser.fill(f"{gateway.url}/officer/sign-in", "sign-in", {"username": "ashby", "password": PASSWORD})
    assert page.status == 422
    assert "not an officer" in page.text


def test_a_form_without_its_token_records_nothing(gateway, officer, submission):
    url = f"{gateway.url}/officer/submissions/{submission}/decision"
    for token in ("", "0" * 64):
        answer = officer._ask("POST", url, {"decision": "assess", "text": "x", "token": token})
        assert answer.status_code == 403
    assert _events(gateway, submission) == []


def test_a_decision_needs_an_answer_and_reasons_and_keeps_what_was_typed(gateway, officer, submission):
    url = f"{gateway.url}/officer/submissions/{submission}"
    page = officer.fill(url, "decision", {"text": "Because of this."})
    assert page.status == 422
    assert "Choose what the council decided." in page.text
    assert "Because of this." in page.text
    page = officer.fill(url, "decision", {"decision": "assess", "text": "  "})
    assert "Enter the reasons" in page.text
    assert re.search(r'value="assess" checked', page.text)
    assert _events(gateway, submission) == []


def test_a_decision_is_recorded_once(gateway, officer, submission):
    url = f"{gateway.url}/officer/submissions/{submission}"
    shown = officer.load(url)
    first = officer.send(shown, "decision", {"decision": "not_to_assess", "text": "The needs can be met."})
    assert "Will not assess" in first.text
    again = officer.send(shown, "decision", {"decision": "assess", "text": "On second thoughts."})
    assert again.status == 422
    assert "Someone recorded another step" in again.text
    assert [(each["kind"], each["decision"]) for each in _events(gateway, submission)] == [("decision_issued", "not_to_assess")]
    assert not {"decision", "checking", "information"} & {each.id for each in officer.load(url).forms}


def test_events_are_numbered_without_gaps(gateway, officer, submission):
    for step in ("checking", "information", "message"):
        officer.fill(f"{gateway.url}/officer/submissions/{submission}", step, {"text": "Words."})
    numbers = [each["seq"] for each in gateway.query(sa.select(tables.event.c.seq).where(tables.event.c.school == gateway.school))]
    assert sorted(numbers) == list(range(1, len(numbers) + 1))


def test_after_signing_out_the_session_is_worth_nothing(gateway):
    with officer_at(gateway) as browser:
        kept = dict(browser._session.cookies)
        browser.fill(f"{gateway.url}/officer", values={})
        browser._session.cookies.update(kept)
        assert browser.load(f"{gateway.url}/officer").url.endswith("/officer/sign-in")


def test_what_is_not_there_is_not_found(gateway, officer, submission):
    for path in (
        "/officer/submissions/none",
        f"/officer/submissions/{submission}/documents/none",
        "/static/none.ttf",
        "/static/..%2fx.ttf",
    ):
        assert officer.load(gateway.url + path).status == 404


def test_too_many_wrong_passwords_are_slowed_down(gateway):
    with FormBrowser() as browser:
        page = browser.load(f"{gateway.url}/officer/sign-in")
        wrong = {"username": f"guess{time.time()}", "password": "wrong"}
        answers = [browser.send(page, "sign-in", wrong) for _ in range(11)]
    assert [each.status for each in answers] == [422] * 10 + [429]
    assert "too many tries" in answers[-1].text


def _events(gateway, submission):
    return gateway.query(sa.select(tables.event).where(tables.event.c.submission == submission).order_by(tables.event.c.seq))
