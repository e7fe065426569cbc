"""How one session went: ran, short or missed for all; then, one tap a pupil, who was not there."""

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from sencoapp import reference
from sencoapp.app import Workplace
from sencoapp.domain.delivery import SessionMark, SessionResult
from sencoapp.domain.record import Saved
from sencoapp.domain.refusals import PlainMessage
from sencoapp.services import delivery as services
from sencoapp.services.delivery import Caution, DaySession
from sencoapp.services.permissions import may_save
from ui.pages.session_words import cautions_words, minutes_below, state_words, title_words, wording
from ui.room import Room
from ui.widgets import STRETCH, Button, ChipChoice, Choice, Notice, Text, clear, col, holder, note, row

T = TypeVar("T")

EXCEPTIONS: tuple[SessionResult, ...] = ("absent", "left_early", "not_due")


class SessionTick(QWidget):
    """``show_session`` shows one; a press saves, and the page shows anew what was saved."""

    def __init__(self, room: Room, owner: QObject) -> None:
        super().__init__()
        self._room, self._owner = room, owner
        self._shown: DaySession | None = None
        self._day = date.min
        self._asking = ""
        self._may = may_save(room.actor, SessionMark)
        self._name = Text("", "heading", wrap=True)
        self.ran = Button(wording("ran"), "primary", icon="check", press=self.say_ran)
        self.short = Button(wording("short"), "secondary", icon="clock", press=self.ask_short)
        self.missed = Button(wording("missed"), "secondary", icon="x", press=self.ask_missed)
        self.adults = Choice(wording("adults"), [("1", wording("adults_one"))])
        self.adults.offer([(str(n), wording("adults_one" if n == 1 else "adults_many", count=n)) for n in range(1, 7)], "1")
        self._label = note("")
        self.how = ChipChoice(wording("how_long"), [])
        self._asked = holder(col(self._label, self.how, gap=4))
        self.as_what = ChipChoice(wording("mark_as"), [(each, wording(f"mark_{each}")) for each in EXCEPTIONS], none_allowed=False)
        self.as_what.choose("absent")
        self.left_after = Choice(wording("left_after"), [])
        self.pupils = ChipChoice(wording("pupils"), [], several=True)
        marking = row(note(wording("mark_as")), (self.as_what, 1), self.left_after, gap=12)
        self._exceptions = holder(col(marking, self.pupils, gap=6))
        self._problem = col(gap=0)
        buttons = row(self.ran, self.short, self.missed, self.adults, STRETCH, gap=8)
        self.setLayout(col(self._problem, self._name, buttons, self._asked, self._exceptions, gap=8))
        self._asked.hide()
        self._exceptions.hide()
        self.how.chosen.connect(self._answered)
        self.pupils.chosen.connect(self._mark)
        self.as_what.chosen.connect(self._show_left_after)
        self.adults.chosen.connect(self._adults_chosen)

    def show_session(self, shown: DaySession | None, day: date) -> None:
        """Shows a session and its state; a question that was open for it stays open."""
        if shown is None or self._shown is None or (shown.key, day) != (self._shown.key, self._day):
            self._asking = ""
            clear(self._problem)
        self._shown, self._day = shown, day
        self.setEnabled(shown is not None and self._may)
        self._name.setText(wording("choose") if shown is None else f"{title_words(shown)}: {state_words(shown)}")
        mark = shown.of_all if shown else None
        self.adults.choose(str(mark.adults if mark else min(shown.adults, 6) if shown else 1))
        self._asked.setVisible(bool(self._asking))
        held = mark is not None and mark.result != "missed"
        self._exceptions.setVisible(held)
        if shown is not None and mark is not None and held:
            self.pupils.offer([(each.pupil, _pupil_words(each.name, each.mark)) for each in shown.pupils])
            self.pupils.choose(*(each.pupil for each in shown.pupils if each.mark and each.mark.result in EXCEPTIONS))
            half = min(
                (value for value, _ in minutes_below(mark.session_minutes)),
                key=lambda v: abs(2 * int(v) - mark.session_minutes),
                default="",
            )
            self.left_after.offer(minutes_below(mark.session_minutes), self.left_after.value() or half)
        self._show_left_after()

    def say_ran(self) -> None:
        self._tick("ran")

    def ask_short(self) -> None:
        """Offers the lengths; the one that is pressed is saved."""
        if self._shown is not None:
            self._ask("short", wording("how_long"), minutes_below(self._shown.provision.minutes))

    def ask_missed(self) -> None:
        """Offers the reasons; the one that is pressed is saved."""
        self._ask("missed", wording("why_missed"), [(each, wording(f"reason_{each}")) for each in services.reasons()])

    # ---- within -----------------------------------------------------------------------------------------------------

    def _ask(self, what: str, label: str, options: list[tuple[str, str]]) -> None:
        if self._shown is None:
            return
        self._asking = what
        self._label.setText(label)
        self.how.setAccessibleName(label)
        self.how.offer(options)
        self.how.choose()
        self._asked.show()
        self.how.setFocus()

    def _answered(self) -> None:
        value = self.how.value()
        if not value:
            return
        if self._asking == "short":
            self._tick("short", minutes=int(value))
        elif self._asking == "missed":
            self._tick("missed", reason=value)

    def _adults_chosen(self) -> None:
        """Changes a session that is ticked; one that is not waits for its tick."""
        mark = self._shown.of_all if self._shown else None
        if mark is None or mark.result == "missed" or self._shown is None:
            return
        short = mark.session_minutes < self._shown.provision.minutes
        self._tick("short" if short else "ran", minutes=mark.session_minutes if short else None)

    def _tick(self, result: SessionResult, *, minutes: int | None = None, reason: str | None = None) -> None:
        shown, day = self._shown, self._day
        if shown is None:
            return
        adults = int(self.adults.value() or "1")
        self._asking = ""

        def deed(place: Workplace) -> tuple[tuple[Caution, ...], Saved]:
            return services.tick_session(
                place.session, shown.provision.id, day, result, minutes=minutes, reason=reason, number=shown.number, adults=adults
            )

        self._do(deed, lambda answer: self._ticked(shown, result, answer))

    def _ticked(self, shown: DaySession, result: SessionResult, answer: tuple[tuple[Caution, ...], Saved]) -> None:
        words = wording("ticked", title=title_words(shown), state=wording(f"result_{result}"))
        said = cautions_words(answer[0])
        self._room.ways.toast(f"{words}. {said}" if said else words, answer[1])

    def _mark(self) -> None:
        shown, day = self._shown, self._day
        if shown is None:
            return
        now = set(self.pupils.values())
        changed = next((each for each in shown.pupils if (each.pupil in now) != _is_away(each.mark)), None)
        if changed is None:
            return
        result = self._wanted() if changed.pupil in now else "ran"
        minutes = int(self.left_after.value()) if result == "left_early" and self.left_after.value() else None

        def deed(place: Workplace) -> Saved:
            return services.mark_pupil(place.session, shown.provision.id, day, changed.pupil, result, minutes=minutes, number=shown.number)

        words = wording("marked", name=changed.name, how=wording(f"result_{result}"))
        self._do(deed, lambda saved: self._room.ways.toast(words, saved))

    def _do(self, deed: Callable[[Workplace], T], then: Callable[[T], None]) -> None:
        clear(self._problem)
        self._room.do(self, deed, then, self._refused)

    def _refused(self, message: PlainMessage) -> None:
        clear(self._problem)
        self._problem.addWidget(Notice("warning", reference.explain(message)))
        self.show_session(self._shown, self._day)

    def _wanted(self) -> SessionResult:
        return next((each for each in EXCEPTIONS if each == self.as_what.value()), "absent")

    def _show_left_after(self) -> None:
        self.left_after.setVisible(self.as_what.value() == "left_early")


def _is_away(mark: SessionMark | None) -> bool:
    return mark is not None and mark.result in EXCEPTIONS


def _pupil_words(name: str, mark: SessionMark | None) -> str:
    if mark is None or mark.result not in EXCEPTIONS:
        return name
    how = wording(f"result_{mark.result}").lower()
    return wording("pupil_marked", name=name, how=f"{how}, {wording('minutes', count=mark.minutes)}" if mark.minutes else how)
