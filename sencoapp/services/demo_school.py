"""An invented school to explore: 420 pupils, two classes' worth with SEN, a year of notes, cycles in every state.

Everything goes through the same services that a person uses, with a clock that is moved from day to day, so the demo
school obeys every rule of the record. The same seed and the same last day give the same school.
"""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from sencoapp import reference
from sencoapp.domain.people import Contact, School, SenNeed, StaffMember, Term
from sencoapp.domain.plan import Cycle, Next, ObservationKind, Rating
from sencoapp.domain.provision import Provision, ProvisionPlace
from sencoapp.domain.record import Actor, Amend, Edit
from sencoapp.services import documents, observations, plans, provision, pupils, rates
from sencoapp.services.crest import set_crest
from sencoapp.services.demo_circle import write_circle
from sencoapp.services.demo_clock import MovableClock
from sencoapp.services.demo_measures import measure_of, write_values
from sencoapp.services.demo_people import Child, write_people
from sencoapp.services.demo_provision import write_provision, write_questions
from sencoapp.services.demo_requests import decided_request, request_in_progress
from sencoapp.services.demo_terms import terms_around, terms_of
from sencoapp.services.demo_work import write_work
from sencoapp.services.ports import Documents, Ids, Progress, Record, Session

SEED = 2026
KINDS: tuple[ObservationKind, ...] = ("strength", "concern", "progress", "support", "concern", "progress", "behaviour")

Report = Callable[[Mapping[str, str]], tuple[str, bytes]]
"""Makes an invented professional report: its file name and its bytes."""


def demo_school(ids: Ids, today: date) -> tuple[School, StaffMember]:
    """The school and its SENCO, to begin a record with."""
    facts = reference.data("demo", "school.json")
    school = School(id=ids.new(), terms=terms_around(today), demo=True, **facts["school"])
    return school, StaffMember(id=ids.new(), **facts["senco"])


def fill(
    record: Record,
    session: Session,
    clock: MovableClock,
    rooms: Documents,
    report: Report,
    crest: bytes,
    *,
    progress: Progress | None = None,
) -> None:
    """Writes the demo school's year into a record that has just begun. The clock ends where it started."""
    last_moment = clock.now()
    writer = _Writer(record, session, clock, rooms, report, last_moment)
    tell = progress or (lambda _what, _done, _of: None)
    clock.set(datetime.combine(writer.began, time(9), tzinfo=UTC))
    set_crest(session, rooms, "crest.png", crest)
    children = write_people(session, writer.chance, writer.began, last_moment.date())
    writer.children = children
    for number, child in enumerate(children):
        tell("demo.writing", number, len(children))
        writer.year_of(child, number)
    writer.requests()
    write_work(session, clock, last_moment)
    write_provision(session, clock, last_moment)
    write_questions(session, clock, children[0], last_moment)
    clock.set(last_moment)
    tell("demo.writing", len(children), len(children))


class _Writer:
    def __init__(self, record: Record, session: Session, clock: MovableClock, rooms: Documents, report: Report, last: datetime) -> None:
        self._record = record
        self._session = session
        self._clock = clock
        self._rooms = rooms
        self._report = report
        self._last = last
        self._today = last.date()
        self.began = self._today - timedelta(days=364)
        self._facts = reference.data("demo", "school.json")
        self._terms = (*terms_of(self.began.year - 1), *terms_around(self._today))
        self.chance = random.Random(SEED)  # noqa: S311 (an invented school, no secret)
        self.children: Sequence[Child] = ()
        self._shared: dict[tuple[str, str], list[Provision]] = {}
        self._reached: dict[str, dict[str, str]] = {}
        self._left: dict[tuple[str, str], list[str]] = {}

    # ---- a pupil's year ---------------------------------------------------------------------------------------------
    def year_of(self, child: Child, number: int) -> None:
        """Cycles end to end through the year, notes in between, and a last cycle whose state depends on the number."""
        if number % 14 == 13:
            self._notes(child, self.began, self._today, 6)
            return
        length = 98 + 7 * (number % 4)
        starts = [self._school_day(self.began + timedelta(days=4 + number * 17 % 100))]
        while starts[-1] + timedelta(days=length) < self._today - timedelta(days=14):
            starts.append(self._school_day(starts[-1] + timedelta(days=length)))
        cycle: Cycle | None = None
        for turn, day in enumerate(starts):
            ends = starts[turn + 1] if turn + 1 < len(starts) else None
            due = ends or self._school_day(self._last_due(number, day + timedelta(days=length)))
            cycle = self._turn(child, number, cycle, day, max(due, day + timedelta(days=7)), closes=ends is not None)

    def _last_due(self, number: int, due: date) -> date:
        """When the open cycle's review is due: late for one pupil in nine, soon for one in five."""
        if number % 9 == 4:
            return min(due, self._today - timedelta(days=2 + number % 12))
        return min(due, self._today + timedelta(days=number % 18)) if number % 5 == 2 else due

    def _turn(self, child: Child, number: int, cycle: Cycle | None, day: date, due: date, *, closes: bool) -> Cycle | None:
        self._on(day, 15)
        if cycle is None:
            cycle, _ = plans.start_cycle(self._session, child.pupil.id, starts_on=day, review_due_on=due)
        else:
            plans.change_cycle(self._session, cycle, replace(cycle, review_due_on=due))
            cycle = replace(cycle, review_due_on=due)
        until = min(due, self._today)
        seen = self._notes(child, day - timedelta(days=9), day + timedelta(days=3), 3)
        self._notes(child, day + timedelta(days=5), until, 4 + number % 6)
        # The last cycle is left in one of its states: assess, plan, do, review.
        state = "closed" if closes else ("do", "assess", "do", "plan", "do", "review")[number % 6]
        if state == "assess":
            return None
        cycle = self._assess(child, cycle, day, seen)
        if state == "plan":
            self._outcomes(child, cycle, 1)
            return None
        cycle = self._plan(child, cycle, day, due)
        if state == "do":
            self._on(until, 15)
            outcome = plans.plan_page(self._record, cycle.id).outcomes[0]
            write_values(self._session, self._clock, child, outcome, self._result(self._facts_of(child)[outcome.text], outcome.baseline)[0])
            return None
        self._on(min(due, self._today), 15)
        return self._review(child, cycle, closes=closes)

    def _assess(self, child: Child, cycle: Cycle, day: date, notes: Sequence[str]) -> Cycle:
        self._on(day + timedelta(days=4), 16)
        summary = self._pick(child, "assess").format(first=child.first)
        for note in notes:
            plans.link_evidence(self._session, cycle.id, "observation", note)
        return self._change(cycle, assess_summary=summary, assessed_on=self._clock.today())

    def _outcomes(self, child: Child, cycle: Cycle, most: int) -> None:
        there = plans.plan_page(self._record, cycle.id).outcomes
        for outcome in there:
            plans.change_outcome(self._session, outcome, replace(outcome, by_on=cycle.review_due_on))
        reached = self._reached.setdefault(child.pupil.id, {})
        going_on = {each.text for each in there}
        left = [
            each
            for each in self._facts["areas"][child.area]["outcomes"]
            if reached.get(each["text"]) != each["target"] and each["text"].format(first=child.first) not in going_on
        ]
        for facts in self.chance.sample(left, max(0, min(most - len(there), len(left)))):
            values = {
                "text": facts["text"].format(first=child.first),
                "area": child.area,
                "baseline": reached.get(facts["text"], facts["steps"][0]),
                "target": facts["target"],
                "measure": facts["measure"],
                "by_on": cycle.review_due_on,
                **measure_of(facts, cycle.starts_on),
            }
            plans.add_outcome(self._session, cycle.id, values)

    def _plan(self, child: Child, cycle: Cycle, day: date, due: date) -> Cycle:
        self._on(day + timedelta(days=8), 16)
        self._outcomes(child, cycle, 3)
        first = plans.plan_page(self._record, cycle.id).outcomes[0]
        if not plans.plan_page(self._record, cycle.id).places:
            names = self.chance.sample(self._facts["areas"][child.area]["provision"], 2 if cycle.number == 1 else 1)
            if child in self._at_work()[:1] and cycle.number > 1:
                names = [*names, *(each for each in self._facts["in_depth"]["provision"] if each not in names)]
            for name in names:
                self._give(child, cycle, first.id, name, day)
        parent = self._parent_name(child)
        return self._change(
            cycle,
            planned_on=self._clock.today(),
            agreed_with=parent,
            strategies=self._facts["areas"][child.area]["strategies"],
            review_due_on=due,
        )

    def _give(self, child: Child, cycle: Cycle, outcome: str | None, name: str, day: date) -> None:
        title, wave, area, aim, staff_role, sessions, minutes, weeks, group = self._facts["provision"][name]
        groups = self._shared.setdefault((name, day.isoformat()[:7]), [])
        for each in groups:
            if len(self._record.find(ProvisionPlace, provision=each.id)) < each.group_size:
                provision.join_provision(self._session, each.id, child.pupil.id, cycle=cycle.id, outcome=outcome)
                return
        rate = rates.rate_on(self._record, staff_role, self._clock.today())
        values: dict[str, Any] = {
            "title": title,
            "wave": wave,
            "area": area,
            "aim": aim,
            "staff_role": staff_role,
            "delivered_by": self.chance.choice(self._facts["delivered_by"][staff_role]),
            "pence_per_hour": rate.pence_per_hour if rate else 0,
            "sessions_per_week": Decimal(sessions),
            "minutes": minutes,
            "weeks": weeks,
            "group_size": group,
            "starts_on": day,
            "ends_on": self._school_day(day + timedelta(weeks=weeks * 13 // 12)),
        }
        made, _ = provision.add_provision(self._session, values, [child.pupil.id], cycle=cycle.id, outcome=outcome)
        groups.append(made)

    def _review(self, child: Child, cycle: Cycle, *, closes: bool) -> Cycle | None:
        facts_of = self._facts_of(child)
        followed: list[Next] = []
        for outcome in plans.plan_page(self._record, cycle.id).outcomes:
            facts = facts_of[outcome.text]
            result, rating, following = self._result(facts, outcome.baseline)
            if outcome.number == 1:
                write_values(self._session, self._clock, child, outcome, result)
            plans.change_outcome(self._session, outcome, replace(outcome, rating=rating, result=result, next=following))
            self._reached[child.pupil.id][facts["text"]] = result
            followed.append(following)
        what = _what_follows(followed)
        plans.record_view(
            self._session,
            child.pupil.id,
            "pupil",
            text=self._fresh(child, "pupil_views", self._facts["areas"][child.area]["pupil_views"]),
            said_by=child.first,
            method="spoken",
            helped_by=self.chance.choice(self._facts["assistants"]),
            cycle=cycle.id,
        )
        if not closes and self.chance.random() < 0.5:
            return None
        plans.record_view(
            self._session,
            child.pupil.id,
            "parents",
            text=self._fresh(child, "parent_views", self._facts["parent_views"]),
            said_by=self._parent_name(child),
            method="at the meeting",
            cycle=cycle.id,
        )
        cycle = self._change(
            cycle,
            reviewed_on=self._clock.today(),
            review_attended_by=f"{self._parent_name(child)}, {child.teacher.name}, {self._session.actor.name}",
            review_summary=self._fresh(child, f"reviews {what}", self._facts["reviews"][what]),
            decision=self._fresh(child, f"decisions {what}", self._facts["decisions"][what]),
            copy_given_on=self._clock.today(),
        )
        if not closes:
            return None
        for place, _ in plans.plan_page(self._record, cycle.id).places:
            provision.leave_provision(self._session, place.id, ends_on=self._clock.today())
        return plans.close_cycle(self._session, cycle.id)[0]

    def _facts_of(self, child: Child) -> dict[str, Mapping[str, Any]]:
        return {each["text"].format(first=child.first): each for each in self._facts["areas"][child.area]["outcomes"]}

    def _result(self, facts: Mapping[str, Any], baseline: str | None) -> tuple[str, Rating, Next]:
        """What an outcome came to: the target, one step further, or where it was; never less than it began with."""
        steps = [*facts["steps"], facts["target"]]
        place = steps.index(baseline) if baseline in steps else 0
        place = min(place + self.chance.choice((0, 1, 1, 2)), len(steps) - 1)
        result = steps[place]
        if result == facts["target"]:
            return result, "met", "stop"
        if result == baseline:
            return result, "not_met", "change"
        return result, "nearly" if place == len(steps) - 2 else "some", "continue"

    def _notes(self, child: Child, first: date, last: date, count: int) -> list[str]:
        days = max(1, (last - first).days)
        teacher = replace(self._session, actor=Actor(child.teacher.id, child.teacher.name, "teacher"))
        ids: list[str] = []
        for step in range(count):
            day = self._school_day(first + timedelta(days=days * step // count + self.chance.randrange(3)))
            if day > self._today:
                continue
            self._on(day, 9 + self.chance.randrange(7), self.chance.randrange(60))
            kind = self.chance.choice(KINDS)
            text = self._fresh(child, kind, self._facts["areas"][child.area]["notes"][kind])
            made, _ = observations.record_observation(
                teacher,
                pupils=[child.pupil.id],
                text=text,
                kind=kind,
                area=child.area,
                happened_on=min(day, self._today),
            )
            ids += made
        return ids

    # ---- requests ---------------------------------------------------------------------------------------------------
    def requests(self) -> None:
        """One request in progress and one with a decision."""
        at_work = self._at_work()
        self._evidence(at_work[0])
        self._evidence(at_work[-1])
        self._clock.set(self._last - timedelta(days=70))
        decided_request(self._session, self._clock, self._rooms, at_work[-1].pupil.id, self._last)
        self._clock.set(self._last - timedelta(days=8))
        self._in_depth(at_work[0])
        request_in_progress(self._session, at_work[0].pupil.id, self._facts["in_depth"]["answers"])
        self._clock.set(self._last)
        write_circle(self._session, self.children, at_work[0])

    def _at_work(self) -> list[Child]:
        """Whom the requests are for: the first is in progress, the last is decided."""
        return [each for each in self.children if each.area == "ci" and each.pupil.year in ("3", "4")]

    def _in_depth(self, child: Child) -> None:
        """What a school knows of a pupil by the time it asks for an assessment: a profile, and how the need shows."""
        facts = self._facts["in_depth"]
        known = {name: facts[name] for name in ("strengths", "what_works", "communication")}
        pupils.change_pupil(self._session, child.pupil, replace(child.pupil, **known))
        need = self._record.find(SenNeed, pupil=child.pupil.id)[0]
        self._save([Amend(SenNeed, need.id, {"description": facts["need"]})], "change_need")

    def _evidence(self, child: Child) -> None:
        known = {"parent": self._parent_name(child), "teacher": child.teacher.name}
        for facts in reference.data("demo", "reports.json")["reports"]:
            author = facts["author"].format(**known)
            self._on(self._school_day(self._today - timedelta(days=facts["days_ago"])), 12)
            values = {
                **facts,
                "author": author,
                "pupil": child.pupil.name,
                "first": child.first,
                "school": self._facts["school"]["name"],
                "on": self._clock.today().isoformat(),
            }
            filename, content = self._report(values)
            documents.add_document(
                self._session,
                self._rooms,
                child.pupil.id,
                filename,
                content,
                title=facts["title"],
                kind=facts["kind"],
                document_on=self._clock.today(),
                author_name=author,
                author_role=facts["role"],
                organisation=facts["organisation"],
            )

    # ---- small things -----------------------------------------------------------------------------------------------
    def _on(self, day: date, hour: int, minute: int = 0) -> None:
        at = datetime.combine(min(day, self._today), time(hour, minute), tzinfo=UTC)
        self._clock.set(min(at, self._last))

    def _school_day(self, day: date) -> date:
        """The day itself, or the last school day before it."""
        while day.weekday() > 4 or not any(_in_term(day, term) for term in self._terms):
            day -= timedelta(days=1)
        return day

    def _save(self, edits: Sequence[Edit], action: str) -> None:
        self._record.save(edits, action=action, actor=self._session.actor)

    def _change(self, cycle: Cycle, **values: Any) -> Cycle:
        wanted = replace(cycle, **values)
        plans.change_cycle(self._session, cycle, wanted)
        return wanted

    def _pick(self, child: Child, what: str) -> str:
        return self._fresh(child, what, self._facts["areas"][child.area][what])

    def _fresh(self, child: Child, what: str, texts: Sequence[str]) -> str:
        """One of the texts; none comes twice for a pupil before all of them came once."""
        left = self._left.setdefault((child.pupil.id, what), [])
        if not left:
            left += self.chance.sample(texts, len(texts))
        return left.pop()

    def _parent_name(self, child: Child) -> str:
        return self._record.find(Contact, pupil=child.pupil.id)[0].name


def _what_follows(followed: Sequence[Next]) -> str:
    """What a review has to decide on: ``all_met``, ``some_met``, ``change`` or ``go_on``."""
    if "stop" in followed:
        return "some_met" if set(followed) != {"stop"} else "all_met"
    return "change" if "change" in followed else "go_on"


def _in_term(day: date, term: Term) -> bool:
    if not term.starts_on <= day <= term.ends_on:
        return False
    return not (term.half_term_starts_on and term.half_term_ends_on and term.half_term_starts_on <= day <= term.half_term_ends_on)
