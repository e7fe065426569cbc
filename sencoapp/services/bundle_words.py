"""What a person reads about a bundle: its pages against their limits, what to look at first, and where the rules come from."""

from sencoapp.domain.appeal_bundle import BundleCheck, Section
from sencoapp.domain.page_look import in_ranges
from sencoapp.reference import say
from sencoapp.services.appeal_bundle import BundlePage, bundle_data, pages_of


def section_words(page: BundlePage, section: Section) -> str:
    """ "D. Other evidence: 83 of 100 pages"."""
    pages = pages_of(page, section)
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
