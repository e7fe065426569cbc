"""What the pupil and the parents said over time, in their words, or why it is not there."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from sencoapp import reference
from sencoapp.app import Workplace
from sencoapp.domain.dates import weekday_date
from sencoapp.domain.people import Pupil
from sencoapp.domain.plan import View
from sencoapp.domain.record import Saved
from sencoapp.domain.round_robins import RoundRobin
from sencoapp.services import plans
from sencoapp.services.changes import must_get
from sencoapp.services.permissions import may_save
from ui.pages.columns import Columns
from ui.pages.kept_view import KeptView
from ui.pages.pupil_words import breakable, joined
from ui.pages.view_sheet import ViewSheet, view_draft
from ui.room import Room
from ui.widgets import STRETCH, Button, EmptyPlace, Scroll, Surface, Text, clear, col, heading, holder, note, row

WHOSE = ("pupil", "parents")
_AT_ONCE = 20


class ViewsTab(QWidget):
    """``show_for(pupil=id)``: two columns, newest first, and a way to add to each."""

    def __init__(self, room: Room) -> None:
        super().__init__()
        self.room = room
        self._pupil: Pupil | None = None
        self._wanted = ""
        self._views: list[View] = []
        self._today: date | None = None
        self._most = _AT_ONCE
        self._heads = {each: heading("") for each in WHOSE}
        self._lists = {each: col(gap=12) for each in WHOSE}
        self.add = {each: self._add_button(each) for each in WHOSE}
        columns = [(self._column(each), 1) for each in WHOSE]
        self.empty = EmptyPlace(reference.say("pupil.no_views"), reference.say("pupil.add_first_view"), icon="message-circle")
        self.empty.pressed.connect(lambda: self.open_sheet("pupil"))
        if not may_save(room.actor, View):
            self.empty.forbid()
            for button in self.add.values():
                button.hide()
        self._older = Button(reference.say("pupil.older_views"), press=self._show_older)
        inside = col(Columns(*columns, gap=24, narrow=640), row(self._older, STRETCH), STRETCH, gap=12, margins=(24, 16, 20, 24))
        self._body = Scroll(inside, reference.say("pupil.tab_views"))
        self._body.hide()
        self.empty.hide()
        self.ask_staff = Button(reference.say("round_robins.ask_staff"), icon="users", press=self._ask_staff)
        self.asked_staff = Button(reference.say("round_robins.to_page"), "quiet", press=self._show_asked)
        asking = holder(row(STRETCH, self.asked_staff, self.ask_staff, gap=8, margins=(24, 12, 20, 0)))
        if not may_save(room.actor, RoundRobin):
            asking.hide()
        self.setLayout(col(asking, (self._body, 1), (self.empty, 1), gap=0))

    def _add_button(self, whose: str) -> Button:
        words = reference.say("pupil.add_view")
        return Button(words, icon="plus", name=reference.say(f"pupil.add_view_{whose}"), press=lambda: self.open_sheet(whose))

    def _column(self, whose: str) -> QWidget:
        return holder(col(row(self._heads[whose], STRETCH, self.add[whose]), self._lists[whose], STRETCH, gap=12))

    def _ask_staff(self) -> None:
        self.room.ways.go("round_robins", ask=self._wanted)

    def _show_asked(self) -> None:
        self.room.ways.go("round_robins", pupil=self._wanted)

    def show_for(self, pupil: str, **where: Any) -> None:
        if pupil != self._wanted:
            self._wanted, self._most = pupil, _AT_ONCE
        self._ask()

    def refresh(self, saved: Saved) -> None:
        if self._wanted in saved.pupils() and saved.touches("view", "pupil"):
            self._ask()

    def open_sheet(self, whose: str) -> None:
        """A further view; what was being written of it comes back."""
        pupil = self._pupil
        if pupil is None:
            return
        self.room.ask(self, lambda place: place.session.record.draft(view_draft(pupil.id)), lambda draft: self._open(pupil, whose, draft))

    # ---- within -----------------------------------------------------------------------------------------------------

    def _open(self, pupil: Pupil, whose: str, draft: Mapping[str, Any] | None) -> None:
        if self._today is not None:
            self.room.ways.show_sheet(ViewSheet(self.room, pupil, whose, self._today, draft))

    def _ask(self) -> None:
        pupil = self._wanted
        self.room.ask(self, lambda place: _views(place, pupil), self._show, replace="views")

    def _show(self, found: tuple[Pupil, list[View], date]) -> None:
        pupil, views, today = found
        if pupil.id != self._wanted:
            return
        self._pupil, self._views, self._today = pupil, views, today
        self._heads["pupil"].setText(reference.say("pupil.views_of_pupil", name=pupil.forename))
        self._heads["parents"].setText(reference.say("pupil.views_of_parents"))
        for whose in WHOSE:
            theirs = [each for each in views if each.whose == whose]
            clear(self._lists[whose])
            for each in theirs[: self._most]:
                self._lists[whose].addWidget(ViewCard(self.room, each))
            if not theirs:
                self._lists[whose].addWidget(Text(reference.say(f"pupil.none_of_{whose}"), "ui", "muted", wrap=True))
        self._older.setVisible(any(sum(each.whose == whose for each in views) > self._most for whose in WHOSE))
        self._body.setVisible(bool(views))
        self.empty.setVisible(not views)

    def _show_older(self) -> None:
        self._most += _AT_ONCE
        if self._pupil is not None and self._today is not None:
            self._show((self._pupil, self._views, self._today))


class ViewCard(Surface):
    """One view with its day, who said it and how; of a confidential one the words only once somebody asks for them."""

    def __init__(self, room: Room, view: View) -> None:
        self._said = Text("", "body", wrap=True, selectable=True)
        self._how = note("", wrap=True)
        self.kept = KeptView(room, self._say)
        super().__init__("panel", col(note(weekday_date(view.given_on), wrap=True), self._said, self._how, self.kept, gap=6, margins=16))
        self._say(view)
        self.kept.show_for(view)

    def _say(self, view: View) -> None:
        words = view_words(view)
        self._said.setText(breakable(words))
        self._said.set_tone("text" if view.text else "muted")
        how = joined(view.said_by or "", view.method or "", reference.say("pupil.helped", name=view.helped_by) if view.helped_by else "")
        self._how.setText(how)
        self._how.setVisible(bool(how))
        self.setAccessibleName(words)


def view_words(view: View) -> str:
    """What was said, in quotation marks, or why it is not there, or that it is confidential."""
    if view.text:
        return f"“{view.text}”"
    if view.absent_because or not view.confidential:
        return reference.say("pupil.absent", reason=view.absent_because or "")
    return reference.say("confidential.words")


def _views(place: Workplace, pupil: str) -> tuple[Pupil, list[View], date]:
    record = place.session.record
    found = must_get(record, Pupil, pupil)
    return found, plans.views_of(record, pupil), place.session.clock.today()
