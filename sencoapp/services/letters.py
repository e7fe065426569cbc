"""Letters about a pupil: one to each recipient, none with another's address in it, each noted as given out (domain.md 7)."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from sencoapp import reference
from sencoapp.domain.casework import Document
from sencoapp.domain.households import address_is_hidden, address_lines, reach_is_hidden, salutation_name
from sencoapp.domain.people import Contact, Pupil, School
from sencoapp.domain.record import Edit, New, Saved
from sencoapp.domain.refusals import Refusal
from sencoapp.domain.snapshot import LetterContent
from sencoapp.domain.words import search_words
from sencoapp.services.beginning import school
from sencoapp.services.changes import filled, must_get
from sencoapp.services.crest import crest_for_paper
from sencoapp.services.documents import went_out
from sencoapp.services.permissions import must_be_allowed
from sencoapp.services.ports import Session, TakenIn
from sencoapp.services.pupils import contacts_of

_MOST_NAME = 60
_SHORTEST_NUMBER = 6


@dataclass(frozen=True)
class Letter:
    """What one person gets: the frozen content, and the name of its file."""

    contact: Contact
    filename: str
    content: LetterContent


def write_letters(session: Session, pupil: str, to: Sequence[str], subject: str, text: str) -> list[Letter]:
    """The same words to each of these contacts, each with their own address and salutation. Nothing is saved yet.

    Raises ``Refusal``: ``not_for_your_role``, ``letter_needs_subject``, ``letter_needs_words``, ``letter_needs_recipient``,
    ``letter_cannot_go_to``, ``letter_gives_away_address``.
    """
    must_be_allowed(session, "print")
    about = must_get(session.record, Pupil, pupil)
    if not filled(subject):
        raise Refusal("letter_needs_subject", field="subject")
    if not filled(text):
        raise Refusal("letter_needs_words", field="text")
    contacts = contacts_of(session.record, pupil)
    chosen = [each for each in contacts if each.id in to]
    if not chosen:
        raise Refusal("letter_needs_recipient", field="to")
    for each in chosen:
        if each.deceased or each.no_contact:
            raise Refusal("letter_cannot_go_to", field="to", name=each.name)
        _check_addresses(f"{subject}\n{text}", each, contacts)
    return [_letter(session, about, each, subject.strip(), text.strip(), number) for number, each in enumerate(chosen, start=1)]


def record_letters(session: Session, pupil: str, sent: Sequence[tuple[Letter, TakenIn]]) -> Saved:
    """Keeps each letter among the pupil's documents, and notes that it left the record: which bytes, to whom, what about.

    One save for all of them. A letter with an address that is kept from others is confidential. Raises ``Fault`` for what the
    disk does,
    ``Refusal("not_for_your_role")``.
    """
    must_be_allowed(session, "print")
    contacts, purpose = contacts_of(session.record, pupil), reference.say("letters.purpose")
    edits: list[Edit] = [New(_as_document(session, pupil, letter, paper, contacts)) for letter, paper in sent]
    edits += [
        went_out(
            session,
            reference.say("letters.disclosure", subject=letter.content["subject"]),
            paper.content,
            recipient=letter.contact.name,
            purpose=purpose,
            pupil=pupil,
        )
        for letter, paper in sent
    ]
    return session.record.save(edits, action="write_letters", actor=session.actor)


def _as_document(session: Session, pupil: str, letter: Letter, paper: TakenIn, contacts: Sequence[Contact]) -> Document:
    hidden = bool(letter.content["address"]) and address_is_hidden(letter.contact, contacts)
    return Document(
        session.ids.new(),
        pupil,
        title=reference.say("letters.document", name=letter.contact.name, subject=letter.content["subject"]),
        kind="letter",
        filename=letter.filename,
        media_type=paper.media_type,
        size=len(paper.content),
        sha256=hashlib.sha256(paper.content).hexdigest(),
        blob=session.blobs.put(paper.content),
        added_at=session.clock.now(),
        pages=paper.pages,
        document_on=session.clock.today(),
        author_name=session.actor.name,
        author_role=letter.content["signed_role"],
        organisation=letter.content["school"],
        for_requests=False,
        confidential=hidden,
        readers=(session.actor.id,) if hidden else (),
        subject=letter.content["subject"],
        words=letter.content["text"],
    )


def _letter(session: Session, about: Pupil, to: Contact, subject: str, text: str, number: int) -> Letter:
    home = school(session.record)
    content = LetterContent(
        school=home.name,
        crest=crest_for_paper(session),
        school_lines=school_lines(home),
        made_on=session.clock.today().isoformat(),
        recipient=to.name,
        address=list(address_lines(to)),
        salutation=reference.say("letters.dear", name=salutation_name(to)),
        subject=subject,
        about=about.name,
        text=text,
        signed_by=session.actor.name,
        signed_role=reference.say(f"people.role_{session.actor.role}"),
        large_print="large_print" in to.formats,
        demo=home.demo,
    )
    name = "".join(each if each.isalnum() else " " for each in f"{to.name} {subject}")
    return Letter(to, f"{number:02} {' '.join(name.split())[:_MOST_NAME].strip()}.pdf", content)


def school_lines(home: School) -> list[str]:
    """What stands below the school's name at the head of a letter."""
    return [each for each in (*address_lines(home), home.phone, home.email) if each]


def _check_addresses(words: str, to: Contact, contacts: Sequence[Contact]) -> None:
    """What is typed must not give away an address that is kept from this person."""
    written = f" {' '.join(search_words(words))} "
    own = {" ".join(search_words(each)) for each in (*address_lines(to), to.phone or "", to.email or "")}
    digits = "".join(each for each in words if each.isdigit())
    for other in contacts:
        if other.id == to.id:
            continue
        told = [other.email or "", other.phone or ""] if reach_is_hidden(other, contacts) else []
        if address_is_hidden(other, contacts):
            told += [*address_lines(other)[:1], other.postcode or ""]
        telling = [" ".join(search_words(each)) for each in told]
        joined = [" ".join(search_words(other.postcode or "")).replace(" ", "")] if address_is_hidden(other, contacts) else []
        number = "".join(each for each in other.phone or "" if each.isdigit())
        called = bool(told) and len(number) > _SHORTEST_NUMBER and reach_is_hidden(other, contacts) and to.phone != other.phone
        gives_away = any(each and f" {each} " in written for each in (*telling, *joined) if each not in own)
        if gives_away or (called and number in digits):
            raise Refusal("letter_gives_away_address", field="text", name=other.name, to=to.name)
