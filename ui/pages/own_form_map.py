"""One of the council's own forms: its places at the left, in order and in its words; at the right what of the record goes there."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from sencoapp.domain.dates import full_date
from sencoapp.domain.own_form import UNDECIDED, FormPlace, Mapped, OwnForm
from sencoapp.domain.record import Saved
from sencoapp.domain.refusals import PlainMessage
from sencoapp.reference import explain, say
from sencoapp.services import own_forms as services
from sencoapp.services.own_forms import MappingPage
from sencoapp.services.permissions import may_save
from ui.commands import command
from ui.pages.form_draft import FormDraft
from ui.pages.own_form_sources import SourceChooser
from ui.pages.tab_order import lead_through
from ui.room import Room
from ui.theme import theme
from ui.widgets import (
    Button,
    Cell,
    ChipChoice,
    Column,
    GroupRow,
    Notice,
    RecordTable,
    Rule,
    SavedState,
    Surface,
    TabBar,
    TableRow,
    Text,
    col,
    flow,
    holder,
    row,
)

_WIDE = 860


class OwnFormMap(QWidget):
    """``left`` is sent when the person goes back to the list."""

    left = Signal()
    shown = Signal()

    def __init__(self, room: Room) -> None:
        super().__init__()
        self._room = room
        self.page: MappingPage | None = None
        self._mapping: dict[str, Mapped] = {}
        self._draft: FormDraft | None = None
        self._wanted = ""
        self._may = may_save(room.actor, OwnForm, "change")
        self.back = Button(say("own_form.all_forms"), "quiet", icon="chevron-left", press=self.left.emit)
        self.accept = Button(say("own_form.accept"), "secondary", icon="sparkles", press=self.accept_all, tip="Ctrl+Shift+A")
        self.save_button = Button(say("own_form.save"), "primary", icon="check", press=self.save, tip="Ctrl+Return")
        self.discard = Button(say("pupil.discard"), "link", press=self.throw_away)
        self.restored = Notice("info", say("pupil.draft_restored"), self.discard)
        self.newer = Notice("info", "")
        self.problem = Notice("warning", "", dismissable=True)
        for each in (self.restored, self.newer, self.problem):
            each.hide()
        self.saved_state = SavedState()
        self.sum = Text("", "ui", "muted", wrap=True)
        self.filter = ChipChoice(say("own_form.which"), (), none_allowed=False)
        self.filter.chosen.connect(self._show_rows)
        columns = (Column(say("own_form.in_form")), Column(say("own_form.what_goes"), 220))
        self.table = RecordTable(say("own_form.places"), columns, two_lines=True, lead=24)
        self.table.chosen.connect(self._came_to)
        self.table.opened.connect(self._to_chooser)
        command(self.table, say("own_form.accept_one"), lambda: self._accept_one(self.table.current_key()), "Space")
        self.chooser = SourceChooser()
        self.chooser.chosen.connect(self._chosen)
        self._tabs = TabBar(say("own_form.parts"), [("places", say("own_form.in_form")), ("goes", say("own_form.what_goes"))], lead=16)
        self._tabs.chosen.connect(lambda _: self._fit())
        buttons = flow(self.back, self.accept, self.save_button, self.saved_state, gap=8)
        notices = (self.problem, self.restored, self.newer)
        top = Surface("plain", col(buttons, *notices, self.sum, self.filter, gap=8, margins=(24, 8, 24, 8)))
        self._list = holder(col((self.table, 1), gap=0))
        self._side = Surface("plain", row(Rule(upright=True), (self.chooser, 1), gap=0))
        self.setLayout(col(top, Rule(), self._tabs, (row((self._list, 5), (self._side, 4), gap=0), 1), gap=0))
        command(self, say("own_form.save"), self.save, "Ctrl+Return", "Ctrl+Enter")
        command(self, say("own_form.accept"), self.accept_all, "Ctrl+Shift+A")
        command(self, say("own_form.next_open"), self.next_open, "Ctrl+Down")
        self.restyle()
        if not self._may:
            for button in (self.accept, self.save_button):
                button.hide()

    # ---- showing ----------------------------------------------------------------------------------------------------

    def show_form(self, own_form: str) -> None:
        """Reads a form and shows it, with what was chosen and not saved."""
        self._wanted = own_form
        name = f"own_form.{own_form}"

        def read(place: Any) -> tuple[MappingPage, Mapping[str, Any] | None]:
            return services.mapping_page(place.session, own_form), place.session.record.draft(name)

        self._room.ask(self, read, lambda found: self._show(*found), self._refused, replace="form")

    def reload(self) -> None:
        """Reads the form in sight anew."""
        if self._wanted:
            self.show_form(self._wanted)

    def _show(self, page: MappingPage, draft: Mapping[str, Any] | None) -> None:
        another = self.page is None or self.page.own.id != page.own.id
        if another and self._draft is not None:
            self._draft.keep()
        self.page = page
        if another or self._draft is None:
            self._draft = FormDraft(self._room, self, f"own_form.{page.own.id}", self._changed)
        self._mapping = dict(page.mapping)
        self._draft.began_with({})
        kept = _from_draft(draft, page)
        self._mapping |= kept
        self.restored.setVisible(bool(kept))
        self.problem.hide()
        self._say_newer(page)
        if another:
            fresh = page.carried is not None and bool(page.carried.new)
            self.filter.offer(self._filters())
            self.filter.choose("new" if fresh else "all")
        self._show_rows()
        if another or not self.table.current_key():
            self.table.choose_first()
        self._came_to(self.table.current_key())
        self.shown.emit()
        lead_through((self.back, self.accept, self.save_button, self.filter, self.table, self.chooser))

    def _say_newer(self, page: MappingPage) -> None:
        carried, earlier = page.carried, page.earlier
        self.newer.setVisible(carried is not None and earlier is not None)
        if carried is not None and earlier is not None:
            parts = [say("own_form.newer", title=earlier.title, day=full_date(earlier.added_at.astimezone().date()))]
            if carried.new:
                parts.append(say("own_form.new_places", labels=_labels(carried.new)))
            if carried.gone:
                parts.append(say("own_form.gone_places", labels=_labels(carried.gone)))
            if not carried.new and not carried.gone:
                parts.append(say("own_form.same_places"))
            self.newer.say(" ".join(parts))

    def _filters(self) -> list[tuple[str, str]]:
        page = self.page
        assert page is not None
        undecided = sum(not self._source(each.key) for each in page.own.places)
        options = [
            ("all", say("own_form.filter_all", count=len(page.own.places))),
            ("open", say("own_form.filter_open", count=undecided)),
        ]
        if page.carried is not None:
            options.append(("new", say("own_form.filter_new", count=len(page.carried.new))))
        return options

    def _show_rows(self) -> None:
        page = self.page
        if page is None:
            return
        self.filter.offer(self._filters())
        new = {each.key for each in page.carried.new} if page.carried else set()
        wanted = self.filter.value()
        rows: list[TableRow | GroupRow] = []
        section = ""
        here = self.table.current_key()
        for each in page.own.places:
            if (wanted == "open" and self._source(each.key) and each.key != here) or (wanted == "new" and each.key not in new):
                continue
            if each.section and each.section != section:
                rows.append(GroupRow(each.section))
            section = each.section
            rows.append(self._row(each, is_new=each.key in new))
        self.table.show_rows(rows)
        decided = sum(bool(self._source(each.key)) for each in page.own.places)
        likely = sum(not self._source(each.key) and bool(page.suggested[each.key].source) for each in page.own.places)
        self.sum.setText(say("own_form.sum", decided=decided, count=len(page.own.places), likely=likely))
        self.accept.setEnabled(likely > 0 and self._may)

    def _row(self, place: FormPlace, *, is_new: bool) -> TableRow:
        page = self.page
        assert page is not None
        source = self._source(place.key)
        about = say(f"own_form.short_{place.kind}") + (f" · {say('own_form.is_new')}" if is_new else "")
        if source:
            goes = Cell(services.source_words(source, page.questions), sub=say("own_form.chosen"))
        elif page.suggested[place.key].source:
            likely = services.source_words(page.suggested[place.key].source, page.questions)
            goes = Cell(likely, tone="muted", sub=say("own_form.likely_accept"), sub_tone="info")
        else:
            goes = Cell(say("own_form.undecided"), tone="muted")
        return TableRow(place.key, (Cell(place.label, sub=about), goes))

    # ---- what a person does -----------------------------------------------------------------------------------------

    def accept_all(self) -> None:
        """Takes over whatever is suggested for places that nobody has decided about."""
        page = self.page
        if page is None or not self._may:
            return
        for key, likely in page.suggested.items():
            if likely.source and not self._source(key):
                self._mapping[key] = likely
        self._touched()

    def save(self) -> None:
        """Keeps the mapping; from now on the form is filled by it."""
        page = self.page
        if page is None or not self._may:
            return
        places = {each.key for each in page.own.places}
        mapping = [each for key, each in self._mapping.items() if key in places]
        as_of, own = page.position, page.own

        def kept(saved: Saved) -> None:
            if self._draft is not None:
                self._draft.forget()
            self.restored.hide()
            self.problem.hide()
            self.saved_state.saved(self._room.app.clock.now())
            self._room.ways.toast(say("own_form.saved", title=own.title), saved)

        self._room.do(self, lambda place: services.save_mapping(place.session, own, mapping, as_of=as_of), kept, self._refused)

    def throw_away(self) -> None:
        """Back to what was saved."""
        if self.page is None or self._draft is None:
            return
        self._mapping = dict(self.page.mapping)
        self._draft.forget()
        self.restored.hide()
        self._show_rows()
        self._came_to(self.table.current_key())

    def next_open(self) -> None:
        """To the next place that nobody has decided about."""
        page = self.page
        if page is None:
            return
        keys = [each.key for each in page.own.places]
        here = keys.index(self.table.current_key()) if self.table.current_key() in keys else -1
        for key in (*keys[here + 1 :], *keys[: here + 1]):
            if not self._source(key) and self.table.choose(key):
                self.table.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def _accept_one(self, key: str) -> None:
        page = self.page
        if page is not None and self._may and key in page.suggested and page.suggested[key].source:
            self._mapping[key] = page.suggested[key]
            self._touched()

    def _chosen(self, mapped: Mapped) -> None:
        if not self._may:
            return
        self._mapping[mapped.place] = mapped
        self._touched()
        if self._tabs.isVisible() and not mapped.columns:
            self._tabs.choose("places")
            self._fit()
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _to_chooser(self, _key: str) -> None:
        if self._tabs.isVisible():
            self._tabs.choose("goes")
            self._fit()
        self.chooser.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def _touched(self) -> None:
        if self._draft is not None:
            self._draft.touch()
        self._show_rows()
        self._came_to(self.table.current_key())

    def _came_to(self, key: str) -> None:
        page = self.page
        place = next((each for each in page.own.places if each.key == key), None) if page else None
        if page is not None and place is not None:
            self.chooser.show_place(page, place, self._mapping.get(key, Mapped(key, UNDECIDED)))

    # ---- within -----------------------------------------------------------------------------------------------------

    def _source(self, key: str) -> str:
        found = self._mapping.get(key)
        return found.source if found else UNDECIDED

    def _changed(self) -> dict[str, Any]:
        """What differs from the record."""
        page = self.page
        if page is None:
            return {}
        return {key: [each.source, list(each.columns)] for key, each in self._mapping.items() if page.mapping.get(key) != each}

    def _refused(self, message: PlainMessage) -> None:
        self.problem.say(explain(message))
        self.problem.show()

    def hasHeightForWidth(self) -> bool:
        # Its parts scroll by themselves: the page must not become as tall as its words.
        return False

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(320), theme().px(260))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def restyle(self) -> None:
        self.table.setMinimumHeight(theme().px(180))
        self.chooser.list.setMinimumHeight(theme().px(130))
        self._fit()

    def _fit(self) -> None:
        wide = self.width() >= theme().px(_WIDE)
        self._tabs.setVisible(not wide)
        self._list.setVisible(wide or self._tabs.value() == "places")
        self._side.setVisible(wide or self._tabs.value() == "goes")


def _from_draft(draft: Mapping[str, Any] | None, page: MappingPage) -> dict[str, Mapped]:
    found: dict[str, Mapped] = {}
    places = {each.key: each for each in page.own.places}
    for key, kept in (draft or {}).items():
        if key in places and isinstance(kept, list) and len(kept) == 2:
            mapped = Mapped(key, str(kept[0]), tuple(str(each) for each in kept[1]))
            if services.fits(places[key], mapped):
                found[key] = mapped
    return found


def _labels(places: Sequence[FormPlace]) -> str:
    return "; ".join(f"“{each.label}”" for each in places)
