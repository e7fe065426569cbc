"""The head teacher's sign-off: given here at their own profile, or noted by the SENCO as it was given on paper."""

from PySide6.QtWidgets import QWidget

from sencoapp.app import Workplace
from sencoapp.domain.dates import full_date
from sencoapp.domain.record import Saved
from sencoapp.domain.refusals import PlainMessage
from sencoapp.reference import say
from sencoapp.services.signing_off import OnPaper, sign_off_request, take_back_sign_off
from ui.pages.reading_column import ReadingColumn
from ui.pages.request_content import RequestContent
from ui.room import Room
from ui.widgets import STRETCH, Button, DateField, Field, Form, LineField, Notice, Scroll, Text, col, holder, row, title
from ui.widgets import side_by_side as beside


class SignOffPane(QWidget):
    """Who has signed, whether the request has changed since, and what can be done about it."""

    def __init__(self, room: Room) -> None:
        super().__init__()
        self._room = room
        self._content: RequestContent | None = None
        self.state = Notice("info", "")
        self._lead = Text("", "body", "muted", wrap=True)
        self._left_out = Text("", "body", "muted", wrap=True)
        self.form = Form()
        self.name = LineField()
        self.day = DateField(today=room.app.clock.today(), what=say("request_page.signed_day"), field="signed_on", towards="past")
        self.form.add_widget(
            beside(
                self.form.add("signed_by", Field(say("request_page.signed_name"), self.name), place=False),
                self.form.add("signed_on", Field(say("request_page.signed_day"), self.day), place=False),
            )
        )
        self.sign = Button("", "primary", icon="check", press=self.sign_off)
        self.take_back = Button(say("request_page.take_back_sign_off"), "link", press=self.take_it_back)
        tools = holder(row(self.sign, self.take_back, STRETCH, gap=12))
        head = title(say("request_page.sign_off"))
        column = col(head, self.state, self._lead, self._left_out, self.form, tools, STRETCH, gap=16, margins=(24, 16, 24, 16))
        self.setLayout(col(Scroll(ReadingColumn(column), say("request_page.sign_off")), gap=0))

    def show_content(self, content: RequestContent) -> None:
        """Shows whether the request is signed off; what is being typed stays."""
        before, self._content = self._content, content
        if before is None or before.request.id != content.request.id:
            self.name.setText(content.head_teacher)
            self.day.set_value(None)
            self.form.clear_problems()
        self.state.become("success" if content.sign_off_state == "signed" else "warning")
        words = sign_off_words(content)
        if words != self.state.accessibleName():  # it is read out when it is said
            self.state.say(words)
        open_ = content.may_sign_off
        mine = open_ and content.is_head_teacher
        self.form.setVisible(open_ and not mine)
        self.sign.setVisible(open_ and (not mine or content.sign_off_state != "signed"))
        self.take_back.setVisible(open_ and content.page.signed is not None)
        self._left_out.setText(left_out_words(content))
        self._lead.setVisible(open_)
        self._lead.setText(say("request_page.sign_off_lead" if mine else "request_page.sign_off_lead_paper"))
        self.sign.setText(say("request_page.sign_it_off" if mine else "request_page.note_signature"))
        self.sign.setAccessibleName(self.sign.text())

    def sign_off(self) -> None:
        """Signs as the head teacher, or notes the signature on paper."""
        content = self._content
        if content is None:
            return
        try:
            paper = None if content.is_head_teacher else OnPaper(self.name.text(), self.day.value())
        except PlainMessage as refused:
            self.form.refuse(refused)
            return
        request = content.request.id

        def deed(place: Workplace) -> Saved:
            return sign_off_request(place.session, request, paper)[1]

        self._room.do(self, deed, self._signed, self.form.refuse)

    def take_it_back(self) -> None:
        """The request is no longer signed off; it can be undone."""
        content = self._content
        if content is None:
            return
        request = content.request.id

        def taken(saved: Saved) -> None:
            self._room.ways.toast(say("request_page.sign_off_taken_back"), saved)

        self._room.do(self, lambda place: take_back_sign_off(place.session, request), taken, self.form.refuse)

    def _signed(self, saved: Saved) -> None:
        self.form.clear_problems()
        self._room.ways.toast(say("request_page.sign_off_kept"), saved)


def sign_off_words(content: RequestContent) -> str:
    """ "Signed off by Mr J. Okafor, Head teacher, on 24 November 2026.", or that it is not, or no longer as it stands."""
    signed = content.page.signed
    if signed is None:
        return say("request_page.not_signed_off")
    how = "signed_off_paper" if signed.on_paper else "signed_off"
    words = say(f"request_page.{how}", by=signed.signed_by, role=signed.signed_role.lower(), day=full_date(signed.signed_on))
    return words if content.sign_off_state == "signed" else f"{words} {say('request_page.changed_since_signed')}"


def left_out_words(content: RequestContent) -> str:
    """That confidential evidence is not signed for, by its titles for whoever reads it."""
    titles = [each.title for each in content.page.evidence if each.confidential]
    return say("request_page.sign_off_leaves_out_these", titles="; ".join(titles)) if titles else say("request_page.sign_off_leaves_out")
