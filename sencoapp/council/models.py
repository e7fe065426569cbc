"""The answers of the API, as the contract describes them."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from sencoapp.api.messages import CHUNKS_PER_QUESTION, SHA256, SUBMISSION_ID, Decision, EventKind, Status

Digest = Annotated[str, Field(pattern=f"^{SHA256}$", min_length=64, max_length=64)]
SubmissionId = Annotated[str, Field(pattern=f"^{SUBMISSION_ID}$", min_length=32, max_length=32)]


class Limits(BaseModel):
    """What the gateway takes at most, in bytes and in numbers."""

    chunk_bytes: int
    file_bytes: int
    manifest_bytes: int
    documents: int
    chunks_per_question: int
    events_per_page: int


class PublicKey(BaseModel):
    """An Ed25519 key as a JWK (RFC 8037); ``kid`` is its thumbprint (RFC 7638)."""

    kty: Literal["OKP"]
    crv: Literal["Ed25519"]
    x: str
    kid: str
    alg: Literal["Ed25519"]
    use: Literal["sig"]


class Capabilities(BaseModel):
    """What a laptop needs to know before it signs in. It pins ``receipt_key`` at its first sign-in."""

    api: str
    min_client: str
    council: str
    time: str = Field(description="The gateway's clock. Laptops correct the time in their proofs by it.")
    limits: Limits
    receipt_key: PublicKey


class ChunksAsked(BaseModel):
    """Names of pieces: the SHA-256 of their content."""

    sha256: Annotated[list[Digest], Field(max_length=CHUNKS_PER_QUESTION)]


class ChunksMissing(BaseModel):
    """Those of the pieces asked after that this school has not sent yet."""

    missing: list[Digest]


class ChunkKept(BaseModel):
    sha256: Digest
    size: int


class SubmissionKept(BaseModel):
    """A submission. ``receipt`` is a compact JWS; its ``received_at`` starts the statutory six weeks."""

    submission: SubmissionId
    manifest_sha256: Digest
    received_at: str
    receipt: str
    status: Status = Field(description="Show a word that you do not know as it is: there may be more of them one day.")
    decision: Decision | None = None


class Event(BaseModel):
    """Something that the council recorded. ``seq`` is dense for each school."""

    seq: int
    submission: SubmissionId
    kind: EventKind
    at: str
    status: Status | None = None
    decision: Decision | None = None
    text: str | None = None


class Events(BaseModel):
    events: list[Event]
    next_after: int
    has_more: bool


class Acknowledged(BaseModel):
    """Up to which event the school has taken them in."""

    through: Annotated[int, Field(ge=0, le=2**62)]


class Health(BaseModel):
    status: Literal["ok"]


class TokenAnswer(BaseModel):
    """RFC 6749 5.1. A refresh gives no new refresh token: it is bound to the laptop's key and not rotated."""

    access_token: str
    token_type: Literal["DPoP"]
    expires_in: int
    scope: str
    refresh_token: str | None = None


class TokenRefusal(BaseModel):
    """RFC 6749 5.2, RFC 9449 5."""

    error: Literal["invalid_request", "invalid_client", "invalid_grant", "unsupported_grant_type", "invalid_dpop_proof"]
    error_description: str | None = None


class AuthorisationServer(BaseModel):
    """RFC 8414, RFC 9207, RFC 9449."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    response_types_supported: list[str]
    grant_types_supported: list[str]
    code_challenge_methods_supported: list[str]
    token_endpoint_auth_methods_supported: list[str]
    scopes_supported: list[str]
    dpop_signing_alg_values_supported: list[str]
    authorization_response_iss_parameter_supported: bool
