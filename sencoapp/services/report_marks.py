"""What is marked in reports: a need, a recommendation or provision, each with its page and words, and what it led to."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sencoapp import reference
from sencoapp.domain.casework import Document
from sencoapp.domain.people import SenNeed
from sencoapp.domain.professionals import Involvement, InvolvementReport, Professional, Recommendation
from sencoapp.domain.record import Edit, New, Remove, Saved
from sencoapp.domain.refusals import Refusal
from sencoapp.domain.report_marks import MARK_KINDS, Box, ReportMark
from sencoapp.domain.words import shortened
from sencoapp.services.changes import amended, filled, must_get
from sencoapp.services.ports import Record, Session
from sencoapp.services.pupils import open_needs

NEW_ADVICE = "advice:"
"""What a choice begins with that makes a recommendation of an involvement; ``recommendation:`` and ``need:`` name what is there."""


@dataclass(frozen=True)
class Marks:
    """One document with what is marked in it, and what a mark can lead to."""

    document: Document
    marks: tuple[ReportMark, ...]
    leads: tuple[tuple[str, str], ...]
    """What a mark may become or belong to, as a choice: its value and its words."""
    position: int


def marks_of(session: Session, document: str) -> Marks:
    """The marks of a document in the order of its pages. Raises ``Refusal("no_longer_there")``."""
    record = session.record
    position = record.position()
    found = must_get(record, Document, document)
    marks = sorted(record.find(ReportMark, document=document), key=lambda each: (each.page, _top(each), each.id))
    return Marks(found, tuple(marks), tuple(_leads(session, found)), position)


def mark(session: Session, document: str, page: int, places: tuple[Box, ...], values: Mapping[str, Any]) -> tuple[ReportMark, Saved]:
    """Marks a passage. ``values``: what, quote, typed, for_teachers, teacher_words, leads_to.

    Raises ``Refusal``: ``mark_needs_words``, ``mark_needs_kind``, ``mark_page_not_there``, ``no_longer_there``, and
    ``mark_advice_is_read_by_all`` where a quotation of a confidential report would become advice that its teachers read.
    """
    paper = must_get(session.record, Document, document)
    if not 1 <= page <= (paper.pages or 1):
        raise Refusal("mark_page_not_there", page=page)
    made = ReportMark(
        id=session.ids.new(),
        pupil=paper.pupil,
        document=document,
        page=page,
        what=values.get("what") or "recommendation",
        quote=str(values.get("quote") or ""),
        marked_by=session.actor.id,
        marked_on=session.clock.today(),
        typed=bool(values.get("typed")),
        places=tuple(each.as_kept() for each in places),
        for_teachers=values.get("for_teachers") is not False,
        teacher_words=filled(values.get("teacher_words")),
    )
    checked = _checked(made)
    led, edits = _led(session, checked, str(values.get("leads_to") or ""))
    return led, session.record.save([New(led), *edits], action="mark_report", actor=session.actor)


def change_mark(session: Session, shown: ReportMark, values: Mapping[str, Any], *, as_of: int | None = None) -> Saved:
    """Other words, another kind, other words for teachers, another thing that it belongs to. Raises what ``mark`` raises."""
    wanted = replace(
        shown,
        what=values.get("what") or shown.what,
        quote=str(values.get("quote") or ""),
        for_teachers=values.get("for_teachers") is not False,
        teacher_words=filled(values.get("teacher_words")),
    )
    led, edits = _led(session, _checked(wanted), str(values.get("leads_to") or ""))
    return session.record.save([*amended(shown, led), *edits], action="change_mark", actor=session.actor, as_of=as_of)


def remove_mark(session: Session, mark: str) -> Saved:
    """Takes a mark away; what it became stays."""
    must_get(session.record, ReportMark, mark)
    return session.record.save([Remove(ReportMark, mark)], action="remove_mark", actor=session.actor)


def leads_to(mark: ReportMark) -> str:
    """The value of the choice that a mark has now."""
    return f"recommendation:{mark.recommendation}" if mark.recommendation else f"need:{mark.need}" if mark.need else ""


def _checked(mark: ReportMark) -> ReportMark:
    if mark.what not in MARK_KINDS:
        raise Refusal("mark_needs_kind", field="what")
    if not filled(mark.quote):
        raise Refusal("mark_needs_words", field="quote")
    return replace(mark, quote=mark.quote.strip())


def _led(session: Session, mark: ReportMark, to: str) -> tuple[ReportMark, list[Edit]]:
    """The mark with what it leads to, and what has to be made for it."""
    kind, _, id = to.partition(":")
    record = session.record
    if f"{kind}:" == NEW_ADVICE:
        of = must_get(record, Involvement, id)
        _of_the_same_pupil(of.pupil, mark)
        if must_get(record, Document, mark.document).confidential and not mark.teacher_words:
            raise Refusal("mark_advice_is_read_by_all", field="teacher_words")  # advice is read by all who teach the pupil
        words = mark.teacher_words or mark.quote
        advice = Recommendation(session.ids.new(), mark.pupil, id, words, document=mark.document)
        return replace(mark, recommendation=advice.id, need=None), [New(advice)]
    if kind == "recommendation":
        _of_the_same_pupil(must_get(record, Recommendation, id).pupil, mark)
        return replace(mark, recommendation=id, need=None), []
    if kind == "need":
        _of_the_same_pupil(must_get(record, SenNeed, id).pupil, mark)
        return replace(mark, recommendation=None, need=id), []
    return replace(mark, recommendation=None, need=None), []


def _of_the_same_pupil(pupil: str, mark: ReportMark) -> None:
    if pupil != mark.pupil:
        raise Refusal("evidence_is_of_another_pupil", field="leads_to")


def _leads(session: Session, document: Document) -> list[tuple[str, str]]:
    record, pupil = session.record, document.pupil
    people = {each.id: each for each in record.find(Professional)}
    linked = {each.involvement for each in record.find(InvolvementReport, pupil=pupil, document=document.id)}
    work = [each for each in record.find(Involvement, pupil=pupil) if each.professional in people]
    work.sort(key=lambda each: each.id not in linked)  # those whose report it is come first
    found = [("", reference.say("marks.leads_nowhere"))]
    found += [(f"{NEW_ADVICE}{each.id}", reference.say("marks.new_advice", name=people[each.professional].title)) for each in work]
    found += [
        (f"recommendation:{each.id}", reference.say("marks.is_advice", text=shortened(each.text, 70)))
        for each in record.find(Recommendation, pupil=pupil)
    ]
    labels = reference.codes("SENtype")
    found += [
        (f"need:{each.id}", reference.say("marks.is_need", need=labels.get(each.sen_type, each.sen_type)))
        for each in open_needs(record, pupil, session.clock.today())
    ]
    return found


def marks_by_document(record: Record, pupil: str) -> dict[str, list[ReportMark]]:
    """All marks of a pupil's documents, by the document."""
    found: dict[str, list[ReportMark]] = {}
    for each in record.find(ReportMark, pupil=pupil):
        found.setdefault(each.document, []).append(each)
    return found


def _top(mark: ReportMark) -> int:
    return min((int(each.split()[1]) for each in mark.places), default=0)
