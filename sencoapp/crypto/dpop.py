"""Who holds what: PKCE for the sign-in (RFC 7636, S256 only) and DPoP for every call after it (RFC 9449).

A DPoP proof is a small JWT, signed by the laptop's own key for one method, one address and one moment. A token that
is bound to that key is worth nothing to whoever copies it on the way.
"""

import base64
import hashlib
import hmac
import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey

from sencoapp.crypto.signatures import ALGORITHM, BadSignature, thumbprint, verify

PROOF_KIND = "dpop+jwt"
LEEWAY_SECONDS = 300
"""How far a proof's time may be from the reader's, either way. Ids of proofs are remembered for as long."""
LONGEST_PROOF = 2048
_VERIFIER = re.compile(r"[A-Za-z0-9._~-]{43,128}")
_CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")


class BadProof(ValueError):
    """The proof is not there, not whole, or for another key, token, call or time."""


@dataclass(frozen=True)
class Proof:
    """What a checked proof says: the thumbprint of its key, its own id, and when it was made (seconds since 1970)."""

    key: str
    id: str
    made_at: int


def new_verifier() -> str:
    """A PKCE code verifier: 43 characters, 256 random bits."""
    return secrets.token_urlsafe(32)


def challenge_of(verifier: str) -> str:
    """The S256 challenge of a verifier (RFC 7636 4.2)."""
    return _digest(verifier)


def is_challenge(text: str) -> bool:
    """Whether the text has the form of an S256 challenge."""
    return _CHALLENGE.fullmatch(text) is not None


def answers(verifier: str, challenge: str) -> bool:
    """Whether the verifier is the one that the challenge was made from."""
    return _VERIFIER.fullmatch(verifier) is not None and hmac.compare_digest(challenge_of(verifier), challenge)


def make_proof(key: str, method: str, url: str, *, now: float, token: str | None = None) -> str:
    """A proof for one call. ``key`` is a private JWK as text, ``now`` seconds since 1970, ``token`` the access token sent with it."""
    private = OKPKey.import_key(json.loads(key))
    header = {"alg": ALGORITHM, "typ": PROOF_KIND, "jwk": private.as_dict(private=False)}
    claims: dict[str, Any] = {"jti": secrets.token_urlsafe(16), "htm": method.upper(), "htu": bare(url), "iat": int(now)}
    if token is not None:
        claims["ath"] = _digest(token)
    return jws.serialize_compact(header, json.dumps(claims, separators=(",", ":")).encode(), private, algorithms=[ALGORITHM])


def read_proof(proof: str, method: str, url: str, *, now: float, token: str | None = None) -> Proof:
    """Checks a proof as RFC 9449 4.3 asks, all but whether its id was seen before. Raises ``BadProof``."""
    if len(proof) > LONGEST_PROOF:
        raise BadProof("too long")
    jwk = _key_in(proof)
    try:
        name, claims = thumbprint(jwk), verify(proof, jwk, PROOF_KIND)
    except BadSignature as trouble:
        raise BadProof(str(trouble)) from None
    id, made_at = claims.get("jti"), claims.get("iat")
    if not isinstance(id, str) or not 8 <= len(id) <= 128:
        raise BadProof("jti")
    if not isinstance(made_at, int) or abs(now - made_at) > LEEWAY_SECONDS:
        raise BadProof("iat")
    if claims.get("htm") != method.upper():
        raise BadProof("htm")
    if not isinstance(claims.get("htu"), str) or not _same_address(claims["htu"], url):
        raise BadProof("htu")
    if token is not None and not hmac.compare_digest(str(claims.get("ath", "")).encode(), _digest(token).encode()):
        raise BadProof("ath")
    return Proof(name, id, made_at)


def bare(url: str) -> str:
    """An address without query and fragment, its scheme and host in small letters (RFC 9449 4.2, ``htu``)."""
    parts = urlsplit(url)
    return f"{parts.scheme.lower()}://{parts.netloc.lower()}{parts.path or '/'}"


def _same_address(said: str, url: str) -> bool:
    try:
        return bare(said) == bare(url)
    except ValueError:  # "http://[" is no address at all
        return False


def _key_in(proof: str) -> Mapping[str, Any]:
    try:
        header = jws.extract_compact(proof.encode()).headers()
    except (JoseError, ValueError, TypeError, RecursionError) as trouble:
        raise BadProof(type(trouble).__name__) from None
    jwk = header.get("jwk")
    if not isinstance(jwk, dict):
        raise BadProof("jwk")
    return jwk


def _digest(text: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
