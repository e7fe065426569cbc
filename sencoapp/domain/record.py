"""What a save is, and which kinds of things the record holds."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from types import MappingProxyType
from typing import Any

from sencoapp.domain import (
    added_costs,
    appeal_bundle,
    arrivals,
    background,
    bank,
    cases,
    casework,
    catalogue,
    costing,
    delivery,
    effect,
    leaving,
    own_form,
    pack_variants,
    people,
    plan,
    professionals,
    provision,
    redaction,
    report_marks,
    reviews,
    round_robins,
    statement,
    timetable,
)

KINDS: Mapping[str, type] = MappingProxyType(
    {
        "school": people.School,
        "crest": people.Crest,
        "staff_member": people.StaffMember,
        "pupil": people.Pupil,
        "sen_status": people.SenStatus,
        "sen_need": people.SenNeed,
        "contact": people.Contact,
        "observation": plan.Observation,
        "told_senco": plan.ToldSenco,
        "question_set": round_robins.QuestionSet,
        "round_robin": round_robins.RoundRobin,
        "round_robin_ask": round_robins.RoundRobinAsk,
        "round_robin_answer": round_robins.RoundRobinAnswer,
        "cycle": plan.Cycle,
        "evidence_link": plan.EvidenceLink,
        "outcome": plan.Outcome,
        "data_point": plan.DataPoint,
        "view": plan.View,
        "meeting": reviews.Meeting,
        "plan_copy": reviews.PlanCopy,
        "cycle_correction": reviews.CycleCorrection,
        "bank_entry": bank.BankEntry,
        "staff_rate": provision.StaffRate,
        "council_rate": costing.CouncilRate,
        "provision": provision.Provision,
        "provision_place": provision.ProvisionPlace,
        "provision_staff": provision.ProvisionStaff,
        "provision_cost": added_costs.ProvisionCost,
        "provision_slot": timetable.ProvisionSlot,
        "catalogue_entry": catalogue.CatalogueEntry,
        "session_mark": delivery.SessionMark,
        "provision_measure": effect.ProvisionMeasure,
        "document": casework.Document,
        "request": casework.Request,
        "own_form": own_form.OwnForm,
        "answer": casework.Answer,
        "gap_note": casework.GapNote,
        "statement_sentence": statement.StatementSentence,
        "pack": casework.Pack,
        "pack_choice": pack_variants.PackChoice,
        "redaction": redaction.Redaction,
        "sign_off": casework.SignOff,
        "submission": casework.Submission,
        "sent_otherwise": casework.SentOtherwise,
        "case_event": casework.CaseEvent,
        "council_case": cases.CouncilCase,
        "case_date": cases.CaseDate,
        "case_step": cases.CaseStep,
        "bundle_paper": appeal_bundle.BundlePaper,
        "disclosure": casework.Disclosure,
        "diagnosis": background.Diagnosis,
        "attendance_year": background.AttendanceYear,
        "suspension": background.Suspension,
        "prior_school": background.PriorSchool,
        "photo": background.Photo,
        "professional": professionals.Professional,
        "involvement": professionals.Involvement,
        "involvement_report": professionals.InvolvementReport,
        "recommendation": professionals.Recommendation,
        "report_mark": report_marks.ReportMark,
        "access_request": leaving.AccessRequest,
        "legal_hold": leaving.LegalHold,
        "hand_over": leaving.HandOver,
        "arrival": leaving.Arrival,
        "erasure": leaving.Erasure,
        "pupil_import": arrivals.PupilImport,
    }
)
"""Every kind of thing that a change-set can speak of, by the name it has in the log and in the tables."""

WHOLE = frozenset({"observation", "pack", "sign_off", "case_event", "disclosure", "erasure", "cycle_correction"})
"""Kinds that are written once and never edited: the log keeps them as one value, not field by field."""

WHO_READS = frozenset({"confidential", "readers", "shared"})
"""Fields that say who may read a thing. They can change where the thing itself is written once or frozen."""

KEPT = frozenset({"pack", "submission", "case_event", "disclosure", "hand_over", "erasure"})
"""Kinds that tell of what left the school or came back to it: saves of these are never undone."""


def _references() -> dict[str, tuple[tuple[str, str, bool], ...]]:
    owners: dict[str, list[tuple[str, str, bool]]] = {}
    for name, kind in KINDS.items():
        for each in fields(kind):
            owner = "observation document" if (name, each.name) == ("evidence_link", "source") else each.name
            for part in owner.split():
                if part in KINDS and each.type in (str, str | None):
                    owners.setdefault(part, []).append((name, each.name, each.type is str))
    return {owner: tuple(found) for owner, found in owners.items()}


REFERENCES: Mapping[str, tuple[tuple[str, str, bool], ...]] = MappingProxyType(_references())
"""Which things rest on a kind: the kinds that name one of it, in which field, and whether they cannot be without it."""

_NAME_OF = {kind: name for name, kind in KINDS.items()}
_FIELDS_OF = {kind: tuple(each.name for each in fields(kind) if each.name != "id") for kind in KINDS.values()}


def kind_name(kind: type) -> str:
    """The log's name for a dataclass of the record."""
    return _NAME_OF[kind]


def field_names(kind: type) -> tuple[str, ...]:
    """The fields of a kind, without its id, in their declared order."""
    return _FIELDS_OF[kind]


@dataclass(frozen=True)
class Actor:
    """The person who does something in the record."""

    id: str
    name: str
    role: people.Role


@dataclass(frozen=True)
class New:
    """A thing that was not there before, with everything that is known of it."""

    entity: Any


@dataclass(frozen=True)
class Amend:
    """New values for some fields of a thing that is there."""

    kind: type
    id: str
    values: Mapping[str, Any]
    beside: int = 0
    """Where two values of a field stood side by side, an undo writes both again: the second one beside the first (1), and so on."""


@dataclass(frozen=True)
class Remove:
    """The thing is hidden. Its history stays, and the removal can be undone."""

    kind: type
    id: str


@dataclass(frozen=True)
class Restore:
    """The thing is shown again."""

    kind: type
    id: str


Edit = New | Amend | Remove | Restore


@dataclass(frozen=True)
class Touched:
    """One thing that a save touched; ``pupil`` is empty for what belongs to the school."""

    kind: str
    id: str
    pupil: str | None


@dataclass(frozen=True)
class Saved:
    """What one save did: where the log stands now, and what screens may have to show anew."""

    position: int
    touched: frozenset[Touched] = field(default_factory=frozenset)
    save: str = ""
    """The name under which it can be undone; empty where nothing was changed."""

    def touches(self, *kinds: str) -> bool:
        return any(each.kind in kinds for each in self.touched)

    def pupils(self) -> frozenset[str]:
        return frozenset(each.pupil for each in self.touched if each.pupil)
