"""After sending: the council's receipt, the six weeks that it started, and what the council has said since."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from sencoapp.domain.casework import CaseEvent
from sencoapp.domain.dates import full_date, weekday_date
from sencoapp.domain.deadlines import Deadline, day_of
from sencoapp.reference import say
from sencoapp.services.cases import when_late
from sencoapp.services.requests import DECIDED
from ui.pages.request_content import DECISION_RULE, RequestContent, day_words, decision_of, event_words, moment_words
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
    note,
    panel,
    row,
)


class CasePart(QWidget):
    """Shows a request that the council has received."""

    save_wanted = Signal()
    look_wanted = Signal()
    appeal_wanted = Signal()
    """The parents disagree with a decision: the case with its own dates is wanted."""

    def __init__(self) -> None:
        super().__init__()
        self.receipt = Notice("success", "")
        self._receipt_facts = note("", wrap=True)
        self.save = Button(say("request_page.save_receipt"), "secondary", icon="download", press=self.save_wanted.emit)
        self.look = Button(say("request_page.look"), "secondary", icon="refresh-cw", press=self.look_wanted.emit)
        self._looked = note("")
        self._decision = col(gap=8)
        self.appeal = Button(say("request_page.appeal"), "secondary", icon="landmark", press=self.appeal_wanted.emit)
        self.appeal.hide()
        self._dates = col(gap=8)
        self.events = col(gap=0)
        replies = row(heading(say("request_page.replies")), STRETCH, self._looked, self.look, gap=12)
        self.setLayout(
            col(
                self.receipt,
                self._receipt_facts,
                flow(self.save),
                self._decision,
                flow(self.appeal),
                heading(say("request_page.dates")),
                self._dates,
                replies,
                self.events,
                gap=12,
            )
        )

    def show_content(self, content: RequestContent) -> None:
        """Shows the receipt, the dates and the replies."""
        case, received = content.case, content.received_on
        if case is None or received is None or case.submission.received_at is None:
            return
        submission = case.submission
        moment = moment_words(case.submission.received_at, weekday_date(received))
        sentence = say("request_page.received", moment=moment)
        if self.receipt.accessibleName() != sentence:
            self.receipt.say(sentence)
        self._receipt_facts.setText(
            say("request_page.receipt_facts", submission=submission.id, sha=submission.manifest_sha256[:12], gateway=submission.gateway)
        )
        self.look.setEnabled(is_address(submission.gateway))
        self.look.setToolTip("" if is_address(submission.gateway) else say("request_page.no_address", gateway=submission.gateway))
        clear(self._decision)
        decision = decision_of(case)
        if decision is not None:
            self._decision.addWidget(_decision(decision))
        self.appeal.setVisible(decision is not None and decision.decision == "not_to_assess" and content.may_change)
        clear(self._dates)
        for deadline in content.deadlines:
            self._dates.addWidget(_date(deadline, content, decided=decision is not None))
        clear(self.events)
        for event in reversed(case.events):
            self.events.addWidget(_event(event))
        if not case.events:
            self.events.addWidget(Text(say("request_page.no_replies_yet"), "ui", "muted", wrap=True))

    def say_looked(self, words: str) -> None:
        """What came of looking for replies."""
        self._looked.setText(words)


def is_address(gateway: str) -> bool:
    """Whether this is an address on a network; the demo school's is not."""
    return gateway.startswith(("https://", "http://"))


def _decision(decision: CaseEvent) -> Notice:
    kind = "success" if decision.decision == "assess" else "warning"
    day = weekday_date(decision.at.astimezone().date())
    return Notice(kind, say("request_page.decided_on", words=event_words(decision), day=day))  # type: ignore[arg-type]


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
    letter = f"{say('request_page.letter_counts')} " if deadline.trigger == DECIDED else ""
    source = note(f"{letter}{_sentence(deadline.how)}. {deadline.citation}", wrap=True)
    late = when_late(deadline.rule) if where.late_by and not over else ""
    excuse = note(deadline.exception, wrap=True) if deadline.exception else None
    return panel(head, clock, by, source, excuse, Text(late, "ui", wrap=True) if late else None, gap=4, margins=(14, 10, 14, 10))


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
