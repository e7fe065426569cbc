"""The end of a record at this school: a copy for who may ask for one, a hand-over, a hold, and an erasure (domain.md 7)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Ground = Literal["subject_access", "educational_record"]
"""UK GDPR article 15, or the Education (Pupil Information) (England) Regulations 2005, reg 5."""

Action = Literal["keep", "black_out", "leave_out"]


@dataclass(frozen=True)
class Decision:
    """What a person decided for one item before a copy went out. ``item`` is ``kind/id/field``, or ``kind/id`` for the whole thing."""

    item: str
    action: Action
    words: tuple[str, ...] = ()
    """The words that are blacked out; none means the whole of the item."""
    exemption: str | None = None
    """A code of ``resources/rules/access.json``."""


@dataclass(frozen=True)
class AccessRequest:
    """Somebody asked for a copy of what the record holds of a pupil."""

    id: str
    pupil: str
    ground: Ground
    asked_by: str
    received_on: date
    extended_because: str | None = None
    decisions: tuple[Decision, ...] = ()
    answered_on: date | None = None
    closed_because: str | None = None
    """Why it was closed without a copy."""

    @property
    def is_open(self) -> bool:
        return self.answered_on is None and not self.closed_because


@dataclass(frozen=True)
class LegalHold:
    """Nothing of this pupil is erased while it stands, whatever a rule says: a claim, an appeal, an inquiry."""

    id: str
    pupil: str
    reason: str
    placed_on: date
    placed_by: str
    until: date | None = None
    """None: until somebody lifts it."""
    lifted_on: date | None = None
    lifted_because: str | None = None

    def stands_on(self, day: date) -> bool:
        return self.lifted_on is None and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class HandOver:
    """The pupil's record went to another school as a sealed pack."""

    id: str
    pupil: str
    pack: str
    school: str
    left_on: date
    made_at: datetime
    made_by: str
    sha256: str
    dfe_number: str | None = None
    receipt_on: date | None = None
    receipt_by: str | None = None


@dataclass(frozen=True)
class Arrival:
    """The pupil's record came from another school. What it brought stays as that school wrote it."""

    id: str
    pupil: str
    pack: str
    origin: str
    """The pupil's id at the other school."""
    school: str
    fingerprint: str
    saves: int
    received_at: datetime
    received_by: str
    dfe_number: str | None = None


@dataclass(frozen=True)
class Erasure:
    """That a record was erased: how much, by whom, why. It proves the erasure and holds nothing of the pupil beyond initials.

    ``emptied`` names the saves whose content is gone ("12-40,45"); ``rewritten`` those of the school from which the pupil was
    taken out, each with the SHA-256 of what stands now. ``verify`` holds the log against both.
    """

    id: str
    initials: str
    rule: str
    reason: str
    at: datetime
    by: str
    by_name: str
    kinds: tuple[str, ...]
    """ "observation 12": how many things of each kind."""
    saves: int
    files: int
    upn_sha256: str | None = None
    """SHA-256 of this erasure's id, a colon and the UPN: who knows the UPN can check it."""
    backups: tuple[str, ...] = ()
    first_on: date | None = None
    last_on: date | None = None
    log_before: str = ""
    """The hash of the last save before the erasure."""
    emptied: str = ""
    rewritten: tuple[str, ...] = ()


OUTLASTS_REMOVAL = frozenset({"legal_hold"})
"""Kinds that are written of a pupil who was taken out of the lists, too: until it is erased the record is there to be held."""

STAYS_HERE = frozenset({"access_request", "legal_hold", "hand_over", "disclosure", "arrival", "erasure"})
"""Kinds that are this school's own account of what it did with the record: they are not handed on."""

OF_THE_SCHOOL = frozenset({"school", "staff_member", "staff_rate", "bank_entry", "question_set"})
"""Kinds that tell of the school and its staff, and of no pupil."""

ONLY_HERE = frozenset({"left_on", "reg_group", "mis_id", "entry_on", "enrol_status"})
"""Fields of a pupil that are true of one school alone: the next one has its own."""
