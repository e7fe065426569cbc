"""The catalogue of provision: what comes with the program, changed or hidden by the school, and the school's own additions."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from sencoapp import reference
from sencoapp.domain.catalogue import CatalogueEntry
from sencoapp.domain.lists import ListContent, Value
from sencoapp.domain.people import Area
from sencoapp.domain.record import Amend, New, Remove, Saved
from sencoapp.domain.refusals import Refusal
from sencoapp.domain.words import folded
from sencoapp.services.changes import amended, filled, must_get
from sencoapp.services.permissions import must_be_allowed
from sencoapp.services.ports import Record, Session
from sencoapp.services.provision import check_dose

AREAS: Mapping[Area, str] = {
    "ci": "communication_and_interaction",
    "cl": "cognition_and_learning",
    "semh": "social_emotional_and_mental_health",
    "sp": "sensory_and_physical",
}
"""The files of ``resources/catalogue/``."""

_HEADINGS = {"title": "column_title", "area_plain": "area", "wave_plain": "column_wave", "group": "column_group"}


def shipped() -> list[CatalogueEntry]:
    """What comes with the program; an entry's id is its code, and it is in no record."""
    return [_from_plain(area, each) for area, name in AREAS.items() for each in reference.data("catalogue", f"{name}.json")["entries"]]


def entries(record: Record, *, hidden: bool = False) -> list[CatalogueEntry]:
    """The catalogue as the school has it, by title; with ``hidden`` also what it does not offer."""
    own = record.find(CatalogueEntry)
    instead = {each.shipped: each for each in own if each.shipped}
    known = [instead.get(each.id, each) for each in shipped()] + [each for each in own if not each.shipped]
    return sorted((each for each in known if hidden or not each.hidden), key=lambda each: (folded(each.title), each.id))


def is_own(entry: CatalogueEntry) -> bool:
    """Whether an entry is the school's, and none that comes with the program unchanged."""
    return entry.id != entry.shipped


def keep_entry(
    session: Session, shown: CatalogueEntry | None, wanted: CatalogueEntry, *, as_of: int | None = None
) -> tuple[CatalogueEntry, Saved]:
    """Adds an entry (``shown`` is None), changes one of the school's, or keeps the school's version of one that comes with the program.

    Raises ``Refusal``: ``catalogue_needs_title``, ``catalogue_has_title``, and those of ``check_dose``, with the field.
    """
    title = filled(wanted.title)
    if title is None:
        raise Refusal("catalogue_needs_title", field="title")
    code = shown.code if shown else None
    if any(folded(each.title) == folded(title) and each.code != code for each in entries(session.record, hidden=True)):
        raise Refusal("catalogue_has_title", field="title", title=title)
    check_dose(wanted.sessions_per_week, wanted.minutes, wanted.weeks, wanted.group_size)
    words: dict[str, Any] = {
        name: filled(getattr(wanted, name)) for name in ("description", "intended_outcome", "evidence", "evidence_source", "staff_role")
    }
    tidy = replace(wanted, title=title, **words)
    if shown is not None and is_own(shown):
        kept = replace(tidy, id=shown.id, shipped=shown.shipped)
        return kept, session.record.save(amended(shown, kept), action="change_catalogue", actor=session.actor, as_of=as_of)
    new = replace(tidy, id=session.ids.new(), shipped=code)
    return new, session.record.save([New(new)], action="change_catalogue" if shown else "add_catalogue", actor=session.actor)


def offer(session: Session, entry: CatalogueEntry, offered: bool) -> Saved:
    """Hides an entry, or shows it again; what was given from it stays as it is."""
    if is_own(entry):
        must_get(session.record, CatalogueEntry, entry.id)
        edit: Amend | New = Amend(CatalogueEntry, entry.id, {"hidden": not offered})
    else:
        edit = New(replace(entry, id=session.ids.new(), hidden=not offered))
    return session.record.save([edit], action="show_catalogue" if offered else "hide_catalogue", actor=session.actor)


def remove_entry(session: Session, entry: str) -> Saved:
    """Takes one of the school's entries away; of one that comes with the program, its own text stands again."""
    must_get(session.record, CatalogueEntry, entry)
    return session.record.save([Remove(CatalogueEntry, entry)], action="remove_catalogue", actor=session.actor)


def provision_values(entry: CatalogueEntry) -> dict[str, Any]:
    """What choosing an entry fills into the fields of a ``Provision``; everything stays open to change."""
    return {
        "title": entry.title,
        "wave": entry.wave,
        "area": entry.area,
        "aim": entry.intended_outcome,
        "sessions_per_week": entry.sessions_per_week,
        "minutes": entry.minutes,
        "weeks": entry.weeks,
        "group_size": entry.group_size,
        "staff_role": entry.staff_role,
        "catalogue": entry.code,
    }


def catalogue_list(session: Session) -> ListContent:
    """What the school offers, for a spreadsheet. Raises ``Refusal("not_for_your_role")``."""
    must_be_allowed(session, "export")
    names = (
        "title",
        "area_plain",
        "wave_plain",
        "description",
        "outcome",
        "sessions",
        "minutes",
        "weeks",
        "group",
        "staff",
        "evidence_label",
    )
    rows: list[list[Value]] = [
        [
            each.title,
            reference.say(f"documents.area_{each.area}") if each.area else None,
            reference.say(f"provision_page.wave_{each.wave}"),
            each.description,
            each.intended_outcome,
            each.sessions_per_week,
            each.minutes,
            each.weeks,
            each.group_size,
            each.staff_role,
            evidence_words(each),
        ]
        for each in entries(session.record)
    ]
    headings = [reference.say(f"catalogue.{_HEADINGS.get(each, each)}") for each in names]
    return ListContent(reference.say("lists.title_catalogue"), headings, rows, session.clock.today())


def evidence_words(entry: CatalogueEntry) -> str:
    """What is known of the effect with its source, or that the source is to be confirmed. Nothing is claimed without one."""
    if entry.evidence and entry.evidence_source:
        return reference.say("catalogue.evidence", evidence=entry.evidence, source=entry.evidence_source)
    to_confirm = reference.say("catalogue.to_confirm")
    return f"{entry.evidence} {to_confirm}" if entry.evidence else to_confirm


def _from_plain(area: Area, plain: Mapping[str, Any]) -> CatalogueEntry:
    return CatalogueEntry(
        id=plain["code"],
        title=plain["title"],
        wave=plain["wave"],
        sessions_per_week=Decimal(plain["sessions_per_week"]),
        minutes=plain["minutes"],
        weeks=plain["weeks"],
        group_size=plain["group_size"],
        area=area,
        description=plain["description"],
        intended_outcome=plain["intended_outcome"],
        evidence=plain["evidence"],
        evidence_source=plain["evidence_source"],
        staff_role=plain["staff_role"],
        shipped=plain["code"],
    )
