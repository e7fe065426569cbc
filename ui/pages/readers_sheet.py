"""Who may read a note, a document or a view: everyone who sees the pupil, or only those it names."""

from PySide6.QtCore import Signal

from sencoapp import reference
from sencoapp.app import Workplace
from sencoapp.domain.casework import Document
from sencoapp.domain.people import StaffMember
from sencoapp.domain.plan import Observation, View
from sencoapp.domain.record import KINDS, Saved
from sencoapp.services import confidential
from sencoapp.services.changes import must_get
from ui.commands import command
from ui.pages.sheet_body import SheetBody
from ui.room import Room
from ui.widgets import Button, ChipChoice, Field, Form, Sheet, note

Thing = Observation | Document | View


class ReadersForm(SheetBody):
    """Open or confidential; and where it is confidential, who reads it beside the SENCO and the deputy."""

    done = Signal()

    def __init__(self, room: Room, thing: Thing, staff: list[StaffMember]) -> None:
        self.room, self.thing = room, thing
        words = reference.say
        options = [("open", words("confidential.open")), ("confidential", words("confidential.confidential"))]
        if isinstance(thing, Document) and not thing.observation:
            options.insert(1, ("shared", words("confidential.shared")))
        self.choice = ChipChoice(words("confidential.who_reads"), options, none_allowed=False)
        self.choice.choose("confidential" if thing.confidential else "shared" if getattr(thing, "shared", False) else "open")
        self.readers = ChipChoice(words("confidential.readers"), [(each.id, each.name) for each in staff], several=True)
        self.readers.choose(*thing.readers)
        self.form = Form(wide=True)
        self.form.add("choice", Field(words("confidential.who_reads"), self.choice))
        self._named = self.form.add("readers", Field(words("confidential.readers"), self.readers, hint=words("confidential.always")))
        self.form.add_widget(note(words("confidential.noted"), wrap=True))
        self.save = Button(words("confidential.save"), "primary", icon="check", press=self.submit)
        cancel = Button(words("people.cancel"), "quiet", press=lambda: self.done.emit())
        super().__init__(words("confidential.who_reads"), self.form, self.save, cancel)
        self.choice.chosen.connect(self._fit)
        self.setFocusProxy(self.choice)
        command(self, words("confidential.save"), self.submit, "Ctrl+Return", "Ctrl+Enter")
        self._fit()

    def submit(self) -> None:
        thing, wanted = self.thing, self.choice.value()
        readers = self.readers.values() if wanted == "confidential" else None

        def keep(place: Workplace) -> Saved:
            saved = confidential.set_readers(place.session, type(thing), thing.id, readers)
            if isinstance(thing, Document) and not thing.observation and readers is None and thing.shared != (wanted == "shared"):
                saved = confidential.share_document(place.session, thing.id, wanted == "shared")
            return saved

        self.form.clear_problems()
        self.room.do(self, keep, lambda _: self.done.emit(), self.form.refuse, once=True)

    def _fit(self) -> None:
        self._named.setVisible(self.choice.value() == "confidential")


def open_readers(room: Room, kind: str, id: str) -> None:
    """Lays the sheet over the page. ``kind`` is the log's name of it."""

    def read(place: Workplace) -> tuple[Thing, list[StaffMember]]:
        thing: Thing = must_get(place.session.record, KINDS[kind], id)
        return thing, confidential.possible_readers(place.session.record)

    def show(found: tuple[Thing, list[StaffMember]]) -> None:
        body = ReadersForm(room, *found)
        sheet = Sheet(reference.say("confidential.who_reads"), body)
        body.done.connect(sheet.close_sheet)
        room.ways.show_sheet(sheet)

    room.ask(room.desk, read, show, lambda message: room.ways.toast(reference.explain(message)))
