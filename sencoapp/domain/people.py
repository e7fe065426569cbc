"""The school and its people: pupils, their SEN status and needs, their contacts, the staff."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

SENprovision = Literal["N", "K", "E"]
"""SEN provision as the school census and SEN2 write it: no SEN, SEN support, EHC plan."""

Area = Literal["ci", "cl", "semh", "sp"]
"""The four broad areas of need (SEND Code of Practice 2015, 6.28 to 6.35)."""

Basis = Literal[
    "birth_mother",
    "married",
    "birth_certificate",
    "agreement",
    "court_order",
    "adoption",
    "guardian",
    "care_order",
    "other",
]
"""Why someone has parental responsibility (Children Act 1989 ss2 to 5, 12 and 33(3))."""

Format = Literal["large_print", "easy_read", "audio", "braille", "by_phone", "by_email", "translated"]
"""How a person needs what the school writes to reach them."""

Communication = Literal["speech", "signs", "pictures", "objects", "device", "writing", "eye_pointing", "gesture"]
"""How a pupil gets across what they mean. More than one is usual."""

Role = Literal["senco", "deputy_senco", "teacher", "teaching_assistant", "head_teacher", "office"]


@dataclass(frozen=True)
class Term:
    """One term as the school publishes it. Both ends are school days; half term is left out of the count."""

    name: str
    starts_on: date
    ends_on: date
    half_term_starts_on: date | None = None
    half_term_ends_on: date | None = None


@dataclass(frozen=True)
class School:
    """The school that keeps this record. ``dfe_number`` is the LA number and the establishment number, seven digits."""

    id: str
    name: str
    phase: str
    council: str
    urn: str | None = None
    ukprn: str | None = None
    """UK provider reference number: eight digits, the first of them a 1."""
    dfe_number: str | None = None
    head_teacher: str | None = None
    address: str | None = None
    postcode: str | None = None
    phone: str | None = None
    email: str | None = None
    terms: tuple[Term, ...] = ()
    demo: bool = False
    plan_template: str | None = None
    """Which kind of plan the school writes as a rule: a file of ``resources/plans``; None for the SEN support plan."""
    special_places: bool | None = None
    """Whether it has a SEN unit or resourced provision; None, nobody has said."""


@dataclass(frozen=True)
class Crest:
    """The school's crest, a small picture that its papers are headed with, kept sealed. The newest one holds."""

    id: str
    blob: str
    sha256: str
    size: int
    added_at: datetime


@dataclass(frozen=True)
class StaffMember:
    """A person who works at the school and may write in the record."""

    id: str
    name: str
    role: Role
    job_title: str | None = None
    classes: tuple[str, ...] = ()
    email: str | None = None
    left_on: date | None = None


@dataclass(frozen=True)
class Pupil:
    """A pupil. The id is made on the laptop; the UPN may change or be missing (domain.md 4), so it is never a key."""

    id: str
    legal_surname: str
    legal_forename: str
    birth_date: date | None = None
    upn: str | None = None
    former_upn: str | None = None
    uln: str | None = None
    mis_id: str | None = None
    middle_names: str | None = None
    preferred_surname: str | None = None
    preferred_forename: str | None = None
    sex: str | None = None
    year: str | None = None
    """NC year as CBDS writes it: N1, N2, R, 1 to 14, X (a string)."""
    reg_group: str | None = None
    ethnicity: str | None = None
    first_language: str | None = None
    address: str | None = None
    postcode: str | None = None
    home_authority: str | None = None
    """DfE number of the council in whose area the pupil lives; None, the council of the school."""
    enrol_status: str | None = None
    entry_on: date | None = None
    left_on: date | None = None
    medical_flag: bool | None = None
    free_school_meals: bool | None = None
    looked_after: bool | None = None
    care_authority: str | None = None
    service_child: str | None = None
    sessions_possible: int | None = None
    sessions_attended: int | None = None
    sessions_authorised: int | None = None
    sessions_unauthorised: int | None = None
    attendance_year: str | None = None
    strengths: str | None = None
    what_works: str | None = None
    communication: str | None = None
    communication_methods: tuple[Communication, ...] = ()
    medical_note: str | None = None
    ever_6_fsm: bool | None = None
    """Had free school meals at some time in the last six years."""
    previously_looked_after: bool | None = None
    young_carer: bool | None = None
    eal: bool | None = None
    """English is an additional language."""
    disabilities: tuple[str, ...] = ()
    """CTF codes, as the parents declared them."""
    sen_unit: bool | None = None
    """Is in the school's SEN unit (CBDS ``SENunitIndicator``); None, nobody has said."""
    resourced_provision: bool | None = None
    """Has a place in the school's resourced provision (CBDS ``ResourcedProvisionIndicator``); None, nobody has said."""
    upn_unknown: str | None = None
    """Why there is no UPN: a code of CBDS ``UPNunknown``. It counts while there is none (``why_no_upn``)."""

    @property
    def forename(self) -> str:
        return self.preferred_forename or self.legal_forename

    @property
    def surname(self) -> str:
        return self.preferred_surname or self.legal_surname

    @property
    def name(self) -> str:
        """The name that staff use."""
        return f"{self.forename} {self.surname}".strip()

    @property
    def why_no_upn(self) -> str | None:
        """The code of the reason, where there is no UPN and somebody has said why."""
        return None if self.upn else self.upn_unknown

    @property
    def initials(self) -> str:
        """For what leaves the record and may be read by others."""
        return f"{self.forename[:1]}{self.surname[:1]}".upper()

    @property
    def legal_name(self) -> str:
        return " ".join(part for part in (self.legal_forename, self.middle_names, self.legal_surname) if part)


@dataclass(frozen=True)
class SenStatus:
    """One step in a pupil's SEN status. The current one is the latest that has started."""

    id: str
    pupil: str
    code: SENprovision
    starts_on: date
    reason: str | None = None
    parents_told_on: date | None = None


@dataclass(frozen=True)
class SenNeed:
    """One need of a pupil: a DfE SEN type with its rank (1 is the primary need). Two at most go to the census."""

    id: str
    pupil: str
    sen_type: str
    rank: int
    starts_on: date | None = None
    ends_on: date | None = None
    description: str | None = None


@dataclass(frozen=True)
class Contact:
    """A person in the pupil's life. ``relationship`` is a CTF code; ``order`` is the CTF priority."""

    id: str
    pupil: str
    order: int
    surname: str
    forename: str | None = None
    title: str | None = None
    relationship: str | None = None
    parental_responsibility: bool | None = None
    """True, False, or None where the school does not know."""
    lives_with_pupil: bool | None = None
    phone: str | None = None
    email: str | None = None
    address: str | None = None
    postcode: str | None = None
    language: str | None = None
    interpreter: bool | None = None
    natural_parent: bool | None = None
    """Every natural parent is a parent in education law, married or not (Education Act 1996 s576)."""
    responsibility_basis: Basis | None = None
    copy_letters: bool | None = None
    """Whether letters about the pupil go to this person; None leaves it to the law: parents get them."""
    order_restriction: str | None = None
    """What a court order forbids, in the school's words."""
    order_document: str | None = None
    """The document that shows the order."""
    order_seen_on: date | None = None
    address_hidden: bool | None = None
    """Kept from the other contacts; None leaves it to the rule: hidden where parents may live apart."""
    formats: tuple[Format, ...] = ()
    deceased: bool | None = None
    no_contact: bool | None = None
    """The school does not write to or call this person."""
    reach_hidden: bool | None = None
    """Telephone and e-mail kept from the other contacts; None: as the address is."""

    @property
    def name(self) -> str:
        return " ".join(part for part in (self.title, self.forename, self.surname) if part)
