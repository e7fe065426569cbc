"""The pages on which a council officer sees submissions and records what the council decides."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any
from urllib.parse import quote

import sqlalchemy as sa
from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import FileResponse, RedirectResponse, Response, StreamingResponse

from sencoapp import reference
from sencoapp.api.messages import DECISIONS, Manifest, check_manifest
from sencoapp.council import audit, cases, cookies, plain_words, sign_in_form, tables
from sencoapp.council.accounts import Person
from sencoapp.council.api_routes import TheGateway
from sencoapp.council.cases import NotFromHere
from sencoapp.council.gateway import Gateway, gateway_of
from sencoapp.council.limits import caller_of
from sencoapp.council.officers import form_token, is_form_token
from sencoapp.council.pages import FONTS, page, style_sheet
from sencoapp.council.problems import Problem

LONGEST_TEXT = 20_000
HOME = "/officer"
SIGN_IN = "/officer/sign-in"
_FOR_A_DAY = {"Cache-Control": "public, max-age=86400"}

router = APIRouter(include_in_schema=False)


class SignInFirst(Exception):
    """Nobody has signed in, in this browser."""


async def to_sign_in(_: Request, __: Exception) -> Response:
    return RedirectResponse(SIGN_IN, 303)


def _officer(request: Request) -> Person:
    gateway = gateway_of(request)
    found = gateway.sessions.officer(cookies.read(request, gateway, cookies.SESSION))
    if found is None:
        raise SignInFirst
    return found


Officer = Annotated[Person, Depends(_officer)]
Typed = Annotated[str, Form()]


def _genuine(request: Request, token: Typed = "") -> None:
    """A form that was sent from our own page: its token follows from the session cookie."""
    if not is_form_token(cookies.read(request, gateway_of(request), cookies.SESSION), token):
        raise Problem(403, "form_is_old")


Genuine = Depends(_genuine)


@router.get("/")
def door() -> Response:
    return RedirectResponse(HOME, 303)


@router.get("/static/council.css")
def styles() -> Response:
    return Response(style_sheet(), media_type="text/css", headers=_FOR_A_DAY)


@router.get("/static/{font}.ttf")
def font(font: str) -> Response:
    if font not in FONTS:
        raise Problem(404, "not_found")
    return FileResponse(reference.path_of("fonts", FONTS[font]), media_type="font/ttf", headers=_FOR_A_DAY)


@router.get(SIGN_IN)
def sign_in(request: Request, gateway: TheGateway) -> Response:
    return sign_in_form.show(request, gateway, role="officer")


@router.post(SIGN_IN)
def sign_in_officer(request: Request, gateway: TheGateway, username: Typed = "", password: Typed = "", token: Typed = "") -> Response:
    try:
        person = sign_in_form.check(request, gateway, username, password, token, role="officer")
    except Problem as trouble:
        return sign_in_form.too_many(request, gateway, trouble, role="officer", username=username)
    if isinstance(person, str):
        return sign_in_form.show(request, gateway, role="officer", status=422, error=person, username=username)
    answer = RedirectResponse(HOME, 303)
    cookies.put(answer, gateway, cookies.SESSION, gateway.sessions.begin(person))
    cookies.drop(answer, gateway, cookies.FORM)
    return answer


@router.post("/officer/sign-out", dependencies=[Genuine])
def sign_out(request: Request, gateway: TheGateway, _: Officer) -> Response:
    gateway.sessions.end(cookies.read(request, gateway, cookies.SESSION) or "", source=caller_of(request))
    answer = RedirectResponse(SIGN_IN, 303)
    cookies.drop(answer, gateway, cookies.SESSION)
    return answer


@router.get(HOME)
def list_submissions(request: Request, officer: Officer, gateway: TheGateway, show: str = "open") -> Response:
    submission, school = tables.submission, tables.school
    asked = sa.select(submission, school.c.name.label("school_name")).join(school).order_by(submission.c.received_at, submission.c.id)
    with gateway.database.reading() as connection:
        rows = list(connection.execute(asked).mappings())
    decided = [each for each in rows if each["status"] == "decided"]
    open_ones = [each for each in rows if each["status"] != "decided"]
    shown = [_row(gateway, each) for each in (decided if show == "decided" else open_ones)]
    counts = {"open": len(open_ones), "decided": len(decided)}
    return _page(request, officer, "submissions.html", rows=shown, counts=counts, show="decided" if show == "decided" else "open")


@router.get("/officer/submissions/{id}")
def one_submission(request: Request, officer: Officer, gateway: TheGateway, id: str, done: str = "") -> Response:
    with gateway.database.writing() as connection:
        audit.record(connection, who=officer.id, action="submission_read", what=id[:64], source=caller_of(request))
    return _submission_page(request, officer, gateway, id, done=reference.say(f"council.done_{done}") if done in _RECORDED else "")


@router.get("/officer/submissions/{id}/documents/{document}")
def download(request: Request, officer: Officer, gateway: TheGateway, id: str, document: str) -> Response:
    _, manifest = _find(gateway, id)
    found = next((each for each in manifest["documents"] if each["id"] == document), None)
    if found is None:
        raise Problem(404, "not_found")
    with gateway.database.writing() as connection:
        audit.record(connection, who=officer.id, action="document_read", what=f"{id} {document}"[:100], source=caller_of(request))
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(found['filename'], safe='')}",
        "Content-Length": str(found["bytes"]),
    }
    return StreamingResponse(gateway.files.joined(found["chunks"]), media_type=found["mediaType"], headers=headers)


@router.post("/officer/submissions/{id}/checking", dependencies=[Genuine])
def checking(request: Request, officer: Officer, gateway: TheGateway, id: str) -> Response:
    def step() -> None:
        cases.check_has_begun(gateway.database, officer, id, caller_of(request))

    return _step(request, officer, gateway, id, "checking", step, {})


@router.post("/officer/submissions/{id}/information", dependencies=[Genuine])
def information(request: Request, officer: Officer, gateway: TheGateway, id: str, text: Typed = "") -> Response:
    def step() -> None:
        cases.ask_for_information(gateway.database, officer, id, text.strip(), caller_of(request))

    errors = _lacks({"information_text": text})
    return _step(request, officer, gateway, id, "information", step, errors, {"information_text": text})


@router.post("/officer/submissions/{id}/message", dependencies=[Genuine])
def message(request: Request, officer: Officer, gateway: TheGateway, id: str, text: Typed = "") -> Response:
    def step() -> None:
        cases.write(gateway.database, officer, id, text.strip(), caller_of(request))

    return _step(request, officer, gateway, id, "message", step, _lacks({"message_text": text}), {"message_text": text})


@router.post("/officer/submissions/{id}/decision", dependencies=[Genuine])
def decision(request: Request, officer: Officer, gateway: TheGateway, id: str, decision: Typed = "", text: Typed = "") -> Response:
    chosen = next((each for each in DECISIONS if each == decision), None)
    errors = {} if chosen else {"decision_assess": reference.say("council.error_decision")}
    errors |= _lacks({"decision_text": text})

    def step() -> None:
        assert chosen is not None
        cases.decide(gateway.database, officer, id, chosen, text.strip(), caller_of(request))

    return _step(request, officer, gateway, id, "decision", step, errors, {"decision": decision, "decision_text": text})


_RECORDED = ("checking", "information", "message", "decision")


def _lacks(fields: dict[str, str]) -> dict[str, str]:
    """The fields that are empty or too long, each with its sentence."""
    found = {name: reference.say(f"council.error_{name}") for name, text in fields.items() if not text.strip()}
    return found | {
        name: reference.say("council.error_too_long", most=LONGEST_TEXT) for name, text in fields.items() if len(text) > LONGEST_TEXT
    }


def _step(
    request: Request,
    officer: Person,
    gateway: Gateway,
    id: str,
    name: str,
    step: Callable[[], None],
    errors: dict[str, str],
    typed: dict[str, str] | None = None,
) -> Response:
    """Takes the step and shows the page anew, or shows the page again with what is missing and what was typed."""
    _find(gateway, id)
    if not errors:
        try:
            step()
        except NotFromHere:
            errors = {"recorded": reference.say("council.error_moved_on")}
    if errors:
        return _submission_page(request, officer, gateway, id, errors=errors, typed=typed or {}, status=422)
    return RedirectResponse(f"/officer/submissions/{id}?done={name}", 303)


def _submission_page(
    request: Request,
    officer: Person,
    gateway: Gateway,
    id: str,
    *,
    status: int = 200,
    done: str = "",
    errors: dict[str, str] | None = None,
    typed: dict[str, str] | None = None,
) -> Response:
    row, manifest = _find(gateway, id)
    return _page(
        request,
        officer,
        "submission.html",
        status=status,
        row=_row(gateway, row),
        sections=plain_words.sections(manifest),
        needs=plain_words.needs(manifest),
        contacts=plain_words.contacts(manifest),
        provision=plain_words.provision(manifest),
        documents=plain_words.documents(manifest),
        events=[_event(each) for each in cases.events_of(gateway.database, id)],
        next=cases.NEXT[row["status"]],
        done=done,
        errors=errors or {},
        typed=typed or {},
    )


def _page(request: Request, officer: Person, template: str, *, status: int = 200, **values: Any) -> Response:
    word = cookies.read(request, gateway_of(request), cookies.SESSION) or ""
    return page(request, template, status=status, officer=officer, token=form_token(word), **values)


def _find(gateway: Gateway, id: str) -> tuple[sa.RowMapping, Manifest]:
    """Raises 404."""
    submission, school = tables.submission, tables.school
    asked = sa.select(submission, school.c.name.label("school_name")).join(school).where(submission.c.id == id)
    with gateway.database.reading() as connection:
        row = connection.execute(asked).mappings().first()
    if row is None:
        raise Problem(404, "not_found")
    return row, check_manifest(row["manifest"])


def _row(gateway: Gateway, row: sa.RowMapping) -> dict[str, Any]:
    manifest = check_manifest(row["manifest"])
    today = plain_words.day_in_england(datetime.fromtimestamp(gateway.clock(), plain_words.ENGLAND).isoformat())
    return {
        "id": row["id"],
        "pupil": plain_words.pupil_name(manifest),
        "school": row["school_name"],
        "received": plain_words.moment_in_words(row["received_at"]),
        "received_day": plain_words.full_day(row["received_at"]),
        "clock": plain_words.statutory_clock(row["received_at"], row["decided_at"], today),
        "status": row["status"],
        "status_words": reference.say(f"council.status_{row['status']}"),
        "decision_words": reference.say(f"council.decision_{row['decision']}") if row["decision"] else "",
        "manifest_sha256": row["manifest_sha256"],
    }


def _event(row: sa.RowMapping) -> dict[str, str]:
    decided = reference.say(f"council.decision_{row['decision']}") if row["decision"] else ""
    return {
        "at": plain_words.moment_in_words(row["at"]),
        "title": decided or reference.say(f"council.event_{row['kind']}"),
        "text": row["text"] or "",
        "by": row["officer"],
    }
