"""How far each section of a council's form has come, and the case that a request has become."""

from collections.abc import Mapping
from typing import Any, Literal

from sencoapp.services.ports import Record
from sencoapp.services.request_facts import CONSENT
from sencoapp.services.requests import RequestPage
from sencoapp.services.submissions import CasePage, case_pages

SectionState = Literal["not_started", "from_record", "written", "completed", "on_paper"]
"""``from_record``: nothing is written, the record has words for it. ``written``: some of it. ``on_paper``: filled in by hand."""


def section_states(page: RequestPage) -> Mapping[str, SectionState]:
    """The state of every section of the form, by its id."""
    return {each["id"]: _state(each, page) for each in page.form["sections"]}


def _state(section: Mapping[str, Any], page: RequestPage) -> SectionState:
    """A section is completed when every question that is not optional has an answer in a person's own words."""
    asked = [each for each in section["questions"] if not each["by_hand"]]
    if not asked:
        if section["shows"] == "consent":
            return "completed" if any(each.kind == CONSENT for each in page.evidence) else "on_paper"
        return "on_paper" if section["questions"] else "from_record"
    wanted = [each for each in asked if each["required"] != "optional"] or asked
    if all(each["id"] in page.answers for each in wanted):
        return "completed"
    if any(each["id"] in page.answers for each in asked):
        return "written"
    return "from_record" if any(page.drafts.get(each["id"]) for each in asked) else "not_started"


def first_unanswered(page: RequestPage) -> tuple[str, str] | None:
    """The section and the question to go to first: one that the form asks for and nobody has answered."""
    for section in page.form["sections"]:
        for question in section["questions"]:
            if question["required"] == "mandatory" and not question["by_hand"] and question["id"] not in page.answers:
                return section["id"], question["id"]
    return None


def first_too_long(page: RequestPage) -> tuple[str, str] | None:
    """The section and the question whose answer is the first that the form has no room for."""
    for section in page.form["sections"]:
        for question in section["questions"]:
            answer = page.answers.get(question["id"])
            words = answer.text if answer else page.drafts.get(question["id"], "")
            lines = sum(1 for each in words.splitlines() if each.strip())
            if len(words) > question.get("most_characters", len(words)) or lines > question.get("most_items", lines):
                return section["id"], question["id"]
    return None


def cases_by_request(record: Record) -> dict[str, CasePage]:
    """For each request that was prepared for a council, the case that counts: the one with a receipt, or else the newest."""
    found: dict[str, CasePage] = {}
    for case in case_pages(record):
        there = found.get(case.request.id)
        if there is None or (case.submission.receipt and not there.submission.receipt):
            found[case.request.id] = case
    return found
