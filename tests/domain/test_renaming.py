"""What is said of one pupil, said of another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sencoapp import reference
from sencoapp.domain.renaming import Called, renamed

RULES = reference.name_rules()
ESME = Called(("Esme", "Esmeralda"), ("Abara",), "F")
KIAN = Called(("Kian",), ("Osei",), "M")
ROSA = Called(("Rosa",), ("Lee",), "F")
ALEX = Called(("Alex",), ("Moss",), None)


@pytest.mark.parametrize(
    ("text", "to", "said", "doubts"),
    [
        ("Esme joins a game; Esme's friends wait.", ROSA, "Rosa joins a game; Rosa's friends wait.", ()),
        ("Esmeralda Abara reads", KIAN, "Kian Osei reads", ()),
        ("She reads to herself", KIAN, "He reads to himself", ()),
        (
            "Esme brings her book and asks for help when she needs it",
            KIAN,
            "Kian brings his book and asks for help when he needs it",
            ("his",),
        ),
        ("Mrs Lee tells her to wait", KIAN, "Mrs Lee tells him to wait", ("him",)),
        ("The card helps her.", KIAN, "The card helps him.", ("him",)),
        ("She shows hers", KIAN, "He shows his", ()),
        ("Esme says when she needs it", ALEX, "Alex says when she needs it", ("she",)),
        ("Esme and he take turns", KIAN, "Kian and he take turns", ("he",)),
        ("The theme of the esme word stays", KIAN, "The theme of the esme word stays", ()),
    ],
)
def test_names_and_pronouns_become_the_other_pupils_and_what_is_uncertain_is_named(text, to, said, doubts):
    found = renamed(text, ESME, to, RULES)
    assert (found.text, found.doubts) == (said, doubts)


def test_between_two_of_one_sex_pronouns_stay_and_nothing_is_doubtful():
    assert renamed("She brings her book", ESME, ROSA, RULES).doubts == ()


def test_a_name_that_is_a_word_as_well_is_shown_to_a_person():
    will = Called(("Will",), ("Moss",), "M")
    found = renamed("Will sits still", will, KIAN, RULES)
    assert (found.text, found.doubts) == ("Kian sits still", ("Kian",))


@given(st.text(max_size=60))
def test_no_name_of_the_first_pupil_is_left_and_the_rest_of_the_text_stays(words):
    text = f"Esme {words} Esme"
    found = renamed(text, ESME, ROSA, RULES).text
    assert found.startswith("Rosa ")
    assert found.endswith(" Rosa")
    if "Esme" not in words and "Abara" not in words:
        assert found == f"Rosa {words} Rosa"
