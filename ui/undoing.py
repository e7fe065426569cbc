"""Undo and redo in the window: by key across all pages since unlocking, from a toast, and from the history of a thing."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from sencoapp import reference
from sencoapp.app import Workplace
from sencoapp.domain.record import Saved
from sencoapp.domain.refusals import PlainMessage, Refusal
from sencoapp.services import undoing
from sencoapp.services.history import action_words, left_words
from sencoapp.services.import_undo import import_of
from sencoapp.services.undoing import Undone
from ui.commands import command
from ui.room import Room
from ui.shell import Shell

_NOTHING = ("nothing_to_undo", "nothing_to_redo")
Answer = tuple[Undone, Saved] | str
"""What was undone; or the id of the import that is to be undone, which is asked about first (``import_past``)."""
Deed = Callable[[Workplace], Answer]


class UndoRedo(QObject):
    """Its commands work wherever the focus is, but in a text, whose own undo takes back typing."""

    def __init__(self, room: Room, shell: Shell) -> None:
        super().__init__(shell)
        self._room, self._shell = room, shell
        self._since = 0
        room.ask(self, lambda place: place.session.record.position(), self._began)
        command(shell, reference.say("shell.undo_last"), self.undo, "Ctrl+Z", icon="undo-2", also="take back", everywhere=True)
        command(shell, reference.say("shell.redo_last"), self.redo, "Ctrl+Y", "Ctrl+Shift+Z", also="again", everywhere=True)

    def undo(self) -> None:
        """Takes back what this person saved last."""

        def take_back(place: Workplace) -> Answer:
            line = undoing.last_to_undo(place.session, self._since)
            if line is None:
                raise Refusal("nothing_to_undo")
            return _undo(place, line.save)

        self._do(take_back)

    def redo(self) -> None:
        """Takes the last undo back."""
        self._do(lambda place: undoing.redo_last(place.session, self._since))

    def undo_save(self, save: str) -> None:
        """Takes one save back, whenever it was made."""
        self._do(lambda place: _undo(place, save))

    def _began(self, position: int) -> None:
        self._since = position

    def _do(self, deed: Deed) -> None:
        self._room.do(self, deed, self._done, self._refused)

    def _done(self, answer: Answer) -> None:
        if isinstance(answer, str):
            self._ask_about_import(answer)
            return
        done, saved = answer
        what = action_words(done.action)
        if done.left:
            words = reference.say("shell.redone_partly" if done.redo else "shell.undone_partly", what=what, left=left_words(done.left))
        else:
            words = reference.say("shell.redone" if done.redo else "shell.undone", what=what)
        label = reference.say("shell.undo" if done.redo else "shell.redo")
        self._shell.toast(words, lambda: self.undo_save(saved.save), label)

    def _ask_about_import(self, key: str) -> None:
        from ui.pages.import_past import open_undo_sheet

        open_undo_sheet(self._room, self, key)

    def _refused(self, message: PlainMessage) -> None:
        if message.key in _NOTHING:
            self._shell.toast(reference.explain(message))
        else:
            self._shell.show_message(message)


def _undo(place: Workplace, save: str) -> Answer:
    return import_of(place.session.record, save) or undoing.undo(place.session, save)
