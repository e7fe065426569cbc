"""What someone who tries to break in, or a power cut at the worst moment, may find. Each was a way in once."""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from sencoapp.app import BackupKey, Workplace
from sencoapp.domain.casework import Document
from sencoapp.domain.people import Contact, Pupil, School, StaffMember
from sencoapp.domain.plan import Cycle, EvidenceLink, Observation, Outcome, View
from sencoapp.domain.provision import Provision, ProvisionPlace
from sencoapp.domain.record import Amend, New, Remove
from sencoapp.domain.refusals import Fault, Refusal
from sencoapp.services import observations, plans, provision
from sencoapp.services.ports import RegisterQuery
from sencoapp.storage import backups, profiles
from sencoapp.storage.card import read_card, write_card
from sencoapp.storage.keyring_secret import KeyringSecrets
from tests.places import PASSPHRASE, DrawerKeyring, add_pupil, new_app, new_place, set_clock
from tests.services.test_provision import values

KEY = BackupKey(PASSPHRASE)
posix = pytest.mark.skipif(os.name != "posix", reason="permissions of this kind are POSIX")


def save(place: Workplace, *edits: object, as_of: int | None = None) -> None:
    place.session.record.save(edits, action="test", actor=place.session.actor, as_of=as_of)  # type: ignore[arg-type]


def unsound(place: Workplace) -> list[str]:
    return [each.part for each in place.session.record.verify() if not each.sound]


# The profile and its keys


def test_a_short_new_passphrase_leaves_the_old_way_in_untouched(tmp_path):
    drawer = DrawerKeyring()
    app = new_app(drawer)
    place, code = app.begin(tmp_path / "p", PASSPHRASE, School(app.new_id(), "B", "primary", "x"), StaffMember(app.new_id(), "R", "senco"))
    place.close()
    with pytest.raises(Refusal, match="passphrase_too_short"):
        app.open_with_code(tmp_path / "p", code, "short")
    app.open(tmp_path / "p", PASSPHRASE).close()


def test_killed_before_the_card_is_written_the_old_passphrase_still_opens(tmp_path, monkeypatch):
    drawer = DrawerKeyring()
    app = new_app(drawer)
    place, code = app.begin(tmp_path / "p", PASSPHRASE, School(app.new_id(), "B", "primary", "x"), StaffMember(app.new_id(), "R", "senco"))
    place.close()

    def full(*_a: object) -> None:
        raise Fault("disk_full")

    with monkeypatch.context() as patch:
        patch.setattr(profiles, "write_card", full)
        with pytest.raises(Fault, match="disk_full"):
            app.open_with_code(tmp_path / "p", code, "another four words")
    app.open(tmp_path / "p", PASSPHRASE).close()


def test_a_profile_that_could_not_begin_leaves_nothing_in_the_way(tmp_path):
    drawer = DrawerKeyring()
    app = new_app(drawer)
    school = School(app.new_id(), "B", "primary", "x")
    for passphrase, name, key in ((PASSPHRASE, " ", "person_needs_name"), ("short", "Ruth", "passphrase_too_short")):
        with pytest.raises(Refusal, match=key):
            app.begin(tmp_path / "p", passphrase, school, StaffMember(app.new_id(), name, "senco"))
    assert not drawer.kept
    app.begin(tmp_path / "p", PASSPHRASE, school, StaffMember(app.new_id(), "Ruth", "senco"))[0].close()


def test_a_full_disk_at_the_beginning_can_be_tried_again(tmp_path, monkeypatch):
    from sencoapp.services import beginning

    def full(*_a: object) -> None:
        raise Fault("disk_full")

    with monkeypatch.context() as patch:
        patch.setattr(beginning, "begin", full)
        with pytest.raises(Fault, match="disk_full"):
            new_place(tmp_path / "p")
    new_place(tmp_path / "p").close()


@pytest.mark.parametrize("empty", [True, False])
def test_a_record_that_is_gone_is_told_and_not_begun_anew(place, app, empty):
    path = place.profile.folder / "record.db"
    place.close()
    path.unlink()
    if empty:
        path.touch()
    with pytest.raises(Fault, match="record_missing"):
        app.open(place.profile.folder, PASSPHRASE)
    assert not path.exists() or path.stat().st_size == 0


def test_a_record_without_its_card_is_never_written_over(place, app):
    place.close()
    (place.profile.folder / "profile.json").unlink()
    with pytest.raises(Refusal, match="profile_exists"):
        new_place(place.profile.folder, app)


@pytest.mark.parametrize(
    "broken", [{"salt": "zz"}, {"salt": 5}, {"effort": {"memory_kib": 1 << 50, "passes": 1, "lanes": 1}}, {"by_passphrase": "0"}]
)
def test_a_card_with_keys_that_cannot_be_is_damaged(place, app, broken):
    place.close()
    path = place.profile.folder / "profile.json"
    card = json.loads(path.read_text())
    path.write_text(json.dumps({**card, "keys": {**card["keys"], **broken}}))
    with pytest.raises(Fault, match="profile_card_damaged"):
        app.open(place.profile.folder, PASSPHRASE)


@pytest.mark.parametrize("kept", ["not base64!", "AAAA", ""])
def test_a_keyring_with_nonsense_in_it_counts_as_none(monkeypatch, kept):
    import keyring

    monkeypatch.setattr("sencoapp.storage.keyring_secret._is_trusted", lambda _: True)
    monkeypatch.setattr(keyring, "get_password", lambda *_: kept)
    assert KeyringSecrets().find("p") is None


def test_a_keyring_that_breaks_counts_as_none(monkeypatch):
    import keyring

    def broken(*_a: object) -> None:
        raise ConnectionRefusedError("the bus is gone")

    monkeypatch.setattr(keyring, "get_keyring", broken)
    assert KeyringSecrets().available() is False


WAITS_FOR_EVER = """
import keyring, threading
from keyring.backend import KeyringBackend
from sencoapp.storage import keyring_secret

class Prompt(KeyringBackend):
    priority = 1
    def get_password(self, service, username):
        threading.Event().wait()
    set_password = delete_password = get_password

keyring.set_keyring(Prompt())
keyring_secret.TRUSTED, keyring_secret.PATIENCE_SECONDS = ("__main__",), 0.05
print(keyring_secret.KeyringSecrets().find("p"))
"""


def test_a_keyring_that_waits_for_ever_does_not_hold_the_program_up():
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", WAITS_FOR_EVER], cwd=root, capture_output=True, text=True, timeout=20, check=True)
    assert done.stdout == "None\n"


@posix
def test_every_file_is_for_its_owner_only_from_the_first_moment(place, app, tmp_path):
    place.session.blobs.put(b"a report")
    add_pupil(place)
    made = place.back_up(tmp_path / "today.senbackup")
    app.restore(made, tmp_path / "back", KEY)
    for folder in (place.profile.folder, tmp_path / "back"):
        assert folder.stat().st_mode & 0o077 == 0
        for path in folder.rglob("*"):
            assert path.stat().st_mode & 0o077 == 0, path
    assert made.stat().st_mode & 0o077 == 0


# Crash points


@posix
def test_a_sealed_file_and_its_name_are_on_the_disk_before_the_row_is(place, monkeypatch):
    """The rename of a file is only as lasting as its folder: both are synced."""
    real, synced = os.fsync, []

    def noting(fd: int) -> None:
        synced.append(str(Path(f"/proc/self/fd/{fd}").readlink()))
        real(fd)

    monkeypatch.setattr(os, "fsync", noting)
    place.session.blobs.put(b"a report")
    blobs = place.profile.folder / "blobs"
    (part,) = blobs.iterdir()
    assert str(part) in synced
    assert str(blobs) in synced
    write_card(place.profile.folder, read_card(place.profile.folder))
    assert str(place.profile.folder) in synced


def test_writing_a_file_leaves_a_neighbour_of_the_same_name_alone(tmp_path):
    from sencoapp.app import save_whole

    (tmp_path / "map.pdf.part").write_text("someone's download")
    save_whole(tmp_path / "map.pdf", b"new")
    assert (tmp_path / "map.pdf.part").read_text() == "someone's download"


def test_a_migration_keeps_a_whole_copy_aside_with_what_was_only_in_the_wal(place, app, monkeypatch):
    from sencoapp.storage import migrations
    from sencoapp.storage.engine import open_database

    pupil = add_pupil(place)
    folder, key = place.profile.folder, place.profile.data_key
    away = folder.with_name("away")
    shutil.copytree(folder, away)  # with its -wal, as a killed process leaves it
    assert (away / "record.db-wal").stat().st_size
    further = [*migrations.steps(), (migrations.newest() + 1, "CREATE TABLE further (id TEXT) STRICT;\n")]
    monkeypatch.setattr(migrations, "steps", lambda: further)
    app.open(away, PASSPHRASE).close()
    (kept,) = away.glob("record.before-*")
    copy = open_database(kept, key)
    assert copy.execute("SELECT id FROM pupil").fetchall() == [(pupil.id,)]
    assert migrations.version_of(copy) == migrations.newest() - 1
    copy.close()


def test_two_programs_that_migrate_at_once_do_not_trip_over_each_other(tmp_path, monkeypatch):
    from sencoapp.storage import migrations
    from sencoapp.storage.engine import open_database

    key = os.urandom(32)
    first, second = open_database(tmp_path / "r.db", key), open_database(tmp_path / "r.db", key)
    real = migrations.version_of
    asked = []

    def other_is_quicker(db: object) -> int:
        found = real(db)  # type: ignore[arg-type]
        if not asked:
            asked.append(True)
            migrations.migrate(second)
        return found

    monkeypatch.setattr(migrations, "version_of", other_is_quicker)
    migrations.migrate(first)
    assert real(first) == migrations.newest()
    first.close()
    second.close()


# Backups


def spoilt(place: Workplace, path: Path, add: zipfile.ZipInfo | str, content: bytes, compress: int = zipfile.ZIP_STORED) -> Path:
    made = place.back_up(path)
    with zipfile.ZipFile(made, "a") as bundle:
        bundle.writestr(add, content, compress)
    return made


@pytest.mark.parametrize(
    "name", ["../evil", "/evil", "blobs/../evil", "blobs//" + "a" * 64, "blobs/aa/" + "ä" * 64, "blobs/aa/aa" + "z" * 62, "blobs\\aa\\x"]
)
def test_nothing_but_our_own_names_comes_out_of_a_backup(place, app, tmp_path, name):
    made = spoilt(place, tmp_path / "b.senbackup", name, b"x")
    with pytest.raises(Fault, match="not_a_backup"):
        app.restore(made, tmp_path / "back", KEY)
    assert not (tmp_path / "back").exists()
    assert {each.name for each in tmp_path.iterdir()} == {"b.senbackup", "profile"}


def test_a_backup_that_unpacks_to_more_than_it_is_is_refused(place, app, tmp_path):
    made = spoilt(place, tmp_path / "b.senbackup", "blobs/aa/" + "a" * 64, bytes(50_000_000), zipfile.ZIP_DEFLATED)
    with pytest.raises(Fault, match="not_a_backup"):
        app.restore(made, tmp_path / "back", KEY)


def test_a_card_that_is_a_bomb_is_not_even_read(place, app, tmp_path):
    made = tmp_path / "b.senbackup"
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr("profile.json", b" " * 50_000_000 + b"{}")
        bundle.writestr("record.db", b"x")
    with pytest.raises(Fault, match="not_a_backup"):
        app.restore(made, tmp_path / "back", KEY)


def test_a_backup_with_a_name_twice_is_refused(place, app, tmp_path):
    with pytest.warns(UserWarning, match="Duplicate"):
        made = spoilt(place, tmp_path / "b.senbackup", "profile.json", b"{}")
    with pytest.raises(Fault, match="not_a_backup"):
        app.restore(made, tmp_path / "back", KEY)


def test_a_restore_leaves_a_folder_beside_it_alone(place, app, tmp_path):
    made = place.back_up(tmp_path / "b.senbackup")
    (tmp_path / "back.part").mkdir()
    (tmp_path / "back.part" / "mine.txt").write_text("mine")
    app.restore(made, tmp_path / "back", KEY)
    assert (tmp_path / "back.part" / "mine.txt").read_text() == "mine"


def test_a_backup_that_fails_leaves_no_database_beside_it(place, tmp_path, monkeypatch):
    def fails(*_a: object, **_k: object) -> None:
        raise OSError(28, "full")

    monkeypatch.setattr(backups.zipfile, "ZipFile", fails)
    with pytest.raises(Fault, match="disk_full"):
        place.back_up(tmp_path / "out" / "b.senbackup")
    assert list((tmp_path / "out").iterdir()) == []


# The log and what follows from it


def test_a_value_that_was_replaced_is_never_shown_again_whatever_the_clock_says(place):
    """Two values stand; the one shown is replaced by a save from a laptop whose clock is behind: the other is shown."""
    pupil = add_pupil(place)
    record = place.session.record
    shown = record.position()
    set_clock(place, datetime(2026, 11, 24, 12, tzinfo=UTC))
    save(place, Amend(Pupil, pupil.id, {"strengths": "first"}))
    after_first = record.position()
    set_clock(place, datetime(2026, 11, 24, 11, tzinfo=UTC))
    save(place, Amend(Pupil, pupil.id, {"strengths": "second"}), as_of=shown)
    assert record.get(Pupil, pupil.id).strengths == "first"
    set_clock(place, datetime(2026, 11, 24, 10, tzinfo=UTC))
    save(place, Amend(Pupil, pupil.id, {"strengths": "third"}), as_of=after_first)
    assert record.get(Pupil, pupil.id).strengths == "second"
    assert unsound(place) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE pupil_summary SET status = 'E'",
        "DELETE FROM pupil_prefix",
        "DELETE FROM observation_words WHERE rowid = 1",
        "INSERT INTO observation_words (rowid, words) VALUES (99, 'elsewhere')",
        "INSERT INTO dead VALUES ('a', 'b', 'c')",
        "DELETE FROM head",
    ],
)
def test_verify_looks_at_everything_that_follows_from_the_log(place, statement):
    pupil = add_pupil(place)
    observations.record_observation(place.session, pupils=[pupil.id], text="Read to the class.")
    assert unsound(place) == []
    place.profile.record._db.execute(statement)
    assert unsound(place) == ["tables"]
    place.session.record.rebuild()
    assert unsound(place) == []


@pytest.mark.parametrize("body", ["{", "[]", "null", '{"w": 1}'])
def test_verify_tells_of_a_log_that_cannot_even_be_read(place, body):
    add_pupil(place)
    db = place.profile.record._db
    db.execute("DROP TRIGGER change_set_is_never_changed")
    db.execute("UPDATE change_set SET body = ? WHERE n = 2", (body,))
    assert {"chain", "tables"} <= set(unsound(place))


def test_replacing_a_row_of_the_log_is_deleting_it(place):
    add_pupil(place)
    db = place.profile.record._db
    with pytest.raises(Exception, match="log_is_append_only"):
        db.execute(
            "INSERT OR REPLACE INTO change_set"
            " SELECT n, id, save, stream, author, at, action, '{}', body_sha256, prev, hash, seq, acked, erased FROM change_set"
        )


def test_a_save_to_what_someone_else_removed_is_told_and_not_lost_silently(place):
    pupil = add_pupil(place)
    contact = Contact("c" * 32, pupil.id, 1, "Osei")
    save(place, New(contact))
    save(place, Remove(Contact, contact.id))
    for edit in (Amend(Contact, contact.id, {"phone": "0116"}), Amend(Pupil, "e" * 32, {"year": "5"})):
        with pytest.raises(Refusal, match="no_longer_there"):
            save(place, edit)


def test_something_about_nobody_is_refused_and_not_a_bug(place):
    with pytest.raises(Refusal, match="no_longer_there"):
        save(place, New(Contact("c" * 32, "f" * 32, 1, "Osei")))


def test_a_pupil_who_leaves_on_a_day_ahead_leaves_the_register_on_that_day_without_restarting(place):
    add_pupil(place, left_on=date(2026, 12, 18))
    assert place.session.record.register_count(RegisterQuery()) == 1
    set_clock(place, datetime(2026, 12, 18, 8, tzinfo=UTC))
    assert place.session.record.register_count(RegisterQuery()) == 0
    assert unsound(place) == []
    set_clock(place, datetime(2026, 12, 1, 8, tzinfo=UTC))
    assert place.session.record.register_count(RegisterQuery()) == 1
    assert unsound(place) == []


def test_a_need_that_ends_leaves_the_register_the_day_after(place):
    from sencoapp.domain.people import SenNeed

    pupil = add_pupil(place)
    (need,) = place.session.record.find(SenNeed, pupil=pupil.id)
    save(place, Amend(SenNeed, need.id, {"ends_on": date(2026, 11, 30)}))
    set_clock(place, datetime(2026, 11, 30, 8, tzinfo=UTC))
    assert place.session.record.register(RegisterQuery())[0].sen_type == "SLCN"
    set_clock(place, datetime(2026, 12, 1, 8, tzinfo=UTC))
    assert place.session.record.register(RegisterQuery())[0].sen_type is None
    assert unsound(place) == []


# A closed cycle


@pytest.fixture
def closed(place: Workplace) -> dict[str, str]:
    """A closed cycle of a pupil and the open one after it, with all that hangs on them."""
    pupil = add_pupil(place)
    cycle, _ = plans.start_cycle(place.session, pupil.id, starts_on=date(2026, 9, 1))
    outcome, _ = plans.add_outcome(place.session, cycle.id, {"text": "reads", "rating": "nearly", "next": "continue"})
    group, _ = provision.add_provision(place.session, values(), [pupil.id], cycle=cycle.id, outcome=outcome.id)
    (note,), _ = observations.record_observation(place.session, pupils=[pupil.id], text="Read a page.")
    paper = Document(
        "d" * 32, pupil.id, "Letter", "letter", "a.pdf", "application/pdf", 1, "0", place.session.blobs.put(b"x"), place.session.clock.now()
    )
    save(place, New(paper))
    plans.link_evidence(place.session, cycle.id, "observation", note)
    plans.link_evidence(place.session, cycle.id, "document", paper.id)
    for whose in ("pupil", "parents"):
        plans.record_view(place.session, pupil.id, whose, text="Better now.", cycle=cycle.id)
    save(place, Amend(Cycle, cycle.id, {"decision": "Goes on."}))
    following, _ = plans.close_cycle(place.session, cycle.id)
    find = place.session.record.find
    return {
        "pupil": pupil.id,
        "cycle": cycle.id,
        "following": following.id,
        "note": note,
        "paper": paper.id,
        "group": group.id,
        "place": find(ProvisionPlace, cycle=cycle.id)[0].id,
        "place_after": find(ProvisionPlace, cycle=following.id)[0].id,
        "outcome": outcome.id,
        "outcome_after": find(Outcome, cycle=following.id)[0].id,
        "link": find(EvidenceLink, cycle=cycle.id)[0].id,
        "view": find(View, cycle=cycle.id)[0].id,
    }


WAYS = {
    "outcome moved in": lambda c: Amend(Outcome, c["outcome_after"], {"cycle": c["cycle"]}),
    "outcome taken out": lambda c: Amend(Outcome, c["outcome"], {"cycle": c["following"]}),
    "place added": lambda c: New(ProvisionPlace("f" * 32, c["pupil"], c["group"], c["cycle"])),
    "place moved in": lambda c: Amend(ProvisionPlace, c["place_after"], {"cycle": c["cycle"]}),
    "place taken out": lambda c: Amend(ProvisionPlace, c["place"], {"cycle": None}),
    "place removed": lambda c: Remove(ProvisionPlace, c["place"]),
    "place for another provision": lambda c: Amend(ProvisionPlace, c["place"], {"provision": "f" * 32}),
    "cost changed": lambda c: Amend(Provision, c["group"], {"pence_per_hour": 1}),
    "minutes changed": lambda c: Amend(Provision, c["group"], {"minutes": 5}),
    "provision removed": lambda c: Remove(Provision, c["group"]),
    "note removed": lambda c: Remove(Observation, c["note"]),
    "document removed": lambda c: Remove(Document, c["paper"]),
    "document retitled": lambda c: Amend(Document, c["paper"], {"title": "Otherwise"}),
    "link removed": lambda c: Remove(EvidenceLink, c["link"]),
    "view removed": lambda c: Remove(View, c["view"]),
    "view moved in": lambda c: New(View("f" * 32, c["pupil"], "pupil", date(2026, 11, 1), "Late.", cycle=c["cycle"])),
}


@pytest.mark.parametrize("way", WAYS)
def test_no_way_leads_into_a_closed_cycle(place, closed, way):
    from sencoapp.services.snapshots import cycle_content

    record = place.session.record
    before = cycle_content(record, record.get(Cycle, closed["cycle"]))
    with pytest.raises(Refusal, match=r"of_closed_cycle|cycle_is_closed"):
        save(place, WAYS[way](closed))
    assert cycle_content(record, record.get(Cycle, closed["cycle"])) == before
    record.rebuild()
    assert unsound(place) == []


def test_what_goes_on_after_a_closed_cycle_can_still_be_ended(place, closed):
    provision.end_places(place.session, closed["pupil"], closed["group"], date(2026, 11, 24))
    places = place.session.record.find(ProvisionPlace, provision=closed["group"], pupil=closed["pupil"])
    assert [each.ends_on for each in places] == [date(2026, 11, 24)] * 2
    save(place, Amend(Provision, closed["group"], {"ends_on": date(2026, 12, 1)}))
    save(place, Remove(ProvisionPlace, closed["place_after"]))
