"""Council forms: every council there is with its forms, their versions and what is to be confirmed; and folders that a school adds."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from sencoapp import council_files
from sencoapp.council_files import AddedCouncils, FileProblem
from sencoapp.domain.dates import full_date
from sencoapp.domain.refusals import PlainMessage
from sencoapp.folders import councils_folder
from sencoapp.reference import explain, say
from sencoapp.services.council_forms import CouncilShown, councils_shown
from sencoapp.services.permissions import may
from ui.files import ask_for_folder
from ui.room import Room
from ui.widgets import Button, Notice, Text, clear, col, flow, holder, note, panel, row


class CouncilsPart(QWidget):
    """Reads the folders aside; nothing of the record is touched."""

    def __init__(self, room: Room) -> None:
        super().__init__()
        self._room = room
        self.ask_for_folder = ask_for_folder
        self._may = may(room.actor, "change_school")
        self.add = Button(say("council_files.add"), icon="plus", press=self.choose_folder)
        self.own = Button(say("own_form.title"), "quiet", press=lambda: room.ways.go("own_forms"))
        self.refused = Notice("warning", "", dismissable=True)
        self.refused.hide()
        self._problems = col(gap=8)
        self._list = col(gap=10)
        if not self._may:
            self.add.hide()
        self.setLayout(
            col(
                Text(say("council_files.about"), "body", wrap=True),
                flow(self.add, self.own, gap=8),
                self.refused,
                holder(self._problems),
                holder(self._list),
                gap=12,
            )
        )

    def ask(self) -> None:
        """Looks again at what lies in the folder of added councils."""
        self._room.aside(self, lambda: council_files.use_added(councils_folder()), self._show, self._refuse)

    def choose_folder(self) -> None:
        """Asks for the folder of one council."""
        self.ask_for_folder(self.window(), say("council_files.add"), self.take_in)

    def take_in(self, chosen: Path) -> None:
        """Proves a folder and takes it into use."""
        self.refused.hide()

        def added(found: AddedCouncils) -> None:
            self._show(found)
            self._room.ways.toast(say("council_files.added", council=chosen.name))

        self._room.aside(self, lambda: council_files.add_council(chosen, councils_folder()), added, self._refuse)

    def _take_away(self, name: str) -> None:
        self.add.setFocus()
        self._room.aside(self, lambda: council_files.remove_council(name, councils_folder()), self._show, self._refuse)

    def _refuse(self, message: PlainMessage) -> None:
        self.refused.say(explain(message))
        self.refused.show()

    def _show(self, found: AddedCouncils) -> None:
        clear(self._problems)
        for each in found.problems:
            self._problems.addWidget(Notice("warning", problem_words(each, found.folder)))
        clear(self._list)
        for council in councils_shown():
            self._list.addWidget(self._card(council))

    def _card(self, council: CouncilShown) -> QWidget:
        away = None
        if council.added and self._may:
            name = say("council_files.take_away_named", council=council.name)
            away = Button(say("council_files.take_away"), "link", name=name, press=partial(self._take_away, council.id))
        head = row((Text(council.name, "ui", weight=600, wrap=True), 1), away, gap=8)
        words = [note(say("council_files.from_school"), wrap=True) if council.added else None]
        words.append(Text(council.confirm, "ui", "muted", wrap=True) if council.confirm else None)
        forms = []
        for each in council.forms:
            theirs = say("council_files.their_version", version=each.council_version or say("council_files.not_known"))
            title = say("council_files.form", title=each.title, version=each.version, theirs=theirs)
            first, last = each.in_force
            if first:
                title += " " + say("council_files.in_force_from", day=full_date(first))
            if last:
                over = last < self._room.app.clock.today()
                title += " " + say("council_files.in_force_ended" if over else "council_files.in_force_to", day=full_date(last))
            forms.append(
                holder(
                    col(Text(title, "ui", wrap=True), note(each.confirm, wrap=True) if each.confirm else None, gap=2, margins=(12, 0, 0, 0))
                )
            )
        return panel(head, *words, *forms, gap=6)


def problem_words(each: FileProblem, folder: Path) -> str:
    """One fault with its file and line, as a sentence."""
    place = each.file.relative_to(folder) if each.file.is_relative_to(folder) else each.file
    return say("council_files.problem", file=str(place), line=each.line, reason=each.reason)
