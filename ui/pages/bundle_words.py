"""The words of a bundle's page: its rows, what to look at, and where its rules come from."""

from sencoapp.domain.appeal_bundle import SCHOOLS_OWN, WRITTEN, BundleCheck, Section
from sencoapp.domain.casework import Document
from sencoapp.domain.dates import full_date
from sencoapp.domain.page_look import in_ranges
from sencoapp.reference import say
from sencoapp.services.appeal_bundle import BundlePage, bundle_data
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


def section_words(page: BundlePage, section: Section) -> str:
    """ "D. Other evidence: 83 of 100 pages"."""
    pages = section.pages + (page.written_pages if section.id == SCHOOLS_OWN else 0)
    named = say("bundle.section_named", letter=section.letter, title=section.title)
    if section.limit_most:
        return say("bundle.meter_range", section=named, pages=pages, least=section.limit, most=section.limit_most)
    return say("bundle.meter", section=named, pages=pages, limit=section.limit)


def check_words(page: BundlePage) -> tuple[list[str], list[str]]:
    """Sentences about the limits, with what to do; and those about single papers."""
    over = [_over(page, each) for each in page.checks if each.what in ("pages", "pages_most")]
    return over, [_check(page, each) for each in page.checks if each.what not in ("pages", "pages_most")]


def fact_words(page: BundlePage) -> str:
    """Where the sections and limits come from, each fact with how sure it is."""
    sure = bundle_data()["certainty"]
    direction = page.direction
    lines = [say("request_page.limits_source", title=direction["title"], applies=direction["applies"])]
    for certainty, words in sure.items():
        facts = [each["says"] for each in direction["facts"] if each["certainty"] == certainty]
        facts += [_limit_fact(each) for each in page.arranged.sections if each.certainty == certainty]
        if certainty == "ours":
            facts += [say("bundle.order_of_sections")]
        if facts:
            lines.append("\n".join((words, *(f"– {each}" for each in facts))))
    return "\n\n".join([*lines, page.kind["source"]])


def _limit_fact(section: Section) -> str:
    limit = say("bundle.from_to", least=section.limit, most=section.limit_most) if section.limit_most else str(section.limit)
    pages = say("bundle.limit_each" if section.for_each_party else "bundle.limit_all", pages=limit)
    return say("bundle.limit_fact", section=section.title, limit=pages)


def _over(page: BundlePage, check: BundleCheck) -> str:
    section = next(each for each in page.arranged.sections if each.id == check.section)
    most = section.limit_most or section.limit
    form = page.direction["more_pages"]
    return say(f"bundle.check_{check.what}", section=section.title, count=check.count, limit=section.limit, most=most, form=form)


def _check(page: BundlePage, check: BundleCheck) -> str:
    direction = page.direction
    if check.document is None:
        return say(f"bundle.check_{check.what}")
    pages = {"no_text": page.without_text, "hard_to_read": page.hard_to_read}.get(check.what, {}).get(check.document.id, ())
    return say(
        f"bundle.check_{check.what}",
        title=check.document.title,
        count=check.count,
        pages=in_ranges(pages),
        report_pages=direction["report_pages"],
        summary_pages=direction["report_summary_pages"],
        years=direction["report_years"],
        statement_pages=direction["statement_pages"],
    )


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
