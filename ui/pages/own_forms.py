"""The councils' own Word and PDF forms: the list of those that are here, and one of them being mapped."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QStackedLayout, QWidget

from sencoapp import reference
from sencoapp.app import Workplace
from sencoapp.domain.dates import full_date
from sencoapp.domain.lists import ListContent
from sencoapp.domain.own_form import OwnForm
from sencoapp.domain.record import Saved
from sencoapp.domain.refusals import PlainMessage, Refusal
from sencoapp.reference import explain, say
from sencoapp.services import own_forms as services
from sencoapp.services.beginning import school
from sencoapp.services.council_forms import FormChoice, forms_offered
from sencoapp.services.permissions import may_save, must_be_allowed, why_not_save
from sencoapp.services.ports import ReadForm
from ui.allowed import only_for
from ui.commands import command
from ui.files import ask_for_file
from ui.incoming import read_file
from ui.page import Page
from ui.pages.export_sheet import Export
from ui.pages.form_lists import own_forms_list
from ui.pages.own_form_map import OwnFormMap
from ui.pages.request_compare import form_words
from ui.room import Room
from ui.tasks import Job
from ui.widgets import Button, Cell, Choice, Column, EmptyPlace, Faces, Notice, RecordTable, TableRow, col, flow, holder


@dataclass(frozen=True)
class _Shown:
    """The forms that are here, the forms of ours that they can belong to, and the school's council."""

    own: tuple[OwnForm, ...]
    forms: tuple[FormChoice, ...]
    council: str


def make_own_forms_page(room: Room) -> Page:
    """The page "own_forms". It opens on the list; with ``own_form`` on one; with ``council`` and ``form`` it offers to add for these."""
    return OwnFormsPage(room)


class OwnFormsPage(Page):
    def __init__(self, room: Room) -> None:
        super().__init__()
        self._room = room
        self._shown: _Shown | None = None
        self.ask_for_file = ask_for_file
        self.which = Choice(say("own_form.belongs_to"), ())
        self.add = Button(say("own_form.add"), "primary", icon="plus", press=self.choose_file)
        self.remove = Button(say("own_form.remove"), "quiet", press=self.take_out)
        self.problem = Notice("warning", "", dismissable=True)
        self.problem.hide()
        columns = (
            Column(say("own_form.col_file")),
            Column(say("own_form.col_for"), 320, keep=False),
            Column(say("own_form.col_mapped"), 190),
            Column(say("own_form.col_added"), 170, keep=False),
        )
        self.table = RecordTable(say("own_form.list"), columns, two_lines=True, lead=24)
        self.table.opened.connect(lambda key: room.ways.go("own_forms", own_form=key))
        self._empty = EmptyPlace(say("own_form.empty"), say("own_form.add"), icon="file-text", press=self.choose_file)
        self._may = may_save(room.actor, OwnForm)
        if not self._may:
            self.add.hide()
            self.remove.hide()
            self.which.hide()
            self._empty.forbid()
        self._list = QWidget()
        self._faces = Faces()
        self._faces.addWidget(self.table)
        self._faces.addWidget(self._empty)
        self.export = Export(room, self._list, ("own_forms",), content=self._as_list)
        top = holder(col(flow(self.which, self.add, self.remove, self.export.button, gap=8), self.problem, gap=8, margins=(24, 12, 24, 12)))
        self._list.setLayout(col(top, (self._faces, 1), gap=0))
        self.map = OwnFormMap(room)
        self.map.left.connect(lambda: room.ways.go("own_forms"))
        self.map.shown.connect(self._say_heading)
        self._layers = QStackedLayout(self)
        self._layers.addWidget(self._list)
        self._layers.addWidget(self.map)
        add = command(self, say("own_form.add"), self.choose_file, "Ctrl+O", icon="plus", also="word pdf docx council template upload")
        only_for(room.actor, OwnForm, add)

    def show_for(self, args: Mapping[str, Any]) -> None:
        own_form = str(args.get("own_form") or "")
        self._layers.setCurrentWidget(self.map if own_form else self._list)
        if own_form:
            self.map.show_form(own_form)
        else:
            self._read(f"{args['council']}/{args['form']}" if args.get("council") and args.get("form") else "")
        self._say_heading()

    def refresh(self, saved: Saved) -> None:
        if not saved.touches("own_form", "school"):
            return
        if self._layers.currentWidget() is self.map:
            self.map.reload()
        else:
            self._read("")

    def first_focus(self) -> QWidget | None:
        if self._layers.currentWidget() is self.map:
            return self.map.table
        return self.table if self._shown and self._shown.own else self._empty.button if self._may else None

    def choose_file(self) -> None:
        """Asks for the council's file."""
        if not self._may:
            self._room.ways.toast(why_not_save(OwnForm))
            return
        self.ask_for_file(self.window(), say("own_form.add"), say("own_form.files"), self.take_in)

    def take_in(self, path: Path) -> None:
        """Reads a file aside, keeps it and opens it for mapping."""
        council, _, form = self.which.value().partition("/")
        documents = self._room.place.documents
        self.problem.hide()

        def read() -> tuple[bytes, ReadForm]:
            content = read_file(path)
            return content, documents.read_own_form(path.name, content)

        def keep(found: tuple[bytes, ReadForm]) -> None:
            content, form_read = found

            def deed(place: Workplace) -> tuple[OwnForm, Saved]:
                return services.keep_own_form(place.session, form_read, path.name, content, council=council, form=form)

            self._room.do(self, deed, lambda kept: self._room.ways.go("own_forms", own_form=kept[0].id), self._refused)

        self._room.aside(self, read, keep, self._refused, job=Job(say("own_form.reading", file=path.name), can_stop=False))

    def _as_list(self, place: Workplace) -> ListContent:
        """The list in sight. Raises ``Refusal`` for who may not export, and where there is nothing."""
        must_be_allowed(place.session, "export")
        record = place.session.record
        forms = services.own_forms(record)
        if not forms:
            raise Refusal("nothing_to_export")
        names = {(each.council, each.form): form_words(each) for each in forms_offered(school(record).council)}
        return own_forms_list(forms, names, place.session.clock.today())

    def take_out(self) -> None:
        """Takes the chosen form out of the list; Undo brings it back."""
        key = self.table.current_key()
        title = next((each.title for each in self._shown.own if each.id == key), "") if self._shown else ""
        if key and self._may:
            said = say("own_form.removed", title=title)
            self._room.do(
                self, lambda place: services.remove_own_form(place.session, key), lambda saved: self._room.ways.toast(said, saved)
            )

    def _read(self, choose: str) -> None:
        def ask(place: Workplace) -> _Shown:
            record = place.session.record
            council = school(record).council
            return _Shown(tuple(services.own_forms(record)), tuple(forms_offered(council)), council)

        self._room.ask(self, ask, lambda shown: self._show(shown, choose), replace="list")

    def _show(self, shown: _Shown, choose: str) -> None:
        self._shown = shown
        wanted = choose or self.which.value()
        self.which.offer([(f"{each.council}/{each.form}", form_words(each)) for each in shown.forms], wanted)
        names = {(each.council, each.form): form_words(each) for each in shown.forms}
        self.table.show_rows([self._row(each, names) for each in shown.own])
        if not self.table.current_key():
            self.table.choose_first()
        self._faces.setCurrentIndex(0 if shown.own else 1)
        self.remove.setVisible(self._may and bool(shown.own))
        self.add.setVisible(self._may and bool(shown.own))
        self._say_heading()

    def _row(self, each: OwnForm, names: Mapping[tuple[str, str], str]) -> TableRow:
        decided = sum(bool(mapped.source) for mapped in each.mapping)
        whole = decided == len(each.places)
        state = say("own_form.mapped_all") if whole else say("own_form.mapped_some", count=decided, of=len(each.places))
        belongs = names.get((each.council, each.form)) or each.council
        added = full_date(each.added_at.astimezone().date())
        return TableRow(
            each.id,
            (
                Cell(each.title, sub=each.filename, bold=True),
                Cell(belongs),
                Cell(state, icon="check" if whole else ""),
                Cell(added),
            ),
        )

    def _refused(self, message: PlainMessage) -> None:
        self.problem.say(explain(message))
        self.problem.show()

    def _say_heading(self) -> None:
        page = self.map.page
        if self._layers.currentWidget() is self.map and page is not None:
            council = reference.council(page.own.council)["name"]
            self.set_heading(page.own.title, say("own_form.map_note", council=council, count=len(page.own.places)))
        else:
            count = len(self._shown.own) if self._shown else 0
            self.set_heading(say("own_form.title"), say("own_form.count", count=count) if count else say("own_form.none"))
