"""The gateway as an ASGI application, and the contract that it keeps."""

from fastapi import FastAPI

from sencoapp.api.messages import API_VERSION
from sencoapp.council import api_routes, oauth_routes, officer_routes
from sencoapp.council.contract import contract
from sencoapp.council.gateway import Gateway
from sencoapp.council.headers import SafeHeaders
from sencoapp.council.limits import BodyCap
from sencoapp.council.oauth import OAuthError
from sencoapp.council.officer_routes import SignInFirst
from sencoapp.council.problems import answer_with_problems

_ABOUT = """\
How a school's laptop submits requests to a council, and how the council's replies come back.

Sign in with OAuth 2.0 (authorisation code, PKCE, loopback redirect); every call after that carries an access token and
a DPoP proof (RFC 9449). Send the pieces of the documents, then the manifest. Everything may be sent again: pieces are
named by their SHA-256, a submission by an id that the laptop made. Errors are problem documents (RFC 9457); those of
/token are OAuth's own. Readers must let members through that they do not know.
"""


def create_app(gateway: Gateway | None) -> FastAPI:
    """The application for a gateway; without one, only its contract can be asked for."""
    app = FastAPI(title="Council gateway", version=API_VERSION, description=_ABOUT, docs_url=None, redoc_url=None)
    app.state.gateway = gateway
    for each in (api_routes, oauth_routes, officer_routes):
        app.include_router(each.router)
    answer_with_problems(app)
    app.add_exception_handler(OAuthError, oauth_routes.token_refused)
    app.add_exception_handler(SignInFirst, officer_routes.to_sign_in)
    app.add_middleware(BodyCap)
    app.add_middleware(SafeHeaders, secure=gateway is not None and gateway.settings.secure)
    app.openapi = lambda: contract(app)  # type: ignore[method-assign]
    return app
