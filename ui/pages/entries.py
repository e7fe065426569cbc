"""The entries of a chronology as a line shows them: their icon, their colour, and how their day is said."""

from dataclasses import dataclass
from datetime import date

from sencoapp import reference
from sencoapp.domain.calendar import SchoolDays
from sencoapp.domain.dates import WEEKDAYS
from sencoapp.services.chronology import entry_head, entry_words
from sencoapp.services.ports import Entry
from ui.dates import clock, nearby
from ui.widgets import TableRow, area_words
from ui.widgets.painting import ChipStyle
from ui.widgets.timeline import timeline_row

_NOTE_LOOKS = {
    "strength": ("star", "success"),
    "concern": ("flag", "warning"),
    "progress": ("trending-up", "accent"),
    "support": ("heart-handshake", "accent"),
    "behaviour": ("footprints", "warning"),
    "attendance": ("calendar", "info"),
    "view": ("message-circle", "area_semh"),
    "note": ("notebook-pen", "muted"),
}
_LOOKS = {
    "cycle": ("repeat", "thread_text"),
    "review": ("circle-check", "thread_text"),
    "correction": ("pencil", "thread_text"),
    "plan_copy": ("copy", "muted"),
    "measured": ("trending-up", "accent"),
    "view": ("message-circle", "area_semh"),
    "staff_asked": ("users", "muted"),
    "staff_answered": ("message-circle", "info"),
    "document": ("file-text", "muted"),
    "status": ("users", "accent"),
    "need": ("target", "accent"),
    "need_ended": ("target", "muted"),
    "diagnosis": ("stethoscope", "info"),
    "involvement": ("user-round", "info"),
    "involvement_ended": ("user-round", "muted"),
    "recommendation": ("hand-helping", "accent"),
    "joined": ("heart-handshake", "success"),
    "left": ("heart-handshake", "muted"),
    "sessions": ("square-check", "muted"),
    "suspension": ("flag", "warning"),
    "attendance": ("calendar", "warning"),
    "attendance_now": ("calendar", "warning"),
    "pack": ("file-stack", "info"),
    "bundle": ("file-stack", "info"),
    "sign_off": ("check", "info"),
    "meeting": ("users", "thread_text"),
    "case_opened": ("landmark", "info"),
    "case_closed": ("landmark", "muted"),
    "request": ("send", "info"),
    "sent": ("send", "info"),
    "council": ("landmark", "info"),
    "given_out": ("mail", "muted"),
    "arrival": ("inbox", "info"),
    "hand_over": ("send", "info"),
}


@dataclass(frozen=True)
class Moment:
    """The day at the school and its terms: what a date is said by."""

    today: date
    days: SchoolDays


def entry_key(entry: Entry) -> str:
    """A cycle's beginning and its review are two entries of one id."""
    return f"{entry.kind}:{entry.id}"


def entry_row(entry: Entry, moment: Moment) -> TableRow:
    """How the timeline shows it."""
    icon, tone = _NOTE_LOOKS.get(entry.title, _NOTE_LOOKS["note"]) if entry.kind == "observation" else _LOOKS[entry.kind]
    day, below = entry_day(entry, moment.today)
    return timeline_row(entry_key(entry), day, below, icon, tone, entry_head(entry), _who(entry), entry_words(entry), _chip(entry))


def _who(entry: Entry) -> str:
    return " · ".join(filter(None, (entry.who, files_words(entry))))


def files_words(entry: Entry) -> str:
    """ "2 files", where photos or files came with a note."""
    return reference.say("notes.files" if entry.files > 1 else "notes.one_file", count=entry.files) if entry.files else ""


def entry_day(entry: Entry, today: date) -> tuple[str, str]:
    """ "19 November" and "Thursday"; for something noted on its own day, the time; for what is long ago, the year."""
    said, year = nearby(entry.on, today), f" {entry.on.year}"
    if said.endswith(year):
        return said.removesuffix(year), year.strip()
    noted = entry.noted_at
    if noted is not None and noted.astimezone().date() == entry.on and entry.kind == "observation":
        return said, clock(noted)
    return said, WEEKDAYS[entry.on.weekday()]


def _chip(entry: Entry) -> tuple[ChipStyle, str] | None:
    if entry.confidential:
        return "plain", reference.say("confidential.mark")
    if entry.area:
        return entry.area, area_words(entry.area, short=True)  # type: ignore[return-value]
    if entry.kind == "document" and entry.detail not in ("", "0"):
        pages = int(entry.detail)
        return "plain", reference.say("pupil.pages" if pages > 1 else "pupil.one_page", count=pages)
    return None
