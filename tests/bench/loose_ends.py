"""What hangs loose in a school of 2,000 pupils who all have a plan: 24,000 loose ends, worked out and to the first paint.

The floor asks the record the same four questions by plain SQL and counts their rows, with nothing tied to anything.
"""

import shutil
import time
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from sencoapp.app import Workplace
from sencoapp.domain.people import Pupil, School, SenNeed, SenStatus, StaffMember
from sencoapp.domain.plan import Cycle, Outcome
from sencoapp.domain.provision import Provision, ProvisionPlace
from sencoapp.domain.record import Edit, New
from sencoapp.services import golden_thread
from tests.bench.data import PASSPHRASE, app, open_school
from tests.bench.measure import Figure, compare
from tests.bench.rooms import Opened

PUPILS = 2_000
TODAY = date(2026, 11, 24)


def measure(cache: Path) -> list[Figure]:
    opened = Opened(loose_school(cache))
    try:
        from ui.pages.loose_ends import make_loose_page

        page = make_loose_page(opened.room)
        opened.show(page)
        found = opened.record(lambda place: golden_thread.hanging_loose(place.session))

        def work() -> float:
            def timed(place: Workplace) -> float:
                start = time.perf_counter()
                golden_thread.hanging_loose(place.session)
                return time.perf_counter() - start

            return opened.record(timed)

        def paint() -> float:
            start = time.perf_counter()
            page.show_for({})
            opened.settle()
            page.repaint()
            return time.perf_counter() - start

        name = f"{len(found):,} loose ends of {PUPILS:,} pupils"
        return [
            compare(name, work, "the same rows by plain SQL", lambda: opened.record(_plain), limit=300),
            compare("the same to their first paint", paint, "working them out", work, limit=600),
        ]
    finally:
        opened.close()


def _plain(place: Workplace) -> float:
    db = place.profile.record._db
    start = time.perf_counter()
    for sql in (
        "SELECT s.pupil, p.legal_forename, p.legal_surname, c.id FROM pupil_summary s JOIN pupil p ON p.id = s.pupil"
        " LEFT JOIN cycle c ON c.id = s.open_cycle WHERE s.on_roll = 1 ORDER BY s.sort_name",
        "SELECT n.pupil, n.id, n.sen_type FROM sen_need n WHERE n.removed = 0",
        "SELECT u.pupil, u.id, u.text, u.area, u.measure, u.by_on, u.rating FROM outcome u WHERE u.removed = 0",
        "SELECT a.pupil, a.id, a.outcome, v.title, v.area FROM provision_place a JOIN provision v ON v.id = a.provision"
        " WHERE a.removed = 0",
    ):
        db.execute(sql).fetchall()
    return time.perf_counter() - start


def loose_school(cache: Path) -> Path:
    """A profile whose 2,000 pupils have a plan each, with three outcomes and three places that are not tied. Made once."""
    folder = cache / "loose"
    if not (folder / "done").exists():
        shutil.rmtree(folder, ignore_errors=True)
        _write(folder)
        (folder / "done").touch()
    return folder


def _write(folder: Path) -> None:
    made = app()
    person = StaffMember(made.new_id(), "Bench", "senco")
    place, _ = made.begin(folder, PASSPHRASE, School(made.new_id(), "Bench", "primary", "leicestershire"), person)
    record, new = place.session.record, place.session.ids.new
    groups = [
        Provision(new(), f"Group {number}", "targeted", "Mrs Day", 1500, Decimal(2), 30, 30, 6, date(2026, 9, 7), area="sp")
        for number in range(30)
    ]
    record.save([New(each) for each in groups], action="bench", actor=place.session.actor)
    for start in range(0, PUPILS, 500):
        edits: list[Edit] = []
        for number in range(start, start + 500):
            pupil = Pupil(new(), f"Surname{number % 900}", f"Forename{number}", date(2016, 3, 4), year=str(number % 6 + 1), reg_group="A")
            cycle = Cycle(new(), pupil.id, 1, date(2026, 9, 1), TODAY + timedelta(days=number % 60))
            edits += [New(pupil), New(SenStatus(new(), pupil.id, "K", date(2025, 9, 1)))]
            edits += [New(SenNeed(new(), pupil.id, kind, rank)) for rank, kind in enumerate(("SLCN", "SEMH"), start=1)]
            edits.append(New(cycle))
            edits += [New(Outcome(new(), pupil.id, cycle.id, each, f"Outcome {each} of pupil {number}", area="cl")) for each in (1, 2, 3)]
            edits += [New(ProvisionPlace(new(), pupil.id, groups[(number + each) % 30].id)) for each in range(3)]
        record.save(edits, action="bench", actor=place.session.actor)
    place.close()
    open_school(folder).close()
