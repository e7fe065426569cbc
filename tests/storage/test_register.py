"""The register: the same answers as looking through every pupil by hand."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sencoapp.domain.people import Pupil
from sencoapp.domain.plan import Observation
from sencoapp.domain.record import New, Remove
from sencoapp.domain.words import search_words, typed_words
from sencoapp.services import observations, plans
from sencoapp.services.ports import RegisterQuery
from tests.places import add_pupil

NAMES = [
    ("O'Neill", "Zoë"),
    ("Osei", "Kian"),
    ("Khan", "Amir"),
    ("Wójcik", "Łucja"),
    ("de la Cruz", "Ana María"),
    ("Featherstonehaugh", "Bo"),
]


@pytest.fixture
def school(place):
    for number, (surname, forename) in enumerate(NAMES):
        add_pupil(place, surname, forename, year=str(number + 1), reg_group=f"{number + 1}A")
    return place


def names(place, **query):
    return [row.name for row in place.session.record.register(RegisterQuery(**query))]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("zoe", ["Zoë O'Neill"]),
        ("oneill", ["Zoë O'Neill"]),
        ("O’Nei", ["Zoë O'Neill"]),
        ("neill", ["Zoë O'Neill"]),
        ("kian o", ["Kian Osei"]),
        ("o kian", ["Kian Osei"]),
        ("lucja wojc", ["Łucja Wójcik"]),
        ("cruz", ["Ana María de la Cruz"]),
        ("featherstonehaugh", ["Bo Featherstonehaugh"]),
        ("featherstonehog", []),
        ("%", [*sorted(f"{f} {s}" for s, f in NAMES)]),
    ],
)
def test_pupils_are_found_as_a_person_types_them(school, typed, found):
    assert sorted(names(school, text=typed)) == sorted(found)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet="aeioukhnsz' ’ëł", max_size=10))
def test_search_gives_what_looking_through_all_would(school, typed):
    wanted = typed_words(typed)
    by_hand = [
        f"{forename} {surname}"
        for surname, forename in NAMES
        if all(any(word.startswith(each) for word in search_words(f"{forename} {surname}")) for each in wanted)
    ]
    assert sorted(names(school, text=typed)) == sorted(by_hand)


def test_filters_and_orders_work_together(school):
    assert names(school, years=("2", "3"), order="-year") == ["Amir Khan", "Kian Osei"]
    assert names(school, classes=("1A",)) == ["Zoë O'Neill"]
    assert names(school, statuses=("E",)) == []
    assert len(names(school, areas=("ci",))) == len(NAMES)
    assert school.session.record.register_count(RegisterQuery(statuses=("K",), text="o")) == len(names(school, statuses=("K",), text="o"))


def test_paging_gives_each_pupil_once(school):
    record = school.session.record
    whole = record.register(RegisterQuery())
    pages = [row for start in range(0, 6, 2) for row in record.register(RegisterQuery(), limit=2, offset=start)]
    assert pages == whole


def test_the_row_keeps_up_with_notes_and_cycles(place):
    pupil = add_pupil(place)
    observations.record_observation(place.session, pupils=[pupil.id], text="Read to the class.", happened_on=date(2026, 11, 20))
    cycle, _ = plans.start_cycle(place.session, pupil.id, review_due_on=date(2026, 12, 10))
    row = place.session.record.register(RegisterQuery())[0]
    assert (row.last_observation_on, row.next_review_on, row.open_cycle) == (date(2026, 11, 20), date(2026, 12, 10), cycle.id)
    assert names(place, review_due_by=date(2026, 12, 9)) == []
    assert names(place, review_due_by=date(2026, 12, 10)) == ["Kian Osei"]


def test_a_pupil_who_left_is_no_longer_listed(place):
    from sencoapp.domain.people import Pupil
    from sencoapp.domain.record import Amend

    pupil = add_pupil(place)
    place.session.record.save([Amend(Pupil, pupil.id, {"left_on": date(2026, 11, 1)})], action="test", actor=place.session.actor)
    assert names(place) == []
    assert names(place, text="kian") == []


WORDS = st.lists(
    st.sampled_from(["phonics", "playground", "plays", "O'Neill's", "café", "handwriting", "hand"]), min_size=1, max_size=5
).map(" ".join)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(WORDS, min_size=1, max_size=8),
    st.sampled_from(["phon", "pl", "playgrounds", "oneills", "cafe", "handwriting", "hand pl", '"', "*", "NOT"]),
)
def test_finding_notes_gives_what_looking_through_all_would(place, texts, typed):
    pupil = add_pupil(place, forename="Notes")
    for text in texts:
        observations.record_observation(place.session, pupils=[pupil.id], text=text)
    found = [each.text for each in place.session.record.find_notes(typed, pupil=pupil.id)]
    wanted = typed_words(typed)
    by_hand = [text for text in reversed(texts) if all(any(word.startswith(each) for word in search_words(text)) for each in wanted)]
    assert found == by_hand


def test_the_chronology_is_one_line_newest_first_and_pages_without_gaps(place):
    pupil = add_pupil(place)
    for day in range(1, 20):
        observations.record_observation(place.session, pupils=[pupil.id], text=f"Day {day}", happened_on=date(2026, 11, day))
    plans.start_cycle(place.session, pupil.id, starts_on=date(2026, 11, 10))
    record = place.session.record
    whole = record.chronology(pupil.id, limit=100)
    assert [each.on for each in whole] == sorted((each.on for each in whole), reverse=True)
    pages, before = [], None
    while page := record.chronology(pupil.id, limit=4, before=before):
        pages += page
        before = page[-1]
    assert pages == whole
    assert {each.kind for each in whole} == {"observation", "cycle", "status", "need"}
    assert sum(record.chronology_counts(pupil.id).values()) == len(whole)


def test_new_is_the_only_way_in(place):
    """A note cannot be edited: the log refuses it before the store has to."""
    from sencoapp.domain.record import Amend

    pupil = add_pupil(place)
    ids, _ = observations.record_observation(place.session, pupils=[pupil.id], text="As it was.")
    with pytest.raises(TypeError, match="never edited"):
        place.session.record.save([Amend(Observation, ids[0], {"text": "otherwise"})], action="test", actor=place.session.actor)
    assert New(place.session.record.get(Observation, ids[0])).entity.text == "As it was."


def test_without_words_notes_come_in_the_order_of_their_days(place):
    pupil = add_pupil(place)
    for day in (3, 20, 11):
        observations.record_observation(place.session, pupils=[pupil.id], text=f"Day {day}", happened_on=date(2026, 11, day))
    assert [each.text for each in place.session.record.find_notes("")] == ["Day 20", "Day 11", "Day 3"]
    assert place.session.record.notes_since(date(2026, 11, 11)) == 2


def test_what_was_removed_is_not_counted_twice_over_nor_at_all(place):
    session = place.session
    kian, ava = add_pupil(place), add_pupil(place, "Hale", "Ava")
    pupils = [kian.id, kian.id, ava.id, ava.id]
    notes = [observations.record_observation(session, pupils=[each], text="Read.", happened_on=date(2026, 11, 20))[0][0] for each in pupils]
    session.record.save([Remove(Observation, notes[0]), Remove(Observation, notes[2])], action="remove", actor=session.actor)
    assert session.record.notes_since(date(2026, 11, 11)) == 2
    session.record.save([Remove(Pupil, ava.id)], action="remove_pupil", actor=session.actor)
    assert session.record.notes_since(date(2026, 11, 11)) == 1
    assert session.record.notes_since(date(2026, 11, 21)) == 0


def test_a_long_word_finds_a_pupil_by_upn_and_by_every_name(place):
    pupil = add_pupil(place, "Featherstonehaugh", "Bartholoméw", preferred_forename="Bart", upn="A823432116001")
    add_pupil(place, "O’Shaughnessy", "Ciara")
    for typed in ("A823432116001", "a82343211", "bartholomew", "Featherstone", "Bart featherstonehaugh"):
        query = RegisterQuery(text=typed)
        assert [each.id for each in place.session.record.register(query)] == [pupil.id], typed
        assert place.session.record.register_count(query) == 1
    assert place.session.record.register_count(RegisterQuery(text="oshaughnessy")) == 1
    assert place.session.record.register_count(RegisterQuery(text="A82343211999")) == 0


def test_the_pupils_of_an_import_are_shown_alone_whatever_else_is_asked(school):
    some = tuple(row.id for row in school.session.record.register(RegisterQuery()) if row.name in {"Kian Osei", "Amir Khan"})
    assert names(school, among=some) == ["Amir Khan", "Kian Osei"]
    assert names(school, among=some, text="k o") == ["Kian Osei"]
    assert names(school, among=some, years=("1",)) == []
    assert school.session.record.register_count(RegisterQuery(among=some)) == 2
