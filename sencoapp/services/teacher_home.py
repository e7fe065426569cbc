"""What a teacher or a teaching assistant needs today: their pupils, what works for each of them, and what they are asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sencoapp import reference
from sencoapp.domain.dates import weekday_date
from sencoapp.domain.people import Pupil, StaffMember
from sencoapp.domain.plan import Cycle
from sencoapp.domain.professionals import Recommendation
from sencoapp.domain.record import Actor
from sencoapp.services.delivery import sessions_of_day
from sencoapp.services.permissions import sees_all
from sencoapp.services.ports import Record, RegisterQuery, RegisterRow, Session
from sencoapp.services.round_robins import asked_of_me
from sencoapp.services.today import place_words

_ALL = 1_000
_STATUSES = ("E", "K", "N")


@dataclass(frozen=True)
class Asked:
    """One thing that somebody is asked for. ``kind`` says where it leads, ``subject`` to which of them."""

    kind: Literal["session", "round_robin"]
    subject: str
    what: str
    detail: str
    done: bool
    due_on: date


@dataclass(frozen=True)
class HomePupil:
    """A pupil of one's classes, with what to do for them today, the most important first."""

    id: str
    name: str
    place: str
    status: str
    strategies: tuple[str, ...]
    last_note_on: date | None


@dataclass(frozen=True)
class TeacherHome:
    """``classes`` are those of the person; with none of them there are no pupils."""

    today: date
    classes: tuple[str, ...]
    pupils: tuple[HomePupil, ...]
    asked: tuple[Asked, ...]


def has_teachers_home(actor: Actor) -> bool:
    """Whether Today is about one's own pupils: for those who see no others."""
    return not sees_all(actor, Pupil)


def teacher_home(session: Session) -> TeacherHome:
    """Pupils with an EHC plan first, then those on SEN support, then by name."""
    record, today = session.record, session.clock.today()
    me = record.get(StaffMember, session.actor.id)
    rows = record.register(RegisterQuery(), limit=_ALL)
    strategies = _strategies(record)
    pupils = [_home_pupil(each, strategies.get(each.id, ())) for each in rows]
    return TeacherHome(
        today=today,
        classes=me.classes if me else (),
        pupils=tuple(sorted(pupils, key=lambda each: _STATUSES.index(each.status) if each.status in _STATUSES else len(_STATUSES))),
        asked=tuple(asked_of(session)),
    )


def asked_of(session: Session) -> list[Asked]:
    """What this person is asked for today, what is not done yet first. Each source adds its own here."""
    asked = [*_sessions(session), *_round_robins(session)]
    return sorted(asked, key=lambda each: (each.done, each.due_on))


def how_much_is_asked(session: Session) -> int:
    """How many things are still to do: the figure in the rail."""
    return sum(not each.done for each in asked_of(session))


def _sessions(session: Session) -> list[Asked]:
    """The sessions that this person gives today."""
    today = session.clock.today()
    found = []
    for each in sessions_of_day(session, today):
        if not each.mine:
            continue
        title = each.provision.title
        words = reference.say("sessions.named", title=title, session=each.number) if each.number > 1 else title
        names = ", ".join(inside.name for inside in each.pupils)
        found.append(Asked("session", each.key, words, names, each.of_all is not None, today))
    return found


def _round_robins(session: Session) -> list[Asked]:
    """Questions about a pupil, also of another class."""
    today = session.clock.today()
    return [
        Asked(
            "round_robin",
            found.ask.id,
            reference.say(
                "teacher_home.round_robin_late" if found.answer is None and asked.due_on < today else "teacher_home.round_robin",
                name=asked.pupil_name,
                day=weekday_date(asked.due_on),
            ),
            reference.say("teacher_home.round_robin_detail", title=asked.title, name=asked.author_name),
            found.answer is not None,
            asked.due_on,
        )
        for asked, found in asked_of_me(session)
    ]


def _home_pupil(row: RegisterRow, strategies: Sequence[str]) -> HomePupil:
    return HomePupil(row.id, row.name, place_words(row.year, row.reg_group), row.status, tuple(strategies), row.last_observation_on)


def _strategies(record: Record) -> dict[str, list[str]]:
    """By pupil: the strategies of the plan that is agreed, what works, and the advice that is in use, each said once."""
    found: dict[str, list[str]] = {}

    def add(pupil: str, words: str | None) -> None:
        lines = found.setdefault(pupil, [])
        lines += [line for line in _lines(words) if line not in lines]

    for cycle in record.find(Cycle, closed_on=None):
        if cycle.planned_on:  # what is not agreed yet is not taught by
            add(cycle.pupil, cycle.strategies)
    for pupil in record.find(Pupil):
        add(pupil.id, pupil.what_works)
    for advice in record.find(Recommendation):
        if advice.in_use in ("yes", "partly"):
            add(advice.pupil, advice.text)
    return found


def _lines(words: str | None) -> list[str]:
    """The lines of a text without the marks of a list before them."""
    return [line for each in (words or "").splitlines() if (line := each.strip().lstrip("-–•*·").strip())]
