"""Whose names are looked for in a pupil's record before a copy of it goes out."""

from collections.abc import Iterable

from sencoapp import reference
from sencoapp.domain.access import Others, run_together
from sencoapp.domain.households import kept_apart, pupil_address_is_hidden
from sencoapp.domain.people import Contact, Pupil, StaffMember
from sencoapp.domain.words import folded
from sencoapp.services.beginning import school
from sencoapp.services.changes import must_get
from sencoapp.services.ports import Session


def others_in(session: Session, pupil: str) -> Others:
    """The names, addresses and words that a person is asked about in a copy of this pupil's record."""
    record = session.record
    own = must_get(record, Pupil, pupil)
    contacts, staff = record.find(Contact, pupil=pupil), record.find(StaffMember)
    addresses = {line for each in contacts for line in kept_apart(each, contacts)}
    if pupil_address_is_hidden(own, contacts):
        addresses |= {each for each in (own.address, own.postcode) if each}
    pupils = [each for each in record.find(Pupil) if each.id != pupil]
    home = school(record)
    return Others(
        pupils=_words(name for each in pupils for name in (each.legal_name, each.name)),
        contacts=_words(each.name for each in contacts) - _words(each.title or "" for each in contacts),
        own=_words([own.legal_name, own.name, *(each.name for each in staff), home.name]),
        school=frozenset(run_together(each) for each in (home.name, home.phone, home.email) if each),
        hidden=tuple(sorted(addresses, key=len, reverse=True)),
        safeguarding=tuple(reference.data("rules", "access.json")["safeguarding_words"]),
    )


def _words(names: Iterable[str]) -> frozenset[str]:
    return frozenset(folded(word) for name in names for word in name.split())
