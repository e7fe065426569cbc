"""A pupil's chronology in words: what its entries are called, which belong together, and the whole as filtered for paper or a table."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sencoapp import reference
from sencoapp.domain.calendar import SchoolDays
from sencoapp.domain.dates import MONTHS, full_date
from sencoapp.domain.lists import ListContent, Value
from sencoapp.domain.people import Pupil
from sencoapp.domain.refusals import Refusal
from sencoapp.domain.snapshot import ChronologyContent, ChronologyLine
from sencoapp.services.beginning import school
from sencoapp.services.changes import must_get
from sencoapp.services.permissions import must_be_allowed
from sencoapp.services.ports import Entry, Record, Session

GROUPS: Mapping[str, tuple[str, ...]] = {
    "observations": ("observation",),
    "plans": ("cycle", "review", "meeting", "measured", "correction", "plan_copy"),
    "views": ("view",),
    "staff": ("staff_asked", "staff_answered"),
    "documents": ("document",),
    "provision": ("joined", "left", "sessions"),
    "needs": ("status", "need", "need_ended", "diagnosis"),
    "professionals": ("involvement", "involvement_ended", "recommendation"),
    "attendance": ("suspension", "attendance", "attendance_now"),
    "requests": ("pack", "bundle", "sign_off", "request", "sent", "council", "case_opened", "case_closed"),
    "letters": ("given_out", "arrival", "hand_over"),
}
"""The kinds of entry that one is asked about together, by the name of their chip."""

_ALL = 1_000_000


@dataclass(frozen=True)
class ChronologyFilter:
    """What of a chronology is wanted; empty means anything. ``group`` is a name of ``GROUPS``, ``area`` an area of need."""

    group: str = ""
    area: str = ""
    who: str = ""
    text: str = ""


def entries(record: Record, pupil: str, wanted: ChronologyFilter, *, limit: int, before: Entry | None = None) -> list[Entry]:
    """Newest first; ``before`` is the last entry already shown."""
    return record.chronology(
        pupil, kinds=GROUPS.get(wanted.group, ()), area=wanted.area, who=wanted.who, text=wanted.text, limit=limit, before=before
    )


def entry_head(entry: Entry) -> str:
    """What an entry is called: "Concern", "Plan, cycle 2, began"."""
    kind, title = entry.kind, entry.title
    if kind == "observation":
        return reference.say(f"notes.kind_{title}")
    if kind in ("cycle", "review", "correction", "plan_copy"):
        return reference.say(f"chronology.{kind}", number=entry.detail)
    if kind == "status":
        return reference.say("chronology.status", status=f"{title} · {reference.codes('SENprovision').get(title, title)}")
    if kind in ("need", "need_ended"):
        return reference.say(f"chronology.{kind}", need=reference.codes("SENtype").get(title, title))
    if kind == "document":
        return document_kind(title)
    if kind == "diagnosis":
        return reference.say("chronology.diagnosis_waiting" if entry.detail else "chronology.diagnosis", what=title)
    if kind == "suspension":
        return reference.codes("SuspensionType").get(title, title)
    if kind in ("attendance", "attendance_now"):
        return _attendance_head(entry)
    if kind in ("case_opened", "case_closed"):
        return reference.say(f"chronology.{kind}", title=_case(title).get("title", title))
    if kind in ("view", "request", "sent", "meeting"):
        return reference.say(f"chronology.{kind}_{title}")
    return reference.say(f"chronology.{kind}", title=title)


def entry_words(entry: Entry) -> str:
    """What stands below the head; of something confidential only that it is so."""
    kind, text = entry.kind, entry.text
    if entry.confidential and kind != "document":
        return reference.say("confidential.words")
    if kind == "council":
        return text or entry.detail.replace("_", " ").capitalize()
    if kind == "sessions":
        return _sessions_words(entry)
    if kind == "case_closed":
        ends = {each["id"]: each["label"] for each in _case(entry.title).get("outcomes", ())}
        return " ".join(filter(None, (text, ends.get(entry.detail, ""))))
    if kind == "suspension" and entry.detail:
        sessions = reference.say("chronology.one_half_day" if entry.detail == "1" else "chronology.half_days", count=entry.detail)
        return f"{sessions} {text}".strip()
    if kind in ("attendance", "attendance_now"):
        return reference.say("chronology.attendance_words", share=entry.detail)
    if kind == "given_out":
        return reference.say("chronology.given_to", recipient=entry.detail, purpose=text)
    if kind == "staff_asked":
        return reference.say("chronology.asked_of", names=text, day=full_date(date.fromisoformat(entry.detail)))
    if kind == "recommendation" and entry.detail:
        return f"{text} ({reference.say(f'chronology.used_{entry.detail}')})"
    if kind == "view" and text:
        return f"“{text}”" if entry.who or entry.detail else text
    return text


def note_facts(entry: Entry) -> list[str]:
    """Where a note was made, in which lesson, and how far the pupil was from which outcome; a line each, as far as it was said."""
    setting, lesson, outcome, rating = json.loads(entry.detail)
    lines = [setting] if setting else []
    lines += [reference.say("chronology.in_lesson", lesson=lesson)] if lesson else []
    if outcome:
        words = reference.say("chronology.about_outcome", outcome=outcome)
        lines.append(f"{words} {reference.say(f'documents.rating_{rating}')}" if rating else words)
    return lines


def _case(kind: str) -> Mapping[str, Any]:
    """A kind of case; nothing of one that this version does not know."""
    return reference.case_kind(kind) if kind in reference.case_kinds() else {}


def _attendance_head(entry: Entry) -> str:
    year = int(entry.title) if entry.title.isdigit() else None
    words = f"{year} to {year + 1}" if year else ""
    return reference.say("chronology.attendance_in" if words else "chronology.attendance", years=words)


def _sessions_words(entry: Entry) -> str:
    held, absent, missed, minutes = (int(each) for each in entry.detail.split())
    words = [reference.say("chronology.had_one" if held == 1 else "chronology.had", count=held, minutes=minutes)]
    words += [reference.say("chronology.was_absent", count=absent)] if absent else []
    words += [reference.say("chronology.not_held", count=missed)] if missed else []
    return " ".join(words)


def document_kind(kind: str) -> str:
    """The words for a document's kind; the word itself where the school has made one of its own."""
    return dict(document_kinds()).get(kind, kind.capitalize())


def document_kinds() -> list[tuple[str, str]]:
    kinds = ("report", "work", "assessment", "view", "consent", "letter", "other")
    return [(each, reference.say(f"pupil.document_{each}")) for each in kinds]


def half_term_words(entry: Entry, days: SchoolDays) -> str:
    """The half term of an entry's day, or its month where it lies in no term that the school has set."""
    found = days.half_term(entry.on)
    return found.name if found is not None else f"{MONTHS[entry.on.month - 1]} {entry.on.year}"


# ---- given out --------------------------------------------------------------------------------------------------------------


def chronology_content(session: Session, pupil: str, wanted: ChronologyFilter) -> ChronologyContent:
    """The chronology as it is filtered, oldest first, for paper. What is confidential says only that it is there.

    Raises ``Refusal``: ``not_for_your_role``, ``no_longer_there``, ``nothing_to_export``.
    """
    must_be_allowed(session, "print")
    record = session.record
    about, home = must_get(record, Pupil, pupil), school(record)
    found = entries(record, pupil, wanted, limit=_ALL)
    if not found:
        raise Refusal("nothing_to_export")
    days = SchoolDays.of(home.terms)
    lines = [
        ChronologyLine(
            day=each.on.isoformat(),
            half_term=half_term_words(each, days),
            head=entry_head(each),
            who=each.who,
            words=entry_words(each),
            area=each.area or "",
        )
        for each in reversed(found)
    ]
    return ChronologyContent(
        school=home.name,
        pupil=about.name,
        made_on=session.clock.today().isoformat(),
        made_by=session.actor.name,
        filter=filter_words(wanted),
        lines=lines,
        demo=home.demo,
    )


def chronology_list(session: Session, pupil: str, wanted: ChronologyFilter) -> ListContent:
    """The same for a spreadsheet, newest first as on the screen. Raises what ``chronology_content`` raises."""
    must_be_allowed(session, "export")
    name = must_get(session.record, Pupil, pupil).name
    rows: list[list[Value]] = [
        [each.on, entry_head(each), entry_words(each), each.who, reference.say(f"documents.area_{each.area}") if each.area else None]
        for each in entries(session.record, pupil, wanted, limit=_ALL)
    ]
    if not rows:
        raise Refusal("nothing_to_export")
    headings = [reference.say(f"chronology.column_{each}") for each in ("day", "what", "words", "who", "area")]
    return ListContent(reference.say("chronology.title", name=name), headings, rows, session.clock.today())


def filter_words(wanted: ChronologyFilter) -> str:
    """What was left out, in words; empty where it is everything."""
    say = reference.say
    words = [say(f"chronology.group_{wanted.group}")] if wanted.group else []
    words += [say(f"documents.area_{wanted.area}")] if wanted.area else []
    words += [wanted.who] if wanted.who else []
    words += [f"“{wanted.text}”"] if wanted.text else []
    return ", ".join(words)
