"""Backups that happen by themselves, as Settings show them: where they go, how they stand, what is wrong and what to do."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from sencoapp import reference
from sencoapp.app import BackupErrand, BackupState, Workplace
from sencoapp.domain.refusals import PlainMessage
from sencoapp.services.beginning import school
from sencoapp.services.permissions import may, why_not
from ui.dates import clock, nearby
from ui.files import ask_for_folder
from ui.pages.facts import told
from ui.room import Room
from ui.tasks import Job, Lane
from ui.widgets import STRETCH, Button, Notice, Text, clear, col, heading, note, panel, row
from ui.widgets.announce import announce


class BackupsPart(QWidget):
    """One panel. ``ask`` looks again; the folder may be a drive that is slow, so it is looked at on a thread of its own."""

    def __init__(self, room: Room) -> None:
        super().__init__()
        self.room = room
        self.folder_button = Button(reference.say("settings.choose_backup_folder"), "primary", icon="download", press=self.choose_folder)
        self.now_button = Button(reference.say("settings.back_up_now"), icon="refresh-cw", press=self.back_up_now)
        self.none_button = Button(reference.say("settings.no_backup_folder"), "link", press=lambda: self.use_folder(None))
        self.none_button.hide()
        self._state = col(gap=8)
        self._said = col(gap=8)
        self.setLayout(
            col(
                panel(
                    heading(reference.say("settings.own_backups")),
                    Text(reference.say("settings.own_backups_why"), "body", wrap=True),
                    self._state,
                    self._said,
                    row(self.folder_button, self.now_button, self.none_button, STRETCH),
                    note(_rule_in_words(), wrap=True),
                    gap=12,
                    margins=20,
                )
            )
        )

    def ask(self) -> None:
        """Looks how it stands."""
        clear(self._said)

        def read(place: Workplace) -> tuple[BackupErrand, bool]:
            return place.backups.errand(), school(place.session.record).demo or False

        self.room.ask(self, read, lambda found: self._look(*found), replace="state")

    def _look(self, errand: BackupErrand, demo: bool) -> None:
        allowed = may(self.room.place.session.actor, "back_up")
        self.folder_button.setEnabled(allowed and not demo)
        self.folder_button.setToolTip("" if allowed else why_not("back_up"))
        self.now_button.setEnabled(not demo)
        for each in (self.folder_button, self.now_button):
            each.setVisible(not demo)
        if demo:
            clear(self._state)
            self._state.addWidget(Notice("info", reference.say("settings.demo_has_no_backups")))
            return
        self.room.desk.query(self, errand.look, self.show_state, replace="look", lane=Lane.BACKUPS)

    def show_state(self, state: BackupState) -> None:
        say = reference.say
        clear(self._state)
        today = self.room.app.clock.today()
        folder = str(state.chosen) if state.chosen else say("settings.only_on_laptop")
        last = f"{nearby(state.last.astimezone().date(), today)}, {clock(state.last)}" if state.last else say("settings.no_backup_yet")
        counts = [say("settings.kept_on_laptop", count=len(state.on_laptop))]
        if state.chosen and (state.in_chosen or state.problem is None):  # how many lie in a folder that is away nobody knows
            counts.insert(0, say("settings.kept_in_folder", count=len(state.in_chosen)))
        pairs = ((say("settings.backup_folder"), folder), (say("settings.last_backup"), last), (say("settings.kept"), ", ".join(counts)))
        self._state.addWidget(told(pairs))
        behind = state.chosen is not None and state.on_laptop and state.on_laptop[-1] not in state.in_chosen
        if state.problem is not None:
            self._state.addWidget(Notice("warning", reference.explain(state.problem)))
        elif state.chosen is None:
            self._state.addWidget(Notice("warning", say("settings.choose_one")))
        elif behind:
            self._state.addWidget(Notice("info", say("settings.copy_is_waiting")))
        self.folder_button.setText(say("settings.change_backup_folder" if state.chosen else "settings.choose_backup_folder"))
        self.none_button.setVisible(state.chosen is not None and may(self.room.place.session.actor, "back_up"))

    # ---- changing it ------------------------------------------------------------------------------------------------

    def choose_folder(self) -> None:
        ask_for_folder(self, reference.say("settings.where_backups_go"), self.use_folder)

    def use_folder(self, folder: Path | None) -> None:
        """From now on backups are copied there, beginning with one of now."""

        def change(place: Workplace) -> BackupErrand:
            place.choose_backup_folder(folder)
            return place.backups.keep(now=folder is not None)

        self._begin(change)

    def back_up_now(self) -> None:
        self._begin(lambda place: place.backups.keep(now=True))

    def _begin(self, deed: Callable[[Workplace], BackupErrand]) -> None:
        self._be_busy(True)
        clear(self._said)
        job = Job(reference.say("settings.backing_up"), can_stop=False)
        self.room.ask(self, deed, self._copy, self._refused, job=job)

    def _copy(self, errand: BackupErrand) -> None:
        job = Job(reference.say("settings.copying_backup"), can_stop=False)
        self.room.desk.query(self, errand.copy, self._copied, self._refused, lane=Lane.BACKUPS, job=job)

    def _copied(self, state: BackupState) -> None:
        self._be_busy(False)
        self.show_state(state)
        if state.problem is None:
            words = reference.say("settings.backup_is_there", folder=state.chosen or state.laptop)
            self._said.addWidget(Notice("success", words, dismissable=True))
            announce(words, self.folder_button)
        else:
            announce(reference.explain(state.problem), self.folder_button)

    def _refused(self, message: PlainMessage) -> None:
        self._be_busy(False)
        words = reference.explain(message)
        self._said.addWidget(Notice("danger", words, dismissable=True))
        announce(words, self.folder_button)

    def _be_busy(self, busy: bool) -> None:
        allowed = may(self.room.place.session.actor, "back_up")
        for each in (self.folder_button, self.none_button):
            each.setEnabled(not busy and allowed)
        self.now_button.setEnabled(not busy)


def _rule_in_words() -> str:
    kept = reference.data("rules", "backups.json")["thinning"]["chosen"]
    return reference.say("settings.how_many_are_kept", **kept)
