"""Sends a pack and fetches replies, step by step. Each step is kept before the next, so that it goes on where it was."""

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QDesktopServices

from sencoapp.app import Workplace
from sencoapp.domain.casework import CaseEvent, Submission
from sencoapp.domain.record import Saved
from sencoapp.domain.refusals import PlainMessage
from sencoapp.reference import say
from sencoapp.services.ports import Council, CouncilReply, Receipt
from sencoapp.services.submissions import Parcel, deliver, keep_receipt, keep_replies, parcel_of, prepare_submission, replies_after
from ui.room import Room
from ui.tasks import Job

T = TypeVar("T")
Grant = dict[str, Any]
"""A sign-in as it is kept in the record."""


class Browser(QObject):
    """Opens an address in the system's browser. May be called from any thread; the window's thread opens it."""

    wanted = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.wanted.connect(self._open)

    def __call__(self, address: str) -> bool:
        self.wanted.emit(address)
        return True

    @Slot(str)
    def _open(self, address: str) -> None:
        QDesktopServices.openUrl(address)


class Sending(QObject):
    """One conversation with a council at a time. ``said`` tells where it stands; then comes one of the other three."""

    said = Signal(str)
    received = Signal()
    """The receipt is kept."""
    looked = Signal(int)
    """Replies are kept: so many were new."""
    failed = Signal(object)
    """A ``PlainMessage``. Everything that was done so far is kept."""

    def __init__(self, room: Room, parent: QObject) -> None:
        super().__init__(parent)
        self._room = room
        self.open_url: Callable[[str], object] = Browser(self)
        self.is_busy = False
        self._job: Job | None = None

    def stop(self) -> None:
        """Stops what is going on with the council; what was done so far is kept."""
        if self._job is not None:
            self._job.stop()

    def send(self, pack: str, gateway: str) -> None:
        """Fixes what is sent, signs in, uploads, and keeps the receipt. What the council holds already is not sent again."""
        if self.is_busy:
            return
        self._begin(say("request_page.preparing"))

        def prepare(place: Workplace) -> tuple[Submission, Saved]:
            place.session.record.set_setting("gateway", gateway)
            return prepare_submission(place.session, pack, gateway)

        self._room.do(self, prepare, lambda prepared: self._prepared(prepared[0], gateway), self._failed)

    def look(self, gateway: str) -> None:
        """Asks the council what it has recorded since last time, and keeps it."""
        if self.is_busy:
            return
        self._begin(say("request_page.looking"))

        def connected(council: Council) -> None:
            question = partial(_replies_after, gateway=gateway)
            self._room.ask(self, question, lambda after: self._ask(council, gateway, after), self._failed)

        self._room.ask(self, lambda place: place.grant_for(gateway), lambda grant: self._connect(gateway, grant, connected), self._failed)

    # ---- sending ----------------------------------------------------------------------------------------------------

    def _prepared(self, submission: Submission, gateway: str) -> None:
        if submission.receipt:
            self._end()
            self.received.emit()
            return

        def packed(parcel_and_grant: tuple[Parcel, Grant | None]) -> None:
            parcel, grant = parcel_and_grant
            self._connect(gateway, grant, lambda council: self._deliver(council, parcel))

        self._room.ask(self, lambda place: (parcel_of(place.session, submission.id), place.grant_for(gateway)), packed, self._failed)

    def _connect(self, gateway: str, grant: Grant | None, then: Callable[[Council], None]) -> None:
        self.said.emit(say("request_page.signing_in"))
        app, open_url = self._room.app, self.open_url
        job = self._job = Job(say("request_page.signing_in"))

        def connected(answer: tuple[Council, Grant]) -> None:
            council, fresh = answer
            self._room.do(self, lambda place: place.keep_grant(gateway, fresh), lambda _: then(council), self._failed)

        self._room.aside(self, lambda: app.connect(gateway, grant, open_url, cancelled=job.cancelled), connected, self._failed, job=job)

    def _deliver(self, council: Council, parcel: Parcel) -> None:
        words = say("request_page.sending")
        self.said.emit(words)
        job = self._job = Job(words)
        self._room.aside(
            self,
            lambda: _and_hang_up(council, lambda: deliver(council, parcel, progress=job.progress, cancelled=job.cancelled)),
            lambda receipt: self._keep(parcel.submission.id, receipt),
            self._failed,
            job=job,
        )

    def _keep(self, submission: str, receipt: Receipt) -> None:
        def kept(_: object) -> None:
            self._end()
            self.received.emit()

        self._room.do(self, lambda place: keep_receipt(place.session, submission, receipt), kept, self._failed)

    # ---- replies ----------------------------------------------------------------------------------------------------

    def _ask(self, council: Council, gateway: str, after: int) -> None:
        self.said.emit(say("request_page.looking"))
        job = Job(say("request_page.looking"), can_stop=False)
        fetch = partial(_and_hang_up, council, lambda: council.replies(after))
        self._room.aside(self, fetch, lambda found: self._keep_replies(gateway, found), self._failed, job=job)

    def _keep_replies(self, gateway: str, replies: list[CouncilReply]) -> None:
        def kept(answer: tuple[list[CaseEvent], Saved]) -> None:
            self._end()
            self.looked.emit(len(answer[0]))

        self._room.do(self, lambda place: keep_replies(place.session, gateway, replies), kept, self._failed)

    def _begin(self, words: str) -> None:
        self.is_busy = True
        self.said.emit(words)

    def _end(self) -> None:
        self.is_busy = False
        self._job = None

    def _failed(self, message: PlainMessage) -> None:
        self._end()
        self.failed.emit(message)


def _replies_after(place: Workplace, gateway: str) -> int:
    return replies_after(place.session.record, gateway)


def _and_hang_up(council: Council, talk: Callable[[], T]) -> T:
    """Ends the connection after the last question, where it is one that can be ended."""
    try:
        return talk()
    finally:
        close = getattr(council, "close", None)
        if close is not None:
            close()
