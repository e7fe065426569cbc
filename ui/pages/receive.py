"""A pupil's record comes from another school: the file, its code, who it is, and whom it may be here."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from sencoapp import reference
from sencoapp.app import Workplace
from sencoapp.domain.dates import full_date
from sencoapp.domain.refusals import Fault, PlainMessage
from sencoapp.services import arriving
from sencoapp.services.record_words import kind_words
from ui.files import ask_for_file
from ui.page import Page
from ui.pages.facts import told
from ui.room import Room
from ui.tasks import Job
from ui.widgets import STRETCH, Button, ChipChoice, Field, Form, LineField, Notice, Scroll, Text, clear, col, heading, panel, row

say = reference.say
SOMEBODY_ELSE = "apart"
MOST_BYTES = 1024 * 1024 * 1024
ask_which = ask_for_file
"""What asks for the file; tests put something else here."""


def make_receive_page(room: Room) -> Page:
    """The page "Receive a pupil's record"."""
    return ReceivePage(room)


class ReceivePage(Page):
    def __init__(self, room: Room) -> None:
        super().__init__()
        self.room = room
        self.set_heading(say("leaving_page.receive"))
        self._path: Path | None = None
        self._parcel: arriving.Parcel | None = None
        self.form = Form()
        self.file_button = Button(say("leaving_page.choose_file"), icon="download", press=self.choose)
        self._file = Text("", "ui", wrap=True)
        self.code = LineField()
        self.open_button = Button(say("leaving_page.open"), "primary", press=self.open)
        self.form.add_widget(_left(self.file_button, self._file))
        self.form.add("code", Field(say("leaving_page.code"), self.code, hint=say("leaving_page.code_hint")))
        self.form.add_widget(_left(self.open_button))
        self.code.returnPressed.connect(self.open)
        first = panel(
            heading(say("leaving_page.receive_file")),
            Text(say("leaving_page.receive_why"), "body", wrap=True),
            self.form,
            gap=12,
            margins=20,
        )
        self.same: ChipChoice | None = None
        self._found = col(gap=12)
        self.seen = panel(heading(say("leaving_page.who_comes")), self._found, gap=12, margins=20)
        self.seen.hide()
        inner = col(first, self.seen, STRETCH, gap=16, margins=(24, 20, 24, 20))
        self.setLayout(col(Scroll(inner, say("leaving_page.receive")), gap=0))

    def show_for(self, args: Mapping[str, Any]) -> None:
        self._forget()

    def panes(self) -> Sequence[QWidget]:
        return (self,)

    def first_focus(self) -> QWidget | None:
        return self.file_button

    # ---- the file -----------------------------------------------------------------------------------------------------

    def choose(self) -> None:
        ask_which(self, say("leaving_page.choose_file"), say("leaving_page.kind_senpupil"), self.use)

    def use(self, path: Path) -> None:
        self._path = path
        self._file.setText(path.name)
        self._forget_what_was_open()
        self.code.setFocus(Qt.FocusReason.OtherFocusReason)

    def open(self) -> None:
        """Opens the file with the code. Nothing is taken in by it."""
        self.form.clear_problems()
        if self._path is None:
            self.choose()
            return
        path, code = self._path, self.code.text()
        self._forget_what_was_open()
        self.open_button.setEnabled(False)

        def work(place: Workplace) -> tuple[arriving.Parcel, arriving.Preview]:
            parcel = arriving.open_parcel(place.packs, _read(path), code)
            return parcel, arriving.preview(place.session, parcel)

        job = Job(say("leaving_page.opening"), can_stop=False)
        self.room.ask(self, work, lambda found: self._show(*found), self._refused, job=job)

    def _refused(self, message: PlainMessage) -> None:
        self.open_button.setEnabled(True)
        if message.key == "pack_code_wrong":
            self.form.show_problems({"code": reference.explain(message)})
        else:
            self.form.refuse(message)

    # ---- what is in it ------------------------------------------------------------------------------------------------

    def _show(self, parcel: arriving.Parcel, seen: arriving.Preview) -> None:
        self.open_button.setEnabled(True)
        self._parcel = parcel
        clear(self._found)
        counts = ", ".join(f"{kind_words(kind)}: {count}" for kind, count in seen.counts.items())
        self._found.addWidget(
            told(
                (
                    (say("leaving_page.pupil"), " · ".join(each for each in (seen.name, _born(seen), seen.upn or "") if each)),
                    (
                        say("leaving_page.sender"),
                        say("leaving_page.sender_words", school=seen.school, person=seen.made_by, day=full_date(seen.made_at.date())),
                    ),
                    (say("leaving_page.their_fingerprint"), seen.fingerprint),
                    (say("leaving_page.holds"), counts),
                    (say("leaving_page.left_out"), say("leaving_page.left_out_words", count=seen.left_out)),
                )
            )
        )
        self._found.addWidget(Notice("warning", say("leaving_page.compare", school=seen.school)))
        self.same = None
        if seen.here and not seen.new_saves:
            self._found.addWidget(Notice("info", say("leaving_page.all_here")))
        elif seen.matches:
            self._found.addWidget(Text(say("leaving_page.may_be"), "body", weight=600, wrap=True))
            options = [(each.pupil.id, say(f"leaving_page.same_{each.why}", name=each.pupil.name)) for each in seen.matches]
            self.same = ChipChoice(say("leaving_page.may_be"), [*options, (SOMEBODY_ELSE, say("leaving_page.somebody_else"))])
            self._found.addWidget(self.same)
            self._found.addWidget(Text(say("leaving_page.join_how"), "ui", "muted", wrap=True))
        self.take_button = Button(say("leaving_page.take_in", name=seen.name), "primary", press=self.take_in)
        self._found.addWidget(_left(self.take_button))
        self.seen.show()
        self.take_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_in(self) -> None:
        parcel, chosen = self._parcel, self.same.value() if self.same else ""
        if parcel is None or not self.take_button.isEnabled():
            return
        self.form.clear_problems()
        self.take_button.setEnabled(False)
        join = chosen if chosen and chosen != SOMEBODY_ELSE else None
        job = Job(say("leaving_page.taking_in"), can_stop=False)
        self.room.do(
            self,
            lambda place: arriving.take_in(place.session, parcel, join=join, apart=chosen == SOMEBODY_ELSE),
            lambda found: self._came(found[0]),
            self._not_taken,
            job=job,
        )

    def _came(self, pupil: str) -> None:
        self._forget()
        self.room.ways.toast(say("leaving_page.came"))
        self.room.ways.go("pupil", pupil=pupil)

    def _not_taken(self, message: PlainMessage) -> None:
        self.take_button.setEnabled(True)
        self.form.refuse(message)

    def _forget(self) -> None:
        self._path = None
        self._file.setText("")
        self.code.clear()
        self.form.clear_problems()
        self._forget_what_was_open()

    def _forget_what_was_open(self) -> None:
        self._parcel = None
        self.seen.hide()


def _read(path: Path) -> bytes:
    """Raises ``Fault("not_a_pupil_pack")`` or ``Fault("file_not_found")``."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise Fault("not_a_pupil_pack")
        return path.read_bytes()
    except OSError:
        raise Fault("file_not_found", file=str(path)) from None


def _born(seen: arriving.Preview) -> str:
    return say("leaving_page.born", day=full_date(seen.birth_date)) if seen.birth_date else ""


def _left(*widgets: QWidget) -> QWidget:
    holding = QWidget()
    holding.setLayout(row(*widgets, STRETCH, gap=12))
    return holding
