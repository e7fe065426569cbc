"""Documents leave the record: only where a person says so, and each time it is written down (architecture.md, rule 4)."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from sencoapp import reference
from sencoapp.app import Workplace
from sencoapp.domain.record import Saved
from sencoapp.domain.refusals import PlainMessage
from sencoapp.services.permissions import must_be_allowed
from ui.files import name_to_save
from ui.room import Room
from ui.tasks import Job

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
    """Writes what ``read`` gives to a file, whole or not at all, and notes that it left the record.

    It is written aside, so that a slow drive keeps nobody from the record, and noted once it is whole.
    """
    tray = room.place.out_tray

    def allowed(place: Workplace) -> bytes:
        must_be_allowed(place.session, "print")
        return read(place)

    def write(content: bytes) -> None:
        job = Job(reference.say("lists.writing", file=path.name), can_stop=False)
        room.aside(owner, lambda: tray.write(path, content), lambda half: note(half, content), refused, job=job)

    def note(half: Path, content: bytes) -> None:
        def deed(place: Workplace) -> Saved:
            return place.give_out_written(half, path, content, what=what, recipient=recipient, purpose=purpose, pupil=pupil)

        def done(_: Saved) -> None:
            then()

        room.do(owner, deed, done, refused)

    room.ask(owner, allowed, write, refused)
