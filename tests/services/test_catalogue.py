"""The catalogue: what comes with the program, the school's own text instead, and its own additions; chosen, it fills in the form."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from sencoapp.domain.catalogue import CatalogueEntry
from sencoapp.domain.refusals import Refusal
from sencoapp.services import catalogue, provision
from tests.places import add_pupil
from tests.services.people_of_the_school import TwoClasses


def entry(code):
    return next(each for each in catalogue.shipped() if each.id == code)


def own(**other):
    made = {
        "id": "",
        "title": "Gardening club",
        "wave": "targeted",
        "sessions_per_week": Decimal(1),
        "minutes": 45,
        "weeks": 10,
        "group_size": 6,
    }
    return CatalogueEntry(**{**made, **other})


def test_what_comes_with_the_program_is_sound_and_claims_nothing_without_a_source():
    shipped = catalogue.shipped()
    assert len(shipped) >= 20
    assert len({each.id for each in shipped}) == len({each.title for each in shipped}) == len(shipped)
    assert {each.area for each in shipped} == {"ci", "cl", "semh", "sp"}
    for each in shipped:
        words = catalogue.evidence_words(each)
        assert words.endswith("Evidence: source to be confirmed.") != bool(each.evidence_source)
        assert each.evidence_source or not each.evidence


def test_choosing_an_entry_fills_in_a_provision_that_remembers_it(place):
    values = catalogue.provision_values(entry("talk_boost"))
    made, _ = provision.add_provision(
        place.session, {**values, "delivered_by": "Mrs Lacey", "pence_per_hour": 1720, "starts_on": date(2026, 9, 1)}, [add_pupil(place).id]
    )
    assert (made.title, made.minutes, made.weeks, made.group_size, made.catalogue) == ("Talk Boost", 30, 10, 4, "talk_boost")


def test_the_school_adds_changes_hides_and_takes_back(place):
    session, record = place.session, place.session.record
    added, _ = catalogue.keep_entry(session, None, own(description="  Plants and patience "))
    assert (added.description, added.code) == ("Plants and patience", added.id)
    shown = entry("talk_boost")
    changed, _ = catalogue.keep_entry(session, shown, replace(shown, minutes=40))
    now = {each.code: each for each in catalogue.entries(record)}
    assert (now["talk_boost"].minutes, catalogue.is_own(now["talk_boost"])) == (40, True)
    catalogue.keep_entry(session, changed, replace(changed, minutes=45))
    catalogue.offer(session, entry("elsa"), False)
    assert "elsa" not in {each.code for each in catalogue.entries(record)}
    hidden = next(each for each in catalogue.entries(record, hidden=True) if each.code == "elsa")
    catalogue.offer(session, hidden, True)
    assert "elsa" in {each.code for each in catalogue.entries(record)}
    catalogue.remove_entry(session, changed.id)
    assert {each.code: each.minutes for each in catalogue.entries(record)}["talk_boost"] == 30
    assert record.count(CatalogueEntry) == 2


@pytest.mark.parametrize(
    ("key", "wrong"),
    [("catalogue_needs_title", {"title": " "}), ("catalogue_has_title", {"title": "talk boost"}), ("provision_minutes", {"minutes": 0})],
)
def test_what_cannot_be_is_refused_with_its_field(place, key, wrong):
    with pytest.raises(Refusal) as refused:
        catalogue.keep_entry(place.session, None, own(**wrong))
    assert (refused.value.key, "field" in refused.value.details) == (key, True)


def test_everyone_who_teaches_reads_it_and_only_the_senco_changes_it(place):
    people = TwoClasses(place)
    assert catalogue.entries(people.session("teacher").record)
    with pytest.raises(Refusal, match="not_for_your_role"):
        catalogue.keep_entry(people.session("teacher"), None, own())
