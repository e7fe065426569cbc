"""Who helps a pupil from outside, their reports, what they recommend, and what is not yet in use."""

from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget

from sencoapp import reference
from sencoapp.app import Workplace
from sencoapp.domain.casework import Document
from sencoapp.domain.dates import full_date
from sencoapp.domain.people import Pupil
from sencoapp.domain.professionals import Involvement, InvolvementReport, Professional, Recommendation
from sencoapp.domain.record import Saved
from sencoapp.services import professionals
from sencoapp.services.changes import must_get
from sencoapp.services.documents import documents_of
from sencoapp.services.permissions import may_save, sees
from sencoapp.services.professionals import Help
from ui.pages.entry_panel import EntryPanel, Line
from ui.pages.keyed import KeyedColumn
from ui.pages.professional_sheets import ProfessionalSheets
from ui.pages.pupil_words import breakable, joined
from ui.room import Room
from ui.widgets import STRETCH, Button, EmptyPlace, Flow, Scroll, Surface, Text, clear, col, flow, heading, holder, note, row
from ui.widgets.painting import ChipStyle

say = reference.say

_USE: dict[str | None, ChipStyle] = {"yes": "success", "partly": "info", "no": "plain", None: "warning"}


@dataclass(frozen=True)
class Circle:
    """What the pane shows."""

    pupil: Pupil
    helps: tuple[Help, ...]
    advice: tuple[Recommendation, ...]
    """All that was recommended; who may not see the professionals sees this all the same: it is what they need to teach."""
    known: tuple[Professional, ...]
    papers: tuple[Document, ...]
    position: int
    today: date


class ProfessionalsPane(QWidget):
    """What is not yet in use stands first: a report that nobody acts on helps nobody."""

    def __init__(self, room: Room) -> None:
        super().__init__()
        self.room = room
        self._pupil = ""
        self._circle: Circle | None = None
        self.sheets = ProfessionalSheets(room, self)
        self.waiting = EntryPanel(say("pupil.not_in_use"), "", self._add, "", self._act)
        self.advice = EntryPanel(say("pupil.recommendations"), "", self._add, "", self._act)
        self.helps: KeyedColumn[Help, HelpPanel] = KeyedColumn(lambda each: HelpPanel(self, each), HelpPanel.show_help, gap=16)
        self.add = Button(say("pupil.add_professional"), icon="plus", press=self._add)
        words = say("pupil.no_professionals")
        self.empty = EmptyPlace(words, say("pupil.add_professional"), icon="users-round", press=self._add)
        head = row((note(say("pupil.professionals_note"), wrap=True), 1), self.add, gap=8, margins=(24, 8, 20, 8))
        body = Scroll(col(self.waiting, self.advice, self.helps, STRETCH, gap=16, margins=(24, 4, 20, 24)), say("pupil.part_professionals"))
        self._shown = holder(col(head, (body, 1), gap=0))
        self._shown.hide()
        self.empty.hide()
        actor = room.place.session.actor
        self.may_add, self.may_advise = may_save(actor, Involvement), may_save(actor, Recommendation, "change")
        self.add.setVisible(self.may_add)
        for panel in (self.waiting, self.advice):
            panel.allow(add=False, act=self.may_advise)
        if not sees(actor, Involvement):
            self.empty.say(say("pupil.no_recommendations"))
        if self.empty.button is not None:
            self.empty.button.setVisible(self.may_add)
        self.setLayout(col((self._shown, 1), (self.empty, 1), gap=0))

    def show_for(self, pupil: str) -> None:
        self._pupil = pupil
        self._ask()

    def refresh(self, saved: Saved) -> None:
        kinds = ("involvement", "involvement_report", "recommendation", "document")
        if (self._pupil in saved.pupils() and saved.touches(*kinds)) or saved.touches("professional"):
            self._ask()

    def _ask(self) -> None:
        pupil = self._pupil
        self.room.ask(self, lambda place: _circle(place, pupil), self._show, replace="professionals")

    def _show(self, found: Circle) -> None:
        if found.pupil.id != self._pupil:
            return
        self._circle = found
        self.sheets.showing(found.pupil, found.known, found.papers, found.position, found.today)
        names = {given.id: help.professional.title for help in found.helps for given in help.recommendations}
        waiting = [each for each in found.advice if each.in_use != "yes"]
        alone = [each for each in found.advice if each.in_use == "yes" and each.id not in names]
        self.waiting.show_lines([_waiting_line(each, names.get(each.id, "")) for each in waiting])
        self.waiting.setVisible(bool(waiting))
        self.advice.show_lines([_line(each) for each in alone])
        self.advice.setVisible(bool(alone))
        self.helps.show_things((each.involvement.id, each) for each in found.helps)
        self._shown.setVisible(bool(found.helps or found.advice))
        self.empty.setVisible(not (found.helps or found.advice))

    def _add(self) -> None:
        self.sheets.add_professional()

    def _act(self, action: str, key: str) -> None:
        given = next((each for each in self._circle.advice if each.id == key), None) if self._circle else None
        if given is None:
            return
        if action == "use":
            self.sheets.say_in_use(given)
        else:
            self.sheets.change_recommendation(given)

    def act_on(self, action: str, key: str) -> None:
        """A button of a recommendation was pressed."""
        self._act(action, key)


class HelpPanel(Surface):
    """One involvement: who, since when and why, their reports, their recommendations."""

    def __init__(self, pane: ProfessionalsPane, help: Help) -> None:
        self._pane, self._help = pane, help
        self._title = heading("")
        self._title.setWordWrap(True)
        self._about = Text("", "ui", wrap=True)
        self._when = note("", wrap=True)
        self._reason = Text("", "ui", wrap=True)
        self._reports = holder(Flow(gap=8))
        buttons = flow(
            Button(say("pupil.change_involvement"), "link", press=lambda: pane.sheets.change_involvement(self._help)),
            Button(say("pupil.change_professional"), "link", press=lambda: pane.sheets.change_professional(self._help.professional)),
            Button(say("pupil.link_report"), "link", press=lambda: pane.sheets.link_report(self._help)),
            gap=16,
        )
        self.advice = EntryPanel(
            say("pupil.recommendations"),
            say("pupil.add_recommendation"),
            lambda: pane.sheets.add_recommendation(self._help),
            say("pupil.no_recommendations"),
            pane.act_on,
            within=True,
        )
        if not pane.may_add:
            buttons.hide()
        self.advice.allow(add=pane.may_add, act=pane.may_advise)
        parts = (self._title, self._about, self._reason, self._when, self._reports, buttons, self.advice)
        super().__init__("panel", col(*parts, gap=6, margins=16))
        self.show_help(help)

    def show_help(self, help: Help) -> None:
        self._help = help
        person, work = help.professional, help.involvement
        where = person.organisation if person.name else ""
        self._title.setText(breakable(person.title))
        self._about.setText(breakable(joined(person.role or "", where or "", person.phone or "", person.email or "")))
        self._about.setVisible(bool(self._about.text()))
        self._when.setText(_when(work.starts_on, work.ends_on))
        self._reason.setText(breakable(work.reason or ""))
        self._reason.setVisible(bool(work.reason))
        self.setAccessibleName(person.title)
        layout = self._reports.layout()
        assert layout is not None
        clear(layout)
        for link, document in help.reports:
            opening = Button(document.title, "link", icon="file-text", cut=True, press=partial(self._open, document))
            unlink = say("pupil.unlink_report", title=document.title)
            parting = Button("", "quiet", icon="x", name=unlink, press=partial(self._unlink, link))
            parting.setVisible(self._pane.may_add)
            layout.addWidget(holder(row((opening, 1), parting, gap=0)))
        self._reports.setVisible(bool(help.reports))
        self.advice.show_lines([_line(each) for each in help.recommendations])

    def _unlink(self, link: InvolvementReport) -> None:
        room = self._pane.room
        room.do(
            self,
            lambda place: professionals.remove(place.session, InvolvementReport, link.id),
            lambda saved: room.ways.toast(say("pupil.report_unlinked"), saved),
            once=True,
        )

    def _open(self, document: Document) -> None:
        self._pane.room.ways.go("pupil", pupil=document.pupil, tab="documents", document=document.id)


def _when(first: date | None, last: date | None) -> str:
    if first and last:
        words = say("pupil.from_to", first=full_date(first), last=full_date(last))
    elif first:
        words = say("pupil.since", date=full_date(first))
    else:
        words = say("pupil.until", date=full_date(last)) if last else say("pupil.no_days")
    return words[:1].upper() + words[1:]


def _line(given: Recommendation) -> Line:
    since = say("pupil.since", date=full_date(given.in_use_since)) if given.in_use_since else ""
    below = joined(since, given.in_use_by or "", say("pupil.no_effect") if given.in_use in ("yes", "partly") and not given.effect else "")
    effect = say("pupil.effect_is", effect=given.effect) if given.effect else ""
    return Line(given.id, given.text, below, effect, (_USE[given.in_use], _use_words(given)), _actions(given))


def _waiting_line(given: Recommendation, whose: str) -> Line:
    return Line(given.id, given.text, whose, "", (_USE[given.in_use], _use_words(given)), _actions(given))


def _actions(given: Recommendation) -> tuple[tuple[str, str], ...]:
    change = ("change", say("people_page.change"))
    return (change,) if given.in_use == "yes" else (("use", say("pupil.in_use_now")), change)


def _use_words(given: Recommendation) -> str:
    return say(f"pupil.use_{given.in_use or 'unsaid'}")


def _circle(place: Workplace, pupil: str) -> Circle:
    record, today = place.session.record, place.session.clock.today()
    helps = professionals.help_for(record, pupil, today)
    hidden = not sees(place.session.actor, Involvement)
    shown = {each.involvement.id for each in helps}
    return Circle(
        must_get(record, Pupil, pupil),
        tuple(helps),
        tuple(each for each in record.find(Recommendation, pupil=pupil) if hidden or each.involvement in shown),
        tuple(professionals.professionals(record)),
        tuple(documents_of(record, pupil)),
        record.position(),
        today,
    )
