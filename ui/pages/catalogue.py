"""The catalogue of provision: what can be given, what it is for, what is known of its effect. Choosing one begins a provision."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QWidget

from sencoapp import reference
from sencoapp.domain.catalogue import CatalogueEntry
from sencoapp.domain.provision import Provision
from sencoapp.domain.record import Saved
from sencoapp.domain.words import search_words
from sencoapp.services import catalogue as services
from sencoapp.services.permissions import may_save
from sencoapp.services.ports import Session
from ui.allowed import only_for
from ui.commands import command
from ui.page import Page
from ui.pages.ask_form import Ask
from ui.pages.export_sheet import Export
from ui.pages.provision_sheet import Serves, open_provision_sheet
from ui.pages.provision_words import WAVES, read_number, read_sessions, sessions_words, wave_words
from ui.pages.record_sheet import Entry, Removal, open_entry
from ui.room import Room
from ui.theme import theme
from ui.widgets import (
    STRETCH,
    Button,
    Cell,
    Column,
    EmptyPlace,
    GroupRow,
    RecordTable,
    Rule,
    Scroll,
    SearchField,
    Surface,
    TableRow,
    Text,
    area_words,
    clear,
    col,
    flow,
    heading,
    holder,
    note,
)
from ui.widgets.table_model import Row

AREAS = ("ci", "cl", "semh", "sp", "")
_LIST = 240


def words(key: str, **details: object) -> str:
    return reference.say(f"catalogue.{key}", **details)


def make_catalogue_page(room: Room) -> Page:
    """The page "Catalogue of provision". It takes no args."""
    return CataloguePage(room)


class CataloguePage(Page):
    """The entries by area of need, and all of the chosen one below."""

    def __init__(self, room: Room) -> None:
        super().__init__()
        self._room = room
        self._entries: dict[str, CatalogueEntry] = {}
        self.set_heading(words("title"))
        self.field = SearchField(words("search"), width=280)
        self.with_hidden = Button(words("with_hidden"), "chip", press=self._ask)
        self.with_hidden.setCheckable(True)
        self.use = Button(words("use"), "primary", icon="plus", press=self._use)
        self.add = Button(words("add"), "secondary", icon="plus", press=lambda: self._open(None))
        self.change = Button(words("change"), "secondary", icon="pencil", press=self._change)
        self.hide_it = Button(words("hide"), "quiet", icon="eye", press=self._hide)
        self.effect = Button(reference.say("provision_terms.button"), "quiet", icon="trending-up", press=self._effect)
        self.export = Export(room, self, ("catalogue",), content=lambda place: services.catalogue_list(place.session))
        columns = (
            Column(words("column_title"), 0),
            Column(words("column_dose"), 210, keep=False),
            Column(words("column_group"), 80, right=True, keep=False),
            Column(words("column_wave"), 110, keep=False),
            Column(words("column_whose"), 170, keep=False),
        )
        self.table = RecordTable(words("title"), columns, compact=True, lead=24)
        self._about = col(gap=4)
        bar = Surface("plain", col(flow(self.field, self.with_hidden, self.export.button, self.add, gap=8), margins=(24, 10, 24, 10)))
        below = col(self._about, flow(self.use, self.effect, self.change, self.hide_it, gap=8), STRETCH, gap=10, margins=(24, 12, 24, 12))
        self._full = holder(col((self.table, 3), Rule(), (Scroll(below, words("about")), 2), gap=0))
        self._none = EmptyPlace(words("none"), words("clear"), icon="search", press=self.field.clear)
        self.setLayout(col(bar, Rule(), (self._full, 1), (self._none, 1), gap=0))
        self._none.hide()
        self.restyle()
        self.table.chosen.connect(lambda _: self._show_chosen())
        self.table.opened.connect(lambda _: self._change())
        self.field.searched.connect(lambda _: self._fill())
        self.field.went_down.connect(self.table.setFocus)
        new = command(self, words("add"), self.add.click, "Ctrl+Shift+N", icon="plus", also="catalogue own")
        only_for(room.actor, CatalogueEntry, self.add, self.change, self.hide_it, new)
        only_for(room.actor, Provision, self.use)
        command(
            self,
            reference.say("provision_terms.button"),
            self._effect,
            "Ctrl+Shift+M",
            icon="trending-up",
            also="compare impact chart terms",
        )

    # ---- page -------------------------------------------------------------------------------------------------------

    def show_for(self, args: Mapping[str, Any]) -> None:
        self._ask()

    def refresh(self, saved: Saved) -> None:
        if saved.touches("catalogue_entry"):
            self._ask()

    def panes(self) -> Sequence[QWidget]:
        return (self.field, self.table)

    def first_focus(self) -> QWidget:
        return self.table

    def search(self) -> QWidget:
        return self.field

    def restyle(self) -> None:
        self.table.setMinimumHeight(theme().px(_LIST))

    # ---- within -----------------------------------------------------------------------------------------------------

    def _ask(self) -> None:
        hidden = self.with_hidden.isChecked()
        self._room.ask(self, lambda place: services.entries(place.session.record, hidden=hidden), self._show, replace="catalogue")

    def _show(self, found: list[CatalogueEntry]) -> None:
        self._entries = {each.code: each for each in found}
        self._fill()

    def _fill(self) -> None:
        wanted = search_words(self.field.text())
        found = [each for each in self._entries.values() if _fits(each, wanted)]
        rows: list[Row] = []
        for area in AREAS:
            group = [each for each in found if (each.area or "") == area]
            if group:
                name = area_words(area) if area else words("no_area")
                rows += [GroupRow(f"{name} · {len(group)}"), *(_row(each) for each in group)]
        self.table.show_rows(rows)
        self._full.setVisible(bool(found))
        self._none.setVisible(not found)
        if found and not self.table.current_key():
            self.table.choose_first()
        self._show_chosen()

    def _show_chosen(self) -> None:
        clear(self._about)
        chosen = self._chosen()
        if chosen is None:
            return
        self.hide_it.setText(words("show" if chosen.hidden else "hide"))
        self._about.addWidget(heading(chosen.title))
        for text in (chosen.description, chosen.intended_outcome and words("for_outcome", outcome=chosen.intended_outcome)):
            if text:
                self._about.addWidget(Text(text, "ui", wrap=True))
        self._about.addWidget(note(services.evidence_words(chosen), wrap=True))
        self._about.addWidget(note(words("dose_words", dose=_dose(chosen), who=chosen.staff_role or words("any_staff")), wrap=True))

    def _chosen(self) -> CatalogueEntry | None:
        return self._entries.get(self.table.current_key())

    def _use(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            open_provision_sheet(self._room, self, Serves(catalogue=chosen.code))

    def _effect(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self._room.ways.go("effect", title=chosen.title)

    def _change(self) -> None:
        chosen = self._chosen()
        if chosen is not None and may_save(self._room.actor, CatalogueEntry):
            self._open(chosen)

    def _hide(self) -> None:
        chosen = self._chosen()
        if chosen is None:
            return
        said = words("shown_again" if chosen.hidden else "hidden", title=chosen.title)
        self._room.do(
            self,
            lambda place: services.offer(place.session, chosen, chosen.hidden),
            lambda saved: self._room.ways.toast(said, saved),
        )

    def _open(self, shown: CatalogueEntry | None) -> None:
        open_entry(self._room, self, catalogue_form(shown), self._room.app.clock.today())


def catalogue_form(shown: CatalogueEntry | None) -> Entry:
    """The sheet of one entry, or of a new one."""
    rows = (
        Ask("title", words("column_title")),
        Ask("area", words("area"), "chips", [(each, area_words(each)) for each in AREAS if each], optional=True),
        Ask("wave", words("column_wave"), "one", [(each, wave_words(each)) for each in WAVES]),
        Ask("description", words("description"), "words", lines=2, optional=True),
        Ask("intended_outcome", words("outcome"), "words", lines=2, optional=True),
        (
            Ask("sessions_per_week", words("sessions")),
            Ask("minutes", words("minutes")),
            Ask("weeks", words("weeks")),
            Ask("group_size", words("column_group")),
        ),
        Ask("staff_role", words("staff"), optional=True),
        Ask("evidence", words("evidence_label"), "words", lines=2, hint=words("evidence_hint"), optional=True),
        Ask("evidence_source", words("source"), optional=True),
    )
    texts = ("title", "area", "wave", "description", "intended_outcome", "staff_role", "evidence", "evidence_source")
    values: dict[str, Any] = {"wave": "targeted", "sessions_per_week": "3", "minutes": "30", "weeks": "12", "group_size": "4"}
    if shown is not None:
        values = {name: getattr(shown, name) or "" for name in texts}
        values |= {name: str(getattr(shown, name)) for name in ("minutes", "weeks", "group_size")}
        values["sessions_per_week"] = sessions_words(shown.sessions_per_week)

    def write(session: Session, typed: Mapping[str, Any]) -> Saved:
        numbers: dict[str, Any] = {name: read_number(typed[name] or "") for name in ("minutes", "weeks", "group_size")}
        told: dict[str, Any] = {name: typed[name] or None for name in texts if name != "title"}
        base = shown or CatalogueEntry("", "", "targeted", Decimal(1), 1, 1, 1)
        sessions = read_sessions(typed["sessions_per_week"] or "")
        wanted = replace(base, title=typed["title"] or "", sessions_per_week=sessions, **numbers, **told)
        return services.keep_entry(session, shown, wanted)[1]

    removal = None
    if shown is not None and services.is_own(shown):
        id = shown.id
        removal = Removal(words("back_to_shipped" if shown.shipped else "remove"), words("removed"), lambda s: services.remove_entry(s, id))
    return Entry(
        title=words("sheet"),
        save_words=words("save"),
        rows=rows,
        values=values,
        draft=f"catalogue.{shown.code if shown else 'new'}",
        write=write,
        said=lambda typed: words("saved", title=typed["title"]),
        remove=removal,
        past=("catalogue_entry", shown.id) if shown is not None and services.is_own(shown) else None,
    )


def _row(each: CatalogueEntry) -> TableRow:
    whose = words("school_has_changed" if each.shipped else "school_own") if services.is_own(each) and not each.hidden else ""
    tone = "muted" if each.hidden else "text"
    cells = (
        Cell(each.title, bold=not each.hidden, tone=tone),
        Cell(_dose(each), tone=tone),
        Cell(str(each.group_size), tone=tone),
        Cell(wave_words(each.wave), tone=tone),
        Cell(words("is_hidden") if each.hidden else whose, tone="muted"),
    )
    return TableRow(each.code, cells)


def _dose(each: CatalogueEntry) -> str:
    return reference.say("costing.dose", sessions=sessions_words(each.sessions_per_week), minutes=each.minutes, weeks=each.weeks)


def _fits(entry: CatalogueEntry, wanted: list[str]) -> bool:
    known = search_words(" ".join(filter(None, (entry.title, entry.description, entry.intended_outcome, entry.staff_role))))
    return all(any(word.startswith(each) for word in known) for each in wanted)
