"""Cases with the council: opened, dated, ticked off and closed; what is due in all of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sencoapp import reference
from sencoapp.domain.calendar import SchoolDays
from sencoapp.domain.cases import (
    CaseDate,
    CaseShown,
    CaseStep,
    CouncilCase,
    StepShown,
    StepState,
    day_of_step,
    is_day_of_step,
    show_case,
)
from sencoapp.domain.casework import Document, Pack, Request
from sencoapp.domain.dates import full_date
from sencoapp.domain.deadlines import Deadline, end_of_compulsory_school_age, flag_closure
from sencoapp.domain.people import Pupil, StaffMember
from sencoapp.domain.record import Amend, Edit, New, Remove, Saved
from sencoapp.domain.refusals import Refusal
from sencoapp.domain.words import folded
from sencoapp.services.beginning import school
from sencoapp.services.changes import amended, filled, must_get
from sencoapp.services.council_forms import NEEDS_ASSESSMENT, council_for
from sencoapp.services.pack_variants import bundles_of
from sencoapp.services.ports import Record, Session
from sencoapp.services.request_cases import begun_again, days_entered, ended

MOST_YEARS_AWAY = 5
"""A day further from today is a slip of the keyboard: no period in law is half as long."""


@dataclass(frozen=True)
class CaseRow:
    """One case as the list of all shows it."""

    shown: CaseShown
    pupil: Pupil
    owner_name: str
    changed_on: date
    """The last day that somebody entered, ticked off or opened."""

    @property
    def due(self) -> date | None:
        step = self.shown.next_step
        return step.due if step else None


@dataclass(frozen=True)
class CasePage:
    """One case with everything that its page shows."""

    row: CaseRow
    today: date
    position: int
    documents: tuple[Document, ...] = ()
    """Those that belong to it, as far as this person may read them."""
    request: str | None = None
    """The pupil's last request to this council, with its packs."""
    bundles: tuple[Pack, ...] = ()
    """The papers for a tribunal that were made of it."""
    apart: bool = False
    """It may be about the school's own request, of which nobody has said yet that it went."""


def case_kinds() -> tuple[Mapping[str, Any], ...]:
    """The kinds of case, by title."""
    return tuple(sorted((reference.case_kind(each) for each in reference.case_kinds()), key=lambda each: folded(each["title"])))


def event_words(event: str) -> str:
    """What an event of a case is called: what starts a period of law, or only happens."""
    rules = reference.data("rules", "england.json")
    return str(rules["triggers"].get(event) or rules["events"].get(event, event))


def open_case(
    session: Session, pupil: str, kind: str, *, dates: Mapping[str, date] | None = None, council: str | None = None, **about: Any
) -> tuple[CouncilCase, Saved]:
    """Begins a case with the events that are known already. ``about``: title, reference, placement, note, owner, asked_by, appeal.

    Raises ``Refusal``: ``case_kind_not_known``, ``case_event_not_known``, ``case_date_far_off``, ``council_not_known``.
    """
    record = session.record
    person = must_get(record, Pupil, pupil)
    if kind not in reference.case_kinds():
        raise Refusal("case_kind_not_known", kind=kind)
    name = council or council_for(record, person)
    if name not in reference.councils():
        raise Refusal("council_not_known", council=name)
    case = CouncilCase(
        id=session.ids.new(),
        pupil=pupil,
        kind=kind,
        council=name,
        opened_on=session.clock.today(),
        owner=about.get("owner") or session.actor.id,
        title=filled(about.get("title")),
        reference=filled(about.get("reference")),
        placement=filled(about.get("placement")),
        note=filled(about.get("note")),
        asked_by=about.get("asked_by") or None,
        appeal=about.get("appeal"),
    )
    edits: list[Edit] = [New(case), *(New(_dated(session, case, event, on)) for event, on in (dates or {}).items())]
    return case, record.save(edits, action="open_case", actor=session.actor)


def appeal_case(session: Session, pupil: str, council: str, decided_on: date) -> tuple[str, Saved]:
    """The open case about a refusal to assess of that day: the one that is there, or a new one. Raises what ``open_case`` raises."""
    dates = {"decision_letter": decided_on}
    return _open_or_there(session, pupil, "mediation_appeal", council, dates, appeal="refusal_to_assess")


def change_case(session: Session, shown: CouncilCase, wanted: CouncilCase, *, as_of: int | None = None) -> Saved:
    """Who sees to it, the council's number, the place, the note, the documents. Closing has its own deed."""
    edits = amended(shown, wanted, kept=("kind", "opened_on", "closed_on", "decision", "decided_on"))
    return session.record.save(edits, action="change_case", actor=session.actor, as_of=as_of)


def enter_case_date(session: Session, case: str, event: str, on: date | None) -> Saved:
    """The day of an event; another day replaces it, None takes it away. Every date that follows is counted anew.

    Raises ``Refusal``: ``case_event_not_known``, ``case_date_far_off``, ``case_is_closed``.
    """
    return enter_case_dates(session, case, {event: on})


def enter_case_dates(session: Session, case: str, days: Mapping[str, date | None]) -> Saved:
    """Several days of one case in one save; each as ``enter_case_date`` has it. Its request knows of them (``days_entered``)."""
    found, record = _open(session.record, case), session.record
    there = {each.event: each for each in record.find(CaseDate, council_case=case)}
    edits = days_entered(session, found, days)
    for event, on in days.items():
        known = there.get(event)
        if on is None and known:
            edits.append(Remove(CaseDate, known.id))
        elif on is not None and known and known.happens_on != on:
            _check_day(session, on)
            edits.append(Amend(CaseDate, known.id, {"happens_on": on}))
        elif on is not None and not known:
            edits.append(New(_dated(session, found, event, on)))
    return record.save(edits, action="enter_case_date", actor=session.actor)


def set_step_day(session: Session, case: str, step: str, on: date | None) -> Saved:
    """The day by which a step is to be done where no law gives one: the council's letter, the school's procedure. None takes it away.

    Raises ``Refusal``: ``case_step_not_known``, ``case_step_has_a_date``, ``case_date_far_off``, ``case_is_closed``.
    """
    found = next((each for each in case_page(session, case).row.shown.steps if each.id == step), None)
    if found is None:
        raise Refusal("case_step_not_known", step=step)
    if on is not None and found.deadline is not None:
        raise Refusal("case_step_has_a_date", field="on", day=full_date(found.deadline.last_compliant))
    return enter_case_dates(session, case, {day_of_step(step): on})


def tick_step(session: Session, case: str, step: str, state: StepState = "done", *, on: date | None = None, note: str = "") -> Saved:
    """A step is done, or is not needed (``note`` says why).

    Raises ``Refusal``: ``case_step_not_known``, ``case_step_needs_reason``, ``case_step_in_future``, ``case_is_closed``.
    """
    found, today = _open(session.record, case), session.clock.today()
    if step not in {each["id"] for each in reference.case_kind(found.kind)["steps"]}:
        raise Refusal("case_step_not_known", step=step)
    words, day = filled(note), on or today
    if state == "not_needed" and words is None:
        raise Refusal("case_step_needs_reason", field="note")
    if day > today:
        raise Refusal("case_step_in_future", field="on")
    there = session.record.find(CaseStep, council_case=case, step=step)
    values = {"state": state, "ticked_on": day, "note": words}
    edits: list[Edit] = (
        [Amend(CaseStep, there[0].id, values)] if there else [New(CaseStep(session.ids.new(), found.pupil, case, step, state, day, words))]
    )
    return session.record.save(edits, action="tick_case_step", actor=session.actor)


def untick_step(session: Session, case: str, step: str) -> Saved:
    """The step is open again."""
    _open(session.record, case)
    edits: list[Edit] = [Remove(CaseStep, each.id) for each in session.record.find(CaseStep, council_case=case, step=step)]
    return session.record.save(edits, action="untick_case_step", actor=session.actor)


def close_case(session: Session, case: str, outcome: str, *, on: date | None = None) -> Saved:
    """Ends a case. Steps that are still open stay as they are. Raises ``Refusal``: ``case_needs_outcome``, ``case_is_closed``."""
    found = _open(session.record, case)
    if outcome not in {each["id"] for each in reference.case_kind(found.kind)["outcomes"]}:
        raise Refusal("case_needs_outcome", field="outcome")
    edits = ended(session, found, outcome, on or session.clock.today())
    return session.record.save(edits, action="close_case", actor=session.actor)


def follow_case(session: Session, case: str) -> tuple[str, Saved]:
    """The case that follows from how this one ended: the open one that is there, or a new one with the day of the decision.

    Raises ``Refusal("case_nothing_follows")``, and what ``open_case`` raises.
    """
    found = must_get(session.record, CouncilCase, case)
    ends = reference.case_kind(found.kind)["outcomes"]
    told = next((each for each in ends if each["id"] == found.ended_as and each.get("then")), None)
    if told is None or found.closed_on is None:
        raise Refusal("case_nothing_follows")
    on = found.decided_on if any(each.get("closes") == found.ended_as for each in _decisions(found)) else None
    dates = {told["then_event"]: on or found.closed_on} if told.get("then_event") else {}
    return _open_or_there(
        session, found.pupil, told["then"], found.council, dates, reference=found.reference, appeal=told.get("then_appeal")
    )


def reopen_case(session: Session, case: str) -> Saved:
    """Takes the closing back; the outcome stays as what is known so far."""
    edits = begun_again(session, must_get(session.record, CouncilCase, case))
    return session.record.save(edits, action="reopen_case", actor=session.actor)


def case_page(session: Session, case: str) -> CasePage:
    """Raises ``Refusal("no_longer_there")``."""
    record = session.record
    position = record.position()
    found = must_get(record, CouncilCase, case)
    rows = _rows(session, [found], record.find(CaseDate, council_case=case), record.find(CaseStep, council_case=case))
    if not rows:
        raise Refusal("no_longer_there")
    papers = [record.get(Document, each) for each in found.documents]
    asked = [each for each in record.find(Request, pupil=found.pupil) if each.council == found.council and each.form == NEEDS_ASSESSMENT]
    last = found.request or (asked[-1].id if asked else None)
    bundles = tuple(bundles_of(record, case))
    return CasePage(
        rows[0], session.clock.today(), position, tuple(each for each in papers if each), last, bundles, _is_apart(found, asked)
    )


def _is_apart(case: CouncilCase, asked: Sequence[Request]) -> bool:
    could_be = case.kind == "needs_assessment" and case.request is None and case.closed_on is None and case.asked_by in (None, "school")
    return could_be and bool(asked) and asked[-1].state in ("draft", "frozen")


def case_list(session: Session, *, pupil: str | None = None, kind: str | None = None, closed: bool = False) -> list[CaseRow]:
    """Cases across all councils: what is due first first, those without a date after them, by pupil."""
    record = session.record
    wanted: dict[str, Any] = {**({"pupil": pupil} if pupil else {}), **({"kind": kind} if kind else {})}
    cases = [each for each in record.find(CouncilCase, **wanted) if (each.closed_on is not None) == closed]
    rows = _rows(session, cases, record.find(CaseDate), record.find(CaseStep))
    if closed:
        return sorted(rows, key=lambda each: (each.shown.case.closed_on or date.min, folded(each.pupil.name)), reverse=True)
    return sorted(rows, key=lambda each: (each.due or date.max, folded(each.pupil.name), each.shown.case.id))


def due_steps(session: Session, until: date) -> list[tuple[CaseRow, StepShown]]:
    """Open steps of open cases that are due by a day, soonest first."""
    found = [
        (row, step)
        for row in case_list(session)
        for step in row.shown.steps
        if step.done is None and step.due is not None and step.due <= until
    ]
    return sorted(found, key=lambda each: (each[1].due or date.max, folded(each[0].pupil.name)))


def _rows(session: Session, cases: Sequence[CouncilCase], dates: Sequence[CaseDate], steps: Sequence[CaseStep]) -> list[CaseRow]:
    record, rules = session.record, reference.data("rules", "england.json")
    days = SchoolDays.of(school(record).terms)
    by_case: dict[str, tuple[list[CaseDate], list[CaseStep]]] = {each.id: ([], []) for each in cases}
    for one in dates:
        if one.council_case in by_case:
            by_case[one.council_case][0].append(one)
    for tick in steps:
        if tick.council_case in by_case:
            by_case[tick.council_case][1].append(tick)
    staff = {each.id: each.name for each in record.find(StaffMember)}
    rows = []
    for each in cases:
        pupil = record.get(Pupil, each.pupil)
        if pupil is None or each.kind not in reference.case_kinds():
            continue
        on, done = by_case[each.id]
        today = session.clock.today()
        shown = show_case(
            reference.case_kind(each.kind), rules, each, on, done, school_days=days, own_right_from=own_right_from(pupil), today=today
        )
        known = [
            each.opened_on,
            *(one.ticked_on for one in done),
            *(one.happens_on for one in on if one.happens_on <= today and not is_day_of_step(one.event)),
            *filter(None, [each.closed_on]),
        ]
        rows.append(CaseRow(shown, pupil, staff.get(each.owner, ""), max(known)))
    return rows


def is_decision(shown: CaseShown, step: str) -> bool:
    """Whether this open step is done by what the council decides."""
    about = shown.kind.get("request", {})
    return bool(about) and about["decided_step"] == step and all(each.id != step or each.done is None for each in shown.steps)


def when_late(rule: str) -> str:
    """What may be sent once the date of a rule has gone by; empty where nothing is known."""
    steps = (step for kind in reference.case_kinds() for step in reference.case_kind(kind)["steps"])
    return next((str(each["when_late"]) for each in steps if each.get("rule") == rule and each.get("when_late")), "")


def excused(session: Session, pupil: str, found: tuple[Deadline, ...], since: date) -> tuple[Deadline, ...]:
    """The same dates, with what may excuse the council where it asked for advice while the school was closed; none of them moves."""
    asked = [each.happens_on for each in session.record.find(CaseDate, pupil=pupil, event="advice_requested") if each.happens_on >= since]
    if not asked:
        return found
    days = SchoolDays.of(school(session.record).terms)
    return flag_closure(reference.data("rules", "england.json"), found, max(asked), days)


def own_right_from(pupil: Pupil) -> date | None:
    """The day from which a pupil's rights are their own: the one after the end of compulsory school age."""
    return end_of_compulsory_school_age(pupil.birth_date) + timedelta(days=1) if pupil.birth_date else None


def _open_or_there(
    session: Session, pupil: str, kind: str, council: str, dates: Mapping[str, date], **about: str | None
) -> tuple[str, Saved]:
    there = session.record.find(CouncilCase, pupil=pupil, kind=kind, council=council, closed_on=None)
    if there:
        return there[0].id, Saved(session.record.position())
    case, saved = open_case(session, pupil, kind, dates=dates, council=council, **about)
    return case.id, saved


def _decisions(case: CouncilCase) -> Sequence[Mapping[str, Any]]:
    return tuple(reference.case_kind(case.kind).get("decisions", ()))


def _open(record: Record, case: str) -> CouncilCase:
    found = must_get(record, CouncilCase, case)
    if found.closed_on:
        raise Refusal("case_is_closed", on=full_date(found.closed_on))
    return found


def _dated(session: Session, case: CouncilCase, event: str, on: date) -> CaseDate:
    if not is_day_of_step(event) and event not in reference.case_kind(case.kind)["events"]:
        raise Refusal("case_event_not_known", event=event)
    _check_day(session, on)
    return CaseDate(session.ids.new(), case.pupil, case.id, event, on)


def _check_day(session: Session, on: date) -> None:
    if abs(on - session.clock.today()) > timedelta(days=366 * MOST_YEARS_AWAY):
        raise Refusal("case_date_far_off", field="on", day=full_date(on))
