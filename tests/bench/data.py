"""Two schools to measure on, made once and kept: 2,000 pupils with 200,000 notes, and ten times as many notes and pupils."""

import hashlib
import random
import re
import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sencoapp.app import App, Workplace
from sencoapp.domain.people import Pupil, School, SenNeed, SenStatus, StaffMember
from sencoapp.domain.plan import Cycle, Observation
from sencoapp.domain.record import Edit, New
from tests.places import LIGHT, PASSPHRASE, NoKeyring

ROOT = Path(__file__).parents[2]
PUPILS, NOTES = 2_000, 200_000
SYLLABLES = tuple(first + last for first in "bdfghjklmnprstvw" for last in "aeio")
WORDS = re.findall(
    r"\w+",
    """read the page aloud with a partner and asked for help when word was new played in group on playground left room after spelling
    test came back calm used visual timetable phonics sensory break number line counted to twenty wrote three sentences shared
    drawing listened story answered question about main character finished task before lunch worked teaching assistant small reading
    handwriting morning""",
)


def app() -> App:
    """Opens without a keyring and with a light key derivation: the derivation is not what is measured."""
    return App(secrets=NoKeyring(), effort=LIGHT)


def school(times: int, cache: Path) -> Path:
    """The folder of a profile with ``times`` the usual size."""
    mark = hashlib.sha256(
        (ROOT / "sencoapp/storage/migrations/0001_the_record.sql").read_bytes() + Path(__file__).read_bytes()
    ).hexdigest()[:12]
    folder = cache / f"school-{times}x-{mark}"
    if not (folder / "done").exists():
        shutil.rmtree(folder, ignore_errors=True)
        _write(folder, times)
        (folder / "done").touch()
    return folder


def open_school(folder: Path) -> Workplace:
    return app().open(folder, PASSPHRASE)


def _write(folder: Path, times: int) -> None:
    made = app()
    chance = random.Random(times)
    person = StaffMember(made.new_id(), "Bench", "senco")
    place, _ = made.begin(folder, PASSPHRASE, School(made.new_id(), "Bench", "primary", "leicestershire"), person)
    record, new = place.session.record, place.session.ids.new
    today = date(2026, 11, 24)
    for start in range(0, PUPILS * times, 500):
        edits: list[Edit] = []
        for number in range(start, min(start + 500, PUPILS * times)):
            born, year = date(2016, 1, 1) + timedelta(days=number % 2000), number % 6 + 1
            pupil = Pupil(new(), _name(chance, 3), _name(chance, 2), birth_date=born, year=str(year), reg_group=f"{year}A")
            edits.append(New(pupil))
            if number % 7 == 0:
                edits.append(New(SenStatus(new(), pupil.id, "K", date(2025, 9, 1))))
                edits.append(New(SenNeed(new(), pupil.id, ("SLCN", "SPLD", "SEMH", "PD")[number % 4], 1)))
                edits.append(New(Cycle(new(), pupil.id, 1, date(2026, 9, 1), today + timedelta(days=number % 90))))
            for _ in range(NOTES // PUPILS):
                day = today - timedelta(days=chance.randrange(700))
                text = " ".join(chance.choices(WORDS, k=chance.randrange(8, 30)))
                edits.append(
                    New(Observation(new(), pupil.id, text, "note", day, datetime(2026, 11, 24, tzinfo=UTC), person.id, person.name))
                )
        record.save(edits, action="bench", actor=place.session.actor)
    place.close()


def _name(chance: random.Random, length: int) -> str:
    return "".join(chance.choices(SYLLABLES, k=length)).capitalize()
