"""What was typed and never saved: every draft that is kept on this laptop, so that a forgotten one is found."""

import re
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sencoapp import reference
from sencoapp.domain.people import Pupil
from sencoapp.domain.record import KINDS
from sencoapp.services.history import name_of
from sencoapp.services.observations import DRAFT as NEW_NOTE
from sencoapp.services.own_forms import mapping_begun
from sencoapp.services.ports import Record

_ID = re.compile(r"[0-9a-f]{32}")
_NAME = re.compile(r"[a-z_]+")
_OF_THE_THING = frozenset(
    {"contact", "need", "status", "professional", "involvement", "recommendation", "place", "rate", "council_rate", "slot", "staff"}
    | {"document", "diagnosis", "prior_school", "attendance_year", "suspension", "outcome_form", "provision_form", "case"}
)
"""Forms that, where they name a thing itself, are told best by its own name: "Contact: Mrs Osei"."""
_OWN_FORM = "own_form"
_LONGEST = 140


@dataclass(frozen=True)
class KeptDraft:
    """One form that was left with something typed in it."""

    form: str
    kept_at: datetime
    about: str
    """What it was about to become or to change, as far as its name tells."""
    words: str
    """How it begins."""
    pupil: str | None
    """Whose page the form is on."""


def kept_drafts(record: Record) -> list[KeptDraft]:
    """Newest first."""
    found = [_draft(record, form, kept_at, content) for form, kept_at, content in record.drafts()]
    return sorted(found, key=lambda each: each.kept_at, reverse=True)


def _draft(record: Record, form: str, kept_at: datetime, content: Mapping[str, Any]) -> KeptDraft:
    named, first, pupil = "", None, None
    for id in _ID.findall(form):
        kind = next((each for each in KINDS if record.made_in(each, id)), None)
        thing: Any = record.get_hidden(KINDS[kind], id) if kind else None
        if kind and thing is not None:
            named, first = named or name_of(kind, thing), first or kind
            pupil = pupil or (id if kind == "pupil" else getattr(thing, "pupil", None))
    if form == NEW_NOTE:
        pupil = _first_pupil(content)
    whose = record.get(Pupil, pupil) if pupil else None
    pupil = whose.id if whose else None
    words = _form_words(form)
    if named and ((first != "pupil" and _prefix(form) in _OF_THE_THING) or not words):
        about = named if whose is None or first == "pupil" else reference.say("history.form_of", form=named, name=whose.name)
    else:
        name = whose.name if whose else named
        about = reference.say("history.form_of", form=words or reference.say("history.a_form"), name=name) if name else words
    begun = _in_words(record, form, content)
    texts = " · ".join(dict.fromkeys(each for each in _texts(begun) if not _ID.fullmatch(each)))
    begins = textwrap.shorten(texts, _LONGEST, placeholder="…") or texts[:_LONGEST]
    return KeptDraft(form, kept_at, about or reference.say("history.a_form"), begins, pupil)


def _in_words(record: Record, form: str, content: Mapping[str, Any]) -> Any:
    """What was entered as a person reads it: the mapping of a council's own form keeps codes."""
    if _prefix(form) != _OWN_FORM:
        return content
    mapped = mapping_begun(record, form.partition(".")[2], content)
    return [f"{label}: {words}" if words else label for label, words in mapped.items()]


def _prefix(form: str) -> str:
    found = _NAME.match(form)
    return found.group() if found else ""


def _form_words(form: str) -> str:
    """Which form it is: "New contact". Empty for one without words of its own."""
    try:
        return reference.say("history.new_note") if form == NEW_NOTE else reference.say(f"history.form_{_prefix(form)}")
    except KeyError:
        return ""


def _first_pupil(content: Mapping[str, Any]) -> str | None:
    return next((str(each[0]) for each in content.get("pupils", ()) if each), None)


def _texts(value: Any) -> Iterator[str]:
    """The longest texts tell most: they come first."""
    if isinstance(value, str):
        if value.strip():
            yield value
    elif isinstance(value, Mapping):
        yield from sorted((each for part in value.values() for each in _texts(part)), key=len, reverse=True)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)
