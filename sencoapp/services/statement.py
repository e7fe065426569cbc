"""The statement of a request: drafted from the record, taken over by a person, and theirs from then on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sencoapp import reference
from sencoapp.domain.casework import Document, Request
from sencoapp.domain.dates import full_date
from sencoapp.domain.pack_variants import COUNCIL
from sencoapp.domain.people import StaffMember
from sencoapp.domain.record import Amend, Edit, New, Remove, Saved
from sencoapp.domain.refusals import Refusal
from sencoapp.domain.report_marks import ReportMark
from sencoapp.domain.statement import (
    Drafted,
    Heading,
    HeadingShown,
    SentenceShown,
    StatementContent,
    StatementLine,
    StatementPart,
    StatementSentence,
    shown,
)
from sencoapp.services.changes import filled, must_get
from sencoapp.services.pack_variants import variants
from sencoapp.services.ports import Record, Session
from sencoapp.services.redactions import quotes_what_is_withheld
from sencoapp.services.request_open import must_be_open
from sencoapp.services.statement_draft import drafted_sentences
from sencoapp.services.withheld import guard_for


@dataclass(frozen=True)
class StatementPage:
    """The statement of one request as its page shows it."""

    headings: tuple[HeadingShown, ...]
    owner: str
    """Who changed it last, and when, in words; empty while nobody has taken it over."""
    position: int
    withheld: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Of kept sentences that quote words which are withheld: the variants of a pack in which a note stands in their place."""

    @property
    def kept(self) -> int:
        return sum(len(each.kept) for each in self.headings)

    @property
    def new(self) -> int:
        return sum(len(each.new) for each in self.headings)

    @property
    def changed(self) -> int:
        return sum(each.state == "record_changed" for heading in self.headings for each in heading.kept)


def statement_page(session: Session, request: Request) -> StatementPage:
    """What a person wrote, and beside it what the record says today."""
    record = session.record
    position = record.position()
    kept = sentences_of(record, request.id)
    return StatementPage(
        shown(_drafted(session, request.pupil), kept), _owner(record, kept), position, _withheld_from(record, request.pupil, kept)
    )


def sentences_of(record: Record, request: str) -> list[StatementSentence]:
    """What was kept of a request's statement, whatever its order."""
    return record.find(StatementSentence, request=request) if request else []


def take_over(session: Session, request: str, keys: Sequence[str] | None = None) -> Saved:
    """The record's sentences become the person's own: all that are not kept yet, or those that are named by their keys."""
    found = _open(session, request)
    headings = statement_page(session, found).headings
    edits: list[Edit] = []
    for heading in headings:
        place = _last_place(heading)
        for each in heading.new:
            if keys is None or each.key in keys:
                place += 1
                edits.append(New(_kept(session, found, each, place)))
    return session.record.save(edits, action="take_over_statement", actor=session.actor)


def leave_out(session: Session, request: str, key: str) -> Saved:
    """A new sentence of the record is not wanted, and is not offered again while the record says the same thing."""
    found = _open(session, request)
    for heading in statement_page(session, found).headings:
        for each in heading.new:
            if each.key == key:
                edits: list[Edit] = [New(_kept(session, found, each, _last_place(heading) + 1, left_out=True))]
                return session.record.save(edits, action="leave_sentence_out", actor=session.actor)
    raise Refusal("no_longer_there")


def set_aside(session: Session, sentence: str, *, aside: bool = True) -> Saved:
    """A kept sentence is left out of the statement, or comes back into it. A person's own words are never thrown away by this."""
    found = must_get(session.record, StatementSentence, sentence)
    _open(session, found.request)
    action = "leave_sentence_out" if aside else "bring_sentence_back"
    return session.record.save([_by(session, found, left_out=aside)], action=action, actor=session.actor)


def write_sentence(session: Session, sentence: str, text: str, *, as_of: int | None = None) -> Saved:
    """A person's words for a sentence. Raises ``Refusal("sentence_needs_words")``: one that is not wanted is left out instead."""
    found = must_get(session.record, StatementSentence, sentence)
    _open(session, found.request)
    words = filled(text)
    if words is None:
        raise Refusal("sentence_needs_words", field="text")
    edits: list[Edit] = [_by(session, found, text=words)] if words != found.text else []
    return session.record.save(edits, action="write_sentence", actor=session.actor, as_of=as_of)


def add_sentence(session: Session, request: str, heading: Heading, text: str) -> tuple[StatementSentence, Saved]:
    """A sentence of a person's own, last under its heading. Raises ``Refusal("sentence_needs_words")``."""
    found = _open(session, request)
    words = filled(text)
    if words is None:
        raise Refusal("sentence_needs_words", field="text")
    last = max((each.place for each in sentences_of(session.record, request) if each.heading == heading), default=0)
    made = StatementSentence(session.ids.new(), found.pupil, request, heading, last + 1, words, session.actor.id, session.clock.today())
    return made, session.record.save([New(made)], action="add_sentence", actor=session.actor)


def remove_sentence(session: Session, sentence: str) -> Saved:
    """Takes away a sentence of a person's own; undo and the history keep it."""
    found = must_get(session.record, StatementSentence, sentence)
    _open(session, found.request)
    return session.record.save([Remove(StatementSentence, sentence)], action="remove_sentence", actor=session.actor)


def follow_record(session: Session, sentence: str) -> Saved:
    """The sentence says what the record says now; what it said before stays in its history."""
    found, drafted = _with_draft(session, sentence)
    edits: list[Edit] = [_by(session, found, text=drafted.text, drafted=drafted.text)]
    return session.record.save(edits, action="follow_record", actor=session.actor)


def keep_mine(session: Session, sentence: str) -> Saved:
    """The person has seen what the record says now and stays with their own words."""
    found, drafted = _with_draft(session, sentence)
    return session.record.save([_by(session, found, drafted=drafted.text)], action="keep_own_sentence", actor=session.actor)


def move_sentence(session: Session, sentence: str, by: int) -> Saved:
    """One place up (-1) or down (1) under its heading."""
    found = must_get(session.record, StatementSentence, sentence)
    _open(session, found.request)
    beside = [each for each in sentences_of(session.record, found.request) if each.heading == found.heading and not each.left_out]
    order = [each.id for each in sorted(beside, key=lambda each: (each.place, each.id))]
    here = order.index(sentence) if sentence in order else -1
    if here < 0 or not 0 <= here + by < len(order):
        return Saved(session.record.position())
    order.insert(here + by, order.pop(here))
    places = {each.id: each.place for each in beside}
    edits: list[Edit] = [Amend(StatementSentence, each, {"place": place}) for place, each in enumerate(order, 1) if places[each] != place]
    return session.record.save(edits, action="move_sentence", actor=session.actor)


def statement_content(session: Session, request: Request, papers: Sequence[Document], variant: str = COUNCIL) -> StatementContent | None:
    """The statement as a pack prints it; None while nobody owns one. ``papers`` are the evidence in the pack's order.

    A sentence that rests on a passage which is withheld from this variant says so instead: it would give the words away.
    """
    kept = sentences_of(session.record, request.id)
    if not any(not each.left_out for each in kept):
        return None
    letters = {each.id: place for place, each in enumerate(papers)}
    parts = []
    for heading in shown(drafted_sentences(session, request.pupil), kept):
        lines = [_line(session.record, each, letters, variant) for each in heading.kept]
        if lines:
            parts.append(StatementPart(heading=reference.say(f"requests.heading_{heading.heading}"), lines=lines))
    return StatementContent(parts=parts, owner=_owner(session.record, kept))


def _drafted(session: Session, pupil: str) -> tuple[Drafted, ...]:
    """The record's sentences without what is withheld from the council: taken over, the words would go out again."""
    drafted, guard = drafted_sentences(session, pupil), guard_for(session.record, pupil, COUNCIL)
    note = reference.say("requests.passage_withheld")
    return tuple(replace(each, text=guard.without(each.text, note)) for each in drafted) if guard else drafted


def _withheld_from(record: Record, pupil: str, kept: Sequence[StatementSentence]) -> dict[str, tuple[str, ...]]:
    guards = {each["id"]: guard for each in variants() if (guard := guard_for(record, pupil, each["id"]))}
    found = {
        each.id: tuple(name for name, guard in guards.items() if guard.quotes(each.text) or _is_withheld(record, each, name))
        for each in kept
    }
    return {sentence: names for sentence, names in found.items() if names}


def _line(record: Record, each: SentenceShown, letters: dict[str, int], variant: str) -> StatementLine:
    source = each.drafted.source if each.drafted else None
    evidence = letters.get(source.document) if source and source.document else None
    words = (
        source.words if source else reference.say("requests.from_nothing_there" if each.sentence.rests_on else "requests.from_the_school")
    )
    text = reference.say("requests.statement_withheld") if _is_withheld(record, each.sentence, variant) else each.sentence.text
    return StatementLine(text=text, source=words, evidence=evidence, page=source.page if source else None)


def _is_withheld(record: Record, sentence: StatementSentence, variant: str) -> bool:
    """Whether it rests on a passage that the variant does not show, or on advice that was made of one and still has its words."""
    kind, _, id = (sentence.rests_on or "").partition(":")
    quotes: list[ReportMark] = []
    if kind == "report_mark":
        quote = record.get_hidden(ReportMark, id)
        quotes = [quote] if quote else []
    elif kind == "recommendation":
        quotes = [each for each in record.find(ReportMark, recommendation=id) if each.quote in sentence.text]
    return any(quotes_what_is_withheld(record, each, variant) for each in quotes)


def _kept(session: Session, request: Request, drafted: Drafted, place: int, *, left_out: bool = False) -> StatementSentence:
    return StatementSentence(
        id=session.ids.new(),
        pupil=request.pupil,
        request=request.id,
        heading=drafted.heading,
        place=place,
        text=drafted.text,
        written_by=session.actor.id,
        written_on=session.clock.today(),
        rests_on=drafted.key,
        drafted=drafted.text,
        left_out=left_out,
    )


def _by(session: Session, sentence: StatementSentence, **values: Any) -> Amend:
    """A change by the person at the laptop, who owns the sentence from then on."""
    return Amend(StatementSentence, sentence.id, {**values, "written_by": session.actor.id, "written_on": session.clock.today()})


def _with_draft(session: Session, sentence: str) -> tuple[StatementSentence, Drafted]:
    found = must_get(session.record, StatementSentence, sentence)
    _open(session, found.request)
    drafted = next((each for each in _drafted(session, found.pupil) if each.key == found.rests_on), None)
    if drafted is None:
        raise Refusal("no_longer_there")
    return found, drafted


def _open(session: Session, request: str) -> Request:
    return must_be_open(session.record, request)


def _last_place(heading: HeadingShown) -> int:
    return max((each.sentence.place for each in (*heading.kept, *heading.left_out)), default=0)


def _owner(record: Record, kept: Sequence[StatementSentence]) -> str:
    if not kept:
        return ""
    last: StatementSentence = max(kept, key=lambda each: (each.written_on, each.id))
    person = record.get(StaffMember, last.written_by)
    on: date = last.written_on
    return reference.say("requests.statement_owner", name=person.name if person else reference.say("requests.somebody"), day=full_date(on))
