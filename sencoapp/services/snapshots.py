"""Gathers everything that a request pack says, and freezes it."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar, cast

from sencoapp import reference
from sencoapp.domain.casework import Answer, Document, Request
from sencoapp.domain.households import address_is_hidden, living, pupil_address_is_hidden, reach_is_hidden
from sencoapp.domain.pack_variants import COUNCIL
from sencoapp.domain.page_turns import turns_from
from sencoapp.domain.people import Contact, SenNeed
from sencoapp.domain.plain import to_plain
from sencoapp.domain.plan import Cycle, View
from sencoapp.domain.provision import NOTIONAL_PENCE
from sencoapp.domain.reviews import CycleCorrection
from sencoapp.domain.snapshot import (
    AnswerContent,
    ContactContent,
    CorrectionContent,
    CycleContent,
    DeadlineContent,
    EvidenceContent,
    EvidenceFile,
    GapContent,
    NeedContent,
    OutcomeContent,
    PackSnapshot,
    SectionContent,
    ViewContent,
)
from sencoapp.services.beginning import school
from sencoapp.services.crest import crest_for_paper
from sencoapp.services.measure_content import measure_content
from sencoapp.services.measuring import measured_of
from sencoapp.services.plans import PlanPage, cycles_of, plan_page
from sencoapp.services.ports import Entry, Record, Session
from sencoapp.services.provision import pupil_map, row_of
from sencoapp.services.pupils import PupilPage, pupil_page
from sencoapp.services.redactions import withheld_from
from sencoapp.services.reviewing import correction_about, corrections_of
from sencoapp.services.statement import statement_content
from sencoapp.services.withheld import guarded

FORM = "senco.request/1"

T = TypeVar("T")

FOR_A_COUNCIL = frozenset(
    {"id", "legal_surname", "legal_forename", "middle_names", "preferred_surname", "preferred_forename", "birth_date", "sex", "upn"}
    | {"former_upn", "uln", "year", "reg_group", "entry_on", "left_on", "enrol_status", "ethnicity", "first_language", "eal"}
    | {"address", "postcode", "home_authority", "looked_after", "care_authority", "service_child", "free_school_meals", "medical_flag"}
    | {"sessions_possible", "sessions_attended", "sessions_authorised", "sessions_unauthorised", "attendance_year"}
    | {"strengths", "what_works", "communication", "communication_methods"}
)
"""Facts about a pupil that a form may ask for. A pack is frozen for good: what is not named here stays out of it."""


def gather(
    session: Session,
    request: Request,
    form: Mapping[str, Any],
    *,
    version: int,
    documents: Sequence[Document],
    gaps: list[GapContent],
    deadlines: list[DeadlineContent],
    drafts: Mapping[str, str],
    variant: str = COUNCIL,
    letters: Sequence[str] = (),
) -> PackSnapshot:
    """The content of a pack as plain values. ``letters`` are those of the documents where they are not A, B, C.

    ``drafts`` holds first drafts of answers that nobody has written yet.
    """
    record, today = session.record, session.clock.today()
    page = pupil_page(record, request.pupil, today)
    provision = pupil_map(session, request.pupil)
    home = school(record)
    snapshot = PackSnapshot(
        format=FORM,
        version=version,
        made_on=today.isoformat(),
        made_by=session.actor.name,
        made_by_role=reference.say(f"people.role_{session.actor.role}"),
        council=reference.council(request.council),
        form={name: value for name, value in form.items() if name not in ("sections", "checks")},
        school=to_plain(home),
        pupil=_pupil_content(page),
        statuses=[{"code": each.code, "starts_on": each.starts_on.isoformat(), "reason": each.reason} for each in page.statuses],
        needs=[need_content(each) for each in page.needs],
        contacts=[contact_content(each, page.contacts) for each in living(page.contacts)],
        request=to_plain(request),
        sections=_sections(record, request, form, drafts),
        views=[view_content(each) for each in latest_views(record, request.pupil)],
        cycles=[cycle_content(record, each) for each in cycles_of(record, request.pupil)],
        provision=provision["rows"],
        provision_total_pence=provision["total_pence"],
        notional_pence=NOTIONAL_PENCE,
        evidence=[
            _evidence_file(record, letters[place] if letters else evidence_letter(place), each, variant)
            for place, each in enumerate(documents)
        ],
        gaps=gaps,
        deadlines=deadlines,
        demo=home.demo,
    )
    statement = statement_content(session, request, documents, variant)
    whole: PackSnapshot = {**snapshot, "statement": statement} if statement else snapshot
    made = guarded(record, request.pupil, variant, whole)
    crest = crest_for_paper(session)
    return {**made, "crest": crest} if crest else made


def _pupil_content(page: PupilPage) -> dict[str, Any]:
    """The pupil with what a council asks for, and without an address that would give away one that is kept apart."""
    plain = {name: value for name, value in to_plain(page.pupil).items() if name in FOR_A_COUNCIL}
    if pupil_address_is_hidden(page.pupil, page.contacts):
        plain |= {"address": None, "postcode": None, "address_hidden": True}
    return {**plain, "name": page.pupil.name, "legal_name": page.pupil.legal_name}


def _sections(record: Record, request: Request, form: Mapping[str, Any], drafts: Mapping[str, str]) -> list[SectionContent]:
    written = {each.question: each for each in record.find(Answer, request=request.id)}
    sections = []
    for section in form["sections"]:
        answers = []
        for question in section["questions"]:
            answer = written.get(question["id"])
            text = answer.text if answer else drafts.get(question["id"], "")
            source = "requests.source_written" if answer else "requests.source_record"
            answers.append(AnswerContent(question=question["id"], label=question["label"], text=text, source=reference.say(source)))
        sections.append(SectionContent(id=section["id"], title=section["title"], shows=section["shows"], answers=answers))
    return sections


def cycle_content(record: Record, cycle: Cycle) -> CycleContent:
    """One cycle with its outcomes, provision, views and evidence. What is confidential goes into no pack by itself."""
    page = plan_page(record, cycle.id)
    rows = {provision.id: row_of(provision) for _place, provision in page.places}
    corrections = corrections_of(record, cycle.id)
    return _shaped(
        CycleContent,
        to_plain(cycle),
        outcomes=[
            _shaped(OutcomeContent, to_plain(each), measure_taken=measure_content(measured_of(record, each, page.places)))
            for each in page.outcomes
        ],
        provision=list(rows.values()),
        views=[view_content(each) for each in page.views if not each.confidential],
        evidence=[evidence_content(entry) for _link, entry in page.evidence if not entry.confidential],
        **({"corrections": [_correction(each, page) for each in corrections]} if corrections else {}),
    )


def _correction(correction: CycleCorrection, page: PlanPage) -> CorrectionContent:
    return CorrectionContent(
        about=correction_about(correction.about, page.outcomes),
        text=correction.text,
        reason=correction.reason,
        on=correction.noted_at.astimezone().date().isoformat(),
        who=correction.author_name,
    )


def view_content(view: View) -> ViewContent:
    return _shaped(ViewContent, to_plain(view))


def _shaped(shape: type[T], plain: Mapping[str, Any], **more: Any) -> T:
    """The part of a plain value that a shape of the snapshot asks for."""
    return cast(T, {**{name: plain[name] for name in shape.__annotations__ if name in plain}, **more})


def evidence_content(entry: Entry) -> EvidenceContent:
    return EvidenceContent(kind=entry.title, on=entry.on.isoformat(), who=entry.who, text=entry.text)


def latest_views(record: Record, pupil: str) -> list[View]:
    """The newest view that the pupil and that the parents gave; the reason why not only where there is no view at all."""
    found: list[View] = []
    for whose in ("pupil", "parents"):
        known = (each for each in record.find(View, pupil=pupil, whose=whose) if not each.confidential)
        theirs = sorted(known, key=lambda each: (each.given_on, each.id))
        given = [each for each in theirs if each.text]
        found += given[-1:] or theirs[-1:]
    return found


def need_content(need: SenNeed) -> NeedContent:
    return NeedContent(
        sen_type=need.sen_type,
        label=reference.codes("SENtype").get(need.sen_type, need.sen_type),
        area=reference.codes("SENtype_area").get(need.sen_type),
        rank=need.rank,
        starts_on=to_plain(need.starts_on),
        description=need.description,
    )


def contact_content(contact: Contact, contacts: Sequence[Contact]) -> ContactContent:
    """One contact among all of a pupil's. Parents get a copy of a pack, so what is kept apart is not in it."""
    hidden, unreached = address_is_hidden(contact, contacts), reach_is_hidden(contact, contacts)
    return ContactContent(
        name=contact.name,
        relationship=reference.codes("Relationship").get(contact.relationship or "", contact.relationship or ""),
        parental_responsibility=contact.parental_responsibility,
        lives_with_pupil=contact.lives_with_pupil,
        phone=None if unreached else contact.phone,
        email=None if unreached else contact.email,
        address=None if hidden else ", ".join(filter(None, (contact.address, contact.postcode))) or None,
        address_hidden=hidden and bool(contact.address or contact.postcode),
        reach_hidden=unreached and bool(contact.phone or contact.email),
        language=contact.language,
        interpreter=contact.interpreter,
    )


def _evidence_file(record: Record, letter: str, document: Document, variant: str) -> EvidenceFile:
    withheld = withheld_from(record, document.id, variant)
    turned = {str(page): degrees for page, degrees in turns_from(document.turns).items()}
    more = {**({"withheld": withheld} if withheld else {}), **({"turned": turned} if turned else {})}
    return _shaped(EvidenceFile, to_plain(document), letter=letter, **more)


def evidence_letter(place: int) -> str:
    """A, B, ... Z, AA, AB, ... for places counted from 0."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
