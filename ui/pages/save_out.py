"""Documents leave the record: only where a person says so, and each time it is written down (architecture.md, rule 4)."""

from collections.abc import Callable, Container, Mapping
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from sencoapp import reference
from sencoapp.app import Halves, Workplace
from sencoapp.domain.record import Saved
from sencoapp.domain.refusals import PlainMessage
from sencoapp.services.documents import record_disclosure
from sencoapp.services.permissions import must_be_allowed
from ui.files import name_to_save
from ui.room import Room
from ui.tasks import Desk, Job, Lane

T = TypeVar("T")

AskWhere = Callable[[QWidget, str, str], "Path | None"]
"""Asks a person where a file shall go: the window, the name that is offered, the kinds of file. None: nowhere."""


def ask_where(parent: QWidget, name: str, kinds: str) -> Path | None:
    """The computer's own dialog for saving."""
    return name_to_save(parent, "", str(Path.home() / name), kinds)


def save_out(
    room: Room,
    owner: QObject,
    path: Path,
    read: Callable[[Workplace], bytes],
    *,
    what: str,
    recipient: str,
    purpose: str,
    pupil: str | None,
    then: Callable[[], object],
    refused: Callable[[PlainMessage], None] | None = None,
) -> None:
    """Writes what ``read`` gives to a file, whole or not at all, and notes that it left the record."""

    def allowed(place: Workplace) -> bytes:
        must_be_allowed(place.session, "print")
        return read(place)

    def write(content: bytes) -> None:
        def note(place: Workplace) -> Saved:
            must_be_allowed(place.session, "print")
            return record_disclosure(place.session, what, content, recipient=recipient, purpose=purpose, pupil=pupil)

        write_out(room.desk, room.place, owner, {path: content}, note, lambda _: then(), refused)

    room.ask(owner, allowed, write, refused)


def write_out(
    desk: Desk,
    place: Workplace,
    owner: QObject,
    files: Mapping[Path, bytes],
    note: Callable[[Workplace], T],
    then: Callable[[T], object] | None = None,
    refused: Callable[[PlainMessage], None] | None = None,
) -> None:
    """Writes files, all of them whole or none, and notes with ``note``, on the record's thread, that they are there.

    They are written aside, so that a slow drive keeps nobody from the record, and put in their places with the note. What is
    under way goes on while its window is there, also when the sheet that asked for it was closed meanwhile.
    """
    tray, window = place.out_tray, _window_of(owner)

    def tell(message: PlainMessage) -> None:
        if isValid(owner) and refused is not None:
            refused(message)
        else:
            desk.refused.emit(message, window)

    def done(answer: T) -> None:
        if isValid(owner) and then is not None:
            then(answer)

    def write(halves: Halves) -> None:
        job = Job(reference.say("lists.writing", file=", ".join(each.name for each in files)), can_stop=False)
        desk.query(window, lambda: tray.write(halves, files), lambda _: put(halves), tell, job=job, lane=Lane.ERRANDS)

    def put(halves: Halves) -> None:
        def deed() -> T:
            with tray.putting(halves):
                return note(place)

        desk.change(window, deed, done, tell)

    desk.query(window, lambda: tray.begin(files), write, tell)


def _window_of(owner: QObject) -> QObject:
    """The window in which somebody asked; the owner itself where it has none."""
    above: QObject | None = owner
    while above is not None and not isinstance(above, QWidget):
        above = above.parent()
    return above.window() if isinstance(above, QWidget) else owner


def name_of_its_own(name: str, taken: Container[str]) -> str:
    """The name, or the name with a number, so that no file takes the place of another."""
    stem, ending, number = Path(name).stem, Path(name).suffix, 2
    while name in taken:
        name = f"{stem} ({number}){ending}"
        number += 1
    return name
