"""One row of "What's missing": what was found, why it matters, the way to put it right, or why it does not apply."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from sencoapp.app import Workplace
from sencoapp.domain.readiness import Finding
from sencoapp.domain.record import Saved
from sencoapp.domain.refusals import PlainMessage
from sencoapp.reference import say
from sencoapp.services.requests import explain_gap, unexplain_gap
from ui.pages.pupil_words import breakable
from ui.room import Room
from ui.widgets import STRETCH, Button, Field, Form, Icon, Text, TextArea, col, flow, holder, note, row

_ICONS = {"present": ("circle-check", "success"), "missing": ("circle-dashed", "warning"), "explained": ("circle-dot", "info")}


class FindingRow(QWidget):
    """``fix_wanted`` is sent when Fix is pressed; the row shows itself anew with ``show_finding``."""

    fix_wanted = Signal()

    def __init__(self, room: Room, request: str, finding: Finding) -> None:
        super().__init__()
        self._room, self._request, self._finding = room, request, finding
        self._icon = Icon("", "muted", 18)
        self._title = Text("", "ui", weight=600, wrap=True)
        self._sentence = note("", wrap=True)
        self.confirm = note("", wrap=True)
        self._confirm = holder(row(col(Icon("circle-question-mark", "info", 14), STRETCH), (self.confirm, 1), gap=6))
        self._mends = note("", wrap=True)
        self._reason = Text("", "ui", wrap=True)
        self._why = note("", wrap=True)
        self._why.hide()
        self.fix = Button(say("request_page.fix"), "link", press=self.fix_wanted.emit)
        self.why = Button(say("request_page.why"), "link", press=self._turn_why)
        self.explain = Button(say("request_page.does_not_apply"), "link", press=self._open_reason)
        self.take_back = Button(say("request_page.take_reason_away"), "link", press=self._take_back)
        self.reason = _Reason(room, finding.title, self._keep_reason)
        self._links = flow(self.fix, self.explain, self.take_back, self.why, gap=14)
        body = col(self._title, self._sentence, self._confirm, self._mends, self._reason, self._links, self._why, self.reason, gap=2)
        self.setLayout(row(col(self._icon, STRETCH), (body, 1), gap=8, margins=(0, 2, 0, 6)))
        self.reason.hide()
        self.show_finding(finding)

    def show_finding(self, finding: Finding, *, can_change: bool = True) -> None:
        """Shows what was found."""
        self._finding = finding
        name, tone = _ICONS.get(finding.state, ("triangle-alert", "danger"))
        state = say(f"request_page.finding_{finding.state}")
        self._icon.show_icon(name, tone)
        self._icon.setToolTip(state)
        self.setAccessibleName(" ".join(filter(None, (f"{state}: {finding.title}. {finding.sentence}", finding.confirm))))
        self._title.setText(breakable(finding.title))
        self._title.setAccessibleName(f"{state}: {finding.title}")
        self._sentence.setText(breakable(finding.sentence))
        self.confirm.setText(say("request_page.to_confirm", what=breakable(finding.confirm)) if finding.confirm else "")
        self._confirm.setVisible(bool(finding.confirm))
        self._mends.setText(say(f"request_page.mends_{finding.who}"))
        self._mends.setVisible(finding.state in ("missing", "blocking"))
        self._reason.setText(say("request_page.explained_by", reason=breakable(finding.reason)) if finding.reason else "")
        self._reason.setVisible(bool(finding.reason))
        self._why.setText(say("request_page.why_words", why=finding.why, fix=finding.fix_words))
        present = finding.state == "present"
        own_reason = finding.state == "explained"
        self._name(self.fix, "fix_named", finding.fix_words)
        self._name(self.why, "why_named", finding.title)
        self._name(self.explain, "does_not_apply_named", finding.title)
        self._name(self.take_back, "take_reason_away_named", finding.title)
        self.fix.setVisible(not present and can_change)
        self.explain.setVisible(finding.state == "missing" and can_change)
        self.take_back.setVisible(own_reason and can_change)
        self.why.setVisible(True)
        if finding.state != "missing":
            self.reason.hide()

    @staticmethod
    def _name(button: Button, key: str, what: str) -> None:
        words = say(f"request_page.{key}", what=what)
        button.setAccessibleName(words)
        button.setToolTip(words)

    def _turn_why(self) -> None:
        self._why.setVisible(not self._why.isVisibleTo(self))

    def _open_reason(self) -> None:
        draft = _draft_name(self._request, self._finding.check)
        self._room.ask(
            self, lambda place: place.session.record.draft(draft), lambda kept: self._show_reason(str((kept or {}).get("text", "")))
        )

    def _show_reason(self, words: str) -> None:
        self.reason.begin(_draft_name(self._request, self._finding.check), words)
        self.reason.show()
        self.reason.text.setFocus()

    def _keep_reason(self, words: str) -> None:
        request, check = self._request, self._finding.check

        def deed(place: Workplace) -> Saved:
            saved = explain_gap(place.session, request, check, words)
            place.session.record.drop_draft(_draft_name(request, check))
            return saved

        self._room.do(self, deed, lambda _: self.reason.hide(), self.reason.refuse)

    def _take_back(self) -> None:
        request, check = self._request, self._finding.check

        def done(saved: Saved) -> None:
            self._room.ways.toast(say("request_page.reason_taken_away"), saved)

        self._room.do(self, lambda place: unexplain_gap(place.session, request, check), done)


class _Reason(QWidget):
    """Where the reason is written."""

    def __init__(self, room: Room, title: str, keep: Callable[[str], object]) -> None:
        super().__init__()
        self._room = room
        self._draft = ""
        self.text = TextArea(say("request_page.reason_named", what=title), lines=2, most_lines=6)
        self.text.settled.connect(self._keep_draft)
        self.form = Form(wide=True, gap=8)
        self.form.add("reason", Field(say("request_page.reason"), self.text))
        self.save = Button(say("request_page.keep_reason"), "secondary", press=lambda: keep(self.text.words()))
        cancel = Button(say("request_page.cancel"), "quiet", press=self.hide)
        self.setLayout(col(self.form, flow(self.save, cancel), gap=6))

    def begin(self, draft: str, words: str) -> None:
        self._draft = draft
        self.text.set_words(words)
        self.form.clear_problems()

    def refuse(self, message: PlainMessage) -> None:
        self.form.refuse(message)

    def _keep_draft(self, words: str) -> None:
        draft = self._draft
        if draft and self.isVisible():
            self._room.ask(self, lambda place: place.session.record.keep_draft(draft, {"text": words}), lambda _: None)


def _draft_name(request: str, check: str) -> str:
    return f"gap {request} {check}"
