"""What a plan leaves open is found, what it says is left in peace; sentences from practice, right and wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from sencoapp import reference

RULES = reference.wording_rules()

OPEN = [
    ("Kian will have access to a quiet space.", "have access to"),
    ("Access to a laptop in lessons", "Access to"),
    ("Regular speech and language sessions.", "Regular"),
    ("Check in on a regular basis with a key adult.", "on a regular basis"),
    ("Support from a teaching assistant as required.", "as required"),
    ("Movement breaks for 5 minutes, 3 times a day, as and when.", "as and when"),
    ("Now-and-next board where appropriate.", "where appropriate"),
    ("An appropriate level of support in maths.", "appropriate level of support"),
    ("One to one reading daily where possible.", "where possible"),
    ("Pre-teaching of vocabulary, subject to staffing.", "subject to staffing"),
    ("Opportunities for social interaction at lunchtime.", "Opportunities for"),
    ("He would benefit from a structured phonics programme.", "would benefit from"),
    ("She may need a scribe.", "may need"),
    ("Zara is encouraged to use her help card.", "is encouraged to"),
    ("Use of resources such as a pencil grip.", "such as"),
    ("Ongoing pastoral support.", "Ongoing"),
    ("Adult support in English and maths.", "Adult support"),
    ("In-class support.", "In-class support"),
    ("Small group work on phonics.", "Small group"),
    ("Short sessions of handwriting.", "Short sessions"),
    ("Up to 10 hours of a teaching assistant a week.", "Up to"),
    ("Outside agencies to be involved.", "Outside agencies"),
    ("A differentiated curriculum.", "differentiated curriculum"),
    ("Time with the ELSA.", "Time with"),
]
SPECIFIC = [
    "A teaching assistant works with Kian on phonics in a group of 4 for 20 minutes, 3 times a week, until 12 February 2027.",
    "Mrs Cole reads with Zara one to one for 10 minutes every day until the end of the spring term.",
    "Regular and irregular past tense: the TA practises 5 verbs with him for 10 minutes twice a week.",
    "Access to the quiet room with the ELSA for 15 minutes, twice a week.",
    "Speech and language therapist: 6 sessions of 45 minutes, one each week.",
    "He counts up to 20 in ones with a number line.",
    "A small group of 3, with Mr Shah, for 25 minutes each Tuesday.",
    "Movement breaks after every lesson: 5 minutes with the TA.",
    "The class teacher gives one instruction at a time, with a picture, in every lesson.",
    "Ongoing until 31 March 2027: the TA sits beside him in every English lesson.",
]
OPEN_OUTCOMES = [
    ("Kian will improve his reading.", "improve"),
    ("To develop social skills", "develop"),
    ("Make good progress in phonics.", "Make good progress"),
    ("Zara will feel more confident in class.", "feel more"),
    ("He will understand instructions.", "understand"),
    ("To access the curriculum with his peers", "access the curriculum"),
    ("She puts up her hand more often.", "more often"),
    ("He asks for help most of the time.", "most of the time"),
    ("To reach his full potential", "full potential"),
    ("Cope with change", "Cope with"),
]
GOOD_OUTCOMES = [
    "By 12 February 2027 Kian reads 40 of 50 words from the Year 1 list.",
    "Zara puts up her hand to ask for help 3 times in a lesson.",
    "He will improve from 12 to 30 correct words a minute.",
    "She joins a game with two other children for 10 minutes, without a prompt.",
    "He stays at his table for 15 minutes in four of five lessons.",
]


@pytest.mark.parametrize(("text", "words"), OPEN)
def test_provision_that_leaves_something_open_is_named_by_its_words(text, words):
    assert words in [each.words for each in RULES.check(text).flags]


@pytest.mark.parametrize("text", SPECIFIC)
def test_provision_that_says_it_has_no_flags(text):
    assert RULES.check(text).flags == ()


@pytest.mark.parametrize(("text", "words"), OPEN_OUTCOMES)
def test_an_outcome_that_nobody_can_see_or_count_is_named_by_its_words(text, words):
    assert words in [each.words for each in RULES.check(text, "outcome").flags]


@pytest.mark.parametrize("text", GOOD_OUTCOMES)
def test_an_outcome_that_can_be_counted_has_no_flags(text):
    assert RULES.check(text, "outcome").flags == ()


def test_the_parts_that_a_sentence_says_and_those_it_does_not():
    (sentence,) = RULES.check("A TA reads with him for 20 minutes.").sentences
    assert RULES.missing(sentence) == ("in what group", "how often", "until when")


def test_what_the_fields_beside_a_title_say_excuses_it_and_what_they_cannot_say_does_not():
    beside = frozenset({"who", "ratio", "minutes", "how_often"})
    assert RULES.check("Small group phonics", "provision", beside).flags == ()
    assert [each.rule for each in RULES.check("Phonics as needed", "provision", beside).flags] == ["as_required"]


def test_a_quantity_in_the_next_sentence_excuses_nothing():
    assert [each.words for each in RULES.check("Regular sessions. Phonics twice a week.").flags] == ["Regular"]


def test_every_rule_gives_its_reason_and_has_a_name_of_its_own():
    names = [each["id"] for each in reference.data("rules", "specificity.json")["weak"]]
    assert len(names) == len(set(names))


PIECES = some.lists(some.one_of(some.sampled_from([each for each, _ in OPEN + OPEN_OUTCOMES] + SPECIFIC), some.text()), max_size=6)


@given(PIECES, some.sampled_from(["provision", "outcome"]))
def test_any_text_can_be_asked_about_and_flags_lie_within_it_apart_and_in_one_sentence(pieces, kind):
    text = " ".join(pieces)
    found = RULES.check(text, kind)
    assert all(0 <= each.start < each.end <= len(text) and text[each.start : each.end] == each.words for each in found.flags)
    assert all(one.end <= other.start for one, other in zip(found.flags, found.flags[1:], strict=False))
    assert all(found.sentence_of(each).end >= each.end for each in found.flags)
    assert RULES.check(text, kind) == found
