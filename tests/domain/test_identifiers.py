import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sencoapp.domain import identifiers as ids

VECTORS = Path(__file__).resolve().parents[3] / "shared" / "samples" / "vectors"
BODIES = st.builds(lambda digits, last: f"{digits:011d}{last}", st.integers(0, 10**11 - 1), st.sampled_from("0123456789" + ids.UPN_LETTERS))


def vectors(name: str) -> list[dict[str, str]]:
    with (VECTORS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("row", vectors("upn_vectors.csv"), ids=lambda row: row["upn"])
def test_upn_of_the_collected_vectors(row):
    assert ids.upn_form_is_right(row["upn"]) is (row["format_ok"] == "1")
    if row["check_letter_ok"]:
        assert ids.upn_check_letter_is_right(row["upn"]) is (row["check_letter_ok"] == "1")


@pytest.mark.parametrize("row", vectors("uln_vectors.csv"), ids=lambda row: row["uln"])
def test_uln_of_the_collected_vectors(row):
    assert ids.uln_is_right(row["uln"]) is (row["valid"] == "1")


@given(BODIES)
def test_of_the_23_letters_exactly_one_is_the_check_letter(body):
    assert [letter for letter in ids.UPN_LETTERS if ids.upn_check_letter_is_right(letter + body)] == [ids.upn_check_letter("A" + body)]


@given(BODIES, st.integers(1, 12), st.sampled_from("0123456789"))
def test_one_wrong_digit_never_keeps_the_check_letter(body, place, digit):
    upn = ids.upn_check_letter("A" + body) + body
    changed = upn[:place] + digit + upn[place + 1 :]
    if changed != upn and upn[place].isdigit():
        assert not ids.upn_check_letter_is_right(changed)


@given(BODIES, st.lists(st.integers(0, 13), max_size=5))
def test_tidying_undoes_spaces_and_small_letters_and_is_done_once(body, gaps):
    upn = ids.upn_check_letter("A" + body) + body
    typed = upn.lower()
    for gap in gaps:
        typed = typed[:gap] + " " + typed[gap:]
    assert ids.tidy_upn(typed) == upn == ids.tidy_upn(upn)


@given(st.text(max_size=30))
def test_any_text_is_judged_without_an_error(text):
    assert ids.upn_form_is_right(ids.tidy_upn(text)) in (True, False)
    assert ids.uln_is_right(ids.tidy_uln(text)) in (True, False)
    assert ids.tidy_postcode(ids.tidy_postcode(text)) == ids.tidy_postcode(text)


def test_a_temporary_upn_ends_in_a_letter_and_tells_its_council_as_others_do():
    assert ids.upn_check_letter_is_right("T20110001804V")
    assert ids.upn_council_number("N855200119042") == "855"


def test_the_check_letter_of_a_wrong_form_is_no_question():
    with pytest.raises(ValueError):
        ids.upn_check_letter("B12345")


@pytest.mark.parametrize(
    ("typed", "tidy"), [("le119zz", "LE11 9ZZ"), (" LE1  9ZZ ", "LE1 9ZZ"), ("sw1a1aa", "SW1A 1AA"), (" abroad ", "abroad")]
)
def test_postcodes(typed, tidy):
    assert ids.tidy_postcode(typed) == tidy


@pytest.mark.parametrize(
    ("typed", "right"),
    [("10012345", True), (" 1001 2345", True), ("20012345", False), ("1001234", False), ("100123456", False), ("", False)],
)
def test_a_provider_reference_number_has_eight_digits_and_begins_with_1(typed, right):
    assert ids.ukprn_is_right(ids.tidy_ukprn(typed)) is right
