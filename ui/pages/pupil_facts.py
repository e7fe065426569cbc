"""The key facts of a pupil: only what is known, each under its label."""

from collections.abc import Iterator
from datetime import date

from sencoapp import reference
from sencoapp.domain.dates import full_date, months_between
from sencoapp.domain.people import Pupil
from ui.widgets import STRETCH, Surface, Text, clear, col, heading, holder, note, row


class KeyFacts(Surface):
    """Labels at the left, facts at the right."""

    def __init__(self) -> None:
        self._lines = col(gap=8)
        super().__init__("panel", col(heading(reference.say("pupil.key_facts")), self._lines, gap=10, margins=16))

    def show_pupil(self, pupil: Pupil, today: date) -> None:
        clear(self._lines)
        for label, words, below in known_facts(pupil, today):
            said = col(Text(words, "ui", wrap=True, selectable=True), note(below, wrap=True) if below else None, gap=0)
            name = col(Text(reference.say(f"pupil.fact_{label}"), "ui", "muted", wrap=True), STRETCH, gap=0)
            self._lines.addWidget(holder(row((name, 2), (said, 3), gap=8)))


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
    if not possible or attended is None:
        return
    share = reference.say("pupil.attendance", share=f"{100 * attended / possible:.1f}", attended=attended, possible=possible)
    missed = []
    if pupil.sessions_authorised is not None:
        missed.append(reference.say("pupil.authorised", count=pupil.sessions_authorised))
    if pupil.sessions_unauthorised is not None:
        missed.append(reference.say("pupil.unauthorised", count=pupil.sessions_unauthorised))
    year = pupil.attendance_year
    if year and year.isdigit():
        missed.append(f"{year} to {int(year) + 1}")
    yield "attendance", share, " · ".join(missed)
