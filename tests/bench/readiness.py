"""How ready one pupil's request is, in the record of 200,000 notes, against reading the same rows by plain SQL.

The pupil has what a request usually rests on: three cycles with twelve outcomes, eight provisions, 300 notes, 30 documents.
"""

import time
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from sencoapp.app import Workplace
from sencoapp.domain.casework import Document
from sencoapp.domain.people import Pupil, SenNeed, SenStatus
from sencoapp.domain.plan import Cycle, EvidenceLink, Observation, Outcome
from sencoapp.domain.provision import Provision, ProvisionPlace
from sencoapp.domain.record import Edit, New
from sencoapp.services.ports import RegisterQuery
from sencoapp.services.requests import readiness_of_pupil
from tests.bench.chronology import long_timeline
from tests.bench.data import open_school
from tests.bench.measure import Figure, compare
from tests.bench.saving import NOTE

TODAY = date(2026, 11, 24)
READ = (
    "pupil WHERE id", "sen_need WHERE pupil", "sen_status WHERE pupil", "cycle WHERE pupil", "outcome WHERE pupil", "view WHERE pupil",
    "observation WHERE pupil", "evidence_link WHERE pupil", "provision_place WHERE pupil", "session_mark WHERE pupil",
    "document WHERE pupil", "contact WHERE pupil",
)  # fmt: skip


def measure(school: Path) -> list[Figure]:
    place = open_school(long_timeline(school))
    try:
        pupil = _pupil(place)
        db = place.profile.record._db

        def floor() -> float:
            start = time.perf_counter()
            for each in READ:
                db.execute(f"SELECT * FROM {each} = ?", (pupil,)).fetchall()
            return time.perf_counter() - start

        def work() -> float:
            start = time.perf_counter()
            readiness_of_pupil(place.session, pupil)
            return time.perf_counter() - start

        return [compare("readiness of one pupil", work, "the same rows by plain SQL", floor, limit=100, rounds=15)]
    finally:
        place.close()


def _pupil(place: Workplace) -> str:
    """The pupil of the request, made where they are not there yet."""
    record = place.session.record
    found = record.register(RegisterQuery(text="Bbbb"), limit=1)
    return found[0].id if found else _made(place)


def _made(place: Workplace) -> str:
    new, person = place.session.ids.new, place.session.actor
    pupil = Pupil(new(), "Bbbb", "Requested", birth_date=date(2018, 3, 4), year="4", reg_group="4B")
    now = datetime(2026, 11, 24, tzinfo=UTC)
    edits: list[Edit] = [New(pupil), New(SenStatus(new(), pupil.id, "K", date(2024, 9, 2)))]
    edits += [
        New(SenNeed(new(), pupil.id, kind, rank, date(2024, 9, 2), description=NOTE)) for rank, kind in enumerate(("SLCN", "SEMH"), start=1)
    ]
    notes = [
        Observation(new(), pupil.id, NOTE, "note", TODAY - timedelta(days=number * 2), now, person.id, person.name, area="ci")
        for number in range(300)
    ]
    edits += [New(each) for each in notes]
    groups = [
        Provision(new(), f"Group {number}", "targeted", "Mrs Day", 1500, Decimal(2), 30, 30, 3, date(2026, 9, 7), area="ci")
        for number in range(8)
    ]
    edits += [New(each) for each in groups]
    for number in range(1, 4):
        cycle = Cycle(new(), pupil.id, number, TODAY - timedelta(days=400 - 100 * number), TODAY + timedelta(days=30))
        edits.append(New(cycle))
        outcomes = [Outcome(new(), pupil.id, cycle.id, each, f"Says {each} words", area="ci", measure="sample") for each in range(1, 5)]
        edits += [New(each) for each in outcomes]
        edits += [New(EvidenceLink(new(), pupil.id, cycle.id, "observation", each.id)) for each in notes[number * 20 : number * 20 + 20]]
        edits += [New(ProvisionPlace(new(), pupil.id, each.id, cycle.id, outcomes[0].id)) for each in groups]
    for number in range(30):
        blob = place.session.blobs.put(f"Report {number}".encode())
        edits.append(
            New(
                Document(
                    new(),
                    pupil.id,
                    f"Report {number}",
                    "report",
                    f"{number}.pdf",
                    "application/pdf",
                    9,
                    f"{number:064x}",
                    blob,
                    now,
                    pages=3,
                    document_on=TODAY - timedelta(days=number * 9),
                    for_requests=True,
                )
            )
        )
    place.session.record.save(edits, action="bench", actor=person)
    return pupil.id
