"""Who did what with the record, in plain words. Names are looked up now: what is erased has none any more."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sencoapp import reference
from sencoapp.domain.activity import Activity, ActivityQuery, Mark
from sencoapp.domain.casework import Disclosure, SignOff
from sencoapp.domain.dates import full_date
from sencoapp.domain.lists import ListContent
from sencoapp.domain.people import Pupil, StaffMember
from sencoapp.domain.record import KINDS
from sencoapp.domain.refusals import Refusal
from sencoapp.services.permissions import must_be_allowed
from sencoapp.services.ports import Record, Session

KINDS_OF_ACTIVITY: Mapping[str, tuple[str, ...]] = {
    "entry": (
        "unlocked",
        "unlocked_with_sheet",
        "unlock_failed",
        "sheet_failed",
        "locked",
        "locked_idle",
        "locked_with_computer",
        "closed",
    ),
    "views": ("viewed_confidential", "listed_pupils", "read_pupil", "read_for_copy", "record_copied"),
    "out": (
        "disclose",
        "send_round_robin",
        "write_letters",
        "freeze_pack",
        "make_copy",
        "make_bundle",
        "sign_off_request",
        "take_back_sign_off",
        "prepare_submission",
        "receive_receipt",
        "record_sent",
        "opened_elsewhere",
        "kept_apart_given_out",
        "copies_taken_back",
        "changed_copy_let_go",
        "begin_access",
        "decide_access",
        "extend_access",
        "close_access",
        "answer_access",
        "handed_over",
        "receipt_came",
    ),
    "in": ("import", "append", "taken_in", "undo", "bring_back"),
    "people": ("begin", "add_staff", "change_role", "change_own_classes", "staff_leaves", "set_readers", "share_document"),
    "keys": (
        "passphrase_changed",
        "profile_removed",
        "recovery_sheet_renewed",
        "restored",
        "verified",
        "rebuilt",
        "backed_up",
        "backup_folder",
    ),
    "gone": ("remove_pupil", "erased", "place_hold", "lift_hold", "retention_set"),
}
"""What can be asked for on the page "Activity", by the name of its filter."""

MOST_EXPORTED = 20_000
_BY_NOBODY_KNOWN = ("unlock_failed", "sheet_failed")
"""What is noted when the record is opened next, by whoever opens it: it says nothing of who tried."""


@dataclass(frozen=True)
class Line:
    """One line of the page. ``about`` is the pupil's name, or that they were erased, or empty."""

    mark: Mark
    at: datetime
    who: str
    sentence: str
    about: str
    pupil: str | None


def activity(session: Session, query: ActivityQuery, *, limit: int = 100, before: Mark | None = None) -> list[Line]:
    """A page of what was done, newest first. Raises ``Refusal("not_for_your_role")``."""
    must_be_allowed(session, "read_trail")
    names = _Names(session.record)
    return [_line(each, names) for each in session.record.activity(query, limit=limit, before=before)]


def activity_list(session: Session, query: ActivityQuery) -> ListContent:
    """The same as a table for a file. Raises ``Refusal``: ``not_for_your_role``, ``nothing_to_export``."""
    must_be_allowed(session, "read_trail")
    rows = tuple((line.at.isoformat(timespec="seconds"), line.who, line.sentence, line.about) for line in _all(session, query))
    if not rows:
        raise Refusal("nothing_to_export")
    headings = tuple(reference.say(f"trail.column_{each}") for each in ("when", "who", "what", "about"))
    return ListContent(reference.say("trail.title"), headings, rows, session.clock.today())


def _all(session: Session, query: ActivityQuery) -> Iterator[Line]:
    before: Mark | None = None
    told = 0
    while told < MOST_EXPORTED:
        page = activity(session, query, limit=500, before=before)
        yield from page
        if len(page) < 500:
            return
        before, told = page[-1].mark, told + len(page)


class _Names:
    """Names of pupils and staff for the lines of one page, each looked up once."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self._pupils: dict[str, str] = {}

    def pupil(self, id: str | None) -> str:
        if not id:
            return ""
        if id not in self._pupils:
            found = self.record.get_hidden(Pupil, id)
            self._pupils[id] = found.name if found else reference.say("trail.erased_pupil")
        return self._pupils[id]


def _line(entry: Activity, names: _Names) -> Line:
    key = f"save_{entry.what}" if entry.mark[1] == "save" else entry.what
    if entry.what in _BY_NOBODY_KNOWN and entry.facts.get("count") == 1:
        key += "_one"
    details = _details(entry, names.record)
    who = reference.say("trail.somebody") if entry.what in _BY_NOBODY_KNOWN else entry.by_name
    try:
        sentence = reference.say(f"trail.{key}").format_map(_Told(details))
    except KeyError:  # noted by a newer version of the program
        sentence = entry.what.replace("_", " ").capitalize()
    return Line(entry.mark, entry.at, who, sentence, names.pupil(entry.pupil), entry.pupil)


class _Told(dict[str, str]):
    """What is no longer known is left out of a sentence."""

    def __missing__(self, name: str) -> str:
        return "…"


def _details(entry: Activity, record: Record) -> dict[str, str]:
    details = {name: _spoken(value) for name, value in entry.facts.items() if value is not None}
    if entry.mark[1] == "trail":
        if entry.facts.get("thing"):
            details["thing"] = reference.say(f"trail.thing_{entry.facts['thing']}")
        return details
    kind, id = str(entry.facts.get("kind")), str(entry.facts.get("id"))
    if kind in ("observation", "document", "view"):
        details["thing"] = reference.say(f"trail.thing_{kind}")
    found: Any = record.get_hidden(KINDS[kind], id) if kind in KINDS else None
    if isinstance(found, Disclosure):
        details |= {"what": found.what, "recipient": found.recipient, "purpose": found.purpose}
    elif isinstance(found, SignOff):
        how = reference.say("trail.signed_on_paper" if found.on_paper else "trail.signed_here", day=full_date(found.signed_on))
        details |= {"name": found.signed_by, "how": how}
    elif isinstance(found, StaffMember):
        value: Any = entry.facts.get("value")
        if isinstance(value, list):
            details["classes"] = ", ".join(map(str, value)) or reference.say("trail.no_classes")
        role = str(value)
        known = role if reference.permissions().is_role(role) else found.role
        details |= {"name": found.name, "role": reference.say(f"people.role_{known}")}
    return details


def _spoken(value: object) -> str:
    """Moments and days as people say them; all else as it is."""
    if isinstance(value, str) and len(value) >= 10 and value[4:5] == "-" and value[7:8] == "-":
        try:
            if "T" in value:
                moment = datetime.fromisoformat(value).astimezone()
                return reference.say("trail.moment", day=full_date(moment.date()), time=f"{moment:%H:%M}")
            return full_date(date.fromisoformat(value))
        except ValueError:
            return value
    return str(value)
