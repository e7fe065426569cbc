"""The ``Council`` port over HTTP: signed in, repeatable, and believing no receipt that the council did not sign."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any, NotRequired, TypedDict
from urllib.parse import quote

from sencoapp import __version__
from sencoapp.api.messages import API_VERSION, CHUNKS_PER_QUESTION, FILE_BYTES, RECEIPT_KIND, Digest, Moment, ReceiptClaims
from sencoapp.api.shapes import Items, ShapeError, Text, Whole, check
from sencoapp.crypto.signatures import BadSignature, verify
from sencoapp.domain.refusals import Fault
from sencoapp.services.ports import CouncilReply, Receipt
from sencoapp.sync.sign_in import OpenUrl, checked_key, refreshed, sign_in
from sencoapp.sync.tokens import Grant, Proven
from sencoapp.sync.transport import Answer, Transport, host_of

_Word = Annotated[str, Text(most=60_000, least=0)]


class _Missing(TypedDict):
    missing: Annotated[list[Digest], Items(most=CHUNKS_PER_QUESTION)]


class _Event(TypedDict):
    seq: Annotated[int, Whole(1, 2**62)]
    submission: _Word
    kind: _Word
    at: Moment
    status: NotRequired[_Word]
    decision: NotRequired[_Word]
    text: NotRequired[_Word]


class _Events(TypedDict):
    events: Annotated[list[Any], Items(most=10_000)]
    has_more: bool


class CouncilClient:
    """This laptop at one gateway. Signs in when it must, through ``open_url``; ``keep`` is given each new grant to store.

    Without ``open_url`` it raises ``Fault("council_sign_in_again")`` where a person is needed. Every method may raise
    the faults of ``transport`` and ``sign_in``, and every method may be called again.
    """

    def __init__(
        self,
        transport: Transport,
        grant: Grant | None,
        keep: Callable[[Grant], None],
        *,
        open_url: OpenUrl | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> None:
        self._transport, self._grant, self._keep = transport, grant, keep
        self._open_url, self._cancelled = open_url, cancelled
        self._receipt_key: dict[str, str] | None = None
        self._council = host_of(transport.gateway)

    def grant(self) -> Grant:
        """The sign-in that the next question will use: signs in now where the person must."""
        return self._current_grant()

    def missing_chunks(self, digests: Sequence[str]) -> list[str]:
        """Those that the council does not hold yet, in the order given."""
        missing: set[str] = set()
        for start in range(0, len(digests), CHUNKS_PER_QUESTION):
            asked = {"sha256": list(digests[start : start + CHUNKS_PER_QUESTION])}
            said = self._expect(self._ask("POST", "/v1/chunks/missing", json=asked), 200)
            missing.update(self._shaped(said, _Missing)["missing"])
        return [each for each in digests if each in missing]

    def put_chunk(self, digest: str, content: bytes) -> None:
        """Sends one piece, at most 1 MiB."""
        headers = {"Content-Type": "application/octet-stream"}
        self._expect(self._ask("PUT", f"/v1/chunks/{digest}", data=content, headers=headers), 200, 201)

    def submit(self, submission: str, manifest: bytes) -> Receipt:
        """Sends the manifest; sent again, the answer is the same receipt. Its signature and what it is for are checked.

        Raises ``Fault("council_receipt_wrong")``, ``council_has_another``, ``council_lacks_pieces``,
        ``council_file_too_large``, ``council_rejects``.
        """
        headers = {"Content-Type": "application/json", "If-None-Match": "*"}
        said = self._expect(self._ask("PUT", f"/v1/submissions/{quote(submission)}", data=manifest, headers=headers), 200, 201)
        return self._receipt(said.get("receipt"), submission, hashlib.sha256(manifest).hexdigest())

    def replies(self, after: int) -> list[CouncilReply]:
        """Everything that the council recorded after the event with this number, in order."""
        found: list[CouncilReply] = []
        while True:
            position = found[-1].seq if found else after
            said = self._shaped(self._expect(self._ask("GET", f"/v1/events?after={position}"), 200), _Events)
            page = [self._reply(each) for each in said["events"]]
            if [each.seq for each in page] != list(range(position + 1, position + 1 + len(page))):
                raise Fault("council_nonsense", council=self._council)  # a gap would be a reply lost
            found += page
            if not said["has_more"] or not page:
                break
        if after:
            self._acknowledge(after)
        return found

    def close(self) -> None:
        self._transport.close()

    def _acknowledge(self, through: int) -> None:
        """What was asked for after is kept here. A council that was restored from a backup may know less: no harm."""
        answer = self._ask("POST", "/v1/events/ack", json={"through": through})
        if answer.status != 422:
            self._expect(answer, 200)

    def _ask(self, method: str, path: str, **body: Any) -> Answer:
        """Signed in, and once more where the token or the clock had to be put right."""
        grant = self._current_grant()
        answer = self._send(grant, method, path, body)
        if answer.status != 401:
            return answer
        if "invalid_dpop_proof" not in answer.headers.get("WWW-Authenticate", ""):
            grant = self._renewed(grant)
        answer = self._send(grant, method, path, body)
        if answer.status == 401:
            answer = self._send(self._signed_in(), method, path, body)
        return answer

    def _send(self, grant: Grant, method: str, path: str, body: dict[str, Any]) -> Answer:
        proven = Proven(grant.device_key, grant.access_token, self._transport.now)
        return self._transport.ask(method, path, auth=proven, **body)

    def _current_grant(self) -> Grant:
        if self._receipt_key is None:
            self._receipt_key = self._check_gateway()
        if self._grant is None:
            return self._signed_in()
        if self._grant.expires_at <= self._transport.now():
            return self._renewed(self._grant)
        return self._grant

    def _renewed(self, grant: Grant) -> Grant:
        found = refreshed(self._transport, grant)
        return self._signed_in() if found is None else self._kept(found)

    def _signed_in(self) -> Grant:
        if self._open_url is None:
            raise Fault("council_sign_in_again", council=self._council)
        assert self._receipt_key is not None
        pinned = self._grant.receipt_key if self._grant else self._receipt_key
        key = self._grant.device_key if self._grant else None
        made = sign_in(self._transport, self._open_url, receipt_key=pinned, device_key=key, cancelled=self._cancelled)
        return self._kept(made)

    def _kept(self, grant: Grant) -> Grant:
        self._grant = grant
        self._keep(grant)
        return grant

    def _check_gateway(self) -> dict[str, str]:
        """Asks what the gateway is, before anything else; learns its time by the way. Returns the key of its receipts.

        Raises ``Fault("council_needs_newer")`` and ``Fault("council_key_changed")``.
        """
        said = self._expect(self._transport.ask("GET", "/v1/capabilities"), 200)
        api, least = str(said.get("api", "")), str(said.get("min_client", "0"))
        if api.partition(".")[0] != API_VERSION.partition(".")[0] or _numbers(least) > _numbers(__version__):
            raise Fault("council_needs_newer", council=self._council)
        key = checked_key(said.get("receipt_key"), self._transport.gateway)
        if self._grant is not None and self._grant.receipt_key.get("x") != key["x"]:
            raise Fault("council_key_changed", council=self._council)
        return key

    def _expect(self, answer: Answer, *statuses: int) -> dict[str, Any]:
        """The answer's object, or the fault that its status stands for."""
        if answer.status in statuses:
            return answer.object()
        problem = _problem(answer)
        if answer.status == 422:
            raise self._rejected(problem)
        keys = {
            401: "council_sign_in_again",
            403: "council_forbids",
            404: "council_does_not_have_it",
            409: "council_has_another",
            413: "council_too_large",
            426: "council_needs_newer",
        }
        raise Fault(keys.get(answer.status, "council_nonsense"), council=self._council)

    def _rejected(self, problem: Mapping[str, Any]) -> Fault:
        kind, pointer = str(problem.get("type", "")), str(problem.get("pointer", ""))
        if kind.endswith("chunks-missing"):
            return Fault("council_lacks_pieces", council=self._council)
        if pointer.startswith("/documents/") and pointer.endswith(("/bytes", "/chunks")):
            return Fault("council_file_too_large", council=self._council, most=FILE_BYTES >> 20)
        return Fault("council_rejects", council=self._council, where=pointer or "/")

    def _receipt(self, jws: object, submission: str, digest: str) -> Receipt:
        assert self._grant is not None
        try:
            claims = verify(str(jws), self._grant.receipt_key, RECEIPT_KIND)
            check(claims, ReceiptClaims)
        except (BadSignature, ShapeError):
            raise Fault("council_receipt_wrong", council=self._council) from None
        if (claims["submission"], claims["manifest_sha256"]) != (submission, digest):
            raise Fault("council_receipt_wrong", council=self._council)
        return Receipt(str(jws), submission, digest, datetime.fromisoformat(claims["received_at"]))

    def _reply(self, value: object) -> CouncilReply:
        present = {name: each for name, each in value.items() if each is not None} if isinstance(value, dict) else value
        event = self._shaped(present, _Event)
        return CouncilReply(
            seq=event["seq"],
            submission=event["submission"],
            kind=event["kind"],
            at=datetime.fromisoformat(event["at"]),
            status=event.get("status"),
            decision=event.get("decision"),
            text=event.get("text"),
        )

    def _shaped(self, value: Any, shape: Any) -> Any:
        try:
            check(value, shape)
        except ShapeError:
            raise Fault("council_nonsense", council=self._council) from None
        return value


def connect(
    gateway: str,
    kept: Mapping[str, Any] | None,
    keep: Callable[[dict[str, Any]], None],
    *,
    open_url: OpenUrl | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> CouncilClient:
    """A client for a gateway by its address. ``kept`` is what ``keep`` was last given for it, or None.

    Nothing goes over the network until the first call. Raises ``Fault`` for an address that cannot be a gateway's.
    """
    transport = Transport(gateway)
    grant = Grant.from_plain(kept) if kept else None

    def keep_plain(new: Grant) -> None:
        keep(new.as_plain())

    return CouncilClient(transport, grant, keep_plain, open_url=open_url, cancelled=cancelled)


def _problem(answer: Answer) -> Mapping[str, Any]:
    try:
        return answer.object()
    except Fault:
        return {}


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(each) for each in version.split(".") if each.isdigit())
