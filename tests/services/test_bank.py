"""The bank of outcomes and strategies: what is shipped, what is found, what a school keeps."""

import pytest

from sencoapp import reference
from sencoapp.app import Workplace
from sencoapp.domain.bank import BankEntry
from sencoapp.domain.refusals import Refusal
from sencoapp.services import bank
from tests.places import add_pupil


@pytest.mark.parametrize("kind", ["outcome", "strategy"])
def test_each_area_has_enough_to_choose_from_and_no_key_twice(kind):
    lines = bank.shipped(kind)
    for area in ("ci", "cl", "semh", "sp"):
        assert len([each for each in lines if each.area == area]) >= 8
    assert len({each.key for each in lines}) == len(lines)


def test_no_shipped_outcome_leaves_open_what_our_own_check_asks_for():
    rules = reference.wording_rules()
    flagged = {each.key: [flag.words for flag in rules.check(each.text, "outcome").flags] for each in bank.shipped("outcome")}
    assert {key: words for key, words in flagged.items() if words} == {}


def test_shipped_words_speak_of_nobody_by_a_pronoun():
    pronouns = {form for forms in reference.name_rules()["pronouns"].values() for form in forms.values()}
    for each in (*bank.shipped("outcome"), *bank.shipped("strategy")):
        assert not pronouns & {word.strip(".,;:").lower() for word in each.text.split()}, each.key


def test_what_is_kept_speaks_of_nobody_comes_first_and_is_found_by_the_beginnings_of_words(place: Workplace) -> None:
    session = place.session
    kian = add_pupil(place)
    said = bank.for_the_bank(kian, "Kian shows his card to Mrs Lee")
    assert (said.text, said.doubts) == ("{name} shows his card to Mrs Lee", ("his",))
    bank.keep_in_bank(session, "outcome", "{name} shows the card to an adult", area="semh", measure="a tally")
    found = bank.bank_lines(session.record, "outcome", area="semh", text="card adu")
    assert [(each.own, each.about("Ava")) for each in found] == [(True, "Ava shows the card to an adult")]
    assert bank.bank_lines(session.record, "outcome")[0].own
    for text, key in ((" ", "bank_needs_words"), ("{name} shows the CARD to an adult", "bank_has_it")):
        with pytest.raises(Refusal, match=key):
            bank.keep_in_bank(session, "outcome", text)
    (entry,) = session.record.find(BankEntry)
    bank.take_out_of_bank(session, entry.id)
    assert not any(each.own for each in bank.bank_lines(session.record, "outcome"))
