"""The record in the names that the DfE and the council use (interop.md 4.4, CBDS): for JSON and for the council's API."""

from collections.abc import Sequence
from typing import Any

from sencoapp.domain.households import address_is_hidden
from sencoapp.domain.people import Contact, Pupil, School, SenNeed, SenStatus
from sencoapp.domain.plain import to_plain
from sencoapp.services.background import Background
from sencoapp.services.ports import RegisterRow
from sencoapp.services.professionals import Help
from sencoapp.services.pupils import PupilPage


def school_names(school: School) -> dict[str, Any]:
    """``school{urn, ukprn, laNumber, estab, name}``."""
    number = school.dfe_number or ""
    return _known(
        {
            "name": school.name,
            "urn": school.urn,
            "ukprn": school.ukprn,
            "laNumber": number[:3] or None,
            "estab": number[3:] or None,
            "phase": school.phase,
        }
    )


def pupil_names(pupil: Pupil) -> dict[str, Any]:
    """``pupil{localId, UPN or UPNunknown, surname, forename, personBirthDate, sex, ncYearActual, ...}``."""
    return _known(
        {
            "localId": pupil.id,
            "UPN": pupil.upn,
            "UPNunknown": pupil.why_no_upn,
            "ULN": pupil.uln,
            "surname": pupil.legal_surname,
            "forename": pupil.legal_forename,
            "middleNames": pupil.middle_names,
            "preferredSurname": pupil.preferred_surname,
            "preferredForename": pupil.preferred_forename,
            "personBirthDate": to_plain(pupil.birth_date),
            "sex": pupil.sex,
            "ethnicity": pupil.ethnicity,
            "postCode": pupil.postcode,
            "ncYearActual": pupil.year,
            "regGroup": pupil.reg_group,
            "entryDate": to_plain(pupil.entry_on),
        }
    )


def special_place_names(pupil: Pupil) -> dict[str, Any]:
    """``SENunitIndicator`` and ``ResourcedProvisionIndicator``, where somebody has said."""
    return _known({"SENunitIndicator": pupil.sen_unit, "ResourcedProvisionIndicator": pupil.resourced_provision})


def need_names(needs: Sequence[SenNeed]) -> list[dict[str, Any]]:
    """``needs[{SENtype, SENtypeRank, start}]``, primary first."""
    return [_known({"SENtype": each.sen_type, "SENtypeRank": each.rank, "start": to_plain(each.starts_on)}) for each in needs]


def status_names(statuses: Sequence[SenStatus]) -> list[dict[str, Any]]:
    """The status history, oldest first."""
    return [_known({"SENprovision": each.code, "start": to_plain(each.starts_on), "reason": each.reason}) for each in statuses]


def contact_names(contacts: Sequence[Contact]) -> list[dict[str, Any]]:
    """``contacts[{order, relationship, responsibility, name, phones, email, address}]``, for the council's API."""
    return [
        _known(
            {
                "order": each.order,
                "relationship": each.relationship,
                "responsibility": each.parental_responsibility,
                "name": each.name,
                "phones": [each.phone] if each.phone else None,
                "email": each.email,
                "address": ", ".join(filter(None, (each.address, each.postcode))) or None,
                "addressHidden": address_is_hidden(each, contacts) or None,
                "interpreter": each.interpreter,
                "language": each.language,
            }
        )
        for each in contacts
    ]


def register_names(row: RegisterRow, needs: Sequence[SenNeed]) -> dict[str, Any]:
    """One line of ``sencoapp pupils --json``."""
    return {
        "localId": row.id,
        "name": row.name,
        "UPN": row.upn,
        "ncYearActual": row.year,
        "regGroup": row.reg_group,
        "SENprovision": row.status,
        "needs": need_names(needs),
        "lastObservation": to_plain(row.last_observation_on),
        "nextReview": to_plain(row.next_review_on),
    }


def page_names(page: PupilPage, background: Background, helps: Sequence[Help]) -> dict[str, Any]:
    """``sencoapp pupil ID --json``: one object with all that the pupil's page shows of the person."""
    started = [each for each in page.statuses if each.code == page.status]
    return {
        **pupil_names(page.pupil),
        **_flag_names(page.pupil),
        "SENprovision": page.status,
        "SENprovisionStart": to_plain(started[-1].starts_on) if started else None,
        "needs": need_names(page.needs),
        "censusWarnings": [_known({"number": each.number or None, "sentence": each.sentence}) for each in page.warnings],
        "statusHistory": status_names(page.statuses),
        "contacts": own_contact_names(page.contacts),
        "attendance": _known(
            {
                "year": page.pupil.attendance_year,
                "sessionsPossible": page.pupil.sessions_possible,
                "sessionsAttended": page.pupil.sessions_attended,
                "sessionsAuthorised": page.pupil.sessions_authorised,
                "sessionsUnauthorised": page.pupil.sessions_unauthorised,
            }
        ),
        **background_names(background),
        "professionals": [_help_names(each) for each in helps],
        "counts": dict(page.counts),
    }


def _flag_names(pupil: Pupil) -> dict[str, Any]:
    """CTF names where there are some: ``InCare``, ``MedicalFlag``, ``ServiceChild``, ``Disabilities``."""
    return _known(
        {
            "MedicalFlag": pupil.medical_flag,
            "medicalNote": pupil.medical_note,
            "freeSchoolMeals": pupil.free_school_meals,
            "ever6FSM": pupil.ever_6_fsm,
            "InCare": pupil.looked_after,
            "CareAuthority": pupil.care_authority,
            "previouslyLookedAfter": pupil.previously_looked_after,
            "ServiceChild": pupil.service_child,
            "youngCarer": pupil.young_carer,
            **special_place_names(pupil),
            "EAL": pupil.eal,
            "language": pupil.first_language,
            "Disabilities": list(pupil.disabilities) or None,
            "communicationMethods": list(pupil.communication_methods) or None,
        }
    )


def own_contact_names(contacts: Sequence[Contact]) -> list[dict[str, Any]]:
    """A pupil's contacts with what the school alone knows of them. Not for a council."""
    return [
        {
            **shared,
            **_known(
                {
                    "naturalParent": each.natural_parent,
                    "responsibilityBasis": each.responsibility_basis,
                    "livesWithPupil": each.lives_with_pupil,
                    "copyLetters": each.copy_letters,
                    "orderRestriction": each.order_restriction,
                    "orderDocument": each.order_document,
                    "formats": list(each.formats) or None,
                    "deceased": each.deceased,
                    "noContact": each.no_contact,
                }
            ),
        }
        for each, shared in zip(contacts, contact_names(contacts), strict=True)
    ]


def background_names(background: Background) -> dict[str, Any]:
    """Diagnoses, and what the CTF calls ``Attendance`` and ``SchoolHistory``, with suspensions in the census's codes."""
    return {
        "diagnoses": [
            _known(
                {"what": each.what, "by": each.given_by, "on": to_plain(each.given_on), "waiting": each.waiting, "document": each.document}
            )
            for each in background.diagnoses
        ],
        "attendanceYears": [
            _known(
                {
                    "Year": each.year,
                    "SchoolName": each.school,
                    "SessionsPossible": each.sessions_possible,
                    "SessionsAttended": each.sessions_attended,
                    "SessionsAuthorised": each.sessions_authorised,
                    "SessionsUnauthorised": each.sessions_unauthorised,
                }
            )
            for each in background.attendance
        ],
        "suspensions": [
            _known(
                {
                    "category": each.kind,
                    "reasons": list(each.reasons) or None,
                    "start": to_plain(each.starts_on),
                    "end": to_plain(each.ends_on),
                    "sessions": each.sessions,
                }
            )
            for each in background.suspensions
        ],
        "schoolHistory": [
            _known(
                {
                    "SchoolName": each.name,
                    "LEA": (each.dfe_number or "")[:3] or None,
                    "Estab": (each.dfe_number or "")[3:] or None,
                    "URN": each.urn,
                    "EntryDate": to_plain(each.entered_on),
                    "LeavingDate": to_plain(each.left_on),
                    "LeavingReason": each.leaving_reason,
                }
            )
            for each in background.schools
        ],
    }


def _help_names(help: Help) -> dict[str, Any]:
    return _known(
        {
            "name": help.professional.name,
            "role": help.professional.role,
            "organisation": help.professional.organisation,
            "start": to_plain(help.involvement.starts_on),
            "end": to_plain(help.involvement.ends_on),
            "reason": help.involvement.reason,
            "reports": [document.id for _, document in help.reports],
            "recommendations": [
                _known(
                    {
                        "text": each.text,
                        "inUse": each.in_use,
                        "since": to_plain(each.in_use_since),
                        "by": each.in_use_by,
                        "effect": each.effect,
                    }
                )
                for each in help.recommendations
            ],
        }
    )


def _known(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}
