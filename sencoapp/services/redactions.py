"""Withholding words and pictures of evidence from packs: marks on a page, with a reason. The file in the record stays as it came."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sencoapp import reference
from sencoapp.domain.casework import Document
from sencoapp.domain.page_words import quote_of
from sencoapp.domain.record import New, Remove, Saved
from sencoapp.domain.redaction import WHOLE, Area, Redaction, not_yet_marked, sound
from sencoapp.domain.refusals import Refusal
from sencoapp.domain.report_marks import WHOLE_SIDE, Box, ReportMark
from sencoapp.domain.snapshot import WithheldArea
from sencoapp.services.changes import filled, must_get
from sencoapp.services.confidential import read_confidential
from sencoapp.services.ports import Documents, Record, Session

_PART = 0.3
"""The part of a word's width and height that lies in a mark for the word to count as withheld."""


def reasons() -> list[tuple[str, str]]:
    """Why something may be withheld: code and the words that a pack prints."""
    return [(each["id"], each["words"]) for each in reference.data("packs", "reasons.json")["reasons"]]


def reason_words(reason: str) -> str:
    """What a pack prints for a reason; one that this version does not know is printed as it stands."""
    return dict(reasons()).get(reason, reason)


@dataclass(frozen=True)
class MarkingPage:
    """A document with its marks, for the page on which they are made."""

    document: Document
    content: bytes
    marks: tuple[Redaction, ...]


def marks_of(record: Record, document: str) -> list[Redaction]:
    """The marks on a document, in the order of its pages."""
    return sorted(record.find(Redaction, document=document), key=lambda each: (each.page, each.top, each.left, each.id))


def marking_page(session: Session, document: str) -> MarkingPage:
    """Raises ``Refusal("no_longer_there")``, ``Fault`` where the sealed file is missing or damaged."""
    found = read_confidential(session, Document, document)
    return MarkingPage(found, session.blobs.read(found.blob), tuple(marks_of(session.record, document)))


def words_beneath(documents: Documents, content: bytes, areas: Sequence[Area]) -> dict[Area, str]:
    """What the text of a PDF says in each area; ``content`` is the file as it goes out. It reads no record, so any thread may ask."""
    pages = {number: documents.page_words(content, number) for number in {each.page for each in areas}}
    return {each: quote_of([word for word in pages[each.page] if _lies_in(word.box, each)]) for each in areas}


def _lies_in(word: Box, area: Area) -> bool:
    """Whether a good part of a word lies in an area; one that its edge only grazes does not."""
    across = min(word.right, area.right / WHOLE) - max(word.left, area.left / WHOLE)
    down = min(word.bottom, area.bottom / WHOLE) - max(word.top, area.top / WHOLE)
    return across > _PART * (word.right - word.left) and down > _PART * (word.bottom - word.top)


def withhold(
    session: Session,
    document: str,
    areas: Sequence[Area],
    reason: str,
    *,
    note: str | None = None,
    hidden_from: Sequence[str] = (),
    words: Mapping[Area, str] | None = None,
) -> tuple[list[Redaction], Saved]:
    """Marks areas of a document: from now on they are taken out of every pack, or of those variants that are named.

    ``words`` are those beneath the areas (``words_beneath``). What is marked already for the same readers is not marked twice.
    Raises ``Refusal``: ``no_longer_there``,
    ``mark_needs_pages``, ``mark_needs_reason``, ``mark_is_off_the_page``.
    """
    found = must_get(session.record, Document, document)
    if found.pages is None:
        raise Refusal("mark_needs_pages", title=found.title)
    if reason not in dict(reasons()):
        raise Refusal("mark_needs_reason", field="reason")
    if not areas or not all(sound(each, found.pages) for each in areas):
        raise Refusal("mark_is_off_the_page")
    wanted = tuple(sorted(hidden_from))
    there = [each.area for each in marks_of(session.record, document) if each.hidden_from in ((), wanted)]
    made = [
        Redaction(
            id=session.ids.new(),
            pupil=found.pupil,
            document=document,
            page=each.page,
            left=each.left,
            top=each.top,
            right=each.right,
            bottom=each.bottom,
            reason=reason,
            note=filled(note),
            hidden_from=wanted,
            words_beneath=filled((words or {}).get(each)),
        )
        for each in not_yet_marked(dict.fromkeys(areas), there)
    ]
    return made, session.record.save([New(each) for each in made], action="withhold", actor=session.actor)


def show_again(session: Session, marks: Sequence[str]) -> Saved:
    """Takes marks away: what lay beneath them goes out again in the next pack."""
    return session.record.save([Remove(Redaction, each) for each in marks], action="show_again", actor=session.actor)


def quotes_what_is_withheld(record: Record, quote: ReportMark, variant: str) -> bool:
    """Whether a passage that was marked in a report lies where a variant does not show it. One without a place may lie anywhere."""
    hidden = [each for each in marks_of(record, quote.document) if each.holds_for(variant) and each.page == quote.page]
    places = [Area(quote.page, *(int(side) * WHOLE // WHOLE_SIDE for side in each.split())) for each in quote.places]
    return bool(hidden) and (not places or any(each.area.touches(place) for each in hidden for place in places))


def withheld_from(record: Record, document: str, variant: str) -> list[WithheldArea]:
    """The marks on a document that hold for a variant, as a pack keeps them."""
    return [
        WithheldArea(page=each.page, left=each.left, top=each.top, right=each.right, bottom=each.bottom, reason=reason_words(each.reason))
        for each in marks_of(record, document)
        if each.holds_for(variant)
    ]
