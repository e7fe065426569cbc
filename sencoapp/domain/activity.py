"""What was done with the record, by whom and when: the audit trail together with the saves of consequence."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

SAVES_OF_CONSEQUENCE = (
    "begin",
    "import",
    "append",
    "undo",
    "add_staff",
    "change_role",
    "change_own_classes",
    "staff_leaves",
    "change_school",
    "set_crest",
    "remove_crest",
    "disclose",
    "write_letters",
    "set_readers",
    "share_document",
    "close_cycle",
    "freeze_pack",
    "make_copy",
    "make_bundle",
    "prepare_submission",
    "receive_receipt",
    "record_sent",
    "council_decided",
    "withdraw_request",
    "sign_off_request",
    "open_case",
    "close_case",
    "take_back_sign_off",
    "reopen_case",
    "reopen_request",
    "send_round_robin",
    "remove_pupil",
    "bring_back",
    "begin_access",
    "decide_access",
    "extend_access",
    "close_access",
    "answer_access",
    "receipt_came",
    "place_hold",
    "lift_hold",
)
"""Actions of the log that the page "Activity" tells of. Each has its sentence in ``wording/trail.toml``, under ``save_…``."""

Source = Literal["save", "trail"]
Mark = tuple[str, Source, int]
"""Where a page of activity ended: time, source and number of its last line."""


@dataclass(frozen=True)
class ActivityQuery:
    """What is asked for; empty means any. ``what`` holds names of the trail and actions of the log alike."""

    by: str | None = None
    pupil: str | None = None
    what: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Activity:
    """One thing that was done. ``facts`` are those of the trail; for a save, what it wrote first and how many parts it had."""

    mark: Mark
    at: datetime
    by: str
    by_name: str
    what: str
    pupil: str | None
    facts: Mapping[str, Any]
