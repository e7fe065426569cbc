"""A pack leaves the record with the list of its files beside it: both, or neither."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject

from sencoapp.app import Workplace
from sencoapp.domain.casework import Pack
from sencoapp.domain.record import Saved
from sencoapp.domain.refusals import PlainMessage
from sencoapp.reference import say
from sencoapp.services.documents import record_disclosure
from sencoapp.services.pack_manifest import manifest_name, pack_manifest
from sencoapp.services.permissions import must_be_allowed
from sencoapp.services.requests import read_pack
from ui.pages.save_out import write_out
from ui.room import Room


def save_pack_out(
    room: Room,
    owner: QObject,
    path: Path,
    pack: Pack,
    *,
    what: str,
    recipient: str,
    refused: Callable[[PlainMessage], None] | None = None,
) -> None:
    """Writes a pack, and beside it the list of its files with their pages and hashes; notes who gets it."""

    def read(place: Workplace) -> tuple[bytes, bytes]:
        must_be_allowed(place.session, "print")
        return read_pack(place.session, pack.id)[1], pack_manifest(place.session, place.documents, pack.id)

    def write(found: tuple[bytes, bytes]) -> None:
        pdf, listed = found

        def note(place: Workplace) -> Saved:
            must_be_allowed(place.session, "print")
            purpose = say("request_page.purpose_saved")
            return record_disclosure(place.session, what, pdf, recipient=recipient, purpose=purpose, pupil=pack.pupil)

        def told(_: Saved) -> None:
            room.ways.toast(say("request_page.saved_as", file=path.name))

        write_out(room.desk, room.place, owner, {path: pdf, path.with_name(manifest_name(path.name)): listed}, note, told, refused)

    room.ask(owner, read, write, refused)
