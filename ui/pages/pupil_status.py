"""A pupil's SEN status: what it is, how it came to be, a further step, and the correction of one."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, get_args

from sencoapp import reference
from sencoapp.domain.dates import full_date
from sencoapp.domain.people import Pupil, SENprovision, SenStatus
from sencoapp.domain.record import Saved
from sencoapp.domain.refusals import Refusal
from sencoapp.services import pupils
from sencoapp.services.permissions import may_save
from sencoapp.services.ports import Session
from ui.pages.ask_form import Ask, AskRow, asked_of
from ui.pages.entry_panel import EntryPanel, Line
from ui.pages.pupil_words import joined
from ui.pages.record_sheet import Entry, Removal, open_entry
from ui.room import Room
from ui.widgets import status_words

say = reference.say


class StatusPanel(EntryPanel):
    """The steps, newest first, each with its days, its reason and when the parents were told."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._pupil: Pupil | None = None
        self._today = date.max
        self._position = 0
        self._steps: dict[str, SenStatus] = {}
        super().__init__(
            say("pupil.status"),
            say("pupil.change_status"),
            self.open_sheet,
            say("pupil.no_status"),
            lambda _, key: self._correct(self._steps[key]),
        )
        actor = room.place.session.actor
        self.allow(add=may_save(actor, SenStatus), act=may_save(actor, SenStatus, "change"))

    def show_statuses(self, pupil: Pupil, statuses: Sequence[SenStatus], today: date, position: int) -> None:
        self._pupil, self._today, self._position = pupil, today, position
        self._steps = {each.id: each for each in statuses}
        follows = [*statuses[1:], None]
        self.show_lines([_line(each, after) for each, after in reversed(list(zip(statuses, follows, strict=True)))])

    def open_sheet(self) -> None:
        """A further step of the status; its day may lie back."""
        pupil = self._pupil
        if pupil is None:
            return
        entry = Entry(
            title=say("pupil.status_of", name=pupil.name),
            save_words=say("pupil.save_status"),
            rows=self._rows(),
            values={"starts_on": self._today},
            draft=f"status.{pupil.id}",
            write=lambda session, values: _set(session, pupil.id, values),
            said=lambda values: say("pupil.status_saved", name=pupil.forename, status=say(f"pupil.status_{values['status']}")),
        )
        open_entry(self._room, self, entry, self._today)

    def _correct(self, step: SenStatus) -> None:
        pupil, position = self._pupil, self._position
        if pupil is None:
            return
        words = say(f"pupil.status_{step.code}")
        entry = Entry(
            title=say("pupil.correct_status", status=words),
            save_words=say("people_page.save"),
            rows=self._rows(),
            values={"status": step.code, "starts_on": step.starts_on, "parents_told_on": step.parents_told_on, "reason": step.reason},
            draft=f"status.{step.id}",
            past=("sen_status", step.id),
            write=lambda session, values: pupils.change_status(session, step, _corrected(step, values), as_of=position),
            said=lambda values: say("pupil.status_saved", name=pupil.forename, status=say(f"pupil.status_{values['status']}")),
            remove=Removal(
                say("people_page.entered_by_mistake"),
                say("people_page.removed", what=words),
                lambda session: pupils.take_back_status(session, step.id),
            ),
        )
        open_entry(self._room, self, entry, self._today)

    def _rows(self) -> list[AskRow]:
        """The reason is not the office's to write: the day and the code are."""
        rows = _rows()
        return rows[:1] + asked_of(self._room.place.session.actor, SenStatus, rows[1:])


def _rows() -> list[AskRow]:
    codes = [(code, say(f"pupil.status_{code}")) for code in get_args(SENprovision)]
    return [
        Ask("status", say("pupil.new_status"), "one", codes),
        Ask("reason", say("pupil.reason"), "words", optional=True),
        (
            Ask("starts_on", say("pupil.from"), "day", what=say("pupil.status_day"), hint=say("pupil.status_day_hint")),
            Ask("parents_told_on", say("pupil.told"), "day", what=say("pupil.told_day"), towards="past", past=True, optional=True),
        ),
    ]


def _line(status: SenStatus, after: SenStatus | None) -> Line:
    if after is None:
        when = say("pupil.since", date=full_date(status.starts_on))
    else:
        when = say("pupil.from_to", first=full_date(status.starts_on), last=full_date(after.starts_on))
    told = say("pupil.parents_told", date=full_date(status.parents_told_on)) if status.parents_told_on else ""
    head = when[:1].upper() + when[1:]
    chip = (status.code, status_words(status.code))
    return Line(status.id, head, joined(status.reason or "", told), chip=chip, actions=(("correct", say("people_page.change")),))


def _set(session: Session, pupil: str, values: Mapping[str, Any]) -> Saved:
    _check(values)
    return pupils.set_status(
        session, pupil, values["status"], values["starts_on"], reason=values.get("reason"), parents_told_on=values["parents_told_on"]
    )


def _corrected(step: SenStatus, values: Mapping[str, Any]) -> SenStatus:
    _check(values)
    rest = {name: values[name] for name in ("starts_on", "reason", "parents_told_on") if name in values}
    return replace(step, code=values["status"], **rest)


def _check(values: Mapping[str, Any]) -> None:
    if not values["status"]:
        raise Refusal("status_not_chosen", field="status")
    if values["starts_on"] is None:
        raise Refusal("status_needs_day", field="starts_on")
