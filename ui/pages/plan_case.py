"""Everything that the Plan tab shows of one pupil, read from the record in one question."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sencoapp.domain.calendar import SchoolDays
from sencoapp.domain.measured import Measured
from sencoapp.domain.people import Pupil, SenNeed
from sencoapp.domain.plan import Cycle, DataPoint, EvidenceLink, Outcome
from sencoapp.domain.reviews import CycleCorrection, PlanCopy
from sencoapp.domain.words import search_words, typed_words
from sencoapp.services import beginning, plans, pupils
from sencoapp.services.changes import must_get
from sencoapp.services.costing import CostBook
from sencoapp.services.effect import review_lines
from sencoapp.services.measuring import measured_of
from sencoapp.services.permissions import may, may_save
from sencoapp.services.plans import PlanPage
from sencoapp.services.ports import Entry, Record, Session
from sencoapp.services.reviewing import corrections_of, parents_met

CYCLE_TEXTS = ("assess_summary", "strategies", "agreed_with", "review_summary", "review_attended_by", "decision")
"""Texts of a cycle that keep themselves while they are written."""

OUTCOME_TEXTS = ("result", "review_note")

VIEWS = ("pupil", "parents")


@dataclass(frozen=True)
class PlanCase:
    """One pupil's plan: all cycles, the chosen one with what hangs on it, and what can become its evidence."""

    pupil: Pupil
    today: date
    days: SchoolDays
    needs: tuple[SenNeed, ...]
    cycles: tuple[Cycle, ...]
    page: PlanPage | None
    entries: tuple[Entry, ...]
    """The pupil's notes and documents, newest first."""
    drafts: Mapping[str, Mapping[str, object]]
    position: int
    measured: Mapping[str, Measured] = field(default_factory=dict)
    """By outcome, where it is measured in a unit."""
    saved_at: datetime | None = None
    """When something of the chosen cycle was last saved."""
    is_written: bool = True
    """The person at the window writes plans; else they read them."""
    shows_cost: bool = True
    copies: tuple[PlanCopy, ...] = ()
    corrections: tuple[CycleCorrection, ...] = ()
    school_kind: str | None = None
    """The kind of plan that the school writes as a rule."""
    parents_met: int = 0
    """On how many days of this school year the parents came to a meeting."""
    effects: tuple[str, ...] = ()
    sums: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    """By provision, what it costs this pupil in pence, and the sum that gives it; empty for who sees no cost."""
    """A sentence for each provision that serves the chosen cycle and was measured."""

    @property
    def cycle(self) -> Cycle:
        """The chosen cycle. Only where there is one."""
        assert self.page is not None
        return self.page.cycle

    @property
    def is_closed(self) -> bool:
        return self.page is not None and self.page.cycle.closed_on is not None

    def links(self) -> dict[str, EvidenceLink]:
        """What the cycle rests on: the id of a note or document to its link."""
        return {link.source: link for link, _ in self.page.evidence} if self.page else {}

    def since_the_plan(self) -> tuple[Entry, ...]:
        """Notes since the plan was agreed (or the cycle began), newest first."""
        began = self.cycle.planned_on or self.cycle.starts_on
        return tuple(each for each in self.entries if each.kind == "observation" and each.on >= began)

    def draft(self, form: str) -> str | None:
        """The text of a draft, where one was kept."""
        found = self.drafts.get(form)
        return str(found["text"]) if found and "text" in found else None


def plan_case(session: Session, pupil: str, cycle: str | None) -> PlanCase:
    """Reads a pupil's plan. Without ``cycle``, or where it is not there, the newest cycle is the chosen one.

    Raises ``Refusal("no_longer_there")`` for a pupil who is not in the record.
    """
    record, today = session.record, session.clock.today()
    home = beginning.school(record)
    person = must_get(record, Pupil, pupil)
    cycles = tuple(plans.cycles_of(record, pupil))
    chosen = next((each.id for each in cycles if each.id == cycle), cycles[-1].id if cycles else None)
    page = plans.plan_page(record, chosen) if chosen else None
    return PlanCase(
        pupil=person,
        today=today,
        days=SchoolDays.of(home.terms),
        needs=pupils.open_needs(record, pupil, today),
        cycles=cycles,
        page=page,
        entries=tuple(record.chronology(pupil, kinds=("observation", "document"), limit=1_000_000)),
        drafts=_drafts(record, page),
        position=record.position(),
        measured=_measured(record, page),
        saved_at=_saved_at(record, page),
        is_written=may_save(session.actor, Cycle, "change"),
        shows_cost=may(session.actor, "see_cost"),
        copies=tuple(record.find(PlanCopy, cycle=chosen)) if chosen else (),
        corrections=corrections_of(record, chosen) if chosen else (),
        parents_met=parents_met(session, pupil),
        effects=tuple(review_lines(session, pupil, chosen)) if chosen else (),
        school_kind=home.plan_template,
        sums=_sums(session, pupil, page),
    )


def _sums(session: Session, pupil: str, page: PlanPage | None) -> dict[str, tuple[int, str]]:
    """The one cost of each provision of the plan, as the maps say it."""
    if page is None or not page.places or not may(session.actor, "see_cost"):
        return {}
    book = CostBook(session, pupil=pupil)
    rows = {made.id: book.row(made.id, pupil) for _, made in page.places}
    return {id: (each.planned_pence, each.formula) for id, each in rows.items()}


def _saved_at(record: Record, page: PlanPage | None) -> datetime | None:
    if page is None:
        return None
    points = [each.id for outcome in page.outcomes for each in record.find(DataPoint, outcome=outcome.id)]
    parts = [each.id for each in page.outcomes] + [each.id for each in page.views]
    parts += [link.id for link, _ in page.evidence] + [place.id for place, _ in page.places]
    return max((each.at for each in record.writers([page.cycle.id, *points, *parts]).values()), default=None)


def _measured(record: Record, page: PlanPage | None) -> dict[str, Measured]:
    outcomes = page.outcomes if page else ()
    found = {each.id: measured_of(record, each, page.places if page else ()) for each in outcomes}
    return {id: each for id, each in found.items() if each is not None}


def cycle_form(cycle: str, field: str) -> str:
    """The name of the draft of one text of a cycle."""
    return f"cycle.{cycle}.{field}"


def outcome_form(outcome: str, field: str) -> str:
    return f"outcome.{outcome}.{field}"


def view_form(cycle: str, whose: str) -> str:
    return f"view.{cycle}.{whose}"


def _drafts(record: Record, page: PlanPage | None) -> dict[str, Mapping[str, object]]:
    if page is None or page.cycle.closed_on:
        return {}
    forms = [cycle_form(page.cycle.id, each) for each in CYCLE_TEXTS]
    forms += [outcome_form(outcome.id, each) for outcome in page.outcomes for each in OUTCOME_TEXTS]
    forms += [view_form(page.cycle.id, each) for each in VIEWS]
    found = {form: record.draft(form) for form in forms}
    return {form: content for form, content in found.items() if content is not None}


def matching(entries: tuple[Entry, ...], typed: str) -> list[Entry]:
    """The entries in which every word that was typed begins some word."""
    wanted = typed_words(typed)
    if not wanted:
        return list(entries)
    return [each for each in entries if _has(each, wanted)]


def _has(entry: Entry, wanted: list[str]) -> bool:
    words = search_words(f"{entry.text} {entry.who} {entry.title}")
    return all(any(word.startswith(each) for word in words) for each in wanted)


def without_provision(page: PlanPage) -> tuple[Outcome, ...]:
    """Outcomes that no provision serves yet."""
    served = {place.outcome for place, _ in page.places}
    return tuple(each for each in page.outcomes if each.id not in served)
