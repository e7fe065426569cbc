"""The people of the demo school: staff, 420 pupils in fourteen classes, their families, and who has SEN."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sencoapp import reference
from sencoapp.domain.identifiers import upn_check_letter
from sencoapp.domain.people import Area, Contact, Pupil, SenNeed, SenStatus, StaffMember
from sencoapp.domain.record import Edit, New
from sencoapp.services import rates
from sencoapp.services.ports import Session

ON_ROLL_PER_CLASS = 30
SEN_PER_CLASS = 4
CLASS_LETTERS = ("A", "B")
YEARS = ("R", "1", "2", "3", "4", "5", "6")
AREAS: tuple[Area, ...] = ("ci", "cl", "semh", "cl", "ci", "sp", "ci", "semh")


@dataclass(frozen=True)
class Child:
    """A pupil with SEN, and who teaches the class."""

    pupil: Pupil
    area: Area
    teacher: StaffMember
    first: str


def write_people(session: Session, chance: random.Random, began: date, today: date) -> list[Child]:
    """Staff, rates, and 420 pupils with their contacts; returns those with SEN."""
    return _People(session, chance, began, today).write()


class _People:
    def __init__(self, session: Session, chance: random.Random, began: date, today: date) -> None:
        self._session = session
        self._random = chance
        self._began = began
        self._school_year = today.year if today.month >= 9 else today.year - 1
        self._facts: Mapping[str, Any] = reference.data("demo", "school.json")

    def write(self) -> list[Child]:
        """Everyone, in two saves."""
        teachers = self._staff()
        edits: list[Edit] = []
        children: list[Child] = []
        used: set[str] = set()
        serial = 0
        for year in YEARS:
            for place, letter in enumerate(CLASS_LETTERS):
                for number in range(ON_ROLL_PER_CLASS):
                    serial += 1
                    pupil = self._pupil(year, f"{year}{letter}", serial, used)
                    edits += [New(pupil), *self._contacts(pupil)]
                    if number < SEN_PER_CLASS:
                        area = AREAS[len(children) % len(AREAS)]
                        edits += self._sen(pupil, area, with_plan=len(children) % 8 == 7)
                        children.append(Child(pupil, area, teachers[year][place], pupil.forename))
        self._session.record.save(edits, action="import", actor=self._session.actor)
        for role, pence, note in self._facts["rates"]:
            rates.set_staff_rate(self._session, role, pence, self._began, note)
        return children

    def _staff(self) -> dict[str, list[StaffMember]]:
        new = self._session.ids.new
        teachers = {
            year: [
                StaffMember(new(), name, "teacher", classes=(f"{year}{letter}",)) for name, letter in zip(names, CLASS_LETTERS, strict=True)
            ]
            for year, names in self._facts["teachers"].items()
        }
        classes = [f"{year}{letter}" for year in YEARS for letter in CLASS_LETTERS]
        names = self._facts["assistants"]
        assistants = [
            StaffMember(new(), name, "teaching_assistant", classes=tuple(classes[n :: len(names)])) for n, name in enumerate(names)
        ]
        others = [
            StaffMember(new(), self._facts["school"]["head_teacher"], "head_teacher"),
            StaffMember(new(), self._facts["office"], "office"),
        ]
        edits: list[Edit] = [New(each) for group in (*teachers.values(), assistants, others) for each in group]
        self._session.record.save(edits, action="begin", actor=self._session.actor)
        return teachers

    def _pupil(self, year: str, reg_group: str, serial: int, used: set[str]) -> Pupil:
        sex = self._random.choice("MF")
        while True:
            forename = self._random.choice(self._facts["boys" if sex == "M" else "girls"])
            surname = self._random.choice(self._facts["surnames"])
            if f"{forename} {surname}" not in used:
                used.add(f"{forename} {surname}")
                break
        born_from = date(self._school_year - 5 - YEARS.index(year), 9, 1)
        possible = 380 + self._random.randrange(-4, 5)
        missed = self._random.choice((4, 8, 10, 14, 20, 36))
        return Pupil(
            id=self._session.ids.new(),
            legal_surname=surname,
            legal_forename=forename,
            birth_date=born_from + timedelta(days=self._random.randrange(364)),
            upn=_upn(serial, self._school_year - YEARS.index(year)),
            sex=sex,
            year=year,
            reg_group=reg_group,
            first_language=self._random.choice(("ENG", "ENG", "ENG", "GUJ", "POL", "URD", "PNJ")),
            address=f"{self._random.randrange(1, 90)} {self._random.choice(self._facts['streets'])}, Barrowby",
            postcode=f"LE99 {self._random.randrange(1, 10)}{self._random.choice('ABDEF')}{self._random.choice('GHJLN')}",
            entry_on=date(self._school_year - YEARS.index(year), 9, 1),
            free_school_meals=self._random.random() < 0.24,
            sessions_possible=possible,
            sessions_attended=possible - missed,
            sessions_authorised=missed * 3 // 4,
            sessions_unauthorised=missed - missed * 3 // 4,
            attendance_year=str(self._school_year - 1),
        )

    def _contacts(self, pupil: Pupil) -> list[Edit]:
        forename, line = self._random.choice(self._facts["girls"]), self._random.randrange(1000)
        mother = Contact(
            self._session.ids.new(),
            pupil.id,
            1,
            pupil.legal_surname,
            forename,
            "Mrs",
            "PAM",
            True,
            True,
            phone=_phone(line),
            address=pupil.address,
            postcode=pupil.postcode,
            language=pupil.first_language,
        )
        if self._random.random() < 0.3:
            return [New(mother)]
        father = replace(
            mother,
            id=self._session.ids.new(),
            order=2,
            forename=self._random.choice(self._facts["boys"]),
            title="Mr",
            relationship="PAF",
            phone=_phone(line + 1),
        )
        return [New(mother), New(father)]

    def _sen(self, pupil: Pupil, area: str, *, with_plan: bool) -> list[Edit]:
        facts = self._facts["areas"][area]
        new = self._session.ids.new
        began = self._began - timedelta(days=self._random.randrange(30, 500))
        sen_type = self._random.choice(facts["types"])
        edits: list[Edit] = [
            New(SenStatus(new(), pupil.id, "K", began, reference.say("demo.status_reason"), began + timedelta(days=7))),
            New(SenNeed(new(), pupil.id, sen_type, 1, began, description=self._random.choice(facts["needs"]))),
        ]
        if with_plan:
            edits.append(New(SenStatus(new(), pupil.id, "E", self._began + timedelta(days=40), reference.say("demo.plan_reason"))))
        if self._random.random() < 0.35 and area != "semh":
            needs = self._facts["areas"]["semh"]["needs"]
            edits.append(New(SenNeed(new(), pupil.id, "SEMH", 2, began + timedelta(days=90), description=self._random.choice(needs))))
        return edits


def _phone(line: int) -> str:
    """A number from the range that Ofcom keeps for fiction."""
    return f"07700 900{line % 1000:03d}"


def _upn(serial: int, entered: int) -> str:
    """A UPN of right form in the invented LA 999, with its check letter (domain.md 4)."""
    body = f"9992041{entered % 100:02d}{serial % 1000:03d}"
    return upn_check_letter("A" + body) + body
