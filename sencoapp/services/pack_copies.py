"""A request's pack for somebody else than the council: narrowed to what that reader gets, made, kept and counted by itself."""

from collections.abc import Mapping, Sequence
from typing import Any

from sencoapp import reference
from sencoapp.domain.casework import Document, Pack, Request
from sencoapp.domain.council_form import sources_of
from sencoapp.domain.pack_variants import COUNCIL, shown_sections
from sencoapp.domain.record import New, Saved
from sencoapp.domain.refusals import Refusal
from sencoapp.domain.snapshot import ContactContent, PackSnapshot
from sencoapp.services.changes import must_get
from sencoapp.services.first_drafts import first_drafts
from sencoapp.services.pack_draft import drafted
from sencoapp.services.pack_variants import documents_in, packs_of, variant_named
from sencoapp.services.ports import RenderedPack, Session
from sencoapp.services.requests import PackDraft, form_of, sealed_pack, snapshot_of
from sencoapp.services.snapshots import gather
from sencoapp.services.withheld import Told, marks_for, told_of

_TELLS_WHERE = "contacts"
"""The source of an answer that says how the family is reached."""


def draft_copy(session: Session, request: str, variant: str) -> PackDraft:
    """Gathers a copy as it would be today. A request that was sent or decided can be copied as well; one withdrawn cannot.

    Raises ``Refusal``: ``no_longer_there``, ``no_such_variant``, ``request_is_withdrawn``, ``request_is_blocked``.
    """
    record = session.record
    found = must_get(record, Request, request)
    if found.state == "withdrawn":
        raise Refusal("request_is_withdrawn")
    papers = documents_in(record, found, variant)
    gone = set(session.blobs.missing([each.blob for each in papers]))
    lost = [each.title for each in papers if each.blob in gone]
    if lost:
        raise Refusal("request_is_blocked", reasons=reference.say("requests.files_are_gone", titles="; ".join(lost)))
    snapshot = _copy_of(session, found, variant, papers)
    return drafted(session, found, snapshot, papers)


def shown_in_copy(session: Session, request: str, variant: str) -> PackSnapshot:
    """What a copy made today would say; no file of the evidence is read. Raises ``Refusal``: ``no_longer_there``, ``no_such_variant``."""
    found = must_get(session.record, Request, request)
    return _copy_of(session, found, variant, documents_in(session.record, found, variant))


def told_of_copy(session: Session, request: str, variant: str) -> Told:
    """What a person should know of a copy made today before it goes out. Raises what ``shown_in_copy`` raises."""
    found = must_get(session.record, Request, request)
    if not marks_for(session.record, found.pupil, variant):
        return Told()
    return told_of(session.record, found.pupil, variant, shown_in_copy(session, request, variant))


def _copy_of(session: Session, found: Request, variant: str, papers: Sequence[Document]) -> PackSnapshot:
    record, rules = session.record, variant_named(variant)
    whole = snapshot_of(session, found, 1)
    form = form_of(found)
    made = gather(
        session,
        found,
        form,
        version=len(packs_of(record, found.id, variant)) + 1,
        documents=papers,
        gaps=whole["gaps"],
        deadlines=[],
        drafts=first_drafts(session, found, form),
        variant=variant,
    )
    if "signed_off" in whole["request"]:
        made = {**made, "request": {**made["request"], "signed_off": whole["request"]["signed_off"]}}
    return narrowed(made, rules, form)


def narrowed(snapshot: PackSnapshot, rules: Mapping[str, Any], form: Mapping[str, Any]) -> PackSnapshot:
    """The snapshot with only what a variant has. Pure."""
    kept = {each["id"] for each in shown_sections(rules, snapshot["sections"])}
    told = {name: rules[name] for name in ("id", "title", "bundle", "parts_left_out")}
    left_out = [each["title"] for each in snapshot["sections"] if each["id"] not in kept]
    sections = [each for each in snapshot["sections"] if each["id"] in kept]
    made: PackSnapshot = {**snapshot, "sections": sections, "variant": {**told, "sections_left_out": left_out}}
    if rules["contact_details"]:
        return made
    reach = {question["id"] for section in form["sections"] for question in section["questions"] if _TELLS_WHERE in sources_of(question)}
    return {
        **made,
        "sections": [{**each, "answers": [answer for answer in each["answers"] if answer["question"] not in reach]} for each in sections],
        "contacts": [_without_reach(each) for each in snapshot["contacts"]],
        "pupil": {**snapshot["pupil"], "address": None, "postcode": None, "address_hidden": True},
    }


def _without_reach(contact: ContactContent) -> ContactContent:
    known = bool(contact["phone"] or contact["email"] or contact["address"])
    hidden = known or bool(contact.get("address_hidden")) or bool(contact.get("reach_hidden"))
    return {**contact, "phone": None, "email": None, "address": None, "address_hidden": hidden, "reach_hidden": hidden}


def keep_copy(session: Session, draft: PackDraft, rendered: RenderedPack) -> tuple[Pack, Saved]:
    """Keeps a copy for ever. It changes nothing of the request. Raises ``Refusal("pack_was_made_meanwhile")``."""
    variant = draft.snapshot.get("variant", {}).get("id", COUNCIL)
    pack = sealed_pack(session, draft, rendered, variant)
    return pack, session.record.save([New(pack)], action="make_copy", actor=session.actor)
