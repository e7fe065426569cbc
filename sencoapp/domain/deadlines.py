"""Statutory dates: each from one rule, with the way it was counted and where the rule stands.

The rules are data (``resources/rules/england.json``). In the SEND Regulations 2014 a date that falls on a weekend or a bank
holiday stays where it is; no exception stops a clock, it only excuses lateness (regs 5(4), 10(4), 13(3), 27(3)).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Literal

from sencoapp.domain.calendar import Closure, SchoolDays
from sencoapp.domain.dates import add_months, full_date
from sencoapp.domain.plain import from_plain
from sencoapp.domain.working_days import add_working_days, first_working_day_from

Unit = Literal["days", "weeks", "months", "working_days"]
Count = Literal["within", "beginning_with", "before", "at_least_before"]

_ONE = timedelta(days=1)
_SPLIT_AGE = 16


@dataclass(frozen=True)
class Rule:
    """One rule of law or guidance: who has to do what, how long after (or before) which event.

    ``count``: ``within``, the day of the event is not counted; ``beginning_with``, it is the first day; ``before``, the
    day before ``fixed`` (MM-DD) in the event's calendar year is the last; ``at_least_before``, so long before the event.
    """

    id: str
    label: str
    trigger: str
    who: str
    count: Count
    citation: str
    source: str
    check_with_council: bool
    length: int = 0
    unit: Unit = "days"
    fixed: str | None = None
    in_force_from: date | None = None
    in_force_to: date | None = None
    exceptions: tuple[str, ...] = ()
    shifts: tuple[str, ...] = ()
    note: str | None = None

    def holds_on(self, day: date) -> bool:
        return (self.in_force_from or day) <= day <= (self.in_force_to or day)


@dataclass(frozen=True)
class Deadline:
    """A date by which something has to be done, and how it was found.

    ``due`` is the date that the rule names; ``last_compliant`` the last day on which it is kept (they differ for
    "before"). ``target`` is a day earlier, or the school day before that: some services count the day of receipt as day 1.
    """

    rule: str
    label: str
    who: str
    trigger: str
    on: date
    due: date
    last_compliant: date
    target: date
    citation: str
    source: str
    how: str
    unit: Unit
    count: Count
    check_with_council: bool = False
    exception: str | None = None
    """The exception that may apply to lateness; the date stays."""
    from_sending: bool = False
    """Counted from the day on which the request was sent, for as long as nobody knows when the council received it."""

    def as_json(self) -> dict[str, str]:
        """What ``sencoapp deadlines --json`` prints."""
        return {
            "rule": self.rule,
            "due": self.due.isoformat(),
            "lastCompliant": self.last_compliant.isoformat(),
            "citation": self.citation,
        }


@dataclass(frozen=True)
class DayOf:
    """Where a day stands in a period: day 12 of 42, 30 left; or late by so many days."""

    day: int
    of: int

    @property
    def left(self) -> int:
        return max(0, self.of - self.day)

    @property
    def late_by(self) -> int:
        return max(0, self.day - self.of)

    def in_words(self) -> str:
        """``day 12 of 42``, ``last day of 42``, ``3 days late``."""
        if self.late_by:
            return f"{self.late_by} {'day' if self.late_by == 1 else 'days'} late"
        return f"last day of {self.of}" if self.day == self.of else f"day {self.day} of {self.of}"


def deadlines(rules: Mapping[str, Any], trigger: str, on: date, *, school_days: SchoolDays | None = None) -> tuple[Deadline, ...]:
    """Every date that an event on a day gives rise to, in the order of the rules, from the rules then in force.

    ``rules`` is the content of ``resources/rules/england.json``. Raises ``KeyError`` for a trigger that it does not list.
    """
    if trigger not in rules["triggers"]:
        raise KeyError(trigger)
    return tuple(_deadline(rules, rule, on, school_days) for rule in read_rules(rules) if rule.trigger == trigger and rule.holds_on(on))


def from_sending(rules: Mapping[str, Any], sent_on: date, *, school_days: SchoolDays | None = None) -> tuple[Deadline, ...]:
    """What follows from the receipt of a request of which only the day of sending is known: that day stands in, and each says so."""
    found = deadlines(rules, "request_received", sent_on, school_days=school_days)
    return tuple(replace(each, from_sending=True, how=f"{each.how}; {rules['from_sending']}") for each in found)


def read_rules(rules: Mapping[str, Any]) -> tuple[Rule, ...]:
    return tuple(from_plain(Rule, each) for each in rules["rules"])


def day_of(deadline: Deadline, today: date) -> DayOf:
    """Which day of the period today is. Day 0 is the event itself, unless it counts as day 1.

    Has no meaning for dates counted backwards from an event that is still to come (``before``, ``at_least_before``).
    """
    first = deadline.on - _ONE if deadline.count == "beginning_with" else deadline.on
    return DayOf((today - first).days, (deadline.last_compliant - first).days)


def appeal_by(
    rules: Mapping[str, Any], decided_on: date, certificate_on: date | None = None, *, school_days: SchoolDays | None = None
) -> Deadline:
    """The last day for an appeal: two months from the decision letter or one month from the certificate, the later.

    A day from 25 December to 1 January moves to the next working day in January, a day in August to the first working
    day of September (SEN appeals; not claims of disability discrimination).
    """
    found = {each.rule: each for each in deadlines(rules, "decision_letter", decided_on, school_days=school_days)}
    from_letter = found["appeal_from_decision"]
    if certificate_on is None:
        return from_letter
    (from_certificate,) = deadlines(rules, "mediation_certificate", certificate_on, school_days=school_days)
    later = max(from_letter, from_certificate, key=lambda each: each.last_compliant)
    return replace(later, how=f"{later.how}; the later of the two dates for an appeal")


def end_of_compulsory_school_age(birth_date: date) -> date:
    """The last Friday in June of the school year in which the pupil turns 16.

    From the next day the right of appeal is the young person's, no longer the parent's (Education Act 1996 s8; Education
    (School Leaving Date) Order 1997).
    """
    sixteen = add_months(birth_date, 12 * _SPLIT_AGE)
    last_of_june = date(sixteen.year + (sixteen.month >= 9), 6, 30)
    return last_of_june - timedelta(days=(last_of_june.weekday() - 4) % 7)


def closure_window(rules: Mapping[str, Any], closed_from: date, reopens_on: date) -> tuple[date, date] | None:
    """First and last day on which a request for the school's advice brings the closure exception into play, or None.

    From one week before a closure of four weeks or more to one week before the school re-opens.
    """
    facts = rules["exceptions"]["closure"]
    if (reopens_on - closed_from).days < facts["least_days"]:
        return None
    margin = timedelta(days=facts["days_before"])
    return closed_from - margin, reopens_on - margin


def closure_exception(rules: Mapping[str, Any], advice_asked_on: date, closed_from: date, reopens_on: date) -> bool:
    """Whether a closed school may excuse the council's lateness. The date stays where it is."""
    window = closure_window(rules, closed_from, reopens_on)
    return window is not None and window[0] <= advice_asked_on <= window[1]


def flag_closure(
    rules: Mapping[str, Any], found: tuple[Deadline, ...], advice_asked_on: date, school_days: SchoolDays
) -> tuple[Deadline, ...]:
    """The same dates; those whose rule knows the closure exception carry its sentence where one of the closures applies."""
    if not any(closure_exception(rules, advice_asked_on, each.closed_from, each.reopens_on) for each in school_days.closures()):
        return found
    excused = {rule.id for rule in read_rules(rules) if "closure" in rule.exceptions}
    sentence = rules["exceptions"]["closure"]["sentence"]
    return tuple(replace(each, exception=sentence) if each.rule in excused else each for each in found)


def falls_in_closure(found: Deadline, school_days: SchoolDays) -> Closure | None:
    """The holidays in which a date falls. It does not move: the school answers before them, or says who is there."""
    return next((each for each in school_days.closures() if each.closed_from <= found.last_compliant < each.reopens_on), None)


def counted(on: date, length: int, unit: Unit, count: Count, *, holidays: Mapping[str, Any] | None = None) -> date:
    """The last day of a period that an event on a day begins (or, for ``at_least_before``, has to end before).

    Months end on the corresponding day, or on the last day of a shorter month: 12 months beginning with 29 February 2028 end on
    28 February 2029 (Dodds v Walker [1981] 1 WLR 1027).
    """
    back = count == "at_least_before"
    if unit == "working_days":
        return add_working_days(on, length, holidays)
    end = add_months(on, -length if back else length) if unit == "months" else on + _span(length, unit) * (-1 if back else 1)
    was_cut = unit == "months" and end.day != on.day
    return end - _ONE if count == "beginning_with" and not was_cut else end


def _span(length: int, unit: Unit) -> timedelta:
    return timedelta(days=length * (7 if unit == "weeks" else 1))


def _deadline(rules: Mapping[str, Any], rule: Rule, on: date, school_days: SchoolDays | None) -> Deadline:
    holidays = rules["bank_holidays"]
    if rule.fixed:
        month, day = rule.fixed.split("-")
        due = date(on.year, int(month), int(day))
        last, how = due - _ONE, f"before {full_date(due)}, so {full_date(due - _ONE)} at the latest"
    else:
        due = last = counted(on, rule.length, rule.unit, rule.count, holidays=holidays)
        how = _how(rule, on)
    for name in rule.shifts:
        moved = _moved(due, rules["shifts"][name], holidays)
        if moved != due:
            due, last, how = moved, moved, f"{how}; {rules['shifts'][name]['how']}"
    return Deadline(
        rule=rule.id,
        label=rule.label,
        who=rule.who,
        trigger=rule.trigger,
        on=on,
        due=due,
        last_compliant=last,
        target=_target(last, school_days),
        citation=rule.citation,
        source=rule.source,
        how=how,
        unit=rule.unit,
        count=rule.count,
        check_with_council=rule.check_with_council,
    )


def _how(rule: Rule, on: date) -> str:
    length, unit = (rule.length * 7, "days") if rule.unit == "weeks" else (rule.length, rule.unit.replace("_", " "))
    span = f"{length} {unit.removesuffix('s') if length == 1 else unit}"
    if rule.count == "at_least_before":
        return f"at least {span} before {full_date(on)}"
    if rule.count == "beginning_with":
        return f"{span} beginning with {full_date(on)}, that day counted"
    return f"{span} after {full_date(on)}, that day not counted" if length else f"on {full_date(on)} itself"


def _target(last: date, school_days: SchoolDays | None) -> date:
    target = last - _ONE
    if school_days is None or not school_days.knows(target) or school_days.is_school_day(target):
        return target
    return school_days.previous_school_day(target) or target


def _moved(day: date, shift: Mapping[str, Any], holidays: Mapping[str, Any]) -> date:
    """A day in a time when the tribunal does not sit moves to the first working day after it."""
    for year in (day.year, day.year - 1):
        first, last = _in_year(shift["from"], year), _in_year(shift["to"], year)
        if last < first:
            last = _in_year(shift["to"], year + 1)
        if first <= day <= last:
            return first_working_day_from(last + _ONE, holidays)
    return day


def _in_year(month_and_day: str, year: int) -> date:
    month, day = month_and_day.split("-")
    return date(year, int(month), int(day))
