"""The sections of the council's form: its questions with their answers, then what each section shows of the record."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sencoapp.documents.content import (
    Block,
    Bullets,
    Column,
    Grid,
    Heading,
    PageOf,
    Pairs,
    Paragraph,
    Quote,
    Row,
    SignatureLines,
    Stretch,
    Text,
    quiet,
    strong,
)
from sencoapp.documents.pack_cycles import cycle_blocks, progress_rows
from sencoapp.documents.pack_statement import STATEMENT, statement_blocks
from sencoapp.documents.phrases import day_of, joined, known, label_of, year_name, yes_no
from sencoapp.documents.provision_map_content import cost_blocks
from sencoapp.domain.background import attendance_share
from sencoapp.domain.snapshot import ContactContent, EvidenceFile, PackSnapshot, SectionContent, ViewContent
from sencoapp.reference import say

_LETTERS = re.compile(r"\w")
_FEW = 0.12


def section_blocks(snapshot: PackSnapshot, section: SectionContent, number: int) -> list[Block]:
    """A section's blocks below its title."""
    shown = _SHOWN.get(section["shows"])
    if section["shows"] == "consent":
        return _consent(snapshot, section)
    answered = [each for each in section["answers"] if each["text"].strip()]
    blocks: list[Block] = []
    for answer in answered:
        if shown is None or not repeats(answer["text"], _record_texts(snapshot, section["shows"])):
            blocks += [Heading(answer["label"]), Paragraph(answer["text"])]
    blocks += shown(snapshot, number) if shown else []
    open_questions = [each["label"] for each in section["answers"] if not each["text"].strip()]
    if open_questions:
        blocks += [Heading(say("documents.not_answered_heading")), Bullets([quiet(each) for each in open_questions])]
    return blocks or [Paragraph(quiet(say("documents.nothing_recorded")))]


def repeats(answer: str, texts: Sequence[str]) -> bool:
    """Whether an answer says nothing but what the record shows beside it: nearly all of its letters stand there too."""
    left = answer
    for text in sorted((each for each in texts if each), key=len, reverse=True):
        left = left.replace(text, " ")
    whole = len(_LETTERS.findall(answer))
    return whole > 0 and len(_LETTERS.findall(left)) <= whole * _FEW


def _record_texts(snapshot: PackSnapshot, shows: str) -> list[str]:
    if shows == "family":
        people = [text for each in snapshot["contacts"] for text in (each["name"], (each["relationship"] or "").lower())]
        return [*people, *(say(f"documents.{each}_responsibility") for each in ("has", "lacks", "unknown"))]
    if shows == "views":
        return [each["text"] or each["absent_because"] or "" for each in snapshot["views"]]
    if shows == "needs":
        return [text for each in snapshot["needs"] for text in (each["label"], each["description"] or "")]
    if shows == "cycles":
        return [text for each in snapshot["cycles"] for text in (each["assess_summary"] or "", each["review_summary"] or "", "Cycle")]
    if shows == "provision":
        return [text for each in snapshot["provision"] for text in (each["title"], each["delivered_by"], each["formula"])]
    return []


# ---- what a section shows ------------------------------------------------------------------------------------------------
def _family(snapshot: PackSnapshot, _number: int) -> list[Block]:
    pupil = snapshot["pupil"]
    sex = {"M": say("documents.male"), "F": say("documents.female")}.get(pupil.get("sex") or "", pupil.get("sex"))
    facts: list[tuple[str, Text | None]] = [
        (say("documents.legal_name"), pupil.get("legal_name") or quiet(say("documents.not_recorded"))),
        (say("documents.used_name"), pupil["name"] if pupil["name"] != pupil.get("legal_name") else None),
        (say("documents.birth_date"), day_of(pupil.get("birth_date"))),
        (say("documents.upn"), pupil.get("upn")),
        (say("documents.year_and_class"), joined((year_name(pupil.get("year")), pupil.get("reg_group")))),
        (say("documents.sex"), sex),
        (say("documents.ethnicity"), label_of("Ethnicity", pupil.get("ethnicity"))),
        (say("documents.first_language"), label_of("Language", pupil.get("first_language"))),
        (say("documents.address"), _address(pupil)),
        (say("documents.entry"), day_of(pupil.get("entry_on"))),
        (say("documents.looked_after"), _looked_after(pupil.get("looked_after"), pupil.get("care_authority"))),
    ]
    blocks: list[Block] = [
        Heading(say("documents.the_pupil")),
        Pairs([(label, value) for label, value in facts if value]),
        Heading(say("documents.the_family")),
    ]
    return blocks + (_contacts(snapshot["contacts"]) if snapshot["contacts"] else [Paragraph(quiet(say("documents.no_contacts")))])


def _address(pupil: Mapping[str, Any]) -> Text:
    """The address, or that the school keeps it apart: parents who live apart may both see a pack."""
    if pupil.get("address_hidden"):
        return quiet(say("documents.address_apart"))
    return joined((pupil.get("address"), pupil.get("postcode")))


def _looked_after(looked_after: bool | None, authority: str | None) -> str | None:
    if looked_after is None:
        return None
    return joined((yes_no(looked_after), authority if looked_after else None))


def _contacts(contacts: Sequence[ContactContent]) -> list[Block]:
    columns = (
        Column(say("documents.name"), 0.27),
        Column(say("documents.responsibility"), 0.19),
        Column(say("documents.lives_with_pupil"), 0.13),
        Column(say("documents.reached_by"), 0.41),
    )
    rows = []
    for each in contacts:
        speaks = label_of("Language", each["language"]) if each["language"] else None
        interpreter = say("documents.needs_interpreter") if each["interpreter"] else None
        about = joined((each["relationship"], speaks, interpreter))
        rows.append(
            Row(
                (
                    (strong(each["name"]), f"\n{about}" if about else ""),
                    yes_no(each["parental_responsibility"]),
                    yes_no(each["lives_with_pupil"]),
                    _reached_by(each),
                )
            )
        )
    return [Grid(columns, rows, say("documents.contacts_summary"))]


def _reached_by(contact: ContactContent) -> Text:
    known = joined((contact["phone"], contact["email"], contact["address"]), "\n")
    if contact.get("address_hidden") or contact.get("reach_hidden"):
        return (known and f"{known}\n", quiet(say("documents.address_apart")))
    return known or quiet(say("documents.not_recorded"))


def _views(snapshot: PackSnapshot, _number: int) -> list[Block]:
    if not snapshot["views"]:
        return [Paragraph(quiet(say("documents.no_views")))]
    blocks: list[Block] = []
    for each in snapshot["views"]:
        whose = (
            say("documents.views_of_pupil", name=snapshot["pupil"]["name"])
            if each["whose"] == "pupil"
            else say("documents.views_of_parents")
        )
        blocks += [Heading(whose), view_block(each)]
    return blocks


def view_block(view: ViewContent) -> Block:
    """A view in its own words with who gave it, or the reason why it is not there."""
    if view["text"]:
        helped = say("documents.helped_by", name=view["helped_by"]) if view["helped_by"] else None
        speaker = view["said_by"] or say("documents.the_pupil" if view["whose"] == "pupil" else "documents.the_parents")
        return Quote(view["text"], joined((speaker, view["method"], helped, day_of(view["given_on"]))))
    return Paragraph((quiet(say("documents.view_absent", day=day_of(view["given_on"])) + " "), view["absent_because"] or ""))


def _needs(snapshot: PackSnapshot, _number: int) -> list[Block]:
    blocks: list[Block] = []
    if snapshot["needs"]:
        columns = (Column(say("documents.need"), 0.32), Column(say("documents.area"), 0.24), Column(say("documents.described"), 0.44))
        rows = []
        for each in snapshot["needs"]:
            rank = say("documents.primary_need") if each["rank"] == 1 else ""
            since = say("documents.since", start=day_of(each["starts_on"])) if each["starts_on"] else ""
            note = joined((rank, since))
            area = say(f"documents.area_{each['area']}") if each["area"] in _AREAS else ""
            rows.append(Row(((strong(each["label"]), f"\n{note}" if note else ""), area, known(each["description"]))))
        blocks += [Heading(say("documents.recorded_needs")), Grid(columns, rows, say("documents.needs_summary"))]
    else:
        blocks.append(Paragraph(quiet(say("documents.no_needs"))))
    if snapshot["statuses"]:
        history = [
            joined(
                (
                    say("documents.status_since", status=label_of("SENprovision", each["code"]), day=day_of(each["starts_on"])),
                    _sentence(each.get("reason")),
                ),
                " ",
            )
            for each in snapshot["statuses"]
        ]
        blocks += [Heading(say("documents.status_history")), Bullets(history)]
    return blocks


def _sentence(words: str | None) -> str:
    """With a full stop, where a person wrote none."""
    text = (words or "").strip()
    return text if not text or text[-1] in ".!?" else f"{text}."


_AREAS = ("ci", "cl", "semh", "sp")


def _cycles(snapshot: PackSnapshot, number: int) -> list[Block]:
    if not snapshot["cycles"]:
        return [Paragraph(quiet(say("documents.no_cycles")))]
    return [block for each in snapshot["cycles"] for block in cycle_blocks(each, number)]


def _progress(snapshot: PackSnapshot, _number: int) -> list[Block]:
    blocks: list[Block] = []
    pupil = snapshot["pupil"]
    share = attendance_share(pupil.get("sessions_possible"), pupil.get("sessions_attended"))
    if share is not None:
        words = say("documents.attendance_words", attended=pupil["sessions_attended"], possible=pupil["sessions_possible"], share=share)
        blocks += [Heading(say("documents.attendance")), Paragraph(joined((words, _absence(pupil)), " "))]
    rows = progress_rows(snapshot["cycles"])
    if not rows:
        return [*blocks, Paragraph(quiet(say("documents.no_outcomes")))]
    columns = (
        Column(say("documents.outcome"), 0.37),
        Column(say("documents.at_start"), 0.14),
        Column(say("documents.target"), 0.14),
        Column(say("documents.at_review"), 0.15),
        Column(say("documents.met"), 0.2),
    )
    return [*blocks, Heading(say("documents.outcome_by_outcome")), Grid(columns, rows, say("documents.progress_summary"))]


def _absence(pupil: Mapping[str, Any]) -> str:
    """Sessions missed, with leave and without; empty where the record does not say."""
    authorised, unauthorised = pupil.get("sessions_authorised"), pupil.get("sessions_unauthorised")
    if authorised is None or unauthorised is None:
        return ""
    missed = authorised + unauthorised
    return say("documents.absence_words", missed=missed, authorised=authorised, unauthorised=unauthorised) if missed else ""


def _provision(snapshot: PackSnapshot, _number: int) -> list[Block]:
    blocks = cost_blocks(snapshot["provision"], snapshot["provision_total_pence"], snapshot["notional_pence"])
    return [Heading(say("documents.provision")), *blocks]


def as_shown(file: EvidenceFile) -> str:
    """Who wrote a document, for whom, when."""
    author = joined((file["author_name"], file["author_role"], file["organisation"]))
    return joined((author, day_of(file["document_on"])), " · ")


def _evidence(snapshot: PackSnapshot, _number: int) -> list[Block]:
    if not snapshot["evidence"]:
        return [Paragraph(quiet(say("documents.no_evidence")))]
    columns = (
        Column(say("documents.evidence_letter"), 0.07),
        Column(say("documents.document"), 0.33),
        Column(say("documents.written_by"), 0.28),
        Column(say("documents.dated"), 0.24),
        Column(say("documents.page"), 0.08, number=True),
    )
    rows = [
        Row(
            (
                strong(each["letter"]),
                each["title"],
                joined((each["author_name"], each["author_role"], each["organisation"])) or quiet(say("documents.not_recorded")),
                day_of(each["document_on"]) or quiet(say("documents.no_date")),
                PageOf(f"evidence-{each['letter']}"),
            )
        )
        for each in snapshot["evidence"]
    ]
    return [Heading(say("documents.in_this_pack")), Grid(columns, rows, say("documents.evidence_summary"))]


def _consent(snapshot: PackSnapshot, section: SectionContent) -> list[Block]:
    name = snapshot["pupil"].get("legal_name") or snapshot["pupil"]["name"]
    council = snapshot["council"]["name"]
    blocks: list[Block] = [
        Paragraph(say("documents.consent_words", name=name, council=council, school=snapshot["school"]["name"])),
        Paragraph(say("documents.consent_choice")),
    ]
    for each in section["answers"]:
        if each["text"].strip():
            blocks += [Heading(each["label"]), Paragraph(each["text"])]
    by_hand: list[tuple[str, bool]] = [
        (each["label"], "signature" in each["question"]) for each in section["answers"] if not each["text"].strip()
    ]
    standard = [(say(f"documents.consent_{each}"), each == "signature") for each in ("name", "signature", "relationship", "date")]
    return [*blocks, Stretch(10), SignatureLines(by_hand or standard), Stretch(16), Paragraph(say("documents.consent_law"), small=True)]


_SHOWN: dict[str, Callable[[PackSnapshot, int], list[Block]]] = {
    "family": _family,
    "views": _views,
    "needs": _needs,
    "cycles": _cycles,
    "progress": _progress,
    "provision": _provision,
    "evidence": _evidence,
    STATEMENT: statement_blocks,
}
