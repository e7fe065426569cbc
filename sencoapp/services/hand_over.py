"""A pupil leaves: their record goes to the next school as a sealed pack, as a locked PDF, and as a partial CTF (domain.md 7).

What is confidential is not in it, nor is anything that a safeguarding lead keeps: that goes to the next school's lead apart.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields, replace
from datetime import date
from typing import Any

from sencoapp import reference
from sencoapp.domain.access import Thing
from sencoapp.domain.households import address_is_hidden, reach_is_hidden
from sencoapp.domain.leaving import OF_THE_SCHOOL, ONLY_HERE, STAYS_HERE, HandOver
from sencoapp.domain.people import Contact, Pupil
from sencoapp.domain.plain import hints_of, to_plain
from sencoapp.domain.provision import Provision
from sencoapp.domain.record import KINDS, Amend, Edit, New, Saved, kind_name
from sencoapp.domain.refusals import Refusal
from sencoapp.domain.saves import KeptSave
from sencoapp.services.access import due, everything_of, record_content
from sencoapp.services.beginning import school
from sencoapp.services.changes import filled, must_get
from sencoapp.services.documents import went_out
from sencoapp.services.exports import next_serial, transfer_content
from sencoapp.services.packs import Packs
from sencoapp.services.permissions import must_be_allowed
from sencoapp.services.ports import Documents, PupilFiles, RegisterQuery, Session

FORM = "senco.pupil/1"
SAVES, THINGS, PDF, CHUNKS = "saves.json", "things.json", "record.pdf", "chunks/"
_KEY = "signing key"


@dataclass(frozen=True)
class Parcel:
    """Everything that goes to the next school. ``code`` opens the pack and the PDF, and is told by another way."""

    hand_over: HandOver
    code: str
    fingerprint: str
    pack: bytes
    pdf: bytes
    ctf_name: str
    ctf: bytes
    receipt: bytes
    left_out: int
    """Confidential things that are not in it."""


def parcel(
    session: Session,
    documents: Documents,
    files: PupilFiles,
    packs: Packs,
    pupil: str,
    *,
    school_name: str,
    left_on: date,
    dfe_number: str | None = None,
) -> Parcel:
    """Makes everything, and saves nothing but the key to sign with: see ``handed_over``.

    Raises ``Refusal``: ``hand_over_needs_school``, ``dfe_number_has_seven_digits``.
    """
    must_be_allowed(session, "give_whole_record")
    found = must_get(session.record, Pupil, pupil)
    to, number = filled(school_name), "".join(each for each in dfe_number or "" if each not in " /-") or None
    if to is None:
        raise Refusal("hand_over_needs_school", field="school")
    if number is not None and not (number.isdigit() and len(number) == 7):
        raise Refusal("dfe_number_has_seven_digits", field="dfe_number", typed=dfe_number)
    key, code, id = _key(session, packs), packs.new_code(), session.ids.new()
    goes = [each for each in everything_of(session, pupil) if each.kind not in STAYS_HERE]
    secret = _secret(goes)
    open_things = [each for each in goes if each.id not in secret]
    apart = _kept_apart(session, pupil)
    readable = [_marked(replace(each, earlier=()), apart) for each in open_things if not each.removed]
    pdf = documents.locked(documents.record_copy(record_content(session, readable)), code)
    claims = {**_claims(session, found, id, to, number, left_on, len(secret)), "kept_apart": apart}
    parts = _parts(session, pupil, open_things, secret, left_on)
    pack = packs.seal(claims, {**parts, PDF: pdf}, key=key, code=code)
    went = HandOver(
        id=session.ids.new(),
        pupil=pupil,
        pack=id,
        school=to,
        left_on=left_on,
        made_at=session.clock.now(),
        made_by=session.actor.name,
        sha256=hashlib.sha256(pack).hexdigest(),
        dfe_number=number,
    )
    transfer = transfer_content(session, RegisterQuery(), pupil=pupil, destination=number or "")
    ctf_name, ctf = files.ctf(transfer, next_serial(session))
    receipt = documents.hand_over_receipt(_receipt(session, found, went, packs.fingerprint(key), parts, len(secret)))
    return Parcel(went, code, packs.fingerprint(key), pack, pdf, ctf_name, ctf, receipt, len(secret))


def _kept_apart(session: Session, pupil: str) -> dict[str, list[str]]:
    """The contacts whose address, or telephone and e-mail, are kept from the others: the next school keeps them apart as well."""
    contacts = session.record.find(Contact, pupil=pupil)
    return {
        "address_hidden": [each.id for each in contacts if address_is_hidden(each, contacts)],
        "reach_hidden": [each.id for each in contacts if reach_is_hidden(each, contacts)],
    }


def _marked(thing: Thing, apart: Mapping[str, Sequence[str]]) -> Thing:
    """A contact as the PDF shows it: with the words that something of it is kept apart, also where only the rule says so."""
    marks = {field: True for field, ids in apart.items() if thing.id in ids}
    return replace(thing, values={**thing.values, **marks}) if marks else thing


def is_confidential(values: Mapping[str, Any]) -> bool:
    """Whether only some may read it."""
    return bool(values.get("confidential") or values.get("readers"))


def _secret(things: Sequence[Thing]) -> frozenset[str]:
    """What is confidential, and what is nothing without it, such as the link of a plan to a confidential note."""
    found = {each.id for each in things if is_confidential(each.values)}
    while more := {each.id for each in things if each.id not in found and _rests_on(each, frozenset(found))}:
        found |= more
    return frozenset(found)


def _rests_on(thing: Thing, secret: frozenset[str]) -> bool:
    needed = [each.name for each in fields(KINDS[thing.kind]) if each.default is MISSING and each.default_factory is MISSING]
    return any(name != "id" and thing.values.get(name) in secret for name in needed)


def _key(session: Session, packs: Packs) -> str:
    """This record's key to sign with, made when it is first needed."""
    kept = session.record.setting(_KEY)
    if not isinstance(kept, str):
        kept = packs.new_key()
        session.record.set_setting(_KEY, kept)
    return kept


def fingerprint(session: Session, packs: Packs) -> str:
    """What the next school compares by telephone."""
    return packs.fingerprint(_key(session, packs))


def _claims(session: Session, pupil: Pupil, pack: str, to: str, number: str | None, left_on: date, left_out: int) -> dict[str, Any]:
    home = school(session.record)
    return {
        "format": FORM,
        "pack": pack,
        "pupil": pupil.id,
        "school": home.name,
        "dfe_number": home.dfe_number,
        "to": to,
        "to_number": number,
        "left_on": left_on.isoformat(),
        "entry_on": to_plain(pupil.entry_on),
        "made_at": to_plain(session.clock.now()),
        "made_by": session.actor.name,
        "left_out": left_out,
    }


def _parts(session: Session, pupil: str, things: Sequence[Thing], secret: frozenset[str], left_on: date) -> dict[str, bytes]:
    saves = [each for each in (_without(save, secret) for save in session.record.stream(pupil)) if each.writes]
    school_things = [
        {"kind": each.kind, "values": _ended(each.values, left_on) if each.kind == kind_name(Provision) else dict(each.values)}
        for each in things
        if each.kind != "pupil" and "pupil" not in hints_of(KINDS[each.kind]) and each.kind not in OF_THE_SCHOOL
    ]
    chunks = {f"{CHUNKS}{digest}": content for name in _sealed(saves) for digest, content in session.blobs.chunks(name).items()}
    return {SAVES: _json([to_plain(each) for each in saves]), THINGS: _json(school_things), **chunks}


def _without(save: KeptSave, secret: frozenset[str]) -> KeptSave:
    """A save without what stays: this school's own account, what is confidential, and what points to that."""
    kept = [
        [kind, entity, field, [each for each in value if not _names(each, secret)] if isinstance(value, list) else value, replaces]
        for kind, entity, field, value, replaces in save.writes
        if kind not in STAYS_HERE
        and entity not in secret
        and not (kind == "pupil" and field in ONLY_HERE)
        and not (isinstance(value, str) and value in secret)
    ]
    return replace(save, writes=kept)


def _names(value: Any, ids: frozenset[str]) -> bool:
    if isinstance(value, str):
        return value in ids
    if isinstance(value, list):
        return any(_names(each, ids) for each in value)
    return isinstance(value, dict) and any(_names(each, ids) for each in value.values())


def _ended(values: Mapping[str, Any], left_on: date) -> dict[str, Any]:
    """What the old school gave ends there on the last day at the latest."""
    ends = values.get("ends_on")
    return {**values, "ends_on": min(ends, left_on.isoformat()) if ends else left_on.isoformat()}


def _sealed(saves: Iterable[KeptSave]) -> list[str]:
    found: dict[str, None] = {}
    for save in saves:
        for _, _, field, value, _ in save.writes:
            written = value if field == "*" else {field: value}
            found |= dict.fromkeys(str(each) for name, each in written.items() if each and (name == "blob" or name.endswith("_blob")))
    return list(found)


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _receipt(session: Session, pupil: Pupil, went: HandOver, fingerprint: str, parts: Mapping[str, bytes], left_out: int) -> dict[str, Any]:
    home = school(session.record)
    by, apart = due(session, "hand_over", went.left_on), due(session, "child_protection_file", went.left_on)
    return {
        "school": home.name,
        "to": went.school,
        "pupil": pupil.legal_name,
        "birth_date": to_plain(pupil.birth_date),
        "upn": pupil.upn,
        "left_on": went.left_on.isoformat(),
        "made_on": went.made_at.date().isoformat(),
        "made_by": went.made_by,
        "sha256": went.sha256,
        "fingerprint": fingerprint,
        "files": sum(each.startswith(CHUNKS) for each in parts),
        "left_out": left_out,
        "due": to_plain(by.due),
        "citation": by.citation,
        "apart_due": to_plain(apart.due),
        "apart_citation": apart.citation,
        "demo": home.demo,
    }


def handed_over(session: Session, made: Parcel) -> Saved:
    """The parcel went out: the pupil has left, and what left the record is noted (architecture.md, rule 4)."""
    went = made.hand_over
    out = {"leaving.part_pack": made.pack, "leaving.part_pdf": made.pdf, "lists.title_ctf": made.ctf}
    purpose = reference.data("rules", "access.json")["grounds"]["hand_over"]["label"]
    disclosures = [
        went_out(session, reference.say(what), content, recipient=went.school, purpose=purpose, pupil=went.pupil)
        for what, content in out.items()
    ]
    edits: list[Edit] = [New(went), *disclosures, Amend(Pupil, went.pupil, {"left_on": went.left_on})]
    saved = session.record.save(edits, action="hand_over", actor=session.actor)
    session.record.note("handed_over", actor=session.actor, pupil=went.pupil, hand_over=went.id, left_out=made.left_out)
    return saved


def receipt_came(session: Session, hand_over: str, on: date, by: str) -> Saved:
    """The next school has signed for it. Raises ``Refusal``: ``receipt_needs_name``, ``receipt_in_the_future``."""
    must_get(session.record, HandOver, hand_over)
    name = filled(by)
    if name is None:
        raise Refusal("receipt_needs_name", field="by")
    if on > session.clock.today():
        raise Refusal("receipt_in_the_future", field="on")
    edits = [Amend(HandOver, hand_over, {"receipt_on": on, "receipt_by": name})]
    return session.record.save(edits, action="receipt_came", actor=session.actor)


def hand_overs_of(session: Session, pupil: str) -> list[HandOver]:
    """Newest first."""
    return sorted(session.record.find(HandOver, pupil=pupil), key=lambda each: (each.made_at, each.id), reverse=True)
