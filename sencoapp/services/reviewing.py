"""The review meeting: for one pupil or a group, everything that it decided in one save (Code of Practice 6.53 to 6.56)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sencoapp import reference
from sencoapp.domain.households import living
from sencoapp.domain.people import Contact, Pupil
from sencoapp.domain.plan import Cycle, Next, Outcome, Rating, View, Whose
from sencoapp.domain.provision import Provision, ProvisionPlace
from sencoapp.domain.record import Amend, Edit, New, Remove, Saved
from sencoapp.domain.refusals import Refusal
from sencoapp.domain.reviews import (
    ATTENDEE_ROLES,
    PARENTS_A_YEAR,
    Attendee,
    CycleCorrection,
    Meeting,
    PlanCopy,
    attended_words,
    meetings_with_parents,
)
from sencoapp.services import plans
from sencoapp.services.changes import amended, filled, must_get
from sencoapp.services.plans import PlanPage, plan_page
from sencoapp.services.ports import Record, RegisterQuery, Session


@dataclass(frozen=True)
class OutcomeReviewed:
    """What the review says of one outcome."""

    rating: Rating | None = None
    result: str | None = None
    review_note: str | None = None
    next: Next | None = None


@dataclass(frozen=True)
class Said:
    """A view in the person's words, or why it is not there. Neither is given where nothing is to be changed."""

    text: str | None = None
    absent_because: str | None = None
    said_by: str | None = None


@dataclass(frozen=True)
class Reviewed:
    """Everything that one pupil's review decided. What is left out stays as the record has it."""

    cycle: str
    held_on: date | None = None
    attendees: tuple[Attendee, ...] = ()
    views: Mapping[Whose, Said] = field(default_factory=dict)
    outcomes: Mapping[str, OutcomeReviewed] = field(default_factory=dict)
    provision: Mapping[str, Next | None] = field(default_factory=dict)
    """The place to what becomes of it."""
    summary: str | None = None
    decision: str | None = None
    copies: tuple[tuple[str, date], ...] = ()
    """To whom a copy was given, and when."""
    next_review_due_on: date | None = None
    close: bool = False


@dataclass(frozen=True)
class ReviewCase:
    """What the dialog shows of one pupil before anything is decided."""

    pupil: Pupil
    page: PlanPage
    parents: tuple[str, ...]
    meeting: Meeting | None
    copies: tuple[PlanCopy, ...]
    parents_met: int
    """On how many days of this school year the parents came to a meeting."""
    has_left: bool


def review_case(session: Session, cycle: str) -> ReviewCase:
    """Reads what a review needs. Raises ``Refusal("no_longer_there")``."""
    record, today = session.record, session.clock.today()
    page = plan_page(record, cycle)
    pupil = must_get(record, Pupil, page.cycle.pupil)
    contacts = sorted(living(record.find(Contact, pupil=pupil.id)), key=lambda each: each.order)
    asked = [each for each in contacts if each.parental_responsibility] or contacts[:1]
    meetings = record.find(Meeting, cycle=cycle)
    return ReviewCase(
        pupil=pupil,
        page=page,
        parents=tuple(" ".join(filter(None, (each.title, each.forename, each.surname))) for each in asked),
        meeting=meetings[-1] if meetings else None,
        copies=tuple(record.find(PlanCopy, cycle=cycle)),
        parents_met=parents_met(session, pupil.id),
        has_left=plans.has_left(pupil, today),
    )


def open_cycles_of(session: Session, pupils: Sequence[str]) -> list[str]:
    """The open cycles of these pupils, in their order; a pupil without one is passed over."""
    found = {each.pupil: each.id for each in session.record.find(Cycle, closed_on=None)}
    return [found[each] for each in pupils if each in found]


def groups_to_review(session: Session) -> list[tuple[Provision, tuple[str, ...]]]:
    """Each provision that runs today, with its pupils on roll who have an open plan."""
    record, today = session.record, session.clock.today()
    open_plans = {each.pupil for each in record.find(Cycle, closed_on=None)}
    on_roll = [each.id for each in record.register(RegisterQuery(), limit=1_000_000) if each.id in open_plans]
    there: dict[str, set[str]] = {}
    for place in record.find(ProvisionPlace):
        if place.ends_on is None or place.ends_on >= today:
            there.setdefault(place.provision, set()).add(place.pupil)
    runs = [each for each in record.find(Provision) if each.ends_on is None or each.ends_on >= today]
    groups = [(each, tuple(pupil for pupil in on_roll if pupil in there.get(each.id, ()))) for each in runs]
    return sorted((each for each in groups if each[1]), key=lambda each: each[0].title.casefold())


def save_reviews(session: Session, reviews: Sequence[Reviewed], *, as_of: int | None = None) -> tuple[list[Cycle], Saved]:
    """Keeps what the reviews decided, all of it in one save or nothing; returns the cycles that were opened.

    A refusal names the ``cycle`` that it is about in its details. Raises ``Refusal``: ``no_longer_there``, ``cycle_is_closed``,
    ``review_before_plan``, ``review_in_the_future``, ``attendee_needs_name``, ``copy_before_review``, ``view_or_why_not``,
    and where it is to be closed, what ``plans.close_cycle`` raises.
    """
    edits: list[Edit] = []
    opened: list[Cycle] = []
    closes = False
    for each in reviews:
        try:
            following, found = _edits_of(session, each)
        except Refusal as refusal:
            raise Refusal(refusal.key, **{**refusal.details, "cycle": each.cycle}) from refusal
        edits += found
        opened += [following] if following else []
        closes = closes or each.close
    if not edits:
        return [], Saved(session.record.position())
    return opened, session.record.save(edits, action="close_cycle" if closes else "save_review", actor=session.actor, as_of=as_of)


def _edits_of(session: Session, review: Reviewed) -> tuple[Cycle | None, list[Edit]]:
    record, today = session.record, session.clock.today()
    page = plan_page(record, review.cycle)
    cycle = page.cycle
    if cycle.closed_on:
        raise Refusal("cycle_is_closed")
    held = review.held_on or cycle.reviewed_on
    if held is not None and held < cycle.starts_on:
        raise Refusal("review_before_plan", field="held_on")
    if held is not None and held > today:
        raise Refusal("review_in_the_future", field="held_on")
    if any(on < cycle.starts_on for _, on in review.copies):
        raise Refusal("copy_before_review", field="copies")
    edits: list[Edit] = []
    outcomes = tuple(_reviewed(each, review.outcomes.get(each.id)) for each in page.outcomes)
    for shown, wanted in zip(page.outcomes, outcomes, strict=True):
        edits += amended(shown, wanted)
    places, changed = _places(record, page, review, held or today)
    edits += changed
    views, written = _views(session, page, review, held or today)
    edits += written
    edits += _meeting(session, cycle, review, held)
    wanted_cycle = replace(
        cycle,
        reviewed_on=held,
        review_summary=filled(review.summary) or cycle.review_summary,
        decision=filled(review.decision) or cycle.decision,
        review_attended_by=_attended(review.attendees) or cycle.review_attended_by,
        copy_given_on=min((on for _, on in review.copies), default=None) or cycle.copy_given_on,
    )
    edits += amended(cycle, wanted_cycle, kept=("number", "closed_on"))
    edits += [New(PlanCopy(session.ids.new(), cycle.pupil, cycle.id, to.strip(), on)) for to, on in review.copies if to.strip()]
    if not review.close:
        return None, edits
    pupil = must_get(record, Pupil, cycle.pupil)
    following, closing = plans.closing_edits(
        session,
        replace(page, cycle=wanted_cycle, outcomes=outcomes, places=places, views=views),
        closed_on=held,
        next_review_due_on=review.next_review_due_on,
        opens_next=not plans.has_left(pupil, today),
    )
    return following, [*edits, *closing]


def _reviewed(outcome: Outcome, said: OutcomeReviewed | None) -> Outcome:
    if said is None:
        return outcome
    if said.rating is not None and said.rating not in plans.RATINGS:
        raise Refusal("rating_is_not_known", field="rating")
    return replace(outcome, rating=said.rating, result=filled(said.result), review_note=filled(said.review_note), next=said.next)


def _places(record: Record, page: PlanPage, review: Reviewed, day: date) -> tuple[tuple[tuple[ProvisionPlace, Provision], ...], list[Edit]]:
    """The places as the review leaves them. Stopping ends every place that the pupil still has in the provision."""
    edits: list[Edit] = []
    after: list[tuple[ProvisionPlace, Provision]] = []
    for place, provision in page.places:
        wanted = replace(place, next=review.provision.get(place.id, place.next))
        if wanted.next == "stop" and place.ends_on is None:
            ends = max(day, provision.starts_on)
            wanted = replace(wanted, ends_on=ends)
            others = record.find(ProvisionPlace, provision=provision.id, pupil=place.pupil)
            older = [each for each in others if each.ends_on is None and each.cycle != page.cycle.id]
            edits += [Amend(ProvisionPlace, each.id, {"ends_on": ends}) for each in older]
        values = {name: getattr(wanted, name) for name in ("next", "ends_on") if getattr(wanted, name) != getattr(place, name)}
        edits += [Amend(ProvisionPlace, place.id, values)] if values else []
        after.append((wanted, provision))
    return tuple(after), edits


def _views(session: Session, page: PlanPage, review: Reviewed, day: date) -> tuple[tuple[View, ...], list[Edit]]:
    views, edits = list(page.views), list[Edit]()
    for whose, said in review.views.items():
        words, reason = filled(said.text), filled(said.absent_because)
        if words is None and reason is None:
            continue
        if words is not None and reason is not None:
            raise Refusal("view_or_why_not", field=f"view_{whose}")
        before = [each for each in views if each.whose == whose]
        if before and (before[-1].text, before[-1].absent_because) == (words, reason):
            continue
        view = View(session.ids.new(), page.cycle.pupil, whose, day, words, reason, filled(said.said_by), cycle=page.cycle.id)
        edits += [*(Remove(View, each.id) for each in before), New(view)]
        views = [each for each in views if each.whose != whose] + [view]
    return tuple(views), edits


def _meeting(session: Session, cycle: Cycle, review: Reviewed, held: date | None) -> list[Edit]:
    if any(not each.name.strip() for each in review.attendees):
        raise Refusal("attendee_needs_name", field="attendees")
    if held is None or not review.attendees:
        return []
    there = session.record.find(Meeting, cycle=cycle.id)
    if not there:
        return [New(Meeting(session.ids.new(), cycle.pupil, held, "review", cycle.id, review.attendees))]
    return amended(there[-1], replace(there[-1], held_on=held, attendees=review.attendees))


def _attended(attendees: Sequence[Attendee]) -> str | None:
    return filled(attended_words(attendees, role_names(), reference.say("review.apologies_in_words")))


def role_names() -> dict[str, str]:
    """Every role of somebody at a meeting, in words."""
    return {each: reference.say(f"review.role_{each}") for each in ATTENDEE_ROLES}


# ---- meetings with parents, copies, corrections ---------------------------------------------------------------------


def record_meeting(session: Session, pupil: str, *, held_on: date | None, attendees: Sequence[Attendee], notes: str | None = None) -> Saved:
    """A meeting with the family that is no review. Raises ``Refusal``: ``meeting_needs_day``, ``meeting_in_the_future``,
    ``attendee_needs_name``, ``no_longer_there``."""
    must_get(session.record, Pupil, pupil)
    if held_on is None:
        raise Refusal("meeting_needs_day", field="held_on")
    if held_on > session.clock.today():
        raise Refusal("meeting_in_the_future", field="held_on")
    if not attendees or any(not each.name.strip() for each in attendees):
        raise Refusal("attendee_needs_name", field="attendees")
    meeting = Meeting(session.ids.new(), pupil, held_on, "termly", None, tuple(attendees), filled(notes))
    return session.record.save([New(meeting)], action="record_meeting", actor=session.actor)


def parents_met(session: Session, pupil: str) -> int:
    """On how many days of this school year a parent came to a meeting (Code 6.65)."""
    return meetings_with_parents(session.record.find(Meeting, pupil=pupil), session.clock.today())


def parents_met_words(met: int) -> str:
    """ "Met 1 of 3 this year"."""
    return reference.say("review.parents_met_more" if met > PARENTS_A_YEAR else "review.parents_met", met=met, of=PARENTS_A_YEAR)


def give_copy(session: Session, cycle: str, *, given_to: str, given_on: date | None, how: str | None = None) -> Saved:
    """Notes that somebody got a copy of a plan, open or closed.

    Raises ``Refusal``: ``no_longer_there``, ``copy_needs_whom``, ``copy_needs_day``, ``copy_in_the_future``, ``copy_before_review``.
    """
    found = must_get(session.record, Cycle, cycle)
    if filled(given_to) is None:
        raise Refusal("copy_needs_whom", field="given_to")
    if given_on is None:
        raise Refusal("copy_needs_day", field="given_on")
    if given_on > session.clock.today():
        raise Refusal("copy_in_the_future", field="given_on")
    if given_on < found.starts_on:
        raise Refusal("copy_before_review", field="given_on")
    copy = PlanCopy(session.ids.new(), found.pupil, cycle, given_to.strip(), given_on, filled(how))
    return session.record.save([New(copy)], action="give_copy", actor=session.actor)


def correct_cycle(session: Session, cycle: str, *, about: str, text: str, reason: str) -> Saved:
    """Says beside a closed cycle what it should have said, and why. The cycle stays as it was closed.

    Raises ``Refusal``: ``no_longer_there``, ``cycle_is_open_still``, ``correction_needs_words``, ``correction_needs_reason``.
    """
    found = must_get(session.record, Cycle, cycle)
    if found.closed_on is None:
        raise Refusal("cycle_is_open_still")
    if filled(text) is None:
        raise Refusal("correction_needs_words", field="text")
    if filled(reason) is None:
        raise Refusal("correction_needs_reason", field="reason")
    correction = CycleCorrection(
        session.ids.new(),
        found.pupil,
        cycle,
        about,
        text.strip(),
        reason.strip(),
        session.clock.now(),
        session.actor.id,
        session.actor.name,
    )
    return session.record.save([New(correction)], action="correct_cycle", actor=session.actor)


def corrections_of(record: Record, cycle: str) -> tuple[CycleCorrection, ...]:
    """Oldest first."""
    return tuple(sorted(record.find(CycleCorrection, cycle=cycle), key=lambda each: each.noted_at))


def correction_about(about: str, outcomes: Sequence[Any]) -> str:
    """What a correction is about, in words: "Outcome 2", "The decision"."""
    kind, _, subject = about.partition(":")
    number = next((each.number for each in outcomes if each.id == subject), None)
    if kind == "outcome" and number is not None:
        return reference.say("review.about_outcome", number=number)
    return reference.say(f"review.about_{kind if kind in ('plan', 'meeting', 'views', 'decision') else 'plan'}")
