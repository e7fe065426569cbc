"""What's missing: the law, this council, good practice, never mixed. It advises; only what cannot be sent at all blocks."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from sencoapp.domain.readiness import Finding
from sencoapp.reference import say
from ui.pages.keyed import KeyedColumn
from ui.pages.reading_column import ReadingColumn
from ui.pages.request_content import RequestContent
from ui.pages.request_finding import FindingRow
from ui.room import Room
from ui.widgets import STRETCH, Button, Notice, Rule, Scroll, Surface, Text, Voice, clear, col, heading, note, row
from ui.widgets.voice import VoiceKind

_VOICES: tuple[VoiceKind, ...] = ("law", "council", "practice")
_ORDER = {"blocking": 0, "missing": 1, "explained": 2, "present": 3}


class MissingPanel(Surface):
    """``fix_wanted`` carries a finding whose Fix was pressed."""

    fix_wanted = Signal(object)
    rows_changed = Signal()

    def __init__(self, room: Room) -> None:
        self._room = room
        self._sentence = Text("", "ui", wrap=True)
        self._blockers = col(gap=6)
        self._voices = {kind: _VoicePart(kind) for kind in _VOICES}
        parts: list[QWidget] = []
        for part in self._voices.values():
            parts += [Rule(), part]
        column = col(
            heading(say("request_page.missing")), self._sentence, self._blockers, *parts, STRETCH, gap=10, margins=(16, 14, 12, 16)
        )
        self.pane = Scroll(ReadingColumn(column), say("request_page.missing"))
        super().__init__("side", col(self.pane, gap=0))
        for part in self._voices.values():
            part.turned.connect(self.rows_changed)
        self._request = ""
        self.setAccessibleName(say("request_page.missing"))

    def show_content(self, content: RequestContent) -> None:
        """Shows the findings of a request, what is open first."""
        if content.request.id != self._request:
            self._request = content.request.id
            for part in self._voices.values():
                part.begin(self._room, self._request, self.fix_wanted.emit)
        state = content.page.readiness
        self._sentence.setText(state.sentence)
        clear(self._blockers)
        for blocker in state.blockers:
            self._blockers.addWidget(self._blocker(blocker))
        for kind, part in self._voices.items():
            part.show_findings([each for each in state.findings if each.voice == kind], can_change=content.is_open)
        self._voices["law"].say_no_grounds(content.page.form["law_notes"])

    def rows(self) -> dict[str, FindingRow]:
        """The rows in sight by the id of their check."""
        return {check: found for part in self._voices.values() for check, found in part.rows().items()}

    def _blocker(self, finding: Finding) -> Notice:
        fix = Button(say("request_page.fix"), "link", name=say("request_page.fix_named", what=finding.fix_words))
        fix.clicked.connect(lambda: self.fix_wanted.emit(finding))
        return Notice("danger", finding.sentence, fix)


class _VoicePart(QWidget):
    """What one voice says: what is open and what is explained, and behind a link what is there."""

    turned = Signal()

    def __init__(self, kind: VoiceKind) -> None:
        super().__init__()
        self._kind = kind
        self._layout = col(gap=6)
        self.setLayout(self._layout)
        self._column: KeyedColumn[tuple[Finding, bool], FindingRow] | None = None
        self._all = kind == "law"
        self._findings: Sequence[Finding] = ()
        self._can_change = True
        self._no_grounds = col(gap=2)
        self._told: Sequence[Mapping[str, Any]] = ()
        self._more = Button("", "link", press=self._turn)
        self._more.setParent(self)
        self._more.hide()

    def begin(self, room: Room, request: str, fix: Callable[[Finding], object]) -> None:
        def made(value: tuple[Finding, bool]) -> FindingRow:
            found = FindingRow(room, request, value[0])
            found.show_finding(value[0], can_change=value[1])
            check = value[0].check
            found.fix_wanted.connect(lambda: fix(self._finding(check)))
            return found

        self._column = KeyedColumn(made, lambda found, value: found.show_finding(value[0], can_change=value[1]), gap=6)
        self._said = ""
        self._all = self._kind == "law"

    def show_findings(self, findings: Sequence[Finding], *, can_change: bool) -> None:
        assert self._column is not None
        self._findings, self._can_change = findings, can_change
        missing = sum(each.state == "missing" for each in findings)
        self.setVisible(bool(findings))
        words = say(f"request_page.open_{self._kind}", count=missing) if missing else say("request_page.open_none")
        if words != self._said:
            # The head of a voice is made with its count, so it is made again around the same rows.
            self._said = words
            self._column.setParent(self)
            self._more.setParent(self)
            clear(self._layout)
            self._no_grounds = col(gap=2)
            self._told = ()
            parts = col(self._column, row(self._more, STRETCH), self._no_grounds, gap=2)
            self._layout.addWidget(Voice(self._kind, parts, count=words))
        self._show()

    def say_no_grounds(self, notes: Sequence[Mapping[str, Any]]) -> None:
        """What is no ground in law for refusing to assess, with its source: it stands with the law and is no gap."""
        told = [each for each in notes if each.get("about") == "refusal"]
        if told == self._told:
            return
        self._told = told
        clear(self._no_grounds)
        for each in told:
            self._no_grounds.addWidget(Text(say("request_page.no_ground"), "ui", weight=600, wrap=True))
            self._no_grounds.addWidget(note(each["sentence"], wrap=True))
            self._no_grounds.addWidget(note(each["citation"], wrap=True))

    def rows(self) -> dict[str, FindingRow]:
        found = {}
        for each in self._findings:
            shown = self._column.widget(each.check) if self._column is not None else None
            if shown is not None:
                found[each.check] = shown
        return found

    def _finding(self, check: str) -> Finding:
        return next(each for each in self._findings if each.check == check)

    def _turn(self) -> None:
        self._all = not self._all
        self._show()
        self.turned.emit()

    def _show(self) -> None:
        assert self._column is not None
        shown = sorted((each for each in self._findings if self._all or each.state != "present"), key=lambda each: _ORDER[each.state])
        self._column.show_things((each.check, (each, self._can_change)) for each in shown)
        there = sum(each.state == "present" for each in self._findings)
        self._more.setText(say("request_page.hide_present" if self._all else "request_page.show_present", count=there))
        self._more.setAccessibleName(self._more.text())
        self._more.setVisible(there > 0 and self._kind != "law")
