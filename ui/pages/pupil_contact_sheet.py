"""What the school knows of a contact, as one form: who they are to the pupil, how to reach them, what limits there are."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, get_args

from PySide6.QtCore import QObject

from sencoapp import reference
from sencoapp.domain.casework import Document
from sencoapp.domain.identifiers import tidy_postcode
from sencoapp.domain.people import Basis, Contact, Format
from sencoapp.services import pupils
from ui.pages.ask_form import Ask, AskRow, chosen_from
from ui.pages.record_sheet import Entry, Removal, open_entry
from ui.room import Room

say = reference.say

_FIELDS = (
    "title",
    "forename",
    "surname",
    "relationship",
    "natural_parent",
    "parental_responsibility",
    "responsibility_basis",
    "lives_with_pupil",
    "copy_letters",
    "phone",
    "email",
    "address",
    "postcode",
    "address_hidden",
    "reach_hidden",
    "language",
    "interpreter",
    "formats",
    "order_restriction",
    "order_document",
    "order_seen_on",
    "no_contact",
    "deceased",
)


def open_new_contact(room: Room, owner: QObject, pupil: str, papers: Sequence[Document], today: date) -> None:
    """The sheet for a further contact."""
    entry = Entry(
        title=say("pupil.add_contact"),
        save_words=say("pupil.add_contact"),
        rows=_rows(papers),
        values={},
        draft=f"contact.{pupil}",
        write=lambda session, values: pupils.add_contact(session, pupil, _tidy(values)),
        said=_said,
    )
    open_entry(room, owner, entry, today)


def open_contact(room: Room, owner: QObject, contact: Contact, papers: Sequence[Document], today: date, position: int) -> None:
    """The sheet of a contact who is there."""
    entry = Entry(
        title=contact.name,
        save_words=say("pupil.save_contact"),
        rows=_rows(papers),
        values={name: getattr(contact, name) for name in _FIELDS},
        draft=f"contact.{contact.id}",
        past=("contact", contact.id),
        write=lambda session, values: pupils.change_contact(session, contact, replace(contact, **_tidy(values)), as_of=position),
        said=_said,
        remove=Removal(
            say("pupil.remove"),
            say("pupil.contact_removed", name=contact.name),
            lambda session: pupils.remove_contact(session, contact.id),
        ),
    )
    open_entry(room, owner, entry, today)


def _rows(papers: Sequence[Document]) -> list[AskRow]:
    def ask(name: str, kind: Any = "line", **more: Any) -> Ask:
        return Ask(name, say(f"pupil.contact_{name}"), kind, **more)

    shown_by = [("", say("pupil.not_said")), *((each.id, each.title) for each in papers)]
    bases = {each: say(f"pupil.basis_{each}") for each in get_args(Basis)}
    formats = [(each, say(f"pupil.format_{each}")) for each in get_args(Format)]
    return [
        (ask("title"), ask("forename"), ask("surname")),
        (ask("relationship", "choice", options=chosen_from(reference.codes("Relationship"))), ask("natural_parent", "yes_no")),
        (ask("parental_responsibility", "yes_no"), ask("responsibility_basis", "choice", options=chosen_from(bases))),
        (ask("lives_with_pupil", "yes_no"), ask("copy_letters", "yes_no")),
        say("pupil.contact_reach"),
        (ask("phone"), ask("email")),
        (ask("address", "words", lines=2), ask("postcode")),
        (
            ask("address_hidden", "yes_no", hint=say("pupil.contact_address_hint")),
            ask("reach_hidden", "yes_no", hint=say("pupil.contact_reach_hint")),
        ),
        say("pupil.contact_ways"),
        (ask("language", "choice", options=chosen_from(reference.codes("Language"))), ask("interpreter", "yes_no")),
        ask("formats", "several", options=formats),
        say("pupil.contact_limits"),
        ask("order_restriction", "words", lines=2, hint=say("pupil.contact_order_hint"), optional=True),
        (
            ask("order_document", "choice", options=shown_by),
            ask("order_seen_on", "day", what=say("pupil.order_day"), towards="past", past=True),
        ),
        (ask("no_contact", "yes_no"), ask("deceased", "yes_no")),
    ]


def _tidy(values: Mapping[str, Any]) -> dict[str, Any]:
    postcode = values["postcode"]
    return {**values, "surname": values["surname"] or "", "postcode": tidy_postcode(postcode) if postcode else None}


def _said(values: Mapping[str, Any]) -> str:
    name = " ".join(each for each in (values["forename"], values["surname"]) if each)
    return say("pupil.contact_saved", name=name)
