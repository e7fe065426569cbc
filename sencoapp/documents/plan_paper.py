"""One plan on paper, in the sections and under the headings that its template asks for."""

from collections.abc import Callable, Mapping
from datetime import date

from sencoapp.documents.content import (
    Block,
    Bullets,
    Content,
    Heading,
    NewPage,
    Notice,
    Pairs,
    Paragraph,
    Part,
    SignatureLines,
    Title,
    quiet,
)
from sencoapp.documents.crest import crest_in
from sencoapp.documents.outcome_measure import measure_blocks
from sencoapp.documents.pack_cycles import correction_lines, evidence_grid, outcomes_grid, provision_grid
from sencoapp.documents.pack_sections import view_block
from sencoapp.documents.phrases import day_of, joined
from sencoapp.domain.dates import full_date
from sencoapp.domain.snapshot import PlanContent, PlanSectionContent
from sencoapp.reference import say

_ROOM_TO_SIGN = 220.0
"""Points that must be left on a page for all the lines of the signatures."""


def plan_content(plan: PlanContent) -> Content:
    """The whole plan. A section that nothing is written for is left out, but for the outcomes and the signatures."""
    made_on = date.fromisoformat(plan["made_on"])
    title = say("plan_paper.title", called=plan["called"], name=plan["pupil"])
    foot = say("plan_paper.foot", school=plan["school"], day=full_date(made_on))
    blocks: list[Block] = [Title(title, joined((plan["school"], plan["layer"]), " · "), crest=crest_in(plan, plan["school"]))]
    blocks += [Notice(say("plan_paper.draft"), [say("plan_paper.draft_words")])] if plan["draft"] else []
    blocks.append(Pairs([*plan["about"], *_days(plan)]))
    for section in plan["sections"]:
        blocks += _section(section, plan)
    return Content(
        title=title,
        author=joined((plan["made_by"], plan["school"])),
        subject=plan["called"],
        head=plan["pupil"],
        foot=say("documents.demo_foot", foot=foot) if plan["demo"] else foot,
        made_on=made_on,
        parts=(Part(title, blocks),),
    )


def _days(plan: PlanContent) -> list[tuple[str, str]]:
    cycle = plan["cycle"]
    rows = [
        (say("plan_paper.began"), day_of(cycle["starts_on"])),
        (say("plan_paper.agreed"), cycle["agreed_with"] or ""),
        (say("plan_paper.review_by"), day_of(cycle["review_due_on"]) if cycle["review_due_on"] and not cycle["closed_on"] else ""),
        (say("plan_paper.closed"), day_of(cycle["closed_on"]) if cycle["closed_on"] else ""),
    ]
    return [each for each in rows if each[1]]


def _section(section: PlanSectionContent, plan: PlanContent) -> list[Block]:
    found = _SHOWS[section["shows"]](plan)
    if not found:
        return []
    lead: list[Block] = [Paragraph(quiet(section["lead"]))] if section["lead"] else []
    together: list[Block] = [NewPage(unless=_ROOM_TO_SIGN)] if section["shows"] == "signatures" else []
    return [*together, Heading(section["heading"]), *lead, *found]


def _about(plan: PlanContent) -> list[Block]:
    named = {each: plan[each] for each in ("strengths", "what_works", "communication")}
    rows = [(say(f"plan_paper.{name}"), words) for name, words in named.items() if words]
    return [Pairs(rows)] if rows else []


def _needs(plan: PlanContent) -> list[Block]:
    rows = [joined((each["label"], each["description"]), ": ") for each in plan["needs"]]
    return [Bullets(rows)] if rows else []


def _outcomes(plan: PlanContent) -> list[Block]:
    found = plan["cycle"]["outcomes"]
    if not found:
        return [Paragraph(quiet(say("plan_paper.no_outcomes")))]
    return [outcomes_grid(plan["cycle"]), *(block for each in found for block in measure_blocks(each))]


def _review(plan: PlanContent) -> list[Block]:
    cycle = plan["cycle"]
    rows = [
        (say("plan_paper.reviewed_on"), day_of(cycle["reviewed_on"]) if cycle["reviewed_on"] else ""),
        (say("plan_paper.attended"), cycle["review_attended_by"] or ""),
        (say("plan_paper.summary"), cycle["review_summary"] or ""),
        (say("plan_paper.decision"), cycle["decision"] or ""),
    ]
    said = [each for each in rows if each[1]]
    return [Pairs(said)] if said else []


def _signatures(_plan: PlanContent) -> list[Block]:
    people = ("pupil", "parent", "teacher", "senco")
    return [SignatureLines([(say(f"plan_paper.sign_{each}"), False) for each in people])]


_SHOWS: Mapping[str, Callable[[PlanContent], list[Block]]] = {
    "about": _about,
    "layer": lambda plan: [Paragraph(plan["layer"])] if plan["layer"] else [],
    "needs": _needs,
    "assessment": lambda plan: [Paragraph(plan["cycle"]["assess_summary"])] if plan["cycle"]["assess_summary"] else [],
    "evidence": lambda plan: [evidence_grid(plan["cycle"]["evidence"])] if plan["cycle"]["evidence"] else [],
    "outcomes": _outcomes,
    "provision": lambda plan: [provision_grid(plan["cycle"]["provision"])] if plan["cycle"]["provision"] else [],
    "strategies": lambda plan: [Paragraph(plan["cycle"]["strategies"])] if plan["cycle"]["strategies"] else [],
    "views": lambda plan: [view_block(each) for each in plan["cycle"]["views"]],
    "review": _review,
    "corrections": lambda plan: correction_lines(plan["cycle"]),
    "copies": lambda plan: [Bullets(plan["copies"])] if plan["copies"] else [],
    "signatures": _signatures,
}
"""What each kind of section shows; ``resources/plans`` says which a plan has, and ``tests`` that none is missing here."""
