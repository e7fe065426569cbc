"""How cases are spoken of in the window."""

from datetime import date

from sencoapp import reference
from sencoapp.domain.cases import CaseShown, StepShown
from sencoapp.services.cases import CaseRow

say = reference.say


def kind_words(row: CaseRow) -> str:
    return str(row.shown.kind["title"])


def council_words(row: CaseRow) -> str:
    """The council, with its number for the case where there is one."""
    name = str(reference.council(row.shown.case.council)["name"])
    return " · ".join(filter(None, (name, row.shown.case.reference)))


def outcome_words(shown: CaseShown) -> str:
    """How it ended, or what is known so far; empty where nothing is."""
    labels = {each["id"]: each["label"] for each in shown.kind["outcomes"]}
    return str(labels.get(shown.case.ended_as or "", shown.case.ended_as or ""))


def due_words(step: StepShown | None, today: date) -> tuple[str, str]:
    """ "Day 12 of 42", "3 days late", "In 9 days", and the tone; a dash where there is no date."""
    if step is None or step.due is None:
        return "–", "muted"
    late = (today - step.due).days
    if late > 0:
        return say("cases.late_one") if late == 1 else say("cases.late", days=late), "danger"
    counted = step.day_of(today)
    if counted is not None and counted.day >= 0:
        words = counted.in_words()
        return words[:1].upper() + words[1:], "text"
    return say("cases.today") if late == 0 else say("cases.in_days", days=-late), "text"


def step_state(step: StepShown, today: date) -> tuple[str, str]:
    """The icon and the words for how a step stands."""
    if step.done is not None:
        return ("check", say("cases.state_done")) if step.done.state == "done" else ("minus", say("cases.state_not_needed"))
    if step.is_late(today):
        return "triangle-alert", say("cases.state_late")
    return "circle", say("cases.state_open")
