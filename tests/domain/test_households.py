"""Whose address is kept from whom, and who is written to."""

from hypothesis import given
from hypothesis import strategies as some

from sencoapp.domain.households import (
    address_is_hidden,
    address_lines,
    is_parent,
    may_live_apart,
    pupil_address_is_hidden,
    recipients,
    salutation_name,
)
from sencoapp.domain.people import Contact, Pupil

HOME, ELSEWHERE = "1 Mill Lane, Barrowby", "9 Station Road, Barrowby"


def contact(order, forename, **values):
    return Contact(str(order), "p", order, "Brennan", forename, **{"relationship": "PAM", "parental_responsibility": True, **values})


def test_parents_under_one_roof_keep_no_address_from_each_other():
    both = [contact(1, "Niamh", lives_with_pupil=True, address=HOME), contact(2, "Sean", lives_with_pupil=True, address=HOME)]
    assert not may_live_apart(both)
    assert [address_is_hidden(each, both) for each in both] == [False, False]


def test_the_same_address_is_one_roof_however_it_is_written():
    both = [
        contact(1, "Niamh", address=HOME, postcode="LE99 1AA"),
        contact(2, "Sean", address="1, Mill Lane; BARROWBY", postcode="LE99 1AA"),
    ]
    assert not may_live_apart(both)


def test_parents_who_live_apart_are_kept_apart_without_anyone_choosing_so():
    both = [contact(1, "Niamh", lives_with_pupil=True, address=HOME), contact(2, "Sean", lives_with_pupil=False, address=ELSEWHERE)]
    assert [address_is_hidden(each, both) for each in both] == [True, True]


def test_where_the_record_does_not_say_so_the_answer_is_the_careful_one():
    both = [contact(1, "Niamh", lives_with_pupil=True, address=HOME), contact(2, "Sean")]
    assert address_is_hidden(both[0], both)


def test_one_parent_alone_has_nobody_to_be_kept_from():
    only = [contact(1, "Niamh", lives_with_pupil=True, address=HOME), contact(2, "Dr", relationship="DOC", parental_responsibility=None)]
    assert not address_is_hidden(only[0], only)


def test_a_parent_who_died_keeps_nobody_apart():
    both = [contact(1, "Niamh", lives_with_pupil=True, address=HOME), contact(2, "Sean", deceased=True, address=ELSEWHERE)]
    assert not may_live_apart(both)


def test_what_the_school_chose_stands_above_the_rule():
    shown = contact(1, "Niamh", lives_with_pupil=True, address=HOME, address_hidden=False)
    hidden = contact(2, "Sean", lives_with_pupil=True, address=HOME, address_hidden=True)
    apart = contact(3, "Aoife", lives_with_pupil=False)
    assert [address_is_hidden(each, [shown, hidden, apart]) for each in (shown, hidden)] == [False, True]


def test_the_pupils_own_address_does_not_give_the_other_away():
    pupil = Pupil("p", "Brennan", "Ava", address=HOME)
    mother = contact(1, "Niamh", lives_with_pupil=True, address=HOME)
    assert not pupil_address_is_hidden(pupil, [mother])
    assert pupil_address_is_hidden(pupil, [mother, contact(2, "Sean", lives_with_pupil=False)])
    assert pupil_address_is_hidden(pupil, [contact(1, "Niamh", address=HOME, address_hidden=True)])


def test_every_parent_gets_a_letter_of_their_own_and_others_where_the_school_chose():
    mother, father = contact(1, "Niamh"), contact(2, "Sean", relationship="PAF", parental_responsibility=None, natural_parent=True)
    worker = contact(3, "Jo", relationship="SWR", parental_responsibility=None, copy_letters=True)
    neighbour = contact(4, "Pat", relationship="OTH", parental_responsibility=False)
    assert [each.contact.forename for each in recipients([neighbour, father, worker, mother])] == ["Niamh", "Sean", "Jo"]


def test_who_is_not_written_to_says_why():
    held = [
        contact(1, "A", deceased=True),
        contact(2, "B", no_contact=True),
        contact(3, "C", order_restriction="Not to be told where Ava lives"),
        contact(4, "D", copy_letters=False),
        contact(5, "E"),
    ]
    assert [each.held for each in recipients(held)] == ["deceased", "no_contact", "order", "no_letters", None]


def test_what_to_see_to_before_a_letter_goes():
    needs = contact(1, "A", interpreter=True, language="POL", formats=("large_print",))
    (one,) = recipients([needs])
    assert one.care == ("no_address", "interpreter", "formats")
    assert recipients([contact(1, "A", language="POL", address=HOME)])[0].care == ("language",)


def test_a_letter_greets_by_title_and_surname_or_by_the_whole_name():
    assert salutation_name(contact(1, "Niamh", title="Mrs")) == "Mrs Brennan"
    assert salutation_name(contact(1, "Niamh")) == "Niamh Brennan"


def test_an_envelope_has_one_part_of_the_address_a_line():
    assert address_lines(contact(1, "Niamh", address="1 Mill Lane, Barrowby\nLeicester", postcode="LE99 1AA")) == (
        "1 Mill Lane",
        "Barrowby",
        "Leicester",
        "LE99 1AA",
    )


answers = some.sampled_from([None, True, False])
people = some.builds(
    Contact,
    some.uuids().map(str),
    some.just("p"),
    some.integers(1, 12),
    some.just("Brennan"),
    relationship=some.sampled_from([None, "PAM", "PAF", "SWR", "OTH"]),
    parental_responsibility=answers,
    natural_parent=answers,
    lives_with_pupil=answers,
    deceased=answers,
    address=some.sampled_from([None, HOME, ELSEWHERE]),
)


@given(some.lists(people, max_size=12))
def test_a_living_parents_address_is_shown_only_among_those_who_are_known_to_live_together(contacts):
    parents = [each for each in contacts if is_parent(each) and not each.deceased]
    for each in parents:
        if not address_is_hidden(each, contacts):
            together = all(other.lives_with_pupil for other in parents) or all(other.address == parents[0].address for other in parents)
            mixed = all(other.lives_with_pupil or other.address == parents[0].address for other in parents)
            assert len(parents) == 1 or together or mixed


@given(some.lists(people, max_size=12))
def test_nobody_gets_two_letters(contacts):
    ids = [each.contact.id for each in recipients(contacts)]
    assert len(ids) == len(set(ids))
