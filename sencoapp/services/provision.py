"""Provision and its cost, for a pupil and for the school."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from sencoapp import reference
from sencoapp.domain.added_costs import Charge, ProvisionCost
from sencoapp.domain.calendar import academic_year
from sencoapp.domain.costing import Part
from sencoapp.domain.dates import full_date
from sencoapp.domain.delivery import SessionMark, has_place, one_a_session
from sencoapp.domain.people import Pupil
from sencoapp.domain.plan import Cycle
from sencoapp.domain.provision import (
    NOTIONAL_PENCE,
    Provision,
    ProvisionPlace,
    ProvisionStaff,
    cost_pence,
    planned_minutes,
)
from sencoapp.domain.record import Amend, Edit, New, Remove, Saved
from sencoapp.domain.refusals import Refusal
from sencoapp.domain.snapshot import CostAdded, CostPart, MapContent, MapPupil, ProvisionRow
from sencoapp.domain.timetable import ProvisionSlot
from sencoapp.services.beginning import school
from sencoapp.services.changes import amended, filled, must_get
from sencoapp.services.cost_words import charge_words
from sencoapp.services.cost_words import money as money
from sencoapp.services.costing import CostBook, RowCost
from sencoapp.services.ports import Record, RegisterQuery, Session
from sencoapp.services.rates import MOST_PENCE_PER_HOUR
from sencoapp.services.staffing import staff_edits

MOST_SESSIONS_A_WEEK = 50
MOST_MINUTES = 400
MOST_WEEKS = 60
MOST_PUPILS = 60


def add_provision(
    session: Session,
    values: Mapping[str, Any],
    pupils: Sequence[str],
    *,
    cycle: str | None = None,
    outcome: str | None = None,
    staff: Sequence[ProvisionStaff] = (),
) -> tuple[Provision, Saved]:
    """A provision, its pupils and its adults, in one save. ``group_size`` may be larger than the number of pupils named.

    Cycle and outcome are those of one of the pupils; the places of the others serve no plan yet.
    Raises ``Refusal`` with the field to go to; see ``check_provision`` and ``staffing.set_staff``.
    """
    provision = check_provision(Provision(**{**values, "id": session.ids.new()}))
    planned = must_get(session.record, Cycle, cycle).pupil if cycle else None
    places = [
        New(ProvisionPlace(session.ids.new(), each, provision.id, *((cycle, outcome) if each == planned else (None, None))))
        for each in dict.fromkeys(pupils)
    ]
    edits = [New(provision), *places, *staff_edits(session, provision.id, staff)]
    return provision, session.record.save(edits, action="add_provision", actor=session.actor)


def change_provision(
    session: Session, shown: Provision, wanted: Provision, *, staff: Sequence[ProvisionStaff] | None = None, as_of: int | None = None
) -> Saved:
    """Saves what was changed on a provision, and on its adults where they are given."""
    edits = amended(shown, check_provision(wanted))
    edits += staff_edits(session, shown.id, staff) if staff is not None else []
    return session.record.save(edits, action="change_provision", actor=session.actor, as_of=as_of)


def join_provision(session: Session, provision: str, pupil: str, *, cycle: str | None = None, outcome: str | None = None) -> Saved:
    """Gives a pupil a place, from today where the provision runs already. One that still goes on for the same cycle and outcome
    is left as it is.

    Raises ``Refusal``: ``no_longer_there``, ``provision_has_ended``, ``plan_is_of_another_pupil``.
    """
    found = must_get(session.record, Provision, provision)
    if found.ends_on and found.ends_on < session.clock.today():
        raise Refusal("provision_has_ended")
    if cycle is not None and must_get(session.record, Cycle, cycle).pupil != pupil:
        raise Refusal("plan_is_of_another_pupil")
    places = session.record.find(ProvisionPlace, provision=provision, pupil=pupil)
    if any(each.ends_on is None and each.cycle == cycle and each.outcome == outcome for each in places):
        return Saved(session.record.position())
    today = session.clock.today()
    since = today if found.starts_on < today and not places else None
    place = ProvisionPlace(session.ids.new(), pupil, provision, cycle, outcome, starts_on=since)
    return session.record.save([New(place)], action="join_provision", actor=session.actor)


def leave_provision(session: Session, place: str, *, ends_on: date | None = None) -> Saved:
    """Ends a pupil's place on a day, or takes it away where it was a mistake.

    Raises ``Refusal("provision_ends_before_it_starts")``.
    """
    there = must_get(session.record, ProvisionPlace, place)
    if ends_on and ends_on < must_get(session.record, Provision, there.provision).starts_on:
        raise Refusal("provision_ends_before_it_starts", field="ends_on")
    edit: Edit = Amend(ProvisionPlace, place, {"ends_on": ends_on}) if ends_on else Remove(ProvisionPlace, place)
    return session.record.save([edit], action="leave_provision", actor=session.actor)


def change_place(
    session: Session, place: str, *, starts_on: date | None, ends_on: date | None, whole_cost_reason: str | None = None
) -> tuple[tuple[str, ...], Saved]:
    """When a pupil was in a group: from the first day of the provision, or ``starts_on``, to ``ends_on``.

    Returns what is to be said: sessions that were ticked for the pupil outside these days stay as they are.
    Raises ``Refusal``: ``place_ends_before_it_starts``, ``place_after_provision``, ``provision_ends_before_it_starts``.
    """
    there = must_get(session.record, ProvisionPlace, place)
    given = must_get(session.record, Provision, there.provision)
    if starts_on and ends_on and ends_on < starts_on:
        raise Refusal("place_ends_before_it_starts", field="ends_on")
    if ends_on and ends_on < given.starts_on:
        raise Refusal("provision_ends_before_it_starts", field="ends_on")
    if starts_on and given.ends_on and starts_on > given.ends_on:
        raise Refusal("place_after_provision", field="starts_on", title=given.title, day=full_date(given.ends_on))
    wanted = {"starts_on": starts_on, "ends_on": ends_on, "whole_cost_reason": filled(whole_cost_reason)}
    values = {name: value for name, value in wanted.items() if value != getattr(there, name)}
    edits: list[Edit] = [Amend(ProvisionPlace, place, values)] if values else []
    saved = session.record.save(edits, action="change_place", actor=session.actor)
    places = session.record.find(ProvisionPlace, provision=given.id, pupil=there.pupil)
    marks = session.record.find(SessionMark, provision=given.id, pupil=there.pupil)
    outside = sum(not has_place(places, each.happened_on) for each in one_a_session(marks))
    return ((reference.say("costing.ticked_outside", count=outside),) if outside else ()), saved


def remove_provision(session: Session, provision: str) -> Saved:
    """Takes away a provision that nobody is in, with its adults, times and costs, as where it was added by mistake.

    Raises ``Refusal``: ``provision_has_pupils``, ``no_longer_there``.
    """
    made = must_get(session.record, Provision, provision)
    inside = len({each.pupil for each in session.record.find(ProvisionPlace, provision=provision)})
    if inside:
        raise Refusal("provision_has_pupils", title=made.title, count=inside)
    edits: list[Edit] = [Remove(ProvisionStaff, each.id) for each in session.record.find(ProvisionStaff, provision=provision)]
    edits += [Remove(ProvisionCost, each.id) for each in session.record.find(ProvisionCost, provision=provision)]
    edits += [Remove(ProvisionSlot, each.id) for each in session.record.find(ProvisionSlot, provision=provision)]
    edits.append(Remove(Provision, provision))
    return session.record.save(edits, action="remove_provision", actor=session.actor)


def without_pupils(record: Record) -> list[Provision]:
    """The provision that nobody has or had a place in, newest first: it can be removed."""
    taken = {each.provision for each in record.find(ProvisionPlace)}
    return _newest_first(each for each in record.find(Provision) if each.id not in taken)


def end_places(session: Session, pupil: str, provision: str, ends_on: date) -> Saved:
    """Ends every place that a pupil still has in a provision, in one save.

    Raises ``Refusal("provision_ends_before_it_starts")``.
    """
    if ends_on < must_get(session.record, Provision, provision).starts_on:
        raise Refusal("provision_ends_before_it_starts", field="ends_on")
    going_on = [each for each in session.record.find(ProvisionPlace, provision=provision, pupil=pupil) if each.ends_on is None]
    edits = [Amend(ProvisionPlace, each.id, {"ends_on": ends_on}) for each in going_on]
    return session.record.save(edits, action="leave_provision", actor=session.actor)


def take_places_away(session: Session, pupil: str, provision: str) -> Saved:
    """Takes a pupil's places in a provision away, as where they were a mistake."""
    edits = [Remove(ProvisionPlace, each.id) for each in session.record.find(ProvisionPlace, provision=provision, pupil=pupil)]
    return session.record.save(edits, action="leave_provision", actor=session.actor)


def check_provision(provision: Provision) -> Provision:
    """The provision, if its cost can be worked out. Raises ``Refusal`` with the field to go to."""
    if not filled(provision.title):
        raise Refusal("provision_needs_title", field="title")
    if not filled(provision.delivered_by):
        raise Refusal("provision_needs_who", field="delivered_by")
    check_dose(provision.sessions_per_week, provision.minutes, provision.weeks, provision.group_size)
    if not 0 <= provision.pence_per_hour <= MOST_PENCE_PER_HOUR:
        raise Refusal("rate_is_above_nothing", field="rate")
    if provision.ends_on and provision.ends_on < provision.starts_on:
        raise Refusal("provision_ends_before_it_starts", field="ends_on")
    return replace(provision, whole_cost_reason=filled(provision.whole_cost_reason))


def check_dose(sessions_per_week: Decimal, minutes: int, weeks: int, group_size: int) -> None:
    """Raises ``Refusal`` with the field for a dose that cannot be: ``provision_minutes`` and its kin."""
    sessions = Decimal(sessions_per_week)
    limits = (
        ("sessions_per_week", sessions.is_finite() and 0 < sessions <= MOST_SESSIONS_A_WEEK, MOST_SESSIONS_A_WEEK),
        ("minutes", 0 < minutes <= MOST_MINUTES, MOST_MINUTES),
        ("weeks", 0 < weeks <= MOST_WEEKS, MOST_WEEKS),
        ("group_size", 0 < group_size <= MOST_PUPILS, MOST_PUPILS),
    )
    for field, holds, most in limits:
        if not holds:
            raise Refusal(f"provision_{field}", field=field, most=most)


def provision_of(record: Record, pupil: str) -> list[Provision]:
    """Each provision that a pupil has a place in, once, newest first."""
    ids = dict.fromkeys(place.provision for place in record.find(ProvisionPlace, pupil=pupil))
    return _newest_first(must_get(record, Provision, each) for each in ids)


def row_of(provision: Provision, cost: RowCost | None = None) -> ProvisionRow:
    """One pupil's place with its cost and the formula that gives it: ``cost`` over the pupil's own days and the dated rates, or
    as the provision was costed when it was added."""
    row = ProvisionRow(
        id=provision.id,
        title=provision.title,
        aim=provision.aim,
        area=provision.area,
        wave=provision.wave,
        delivered_by=provision.delivered_by,
        staff_role=provision.staff_role,
        sessions_per_week=format(provision.sessions_per_week.normalize(), "f"),
        minutes=provision.minutes,
        weeks=provision.weeks,
        group_size=provision.group_size,
        pence_per_hour=provision.pence_per_hour,
        whole_cost_reason=provision.whole_cost_reason,
        starts_on=provision.starts_on.isoformat(),
        ends_on=provision.ends_on.isoformat() if provision.ends_on else None,
        planned_minutes=planned_minutes(provision),
        cost_pence=cost_pence(provision),
        formula=formula(provision),
    )
    if cost is not None:
        row |= {
            "planned_minutes": int(sum((each.minutes for each in cost.parts), Fraction(0))),
            "cost_pence": cost.planned_pence,
            "formula": cost.formula,
            "parts": [_part(each) for each in cost.parts if each.shared_by],
        }
        if cost.charges:
            row["added"] = [_added(each) for each in cost.charges]
    return row


def _part(part: Part) -> CostPart:
    rate = part.pay.pence_per_hour
    return CostPart(weeks=str(Decimal(part.days) / 5), pence=[rate.numerator, rate.denominator], shared_by=part.shared_by)


def weeks_of(row: ProvisionRow) -> Decimal:
    """The weeks that a cost is worked out over: the pupil's own, where the row says them, else those of the provision."""
    return sum((Decimal(each["weeks"]) for each in row["parts"]), Decimal(0)) if "parts" in row else Decimal(row["weeks"])


def weeks_words(row: ProvisionRow) -> str:
    """ "12" or "5.8"; where others carry the whole cost, all the weeks of the provision."""
    return format((weeks_of(row) or Decimal(row["weeks"])).normalize(), "f")


def _added(charge: Charge) -> CostAdded:
    return CostAdded(words=charge_words(charge), pence=[charge.pence.numerator, charge.pence.denominator])


def formula(provision: Provision) -> str:
    """The sum as a person would write it: "3 sessions x 30 minutes x £17.20 an hour x 12 weeks ÷ 4 pupils = £77.40"."""
    sessions = format(provision.sessions_per_week.normalize(), "f")
    shared = 1 if provision.whole_cost_reason else provision.group_size
    return reference.say(
        "provision.formula" if shared > 1 else "provision.formula_alone",
        sessions=sessions,
        sessions_word=reference.say("provision.session_one" if sessions == "1" else "provision.session_many"),
        minutes=provision.minutes,
        rate=money(provision.pence_per_hour),
        weeks=provision.weeks,
        weeks_word=reference.say("provision.week_one" if provision.weeks == 1 else "provision.week_many"),
        pupils=shared,
        cost=money(cost_pence(provision)),
    )


def pupil_map(session: Session, pupil: str) -> MapPupil:
    """One pupil's provision with its total: each place over its own days, at the rates in force on them (``domain.costing``).

    Raises ``Refusal``: ``not_for_your_role`` for a role that sees no cost, ``no_longer_there``.
    """
    person = must_get(session.record, Pupil, pupil)
    book = CostBook(session, pupil=pupil)
    rows = [row_of(each, book.row(each.id, pupil)) for each in provision_of(session.record, pupil)]
    return _map_pupil(pupil, person.name, person.year, person.reg_group, rows)


def map_content(session: Session, pupil: str) -> MapContent:
    """The provision map of one pupil: all that was ever given. Raises as ``pupil_map``."""
    home, found = school(session.record), pupil_map(session, pupil)
    return MapContent(
        school=home.name,
        title=reference.say("provision.map_of_pupil", name=found["name"]),
        made_on=session.clock.today().isoformat(),
        made_by=session.actor.name,
        pupil=found,
        notional_pence=NOTIONAL_PENCE,
        demo=home.demo,
    )


def places_of_school(session: Session, query: RegisterQuery | None = None) -> list[MapPupil]:
    """What the pupils on roll that a filter lets through have, in this school year: what runs in it, or has run in it.

    A few questions whatever the size of the school. Each provision is costed once.
    """
    record, book = session.record, CostBook(session)
    since = date(academic_year(session.clock.today()), 9, 1)
    of_pupil: dict[str, dict[str, None]] = {}
    for place in record.find(ProvisionPlace):
        of_pupil.setdefault(place.pupil, {})[place.provision] = None
    known = {each.id: each for each in record.find(Provision) if each.ends_on is None or each.ends_on >= since}
    pupils = []
    for found in record.register(query or RegisterQuery(), limit=1_000_000):
        if found.id in of_pupil:
            provisions = _newest_first(known[each] for each in of_pupil[found.id] if each in known)
            if not provisions:
                continue
            costed = [row_of(each, book.row(each.id, found.id)) for each in provisions]
            pupils.append(_map_pupil(found.id, found.name, found.year, found.reg_group, costed))
    return pupils


def _map_pupil(id: str, name: str, year: str | None, reg_group: str | None, rows: list[ProvisionRow]) -> MapPupil:
    return MapPupil(id=id, name=name, year=year, reg_group=reg_group, rows=rows, total_pence=sum(each["cost_pence"] for each in rows))


def _newest_first(provisions: Iterable[Provision]) -> list[Provision]:
    return sorted(provisions, key=lambda each: (each.starts_on, each.id), reverse=True)
