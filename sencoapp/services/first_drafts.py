"""The record's own words for the questions of a form: a first draft of each answer, which a person edits and owns.

A draft counts as an answer only where the record holds everything that the question asks. What it does not hold is named, so that
a person adds it; nothing is guessed, and what is confidential goes in nowhere by itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sencoapp import reference
from sencoapp.domain.casework import Document, Request, SentOtherwise, Submission
from sencoapp.domain.council_form import sources_of
from sencoapp.domain.dates import full_date
from sencoapp.domain.households import living
from sencoapp.domain.measured import Measured
from sencoapp.domain.pack_variants import COUNCIL
from sencoapp.domain.plan import Outcome
from sencoapp.domain.report_marks import ReportMark
from sencoapp.reference import say
from sencoapp.services import draft_sources
from sencoapp.services.draft_sources import Asked, Part, Source
from sencoapp.services.measuring import measured_of
from sencoapp.services.plans import cycles_of
from sencoapp.services.ports import Session
from sencoapp.services.professionals import Help, advice_words, help_for, involved_words
from sencoapp.services.provision import pupil_map
from sencoapp.services.pupils import open_needs, pupil_page
from sencoapp.services.snapshots import contact_content, latest_views
from sencoapp.services.withheld import without_withheld

_TWO_YEARS = 731


@dataclass(frozen=True)
class FirstDraft:
    """The record's words for one question, and what is asked that the record does not hold."""

    text: str
    lacks: tuple[str, ...] = ()
    left_out: int = 0
    """How many more the record has than the form takes."""

    @property
    def answers(self) -> bool:
        """Whether the question is answered by it as it stands."""
        return bool(self.text) and not self.lacks


def drafts_of(session: Session, request: Request, form: Mapping[str, Any]) -> dict[str, FirstDraft]:
    """A first draft of each answer whose question names where it comes from, by the id of the question."""
    asked = Asked(session, request, pupil_page(session.record, request.pupil, session.clock.today()))
    known: dict[str, Part] = {}
    found = {}
    for section in form["sections"]:
        for question in section["questions"]:
            sources = sources_of(question)
            if sources:
                for each in sources:
                    if each not in known:
                        known[each] = _part(SOURCES[each](asked))
                found[question["id"]] = _draft(question, {each: known[each] for each in sources})
    return found


def first_drafts(session: Session, request: Request, form: Mapping[str, Any]) -> dict[str, str]:
    """The words alone."""
    return {question: each.text for question, each in drafts_of(session, request, form).items()}


def drafts_for_council(session: Session, request: Request, form: Mapping[str, Any]) -> dict[str, FirstDraft]:
    """The drafts without what is withheld from the council: a person who keeps one would let the words out again."""
    found = drafts_of(session, request, form)
    texts = without_withheld(session.record, request.pupil, COUNCIL, {question: each.text for question, each in found.items()})
    return {question: replace(each, text=texts[question]) for question, each in found.items()}


def answered_by_record(session: Session, request: Request, form: Mapping[str, Any]) -> dict[str, str]:
    """The words of those drafts that answer their question whole."""
    return {question: each.text for question, each in drafts_of(session, request, form).items() if each.answers}


def _part(said: str | Part) -> Part:
    return Part(said, bool(said)) if isinstance(said, str) else said


def _draft(question: Mapping[str, Any], parts: Mapping[str, Part]) -> FirstDraft:
    text = "\n".join(each.text for each in parts.values() if each.text)
    lines = text.split("\n")
    most = question.get("most_items") or len(lines)
    missing = [say(f"requests.part_{name.replace('.', '_')}") for name, each in parts.items() if not each.whole]
    lacks = (*missing, *question.get("only_a_person", ()))
    return FirstDraft("\n".join(lines[:most]), tuple(lacks), len(lines[most:]))


# ---- needs, views and support ---------------------------------------------------------------------------------------
def _needs(asked: Asked) -> str:
    """A line for each need, the first in rank first."""
    labels = reference.codes("SENtype")
    needs = open_needs(asked.record, asked.request.pupil, asked.today)
    return "\n".join(f"{labels.get(each.sen_type, each.sen_type)}. {' '.join((each.description or '').split())}".strip() for each in needs)


def _view(whose: str) -> Source:
    return lambda asked: "\n\n".join(
        each.text or each.absent_because or "" for each in latest_views(asked.record, asked.request.pupil) if each.whose == whose
    )


def _cycles_summary(asked: Asked) -> str:
    return "\n\n".join(
        say("requests.draft_cycle", number=each.number, assessed=each.assess_summary or "", review=each.review_summary or "").strip()
        for each in cycles_of(asked.record, asked.request.pupil)
    )


def _provision_summary(asked: Asked) -> str:
    lines = []
    for row in pupil_map(asked.session, asked.request.pupil)["rows"]:
        what = ", ".join(filter(None, (row["title"], row["delivered_by"])))
        lines.append(": ".join(filter(None, (what, row["formula"]))))
    return "\n".join(lines)


def _contacts(asked: Asked) -> str:
    """Each person with whether they have parental responsibility: a form may ask for nothing else."""
    duty = {True: "documents.has_responsibility", False: "documents.lacks_responsibility", None: "documents.unknown_responsibility"}
    return "\n".join(
        f"{content['name']}, {content['relationship'].lower()}, {say(duty[content['parental_responsibility']])}"
        for content in (contact_content(each, asked.page.contacts) for each in living(asked.page.contacts))
        if content["relationship"]
    )


# ---- outcomes and what was measured ---------------------------------------------------------------------------------
def _outcomes_sought(asked: Asked) -> str:
    """The outcomes of the newest plan, each with its aim and its day."""
    return "\n".join(_outcome_words(each, "target", "by_on") for each in _newest_outcomes(asked))


def _outcomes_measured(asked: Asked) -> str:
    """How each outcome of the newest plan is measured: from where, to where, by when."""
    return "\n".join(
        _outcome_words(each, "measure", "baseline", "target", "by_on") for each in _newest_outcomes(asked) if each.measure or each.baseline
    )


def _newest_outcomes(asked: Asked) -> list[Outcome]:
    cycles = cycles_of(asked.record, asked.request.pupil)
    return asked.record.find(Outcome, cycle=cycles[-1].id) if cycles else []


def _outcome_words(outcome: Outcome, *names: str) -> str:
    said = [say(f"requests.draft_{name}", value=_plain(value)) for name in names if (value := getattr(outcome, name))]
    return f"{outcome.text.rstrip('.')}{': ' if said else ''}{', '.join(said)}."


def _plain(value: Any) -> str:
    return value.rstrip(".") if isinstance(value, str) else full_date(value)


def _attainment(asked: Asked) -> str:
    """Every outcome with dated values in a unit: the values in their order."""
    found = (measured_of(asked.record, each) for each in asked.record.find(Outcome, pupil=asked.request.pupil) if each.unit)
    return "\n".join(_measured_words(each) for each in found if each is not None and each.first is not None)


def _measured_words(found: Measured) -> str:
    began = [(found.baseline, found.baseline_on)] if found.baseline is not None and found.baseline_on is not None else []
    taken = [(each.value, each.point.measured_on) for each in found.taken]
    values = "; ".join(say("requests.draft_value", value=found.unit.words(value), day=full_date(on)) for value, on in (*began, *taken))
    return f"{found.outcome.text.rstrip('.')}: {values}."


def _assessment_asked(asked: Asked) -> str:
    """The requests for an assessment of this pupil that went to a council, and since when."""
    lines = []
    for request in asked.record.find(Request, pupil=asked.request.pupil):
        if reference.council_form(request.council, request.form)["kind"] != "ehc_needs_assessment":
            continue
        council = reference.council(request.council)["name"]
        received = [each.received_at for each in asked.record.find(Submission, request=request.id) if each.received_at]
        sent = [each.sent_on for each in asked.record.find(SentOtherwise, request=request.id)]
        if received:
            lines.append(say("requests.draft_received", council=council, day=full_date(min(received).astimezone().date())))
        elif sent:
            lines.append(say("requests.draft_sent", council=council, day=full_date(min(sent))))
    return "\n".join(lines)


# ---- others who help ------------------------------------------------------------------------------------------------
def _services_involved(asked: Asked) -> str:
    """Who has helped in the last two years, each with their reports."""
    ended = ((each, each.involvement.ends_on) for each in _helps(asked))
    return "\n".join(involved_words(each) for each, last in ended if not last or (asked.today - last).days <= _TWO_YEARS)


def _services_advice(asked: Asked) -> str:
    """What they recommended, whether it is in use, and what it has changed; not what a confidential report says."""
    closed = {each.id for each in asked.record.find(Document, pupil=asked.request.pupil) if each.confidential}
    return "\n".join(advice_words(each, given) for each in _helps(asked) for given in each.recommendations if given.document not in closed)


def _helps(asked: Asked) -> list[Help]:
    return help_for(asked.record, asked.request.pupil, asked.today)


def _evidence_of_need(asked: Asked) -> Part:
    """Each report and assessment among the evidence, with the passages that were marked in it as a need."""
    chosen = (asked.record.get(Document, each) for each in asked.request.evidence)
    papers = [each for each in chosen if each and not each.confidential and each.kind in ("report", "assessment")]
    marks = [each for each in asked.record.find(ReportMark, pupil=asked.request.pupil) if each.what == "need"]
    lines, whole = [], True
    for paper in papers:
        who = paper.author_name or paper.organisation
        day = full_date(paper.document_on) if paper.document_on else None
        quotes = [say("requests.draft_quote", quote=each.quote, page=each.page) for each in marks if each.document == paper.id]
        whole = whole and bool(quotes)
        lines.append(" ".join((f"{', '.join(filter(None, (paper.title, who, day)))}.", *quotes)))
    return Part("\n".join(lines), whole and bool(lines))


SOURCES: Mapping[str, Source] = {
    **draft_sources.SOURCES,
    "contacts": _contacts,
    "cycles.summary": _cycles_summary,
    "evidence.of_need": _evidence_of_need,
    "measures.values": _attainment,
    "needs": _needs,
    "outcomes.measured": _outcomes_measured,
    "outcomes.sought": _outcomes_sought,
    "provision.summary": _provision_summary,
    "request.assessment": _assessment_asked,
    "services.advice": _services_advice,
    "services.involved": _services_involved,
    "views.parents": _view("parents"),
    "views.pupil": _view("pupil"),
}
"""Every source that a form may name (``council_form.schema.json``)."""
