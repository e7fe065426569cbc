"""The provision map of 300 pupils and 60 provisions: worked out, and to its first paint.

The floor reads the same rows by plain SQL and makes the same sums in whole numbers, with no house around it: no permissions, no
plan spread over school days, no rates that change, no tree. Two schools: each pupil has four provisions (1,200 places), and every
pupil has all sixty (18,000 places), which no school has.
"""

import random
import shutil
import time
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from sencoapp.app import Workplace
from sencoapp.domain.delivery import SessionMark
from sencoapp.domain.people import Pupil, School, StaffMember, Term
from sencoapp.domain.provision import Provision, ProvisionPlace, ProvisionStaff, StaffRate
from sencoapp.domain.provision_map import MapQuery, Period
from sencoapp.domain.record import Edit, New
from sencoapp.services import provision_map
from tests.bench.data import PASSPHRASE, app, open_school
from tests.bench.measure import Figure, compare
from tests.bench.rooms import Opened

PUPILS, PROVISIONS, WEEKS = 300, 60, 12
FIRST, LAST = date(2026, 9, 7), date(2026, 12, 18)
QUERY = MapQuery(Period(FIRST, LAST))
WAVES, AREAS = ("universal", "targeted", "specialist"), ("ci", "cl", "semh", "sp")


def measure(cache: Path) -> list[Figure]:
    figures = []
    for name, each in (("1,200 places", 4), ("18,000 places", PROVISIONS)):
        opened = Opened(map_school(each, cache))
        try:
            figures += _of(opened, name)
        finally:
            opened.close()
    return figures


def _of(opened: Opened, name: str) -> list[Figure]:
    from ui.pages.provision_map import ProvisionMapPage

    page = ProvisionMapPage(opened.room)
    opened.show(page)

    def work() -> float:
        def timed(place: Workplace) -> float:
            start = time.perf_counter()
            provision_map.read_map(place.session, QUERY)
            return time.perf_counter() - start

        return opened.record(timed)

    def floor() -> float:
        return opened.record(_plain)

    def paint() -> float:
        start = time.perf_counter()
        page.show_for({})
        opened.settle()
        page.repaint()
        return time.perf_counter() - start

    return [
        compare(f"map of {PUPILS} pupils, {name}", work, "same rows and sums, plain SQL", floor, limit=200),
        compare(f"the same to its first paint, {name}", paint, "working it out", work, limit=300),
    ]


def _plain(place: Workplace) -> float:
    """Sums by place and provision in whole numbers, from the same rows."""
    db = place.profile.record._db
    start = time.perf_counter()
    rates = dict(
        db.execute(
            """SELECT s.provision, r.pence_per_hour FROM provision_staff s JOIN staff_rate r ON r.staff_role = s.staff_role
            WHERE s.removed = 0 AND r.removed = 0"""
        ).fetchall()
    )
    minutes = {
        id: int(Decimal(sessions) * length * weeks)
        for id, sessions, length, weeks in db.execute("SELECT id, sessions_per_week, minutes, weeks FROM provision WHERE removed = 0")
    }
    places = db.execute(
        """SELECT a.provision, a.pupil, coalesce(p.preferred_forename, p.legal_forename), coalesce(p.preferred_surname, p.legal_surname),
          p.year, p.reg_group FROM provision v JOIN provision_place a ON a.provision = v.id JOIN pupil p ON p.id = a.pupil
          JOIN pupil_summary s ON s.pupil = p.id WHERE a.removed = 0 AND p.removed = 0 ORDER BY v.title, s.sort_name"""
    ).fetchall()
    spent: dict[tuple[str, str], tuple[int, int, int]] = {}
    for provision, pupil, shared, held, had, adult in db.execute(
        """SELECT provision, pupil, shared, sum(held), sum(minutes), sum(adult_minutes) FROM session_sum
        WHERE first_on >= ? AND last_on <= ? GROUP BY provision, pupil, shared""",
        (FIRST.isoformat(), LAST.isoformat()),
    ):
        a, b, c = spent.get((provision, pupil), (0, 0, 0))
        spent[provision, pupil] = a + held, b + had, c + adult * rates.get(provision, 0) // (60 * max(1, shared))
    members: dict[str, int] = {}
    for provision, *_ in places:
        members[provision] = members.get(provision, 0) + 1
    totals: dict[str, list[int]] = {}
    lines = []
    for provision, pupil, forename, surname, *_ in places:
        planned = minutes[provision] * rates.get(provision, 0) // (60 * members[provision])
        held, had, pence = spent.get((provision, pupil), (0, 0, 0))
        lines.append((f"{forename} {surname}", minutes[provision], held, had, planned, pence))
        total = totals.setdefault(provision, [0, 0, 0])
        total[0] += had
        total[1] += planned
        total[2] += pence
    return time.perf_counter() - start


def map_school(provisions_each: int, cache: Path) -> Path:
    """A profile whose 300 pupils have so many of the 60 provisions each, with an autumn of sessions. Made once."""
    folder = cache / f"map-{provisions_each}"
    if not (folder / "done").exists():
        shutil.rmtree(folder, ignore_errors=True)
        _write(folder, provisions_each)
        (folder / "done").touch()
    return folder


def _write(folder: Path, provisions_each: int) -> None:
    made, chance = app(), random.Random(provisions_each)
    terms = (Term("Autumn term 2026", date(2026, 8, 27), date(2026, 12, 18), date(2026, 10, 19), date(2026, 10, 30)),)
    school = School(made.new_id(), "Bench", "primary", "leicestershire", terms=terms)
    person = StaffMember(made.new_id(), "Bench", "senco")
    place, _ = made.begin(folder, PASSPHRASE, school, person)
    record, new = place.session.record, place.session.ids.new
    pupils = [
        Pupil(new(), f"Surname{number % 90}", f"Forename{number}", date(2016, 3, 4), year=str(number % 6 + 1), reg_group="A")
        for number in range(PUPILS)
    ]
    edits: list[Edit] = [New(each) for each in pupils]
    roles = [f"Role {number}" for number in range(6)]
    edits += [New(StaffRate(new(), each, 1500 + 37 * number, date(2025, 9, 1))) for number, each in enumerate(roles)]
    edits += [New(StaffRate(new(), each, 1580 + 37 * number, date(2026, 11, 1))) for number, each in enumerate(roles)]
    given = []
    for number in range(PROVISIONS):
        each = Provision(
            new(), f"Provision {number // 2}", WAVES[number % 3], "Mrs Day", 1500, Decimal(2), 30, WEEKS, 6, FIRST,  # type: ignore[arg-type]
            area=AREAS[number % 4], staff_role=roles[number % 6],  # type: ignore[arg-type]
        )  # fmt: skip
        given.append(each)
        edits += [New(each), New(ProvisionStaff(new(), each.id, staff_role=roles[number % 6]))]
    for number, pupil in enumerate(pupils):
        mine = given if provisions_each == PROVISIONS else [given[(number * 7 + each * 13) % PROVISIONS] for each in range(provisions_each)]
        for each in mine:
            edits.append(New(ProvisionPlace(new(), pupil.id, each.id)))
            for week in range(WEEKS if provisions_each < PROVISIONS else 4):
                edits.append(New(_mark(new(), pupil.id, each.id, week, person.id, away=chance.random() < 0.06)))
    record.save(edits, action="bench", actor=place.session.actor)  # all at once: the sums of a month are then made once
    place.close()
    open_school(folder).close()


def _mark(id: str, pupil: str, provision: str, week: int, author: str, *, away: bool) -> SessionMark:
    """One session in twelve is missed by everybody; of the others a pupil is away from one in sixteen."""
    day = FIRST + timedelta(weeks=week)
    if (week + int(provision[-4:], 16)) % 12 == 0:
        return SessionMark(id, pupil, provision, day, "missed", 0, 0, author)
    return SessionMark(id, pupil, provision, day, "absent" if away else "ran", 30, 0 if away else 30, author)
