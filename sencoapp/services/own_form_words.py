"""What the record says, in the words and the pieces that a council's own form asks for. Sources: ``councils/own_form_sources.json``."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sencoapp import reference
from sencoapp.domain.background import attendance_share
from sencoapp.domain.casework import Answer, Request
from sencoapp.domain.dates import full_date
from sencoapp.domain.own_form import RecordWords
from sencoapp.domain.pack_variants import COUNCIL
from sencoapp.domain.snapshot import CycleContent, OutcomeContent, PackSnapshot, ProvisionRow
from sencoapp.reference import say
from sencoapp.services.first_drafts import first_drafts
from sencoapp.services.ports import Session
from sencoapp.services.professionals import help_for
from sencoapp.services.provision import money, weeks_words
from sencoapp.services.requests import form_of, snapshot_of
from sencoapp.services.withheld import without_withheld

_AREAS = ("ci", "cl", "semh", "sp")


def bank_questions() -> Mapping[str, str]:
    """The questions that more than one form asks and that are not filled in by hand: label by id."""
    bank = reference.data("councils", "shared.json")["questions"]
    return {id: str(each["label"]) for id, each in bank.items() if not each["by_hand"]}


def questions_of(form: Mapping[str, Any]) -> Mapping[str, str]:
    """Those of the bank, and those that a form asks beside them."""
    own = {each["id"]: str(each["label"]) for part in form["sections"] for each in part["questions"] if not each["by_hand"]}
    return {**own, **bank_questions()}


def record_words(session: Session, request: Request) -> RecordWords:
    """Everything that can go into the council's own form for this request. Addresses that are kept apart stay out."""
    shown = snapshot_of(session, request, 1)
    beside = (_answers(session, request), _rows(session, request, shown))
    answers, rows = without_withheld(session.record, request.pupil, COUNCIL, beside)
    return RecordWords(_facts(session, shown), answers, frozenset(_ticks(shown)), rows)


def _answers(session: Session, request: Request) -> dict[str, str]:
    """A person's own words for this request first; else their words on another form; else the record's."""
    record = session.record
    every = {
        "sections": [{"questions": [{"id": id, **each} for id, each in reference.data("councils", "shared.json")["questions"].items()]}]
    }
    found = {**first_drafts(session, request, every), **first_drafts(session, request, form_of(request))}
    for each in record.find(Answer, pupil=request.pupil):
        if each.request != request.id:
            found[each.question] = each.text
    return {**found, **{each.question: each.text for each in record.find(Answer, request=request.id)}}


# ---- facts ---------------------------------------------------------------------------------------------------------------
def _facts(session: Session, shown: PackSnapshot) -> dict[str, str]:
    pupil, school, request = shown["pupil"], shown["school"], shown["request"]
    facts = {f"pupil.{name}": str(value) for name, value in pupil.items() if isinstance(value, str | int) and not isinstance(value, bool)}
    needs = shown["needs"]
    share = attendance_share(pupil.get("sessions_possible"), pupil.get("sessions_attended"))
    facts |= {
        "pupil.legal_forename": _joined((pupil["legal_forename"], pupil.get("middle_names")), " "),
        "pupil.birth_date": _day(pupil.get("birth_date")),
        "pupil.age": _age(pupil.get("birth_date"), session.clock.today()),
        "pupil.entry_on": _day(pupil.get("entry_on")),
        "pupil.sex": {"M": say("documents.male"), "F": say("documents.female")}.get(pupil.get("sex") or "", pupil.get("sex") or ""),
        "pupil.year": _label("NCyearActual", pupil.get("year")),
        "pupil.ethnicity": _label("Ethnicity", pupil.get("ethnicity")),
        "pupil.first_language": _label("Language", pupil.get("first_language")),
        "pupil.home_authority": _authority(pupil.get("home_authority")) or str(shown["council"]["name"]),
        "pupil.whole_address": _joined((pupil.get("address"), pupil.get("postcode"))),
        "pupil.looked_after": _yes_no(pupil.get("looked_after")),
        "pupil.free_school_meals": _yes_no(pupil.get("free_school_meals")),
        "pupil.eal": _yes_no(pupil.get("eal")),
        "pupil.status": _label("SENprovision", shown["statuses"][-1]["code"]) if shown["statuses"] else "",
        "pupil.primary_need": needs[0]["label"] if needs else "",
        "pupil.secondary_need": needs[1]["label"] if len(needs) > 1 else "",
        "pupil.needs": "\n".join(f"{each['label']}. {each['description'] or ''}".strip() for each in needs),
        "pupil.attendance": f"{share}%" if share is not None else "",
        **{
            f"school.{name}": str(school.get(name) or "")
            for name in ("name", "phone", "email", "urn", "ukprn", "dfe_number", "head_teacher")
        },
        "school.address": _joined((school.get("address"), school.get("postcode"))),
        "request.requester": request.get("requester") or "",
        "request.requester_role": request.get("requester_role") or "",
        "request.made_on": _day(shown["made_on"]),
        "request.parents_told_on": _day(request.get("parents_told_on")),
        "request.parents_agree": _yes_no(request.get("parents_agree")),
        "request.parents_agree_note": request.get("parents_agree_note") or "",
        "council.name": str(shown["council"]["name"]),
        "provision.total": money(shown["provision_total_pence"]) if shown["provision"] else "",
        "provision.list": "\n".join(f"{each['title']}, {each['delivered_by']}: {_how_often(each)}" for each in shown["provision"]),
        "evidence.list": "\n".join(f"{each['letter']}. {each['title']}" for each in shown["evidence"]),
        "parents.with_responsibility": ", ".join(each["name"] for each in shown["contacts"] if each["parental_responsibility"]),
    }
    for number, each in enumerate(_parents(shown)[:2], start=1):
        facts |= {f"parent_{number}.{name}": str(each[name] or "") for name in ("name", "relationship", "phone", "email", "address")}
        facts[f"parent_{number}.language"] = _label("Language", each["language"])
        facts[f"parent_{number}.interpreter"] = _yes_no(each["interpreter"])
        facts[f"parent_{number}.responsibility"] = _yes_no(each["parental_responsibility"])
    return facts


def _parents(shown: PackSnapshot) -> list[Any]:
    """Those with parental responsibility first, in the record's order."""
    return sorted(shown["contacts"], key=lambda each: each["parental_responsibility"] is not True)


# ---- ticks ---------------------------------------------------------------------------------------------------------------
def _ticks(shown: PackSnapshot) -> list[str]:
    pupil, request = shown["pupil"], shown["request"]
    found = [f"sex.{pupil.get('sex')}", *(f"area.{each['area']}" for each in shown["needs"] if each["area"] in _AREAS)]
    found += [f"evidence.{each['kind']}" for each in shown["evidence"]]
    found += [f"views.{each['whose']}" for each in shown["views"] if each["text"]]
    if shown["statuses"]:
        found.append(f"status.{shown['statuses'][-1]['code']}")
    if sum(1 for each in shown["cycles"] if each["closed_on"]) >= 2:
        found.append("reviewed_cycles.2")
    if shown["provision"]:
        found.append("provision.there")
    found.append("parents_told.yes" if request.get("parents_told_on") else "parents_told.no")
    known: dict[str, bool | None] = {
        "parents_agree": request.get("parents_agree"),
        "looked_after": pupil.get("looked_after"),
        "fsm": pupil.get("free_school_meals"),
        "eal": pupil.get("eal"),
        "interpreter": any(each["interpreter"] for each in shown["contacts"])
        if any(each["interpreter"] is not None for each in shown["contacts"])
        else None,
        "service_child": {"Y": True, "N": False}.get(str(pupil.get("service_child") or "")),
    }
    found += [f"{name}.{'yes' if value else 'no'}" for name, value in known.items() if value is not None]
    return found


# ---- rows ----------------------------------------------------------------------------------------------------------------
def _rows(session: Session, request: Request, shown: PackSnapshot) -> dict[str, Sequence[Mapping[str, str]]]:
    cycles = shown["cycles"]
    return {
        "outcomes": [_outcome(each, cycles[-1]) for each in cycles[-1]["outcomes"]] if cycles else [],
        "all_outcomes": [_outcome(each, cycle) for cycle in cycles for each in cycle["outcomes"]],
        "provision": [_provision(each) for each in shown["provision"]],
        "cycles": [_cycle(each) for each in cycles],
        "contacts": [
            {
                **{name: str(each[name] or "") for name in ("name", "relationship", "phone", "email", "address")},
                "responsibility": _yes_no(each["parental_responsibility"]),
                "language": _label("Language", each["language"]),
            }
            for each in shown["contacts"]
        ],
        "professionals": _professionals(session, request),
        "evidence": [
            {
                "letter": each["letter"],
                "title": each["title"],
                "author": each["author_name"] or each["organisation"] or "",
                "on": _day(each["document_on"]),
                "pages": str(each["pages"] or ""),
            }
            for each in shown["evidence"]
        ],
        "needs": [
            {
                "label": each["label"],
                "rank": str(each["rank"]),
                "description": each["description"] or "",
                "area": _area(each["area"]),
            }
            for each in shown["needs"]
        ],
    }


def _outcome(each: OutcomeContent, cycle: CycleContent) -> dict[str, str]:
    plain = {name: str(each[name] or "") for name in ("text", "baseline", "target", "measure", "result")}
    rating = say(f"plan_page.rating_{each['rating']}") if each["rating"] else ""
    return {**plain, "by_on": _day(each["by_on"]), "rating": rating, "area": _area(each["area"]), "cycle": str(cycle["number"])}


def _provision(each: ProvisionRow) -> dict[str, str]:
    minutes, often = say("documents.minutes", minutes=each["minutes"]), _how_often(each)
    dates = " – ".join(filter(None, (_day(each["starts_on"]), _day(each["ends_on"]))))
    return {
        "title": each["title"],
        "delivered_by": each["delivered_by"],
        "often": often,
        "minutes": minutes,
        "often_long": f"{often}, {minutes}",
        "group_size": str(each["group_size"]),
        "weeks": weeks_words(each),
        "starts_on": _day(each["starts_on"]),
        "ends_on": _day(each["ends_on"]),
        "dates": dates,
        "cost": money(each["cost_pence"]),
        "aim": each["aim"] or "",
        "area": _area(each["area"]),
        "formula": each["formula"],
    }


def _cycle(each: CycleContent) -> dict[str, str]:
    planned = "\n".join(outcome["text"] for outcome in each["outcomes"])
    done = "\n".join(f"{row['title']}, {row['delivered_by']}: {_how_often(row)}" for row in each["provision"])
    return {
        "number": str(each["number"]),
        "starts_on": _day(each["starts_on"]),
        "reviewed_on": _day(each["reviewed_on"] or each["closed_on"]),
        "assess": each["assess_summary"] or "",
        "plan": planned,
        "do": "\n".join(filter(None, (done, each["strategies"]))),
        "review": each["review_summary"] or "",
    }


def _professionals(session: Session, request: Request) -> list[dict[str, str]]:
    found = []
    for each in help_for(session.record, request.pupil, session.clock.today()):
        person, work = each.professional, each.involvement
        papers = [document for _, document in each.reports if document.for_requests and not document.confidential]
        found.append(
            {
                "name": person.name or "",
                "role": person.role or "",
                "service": person.organisation or "",
                "phone": person.phone or "",
                "email": person.email or "",
                "since": full_date(work.starts_on) if work.starts_on else "",
                "until": full_date(work.ends_on) if work.ends_on else "",
                "reason": work.reason or "",
                "reports": "\n".join(_joined((paper.title, full_date(paper.document_on) if paper.document_on else "")) for paper in papers),
                "advice": "\n".join(given.text for given in each.recommendations),
                "effect": "\n".join(given.effect for given in each.recommendations if given.effect),
            }
        )
    return found


# ---- small words ---------------------------------------------------------------------------------------------------------
def _how_often(row: ProvisionRow) -> str:
    often = Decimal(row["sessions_per_week"])
    return say("own_form.once_a_week") if often == 1 else say("own_form.times_a_week", count=row["sessions_per_week"])


def _area(area: str | None) -> str:
    return say(f"own_form.area_{area}") if area in _AREAS else ""


def _authority(code: str | None) -> str:
    names = {str(reference.council(each)["la_code"]): str(reference.council(each)["name"]) for each in reference.councils()}
    return names.get(code or "", "")


def _joined(parts: Sequence[str | None], between: str = ", ") -> str:
    return between.join(each for each in parts if each)


def _label(codes: str, code: str | None) -> str:
    return reference.codes(codes).get(code or "", code or "")


def _day(iso: str | None) -> str:
    return full_date(date.fromisoformat(iso[:10])) if iso else ""


def _age(born: str | None, today: date) -> str:
    if not born:
        return ""
    day = date.fromisoformat(born)
    return str(today.year - day.year - ((today.month, today.day) < (day.month, day.day)))


def _yes_no(value: bool | None) -> str:
    return "" if value is None else say("documents.yes" if value else "documents.no")
