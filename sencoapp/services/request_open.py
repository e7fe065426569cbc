"""Whether anything of a request can still be written; withdrawn by the school, and taken up again."""

from sencoapp.domain.casework import Request
from sencoapp.domain.record import Amend, Saved
from sencoapp.domain.refusals import Refusal
from sencoapp.services.changes import must_get
from sencoapp.services.pack_variants import packs_of
from sencoapp.services.ports import Record, Session
from sencoapp.services.request_cases import begun_again, standing_of


def must_be_open(record: Record, request: str) -> Request:
    """Raises ``Refusal``: ``no_longer_there``, ``request_is_sent``, ``request_is_withdrawn``."""
    found = must_get(record, Request, request)
    if found.state in ("sent", "decided"):
        raise Refusal("request_is_sent")
    if found.state == "withdrawn":
        raise Refusal("request_is_withdrawn")
    return found


def withdraw_request(session: Session, request: str) -> Saved:
    """The school no longer asks. A request that was sent is withdrawn with the council, not here."""
    must_be_open(session.record, request)
    return session.record.save([Amend(Request, request, {"state": "withdrawn"})], action="withdraw_request", actor=session.actor)


def reopen_request(session: Session, request: str) -> Saved:
    """Takes a withdrawal back; of one that had gone, its case is open again with it.

    Raises ``Refusal("request_is_open_already")`` where another one was begun meanwhile.
    """
    record = session.record
    found = must_get(record, Request, request)
    if found.state != "withdrawn":
        return Saved(record.position())
    standing = standing_of(record, found)
    if standing.case is not None and standing.counted_from is not None:
        return record.save(begun_again(session, standing.case), action="reopen_request", actor=session.actor)
    if any(each.state in ("draft", "frozen") and each.form == found.form for each in record.find(Request, pupil=found.pupil)):
        raise Refusal("request_is_open_already")
    state = "frozen" if packs_of(record, request) else "draft"
    return record.save([Amend(Request, request, {"state": state})], action="reopen_request", actor=session.actor)
