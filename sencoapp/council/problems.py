"""How the gateway says no: ``application/problem+json`` (RFC 9457), in plain words, without anything that was sent."""

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from sencoapp import reference
from sencoapp.crypto.signatures import ALGORITHM

TYPE = "urn:sencoapp:problem:"
MEDIA_TYPE = "application/problem+json"
_BY_STATUS = {400: "not_understood", 404: "not_found", 405: "not_allowed", 413: "too_large", 415: "not_understood"}


class ProblemDetail(BaseModel):
    """RFC 9457. ``pointer`` (RFC 6901) says where in what was sent the trouble lies."""

    type: str = Field(examples=[TYPE + "not-found"])
    title: str
    status: int
    detail: str | None = None
    pointer: str | None = None
    missing: int | None = Field(None, description="How many of the pieces are not here yet.")


class Problem(HTTPException):
    """A refusal. ``key`` names it in ``resources/wording/council.toml`` (``problem_KEY``) and, with hyphens, in its ``type``."""

    def __init__(self, status: int, key: str, *, headers: Mapping[str, str] | None = None, **members: Any) -> None:
        super().__init__(status, key, dict(headers or {}))
        self.key = key
        self.members = members


def sign_in_needed(error: str | None = None) -> Problem:
    """401 as RFC 9449 7.1 wants it. ``error`` is ``invalid_token`` or ``invalid_dpop_proof``; none where no token was sent."""
    challenge = f'DPoP algs="{ALGORITHM}"' + (f', error="{error}"' if error else "")
    return Problem(401, "sign_in_needed", headers={"WWW-Authenticate": challenge})


def wait(seconds: float) -> Problem:
    """429, and how long to wait."""
    return Problem(429, "too_many", headers={"Retry-After": str(max(1, round(seconds)))})


def response(problem: Problem) -> Response:
    body = {
        "type": TYPE + problem.key.replace("_", "-"),
        "title": reference.say(f"council.problem_{problem.key}"),
        "status": problem.status_code,
        **problem.members,
    }
    return JSONResponse(body, problem.status_code, headers=problem.headers, media_type=MEDIA_TYPE)


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """These refusals, for the contract."""
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemDetail"}}}
    return {each: {"description": reference.say(f"council.status_{each}"), "content": content} for each in sorted(statuses)}


def answer_with_problems(app: FastAPI) -> None:
    """Every refusal of the app, also those of the framework, becomes a problem document."""

    async def refused(_: Request, trouble: Exception) -> Response:
        if isinstance(trouble, Problem):
            return response(trouble)
        assert isinstance(trouble, HTTPException)
        known = Problem(trouble.status_code, _BY_STATUS.get(trouble.status_code, "not_understood"), headers=trouble.headers)
        return response(known)

    async def not_as_agreed(_: Request, trouble: Exception) -> Response:
        assert isinstance(trouble, RequestValidationError)
        where = next(iter(trouble.errors()), {"loc": ()})["loc"]
        return response(Problem(422, "not_as_agreed", pointer="/" + "/".join(map(str, where))))

    async def ours(_: Request, __: Exception) -> Response:
        return response(Problem(500, "ours"))

    app.add_exception_handler(HTTPException, refused)
    app.add_exception_handler(RequestValidationError, not_as_agreed)
    app.add_exception_handler(Exception, ours)
