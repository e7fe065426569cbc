"""The form that asks who someone is: the same for a school's laptop and for an officer."""

from typing import Any

from fastapi import Request, Response

from sencoapp import reference
from sencoapp.council import cookies
from sencoapp.council.accounts import Person, Role
from sencoapp.council.gateway import Gateway
from sencoapp.council.limits import caller_of
from sencoapp.council.officers import form_token, is_form_token, new_form_word
from sencoapp.council.pages import page
from sencoapp.council.problems import Problem


def show(request: Request, gateway: Gateway, *, role: Role, status: int = 200, error: str | None = None, **values: Any) -> Response:
    """The empty form, or the form again with what went wrong. The password is never sent back."""
    word = cookies.read(request, gateway, cookies.FORM) or new_form_word()
    shown = {"username": "", **values, "role": role, "error": error, "token": form_token(word)}
    answer = page(request, "sign_in.html", status=status, **shown)
    cookies.put(answer, gateway, cookies.FORM, word)
    return answer


def check(request: Request, gateway: Gateway, username: str, password: str, token: str, *, role: Role) -> Person | str:
    """The person, or the sentence that says why not. Raises 429 for too many tries."""
    if not is_form_token(cookies.read(request, gateway, cookies.FORM), token):
        return reference.say("council.error_form_is_old")
    tries = ((gateway.per_address, caller_of(request)), (gateway.per_username, username.casefold()))
    for bucket, caller in tries:
        bucket.check(caller)
    if not username or not password:
        return reference.say("council.error_both_needed")
    person = gateway.accounts.who_is(username[:200], password[:1000], role=role, source=caller_of(request))
    if person is None:
        for bucket, caller in tries:
            bucket.take(caller)
    return person or reference.say(f"council.error_sign_in_{role}")


def too_many(request: Request, gateway: Gateway, trouble: Problem, *, role: Role, **values: Any) -> Response:
    """The form again, for someone who tried too often."""
    answer = show(request, gateway, role=role, status=429, error=reference.say("council.error_too_many"), **values)
    answer.headers.update(trouble.headers or {})
    return answer
