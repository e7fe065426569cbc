"""Signing in, and every way in which it must fail (RFC 6749, 7636, 8252, 9207, 9449, 9700)."""

import base64
import json
import time
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from sencoapp.crypto.dpop import challenge_of, make_proof, new_verifier
from sencoapp.crypto.signatures import new_signing_key, public_key
from sencoapp.sync.form_browser import FormBrowser
from tests.council.running import PASSWORD

REDIRECT = "http://127.0.0.1:50999/callback"
VERIFIER = new_verifier()


def asked(**changes):
    values = {
        "response_type": "code",
        "client_id": "sencoapp",
        "redirect_uri": REDIRECT,
        "state": "a state",
        "scope": "submissions",
        "code_challenge": challenge_of(VERIFIER),
        "code_challenge_method": "S256",
        **changes,
    }
    return {name: value for name, value in values.items() if value is not None}


def answer_to(gateway, **changes):
    return requests.get(f"{gateway.url}/authorize", params=asked(**changes), allow_redirects=False, timeout=10)


class NoCallback(FormBrowser):
    """Stops at the laptop's address, where no laptop listens, and hands back what would go there."""

    def _ask(self, method, url, data):
        if url.startswith(REDIRECT):
            raise WouldGoTo(url)
        return super()._ask(method, url, data)


class WouldGoTo(Exception):
    pass


@pytest.fixture
def key():
    return new_signing_key()


def code_from(gateway, username="ashby", password=PASSWORD, **changes):
    url = requests.Request("GET", f"{gateway.url}/authorize", params=asked(**changes)).prepare().url
    with NoCallback() as browser, pytest.raises(WouldGoTo) as went:
        browser.fill(url, "sign-in", {"username": username, "password": password})
    return {name: each[0] for name, each in parse_qs(urlsplit(str(went.value)).query).items()}


def token(gateway, key, *, proof=..., **form):
    made = make_proof(key, "POST", f"{gateway.url}/token", now=time.time()) if proof is ... else proof
    headers = {"DPoP": made} if made else {}
    return requests.post(f"{gateway.url}/token", data={"client_id": "sencoapp", **form}, headers=headers, timeout=10)


def exchange(gateway, key, code, **changes):
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": REDIRECT, "code_verifier": VERIFIER, **changes}
    return token(gateway, key, **form)


def events(gateway, key, access_token, *, method="GET", path="/v1/events", proof=None, **changes):
    made = proof or make_proof(key, method, gateway.url + path, **{"now": time.time(), "token": access_token, **changes})
    headers = {"Authorization": f"DPoP {access_token}", "DPoP": made}
    return requests.get(f"{gateway.url}/v1/events", headers=headers, timeout=10)


def test_the_answer_names_the_gateway_and_gives_back_the_state(gateway):
    found = code_from(gateway)
    assert (found["state"], found["iss"]) == ("a state", gateway.url)


def test_a_code_gives_tokens_that_are_bound_to_the_key(gateway, key):
    answer = exchange(gateway, key, code_from(gateway)["code"])
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    tokens = answer.json()
    assert (tokens["token_type"], tokens["expires_in"]) == ("DPoP", 600)
    assert events(gateway, key, tokens["access_token"]).status_code == 200


@pytest.mark.parametrize(
    "changes",
    [
        {"code_challenge": None},
        {"code_challenge": None, "code_challenge_method": None},
        {"code_challenge_method": "plain"},
        {"code_challenge_method": None},
        {"code_challenge": "short"},
        {"code_challenge": "=" * 43},
    ],
)
def test_without_pkce_s256_there_is_no_code(gateway, changes):
    answer = answer_to(gateway, **changes)
    assert answer.status_code == 303
    found = parse_qs(urlsplit(answer.headers["Location"]).query)
    assert found["error"] == ["invalid_request"]
    assert found["iss"] == [gateway.url]
    assert "code" not in found


@pytest.mark.parametrize(
    "redirect_uri",
    [
        "https://evil.example/callback",
        "http://evil.example:80/callback",
        "http://127.0.0.1.evil.example:5000/callback",
        "http://127.0.0.1:5000@evil.example/callback",
        "http://127.0.0.1/callback",
        "http://127.0.0.1:5000/elsewhere",
        "http://127.0.0.1:5000/callback?next=x",
        "http://127.0.0.1:5000/callback#x",
        "http://localhost:5000/callback",
        "https://127.0.0.1:5000/callback",
        "http://127.0.0.1:99999/callback",
        "javascript:alert(1)",
        "",
        None,
    ],
)
def test_no_redirect_leads_away_from_this_computer(gateway, redirect_uri):
    answer = answer_to(gateway, redirect_uri=redirect_uri)
    assert answer.status_code == 400
    assert "Location" not in answer.headers
    assert "text/html" in answer.headers["Content-Type"]


def test_another_client_is_not_sent_anywhere(gateway):
    assert answer_to(gateway, client_id="other").status_code == 400


@pytest.mark.parametrize("redirect_uri", ["http://127.0.0.1:1/callback", "http://[::1]:65535/callback"])
def test_any_port_of_this_computer_will_do(gateway, redirect_uri):
    assert answer_to(gateway, redirect_uri=redirect_uri).status_code == 200


def test_a_code_is_good_once_and_its_replay_ends_the_sign_in(gateway, key):
    code = code_from(gateway)["code"]
    tokens = exchange(gateway, key, code).json()
    replayed = exchange(gateway, key, code)
    assert (replayed.status_code, replayed.json()["error"]) == (400, "invalid_grant")
    assert events(gateway, key, tokens["access_token"]).status_code == 401
    assert token(gateway, key, grant_type="refresh_token", refresh_token=tokens["refresh_token"]).status_code == 400


@pytest.mark.parametrize(
    "changes",
    [{"code_verifier": new_verifier()}, {"code_verifier": ""}, {"redirect_uri": "http://127.0.0.1:50998/callback"}, {"code": "another"}],
)
def test_a_code_needs_its_own_verifier_and_address(gateway, key, changes):
    answer = exchange(gateway, key, **{"code": code_from(gateway)["code"], **changes})
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_grant")


def test_a_code_that_was_asked_for_one_key_is_not_given_to_another(gateway, key):
    code = code_from(gateway, dpop_jkt=public_key(new_signing_key())["kid"])["code"]
    assert exchange(gateway, key, code).json()["error"] == "invalid_grant"


@pytest.mark.parametrize("form", [{"grant_type": "password", "username": "ashby", "password": PASSWORD}, {"grant_type": ""}, {}])
def test_there_is_no_password_grant(gateway, key, form):
    answer = token(gateway, key, **form)
    assert (answer.status_code, answer.json()["error"]) == (400, "unsupported_grant_type")


def test_a_refresh_gives_a_new_access_token_and_may_be_repeated(gateway, key):
    first = exchange(gateway, key, code_from(gateway)["code"]).json()
    for _ in range(2):  # the answer may have been lost
        again = token(gateway, key, grant_type="refresh_token", refresh_token=first["refresh_token"])
        assert again.status_code == 200
        assert "refresh_token" not in again.json()
        assert events(gateway, key, again.json()["access_token"]).status_code == 200


def test_another_laptop_can_use_neither_token(gateway, key):
    tokens = exchange(gateway, key, code_from(gateway)["code"]).json()
    thief = new_signing_key()
    assert token(gateway, thief, grant_type="refresh_token", refresh_token=tokens["refresh_token"]).status_code == 400
    answer = events(gateway, thief, tokens["access_token"])
    assert answer.status_code == 401
    assert 'error="invalid_dpop_proof"' in answer.headers["WWW-Authenticate"]


def test_a_proof_is_good_once_for_one_call_at_one_time(gateway, key):
    access = exchange(gateway, key, code_from(gateway)["code"]).json()["access_token"]
    proof = make_proof(key, "GET", f"{gateway.url}/v1/events", now=time.time(), token=access)
    assert events(gateway, key, access, proof=proof).status_code == 200
    refused = {
        "the same proof again": events(gateway, key, access, proof=proof),
        "an old one": events(gateway, key, access, now=time.time() - 400),
        "one from the future": events(gateway, key, access, now=time.time() + 400),
        "one for another address": events(gateway, key, access, path="/v1/capabilities"),
        "one for another method": events(gateway, key, access, method="PUT"),
        "one for another token": events(gateway, key, access, token="other"),
        "one for no token": events(gateway, key, access, token=None),
        "nonsense": events(gateway, key, access, proof="a.b.c"),
    }
    assert {why: answer.status_code for why, answer in refused.items()} == dict.fromkeys(refused, 401)


def test_a_proof_for_another_gateway_is_refused(gateway, key):
    access = exchange(gateway, key, code_from(gateway)["code"]).json()["access_token"]
    proof = make_proof(key, "GET", "https://other.example/v1/events", now=time.time(), token=access)
    assert events(gateway, key, access, proof=proof).status_code == 401


def test_a_proof_that_is_not_signed_is_refused(gateway, key):
    access = exchange(gateway, key, code_from(gateway)["code"]).json()["access_token"]
    head, body, _ = make_proof(key, "GET", f"{gateway.url}/v1/events", now=time.time(), token=access).split(".")
    header = json.loads(base64.urlsafe_b64decode(head + "=="))
    none = base64.urlsafe_b64encode(json.dumps({**header, "alg": "none"}).encode()).rstrip(b"=").decode()
    for forged in (f"{none}.{body}.", f"{head}.{body}.", f"{head}.{body}.{'A' * 86}"):
        assert events(gateway, key, access, proof=forged).status_code == 401


def test_a_token_without_its_proof_or_as_a_bearer_is_refused(gateway, key):
    access = exchange(gateway, key, code_from(gateway)["code"]).json()["access_token"]
    proof = make_proof(key, "GET", f"{gateway.url}/v1/events", now=time.time(), token=access)
    for headers in ({"Authorization": f"DPoP {access}"}, {"Authorization": f"Bearer {access}", "DPoP": proof}, {"DPoP": proof}):
        assert requests.get(f"{gateway.url}/v1/events", headers=headers, timeout=10).status_code == 401


def test_the_token_endpoint_wants_a_proof(gateway, key):
    code = code_from(gateway)["code"]
    answer = token(gateway, key, proof=None, grant_type="authorization_code", code=code, redirect_uri=REDIRECT, code_verifier=VERIFIER)
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_dpop_proof")


@pytest.mark.parametrize(
    ("username", "password", "words"),
    [("ashby", "wrong", "not right"), ("nobody", PASSWORD, "not right"), ("officer", PASSWORD, "not a school"), ("", "", "Enter your")],
)
def test_who_may_not_sign_in_sees_why_and_stays_on_the_page(gateway, username, password, words):
    url = requests.Request("GET", f"{gateway.url}/authorize", params=asked()).prepare().url
    with FormBrowser() as browser:
        page = browser.fill(url, "sign-in", {"username": username, "password": password})
    assert page.status == 422
    assert "There is a problem" in page.text
    assert words in page.text
    assert not password or password not in page.text


def test_a_form_from_another_site_is_not_taken(gateway):
    url = requests.Request("GET", f"{gateway.url}/authorize", params=asked()).prepare().url
    answer = requests.post(url, data={"username": "ashby", "password": PASSWORD, "token": "0" * 64}, allow_redirects=False, timeout=10)
    assert answer.status_code == 422
    assert "Location" not in answer.headers


def test_no_token_lies_readable_in_the_database(gateway, key):
    tokens = exchange(gateway, key, code_from(gateway)["code"]).json()
    held = b"".join(each.read_bytes() for each in gateway.data.glob("gateway.sqlite3*"))
    assert held or gateway.database
    assert tokens["access_token"].encode() not in held
    assert tokens["refresh_token"].encode() not in held
    assert PASSWORD.encode() not in held
