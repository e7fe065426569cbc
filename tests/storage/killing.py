"""A program that saves from several threads until it is killed, over and over.

    python -m tests.storage.killing FOLDER PUPIL ROUNDS SEED

Each round is a process forked off one that has loaded everything, so that a round costs its saves and not its start. The
parent reads what was acknowledged and kills at a random moment. It prints the acknowledged ids of each round, one line a round.
"""

import os
import random
import select
import signal
import sys
import threading
from dataclasses import replace
from pathlib import Path

from sencoapp.app import Workplace
from sencoapp.services import observations
from sencoapp.services.ports import Session
from sencoapp.storage.engine import open_database
from sencoapp.storage.profiles import DATABASE
from sencoapp.storage.record import SealedRecord
from tests.places import PASSPHRASE, new_app

THREADS = 3
MOST_SAVES = 10


def save_until_killed(folder: Path, pupil: str, out: int) -> None:
    """Three threads, each with a connection of its own: notes, drafts and sealed files. A line for each save once it is done."""
    place = new_app().open(folder, PASSPHRASE)
    for number in range(1, THREADS):
        threading.Thread(target=lambda own=number: _save(_another(place), pupil, out, own)).start()
    _save(place.session, pupil, out, 0)


def _another(place: Workplace) -> Session:
    """The same record through another connection, for the thread that asks: a connection belongs to one thread."""
    profile, ours = place.profile, place.session
    db = open_database(profile.folder / DATABASE, profile.data_key)
    return replace(ours, record=SealedRecord(db, profile.files, ours.clock, ours.ids))


def _save(session: Session, pupil: str, out: int, thread: int) -> None:
    number = 0
    while True:
        number += 1
        if thread == 2 and number % 5 == 0:
            name = session.blobs.put(os.urandom(2000))
            os.write(out, f"file {name}\n".encode())
        ids, _ = observations.record_observation(session, pupils=[pupil], text=f"Note {number} of this round")
        os.write(out, f"note {ids[0]}\n".encode())
        session.record.keep_draft(f"form {thread}", {"text": f"typing {number}"})


def one_round(folder: Path, pupil: str, chance: random.Random) -> list[str]:
    """What was acknowledged before the kill."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            save_until_killed(folder, pupil, writing)
        finally:
            os._exit(1)
    os.close(writing)
    said, wanted = b"", chance.randrange(0, MOST_SAVES)
    while said.count(b"\n") < wanted:
        more = os.read(reading, 4096)
        if not more:
            raise SystemExit("the saving program ended by itself: " + said.decode())
        said += more
    # A moment more, so that the kill may fall anywhere between two acknowledgements.
    select.select([], [], [], chance.random() * 0.004)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while more := os.read(reading, 65536):
        said += more
    os.close(reading)
    return said.decode().rpartition("\n")[0].splitlines()


def main() -> None:
    folder, pupil, rounds, seed = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    chance = random.Random(seed)
    for _ in range(rounds):
        sys.stdout.write(";".join(one_round(folder, pupil, chance)) + "\n")


if __name__ == "__main__":
    main()
