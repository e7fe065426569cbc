"""An invented pupil's request pack: three cycles, eight provisions, six evidence files. Nobody in it is real."""

from base64 import b64encode
from copy import deepcopy
from datetime import date, timedelta
from functools import cache
from io import BytesIO
from typing import Any

from PIL import Image
from reportlab.lib.pagesizes import A4, landscape

from sencoapp import reference
from sencoapp.documents.photo import small_crest
from sencoapp.documents.sample_crest import make_crest
from sencoapp.domain.snapshot import (
    CycleContent,
    EvidenceFile,
    MapContent,
    MapPupil,
    OutcomeContent,
    PackSnapshot,
    ProvisionRow,
    RecoveryContent,
    ViewContent,
)
from tests.documents.paper_samples import drawing, photo, report

MADE_ON = "2026-11-24"
CODE = "7K4M-2X9P-TT3A-9QW0-HJ5N-C8VE-11ZB-RSY6-D4F7"

PROVISIONS = (
    # title, aim, who, role, sessions, minutes, weeks, group, pence an hour, why whole
    ("Named support in lessons", "stays in class, four lessons of five", "Miss Tan", "Teaching assistant", "6", 60, 36, 1, 1720, None),
    ("Speech and language programme", "expressive score 12 of 20", "Miss Tan", "Teaching assistant", "2", 30, 36, 1, 1720, None),
    ("Talk Boost", "opens a conversation with a child", "Mrs Lacey", "Teaching assistant", "3", 30, 12, 4, 1720, None),
    ("Lunchtime social group", "joins a game for ten minutes", "Mr Bright", "Learning mentor", "2", 40, 30, 6, 1855, None),
    ("Phonics catch-up", "reads all Phase 4 words", "Mrs Lacey", "Teaching assistant", "4", 20, 18, 3, 1720, None),
    ("Sensory circuit", "is ready to learn by 9:10", "Miss Tan", "Teaching assistant", "5", 15, 36, 5, 1720, None),
    ("Zones of regulation", "names how he feels", "Mrs Ruth Adeyemi", "SENCO", "1", 45, 10, 1, 4210, None),
    (
        "Calm start at the gate",
        "comes in without his mother",
        "Mr Bright",
        "Learning mentor",
        "2.5",
        10,
        36,
        2,
        1855,
        "the group was made for him",
    ),
)


def cost(sessions: str, minutes: int, weeks: int, group: int, rate: int, whole: str | None) -> int:
    """Pence, a half rounded up, worked out here on its own so that the tests do not lean on the code they test."""
    tenths = round(float(sessions) * 10)
    over, under = tenths * minutes * weeks * rate, 600 * (1 if whole else group)
    return (2 * over + under) // (2 * under)


def pounds(pence: int) -> str:
    return f"£{pence // 100:,}.{pence % 100:02d}"


def provision_rows() -> list[ProvisionRow]:
    rows = []
    for number, (title, aim, who, role, sessions, minutes, weeks, group, rate, whole) in enumerate(PROVISIONS):
        pence = cost(sessions, minutes, weeks, group, rate, whole)
        shared = "" if whole or group == 1 else f" ÷ {group} pupils"
        rows.append(
            ProvisionRow(
                id=f"{number:032x}",
                title=title,
                aim=aim,
                area="ci",
                wave="targeted",
                delivered_by=who,
                staff_role=role,
                sessions_per_week=sessions,
                minutes=minutes,
                weeks=weeks,
                group_size=group,
                pence_per_hour=rate,
                whole_cost_reason=whole,
                starts_on="2025-09-08",
                ends_on="2026-07-17",
                planned_minutes=round(float(sessions) * minutes * weeks),
                cost_pence=pence,
                formula=f"{sessions} sessions × {minutes} minutes × {pounds(rate)} an hour × {weeks} weeks{shared} = {pounds(pence)}",
            )
        )
    return rows


OUTCOMES = (
    ("joins a game with two other children for ten minutes", "2 minutes", "10 minutes", "Miss Tan's count, twice a week"),
    ("stays in class for four lessons of five", "2 of 5", "4 of 5", "the register of exits"),
    ("scores 12 of 20 on the expressive language probe", "4 of 20", "12 of 20", "the probe, by the same adult"),
)
RESULTS = (("nearly", "9 minutes", "continue"), ("met", "4 of 5", "stop"), ("not_met", "9 of 20", "change"))


def cycle(number: int, rows: list[ProvisionRow], *, closed: bool = True) -> CycleContent:
    starts = date(2025, 9, 8) + timedelta(weeks=18 * (number - 1))
    ends = starts + timedelta(weeks=17)
    outcomes = [
        OutcomeContent(
            number=place,
            text=text,
            area="ci",
            baseline=start,
            target=target,
            measure=measure,
            by_on=ends.isoformat(),
            rating=result[0] if closed else None,
            result=result[1] if closed else None,
            review_note="Counted over the last two weeks." if closed and place == 1 else None,
            next=result[2] if closed else None,
        )
        for place, ((text, start, target, measure), result) in enumerate(zip(OUTCOMES, RESULTS, strict=True), 1)
    ]
    return CycleContent(
        number=number,
        starts_on=starts.isoformat(),
        review_due_on=ends.isoformat(),
        assess_summary="Kian follows a lesson when it is seen as well as heard. In noise he loses the thread and leaves the room. "
        "Ms Ellery's assessment puts his understanding of spoken language at the 5th centile.",
        agreed_with="Kian and Mrs Osei",
        strategies="Show each step as a picture. Say his name first. Give him ten seconds. Keep the quiet table by the window free.",
        reviewed_on=ends.isoformat() if closed else None,
        review_attended_by="Mrs Osei, Miss Tan, Mrs Adeyemi" if closed else None,
        review_summary="Outcome 2 is met. Outcome 1 goes on. For outcome 3 the programme alone has not closed the gap." if closed else None,
        decision="Go on to the next cycle with outcome 1, and ask for an assessment." if closed else None,
        copy_given_on=(ends + timedelta(days=2)).isoformat() if closed else None,
        closed_on=ends.isoformat() if closed else None,
        outcomes=outcomes,
        provision=rows[:4],
        views=[
            view("pupil", "The cards help me know what is next. Can I still go to the hall when it is quiet?", ends),
            *([view("parents", "He talks about other children by name now. Mornings are still a battle.", ends)] if closed else []),
        ],
        evidence=[
            {
                "kind": "Progress",
                "on": starts.isoformat(),
                "who": "Miss Tan",
                "text": "Asked Jo for the ball in words, then waited for it.",
            },
            {
                "kind": "Concern",
                "on": (starts + timedelta(days=9)).isoformat(),
                "who": "Mr Bright",
                "text": "Left the hall at 12:40 when the noise rose; found under the coats.",
            },
        ],
    )


def view(whose: str, text: str, day: date) -> ViewContent:
    return ViewContent(
        whose=whose,
        given_on=day.isoformat(),
        text=text,
        absent_because=None,
        said_by="Kian" if whose == "pupil" else "Mrs Grace Osei",
        method="spoken" if whose == "pupil" else "at the meeting",
        helped_by="Miss Tan" if whose == "pupil" else None,
    )


PAPERS = (
    ("A", "One-page profile", "profile.png", "image/png", 1, "2026-11-09", "Kian Osei", "with Miss Tan", None),
    ("B", "Parents' views, signed", "views.jpg", "image/jpeg", 1, "2026-11-12", "Mrs Grace Osei", "mother", None),
    (
        "C",
        "Speech and language therapy report",
        "salt.pdf",
        "application/pdf",
        4,
        "2026-10-12",
        "Ms A. Ellery",
        "Speech and language therapist",
        "Westmere Community Health",
    ),
    ("D", "Timetable of support", "timetable.pdf", "application/pdf", 1, "2026-09-07", "Mrs Ruth Adeyemi", "SENCO", None),
    ("E", "Attendance, Years 2 to 4", "attendance.pdf", "application/pdf", 2, "2026-11-20", None, None, "Tannersfield Primary School"),
    (
        "F",
        "Letter from the paediatrician",
        "letter.pdf",
        "application/pdf",
        3,
        None,
        "Dr P. Nair",
        "Community paediatrician",
        "Westmere Hospital",
    ),
)


def evidence_files() -> list[EvidenceFile]:
    return [
        EvidenceFile(
            id=f"{place + 100:032x}",
            letter=letter,
            title=title,
            kind="report",
            filename=name,
            media_type=media,
            sha256="0" * 64,
            pages=pages,
            document_on=on,
            author_name=author,
            author_role=role,
            organisation=organisation,
        )
        for place, (letter, title, name, media, pages, on, author, role, organisation) in enumerate(PAPERS)
    ]


@cache
def crest(wide: int = 0, high: int = 0) -> str:
    """The demo school's crest as a snapshot holds it; or a plain black sign of this size."""
    content = make_crest()
    if wide:
        out = BytesIO()
        Image.new("RGB", (wide, high)).save(out, "PNG")
        content = out.getvalue()
    return b64encode(small_crest("crest.png", content)).decode()


def snapshot(**changes: Any) -> PackSnapshot:
    """The whole sample; ``changes`` replace top-level values."""
    rows = provision_rows()
    form = reference.council_form("leicestershire", "ehc_needs_assessment")
    deadlines = [
        ("decision_to_assess", "The council says whether it will assess", "2027-01-05", "SEND Regulations 2014, reg 5(1)", "42"),
        ("decision_no_plan", "The council says if it will not make a plan", "2027-03-16", "SEND Regulations 2014, reg 10(1)", "112"),
        ("final_plan", "The council issues the final plan", "2027-04-13", "SEND Regulations 2014, reg 13(2)", "140"),
    ]
    whole = PackSnapshot(
        format="senco.request/1",
        version=1,
        made_on=MADE_ON,
        made_by="Mrs Ruth Adeyemi",
        made_by_role="SENCO",
        council=reference.council("leicestershire"),
        form={name: value for name, value in form.items() if name not in ("sections", "checks")},
        school={
            "name": "Tannersfield Primary School",
            "dfe_number": "9992041",
            "urn": "999999",
            "address": "Mill Lane, Tannersfield",
            "postcode": "ZZ1 1ZZ",
        },
        pupil={
            "id": "1" * 32,
            "name": "Kian Osei",
            "legal_name": "Kian Kofi Osei",
            "birth_date": "2018-02-03",
            "upn": "T999204112017",
            "year": "4",
            "reg_group": "4T",
            "sex": "M",
            "ethnicity": "BAFR",
            "first_language": "ENG",
            "address": "12 Weir Street, Tannersfield",
            "postcode": "ZZ1 2ZZ",
            "entry_on": "2022-09-01",
            "looked_after": False,
            "sessions_possible": 380,
            "sessions_attended": 365,
        },
        statuses=[{"code": "K", "starts_on": "2024-09-02", "reason": "Progress slower than that of peers"}],
        needs=[
            {
                "sen_type": "SLCN",
                "label": "Speech, language and communication needs",
                "area": "ci",
                "rank": 1,
                "starts_on": "2024-09-02",
                "description": "Understands single words better than sentences; both improve with pictures.",
            },
            {
                "sen_type": "SEMH",
                "label": "Social, emotional and mental health",
                "area": "semh",
                "rank": 2,
                "starts_on": "2025-09-08",
                "description": None,
            },
        ],
        contacts=[
            {
                "name": "Mrs Grace Osei",
                "relationship": "Mother",
                "parental_responsibility": True,
                "lives_with_pupil": True,
                "phone": "01632 960001",
                "email": "g.osei@example.org",
                "address": "12 Weir Street, Tannersfield, ZZ1 2ZZ",
                "language": "ENG",
                "interpreter": False,
            },
            {
                "name": "Mr Kofi Osei",
                "relationship": "Father",
                "parental_responsibility": True,
                "lives_with_pupil": False,
                "phone": "01632 960002",
                "email": None,
                "address": None,
                "language": "AKA",
                "interpreter": True,
            },
            {
                "name": "Mrs Abena Mensah",
                "relationship": "Other family member",
                "parental_responsibility": None,
                "lives_with_pupil": False,
                "phone": None,
                "email": None,
                "address": None,
                "language": None,
                "interpreter": None,
            },
        ],
        request={
            "requester": "Mrs Ruth Adeyemi",
            "requester_role": "SENCO",
            "parents_told_on": "2026-11-02",
            "parents_agree": True,
            "parents_agree_note": None,
        },
        sections=[
            {"id": each["id"], "title": each["title"], "shows": each["shows"], "answers": [answer(q) for q in each["questions"]]}
            for each in form["sections"]
        ],
        views=[
            view("pupil", "I like building. Noise makes my head fizz. I want Miss Tan to stay.", date(2026, 11, 9)),
            view("parents", "He is funny and kind at home. We worry what happens in Year 5 without Miss Tan.", date(2026, 11, 12)),
        ],
        cycles=[cycle(number, rows) for number in (1, 2, 3)],
        provision=rows,
        provision_total_pence=sum(each["cost_pence"] for each in rows),
        notional_pence=600_000,
        evidence=evidence_files(),
        gaps=[
            {
                "check": "paediatric",
                "voice": "council",
                "sentence": "Advice from a paediatrician less than 12 months old.",
                "reason": "The latest letter is of August 2025. An update was asked for on 16 November 2026.",
            },
            {
                "check": "timetable",
                "voice": "practice",
                "sentence": "A timetable for each week of the year.",
                "reason": "The autumn one stands for all.",
            },
        ],
        deadlines=[
            {
                "rule": rule,
                "label": label,
                "due": due,
                "citation": citation,
                "how": f"{days} days after 24 November 2026, that day not counted",
            }
            for rule, label, due, citation, days in deadlines
        ],
        demo=False,
    )
    made: dict[str, Any] = deepcopy(dict(whole))
    made.update(changes)
    return made  # type: ignore[return-value]


ANSWERS = {
    "requester_contact": "Mrs Ruth Adeyemi, SENCO, 01632 960100, senco@tannersfield.example.org",
    "parents_aware": "Mrs Osei was told at the review on 2 November 2026 and agrees. Mr Osei was told by telephone on 4 November.",
    "parental_responsibility": "Mrs Grace Osei, mother; Mr Kofi Osei, father.",
    "school_and_attendance": "365 of 380 sessions attended, 96.1%.",
    "profile_who_i_am": "I am Kian. I build things. I like knowing what comes next.",
    "profile_look_forward": "Lego club, and the hall when it is quiet.",
    "profile_good_at": "Models, remembering what I have seen, saying good morning to everyone by name.",
    "pupil_views": "I like building. Noise makes my head fizz. I want Miss Tan to stay.",
    "needs_by_area": "Speech, language and communication needs. Understands single words better than sentences; "
    "both improve with pictures.",
    "attainment": "Reading: working within Year 2. Writing: working within Year 1. Mathematics: working within Year 3.",
    "what_works": "Pictures before words. One instruction at a time. A known adult near.",
    "why_an_assessment": "Three plans were carried out and reviewed. Progress came only with much additional support, "
    "and the gap to other pupils is growing.\n\nWe cannot tell from what we know which provision would close it.",
    "beyond_ordinary": "- daily teaching of language by someone trained in it\n- a place to learn that is not noisy",
    "services_two_years": "Speech and language therapy, Ms Ellery: first seen 14 January 2025, last seen 5 October 2026.",
}


def answer(question: dict[str, Any]) -> dict[str, str]:
    return {
        "question": question["id"],
        "label": question["label"],
        "text": ANSWERS.get(question["id"], ""),
        "source": "written for this request",
    }


# ---- the files -----------------------------------------------------------------------------------------------------------
def papers() -> list[bytes]:
    return [
        drawing(),
        photo(),
        report(4, "Speech and language therapy"),
        report(1, "Timetable", size=landscape(A4)),
        report(2, "Attendance"),
        report(3, "Letter", rotate=90),
    ]


def evidence() -> list[tuple[EvidenceFile, bytes]]:
    return list(zip(evidence_files(), papers(), strict=True))


def empty_snapshot() -> PackSnapshot:
    """A request for which next to nothing is known."""
    whole = snapshot(
        statuses=[],
        needs=[],
        contacts=[],
        views=[],
        cycles=[],
        provision=[],
        provision_total_pence=0,
        evidence=[],
        gaps=[],
        deadlines=[],
        pupil={"name": "", "legal_name": "", "upn": None},
        school={"name": ""},
        request={},
        council={},
        form={},
        made_by="",
        made_by_role="",
    )
    for section in whole["sections"]:
        for each in section["answers"]:
            each["text"] = ""
    return whole


# ---- maps and sheets -----------------------------------------------------------------------------------------------------
def map_of_pupil(times: int = 1) -> MapContent:
    rows = provision_rows() * times
    return MapContent(
        school="Tannersfield Primary School",
        title="Provision for Kian Osei",
        made_on=MADE_ON,
        made_by="Mrs Ruth Adeyemi",
        pupil=MapPupil(id="1", name="Kian Osei", year="4", reg_group="4T", rows=rows, total_pence=sum(r["cost_pence"] for r in rows)),
        notional_pence=600_000,
        demo=False,
    )


def recovery() -> RecoveryContent:
    return RecoveryContent(school="Tannersfield Primary School", person="Mrs Ruth Adeyemi", made_on=MADE_ON, profile="7f3a91c2", code=CODE)
