"""Every PDF that the program writes, each as it usually is, with nothing in it, and with what makes pages break and letters fail.

A new method of ``DocumentRoom`` that writes a PDF gets its place in ``EVERY``; one that writes none is named in ``NOT_PAPER``.
"""

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from typing import Any

from sencoapp import reference
from sencoapp.documents import DocumentRoom
from sencoapp.domain.over_terms import FIGURES, FigureOverTerms, ProvisionOverTerms, TermFigures, terms_chart
from sencoapp.services.measure_content import measure_content
from tests.documents import samples
from tests.documents.packs import made_pack
from tests.documents.test_outcome_measure import OVERLAY, SIZES
from tests.domain.test_measure_chart import found

ROOM = DocumentRoom()
SCHOOL = "Tannersfield Primary School"
LONG = "Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh Anne-Marie Theodora Ngozi Łucja Éloïse van der Bergh-O’Sullivan"
ODD = "Ọlásùbọ̀mí Ṭāriq ʿUthmān Żółć-Šťastný Ağaoğlu مرحبا שלום 👏 \u202e<b>&amp;</b> ½ → £5"
MUCH = "He joins in when it is quiet, and says so. " * 60
PARAGRAPHS = f"{MUCH}\n\n- one\n- two\n\n{ODD}\n{LONG}"

Make = Callable[[], bytes]


def _pack(**changes: Any) -> bytes:
    return made_pack(ROOM, samples.snapshot(evidence=[], **changes), []).pdf


def measured_cycle(number: int, text: str = "") -> Any:
    made = samples.cycle(number, samples.provision_rows())
    made["outcomes"][0]["measure_taken"] = measure_content(found(SIZES, phases=OVERLAY))
    if text:
        made["assess_summary"] = made["outcomes"][1]["text"] = made["views"][0]["text"] = text
        made["corrections"] = [{"about": ODD, "text": text, "reason": LONG, "on": "2026-02-01", "who": LONG}]
        made["evidence"] = made["evidence"] * 30
    return made


def statement(words: str = "", lines: int = 2) -> dict[str, Any]:
    said = {
        "text": words or "Kian follows a lesson when it is seen as well as heard.",
        "source": words or "Cycle 1, 5 January 2026",
        "evidence": None,
    }
    headings = ("Attainment, and how fast it rises", "Needs", "What was done", "What it took")
    return {
        "parts": [{"heading": each, "lines": [{**said, "page": None}] * lines} for each in headings],
        "owner": words or "Mrs Ruth Adeyemi",
    }


def bundle(words: str = "", files: Mapping[str, list[str]] | None = None) -> dict[str, Any]:
    """The sections of an appeal about a plan; ``files`` are the letters of the papers in each."""
    about = "What the plan says (Sections B and F)"
    limits = (("core", "Core documents", 100), ("plan", "EHC plan and its Section K appendices", 150), ("evidence", "Other evidence", 75))
    return {
        "about": words or about,
        "reference": words or "EH900/26/00017",
        "direction": words or "First-tier Tribunal (Special Educational Needs and Disability), Practice Direction No. 1 of 2025",
        "applies": "to hearings listed after 15 July 2025",
        "more_pages": "SEND7",
        "written_in": "evidence",
        "sections": [
            {
                "id": id,
                "letter": letter,
                "title": words or title,
                "limit": limit,
                "limit_most": 100 if id == "evidence" else None,
                "for_each_party": id == "evidence",
                "files": (files or {}).get(id, []),
            }
            for letter, (id, title, limit) in zip("ABC", limits, strict=True)
        ],
    }


def awkward_snapshot() -> Any:
    whole = samples.snapshot(evidence=[], cycles=[measured_cycle(number, PARAGRAPHS) for number in (1, 2)])
    whole["pupil"].update(name=LONG, legal_name=ODD, address=LONG)
    whole["school"]["name"] = f"{LONG} {ODD}"
    whole["contacts"] = [{**each, "name": LONG, "email": "a" * 90 + "@example.org"} for each in whole["contacts"]] * 6
    whole["needs"][0]["description"] = PARAGRAPHS
    whole["gaps"] = whole["gaps"] * 8
    whole["statement"] = statement(f"{ODD} {LONG}", lines=9)
    for row in whole["provision"]:
        row.update(title=LONG, aim=MUCH, delivered_by=ODD)
    whole["provision"] = whole["provision"] * 4
    for section in whole["sections"]:
        for each in section["answers"]:
            each["text"] = PARAGRAPHS
    return whole


def long_map() -> Any:
    content: Any = samples.map_of_pupil()
    for row in content["pupil"]["rows"]:
        row.update(title=LONG, aim=MUCH, delivered_by=ODD)
    content["pupil"].update(name=f"{LONG} {ODD}", rows=content["pupil"]["rows"] * 5)
    return {**content, "title": f"{LONG}, {ODD}", "school": LONG}


def teacher_sheet(lines: int = 3, words: str = "") -> dict[str, Any]:
    said = [{"words": words or "Show what comes next with a picture.", "source": words or "Language report, page 2"}] * lines
    return {
        "school": words or SCHOOL,
        "pupil": words or "Kian Osei",
        "pupil_id": "0" * 32,
        "place": "Year 4 · 4M",
        "made_on": "2026-11-24",
        "made_by": words or "Mrs Ruth Adeyemi",
        "parts": [{"heading": heading, "lines": said} for heading in ("What is hard", "What helps")],
        "demo": False,
    }


def empty_map() -> Any:
    content: Any = samples.map_of_pupil()
    return {**content, "pupil": {**content["pupil"], "rows": [], "total_pence": 0}}


def costed(rows: int = 8, words: str = "") -> dict[str, Any]:
    made = [
        {
            "provision": each["id"],
            "title": words or each["title"],
            "aim": words or each["aim"],
            "area": "ci",
            "wave": "targeted",
            "given_by": words or each["delivered_by"],
            "dose": "3 × 30 min a week, 12 weeks",
            "group": each["group_size"],
            "first": each["starts_on"],
            "last": each["ends_on"],
            "planned_minutes": each["planned_minutes"],
            "delivered_minutes": each["planned_minutes"] // 2,
            "planned_pence": each["cost_pence"],
            "to_date_pence": each["cost_pence"] // 2,
            "council_pence": None if number % 3 else each["cost_pence"],
            "added_pence": 1_250 if number % 5 == 0 else 0,
            "formula": each["formula"],
            "council_formula": each["formula"],
            "core": number % 2 == 0,
            "notes": [words or "No rate is recorded for Miss Tan after 1 April 2026."] if number % 4 == 0 else [],
        }
        for number, each in enumerate((samples.provision_rows() * 12)[:rows])
    ]
    total = sum(each["planned_pence"] for each in made)
    return {
        "school": words or SCHOOL,
        "name": words or "Kian Osei",
        "about": "Year 4, 4T",
        "year": 2025,
        "year_name": "2025 to 2026",
        "made_on": samples.MADE_ON,
        "made_by": "Mrs Ruth Adeyemi",
        "rows": made,
        "planned_minutes": sum(each["planned_minutes"] for each in made),
        "delivered_minutes": sum(each["delivered_minutes"] for each in made),
        "planned_pence": total,
        "to_date_pence": total // 2,
        "council_pence": None,
        "added_pence": sum(each["added_pence"] for each in made),
        "core_pence": 0,
        "additional_pence": total,
        "element_2_pence": min(total, 600_000),
        "guide_pence": 600_000,
        "shortfall_pence": max(0, total - 600_000),
        "own_method": "An hour's pay is shared by the pupils in the group.",
        "council_method": "The council's banded rates.",
        "council_source": "Leicestershire County Council, 2026.",
        "warnings": ["Talk Boost is on the map twice a week, and on the timetable three times."] if rows else [],
        "checked": bool(rows),
        "demo": False,
    }


def map_line(depth: int, kind: str, title: str, **changes: Any) -> dict[str, Any]:
    return {
        "depth": depth,
        "kind": kind,
        "title": title,
        "about": "Miss Tan, 3 × 30 min",
        "area": "ci",
        "sessions": 36,
        "held": 30,
        "planned_minutes": 1080,
        "minutes": 900,
        "planned_pence": 61_920,
        "spent_pence": 51_600,
        "planned": [],
        "spent": [],
        "charges": [],
        "charged": [],
        "added_pence": 1_250 if kind == "provision" else 0,
        "is_leaf": kind == "pupil",
        "effect": "2 of 3 met" if kind == "provision" else "",
        "formula": "",
        **changes,
    }


def school_map(times: int = 2, words: str = "") -> dict[str, Any]:
    group = [
        map_line(0, "band", "Targeted"),
        map_line(1, "provision", words or "Talk Boost"),
        map_line(2, "group", "Group 1"),
        map_line(3, "pupil", words or "Kian Osei", about="Year 4, 4T"),
        map_line(3, "pupil", "Ada Ashby", about="Year 4, 4T"),
        map_line(3, "free", "Places not taken", about=""),
    ]
    return {
        "school": words or SCHOOL,
        "title": "Provision map",
        "period": "Autumn term 2026",
        "filters": words or "Year 4",
        "made_on": samples.MADE_ON,
        "made_by": "Mrs Ruth Adeyemi",
        "shows_cost": True,
        "lines": group * times,
        "total": map_line(0, "total", "Total", about=""),
        "pupils": 2,
        "places": 2,
        "demo": False,
    }


def over_terms(terms: int = 3, words: str = "") -> ProvisionOverTerms:
    figures = [
        TermFigures(
            f"{words}Term {number + 1}",
            date(2024 + number // 3, 1 + number % 3 * 4, 8),
            4 + number,
            3 + number,
            2,
            1,
            600,
            540,
            90,
            81,
            100,
        )
        for number in range(terms)
    ]
    shown: list[FigureOverTerms] = []
    for figure in FIGURES if terms else ():
        shares = [each.share(figure) or 0.0 for each in figures]
        said = [f"{share:.0%}" for share in shares]
        shown.append(
            FigureOverTerms(
                figure, f"Share: {figure}", terms_chart(figures, figure, said), f"In the last term {said[-1]}.{words}", tuple(said)
            )
        )
    usual = "Each term tells of other pupils than the one before." if terms else reference.say("provision_terms.no_terms")
    honest = (words or usual,)
    return ProvisionOverTerms(
        words or "Talk Boost", tuple(figures), tuple(shown), honest, words or SCHOOL, date(2026, 11, 24), "Mrs Adeyemi", False
    )


def week(lessons: int = 3, words: str = "") -> dict[str, Any]:
    return {
        "school": words or SCHOOL,
        "title": f"{words or 'Miss Tan'}, week of 23 November 2026",
        "made_on": samples.MADE_ON,
        "made_by": "Mrs Ruth Adeyemi",
        "demo": False,
        "days": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"],
        "warnings": [words or "Miss Tan is in two places on Tuesday at 09:30."] if lessons else [],
        "lessons": [
            {
                "weekday": 1 + number % 5,
                "start": f"{8 + number % 7:02d}:30",
                "when": f"{8 + number % 7:02d}:30 to {9 + number % 7:02d}:00",
                "title": words or "Talk Boost",
                "given_by": words or "Miss Tan",
                "pupils": words or "Kian Osei, Ada Ashby",
                "room": "The Nest",
            }
            for number in range(lessons)
        ],
    }


def chronology(lines: int = 6, words: str = "") -> dict[str, Any]:
    return {
        "school": words or SCHOOL,
        "pupil": words or "Kian Osei",
        "made_on": samples.MADE_ON,
        "made_by": "Mrs Ruth Adeyemi",
        "filter": words,
        "lines": [
            {
                "day": f"2026-{1 + number % 11:02d}-{1 + number % 28:02d}",
                "half_term": f"Half term {1 + number // 5}",
                "head": "Note" if number % 2 else "Meeting with the family",
                "who": words or "Miss Tan",
                "words": (MUCH if words else "Asked Jo for the ball in words, then waited for it.") if number % 3 else "",
                "area": "ci" if number % 2 else "",
            }
            for number in range(lines)
        ],
        "demo": False,
    }


def plan(template: str, *, words: str = "", empty: bool = False) -> dict[str, Any]:
    found_template = reference.plan_templates()[template]
    cycle: Any = measured_cycle(2, words)
    if empty:
        bare = dict.fromkeys(cycle)
        cycle = {**bare, "number": 1, "starts_on": "2026-09-01", "outcomes": [], "provision": [], "views": [], "evidence": []}
    return {
        "school": words or SCHOOL,
        "pupil": words or "Kian Osei",
        "pupil_id": "1" * 32,
        "forename": "Kian",
        "about": [] if empty else [("Born", "3 February 2018"), ("Class", words or "Year 4 · 4T")],
        "strengths": None if empty else words or "Draws maps, and remembers what he has seen.",
        "what_works": None if empty else words or "A quiet start.",
        "communication": None if empty else words or "Short sentences, with pictures.",
        "called": f"{found_template.name}, cycle 2",
        "layer": next((name for _, name in found_template.layers), ""),
        "draft": empty,
        "needs": [] if empty else samples.snapshot()["needs"],
        "cycle": cycle,
        "copies": [] if empty else ["Mrs Grace Osei, 5 November 2026, by hand."],
        "sections": [{"shows": each.shows, "heading": each.heading_for("Kian"), "lead": each.lead} for each in found_template.sections],
        "made_on": samples.MADE_ON,
        "made_by": "Mrs Ruth Adeyemi",
        "demo": False,
    }


def letter(*, words: str = "", large: bool = False) -> dict[str, Any]:
    return {
        "school": words or SCHOOL,
        "school_lines": ["Mill Lane, Tannersfield", "ZZ1 1ZZ", "01632 960100"],
        "made_on": samples.MADE_ON,
        "recipient": words or "Mrs Grace Osei",
        "address": ["12 Weir Street", "Tannersfield", "ZZ1 2ZZ"],
        "salutation": "Dear Mrs Osei",
        "subject": "Meeting on 4 December",
        "about": words or "Kian Osei",
        "text": (words and PARAGRAPHS)
        or "We would like to meet you to talk about Kian's plan.\n\nPlease tell us if the day does not suit you.",
        "signed_by": words or "Mrs Ruth Adeyemi",
        "signed_role": "SENCO",
        "large_print": large,
        "demo": False,
    }


def record_copy(*, things: int = 3, words: str = "") -> dict[str, Any]:
    pupil = {
        "kind": "pupil",
        "id": "1" * 32,
        "values": {"id": "1" * 32, "legal_forename": words or "Kian", "legal_surname": "Osei", "birth_date": "2018-02-03", "year": "4"},
        "removed": False,
        "file": "",
        "earlier": [],
    }
    notes = [
        {
            "kind": "observation",
            "id": f"{number:032x}",
            "values": {
                "id": f"{number:032x}",
                "pupil": "1" * 32,
                "text": words or "Asked for the ball in words.",
                "happened_on": "2026-11-12",
            },
            "removed": number == 1,
            "file": "drawing.png" if number == 2 else "",
            "earlier": [{"field": "text", "value": words or "Asked.", "at": "2026-11-12T10:00:00Z", "by": "Miss Tan"}]
            if number % 2
            else [],
        }
        for number in range(things)
    ]
    held = {"kind": "observation", "action": "black_out", "part": "", "label": words or "Serious harm", "citation": "DPA 2018, Sch 3"}
    return {
        "format": "senco.record/1",
        "made_on": samples.MADE_ON,
        "made_by": "Mrs Ruth Adeyemi",
        "school": {"name": words or SCHOOL, "urn": "999999"},
        "demo": False,
        "name": words or "Kian Osei",
        "upn": "T999204112017",
        "ground": "A parent asks for the educational record" if things else "",
        "citation": "The Education (Pupil Information) (England) Regulations 2005, reg 5" if things else "",
        "asked_by": words or "Mrs Grace Osei",
        "received_on": "2026-11-02",
        "due": "2026-11-23",
        "things": [pupil, *notes] if things else [],
        "held_back": [held] * min(things, 12),
    }


def receipt(words: str = "") -> dict[str, Any]:
    return {
        "school": words or SCHOOL,
        "to": words or "Westmere Academy",
        "pupil": words or "Kian Kofi Osei",
        "birth_date": "2018-02-03",
        "upn": None if words else "T999204112017",
        "left_on": "2026-10-23",
        "made_on": samples.MADE_ON,
        "made_by": "Mrs Ruth Adeyemi",
        "sha256": "ab" * 32,
        "fingerprint": "7K4M-2X9P",
        "files": 4,
        "left_out": 2,
        "due": "2026-11-16",
        "citation": "The Education (Pupil Information) (England) Regulations 2005, reg 9",
        "apart_due": None if words else "2026-10-30",
        "apart_citation": "Keeping children safe in education 2026, 122",
        "demo": False,
    }


def certificate(kinds: int = 4, words: str = "") -> dict[str, Any]:
    names = ["pupil", "observation", "cycle", "outcome", "provision", "document", "contact", "sen_need", "sen_status"] * 6
    return {
        "school": words or SCHOOL,
        "made_on": samples.MADE_ON,
        "erasure": "c" * 32,
        "initials": "K. O.",
        "upn_sha256": "d" * 64 if kinds else None,
        "kinds": [(name, 1200 + number) for number, name in enumerate(names[:kinds])],
        "first_on": "2022-09-01" if kinds else None,
        "last_on": "2026-07-17" if kinds else None,
        "saves": 1200,
        "files": 12,
        "by": words or "Mrs Ruth Adeyemi",
        "reason": words or "The pupil turned 25.",
        "rule": "25 years after birth",
        "citation": "Limitation Act 1980",
        "log_before": "e" * 64,
        "log_after": "f" * 64,
        "save": 1201,
        "backups": [words or "The backup of 1 November 2026 still holds the record until 1 December 2026."] * min(kinds, 30),
        "demo": False,
    }


def questions(count: int = 3, words: str = "") -> dict[str, Any]:
    asked = [
        {
            "text": words or ("How does Kian begin a task?" if number % 2 else "How is it going?"),
            "scale": [] if number % 2 else ["Very well", words or "Not well"],
            "required": number == 0,
        }
        for number in range(count)
    ]
    return {
        "school": words or SCHOOL,
        "demo": False,
        "title": words or "Annual review",
        "pupil": words or "Kian Osei",
        "pupil_code": "W32ICFUB4LN5",
        "name": words or "Mr Łukasz Nowak",
        "token": "VJ7B-UQCT-EM",
        "due": "Friday 4 December 2026",
        "sender": words or "Mrs Ruth Adeyemi",
        "made_on": samples.MADE_ON,
        "questions": asked,
    }


def answers(count: int = 3, words: str = "") -> dict[str, Any]:
    return {
        "school": words or SCHOOL,
        "demo": False,
        "title": words or "Annual review",
        "pupil": words or "Kian Osei",
        "asked": "Asked on 20 November 2026 by Mrs Ruth Adeyemi, to be answered by 4 December 2026.",
        "waiting": [words or "Mr Bright"],
        "questions": [
            {
                "text": words or "How does Kian begin a task?",
                "answers": [
                    {"name": words or f"Teacher {one}", "text": (words and MUCH) or "With the picture card." * one} for one in range(3)
                ],
            }
            for _ in range(count)
        ],
        "made_by": "Mrs Ruth Adeyemi",
        "made_on": samples.MADE_ON,
    }


def _three(make: Callable[[Any], bytes], usual: Any, empty: Any, awkward: Any) -> Mapping[str, Make]:
    made = {"usual": usual, "empty": empty, "awkward": awkward}
    return {name: (lambda content=content: make(content)) for name, content in made.items()}


EVERY: Mapping[str, Mapping[str, Make]] = {
    "request_pack": {
        "usual": lambda: _pack(cycles=[measured_cycle(1), *samples.snapshot()["cycles"][1:]], statement=statement()),
        "empty": lambda: made_pack(ROOM, samples.empty_snapshot(), []).pdf,
        "awkward": lambda: made_pack(ROOM, awkward_snapshot(), []).pdf,
        "demo": lambda: _pack(demo=True),
        "awkward with a crest": lambda: made_pack(ROOM, {**awkward_snapshot(), "crest": samples.crest()}, []).pdf,
        "bundle": lambda: _pack(statement=statement(), appeal=bundle()),
        "empty bundle": lambda: made_pack(ROOM, {**samples.empty_snapshot(), "sections": [], "appeal": bundle()}, []).pdf,
        "awkward bundle": lambda: made_pack(ROOM, {**awkward_snapshot(), "appeal": bundle(f"{LONG} {ODD}")}, []).pdf,
    },
    "provision_map_pdf": _three(ROOM.provision_map_pdf, samples.map_of_pupil(), empty_map(), long_map()),
    "costed_map_pdf": _three(ROOM.costed_map_pdf, costed(), costed(0), costed(60, f"{LONG} {ODD}")),
    "school_map_pdf": _three(ROOM.school_map_pdf, school_map(), school_map(0), school_map(25, f"{LONG} {ODD}")),
    "provision_terms_pdf": _three(ROOM.provision_terms_pdf, over_terms(), over_terms(0), over_terms(14, f"{LONG} {ODD}")),
    "timetable_pdf": _three(ROOM.timetable_pdf, week(9), week(0), week(60, f"{LONG} {ODD}")),
    "recovery_sheet": _three(
        ROOM.recovery_sheet,
        samples.recovery(),
        {**samples.recovery(), "school": "", "person": ""},
        {**samples.recovery(), "school": f"{LONG} {ODD}", "person": ODD},
    ),
    "record_copy": _three(ROOM.record_copy, record_copy(), record_copy(things=0), record_copy(things=80, words=f"{LONG} {ODD}")),
    "hand_over_receipt": _three(ROOM.hand_over_receipt, receipt(), receipt("X"), receipt(f"{LONG} {ODD}")),
    "erasure_certificate": _three(ROOM.erasure_certificate, certificate(), certificate(0), certificate(50, f"{LONG} {ODD}")),
    "chronology": _three(ROOM.chronology, chronology(), chronology(1), chronology(90, f"{LONG} {ODD}")),
    "plan": {
        f"{template}, {name}": (lambda content=content: ROOM.plan(content))
        for template in sorted(reference.plan_templates())
        for name, content in (
            ("usual", plan(template)),
            ("empty", plan(template, empty=True)),
            ("awkward", plan(template, words=f"{LONG} {ODD} {MUCH}")),
            ("awkward with a crest", {**plan(template, words=f"{LONG} {ODD}"), "crest": samples.crest(900, 60)}),
        )
    },
    "letter": {
        **_three(ROOM.letter, letter(), letter(words="X"), letter(words=f"{LONG} {ODD}")),
        "large print": lambda: ROOM.letter(letter(large=True)),
        "with a crest": lambda: ROOM.letter({**letter(), "crest": samples.crest()}),
        "awkward with a crest in large print": lambda: ROOM.letter(
            {**letter(words=f"{LONG} {ODD}", large=True), "crest": samples.crest(60, 900)}
        ),
        "awkward in large print": lambda: ROOM.letter(letter(words=f"{LONG} {ODD}", large=True)),
    },
    "teacher_sheet": _three(ROOM.teacher_sheet, teacher_sheet(), teacher_sheet(1), teacher_sheet(30, f"{LONG} {ODD}")),
    "round_robin_pdf": _three(ROOM.round_robin_pdf, questions(), questions(1), questions(20, f"{LONG} {ODD}")),
    "round_robin_answers": _three(ROOM.round_robin_answers, answers(), answers(0), answers(12, f"{LONG} {ODD}")),
}

NOT_PAPER: Mapping[str, str] = {
    "provision_map_xlsx": "a workbook",
    "school_map_xlsx": "a workbook",
    "round_robin_xlsx": "a workbook",
    "request_word": "a Word file, see test_word",
    "plan_word": "a Word file, see test_word",
    "list_csv": "a table",
    "list_xlsx": "a workbook",
    "locked": "another document under a code, looked at in test_accessible",
    "bundle": "a ZIP of other documents",
    "photo": "a picture",
    "crest": "a picture",
    "find_words": "places in a document from outside",
    "as_it_goes_out": "a document from outside",
    "redacted": "a document from outside, without what is withheld",
    "written_page_count": "a number",
    "page_turns": "which way the words of a file run",
    "pack_parts": "which pages the parts of a pack have",
    "take_in": "a file from outside",
    "read_own_form": "reads a council's own form",
    "fill_own_form": "a council's own form, which is not ours to tag",
    "look_at": "looks at a file from outside",
    "page_words": "reads the words of a page",
    "returned_form": "reads a form that came back",
}

PAPERS = [(method, variant) for method, variants in EVERY.items() for variant in variants]
USUAL = [(method, variant) for method, variant in PAPERS if not any(each in variant for each in ("awkward", "empty", "demo"))]


@cache
def paper(method: str, variant: str) -> bytes:
    """The document, made once in a run of the tests."""
    return EVERY[method][variant]()
