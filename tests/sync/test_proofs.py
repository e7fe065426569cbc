"""Signed statements and proofs of possession: what was signed is read back, and nothing else is."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sencoapp.crypto.dpop import BadProof, answers, bare, challenge_of, make_proof, new_verifier, read_proof
from sencoapp.crypto.signatures import BadSignature, new_signing_key, public_key, sign, thumbprint, verify

KEY = new_signing_key()
PUBLIC = public_key(KEY)
URL = "https://send.example.gov.uk/v1/events"
JSON = st.dictionaries(st.text(), st.one_of(st.text(), st.integers(), st.booleans(), st.none()))


@given(JSON)
def test_what_was_signed_is_read_back(claims):
    assert verify(sign(claims, KEY, "kind"), PUBLIC, "kind") == claims


@settings(max_examples=200)
@given(st.data())
def test_a_statement_with_one_other_character_is_not_believed(data):
    statement = sign({"received_at": "2026-11-24T09:00:00+00:00"}, KEY, "kind")
    place = data.draw(st.integers(0, len(statement) - 2))  # the last character holds unused bits
    other = data.draw(st.characters(codec="ascii").filter(lambda each: each != statement[place]))
    with pytest.raises(BadSignature):
        verify(statement[:place] + other + statement[place + 1 :], PUBLIC, "kind")


@given(st.text())
def test_any_text_is_refused_and_nothing_worse(text):
    with pytest.raises(BadSignature):
        verify(text, PUBLIC, "kind")
    with pytest.raises(BadProof):
        read_proof(text, "GET", URL, now=0)


def test_another_key_and_another_kind_are_refused():
    statement = sign({}, KEY, "kind")
    for key, kind in ((public_key(new_signing_key()), "kind"), (PUBLIC, "other"), ({}, "kind"), ({**PUBLIC, "x": "!"}, "kind")):
        with pytest.raises(BadSignature):
            verify(statement, key, kind)


def test_a_private_key_is_not_taken_for_a_public_one():
    import json

    with pytest.raises(BadSignature):
        thumbprint(json.loads(KEY))


def test_the_public_half_does_not_hold_the_private_one():
    assert set(PUBLIC) == {"kty", "crv", "x", "kid", "alg", "use"}


def test_the_worked_example_of_rfc_7636():
    verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    assert challenge_of(verifier) == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"  # appendix B
    assert answers(verifier, challenge_of(verifier))
    assert not answers(new_verifier(), challenge_of(verifier))
    assert not answers("short", challenge_of("short"))


def test_a_proof_is_for_one_method_address_token_and_time():
    proof = make_proof(KEY, "GET", URL + "?after=3", now=1000, token="token")
    found = read_proof(proof, "GET", URL, now=1290, token="token")
    assert (found.key, found.made_at) == (PUBLIC["kid"], 1000)
    others = [
        {"method": "PUT"},
        {"url": URL + "/ack"},
        {"url": URL.replace("https", "http")},
        {"token": "other"},
        {"now": 1301},
        {"now": 699},
    ]
    for other in others:
        asked = {"method": "GET", "url": URL, "now": 1000, "token": "token", **other}
        with pytest.raises(BadProof):
            read_proof(proof, asked["method"], asked["url"], now=asked["now"], token=asked["token"])


def test_no_two_proofs_have_the_same_id():
    assert len({read_proof(make_proof(KEY, "GET", URL, now=0), "GET", URL, now=0).id for _ in range(50)}) == 50


def test_an_address_is_compared_without_query_and_with_small_letters():
    assert bare("HTTPS://Send.Example.GOV.uk/V1?x=1#y") == "https://send.example.gov.uk/V1"
