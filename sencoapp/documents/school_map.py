"""The provision map of a school on paper: lying, its heading on each page, as it was filtered and put together."""

from datetime import date

from sencoapp.documents.content import Block, Column, Content, Grid, Pairs, Paragraph, Part, Row, Title, quiet, strong
from sencoapp.documents.pdf.press import printed
from sencoapp.documents.phrases import joined, money
from sencoapp.domain.dates import full_date
from sencoapp.domain.school_map import MapLineContent, SchoolMapContent
from sencoapp.reference import say


def school_map_pdf(content: SchoolMapContent) -> bytes:
    """The same content gives the same text."""
    return printed(school_map_document(content))


def school_map_document(content: SchoolMapContent) -> Content:
    made_on = date.fromisoformat(content["made_on"])
    foot = say("documents.map_foot", school=content["school"], day=full_date(made_on))
    return Content(
        title=f"{content['title']}, {content['period']}",
        author=joined((content["made_by"], content["school"])),
        subject=say("documents.map_subject"),
        head=content["school"],
        foot=say("documents.demo_foot", foot=foot) if content["demo"] else foot,
        made_on=made_on,
        parts=(Part(say("documents.map_subject"), _blocks(content)),),
        landscape=True,
    )


def _blocks(content: SchoolMapContent) -> list[Block]:
    made = say("documents.map_note", day=full_date(date.fromisoformat(content["made_on"])), name=content["made_by"])
    title = Title(f"{content['title']}, {content['period']}", joined((content["filters"], made), ". "))
    if not content["lines"]:
        return [title, Paragraph(quiet(say("documents.no_provision")))]
    costs, total = content["shows_cost"], content["total"]
    effect = any(each["effect"] for each in content["lines"])
    counts = [
        (say("documents.pupils_with_provision"), f"{content['pupils']:,}"),
        (say("documents.places"), f"{content['places']:,}"),
        (say("map.figure_sessions"), say("map.figure_sessions_of", held=f"{total['held']:,}", planned=f"{total['sessions']:,}")),
    ]
    if costs:
        counts += [(say("map.figure_cost"), money(total["planned_pence"])), (say("map.figure_spent"), money(total["spent_pence"]))]
    if costs and total["added_pence"]:
        counts.append((say("map.figure_added"), money(total["added_pence"])))
    rows = [_row(each, costs=costs, effect=effect) for each in content["lines"]]
    grid = Grid(_columns(costs=costs, effect=effect), rows, say("map.summary"), _row(total, costs=costs, effect=effect).cells)
    words = [Paragraph(say("map.once"), fine=True)]
    if costs:
        words.append(Paragraph(say("map.cost_words"), fine=True))
    if costs and total["added_pence"]:
        words.append(Paragraph(say("map.added_words"), fine=True))
    return [title, Pairs(counts), grid, *words]


def _columns(*, costs: bool, effect: bool) -> tuple[Column, ...]:
    widths = [("list_name", 0.0, False), ("column_sessions", 0.09, True), ("list_planned", 0.08, True), ("list_minutes", 0.08, True)]
    widths += [("list_effect", 0.18, False)] if effect else []
    widths += [("list_cost", 0.1, True), ("list_spent", 0.1, True)] if costs else []
    rest = 1 - sum(width for _, width, _ in widths)
    return tuple(Column(say(f"map.{name}"), width or rest, number=number) for name, width, number in widths)


def _row(line: MapLineContent, *, costs: bool, effect: bool) -> Row:
    about = f"\n{line['about']}" if line["about"] and line["kind"] == "provision" else ""
    beside = f", {line['about']}" if line["about"] and line["kind"] == "pupil" else ""
    bold = line["kind"] in ("band", "provision")
    name = (strong(line["title"]) if bold else f"{line['title']}{beside}", quiet(about) if about else "")
    times = ["", "", ""]
    if line["kind"] != "free":
        sessions = say("map.sessions_cell", held=f"{line['held']:,}", planned=f"{line['sessions']:,}")
        times = [sessions, f"{line['planned_minutes']:,}", f"{line['minutes']:,}"]
    cells = [name, *times, *([line["effect"]] if effect else [])]
    cells += [money(line["planned_pence"]), money(line["spent_pence"])] if costs else []
    return Row(tuple(cells), subtotal=line["kind"] == "band", indent=line["depth"])
