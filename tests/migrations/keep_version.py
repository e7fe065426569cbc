"""Keeps a small database of the present version for all time: ``python -m tests.migrations.keep_version``, once for each release.

It goes to ``kept/NNNN.db``, NNNN being the newest migration, encrypted with ``KEY``. Nothing in it is about anybody. One that is
there is never written again: it is what that version really left behind, with the code of its day.
"""

import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path

from sencoapp.app import Workplace
from sencoapp.domain.people import Contact, Pupil
from sencoapp.domain.plan import Cycle, Outcome
from sencoapp.domain.record import Amend, New, Remove
from sencoapp.services import observations
from sencoapp.storage.copying import copy_database
from sencoapp.storage.migrations import newest
from tests.places import TODAY, add_pupil, new_place, set_clock

KEPT = Path(__file__).parent / "kept"
KEY = bytes(range(32))
PUPILS = ("Osei", "Featherstonehaugh", "O'Neill-Ó Briain")
NOTES = 12
DRAFT = "typed and not saved yet"


def fill(place: Workplace) -> None:
    """Pupils and what a term leaves: notes, a cycle, something removed, a field that two people changed, a draft."""
    session, record = place.session, place.session.record
    pupils = [add_pupil(place, surname) for surname in PUPILS]
    for number in range(NOTES):
        set_clock(place, TODAY + timedelta(days=number % 4, minutes=number))
        whose = pupils[number % len(PUPILS)].id
        observations.record_observation(session, pupils=[whose], text=f"Note {number}: read aloud — „Über“ 读.")

    def save(*edits: object, as_of: int | None = None) -> None:
        record.save(edits, action="test", actor=session.actor, as_of=as_of)  # type: ignore[arg-type]

    contact = Contact(session.ids.new(), pupils[0].id, 1, "Osei", "Ama")
    cycle = Cycle(session.ids.new(), pupils[0].id, 1, date(2026, 9, 7))
    outcome = Outcome(session.ids.new(), pupils[0].id, cycle.id, 1, "Kian says what he needs.")
    save(New(contact), New(cycle), New(outcome))
    shown = record.position()
    save(Amend(Outcome, outcome.id, {"target": "eight of ten"}), as_of=shown)
    save(Amend(Outcome, outcome.id, {"target": "ten of ten"}), as_of=shown)
    save(Remove(Contact, contact.id))
    save(Amend(Pupil, pupils[1].id, {"strengths": "Draws maps."}))
    record.keep_draft("observation", {"text": DRAFT})
    session.blobs.put(b"lies beside the database, and is not kept here")


def main() -> int:
    path = KEPT / f"{newest():04d}.db"
    if path.exists():
        sys.stderr.write(f"{path.name} is there already and stays as it is.\n")
        return 1
    KEPT.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        place = new_place(Path(folder) / "profile")
        try:
            fill(place)
            place.profile.record._db.execute("VACUUM")
            copy_database(place.profile.record._db, path, KEY)
        finally:
            place.close()
    path.chmod(0o644)
    sys.stdout.write(f"{path}: {path.stat().st_size // 1024} KB\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
