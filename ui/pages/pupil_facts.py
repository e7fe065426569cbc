"""The key facts of a pupil: only what is known, each under its label."""

from collections.abc import Iterator
from datetime import date

from sencoapp import reference
from sencoapp.domain.background import attendance_share
from sencoapp.domain.dates import full_date, months_between
from sencoapp.domain.people import Pupil
from sencoapp.services.import_origins import FromMis
from ui.pages.pupil_words import joined
from ui.widgets import STRETCH, Surface, Text, clear, col, heading, holder, note, row

_FIELDS_OF = {
    "legal_name": ("legal_surname", "legal_forename", "middle_names"),
    "born": ("birth_date",),
    "attendance": ("sessions_attended",),
    "language": ("first_language",),
    "entered": ("entry_on",),
    "left": ("left_on",),
    "upn": ("upn",),
}
"""The fields that a fact is made of."""


class KeyFacts(Surface):
    """Labels at the left, facts at the right."""

    def __init__(self) -> None:
        self._lines = col(gap=8)
        super().__init__("panel", col(heading(reference.say("pupil.key_facts")), self._lines, gap=10, margins=16))

    def show_pupil(self, pupil: Pupil, today: date, mis: FromMis) -> None:
        """``mis`` says which of them the school's MIS filled in: told quietly below the fact, and when it last did at the foot."""
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
