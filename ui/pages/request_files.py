"""Documents leave the record: only where a person says so, and each time it is written down (architecture.md, rule 4)."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from sencoapp.app import Workplace
from sencoapp.domain.record import Saved
from sencoapp.domain.refusals import PlainMessage
from ui.files import name_to_save
from ui.room import Room

AskWhere = Callable[[QWidget, str, str], "Path | None"]
"""Asks a person where a file shall go: the window, the name that is offered, the kinds of file. None: nowhere."""


def ask_where(parent: QWidget, name: str, kinds: str) -> Path | None:
    """The computer's own dialog for saving."""
    return name_to_save(parent, "", str(Path.home() / name), kinds)


def save_out(
    room: Room,
    owner: QWidget,
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

    def deed(place: Workplace) -> Saved:
        return place.give_out(path, read(place), what=what, recipient=recipient, purpose=purpose, pupil=pupil)

    def done(_: Saved) -> None:
        then()

    room.do(owner, deed, done, refused)
