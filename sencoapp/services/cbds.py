"""The record in the names that the DfE and the council use (interop.md 4.4, CBDS): for JSON and for the council's API."""

from collections.abc import Sequence
from typing import Any

from sencoapp.domain.people import Contact, Pupil, School, SenNeed, SenStatus
from sencoapp.domain.plain import to_plain
from sencoapp.services.ports import RegisterRow
from sencoapp.services.pupils import PupilPage


def school_names(school: School) -> dict[str, Any]:
    """``school{urn, laNumber, estab, name}``."""
    number = school.dfe_number or ""
    return _known(
        {"name": school.name, "urn": school.urn, "laNumber": number[:3] or None, "estab": number[3:] or None, "phase": school.phase}
    )


def pupil_names(pupil: Pupil) -> dict[str, Any]:
    """``pupil{localId, UPN, surname, forename, personBirthDate, sex, ncYearActual, ...}``."""
    return _known(
        {
            "localId": pupil.id,
            "UPN": pupil.upn,
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


def need_names(needs: Sequence[SenNeed]) -> list[dict[str, Any]]:
    """``needs[{SENtype, SENtypeRank, start}]``, primary first."""
    return [_known({"SENtype": each.sen_type, "SENtypeRank": each.rank, "start": to_plain(each.starts_on)}) for each in needs]


def status_names(statuses: Sequence[SenStatus]) -> list[dict[str, Any]]:
    """The status history, oldest first."""
    return [_known({"SENprovision": each.code, "start": to_plain(each.starts_on), "reason": each.reason}) for each in statuses]


def contact_names(contacts: Sequence[Contact]) -> list[dict[str, Any]]:
    """``contacts[{order, relationship, responsibility, name, phones, email, address}]``."""
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


def page_names(page: PupilPage) -> dict[str, Any]:
    """``sencoapp pupil ID --json``: one object with contacts, status history and counts."""
    started = [each for each in page.statuses if each.code == page.status]
    return {
        **pupil_names(page.pupil),
        "SENprovision": page.status,
        "SENprovisionStart": to_plain(started[-1].starts_on) if started else None,
        "needs": need_names(page.needs),
        "statusHistory": status_names(page.statuses),
        "contacts": contact_names(page.contacts),
        "attendance": _known(
            {
                "year": page.pupil.attendance_year,
                "sessionsPossible": page.pupil.sessions_possible,
                "sessionsAttended": page.pupil.sessions_attended,
                "sessionsAuthorised": page.pupil.sessions_authorised,
                "sessionsUnauthorised": page.pupil.sessions_unauthorised,
            }
        ),
        "counts": dict(page.counts),
    }


def _known(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}
