"""A submission in the words an officer reads: labels for codes, dates in full, and where it stands in the six weeks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

from sencoapp import reference
from sencoapp.api.messages import Manifest
from sencoapp.domain.dates import full_date, weekday_date
from sencoapp.domain.deadlines import Deadline, day_of, deadlines

ENGLAND = ZoneInfo("Europe/London")
RULE = "decision_to_assess"


@dataclass(frozen=True)
class StatutoryClock:
    """Where a submission stands: ``words`` for a list, ``tone`` for its colour, the due date and its rule."""

    words: str
    tone: str
    due: str
    citation: str


def statutory_clock(received_at: str, decided_at: str | None, today: date) -> StatutoryClock:
    """The six weeks of reg 5(1) of the SEND Regulations 2014, from the day of receipt in England."""
    received = day_in_england(received_at)
    due = _decision_due(received)
    if decided_at:
        at = day_of(due, day_in_england(decided_at))
        words = reference.say("council.decided_on_day", words=at.in_words()) if at.day else reference.say("council.decided_at_once")
        return StatutoryClock(words, "done", weekday_date(due.due), due.citation)
    at = day_of(due, today)
    tone = "late" if at.late_by else "soon" if at.left <= 7 else "calm"
    words = at.in_words() if at.day else reference.say("council.received_today")
    return StatutoryClock(words, tone, weekday_date(due.due), due.citation)


def _decision_due(received: date) -> Deadline:
    rules = reference.data("rules", "england.json")
    return next(each for each in deadlines(rules, "request_received", received) if each.rule == RULE)


def day_in_england(moment: str) -> date:
    return datetime.fromisoformat(moment).astimezone(ENGLAND).date()


def moment_in_words(moment: str) -> str:
    """``Tuesday 24 November 2026 at 09:05``."""
    at = datetime.fromisoformat(moment).astimezone(ENGLAND)
    return reference.say("council.day_and_time", day=weekday_date(at.date()), time=f"{at:%H:%M}")


def full_day(moment: str) -> str:
    """``24 November 2026``."""
    return full_date(day_in_england(moment))


def pupil_name(manifest: Manifest) -> str:
    return f"{manifest['pupil']['forename']} {manifest['pupil']['surname']}"


def sections(manifest: Manifest) -> list[tuple[str, list[tuple[str, str]]]]:
    """The parts that are names and values, each with its heading. What was not sent is left out."""
    return [
        (reference.say("council.heading_pupil"), _pupil(manifest)),
        (reference.say("council.heading_school"), _school(manifest)),
        (reference.say("council.heading_request"), _request(manifest)),
    ]


def needs(manifest: Manifest) -> list[str]:
    """The needs by their labels, primary first."""
    labels = reference.codes("SENtype")
    ranked = sorted(manifest["sen"]["needs"], key=lambda each: each["SENtypeRank"])
    return [labels.get(each["SENtype"], each["SENtype"]) for each in ranked]


def sen_status(manifest: Manifest) -> str:
    code = manifest["sen"]["SENprovision"]
    return {**reference.codes("SENprovision_old"), **reference.codes("SENprovision")}.get(code, code)


def contacts(manifest: Manifest) -> list[dict[str, str]]:
    labels = reference.codes("Relationship")
    return [
        {
            "name": each["name"],
            "relationship": labels.get(each.get("relationship", ""), each.get("relationship", "")),
            "responsibility": _yes_no(each.get("responsibility")),
            "reach": ", ".join(filter(None, [*each.get("phones", []), each.get("email", "")])),
            "address": each.get("address", ""),
            "kept_apart": reference.say("council.address_kept_apart") if each.get("addressHidden") else "",
            "language": _language(cast("Mapping[str, Any]", each)),
        }
        for each in sorted(manifest["contacts"], key=lambda each: each["order"])
    ]


def provision(manifest: Manifest) -> list[dict[str, str]]:
    return [
        {
            "what": each["what"],
            "by": each.get("by", ""),
            "how": _how_much(cast("Mapping[str, Any]", each)),
            "when": _from_to(each.get("from"), each.get("to")),
            "cost": f"£{each['costPence'] / 100:,.2f}" if "costPence" in each else "",
        }
        for each in manifest.get("provision", [])
    ]


def documents(manifest: Manifest) -> list[dict[str, str]]:
    return [
        {
            "id": each["id"],
            "title": each.get("title") or each["filename"],
            "filename": each["filename"],
            "size": _size(each["bytes"]),
            "pages": reference.say("council.pages", count=each["pages"]) if "pages" in each else "",
        }
        for each in manifest["documents"]
    ]


def _pupil(manifest: Manifest) -> list[tuple[str, str]]:
    pupil: Mapping[str, Any] = manifest["pupil"]
    years = reference.codes("NCyearActual")
    year = pupil.get("ncYearActual", "")
    known_as = " ".join(filter(None, (pupil.get("preferredForename"), pupil.get("preferredSurname"))))
    return _present(
        name=" ".join(filter(None, (pupil["forename"], pupil.get("middleNames"), pupil["surname"]))),
        known_as=known_as,
        birth_date=_day(pupil.get("personBirthDate")),
        upn=pupil.get("UPN") or reference.codes("UPNunknown").get(pupil.get("UPNunknown", ""), ""),
        sex={"F": reference.say("council.sex_female"), "M": reference.say("council.sex_male")}.get(pupil.get("sex", ""), ""),
        year=years.get(year, reference.say("council.year", year=year) if year else ""),
        class_name=pupil.get("regGroup", ""),
        entered=_day(pupil.get("entryDate")),
        postcode=pupil.get("postCode", ""),
        sen_status=sen_status(manifest),
    )


def _school(manifest: Manifest) -> list[tuple[str, str]]:
    school: Mapping[str, Any] = manifest["school"]
    number = "/".join(filter(None, (school.get("laNumber"), school.get("estab"))))
    return _present(school=school["name"], urn=school.get("urn", ""), dfe_number=number)


def _request(manifest: Manifest) -> list[tuple[str, str]]:
    request: Mapping[str, Any] = manifest["request"]
    agree = request["parentConsent"]["obtained"]
    return _present(
        asked_for=reference.say("council.kind_ehc_needs_assessment"),
        signed_off_by=request["signedOffBy"],
        parents_told=_day(request.get("parentsToldOn")),
        parents_agree=reference.say("council.agreed" if agree else "council.agreement_not_recorded"),
        reasons=request.get("reasons", ""),
    )


def _present(**values: str) -> list[tuple[str, str]]:
    return [(reference.say(f"council.label_{name}"), value) for name, value in values.items() if value]


def _day(value: str | None) -> str:
    return full_date(date.fromisoformat(value)) if value else ""


def _from_to(start: str | None, end: str | None) -> str:
    return reference.say("council.from_to", start=_day(start), end=_day(end)) if start and end else _day(start) or _day(end)


def _how_much(row: Mapping[str, Any]) -> str:
    minutes = reference.say("council.minutes", count=row["duration"]) if "duration" in row else ""
    size = row.get("groupSize")
    group = "" if size is None else reference.say("council.alone") if size == 1 else reference.say("council.group", count=size)
    return _joined([row.get("frequency", ""), minutes, group])


def _language(row: Mapping[str, Any]) -> str:
    code = row.get("language", "")
    language = reference.codes("Language").get(code, code)
    return _joined([language, reference.say("council.interpreter") if row.get("interpreter") else ""])


def _joined(parts: Iterable[str]) -> str:
    return ", ".join(each for each in parts if each)


def _yes_no(value: bool | None) -> str:
    return reference.say("council.not_known" if value is None else "council.yes" if value else "council.no")


def _size(count: int) -> str:
    return f"{count / 1_000_000:.1f} MB" if count >= 1_000_000 else f"{max(1, round(count / 1000))} KB"
