"""Who is calling the API: an access token, and a fresh proof of the key that it is bound to (RFC 9449 7)."""

from typing import Annotated

from fastapi import Depends, Header, Request
from fastapi.security.http import HTTPAuthorizationCredentials, HTTPBase

from sencoapp.council.gateway import gateway_of
from sencoapp.council.oauth import Caller
from sencoapp.council.problems import sign_in_needed
from sencoapp.crypto.dpop import BadProof

_scheme = HTTPBase(
    scheme="DPoP",
    scheme_name="dpop",
    description="An access token bound to the laptop's key (RFC 9449). Each call carries a proof in the DPoP header.",
    auto_error=False,
)


def _caller(
    request: Request,
    credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_scheme)],
    proof: Annotated[str | None, Header(alias="DPoP", description="A DPoP proof for this call and this token.")] = None,
) -> Caller:
    if credentials is None or credentials.scheme.lower() != "dpop":
        raise sign_in_needed()
    gateway = gateway_of(request)
    caller = gateway.grants.caller(credentials.credentials)
    if caller is None:
        raise sign_in_needed("invalid_token")
    try:
        found = gateway.proofs.check(proof, request.method, request.url.path, credentials.credentials)
    except BadProof:
        raise sign_in_needed("invalid_dpop_proof") from None
    if found.key != caller.key:
        raise sign_in_needed("invalid_dpop_proof")
    return caller


SignedIn = Annotated[Caller, Depends(_caller)]
"""The person and the school that a call of the API is for; 401 without them."""
