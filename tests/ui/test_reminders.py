"""The reminder of each morning: once a day, not in the night, with a figure and no name."""

from datetime import date, datetime, timedelta

import pytest

from ui.reminders import Reminders

MONDAY = datetime(2026, 11, 23, 16, 0)


@pytest.fixture
def clock():
    return [MONDAY]


@pytest.fixture
def said():
    return []


@pytest.fixture
def reminders(qapp, clock, said):
    made = Reminders(qapp, said.append, lambda: clock[0])
    yield made
    made.stop()
    made.deleteLater()


def test_what_is_seen_in_the_window_today_is_reminded_of_from_tomorrow_on(reminders, clock, said):
    reminders.learn([date(2026, 11, 20), date(2026, 11, 24), date(2026, 12, 1)])
    reminders.look()
    assert said == []
    clock[0] = datetime(2026, 11, 24, 2, 0)
    reminders.look()
    assert said == [], "not in the night"
    clock[0] = datetime(2026, 11, 24, 8, 1)
    reminders.look()
    reminders.look()
    assert said == ["2 things are due. Unlock to see them in Today."]
    clock[0] += timedelta(days=7)
    reminders.look()
    assert said[1:] == ["3 things are due. Unlock to see them in Today."]


def test_nothing_is_said_where_nothing_is_due(reminders, clock, said):
    reminders.learn([date(2026, 12, 1)])
    clock[0] += timedelta(days=2)
    reminders.look()
    assert said == []
