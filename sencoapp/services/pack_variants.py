"""Copies of a request for other readers than the council: which there are, and what a person chose for each."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sencoapp import reference
from sencoapp.domain.casework import Document, Pack, Request
from sencoapp.domain.pack_variants import COUNCIL, ChosenPaper, PackChoice, papers_for
from sencoapp.domain.record import Amend, New, Saved
from sencoapp.domain.refusals import Refusal
from sencoapp.services.changes import must_get
from sencoapp.services.ports import Record, Session


def variants() -> Sequence[Mapping[str, Any]]:
    """Every variant, the council's first."""
    found: Sequence[Mapping[str, Any]] = reference.data("packs", "variants.json")["variants"]
    return found


def variant_named(variant: str) -> Mapping[str, Any]:
    """Raises ``Refusal("no_such_variant")``."""
    found = next((each for each in variants() if each["id"] == variant), None)
    if found is None:
        raise Refusal("no_such_variant", variant=variant)
    return found


def packs_of(record: Record, request: str, variant: str = COUNCIL) -> list[Pack]:
    """The packs of a request that were made for one reader, the oldest version first."""
    return sorted((each for each in record.find(Pack, request=request) if each.variant == variant), key=lambda each: each.version)


def bundles_of(record: Record, case: str) -> list[Pack]:
    """The bundles that were made of a case, the oldest version first."""
    return sorted(record.find(Pack, council_case=case), key=lambda each: each.version)


def choice_for(record: Record, request: str, variant: str) -> PackChoice | None:
    found = record.find(PackChoice, request=request, variant=variant)
    return found[-1] if found else None


def papers_of(record: Record, request: Request, variant: str) -> list[ChosenPaper]:
    """The documents of a request and those that were put in by hand, each with why it is not in this variant."""
    chosen = choice_for(record, request.id, variant) if variant != COUNCIL else None
    wanted = dict.fromkeys((*request.evidence, *(chosen.put_in if chosen else ())))
    found = (record.get(Document, each) for each in wanted)
    own = [each for each in found if each is not None and each.pupil == request.pupil]
    return papers_for(variant_named(variant), own, chosen)


def documents_in(record: Record, request: Request, variant: str) -> list[Document]:
    """The documents of a variant in its order."""
    return [each.document for each in papers_of(record, request, variant) if each.why_not is None]


def choose_for(session: Session, request: str, variant: str, document: str, *, goes_in: bool) -> Saved:
    """Puts one document in a variant, or leaves it out, whatever its rules say.

    Raises ``Refusal``: ``no_longer_there``, ``no_such_variant``, ``evidence_is_of_another_pupil``.
    """
    found = must_get(session.record, Request, request)
    variant_named(variant)
    paper = session.record.get(Document, document)
    if paper is None or paper.pupil != found.pupil:
        raise Refusal("evidence_is_of_another_pupil", field="evidence")
    there = choice_for(session.record, request, variant)
    put_in = {*(there.put_in if there else ())} - {document}
    left_out = {*(there.left_out if there else ())} - {document}
    (put_in if goes_in else left_out).add(document)
    values = {"put_in": tuple(sorted(put_in)), "left_out": tuple(sorted(left_out))}
    edit = Amend(PackChoice, there.id, values) if there else New(PackChoice(session.ids.new(), found.pupil, request, variant, **values))
    return session.record.save([edit], action="choose_for_copy", actor=session.actor)


def limits_of(variant: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The limits of whoever reads it, where they are known."""
    name = variant.get("limits")
    return reference.data("packs", "variants.json")["limits"][name] if name else None


def over_limits(variant: Mapping[str, Any], papers: Sequence[Document], today: date) -> list[tuple[str, Document | None, int]]:
    """What goes beyond the limits: ``pages``, ``pages_most``, ``report_long`` or ``report_old``, of which document, and how much."""
    limits = limits_of(variant)
    if limits is None:
        return []
    found: list[tuple[str, Document | None, int]] = []
    pages = sum(each.pages or 1 for each in papers)
    if pages > limits["evidence_pages_most"]:
        found.append(("pages_most", None, pages))
    elif pages > limits["evidence_pages"]:
        found.append(("pages", None, pages))
    for each in papers:
        if each.kind == "report" and (each.pages or 1) > limits["report_pages"]:
            found.append(("report_long", each, each.pages or 1))
        if each.kind == "report" and each.document_on and (today - each.document_on).days > limits["report_years"] * 365.25:
            found.append(("report_old", each, (today - each.document_on).days // 365))
    return found
