"""Signed statements: believed from the key we hold, and from no other."""

import base64
import json

import pytest

from sencoapp.crypto.signatures import BadSignature, new_signing_key, public_key, sign, verify

KIND = "senco-receipt+jwt"
CLAIMS = {"submission": "0" * 32, "received_at": "2026-11-24T10:00:00Z"}


def test_what_was_signed_is_read_back():
    key = new_signing_key()
    assert verify(sign(CLAIMS, key, KIND), public_key(key), KIND) == CLAIMS
    assert "d" not in public_key(key)


def test_another_key_another_kind_or_another_word_is_not_believed():
    key = new_signing_key()
    statement = sign(CLAIMS, key, KIND)
    head, body, signature = statement.split(".")
    forged = base64.urlsafe_b64encode(json.dumps({**CLAIMS, "received_at": "2020-01-01T00:00:00Z"}).encode()).decode().rstrip("=")
    for told, by, kind in (
        (statement, public_key(new_signing_key()), KIND),
        (statement, public_key(key), "another+jwt"),
        (f"{head}.{forged}.{signature}", public_key(key), KIND),
        (f"{head}.{body}.", public_key(key), KIND),
        ("", public_key(key), KIND),
    ):
        with pytest.raises(BadSignature):
            verify(told, by, kind)


@pytest.mark.parametrize("algorithm", ["none", "HS256"])
def test_the_statement_does_not_choose_how_it_is_checked(algorithm):
    key = new_signing_key()
    _, body, signature = sign(CLAIMS, key, KIND).split(".")
    head = base64.urlsafe_b64encode(json.dumps({"alg": algorithm, "typ": KIND}).encode()).decode().rstrip("=")
    for signed in (signature, ""):
        with pytest.raises(BadSignature):
            verify(f"{head}.{body}.{signed}", public_key(key), KIND)
