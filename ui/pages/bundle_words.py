"""The rows of a bundle's page, and where each of its papers is."""

from sencoapp.domain.appeal_bundle import SCHOOLS_OWN, WRITTEN
from sencoapp.domain.casework import Document
from sencoapp.domain.dates import full_date
from sencoapp.reference import say
from sencoapp.services.appeal_bundle import BundlePage
from sencoapp.services.bundle_words import section_words
from ui.widgets import Cell, GroupRow, TableRow


def rows_of(page: BundlePage, *, may_change: bool) -> list[TableRow | GroupRow]:
    """Each section with its papers, what the school writes first in its own; at the end what stays out, and why."""
    rows: list[TableRow | GroupRow] = []
    for section in page.arranged.sections:
        own = section.id == SCHOOLS_OWN and page.written is not None
        rows.append(GroupRow(section_words(page, section)))
        if own:
            rows.append(_written_row(page, may_change))
        rows += [_row(each, _about(each), say("request_page.copies_leave_out") if may_change else "") for each in section.papers]
        if not section.papers and not own:
            rows.append(TableRow(f"none {section.id}", (Cell(section.hint, tone="muted"), Cell(), Cell())))
    if page.arranged.out or page.written is None:
        rows.append(GroupRow(say("bundle.not_in")))
    if page.written is None:
        rows.append(_written_row(page, may_change))
    for each, why in page.arranged.out:
        rows.append(_row(each, say(f"bundle.why_{why}"), say("request_page.copies_add") if may_change else "", outside=True))
    return rows


def place_of(page: BundlePage, paper: str) -> str | None:
    """The section that a paper is in; empty where it stays out, None for what is no paper."""
    if paper == WRITTEN:
        return "" if page.written is None else SCHOOLS_OWN
    inside = {each.id: section.id for section in page.arranged.sections for each in section.papers}
    return inside.get(paper, "" if any(each.id == paper for each, _ in page.arranged.out) else None)


def _written_row(page: BundlePage, may_change: bool) -> TableRow:
    inside = page.written is not None
    about = say("bundle.written_request" if page.request else "bundle.written_record") if inside else say("bundle.why_left_out")
    press = say("request_page.copies_leave_out" if inside else "request_page.copies_add") if may_change else ""
    name = Cell(say("bundle.written"), sub=about, bold=inside, tone="text" if inside else "muted", icon="check" if inside else "")
    return TableRow(WRITTEN, (name, Cell(str(page.written_pages) if inside else ""), Cell(button=press)))


def _row(document: Document, about: str, press: str, *, outside: bool = False) -> TableRow:
    icon = "lock" if document.confidential else "" if outside else "check"
    name = Cell(document.title, sub=about, bold=not outside, tone="muted" if outside else "text", icon=icon)
    return TableRow(document.id, (name, Cell(str(document.pages or 1)), Cell(button=press)))


def _about(document: Document) -> str:
    who = document.author_name or document.organisation
    day = full_date(document.document_on) if document.document_on else say("request_page.undated")
    return " · ".join(filter(None, (day, who, say("confidential.mark") if document.confidential else "")))
