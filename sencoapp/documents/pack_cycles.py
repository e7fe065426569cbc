"""One turn of assess, plan, do, review as a support plan that can be read by itself (SEND Code of Practice 2015, 6.44 to 6.56)."""

from collections.abc import Sequence

from sencoapp.documents.content import Block, Cell, Column, Grid, Heading, Mark, NewPage, Paragraph, Row, Text, Title, quiet, strong
from sencoapp.documents.outcome_measure import measure_blocks
from sencoapp.documents.phrases import day_of, hours, joined, pattern, period
from sencoapp.domain.snapshot import CycleContent, EvidenceContent, OutcomeContent, ProvisionRow
from sencoapp.reference import say

_ROOM_FOR_A_CYCLE = 250.0
"""Points that must be left on a page for a cycle to begin on it."""


def cycle_blocks(cycle: CycleContent, section: int) -> list[Block]:
    """A cycle's blocks. What nobody wrote is left out, not shown as an empty heading."""
    from sencoapp.documents.pack_sections import view_block

    title = say("documents.cycle_title", number=cycle["number"])
    blocks: list[Block] = [
        NewPage(unless=_ROOM_FOR_A_CYCLE),
        Mark(f"section-{section}-cycle-{cycle['number']}", title, 1),
        Title(title, _note(cycle)),
    ]
    if cycle["assess_summary"]:
        blocks += [Heading(say("documents.understood")), Paragraph(cycle["assess_summary"])]
    if cycle["evidence"]:
        blocks += [Heading(say("documents.rests_on")), evidence_grid(cycle["evidence"])]
    if cycle["outcomes"]:
        blocks += [Heading(say("documents.outcomes")), outcomes_grid(cycle)]
        blocks += [block for each in cycle["outcomes"] for block in measure_blocks(each, draw_a_start=False)]
    if cycle["strategies"]:
        blocks += [Heading(say("documents.strategies")), Paragraph(cycle["strategies"])]
    if cycle["provision"]:
        blocks += [Heading(say("documents.provided")), provision_grid(cycle["provision"])]
    if cycle["views"]:
        blocks += [Heading(say("documents.said_at_review")), *(view_block(each) for each in cycle["views"])]
    if cycle["review_summary"] or cycle["decision"]:
        blocks.append(Heading(say("documents.decided")))
        blocks += [Paragraph(each, keep=bool(cycle["copy_given_on"])) for each in (cycle["review_summary"], cycle["decision"]) if each]
    if cycle["copy_given_on"]:
        blocks.append(Paragraph(say("documents.copy_given", day=day_of(cycle["copy_given_on"])), small=True))
    blocks += correction_blocks(cycle)
    if len(blocks) == 3:
        blocks.append(Paragraph(quiet(say("documents.cycle_begun"))))
    return blocks


def correction_blocks(cycle: CycleContent) -> list[Block]:
    """What was corrected after the cycle was closed. The cycle above stays as it was."""
    lines = correction_lines(cycle)
    return [Heading(say("documents.corrections")), *lines] if lines else []


def correction_lines(cycle: CycleContent) -> list[Block]:
    """Each correction with who says so, when and why."""
    blocks: list[Block] = []
    for each in cycle.get("corrections", []):
        source = say("review.correction_source", author=each["who"], day=day_of(each["on"]), reason=each["reason"])
        said = say("review.correction_line", about=each["about"], text=each["text"])
        blocks.append(Paragraph((said, quiet(f"\n{source}"))))
    return blocks


def _note(cycle: CycleContent) -> str:
    ends = cycle["closed_on"] or cycle["reviewed_on"]
    agreed = say("documents.agreed_with", names=cycle["agreed_with"]) if cycle["agreed_with"] else None
    attended = say("documents.with_people", names=cycle["review_attended_by"]) if cycle["review_attended_by"] else ""
    if cycle["reviewed_on"]:
        reviewed = joined((say("documents.reviewed_on", day=day_of(cycle["reviewed_on"])), attended), " ")
    elif cycle["review_due_on"]:
        reviewed = say("documents.review_due", day=day_of(cycle["review_due_on"]))
    else:
        reviewed = None
    return joined((period(cycle["starts_on"], ends), agreed, reviewed), "\n")


def evidence_grid(entries: Sequence[EvidenceContent]) -> Grid:
    columns = (Column(say("documents.when"), 0.22), Column(say("documents.what_was_seen"), 0.54), Column(say("documents.who"), 0.24))
    rows = [Row((day_of(each["on"]), each["text"] or each["kind"], _who_and_what(each))) for each in entries]
    return Grid(columns, rows, say("documents.rests_on_summary"))


def _who_and_what(entry: EvidenceContent) -> Text:
    kind = entry["kind"][:1].upper() + entry["kind"][1:]
    return (entry["who"] or "", quiet(f"\n{kind}" if entry["who"] else kind))


def outcomes_grid(cycle: CycleContent) -> Grid:
    columns = (
        Column(say("documents.outcome"), 0.37),
        Column(say("documents.at_start"), 0.14),
        Column(say("documents.target"), 0.14),
        Column(say("documents.at_review"), 0.15),
        Column(say("documents.met"), 0.2),
    )
    return Grid(columns, [outcome_row(each) for each in cycle["outcomes"]], say("documents.outcomes_summary"))


def outcome_row(outcome: OutcomeContent, *, brief: bool = False) -> Row:
    """An outcome with where it began, where it should lead, where it led. ``brief`` leaves out how it was measured and reviewed."""
    by = say("documents.by", day=day_of(outcome["by_on"])) if outcome["by_on"] else None
    measured = say("documents.measured_by", measure=outcome["measure"]) if outcome["measure"] else None
    below = joined((by, measured), "; ")
    text: list[Text] = [strong(f"{outcome['number']}. "), outcome["text"]]
    if below and not brief:
        text.append(quiet("\n" + below[0].upper() + below[1:]))
    return Row((_flat(text), outcome["baseline"] or "", outcome["target"] or "", outcome["result"] or "", _met(outcome, brief=brief)))


def _met(outcome: OutcomeContent, *, brief: bool) -> Cell:
    rating = say(f"documents.rating_{outcome['rating']}") if outcome["rating"] else say("documents.not_reviewed")
    following = say(f"documents.next_{outcome['next']}") if outcome["next"] else ""
    words = joined((rating, following), " ")
    return words if brief or not outcome["review_note"] else (words, quiet("\n" + outcome["review_note"]))


def _flat(parts: Sequence[Text]) -> Cell:
    from sencoapp.documents.content import runs

    return tuple(each for part in parts for each in runs(part))


def provision_grid(rows: Sequence[ProvisionRow]) -> Grid:
    columns = (
        Column(say("documents.provision"), 0.33),
        Column(say("documents.who"), 0.25),
        Column(say("documents.each_week"), 0.16),
        Column(say("documents.group"), 0.1, number=True),
        Column(say("documents.planned"), 0.16, number=True),
    )
    made = [
        Row((_with_days(each), each["delivered_by"], pattern(each), str(each["group_size"]), hours(each["planned_minutes"])))
        for each in rows
    ]
    return Grid(columns, made, say("documents.provided_summary"))


def _with_days(row: ProvisionRow) -> Cell:
    """A provision that goes on through several cycles stands in each of them: its own days say so."""
    return (row["title"], quiet(f"\n{period(row['starts_on'], row['ends_on'])}"))


def progress_rows(cycles: Sequence[CycleContent]) -> list[Row]:
    """Every outcome of every cycle, in order, under a line for its cycle."""
    made: list[Row] = []
    for each in cycles:
        if each["outcomes"]:
            name = say(
                "documents.cycle_of", number=each["number"], period=period(each["starts_on"], each["closed_on"] or each["reviewed_on"])
            )
            made.append(Row((name, "", "", "", ""), group=True))
            made += [outcome_row(outcome, brief=True) for outcome in each["outcomes"]]
    return made
