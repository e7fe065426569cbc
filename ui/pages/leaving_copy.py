"""A copy of a pupil's record: what is asked about is decided, then the copy is saved where a person says."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from sencoapp import reference
from sencoapp.domain.access import Question
from sencoapp.domain.leaving import Decision
from sencoapp.domain.refusals import PlainMessage
from sencoapp.domain.words import shortened
from sencoapp.services import access
from ui.commands import command
from ui.files import ask_for_folder
from ui.pages.pupil_words import breakable
from ui.pages.save_out import write_out
from ui.pages.sheet_body import SheetBody
from ui.room import Room
from ui.tasks import Job
from ui.widgets import Button, ChipChoice, Choice, Field, Form, Sheet, Text, col, note, panel

say = reference.say
ACTIONS = ("keep", "black_out", "leave_out")
_AROUND = 240
_MOST_AT_ONCE = 40
ask_where = ask_for_folder
"""What asks for the folder; tests put something else here."""


def open_decisions(room: Room, owner: QWidget, request: str) -> None:
    """Opens the sheet on what is still to be decided, or on everything once that is done."""

    def show(review: access.Review) -> None:
        room.ways.show_sheet(DecisionSheet(room, review))

    room.ask(owner, lambda place: access.review(place.session, request), show, replace="decisions")


class _Group(QWidget):
    """The same words asked about for the same reason in several places: decided once."""

    def __init__(self, asked: list[Question], decided: Decision | None, kind_words: Callable[[str], str]) -> None:
        super().__init__()
        self.asked = asked
        first = asked[0]
        why = say(f"access.why_{first.why}")
        words = ", ".join(first.words) or first.around.strip()
        self.action = ChipChoice(f"{why}: {words}", [(each, say(f"leaving_page.action_{each}")) for each in ACTIONS])
        reasons = [(each["id"], each["label"]) for each in reference.data("rules", "access.json")["exemptions"]]
        self.reason = Choice(
            say("leaving_page.because"), reasons, value=decided.exemption if decided and decided.exemption else "third_party"
        )
        if decided:
            self.action.choose(decided.action)
        self._reason = Field(say("leaving_page.because"), self.reason)
        self.action.chosen.connect(self._show_reason)
        where = sorted({kind_words(each.item.split("/")[0]) for each in asked})
        shown = shortened(first.around.strip(), _AROUND, keep_lines=True)
        head = Text(breakable(words), "body", weight=600, wrap=True)
        places = say("leaving_page.places", count=len(asked), where=", ".join(where))
        context = Text(breakable(shown), "ui", wrap=True) if first.words and shown != words else None
        self.setLayout(col(panel(head, note(f"{why} · {places}", wrap=True), context, self.action, self._reason, gap=8, margins=12), gap=0))
        self._show_reason()

    def _show_reason(self) -> None:
        self._reason.setVisible(self.action.value() in ("black_out", "leave_out"))

    def decisions(self) -> list[Decision]:
        chosen = self.action.value()
        if chosen not in ACTIONS:
            return []
        exemption = None if chosen == "keep" else self.reason.value()
        return [Decision(each.item, chosen, each.words if chosen == "black_out" else (), exemption) for each in self.asked]  # type: ignore[arg-type]


class DecisionSheet(Sheet):
    def __init__(self, room: Room, review: access.Review) -> None:
        from sencoapp.services.record_words import kind_words

        self._room, self._request = room, review.request.id
        decided = {each.item: each for each in review.request.decisions}
        groups: dict[tuple[str, tuple[str, ...], str], list[Question]] = {}
        for each in review.open or review.asked:
            groups.setdefault((each.why, each.words, "" if each.words else each.item), []).append(each)
        shown = list(groups.values())[:_MOST_AT_ONCE]
        self.groups = [_Group(each, decided.get(each[0].item), kind_words) for each in shown]
        self.form = Form()
        self.form.add_widget(Text(say("leaving_page.decide_how"), "ui", "muted", wrap=True))
        if len(groups) > len(shown):
            self.form.add_widget(note(say("leaving_page.first_of", shown=len(shown), count=len(groups)), wrap=True))
        for group in self.groups:
            self.form.add_widget(group)
        if not self.groups:
            self.form.add_widget(Text(say("leaving_page.nothing_asked"), "body", wrap=True))
        self.form.end()
        title = say("leaving_page.decide_title")
        self.save_button = Button(say("leaving_page.decide_save"), "primary", tip="Ctrl+Return", press=self.save)
        self.keep_button = Button(say("leaving_page.keep_rest"), "quiet", press=self.keep_rest)
        super().__init__(title, SheetBody(title, self.form, self.save_button, self.keep_button), width=760)
        command(self, say("leaving_page.decide_save"), self.save, "Ctrl+Return", "Ctrl+Enter")

    def keep_rest(self) -> None:
        """What nobody has chosen otherwise is kept."""
        for group in self.groups:
            if not group.action.value():
                group.action.choose("keep")

    def save(self) -> None:
        made = [each for group in self.groups for each in group.decisions()]
        self._room.do(
            self,
            lambda place: access.decide(place.session, self._request, made),
            lambda _: self._saved(),
            self.form.refuse,
            once=True,
        )

    def _saved(self) -> None:
        self.close_sheet()
        self._room.ways.toast(say("leaving_page.decided"))


def give_copy(room: Room, owner: QWidget, request: str, refused: Callable[[PlainMessage], None]) -> None:
    """Asks for a folder, makes the copy, saves its files whole, and notes that it was given."""

    def write(made: access.Copies, folder: Path) -> None:
        files = {"record.pdf": made.pdf, "record.json": made.json, "files.zip": made.files}
        write_out(
            room.desk,
            room.place,
            owner,
            {folder / name: content for name, content in files.items() if content},
            lambda place: access.answer(place.session, request, made),
            lambda _: room.ways.toast(say("leaving_page.given", folder=folder)),
            refused,
        )

    def chosen(folder: Path) -> None:
        job = Job(say("leaving_page.making_copy"), can_stop=False)
        room.ask(
            owner, lambda place: access.copies(place.session, place.documents, request), lambda made: write(made, folder), refused, job=job
        )

    ask_where(owner.window(), say("leaving_page.where_copy"), chosen)
