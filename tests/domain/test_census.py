"""The checks of the school census warn, each with its number, and know what they are about."""

from datetime import date

import pytest

from sencoapp import reference
from sencoapp.domain.census import _CHECKS, census_warnings
from sencoapp.domain.people import SenNeed

RULES = reference.data("rules", "census.json")["rules"]


def needs(*ranked):
    return [SenNeed(str(number), "p", sen_type, rank, date(2026, 1, 5)) for number, (sen_type, rank) in enumerate(ranked)]


@pytest.mark.parametrize(
    ("status", "ranked", "numbers"),
    [
        ("K", [("SLCN", 1)], []),
        ("K", [("SLCN", 1), ("SEMH", 2)], []),
        ("K", [("NSA", 1)], []),
        ("N", [], []),
        ("K", [("SLCN", 2)], ["2160"]),
        ("E", [("SLCN", 1), ("SEMH", 2), ("HI", 3)], ["2166"]),
        ("K", [], ["2170"]),
        ("E", [], ["2170"]),
        ("E", [("NSA", 1)], ["2175"]),
        ("K", [("SLCN", 1), ("SEMH", 1)], [""]),
        ("K", [("SLCN", 2), ("SEMH", 3)], [""]),
        ("N", [("SLCN", 1)], [""]),
    ],
)
def test_a_pupil_is_warned_about_by_number(status, ranked, numbers):
    assert [each.number for each in census_warnings(RULES, status, needs(*ranked))] == numbers


def test_every_rule_has_its_check_and_every_check_its_rule():
    assert {each["check"] for each in RULES} == set(_CHECKS)
