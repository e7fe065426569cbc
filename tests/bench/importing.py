"""Importing 2,000 pupils from a CTF: reading, comparing and saving, each alone and all together."""

import tempfile
import time
from datetime import date
from itertools import pairwise
from pathlib import Path
from xml.sax.saxutils import escape

from sencoapp.app import App, Workplace
from sencoapp.domain.identifiers import upn_check_letter
from sencoapp.domain.people import School, StaffMember
from sencoapp.services import import_undo, imports
from tests.bench.measure import Figure
from tests.places import LIGHT, PASSPHRASE, NoKeyring

PUPILS = 2_000
AIM_SECONDS = 2.0
ROUNDS = 3
_PUPIL = """<Pupil><UPN>{upn}</UPN><Surname>{surname}</Surname><Forename>{forename}</Forename><DOB>{born}</DOB><Sex>{sex}</Sex>
<BasicDetails><PreferredForename>{forename}</PreferredForename><NCyearActual>{year}</NCyearActual><Ethnicity>WBRI</Ethnicity>
<Languages><Type><LanguageType>F</LanguageType><Language>ENG</Language></Type></Languages><MedicalFlag>0</MedicalFlag></BasicDetails>
<LookedAfter><InCare>false</InCare></LookedAfter>{sen}
<Address><AddressLines><AddressLine1>{number} High Street</AddressLine1><AddressLine2>Loughborough</AddressLine2></AddressLines>
<PostCode>LE11 9ZZ</PostCode></Address><Contacts>{contacts}</Contacts><Attendance><YearData><Year>2026</Year>
<SessionsPossible>190</SessionsPossible><SessionsAuthorised>10</SessionsAuthorised><SessionsAttended>{attended}</SessionsAttended>
<SessionsUnauthorised>2</SessionsUnauthorised></YearData></Attendance></Pupil>"""
_SEN = """<SENhistory><SEN><StartDate>2022-01-10</StartDate><SENprovision>{status}</SENprovision></SEN><SENneeds><SENneed>
<NeedStartDate>2022-01-10</NeedStartDate><SENtypeRank>1</SENtypeRank><SENtype>SLCN</SENtype></SENneed></SENneeds></SENhistory>"""
_CONTACT = """<Contact><Order>{order}</Order><Title>Ms</Title><Surname>{surname}</Surname><Forename>Parent{order}</Forename>
<Relationship>{relationship}</Relationship><Responsibility>true</Responsibility><Address><AddressAsPupil>true</AddressAsPupil></Address>
<Phones><Phone><TelephoneType>M</TelephoneType><PhoneNo>07700 900123</PhoneNo></Phone></Phones>
<Email>p{order}@example.org</Email></Contact>"""


def ctf(pupils: int = PUPILS) -> bytes:
    """A CTF of a school: two contacts each, and a SEN history for one in seven."""
    parts = []
    for number in range(pupils):
        surname = escape(f"Surname{number % 700:03d}")
        digits = f"8552001{20 + number // 1000:02d}{number % 1000:03d}"
        contacts = "".join(_CONTACT.format(order=n, surname=surname, relationship=code) for n, code in ((1, "PAM"), (2, "PAF")))
        sen = _SEN.format(status="E" if number % 49 == 0 else "K") if number % 7 == 0 else ""
        parts.append(
            _PUPIL.format(
                upn=upn_check_letter(f"A{digits}") + digits,
                surname=surname,
                forename=f"Forename{number:04d}",
                born=date.fromordinal(date(2015, 9, 1).toordinal() + number % 2000),
                sex="MF"[number % 2],
                year=number % 7 or "R",
                number=number,
                sen=sen,
                contacts=contacts,
                attended=150 + number % 40,
            )
        )
    return f"<CTfile><Header/><CTFpupilData>{''.join(parts)}</CTFpupilData></CTfile>".encode()


def measure() -> list[Figure]:
    """Seconds for a record with nobody in it, then for the same file again; the aim is for all three steps together."""
    content = ctf()
    told: dict[str, list[float]] = {}
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory() as folder:
            place = _new_place(Path(folder) / "profile")
            try:
                _once(place, content, told)
            finally:
                place.close()
    names = {
        "all": f"import {PUPILS:,} pupils from CTF",
        "read": "  of that, reading",
        "plan": "  of that, comparing",
        "save": "  of that, saving",
        "again": "the same file again",
        "undo": "undoing the import",
    }
    return [_figure(names[step], seconds) for step, seconds in told.items()]


def _once(place: Workplace, content: bytes, told: dict[str, list[float]]) -> None:
    session, today = place.session, place.session.clock.today()
    marks = [time.perf_counter()]
    read = place.pupil_files.read("school.xml", content, today=today)
    marks.append(time.perf_counter())
    plan = imports.plan_import(session, read)
    assert plan is not None
    marks.append(time.perf_counter())
    imports.carry_out_import(session, plan, filename="school.xml", content=content)
    marks.append(time.perf_counter())
    assert len(plan.added) == PUPILS, (len(plan.added), len(plan.doubtful), plan.problems[:3])
    again = imports.plan_import(session, place.pupil_files.read("school.xml", content, today=today))
    assert again is not None
    assert len(again.unchanged) == PUPILS
    marks.append(time.perf_counter())
    import_undo.undo_import(session, import_undo.past_imports(session.record)[0].id)
    marks.append(time.perf_counter())
    spans = dict(zip(("read", "plan", "save", "again", "undo"), (b - a for a, b in pairwise(marks)), strict=True))
    for step, seconds in {"all": marks[3] - marks[0], **spans}.items():
        told.setdefault(step, []).append(seconds)


def _figure(name: str, seconds: list[float]) -> Figure:
    ordered = sorted(seconds)
    middle = ordered[len(ordered) // 2]
    return Figure(name, "aim of all", "s", AIM_SECONDS, middle, ordered[-1], middle / AIM_SECONDS, 1.0)


def _new_place(folder: Path) -> Workplace:
    app = App(secrets=NoKeyring(), effort=LIGHT)
    school = School(app.new_id(), "Bench", "primary", "leicestershire", dfe_number="8552001")
    return app.begin(folder, PASSPHRASE, school, StaffMember(app.new_id(), "Bench", "senco"))[0]
