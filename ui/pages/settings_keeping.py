"""How long records are kept: the school's years, whose record has come due, and what was erased."""

from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QWidget

from sencoapp import reference
from sencoapp.app import Workplace
from sencoapp.domain.dates import add_months, full_date
from sencoapp.domain.leaving import Erasure
from sencoapp.domain.refusals import PlainMessage
from sencoapp.domain.retention import RetentionRule
from sencoapp.services import erasing, retention
from ui.pages.entry_panel import EntryPanel, Line
from ui.pages.leaving_erase import save_certificate
from ui.pages.pupil_words import joined
from ui.room import Room
from ui.widgets import STRETCH, Button, Field, Form, LineField, SavedState, Text, col, heading, note, panel, row

say = reference.say
_AHEAD_MONTHS = 12
"""The yearly review looks so far ahead."""


@dataclass(frozen=True)
class Keeping:
    rules: tuple[RetentionRule, ...]
    due: tuple[retention.Retained, ...]
    erased: tuple[Erasure, ...]
    today: date


class KeepingPart(QWidget):
    def __init__(self, room: Room) -> None:
        super().__init__()
        self.room = room
        self.form = Form(wide=True)
        self.years: dict[str, LineField] = {}
        self.saved_state = SavedState()
        self.save_button = Button(say("settings.save"), press=self.save)
        for rule in reference.data("rules", "retention.json")["rules"]:
            if rule["configurable"]:
                self.years[rule["id"]] = LineField(width=90)
                hint = say("leaving_page.years_hint", years=rule["years"])
                self.form.add(rule["id"], Field(say("leaving_page.years_of", rule=rule["label"]), self.years[rule["id"]], hint=hint))
                self.form.add_widget(note(say("leaving_page.years_source", source=rule["citation"]), wrap=True))
        buttons = QWidget()
        buttons.setLayout(row(self.save_button, self.saved_state, STRETCH, gap=12))
        self.form.add_widget(buttons)
        self.due = EntryPanel(say("leaving_page.due"), "", lambda: None, say("leaving_page.none_due"), self._open)
        self.erased = EntryPanel(say("leaving_page.erasures"), "", lambda: None, say("leaving_page.none_erased"), self._certificate)
        fixed = [
            note(say("leaving_page.years_fixed", rule=each["label"], source=each["citation"]), wrap=True)
            for each in reference.data("rules", "retention.json")["rules"]
            if not each["configurable"]
        ]
        why = Text(say("leaving_page.years_why"), "body", wrap=True)
        years = panel(heading(say("leaving_page.years")), why, *fixed, self.form, gap=12, margins=20)
        self.setLayout(col(self.due, years, self.erased, gap=16))

    def ask(self) -> None:
        self.room.ask(self, _keeping, self._show, replace="keeping")

    def save(self) -> None:
        """The school's own years; the rule's where the field is left empty."""
        self.form.clear_problems()
        typed = {rule: field.text().strip() for rule, field in self.years.items()}

        def work(place: Workplace) -> None:
            for rule, words in typed.items():
                retention.set_years(place.session, rule, int(words) if words.isdecimal() and len(words) < 4 else None if not words else 0)

        self.room.do(self, work, lambda _: self._saved(), self._refused)

    def _saved(self) -> None:
        self.saved_state.saved(self.room.app.clock.now())
        for each in self.years.values():
            each.setModified(False)
        self.ask()

    def _refused(self, message: PlainMessage) -> None:
        self.form.refuse(message)

    def _show(self, found: Keeping) -> None:
        for rule in found.rules:
            if rule.id in self.years and not self.years[rule.id].isModified():
                self.years[rule.id].setText(str(rule.years))
        self.due.show_lines([_due_line(each, found.today) for each in found.due])
        self.erased.show_lines([_erased_line(each) for each in found.erased])

    def _open(self, _action: str, pupil: str) -> None:
        self.room.ways.go("leaving", pupil=pupil)

    def _certificate(self, _action: str, erasure: str) -> None:
        def make(place: Workplace) -> bytes:
            return place.documents.erasure_certificate(erasing.certificate_content(place.session.record, erasure))

        self.room.ask(self, make, lambda pdf: save_certificate(self.window(), self.room, pdf), replace="certificate")


def _keeping(place: Workplace) -> Keeping:
    session = place.session
    today = session.clock.today()
    due = retention.review_list(session.record, today, by=add_months(today, _AHEAD_MONTHS))
    return Keeping(retention.rules(session.record), tuple(due), tuple(erasing.erasures(session.record)), today)


def _due_line(kept: retention.Retained, today: date) -> Line:
    if kept.due_on is None:
        due = say("leaving_page.kept_unknown")
    else:
        due = say("leaving_page.due_since" if kept.due_on <= today else "leaving_page.due_from", day=full_date(kept.due_on))
    held = say("leaving_page.held_because", reason="; ".join(each.reason for each in kept.holds)) if kept.holds else ""
    if kept.removed:
        due = joined(due, say("leaving_page.removed_too"))
    actions = (("open", say("leaving_page.look")),)
    return Line(kept.pupil.id, kept.pupil.name, joined(kept.rule.label, due), held, actions=actions)


def _erased_line(erased: Erasure) -> Line:
    head = joined(erased.initials, full_date(erased.at.date()))
    return Line(erased.id, head, joined(erased.by_name, erased.reason), actions=(("certificate", say("leaving_page.certificate")),))
