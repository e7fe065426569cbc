"""A calendar of what is due: the cases with the council, and the reviews of SEN support."""

from datetime import UTC, date, timedelta
from pathlib import Path

from sencoapp import reference
from sencoapp.domain.cases import CalendarEntry, StepShown, calendar_text
from sencoapp.domain.people import Pupil
from sencoapp.domain.refusals import Refusal
from sencoapp.services.beginning import school
from sencoapp.services.cases import CaseRow, due_steps
from sencoapp.services.changes import must_get
from sencoapp.services.exports import Exported
from sencoapp.services.permissions import must_be_allowed
from sencoapp.services.ports import RegisterQuery, Session

REMIND_DAYS = 7
REVIEWS_AHEAD = timedelta(days=366)
_KEPT_AT = "calendar_kept_at"


def case_calendar(session: Session, *, names: bool = False) -> Exported:
    """A calendar file of everything that is still due, for Outlook and others. Without ``names`` it holds initials only.

    The reminders are seven days before. Reading the file again moves what has moved. Raises ``Refusal("nothing_to_export")``.
    """
    must_be_allowed(session, "export")
    entries = _entries(session, names)
    if not entries:
        raise Refusal("nothing_to_export")
    return Exported(reference.say("cases.calendar_title"), reference.say("cases.calendar_file"), _file(session, entries), len(entries))


def keep_calendar(session: Session, path: Path | None) -> None:
    """From now on the calendar is written to this file whenever something changes; ``None``: no longer. Of this computer alone."""
    must_be_allowed(session, "export")
    session.record.set_setting(_KEPT_AT, None if path is None else str(path))


def calendar_kept_at(session: Session) -> Path | None:
    """The file that is kept up to date, if there is one."""
    kept = session.record.setting(_KEPT_AT)
    return Path(kept) if kept else None


def kept_calendar(session: Session) -> tuple[Path, bytes] | None:
    """The file that is kept up to date and what belongs in it now: initials only, and nothing where nothing is due."""
    path = calendar_kept_at(session)
    return (path, _file(session, _entries(session, names=False))) if path else None


def _entries(session: Session, names: bool) -> list[CalendarEntry]:
    found = [
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
    return [*found, *_reviews(session, names)]


def _reviews(session: Session, names: bool) -> list[CalendarEntry]:
    due = session.record.reviews_due(RegisterQuery(review_due_by=session.clock.today() + REVIEWS_AHEAD))
    return [
        CalendarEntry(
            uid=f"{each.cycle}-review@sencoapp",
            on=each.due_on,
            summary=reference.say(
                "cases.calendar_line",
                who=_who(must_get(session.record, Pupil, each.pupil), names),
                step=reference.say("today.review", number=each.number),
            ),
            description=reference.say("cases.calendar_review"),
            alarm_days=REMIND_DAYS,
        )
        for each in due
    ]


def _file(session: Session, entries: list[CalendarEntry]) -> bytes:
    stamp = f"{session.clock.now().astimezone(UTC):%Y%m%dT%H%M%SZ}"
    return calendar_text(entries, reference.say("cases.calendar_name", school=school(session.record).name), stamp).encode()


def _description(row: CaseRow, step: StepShown) -> str:
    council = reference.council(row.shown.case.council)["name"]
    why = f"{step.deadline.how}. {step.deadline.citation}" if step.deadline else reference.say("cases.set_day")
    return f"{row.shown.kind['title']}, {council}. {why}"


def _who(pupil: Pupil, names: bool) -> str:
    return pupil.name if names else pupil.initials
