"""The key facts of a pupil: only what is known, each under its label; the numbers among them can be changed here."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from sencoapp import reference
from sencoapp.domain import identifiers
from sencoapp.domain.background import attendance_share
from sencoapp.domain.dates import full_date, months_between
from sencoapp.domain.people import Pupil
from sencoapp.services import pupils
from sencoapp.services.import_origins import FromMis
from sencoapp.services.permissions import may_save, sees_field
from ui.pages.ask_form import Ask, chosen_from
from ui.pages.pupil_words import joined
from ui.pages.record_sheet import Entry, open_entry
from ui.room import Room
from ui.widgets import STRETCH, Button, Surface, Text, clear, col, heading, holder, note, row

_FIELDS_OF = {
    "legal_name": ("legal_surname", "legal_forename", "middle_names"),
    "born": ("birth_date",),
    "attendance": ("sessions_attended",),
    "language": ("first_language",),
    "entered": ("entry_on",),
    "left": ("left_on",),
    "upn": ("upn", "upn_unknown"),
    "uln": ("uln",),
}
"""The fields that a fact is made of."""


class KeyFacts(Surface):
    """Labels at the left, facts at the right."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._pupil: Pupil | None = None
        self._position, self._today = 0, date.max
        self._lines = col(gap=8)
        self.change = Button(reference.say("pupil.change_numbers"), "link", press=self.open_sheet)
        head = row(heading(reference.say("pupil.key_facts")), STRETCH, self.change)
        super().__init__("panel", col(head, self._lines, gap=10, margins=16))
        self.change.setVisible(may_save(room.actor, Pupil, "change") and sees_field(room.actor, Pupil, "upn_unknown"))

    def open_sheet(self) -> None:
        """Changes the numbers."""
        if self._pupil is not None:
            open_entry(self._room, self, numbers_entry(self._pupil, self._position), self._today)

    def show_pupil(self, pupil: Pupil, position: int, today: date, mis: FromMis) -> None:
        """``mis`` says which of them the school's MIS filled in: told quietly below the fact, and when it last did at the foot."""
        self._pupil, self._position, self._today = pupil, position, today
        self.change.setAccessibleName(reference.say("pupil.change_numbers_of", name=pupil.name))
        clear(self._lines)
        for label, words, below in known_facts(pupil, today):
            if not mis.fields.keys().isdisjoint(_FIELDS_OF[label]):
                below = joined(below, reference.say("pupil.from_mis"))
            said = col(Text(words, "ui", wrap=True, selectable=True), note(below, wrap=True) if below else None, gap=0)
            name = col(Text(reference.say(f"pupil.fact_{label}"), "ui", "muted", wrap=True), STRETCH, gap=0)
            self._lines.addWidget(holder(row((name, 2), (said, 3), gap=8)))
        if mis.last_on:
            self._lines.addWidget(note(reference.say("pupil.from_mis_on", day=full_date(mis.last_on.date())), wrap=True))


def known_facts(pupil: Pupil, today: date) -> Iterator[tuple[str, str, str]]:
    """Each fact as the key of its label, its words, and a quieter line below them."""
    if pupil.legal_name != pupil.name:
        yield "legal_name", pupil.legal_name, ""
    if pupil.birth_date:
        months = months_between(pupil.birth_date, today)
        yield "born", full_date(pupil.birth_date), reference.say("pupil.age", years=months // 12, months=months % 12)
    yield from _attendance(pupil)
    if pupil.first_language:
        yield "language", reference.codes("Language").get(pupil.first_language, pupil.first_language), ""
    if pupil.entry_on:
        yield "entered", full_date(pupil.entry_on), ""
    if pupil.left_on:
        yield "left", full_date(pupil.left_on), ""
    if pupil.upn:
        yield "upn", pupil.upn, ""
    elif pupil.why_no_upn:
        reason = reference.codes("UPNunknown").get(pupil.why_no_upn, pupil.why_no_upn)
        yield "upn", reference.say("pupil.no_upn_why", reason=reason[:1].lower() + reason[1:]), ""
    if pupil.uln:
        yield "uln", pupil.uln, ""


def numbers_entry(pupil: Pupil, position: int) -> Entry:
    """UPN and ULN; why there is no UPN is asked where there is none."""
    say = reference.say
    why = Ask(
        "upn_unknown",
        say("pupil.ask_upn_unknown"),
        "choice",
        chosen_from(reference.codes("UPNunknown")),
        hint=say("pupil.ask_upn_unknown_hint"),
    )
    rows = [
        Ask("upn", say("pupil.ask_upn"), hint=say("pupil.ask_upn_hint"), optional=True),
        *([] if pupil.upn else [why]),
        Ask("uln", say("pupil.ask_uln"), hint=say("pupil.ask_uln_hint"), optional=True),
    ]

    def said(values: Mapping[str, Any]) -> str:
        upn = identifiers.tidy_upn(values["upn"] or "")
        if upn and upn != pupil.upn and not identifiers.upn_check_letter_is_right(upn):
            return say("pupil.upn_letter_differs", letter=identifiers.upn_check_letter(upn))
        return say("pupil.numbers_saved", name=pupil.forename)

    return Entry(
        title=say("pupil.numbers_of", name=pupil.name),
        save_words=say("people_page.save"),
        rows=rows,
        values={each.name: getattr(pupil, each.name) for each in rows},
        draft=f"numbers.{pupil.id}",
        write=lambda session, values: pupils.change_numbers(
            session, pupil, upn=values["upn"], uln=values["uln"], upn_unknown=values.get("upn_unknown", pupil.upn_unknown), as_of=position
        ),
        said=said,
    )


def _attendance(pupil: Pupil) -> Iterator[tuple[str, str, str]]:
    """Sessions attended of those possible, as a share and as counts."""
    possible, attended = pupil.sessions_possible, pupil.sessions_attended
    share = attendance_share(possible, attended)
    if share is None:
        return
    words = reference.say("pupil.attendance", share=share, attended=attended, possible=possible)
    missed = []
    if pupil.sessions_authorised is not None:
        missed.append(reference.say("pupil.authorised", count=pupil.sessions_authorised))
    if pupil.sessions_unauthorised is not None:
        missed.append(reference.say("pupil.unauthorised", count=pupil.sessions_unauthorised))
    year = pupil.attendance_year
    if year and year.isdigit():
        missed.append(f"{year} to {int(year) + 1}")
    yield "attendance", words, " · ".join(missed)
