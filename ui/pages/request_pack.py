"""Makes the pack, shows it as the council will see it, and keeps every version."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from sencoapp.domain.casework import Pack
from sencoapp.domain.dates import full_date
from sencoapp.domain.refusals import PlainMessage
from sencoapp.domain.snapshot import PackSnapshot
from sencoapp.reference import explain, say
from sencoapp.services.requests import draft_pack, frozen_words, keep_pack, read_pack
from sencoapp.services.withheld import Told
from ui.pages.pack_making import make_a_pack
from ui.pages.pack_out import save_pack_out
from ui.pages.preview import PreviewPane
from ui.pages.reading_column import ReadingColumn
from ui.pages.request_caveats import where_sent
from ui.pages.request_content import RequestContent, megabytes, moment_words
from ui.pages.request_sign_off import sign_off_words
from ui.pages.save_out import AskWhere, ask_where, save_out
from ui.pages.withheld_notice import WithheldNotice
from ui.room import Room
from ui.tasks import Job
from ui.theme import theme
from ui.widgets import STRETCH, Button, Chip, Choice, Faces, Icon, Notice, Scroll, Text, clear, col, flow, holder, note, panel, row, title


class PackPane(QWidget):
    """What will be in the pack while there is none; then the newest version, with the earlier ones to choose from."""

    made = Signal()
    ask_where: AskWhere = staticmethod(ask_where)

    def __init__(self, room: Room) -> None:
        super().__init__()
        self._room = room
        self._content: RequestContent | None = None
        self._shown = ""
        self._busy = False
        self._look = False
        self._notice = Notice("info", "")
        self._will_hold = col(gap=8)
        self.goes_to = Text("", "ui", wrap=True, selectable=True)
        self.reach = Text("", "small", "muted", wrap=True, selectable=True)
        self.make = Button(say("request_page.make_pack"), "primary", icon="file-stack", large=True, press=self.make_pack)
        self.make_again = Button(say("request_page.make_again"), "secondary", press=self.make_pack)
        self.save = Button(say("request_page.save_pdf"), "secondary", icon="download", press=self.save_pdf)
        self.save_word = Button(
            say("request_page.save_word"), "quiet", icon="file-text", tip=say("request_page.word_tip"), press=self.save_as_word
        )
        self.versions = Choice(say("request_page.versions"), ())
        self.versions.chosen.connect(lambda _: self._show_version())
        self._chip = Chip("plain", "")
        self._facts = note("", wrap=True)
        self.preview = PreviewPane(room)
        self.restyle()
        self.withheld = (WithheldNotice(), WithheldNotice())
        self._pages = Faces()
        self._pages.addWidget(self._before())
        self._pages.addWidget(self._after())
        self._above = holder(col(self._notice, margins=(24, 12, 24, 0)))
        self._above.hide()
        self.setLayout(col(self._above, (self._pages, 1), gap=0))

    def show_content(self, content: RequestContent) -> None:
        """Shows the packs of a request."""
        before, self._content = self._content, content
        if before is not None and before.request.id != content.request.id:
            self._above.hide()
            self._shown = ""
        self._pages.setCurrentIndex(1 if content.page.packs else 0)
        for each in self.withheld:
            each.tell(content.withheld if content.is_open else Told())
        self._show_contents(content)
        where, reach = where_sent(content.page.form)
        self.goes_to.setText(where)
        self.reach.setText(reach)
        self.reach.setVisible(bool(reach))
        chosen = self.versions.value()
        latest = content.pack.id if content.pack else ""
        known = before is not None and any(each.id == latest for each in before.page.packs)
        options = [(each.id, self._version(each)) for each in reversed(content.page.packs)]
        self.versions.offer(options, chosen if known and chosen else latest)
        blocked = bool(content.page.readiness.blockers)
        for button in (self.make, self.make_again):
            button.setEnabled(content.is_open and not blocked and not self._busy)
        self.make_again.setVisible(content.is_open)
        if self.isVisible():
            self._show_version()

    def restyle(self) -> None:
        self.preview.setMinimumHeight(theme().px(320))

    def show_pack(self) -> None:
        """The pane has come into sight: shows the chosen version."""
        self._show_version()

    def make_pack(self) -> None:
        """Gathers, renders and keeps a version. Stopping leaves nothing behind."""
        content = self._content
        if content is None or self._busy:
            return
        self._be_busy(True, say("request_page.making"))
        request = content.request.id
        make_a_pack(self._room, self, lambda place: draft_pack(place.session, request), keep_pack, self._kept, self._refused)

    def save_pdf(self) -> None:
        """Saves the version in sight where the person says."""
        content, pack = self._content, self._pack()
        if content is None or pack is None:
            return
        name = say("request_page.pdf_name", name=content.page.pupil.name, version=pack.version)
        path = self.ask_where(self.window(), name, say("request_page.pdf_kind"))
        if path is None:
            return
        what = say("request_page.what_pack", version=pack.version)
        save_pack_out(self._room, self, path, pack, what=what, recipient=content.person, refused=self._refused)

    def save_as_word(self) -> None:
        """Saves what the school wrote of the version in sight as Word, for a council that insists."""
        content, pack = self._content, self._pack()
        if content is None or pack is None:
            return
        job = Job(say("request_page.making_word"), can_stop=False)

        def write(read: tuple[PackSnapshot, Any]) -> None:
            said, documents = read
            self._room.aside(self, lambda: documents.request_word(said), give_out, self._refused, job=job)

        def give_out(made: bytes) -> None:
            name = say("request_page.word_name", name=content.page.pupil.name, version=pack.version)
            path = self.ask_where(self.window(), name, say("request_page.word_kind"))
            if path is None:
                return
            save_out(
                self._room,
                self,
                path,
                lambda _: made,
                what=say("request_page.what_pack", version=pack.version),
                recipient=content.person,
                purpose=say("request_page.purpose_saved"),
                pupil=pack.pupil,
                then=lambda: self._room.ways.toast(say("request_page.saved_as", file=path.name)),
                refused=self._refused,
            )

        self._room.ask(self, lambda place: (frozen_words(place.session, pack), place.documents), write, self._refused)

    # ---- making -----------------------------------------------------------------------------------------------------

    def _kept(self) -> None:
        self._be_busy(False)
        self._look = self.isVisible()
        self.made.emit()

    def _refused(self, message: PlainMessage) -> None:
        self._be_busy(False)
        self._notice.become("warning")
        self._notice.say(explain(message))
        self._above.show()

    def _be_busy(self, busy: bool, words: str = "") -> None:
        self._busy = busy
        can = not busy and self._content is not None and self._content.is_open and not self._content.page.readiness.blockers
        for button in (self.make, self.make_again):
            button.setEnabled(can)
        self._above.setVisible(busy)
        if busy:
            self._notice.become("info")
            self._notice.say(words)

    # ---- showing ----------------------------------------------------------------------------------------------------

    def _before(self) -> QWidget:
        lead = Text(say("request_page.pack_lead"), "body", "muted", wrap=True)
        inside = panel(Text(say("request_page.pack_holds"), "ui", weight=600), self._will_hold, gap=10)
        sent = panel(Text(say("request_page.sum_where"), "ui", weight=600), self.goes_to, self.reach, gap=4)
        told, _ = self.withheld
        make = row(self.make, STRETCH)
        column = col(title(say("request_page.pack")), lead, told, inside, sent, make, STRETCH, gap=16, margins=(24, 16, 24, 16))
        return Scroll(ReadingColumn(column), say("request_page.pack"))

    def _after(self) -> QWidget:
        head = row(title(say("request_page.pack")), self._chip, STRETCH, self.make_again, gap=12)
        tools = flow(self.versions, self.save, self.save_word)
        _, told = self.withheld
        top = holder(col(head, told, tools, self._facts, gap=8, margins=(24, 16, 24, 8)))
        return Scroll(ReadingColumn(col(top, (self.preview, 1), gap=0)), say("request_page.pack"))

    def _show_contents(self, content: RequestContent) -> None:
        clear(self._will_hold)
        papers = content.page.evidence
        pages = sum(each.pages or 1 for each in papers)
        sections = len(content.page.form["sections"])
        lines = (
            ("file-text", say("request_page.holds_cover")),
            ("file-stack", say("request_page.holds_sections", count=sections, council=content.page.council["name"])),
            ("repeat", _cycles(len(content.shown["cycles"]))),
            ("pencil", say("request_page.holds_consent")),
            ("check" if content.sign_off_state == "signed" else "circle-dashed", sign_off_words(content)),
            ("paperclip", say("request_page.holds_evidence", count=len(papers), pages=pages)),
        )
        for icon, words in lines:
            self._will_hold.addLayout(row(Icon(icon, "muted"), (Text(words, "ui", wrap=True), 1), gap=10))
        if content.pack is not None:
            current = content.pack_is_current or not content.is_open
            self._chip.setVisible(content.is_open)
            self._chip.say("success" if current else "warning", say(f"request_page.pack_{'current' if current else 'changed'}"))

    def _version(self, pack: Pack) -> str:
        return say("request_page.version_made", version=pack.version, day=full_date(pack.made_at.astimezone().date()))

    def _pack(self) -> Pack | None:
        packs = self._content.page.packs if self._content else ()
        return next((each for each in packs if each.id == self.versions.value()), None)

    def _show_version(self) -> None:
        pack = self._pack()
        if pack is None:
            return
        made = moment_words(pack.made_at, full_date(pack.made_at.astimezone().date()))
        facts = {"pages": pack.pages, "size": megabytes(pack.pdf_size), "made": made, "sha": pack.pdf_sha256[:12]}
        self._facts.setText(say("request_page.pack_facts", **facts))
        if pack.id == self._shown:
            return
        self._shown = pack.id
        words = say("request_page.what_pack", version=pack.version)
        self._room.ask(
            self,
            lambda place: read_pack(place.session, pack.id)[1],
            lambda pdf: self._show_pdf(pdf, words),
            self._refused,
            replace="preview",
        )

    def _show_pdf(self, pdf: bytes, words: str) -> None:
        self.preview.show_pdf(pdf, words)
        if self._look:  # the button that made it is gone: the focus goes to what it made
            self._look = False
            self.preview.setFocus(Qt.FocusReason.OtherFocusReason)


def _cycles(count: int) -> str:
    return say("request_page.holds_cycles_one") if count == 1 else say("request_page.holds_cycles", count=count)
