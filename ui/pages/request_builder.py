"""One request from the first answer to the council's reply: steps at the left, the work in the middle, what's missing at the right."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from sencoapp.domain.readiness import Finding
from sencoapp.domain.record import Saved
from sencoapp.domain.refusals import PlainMessage
from sencoapp.reference import explain, say
from sencoapp.services.looking import not_looked_at
from sencoapp.services.request_sections import first_too_long, first_unanswered
from sencoapp.services.requests import change_request, keep_drafts
from ui.pages.request_caveats import FormCaveats
from ui.pages.request_content import RequestContent, read_request
from ui.pages.request_copies import CopiesPane
from ui.pages.request_evidence import EvidencePane
from ui.pages.request_looking import EvidenceLooker
from ui.pages.request_missing import MissingPanel
from ui.pages.request_own_form import OwnFormPane
from ui.pages.request_pack import PackPane
from ui.pages.request_people import PeoplePane
from ui.pages.request_section import SectionPane
from ui.pages.request_send import SendPane
from ui.pages.request_sign_off import SignOffPane
from ui.pages.request_statement import StatementPane
from ui.pages.request_steps import SECTION, Step, StepChoice, StepList, steps_of
from ui.pages.request_ways import go_to_place
from ui.pages.tab_order import lead_through, stops_in
from ui.room import Room
from ui.theme import theme
from ui.widgets import STRETCH, Button, EmptyPlace, Faces, SavedState, Scroll, Surface, TabBar, col, holder, row

_REASONS = "why_an_assessment"
_WIDE = 1000
"""Below this width in design pixels one of the three parts is shown at a time."""
_FIELDS = {"requester_named": "requester", "parents_told": "parents_told_on", "parents_agree": "parents_agree"}


class RequestBuilder(QWidget):
    """``content_changed`` is sent whenever another state of the request is shown."""

    content_changed = Signal()
    list_wanted = Signal()

    def __init__(self, room: Room) -> None:
        super().__init__()
        self._room = room
        self.content: RequestContent | None = None
        self._request = ""
        self._here = ""
        self._then: tuple[str, str] = ("", "")
        self._steps: list[Step] = []
        self._stood_at = ("", "")
        self.steps = StepList()
        self.choice = StepChoice()
        self.saved = SavedState()
        self.section = SectionPane(room, self.saved)
        self.people = PeoplePane(room, self.saved)
        self.evidence = EvidencePane(room)
        self.statement = StatementPane(room)
        self.pack = PackPane(room)
        self.own_form = OwnFormPane(room)
        self.sign_off = SignOffPane(room)
        self.send = SendPane(room)
        self.copies = CopiesPane(room)
        self.missing = MissingPanel(room)
        self._looker = EvidenceLooker(room, self)
        self._looker.looked.connect(self.reload)
        self._gone = EmptyPlace("", say("request_page.all_requests"), icon="file-stack", press=self.list_wanted.emit)
        self._panes: dict[str, QWidget] = {
            "people": self.people,
            "statement": self.statement,
            "evidence": self.evidence,
            "pack": self.pack,
            "own_form": self.own_form,
            "sign_off": self.sign_off,
            "send": self.send,
            "copies": self.copies,
        }
        self.middle = Faces()
        for pane in (self.section, *self._panes.values(), self._gone):
            self.middle.addWidget(pane)
        self.previous = Button(say("request_page.previous"), "secondary", press=lambda: self.step_by(-1))
        self.next = Button("", "primary", press=self._go_on)
        self.caveats = FormCaveats()
        self._foot = Surface("foot", row(self.previous, STRETCH, self.saved, self.next, gap=8, margins=(24, 10, 24, 10)))
        self._tabs = TabBar(
            say("request_page.parts"),
            [("work", say("request_page.part_work")), ("missing", say("request_page.missing"))],
            lead=16,
        )
        self._tabs.chosen.connect(lambda _: self._fit())
        self._work = holder(col(self.choice, self.caveats, (self.middle, 1), self._foot, gap=0))
        body = row(self.steps, (self._work, 1), self.missing, gap=0)
        self.setLayout(col(self._tabs, (body, 1), gap=0))
        self.steps.chosen.connect(self.go_to)
        self.choice.chosen.connect(self.go_to)
        self.steps.list_wanted.connect(self.list_wanted)
        self.missing.fix_wanted.connect(self.fix)
        self.missing.rows_changed.connect(self._order)
        self.section.place_wanted.connect(self.go_to_place)
        self.evidence.place_wanted.connect(self.go_to_place)
        self.send.step_wanted.connect(self.go_to)
        self.pack.made.connect(self.pack.show_pack)
        self.restyle()

    # ---- what is shown ----------------------------------------------------------------------------------------------

    def show_request(self, request: str, step: str = "", question: str = "") -> None:
        """Shows a request, at a step where one is named: the id of a section, or a key of a later step such as ``pack``."""
        if request != self._request:
            self.section.keep()
            self._request, self._here, self.content = request, "", None
            self.saved.clear()
        self._then = (step, question)
        self.reload()

    def reload(self) -> None:
        """Reads the request anew."""
        request = self._request
        if request:
            self._room.ask(self, lambda place: read_request(place, request), self._show, self._no_longer_there, replace="request")

    def refresh(self, saved: Saved) -> None:
        """Reads anew where a save has touched this pupil or the school."""
        pupil = self.content.request.pupil if self.content else ""
        if pupil in saved.pupils() or saved.touches("school", "staff_rate", "provision", "own_form"):
            self.reload()

    def keep(self) -> None:
        """Keeps whatever is being typed."""
        self.section.keep()
        self.people.keep()

    def panes(self) -> list[QWidget]:
        """Where F6 stops."""
        return [each for each in (self.steps, self.choice, self.middle, self.missing) if each.isVisible()]

    def first_focus(self) -> QWidget:
        """The steps."""
        return self.choice.choice if self.steps.isHidden() else self.steps.table

    def go_to(self, key: str) -> None:
        """Goes to a step by its key."""
        if key and key != self._here and self.content is not None:
            self.keep()
            self._here = key
            self._show_step()

    def step_by(self, by: int) -> None:
        """Goes to the next step or the one before."""
        keys = [each.key for each in self._steps]
        if self._here in keys and 0 <= keys.index(self._here) + by < len(keys):
            self.go_to(keys[keys.index(self._here) + by])

    def go_to_place(self, place: str) -> None:
        """Goes to a step of the builder, or out to the place in the record."""
        if self.content is not None and not go_to_place(self._room, place, self.content.request.pupil):
            self.go_to(place)

    def fix(self, finding: Finding) -> None:
        """Goes to where a gap is filled."""
        content = self.content
        if content is None:
            return
        if finding.fix_page == "consent":
            self.go_to_place("pack" if content.pack is None else "documents")
        elif finding.fix_page != "request":
            self.go_to_place(finding.fix_page)
        elif finding.check in _FIELDS:
            self._tabs.choose("work")
            self.go_to("people")
            self.people.go_to(_FIELDS[finding.check])
        elif finding.check == "current_form":
            self._use_current_form(content)
        else:
            self._go_to_question(content, finding)
        self._fit()

    # ---- within -----------------------------------------------------------------------------------------------------

    def _go_to_question(self, content: RequestContent, finding: Finding) -> None:
        places = {question["id"]: section["id"] for section in content.page.form["sections"] for question in section["questions"]}
        if finding.voice == "law" and _REASONS in places:
            found: tuple[str, str] | None = (places[_REASONS], _REASONS)
        else:
            found = first_too_long(content.page) if finding.check == "answers_fit" else first_unanswered(content.page)
        if found is not None:
            self._tabs.choose("work")
            self.go_to(SECTION + found[0])
            self.section.go_to(found[1])

    def _use_current_form(self, content: RequestContent) -> None:
        """Moves on to the newest version that is here; where that is what the request has, to where a newer one is added."""
        if content.request.form_version == content.page.form["version"]:
            self._room.ways.go("settings", section="councils")
            return
        wanted = replace(content.request, form_version=str(content.page.form["version"]))
        self._room.do(self, lambda place: change_request(place.session, content.request, wanted))

    def _go_on(self) -> None:
        """Goes on; the record's words that were not changed become the person's own, as they stood here."""
        content, here = self.content, self._here
        self.keep()
        if content is not None and content.is_open and here.startswith(SECTION):
            request, section = content.request.id, here.removeprefix(SECTION)
            if content.states[section] in ("from_record", "written"):
                self._room.do(self, lambda place: keep_drafts(place.session, request, section))
        self.step_by(1)

    def _show(self, content: RequestContent) -> None:
        if content.request.id != self._request:
            return
        self.content = content
        self._steps = steps_of(content)
        keys = [each.key for each in self._steps]
        step, question = self._then
        self._then = ("", "")
        wanted = step if step in keys else SECTION + step if SECTION + step in keys else ""
        if wanted:
            self._here = wanted
        elif self._here not in keys:
            self._here = keys[0] if content.is_open else "send" if content.has_gone else "pack"
        panes = (self.people, self.statement, self.evidence, self.pack, self.own_form, self.sign_off, self.send, self.copies)
        for part in (*panes, self.missing):
            part.show_content(content)
        self.caveats.show_content(content)
        self._show_step()
        if question:
            self.section.go_to(question)
        self.content_changed.emit()
        if content.is_open:
            self._looker.look_at(lambda place: not_looked_at(place.session.record, content.request))

    def _show_step(self) -> None:
        content = self.content
        if content is None:
            return
        self.steps.show_steps(content, self._steps, self._here)
        self.choice.show_steps(self._steps, self._here)
        section, key = self._section(), (content.request.id, self._here)
        pane = self.section if section is not None else self._panes[self._here]
        if section is not None:
            number = content.page.form["sections"].index(section) + 1
            self.section.show_section(content, section, number)
        self.middle.setCurrentWidget(pane)
        if pane is self.pack:
            self.pack.show_pack()
        elif pane is self.own_form:
            self.own_form.show_form()
        elif pane is self.copies:
            self.copies.show_copies()
        led_here = self.next.hasFocus()
        self._say_foot(content)
        self._fit()
        self._order()
        if key != self._stood_at:
            self._stood_at = key
            for each in pane.findChildren(Scroll):
                each.verticalScrollBar().setValue(0)
            if led_here and self.next.isHidden():  # there is no way on: the focus goes to what stands here, and not to what's missing
                next(stops_in(pane), self.previous).setFocus(Qt.FocusReason.OtherFocusReason)

    def _order(self) -> None:
        lead_through((self.steps, self.choice, self.caveats, self.middle, self._foot, self.missing))

    def _section(self) -> Mapping[str, Any] | None:
        if self.content is None or not self._here.startswith(SECTION):
            return None
        wanted = self._here.removeprefix(SECTION)
        sections: Sequence[Mapping[str, Any]] = self.content.page.form["sections"]
        return next(each for each in sections if each["id"] == wanted)

    @staticmethod
    def _asks_more(content: RequestContent, section: str) -> bool:
        """Whether a draft of the section leaves open something that is asked, and that nobody has written yet."""
        page = content.page
        asked = [
            one for each in page.form["sections"] if each["id"] == section for one in each["questions"] if one["required"] != "optional"
        ]
        open_ = (page.lacks.get(each["id"]) for each in asked if each["id"] not in page.answers)
        return any(each is not None and bool(each.text and each.lacks) for each in open_)

    def _say_foot(self, content: RequestContent) -> None:
        keys = [each.key for each in self._steps]
        here = keys.index(self._here)
        last = here == len(keys) - 1
        self.previous.setEnabled(here > 0)
        self.next.setVisible(not last and self._here != "send" and (self._here != "pack" or content.pack is not None))
        if last:
            return
        following = self._steps[here + 1]
        section = self._here.removeprefix(SECTION)
        is_section = self._here.startswith(SECTION)
        done = content.is_open and is_section and content.states.get(section) in ("from_record", "written", "completed")
        done = done and not self._asks_more(content, section)
        name = following.number or following.title
        self.next.setText(say("request_page.completed_go_on" if done else "request_page.go_on", step=name))
        self.next.setAccessibleName(self.next.text())
        self.next.setToolTip(say("request_page.completed_tip") if done else "")

    def _no_longer_there(self, message: PlainMessage) -> None:
        self._gone.say(explain(message))
        self.middle.setCurrentWidget(self._gone)

    # ---- room -------------------------------------------------------------------------------------------------------

    def hasHeightForWidth(self) -> bool:
        # Its parts scroll by themselves: the page must not become as tall as its words.
        return False

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(340), theme().px(300))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def restyle(self) -> None:
        look = theme()
        self.steps.setFixedWidth(look.px(284))
        self._fit()

    def _fit(self) -> None:
        """Three parts side by side, or one at a time where the room is short."""
        look = theme()
        wide = self.width() >= look.px(_WIDE)
        helps = self.content is None or self.content.is_open
        self.caveats.be_folded(not wide or not self._steps or self._here != self._steps[0].key)
        both = wide or self._tabs.value() == "work"
        self.steps.setVisible(wide)
        self.choice.setVisible(not wide)
        self._tabs.setVisible(not wide and helps)
        self._work.setVisible(both or not helps)
        self.missing.setVisible(helps and (wide or not both))
        self.missing.set_width(324 if wide else 0)
        if not wide:
            self.missing.setMinimumWidth(0)
            self.missing.setMaximumWidth(16_777_215)
