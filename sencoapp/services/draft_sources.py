"""What the record says of the pupil, the school and the request, in the pieces that a question of a council's form asks for.

A piece that the record holds only in part says so: its question is answered by a person, and not by the record.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from sencoapp import reference
from sencoapp.domain.background import Diagnosis, PriorSchool, Suspension, attendance_share
from sencoapp.domain.calendar import academic_year
from sencoapp.domain.casework import Request
from sencoapp.domain.dates import full_date
from sencoapp.domain.households import living
from sencoapp.domain.people import Pupil
from sencoapp.reference import say
from sencoapp.services.beginning import school
from sencoapp.services.ports import Record, Session
from sencoapp.services.pupils import PupilPage
from sencoapp.services.staff import everybody


@dataclass(frozen=True)
class Part:
    """Words from the record. ``whole`` is False where the record holds nothing, or only some, of what is asked."""

    text: str
    whole: bool


@dataclass(frozen=True)
class Asked:
    """For which request words are looked up."""

    session: Session
    request: Request
    page: PupilPage

    @property
    def record(self) -> Record:
        return self.session.record

    @property
    def pupil(self) -> Pupil:
        return self.page.pupil

    @property
    def today(self) -> date:
        return self.session.clock.today()


Source = Callable[[Asked], "str | Part"]
"""Empty where the record has nothing to say. No source says "none" where nothing was entered: nobody may have looked."""


# ---- who asks, and the school ---------------------------------------------------------------------------------------
def _requester_name(asked: Asked) -> str:
    return asked.request.requester or ""


def _requester_role(asked: Asked) -> str:
    return asked.request.requester_role or ""


def _school_phone(asked: Asked) -> str:
    return _labelled("draft_phone", school(asked.record).phone)


def _requester_email(asked: Asked) -> str:
    """The person's own address, as the list of staff has it; else that of the school."""
    own = next((each.email for each in everybody(asked.record) if each.email and each.name == asked.request.requester), None)
    return _labelled("draft_email", own or school(asked.record).email)


def _school(asked: Asked) -> str:
    home = school(asked.record)
    return ", ".join(filter(None, (home.name, home.address, home.postcode)))


def _on_roll(asked: Asked) -> Part:
    """How many pupils the record has today. Whether that is the whole school only a person can say."""
    there = [each for each in asked.record.find(Pupil) if each.left_on is None or each.left_on > asked.today]
    key = "draft_on_roll_one" if len(there) == 1 else "draft_on_roll"
    return Part(say(f"requests.{key}", count=len(there), day=full_date(asked.today)), whole=False)


# ---- the request ----------------------------------------------------------------------------------------------------
def _parents_told(asked: Asked) -> str:
    told = asked.request.parents_told_on
    return say("requests.draft_parents_told", day=full_date(told)) if told else ""


def _parents_think(asked: Asked) -> str:
    known = {True: say("requests.draft_parents_agree"), False: say("requests.draft_parents_disagree"), None: ""}
    return " ".join(filter(None, (known[asked.request.parents_agree], asked.request.parents_agree_note)))


# ---- the pupil ------------------------------------------------------------------------------------------------------
def _strengths(asked: Asked) -> str:
    return asked.pupil.strengths or ""


def _what_works(asked: Asked) -> str:
    return asked.pupil.what_works or ""


def _language(asked: Asked) -> str:
    code = asked.pupil.first_language
    words = [say("requests.draft_language", language=reference.codes("Language").get(code, code))] if code else []
    if asked.pupil.eal:
        words.append(say("requests.draft_eal"))
    return " ".join(words) if code else ""


def _communication(asked: Asked) -> str:
    ways = ", ".join(say(f"people_page.communication_{each}").lower() for each in asked.pupil.communication_methods)
    return " ".join(filter(None, (say("requests.draft_ways", ways=ways) if ways else "", asked.pupil.communication)))


def _languages_of_contacts(asked: Asked) -> Part:
    """The language of each parent and carer, and whether an interpreter is needed; of one of whom neither is known, nothing."""
    lines, whole = [], True
    for each in living(asked.page.contacts):
        said = []
        if each.language:
            said.append(reference.codes("Language").get(each.language, each.language))
        if each.interpreter is not None:
            said.append(say(f"requests.draft_interpreter_{'yes' if each.interpreter else 'no'}"))
        if said:
            lines.append(f"{each.name}: {', '.join(said)}.")
        if each.parental_responsibility and (each.interpreter is None or not each.language):
            whole = False
    return Part("\n".join(lines), whole and bool(lines))


def _year_group(asked: Asked) -> Part:
    """The year group by age and the one that the pupil is in. NCY is the school year less that of birth less 5."""
    born, year = asked.pupil.birth_date, asked.pupil.year
    if born is None:
        return Part("", whole=False)
    by_age = academic_year(asked.today) - academic_year(born) - 5
    code = str(by_age) if by_age > 0 else "R" if by_age == 0 else f"N{3 + max(by_age, -2)}"
    said = say("requests.draft_year_by_age", year=_year(code))
    return Part(f"{said} {say('requests.draft_year_now', year=_year(year))}" if year else said, bool(year))


def _care(asked: Asked) -> Part:
    pupil = asked.pupil
    if pupil.looked_after is None:
        return Part("", whole=False)
    before = f" {say('requests.draft_looked_after_before')}" if pupil.previously_looked_after else ""
    if not pupil.looked_after:
        return Part(say("requests.draft_not_looked_after") + before, whole=True)
    known = reference.data("codes", "la.json")["councils"].get(pupil.care_authority or "")
    authority = known["name"] if known else pupil.care_authority
    if not authority:
        return Part(say("requests.draft_looked_after"), whole=False)
    return Part(say("requests.draft_looked_after_by", authority=authority), whole=True)


def _legal_status(asked: Asked) -> Part:
    """The record does not hold it; of a pupil who is not looked after it is not asked."""
    return Part("", whole=asked.pupil.looked_after is False)


def _circumstances(asked: Asked) -> Part:
    pupil, service = asked.pupil, asked.pupil.service_child
    lines = [] if pupil.young_carer is None else [say(f"requests.draft_carer_{'yes' if pupil.young_carer else 'no'}")]
    if service in ("Y", "N"):
        lines.append(say(f"requests.draft_forces_{service.lower()}"))
    return Part("\n".join(lines), len(lines) == 2)


def _admission(asked: Asked) -> str:
    return say("requests.draft_admitted", day=full_date(asked.pupil.entry_on)) if asked.pupil.entry_on else ""


def _schools_before(asked: Asked) -> Part:
    """Earlier schools with their days, the newest first."""
    found = sorted(
        asked.record.find(PriorSchool, pupil=asked.pupil.id), key=lambda each: str(each.left_on or each.entered_on or ""), reverse=True
    )
    lines = [say("requests.draft_school_before", school=each.name, days=_days(each.entered_on, each.left_on)) for each in found]
    return Part("\n".join(lines), bool(found) and all(each.entered_on and each.left_on for each in found))


def _special_place(asked: Asked) -> str:
    known = ((asked.pupil.sen_unit, "draft_sen_unit"), (asked.pupil.resourced_provision, "draft_resourced"))
    return " ".join(say(f"requests.{key}") for there, key in known if there)


def _attendance(asked: Asked) -> str:
    pupil = asked.pupil
    share = attendance_share(pupil.sessions_possible, pupil.sessions_attended)
    if share is None:
        return ""
    return say("requests.draft_attendance", attended=pupil.sessions_attended, possible=pupil.sessions_possible, share=share)


def _suspensions(asked: Asked) -> str:
    kinds, reasons = reference.codes("SuspensionType"), reference.codes("SuspensionReason")
    lines = []
    for each in sorted(asked.record.find(Suspension, pupil=asked.pupil.id), key=lambda one: one.starts_on, reverse=True):
        sessions = say("requests.draft_sessions", count=each.sessions) if each.sessions else ""
        said = (
            kinds.get(each.kind, each.kind),
            _days(each.starts_on, each.ends_on),
            sessions,
            "; ".join(reasons.get(why, why) for why in each.reasons),
        )
        lines.append(f"{', '.join(filter(None, said))}.")
    return "\n".join(lines)


def _free_meals(asked: Asked) -> str:
    known = asked.pupil.free_school_meals
    return "" if known is None else say(f"requests.draft_meals_{'yes' if known else 'no'}")


def _ever_6(asked: Asked) -> str:
    known = asked.pupil.ever_6_fsm
    return "" if known is None else say(f"requests.draft_ever_6_{'yes' if known else 'no'}")


def _diagnoses(asked: Asked) -> str:
    found = sorted(asked.record.find(Diagnosis, pupil=asked.pupil.id), key=lambda each: str(each.given_on or ""), reverse=True)
    lines = []
    for each in found:
        by = f", {each.given_by}" if each.given_by else ""
        on = f", {full_date(each.given_on)}" if each.given_on else ""
        key = "statement_waiting" if each.waiting else "statement_diagnosis"
        lines.append(say(f"requests.{key}", what=each.what.rstrip("."), by=by, on=on))
    return "\n".join(lines)


def _days(first: date | None, last: date | None) -> str:
    """ "3 March 2026 – 4 March 2026", or the one of them that is known."""
    return " – ".join(dict.fromkeys(full_date(each) for each in (first, last) if each))


def _year(code: str) -> str:
    return reference.codes("NCyearActual").get(code, code)


def _labelled(key: str, value: str | None) -> str:
    return say(f"requests.{key}", value=value) if value else ""


SOURCES: Mapping[str, Source] = {
    "attendance": _attendance,
    "contacts.languages": _languages_of_contacts,
    "pupil.admission": _admission,
    "pupil.care": _care,
    "pupil.circumstances": _circumstances,
    "pupil.communication": _communication,
    "pupil.diagnoses": _diagnoses,
    "pupil.ever_6_meals": _ever_6,
    "pupil.free_meals": _free_meals,
    "pupil.language": _language,
    "pupil.legal_status": _legal_status,
    "pupil.schools_before": _schools_before,
    "pupil.special_place": _special_place,
    "pupil.strengths": _strengths,
    "pupil.suspensions": _suspensions,
    "pupil.what_works": _what_works,
    "pupil.year_group": _year_group,
    "request.parents_think": _parents_think,
    "request.parents_told": _parents_told,
    "requester.email": _requester_email,
    "requester.name": _requester_name,
    "requester.role": _requester_role,
    "school": _school,
    "school.on_roll": _on_roll,
    "school.phone": _school_phone,
}
"""Of ``council_form.schema.json``, those about the pupil, the school and the request; ``first_drafts`` has the others."""
