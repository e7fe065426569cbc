"""The entries of a chronology in words: what they are called, their icon, their colour, and the half term they belong to."""

from dataclasses import dataclass
from datetime import date

from sencoapp import reference
from sencoapp.domain.calendar import SchoolDays
from sencoapp.domain.dates import MONTHS, WEEKDAYS
from sencoapp.services.ports import Entry
from ui.dates import clock, nearby
from ui.widgets import TableRow, area_words, status_words
from ui.widgets.painting import ChipStyle
from ui.widgets.timeline import timeline_row

GROUPS = {
    "observations": ("observation",),
    "plans": ("cycle", "review"),
    "views": ("view",),
    "documents": ("document",),
    "statuses": ("status", "arrival", "hand_over"),
    "requests": ("request", "council"),
}
"""The chips above a chronology, and the kinds of entry that each stands for."""

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
    "view": ("message-circle", "area_semh"),
    "document": ("file-text", "muted"),
    "status": ("users", "accent"),
    "request": ("send", "info"),
    "council": ("landmark", "info"),
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


def entry_head(entry: Entry) -> str:
    """What an entry is called: "Concern", "Plan, cycle 2, began"."""
    if entry.kind == "observation":
        return reference.say(f"notes.kind_{entry.title}")
    if entry.kind in ("cycle", "review"):
        return reference.say(f"pupil.entry_{entry.kind}", number=entry.detail)
    if entry.kind == "status":
        return reference.say("pupil.entry_status", status=status_words(entry.title))
    if entry.kind == "document":
        return document_kind(entry.title)
    if entry.kind == "council":
        return reference.say("pupil.entry_council")
    if entry.kind == "arrival":
        return reference.say("pupil.entry_arrival", school=entry.title)
    if entry.kind == "hand_over":
        return reference.say("pupil.entry_hand_over", school=entry.title)
    return reference.say(f"pupil.entry_{entry.kind}_{entry.title}")


def document_kind(kind: str) -> str:
    """The words for a document's kind; the word itself where the school has made one of its own."""
    known = dict(document_kinds())
    return known.get(kind, kind.capitalize())


def document_kinds() -> list[tuple[str, str]]:
    kinds = ("report", "work", "assessment", "view", "consent", "letter", "other")
    return [(each, reference.say(f"pupil.document_{each}")) for each in kinds]


def entry_row(entry: Entry, moment: Moment) -> TableRow:
    """How the timeline shows it."""
    icon, tone = _NOTE_LOOKS.get(entry.title, _NOTE_LOOKS["note"]) if entry.kind == "observation" else _LOOKS[entry.kind]
    day, below = entry_day(entry, moment.today)
    return timeline_row(entry_key(entry), day, below, icon, tone, entry_head(entry), entry.who, _said(entry), _chip(entry))


def entry_day(entry: Entry, today: date) -> tuple[str, str]:
    """ "19 November" and "Thursday"; for something noted on its own day, the time; for what is long ago, the year."""
    said, year = nearby(entry.on, today), f" {entry.on.year}"
    if said.endswith(year):
        return said.removesuffix(year), year.strip()
    noted = entry.noted_at
    if noted is not None and noted.astimezone().date() == entry.on and entry.kind == "observation":
        return said, clock(noted)
    return said, WEEKDAYS[entry.on.weekday()]


def half_term_words(day: date, days: SchoolDays) -> str:
    """The half term of a day, or its month where it lies in no term that the school has set."""
    found = days.half_term(day)
    return found.name if found is not None else f"{MONTHS[day.month - 1]} {day.year}"


def _said(entry: Entry) -> str:
    if entry.confidential and entry.kind != "document":
        return reference.say("confidential.words")
    if entry.kind == "council":
        return entry.text or entry.detail.replace("_", " ").capitalize()
    if entry.kind == "view" and entry.text:
        return f"“{entry.text}”" if entry.who or entry.detail else entry.text
    return entry.text


def _chip(entry: Entry) -> tuple[ChipStyle, str] | None:
    if entry.confidential:
        return "plain", reference.say("confidential.mark")
    if entry.area:
        return entry.area, area_words(entry.area, short=True)  # type: ignore[return-value]
    if entry.kind == "document" and entry.detail not in ("", "0"):
        pages = int(entry.detail)
        return "plain", reference.say("pupil.pages" if pages > 1 else "pupil.one_page", count=pages)
    return None
