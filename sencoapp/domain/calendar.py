"""The school's year: its terms, halves and weeks, its school days, and how late something is in them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sencoapp.domain.people import Term
from sencoapp.domain.working_days import usual_bank_holidays

_ONE = timedelta(days=1)
_FIRST_MONTH = 9


@dataclass(frozen=True)
class HalfTerm:
    """Where a day stands: "Autumn term, second half", week 4 of 7. Weeks begin on Monday."""

    name: str
    week: int
    weeks: int
    starts_on: date
    ends_on: date

    def in_words(self) -> str:
        return f"{self.name}, week {self.week} of {self.weeks}"


@dataclass(frozen=True)
class Closure:
    """An unbroken time between two terms in which the school is closed, both days included."""

    closed_from: date
    reopens_on: date

    @property
    def days(self) -> int:
        return (self.reopens_on - self.closed_from).days


@dataclass(frozen=True)
class SchoolDays:
    """The school days that follow from a school's own term dates; Leicestershire's differ from most (domain.md 2).

    Weekends, half terms and bank holidays within a term are left out. Training days are not known, and count.
    """

    terms: tuple[Term, ...]

    @classmethod
    def of(cls, terms: Sequence[Term]) -> "SchoolDays":
        """From terms in any order."""
        return cls(tuple(sorted(terms, key=lambda each: each.starts_on)))

    def knows(self, day: date) -> bool:
        """Whether the day lies within the terms that the school has entered, holidays between them included."""
        return bool(self.terms) and self.terms[0].starts_on <= day <= self.terms[-1].ends_on

    def is_school_day(self, day: date) -> bool:
        return any(_in_session(term, day) for term in self.terms)

    def next_school_day(self, day: date) -> date | None:
        """The first school day after a day, or None where no later term is known."""
        last = max((term.ends_on for term in self.terms), default=day)
        return next((each for each in _days(day + _ONE, last) if self.is_school_day(each)), None)

    def previous_school_day(self, day: date) -> date | None:
        """The last school day before a day, or None where no earlier term is known."""
        first = min((term.starts_on for term in self.terms), default=day)
        back = ((day - timedelta(days=number)) for number in range(1, (day - first).days + 1))
        return next((each for each in back if self.is_school_day(each)), None)

    def between(self, start: date, end: date) -> int:
        """How many school days lie after ``start`` up to and including ``end``; negative where ``end`` is earlier."""
        if end < start:
            return -self.between(end, start)
        return sum(self.is_school_day(each) for each in _days(start + _ONE, end))

    def lateness(self, due: date, today: date) -> str:
        """``due today``, ``2 school days late``, ``due in 3 school days``; in days where the terms are not known."""
        if due == today:
            return "due today"
        known = self.knows(due) and self.knows(today)
        count = abs(self.between(due, today)) if known else abs((today - due).days)
        if known and not count:
            return "due, school closed since" if today > due else "due before the next school day"
        unit = ("school day" if known else "day") + ("" if count == 1 else "s")
        return f"{count} {unit} late" if today > due else f"due in {count} {unit}"

    def half_term(self, day: date) -> HalfTerm | None:
        """The half of a term that a day belongs to, weekends included; None in the holidays."""
        for each in self.halves():
            monday = each.starts_on - timedelta(days=each.starts_on.weekday())
            if monday <= day <= each.ends_on + timedelta(days=6 - each.ends_on.weekday()):
                return replace(each, week=(day - monday).days // 7 + 1)
        return None

    def halves(self) -> Iterator[HalfTerm]:
        """Every half of a term, as it stands in its first week."""
        for term in self.terms:
            for name, first, last in _halves(term):
                weeks = (last - first + timedelta(days=first.weekday())).days // 7 + 1
                yield HalfTerm(name, 1, weeks, first, last)

    def closures(self, at_least_days: int = 1) -> tuple[Closure, ...]:
        """The times between terms, from the first day closed to the day of re-opening, of so many days or more."""
        pairs = zip(self.terms, self.terms[1:], strict=False)
        found = (Closure(before.ends_on + _ONE, after.starts_on) for before, after in pairs)
        return tuple(each for each in found if each.days >= at_least_days)


def academic_year(day: date) -> int:
    """The year in which the school year of a day began: 2026 from 1 September 2026 to 31 August 2027."""
    return day.year if day.month >= _FIRST_MONTH else day.year - 1


def academic_year_name(day: date) -> str:
    """``2026 to 2027``."""
    year = academic_year(day)
    return f"{year} to {year + 1}"


def _in_session(term: Term, day: date) -> bool:
    if not term.starts_on <= day <= term.ends_on or day.weekday() > 4:
        return False
    if term.half_term_starts_on and term.half_term_ends_on and term.half_term_starts_on <= day <= term.half_term_ends_on:
        return False
    return day not in usual_bank_holidays(day.year)


def _halves(term: Term) -> Iterator[tuple[str, date, date]]:
    """Name, first and last school day of each half; a term without a half term is one piece."""
    name = term.name if "term" in term.name.casefold() else f"{term.name} term"
    if not (term.half_term_starts_on and term.half_term_ends_on):
        pieces = [(name, term.starts_on, term.ends_on)]
    else:
        pieces = [
            (f"{name}, first half", term.starts_on, term.half_term_starts_on - _ONE),
            (f"{name}, second half", term.half_term_ends_on + _ONE, term.ends_on),
        ]
    for title, start, end in pieces:
        inside = [each for each in _days(start, end) if _in_session(term, each)]
        if inside:
            yield title, inside[0], inside[-1]


def _days(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)
