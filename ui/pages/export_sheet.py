"""Giving out what a list shows: as CSV or Excel, or the pupils as a Common Transfer File. What leaves is noted in the record."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from sencoapp import reference
from sencoapp.app import Workplace
from sencoapp.domain.lists import ListContent, TransferContent
from sencoapp.domain.record import Saved
from sencoapp.domain.refusals import PlainMessage
from sencoapp.services import exports
from sencoapp.services.exports import Exported
from sencoapp.services.permissions import may
from sencoapp.services.ports import RegisterQuery
from ui.commands import command
from ui.files import ask_to_save
from ui.pages.save_out import write_out
from ui.pages.sheet_body import SheetBody
from ui.room import Room
from ui.tasks import Job
from ui.widgets import Button, ChipChoice, Field, Form, LineField, Notice, Sheet

CTF = "ctf"
OF_REGISTER = ("register", "contacts", "provision", CTF)
OF_NOTES = ("notes",)

Query = Callable[[], RegisterQuery]
Content = Callable[[Workplace], ListContent]


def _say(key: str) -> str:
    return reference.say(f"lists.{key}")


class ExportSheet(SheetBody):
    """``ask_where`` may be replaced in tests. ``query`` is the filter of the list in sight, ``text`` what was searched for.

    A list about one ``pupil`` reads its own ``content``.
    """

    done = Signal()

    def __init__(
        self,
        room: Room,
        lists: tuple[str, ...],
        query: RegisterQuery,
        text: str,
        content: Content | None = None,
        pupil: str | None = None,
        kinds: tuple[str, ...] = ("xlsx", "csv"),
    ) -> None:
        self._room, self._query, self._text, self._content, self._pupil = room, query, text, content, pupil
        self.ask_where = ask_to_save
        self.form = Form(wide=True)
        self.what = ChipChoice(_say("what"), [(each, _say(f"title_{each}")) for each in lists], none_allowed=False)
        self.what.choose(lists[0])
        self.kind = ChipChoice(_say("kind"), [(each, _say(f"kind_{each}")) for each in kinds], none_allowed=False)
        self.kind.choose("xlsx")
        self.destination = LineField(_say("destination"))
        what_field = Field(_say("what"), self.what)
        self.form.add("what", what_field)
        what_field.setVisible(len(lists) > 1)  # in the form already: what has no parent would be shown as a window
        self._kind_field = Field(_say("kind"), self.kind)
        self._destination_field = Field(_say("destination"), self.destination, hint=_say("destination_hint"), optional=True)
        self.form.add("kind", self._kind_field)
        self.form.add("destination", self._destination_field)
        self.apart = ChipChoice(_say("kept_apart"), [("with", _say("with_apart"))], several=True)
        self._apart_field = Field(_say("kept_apart"), self.apart, hint=_say("kept_apart_hint"))
        self.form.add("apart", self._apart_field)
        self.form.add_widget(Notice("warning", _say("not_encrypted")))
        self.save = Button(_say("save"), "primary", icon="download", press=self.submit)
        cancel = Button(_say("cancel"), "quiet", press=lambda: self.done.emit())
        super().__init__(_say("export"), self.form, self.save, cancel)
        self.setFocusProxy(self.what.chip(lists[0]) if len(lists) > 1 else self.kind.chip("xlsx"))
        self.what.chosen.connect(self._show_fields)
        self._show_fields()
        command(self, _say("save"), self.submit, "Ctrl+Return", "Ctrl+Enter")

    def submit(self) -> None:
        """Reads the list, makes the file, asks where it goes, writes it whole and notes that it left."""
        if not self.save.isEnabled():
            return
        self.save.setEnabled(False)
        what, query, text, to = self.what.value(), self._query, self._text, self.destination.text().strip()
        own, apart = self._content, bool(self.apart.values())

        def gather(place: Workplace) -> tuple[ListContent | TransferContent, int]:
            if own is not None:
                return own(place), 0
            if what == CTF:
                return exports.transfer_content(place.session, query, destination=to, with_apart=apart), exports.next_serial(place.session)
            return exports.list_content(place.session, what, query, text), 0

        self._room.ask(self, gather, lambda found: self._make(*found), self._refused)

    def _make(self, content: ListContent | TransferContent, serial: int) -> None:
        place, ending = self._room.place, self.kind.value()

        def make() -> Exported:
            if isinstance(content, TransferContent):
                return exports.transfer_file(place.pupil_files, content, serial)
            return exports.list_file(place.documents, content, ending)

        self._room.aside(self, make, self._ask_where, self._refused, job=Job(_say("making"), can_stop=False))

    def _ask_where(self, made: Exported) -> None:
        self.save.setEnabled(True)
        ending = Path(made.name).suffix.lstrip(".")
        self.ask_where(self.window(), _say("where"), made.name, _say(f"file_{ending}"), lambda path: self._write(made, path))

    def _write(self, made: Exported, chosen: Path) -> None:
        ending = Path(made.name).suffix
        path = chosen if chosen.suffix.lower() == ending else chosen.with_name(chosen.name + ending)
        room, pupil = self._room, self._pupil

        def note(place: Workplace) -> Saved:
            return exports.note_export(place.session, made, path.name, pupil=pupil)

        key = "exported_one" if made.count == 1 else "exported"
        words = reference.say(f"lists.{key}", file=path.name, count=f"{made.count:,}")
        if made.apart:
            words += " " + reference.say("lists.apart_told" if made.apart_told else "lists.apart_left_out", count=f"{made.apart:,}")

        def gone(_: Saved) -> None:
            room.ways.toast(words)
            self.done.emit()

        self.save.setEnabled(False)
        write_out(room.desk, room.place, self, {path: made.content}, note, gone, self._refused)

    def _refused(self, message: PlainMessage) -> None:
        self.save.setEnabled(True)
        self.form.refuse(message)

    def _show_fields(self) -> None:
        is_ctf = self.what.value() == CTF
        self._kind_field.setVisible(not is_ctf)
        self._destination_field.setVisible(is_ctf)
        self._apart_field.setVisible(is_ctf)


def open_list_export(room: Room, lists: tuple[str, ...], content: Content, pupil: str) -> ExportSheet:
    """Asks how one list about a pupil goes out, over the page."""
    body = ExportSheet(room, lists, RegisterQuery(), "", content, pupil)
    sheet = Sheet(_say("export"), body, width=560)
    body.done.connect(sheet.close_sheet)
    room.ways.show_sheet(sheet)
    return body


class Export(QObject):
    """The Export button of a list and Ctrl+E; not there for a person who may not export."""

    def __init__(
        self,
        room: Room,
        owner: QWidget,
        lists: tuple[str, ...],
        query: Query = RegisterQuery,
        text: Callable[[], str] = str,
        *,
        content: Content | None = None,
        pupil: Callable[[], str] | None = None,
        kinds: tuple[str, ...] = ("xlsx", "csv"),
    ) -> None:
        super().__init__(owner)
        self._kinds = kinds
        self._room, self._lists, self._query, self._text, self._content, self._pupil = room, lists, query, text, content, pupil
        self.button = Button(_say("export"), "quiet", icon="file-text", press=self.open)
        allowed = may(room.place.session.actor, "export")
        if not allowed:
            self.button.hide()
        else:
            # Everywhere in the window while the list is in sight: the focus may be on the tabs above it.
            words, also = _say("export_list"), "save csv excel xlsx ctf spreadsheet"
            command(owner, words, self.open, "Ctrl+E", icon="download", also=also, everywhere=True)

    def open(self) -> ExportSheet:
        pupil = self._pupil() if self._pupil else None
        body = ExportSheet(self._room, self._lists, self._query(), self._text(), self._content, pupil, self._kinds)
        sheet = Sheet(_say("export"), body, width=560)
        body.done.connect(sheet.close_sheet)
        self._room.ways.show_sheet(sheet)
        return body
