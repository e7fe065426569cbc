"""Turning pages of a document for packs, copies and bundles, where its words do not tell which way is up. The file stays as it came."""

from collections.abc import Mapping

from sencoapp.domain.casework import Document
from sencoapp.domain.page_turns import QUARTERS, as_kept, turns_from
from sencoapp.domain.record import Amend, Edit, Saved
from sencoapp.domain.refusals import Refusal
from sencoapp.services.changes import must_get
from sencoapp.services.ports import Session


def turn_pages(session: Session, document: str, turns: Mapping[int, int | None]) -> Saved:
    """How pages (from 1) lie in every pack from now on, in degrees clockwise; None goes back to what the page's own words tell.

    Raises ``Refusal``: ``no_longer_there``, ``mark_needs_pages``, ``page_is_not_there``.
    """
    found = must_get(session.record, Document, document)
    if found.pages is None:
        raise Refusal("mark_needs_pages", title=found.title)
    if not all(1 <= page <= found.pages and degrees in (None, *QUARTERS) for page, degrees in turns.items()):
        raise Refusal("page_is_not_there", title=found.title)
    there = turns_from(found.turns)
    wanted = {**there, **turns}
    kept = as_kept({page: degrees for page, degrees in wanted.items() if degrees is not None})
    edits: list[Edit] = [Amend(Document, document, {"turns": kept})] if kept != found.turns else []
    return session.record.save(edits, action="turn_pages", actor=session.actor)
