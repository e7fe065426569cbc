"""Who in the record a pupil of a file is. Nothing is guessed: what is not certain is asked."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sencoapp.domain.arrivals import Arrival
from sencoapp.domain.people import Pupil
from sencoapp.services import imports
from sencoapp.services.import_matching import Matching
from tests.places import add_pupil

BORN, OTHER_DAY = date(2016, 3, 14), date(2016, 4, 13)
UPN, OTHER_UPN = "X855200119001", "Z940200119001"


def pupil(id="p", surname="O'Neill-Adebayo", forename="Zoë", birth=BORN, upn=None, **more) -> Pupil:
    return Pupil(id, surname, forename, birth, upn=upn, **more)


def arrival(row=1, surname="O'Neill-Adebayo", forename="Zoë", birth=BORN, upn=None, **more) -> Arrival:
    values = {"legal_surname": surname, "legal_forename": forename, "birth_date": birth, "upn": upn, **more}
    return Arrival(row, {name: value for name, value in values.items() if value})


def told(here, *arrivals):
    found = Matching(here).of_file(arrivals)
    return [
        found[each.row].pupil.id if found[each.row].pupil else [why for _, why in found[each.row].doubts] or found[each.row].same_as_row
        for each in arrivals
    ]


@pytest.mark.parametrize(
    ("here", "comes", "answer"),
    [
        (pupil(upn=UPN), arrival(upn=UPN), "p"),
        (pupil(upn=UPN), arrival(upn=UPN, surname="Other"), "p"),
        (pupil(upn=UPN), arrival(upn=UPN, birth=OTHER_DAY), "p"),
        (pupil(upn=UPN), arrival(upn=UPN, surname="Other", birth=OTHER_DAY), ["other_child"]),
        (pupil(upn=UPN), arrival(upn=UPN, surname="Other", forename="Else", birth=None), ["other_child"]),
        (pupil(upn=UPN), arrival(upn=OTHER_UPN, former_upn=UPN), "p"),
        (pupil(upn=OTHER_UPN, former_upn=UPN), arrival(upn=UPN), "p"),
        (pupil(), arrival(), "p"),
        (pupil(), arrival(surname="ONEILL ADEBAYO", forename="zoe"), "p"),
        (pupil(upn=UPN), arrival(), "p"),
        (pupil(), arrival(upn=UPN), "p"),
        (pupil(upn=OTHER_UPN), arrival(upn=UPN), ["other_upn"]),
        (pupil(upn=OTHER_UPN), arrival(upn=UPN, birth=OTHER_DAY), None),
        (pupil(upn=OTHER_UPN, birth=None), arrival(upn=UPN), ["other_upn"]),
        (pupil(), arrival(surname="Adebayo"), ["name_differs"]),
        (pupil(), arrival(forename="Zoe-Anne"), ["name_differs"]),
        (pupil(preferred_forename="Zo"), arrival(forename="Zo"), ["name_differs"]),
        (pupil(upn=OTHER_UPN), arrival(forename="Mia", upn=UPN), None),
        (pupil(), arrival(surname="Adebayo", forename="Mia"), None),
        (pupil(), arrival(birth=OTHER_DAY), ["birth_differs"]),
        (pupil(birth=None), arrival(), ["birth_missing"]),
        (pupil(), arrival(birth=None, mis_id="7"), ["birth_missing"]),
        (pupil(), arrival(surname="Swain", forename="Lottie"), None),
    ],
)
def test_certain_doubtful_or_nobody(here, comes, answer):
    assert told([here], comes) == [answer]


def test_several_of_one_name_and_birthday_are_asked_about():
    assert told([pupil("a"), pupil("b")], arrival()) == [["several", "several"]]
    assert told([pupil("a", upn=UPN), pupil("b", upn=OTHER_UPN)], arrival()) == [["several", "several"]]


def test_a_twin_who_is_here_for_certain_is_not_offered_for_the_other():
    assert told([pupil()], arrival(1), arrival(2, forename="Mia")) == ["p", None]
    assert told([pupil()], arrival(1, forename="Mia"), arrival(2)) == [None, "p"]


def test_the_same_child_twice_in_a_file_is_asked_about_and_two_upns_are_two_children():
    assert told([], arrival(1, upn=UPN), arrival(2)) == [None, 1]
    assert told([], arrival(1, upn=UPN), arrival(2, upn=OTHER_UPN)) == [None, None]
    assert told([pupil(upn=UPN)], arrival(1, upn=UPN), arrival(2, birth=BORN)) == ["p", 1]


NAMES = st.sampled_from(["Lee", "Hart", "Leigh", "Ada", "Bo"])
DAYS = st.sampled_from([BORN, OTHER_DAY, None])
UPNS = st.sampled_from([UPN, OTHER_UPN, None])


@given(st.lists(st.tuples(NAMES, NAMES, DAYS, UPNS), max_size=5), st.lists(st.tuples(NAMES, NAMES, DAYS, UPNS), max_size=5))
def test_nobody_is_taken_for_two_and_certainty_rests_on_a_number_or_on_name_and_birthday(here, comes):
    pupils = [pupil(str(number), *each) for number, each in enumerate(here)]
    arrivals = [arrival(number, *each) for number, each in enumerate(comes)]
    found = Matching(pupils).of_file(arrivals)
    certain = [each.pupil.id for each in found.values() if each.pupil]
    assert len(certain) == len(set(certain))
    for each in arrivals:
        match = found[each.row]
        if match.pupil:
            same_upn = match.pupil.upn is not None and match.pupil.upn == each.pupil.get("upn")
            same_name = (match.pupil.legal_surname, match.pupil.legal_forename, match.pupil.birth_date) == (
                each.pupil["legal_surname"],
                each.pupil["legal_forename"],
                each.pupil.get("birth_date"),
            )
            assert same_upn or (same_name and match.pupil.birth_date)
        assert not {one.id for one, _ in match.doubts} & set(certain)


def test_a_person_decides_and_what_they_leave_open_is_left_out(place):
    kian = add_pupil(place)
    text = b"Surname,Forename,DOB,Sex\nOsei,Kai,03/02/2018,M\nLee,Bo,01/01/2018,F\n"
    done = imports.plan_import(place.session, place.pupil_files.read("a.csv", text, today=place.session.clock.today()))
    (doubt,) = done.doubtful
    assert (doubt.row, doubt.name, [each.name for each in doubt.candidates]) == (2, "Kai Osei", ["Kian Osei"])
    assert [each.name for each in done.added] == ["Bo Lee"]
    as_new = imports.settled(done, {2: imports.NEW})
    assert [each.name for each in as_new.added] == ["Kai Osei", "Bo Lee"]
    assert as_new.doubtful == ()
    out = imports.settled(done, {2: imports.LEAVE_OUT})
    assert (len(out.added), out.changed, out.doubtful) == (1, (), ())
    same = imports.settled(done, {2: kian.id})
    assert [each.pupil for each in same.changed] == [kian.id]
    imports.carry_out_import(place.session, same)
    found = place.session.record.get(Pupil, kian.id)
    assert (found.sex, found.legal_forename) == ("M", "Kian")
    imports.carry_out_import(place.session, done)
    assert len(place.session.record.find(Pupil)) == 2
