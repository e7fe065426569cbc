"""Who lives apart from whom, whose address is kept from the others, and who is written to (domain.md 7).

What is kept apart (an address, with it or alone telephone and e-mail) is never shown in, or printed in, anything that goes to
another contact of the pupil.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from sencoapp.domain.people import Contact, Pupil, School
from sencoapp.domain.words import search_words

_PARENTS = frozenset({"PAM", "PAF"})

_NO_ADDRESS: Any = {"address": None, "postcode": None}
_NO_REACH: Any = {"phone": None, "email": None}

Held = Literal["deceased", "no_contact", "no_letters", "order"]
"""Why a letter does not go to someone of itself."""

Care = Literal["no_address", "order", "interpreter", "formats", "language"]
"""What to see to before a letter goes."""


@dataclass(frozen=True)
class Recipient:
    """One person who gets a letter of their own. ``held`` is why not, where it is not sent of itself."""

    contact: Contact
    held: Held | None
    care: tuple[Care, ...]


def is_parent(contact: Contact) -> bool:
    """A natural parent, anyone with parental responsibility, anyone who has care of the child (Education Act 1996 s576)."""
    return bool(contact.natural_parent or contact.parental_responsibility or contact.lives_with_pupil or contact.relationship in _PARENTS)


def living(contacts: Sequence[Contact]) -> list[Contact]:
    """Whom a school and a council can hear: nobody asks, or writes to, a parent who has died."""
    return [each for each in contacts if not each.deceased]


def may_live_apart(contacts: Sequence[Contact]) -> bool:
    """Whether the pupil's parents live apart, or the record does not say that they live together.

    Where the record is silent the careful answer is yes: an address once given away cannot be taken back.
    """
    parents = [each for each in living(contacts) if is_parent(each)]
    return len(parents) > 1 and not all(_together(parents[0], each) for each in parents[1:])


def address_is_hidden(contact: Contact, contacts: Sequence[Contact]) -> bool:
    """Whether this contact's address is kept from the pupil's other contacts: as was chosen, else where parents may live apart."""
    if contact.address_hidden is not None:
        return contact.address_hidden
    return is_parent(contact) and may_live_apart(contacts)


def reach_is_hidden(contact: Contact, contacts: Sequence[Contact]) -> bool:
    """Whether telephone and e-mail are kept from the pupil's other contacts: as was chosen, else as the address is."""
    return address_is_hidden(contact, contacts) if contact.reach_hidden is None else contact.reach_hidden


def kept_apart(contact: Contact, contacts: Sequence[Contact]) -> tuple[str, ...]:
    """What is kept from the other contacts: whole texts and the lines of the address, as they would give somebody away."""
    address = (*address_lines(contact), contact.address, contact.postcode) if address_is_hidden(contact, contacts) else ()
    reach = (contact.phone, contact.email) if reach_is_hidden(contact, contacts) else ()
    return tuple(dict.fromkeys(each for each in (*address, *reach) if each))


def without_kept_apart(pupil: Pupil, contacts: Sequence[Contact]) -> tuple[Pupil, tuple[Contact, ...], int]:
    """The same without what is kept apart, for a file that cannot say so; and of how many people something was left out."""
    told = tuple(
        replace(
            each,
            **(_NO_ADDRESS if address_is_hidden(each, contacts) else {}),
            **(_NO_REACH if reach_is_hidden(each, contacts) else {}),
        )
        for each in contacts
    )
    alone = replace(pupil, **_NO_ADDRESS) if pupil_address_is_hidden(pupil, contacts) else pupil
    return alone, told, (alone != pupil) + sum(one != other for one, other in zip(told, contacts, strict=True))


def pupil_address_is_hidden(pupil: Pupil, contacts: Sequence[Contact]) -> bool:
    """Whether the pupil's own address gives away one that is kept apart: that of someone whom they live with, or the same one."""
    hidden = [each for each in contacts if address_is_hidden(each, contacts)]
    own = _address_words(pupil)
    return any(each.lives_with_pupil or (own and _address_words(each) == own) for each in hidden) or (
        bool(hidden) and not any(each.lives_with_pupil for each in contacts)
    )


def recipients(contacts: Sequence[Contact]) -> list[Recipient]:
    """Whom a letter about the pupil goes to, each a letter of their own, in the school's order.

    Every parent is to be involved unless an order restricts it; others where the school chose so.
    """
    chosen = [each for each in contacts if each.copy_letters or is_parent(each)]
    return [Recipient(each, _held(each), _care(each)) for each in sorted(chosen, key=lambda each: each.order)]


def salutation_name(contact: Contact) -> str:
    """ "Mrs Brennan"; the whole name where no title is known."""
    return f"{contact.title} {contact.surname}" if contact.title else contact.name


def address_lines(contact: Contact | School) -> tuple[str, ...]:
    """The address as it stands on an envelope, one line each."""
    lines = [part.strip() for line in (contact.address or "").splitlines() for part in line.split(",")]
    return tuple(each for each in (*lines, contact.postcode or "") if each)


def _held(contact: Contact) -> Held | None:
    if contact.deceased:
        return "deceased"
    if contact.no_contact:
        return "no_contact"
    if contact.order_restriction:
        return "order"
    return "no_letters" if contact.copy_letters is False else None


def _care(contact: Contact) -> tuple[Care, ...]:
    found: list[Care] = []
    if contact.order_restriction:
        found.append("order")
    if not address_lines(contact):
        found.append("no_address")
    if contact.interpreter:
        found.append("interpreter")
    elif contact.language and contact.language != "ENG":
        found.append("language")
    if contact.formats:
        found.append("formats")
    return tuple(found)


def _together(one: Contact, other: Contact) -> bool:
    if one.lives_with_pupil is not None and other.lives_with_pupil is not None:
        return one.lives_with_pupil and other.lives_with_pupil
    return bool(_address_words(one)) and _address_words(one) == _address_words(other)


def _address_words(person: Contact | Pupil) -> tuple[str, ...]:
    return tuple(search_words(f"{person.address or ''} {person.postcode or ''}"))
