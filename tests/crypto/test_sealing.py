"""Sealed chunks: what was sealed comes back whole, or not at all."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sencoapp.crypto.sealing import CHUNK_BYTES, new_file_key, seal, unseal
from sencoapp.domain.refusals import Fault

TWO = bytes(range(256)) * (2 * CHUNK_BYTES // 256)


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_what_was_sealed_comes_back(content):
    key = new_file_key()
    chunks = list(seal(content, key))
    assert len(chunks) == 1
    assert unseal(chunks, key) == content
    assert content not in chunks[0] or len(content) < 4


@pytest.mark.parametrize("size", [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 2 * CHUNK_BYTES])
def test_sizes_at_the_edge_of_a_chunk(size):
    key = new_file_key()
    chunks = list(seal(TWO[:size], key))
    plain = [TWO[start : min(start + CHUNK_BYTES, size)] for start in range(0, max(size, 1), CHUNK_BYTES)]
    assert [len(each) - 16 for each in chunks] == [len(each) for each in plain]
    assert unseal(chunks, key) == TWO[:size]


def test_a_file_cut_short_after_a_whole_chunk_is_noticed():
    key = new_file_key()
    first, second = seal(TWO, key)
    for chunks in ([], [first], [second], [second, first], [first, second, second], [first, first]):
        with pytest.raises(Fault, match="file_damaged"):
            unseal(chunks, key)


def test_a_chunk_of_another_file_is_noticed():
    ours, theirs = new_file_key(), new_file_key()
    assert ours != theirs
    chunks = [next(seal(TWO, ours)), list(seal(TWO, theirs))[1]]
    with pytest.raises(Fault, match="file_damaged"):
        unseal(chunks, ours)


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 115), st.integers(1, 255))
def test_any_changed_byte_is_noticed(place, by):
    key = new_file_key()
    (chunk,) = seal(bytes(100), key)
    spoilt = bytearray(chunk)
    spoilt[place] ^= by
    with pytest.raises(Fault, match="file_damaged"):
        unseal([bytes(spoilt)], key)
