"""All open cycles by the stage they stand at, with the day of their review; a row opens the pupil's plan."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from sencoapp import reference
from sencoapp.domain.calendar import SchoolDays
from sencoapp.domain.dates import full_date
from sencoapp.domain.plan import Cycle
from sencoapp.domain.record import Saved
from sencoapp.domain.reviews import SchoolWeeks, review_state
from sencoapp.domain.stages import STAGES
from sencoapp.domain.words import search_words, typed_words
from sencoapp.services import beginning, plans
from sencoapp.services.lists import plan_list
from sencoapp.services.permissions import may, may_save
from sencoapp.services.plans import OpenPlan
from sencoapp.services.ports import Session
from sencoapp.services.review_words import since_words
from sencoapp.services.today import place_words
from ui.commands import command
from ui.page import Page
from ui.pages.columns import Columns
from ui.pages.export_sheet import Export
from ui.pages.plan_file_sheet import take_in_plan
from ui.pages.plan_words import counted, stage_name, wording
from ui.room import Room
from ui.widgets import (
    STRETCH,
    Button,
    Cell,
    ChipChoice,
    Column,
    EmptyPlace,
    GroupRow,
    RecordTable,
    SearchField,
    Surface,
    TableRow,
    Text,
    area_words,
    col,
    holder,
    row,
)


@dataclass(frozen=True)
class AllPlans:
    """What the list shows."""

    plans: tuple[OpenPlan, ...]
    today: date
    days: SchoolDays
    weeks: SchoolWeeks


def all_plans(session: Session) -> AllPlans:
    """Reads every open cycle at once."""
    days = SchoolDays.of(beginning.school(session.record).terms)
    return AllPlans(tuple(plans.open_plans(session.record)), session.clock.today(), days, SchoolWeeks(days))


def make_plans_page(room: Room) -> "PlansPage":
    """The list of all open cycles."""
    return PlansPage(room)


class PlansPage(Page):
    """Groups by stage, the earliest review first; found by name as one types; only those that are late, if wanted."""

    def __init__(self, room: Room) -> None:
        super().__init__()
        self._room = room
        self._all: AllPlans | None = None
        self.set_heading(wording("plans"))
        self.names = SearchField(wording("plans_search"), width=220)
        self.filter = ChipChoice(
            wording("plans_show"), [(each, stage_name(each)) for each in STAGES] + [("late", wording("plans_late"))], several=True
        )
        columns = (
            Column(wording("column_pupil"), 0),
            Column(wording("column_class"), 130, keep=False),
            Column(wording("column_need"), 90, keep=False),
            Column(wording("column_cycle"), 80, keep=False),
            Column(wording("column_outcomes"), 170, keep=False),
            Column(wording("column_review"), 370),
        )
        self.table = RecordTable(wording("plans"), columns, lead=24)
        self._nothing = Text("", "ui", "muted", wrap=True, side="centre")
        self._empty = EmptyPlace(wording("plans_none"), wording("plans_to_pupils"), icon="repeat", press=lambda: room.ways.go("pupils"))
        self.loose = Button(reference.say("thread.loose_page"), "quiet", icon="link", press=lambda: room.ways.go("loose"))
        self.export = Export(room, self, ("plans",), content=lambda place: plan_list(place.session, self._in_sight()))
        self.meeting = Button(reference.say("review.page"), "quiet", icon="repeat", press=lambda: room.ways.go("review"))
        words = reference.say("plan_file.take_in_long")
        self.take_in = Button(reference.say("plan_file.take_in_short"), "quiet", icon="inbox", name=words)
        self.take_in.clicked.connect(lambda: take_in_plan(room, self))
        writes = may_save(room.actor, Cycle)
        if writes:
            command(self, words, self.take_in.click, icon="inbox", also="import json file transfer")
        if not writes:
            self.take_in.hide()
        if not may(room.actor, "hold_review"):
            self.meeting.hide()
        finding = holder(row(self.names, (self.filter, 1), gap=12))
        going = holder(row(self.take_in, self.meeting, self.export.button, self.loose, STRETCH, gap=12))
        bar = Surface("plain", col(Columns((finding, 1), (going, 0), gap=12, narrow=960), gap=0, margins=(24, 10, 24, 10)))
        self._list = Surface("plain", col(bar, (self.table, 1), (self._nothing, 1), gap=0))
        self.setLayout(col((self._list, 1), (self._empty, 1), gap=0))
        self._list.hide()
        self._empty.hide()
        self.names.searched.connect(lambda _: self._fill())
        self.names.went_down.connect(self.table.setFocus)
        self.names.returnPressed.connect(lambda: self._open(self.table.current_key()))
        self.filter.chosen.connect(self._fill)
        self.table.opened.connect(self._open)

    def show_for(self, args: Mapping[str, Any]) -> None:
        self._ask()

    def refresh(self, saved: Saved) -> None:
        if saved.touches("cycle", "outcome", "pupil", "sen_need", "school"):
            self._ask()

    def panes(self) -> Sequence[QWidget]:
        return (self.names, self.table)

    def first_focus(self) -> QWidget:
        return self.names

    def search(self) -> QWidget:
        return self.names

    def _ask(self) -> None:
        self._room.ask(self, lambda place: all_plans(place.session), self._show, replace="plans")

    def _show(self, found: AllPlans) -> None:
        self._all = found
        late = sum(_is_late(each, found.today) for each in found.plans)
        self.set_heading(
            wording("plans"), " · ".join(filter(None, (counted("open_cycle", len(found.plans)), counted("late", late) if late else "")))
        )
        self._list.setVisible(bool(found.plans))
        self._empty.setVisible(not found.plans)
        self._fill()

    def _in_sight(self) -> set[str]:
        """The cycles that the filter lets through."""
        return {each.cycle.id for each in (self._all.plans if self._all else ()) if self._wanted(each)}

    def _fill(self) -> None:
        if self._all is None:
            return
        shown = [each for each in self._all.plans if self._wanted(each)]
        rows: list[GroupRow | TableRow] = []
        for stage in STAGES:
            group = [each for each in shown if each.stage == stage]
            if group:
                rows.append(GroupRow(f"{stage_name(stage)} · {counted('cycle', len(group))}"))
                rows += [_plan_row(each, self._all) for each in group]
        self.table.show_rows(rows)
        self.table.setVisible(bool(rows))
        self._nothing.setText(wording("plans_no_match"))
        self._nothing.setVisible(not rows)
        if rows and not self.table.current_key():
            self.table.choose_first()

    def _wanted(self, plan: OpenPlan) -> bool:
        assert self._all is not None
        chosen = set(self.filter.values())
        stages = chosen & set(STAGES)
        if stages and plan.stage not in stages:
            return False
        if "late" in chosen and not _is_late(plan, self._all.today) and not _since(plan, self._all):
            return False
        words = search_words(f"{plan.pupil.name} {plan.pupil.legal_name} {plan.pupil.reg_group or ''}")
        return all(any(word.startswith(each) for word in words) for each in typed_words(self.names.text()))

    def _open(self, key: str) -> None:
        if self._all is None:
            return
        found = next((each for each in self._all.plans if each.cycle.id == key), None)
        if found is not None:
            self._room.ways.go("pupil", pupil=found.pupil.id, tab="plan", cycle=found.cycle.id)


def _since(plan: OpenPlan, all_of: AllPlans) -> str:
    """How long no review was held, where that is worth saying."""
    return since_words(review_state(plan.cycle.starts_on, plan.cycle.review_due_on, all_of.today, all_of.weeks))


def _is_late(plan: OpenPlan, today: date) -> bool:
    return plan.cycle.review_due_on is not None and plan.cycle.review_due_on < today


def _plan_row(plan: OpenPlan, all_of: AllPlans) -> TableRow:
    pupil, due = plan.pupil, plan.cycle.review_due_on
    late = _is_late(plan, all_of.today)
    review = full_date(due) if due else wording("review_no_day")
    if due and (late or (due - all_of.today).days <= 14):
        review = f"{review} · {all_of.days.lateness(due, all_of.today)}"
    since = "" if late else _since(plan, all_of)
    review = f"{review} · {since}" if since else review
    outcomes = wording("plans_rated", rated=plan.rated, of=plan.outcomes) if plan.rated else counted("outcome", plan.outcomes)
    area = Cell(chip=(pupil.area, area_words(pupil.area, short=True))) if pupil.area else Cell("")  # type: ignore[arg-type]
    return TableRow(
        plan.cycle.id,
        (
            Cell(pupil.name, bold=True),
            Cell(place_words(pupil.year, pupil.reg_group)),
            area,
            Cell(str(plan.cycle.number)),
            Cell(outcomes if plan.outcomes else wording("knot_none"), tone="text" if plan.outcomes else "muted"),
            Cell(review, icon="triangle-alert" if late or since else "", tone="danger" if late else "warning" if since else "text"),
        ),
    )
