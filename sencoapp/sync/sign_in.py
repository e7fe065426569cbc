"""Signing in through the system's browser: code with PKCE, bound to this laptop's key (RFC 8252, 7636, 9207, 9449)."""

import secrets
from collections.abc import Callable, Mapping
from urllib.parse import urlencode

from sencoapp.crypto.dpop import challenge_of, new_verifier
from sencoapp.crypto.signatures import BadSignature, new_signing_key, public_key, thumbprint
from sencoapp.domain.refusals import Fault
from sencoapp.sync.loopback import PATIENCE_SECONDS, Loopback
from sencoapp.sync.tokens import Grant, Proven
from sencoapp.sync.transport import Answer, Transport, host_of

CLIENT = "sencoapp"
SCOPE = "submissions"

OpenUrl = Callable[[str], object]
"""Shows an address in a browser; ``webbrowser.open`` fits. False means that it could not."""


def sign_in(
    transport: Transport,
    open_url: OpenUrl,
    *,
    receipt_key: Mapping[str, str],
    device_key: str | None = None,
    seconds: float = PATIENCE_SECONDS,
    cancelled: Callable[[], bool] | None = None,
) -> Grant:
    """Opens the gateway's page, waits for the person, and exchanges the code. ``device_key`` is made where there is none.

    Raises ``Fault``: ``browser_not_opened``, ``sign_in_timed_out``, ``sign_in_stopped``, ``sign_in_refused``,
    ``sign_in_mixed_up``, and what the network does.
    """
    issuer = _check_server(transport)
    key, verifier, state = device_key or new_signing_key(), new_verifier(), secrets.token_urlsafe(24)
    with Loopback(state) as listener:
        asked = {
            "response_type": "code",
            "client_id": CLIENT,
            "redirect_uri": listener.redirect_uri,
            "scope": SCOPE,
            "state": state,
            "code_challenge": challenge_of(verifier),
            "code_challenge_method": "S256",
            "dpop_jkt": thumbprint(public_key(key)),
        }
        if open_url(f"{transport.gateway}/authorize?{urlencode(asked)}") is False:
            raise Fault("browser_not_opened")
        found = listener.wait(seconds, cancelled)
        redirect_uri = listener.redirect_uri
    if found.get("iss") != issuer:
        raise Fault("sign_in_mixed_up", council=host_of(transport.gateway))
    if "code" not in found:
        raise Fault("sign_in_refused", council=host_of(transport.gateway))
    form = {"grant_type": "authorization_code", "code": found["code"], "redirect_uri": redirect_uri, "code_verifier": verifier}
    answer = ask_token(transport, key, form)
    if answer.status != 200:
        raise Fault("sign_in_refused", council=host_of(transport.gateway))
    access, refresh, lasts = read_tokens(answer)
    if refresh is None:
        raise Fault("council_nonsense", council=host_of(transport.gateway))
    return Grant(transport.gateway, access, transport.now() + lasts, refresh, key, dict(receipt_key))


def refreshed(transport: Transport, grant: Grant) -> Grant | None:
    """The grant with a new access token, or None where the person must sign in again. Raises ``Fault`` for the network."""
    answer = ask_token(transport, grant.device_key, {"grant_type": "refresh_token", "refresh_token": grant.refresh_token})
    if answer.status in (400, 401):
        return None
    if answer.status != 200:
        raise Fault("council_nonsense", council=host_of(transport.gateway))
    access, refresh, lasts = read_tokens(answer)
    expires_at = transport.now() + lasts
    return Grant(grant.gateway, access, expires_at, refresh or grant.refresh_token, grant.device_key, grant.receipt_key)


def ask_token(transport: Transport, key: str, form: Mapping[str, str]) -> Answer:
    """Asks the token endpoint, a second time where the first answer has told us the right time."""
    auth = Proven(key, None, transport.now)
    answer = transport.ask("POST", "/token", auth=auth, data={"client_id": CLIENT, **form})
    if answer.status == 400 and answer.object().get("error") == "invalid_dpop_proof":
        answer = transport.ask("POST", "/token", auth=auth, data={"client_id": CLIENT, **form})
    return answer


def read_tokens(answer: Answer) -> tuple[str, str | None, float]:
    """The access token, the refresh token if there is one, and for how many seconds the first lasts."""
    said = answer.object()
    access, refresh, lasts = said.get("access_token"), said.get("refresh_token"), said.get("expires_in")
    sensible = isinstance(access, str) and isinstance(lasts, int) and isinstance(refresh, str | None)
    if not sensible or str(said.get("token_type")).lower() != "dpop":
        raise Fault("council_nonsense", council=host_of(answer.gateway))
    assert isinstance(access, str)
    assert isinstance(lasts, int)
    return access, refresh, float(lasts)


def checked_key(jwk: object, gateway: str) -> dict[str, str]:
    """A council's public key as it may be pinned. Raises ``Fault("council_nonsense")``."""
    try:
        if not isinstance(jwk, dict):
            raise BadSignature
        return {"kty": "OKP", "crv": "Ed25519", "x": str(jwk["x"]), "kid": thumbprint(jwk)}
    except (BadSignature, KeyError):
        raise Fault("council_nonsense", council=host_of(gateway)) from None


def _check_server(transport: Transport) -> str:
    """The name by which the gateway calls itself; it must be the address that we know it by (RFC 8414 3.3)."""
    answer = transport.ask("GET", "/.well-known/oauth-authorization-server")
    said = answer.object() if answer.status == 200 else {}
    if said.get("issuer") != transport.gateway or "S256" not in said.get("code_challenge_methods_supported", []):
        raise Fault("council_nonsense", council=host_of(transport.gateway))
    return transport.gateway
