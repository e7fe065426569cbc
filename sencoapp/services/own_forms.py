"""The council's own Word or PDF form: taken in once, mapped once, and filled from a request from then on."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from sencoapp import reference
from sencoapp.domain.casework import Request
from sencoapp.domain.own_form import (
    BY_HAND,
    LEFT_EMPTY,
    CarriedOver,
    Filling,
    FormPlace,
    Mapped,
    OwnForm,
    carried_over,
    fillings,
    likeness,
)
from sencoapp.domain.own_form_suggest import Suggestions
from sencoapp.domain.record import New, Remove, Saved
from sencoapp.domain.refusals import Refusal
from sencoapp.services.changes import amended, filled, must_get
from sencoapp.services.council_forms import form_named
from sencoapp.services.documents_port import FilledForm
from sencoapp.services.own_form_words import bank_questions, questions_of, record_words
from sencoapp.services.ports import Documents, ReadForm, Record, Session

_A_VERSION_OF_IT = 0.4
"""How much of two forms is the same where one is offered as a newer version of the other."""


@dataclass(frozen=True)
class MappingPage:
    """One form with everything that the page shows on which it is mapped."""

    own: OwnForm
    mapping: Mapping[str, Mapped]
    """What was saved, by place."""
    suggested: Mapping[str, Mapped]
    """What is likely, for places that nobody has decided about."""
    questions: Mapping[str, str]
    carried: CarriedOver | None
    """Against the earlier version whose mapping came along."""
    earlier: OwnForm | None
    position: int

    @property
    def decided(self) -> int:
        """How many places somebody has decided about."""
        return sum(1 for each in self.own.places if self.mapping.get(each.key) and self.mapping[each.key].source)


def catalogue() -> Mapping[str, Any]:
    """What of the record can go into a place, with its words."""
    found: Mapping[str, Any] = reference.data("councils", "own_form_sources.json")
    return found


@cache
def suggestions() -> Suggestions:
    return Suggestions(catalogue(), bank_questions())


def own_forms(record: Record, council: str | None = None, form: str | None = None) -> list[OwnForm]:
    """The council's own files that are kept here, the newest first; of one council, and for one of its forms."""
    wanted = {name: value for name, value in (("council", council), ("form", form)) if value is not None}
    return list(reversed(record.find(OwnForm, **wanted)))


def keep_own_form(
    session: Session, read: ReadForm, filename: str, content: bytes, *, council: str, form: str, title: str = ""
) -> tuple[OwnForm, Saved]:
    """Keeps a file that was read, sealed. Where it is a newer version of one that is here, that one's mapping comes along.

    Raises ``Refusal``: ``own_form_is_here_already``, ``council_not_known``, ``council_has_no_such_form``.
    """
    form_named(council, form)
    digest = hashlib.sha256(content).hexdigest()
    there = own_forms(session.record, council, form)
    same = next((each for each in there if each.sha256 == digest), None)
    if same is not None:
        raise Refusal("own_form_is_here_already", title=same.title)
    earlier = max(there, key=lambda each: likeness(each.places, read.places), default=None)
    if earlier is not None and likeness(earlier.places, read.places) < _A_VERSION_OF_IT:
        earlier = None
    own = OwnForm(
        id=session.ids.new(),
        council=council,
        form=form,
        title=filled(title) or filename.rsplit(".", 1)[0],
        filename=filename,
        media_type=read.media_type,
        size=len(content),
        sha256=digest,
        blob=session.blobs.put(content),
        added_at=session.clock.now(),
        places=read.places,
        mapping=carried_over(earlier, read.places).mapping if earlier else (),
        follows=earlier.id if earlier else None,
    )
    return own, session.record.save([New(own)], action="add_own_form", actor=session.actor)


def mapping_page(session: Session, own_form: str) -> MappingPage:
    """Raises ``Refusal("no_longer_there")``."""
    record = session.record
    position = record.position()
    own = must_get(record, OwnForm, own_form)
    earlier = record.get_hidden(OwnForm, own.follows) if own.follows else None
    return MappingPage(
        own=own,
        mapping={each.place: each for each in own.mapping},
        suggested={each.place: each for each in suggestions().of(own.places)},
        questions=questions_of(form_named(own.council, own.form)),
        carried=carried_over(earlier, own.places) if earlier else None,
        earlier=earlier,
        position=position,
    )


def source_words(source: str, questions: Mapping[str, str]) -> str:
    """What goes into a place, in words; empty where nobody has decided."""
    if source in (BY_HAND, LEFT_EMPTY):
        return reference.say(f"own_form.source_{source}")
    kind, _, name = source.partition(":")
    if kind == "question":
        return reference.say("own_form.answer_to", question=questions.get(name, name))
    listed: Sequence[Mapping[str, Any]] = catalogue().get({"fact": "facts", "tick": "ticks", "rows": "rows"}.get(kind, ""), ())
    found = next((str(each["label"]) for each in listed if each["id"] == name), name)
    return reference.say("own_form.ticked_when", what=found) if kind == "tick" else found


def mapping_begun(record: Record, own_form: str, kept: Mapping[str, Any]) -> Mapping[str, str]:
    """What goes into each place by a mapping that was begun and not saved, in words: the label of the place, and its source."""
    own = record.get_hidden(OwnForm, own_form)
    if own is None:
        return {}
    try:
        questions = questions_of(form_named(own.council, own.form))
    except Refusal:  # the council's folder is not here any more
        questions = bank_questions()
    decided = ((each, kept.get(each.key)) for each in own.places)
    return {place.label: source_words(str(found[0]), questions) for place, found in decided if isinstance(found, list) and found}


def save_mapping(session: Session, shown: OwnForm, mapping: Sequence[Mapped], *, title: str = "", as_of: int | None = None) -> Saved:
    """Keeps what goes into each place. Raises ``Refusal``: ``no_longer_there``, ``own_form_no_such_source``."""
    must_get(session.record, OwnForm, shown.id)
    places = {each.key: each for each in shown.places}
    for each in mapping:
        if each.place not in places or not fits(places[each.place], each):
            raise Refusal("own_form_no_such_source", label=places[each.place].label if each.place in places else each.place)
    kept = tuple(each for each in mapping if each.source)
    wanted = replace(shown, mapping=kept, title=filled(title) or shown.title)
    return session.record.save(amended(shown, wanted), action="map_own_form", actor=session.actor, as_of=as_of)


def fits(place: FormPlace, mapped: Mapped) -> bool:
    """Whether a source can go into a place of this kind."""
    kind, _, name = mapped.source.partition(":")
    if kind in ("", "hand", "empty"):
        return not name
    known = {"tick": "tick", "rows": "rows"}.get(place.kind)
    if place.kind == "signature":
        return False
    if known:
        return kind == known and (kind != "rows" or len(mapped.columns) == len(place.options))
    return kind in ("fact", "question") and bool(name)


def remove_own_form(session: Session, own_form: str) -> Saved:
    """Takes the file and its mapping out of the lists; it can be undone."""
    must_get(session.record, OwnForm, own_form)
    return session.record.save([Remove(OwnForm, own_form)], action="remove_own_form", actor=session.actor)


@dataclass(frozen=True)
class FillDraft:
    """A form, and what goes into each of its places for one request."""

    own: OwnForm
    request: Request
    content: bytes
    fillings: tuple[Filling, ...]

    @property
    def values(self) -> dict[str, Any]:
        return {each.place.key: each.value for each in self.fillings if each.outcome == "filled"}


def draft_filling(session: Session, own_form: str, request: str, *, written: Mapping[str, str] | None = None) -> FillDraft:
    """What goes where. ``written`` are a person's words for this once, by place. Raises ``Refusal("no_longer_there")``, ``Fault``."""
    own = must_get(session.record, OwnForm, own_form)
    found = must_get(session.record, Request, request)
    drafted = fillings(own.places, own.mapping, record_words(session, found))
    if written:
        drafted = tuple(_rewritten(each, written.get(each.place.key)) for each in drafted)
    return FillDraft(own, found, session.blobs.read(own.blob), drafted)


def _rewritten(filling: Filling, words: str | None) -> Filling:
    if words is None or filling.place.kind != "text":
        return filling
    return replace(filling, outcome="filled" if words.strip() else "left_empty", value=words.strip())


def fill(documents: Documents, draft: FillDraft, *, flat: bool = False) -> FilledForm:
    """The file with the words in it. Touches no record, so it may run on any thread. Raises ``Fault``."""
    labels = {each.place.key: each.place.label for each in draft.fillings}
    return documents.fill_own_form(draft.own.filename, draft.content, draft.values, labels=labels, flat=flat)
