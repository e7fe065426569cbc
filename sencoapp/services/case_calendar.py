"""A calendar of what is due in the cases with the council."""

from datetime import UTC, date

from sencoapp import reference
from sencoapp.domain.cases import CalendarEntry, StepShown, calendar_text
from sencoapp.domain.people import Pupil
from sencoapp.domain.refusals import Refusal
from sencoapp.services.beginning import school
from sencoapp.services.cases import CaseRow, due_steps
from sencoapp.services.exports import Exported
from sencoapp.services.permissions import must_be_allowed
from sencoapp.services.ports import Session

REMIND_DAYS = 7


def case_calendar(session: Session, *, names: bool = False) -> Exported:
    """A calendar file of everything that is still due, for Outlook and others. Without ``names`` it holds initials only.

    The reminders are seven days before. Reading the file again moves what has moved. Raises ``Refusal("nothing_to_export")``.
    """
    must_be_allowed(session, "export")
    entries = [
        CalendarEntry(
            uid=f"{row.shown.case.id}-{step.id}@sencoapp",
            on=step.due,
            summary=reference.say("cases.calendar_line", who=_who(row.pupil, names), step=step.label),
            description=_description(row, step),
            alarm_days=REMIND_DAYS,
        )
        for row, step in due_steps(session, date.max)
        if step.due
    ]
    if not entries:
        raise Refusal("nothing_to_export")
    stamp = f"{session.clock.now().astimezone(UTC):%Y%m%dT%H%M%SZ}"
    text = calendar_text(entries, reference.say("cases.calendar_name", school=school(session.record).name), stamp)
    return Exported(reference.say("cases.calendar_title"), reference.say("cases.calendar_file"), text.encode(), len(entries))


def _description(row: CaseRow, step: StepShown) -> str:
    council = reference.council(row.shown.case.council)["name"]
    why = f"{step.deadline.how}. {step.deadline.citation}" if step.deadline else reference.say("cases.set_day")
    return f"{row.shown.kind['title']}, {council}. {why}"


def _who(pupil: Pupil, names: bool) -> str:
    return pupil.name if names else pupil.initials
