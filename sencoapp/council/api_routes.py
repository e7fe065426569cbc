"""The API under ``/v1``, and what watches the gateway. The contract is ``resources/openapi/council.yaml``."""

import shutil
from datetime import UTC, datetime
from typing import Annotated, Any

import sqlalchemy as sa
from fastapi import APIRouter, Depends, Header, Query, Request, Response

from sencoapp.api import messages
from sencoapp.api.shapes import schema
from sencoapp.council import cases, submissions
from sencoapp.council.access import SignedIn
from sencoapp.council.database import set_note
from sencoapp.council.gateway import Gateway, gateway_of
from sencoapp.council.limits import ChunkBody, ManifestBody, caller_of
from sencoapp.council.models import (
    Acknowledged,
    Capabilities,
    ChunkKept,
    ChunksAsked,
    ChunksMissing,
    Digest,
    Event,
    Events,
    Health,
    Limits,
    PublicKey,
    SubmissionId,
    SubmissionKept,
)
from sencoapp.council.problems import Problem, documented

MIN_CLIENT = "0.1.0"
LEAST_FREE_SHARE = 0.1
LEAST_FREE_BYTES = 5 * 1024**3

router = APIRouter()
TheGateway = Annotated[Gateway, Depends(gateway_of)]
_BYTES = {"application/octet-stream": {"schema": {"type": "string", "format": "binary", "maxLength": messages.CHUNK_BYTES}}}
_MANIFEST = {"application/json": {"schema": schema(messages.Manifest)}}


@router.get("/v1/capabilities", summary="What this gateway is and takes", operation_id="capabilities")
def capabilities(gateway: TheGateway) -> Capabilities:
    return Capabilities(
        api=messages.API_VERSION,
        min_client=MIN_CLIENT,
        council=gateway.settings.council,
        time=datetime.fromtimestamp(gateway.clock(), UTC).isoformat(timespec="seconds"),
        limits=Limits(
            chunk_bytes=messages.CHUNK_BYTES,
            file_bytes=messages.FILE_BYTES,
            manifest_bytes=messages.MANIFEST_BYTES,
            documents=messages.DOCUMENTS,
            chunks_per_question=messages.CHUNKS_PER_QUESTION,
            events_per_page=messages.EVENTS_PER_PAGE,
        ),
        receipt_key=PublicKey.model_validate(gateway.receipts.public_key),
    )


@router.post(
    "/v1/chunks/missing", summary="Which pieces are not here yet", operation_id="missing_chunks", responses=documented(401, 413, 422)
)
def missing_chunks(caller: SignedIn, gateway: TheGateway, asked: ChunksAsked) -> ChunksMissing:
    return ChunksMissing(missing=submissions.missing_chunks(gateway, caller.school, asked.sha256))


@router.put(
    "/v1/chunks/{sha256}",
    summary="Send a piece of a file",
    description="At most 1 MiB, named by its SHA-256. It is hashed again here. Sending it twice is sending it once.",
    operation_id="put_chunk",
    status_code=201,
    responses={200: {"model": ChunkKept, "description": "It was here already."}, **documented(401, 413, 422)},
    openapi_extra={"requestBody": {"required": True, "content": _BYTES}},
)
def put_chunk(caller: SignedIn, sha256: Digest, content: ChunkBody, gateway: TheGateway, request: Request, response: Response) -> ChunkKept:
    is_new = submissions.keep_chunk(gateway, caller, sha256, content, caller_of(request))
    response.status_code = 201 if is_new else 200
    return ChunkKept(sha256=sha256, size=len(content))


@router.get(
    "/v1/chunks/{sha256}",
    summary="Read a piece that this school sent",
    operation_id="get_chunk",
    response_class=Response,
    responses={200: {"content": _BYTES, "description": "The piece."}, **documented(401, 404, 422)},
)
def get_chunk(caller: SignedIn, sha256: Digest, gateway: TheGateway) -> Response:
    return Response(submissions.read_chunk(gateway, caller.school, sha256), media_type="application/octet-stream")


@router.put(
    "/v1/submissions/{submission}",
    summary="Submit",
    description=(
        "The body is the manifest as canonical JSON: sorted keys, no spaces, UTF-8. The pieces of its documents come first. "
        "The answer holds the signed receipt, whose time starts the statutory six weeks. The same manifest again is answered "
        "with the very same receipt, another one under the same id with 409."
    ),
    operation_id="submit",
    status_code=201,
    responses={
        200: {"model": SubmissionKept, "description": "It was here already: the very same receipt."},
        **documented(401, 404, 409, 413, 422, 428),
    },
    openapi_extra={"requestBody": {"required": True, "content": _MANIFEST}},
)
def submit(
    caller: SignedIn,
    submission: SubmissionId,
    content: ManifestBody,
    gateway: TheGateway,
    request: Request,
    response: Response,
    if_none_match: Annotated[str | None, Header(alias="If-None-Match", description="Must be *.")] = None,
) -> SubmissionKept:
    if if_none_match != "*":
        raise Problem(428, "if_none_match_needed")
    found, is_new = submissions.receive(gateway, caller, submission, content, caller_of(request))
    response.status_code = 201 if is_new else 200
    response.headers["Location"] = f"/v1/submissions/{submission}"
    return _shown(found)


@router.get(
    "/v1/submissions/{submission}",
    summary="Read a submission of this school",
    operation_id="get_submission",
    responses=documented(401, 404, 422),
)
def get_submission(caller: SignedIn, submission: SubmissionId, gateway: TheGateway) -> SubmissionKept:
    return _shown(submissions.find(gateway, caller.school, submission))


@router.get(
    "/v1/events",
    summary="What the council has recorded since",
    description="In order of seq, which is dense for each school. Ask again with next_after while has_more is true.",
    operation_id="events",
    responses=documented(401, 422),
)
def events(caller: SignedIn, gateway: TheGateway, after: Annotated[int, Query(ge=0, le=2**62)] = 0) -> Events:
    found, has_more = cases.events_after(gateway.database, caller.school, after)
    shown = [Event.model_validate(dict(each)) for each in found]
    return Events(events=shown, next_after=shown[-1].seq if shown else after, has_more=has_more)


@router.post("/v1/events/ack", summary="Say what was taken in", operation_id="acknowledge", responses=documented(401, 413, 422))
def acknowledge(caller: SignedIn, gateway: TheGateway, asked: Acknowledged) -> Acknowledged:
    return Acknowledged(through=cases.acknowledge(gateway.database, caller.school, asked.through))


@router.get("/healthz", summary="Is the process alive", operation_id="healthz")
def healthz() -> Health:
    return Health(status="ok")


@router.get("/readyz", summary="Can it write, and is there room", operation_id="readyz", responses=documented(503))
def readyz(gateway: TheGateway) -> Health:
    disk = shutil.disk_usage(gateway.settings.data)
    try:
        with gateway.database.writing() as connection:
            set_note(connection, "probe", datetime.now(UTC).isoformat(timespec="seconds"))
    except sa.exc.SQLAlchemyError:
        raise Problem(503, "not_ready", headers={"Retry-After": "30"}) from None
    if disk.free < min(LEAST_FREE_BYTES, disk.total * LEAST_FREE_SHARE):
        raise Problem(503, "not_ready", headers={"Retry-After": "300"})
    return Health(status="ok")


def _shown(row: Any) -> SubmissionKept:
    return SubmissionKept.model_validate({name: row[name if name != "submission" else "id"] for name in SubmissionKept.model_fields})
