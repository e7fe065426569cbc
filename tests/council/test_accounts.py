"""Passwords: kept as Argon2id, and checked for many people at once."""

from concurrent.futures import ThreadPoolExecutor

from sencoapp.crypto.passwords import hash_password, is_password


def test_a_password_is_kept_with_its_cost_and_a_salt_of_its_own():
    first, second = hash_password("four words"), hash_password("four words")
    assert first.startswith("$argon2id$v=19$m=65536,t=3,p=1$")
    assert first != second
    assert is_password("four words", first)
    assert not is_password("four word", first)
    assert not is_password("", first)


def test_many_passwords_are_checked_at_once_and_none_waits_for_ever():
    kept = hash_password("four words")
    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(lambda word: is_password(word, kept), ["four words", "other"] * 6)) == [True, False] * 6
