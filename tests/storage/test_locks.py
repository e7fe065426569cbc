"""Who gets in: one profile never into another, guessing gets slower, and a new passphrase or sheet changes the wrapping only."""

import json
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sencoapp.app import App, Workplace
from sencoapp.crypto.keys import new_recovery_code
from sencoapp.domain.people import School, StaffMember
from sencoapp.domain.refusals import Fault, Refusal
from sencoapp.storage import profiles
from sencoapp.storage.tries import FREE_TRIES, LONGEST_WAIT_SECONDS, WrongTries
from tests.places import LIGHT, PASSPHRASE, TODAY, DrawerKeyring, NoKeyring, add_pupil, new_app

WRONG = "four words that do not"


class Uptime:
    """How long the computer has been running; a restart sets it back."""

    def __init__(self) -> None:
        self.seconds = 5_000.0

    def __call__(self) -> float:
        return self.seconds


def begin(app: App, folder: Path, passphrase: str = PASSPHRASE) -> tuple[Workplace, str]:
    school = School(app.new_id(), "Barrowby Primary", "primary", "leicestershire")
    return app.begin(folder, passphrase, school, StaffMember(app.new_id(), "Mrs Ruth Adeyemi", "senco"))


@pytest.fixture
def up() -> Uptime:
    return Uptime()


@pytest.fixture
def watched(tmp_path: Path, up: Uptime) -> tuple[App, Path]:
    """A profile on a computer whose clock and uptime are set by hand."""
    app = new_app(up=up)
    begin(app, tmp_path / "p")[0].close()
    return app, tmp_path / "p"


def guess(app: App, folder: Path, times: int) -> list[str]:
    said = []
    for _ in range(times):
        with pytest.raises(Fault) as refused:
            app.open(folder, WRONG)
        said.append(refused.value.key)
    return said


# ---- one profile never into another -------------------------------------------------------------------------------------


@pytest.fixture
def two(tmp_path: Path) -> tuple[App, Path, Path, str]:
    """Two profiles in one account with one keyring: A's folder with a report in it, B's folder, B's printed code."""
    app = new_app(DrawerKeyring())
    a, _ = begin(app, tmp_path / "a", "the words of person A")
    add_pupil(a)
    a.session.record.set_setting("report", a.session.blobs.put(b"A report about Kian"))
    a.close()
    b, code = begin(app, tmp_path / "b", "the words of person B")
    b.session.record.set_setting("report", b.session.blobs.put(b"Nothing about Kian!"))
    b.close()
    return app, tmp_path / "a", tmp_path / "b", code


def test_the_passphrase_and_the_code_of_one_profile_do_not_open_another(two):
    app, a, _, code = two
    with pytest.raises(Fault, match="wrong_passphrase"):
        app.open(a, "the words of person B")
    with pytest.raises(Fault, match="wrong_recovery_code"):
        app.open_with_code(a, code, "another passphrase")


def test_the_keyring_secret_of_one_profile_does_not_serve_another(two):
    app, a, b, _ = two
    ids = {each: json.loads((each / "profile.json").read_text())["profile"] for each in (a, b)}
    kept = app.secrets.kept
    assert len(kept) == 2
    assert kept[ids[a]] != kept[ids[b]]
    kept[ids[a]] = kept[ids[b]]
    with pytest.raises(Fault, match="wrong_passphrase"):
        app.open(a, "the words of person A")


def test_with_the_card_of_one_profile_the_record_of_another_stays_shut(two):
    app, a, b, code = two
    shutil.copy(b / "profile.json", a / "profile.json")
    before = (a / "record.db").read_bytes()
    with pytest.raises(Fault, match="record_damaged"):
        app.open(a, "the words of person B")
    with pytest.raises(Fault, match="record_damaged"):
        app.open_with_code(a, code, "another passphrase")
    assert (a / "record.db").read_bytes() == before


def test_with_the_database_of_another_a_profile_opens_nothing(two):
    app, a, b, _ = two
    shutil.copy(a / "record.db", b / "record.db")
    with pytest.raises(Fault, match="record_damaged"):
        app.open(b, "the words of person B")


def test_the_sealed_files_of_another_cannot_be_read_not_even_under_ones_own_names(two):
    app, a, b, _ = two
    place = app.open(b, "the words of person B")
    own = place.session.record.setting("report")
    theirs = next(each for each in (a / "blobs").rglob("*") if each.is_file())
    mine = next(each for each in (b / "blobs").rglob("*") if each.is_file())
    shutil.copy(theirs, mine)
    with pytest.raises(Fault, match="file_damaged"):
        place.session.blobs.read(own)
    # With their chunk and its true name, but one's own key.
    moved = b / "blobs" / theirs.parent.name / theirs.name
    moved.parent.mkdir(exist_ok=True)
    shutil.copy(theirs, moved)
    form, key, _ = own.split(":")
    with pytest.raises(Fault, match="file_damaged"):
        place.session.blobs.read(f"{form}:{key}:{theirs.name}")
    place.close()


# ---- guessing gets slower -----------------------------------------------------------------------------------------------


def test_after_five_wrong_tries_not_even_the_right_passphrase_is_tried_until_the_wait_is_over(watched, up):
    app, folder = watched
    assert guess(app, folder, 6) == ["wrong_passphrase"] * 4 + ["wait_before_next_try"] * 2
    with pytest.raises(Fault, match="wait_before_next_try") as refused:
        app.open(folder, PASSPHRASE)
    assert refused.value.details == {"count": 5, "seconds": 30}
    assert app.seconds_to_wait(folder) == 30
    up.seconds += 30
    assert app.seconds_to_wait(folder) == 0
    app.open(folder, PASSPHRASE).close()
    assert not (folder / "tries.json").exists()
    assert guess(app, folder, 1) == ["wrong_passphrase"]


def test_waits_grow_and_end_so_that_nobody_is_locked_out(watched, up):
    app, folder = watched
    guess(app, folder, FREE_TRIES)
    waits = []
    for _ in range(7):
        waits.append(app.seconds_to_wait(folder))
        up.seconds += waits[-1]
        guess(app, folder, 1)
    assert waits == [30, 60, 120, 240, 480, 480, 480]


def test_a_wait_goes_on_after_a_restart_of_the_program(watched, up):
    app, folder = watched
    guess(app, folder, FREE_TRIES)
    again = new_app(up=up)
    with pytest.raises(Fault, match="wait_before_next_try"):
        again.open(folder, PASSPHRASE)


@pytest.mark.parametrize("years", [-1, 1])
def test_setting_the_clock_changes_nothing_while_the_computer_runs(watched, up, years):
    app, folder = watched
    guess(app, folder, FREE_TRIES)
    app.clock.set(TODAY + timedelta(days=365 * years))
    assert app.seconds_to_wait(folder) == 30
    up.seconds += 10
    assert app.seconds_to_wait(folder) == 20


def test_after_a_restart_of_the_computer_a_night_counts_and_a_clock_set_back_does_not_lock_out(watched, up):
    app, folder = watched
    guess(app, folder, FREE_TRIES)
    up.seconds = 5.0
    assert app.seconds_to_wait(folder) == 25
    app.clock.set(TODAY - timedelta(days=365))
    assert app.seconds_to_wait(folder) == 25
    app.clock.set(TODAY + timedelta(hours=14))
    assert app.seconds_to_wait(folder) == 0


@given(
    count=st.integers(1, 10**9),
    then=st.floats(0, 1e9),
    up=st.floats(0, 1e9),
    shift=st.timedeltas(timedelta(days=-20_000), timedelta(days=20_000)),
)
def test_no_clock_makes_anybody_wait_longer_than_the_longest(count, then, up, shift):
    tries = WrongTries(count, TODAY.isoformat(), TODAY.isoformat(), then)
    assert 0 <= tries.seconds_to_wait(TODAY + shift, up) <= LONGEST_WAIT_SECONDS


def test_the_recovery_sheet_opens_during_a_wait(tmp_path, up):
    app = new_app(up=up)
    place, code = begin(app, tmp_path / "p")
    place.close()
    guess(app, tmp_path / "p", FREE_TRIES)
    app.open_with_code(tmp_path / "p", code, "another four words").close()
    app.open(tmp_path / "p", "another four words").close()


@pytest.mark.parametrize("content", ["", "{", "[]", '{"count": "x"}', '{"count": 9, "first": "a", "last": "b", "uptime": 1}', "\x00"])
def test_a_damaged_counter_keeps_nobody_out(watched, content):
    app, folder = watched
    (folder / "tries.json").write_text(content)
    app.open(folder, PASSPHRASE).close()


def test_the_counter_holds_numbers_and_times_only(watched):
    app, folder = watched
    guess(app, folder, 2)
    kept = json.loads((folder / "tries.json").read_text())
    assert kept == {"count": 2, "first": TODAY.isoformat(), "last": TODAY.isoformat(), "uptime": 5_000.0, "codes": 0}


# ---- only the wrapping changes ------------------------------------------------------------------------------------------


def everything_but_the_card(folder: Path) -> dict[str, bytes]:
    return {
        str(each.relative_to(folder)): each.read_bytes() for each in folder.rglob("*") if each.is_file() and each.name != "profile.json"
    }


@pytest.mark.parametrize("secrets", [NoKeyring, DrawerKeyring])
def test_a_new_passphrase_wraps_the_key_anew_and_touches_nothing_else(tmp_path, secrets):
    app, folder = new_app(secrets()), tmp_path / "p"
    place, code = begin(app, folder)
    place.session.blobs.put(b"a report")
    place.close()
    place = app.open(folder, PASSPHRASE)
    before = everything_but_the_card(folder)
    profiles.change_passphrase(place.profile, "quite other words here", app.secrets, LIGHT)
    assert everything_but_the_card(folder) == before
    place.close()
    with pytest.raises(Fault, match="wrong_passphrase"):
        app.open(folder, PASSPHRASE)
    app.open(folder, "quite other words here").close()
    app.open_with_code(folder, code, "and words once more").close()


def test_a_new_passphrase_needs_the_old_one_and_enough_characters(place, app):
    card = (place.profile.folder / "profile.json").read_bytes()
    with pytest.raises(Fault, match="wrong_passphrase"):
        app.change_passphrase(place, WRONG, "quite other words here")
    with pytest.raises(Refusal, match="passphrase_too_short"):
        app.change_passphrase(place, PASSPHRASE, "short")
    with pytest.raises(Fault, match="wrong_passphrase"):
        app.new_code(place, WRONG)
    assert (place.profile.folder / "profile.json").read_bytes() == card


def test_guessing_in_an_open_record_waits_too(place, app):
    for _ in range(FREE_TRIES):
        with pytest.raises(Fault):
            app.change_passphrase(place, WRONG, "quite other words here")
    with pytest.raises(Fault, match="wait_before_next_try"):
        app.new_code(place, PASSPHRASE)


def test_a_new_sheet_makes_the_old_one_void_once_it_is_taken_into_use(tmp_path):
    app, folder = new_app(), tmp_path / "p"
    place, old = begin(app, folder)
    new = app.new_code(place, PASSPHRASE)
    # The sheet may not have been written yet: the old one goes on working.
    place.close()
    app.open_with_code(folder, old, PASSPHRASE).close()
    place = app.open(folder, PASSPHRASE)
    app.use_code(place, new)
    place.close()
    with pytest.raises(Fault, match="wrong_recovery_code"):
        app.open_with_code(folder, old, PASSPHRASE)
    app.open(folder, PASSPHRASE).close()
    app.open_with_code(folder, new, "and words once more").close()


def test_a_label_is_kept_on_the_card_and_without_one_it_is_the_role(tmp_path):
    from sencoapp.folders import label_of

    app = new_app()
    place, _ = begin(app, tmp_path / "p")
    assert label_of(tmp_path / "p") == "SENCO's record"
    assert app.change_label(place, "  Ruth's \n record ") == "Ruth's record"
    assert label_of(tmp_path / "p") == "Ruth's record"
    with pytest.raises(Refusal, match="label_missing"):
        app.change_label(place, " ")
    with pytest.raises(Refusal, match="label_too_long"):
        app.change_label(place, "x" * 41)
    place.close()
    app.open(tmp_path / "p", PASSPHRASE).close()


def test_a_card_without_a_label_goes_on_working(tmp_path):
    from sencoapp.folders import label_of

    app = new_app()
    begin(app, tmp_path / "p")[0].close()
    card = json.loads((tmp_path / "p" / "profile.json").read_text())
    del card["label"], card["sum"]  # as the first cards were
    (tmp_path / "p" / "profile.json").write_text(json.dumps(card))
    assert label_of(tmp_path / "p") == ""
    app.open(tmp_path / "p", PASSPHRASE).close()


# ---- what the trail says -------------------------------------------------------------------------------------------------


def test_what_was_tried_in_vain_is_handed_to_the_trail_at_the_next_unlocking(watched, up):
    app, folder = watched
    guess(app, folder, 3)
    app.clock.set(TODAY + timedelta(minutes=5))
    guess(app, folder, 1)
    place = app.open(folder, PASSPHRASE)
    opened, failed, *_ = place.session.record.trail()
    assert (opened.what, opened.by_name) == ("unlocked", "Mrs Ruth Adeyemi")
    assert failed.what == "unlock_failed"
    assert failed.facts == {"count": 4, "first": TODAY.isoformat(), "last": (TODAY + timedelta(minutes=5)).isoformat()}
    place.close()


def test_wrong_codes_are_told_and_make_nobody_wait(watched):
    app, folder = watched
    for _ in range(6):
        with pytest.raises(Fault, match="wrong_recovery_code"):
            app.open_with_code(folder, new_recovery_code(), "another four words")
    place = app.open(folder, PASSPHRASE)
    _, failed, *_ = place.session.record.trail()
    assert (failed.what, failed.facts["count"]) == ("sheet_failed", 6)
    place.close()


def test_the_trail_knows_of_each_new_way_in(tmp_path):
    app, folder = new_app(), tmp_path / "p"
    place, code = begin(app, folder)
    app.change_passphrase(place, PASSPHRASE, "quite other words here")
    app.use_code(place, app.new_code(place, "quite other words here"))
    place.lock("locked_idle")
    with pytest.raises(Fault):
        app.open_with_code(folder, code, PASSPHRASE)
    place = app.open(folder, "quite other words here")
    assert [each.what for each in place.session.record.trail()] == [
        "unlocked",
        "sheet_failed",
        "locked_idle",
        "recovery_sheet_renewed",
        "passphrase_changed",
    ]
    assert all(each.sound for each in place.session.record.verify())
    place.close()


def test_on_a_full_disk_the_record_opens_and_what_was_tried_is_noted_the_next_time(watched, monkeypatch):
    app, folder = watched
    guess(app, folder, 1)

    def full(*_a: object, **_b: object) -> None:
        raise Fault("disk_full")

    with monkeypatch.context() as patch:
        patch.setattr("sencoapp.storage.record.SealedRecord.note", full)
        place = app.open(folder, PASSPHRASE)
        place.lock()
    place = app.open(folder, PASSPHRASE)
    assert [each.what for each in place.session.record.trail()] == ["unlocked", "unlock_failed"]
    place.close()


def test_every_entry_has_its_sentence():
    from sencoapp.reference import say

    for what in ("unlocked", "unlocked_with_sheet", "locked", "locked_idle", "locked_with_computer", "passphrase_changed"):
        assert say(f"trail.{what}")
    assert "3 times" in say("trail.unlock_failed", count=3, first="a", last="b")
