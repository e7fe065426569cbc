"""A matter with the council about one pupil, from its first event to its end: what comes next, by when, and who has to do it.

The kinds of case are data (``resources/cases/*.json``): events that a person enters, and steps whose dates follow from them by the
rules of law (``resources/rules/england.json``). Nothing here stops a case: a step can be done late, out of order, or not be needed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal, get_args

from sencoapp.domain.calendar import Closure, SchoolDays
from sencoapp.domain.deadlines import DayOf, Deadline, appeal_by, day_of, deadlines, falls_in_closure, flag_closure, from_sending

StepState = Literal["done", "not_needed"]
AskedBy = Literal["school", "parent", "young_person", "health", "social_care", "other"]
ASKED_BY: tuple[AskedBy, ...] = get_args(AskedBy)

REQUEST_RECEIVED = "request_received"
REQUEST_SENT = "request_sent"
"""Of no rule: it stands in for the day of receipt for as long as nobody knows that."""

NAMING = frozenset({"phase_transfer", "post_16_transfer", "between_post_16"})
"""The rules by which a plan names the next place (SEND Regulations 2014, reg 18)."""


@dataclass(frozen=True)
class CouncilCase:
    """One matter. ``kind`` is the id of a file of ``resources/cases``."""

    id: str
    pupil: str
    kind: str
    council: str
    """The folder of the council (``resources/councils``)."""
    opened_on: date
    owner: str
    """The id of the member of staff who sees to it."""
    title: str | None = None
    """The school's own words, where the kind alone does not tell."""
    reference: str | None = None
    """The council's number for it, as it came."""
    placement: str | None = None
    """The school or the place that is named or sought."""
    note: str | None = None
    closed_on: date | None = None
    ended_as: str | None = None
    """Of the kind's outcomes; known at times before the case is closed."""
    documents: tuple[str, ...] = ()
    appeal: str | None = None
    """What an appeal is about (the kinds in ``resources/packs/bundles.json``)."""
    request: str | None = None
    """The school's own request that this case follows from; None for one that somebody else made."""
    asked_by: AskedBy | None = None
    """Who asked the council to assess (CFA 2014 s36(1)); None where nobody has said."""
    decision: str | None = None
    """What the council decided on it (``decisions`` of the kind), as far as it has."""
    decided_on: date | None = None


@dataclass(frozen=True)
class CaseDate:
    """Something that happened, or is fixed for a day: the event of a rule (``triggers`` in ``england.json``), or the day that was set
    for a step of which no law speaks (``day_of_step``)."""

    id: str
    pupil: str
    council_case: str
    event: str
    happens_on: date


_STEP = "step:"


def day_of_step(step: str) -> str:
    """The ``event`` of the day that a school or a council set for a step of a case."""
    return f"{_STEP}{step}"


def is_day_of_step(event: str) -> bool:
    return event.startswith(_STEP)


@dataclass(frozen=True)
class CaseStep:
    """A step that somebody ticked off, or that is not needed and why."""

    id: str
    pupil: str
    council_case: str
    step: str
    state: StepState
    ticked_on: date
    note: str | None = None


@dataclass(frozen=True)
class StepShown:
    """One step of a case as it stands. ``due`` is None where no rule gives a date yet and nobody set one; ``waits_for`` then names the
    event from which the rule counts."""

    id: str
    label: str
    who: str
    done: CaseStep | None
    deadline: Deadline | None
    waits_for: str | None
    help: str
    when_late: str
    """What may be sent where the date has gone by, with its source; empty where nothing is known."""
    closure: Closure | None = None
    """The holidays in which the school's own date falls: it stays where it is."""
    set_day: date | None = None
    """The day that the school or the council set. It counts for as long as no rule gives one."""

    @property
    def exception(self) -> str:
        """What may excuse the council's lateness; the date stays. Empty where nothing is known of."""
        return (self.deadline.exception or "") if self.deadline else ""

    @property
    def due(self) -> date | None:
        return self.deadline.last_compliant if self.deadline else self.set_day

    def day_of(self, today: date) -> DayOf | None:
        """Day n of the period; None where there is none to count, such as a date before a meeting."""
        if self.deadline is None or self.deadline.count in ("before", "at_least_before"):
            return None
        return day_of(self.deadline, today)

    def is_late(self, today: date) -> bool:
        return self.done is None and self.due is not None and self.due < today


@dataclass(frozen=True)
class CaseShown:
    """A case with its steps in the order of its kind, and the one that comes next."""

    case: CouncilCase
    kind: Mapping[str, Any]
    dates: tuple[CaseDate, ...]
    steps: tuple[StepShown, ...]
    own_right_from: date | None = None
    """The day from which the rights of the parents are the young person's, where it is known (Children and Families Act 2014, s51;
    Education Act 1996, s8)."""
    own_right: bool = False
    """Whether they are already."""

    @property
    def from_sending(self) -> bool:
        """Whether its dates are counted from the day of sending, because nobody knows when the council received the request."""
        return any(each.deadline is not None and each.deadline.from_sending for each in self.steps)

    @property
    def outstanding(self) -> StepShown | None:
        """The step by which a place has to be named, while it is open: of a move whose day is known."""
        naming = (each for each in self.steps if each.deadline and each.deadline.rule in NAMING)
        return None if self.case.closed_on else next((each for each in naming if each.done is None), None)

    @property
    def then(self) -> str:
        """The kind of case that follows from how this one ended; empty where none does."""
        ended = (each.get("then", "") for each in self.kind["outcomes"] if each["id"] == self.case.ended_as)
        return str(next(ended, "")) if self.case.closed_on else ""

    @property
    def next_step(self) -> StepShown | None:
        """The open step that is due first; else the first open one of the kind."""
        if self.case.closed_on:
            return None
        still = [each for each in self.steps if each.done is None]
        dated = sorted((each for each in still if each.due), key=lambda each: each.due or date.max)
        return dated[0] if dated else still[0] if still else None


def show_case(
    kind: Mapping[str, Any],
    rules: Mapping[str, Any],
    case: CouncilCase,
    dates: Sequence[CaseDate],
    done: Sequence[CaseStep],
    *,
    school_days: SchoolDays | None = None,
    own_right_from: date | None = None,
    today: date = date.min,
) -> CaseShown:
    """A case as it stands. Where an event was entered twice, the later day counts (a meeting that was moved).

    ``own_right_from`` is the first day after compulsory school age; from then on steps of the parents are the young person's.
    """
    on = {each.event: each.happens_on for each in sorted(dates, key=lambda each: each.happens_on)}
    events = {event: day for event, day in on.items() if event in rules["triggers"]}
    found = {each.rule: each for event, day in events.items() for each in deadlines(rules, event, day, school_days=school_days)}
    if REQUEST_SENT in on and REQUEST_RECEIVED not in on:
        found |= {each.rule: each for each in from_sending(rules, on[REQUEST_SENT], school_days=school_days)}
    if school_days is not None and "advice_requested" in on:
        found = {each.rule: each for each in flag_closure(rules, tuple(found.values()), on["advice_requested"], school_days)}
    if "decision_letter" in on:
        last = appeal_by(rules, on["decision_letter"], on.get("mediation_certificate"), school_days=school_days)
        found["appeal_from_decision"] = last
    ticked = {each.step: each for each in done}
    own_right = own_right_from is not None and own_right_from <= today
    steps = tuple(
        _step(
            each,
            rules,
            found,
            ticked.get(each["id"]),
            own_right=own_right,
            school_days=school_days,
            set_day=on.get(day_of_step(each["id"])),
        )
        for each in kind["steps"]
        if _applies(each, case)
    )
    in_order = tuple(sorted(dates, key=lambda each: (each.happens_on, each.event)))
    return CaseShown(case, kind, in_order, steps, own_right_from, own_right)


def _applies(step: Mapping[str, Any], case: CouncilCase) -> bool:
    return not step.get("after_outcome") or case.ended_as in step["after_outcome"]


def _step(
    step: Mapping[str, Any],
    rules: Mapping[str, Any],
    found: Mapping[str, Deadline],
    done: CaseStep | None,
    *,
    own_right: bool,
    school_days: SchoolDays | None,
    set_day: date | None,
) -> StepShown:
    rule = step.get("rule")
    deadline = found.get(rule) if rule else None
    trigger = next((each["trigger"] for each in rules["rules"] if each["id"] == rule), None) if rule and deadline is None else None
    return StepShown(
        id=step["id"],
        label=step.get("label_young_person", step["label"]) if own_right else step["label"],
        who="young_person" if own_right and step["who"] == "parents" else step["who"],
        done=done,
        deadline=deadline,
        waits_for=rules["triggers"][trigger] if trigger else None,
        help=step.get("help", ""),
        when_late=step.get("when_late", ""),
        closure=falls_in_closure(deadline, school_days) if deadline and school_days and step["who"] == "school" else None,
        set_day=set_day,
    )


@dataclass(frozen=True)
class CalendarEntry:
    """One all-day entry of a calendar. ``uid`` never changes, so that a calendar that reads the file again moves what it has."""

    uid: str
    on: date
    summary: str
    description: str
    alarm_days: int = 0
    """A reminder so many days before; 0 for none."""


def calendar_text(entries: Sequence[CalendarEntry], name: str, stamp: str) -> str:
    """A calendar that other programs read (RFC 5545): all-day events, lines folded at 75 octets. ``stamp`` is UTC, 20261125T090000Z."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//sencoapp//cases//EN", "CALSCALE:GREGORIAN", f"X-WR-CALNAME:{_escaped(name)}"]
    for each in entries:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{each.uid}",
            f"DTSTAMP:{stamp}",
            f"DTSTART;VALUE=DATE:{each.on:%Y%m%d}",
            f"DTEND;VALUE=DATE:{each.on + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_escaped(each.summary)}",
            f"DESCRIPTION:{_escaped(each.description)}",
            "TRANSP:TRANSPARENT",
            "CLASS:PRIVATE",
        ]
        if each.alarm_days:
            lines += [
                "BEGIN:VALARM",
                "ACTION:DISPLAY",
                f"DESCRIPTION:{_escaped(each.summary)}",
                f"TRIGGER:-P{each.alarm_days}D",
                "END:VALARM",
            ]
        lines.append("END:VEVENT")
    return "".join(f"{_folded(each)}\r\n" for each in [*lines, "END:VCALENDAR"])


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\r\n", "\\n").replace("\n", "\\n")


def _folded(line: str) -> str:
    """No line is longer than 75 octets; a continuation begins with a space, and no character is cut in two (RFC 5545, 3.1)."""
    parts, current, size = [], "", 0
    for character in line:
        octets = len(character.encode())
        if size + octets > 75:
            parts.append(current)
            current, size = " ", 1
        current, size = current + character, size + octets
    return "\r\n".join([*parts, current])
