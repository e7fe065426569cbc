"""Signing in from a laptop: the page in the browser, and the token endpoint behind it."""

from typing import Annotated
from urllib.parse import urlencode, urlsplit

from fastapi import APIRouter, Form, Header, Query, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from sencoapp.council import oauth, sign_in_form
from sencoapp.council.api_routes import TheGateway
from sencoapp.council.gateway import Gateway
from sencoapp.council.limits import caller_of
from sencoapp.council.models import AuthorisationServer, TokenAnswer, TokenRefusal
from sencoapp.council.oauth import OAuthError, UntrustedRedirect
from sencoapp.council.pages import page
from sencoapp.council.problems import Problem, documented
from sencoapp.crypto.dpop import BadProof
from sencoapp.crypto.signatures import ALGORITHM

router = APIRouter()
_Asked = Annotated[str | None, Query(max_length=500)]


@router.get("/.well-known/oauth-authorization-server", summary="Where and how to sign in", operation_id="authorisation_server")
def authorisation_server(gateway: TheGateway) -> AuthorisationServer:
    base = gateway.settings.base_url
    return AuthorisationServer(
        issuer=base,
        authorization_endpoint=f"{base}/authorize",
        token_endpoint=f"{base}/token",
        response_types_supported=["code"],
        grant_types_supported=["authorization_code", "refresh_token"],
        code_challenge_methods_supported=["S256"],
        token_endpoint_auth_methods_supported=["none"],
        scopes_supported=[oauth.SCOPE],
        dpop_signing_alg_values_supported=[ALGORITHM],
        authorization_response_iss_parameter_supported=True,
    )


@router.get(
    "/authorize",
    summary="The page on which a person signs in",
    description=(
        "OAuth 2.0 authorisation code with PKCE. The challenge is required here, and plain is refused. The address to return "
        "to is http://127.0.0.1:{any port}/callback or http://[::1]:{any port}/callback. The answer carries iss (RFC 9207)."
    ),
    operation_id="authorize",
    response_class=HTMLResponse,
    responses={
        200: {"description": "The form."},
        303: {"description": "Back to the laptop with an error that it may know of."},
        400: {"description": "A page: the client or its address is not known, so nothing is sent there.", "content": {"text/html": {}}},
        **documented(422),
    },
)
def authorize(
    request: Request,
    gateway: TheGateway,
    response_type: _Asked = None,
    client_id: _Asked = None,
    redirect_uri: _Asked = None,
    code_challenge: _Asked = None,
    code_challenge_method: _Asked = None,
    state: _Asked = None,
    scope: _Asked = None,
    dpop_jkt: _Asked = None,
) -> Response:
    del response_type, client_id, redirect_uri, code_challenge, code_challenge_method, state, scope, dpop_jkt  # read together below
    try:
        asked = oauth.check_request(request.query_params)
    except UntrustedRedirect:
        return page(request, "refused.html", status=400, reason="error_untrusted_laptop")
    except OAuthError as trouble:
        return _back(gateway, request, {"error": trouble.error, "error_description": trouble.description})
    return sign_in_form.show(request, gateway, role="school", form_action=_may_lead_to(asked.redirect_uri))


@router.post("/authorize", include_in_schema=False)
def authorize_person(
    request: Request,
    gateway: TheGateway,
    username: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
    token: Annotated[str, Form()] = "",
) -> Response:
    try:
        asked = oauth.check_request(request.query_params)
    except UntrustedRedirect:
        return page(request, "refused.html", status=400, reason="error_untrusted_laptop")
    except OAuthError as trouble:
        return _back(gateway, request, {"error": trouble.error, "error_description": trouble.description})
    may_lead_to = _may_lead_to(asked.redirect_uri)
    try:
        person = sign_in_form.check(request, gateway, username, password, token, role="school")
    except Problem as trouble:
        return sign_in_form.too_many(request, gateway, trouble, role="school", username=username, form_action=may_lead_to)
    if isinstance(person, str):
        return sign_in_form.show(request, gateway, role="school", status=422, error=person, username=username, form_action=may_lead_to)
    return _back(gateway, request, {"code": gateway.grants.new_code(person.id, asked)})


@router.post(
    "/token",
    summary="A code or a refresh token for an access token",
    description="Needs a DPoP proof of the laptop's key (RFC 9449 5); the tokens are bound to it. Errors are those of RFC 6749 5.2.",
    operation_id="token",
    response_model_exclude_none=True,
    responses={400: {"model": TokenRefusal, "description": "Not granted."}, **documented(413, 422, 429)},
)
def token(
    request: Request,
    gateway: TheGateway,
    grant_type: Annotated[str, Form(description="authorization_code or refresh_token")] = "",
    client_id: Annotated[str, Form()] = "",
    code: Annotated[str, Form()] = "",
    redirect_uri: Annotated[str, Form()] = "",
    code_verifier: Annotated[str, Form()] = "",
    refresh_token: Annotated[str, Form()] = "",
    proof: Annotated[str | None, Header(alias="DPoP", description="A DPoP proof for this call.")] = None,
) -> TokenAnswer:
    gateway.per_token_caller.take(caller_of(request))
    if client_id != oauth.CLIENT:
        raise OAuthError("invalid_client", f"the client is {oauth.CLIENT}")
    try:
        key = gateway.proofs.check(proof, "POST", "/token").key
    except BadProof as trouble:
        raise OAuthError("invalid_dpop_proof", str(trouble)) from None
    if grant_type == "authorization_code":
        made = gateway.grants.exchange(code, redirect_uri, code_verifier, key, source=caller_of(request))
    elif grant_type == "refresh_token":
        made = gateway.grants.refresh(refresh_token, key)
    else:
        raise OAuthError("unsupported_grant_type", "authorization_code or refresh_token")
    return TokenAnswer(
        access_token=made.access_token,
        token_type="DPoP",  # noqa: S106 - the kind of token, not one
        expires_in=oauth.ACCESS_SECONDS,
        scope=oauth.SCOPE,
        refresh_token=made.refresh_token,
    )


async def token_refused(_: Request, trouble: Exception) -> Response:
    """RFC 6749 5.2."""
    assert isinstance(trouble, OAuthError)
    return JSONResponse({"error": trouble.error, "error_description": trouble.description}, 400)


def _back(gateway: Gateway, request: Request, answer: dict[str, str]) -> Response:
    """To the laptop's own address, with its state and our name (RFC 9207)."""
    state = request.query_params.get("state")
    parameters = {**answer, **({"state": state} if state else {}), "iss": gateway.settings.base_url}
    return RedirectResponse(f"{oauth.redirect_of(request.query_params)}?{urlencode(parameters)}", 303)


def _may_lead_to(redirect_uri: str) -> str:
    """Chromium follows a form's redirects with form-action in mind. CSP has no way to write an IPv6 address."""
    parts = urlsplit(redirect_uri)
    return "'self' http:" if parts.hostname == "::1" else f"'self' http://127.0.0.1:{parts.port}"
