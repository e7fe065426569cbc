"""Erasing one pupil's record for good: a separate, reasoned act of the SENCO's in two steps (sync.md 2, domain.md 7)."""

import hashlib
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sencoapp import reference
from sencoapp.domain.erasure_content import ErasureContent
from sencoapp.domain.leaving import Erasure
from sencoapp.domain.people import Pupil
from sencoapp.domain.plain import to_plain
from sencoapp.domain.record import KINDS
from sencoapp.domain.refusals import Fault, Refusal
from sencoapp.domain.words import folded
from sencoapp.services import lending, retention
from sencoapp.services.beginning import school
from sencoapp.services.changes import filled, must_get
from sencoapp.services.copies_port import Copies
from sencoapp.services.ports import Cancelled, Progress, Record, Session

_TELLING_DAYS = ("happened_on", "starts_on", "given_on", "document_on", "started_on", "at", "made_at", "added_at")
"""Fields that say when something was, for the period that a certificate names."""


@dataclass(frozen=True)
class ErasureReview:
    """What would be erased, and what stands in the way. ``refused`` is the key of the refusal, or empty."""

    pupil: Pupil
    retained: retention.Retained
    kinds: tuple[tuple[str, int], ...]
    """Kinds with their numbers, removed things included."""
    saves: int
    files: int
    first_on: date | None
    last_on: date | None
    mentions: int
    """Notes about other pupils that have this pupil's name in them. They are those pupils' record and stay."""
    refused: str

    @property
    def things(self) -> int:
        return sum(count for _, count in self.kinds)


def review(session: Session, pupil: str) -> ErasureReview:
    """The first step: what it is. Changes nothing."""
    record, today = session.record, session.clock.today()
    kept = retention.retained(record, pupil, today)
    found = kept.pupil
    saves = record.stream(pupil)
    things: dict[str, set[str]] = {}
    files: set[str] = set()
    days: list[str] = []
    for save in saves:
        for kind, entity, field, value, _ in save.writes:
            things.setdefault(kind, set()).add(entity)
            fields = value if field == "*" else {field: value}
            files |= {each for name, each in fields.items() if each and (name == "blob" or name.endswith("_blob"))}
            days += [str(fields[each])[:10] for each in _TELLING_DAYS if fields.get(each)]
    notes = [each for each in record.find_notes(found.name, limit=10_000) if each.pupil != pupil]
    return ErasureReview(
        pupil=found,
        retained=kept,
        kinds=tuple((kind, len(things[kind])) for kind in KINDS if kind in things),
        saves=len(saves),
        files=len(files),
        first_on=date.fromisoformat(min(days)) if days else None,
        last_on=date.fromisoformat(max(days)) if days else None,
        mentions=len(notes),
        refused=_in_the_way(session, kept),
    )


def erase(
    session: Session,
    pupil: str,
    *,
    typed_name: str,
    rule: str,
    reason: str,
    backups: Sequence[str] = (),
    copies: Copies | None = None,
    clear_aside: Callable[[], Sequence[str]] = tuple,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Erasure:
    """The second step. ``rule`` is the id of a retention rule that has come due, or of another reason in the same file.

    ``backups`` are sentences that say which backups still hold the pupil and until when. ``copies`` are the readable ones that
    are open in other programs; the pupil's are wiped. ``clear_aside`` deletes the older copies of the record that a person
    chose, once nothing stands in the way, and says so in sentences for the certificate, which stays in the record.
    Raises ``Refusal``: ``only_the_senco_erases``, ``erasing_is_held``, ``erasing_with_open_request``, ``erasing_needs_reason``,
    ``erasing_name_differs``, ``erasing_rule_not_due``, ``erasing_copy_is_open``;
    ``Fault("erasing_stopped")`` where ``cancelled`` said so before anything of the record was erased.
    """
    seen = review(session, pupil)
    if seen.refused:
        raise Refusal(seen.refused, **_details(seen))
    said = filled(reason)
    if said is None:
        raise Refusal("erasing_needs_reason", field="reason")
    if folded(typed_name.strip()) != folded(seen.pupil.name):
        raise Refusal("erasing_name_differs", field="name")
    others = [each["id"] for each in reference.data("rules", "retention.json")["other_reasons"]]
    if rule not in others and not (rule == seen.retained.rule.id and seen.retained.is_due(session.clock.today())):
        raise Refusal("erasing_rule_not_due", field="rule")
    if copies is not None and not lending.wipe_of(session, copies, pupil):
        raise Refusal("erasing_copy_is_open")
    gone = tuple(clear_aside())
    id = session.ids.new()
    certificate = Erasure(
        id=id,
        initials=initials(seen.pupil),
        upn_sha256=upn_hash(id, seen.pupil.upn) if seen.pupil.upn else None,
        rule=rule,
        reason=without_names(said, names_of(seen.pupil)),
        at=session.clock.now(),
        by=session.actor.id,
        by_name=session.actor.name,
        kinds=tuple(f"{kind} {count}" for kind, count in seen.kinds),
        saves=seen.saves,
        files=seen.files,
        backups=(*gone, *backups),
        first_on=seen.first_on,
        last_on=seen.last_on,
    )
    try:
        made = session.record.erase(
            pupil, certificate, names=names_of(seen.pupil), actor=session.actor, progress=progress, cancelled=cancelled
        )
    except Fault as fault:
        if fault.key == "save_stopped":
            raise Fault("erasing_stopped") from None
        raise
    session.record.note("erased", actor=session.actor, erasure=made.id, things=seen.things)
    return made


def _in_the_way(session: Session, kept: retention.Retained) -> str:
    if session.actor.role != "senco":
        return "only_the_senco_erases"
    if kept.holds:
        return "erasing_is_held"
    return "erasing_with_open_request" if kept.awaited else ""


def _details(seen: ErasureReview) -> dict[str, Any]:
    return {"name": seen.pupil.name, "reason": "; ".join(each.reason for each in seen.retained.holds)}


def initials(pupil: Pupil) -> str:
    return " ".join(each[:1].upper() for each in (pupil.legal_forename, pupil.legal_surname) if each)


def upn_hash(erasure: str, upn: str) -> str:
    """Who knows the UPN can check the certificate; bound to one erasure, so that no list of hashes fits several."""
    return hashlib.sha256(f"{erasure}:{upn}".encode()).hexdigest()


def names_of(pupil: Pupil) -> list[str]:
    """The full names and numbers by which a text of the school may call a pupil."""
    pairs = {(fore, sur) for fore in (pupil.legal_forename, pupil.forename) for sur in (pupil.legal_surname, pupil.surname)}
    spoken = [form for fore, sur in sorted(pairs) for form in (f"{fore} {sur}", f"{sur}, {fore}", f"{sur} {fore}")]
    return [each for each in (pupil.legal_name, *spoken, pupil.upn, pupil.former_upn, pupil.uln) if each]


def without_names(text: str, names: Sequence[str]) -> str:
    """A reason is kept for good, so it must not keep the name that was erased."""
    longest_first = sorted(names, key=len, reverse=True)
    return re.sub("|".join(map(re.escape, longest_first)), reference.say("leaving.the_pupil"), text, flags=re.IGNORECASE)


def erasures(record: Record) -> list[Erasure]:
    """All erasures, newest first."""
    return sorted(record.find(Erasure), key=lambda each: (each.at, each.id), reverse=True)


def erased_before(record: Record, upns: Iterable[str | None]) -> dict[str, Erasure]:
    """For these UPNs the newest erasure of an earlier record under each: the pupil came back. Nothing of that record does."""
    wanted, made = {each for each in upns if each}, erasures(record)
    found: dict[str, Erasure] = {}
    for erasure in made:
        if erasure.upn_sha256:
            found |= {upn: erasure for upn in wanted - found.keys() if upn_hash(erasure.id, upn) == erasure.upn_sha256}
    return found


def certificate_content(record: Record, erasure: str) -> ErasureContent:
    """What the certificate says; nothing in it tells who the pupil was to somebody who does not know already."""
    made, home = must_get(record, Erasure, erasure), school(record)
    after = record.history(Erasure, erasure)[0]
    rule = next(each for each in (*_rules(), *reference.data("rules", "retention.json")["other_reasons"]) if each["id"] == made.rule)
    return ErasureContent(
        school=home.name,
        made_on=made.at.date().isoformat(),
        erasure=made.id,
        initials=made.initials,
        upn_sha256=made.upn_sha256,
        kinds=[_counted(each) for each in made.kinds],
        first_on=to_plain(made.first_on),
        last_on=to_plain(made.last_on),
        saves=made.saves,
        files=made.files,
        by=made.by_name,
        reason=made.reason,
        rule=rule["label"],
        citation=rule["citation"],
        log_before=made.log_before,
        log_after=record.log_hash(after.n),
        save=after.n,
        backups=list(made.backups),
        demo=home.demo,
    )


def _rules() -> list[dict[str, Any]]:
    return list(reference.data("rules", "retention.json")["rules"])


def _counted(text: str) -> tuple[str, int]:
    kind, _, count = text.rpartition(" ")
    return kind, int(count)
