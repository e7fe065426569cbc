"""Signed statements: compact JWS (RFC 7515) with Ed25519 (RFC 8037, RFC 9864).

A key is kept as the text of its JWK. What is signed is read back only after its signature has been checked
against a key that the reader already holds: nothing in the statement says which key to trust.
"""

import json
from collections.abc import Mapping
from typing import Any

from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey

ALGORITHM = "Ed25519"


class BadSignature(ValueError):
    """The statement is not whole, not signed by this key, or of another kind."""


def new_signing_key() -> str:
    """A new private key as the text of a JWK. Keep it sealed, or in a file that only its owner reads."""
    return json.dumps(OKPKey.generate_key("Ed25519").as_dict(private=True), sort_keys=True)


def public_key(key: str) -> dict[str, str]:
    """The public half as a JWK, named by its thumbprint (RFC 7638)."""
    whole = OKPKey.import_key(json.loads(key))
    return {**_text(whole.as_dict(private=False)), "kid": whole.thumbprint(), "alg": ALGORITHM, "use": "sig"}


def thumbprint(jwk: Mapping[str, Any]) -> str:
    """The name of a public key (RFC 7638). Raises ``BadSignature`` for what is not an Ed25519 key."""
    return _public(jwk).thumbprint()


def sign(claims: Mapping[str, Any], key: str, kind: str) -> str:
    """A compact JWS over the claims. ``kind`` is its ``typ``: a statement of one kind cannot pass for another."""
    private = OKPKey.import_key(json.loads(key))
    body = json.dumps(claims, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    header = {"alg": ALGORITHM, "kid": private.thumbprint(), "typ": kind}
    return jws.serialize_compact(header, body, private, algorithms=[ALGORITHM])


def verify(statement: str, key: Mapping[str, Any], kind: str) -> dict[str, Any]:
    """The claims of a statement that this public key signed. Raises ``BadSignature``."""
    try:
        found = jws.deserialize_compact(statement, _public(key), algorithms=[ALGORITHM])
        header, claims = found.headers(), json.loads(found.payload or b"")
    except (JoseError, ValueError, TypeError, RecursionError) as trouble:
        raise BadSignature(type(trouble).__name__) from None
    if header.get("typ") != kind or not isinstance(claims, dict):
        raise BadSignature("another kind of statement")
    return claims


def _public(jwk: Mapping[str, Any]) -> OKPKey:
    if jwk.get("kty") != "OKP" or jwk.get("crv") != "Ed25519" or "d" in jwk:
        raise BadSignature("not a public Ed25519 key")
    try:
        return OKPKey.import_key({name: jwk[name] for name in ("kty", "crv", "x")})
    except (JoseError, ValueError, TypeError, KeyError) as trouble:
        raise BadSignature(type(trouble).__name__) from None


def _text(values: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(value) for name, value in values.items()}
