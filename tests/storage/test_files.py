"""Sealed files: what goes in comes out, and damage is told."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sencoapp.crypto.sealing import CHUNK_BYTES
from sencoapp.domain.refusals import Fault
from sencoapp.storage.blobs import SealedFiles, names_in


@pytest.fixture
def files(tmp_path):
    return SealedFiles(tmp_path / "blobs")


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.binary(max_size=200), st.sampled_from([CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES]).map(bytes)))
def test_what_goes_in_comes_out(files, content):
    name = files.put(content)
    assert files.read(name) == content
    assert files.missing([name]) == []


def test_chunks_cannot_be_swapped_left_out_or_changed(files, tmp_path):
    name = files.put(bytes(range(256)) * 8 * 1024 * 2)
    form, key, digests = name.split(":")
    chunks = digests.split(",")
    assert len(chunks) == 4
    for other in (chunks[:-1], chunks[::-1], [*chunks, chunks[0]], [chunks[0], *chunks]):
        with pytest.raises(Fault, match="file_damaged"):
            files.read(":".join((form, key, ",".join(other))))
    path = tmp_path / "blobs" / chunks[1][:2] / chunks[1]
    path.write_bytes(path.read_bytes()[:-1] + b"\x00")
    assert not files.is_sound(name)


def test_a_missing_chunk_is_told(files, tmp_path):
    name = files.put(b"a letter")
    digest = names_in(name)[0]
    (tmp_path / "blobs" / digest[:2] / digest).unlink()
    assert files.missing([name]) == [name]
    with pytest.raises(Fault, match="file_missing"):
        files.read(name)


def test_the_same_file_twice_shows_nothing_in_common_on_the_disk(files):
    assert set(names_in(files.put(b"same"))).isdisjoint(names_in(files.put(b"same")))
