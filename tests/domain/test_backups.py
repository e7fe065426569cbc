"""Which backups are kept: the newest always, and the same ones however often it is asked."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sencoapp.domain.backups import Kept, Thinning, is_due, read_name, to_thin

USUAL = Thinning(daily=14, weekly=8, monthly=12)
backups = st.lists(
    st.builds(Kept, st.integers(1, 100_000), st.dates(date(2024, 1, 1), date(2028, 12, 31))), max_size=60, unique_by=lambda each: each
)
thinnings = st.builds(Thinning, st.integers(1, 20), st.integers(0, 10), st.integers(0, 14))


@given(backups, thinnings)
def test_the_newest_is_never_thinned_and_nothing_is_made_up(kept, thinning):
    gone = to_thin(kept, thinning)
    assert set(gone) <= set(kept)
    assert len(set(gone)) == len(gone)
    if kept:
        assert max(kept) not in gone
    assert len(kept) - len(gone) <= max(1, thinning.daily + thinning.weekly + thinning.monthly)


@given(backups, thinnings)
def test_what_stays_stays_again(kept, thinning):
    stays = set(kept) - set(to_thin(kept, thinning))
    assert to_thin(stays, thinning) == []


@given(backups, thinnings, st.randoms())
def test_the_order_in_which_files_are_listed_changes_nothing(kept, thinning, chance):
    mixed = list(kept)
    chance.shuffle(mixed)
    assert to_thin(mixed, thinning) == to_thin(kept, thinning)


@given(backups, thinnings, st.integers(-800, 800))
def test_a_wrong_clock_changes_only_the_names_of_days(kept, thinning, days):
    """Another year in every name: as many stay, and the newest among them."""
    moved = [Kept(each.position, each.day + timedelta(weeks=days)) for each in kept]
    stay, stay_moved = (
        set(kept) - set(to_thin(kept, Thinning(thinning.daily, thinning.weekly, 0))),
        set(moved) - set(to_thin(moved, Thinning(thinning.daily, thinning.weekly, 0))),
    )
    assert {each.position for each in stay} == {each.position for each in stay_moved}


def test_a_year_of_school_days_leaves_days_weeks_and_months():
    kept: set[Kept] = set()
    day = date(2025, 9, 1)
    for number in range(365):
        if day.weekday() < 5:
            kept.add(Kept(number + 1, day))
            kept -= set(to_thin(kept, USUAL))
        day += timedelta(days=1)
    days = sorted(each.day for each in kept)
    assert days[-14:] == [
        date(2026, 8, 12) + timedelta(days=each) for each in range(20) if (date(2026, 8, 12) + timedelta(days=each)).weekday() < 5
    ]
    assert {(each.year, each.month) for each in days} == {(2025, month) for month in (9, 10, 11, 12)} | {
        (2026, month) for month in range(1, 9)
    }
    assert 14 + 5 <= len(kept) <= 14 + 8 + 12


def test_a_clock_set_back_a_year_costs_no_backup_of_the_present():
    kept = [Kept(number, date(2026, 11, 1) + timedelta(days=number)) for number in range(1, 15)]
    back = Kept(15, date(2025, 11, 24))
    assert to_thin([*kept, back], Thinning(14, 0, 0)) == [kept[0]]
    later = Kept(16, date(2025, 11, 25))
    assert back not in to_thin([*kept, back, later], Thinning(14, 0, 0))


@given(st.builds(Kept, st.integers(0, 10**9), st.dates()))
def test_a_name_is_read_as_it_was_written(kept):
    assert read_name(kept.name) == kept


@pytest.mark.parametrize(
    "name",
    [
        "SENCO record 2026-11-24.senbackup",
        "2026-02-30 save 4.senbackup",
        "2026-11-24 save 007.senbackup",
        "2026-11-24 save 7.senbackup.part",
        "accounts.xlsx",
        "2026-11-24 save 7",
    ],
)
def test_a_file_that_is_not_ours_is_not_taken_for_a_backup(name):
    assert read_name(name) is None


def test_a_backup_is_due_when_something_was_saved_and_some_hours_went_by():
    now, last = datetime(2026, 11, 24, 15, tzinfo=UTC), Kept(5, date(2026, 11, 24))
    assert not is_due(5, last, now - timedelta(days=3), now, 2)
    assert not is_due(6, last, now - timedelta(hours=1), now, 2)
    assert is_due(6, last, now - timedelta(hours=1), now, 0)
    assert is_due(6, last, now - timedelta(hours=2), now, 2)
    assert is_due(1, None, None, now, 2)
    assert is_due(6, last, now + timedelta(days=365), now, 2), "a last backup from the future holds nothing up"
