"""A cycle of assess, plan, do, review, from its opening to its closing (Code of Practice 6.44 to 6.56)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Literal

from sencoapp import reference
from sencoapp.domain.casework import Document
from sencoapp.domain.dates import add_months, full_date
from sencoapp.domain.people import Pupil
from sencoapp.domain.plan import Cycle, EvidenceLink, Observation, Outcome, View, Whose
from sencoapp.domain.provision import Provision, ProvisionPlace
from sencoapp.domain.record import Amend, Edit, New, Remove, Saved
from sencoapp.domain.refusals import Refusal
from sencoapp.domain.specificity import Kind, Part
from sencoapp.domain.words import shortened
from sencoapp.services.changes import amended, filled, must_get
from sencoapp.services.confidential import as_listed
from sencoapp.services.measuring import carried_measure, must_begin_before_its_values, with_measure
from sencoapp.services.ports import Entry, Record, RegisterQuery, RegisterRow, Session

Stage = Literal["assess", "plan", "do", "review", "closed"]

USUAL_WEEKS = 13
"""A review each term is usual (domain.md 1)."""
MOST_MONTHS = 12

MEASURE = ("unit", "counts", "baseline", "baseline_on", "target", "by_on")
"""The fields of an outcome that depend on each other: one is checked with all."""

RATINGS = ("met", "nearly", "some", "not_met")


@dataclass(frozen=True)
class PlanPage:
    """One cycle with everything that hangs on it."""

    cycle: Cycle
    outcomes: tuple[Outcome, ...]
    places: tuple[tuple[ProvisionPlace, Provision], ...]
    views: tuple[View, ...]
    evidence: tuple[tuple[EvidenceLink, Entry], ...]
    cycles: tuple[Cycle, ...]
    position: int

    @property
    def stage(self) -> Stage:
        """Where the cycle stands, from what has been recorded."""
        return stage_of(self.cycle)


@dataclass(frozen=True)
class OpenPlan:
    """One open cycle in the list of all: whose it is, where it stands, and what it holds so far."""

    pupil: RegisterRow
    cycle: Cycle
    stage: Stage
    outcomes: int
    rated: int


def stage_of(cycle: Cycle) -> Stage:
    """Where a cycle stands, from what has been recorded."""
    if cycle.closed_on:
        return "closed"
    if cycle.reviewed_on:
        return "review"
    if cycle.planned_on or cycle.plan_not_needed:
        return "do"
    return "plan" if cycle.assessed_on or cycle.assess_not_needed else "assess"


def open_plans(record: Record) -> list[OpenPlan]:
    """The open cycles of the pupils on roll, the earliest review first; asked of the record as a whole, not pupil by pupil."""
    cycles = record.find(Cycle, closed_on=None)
    if not cycles:
        return []
    rows = {each.id: each for each in record.register(RegisterQuery(), limit=1_000_000)}
    ratings: dict[str, list[str | None]] = {}
    for outcome in record.find(Outcome):
        ratings.setdefault(outcome.cycle, []).append(outcome.rating)
    found = [
        OpenPlan(rows[each.pupil], each, stage_of(each), len(ratings.get(each.id, ())), sum(map(bool, ratings.get(each.id, ()))))
        for each in cycles
        if each.pupil in rows
    ]
    return sorted(found, key=lambda each: (each.cycle.review_due_on or date.max, each.pupil.name))


def cycles_of(record: Record, pupil: str) -> list[Cycle]:
    """All cycles of a pupil, first to last."""
    return sorted(record.find(Cycle, pupil=pupil), key=lambda each: each.number)


def plan_page(record: Record, cycle: str) -> PlanPage:
    """A cycle's page. Raises ``Refusal("no_longer_there")``."""
    position = record.position()
    found = must_get(record, Cycle, cycle)
    return PlanPage(
        cycle=found,
        outcomes=tuple(sorted(record.find(Outcome, cycle=cycle), key=lambda each: each.number)),
        places=tuple((place, must_get(record, Provision, place.provision)) for place in record.find(ProvisionPlace, cycle=cycle)),
        views=tuple(map(as_listed, record.find(View, cycle=cycle))),
        evidence=evidence_of(record, found),
        cycles=tuple(cycles_of(record, found.pupil)),
        position=position,
    )


def views_of(record: Record, pupil: str) -> list[View]:
    """What was said over time, newest first; confidential views without their words (``services.confidential``)."""
    views = sorted(record.find(View, pupil=pupil), key=lambda each: (each.given_on, each.id), reverse=True)
    return list(map(as_listed, views))


def evidence_of(record: Record, cycle: Cycle) -> tuple[tuple[EvidenceLink, Entry], ...]:
    """What the cycle rests on, oldest first."""
    links = {each.source: each for each in record.find(EvidenceLink, cycle=cycle.id)}
    if not links:
        return ()
    entries = record.chronology(cycle.pupil, kinds=("observation", "document"), limit=1_000_000)
    return tuple((links[each.id], each) for each in reversed(entries) if each.id in links)


def start_cycle(session: Session, pupil: str, *, starts_on: date | None = None, review_due_on: date | None = None) -> tuple[Cycle, Saved]:
    """Opens a pupil's next cycle. Raises ``Refusal("cycle_is_open_already")``."""
    must_get(session.record, Pupil, pupil)
    earlier = cycles_of(session.record, pupil)
    if any(each.closed_on is None for each in earlier):
        raise Refusal("cycle_is_open_already")
    day = starts_on or session.clock.today()
    cycle = Cycle(
        session.ids.new(),
        pupil,
        max((each.number for each in earlier), default=0) + 1,
        day,
        review_due_on or day + timedelta(weeks=USUAL_WEEKS),
    )
    _check_dates(cycle)
    _must_be_within_a_year(session, cycle)
    return cycle, session.record.save([New(cycle)], action="start_cycle", actor=session.actor)


def change_cycle(session: Session, shown: Cycle, wanted: Cycle, *, as_of: int | None = None) -> Saved:
    """Saves what was changed on the pages of a cycle. Raises ``Refusal`` for dates that contradict each other."""
    _check_dates(wanted)
    if wanted.review_due_on != shown.review_due_on:
        _must_be_within_a_year(session, wanted)
    return session.record.save(
        amended(shown, wanted, kept=("number", "closed_on")), action="change_cycle", actor=session.actor, as_of=as_of
    )


def link_evidence(
    session: Session, cycle: str, source_kind: Literal["observation", "document"], source: str, *, outcome: str | None = None
) -> Saved:
    """The cycle rests on this note or document. Doing it twice changes nothing.

    Raises ``Refusal``: ``no_longer_there``, ``evidence_is_of_another_pupil``.
    """
    found = must_get(session.record, Cycle, cycle)
    kind: type[Observation] | type[Document] = Observation if source_kind == "observation" else Document
    if must_get(session.record, kind, source).pupil != found.pupil:
        raise Refusal("evidence_is_of_another_pupil")
    if session.record.find(EvidenceLink, cycle=cycle, source=source):
        return Saved(session.record.position())
    link = EvidenceLink(session.ids.new(), found.pupil, cycle, source_kind, source, outcome)
    return session.record.save([New(link)], action="link_evidence", actor=session.actor)


def unlink_evidence(session: Session, link: str) -> Saved:
    return session.record.save([Remove(EvidenceLink, link)], action="unlink_evidence", actor=session.actor)


def add_outcome(session: Session, cycle: str, values: Mapping[str, Any]) -> tuple[Outcome, Saved]:
    """A further outcome. Raises ``Refusal("outcome_needs_words")``, and what ``with_measure`` says."""
    if not filled(values.get("text")):
        raise Refusal("outcome_needs_words", field="text")
    found = must_get(session.record, Cycle, cycle)
    number = max((each.number for each in session.record.find(Outcome, cycle=cycle)), default=0) + 1
    outcome = Outcome(**{**with_measure(values), "id": session.ids.new(), "pupil": found.pupil, "cycle": cycle, "number": number})
    return outcome, session.record.save([New(outcome)], action="add_outcome", actor=session.actor)


def change_outcome(session: Session, shown: Outcome, wanted: Outcome, *, as_of: int | None = None) -> Saved:
    """Saves what was changed on an outcome, its rating among it. Raises ``Refusal`` like ``add_outcome``, ``baseline_after_values``."""
    if not filled(wanted.text):
        raise Refusal("outcome_needs_words", field="text")
    if wanted.rating is not None and wanted.rating not in RATINGS:
        raise Refusal("rating_is_not_known", field="rating")
    if any(getattr(shown, each) != getattr(wanted, each) for each in MEASURE):
        wanted = replace(wanted, **with_measure({each: getattr(wanted, each) for each in MEASURE}))
        must_begin_before_its_values(session.record, shown, wanted)
    return session.record.save(amended(shown, wanted), action="change_outcome", actor=session.actor, as_of=as_of)


def remove_outcome(session: Session, outcome: str) -> Saved:
    return session.record.save([Remove(Outcome, outcome)], action="remove_outcome", actor=session.actor)


def record_view(
    session: Session,
    pupil: str,
    whose: Whose,
    *,
    text: str | None = None,
    absent_because: str | None = None,
    given_on: date | None = None,
    said_by: str | None = None,
    method: str | None = None,
    helped_by: str | None = None,
    cycle: str | None = None,
) -> Saved:
    """The pupil's or the parents' view in their words, or why it is not there.

    In a cycle a later view of the same person takes the place of the earlier one, which stays in the history. Where that one
    was confidential, so is the later one, for the same readers.
    Raises ``Refusal("view_or_why_not")`` unless exactly one of the two is given, ``Refusal("plan_is_of_another_pupil")``.
    """
    if cycle is not None and must_get(session.record, Cycle, cycle).pupil != pupil:
        raise Refusal("plan_is_of_another_pupil")
    words, reason = filled(text), filled(absent_because)
    if (words is None) == (reason is None):
        raise Refusal("view_or_why_not", field="text")
    earlier = session.record.find(View, cycle=cycle, whose=whose) if cycle else []
    kept = [each for each in earlier if each.confidential]
    view = View(
        session.ids.new(),
        pupil,
        whose,
        given_on or session.clock.today(),
        words,
        reason,
        filled(said_by),
        filled(method),
        filled(helped_by),
        cycle,
        confidential=bool(kept),
        readers=kept[-1].readers if kept else (),
    )
    edits: list[Edit] = [Remove(View, each.id) for each in earlier]
    return session.record.save([*edits, New(view)], action="record_view", actor=session.actor)


FIELDS_SAY: frozenset[Part] = frozenset({"who", "ratio", "minutes", "how_often"})
"""What the fields of a provision say beside its title and aim."""


def open_wording(cycle: Cycle | None, outcomes: Iterable[Outcome], provisions: Iterable[Provision]) -> tuple[str, ...]:
    """The words of a cycle and of provision that leave something open, each with the text that they stand in."""
    said: list[tuple[str | None, Kind, frozenset[Part]]] = [(each.text, "outcome", frozenset()) for each in outcomes]
    said += [(cycle.strategies, "provision", frozenset())] if cycle else []
    said += [(words, "provision", FIELDS_SAY) for each in provisions for words in (each.title, each.aim)]
    found: dict[str, None] = {}
    for words, kind, parts in said:
        wording = reference.wording_rules().check(words or "", kind, parts)
        for flag in wording.flags:
            sentence = wording.sentence_of(flag)
            brief = shortened((words or "")[sentence.start : sentence.end], 60)
            found[reference.say("plan.open_words", sentence=brief, words=flag.words)] = None
    return tuple(found)


def missing_to_close(page: PlanPage) -> list[str]:
    """What still stands in the way of closing: keys of the wording ``plan.missing_...``, in the order of the page."""
    missing = [] if page.outcomes or page.cycle.plan_not_needed else ["outcomes"]
    if page.cycle.review_not_needed:
        return missing  # the reason stands in the place of ratings, views and decision, for good
    if any(each.rating is None for each in page.outcomes):
        missing.append("ratings")
    given = {each.whose for each in page.views}
    missing += [f"view_{whose}" for whose in ("pupil", "parents") if whose not in given]
    if not filled(page.cycle.decision):
        missing.append("decision")
    return missing


def close_cycle(
    session: Session, cycle: str, *, closed_on: date | None = None, next_review_due_on: date | None = None
) -> tuple[Cycle, Saved]:
    """Closes a cycle for ever and opens the next with what carries over, in one save.

    Outcomes marked to continue or to change are carried over with what was reached as their new baseline; provision
    that serves them comes along. Returns the new cycle.
    Raises ``Refusal``: ``cycle_is_closed``, ``cycle_not_ready`` with what is missing, ``closed_before_it_began``,
    ``closed_in_the_future``, ``closes_without_next`` for a pupil who has left, ``review_before_plan`` for the next review.
    """
    page = plan_page(session.record, cycle)
    pupil = must_get(session.record, Pupil, page.cycle.pupil)
    if has_left(pupil, session.clock.today()):
        raise Refusal("closes_without_next", name=pupil.name)
    following, edits = closing_edits(session, page, closed_on=closed_on, next_review_due_on=next_review_due_on)
    assert following is not None
    return following, session.record.save(edits, action="close_cycle", actor=session.actor)


def close_last_cycle(session: Session, cycle: str, *, closed_on: date | None = None) -> Saved:
    """Closes the cycle of a pupil who has left, and nothing follows. Raises as ``close_cycle`` does."""
    _, edits = closing_edits(session, plan_page(session.record, cycle), closed_on=closed_on, opens_next=False)
    return session.record.save(edits, action="close_cycle", actor=session.actor)


def has_left(pupil: Pupil, today: date) -> bool:
    """Whether the pupil is no longer at the school."""
    return pupil.left_on is not None and pupil.left_on <= today


def closing_edits(
    session: Session, page: PlanPage, *, closed_on: date | None = None, next_review_due_on: date | None = None, opens_next: bool = True
) -> tuple[Cycle | None, list[Edit]]:
    """What closing a cycle writes, as its page stands: it is closed, and the next is opened with what carries over.

    Without ``opens_next`` nothing follows, as for a pupil who has left. Raises as ``close_cycle`` does.
    """
    if page.cycle.closed_on:
        raise Refusal("cycle_is_closed")
    missing = missing_to_close(page)
    if missing:
        raise Refusal("cycle_not_ready", missing=missing)
    day = closed_on or session.clock.today()
    if day < page.cycle.starts_on:
        raise Refusal("closed_before_it_began", field="closed_on")
    if day > session.clock.today():
        raise Refusal("closed_in_the_future", field="closed_on")
    closing = Amend(
        Cycle, page.cycle.id, {"closed_on": day, "reviewed_on": page.cycle.reviewed_on or (None if page.cycle.review_not_needed else day)}
    )
    if not opens_next:
        return None, [closing]
    due = next_review_due_on or day + timedelta(weeks=USUAL_WEEKS)
    following = Cycle(session.ids.new(), page.cycle.pupil, page.cycle.number + 1, day, due)
    _check_dates(following)
    _must_be_within_a_year(session, following)
    return following, [closing, New(following), *carry_over(session, page, following)]


def carried_over(page: PlanPage) -> tuple[Outcome, ...]:
    """The outcomes that go on in the next cycle: to continue or to change, and where nothing was said, those not yet met."""
    return tuple(each for each in page.outcomes if each.next in ("continue", "change") or (each.next is None and each.rating != "met"))


def carry_over(session: Session, page: PlanPage, following: Cycle) -> list[Edit]:
    """What goes on in the next cycle: outcomes with what was reached as their new baseline, and provision that continues.

    Provision goes on with the outcome that it serves, or by itself where the review said so; never where it was stopped.
    """
    edits: list[Edit] = []
    new_ids: dict[str | None, str] = {}
    for number, outcome in enumerate(carried_over(page), start=1):
        new_ids[outcome.id] = session.ids.new()
        carried = replace(
            outcome,
            id=new_ids[outcome.id],
            cycle=following.id,
            number=number,
            rating=None,
            result=None,
            review_note=None,
            next=None,
            carried_from=outcome.id,
            **carried_measure(session.record, outcome, following.starts_on, following.review_due_on),
        )
        edits.append(New(carried))
    for place in carried_places(page):
        there = replace(place, id=session.ids.new(), cycle=following.id, outcome=new_ids.get(place.outcome), next=None)
        edits.append(New(there))
    return edits


def carried_places(page: PlanPage) -> tuple[ProvisionPlace, ...]:
    """The places that go on in the next cycle."""
    carried = {each.id for each in carried_over(page)}
    return tuple(
        each
        for each, _ in page.places
        if each.ends_on is None and each.next != "stop" and (each.outcome in carried or each.next in ("continue", "change"))
    )


def _must_be_within_a_year(session: Session, cycle: Cycle) -> None:
    """A review is due twelve months after the plan began at the latest (domain.md 1); one that began longer ago, within a year of today."""
    last = add_months(max(cycle.starts_on, session.clock.today()), MOST_MONTHS)
    if cycle.review_due_on and cycle.review_due_on > last:
        raise Refusal("review_after_a_year", field="review_due_on", day=full_date(last))


def _check_dates(cycle: Cycle) -> None:
    if cycle.review_due_on is None:
        raise Refusal("cycle_needs_review_date", field="review_due_on")
    if cycle.review_due_on <= cycle.starts_on:
        raise Refusal("review_before_plan", field="review_due_on")
    if cycle.reviewed_on and cycle.reviewed_on < cycle.starts_on:
        raise Refusal("review_before_plan", field="reviewed_on")
