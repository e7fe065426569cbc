"""The school's papers for an appeal or a claim: chosen from the record, put into the practice direction's sections, made and kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sencoapp import reference
from sencoapp.domain.appeal_bundle import (
    SCHOOLS_OWN,
    TRIBUNAL,
    WRITTEN,
    Arranged,
    BundleCheck,
    BundleContent,
    BundlePaper,
    BundleSection,
    Section,
    arrange,
    checks,
    direction_for,
    kind_of_appeal,
    written_goes_in,
)
from sencoapp.domain.cases import CouncilCase
from sencoapp.domain.casework import Document, Pack, Request
from sencoapp.domain.dates import full_date
from sencoapp.domain.page_look import troubles
from sencoapp.domain.people import Pupil
from sencoapp.domain.record import Amend, Edit, New, Saved
from sencoapp.domain.refusals import Refusal
from sencoapp.domain.snapshot import PackSnapshot
from sencoapp.services.changes import must_get
from sencoapp.services.council_forms import NEEDS_ASSESSMENT
from sencoapp.services.first_drafts import first_drafts
from sencoapp.services.looking import looks_at
from sencoapp.services.pack_copies import narrowed
from sencoapp.services.pack_draft import drafted
from sencoapp.services.pack_variants import bundles_of, variant_named
from sencoapp.services.ports import Record, RenderedPack, Session
from sencoapp.services.requests import PackDraft, form_of, sealed_pack
from sencoapp.services.snapshots import gather
from sencoapp.services.withheld import Told, marks_for, told_of

_RESTS_ON = {"views": "views", "needs": "needs", "cycles": "cycles", "progress": "cycles", "provision": "provision"}
"""What the school writes from its record where it made no request of its own, and what of a snapshot each part shows."""


@dataclass(frozen=True)
class BundlePage:
    """A case's bundle as its page shows it: what goes where, what was made so far, and what there is to look at."""

    case: CouncilCase
    pupil: Pupil
    direction: Mapping[str, Any]
    kind: Mapping[str, Any]
    arranged: Arranged
    written: PackSnapshot | None
    """What the school writes itself; None where a person left it out."""
    packs: tuple[Pack, ...]
    without_text: Mapping[str, Sequence[int]]
    hard_to_read: Mapping[str, Sequence[int]]
    not_looked_at: tuple[Document, ...]
    """Those whose pages nobody has measured yet."""
    gone: frozenset[str]
    """Sealed files that are not on this computer."""
    request: str | None
    """The school's own request, where that is what it writes."""
    today: date
    checks: tuple[BundleCheck, ...] = ()
    withheld: Told = field(default_factory=Told)
    """What should be looked through, because something is withheld."""
    written_pages: int = 0
    """How many pages the school writes itself, once they are counted: see ``with_written``."""


def has_bundle(case: CouncilCase) -> bool:
    """Whether cases of this kind have a bundle."""
    return bool(case.kind in reference.case_kinds() and reference.case_kind(case.kind).get("bundle"))


def bundle_data() -> Mapping[str, Any]:
    found: Mapping[str, Any] = reference.data("packs", "bundles.json")
    return found


def bundle_page(session: Session, case: str) -> BundlePage:
    """Raises ``Refusal``: ``no_longer_there``, ``case_has_no_bundle``."""
    record, today = session.record, session.clock.today()
    found = _case(record, case)
    direction = direction_for(bundle_data(), today)
    arranged, choices = _arranged(record, found, direction)
    papers = arranged.papers
    looks = looks_at(record, found.pupil, papers)
    rules = reference.data("rules", "scans.json")
    poor = {key: troubles(look, rules) for key, look in looks.items()}
    without_text = {key: each["no_text"] for key, each in poor.items() if "no_text" in each}
    hard = {key: (*each.get("pale", ()), *each.get("coarse", ())) for key, each in poor.items()}
    gone = frozenset(session.blobs.missing([each.blob for each in papers]))
    written = _written(session, found) if written_goes_in(choices) else None
    asked = _request_of(record, found)
    page = BundlePage(
        case=found,
        pupil=must_get(record, Pupil, found.pupil),
        direction=direction,
        kind=kind_of_appeal(direction, found.appeal),
        arranged=arranged,
        written=written,
        packs=tuple(bundles_of(record, case)),
        without_text=without_text,
        hard_to_read={key: pages for key, pages in hard.items() if pages},
        not_looked_at=tuple(each for each in papers if each.id not in looks and each.pages is not None and each.blob not in gone),
        gone=gone,
        request=asked.id if asked else None,
        today=today,
        withheld=_told(session, found, arranged),
    )
    return with_written(page, 0)


def with_written(page: BundlePage, pages: int) -> BundlePage:
    """The page with its checks, for so many pages that the school writes itself."""
    found = checks(
        page.direction,
        page.arranged,
        page.today,
        written_pages=pages,
        without_text=page.without_text,
        hard_to_read=page.hard_to_read,
        gone=page.gone,
    )
    return replace(page, checks=tuple(found), written_pages=pages)


def pages_of(page: BundlePage, section: Section) -> int:
    """The pages of a section, with what the school writes itself where that is counted in it."""
    return section.pages + (page.written_pages if section.id == SCHOOLS_OWN else 0)


def say_what_it_is_about(session: Session, case: str, kind: str) -> Saved:
    """What the appeal is about: limits and sections follow from it. Raises ``Refusal``: ``appeal_not_known``, ``case_is_closed``."""
    found = _open(session.record, case)
    if kind not in {each["id"] for each in direction_for(bundle_data(), session.clock.today())["kinds"]}:
        raise Refusal("appeal_not_known", field="appeal")
    edits: list[Edit] = [Amend(CouncilCase, case, {"appeal": kind})] if found.appeal != kind else []
    return session.record.save(edits, action="say_what_appeal_is_about", actor=session.actor)


def move_paper(session: Session, case: str, document: str, section: str) -> Saved:
    """Puts a document into a section, whatever its title says.

    Raises ``Refusal``: ``no_such_section``, ``evidence_is_of_another_pupil``, ``case_is_closed``.
    """
    found = _open(session.record, case)
    direction = direction_for(bundle_data(), session.clock.today())
    if section not in kind_of_appeal(direction, found.appeal)["limits"]:
        raise Refusal("no_such_section", field="section")
    return _choose(session, found, document, {"section": section, "goes_in": True})


def put_in(session: Session, case: str, paper: str, *, goes_in: bool) -> Saved:
    """Puts a document, or what the school writes itself (``WRITTEN``), into the bundle or leaves it out, whatever its rules say."""
    return _choose(session, _open(session.record, case), paper, {"goes_in": goes_in})


def draft_bundle(session: Session, case: str) -> PackDraft:
    """Gathers the bundle as it would be today. One of a case that is closed can be made as well.

    Raises ``Refusal``: ``no_longer_there``, ``case_has_no_bundle``, ``bundle_is_empty``, ``bundle_files_are_gone``.
    """
    record = session.record
    found = _case(record, case)
    direction = direction_for(bundle_data(), session.clock.today())
    arranged, choices = _arranged(record, found, direction)
    papers, writes = arranged.papers, written_goes_in(choices)
    if not papers and not writes:
        raise Refusal("bundle_is_empty")
    gone = set(session.blobs.missing([each.blob for each in papers]))
    if gone:
        raise Refusal("bundle_files_are_gone", titles="; ".join(each.title for each in papers if each.blob in gone))
    whole = _snapshot(session, found, arranged, len(bundles_of(record, case)) + 1)
    if not writes:
        whole = {**whole, "sections": []}
        whole.pop("statement", None)
    snapshot: PackSnapshot = {**whole, "appeal": _content(found, direction, arranged, writes)}
    request = _request_of(record, found) or _imagined(session, found)
    return drafted(session, request, snapshot, papers, case)


def keep_bundle(session: Session, draft: PackDraft, rendered: RenderedPack) -> tuple[Pack, Saved]:
    """Keeps a bundle for ever. It changes nothing of the case. Raises ``Refusal("pack_was_made_meanwhile")``."""
    pack = sealed_pack(session, draft, rendered, TRIBUNAL)
    return pack, session.record.save([New(pack)], action="make_bundle", actor=session.actor)


# ---- within ----------------------------------------------------------------------------------------------------------


def _case(record: Record, case: str) -> CouncilCase:
    found = must_get(record, CouncilCase, case)
    if not has_bundle(found):
        raise Refusal("case_has_no_bundle")
    return found


def _open(record: Record, case: str) -> CouncilCase:
    found = _case(record, case)
    if found.closed_on:
        raise Refusal("case_is_closed", on=full_date(found.closed_on))
    return found


def _arranged(record: Record, case: CouncilCase, direction: Mapping[str, Any]) -> tuple[Arranged, list[BundlePaper]]:
    choices = record.find(BundlePaper, council_case=case.id)
    papers = record.find(Document, pupil=case.pupil)
    left_out = variant_named(TRIBUNAL)["kinds_left_out"]
    return arrange(direction, case.appeal, papers, case.documents, choices, left_out), choices


def _choose(session: Session, case: CouncilCase, paper: str, values: Mapping[str, Any]) -> Saved:
    if paper != WRITTEN:
        document = session.record.get(Document, paper)
        if document is None or document.pupil != case.pupil:
            raise Refusal("evidence_is_of_another_pupil", field="evidence")
    there = session.record.find(BundlePaper, council_case=case.id, paper=paper)
    edit: Edit = (
        Amend(BundlePaper, there[0].id, values) if there else New(BundlePaper(session.ids.new(), case.pupil, case.id, paper, **values))
    )
    return session.record.save([edit], action="choose_for_bundle", actor=session.actor)


def _request_of(record: Record, case: CouncilCase) -> Request | None:
    """The request that the case follows from; else the pupil's last one for an assessment to this council that was not withdrawn."""
    if case.request and (own := record.get(Request, case.request)):
        return own
    found = [
        each
        for each in record.find(Request, pupil=case.pupil)
        if each.council == case.council and each.form == NEEDS_ASSESSMENT and each.state != "withdrawn"
    ]
    return found[-1] if found else None


def _imagined(session: Session, case: CouncilCase) -> Request:
    """Stands for a request where the school made none: the parents asked, or the appeal is about a plan. Nothing is saved."""
    role = reference.say(f"people.role_{session.actor.role}")
    today, name = session.clock.today(), session.actor.name
    return Request("", case.pupil, case.council, NEEDS_ASSESSMENT, "", today, requester=name, requester_role=role)


def _told(session: Session, case: CouncilCase, arranged: Arranged) -> Told:
    if not marks_for(session.record, case.pupil, TRIBUNAL):
        return Told()
    return told_of(session.record, case.pupil, TRIBUNAL, _snapshot(session, case, arranged, 1))


def _written(session: Session, case: CouncilCase) -> PackSnapshot:
    """What the school writes itself, for being counted: the same at each reading while the record is the same."""
    return _snapshot(session, case, Arranged((), ()), 1)


def _snapshot(session: Session, case: CouncilCase, arranged: Arranged, version: int) -> PackSnapshot:
    """As the copy for a tribunal has it: without consent, without anybody's address, without what is withheld."""
    asked = _request_of(session.record, case)
    request = asked or _imagined(session, case)
    form = form_of(asked) if asked else _without_questions()
    made = gather(
        session,
        request,
        form,
        version=version,
        documents=arranged.papers,
        gaps=[],
        deadlines=[],
        drafts=first_drafts(session, request, form),
        variant=TRIBUNAL,
        letters=[letter for each in arranged.sections for letter in each.letters],
    )
    if asked is None:  # what the record has nothing of is no section: nobody asked for it
        made = {**made, "sections": [each for each in made["sections"] if made[_RESTS_ON[each["shows"]]]]}  # type: ignore[literal-required]
    rules = variant_named(TRIBUNAL)
    return narrowed(made, {**rules, "parts_left_out": [*rules["parts_left_out"], "evidence"]}, form)


def _without_questions() -> Mapping[str, Any]:
    """The parts of the form for any council that show the record; nobody was asked its questions."""
    form = reference.council_form("generic", NEEDS_ASSESSMENT)
    return {**form, "sections": [{**each, "questions": []} for each in form["sections"] if each["shows"] in _RESTS_ON]}


def _content(case: CouncilCase, direction: Mapping[str, Any], arranged: Arranged, writes: bool) -> BundleContent:
    return BundleContent(
        about=kind_of_appeal(direction, case.appeal)["title"] if case.appeal else "",
        reference=case.reference,
        direction=direction["title"],
        applies=direction["applies"],
        more_pages=direction["more_pages"],
        written_in=SCHOOLS_OWN if writes else "",
        sections=[
            BundleSection(
                id=each.id,
                letter=each.letter,
                title=each.title,
                limit=each.limit,
                limit_most=each.limit_most,
                for_each_party=each.for_each_party,
                files=list(each.letters),
            )
            for each in arranged.sections
        ],
    )
