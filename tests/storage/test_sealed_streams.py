"""Sealed files that are read from any place and sealed as they are written: never another byte than ``read`` gives, never one unproved."""

import io
import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sencoapp.crypto.sealing import CHUNK_BYTES, Sealing, new_file_key
from sencoapp.domain.refusals import Fault
from sencoapp.services.files_port import OpenedFile
from sencoapp.storage import sealed_streams, whole_files
from sencoapp.storage.blobs import SealedFiles, names_in
from sencoapp.storage.sealed_streams import LastRead, SealedReader

STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("read"), st.integers(-1, 120)),
        st.tuples(st.sampled_from([io.SEEK_SET, io.SEEK_CUR, io.SEEK_END]), st.integers(-150, 150)),
    ),
    max_size=30,
)


@pytest.fixture
def files(tmp_path):
    return SealedFiles(tmp_path / "blobs")


class InMemory(dict):
    """Sealed chunks by a name, which stands for their digest."""

    def __init__(self, content: bytes, chunk_bytes: int) -> None:
        self.key = new_file_key()
        sealing = Sealing(self.key, chunk_bytes)
        for number, each in enumerate([*sealing.more(content), sealing.end()]):
            self[str(number)] = each

    def size(self, digest: str) -> int:
        return len(self[digest])

    def chunk(self, digest: str) -> bytes:
        return self[digest]

    sealed = chunk


@settings(deadline=None)
@given(st.binary(max_size=120), st.integers(1, 50), st.integers(0, 100), STEPS)
def test_any_way_of_reading_gives_the_bytes_that_a_file_in_memory_gives(content, chunk_bytes, kept, steps):
    sealed = InMemory(content, chunk_bytes)
    plain = io.BytesIO(content)
    for reader in (SealedReader(sealed, list(sealed), sealed.key, LastRead(kept)), None):
        found = reader or OpenedFile(SealedReader(sealed, list(sealed), sealed.key, LastRead(kept)))
        plain.seek(0)
        for step, by in steps:
            if step == "read":
                wanted = plain.read(by)
                given_ = found.read(by)
                if reader and by >= 0:  # the bare reader gives what lies in one chunk
                    assert wanted.startswith(given_)
                    assert given_ or not wanted
                    plain.seek(len(given_) - len(wanted), io.SEEK_CUR)
                else:
                    assert given_ == wanted
            else:
                start = {io.SEEK_SET: 0, io.SEEK_CUR: plain.tell(), io.SEEK_END: len(content)}[step]
                if start + by < 0:
                    continue
                assert found.seek(by, step) == plain.seek(start + by)
            assert found.tell() == plain.tell()


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from([0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES]), st.integers(1, 3 * CHUNK_BYTES))
def test_what_was_written_in_pieces_is_read_whole_and_in_pieces(files, size, piece):
    content = os.urandom(size)
    with files.writing() as out:
        for at in range(0, size, piece):
            out.write(memoryview(content)[at : at + piece])
        name = out.end()
    assert len(names_in(name)) == max(1, -(-size // CHUNK_BYTES))
    assert files.read(name) == content
    with files.open(name) as file:
        assert file.seek(0, io.SEEK_END) == size
        file.seek(size // 2)
        assert file.read() == content[size // 2 :]
    assert files.is_sound(name)


def spoil(files: SealedFiles, name: str, number: int, change) -> None:
    path = files._path(names_in(name)[number])
    path.write_bytes(change(path.read_bytes()))


@pytest.mark.parametrize(
    "change", [lambda found: found[:-1] + bytes([found[-1] ^ 1]), lambda found: found[:-1], lambda found: b"", lambda found: found * 2]
)
@pytest.mark.parametrize("number", [0, 1, 2])
def test_damage_is_told_when_it_is_come_to_and_the_reader_remembers_it(files, number, change):
    name = files.put(bytes(2 * CHUNK_BYTES + 9))
    spoil(files, name, number, change)
    seen = []

    def read() -> None:
        with files.open(name) as file:
            seen.append(file)
            file.read()

    with pytest.raises(Fault, match="file_damaged"):
        read()
    assert [each.trouble.key for each in seen] in (["file_damaged"], [])  # its length alone may give it away
    assert not files.is_sound(name)


def test_what_lies_before_the_damage_can_be_read(files):
    name = files.put(bytes(3 * CHUNK_BYTES))
    spoil(files, name, 1, lambda found: bytes(len(found)))
    with files.open(name) as file:
        assert file.read(CHUNK_BYTES) == bytes(CHUNK_BYTES)
        with pytest.raises(Fault, match="file_damaged"):
            file.read(1)
        file.seek(2 * CHUNK_BYTES)
        assert len(file.read()) == CHUNK_BYTES


@pytest.mark.parametrize("number", [0, 1, 2])
def test_a_missing_chunk_is_told(files, number):
    name = files.put(bytes(3 * CHUNK_BYTES))
    files._path(names_in(name)[number]).unlink()
    with pytest.raises(Fault, match="file_missing"), files.open(name) as file:
        file.read()


def test_no_more_than_a_few_chunks_are_kept_of_all_open_files_and_none_once_they_are_closed(files, monkeypatch):
    names = [files.put(bytes([number]) * (2 * CHUNK_BYTES)) for number in range(6)]
    unsealed = []
    real = sealed_streams.unseal_chunk
    monkeypatch.setattr(sealed_streams, "unseal_chunk", lambda *given_: unsealed.append(1) or real(*given_))
    opened = [files.open(each) for each in names]
    for file in opened:
        file.read()
        file.seek(CHUNK_BYTES)
        file.read()
    assert len(unsealed) == 12  # each chunk once: those that were read last are there still
    assert files._lately._bytes <= sealed_streams.KEPT_BYTES
    for file in opened:
        file.close()
    assert files._lately._bytes == 0
    assert not files._lately._kept


def all_files(files: SealedFiles) -> list[str]:
    return [each.name for each in files._folder.rglob("*") if each.is_file()]


def test_a_file_that_was_not_ended_leaves_nothing(files):
    def stopped() -> None:
        with files.writing() as out:
            out.write(bytes(3 * CHUNK_BYTES))
            assert len(all_files(files)) == 2
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        stopped()
    assert all_files(files) == []


def test_a_disk_that_fills_up_meanwhile_is_told_and_leaves_nothing(files, monkeypatch):
    real = whole_files.write_new

    def fills_up(path, content):
        if len(all_files(files)) == 2:
            raise OSError(28, "No space left on device")
        real(path, content)

    monkeypatch.setattr(whole_files, "write_new", fills_up)
    with pytest.raises(Fault, match="disk_full"):
        files.put(bytes(5 * CHUNK_BYTES))
    assert all_files(files) == []


def test_a_discarded_file_is_gone(files):
    kept, gone = files.put(b"a letter"), files.put(bytes(2 * CHUNK_BYTES))
    files.discard(gone)
    assert files.missing([kept, gone]) == [gone]
    files.discard(gone)
