"""A pupil's record comes from another school: opened, looked at, matched by a person, and taken in with its history.

It comes from a stranger: everything in it is checked against ``KINDS`` before any of it is written.
"""

import hashlib
import json
import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sencoapp import reference
from sencoapp.domain.activity import SAVES_OF_CONSEQUENCE
from sencoapp.domain.background import PriorSchool
from sencoapp.domain.leaving import OF_THE_SCHOOL, ONLY_HERE, STAYS_HERE, Arrival
from sencoapp.domain.people import Contact, Pupil
from sencoapp.domain.plain import fits, from_plain, hints_of
from sencoapp.domain.record import KINDS, WHOLE, Amend, Edit, New, Saved, kind_name
from sencoapp.domain.refusals import Fault, Refusal
from sencoapp.domain.saves import KeptSave
from sencoapp.domain.words import folded
from sencoapp.services.hand_over import CHUNKS, FORM, SAVES, THINGS
from sencoapp.services.packs import OpenedPack, Packs
from sencoapp.services.permissions import must_be_allowed
from sencoapp.services.ports import Record, Session

_ID = re.compile(r"[0-9a-f]{32}")
_SEALED = re.compile(r"1:[0-9a-f]{64}:[0-9a-f]{64}(?:,[0-9a-f]{64})*")
_LONGEST_TEXT = 200_000
_LONGEST_NAME = 200
_MOST_WRITES = 200_000


@dataclass(frozen=True)
class Match:
    """A pupil of this record who may be the one that came, and why: ``upn`` or ``name_and_birth``."""

    pupil: Pupil
    why: str


@dataclass(frozen=True)
class Preview:
    """What a pack holds, before anything is taken in."""

    school: str
    dfe_number: str | None
    fingerprint: str
    made_at: datetime
    made_by: str
    left_on: date | None
    name: str
    birth_date: date | None
    upn: str | None
    counts: Mapping[str, int]
    left_out: int
    matches: tuple[Match, ...]
    here: str | None
    """The pupil of this record who holds it already."""
    new_saves: int
    """How many of its saves are not here yet."""


@dataclass(frozen=True)
class Parcel:
    """A pack that was opened, proved and understood."""

    opened: OpenedPack
    origin: str
    saves: tuple[KeptSave, ...]
    things: tuple[Any, ...]
    pupil: Mapping[str, Any]
    apart: Mapping[str, tuple[str, ...]]
    """Contacts of whom something is kept from the others, by the field that says so."""


def open_parcel(packs: Packs, content: bytes, code: str) -> Parcel:
    """Raises ``Fault`` with one sentence for a file that is damaged, of another kind, newer, or under another code."""
    opened = packs.open(content, code)
    if opened.claims.get("format") != FORM:
        raise Fault("pack_is_newer")
    try:
        origin = _id(opened.claims["pupil"])
        for name, hint in (("pack", str), ("school", str), ("made_by", str), ("made_at", datetime), ("left_on", date), ("left_out", int)):
            _must(fits(hint, opened.claims[name]))
        _must(fits(str | None, opened.claims["dfe_number"]) and fits(date | None, opened.claims["entry_on"]))
        _must(all(len(opened.claims[each]) < _LONGEST_NAME for each in ("pack", "school", "made_by")))
        apart = _kept_apart(opened.claims.get("kept_apart", {}))
        told_saves, told_things = json.loads(opened.parts[SAVES]), json.loads(opened.parts[THINGS])
        _must(_is_bounded([dict(opened.claims), told_saves, told_things]))
        saves = tuple(_save(each, origin) for each in told_saves)
        things = tuple(_thing(each) for each in told_things)
        _must(sum(len(each.writes) for each in saves) <= _MOST_WRITES and len({each.id for each in saves}) == len(saves))
        for name, part in opened.parts.items():
            _must(not name.startswith(CHUNKS) or hashlib.sha256(part).hexdigest() == name.removeprefix(CHUNKS))
        pupil = {field: value for save in saves for kind, _, field, value, _ in save.writes if kind == "pupil"}
        _must(all(fits(str, pupil.get(each)) for each in ("legal_surname", "legal_forename")))
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError):
        raise Fault("pack_damaged") from None
    return Parcel(opened, origin, saves, things, pupil, apart)


def preview(session: Session, parcel: Parcel) -> Preview:
    """Who it is, how much, from whom, and whom it may be here. Changes nothing."""
    record, claims = session.record, parcel.opened.claims
    here = pupil_here(record, parcel.origin)
    ids = [each.id for each in _as_stream_of(parcel, here or parcel.origin)]
    counts = Counter(kind for kind, _ in {(kind, entity) for save in parcel.saves for kind, entity, *_ in save.writes})
    names = (parcel.pupil.get("preferred_forename") or parcel.pupil["legal_forename"], parcel.pupil.get("preferred_surname") or "")
    return Preview(
        school=claims["school"],
        dfe_number=claims["dfe_number"],
        fingerprint=parcel.opened.fingerprint,
        made_at=datetime.fromisoformat(claims["made_at"]),
        made_by=claims["made_by"],
        left_on=date.fromisoformat(claims["left_on"]),
        name=f"{names[0]} {names[1] or parcel.pupil['legal_surname']}",
        birth_date=_day(parcel.pupil.get("birth_date")),
        upn=parcel.pupil.get("upn"),
        counts={kind: counts[kind] for kind in KINDS if counts[kind]},
        left_out=claims["left_out"],
        matches=() if here else tuple(_matches(record, parcel)),
        here=here,
        new_saves=len(ids) - len(record.knows(ids)),
    )


def pupil_here(record: Record, origin: str) -> str | None:
    """The pupil under whom a record from elsewhere was taken in, or who has this very id."""
    came = [each.pupil for each in record.find(Arrival, origin=origin)]
    if came:
        return came[0]
    return origin if record.get(Pupil, origin) else None


def take_in(session: Session, parcel: Parcel, *, join: str | None = None, apart: bool = False) -> tuple[str, Saved]:
    """The pupil with their history. ``join`` is a pupil of this record who is the same; ``apart`` says that none of the matches is.

    What two schools have written differently is kept side by side until a person chooses. Taking the same pack in again
    changes nothing. Raises ``Refusal``: ``arrival_needs_choice``, ``arrival_was_erased``; ``Fault("pack_damaged")``.
    """
    must_be_allowed(session, "take_in_record")
    record, seen = session.record, preview(session, parcel)
    if seen.matches and join is None and not apart:
        raise Refusal("arrival_needs_choice", names=", ".join(each.pupil.name for each in seen.matches))
    if join is not None and join not in [each.pupil.id for each in seen.matches] and join != seen.here:
        raise Refusal("arrival_needs_choice", names=", ".join(each.pupil.name for each in seen.matches))
    pupil = seen.here or join or parcel.origin
    saves = _as_stream_of(parcel, pupil)
    known = record.knows(each.id for each in saves)
    if seen.here is None and (known or _was_erased(record, parcel)):
        raise Refusal("arrival_was_erased")
    if len(known) == len(saves):
        return pupil, Saved(record.position())
    for name, part in parcel.opened.parts.items():
        if name.startswith(CHUNKS):
            session.blobs.keep_chunk(part)
    if session.blobs.missing(_sealed(saves)):
        raise Fault("pack_damaged")
    copied = _copied_things(record, parcel, pupil)
    saves = [save if save.id in known else replace(save, writes=_renamed(save.writes, copied)) for save in saves]
    things = [replace(each, id=copied.get(each.id, each.id)) for each in parcel.things]
    edits: list[Edit] = [New(each) for each in things if record.whose(type(each), each.id) is None]
    edits += _still_apart(record, parcel, saves)
    edits += [New(each) for each in _our_account(session, parcel, pupil, len(saves) - len(known))]
    saved = record.receive(saves, pupil, edits, action="take_in", actor=session.actor)
    session.record.note("taken_in", actor=session.actor, pupil=pupil, saves=len(saves) - len(known), joined=join is not None)
    return pupil, saved


def _copied_things(record: Record, parcel: Parcel, pupil: str) -> dict[str, str]:
    """What of the pack was removed here, and the id under which it comes as a copy: what somebody removed stays removed."""
    copied = {}
    for each in parcel.things:
        id = each.id
        while record.whose(type(each), id) is not None and record.get(type(each), id) is None:
            id = hashlib.sha256(f"{id} {pupil}".encode()).hexdigest()[:32]
        if id != each.id:
            copied[each.id] = id
    return copied


def _renamed(writes: Sequence[Sequence[Any]], copied: Mapping[str, str]) -> list[list[Any]]:
    for old, new in copied.items():
        writes = [[kind, entity, field, _moved(value, old, new), replaces] for kind, entity, field, value, replaces in writes]
    return [list(each) for each in writes]


def _still_apart(record: Record, parcel: Parcel, saves: Sequence[KeptSave]) -> list[Edit]:
    """What the other school kept apart is kept apart here by name, whatever the rule makes of what is known here."""
    brought = {entity for save in saves for kind, entity, *_ in save.writes if kind == kind_name(Contact)}
    here = {each: record.get_hidden(Contact, each) for each in brought}
    return [
        Amend(Contact, id, {field: True})
        for field, ids in parcel.apart.items()
        for id in ids
        if id in brought and getattr(here[id], field, None) is None
    ]


def _our_account(session: Session, parcel: Parcel, pupil: str, saves: int) -> list[Any]:
    """That it came, and the school that it came from as one that the pupil was at."""
    claims, record = parcel.opened.claims, session.record
    arrival = Arrival(
        id=session.ids.new(),
        pupil=pupil,
        pack=claims["pack"],
        origin=parcel.origin,
        school=claims["school"],
        fingerprint=parcel.opened.fingerprint,
        saves=saves,
        received_at=session.clock.now(),
        received_by=session.actor.name,
        dfe_number=claims["dfe_number"],
    )
    if record.find(PriorSchool, pupil=pupil, name=claims["school"]):
        return [arrival]
    entered, left = _day(claims["entry_on"]), _day(claims["left_on"])
    return [arrival, PriorSchool(session.ids.new(), pupil, claims["school"], claims["dfe_number"], None, entered, left)]


def _matches(record: Record, parcel: Parcel) -> list[Match]:
    told = parcel.pupil
    upns = {each for each in (told.get("upn"), told.get("former_upn")) if each}
    found = [Match(each, "upn") for upn in sorted(upns) for each in record.find(Pupil, upn=upn)]
    born = _day(told.get("birth_date"))
    same_day = record.find(Pupil, birth_date=born) if born else []
    name = folded(f"{told['legal_forename']} {told['legal_surname']}")
    found += [Match(each, "name_and_birth") for each in same_day if folded(f"{each.legal_forename} {each.legal_surname}") == name]
    return list({each.pupil.id: each for each in reversed(found)}.values())


def _as_stream_of(parcel: Parcel, pupil: str) -> list[KeptSave]:
    """The saves as they are written here: marked with the school, and under the id of the pupil here.

    A save that is written under another pupil gets another id, always the same one, so that a second time is known as such.
    """
    marked = [_as_a_strangers(each, parcel) for each in parcel.saves]
    if pupil == parcel.origin:
        return marked
    ids = {each.id: hashlib.sha256(f"{each.id} {pupil}".encode()).hexdigest()[:32] for each in marked}
    return [
        replace(
            each,
            id=ids[each.id],
            save=ids.get(each.save, each.save),
            writes=[
                [
                    kind,
                    pupil if entity == parcel.origin else entity,
                    field,
                    _moved(value, parcel.origin, pupil),
                    [ids.get(old, old) for old in replaces],
                ]
                for kind, entity, field, value, replaces in each.writes
            ],
        )
        for each in marked
    ]


def _was_erased(record: Record, parcel: Parcel) -> bool:
    """Whether any of it was erased here, under its own pupil or under one whom it was joined to."""
    streams = {parcel.origin, *record.erased_streams()}
    ids = [each.id for stream in streams for each in _as_stream_of(parcel, stream)]
    return bool(record.knows(ids))


def _as_a_strangers(save: KeptSave, parcel: Parcel) -> KeptSave:
    """By somebody of that school, who is nobody of ours whatever id the file gives them, and no deed that Activity tells of."""
    name = reference.say("leaving.from_school", name=save.by["name"], school=parcel.opened.claims["school"])
    somebody = hashlib.sha256(f"{parcel.opened.fingerprint} {save.by['id']}".encode()).hexdigest()[:32]
    action = "take_in" if save.action in SAVES_OF_CONSEQUENCE else save.action
    return replace(save, action=action, by={**save.by, "id": somebody, "name": name})


def _moved(value: Any, origin: str, pupil: str) -> Any:
    if isinstance(value, str):
        return pupil if value == origin else value
    if isinstance(value, list):
        return [_moved(each, origin, pupil) for each in value]
    if isinstance(value, dict):
        return {name: _moved(each, origin, pupil) for name, each in value.items()}
    return value


# ---- what a stranger's file may hold -----------------------------------------------------------------------------------------
def _must(right: bool) -> None:
    if not right:
        raise ValueError("not what we write")


def _id(value: Any) -> str:
    _must(isinstance(value, str) and _ID.fullmatch(value) is not None)
    return str(value)


def _kept_apart(plain: Any) -> dict[str, tuple[str, ...]]:
    _must(isinstance(plain, dict) and set(plain) <= {"address_hidden", "reach_hidden"})
    _must(all(isinstance(each, list) for each in plain.values()))
    return {field: tuple(_id(each) for each in ids) for field, ids in plain.items()}


def _save(plain: Mapping[str, Any], origin: str) -> KeptSave:
    by = {name: plain["by"][name] for name in ("id", "name", "role")}
    _must(
        all(isinstance(each, str) and len(each) < _LONGEST_NAME for each in (*by.values(), plain["action"])) and fits(datetime, plain["at"])
    )
    writes = [_write(each, origin) for each in plain["writes"]]
    return KeptSave(_id(plain["id"]), _id(plain["save"]), plain["at"], plain["action"], by, writes)


def _write(plain: Sequence[Any], origin: str) -> list[Any]:
    kind, entity, field, value, replaces = plain
    _must(kind in KINDS and kind not in STAYS_HERE | OF_THE_SCHOOL)
    hints = hints_of(KINDS[kind])
    _must("pupil" in hints or kind == "pupil")
    _must(isinstance(replaces, list) and all(_id(each) for each in replaces))
    if kind == "pupil":
        _must(entity == origin and field not in ONLY_HERE)
    if field == "*":
        _must(kind in WHOLE and isinstance(value, dict))
        _must(fits(KINDS[kind], {**value, "id": entity}))
        _must(value["pupil"] == origin)
    elif field == "_removed":
        _must(isinstance(value, bool))
    else:
        _must(kind not in WHOLE and isinstance(field, str) and len(field) < 100 and field != "id")
        _must(field not in hints or value is None or fits(hints[field], value))
        _must(field != "pupil" or value == origin)
    fields = value if field == "*" else {field: value}
    _must(all(each is None or _SEALED.fullmatch(each) for name, each in fields.items() if name == "blob" or name.endswith("_blob")))
    return [kind, _id(entity), field, value, replaces]


def _thing(plain: Mapping[str, Any]) -> Any:
    kind, values = plain["kind"], plain["values"]
    of = KINDS[kind]
    hints = hints_of(of)
    _must(kind not in STAYS_HERE | OF_THE_SCHOOL | {"pupil"} and "pupil" not in hints)
    _id(values["id"])
    _must(fits(of, values))
    return from_plain(of, values)


def _is_bounded(value: Any) -> bool:
    if isinstance(value, str):
        return len(value) <= _LONGEST_TEXT and "\x00" not in value and not any("\ud800" <= each <= "\udfff" for each in value)
    if isinstance(value, list):
        return all(map(_is_bounded, value))
    if isinstance(value, dict):
        return all(_is_bounded(each) for pair in value.items() for each in pair)
    return value is None or isinstance(value, bool | int) or (isinstance(value, float) and math.isfinite(value))


def _sealed(saves: Sequence[KeptSave]) -> list[str]:
    found: set[str] = set()
    for save in saves:
        for _, _, field, value, _ in save.writes:
            fields = value if field == "*" else {field: value}
            found |= {str(each) for name, each in fields.items() if each and (name == "blob" or name.endswith("_blob"))}
    return sorted(found)


def _day(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None
