"""A letter to the council about a date that has gone by: which day, which rule, how it was counted, and what may excuse it."""

from datetime import date

from sencoapp import reference
from sencoapp.domain.cases import REQUEST_SENT
from sencoapp.domain.dates import full_date
from sencoapp.domain.deadlines import Deadline
from sencoapp.domain.refusals import Refusal
from sencoapp.domain.snapshot import LetterContent
from sencoapp.services.beginning import school
from sencoapp.services.cases import case_page
from sencoapp.services.crest import crest_for_paper
from sencoapp.services.letters import school_lines
from sencoapp.services.permissions import must_be_allowed
from sencoapp.services.ports import Session

say = reference.say


def late_letter(session: Session, case: str, step: str) -> LetterContent:
    """The letter as it would be today. It states facts and asks; the date is never called another one for an exception.

    Raises ``Refusal``: ``not_for_your_role``, ``no_longer_there``, ``step_is_not_late``.
    """
    must_be_allowed(session, "print")
    page = case_page(session, case)
    row, today = page.row, page.today
    found = next((each for each in row.shown.steps if each.id == step), None)
    if found is None or found.deadline is None or found.who != "council" or not found.is_late(today):
        raise Refusal("step_is_not_late")
    council = reference.council(row.shown.case.council)
    service = council.get("service") or {}
    home = school(session.record)
    born = full_date(row.pupil.birth_date) if row.pupil.birth_date else ""
    about = say("cases.letter_pupil", name=row.pupil.legal_name, born=born) if born else row.pupil.legal_name
    return LetterContent(
        school=home.name,
        crest=crest_for_paper(session),
        school_lines=school_lines(home),
        made_on=today.isoformat(),
        recipient=str(service.get("name") or council["name"]),
        address=[each for each in (council["name"] if service.get("name") else "", service.get("email") or "") if each],
        salutation=say("cases.letter_salutation"),
        subject=say("cases.letter_subject", step=found.label),
        about=about,
        text=_text(found.label, found.deadline, today, row.shown.case.reference),
        signed_by=session.actor.name,
        signed_role=say(f"people.role_{session.actor.role}"),
        large_print=False,
        demo=home.demo,
    )


def _text(step: str, deadline: Deadline, today: date, reference_number: str | None) -> str:
    rules = reference.data("rules", "england.json")
    began = rules["events"][REQUEST_SENT] if deadline.from_sending else rules["triggers"][deadline.trigger]
    days = (today - deadline.last_compliant).days
    parts = [
        say("cases.letter_began", event=began, on=full_date(deadline.on)),
        say("cases.letter_due", step=step, due=full_date(deadline.last_compliant), how=deadline.how, citation=deadline.citation),
        say("cases.letter_late_one") if days == 1 else say("cases.letter_late", days=days),
        deadline.exception or "",
        say("cases.letter_asks"),
        say("cases.letter_reference", reference=reference_number) if reference_number else "",
    ]
    return "\n\n".join(each for each in parts if each)
