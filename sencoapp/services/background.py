"""What a pupil brings along: diagnoses, attendance by year, suspensions, earlier schools."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar, cast

from sencoapp.domain.background import AttendanceYear, Diagnosis, PriorSchool, Suspension
from sencoapp.domain.people import Pupil
from sencoapp.domain.record import Amend, Edit, New, Remove, Saved, kind_name
from sencoapp.domain.refusals import Refusal
from sencoapp.services.changes import amended, filled, must_get
from sencoapp.services.ports import Record, Session
from sencoapp.services.pupils import check_document

Entry = Diagnosis | AttendanceYear | Suspension | PriorSchool
K = TypeVar("K", bound=Entry)


@dataclass(frozen=True)
class Background:
    """Everything of it, the newest first."""

    diagnoses: tuple[Diagnosis, ...]
    attendance: tuple[AttendanceYear, ...]
    suspensions: tuple[Suspension, ...]
    schools: tuple[PriorSchool, ...]


def background_of(record: Record, pupil: str) -> Background:
    """What a pupil brings along."""
    return Background(
        diagnoses=tuple(sorted(record.find(Diagnosis, pupil=pupil), key=lambda each: str(each.given_on or ""), reverse=True)),
        attendance=attendance_of(record, must_get(record, Pupil, pupil)),
        suspensions=tuple(sorted(record.find(Suspension, pupil=pupil), key=lambda each: each.starts_on, reverse=True)),
        schools=tuple(
            sorted(record.find(PriorSchool, pupil=pupil), key=lambda each: str(each.left_on or each.entered_on or ""), reverse=True)
        ),
    )


def attendance_of(record: Record, pupil: Pupil) -> tuple[AttendanceYear, ...]:
    """Every year that is known, the newest first. The year that stands on the pupil is the one that was last brought in."""
    years = {each.year: each for each in record.find(AttendanceYear, pupil=pupil.id)}
    present = pupil.attendance_year
    if present and pupil.sessions_possible and pupil.sessions_attended is not None:
        known = years.get(present) or AttendanceYear("", pupil.id, present, 0, 0)
        years[present] = replace(
            known,
            sessions_possible=pupil.sessions_possible,
            sessions_attended=pupil.sessions_attended,
            sessions_authorised=pupil.sessions_authorised,
            sessions_unauthorised=pupil.sessions_unauthorised,
        )
    return tuple(sorted(years.values(), key=lambda each: each.year, reverse=True))


def add_entry(session: Session, kind: type[K], pupil: str, values: Mapping[str, Any]) -> Saved:
    """A further diagnosis, year of attendance, suspension or earlier school. Raises the ``Refusal`` of ``change_entry``."""
    must_get(session.record, Pupil, pupil)
    entry = _checked(session, kind(**{**_DEFAULTS[kind], **values, "id": session.ids.new(), "pupil": pupil}))
    edits: list[Edit] = [New(entry)]
    if isinstance(entry, AttendanceYear):
        edits = attendance_edits(session, entry)
    return session.record.save(edits, action=f"add_{kind_name(kind)}", actor=session.actor)


def change_entry(session: Session, shown: K, wanted: K, *, as_of: int | None = None) -> Saved:
    """Saves what was changed on a form, and only that.

    Raises ``Refusal``: ``diagnosis_needs_words``, ``evidence_is_of_another_pupil``, ``ends_before_it_starts``, ``day_is_missing``,
    ``sessions_do_not_add_up``, ``school_year_not_understood``, ``school_year_is_there_already``, ``school_needs_name``,
    ``dfe_number_has_seven_digits``.
    """
    checked = _checked(session, wanted)
    if isinstance(checked, AttendanceYear):
        same = session.record.find(AttendanceYear, pupil=checked.pupil, year=checked.year)
        if any(each.id != shown.id for each in same):
            raise Refusal("school_year_is_there_already", field="year", year=checked.year)
    edits: list[Edit] = amended(shown, checked)
    if isinstance(checked, AttendanceYear) and edits:
        edits += _present_year(session, checked)
    return session.record.save(edits, action=f"change_{kind_name(type(shown))}", actor=session.actor, as_of=as_of)


def attendance_edits(session: Session, entry: AttendanceYear) -> list[Edit]:
    """What a year of attendance changes: its own row, and the pupil's present figures where no newer year is known."""
    found = session.record.find(AttendanceYear, pupil=entry.pupil, year=entry.year)
    own: list[Edit] = amended(found[0], replace(entry, id=found[0].id)) if found else [New(entry)]
    return own + _present_year(session, entry)


def _present_year(session: Session, entry: AttendanceYear) -> list[Edit]:
    pupil = must_get(session.record, Pupil, entry.pupil)
    if (pupil.attendance_year or "") > entry.year:
        return []
    wanted = replace(
        pupil,
        attendance_year=entry.year,
        sessions_possible=entry.sessions_possible,
        sessions_attended=entry.sessions_attended,
        sessions_authorised=entry.sessions_authorised,
        sessions_unauthorised=entry.sessions_unauthorised,
    )
    edits: list[Edit] = []
    older = pupil.attendance_year
    if older and older != entry.year and not session.record.find(AttendanceYear, pupil=pupil.id, year=older):
        # The figures that stood on the pupil move into a row of their own before newer ones take their place.
        edits += [New(replace(each, id=session.ids.new())) for each in attendance_of(session.record, pupil) if each.year == older]
    return edits + amended(pupil, wanted)


def remove_entry(session: Session, kind: type[Entry], id: str) -> Saved:
    """Hides what was entered by mistake; the history keeps it."""
    edits: list[Edit] = [Remove(kind, id)]
    if kind is AttendanceYear:
        entry = must_get(session.record, AttendanceYear, id)
        pupil = must_get(session.record, Pupil, entry.pupil)
        if pupil.attendance_year == entry.year:
            edits.append(Amend(Pupil, pupil.id, dict.fromkeys(_PRESENT)))
    return session.record.save(edits, action=f"remove_{kind_name(kind)}", actor=session.actor)


_PRESENT = ("attendance_year", "sessions_possible", "sessions_attended", "sessions_authorised", "sessions_unauthorised")
_DEFAULTS: Mapping[type, Mapping[str, Any]] = {
    Diagnosis: {"what": ""},
    AttendanceYear: {"year": "", "sessions_possible": None, "sessions_attended": None},
    Suspension: {"kind": "SUSP", "starts_on": None},
    PriorSchool: {"name": ""},
}


def _checked(session: Session, entry: K) -> K:
    """The entry with its words tidied. Raises ``Refusal`` with the field to go to."""
    if isinstance(entry, Diagnosis):
        check_document(session.record, entry.pupil, entry.document, field="document")
    return cast(K, _CHECKS[type(entry)](entry))


def _diagnosis(entry: Diagnosis) -> Diagnosis:
    if not filled(entry.what):
        raise Refusal("diagnosis_needs_words", field="what")
    return replace(entry, what=entry.what.strip(), given_by=filled(entry.given_by), note=filled(entry.note))


def _attendance(entry: AttendanceYear) -> AttendanceYear:
    year = (entry.year or "").strip()[:4]
    if not (year.isdigit() and len(year) == 4):
        raise Refusal("school_year_not_understood", field="year")
    figures = (entry.sessions_possible, entry.sessions_attended, entry.sessions_authorised or 0, entry.sessions_unauthorised or 0)
    if any(each is None or each < 0 for each in figures) or sum(figures[1:]) > figures[0]:
        raise Refusal("sessions_do_not_add_up", field="sessions_possible")
    return replace(entry, year=year, school=filled(entry.school))


def _suspension(entry: Suspension) -> Suspension:
    if not entry.starts_on:
        raise Refusal("day_is_missing", field="starts_on")
    _check_order(entry.starts_on, entry.ends_on, "ends_on")
    if entry.sessions is not None and entry.sessions < 1:
        raise Refusal("sessions_do_not_add_up", field="sessions")
    return replace(entry, note=filled(entry.note))


def _school(entry: PriorSchool) -> PriorSchool:
    if not filled(entry.name):
        raise Refusal("school_needs_name", field="name")
    _check_order(entry.entered_on, entry.left_on, "left_on")
    number = "".join(each for each in entry.dfe_number or "" if each not in " /-") or None
    if number and not (number.isdigit() and len(number) == 7):
        raise Refusal("dfe_number_has_seven_digits", field="dfe_number", typed=entry.dfe_number)
    return replace(entry, name=entry.name.strip(), dfe_number=number, urn=filled(entry.urn))


def _check_order(first: date | None, last: date | None, field: str) -> None:
    if first and last and last < first:
        raise Refusal("ends_before_it_starts", field=field)


_CHECKS: Mapping[type, Callable[[Any], Entry]] = {
    Diagnosis: _diagnosis,
    AttendanceYear: _attendance,
    Suspension: _suspension,
    PriorSchool: _school,
}
