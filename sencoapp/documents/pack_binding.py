"""Each file of the evidence on its way into a pack: as it is, without what is withheld, converted, or a slip sheet in its place.

One file that cannot be bound never keeps the rest of a request from going out: a page says what it is, why it is not there, and
how to prove it when it comes by another way.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from sencoapp.documents.content import Block, Content, Pairs, Paragraph, Part, Text, Title
from sencoapp.documents.evidence import HEAD_BYTES, JPEG, PDF, PNG, Paper, media_type_of, opened, shows_itself_elsewhere
from sencoapp.documents.later import Later
from sencoapp.documents.pdf.press import printed
from sencoapp.documents.phrases import day_of, in_groups, joined
from sencoapp.domain.redaction import Area
from sencoapp.domain.refusals import Fault
from sencoapp.domain.snapshot import EvidenceFile
from sencoapp.reference import say
from sencoapp.services.files_port import trouble_of
from sencoapp.services.going_on import Cancelled

_REASONS = {
    "evidence_other_kind": "documents.slip_other_kind",
    "evidence_locked": "documents.slip_locked",
    "evidence_too_long": "documents.slip_too_long",
    "evidence_picture_too_large": "documents.slip_too_large",
    "evidence_damaged": "documents.slip_damaged",
    "evidence_shows_itself_elsewhere": "documents.slip_dynamic",
}


@dataclass(frozen=True)
class Bound:
    """A file that is open for its pages. ``slip`` says why a sheet stands in its place; empty where its own pages are bound."""

    paper: Paper
    slip: str
    converted: bool = False
    sha256: str = ""
    """What may be told of it: the file's own SHA-256, or that of its pages without what is withheld. The hash of a short text would
    confirm a guess at what is taken out. Empty where something was to be withheld and a slip sheet stands for it."""
    let_go: Callable[[], None] = field(default=lambda: None, repr=False)
    """Closes it once its pages are bound: what of them is read later is read from the file again."""


@contextmanager
def bound(
    file: EvidenceFile, source: BinaryIO, later: Later, made_on: date, *, workshop: Path | None = None, cancelled: Cancelled | None = None
) -> Iterator[Bound]:
    """Opens a file of the evidence. What is wrong with the file is said on a slip sheet.

    Raises ``Fault``: ``pack_stopped``, ``file_missing``, ``file_damaged``.
    """
    with ExitStack() as pages:
        try:
            ready = _ready(file, source, workshop, cancelled)
            shown = source if ready is None else later.kept(ready.content)
            paper = pages.enter_context(opened(file["title"], shown, _turns(file, source), later))
            if paper.shows_itself_elsewhere:
                raise Fault("evidence_shows_itself_elsewhere", title=file["title"])
            if trouble := trouble_of(source):
                raise trouble
            told = hashlib.sha256(ready.content).hexdigest() if ready and file.get("withheld") else file["sha256"]
            found = Bound(paper, "", bool(ready and ready.converted), told, pages.close)
        except Fault as fault:
            if trouble := trouble_of(source):
                raise trouble from fault
            if fault.key not in _REASONS:
                raise
            slip = say(_REASONS[fault.key])
            paper = pages.enter_context(opened(file["title"], BytesIO(slip_sheet(file, slip, made_on))))
            found = Bound(paper, slip, False, "" if file.get("withheld") else file["sha256"], pages.close)
        yield found


@dataclass(frozen=True)
class _Ready:
    """What is bound instead of a file: its pages without what is withheld, or what it was converted to."""

    content: bytes
    converted: bool


def slip_sheet(file: EvidenceFile, why: str, made_on: date) -> bytes:
    """The page that stands in the place of a file, as a PDF."""
    rows: list[tuple[str, Text]] = [
        (say("documents.slip_document"), file["title"]),
        (say("documents.slip_by"), joined((file["author_name"], file["author_role"], file["organisation"]))),
        (say("documents.slip_dated"), day_of(file["document_on"])),
        (say("documents.slip_file"), file["filename"]),
        (say("documents.slip_sha"), say("documents.slip_withheld") if file.get("withheld") else in_groups(file["sha256"])),
        (say("documents.slip_why"), why),
        (say("documents.slip_where"), say("documents.slip_where_words")),
    ]
    blocks: list[Block] = [
        Title(say("documents.slip_title", letter=file["letter"])),
        Paragraph(say("documents.slip_lead")),
        Pairs([(label, words) for label, words in rows if words]),
    ]
    part = Part("", blocks)
    return printed(Content(file["title"], "", "", "", "", made_on, [part], numbered=False))


def _ready(file: EvidenceFile, source: BinaryIO, workshop: Path | None, cancelled: Cancelled | None) -> _Ready | None:
    """What is bound instead of the file; None where its own pages are."""
    kind, marks = media_type_of(source.read(HEAD_BYTES)), file.get("withheld")
    source.seek(0)
    if kind not in (PDF, JPEG, PNG):
        if marks:  # converted anew its lines may break elsewhere than where they were marked
            raise Fault("evidence_other_kind", title=file["title"])
        return _Ready(_converted(file, source.read(), workshop, cancelled), converted=True)
    if not marks:
        return None
    if kind == PDF and _shows_itself_elsewhere(source):
        raise Fault("evidence_shows_itself_elsewhere", title=file["title"])
    from sencoapp.documents.redaction import redacted

    areas = [Area(each["page"], each["left"], each["top"], each["right"], each["bottom"]) for each in marks]
    return _Ready(redacted(file["title"], source.read(), areas, cancelled), converted=False)


def _turns(file: EvidenceFile, source: BinaryIO) -> Mapping[int, int] | None:
    """How pages are turned to read upright; None where the words of what is bound tell it themselves. A page from which something is
    withheld is a picture: the words of the file as it came tell it then. What a person chose stands above them."""
    chosen = file.get("turned", {})
    if not chosen and not file.get("withheld"):
        return None
    from sencoapp.documents.turning import turns_in

    return turns_in(source) | {int(page) - 1: degrees for page, degrees in chosen.items()}


def _converted(file: EvidenceFile, content: bytes, workshop: Path | None, cancelled: Cancelled | None) -> bytes:
    from sencoapp.documents.intake import office
    from sencoapp.documents.intake.kinds import kind_of
    from sencoapp.documents.office_press import as_pdf

    if workshop is None:
        raise Fault("evidence_other_kind", title=file["title"])
    try:
        kind = kind_of(file["filename"], content)
        if not kind.is_text:
            office.look_at(file["filename"], content)
    except Fault as refused:  # it was taken in by an older version, or came from another record
        raise Fault("evidence_other_kind", title=file["title"]) from refused
    return as_pdf(file["title"], content, kind.endings[0], workshop, cancelled)


def _shows_itself_elsewhere(source: BinaryIO) -> bool:
    import pikepdf

    try:
        with pikepdf.Pdf.open(source) as pdf:
            return shows_itself_elsewhere(pdf)
    except Exception:  # what is damaged or locked is told where it is opened
        return False
    finally:
        source.seek(0)
