"""Handing a pupil's record over: who gets it, the files, and the code that is told by another way."""

from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from sencoapp import reference
from sencoapp.app import Workplace
from sencoapp.domain.people import Pupil
from sencoapp.domain.record import Saved
from sencoapp.domain.refusals import PlainMessage
from sencoapp.services import hand_over
from ui.commands import command
from ui.files import ask_for_folder
from ui.pages.ask_form import Ask, AskForm, AskRow
from ui.pages.facts import told
from ui.pages.form_draft import FormDraft
from ui.pages.save_out import write_out
from ui.pages.sheet_body import SheetBody
from ui.room import Room
from ui.tasks import Job
from ui.widgets import Button, Form, Notice, Sheet, Text, col, holder, note
from ui.widgets import title as large

say = reference.say
ask_where = ask_for_folder
"""What asks for the folder; tests put something else here."""


def open_hand_over(room: Room, owner: QWidget, pupil: Pupil, today: date) -> None:
    """Opens the sheet with what was typed into it last."""
    draft = f"hand_over.{pupil.id}"
    room.ask(
        owner,
        lambda place: place.session.record.draft(draft),
        lambda kept: room.ways.show_sheet(HandOverSheet(room, pupil, today, draft, dict(kept or {}))),
        replace="hand over",
    )


class HandOverSheet(Sheet):
    def __init__(self, room: Room, pupil: Pupil, today: date, draft: str, kept: dict[str, object]) -> None:
        self._room, self._pupil = room, pupil
        self._busy = False
        rows: list[AskRow] = [
            Text(say("leaving_page.hand_over_what"), "ui", "muted", wrap=True),
            Ask("school", say("leaving_page.next_school")),
            Ask("dfe_number", say("leaving_page.next_number"), hint=say("leaving_page.next_number_hint"), optional=True),
            Ask("left_on", say("leaving_page.last_day"), "day", what=say("leaving_page.last_day_what")),
        ]
        self.form = AskForm(rows, today, self._touch)
        self.form.show_values({"left_on": pupil.left_on or today})
        self.form.show_typed(kept)
        self._draft = FormDraft(room, self.form, draft, self.form.typed)
        self._draft.began_with(self.form.typed())
        title = say("leaving_page.hand_over_title", name=pupil.name)
        self.save_button = Button(say("leaving_page.hand_over_save"), "primary", tip="Ctrl+Return", press=self.save)
        super().__init__(title, SheetBody(title, self.form, self.save_button))
        command(self, say("leaving_page.hand_over_save"), self.save, "Ctrl+Return", "Ctrl+Enter")
        self.closed.connect(self._draft.keep)

    def save(self) -> None:
        """Asks for the folder; nothing is made before."""
        self.form.clear_problems()
        try:
            values = self.form.values()
        except PlainMessage as message:
            self.form.refuse(message)
            return
        ask_where(self.window(), say("leaving_page.where_parcel"), lambda folder: self._make(folder, values))

    def _make(self, folder: Path, values: dict[str, object]) -> None:
        if self._busy:
            return
        self._busy = True
        pupil = self._pupil.id
        school, number, left_on = str(values["school"] or ""), values["dfe_number"], values["left_on"]

        def make(place: Workplace) -> hand_over.Parcel:
            return hand_over.parcel(
                place.session,
                place.documents,
                place.pupil_files,
                place.packs,
                pupil,
                school_name=school,
                left_on=left_on if isinstance(left_on, date) else place.session.clock.today(),
                dfe_number=str(number) if number else None,
            )

        job = Job(say("leaving_page.making_parcel"), can_stop=False)
        self._room.ask(self, make, lambda made: self._write(made, folder), self._refused, job=job)

    def _write(self, made: hand_over.Parcel, folder: Path) -> None:
        """From here on it goes out also where the sheet is closed: the code must be shown, or nobody can open the files."""
        room, window = self._room, self.window()
        files = {folder / name: content for name, content in named(made).items()}

        def went(_: Saved) -> None:
            if isValid(self):
                self._draft.drop()
                self.close_sheet()
            room.ways.show_sheet(CodeSheet(made, [str(each) for each in files]))

        def refused(message: PlainMessage) -> None:
            if isValid(self):
                self._refused(message)
            else:
                room.desk.refused.emit(message, window)

        write_out(room.desk, room.place, window, files, lambda place: hand_over.handed_over(place.session, made), went, refused)

    def _refused(self, message: PlainMessage) -> None:
        self._busy = False
        self.form.refuse(message)

    def _touch(self) -> None:
        if hasattr(self, "_draft"):
            self._draft.touch()


class CodeSheet(Sheet):
    """The code is shown once and kept nowhere."""

    def __init__(self, made: hand_over.Parcel, files: list[str]) -> None:
        form = Form()
        form.add_widget(Notice("warning", say("leaving_page.code_once")))
        form.add_widget(holder(col(note(say("leaving_page.code")), large(made.code), gap=2)))
        form.add_widget(
            told(
                (
                    (say("leaving_page.own_fingerprint"), made.fingerprint),
                    (say("leaving_page.files"), "\n".join(files)),
                    (say("leaving_page.left_out"), say("leaving_page.left_out_words", count=made.left_out)),
                )
            )
        )
        form.end()
        title = say("leaving_page.code_title")
        done = Button(say("leaving_page.code_told"), "primary", press=self.close_sheet)
        super().__init__(title, SheetBody(title, form, done), stays=True)


def named(made: hand_over.Parcel) -> dict[str, bytes]:
    """The files by name; nothing in the names tells who it is about but to those who hold the letter."""
    name = say("leaving_page.file_name", number=made.hand_over.pack[-6:])
    return {
        f"{name}.senpupil": made.pack,
        f"{name}.pdf": made.pdf,
        made.ctf_name: made.ctf,
        say("leaving_page.letter_name", name=name): made.receipt,
    }
