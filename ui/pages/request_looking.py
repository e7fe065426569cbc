"""Looks whether the evidence of a request, or the papers of an appeal, can be read, file after file and aside, and keeps what was found."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from sencoapp.app import Workplace
from sencoapp.domain.casework import Document
from sencoapp.domain.page_look import FileLook
from sencoapp.domain.refusals import PlainMessage
from sencoapp.reference import say
from sencoapp.services.looking import keep_look
from ui.room import Room
from ui.tasks import Job

Waiting = Callable[[Workplace], Sequence[Document]]
"""Which documents nobody has looked at yet, asked anew after each."""
Found = tuple[Document, Callable[[], FileLook]]


class EvidenceLooker(QObject):
    """``looked`` is sent when something new is known. One file is read at a time; a file that is missing is passed over."""

    looked = Signal()

    def __init__(self, room: Room, parent: QObject) -> None:
        super().__init__(parent)
        self._room = room
        self._busy = self._stopped = self._found = False
        self._waiting: Waiting = lambda _: ()

    def look_at(self, waiting: Waiting) -> None:
        """Looks at what nobody has looked at yet. Once it was stopped, it stays so until the page is opened anew."""
        self._waiting = waiting
        if not (self._busy or self._stopped):
            self._busy, self._found = True, False
            self._next()

    def _next(self) -> None:
        waiting = self._waiting
        self._room.ask(self, lambda place: _first(place, waiting(place)), self._look, self._stop)

    def _look(self, found: Found | None) -> None:
        if found is None:
            self._busy = False
            if self._found:
                self.looked.emit()
            return
        document, look = found
        self._room.aside(self, look, partial(self._keep, document), self._stop, job=Job(say("request_page.looking_at_evidence")))

    def _keep(self, document: Document, look: FileLook) -> None:
        self._found = True
        self._room.ask(self, lambda place: keep_look(place.session.record, document, look), lambda _: self._next(), self._stop)

    def _stop(self, _message: PlainMessage) -> None:
        self._busy, self._stopped = False, True


def _first(place: Workplace, waiting: Sequence[Document]) -> Found | None:
    gone = set(place.session.blobs.missing([each.blob for each in waiting]))
    there = [each for each in waiting if each.blob not in gone]
    if not there:
        return None
    paper = place.session.blobs.read(there[0].blob)
    return there[0], partial(place.documents.look_at, there[0].media_type, paper)
