"""A closed cycle: every stage to be read, and nothing that could be written."""

from PySide6.QtWidgets import QWidget

from sencoapp import reference
from sencoapp.domain.dates import full_date, weekday_date
from sencoapp.domain.plan import Outcome, View
from sencoapp.domain.reviews import PlanCopy
from sencoapp.services.reviewing import correction_about
from ui.pages.facts import facts, told
from ui.pages.plan_case import PlanCase
from ui.pages.plan_context import PlanContext
from ui.pages.plan_measure import MeasurePanel
from ui.pages.plan_outcomes import served
from ui.pages.plan_views import said_words
from ui.pages.plan_words import entry_line, entry_words, rating_words, wording
from ui.pages.provision_words import pattern_words
from ui.pages.review_form import wording as review_wording
from ui.widgets import STRETCH, Rule, Surface, Text, area_chip, clear, col, heading, holder, money, note, panel, row


class ClosedStage(QWidget):
    """One stage of a closed cycle in words."""

    def __init__(self, context: PlanContext) -> None:
        super().__init__()
        self._context = context
        self._column = col(gap=10)
        self.setLayout(self._column)

    def show_stage(self, case: PlanCase, stage: str) -> None:
        clear(self._column)
        if case.corrections:
            self._column.addWidget(_corrections(case))
        parts = {"assess": _assess, "plan": _plan, "do": _do, "review": _review}[stage](case)
        if stage in ("do", "review") and case.page is not None:
            parts = [*(MeasurePanel(self._context, each) for each in case.page.outcomes if each.id in case.measured), *parts]
        for each in parts:
            self._column.addWidget(each)
        self._column.addStretch(1)


def _corrections(case: PlanCase) -> QWidget:
    """What was corrected beside the plan, which itself stays as it was closed."""
    assert case.page is not None
    parts: list[QWidget] = []
    for each in case.corrections:
        said = review_wording("correction_line", about=correction_about(each.about, case.page.outcomes), text=each.text)
        day = full_date(each.noted_at.astimezone().date())
        source = note(review_wording("correction_source", author=each.author_name, day=day, reason=each.reason), wrap=True)
        parts.append(holder(col(Text(said, "ui", wrap=True), source, gap=0)))
    return panel(heading(review_wording("corrections")), *parts, kind="info", gap=10, margins=16)


def copy_words(copy: PlanCopy) -> str:
    """ "Mrs Osei, 20 November 2026, by email"."""
    day = full_date(copy.given_on)
    if copy.how:
        return review_wording("copy_line_how", to=copy.given_to, day=day, how=copy.how)
    return review_wording("copy_line", to=copy.given_to, day=day)


def _assess(case: PlanCase) -> list[QWidget]:
    assert case.page is not None
    words = told([(wording("label_assess_summary"), case.cycle.assess_summary or wording("nothing_written"))])
    entries = [holder(col(note(entry_line(entry)), Text(entry_words(entry), "ui", wrap=True), gap=0)) for _, entry in case.page.evidence]
    nothing = Text(wording("evidence_none_picked"), "ui", "muted", wrap=True)
    evidence = panel(heading(wording("evidence_title")), *(entries or [nothing]), gap=10, margins=16)
    return [panel(heading(wording("assess_title")), words, gap=10, margins=16), evidence]


def _plan(case: PlanCase) -> list[QWidget]:
    cycle = case.cycle
    agreed = told(
        [
            (wording("label_strategies"), cycle.strategies),
            (wording("label_agreed_with"), cycle.agreed_with),
            (wording("label_review_due_on"), weekday_date(cycle.review_due_on) if cycle.review_due_on else None),
        ]
    )
    return [*_outcomes(case), panel(heading(wording("plan_title")), agreed, gap=10, margins=16)]


def _outcomes(case: PlanCase) -> list[QWidget]:
    assert case.page is not None
    panels: list[QWidget] = []
    for _, shown in served(case.page, case.sums):
        parts: list[QWidget] = [_planned(shown.outcome)] if shown.outcome else [Text(wording("untied"), "ui", weight=600)]
        for _, provision in shown.places:
            title = Text(provision.title, "ui", weight=600, wrap=True)
            words = Text(pattern_words(provision), "ui", wrap=True)
            known = shown.sums.get(provision.id)
            cost = Text(money(known[0]), "ui", weight=600, figures=True) if known else None
            sum_line = note(known[1], wrap=True) if known else None
            parts += [Rule(), holder(col(row((title, 1), cost, gap=8), words, sum_line, gap=2))]
        panels.append(panel(*parts, gap=10, margins=16))
    return panels


def _planned(outcome: Outcome) -> QWidget:
    chip = area_chip(outcome.area) if outcome.area else None
    named = [(wording(f"outcome_{each}"), getattr(outcome, each)) for each in ("baseline", "target", "measure")]
    by_on = (wording("outcome_by_on"), full_date(outcome.by_on) if outcome.by_on else None)
    top = row(note(wording("outcome_number", number=outcome.number)), chip, STRETCH, gap=8)
    return holder(col(top, Text(outcome.text, "body", weight=600, wrap=True), facts(*named, by_on), gap=6))


def _do(case: PlanCase) -> list[QWidget]:
    assert case.page is not None
    began, ended = case.cycle.planned_on or case.cycle.starts_on, case.cycle.closed_on or case.today
    notes = [each for each in case.entries if each.kind == "observation" and began <= each.on <= ended]
    week: list[QWidget] = [
        holder(col(Text(each.title, "ui", weight=600, wrap=True), Text(pattern_words(each), "ui", wrap=True), gap=2))
        for each in {provision.id: provision for _, provision in case.page.places}.values()
    ]
    written: list[QWidget] = [holder(col(note(entry_line(each)), Text(entry_words(each), "ui", wrap=True), gap=0)) for each in notes]
    nothing = Text(wording("nothing_planned"), "ui", "muted", wrap=True)
    silent = Text(wording("no_notes_then"), "ui", "muted", wrap=True)
    return [
        panel(heading(wording("each_week")), *(week or [nothing]), gap=10, margins=16),
        panel(heading(wording("notes_then")), *(written or [silent]), gap=10, margins=16),
    ]


def _review(case: PlanCase) -> list[QWidget]:
    assert case.page is not None
    cycle = case.cycle
    meeting = told(
        [
            (wording("label_reviewed_on"), weekday_date(cycle.reviewed_on) if cycle.reviewed_on else None),
            (wording("label_review_attended_by"), cycle.review_attended_by),
            (wording("label_review_summary"), cycle.review_summary),
            (wording("label_decision"), cycle.decision),
            (wording("label_copy_given_on"), weekday_date(cycle.copy_given_on) if cycle.copy_given_on else None),
            (review_wording("copies_given"), "\n".join(map(copy_words, case.copies)) or None),
        ]
    )
    views = [told([(wording(f"view_of_{each.whose}"), _view_words(each))]) for each in case.page.views]
    reviewed: list[Surface] = [_reviewed(each) for each in case.page.outcomes]
    return [
        *reviewed,
        panel(heading(wording("views")), *views, gap=10, margins=16),
        panel(heading(wording("meeting")), meeting, gap=10, margins=16),
    ]


def _reviewed(outcome: Outcome) -> Surface:
    result = facts(
        (wording("rating"), rating_words(outcome.rating) if outcome.rating else None),
        (wording("label_result"), outcome.result),
        (wording("label_review_note"), outcome.review_note),
        (wording("next"), wording(f"next_{outcome.next}") if outcome.next else None),
    )
    return panel(_planned(outcome), Rule(), result, gap=10, margins=16)


def _view_words(view: View) -> str:
    words = reference.say("confidential.in_timeline") if view.confidential else said_words(view)
    source = ", ".join(filter(None, (view.said_by, full_date(view.given_on))))
    return f"{words}\n{source}"
