"""One flipped byte, anywhere in any kind of file: it is noticed and said, or it changes nothing that anybody reads."""

import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from sencoapp import reference
from sencoapp.app import App, BackupKey, Workplace
from sencoapp.domain.casework import Document
from sencoapp.domain.people import Pupil
from sencoapp.domain.plan import Observation
from sencoapp.domain.record import New
from sencoapp.domain.refusals import PlainMessage
from sencoapp.services import observations
from sencoapp.storage import ahead
from tests.places import PASSPHRASE, TODAY, add_pupil, new_app

ROOT = Path(__file__).parents[2]
FLIPS = int(os.environ.get("SENCOAPP_FLIPS", "25"))
"""In CI a short form; the long form is documented in CONTRIBUTING with its last result."""


def flips(path: Path, least: tuple[int, ...] = ()) -> list[int]:
    """Places in a file: some at random, its first and last byte, and those that were named."""
    size = path.stat().st_size
    chance = random.Random(size)
    return sorted({0, size - 1, *least, *(chance.randrange(size) for _ in range(FLIPS))})


def flip(path: Path, at: int) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 1 << (at % 8)
    path.write_bytes(content)


def what_is_read(place: Workplace) -> tuple[object, ...]:
    record = place.session.record
    return (
        [each.surname for each in record.find(Pupil)],
        [each.text for each in record.find(Observation)],
        [place.session.blobs.read(each.blob) for each in record.find(Document)],
    )


@pytest.fixture
def filled(place: Workplace) -> tuple[Path, tuple[object, ...]]:
    """A closed record with pupils, notes and a file, and what can be read in it."""
    pupil = add_pupil(place)
    for number in range(8):
        observations.record_observation(place.session, pupils=[pupil.id], text=f"Note {number} " + "of some length " * 90)
    name = place.session.blobs.put(b"a report" * 3000)
    document = Document(place.session.ids.new(), pupil.id, "Report", "report", "r.pdf", "application/pdf", 24_000, "0" * 64, name, TODAY)
    place.session.record.save([New(document)], action="test", actor=place.session.actor)
    seen = what_is_read(place)
    place.close()
    return place.profile.folder, seen


def noticed(app: App, folder: Path, seen: tuple[object, ...]) -> str:
    """What is said when the record is opened, read and checked; empty where nothing is said, and then nothing may differ."""
    try:
        place = app.open(folder, PASSPHRASE)
    except PlainMessage as message:
        return reference.explain(message)
    try:
        said = [each.sentence for each in place.session.record.verify() if not each.sound]
        if place.profile.warning is not None:
            said.append(reference.explain(place.profile.warning))
        if not said:
            assert what_is_read(place) == seen
        return " ".join(said)
    except PlainMessage as message:
        return reference.explain(message)
    finally:
        place.close()


@pytest.mark.parametrize("kind", ["record.db", "profile.json", "blobs"])
def test_in_the_record(filled, tmp_path, kind):
    folder, seen = filled
    path = next(folder.glob("blobs/??/*")) if kind == "blobs" else folder / kind
    unnoticed = []
    for at in flips(path):
        copy = tmp_path / "copy"
        shutil.copytree(folder, copy)
        flip(copy / path.relative_to(folder), at)
        if not noticed(new_app(), copy, seen):
            unnoticed.append(at)
        shutil.rmtree(copy)
    if kind != "profile.json":  # a blank between two words of the card is nothing to say
        assert unnoticed == []


def test_in_a_card_it_is_not_taken_for_a_wrong_passphrase(filled):
    folder, seen = filled
    text = (folder / "profile.json").read_text("utf-8")
    at = len(text[: text.index("passphrase")].encode()) + 40
    flip(folder / "profile.json", at)
    assert noticed(new_app(), folder, seen).startswith("The file profile.json in")


@pytest.mark.parametrize("whole", [True, False])
def test_in_a_backup(filled, app, tmp_path, whole):
    folder, seen = filled
    place = app.open(folder, PASSPHRASE)
    if whole:
        backup = place.back_up(tmp_path / "away" / "today.senbackup")
    else:
        state = place.backups.keep(now=True).look()
        backup = state.laptop / state.on_laptop[-1].name
    place.close()
    key, back = BackupKey(PASSPHRASE), tmp_path / "back"
    content = backup.read_bytes()
    for at in flips(backup):
        flip(backup, at)
        try:
            app.restore(backup, back, key)
        except PlainMessage:
            assert not back.exists()
        else:
            assert not noticed(app, back, seen)
            shutil.rmtree(back)
        backup.write_bytes(content)


CRASHER = """
import os, signal, sys
from pathlib import Path
from sencoapp.services import observations
from tests.places import PASSPHRASE, new_app
place = new_app().open(Path(sys.argv[1]), PASSPHRASE)
for number in range(12):
    observations.record_observation(place.session, pupils=[sys.argv[2]], text=f"Acknowledged {number}")
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def crashed(place: Workplace) -> Path:
    """A record whose last twelve notes are in the write-ahead file only."""
    pupil = add_pupil(place)
    place.close()
    subprocess.run(
        [sys.executable, "-c", CRASHER, str(place.profile.folder), pupil.id],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )
    return place.profile.folder


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
def test_a_crash_alone_is_nothing_to_say(crashed):
    assert (crashed / "record.db-wal").stat().st_size > 0
    assert not ahead.is_damaged(crashed / "record.db-wal")
    place = new_app().open(crashed, PASSPHRASE)
    assert place.profile.warning is None
    assert place.session.record.count(Observation) == 12
    place.close()


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
def test_in_what_was_written_ahead_lost_saves_are_told_and_the_files_kept_aside(crashed, tmp_path):
    """SQLite by itself would open without a word, as if the saves behind the flipped byte had never been made."""
    path = crashed / "record.db-wal"
    frame = ahead.FRAME_HEADER_BYTES + 4096
    last = path.stat().st_size - frame
    silent = []
    for at in [each for each in flips(path, (3, 17, 30, ahead.HEADER_BYTES + 2, ahead.HEADER_BYTES + 9)) if each < last]:
        copy = tmp_path / "copy"
        shutil.copytree(crashed, copy)
        flip(copy / "record.db-wal", at)
        place = new_app().open(copy, PASSPHRASE)
        kept = place.session.record.count(Observation)
        if kept < 12:
            if place.profile.warning is None:
                silent.append((at, kept))
            else:
                assert "Check your last entries" in reference.explain(place.profile.warning)
                assert {each.name for each in (copy / "damaged 2026-11-24").iterdir()} == {"record.db", "record.db-wal"}
        assert [each.sentence for each in place.session.record.verify() if not each.sound] == []
        place.close()
        shutil.rmtree(copy)
    assert silent == []


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
def test_a_write_that_was_under_way_is_nothing_to_say(crashed):
    """The end of the file is cut anywhere within the last transaction: nobody was told that it was saved."""
    path = crashed / "record.db-wal"
    content = path.read_bytes()
    for cut in (1, 100, 4096, 4119, 4120):
        path.write_bytes(content[:-cut])
        assert not ahead.is_damaged(path)


def test_no_file_and_an_empty_one_are_sound(tmp_path):
    assert not ahead.is_damaged(tmp_path / "nothing")
    (tmp_path / "empty").touch()
    assert not ahead.is_damaged(tmp_path / "empty")
