"""Files that leave the record for other systems. What left, which bytes and for whom is noted in the record (architecture.md, rule 4)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from sencoapp import reference
from sencoapp.domain.calendar import academic_year
from sencoapp.domain.casework import Disclosure
from sencoapp.domain.grouping import by_pupil
from sencoapp.domain.households import without_kept_apart
from sencoapp.domain.lists import ListContent, PupilForTransfer, TransferContent
from sencoapp.domain.people import Contact, Pupil, SenNeed, SenStatus
from sencoapp.domain.record import Saved
from sencoapp.domain.refusals import Refusal
from sencoapp.services.beginning import school
from sencoapp.services.documents import record_disclosure
from sencoapp.services.lists import LISTS
from sencoapp.services.map_content import MapList
from sencoapp.services.permissions import must_be_allowed
from sencoapp.services.ports import Documents, PupilFiles, RegisterQuery, Session
from sencoapp.services.provision_terms import TermsList

T = TypeVar("T", SenStatus, SenNeed, Contact)

MOST_PUPILS_IN_FULL = 60
"""Up to so many pupils are asked for one by one; beyond it everybody is asked for at once."""


@dataclass(frozen=True)
class Exported:
    """A file that is ready to be given out, and how many rows or pupils are in it."""

    what: str
    name: str
    content: bytes
    count: int
    apart: int = 0
    """Of how many people something that is kept apart was left out, or with ``apart_told`` is in it."""
    apart_told: bool = False


def list_content(session: Session, name: str, query: RegisterQuery, text: str = "") -> ListContent:
    """One of ``services.lists.LISTS``, filtered. Raises ``Refusal("nothing_to_export")`` for an empty one."""
    must_be_allowed(session, "export")
    content = LISTS[name](session, query, text)
    if not content.rows:
        raise Refusal("nothing_to_export")
    return content


def list_file(documents: Documents, content: ListContent, ending: str) -> Exported:
    """The list as ``csv`` or ``xlsx``; the map of a school and a provision over terms as ``pdf`` too; the map's workbook
    calculates. Touches no record."""
    if isinstance(content, TermsList) and ending == "pdf":
        made = documents.provision_terms_pdf(content.over_terms)
    elif isinstance(content, MapList) and ending != "csv":
        made = documents.school_map_pdf(content.map) if ending == "pdf" else documents.school_map_xlsx(content.map)
    else:
        made = documents.list_xlsx(content) if ending == "xlsx" else documents.list_csv(content)
    name = f"{content.title} {content.made_on.isoformat()}.{ending}"
    return Exported(content.title, name, made, len(content.rows))


def transfer_content(
    session: Session, query: RegisterQuery, *, pupil: str | None = None, destination: str = "", with_apart: bool = False
) -> TransferContent:
    """The pupils that a filter of the register lets through, or one pupil, as a CTF carries them.

    A CTF cannot say that an address is kept apart, so such ones, and telephone and e-mail with them, are left out unless a
    person chose ``with_apart``; ``note_export`` notes that choice. Raises ``Refusal("nothing_to_export")`` where there is nobody.
    """
    must_be_allowed(session, "export")
    record, today = session.record, session.clock.today()
    ids = [pupil] if pupil else [each.id for each in record.register(query, limit=1_000_000)]
    if not ids:
        raise Refusal("nothing_to_export")
    many = len(ids) > MOST_PUPILS_IN_FULL
    everybody = {each.id: each for each in record.find(Pupil)} if many else {}
    statuses, needs, contacts = (
        _of_pupils(session, SenStatus, many),
        _of_pupils(session, SenNeed, many),
        _of_pupils(session, Contact, many),
    )

    def told(id: str) -> PupilForTransfer | None:
        found = everybody.get(id) if many else record.get(Pupil, id)
        return PupilForTransfer(found, statuses(id), needs(id), contacts(id)) if found else None

    whole = [each for each in map(told, ids) if each]
    found = [without_kept_apart(each.pupil, each.contacts) for each in whole]
    alone = [replace(each, pupil=own, contacts=people) if n else each for each, (own, people, n) in zip(whole, found, strict=True)]
    apart = sum(count for _, _, count in found)
    pupils = tuple(whole if with_apart else alone)
    return TransferContent(school(record), session.clock.now(), academic_year(today), pupils, destination, apart, with_apart)


def transfer_file(files: PupilFiles, content: TransferContent, serial: int) -> Exported:
    """The CTF. Touches no record."""
    name, made = files.ctf(content, serial)
    return Exported(reference.say("lists.title_ctf"), name, made, len(content.pupils), content.apart, content.apart_told)


def next_serial(session: Session) -> int:
    """The number of the next CTF of this school: those that left, and one."""
    return session.record.count(Disclosure, what=reference.say("lists.title_ctf")) + 1


def note_export(session: Session, exported: Exported, file: str, *, pupil: str | None = None) -> Saved:
    """Notes in the record that the file left it, and whether it holds what is kept apart. Call it once the file is written."""
    if exported.apart and exported.apart_told:
        session.record.note("kept_apart_given_out", actor=session.actor, pupil=pupil, people=exported.apart)
    return record_disclosure(
        session,
        exported.what,
        exported.content,
        recipient=reference.say("lists.saved_as", file=file),
        purpose=reference.say("lists.purpose"),
        pupil=pupil,
    )


def _of_pupils(session: Session, kind: type[T], many: bool) -> Callable[[str], Sequence[T]]:
    """What a pupil has of a kind: asked for one by one where they are few, all at once where they are many."""
    if not many:
        return lambda id: session.record.find(kind, pupil=id)
    groups = by_pupil(session.record.find(kind))
    return lambda id: groups.get(id, [])
