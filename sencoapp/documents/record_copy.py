"""All that the record holds of one pupil on paper: grouped by kind, each thing with its day, in the order of the days."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sencoapp.documents.content import (
    Block,
    Bullets,
    Column,
    Content,
    Contents,
    Entry,
    Grid,
    Heading,
    Mark,
    Pairs,
    Paragraph,
    Part,
    Row,
    Title,
    quiet,
)
from sencoapp.documents.phrases import day_of, joined, label_of, yes_no
from sencoapp.domain.dates import full_date
from sencoapp.reference import say
from sencoapp.services.access import day_of_thing
from sencoapp.services.record_words import field_words, kind_words

_ID = re.compile(r"[0-9a-f]{32}|[0-9a-f]{64}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_TIME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})")
_CODE = re.compile(r"[a-z]+(_[a-z]+)*")
_CODES = {
    "sen_type": "SENtype",
    "relationship": "Relationship",
    "year": "NCyearActual",
    "ethnicity": "Ethnicity",
    "code": "SENprovision",
    "first_language": "Language",
    "language": "Language",
    "leaving_reason": "LeavingReason",
}
_CODED = (
    "kind",
    "whose",
    "rating",
    "next",
    "state",
    "wave",
    "ground",
    "action",
    "in_use",
    "responsibility_basis",
    "formats",
    "source_kind",
    "form",
    "council",
)
_AREAS = ("ci", "cl", "semh", "sp")
_OWN = ("id", "pupil")
_NAMES = (("title", "forename", "surname"), ("legal_forename", "legal_surname"), ("name",), ("organisation",))
_SHARES_A_PAGE = 160.0


def record_copy_content(content: Mapping[str, Any]) -> Content:
    """The whole document. What was blacked out is not in ``content`` any more, so it cannot be in the file."""
    made_on = date.fromisoformat(content["made_on"])
    title = say("access.title", name=content["name"] or say("documents.unnamed_pupil"))
    foot = say("access.foot", school=content["school"].get("name") or say("documents.unnamed_school"), day=full_date(made_on))
    groups: dict[str, list[Mapping[str, Any]]] = {}
    for thing in content["things"]:
        groups.setdefault(thing["kind"], []).append(thing)
    named = {thing["id"]: joined((kind_words(thing["kind"]), _called(thing))) for thing in content["things"]}
    parts = [Part(say("documents.cover"), _cover(content, title, groups, made_on))]
    parts += [Part(kind_words(kind), _group(kind, things, named), follows=_SHARES_A_PAGE) for kind, things in groups.items()]
    if content["held_back"]:
        parts.append(Part(say("access.held_back"), _held_back(content["held_back"]), follows=_SHARES_A_PAGE))
    return Content(
        title=title,
        author=joined((content["made_by"], content["school"].get("name"))),
        subject=say("access.subject"),
        head=joined((content["name"], say("documents.upn_ending", ending=content["upn"][-4:]) if content["upn"] else None), " · "),
        foot=say("documents.demo_foot", foot=foot) if content["demo"] else foot,
        made_on=made_on,
        parts=parts,
    )


def _cover(content: Mapping[str, Any], title: str, groups: Mapping[str, Sequence[Any]], made_on: date) -> list[Block]:
    school = content["school"]
    rows = [
        (say("access.school"), joined((school.get("name"), f"URN {school['urn']}" if school.get("urn") else None))),
        (say("access.made"), say("access.made_words", day=full_date(made_on), person=content["made_by"])),
    ]
    if content["ground"]:
        rows += [
            (say("access.ground"), f"{content['ground']}\n{content['citation']}"),
            (say("access.asked"), say("access.asked_words", name=content["asked_by"], day=day_of(content["received_on"]))),
            (say("access.due"), day_of(content["due"]) or say("access.due_unknown")),
        ]
    entries = [Entry("", kind_words(kind), say("access.count", count=len(things)), f"kind-{kind}") for kind, things in groups.items()]
    if content["held_back"]:
        entries.append(Entry("", say("access.held_back"), say("access.count", count=len(content["held_back"])), "held-back"))
    return [
        Mark("cover", say("documents.cover")),
        Title(title, say("access.subject"), large=True),
        Pairs(rows),
        Heading(say("access.about")),
        Bullets([say(f"access.about_{each}") for each in (1, 2, 3)]),
        *([Heading(say("documents.contents")), Contents(entries)] if entries else [Paragraph(quiet(say("access.nothing_kept")))]),
    ]


def _group(kind: str, things: Sequence[Mapping[str, Any]], named: Mapping[str, str]) -> list[Block]:
    blocks: list[Block] = [Mark(f"kind-{kind}", kind_words(kind)), Title(kind_words(kind))]
    for thing in things:
        removed = say("access.removed") if thing["removed"] else ""
        if len(things) > 1 or removed:
            blocks.append(Heading(joined((_called(thing) or say("access.undated"), removed), " · ")))
        told = {
            name: named.get(value, value) if isinstance(value, str) else value
            for name, value in thing["values"].items()
            if name not in _OWN
        }
        rows = [(field_words(name), shown) for name, value in told.items() if (shown := words_of(name, value))]
        if thing["file"]:
            rows.append((say("access.file"), thing["file"]))
        blocks.append(Pairs(rows) if rows else Paragraph(quiet(say("access.nothing_more"))))
        earlier = [each for each in thing["earlier"] if words_of(each["field"], each["value"])]
        if earlier:
            blocks.append(Paragraph(say("access.earlier"), small=True, keep=True))
            blocks.append(Bullets([_before(each) for each in earlier]))
    return blocks


def _called(thing: Mapping[str, Any]) -> str:
    """A thing's day, or its name where it has none."""
    values = thing["values"]
    names = (joined([str(values.get(each) or "") for each in name], " ") for name in _NAMES)
    return day_of(day_of_thing(values)) or next((each for each in names if each), "")


def _before(earlier: Mapping[str, Any]) -> str:
    return say(
        "access.earlier_line",
        field=field_words(earlier["field"]),
        value=words_of(earlier["field"], earlier["value"]),
        day=day_of(earlier["at"]),
        person=earlier["by"],
    )


def _held_back(held: Sequence[Mapping[str, Any]]) -> list[Block]:
    counted: dict[tuple[str, str, str, str], int] = {}
    for each in held:
        what = kind_words(each["kind"]) if each["kind"] else say("access.everywhere")
        what = say("access.file_of", kind=what) if each["part"] else what
        key = (what, say(f"access.action_{each['action']}"), each["label"], each["citation"])
        counted[key] = counted.get(key, 0) + 1
    columns = (
        Column(say("access.column_what"), 0.24),
        Column(say("access.column_how"), 0.16),
        Column(say("access.column_why"), 0.5),
        Column(say("access.column_times"), 0.1, number=True),
    )
    rows = [Row((what, how, (why, quiet(f"\n{citation}")), str(times))) for (what, how, why, citation), times in counted.items()]
    return [
        Mark("held-back", say("access.held_back")),
        Title(say("access.held_back")),
        Paragraph(say("access.held_back_words"), keep=True),
        Grid(columns, rows, say("access.held_back")),
    ]


def words_of(field: str, value: Any) -> str:
    """A value as a person reads it; nothing for what only points to another thing."""
    if isinstance(value, bool):
        return yes_no(value)
    if isinstance(value, Mapping):
        return joined([f"{field_words(name)}: {said}" for name, each in value.items() if (said := words_of(name, each))], "; ")
    if isinstance(value, list | tuple):
        between = "\n" if any(isinstance(each, Mapping) for each in value) else ", "
        return joined([words_of(field, each) for each in value], between)
    text = str(value)
    if field == "area" and text in _AREAS:
        return say(f"documents.area_{text}")
    if field in _CODES:
        return label_of(_CODES[field], text)
    if _ID.fullmatch(text):
        return ""
    if _TIME.fullmatch(text):
        moment = datetime.fromisoformat(text)
        return say("access.moment", day=full_date(moment.date()), time=f"{moment:%H:%M}")
    if _DAY.fullmatch(text):
        return day_of(text)
    return text.replace("_", " ") if field in _CODED and _CODE.fullmatch(text) else text
