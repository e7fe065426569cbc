"""The structured form: what is found in a sentence, and the sentence that it makes."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from sencoapp import reference
from sencoapp.domain.exactly import Exactly

FORM = reference.exact_form()
TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("sentence", "parts"),
    [
        ("Adult support as required.", Exactly()),
        ("Regular phonics with Mrs Hart for 20 minutes.", Exactly(who="Mrs Hart", skill="phonics", minutes="20 minutes")),
        (
            "A teaching assistant will give reading practice in a group of 4, 3 times a week, until 18 December 2026, as needed.",
            Exactly("A teaching assistant", "give reading practice", "group of 4", "", "3 times a week", "until 18 December 2026"),
        ),
        ("Access to a quiet space when needed", Exactly(skill="quiet space")),
    ],
)
def test_the_form_begins_with_what_the_sentence_says(sentence: str, parts: Exactly):
    assert FORM.begin(sentence) == parts


def test_the_sentence_says_all_and_leaves_nothing_open():
    parts = Exactly("miss Tan", "reading Phase 4 words aloud", "4", "20", "3", "18 12 2026")
    sentence = FORM.compose(parts, "Kian", TODAY)
    assert sentence == (
        "Miss Tan works with Kian on reading Phase 4 words aloud, in a group of 4, for 20 minutes, 3 times a week, until 18 December 2026."
    )
    assert FORM.missing(sentence) == ()
    assert reference.wording_rules().check(sentence).flags == ()


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("ratio", "1", "one to one"),
        ("ratio", "1:1", "one to one"),
        ("ratio", "1:4", "in a group of 4"),
        ("ratio", "group of 3", "in a group of 3"),
        ("ratio", "with a partner", "with a partner"),
        ("minutes", "1", "for 1 minute"),
        ("minutes", "half an hour", "for half an hour"),
        ("how_often", "1", "once a week"),
        ("how_often", "2", "twice a week"),
        ("how_often", "each morning", "each morning"),
        ("until", "18 dec", "until 18 December 2026"),
        ("until", "for 6 weeks", "for 6 weeks"),
        ("until", "the end of the spring term", "until the end of the spring term"),
        ("until", "until half-term", "until half-term"),
    ],
)
def test_a_part_may_be_typed_in_short(field: str, typed: str, said: str):
    words = {"skill": "phonics", field: typed}
    assert FORM.compose(Exactly(**words), "Kian", TODAY) == f"Kian has phonics, {said}."


def test_nothing_typed_makes_no_sentence():
    assert FORM.compose(Exactly(" ", "."), "Kian", TODAY) == ""


@given(some.text(max_size=120))
def test_any_sentence_can_be_begun_with(text: str):
    parts = FORM.begin(text)
    FORM.compose(parts, "Kian", TODAY)
    assert all(word in text.casefold() for word in parts.who.casefold().split())
