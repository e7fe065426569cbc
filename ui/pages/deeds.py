"""Changes from one page, each made as of what the page shows."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject

from sencoapp.app import Workplace
from sencoapp.domain.refusals import PlainMessage
from sencoapp.services.ports import Session
from ui.room import Room
from ui.tasks import saved_in

T = TypeVar("T")


class Deeds:
    """Hands deeds to the record with the position that the page stands for (``services.ports.Record.save``).

    What the page itself has saved counts as shown: two quick changes of one field must not look like those of two people.
    """

    def __init__(self, room: Room) -> None:
        self._room = room
        self._shown_at = 0

    def showing(self, position: int) -> None:
        """The page shows the record as it was at this position."""
        self._shown_at = max(self._shown_at, position)

    def do(
        self,
        owner: QObject,
        deed: Callable[[Session, int], T],
        then: Callable[[T], None] | None = None,
        on_refused: Callable[[PlainMessage], None] | None = None,
    ) -> None:
        """Carries out ``deed(session, as_of)`` on the record's thread."""
        self._room.do(owner, lambda place: self._carry_out(place, deed), then, on_refused)

    def _carry_out(self, place: Workplace, deed: Callable[[Session, int], T]) -> T:
        before = place.session.record.position()
        answer = deed(place.session, self._shown_at)
        saved = saved_in(answer)
        if saved is not None and before == self._shown_at:
            self._shown_at = saved.position
        return answer
