"""Waiting for the browser: what ends it, and what does not."""

import re
import threading
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import requests

from sencoapp.crypto.signatures import new_signing_key, public_key
from sencoapp.domain.refusals import Fault
from sencoapp.sync.form_browser import FormBrowser, signing_in
from sencoapp.sync.sign_in import sign_in
from sencoapp.sync.transport import Transport
from tests.council.running import PASSWORD

KEY = public_key(new_signing_key())


@pytest.fixture
def transport(gateway):
    made = Transport(gateway.url)
    yield made
    made.close()


def asked(url):
    return {name: each[0] for name, each in parse_qs(urlsplit(url).query).items()}


def comes_back(url, **answer):
    """As the browser would, with another answer than the gateway's."""
    there = asked(url)
    return requests.get(f"{there['redirect_uri']}?{urlencode({'state': there['state'], **answer})}", timeout=10)


def refused(transport, open_url, **options):
    with pytest.raises(Fault) as raised:
        sign_in(transport, open_url, receipt_key=KEY, **options)
    return raised.value.key


def test_the_browser_ends_on_a_page_that_says_to_go_back(transport):
    browser = signing_in("ashby", PASSWORD)
    grant = sign_in(transport, browser, receipt_key=KEY)
    assert grant.refresh_token
    assert browser.page.status == 200
    assert "You are signed in" in browser.page.text
    assert grant.expires_at > transport.now()


def test_what_is_asked_for_is_what_the_contract_wants(transport):
    seen = []

    def look(url):
        seen.append(asked(url))
        comes_back(url, error="access_denied", iss=transport.gateway)

    assert refused(transport, look) == "sign_in_refused"
    [question] = seen
    assert question["code_challenge_method"] == "S256"
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/callback", question["redirect_uri"])
    assert len(question["state"]) >= 32
    assert question["dpop_jkt"]


def test_an_answer_that_names_another_gateway_is_not_used(transport):
    assert refused(transport, lambda url: comes_back(url, code="x", iss="https://evil.example")) == "sign_in_mixed_up"
    assert refused(transport, lambda url: comes_back(url, code="x")) == "sign_in_mixed_up"


def test_a_code_that_the_gateway_did_not_give_is_refused(transport):
    assert refused(transport, lambda url: comes_back(url, code="made up", iss=transport.gateway)) == "sign_in_refused"


def test_other_visitors_neither_end_the_waiting_nor_learn_anything(transport):
    knocks = []

    def disturbed(url):
        place = asked(url)["redirect_uri"]
        for other in (f"{place}?code=x&state=wrong", place, place.replace("callback", "other"), f"{place}?{'x' * 5000}"):
            knocks.append(requests.get(other, timeout=10).status_code)
        signing_in("ashby", PASSWORD)(url)

    assert sign_in(transport, disturbed, receipt_key=KEY).access_token
    assert set(knocks) == {404}


def test_a_browser_that_connects_in_advance_and_says_nothing_does_no_harm(transport):
    import socket

    silent = []

    def preconnects(url):
        place = urlsplit(asked(url)["redirect_uri"])
        silent.append(socket.create_connection((place.hostname, place.port)))
        signing_in("ashby", PASSWORD)(url)

    try:
        assert sign_in(transport, preconnects, receipt_key=KEY).access_token
    finally:
        silent[0].close()


def test_nobody_comes(transport):
    assert refused(transport, lambda _: None, seconds=0.05) == "sign_in_timed_out"


def test_the_person_stops_it(transport):
    stop = threading.Event()
    assert refused(transport, lambda _: stop.set(), cancelled=stop.is_set) == "sign_in_stopped"


def test_the_browser_does_not_open(transport):
    assert refused(transport, lambda _: False) == "browser_not_opened"


def test_the_small_browser_goes_nowhere_but_to_this_computer():
    with FormBrowser() as browser:
        for url in ("https://example.org/", "http://example.org/", "http://127.0.0.1.example.org/", "file:///etc/passwd"):
            with pytest.raises(ValueError, match="://"):
                browser.load(url)
