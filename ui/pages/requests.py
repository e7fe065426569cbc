"""Requests for EHC needs assessments: the list, the builder, and the tab of a pupil's page."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QStackedLayout, QWidget

from sencoapp.domain.casework import Request
from sencoapp.domain.dates import full_date
from sencoapp.domain.record import Saved
from sencoapp.reference import say
from sencoapp.services.beginning import school
from sencoapp.services.council_forms import FormChoice, forms_offered
from sencoapp.services.permissions import may_save, why_not_save
from sencoapp.services.request_open import reopen_request, withdraw_request
from ui.commands import command
from ui.page import Page
from ui.pages.export_sheet import Export
from ui.pages.request_builder import RequestBuilder
from ui.pages.request_compare import CompareSheet
from ui.pages.request_content import RequestContent, RequestList, day_words, read_list, request_list_content
from ui.pages.request_list import RequestTable, StartSheet, begin, state_chip
from ui.room import Room
from ui.widgets import Chip, Pick, col

_TOUCHING = ("request", "pack", "submission", "sent_otherwise", "case_event", "council_case", "case_date", "pupil", "school")


def make_requests_page(room: Room) -> Page:
    """The page "requests". It opens on the list; with ``request`` on a request, and with ``step`` on a step of it;
    with ``start`` (the id of a pupil, or true) it offers to begin one."""
    return RequestsPage(room)


class RequestsPage(Page):
    """The list, or one request in the builder."""

    def __init__(self, room: Room) -> None:
        super().__init__()
        self._room = room
        self._list: RequestList | None = None
        self.list = RequestTable()
        if not may_save(room.actor, Request):
            self.list.forbid_start()
        self.builder = RequestBuilder(room)
        self.sheet: StartSheet | None = None
        self.comparison: CompareSheet | None = None
        wanted = self.list.in_sight
        self.export = Export(room, self.list, ("requests",), content=lambda place: request_list_content(read_list(place), wanted()))
        self.list.export_with(self.export.button)
        self._layers = QStackedLayout(self)
        self._layers.addWidget(self.list)
        self._layers.addWidget(self.builder)
        self.list.opened.connect(lambda request: room.ways.go("requests", request=request))
        self.list.start_wanted.connect(self.start)
        self.builder.list_wanted.connect(lambda: room.ways.go("requests"))
        self.builder.content_changed.connect(self._say_heading)
        self.builder.steps.compare_wanted.connect(self.compare)
        self.builder.choice.compare_wanted.connect(self.compare)
        self._add_commands()

    def _add_commands(self) -> None:
        step, go = self.builder.step_by, self.builder.go_to
        self._of_request = [
            command(self, say("request_page.next_step"), lambda: step(1), "Ctrl+PgDown", also="section"),
            command(self, say("request_page.previous_step"), lambda: step(-1), "Ctrl+PgUp", also="section"),
            command(self, say("request_page.to_pack"), lambda: go("pack"), "Ctrl+Shift+P", icon="file-stack", also="build PDF"),
            command(self, say("own_form.step"), lambda: go("own_form"), icon="file-text", also="word pdf docx fill template"),
            command(self, say("request_page.compare"), self.compare, "Ctrl+Shift+K", icon="layout-grid", also="other council forms"),
            command(self, say("statement.title"), lambda: go("statement"), icon="file-text", also="reasons 9.14 draft"),
            command(self, say("request_page.send_step"), lambda: go("send"), icon="send", also="submit council"),
        ]
        self._went = command(
            self, say("request_page.went_title"), self.tell_how_it_went, icon="send", also="email post portal sent by hand"
        )
        self._withdraw = command(self, say("request_page.withdraw"), self.withdraw, also="stop cancel request")
        self._reopen = command(self, say("request_page.reopen"), self.reopen, also="undo withdraw")

    def show_for(self, args: Mapping[str, Any]) -> None:
        request = str(args.get("request") or "")
        self.builder.keep()
        self._layers.setCurrentWidget(self.builder if request else self.list)
        if request:
            self.builder.show_request(request, str(args.get("step") or ""), str(args.get("question") or ""))
        else:
            self._read()
        self._say_heading()
        if args.get("start"):
            self.start(args["start"] if isinstance(args["start"], Pick) else None)

    def refresh(self, saved: Saved) -> None:
        if self._layers.currentWidget() is self.builder:
            self.builder.refresh(saved)
        elif saved.touches(*_TOUCHING):
            self._read()

    def panes(self) -> list[QWidget]:
        return self.builder.panes() if self._layers.currentWidget() is self.builder else [self.list]

    def first_focus(self) -> QWidget | None:
        return self.builder.first_focus() if self._layers.currentWidget() is self.builder else self.list.first_focus()

    def observation_args(self) -> Mapping[str, Any]:
        content = self._content()
        return {"pupil": content.page.pupil.id, "name": content.page.pupil.name} if content else {}

    def start(self, pupil: Pick | None = None) -> None:
        """Offers to begin a request, where this person may."""
        if not may_save(self._room.actor, Request):
            self._room.ways.toast(why_not_save(Request))
            return
        council = self._list.council if self._list else ""
        self.sheet = StartSheet(self._room, council, started=self._started, pupil=pupil)
        self._room.ways.show_sheet(self.sheet)

    def compare(self) -> None:
        """Lays the form of this request beside another one."""
        content = self._content()
        if content is None:
            return

        def show(forms: list[FormChoice]) -> None:
            self.comparison = CompareSheet(self._room, content, forms)
            self._room.ways.show_sheet(self.comparison)

        today = self._room.app.clock.today()
        self._room.ask(self, lambda place: forms_offered(school(place.session.record).council, today), show, replace="forms")

    def tell_how_it_went(self) -> None:
        """Asks how the request went, or corrects what was said."""
        self.builder.go_to("send")
        self.builder.send.tell_how_it_went()

    def withdraw(self) -> None:
        """The school no longer asks; Undo takes it back."""
        content = self._content()
        if content is None:
            return
        request = content.request.id

        def done(saved: Saved) -> None:
            self._room.ways.toast(say("request_page.withdrawn"), saved)

        self._room.do(self, lambda place: withdraw_request(place.session, request), done)

    def reopen(self) -> None:
        """Goes on with a request that was withdrawn."""
        content = self._content()
        if content is not None:
            self._reopen_it(content.request.id)

    # ---- within -----------------------------------------------------------------------------------------------------

    def _reopen_it(self, request: str) -> None:
        self._room.do(self, lambda place: reopen_request(place.session, request))

    def _started(self, request: Request) -> None:
        self._room.ways.go("requests", request=request.id)

    def _content(self) -> RequestContent | None:
        return self.builder.content if self._layers.currentWidget() is self.builder else None

    def _read(self) -> None:
        self._room.ask(self, read_list, self._show_list, replace="list")

    def _show_list(self, shown: RequestList) -> None:
        self._list = shown
        self.list.show_list(shown)
        self._say_heading()

    def _say_heading(self) -> None:
        content = self._content()
        for action in self._of_request:
            action.setEnabled(content is not None)
        self._withdraw.setEnabled(content is not None and content.is_open)
        self._went.setEnabled(content is not None and content.may_tell_how_it_went)
        self._reopen.setEnabled(content is not None and content.request.state == "withdrawn")
        if content is not None:
            note = say("request_page.builder_note", council=content.page.council["name"], day=full_date(content.request.started_on))
            self.set_heading(say("request_page.request_for", name=content.page.pupil.name), note, Chip(*_chip(content)))
        elif self._layers.currentWidget() is self.list:
            rows = self._list.rows if self._list else ()
            out = sum(each.request.state == "sent" for each in rows)
            count = say("request_page.count_one") if len(rows) == 1 else say("request_page.count_many", count=len(rows))
            words = " · ".join(filter(None, (count, say("request_page.count_out", count=out) if out else "")))
            self.set_heading(say("request_page.title"), words if rows else say("request_page.none"))


class RequestsTab(QWidget):
    """The requests of one pupil, inside the pupil's page."""

    def __init__(self, room: Room) -> None:
        super().__init__()
        self._room = room
        self._pupil = ""
        self.list = RequestTable(of_one_pupil=True)
        self._may_start = may_save(room.actor, Request)
        if not self._may_start:
            self.list.forbid_start()
        self.list.opened.connect(lambda request: room.ways.go("requests", request=request))
        self.list.start_wanted.connect(self.start)
        self.setLayout(col(self.list, gap=0))

    def show_for(self, pupil: str = "", request: str | None = None, **where: Any) -> None:
        """Shows a pupil's requests, and marks one where it is named."""
        self._pupil = pupil
        self._read(request or "")

    def refresh(self, saved: Saved) -> None:
        """Reads anew what a save has touched."""
        if self._pupil in saved.pupils() and saved.touches(*_TOUCHING):
            self._read()

    def start(self) -> None:
        """Begins a request for this pupil and opens it."""
        begin(self._room, self, self._pupil, lambda request: self._room.ways.go("requests", request=request.id))

    def _read(self, mark: str = "") -> None:
        pupil = self._pupil

        def show(shown: RequestList) -> None:
            self.list.show_list(shown)
            self.list.start.setVisible(self._may_start and not any(each.request.state in ("draft", "frozen") for each in shown.rows))
            if mark:
                self.list.table.choose(mark)

        if pupil:
            self._room.ask(self, lambda place: read_list(place, pupil), show, replace="list")


def _chip(content: RequestContent) -> tuple[Any, str]:
    style, words = state_chip(content.request)
    if content.request.state == "sent" and content.has_gone and content.deadlines:
        words = f"{words}, {day_words(content.deadlines[0], content.today).lower()}"
    return style, words
