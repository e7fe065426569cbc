"""What a page is built with: questions to the open record, deeds in it, and the ways of the window."""

from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from sencoapp.app import App, Workplace
from sencoapp.domain.record import Saved
from sencoapp.domain.refusals import PlainMessage
from ui.tasks import Desk, Job, Lane

T = TypeVar("T")
Refused = Callable[[PlainMessage], None]


class Ways(Protocol):
    """What pages may ask of the window around them."""

    def go(self, page: str, **where: Any) -> None:
        """Opens a page, such as ``go("pupil", pupil=id, tab="plan")``. Back and forward remember it."""

    def toast(self, words: str, undo: Saved | Callable[[], None] | None = None) -> None:
        """Says what was done; with the save that did it, Undo takes it back. Another way back only for what is no save."""

    def undo_save(self, save: str) -> None:
        """Takes one save back, says so, and what was left as it is."""

    def show_sheet(self, sheet: QWidget) -> None: ...

    def restore_backup(self) -> None:
        """Locks the record, and leads to the page on which a backup takes its place."""

    def remove_record(self, passphrase: str, *, with_copies: bool, refused: "Refused") -> None:
        """Removes the open record from this computer for good, and leads to the first page."""

    def new_observation(self, pupil: str | None = None) -> None:
        """Opens the quick entry sheet over the present page."""


class Room:
    """One open workplace. ``place`` is touched only inside the functions that are handed in here.

    ``actor`` is who sits here: what they may see and do is asked of ``services.permissions`` and needs no record.
    """

    def __init__(self, app: App, place: Workplace, desk: Desk, ways: Ways) -> None:
        self.app = app
        self.place = place
        self.actor = place.session.actor
        self.desk = desk
        self.ways = ways

    def ask(
        self,
        owner: QObject,
        question: Callable[[Workplace], T],
        then: Callable[[T], None],
        on_refused: Refused | None = None,
        *,
        replace: str = "",
        job: Job | None = None,
    ) -> None:
        """Reads on the record's thread; the newest question of an owner under the same ``replace`` wins."""
        self.desk.query(owner, lambda: question(self.place), then, on_refused, replace=replace, job=job)

    def do(
        self,
        owner: QObject,
        deed: Callable[[Workplace], T],
        then: Callable[[T], None] | None = None,
        on_refused: Refused | None = None,
        *,
        job: Job | None = None,
        once: bool = False,
    ) -> None:
        """Changes the record on its thread; what was saved is told to every page through ``Desk.saved``. ``once``: for what a
        press twice must not do twice; see ``Desk.change``.
        """
        self.desk.change(owner, lambda: deed(self.place), then, on_refused, job=job, once=once)

    def aside(
        self, owner: QObject, work: Callable[[], T], then: Callable[[T], None], on_refused: Refused | None = None, *, job: Job | None = None
    ) -> None:
        """Work that touches no record: rendering a frozen draft, talking to a council."""
        self.desk.query(owner, work, then, on_refused, job=job, lane=Lane.ERRANDS)
