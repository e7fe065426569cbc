"""Check before you send, the sending itself, and the receipt."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from sencoapp.app import Workplace
from sencoapp.domain.cases import CouncilCase
from sencoapp.domain.casework import Pack
from sencoapp.domain.dates import full_date, weekday_date
from sencoapp.domain.record import Saved
from sencoapp.domain.refusals import PlainMessage
from sencoapp.reference import explain, say
from sencoapp.services.cases import appeal_case
from sencoapp.services.permissions import why_not
from sencoapp.services.request_cases import case_for
from sencoapp.services.requests import starts_clock
from sencoapp.services.submissions import case_pages
from ui.pages.reading_column import ReadingColumn
from ui.pages.request_case import CasePart, is_address
from ui.pages.request_caveats import where_sent
from ui.pages.request_content import RequestContent, megabytes
from ui.pages.request_sending import Sending
from ui.pages.request_sign_off import sign_off_words
from ui.pages.request_summary import SummaryRow
from ui.pages.request_went import open_decided_sheet, open_sent_sheet
from ui.pages.save_out import AskWhere, ask_where, save_out
from ui.room import Room
from ui.widgets import (
    STRETCH,
    Button,
    EmptyPlace,
    Field,
    Form,
    Icon,
    LineField,
    Notice,
    Scroll,
    Text,
    clear,
    col,
    heading,
    holder,
    panel,
    row,
    title,
)


class SendPane(QWidget):
    """Before sending a summary to check; afterwards the receipt, the clock and the replies."""

    step_wanted = Signal(str)
    ask_where: AskWhere = staticmethod(ask_where)

    def __init__(self, room: Room) -> None:
        super().__init__()
        self._room = room
        self._content: RequestContent | None = None
        self._to_replies = False
        self.sending = Sending(room, self)
        self._title = title("")
        self.stop = Button(say("request_page.stop"), "link", press=self.sending.stop)
        self.notice = Notice("info", "", self.stop)
        self.notice.hide()
        self._none = EmptyPlace(
            say("request_page.no_pack_yet"), say("request_page.to_pack"), icon="file-stack", press=lambda: self.step_wanted.emit("pack")
        )
        self._summary = col(gap=0)
        self.form = Form(gap=12)
        self.gateway = LineField()
        self.form.add("gateway", Field(say("request_page.gateway"), self.gateway, hint=say("request_page.gateway_hint")))
        self.send = Button(say("request_page.send"), "primary", icon="send", large=True, press=self.send_pack)
        self._check = self._check_part()
        self.went = Button(say("request_page.went_title"), "secondary", icon="send", press=self.tell_how_it_went)
        self._otherwise = panel(
            heading(say("request_page.another_way")), Text(say("request_page.another_way_words"), "ui", wrap=True), row(self.went, STRETCH)
        )
        self.case = CasePart()
        self.case.change_wanted.connect(self.tell_how_it_went)
        self.case.decided_wanted.connect(self.tell_what_was_decided)
        self.case.case_wanted.connect(self.open_case)
        self.case.save_wanted.connect(self.save_receipt)
        self.case.look_wanted.connect(self.look)
        self.case.appeal_wanted.connect(self.open_appeal)
        parts = (self._title, self.notice, self._none, self._check, self._otherwise, self.case, STRETCH)
        column = col(*parts, gap=16, margins=(24, 16, 24, 24))
        self.setLayout(col(Scroll(ReadingColumn(column), say("request_page.send_step")), gap=0))
        self.sending.said.connect(self._said)
        self.sending.received.connect(self._received)
        self.sending.looked.connect(self._looked)
        self.sending.failed.connect(self._failed)

    def show_content(self, content: RequestContent) -> None:
        """Shows where the request stands."""
        before, self._content = self._content, content
        if before is None or before.request.id != content.request.id:
            self.notice.hide()
            self.gateway.setText(content.gateway if is_address(content.gateway) else "")
            self.case.say_looked("")
            self.form.clear_problems()
        received = content.has_gone
        pack = content.pack
        self._otherwise.setVisible(not received and content.may_tell_how_it_went)
        self._title.setText(say("request_page.sent_title" if received else "request_page.check_title"))
        self._none.setVisible(not received and pack is None)
        self._check.setVisible(not received and pack is not None)
        self.case.setVisible(received)
        if received:
            self.case.show_content(content)
            if self._to_replies:
                self._to_replies = False
                self.case.look.setFocus(Qt.FocusReason.OtherFocusReason)
        elif pack is not None:
            self._show_summary(content, pack)

    def send_pack(self) -> None:
        """Sends the newest pack to the address that was entered."""
        content = self._content
        address = self.gateway.text().strip().rstrip("/")
        if content is None or content.pack is None:
            return
        if not is_address(address):
            self.form.show_problems({"gateway": say("request_page.gateway_needed")})
            return
        self.form.clear_problems()
        self.sending.send(content.pack.id, address)

    def look(self) -> None:
        """Asks for replies."""
        submission = self._content.submission if self._content else None
        if submission is not None:
            self.sending.look(submission.gateway)

    def open_appeal(self) -> None:
        """Goes to the case for mediation and appeal, which begins with the day of the decision where there is none yet."""
        content = self._content
        on = content.standing.decided_on if content else None
        if content is None or on is None:
            return
        request = content.request

        def opened(answer: tuple[str, Saved]) -> None:
            self._room.ways.go("cases", case=answer[0])

        self._room.do(self, lambda place: appeal_case(place.session, request.pupil, request.council, on), opened)

    def open_case(self) -> None:
        """The request's case, with its steps and what is due; opened where it was received before there were any."""
        self._with_case(lambda case: self._room.ways.go("cases", case=case.id))

    def tell_how_it_went(self) -> None:
        """Asks how a request went that did not go over the connection."""
        if self._content is not None:
            open_sent_sheet(self._room, self, self._content)

    def tell_what_was_decided(self) -> None:
        """Asks what the council decided, of which a letter tells."""
        self._with_case(lambda case: open_decided_sheet(self._room, self, case))

    def _with_case(self, then: Callable[[CouncilCase], None]) -> None:
        """Goes on with the case; a request that went before cases were opened for requests gets it first."""
        content = self._content
        if content is None:
            return
        if content.standing.case is not None:
            then(content.standing.case)
        else:
            self._room.do(self, lambda place: case_for(place.session, content.request), lambda answer: then(answer[0]))

    def save_receipt(self) -> None:
        """Saves the council's receipt as it came."""
        content, submission = self._content, self._content.submission if self._content else None
        if content is None or submission is None:
            return
        name = say("request_page.receipt_name", name=content.page.pupil.name)
        path = self.ask_where(self.window(), name, say("request_page.receipt_kind"))
        if path is None:
            return

        def read(place: Workplace) -> bytes:
            found = next(each for each in case_pages(place.session.record) if each.submission.id == submission.id)
            return (found.submission.receipt or "").encode()

        save_out(
            self._room,
            self,
            path,
            read,
            what=say("request_page.what_receipt"),
            recipient=content.person,
            purpose=say("request_page.purpose_saved"),
            pupil=content.request.pupil,
            then=lambda: self._room.ways.toast(say("request_page.saved_as", file=path.name)),
            refused=self._failed,
        )

    # ---- within -----------------------------------------------------------------------------------------------------

    def _check_part(self) -> QWidget:
        self._after = holder(row(Icon("lock", "muted"), (Text(say("request_page.after_sending"), "ui", "muted", wrap=True), 1), gap=10))
        self._by_hand = Notice("info", "", Button(say("request_page.to_pack"), "link", press=self._to_pack))
        self._stale = Notice("warning", say("request_page.pack_is_stale"), Button(say("request_page.to_pack"), "link", press=self._to_pack))
        to_sign = Button(say("request_page.to_sign_off"), "link", press=lambda: self.step_wanted.emit("sign_off"))
        self.unsigned = Notice("warning", "", to_sign)
        self._begun = Notice("info", say("request_page.goes_on"))
        return holder(
            col(
                self._begun,
                self._stale,
                self.unsigned,
                self._summary,
                self._by_hand,
                self.form,
                self._after,
                row(self.send, STRETCH),
                gap=16,
            )
        )

    def _to_pack(self) -> None:
        self.step_wanted.emit("pack")

    def _show_summary(self, content: RequestContent, pack: Pack) -> None:
        clear(self._summary)
        page, request = content.page, content.request
        service = page.council.get("service") or {}
        step = self.step_wanted.emit
        told = full_date(request.parents_told_on) if request.parents_told_on else ""
        parents = say("request_page.parents_told", day=told) if told else say("request_page.parents_not_told")
        agree = {True: "agreeing", False: "disagree", None: "open"}[request.parents_agree]
        born = full_date(page.pupil.birth_date) if page.pupil.birth_date else ""
        sha = " ".join(pack.pdf_sha256[start : start + 4] for start in range(0, 16, 4))
        what = say("request_page.sum_pack_words", version=pack.version, pages=pack.pages, size=megabytes(pack.pdf_size))
        where, reach = where_sent(page.form)
        rows = (
            SummaryRow(say("request_page.sum_to"), str(page.council["name"]), detail=str(service.get("name") or "")),
            SummaryRow(say("request_page.sum_where"), where, detail=reach),
            SummaryRow(say("request_page.sum_pupil"), page.pupil.name, detail=say("request_page.born", day=born) if born else ""),
            SummaryRow(say("request_page.sum_purpose"), str(page.form["title"]), detail=str(page.form["legal_basis"])),
            SummaryRow(say("request_page.sum_pack"), what, change=self._to_pack, link=say("request_page.look_at_it")),
            SummaryRow(say("request_page.sum_sha"), say("request_page.sha_begins", sha=sha), detail=say("request_page.sha_note")),
            SummaryRow(say("request_page.sum_sender"), ", ".join(filter(None, (content.person, content.school)))),
            SummaryRow(say("request_page.sum_signed"), sign_off_words(content), change=lambda: step("sign_off")),
            SummaryRow(say("request_page.parents"), parents, detail=say(f"request_page.parents_{agree}"), change=lambda: step("people")),
            SummaryRow(
                say("request_page.evidence"),
                say("request_page.evidence_count", count=len(page.evidence)),
                change=lambda: step("evidence"),
            ),
            SummaryRow(say("request_page.sum_reads"), say("request_page.reads"), detail=say("request_page.reads_note")),
            *(
                SummaryRow(
                    say("request_page.sum_today"),
                    say("request_page.if_today", day=weekday_date(each.due)),
                    detail=f"{each.how}. {each.citation}",
                )
                for each in content.deadlines[:1]
            ),
        )
        for each in rows:
            self._summary.addWidget(each)
        by_connection = starts_clock(page.form)
        self._by_hand.setVisible(not by_connection)
        if not by_connection:
            self._by_hand.say(say("request_page.goes_another_way", how=page.form["send_to"]["words"]))
        for shown in (self.form, self.send, self._after):
            shown.setVisible(by_connection)
        self.unsigned.setVisible(content.sign_off_state != "signed")
        warning = say(f"request_page.warn_sign_off_{'changed' if content.sign_off_state == 'changed' else 'none'}")
        if warning != self.unsigned.accessibleName():
            self.unsigned.say(warning)
        self.send.setEnabled(content.may_send and not self.sending.is_busy)
        self.send.setToolTip("" if content.may_send else why_not("submit"))
        self._stale.setVisible(not content.pack_is_current)
        self._begun.setVisible(content.submission is not None and content.submission.pack == pack.id)

    def _said(self, words: str) -> None:
        pressed = self.send.hasFocus() or self.case.look.hasFocus()
        self.notice.become("info")
        self.notice.say(words)
        self.notice.show()
        if pressed:  # before the button that has the focus is switched off, which would send it anywhere
            self.stop.show()
            self.stop.setFocus(Qt.FocusReason.OtherFocusReason)
        self._be_busy(True)

    def _received(self) -> None:
        self._to_replies = self.stop.hasFocus()
        self._be_busy(False)
        self.notice.hide()

    def _looked(self, count: int) -> None:
        self._end(self.case.look)
        self.notice.hide()
        key = "looked_none" if count == 0 else "looked_one" if count == 1 else "looked_many"
        self.case.say_looked(say(f"request_page.{key}", count=count))

    def _failed(self, message: PlainMessage) -> None:
        self._end(self.send if self.send.isVisible() else self.case.look)
        self.notice.become("warning")
        self.notice.say(explain(message))
        self.notice.show()

    def _end(self, back_to: Button) -> None:
        """What was going on is over; a person who waited at Stop is back at the button that began it."""
        waited = self.stop.hasFocus()
        self.send.setEnabled(self._may_send())
        self.case.look.setEnabled(True)
        if waited:
            back_to.setFocus(Qt.FocusReason.OtherFocusReason)
        self._be_busy(False)

    def _may_send(self) -> bool:
        return self._content is not None and self._content.may_send

    def _be_busy(self, busy: bool) -> None:
        self.send.setEnabled(not busy and self._may_send())
        self.stop.setVisible(busy)
        self.gateway.setEnabled(not busy)
        submission = self._content.submission if self._content else None
        self.case.look.setEnabled(not busy and submission is not None and is_address(submission.gateway))
