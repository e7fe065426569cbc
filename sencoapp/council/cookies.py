"""The two cookies: one that ties a form to its browser before anyone has signed in, one for an officer's session."""

from fastapi import Request, Response

from sencoapp.council.gateway import Gateway
from sencoapp.council.officers import SESSION_SECONDS

FORM = "form"
SESSION = "session"
_FORM_SECONDS = 3600


def read(request: Request, gateway: Gateway, name: str) -> str | None:
    return request.cookies.get(_full(gateway, name))


def put(response: Response, gateway: Gateway, name: str, word: str) -> None:
    """Not for scripts, not from other sites, and over TLS only where there is TLS."""
    seconds = SESSION_SECONDS if name == SESSION else _FORM_SECONDS
    response.set_cookie(
        _full(gateway, name), word, max_age=seconds, path="/", secure=gateway.settings.secure, httponly=True, samesite="strict"
    )


def drop(response: Response, gateway: Gateway, name: str) -> None:
    response.delete_cookie(_full(gateway, name), path="/", secure=gateway.settings.secure, httponly=True, samesite="strict")


def _full(gateway: Gateway, name: str) -> str:
    # With this beginning a browser takes the cookie over TLS from this host alone.
    return f"__Host-senco-{name}" if gateway.settings.secure else f"senco-{name}"
