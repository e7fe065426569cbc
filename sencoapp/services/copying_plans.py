"""Copying a plan to other pupils, each with a copy of their own; and rolling a closed plan forward into a new cycle."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sencoapp import reference
from sencoapp.domain.people import Pupil
from sencoapp.domain.plan import Cycle, Outcome
from sencoapp.domain.provision import ProvisionPlace
from sencoapp.domain.record import Amend, Edit, New, Saved
from sencoapp.domain.refusals import Refusal
from sencoapp.domain.renaming import Called, Renamed, renamed
from sencoapp.services import plans
from sencoapp.services.changes import filled, must_get
from sencoapp.services.plans import PlanPage, plan_page
from sencoapp.services.ports import Session


@dataclass(frozen=True)
class CopyOfText:
    """One outcome as the other pupil's plan will say it. ``doubts`` are words that a person should look at."""

    outcome: str
    text: str
    doubts: tuple[str, ...]


@dataclass(frozen=True)
class PlannedCopy:
    """What one pupil will get."""

    pupil: Pupil
    texts: tuple[CopyOfText, ...]
    strategies: str | None
    has_open_plan: bool
    """The outcomes are added to it; else a plan is started."""


@dataclass(frozen=True)
class Wanted:
    """Which parts of a plan are copied."""

    outcomes: tuple[str, ...]
    strategies: bool = True
    provision: bool = False


def called(pupil: Pupil) -> Called:
    """How texts may name a pupil; the name that staff use comes first."""
    forenames = dict.fromkeys(filter(None, (pupil.preferred_forename, pupil.legal_forename)))
    surnames = dict.fromkeys(filter(None, (pupil.preferred_surname, pupil.legal_surname)))
    return Called(tuple(forenames), tuple(surnames), pupil.sex)


def planned_copies(session: Session, cycle: str, wanted: Wanted, pupils: Sequence[str]) -> list[PlannedCopy]:
    """What each pupil would get, before anything is saved. The pupil whose plan it is is passed over.

    Raises ``Refusal``: ``no_longer_there``, ``pupil_has_left`` with a name.
    """
    page = plan_page(session.record, cycle)
    before = must_get(session.record, Pupil, page.cycle.pupil)
    found = []
    for each in dict.fromkeys(pupils):
        if each == before.id:
            continue
        pupil = must_get(session.record, Pupil, each)
        if plans.has_left(pupil, session.clock.today()):
            raise Refusal("pupil_has_left", name=pupil.name)
        found.append(_planned(session, page, before, pupil, wanted))
    return found


def _planned(session: Session, page: PlanPage, before: Pupil, pupil: Pupil, wanted: Wanted) -> PlannedCopy:
    texts = []
    for outcome in page.outcomes:
        if outcome.id in wanted.outcomes:
            said = _said(outcome.text, before, pupil)
            texts.append(CopyOfText(outcome.id, said.text, said.doubts))
    strategies = _said(page.cycle.strategies, before, pupil).text if wanted.strategies and page.cycle.strategies else None
    return PlannedCopy(pupil, tuple(texts), strategies, _open_cycle(session, pupil.id) is not None)


def _said(text: str, before: Pupil, after: Pupil) -> Renamed:
    return renamed(text, called(before), called(after), reference.name_rules())


def copy_plan(
    session: Session,
    cycle: str,
    wanted: Wanted,
    pupils: Sequence[str],
    texts: Mapping[tuple[str, str], str] | None = None,
    *,
    review_due_on: date | None = None,
) -> Saved:
    """Each pupil gets outcomes of their own, in their open plan or a new one, in one save that one undo takes back.

    ``texts`` are the words that a person changed in the preview, by pupil and outcome. A baseline is the pupil's own and is left
    empty. Raises ``Refusal``: ``copy_needs_outcomes``, ``copy_needs_pupils``, ``outcome_needs_words``, ``review_before_plan``,
    and what ``planned_copies`` raises.
    """
    if not wanted.outcomes:
        raise Refusal("copy_needs_outcomes", field="outcomes")
    copies = planned_copies(session, cycle, wanted, pupils)
    if not copies:
        raise Refusal("copy_needs_pupils", field="pupils")
    page = plan_page(session.record, cycle)
    edits: list[Edit] = []
    for each in copies:
        edits += _edits_for(session, page, each, wanted, texts or {}, review_due_on)
    return session.record.save(edits, action="copy_plan", actor=session.actor)


def _edits_for(
    session: Session, page: PlanPage, copy: PlannedCopy, wanted: Wanted, texts: Mapping[tuple[str, str], str], review_due_on: date | None
) -> list[Edit]:
    record, today, pupil = session.record, session.clock.today(), copy.pupil.id
    edits: list[Edit] = []
    there = _open_cycle(session, pupil)
    if there is None:
        number = max((each.number for each in plans.cycles_of(record, pupil)), default=0) + 1
        due = review_due_on or page.cycle.review_due_on
        if due is None or due <= today:
            due = today + timedelta(weeks=plans.USUAL_WEEKS)
        there = Cycle(session.ids.new(), pupil, number, today, due, strategies=copy.strategies)
        edits.append(New(there))
    elif copy.strategies:
        joined = f"{there.strategies}\n\n{copy.strategies}" if filled(there.strategies) else copy.strategies
        edits.append(Amend(Cycle, there.id, {"strategies": joined}))
    last = max((each.number for each in record.find(Outcome, cycle=there.id)), default=0)
    originals = {each.id: each for each in page.outcomes}
    new_ids: dict[str | None, str] = {}
    for number, said in enumerate(copy.texts, start=last + 1):
        text = filled(texts.get((pupil, said.outcome), said.text))
        if text is None:
            raise Refusal("outcome_needs_words", field=f"{pupil}.{said.outcome}")
        new_ids[said.outcome] = session.ids.new()
        edits.append(New(_own(originals[said.outcome], new_ids[said.outcome], there, number, text, today)))
    if wanted.provision:
        edits += _places(session, page, pupil, there, new_ids)
    return edits


def _own(outcome: Outcome, id: str, cycle: Cycle, number: int, text: str, today: date) -> Outcome:
    """The same outcome for another pupil: from where they start, and what they reach, is theirs."""
    by_on = outcome.by_on if outcome.by_on and outcome.by_on > today else cycle.review_due_on
    return replace(
        outcome,
        id=id,
        pupil=cycle.pupil,
        cycle=cycle.id,
        number=number,
        text=text,
        by_on=by_on,
        baseline=None,
        baseline_on=None,
        rating=None,
        result=None,
        review_note=None,
        next=None,
        carried_from=None,
    )


def _places(session: Session, page: PlanPage, pupil: str, cycle: Cycle, new_ids: Mapping[str | None, str]) -> list[Edit]:
    """A place for the other pupil in each group that serves what was copied and still goes on."""
    today = session.clock.today()
    edits: list[Edit] = []
    for place, provision in page.places:
        ended = place.ends_on is not None or (provision.ends_on is not None and provision.ends_on < today)
        if place.outcome in new_ids and not ended:
            since = today if provision.starts_on < today else None
            new = ProvisionPlace(session.ids.new(), pupil, provision.id, cycle.id, new_ids[place.outcome], starts_on=since)
            edits.append(New(new))
    return edits


def roll_forward(session: Session, pupil: str, *, review_due_on: date | None = None) -> tuple[Cycle, Saved]:
    """A new cycle from the last closed one: what was not met goes on, and provision that continues; what was met is not copied.

    For a pupil whose last plan was closed and none followed. Raises ``Refusal``: ``no_longer_there``, ``pupil_has_left``,
    ``cycle_is_open_already``, ``no_plan_to_roll_forward``, ``review_before_plan``.
    """
    person, today = must_get(session.record, Pupil, pupil), session.clock.today()
    if plans.has_left(person, today):
        raise Refusal("pupil_has_left", name=person.name)
    cycles = plans.cycles_of(session.record, pupil)
    if any(each.closed_on is None for each in cycles):
        raise Refusal("cycle_is_open_already")
    if not cycles:
        raise Refusal("no_plan_to_roll_forward")
    page = plan_page(session.record, cycles[-1].id)
    due = review_due_on or today + timedelta(weeks=plans.USUAL_WEEKS)
    if due <= today:
        raise Refusal("review_before_plan", field="review_due_on")
    following = Cycle(session.ids.new(), pupil, cycles[-1].number + 1, today, due, strategies=page.cycle.strategies)
    edits: list[Edit] = [New(following), *plans.carry_over(session, page, following)]
    return following, session.record.save(edits, action="roll_forward", actor=session.actor)


def _open_cycle(session: Session, pupil: str) -> Cycle | None:
    return next((each for each in session.record.find(Cycle, pupil=pupil) if each.closed_on is None), None)
