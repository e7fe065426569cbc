"""One sentence for an outcome from its parts."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sencoapp.services.smart import does_in, missing_parts, smart_sentence

READS = {
    "unit": "count",
    "counts": "words a minute",
    "baseline": "38, 41, 40",
    "baseline_on": date(2026, 9, 7),
    "target": "70",
    "by_on": date(2026, 12, 18),
    "measure": "A weekly one-minute read.",
}


def test_the_sentence_says_all_its_parts():
    assert smart_sentence("Ava", "read aloud a Year 3 text at", READS) == (
        "By 18 December 2026 Ava will read aloud a Year 3 text at 70 words a minute, from 40 words a minute on 7 September 2026,"
        " as measured by a weekly one-minute read."
    )


@pytest.mark.parametrize(
    ("values", "sentence", "missing"),
    [
        ({}, "Ava will join a game.", ["by_on", "target", "baseline", "measure"]),
        ({"target": "most days", "baseline": "hardly ever"}, "Ava will join a game most days, from hardly ever.", ["by_on", "measure"]),
        (
            {"unit": "duration", "target": "ten", "by_on": date(2026, 12, 18)},
            "By 18 December 2026 Ava will join a game ten.",
            ["baseline", "measure"],
        ),
        ({"measure": "SDQ"}, "Ava will join a game, as measured by SDQ.", ["by_on", "target", "baseline"]),
    ],
)
def test_what_nobody_gave_is_left_out_and_named(values, sentence, missing):
    assert smart_sentence("Ava", " join a game. ", values) == sentence
    assert missing_parts(values) == missing


@given(st.text(st.characters(categories=("L", "N", "Zs")), min_size=1).map(lambda words: " ".join(words.split())).filter(bool))
def test_what_the_pupil_will_do_is_read_back_from_the_sentence(does: str):
    assert does_in(smart_sentence("Ava", does, READS), "Ava", READS) == does


def test_words_of_ones_own_are_not_taken_apart():
    assert does_in("Ava reads with pleasure.", "Ava", READS) == ""
    assert does_in("", "Ava", {}) == ""
    assert does_in(smart_sentence("Ava", "read", READS), "Ava", {**READS, "target": "80"}) == ""
