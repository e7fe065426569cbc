"""After sending: the council's receipt, the six weeks that it started, and what the council has said since."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from sencoapp.domain.casework import CaseEvent
from sencoapp.domain.dates import full_date, weekday_date
from sencoapp.domain.deadlines import Deadline, day_of
from sencoapp.reference import say
from sencoapp.services.cases import when_late
from sencoapp.services.request_cases import Standing
from sencoapp.services.requests import DECIDED
from sencoapp.services.submissions import CasePage
from ui.pages.request_content import DECISION_RULE, RequestContent, day_words, decision_words, event_words, moment_words
from ui.widgets import (
    STRETCH,
    Button,
    Clock,
    ClockMark,
    Icon,
    Notice,
    Rule,
    Surface,
    Text,
    clear,
    col,
    flow,
    heading,
    holder,
    note,
    panel,
    row,
)
from ui.widgets.notice import NoticeKind

_GLAD = ("assess", "granted", "partly")


class CasePart(QWidget):
    """Shows a request that has gone to the council."""

    save_wanted = Signal()
    look_wanted = Signal()
    appeal_wanted = Signal()
    """The parents disagree with a decision: the case with its own dates is wanted."""
    change_wanted = Signal()
    """How it went is to be corrected."""
    decided_wanted = Signal()
    case_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.receipt = Notice("success", "")
        self._receipt_facts = note("", wrap=True)
        self.save = Button(say("request_page.save_receipt"), "secondary", icon="download", press=self.save_wanted.emit)
        self.change = Button(say("request_page.went_change"), "secondary", icon="pencil", press=self.change_wanted.emit)
        self.decided = Button(say("cases.council_decided"), "secondary", icon="flag", press=self.decided_wanted.emit)
        self.to_case = Button(say("request_page.to_case"), "secondary", icon="landmark", press=self.case_wanted.emit)
        self.look = Button(say("request_page.look"), "secondary", icon="refresh-cw", press=self.look_wanted.emit)
        self._looked = note("")
        self._decision = col(gap=8)
        self.appeal = Button(say("request_page.appeal"), "secondary", icon="landmark", press=self.appeal_wanted.emit)
        self.appeal.hide()
        self._dates = col(gap=8)
        self.events = col(gap=0)
        self._dates_title = heading(say("request_page.dates"))
        self._replies = holder(row(heading(say("request_page.replies")), STRETCH, self._looked, self.look, gap=12))
        self.setLayout(
            col(
                self.receipt,
                self._receipt_facts,
                flow(self.save, self.decided, self.to_case, self.change),
                self._decision,
                flow(self.appeal),
                self._dates_title,
                self._dates,
                self._replies,
                self.events,
                gap=12,
            )
        )

    def show_content(self, content: RequestContent) -> None:
        """Shows how it went, the dates, the decision and the replies."""
        standing, case = content.standing, content.case
        connected = case is not None and case.submission.received_at is not None
        if case is not None and connected:
            self._show_receipt(case)
        else:
            self._show_way(content)
        for each in (self.save, self._replies):
            each.setVisible(connected)
        has_case = standing.case is not None or (content.has_gone and content.may_change)
        self.change.setVisible(content.may_tell_how_it_went)
        self.decided.setVisible(has_case and content.may_change and content.request.state != "withdrawn")
        self.to_case.setVisible(has_case)
        clear(self._decision)
        if standing.decision:
            self._decision.addWidget(_decision(standing))
        self.appeal.setVisible(standing.decision == "not_to_assess" and standing.decided_on is not None and content.may_change)
        clear(self._dates)
        for deadline in content.deadlines:
            self._dates.addWidget(_date(deadline, content, decided=standing.decision is not None))
        self._dates_title.setVisible(bool(content.deadlines))
        clear(self.events)
        events = case.events if case is not None and connected else ()
        for event in reversed(events):
            self.events.addWidget(_event(event))
        if connected and not events:
            self.events.addWidget(Text(say("request_page.no_replies_yet"), "ui", "muted", wrap=True))

    def _show_receipt(self, case: CasePage) -> None:
        submission = case.submission
        assert submission.received_at is not None  # a receipt is shown once there is one
        moment = moment_words(submission.received_at, weekday_date(submission.received_at.astimezone().date()))
        self._say("success", say("request_page.received", moment=moment))
        self._receipt_facts.setText(
            say("request_page.receipt_facts", submission=submission.id, sha=submission.manifest_sha256[:12], gateway=submission.gateway)
        )
        self.look.setEnabled(is_address(submission.gateway))
        self.look.setToolTip("" if is_address(submission.gateway) else say("request_page.no_address", gateway=submission.gateway))

    def _show_way(self, content: RequestContent) -> None:
        """How it went without a connection, and whether it is known when the council received it."""
        standing, sent = content.standing, content.standing.sent
        went = say(f"request_page.went_by_{sent.how}", day=weekday_date(sent.sent_on)) if sent else ""
        counts = bool(content.deadlines)
        if standing.received_on is not None:
            got = say("request_page.received", moment=weekday_date(standing.received_on))
        else:
            got = say("request_page.receipt_not_known") if counts else ""
        self._say("success" if standing.received_on or not counts else "info", " ".join(filter(None, (f"{went}." if went else "", got))))
        pack = next((each for each in content.page.packs if sent and each.id == sent.pack), None)
        number = standing.case.reference if standing.case else None
        facts = (
            say("request_page.went_to", address=sent.sent_to) if sent and sent.sent_to else "",
            say("request_page.went_version", version=pack.version, sha=pack.pdf_sha256[:12]) if pack else "",
            say("request_page.went_without") if sent and pack is None else "",
            say("request_page.went_number", number=number) if number else "",
        )
        self._receipt_facts.setText(" ".join(filter(None, facts)))

    def _say(self, kind: NoticeKind, words: str) -> None:
        self.receipt.become(kind)
        if self.receipt.accessibleName() != words:
            self.receipt.say(words)

    def say_looked(self, words: str) -> None:
        """What came of looking for replies."""
        self._looked.setText(words)


def is_address(gateway: str) -> bool:
    """Whether this is an address on a network; the demo school's is not."""
    return gateway.startswith(("https://", "http://"))


def _decision(standing: Standing) -> Notice:
    kind: NoticeKind = "success" if standing.decision in _GLAD else "warning"
    words = decision_words(standing)
    if standing.decided_on is None:
        return Notice(kind, f"{words}.")
    return Notice(kind, say("request_page.decided_on", words=words, day=weekday_date(standing.decided_on)))


def _date(deadline: Deadline, content: RequestContent, *, decided: bool) -> Surface:
    """A statutory date with its clock, its rule and the way it was counted."""
    where = day_of(deadline, content.today)
    over = decided and deadline.rule == DECISION_RULE
    words = say("request_page.date_kept") if over else day_words(deadline, content.today)
    head = row(
        (Text(deadline.label, "ui", weight=600, wrap=True), 1), Text(words, "ui", "danger" if where.late_by and not over else "text")
    )
    clock = None
    if deadline.rule == DECISION_RULE and not over:
        mark = ClockMark(where.of, full_date(deadline.due))
        clock = Clock(f"{deadline.label}: {words}", day=where.day, last=where.of, marks=(mark,), late=bool(where.late_by))
    by = Text(say("request_page.by_weekday", day=weekday_date(deadline.due)), "ui", wrap=True)
    letter = f"{say('request_page.letter_counts')} " if deadline.trigger == DECIDED and _told_by_connection(content) else ""
    source = note(f"{letter}{_sentence(deadline.how)}. {deadline.citation}", wrap=True)
    late = when_late(deadline.rule) if where.late_by and not over else ""
    excuse = note(deadline.exception, wrap=True) if deadline.exception else None
    return panel(head, clock, by, source, excuse, Text(late, "ui", wrap=True) if late else None, gap=4, margins=(14, 10, 14, 10))


def _told_by_connection(content: RequestContent) -> bool:
    """Whether the day of the decision is that of a reply, and not that of the letter, which somebody entered."""
    days = [each.at.astimezone().date() for each in content.case.events if each.decision] if content.case else []
    return content.standing.decided_on in days


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _event(event: CaseEvent) -> QWidget:
    icons = {"decision_issued": "flag", "information_requested": "circle-question-mark", "message": "message-circle"}
    words = Text(event_words(event), "ui", weight=600, wrap=True)
    said = Text(event.text, "body", wrap=True, selectable=True) if event.text else None
    when = note(moment_words(event.at, weekday_date(event.at.astimezone().date())), wrap=True)
    line = QWidget()
    icon = Icon(icons.get(event.kind, "clock"), "muted")
    line.setLayout(col(row(col(icon, STRETCH), (col(words, said, when, gap=2), 1), gap=12, margins=(0, 10, 0, 10)), Rule(), gap=0))
    line.setAccessibleName(f"{words.text()}. {event.text or ''} {when.text()}")
    return line
