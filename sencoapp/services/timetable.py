"""The timetable of provision: its slots, the week of an adult or a pupil, and sentences where somebody would be in two places."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from sencoapp import reference
from sencoapp.domain.calendar import SchoolDays
from sencoapp.domain.costing import until_left
from sencoapp.domain.dates import full_date
from sencoapp.domain.delivery import planned_days
from sencoapp.domain.grouping import by_provision
from sencoapp.domain.lists import ListContent, Value
from sencoapp.domain.people import Pupil, StaffMember
from sencoapp.domain.plan import Cycle
from sencoapp.domain.provision import Provision, ProvisionPlace, ProvisionStaff
from sencoapp.domain.record import Amend, Edit, New, Remove, Saved
from sencoapp.domain.refusals import Refusal
from sencoapp.domain.timetable import WEEKDAYS, Clash, Days, ProvisionSlot, Timetable, read_clock
from sencoapp.services.beginning import school
from sencoapp.services.changes import filled, must_get
from sencoapp.services.cost_words import number
from sencoapp.services.permissions import must_be_allowed
from sencoapp.services.ports import Record, Session

MOST_SLOTS = 25
MOST_MINUTES = 400
_MIDNIGHT = 24 * 60


@dataclass(frozen=True)
class Lesson:
    """One slot on one day, in words."""

    slot: ProvisionSlot
    provision: Provision
    day: date
    adults: tuple[tuple[str, str], ...]
    """Id and name of the members of staff who give it on the day."""
    pupils: tuple[tuple[str, str], ...]

    @property
    def given_by(self) -> str:
        return ", ".join(name for _, name in self.adults) or self.provision.delivered_by


@dataclass(frozen=True)
class Week:
    """A week's lessons, earliest first, and what is to be said of it."""

    monday: date
    lessons: tuple[Lesson, ...]
    warnings: tuple[str, ...]
    clashing: frozenset[str]
    """The slots that the warnings speak of, by id."""
    adults: tuple[tuple[str, str], ...]
    """Everyone who gives provision with a time in the timetable, by name, whatever the week was asked for."""
    pupils: tuple[tuple[str, str], ...]


class TimetableBook:
    """The timetable of the record as this person sees it, read once."""

    def __init__(self, session: Session) -> None:
        record = session.record
        self.provisions = {each.id: each for each in record.find(Provision)}
        self.pupils = {each.id: each.name for each in record.find(Pupil)}
        self.staff = {each.id: each.name for each in record.find(StaffMember)}
        left_on = {each.id: each.left_on for each in record.find(Pupil)}
        days = SchoolDays.of(school(record).terms)
        slots = [each for each in record.find(ProvisionSlot) if each.provision in self.provisions]
        runs = {each: _run(self.provisions[each], days) for each in {slot.provision for slot in slots}}
        places = until_left([each for each in record.find(ProvisionPlace) if each.pupil in self.pupils], left_on)
        self.table = Timetable(slots, runs, by_provision(record.find(ProvisionStaff)), by_provision(places))

    def week(self, day: date, *, adult: str | None = None, pupil: str | None = None) -> Week:
        """The week of a day: of everyone, of one adult, or of one pupil. Clashes from its Monday on are told."""
        monday = day - timedelta(days=day.weekday())
        lessons = [lesson for number in range(5) for lesson in self._lessons(monday + timedelta(days=number))]
        wanted = [
            each
            for each in lessons
            if (adult is None or any(id == adult for id, _ in each.adults)) and (pupil is None or any(id == pupil for id, _ in each.pupils))
        ]
        clashes = [each for each in self.table.clashes(monday) if _is_about(each, adult, pupil)]
        who = {slot.id: (self.table.adults(slot), self.table.pupils(slot)) for slot in self.table.slots}
        adults = {id for theirs, _ in who.values() for id in theirs}
        pupils = {id for _, theirs in who.values() for id in theirs}
        slots = frozenset(slot for each in clashes for slot in (each.one.id, each.other.id))
        return Week(monday, tuple(wanted), self.sentences(clashes), slots, _named(adults, self.staff), _named(pupils, self.pupils))

    def sentences(self, clashes: Iterable[Clash]) -> tuple[str, ...]:
        """ "Mrs Lacey is in two places on Mondays from 7 September 2026: Talk Boost 09:30 to 10:00 and Reading 09:45 to 10:15."""
        return tuple(
            reference.say(
                "timetable.clash",
                who=(self.staff if each.kind == "adult" else self.pupils).get(each.who, ""),
                weekday=reference.say(f"timetable.days_{each.one.weekday}"),
                day=full_date(each.first),
                one=self.slot_words(each.one),
                other=self.slot_words(each.other),
            )
            for each in clashes
        )

    def warnings_of(self, provision: str, since: date) -> tuple[str, ...]:
        """Who would be in two places by a time of this provision, from a day on."""
        return self.sentences(each for each in self.table.clashes(since) if provision in (each.one.provision, each.other.provision))

    def slot_words(self, slot: ProvisionSlot) -> str:
        """ "Talk Boost, 09:30 to 10:00"."""
        return reference.say("timetable.slot", title=self.provisions[slot.provision].title, start=slot.starts_at, end=slot.ends_at)

    def _lessons(self, day: date) -> list[Lesson]:
        found = []
        for slot in self.table.on(day):
            adults = {id for id, spans in self.table.adults(slot).items() if _covers(spans, day)}
            pupils = {id for id, spans in self.table.pupils(slot).items() if _covers(spans, day)}
            found.append(Lesson(slot, self.provisions[slot.provision], day, _named(adults, self.staff), _named(pupils, self.pupils)))
        return found


def slots_of(record: Record, provision: str) -> list[ProvisionSlot]:
    """The times of a provision, Monday first."""
    return sorted(record.find(ProvisionSlot, provision=provision), key=lambda each: (each.weekday, each.starts_at, each.id))


def set_slots(session: Session, provision: str, wanted: Sequence[ProvisionSlot]) -> tuple[tuple[str, ...], Saved]:
    """The times of a provision are from now on these; one without an id is new, one that is left out goes.

    Returns the sentences for who would be in two places by one of them: it warns and never blocks.
    Raises ``Refusal``: ``slot_weekday``, ``slot_time``, ``slot_minutes``, ``slot_ends``, ``slots_many``, ``no_longer_there``.
    """
    must_get(session.record, Provision, provision)
    if len(wanted) > MOST_SLOTS:
        raise Refusal("slots_many", field="slots", most=MOST_SLOTS)
    there = {each.id: each for each in slots_of(session.record, provision)}
    edits: list[Edit] = []
    for each in wanted:
        checked, known = check_slot(session.record, each), there.pop(each.id, None)
        if known is None:
            edits.append(New(replace(checked, id=session.ids.new(), provision=provision)))
            continue
        names = ("weekday", "starts_at", "minutes", "room", "staff_member", "starts_on", "ends_on")
        values = {name: getattr(checked, name) for name in names if getattr(checked, name) != getattr(known, name)}
        edits += [Amend(ProvisionSlot, known.id, values)] if values else []
    edits += [Remove(ProvisionSlot, each) for each in there]
    saved = session.record.save(edits, action="set_timetable", actor=session.actor)
    return TimetableBook(session).warnings_of(provision, session.clock.today()), saved


def check_slot(record: Record, slot: ProvisionSlot) -> ProvisionSlot:
    """The slot with its time tidied: "9.30" is 09:30. Raises ``Refusal`` with the field to go to; see ``set_slots``."""
    if slot.weekday not in WEEKDAYS:
        raise Refusal("slot_weekday", field="weekday")
    starts_at = read_clock(slot.starts_at)
    if starts_at is None:
        raise Refusal("slot_time", field="starts_at")
    checked = replace(slot, starts_at=starts_at, room=filled(slot.room))
    if not 0 < slot.minutes <= MOST_MINUTES or checked.ends > _MIDNIGHT:
        raise Refusal("slot_minutes", field="minutes", most=MOST_MINUTES)
    if slot.starts_on and slot.ends_on and slot.ends_on < slot.starts_on:
        raise Refusal("slot_ends", field="ends_on")
    if slot.staff_member is not None:
        must_get(record, StaffMember, slot.staff_member)
    return checked


def running(session: Session) -> list[Provision]:
    """What goes on or is still to begin, by title."""
    today = session.clock.today()
    return sorted(
        (each for each in session.record.find(Provision) if each.ends_on is None or each.ends_on >= today), key=lambda each: each.title
    )


def week_content(session: Session, week: Week, who: str) -> dict[str, Any]:
    """A week for paper, as plain values. ``who`` are the words for whose week it is. Raises ``Refusal("not_for_your_role")``."""
    must_be_allowed(session, "print")
    home, monday = school(session.record), full_date(week.monday)
    return {
        "school": home.name,
        "title": reference.say("timetable.title_of", who=who, day=monday),
        "made_on": session.clock.today().isoformat(),
        "made_by": session.actor.name,
        "demo": home.demo,
        "days": [reference.say(f"timetable.day_{each}") for each in WEEKDAYS],
        "warnings": list(week.warnings),
        "lessons": [
            {
                "weekday": each.slot.weekday,
                "start": each.slot.starts_at,
                "when": reference.say("timetable.from_to", start=each.slot.starts_at, end=each.slot.ends_at),
                "title": each.provision.title,
                "given_by": each.given_by,
                "pupils": ", ".join(name for _, name in each.pupils),
                "room": each.slot.room or "",
            }
            for each in week.lessons
        ],
    }


def week_list(session: Session, week: Week) -> ListContent:
    """A week for a spreadsheet. Raises ``Refusal``: ``not_for_your_role``, ``nothing_to_export``."""
    must_be_allowed(session, "export")
    if not week.lessons:
        raise Refusal("nothing_to_export")
    headings = [reference.say(f"timetable.column_{each}") for each in ("day", "from", "until", "provision", "who", "pupils", "place")]
    rows: list[list[Value]] = [
        [
            each.day,
            each.slot.starts_at,
            each.slot.ends_at,
            each.provision.title,
            each.given_by,
            ", ".join(name for _, name in each.pupils),
            each.slot.room,
        ]
        for each in week.lessons
    ]
    return ListContent(reference.say("lists.title_timetable"), headings, rows, session.clock.today())


def disagreements(record: Record, provision: Provision, pupil: str | None = None) -> tuple[str, ...]:
    """Where the timetable and the support plan do not say what the provision says; a council looks for it (domain.md 5)."""
    said = []
    slots = slots_of(record, provision.id)
    a_week = Fraction(provision.minutes) * Fraction(provision.sessions_per_week)
    planned = {"title": provision.title, "sessions": number(Fraction(provision.sessions_per_week)), "minutes": provision.minutes}
    if not slots:
        said.append(reference.say("timetable.none_of", **planned))
    elif sum(each.minutes for each in slots) != a_week:
        said.append(reference.say("timetable.differs", count=len(slots), total=sum(each.minutes for each in slots), **planned))
    if pupil is not None:
        open_cycles = [each.id for each in record.find(Cycle, pupil=pupil) if each.closed_on is None]
        places = record.find(ProvisionPlace, provision=provision.id, pupil=pupil)
        in_plan = [each for each in places if each.cycle in open_cycles]
        if open_cycles and not in_plan:
            said.append(reference.say("timetable.not_in_plan", title=provision.title))
        elif in_plan and not any(each.outcome for each in in_plan):
            said.append(reference.say("timetable.no_outcome", title=provision.title))
    return tuple(said)


def _run(provision: Provision, days: SchoolDays) -> Days:
    """From the first day to the last: the one that is set, else the last of its weeks of school."""
    planned = planned_days(provision, days, date.max) if provision.ends_on is None else []
    last = provision.ends_on or (planned[-1] if planned else provision.starts_on)
    return Days(provision.starts_on, max(last, provision.starts_on))


def _covers(spans: Iterable[Days], day: date) -> bool:
    return any(each.first <= day <= each.last for each in spans)


def _is_about(clash: Clash, adult: str | None, pupil: str | None) -> bool:
    if adult is not None:
        return clash.kind == "adult" and clash.who == adult
    return pupil is None or (clash.kind == "pupil" and clash.who == pupil)


def _named(ids: Iterable[str], names: dict[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(((each, names[each]) for each in ids if each in names), key=lambda each: (each[1], each[0])))
