"""Withholding words and pictures of evidence from packs: marks on a page, with a reason. The file in the record stays as it came."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from sencoapp import reference
from sencoapp.domain.casework import Document
from sencoapp.domain.record import New, Remove, Saved
from sencoapp.domain.redaction import WHOLE, Area, Redaction, not_yet_marked, sound, without_passages
from sencoapp.domain.refusals import Refusal
from sencoapp.domain.report_marks import WHOLE_SIDE, ReportMark
from sencoapp.domain.snapshot import WithheldArea
from sencoapp.services.changes import filled, must_get
from sencoapp.services.confidential import read_confidential
from sencoapp.services.ports import Record, Session

Plain = TypeVar("Plain")


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


def withhold(
    session: Session, document: str, areas: Sequence[Area], reason: str, *, note: str | None = None, hidden_from: Sequence[str] = ()
) -> tuple[list[Redaction], Saved]:
    """Marks areas of a document: from now on they are taken out of every pack, or of those variants that are named.

    What is marked already for the same readers is not marked twice. Raises ``Refusal``: ``no_longer_there``,
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


def without_quotes(record: Record, pupil: str, variant: str, value: Plain) -> Plain:
    """A plain value with a note in the place of every passage of a report that a variant does not show: advice that was made of one,
    or an answer that quotes one, would give the words away."""
    quotes = [each.quote for each in record.find(ReportMark, pupil=pupil) if quotes_what_is_withheld(record, each, variant)]
    made: Plain = without_passages(value, quotes, reference.say("requests.passage_withheld"))
    return made


def withheld_from(record: Record, document: str, variant: str) -> list[WithheldArea]:
    """The marks on a document that hold for a variant, as a pack keeps them."""
    return [
        WithheldArea(page=each.page, left=each.left, top=each.top, right=each.right, bottom=each.bottom, reason=reason_words(each.reason))
        for each in marks_of(record, document)
        if each.holds_for(variant)
    ]
