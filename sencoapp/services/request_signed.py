"""Whether the head teacher has signed a request off, and whether it still says what it said then."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from sencoapp.domain.casework import SignOff
from sencoapp.domain.snapshot import PackSnapshot
from sencoapp.services.ports import Record

_OCCASION = ("version", "made_on", "made_by", "made_by_role", "deadlines", "open_sha256", "crest")
_NOT_SIGNED = frozenset({"format", "council", "form", *_OCCASION})
"""What a newer version of the program may word otherwise, and what is another at each making: nobody signs for that."""


def sign_off_of(record: Record, request: str) -> SignOff | None:
    """The newest sign-off of a request that was not taken back."""
    found = record.find(SignOff, request=request)
    return found[-1] if found else None


def digest_of(snapshot: Mapping[str, Any]) -> str:
    """SHA-256 over what a request says. Fields that are empty do not count, so that a new one changes nothing."""
    said = {name: value for name, value in snapshot.items() if name not in _NOT_SIGNED}
    said["request"] = {name: value for name, value in snapshot["request"].items() if name not in ("state", "signed_off", "form_version")}
    papers = {each["id"] for each in snapshot["evidence"]}  # of one that is kept from whoever reads this there is a bare id
    said["evidence"] = [_as_signed(each) for each in snapshot["evidence"]]
    said["request"]["evidence"] = [each for each in snapshot["request"].get("evidence", ()) if each in papers]
    plain = json.dumps(_filled(json.loads(json.dumps(said))), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


def signed_for(snapshot: Mapping[str, Any]) -> str:
    """SHA-256 over what a head teacher signs for: what the request says without its confidential evidence.

    Whoever signs need not be a reader of that, and a signature that covers it could not be compared by one who is not.
    """
    return str(snapshot.get("open_sha256") or digest_of(snapshot))


def says_what_was_signed(snapshot: Mapping[str, Any], signed: SignOff | None) -> bool:
    """Whether it says what was signed. Evidence that was open when it was signed and is confidential now has not changed."""
    return signed is not None and signed.content_sha256 in (signed_for(snapshot), digest_of(snapshot))


def with_sign_off(snapshot: PackSnapshot, signed: SignOff | None) -> PackSnapshot:
    """The snapshot saying who signed it off, where they signed what it says now."""
    if signed is None or not says_what_was_signed(snapshot, signed):
        return snapshot
    told = {"by": signed.signed_by, "role": signed.signed_role, "on": signed.signed_on.isoformat(), "on_paper": signed.on_paper}
    return {**snapshot, "request": {**snapshot["request"], "signed_off": told}}


def without_occasion(snapshot: Mapping[str, Any]) -> dict[str, Any]:
    """What a pack says, but for the day, the person and where the request stands."""
    kept = {name: value for name, value in snapshot.items() if name not in _OCCASION}
    kept["evidence"] = [_as_gathered(each) for each in snapshot["evidence"]]
    kept["request"] = {name: value for name, value in snapshot["request"].items() if name != "state"}
    return kept


def _as_gathered(file: Mapping[str, Any]) -> dict[str, Any]:
    """An evidence file without what is known only once its pages were bound."""
    return {name: value for name, value in file.items() if name != "bound_sha256"}


def _as_signed(file: Mapping[str, Any]) -> dict[str, Any]:
    """The same whichever way its pages were turned: they say what they said."""
    return {name: value for name, value in _as_gathered(file).items() if name != "turned"}


def _filled(value: Any) -> Any:
    if isinstance(value, dict):
        kept = {name: _filled(each) for name, each in value.items()}
        return {name: each for name, each in kept.items() if each not in (None, "", [], {}, False)}
    return [_filled(each) for each in value] if isinstance(value, list) else value
