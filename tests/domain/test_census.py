"""The checks of the school census warn, each with its number, and know what they are about."""

from dataclasses import replace
from datetime import date

import pytest

from sencoapp import reference
from sencoapp.domain.census import _CHECKS, census_warnings
from sencoapp.domain.people import Pupil, SenNeed

KIAN = Pupil("p", "Osei", "Kian")
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
    assert [each.number for each in census_warnings(RULES, status, needs(*ranked), KIAN)] == numbers


def test_every_rule_has_its_check_and_every_check_its_rule():
    assert {each["check"] for each in RULES} == set(_CHECKS)


@pytest.mark.parametrize(
    ("status", "unit", "resourced", "numbers"),
    [
        ("K", None, None, ["2230", ""]),
        ("E", False, None, [""]),
        ("E", None, True, ["2230"]),
        ("K", True, False, []),
        ("N", None, None, []),
        ("N", True, None, [""]),
    ],
)
def test_where_a_school_has_a_unit_each_pupil_with_sen_is_asked_about(status, unit, resourced, numbers):
    pupil, open_needs = replace(KIAN, sen_unit=unit, resourced_provision=resourced), needs() if status == "N" else needs(("SLCN", 1))
    assert [each.number for each in census_warnings(RULES, status, open_needs, pupil, special_places=True)] == numbers


def test_where_a_school_has_none_nobody_is_asked():
    assert census_warnings(RULES, "K", needs(("SLCN", 1)), KIAN) == []
