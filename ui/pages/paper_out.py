"""One page, plan or table on paper: drawn aside, asked where it goes, written whole, noted that it left."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from sencoapp import reference
from ui.pages.save_out import save_out
from ui.room import Room
from ui.tasks import Job

AskWhere = Callable[[QWidget, str, str, str, Callable[[Path], None]], None]
"""``ui.files.ask_to_save``, or what stands in for it: it calls the last with the chosen path, or never."""


@dataclass(frozen=True)
class Paper:
    """What leaves as a PDF, or as Word. ``saved`` says it once the file of that name is there."""

    draw: Callable[[], bytes]
    title: str
    pupil: str | None
    making: str
    where: str
    purpose: str
    saved: Callable[[str], str]
    ending: str = ".pdf"


_KINDS = {".pdf": "lists.file_pdf", ".docx": "lists.file_word"}


def put_on_paper(room: Room, owner: QObject, window: QWidget, paper: Paper, ask_where: AskWhere) -> None:
    """Draws the file on another thread, asks over ``window`` where it goes, writes it and notes it in the record."""

    def ask(made: bytes) -> None:
        name, kind = f"{paper.title}{paper.ending}".replace(":", ","), reference.say(_KINDS[paper.ending])
        ask_where(window.window(), paper.where, name, kind, lambda path: write(made, path))

    def write(made: bytes, chosen: Path) -> None:
        path = with_ending(chosen, paper.ending)
        save_out(
            room,
            owner,
            path,
            lambda _: made,
            what=paper.title,
            recipient=reference.say("lists.saved_as", file=path.name),
            purpose=paper.purpose,
            pupil=paper.pupil,
            then=lambda: room.ways.toast(paper.saved(path.name)),
        )

    room.aside(owner, paper.draw, ask, job=Job(paper.making, can_stop=False))


def with_ending(chosen: Path, ending: str) -> Path:
    """The path with its ending, whether the person typed one or not."""
    return chosen if chosen.suffix.lower() == ending else chosen.with_name(f"{chosen.name}{ending}")
