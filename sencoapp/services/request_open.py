"""Whether anything of a request can still be written."""

from sencoapp.domain.casework import Request
from sencoapp.domain.refusals import Refusal
from sencoapp.services.changes import must_get
from sencoapp.services.ports import Record


def must_be_open(record: Record, request: str) -> Request:
    """Raises ``Refusal``: ``no_longer_there``, ``request_is_sent``, ``request_is_withdrawn``."""
    found = must_get(record, Request, request)
    if found.state in ("sent", "decided"):
        raise Refusal("request_is_sent")
    if found.state == "withdrawn":
        raise Refusal("request_is_withdrawn")
    return found
