"""The request pack: the written pages, then every evidence file, one file with one count of pages."""

import gc
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date
from io import SEEK_END, BytesIO
from pathlib import Path

from pikepdf import Pdf

from sencoapp.documents.bundle_content import bundle_content, written_parts
from sencoapp.documents.content import Content
from sencoapp.documents.evidence import Paper
from sencoapp.documents.later import Later
from sencoapp.documents.pack_binding import Bound, bound
from sencoapp.documents.pack_content import pack_content
from sencoapp.documents.pdf.finish import fasten, written
from sencoapp.documents.pdf.flow import draw, lay_out
from sencoapp.documents.pdf.text import lacks_letters
from sencoapp.domain.plain import texts_in
from sencoapp.domain.refusals import Fault
from sencoapp.domain.snapshot import EvidenceFile, PackSnapshot
from sencoapp.services.files_port import FileInTheMaking
from sencoapp.services.ports import Cancelled, Files, Progress, RenderedPack

_MOST_IN_MEMORY = 32 << 20
"""Bytes of evidence. Where there is more, its large pictures are read only as they are written; that takes a little longer."""
READING, WRITING, BINDING, SAVING = "documents.step_reading", "documents.step_writing", "documents.step_binding", "documents.step_saving"


def request_pack(
    snapshot: PackSnapshot,
    evidence: Sequence[tuple[EvidenceFile, str]],
    files: Files,
    *,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
    workshop: Path | None = None,
) -> RenderedPack:
    """The pack as a PDF among ``files``, where the evidence is. The same snapshot and evidence give the same bytes.

    It is never whole in memory, and neither is the evidence: pages are read from it as they are written.
    ``progress`` is called with the wording key of a step, how many of it are done, and of how many. ``workshop`` is a private folder
    in which Office files may be converted; without one, and for each file that cannot be bound, a slip sheet stands in its place.
    Raises ``Fault("pack_stopped")`` where ``cancelled`` says so, and ``Fault("file_missing")`` or ``Fault("file_damaged")`` for what lies
    sealed; nothing is left behind then.
    """
    steps = _Steps(progress, cancelled)
    with ExitStack() as stack:
        papers: list[Paper] = []
        opened: list[Bound] = []
        sources = [stack.enter_context(files.open(name)) for _, name in evidence]
        later = Later(files, stack, wanted=sum(each.seek(0, SEEK_END) for each in sources) > _MOST_IN_MEMORY)
        stack.callback(later.close)
        if not later.wanted:
            stack.enter_context(_uncollected())
        slips: set[str] = set()
        hashes: dict[str, str] = {}
        made_on = date.fromisoformat(snapshot["made_on"])
        for number, ((file, _), source) in enumerate(zip(evidence, sources, strict=True)):
            steps.at(READING, number, len(evidence))
            source.seek(0)
            held = source if later.wanted else BytesIO(source.read())  # what is little is read sooner from memory
            found = stack.enter_context(bound(file, held, later, made_on, workshop=workshop, cancelled=cancelled))
            opened.append(found)
            papers.append(found.paper)
            hashes[file["letter"]] = found.sha256
            if found.slip:
                slips.add(file["letter"])
        sizes = {file["letter"]: paper.sizes for (file, _), paper in zip(evidence, papers, strict=True)}
        said = _said(snapshot, sizes, hashes, lacks_letters=any(map(lacks_letters, texts_in(snapshot))), slips=slips)
        steps.at(WRITING, 0, len(said.parts))
        drawn = draw(said, lay_out(said, lambda done: steps.at(WRITING, done, len(said.parts))))
        pdf = stack.enter_context(Pdf.open(BytesIO(drawn.pdf)))
        unders = iter(list(pdf.pages)[drawn.evidence_from :])  # asked for one by one, each would take as long as there are pages
        for number, paper in enumerate(papers):
            steps.at(BINDING, number, len(papers))
            for page in range(len(paper.sizes)):
                paper.put(pdf, next(unders), page)
            opened[number].let_go()
        steps.at(SAVING, 0, 1)
        fasten(pdf, said, drawn)
        out = stack.enter_context(files.writing())
        pdf = stack.enter_context(later.filled_in(pdf))
        made = written(pdf, b"".join([drawn.pdf, *(each.encode() for each in hashes.values())]), _Stoppable(out, steps))
        for trouble in filter(None, [*(each.trouble for each in sources), later.trouble()]):
            raise trouble
        steps.at(SAVING, 1, 1)
        blob = out.end()
    told = {file["letter"]: hashes[file["letter"]] for file, _ in evidence if file.get("withheld")}
    return RenderedPack(blob, made.sha256(), made.size, drawn.pages, told)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without Python's search for cycles, which goes through the many small things of a pack again and again and finds next to none
    (a seventh of the time). It is for a moment, and for packs of little evidence; what is not in a cycle is freed as always."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def written_page_count(snapshot: PackSnapshot) -> int:
    """How many pages the school's own sections of a bundle have: they count towards the limits of a tribunal."""
    parts = written_parts(snapshot)
    return len(lay_out(Content("", "", "", "", "", date.fromisoformat(snapshot["made_on"]), parts)).sheets) if parts else 0


def _said(
    snapshot: PackSnapshot,
    sizes: Mapping[str, Sequence[tuple[float, float]]],
    hashes: Mapping[str, str],
    *,
    lacks_letters: bool,
    slips: Collection[str],
) -> Content:
    if "appeal" not in snapshot:
        return pack_content(snapshot, sizes, hashes, lacks_letters=lacks_letters, slips=slips)
    return bundle_content(snapshot, sizes, written_page_count(snapshot), hashes, lacks_letters=lacks_letters, slips=slips)


class _Steps:
    def __init__(self, progress: Progress | None, cancelled: Cancelled | None) -> None:
        self._progress = progress
        self._cancelled = cancelled

    def at(self, step: str, done: int, of: int) -> None:
        """Says how far the work is. Raises ``Fault("pack_stopped")`` where the person no longer wants it."""
        if self._cancelled and self._cancelled():
            raise Fault("pack_stopped")
        if self._progress:
            self._progress(step, done, of)


class _Stoppable:
    """What is written of a pack goes on as long as the person wants it."""

    def __init__(self, to: FileInTheMaking, steps: _Steps) -> None:
        self._to = to
        self._steps = steps

    def write(self, piece: bytes, /) -> int:
        self._steps.at(SAVING, 0, 1)
        return self._to.write(piece)
