"""A confidential view where views are shown: that it is there, a way to read it that is noted, and who else may."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from sencoapp import reference
from sencoapp.domain.plan import View
from sencoapp.domain.refusals import PlainMessage
from sencoapp.services.confidential import read_confidential
from sencoapp.services.permissions import may_choose_readers
from ui.pages.readers_sheet import open_readers
from ui.room import Room
from ui.widgets import Button, Chip, col, flow


class KeptView(QWidget):
    """Hidden for an open view. ``show`` is called with the whole of it once somebody has asked to read it."""

    def __init__(self, room: Room, show: Callable[[View], None]) -> None:
        super().__init__()
        self._room, self._show = room, show
        self._id = ""
        self.read = Button(reference.say("confidential.read"), icon="lock", press=self._press_read)
        self.readers = Button(reference.say("confidential.who_reads"), "quiet", icon="eye", press=self._press_readers)
        if not may_choose_readers(room.actor, View, None):
            self.readers.hide()
        self.setLayout(col(flow(Chip("plain", reference.say("confidential.mark")), self.read, self.readers)))
        self.hide()

    def show_for(self, view: View | None) -> None:
        """What a page has of a confidential view is without its words."""
        self._id = view.id if view else ""
        self.setVisible(view is not None and view.confidential)
        self.read.setVisible(view is not None and not (view.text or view.absent_because))

    def _press_read(self) -> None:
        id = self._id
        self._room.ask(self, lambda place: read_confidential(place.session, View, id), self._answer, self._refused)

    def _answer(self, view: View) -> None:
        if view.id == self._id:
            self._show(view)
            self.show_for(view)

    def _refused(self, message: PlainMessage) -> None:
        self._room.ways.toast(reference.explain(message))

    def _press_readers(self) -> None:
        open_readers(self._room, "view", self._id)
