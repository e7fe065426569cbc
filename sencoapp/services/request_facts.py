"""What the record holds for a request, as the plain facts that the readiness check reads."""

from collections.abc import Sequence
from datetime import date, timedelta

from sencoapp import reference
from sencoapp.domain.casework import Answer, Document, Request
from sencoapp.domain.dates import full_date
from sencoapp.domain.people import Pupil, SenNeed
from sencoapp.domain.plan import Cycle, EvidenceLink, Observation, Outcome
from sencoapp.domain.professionals import Recommendation
from sencoapp.domain.provision import Provision, ProvisionPlace
from sencoapp.domain.request_facts import EvidenceFacts, NeedFacts, OutcomeFacts, ProvisionFacts, ReportFacts, RequestFacts, ViewFacts
from sencoapp.domain.snapshot import ProvisionRow
from sencoapp.services.beginning import school
from sencoapp.services.council_forms import out_of_date
from sencoapp.services.first_drafts import answered_by_record
from sencoapp.services.looking import damaged, duplicates, looks_at, poor_scans
from sencoapp.services.plans import cycles_of, open_wording
from sencoapp.services.ports import Record, Session
from sencoapp.services.provision import provision_of, pupil_map
from sencoapp.services.pupils import open_needs
from sencoapp.services.snapshots import latest_views
from sencoapp.services.statement import sentences_of
from sencoapp.services.submissions import evidence_documents
from sencoapp.services.timetable import disagreements

CONSENT = "consent"
REPORT = "report"
YEAR = timedelta(days=365)


def gather_facts(session: Session, request: Request) -> RequestFacts:
    """Reads the record; changes nothing."""
    record, today = session.record, session.clock.today()
    pupil = record.get(Pupil, request.pupil)
    papers = evidence_documents(record, request)
    missing = set(session.blobs.missing([each.blob for each in papers]))
    looks = looks_at(record, request.pupil, papers)
    consents = [each for each in papers if each.kind == CONSENT]
    notes = record.find(Observation, pupil=request.pupil)
    provisions, costed = provision_of(record, request.pupil), pupil_map(session, request.pupil)
    cycles = cycles_of(record, request.pupil)
    links = record.find(EvidenceLink, pupil=request.pupil)
    advice = record.find(Recommendation, pupil=request.pupil)
    used = {link.source for link in links} | {each.document for each in advice if each.document and each.in_use in ("yes", "partly")}
    drafted = answered_by_record(session, request, reference.council_form(request.council, request.form))
    written = {each.question: each.text for each in record.find(Answer, request=request.id)} if request.id else {}
    answers = {question: words for question, words in {**drafted, **written}.items() if words}
    return RequestFacts(
        pupil_named=pupil is not None and bool(pupil.legal_surname and pupil.legal_forename),
        school_named=bool(school(record).name),
        requester_named=bool(request.requester),
        damaged_documents=(*(each.title for each in papers if each.blob in missing), *damaged(papers, looks)),
        answered={question: len(words) for question, words in answers.items()},
        lines={question: sum(1 for each in words.splitlines() if each.strip()) for question, words in answers.items()},
        evidence=tuple(EvidenceFacts(each.title, each.kind, _dated(each)) for each in papers),
        consent_documents=len(consents),
        consent_document_on=max(map(_dated, consents), default=None),
        parents_told_on=request.parents_told_on,
        parents_agree=request.parents_agree,
        needs=tuple(_need(each, notes, links) for each in open_needs(record, request.pupil, today)),
        reviewed_cycles=sum(1 for each in cycles if each.closed_on),
        outcomes=tuple(_outcome(each, cycles) for each in record.find(Outcome, pupil=request.pupil)),
        views=tuple(ViewFacts(each.whose, each.given_on, each.absent_because) for each in latest_views(record, request.pupil)),
        reports=tuple(_report(each, used) for each in papers if each.kind == REPORT),
        provision=tuple(_provision(record, each, request.pupil, costed["rows"]) for each in provisions),
        total_cost_pence=costed["total_pence"],
        vague_wording=_vague(cycles, record, provisions),
        unreviewed_cycles=_unreviewed(cycles, today),
        off_timetable=_off_timetable(record, provisions, today),
        statement_sentences=sum(1 for each in sentences_of(record, request.id) if not each.left_out),
        duplicates=duplicates(papers, looks),
        poor_scans=poor_scans(papers, looks),
        strengths=sum(1 for each in notes if each.kind == "strength") + bool(pupil and pupil.strengths),
        attendance_known=bool(pupil and pupil.sessions_possible and pupil.sessions_attended is not None),
        observations_last_12_months=sum(1 for each in notes if each.happened_on > today - YEAR),
        form_out_of_date=out_of_date(request, today),
    )


def _vague(cycles: list[Cycle], record: Record, provisions: list[Provision]) -> tuple[str, ...]:
    newest = cycles[-1] if cycles else None
    outcomes = record.find(Outcome, cycle=newest.id) if newest else []
    return open_wording(newest, outcomes, provisions)


def _unreviewed(cycles: list[Cycle], today: date) -> tuple[str, ...]:
    """Cycles that were left for the next one, or whose review was due, and that were not closed with a review."""
    open_still = [each for each in cycles if each.closed_on is None]
    left = [each for each in open_still if each.number < cycles[-1].number or (each.review_due_on and each.review_due_on < today)]
    return tuple(
        reference.say("requests.cycle_due", number=each.number, day=full_date(each.review_due_on))
        if each.review_due_on
        else reference.say("requests.cycle_not_reviewed", number=each.number)
        for each in left
    )


def _off_timetable(record: Record, provisions: list[Provision], today: date) -> tuple[str, ...]:
    """Where what is given now stands otherwise in the timetable, or not at all."""
    now = [each for each in provisions if each.starts_on <= today and (each.ends_on is None or each.ends_on >= today)]
    return tuple(said.rstrip(".") for each in now for said in disagreements(record, each))


def _need(need: SenNeed, notes: list[Observation], links: list[EvidenceLink]) -> NeedFacts:
    area = reference.codes("SENtype_area").get(need.sen_type)
    linked = {each.source for each in links}
    has_evidence = any(each.area == area or each.id in linked for each in notes)
    return NeedFacts(reference.codes("SENtype").get(need.sen_type, need.sen_type), need.rank, bool(need.description), has_evidence)


def _outcome(outcome: Outcome, cycles: list[Cycle]) -> OutcomeFacts:
    cycle = next(each for each in cycles if each.id == outcome.cycle)
    return OutcomeFacts(
        label=outcome.text,
        cycle=cycle.number,
        reviewed=cycle.closed_on is not None,
        baseline=outcome.baseline,
        target=outcome.target,
        measure=outcome.measure,
        by_on=outcome.by_on,
        result=outcome.result,
        rating=outcome.rating,
    )


def _report(document: Document, used: set[str]) -> ReportFacts:
    return ReportFacts(document.title, _dated(document), document.author_role, document.id in used)


def _dated(document: Document) -> date:
    return document.document_on or document.added_at.date()


def _provision(record: Record, provision: Provision, pupil: str, costed: Sequence[ProvisionRow]) -> ProvisionFacts:
    places = record.find(ProvisionPlace, provision=provision.id, pupil=pupil)
    return ProvisionFacts(
        label=provision.title,
        delivered_by=provision.delivered_by,
        minutes=provision.minutes,
        sessions_per_week=provision.sessions_per_week,
        group_size=provision.group_size,
        cost_pence=next(each["cost_pence"] for each in costed if each["id"] == provision.id),
        has_outcome=any(each.outcome for each in places),
    )
