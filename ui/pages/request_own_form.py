"""The council's own form, filled from this request: what goes where, what stays empty or is too long, and the file."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from sencoapp.app import Workplace
from sencoapp.domain.lists import ListContent
from sencoapp.domain.own_form import Filling, OwnForm
from sencoapp.domain.refusals import PlainMessage, Refusal
from sencoapp.reference import explain, say
from sencoapp.services import own_forms as services
from sencoapp.services.documents_port import FilledForm
from sencoapp.services.own_forms import FillDraft
from sencoapp.services.permissions import may, may_save, must_be_allowed
from ui.pages.export_sheet import Export
from ui.pages.form_draft import FormDraft
from ui.pages.form_lists import filling_list
from ui.pages.paper_out import with_ending
from ui.pages.preview import PreviewPane
from ui.pages.reading_column import ReadingColumn
from ui.pages.request_content import RequestContent
from ui.pages.save_out import AskWhere, ask_where, save_out
from ui.room import Room
from ui.tasks import Job
from ui.theme import theme
from ui.widgets import (
    Button,
    Cell,
    ChipChoice,
    Choice,
    Column,
    EmptyPlace,
    Faces,
    Field,
    Notice,
    RecordTable,
    Scroll,
    Sheet,
    TableRow,
    Text,
    TextArea,
    col,
    flow,
    holder,
    title,
)

_PDF = "application/pdf"
_TO_LOOK_AT = ("undecided", "nothing_there", "not_offered")


class OwnFormPane(QWidget):
    """The step "own_form" of the builder. It reads and fills when it is in sight; the record is not changed by it."""

    ask_where: AskWhere = staticmethod(ask_where)

    def __init__(self, room: Room) -> None:
        super().__init__()
        self._room = room
        self._content: RequestContent | None = None
        self._draft: FillDraft | None = None
        self._filled: FilledForm | None = None
        self._written: dict[str, str] = {}
        self._words_draft: FormDraft | None = None
        self._here = ""
        self.which = Choice(say("own_form.which_file"), ())
        self.which.chosen.connect(lambda _: self._another())
        self.save = Button(say("own_form.save_filled"), "primary", icon="download", press=self.save_filled)
        self.flat = Button(say("own_form.save_flat"), "secondary", press=lambda: self.save_filled(flat=True))
        self.look = Button(say("own_form.look"), "secondary", icon="eye", press=self.look_at_it)
        self.mapping = Button(say("own_form.change_mapping"), "quiet", press=self._to_mapping)
        self.problem = Notice("warning", "", dismissable=True)
        self.problem.hide()
        self.sum = Text("", "ui", wrap=True)
        self.filter = ChipChoice(say("own_form.which"), (), none_allowed=False)
        self.filter.chosen.connect(self._show_rows)
        columns = (Column(say("own_form.in_form")), Column(say("own_form.written"), 230), Column(say("own_form.state"), 130, keep=False))
        self.table = RecordTable(say("own_form.places"), columns, two_lines=True, lead=16)
        self.table.chosen.connect(self._came_to)
        self.words = TextArea(say("own_form.words_here"), lines=3)
        self.table.opened.connect(lambda _: self.words.setFocus())
        self.words.settled.connect(self._settled)
        self.back_to_record = Button(say("request_page.back_to_record"), "link", press=self._back_to_record)
        self._words = holder(
            col(
                Field(say("own_form.words_here"), self.words, hint=say("own_form.words_hint")),
                self.back_to_record,
                gap=4,
                margins=(24, 8, 24, 12),
            )
        )
        self.export = Export(room, self, ("filling",), content=self._list, pupil=self._pupil)
        head = col(
            title(say("own_form.step")),
            flow(self.which, self.save, self.look, self.flat, self.mapping, self.export.button, gap=8),
            self.problem,
            self.sum,
            self.filter,
            gap=10,
            margins=(24, 16, 24, 8),
        )
        self._faces = Faces()
        body = col(head, (self.table, 1), self._words, gap=0)
        self._faces.addWidget(Scroll(holder(body), say("own_form.step")))
        self._empty = EmptyPlace(say("own_form.step_empty"), say("own_form.add"), icon="file-text", press=self._to_adding)
        if not may_save(room.actor, OwnForm):
            self._empty.forbid()
        self._faces.addWidget(Scroll(ReadingColumn(col(self._empty, gap=0)), say("own_form.step")))
        if not may(room.actor, "print"):
            self.save.hide()
        self.setLayout(col(self._faces, gap=0))
        self.restyle()

    # ---- showing ----------------------------------------------------------------------------------------------------

    def show_content(self, content: RequestContent) -> None:
        """Another request, or another state of it."""
        before, self._content = self._content, content
        if before is None or before.request.id != content.request.id:
            self._draft = self._filled = None
        forms = content.own_forms
        self.which.offer([(each.id, each.title) for each in forms], self.which.value())
        self.which.setVisible(len(forms) > 1)
        self._faces.setCurrentIndex(0 if forms else 1)
        if self.isVisible():
            self.fill()

    def show_form(self) -> None:
        """The pane has come into sight."""
        self.fill()

    def fill(self) -> None:
        """Reads what goes where, and fills the form aside."""
        own, content = self._own(), self._content
        if own is None or content is None:
            return
        request, name = content.request.id, self._draft_name(own)
        if self._words_draft is None or self._words_draft.form != name:
            self._words_draft = FormDraft(self._room, self, name, lambda: dict(self._written))
            self._words_draft.began_with({})
            self._written, self._here = {}, ""
            self._room.ask(
                self, lambda place: place.session.record.draft(name), lambda kept: self._fill_with(own, request, kept), replace="words"
            )
            return
        self._fill_with(own, request, self._written)

    def _fill_with(self, own: OwnForm, request: str, written: Mapping[str, Any] | None) -> None:
        self._written = {key: str(words) for key, words in (written or {}).items()}
        words = dict(self._written)

        def filled(draft: FillDraft) -> None:
            documents = self._room.place.documents
            job = Job(say("own_form.filling", title=own.title), can_stop=False)
            self._room.aside(self, lambda: services.fill(documents, draft), lambda form: self._show(draft, form), self._refused, job=job)

        self._room.ask(
            self, lambda place: services.draft_filling(place.session, own.id, request, written=words), filled, self._refused, replace="fill"
        )

    def _show(self, draft: FillDraft, filled: FilledForm) -> None:
        if self._content is None or draft.request.id != self._content.request.id or draft.own.id != self.which.value():
            return
        self._draft, self._filled = draft, filled
        is_pdf = draft.own.media_type == _PDF
        self.flat.setVisible(is_pdf and may(self._room.actor, "print"))
        self.look.setVisible(is_pdf)
        self.problem.hide()
        self._show_rows()
        if not self.table.current_key():
            self.table.choose_first()
        self._came_to(self.table.current_key())

    def _show_rows(self) -> None:
        draft, filled = self._draft, self._filled
        if draft is None or filled is None:
            return
        long = {each.place for each in filled.too_long}
        count = {
            "filled": sum(each.outcome == "filled" for each in draft.fillings),
            "look": sum(self._to_look_at(each) for each in draft.fillings),
            "hand": sum(each.outcome == "by_hand" for each in draft.fillings),
        }
        groups = [(name, say(f"own_form.show_{name}", count=number)) for name, number in count.items()]
        self.filter.offer([("all", say("own_form.filter_all", count=len(draft.fillings))), *groups])
        if not self.filter.value():
            self.filter.choose("all")
        wanted = self.filter.value()
        self.table.show_rows([self._row(each) for each in draft.fillings if self._is_shown(each, wanted)])
        self.sum.setText(say("own_form.fill_sum", **count, of=len(draft.fillings), long=len(long)))

    def _is_shown(self, each: Filling, wanted: str) -> bool:
        if wanted == "look":
            return self._to_look_at(each)
        return wanted == "all" or each.outcome == {"filled": "filled", "hand": "by_hand"}[wanted]

    def _row(self, each: Filling) -> TableRow:
        shown = " ".join(each.words.split()) if each.outcome == "filled" or each.outcome == "not_offered" else ""
        if each.value is True:
            shown = say("own_form.ticked")
        sub = say("own_form.rows_count", count=len(each.value)) if isinstance(each.value, tuple) and each.value else ""
        own = say("own_form.own_words") if each.place.key in self._written else ""
        return TableRow(each.place.key, (Cell(each.place.label, sub=each.place.section), Cell(shown, sub=sub or own), self._state(each)))

    def _state(self, each: Filling) -> Cell:
        if self._is_doubtful(each):
            return Cell(self._state_words(each), icon="triangle-alert", tone="warning")
        icon = {"filled": "check", "by_hand": "pencil"}.get(each.outcome, "")
        return Cell(self._state_words(each), icon=icon, tone="text" if each.outcome == "filled" else "muted")

    def _state_words(self, each: Filling) -> str:
        filled = self._filled
        assert filled is not None
        if any(one.place == each.place.key for one in filled.too_long):
            return say("own_form.too_long")
        return say("own_form.lacks_letters" if each.place.key in filled.lacks_letters else f"own_form.outcome_{each.outcome}")

    def _is_doubtful(self, each: Filling) -> bool:
        filled = self._filled
        return filled is not None and each.place.key in {one.place for one in filled.too_long} | set(filled.lacks_letters)

    def _to_look_at(self, each: Filling) -> bool:
        return self._is_doubtful(each) or (each.outcome in _TO_LOOK_AT and each.place.kind != "tick")

    def _came_to(self, key: str) -> None:
        """Shows the whole words of a place, which may be changed for this once."""
        each = self._filling(key)
        self._words.setVisible(each is not None and each.place.kind == "text")
        if each is None or each.place.kind != "text":
            self._here = ""
            return
        if key != self._here or not self.words.hasFocus():
            self._here = key
            self.words.set_words(self._written.get(key, each.words))
        self.back_to_record.setVisible(key in self._written)

    # ---- what a person does -----------------------------------------------------------------------------------------

    def save_filled(self, *, flat: bool = False) -> None:
        """Saves the filled form where the person says; it is noted that it left the record."""
        draft, filled, content = self._draft, self._filled, self._content
        if draft is None or filled is None or content is None:
            return
        ending = ".pdf" if draft.own.media_type == _PDF else ".docx"
        name = say("own_form.file_name", title=draft.own.title, name=content.page.pupil.name).replace("/", "-") + ending
        chosen = self.ask_where(self.window(), name, say("own_form.kind_pdf" if ending == ".pdf" else "own_form.kind_docx"))
        if chosen is None:
            return
        path = with_ending(Path(chosen), ending)
        if not flat:
            self._write(path, draft, filled)
            return
        self._flat(draft, lambda made: self._write(path, draft, made))

    def look_at_it(self) -> None:
        """The filled PDF, as the council will see it: a copy without boxes, since a page is drawn here without what lies on it."""
        draft = self._draft
        if draft is None:
            return

        def show(made: FilledForm) -> None:
            pane = PreviewPane(self._room)
            pane.setMinimumHeight(theme().px(420))
            self._room.ways.show_sheet(Sheet(draft.own.title, pane, width=820))
            pane.show_pdf(made.content, draft.own.title)

        self._flat(draft, show)

    def _flat(self, draft: FillDraft, then: Callable[[FilledForm], None]) -> None:
        documents = self._room.place.documents
        job = Job(say("own_form.filling", title=draft.own.title), can_stop=False)
        self._room.aside(self, lambda: services.fill(documents, draft, flat=True), then, self._refused, job=job)

    def _write(self, path: Path, draft: FillDraft, made: FilledForm) -> None:
        content = self._content
        if content is None:
            return
        save_out(
            self._room,
            self,
            path,
            lambda _: made.content,
            what=draft.own.title,
            recipient=content.person,
            purpose=say("own_form.purpose"),
            pupil=draft.request.pupil,
            then=lambda: self._room.ways.toast(say("request_page.saved_as", file=path.name)),
            refused=self._refused,
        )

    def _settled(self, words: str) -> None:
        each = self._filling(self._here)
        if each is None or words == self._written.get(self._here, each.words):
            return
        self._written[self._here] = words
        if self._words_draft is not None:
            self._words_draft.keep()
        self.fill()

    def _back_to_record(self) -> None:
        self._written.pop(self._here, None)
        self._here = ""
        if self._words_draft is not None:
            if self._written:
                self._words_draft.keep()
            else:
                self._words_draft.forget()
        self.fill()

    def _another(self) -> None:
        self._draft = self._filled = None
        self.fill()

    def _to_mapping(self) -> None:
        own = self._own()
        if own is not None:
            self._room.ways.go("own_forms", own_form=own.id)

    def _to_adding(self) -> None:
        if self._content is not None:
            self._room.ways.go("own_forms", council=self._content.request.council, form=self._content.request.form)

    def _list(self, place: Workplace) -> ListContent:
        """What goes where, as it was filled last. Raises ``Refusal`` for who may not export, and where there is nothing."""
        must_be_allowed(place.session, "export")
        draft = self._draft
        if draft is None or self._filled is None:
            raise Refusal("nothing_to_export")
        return filling_list(draft.fillings, self._state_words, place.session.clock.today())

    # ---- within -----------------------------------------------------------------------------------------------------

    def restyle(self) -> None:
        self.table.setMinimumHeight(theme().px(190))

    def _pupil(self) -> str:
        return self._content.request.pupil if self._content else ""

    def _own(self) -> OwnForm | None:
        forms = self._content.own_forms if self._content else ()
        return next((each for each in forms if each.id == self.which.value()), None)

    def _draft_name(self, own: OwnForm) -> str:
        assert self._content is not None
        return f"own_form_words.{self._content.request.id}.{own.id}"

    def _filling(self, key: str) -> Filling | None:
        return next((each for each in self._draft.fillings if each.place.key == key), None) if self._draft else None

    def _refused(self, message: PlainMessage) -> None:
        self.problem.say(explain(message))
        self.problem.show()
