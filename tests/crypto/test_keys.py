"""The key of a profile: two ways in, and nothing else opens it, whatever is done to ``profile.json``."""

import json
import unicodedata
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sencoapp.crypto import keys
from sencoapp.crypto.keys import Effort, KeyRecord, new_profile_keys, new_recovery_code, read_recovery_code, unlock, unlock_with_code
from sencoapp.domain.refusals import Fault, Refusal
from tests.places import LIGHT, PASSPHRASE

SECRET = bytes(range(32))
BOTH = (None, SECRET)


@pytest.mark.parametrize("secret", BOTH)
def test_passphrase_and_code_both_give_the_key_that_was_made(secret):
    data_key, record, code = new_profile_keys(PASSPHRASE, secret, LIGHT)
    kept = KeyRecord.from_plain(json.loads(json.dumps(record.as_plain())))
    assert unlock(kept, PASSPHRASE, secret) == unlock_with_code(kept, code) == data_key
    assert len(data_key) == 32


def test_no_two_profiles_have_anything_in_common():
    made = [new_profile_keys(PASSPHRASE, None, LIGHT) for _ in range(5)]
    for part in (lambda each: each[0], lambda each: each[1].salt, lambda each: each[1].by_passphrase, lambda each: each[1].by_code):
        assert len({part(each) for each in made}) == 5


def test_the_two_wraps_stand_under_different_keys():
    data_key, record, code = new_profile_keys(PASSPHRASE, None, LIGHT)
    swapped = replace(record, by_passphrase=record.by_code, by_code=record.by_passphrase)
    with pytest.raises(Fault, match="wrong_passphrase"):
        unlock(swapped, PASSPHRASE, None)
    with pytest.raises(Fault, match="wrong_recovery_code"):
        unlock_with_code(swapped, code)
    assert data_key.hex() not in json.dumps(record.as_plain()) + repr(record)


@pytest.mark.parametrize(
    "tamper",
    [
        {"effort": {"memory_kib": 32, "passes": 1, "lanes": 1}},
        {"effort": {"memory_kib": 64, "passes": 2, "lanes": 1}},
        {"salt": "00" * 16},
        {"needs_keyring": False},
        {"by_passphrase": "00" * 60},
    ],
)
def test_a_card_that_was_made_weaker_opens_nothing(tamper):
    _, record, _ = new_profile_keys(PASSPHRASE, SECRET, LIGHT)
    with pytest.raises(Fault, match="wrong_passphrase"):
        unlock(KeyRecord.from_plain({**record.as_plain(), **tamper}), PASSPHRASE, SECRET)


def test_a_new_passphrase_never_takes_over_the_effort_of_a_card():
    data_key, record, _ = new_profile_keys(PASSPHRASE, SECRET, LIGHT)
    assert keys.with_new_passphrase(record, data_key, "another four words", SECRET).effort == keys.WITH_KEYRING


@pytest.mark.parametrize(
    "broken",
    [
        {"salt": "not hex"},
        {"salt": ""},
        {"salt": 5},
        {"by_passphrase": "zz"},
        {"by_passphrase": ""},
        {"by_code": None},
        {"needs_keyring": "no"},
        {"effort": {"memory_kib": 1 << 40, "passes": 1, "lanes": 1}},
        {"effort": {"memory_kib": 64, "passes": 0, "lanes": 1}},
        {"effort": {"memory_kib": 64, "passes": 1, "lanes": -1}},
        {"effort": {"memory_kib": "64", "passes": 1, "lanes": 1}},
        {"effort": {"memory_kib": 64, "passes": 1 << 30, "lanes": 1}},
    ],
)
def test_a_card_that_cannot_be_is_told_before_anything_is_worked_out(broken: dict[str, Any]):
    _, record, _ = new_profile_keys(PASSPHRASE, None, LIGHT)
    with pytest.raises((KeyError, TypeError, ValueError)):
        KeyRecord.from_plain({**record.as_plain(), **broken})


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_changed_byte_of_a_wrap_is_noticed(data):
    record, code = MADE
    name = data.draw(st.sampled_from(["by_passphrase", "by_code"]))
    raw = bytearray.fromhex(getattr(record, name))
    raw[data.draw(st.integers(0, len(raw) - 1))] ^= data.draw(st.integers(1, 255))
    tampered = replace(record, **{name: raw.hex()})
    with pytest.raises(Fault):
        unlock(tampered, PASSPHRASE, None) if name == "by_passphrase" else unlock_with_code(tampered, code)


MADE = new_profile_keys(PASSPHRASE, None, LIGHT)[1:]


def test_the_passphrase_is_the_same_however_the_keyboard_writes_it():
    """Composed on Windows, decomposed on a Mac: RFC 8265 compares them alike."""
    words = "café crème brûlée"
    data_key, record, _ = new_profile_keys(unicodedata.normalize("NFC", words), None, LIGHT)
    assert unlock(record, unicodedata.normalize("NFD", words), None) == data_key


def test_text_that_is_no_text_is_a_wrong_passphrase():
    _, record, _ = new_profile_keys(PASSPHRASE, None, LIGHT)
    with pytest.raises(Fault, match="wrong_passphrase"):
        unlock(record, "\ud800 half a character", None)


@pytest.mark.parametrize(("secret", "least"), [(SECRET, 8), (None, 12)])
def test_the_shortest_passphrase_depends_on_the_keyring(secret, least):
    with pytest.raises(Refusal, match="passphrase_too_short"):
        new_profile_keys("x" * (least - 1), secret, LIGHT)
    new_profile_keys("x" * least, secret, LIGHT)


codes = st.builds(lambda _: new_recovery_code(), st.integers())


@given(codes)
def test_a_code_reads_back_however_a_person_types_it(code):
    assert read_recovery_code(code) == code
    assert read_recovery_code(f"  {code.lower().replace('-', ' ')} ") == code
    assert read_recovery_code(code.replace("0", "O").replace("1", "l")) == code
    assert read_recovery_code(code.replace("0", "o").replace("1", "i")) == code


@given(codes, st.data())
def test_one_wrong_character_never_reads_as_the_same_code(code, data):
    plain = code.replace("-", "")
    place = data.draw(st.integers(0, len(plain) - 1))
    other = data.draw(st.sampled_from([each for each in keys.CROCKFORD if each != plain[place]]))
    typed = plain[:place] + other + plain[place + 1 :]
    # One in a million slips past 20 check bits; then it is another code, and opens nothing.
    with suppress(Refusal):
        assert read_recovery_code(typed) != code


@given(st.text(max_size=60))
def test_nothing_that_is_typed_is_more_than_a_refusal(typed):
    with pytest.raises(Refusal, match="recovery_code_mistyped"):
        read_recovery_code(typed)


def test_a_code_holds_160_bits_of_chance():
    body = "".join(new_recovery_code().replace("-", "")[:32] for _ in range(200))
    assert set(body) == set(keys.CROCKFORD)
    assert len(keys.CROCKFORD) ** keys.CODE_CHARACTERS == 2**160


def test_two_threads_may_derive_at_once():
    """cryptography 50.0.2 lets two derivations of several lanes in one process wait for each other for ever."""
    from concurrent.futures import ThreadPoolExecutor

    effort = Effort(memory_kib=256, passes=1, lanes=4)

    def derive(number: int) -> bool:
        data_key, record, _ = new_profile_keys(f"four words that rhyme {number}", None, effort)
        return unlock(record, f"four words that rhyme {number}", None) == data_key

    with ThreadPoolExecutor(6) as threads:
        assert all(threads.map(derive, range(24), timeout=60))
