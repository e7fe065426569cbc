"""Making a pack: gathered from the record, rendered aside with its progress, kept. Stopping leaves nothing behind."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from sencoapp.app import Workplace
from sencoapp.domain.casework import Pack
from sencoapp.domain.record import Saved
from sencoapp.domain.refusals import PlainMessage
from sencoapp.reference import say
from sencoapp.services.ports import RenderedPack, Session
from sencoapp.services.requests import PackDraft, render_pack
from ui.room import Room
from ui.tasks import Job

Keep = Callable[[Session, PackDraft, RenderedPack], tuple[Pack, Saved]]


def make_a_pack(
    room: Room,
    owner: QWidget,
    gather: Callable[[Workplace], PackDraft],
    keep: Keep,
    kept: Callable[[], None],
    refused: Callable[[PlainMessage], None],
) -> None:
    """``kept`` is called once the pack is in the record; ``refused`` says why there is none."""
    documents = room.place.documents

    def render(draft: PackDraft) -> None:
        job = Job(say("request_page.making"))
        room.aside(
            owner,
            lambda: render_pack(documents, draft, progress=job.progress, cancelled=job.cancelled),
            lambda rendered: save(draft, rendered),
            refused,
            job=job,
        )

    def save(draft: PackDraft, rendered: RenderedPack) -> None:
        room.do(owner, lambda place: keep(place.session, draft, rendered), lambda _: kept(), refused)

    room.ask(owner, gather, render, refused)
